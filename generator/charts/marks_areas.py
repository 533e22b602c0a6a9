"""Areas drawn to one true scale: rectangles by their sides, squares where only the area is known."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from .legend import status_legend
from .resolved_spec import Item, ResolvedSpec
from .scene import Patch, Scene, Shape, polygon, rectangle, tag_row, text_block, text_height
from .text_layout import block_width, wrap
from .theme import CONTEXT_COLOUR, Canvas, status_style
from .value_marks import toothed_bar

_TALLEST = {"wide": 250.0, "narrow": 220.0}
_HIGHEST = {"wide": 420.0, "narrow": 760.0}
_GAP = 22.0
_LABELS = (170.0, 145.0, 120.0)  # widths that words may take under a narrow piece
_SMALL = 110.0


@dataclass(frozen=True, slots=True, kw_only=True)
class AreaRow:
    """A piece of ground: its sides at least and at most, in the base of their dimension; its items; its words."""

    label: str
    sides: tuple[float, float]
    least: tuple[float, float]
    items: tuple[Item, ...]
    square: bool
    emphasis: bool

    def measures(self, spec: ResolvedSpec) -> str:
        """The sides or the area in words."""
        return (
            spec.word("by", width=self.items[0].short, height=self.items[1].short)
            if len(self.items) > 1
            else self.items[0].short
        )


def area_rows(spec: ResolvedSpec) -> list[AreaRow]:
    """The rows of a spec as pieces of ground."""
    found = []
    for row in spec.records("rows"):
        square = "area" in row
        items = tuple(spec.item(str(row[name])) for name in ("area", "width", "height") if name in row)
        most, least = ([_end(item, high=high) for item in items] for high in (True, False))
        if square:
            most, least = ([end.sqrt()] for end in (most[0], least[0]))
        found.append(
            AreaRow(
                label=spec.text_of(row, "label"),
                sides=(float(most[0]), float(most[-1])),
                least=(float(least[0]), float(least[-1])),
                items=items,
                square=square,
                emphasis=row.get("emphasis") is True,
            )
        )
    return found


def areas(spec: ResolvedSpec, canvas: Canvas) -> Scene:
    """Side by side on common ground, wrapped where the width ends; the scale is the largest that fits."""
    found = area_rows(spec)
    scale, shelves = max((_arranged(spec, found, canvas, least) for least in _LABELS), key=lambda pair: pair[0])
    shapes: list[Shape] = []
    top = 4.0
    number = 0
    lone = not any(plot.emphasis for plot in found)
    for shelf in shelves:
        ground = top + max(place.plot.sides[1] * scale for place in shelf)
        x, deepest = 0.0, ground
        for place in shelf:
            colour = "c1" if lone or place.plot.emphasis else CONTEXT_COLOUR
            shapes += tag_row(number, _ground(place.plot, x + 1, ground, scale, colour))
            shapes += text_block(place.name, x, ground + 6, canvas.text_size, bold=True)
            shapes += text_block(
                place.measures, x, ground + 6 + text_height(place.name, canvas.text_size), canvas.text_size, colour="muted"
            )
            deepest = max(deepest, ground + 6 + text_height((*place.name, *place.measures), canvas.text_size))
            x += place.wide + _GAP
            number += 1
        top = deepest + _GAP
    items = [item for plot in found for item in plot.items]
    found_key, height = status_legend(spec, items, canvas, top - _GAP + 12)
    return Scene(width=canvas.width, height=top - _GAP + 4 + (height + 10 if height else 0), shapes=(*shapes, *found_key))


@dataclass(frozen=True, slots=True, kw_only=True)
class _Place:
    """A piece of ground with its words in lines, and the width of both."""

    plot: AreaRow
    name: tuple[str, ...]
    measures: tuple[str, ...]
    wide: float


def _arranged(spec: ResolvedSpec, found: list[AreaRow], canvas: Canvas, least: float) -> tuple[float, list[list[_Place]]]:
    """Pixels per unit of length, and the shelves: from the largest scale that one piece allows, down until all fit."""
    widest_plot, tallest_plot = (max(plot.sides[side] for plot in found) for side in (0, 1))
    scale = min((canvas.width - 6) / widest_plot, _TALLEST[canvas.name] / tallest_plot)
    while True:
        places = [_place(spec, plot, canvas, scale, least) for plot in found]
        shelves: list[list[_Place]] = [[]]
        for place in places:
            if shelves[-1] and sum(one.wide + _GAP for one in shelves[-1]) + place.wide > canvas.width:
                shelves.append([])
            shelves[-1].append(place)
        tall = sum(max(place.plot.sides[1] for place in shelf) * scale + 5 * canvas.text_size for shelf in shelves)
        small = scale * max(widest_plot, tallest_plot) < _SMALL
        if small or (tall <= _HIGHEST[canvas.name] and (canvas.narrow or len(shelves) == 1)):
            return scale, shelves
        scale *= 0.96


def _place(spec: ResolvedSpec, plot: AreaRow, canvas: Canvas, scale: float, least: float) -> _Place:
    limit = min(max(plot.sides[0] * scale, least), canvas.width)
    name = wrap(plot.label, canvas.text_size, limit, bold=True)
    measures = wrap(plot.measures(spec), canvas.text_size, limit)
    wide = max(
        plot.sides[0] * scale + 4, block_width(name, canvas.text_size, bold=True), block_width(measures, canvas.text_size)
    )
    return _Place(plot=plot, name=name, measures=measures, wide=wide)


def _ground(plot: AreaRow, x: float, ground: float, scale: float, colour: str) -> Iterator[Patch]:
    """The piece at its largest, and inside it the part that is certain."""
    style = status_style(plot.items[0].status)
    (wide, tall), (least_wide, least_tall) = plot.sides, plot.least
    uncertain = plot.least != plot.sides
    if uncertain:
        yield rectangle(x, ground - tall * scale, x + wide * scale, ground, fill="paper", stroke=colour, dashes=(3, 3))
    if least_wide and least_tall:
        right, top = x + least_wide * scale, ground - least_tall * scale
        about = any(item.value.about for item in plot.items)
        outline = toothed_bar(x, right, top, ground) if about else [(x, top), (right, top), (right, ground), (x, ground)]
        yield polygon(outline, fill=f"{colour}-soft", stroke=colour, stroke_width=1.6, hatch=style.hatch, dashes=style.dashes)


def _end(item: Item, *, high: bool) -> Decimal:
    """An end of a side; where it is open, the other one."""
    low, top = item.value.low, item.value.high
    if high:
        return top if top is not None else low or Decimal(0)
    return low if low is not None else Decimal(0)

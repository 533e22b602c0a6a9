"""Areas drawn to one true scale: rectangles by their sides, squares where only the area is known."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from generator.charts.brief import Brief, Item
from generator.charts.glyphs import key
from generator.charts.scene import Scene, Shape, box, height_of, lines_of
from generator.charts.theme import SERIES_INKS, Format, look
from generator.charts.typeset import widest, wrap

_TALLEST = {"wide": 250.0, "narrow": 220.0}
_HIGHEST = {"wide": 420.0, "narrow": 760.0}
_GAP = 22.0
_LABEL = 118.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Plot:
    """A piece of ground: its sides at least and at most, in the base of their dimension; its items; its words."""

    label: str
    sides: tuple[float, float]
    least: tuple[float, float]
    items: tuple[Item, ...]
    square: bool

    def lines(self, brief: Brief, form: Format, limit: float) -> tuple[tuple[str, ...], tuple[str, ...]]:
        """The name and the measures, in lines."""
        return wrap(self.label, form.text, limit, bold=True), wrap(self.measures(brief), form.text, limit)

    def measures(self, brief: Brief) -> str:
        """The sides or the area in words."""
        return brief.word("by", width=self.items[0].short, height=self.items[1].short) if len(self.items) > 1 else self.items[0].short


def plots(brief: Brief) -> list[Plot]:
    """The rows of a spec as pieces of ground."""
    found = []
    for row in brief.records("rows"):
        square = "area" in row
        items = tuple(brief.item(str(row[name])) for name in ("area", "width", "height") if name in row)
        most, least = ([_end(item, high=high) for item in items] for high in (True, False))
        if square:
            most, least = ([end.sqrt()] for end in (most[0], least[0]))
        found.append(
            Plot(
                label=brief.text_of(row, "label"),
                sides=(float(most[0]), float(most[-1])),
                least=(float(least[0]), float(least[-1])),
                items=items,
                square=square,
            )
        )
    return found


def areas(brief: Brief, form: Format) -> Scene:
    """Side by side on common ground, wrapped where the width ends; the scale is the largest that fits."""
    found = plots(brief)
    scale = _scale(brief, found, form)
    shapes: list[Shape] = []
    top = 4.0
    number = 0
    for shelf in _shelves(brief, found, form, scale):
        ground = top + max(plot.sides[1] * scale for plot in shelf)
        x, deepest = 0.0, ground
        for plot in shelf:
            shapes += _ground(plot, x + 1, ground, scale, SERIES_INKS[number % len(SERIES_INKS)])
            name, measures = plot.lines(brief, form, _limit(plot, form, scale))
            shapes += lines_of(name, x, ground + 6, form.text, bold=True)
            shapes += lines_of(measures, x, ground + 6 + height_of(name, form.text), form.text, ink="muted")
            deepest = max(deepest, ground + 6 + height_of((*name, *measures), form.text))
            x += _wide(brief, plot, form, scale) + _GAP
            number += 1
        top = deepest + _GAP
    items = [item for plot in found for item in plot.items]
    found_key, height = key(brief, items, form, top - _GAP + 12)
    return Scene(width=form.width, height=top - _GAP + 4 + (height + 10 if height else 0), shapes=(*shapes, *found_key))


def _ground(plot: Plot, x: float, ground: float, scale: float, ink: str) -> Iterator[Shape]:
    """The piece at its largest, and inside it the part that is certain."""
    look_ = look(plot.items[0].status)
    (wide, tall), (least_wide, least_tall) = plot.sides, plot.least
    uncertain = plot.least != plot.sides
    if uncertain:
        yield box(x, ground - tall * scale, x + wide * scale, ground, fill="paper", edge=ink, dashes=(3, 3))
    if least_wide and least_tall:
        yield box(
            x, ground - least_tall * scale, x + least_wide * scale, ground,
            fill=f"{ink}-soft", edge=ink, weight=1.6, hatch=look_.hatch, dashes=look_.dashes,
        )  # fmt: skip


def _end(item: Item, *, high: bool) -> Decimal:
    """An end of a side; where it is open, the other one."""
    low, top = item.value.low, item.value.high
    if high:
        return top if top is not None else low or Decimal(0)
    return low if low is not None else Decimal(0)


def _limit(plot: Plot, form: Format, scale: float) -> float:
    return min(max(plot.sides[0] * scale, _LABEL), form.width)


def _wide(brief: Brief, plot: Plot, form: Format, scale: float) -> float:
    """The width of a piece and its words."""
    name, measures = plot.lines(brief, form, _limit(plot, form, scale))
    return max(plot.sides[0] * scale, widest(name, form.text, bold=True), widest(measures, form.text))


def _shelves(brief: Brief, found: list[Plot], form: Format, scale: float) -> list[list[Plot]]:
    shelves: list[list[Plot]] = [[]]
    used = 0.0
    for plot in found:
        wide = _wide(brief, plot, form, scale)
        if shelves[-1] and used + wide > form.width:
            shelves.append([])
            used = 0.0
        shelves[-1].append(plot)
        used += wide + _GAP
    return shelves


def _scale(brief: Brief, found: list[Plot], form: Format) -> float:
    """Pixels per unit of length: from the largest that one piece allows, down until all fit."""
    scale = min((form.width - 2) / max(plot.sides[0] for plot in found), _TALLEST[form.name] / max(plot.sides[1] for plot in found))
    for _ in range(60):
        shelves = _shelves(brief, found, form, scale)
        tall = sum(max(plot.sides[1] for plot in shelf) * scale + 5 * form.text for shelf in shelves)
        if tall <= _HIGHEST[form.name] and (form.narrow or len(shelves) == 1 or scale * max(p.sides[0] for p in found) < form.width * 0.3):
            break
        scale *= 0.95
    return scale

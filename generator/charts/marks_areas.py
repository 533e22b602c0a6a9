"""Areas drawn to one scale: a rectangle where width and height are known, a square where only the area is.

An area with a height is a strip of that height, so that its length compares with that of others as high.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal
from math import fsum

from ..records.struct import Struct
from .legend import status_legend
from .resolved_spec import Item, ResolvedSpec
from .scene import Label, Patch, Scene, Shape, rectangle, tag_row, text_block, text_height
from .stacking import ink_on
from .text_layout import block_width, wrap
from .theme import CONTEXT_COLOUR, Canvas, status_style

_TALLEST_AREA = {"wide": 250.0, "narrow": 220.0}
_TALLEST_CHART = {"wide": 420.0, "narrow": 760.0}
_GAP = 22.0
_LABEL_LIMITS = (170.0, 145.0, 120.0)  # least widths to try for the labels of small areas
_INSIDE = 5.0  # from the edges of a part to its label
_SMALLEST = 110.0  # of the longest side; below it, the scale is not made smaller to save height


class AreaRow(Struct, frozen=True, kw_only=True):
    """A row of the specification: width and height at most and at least, in the base unit of their dimension."""

    number: int  # in the chart's table
    label: str
    size: tuple[float, float]
    least: tuple[float, float]
    items: tuple[Item, ...]  # width and height, and the area if it is told too; or the area
    emphasis: bool
    claimed: bool
    part: Item | None = None  # an area that lies in it

    def measures(self, spec: ResolvedSpec) -> list[str]:
        """The area as far as it is told, width and height, and the area that lies in it, in words."""
        part = [spec.texts.titled(self.part.label, self.part.short)] if self.part is not None else []
        return [*self.own(spec), *part]

    def own(self, spec: ResolvedSpec) -> list[str]:
        """The area as far as it is told, and width and height."""
        if len(self.items) == 1:
            return [self.items[0].short]
        width, height, *area = self.items
        return [*(item.short for item in area), spec.word("by", width=width.short, height=height.short)]

    @property
    def colour(self) -> str:
        """The accent for what is claimed or emphasised."""
        return "c1" if self.claimed or self.emphasis else CONTEXT_COLOUR

    @property
    def part_colour(self) -> str:
        """The colour of the area that lies in it, which is set apart from what is claimed."""
        return CONTEXT_COLOUR if self.claimed else "c1"


class _Cell(Struct, frozen=True, kw_only=True):
    """An area with its label and measures in lines, the width of all, and the label inside the area that lies in it, if any."""

    row: AreaRow
    label: tuple[str, ...]
    measures: tuple[str, ...]
    width: float
    inside: tuple[str, ...] = ()


def area_rows(spec: ResolvedSpec) -> list[AreaRow]:
    """The rows of a specification; the sides of a square are the root of its area, a strip is as long as its height asks."""
    rows = []
    for number, record in enumerate(spec.records("rows")):
        told = ("width", "height", "area") if "width" in record else ("area",)
        items = tuple(spec.item(str(record[name])) for name in told if name in record)
        most, least = [_most(item) for item in items][:2], [_least(item) for item in items][:2]
        if "width" not in record and "height" in record:
            height = spec.item(str(record["height"])).size
            most, least = [most[0] / height, height], [least[0] / height, height]
        elif "width" not in record:
            most, least = [most[0].sqrt()], [least[0].sqrt()]
        rows.append(
            AreaRow(
                number=number,
                label=spec.text_of(record, "label"),
                size=(float(most[0]), float(most[-1])),
                least=(float(least[0]), float(least[-1])),
                items=items,
                emphasis=record.get("emphasis") is True,
                claimed=record.get("claimed") is True,
                part=spec.item(str(record["part"])) if "part" in record else None,
            )
        )
    return rows


def _most(item: Item) -> Decimal:
    """The upper bound, or the lower one where it is open."""
    return item.value.high if item.value.high is not None else item.value.low or Decimal(0)


def _least(item: Item) -> Decimal:
    """The lower bound, or 0 where it is open."""
    return item.value.low if item.value.low is not None else Decimal(0)


def areas(spec: ResolvedSpec, canvas: Canvas) -> Scene:
    """Areas side by side on a common baseline, in as many lines as they need, on the largest scale that fits."""
    rows = area_rows(spec)
    scale, lines = max((_arrange(spec, rows, canvas, least) for least in _LABEL_LIMITS), key=lambda pair: pair[0])
    size, emphasised = canvas.text_size, any(row.emphasis or row.part is not None for row in rows)
    shapes: list[Shape] = []
    top = 4.0
    for line in lines:
        baseline = top + max(cell.row.size[1] * scale for cell in line)
        x, bottom = 0.0, baseline
        for cell in line:
            colour = cell.row.colour if emphasised or cell.row.claimed else "c1"
            measures_top = baseline + 6 + text_height(cell.label, size)
            shapes += tag_row(cell.row.number, _area(cell.row, x + 1, baseline, scale, colour))
            shapes += _inside(cell, x + 1 + _INSIDE, baseline - cell.row.size[1] * scale / 2, canvas)
            shapes += text_block(cell.label, x, baseline + 6, size)
            area, others = cell.measures[:1], cell.measures[1:]
            shapes += text_block(area, x, measures_top, size, bold=True)
            shapes += text_block(others, x, measures_top + text_height(area, size), size, colour="muted")
            bottom = max(bottom, baseline + 6 + text_height((*cell.label, *cell.measures), size))
            x += cell.width + _GAP
        top = bottom + _GAP
    items = [item for row in rows for item in row.items]
    legend, height = status_legend(spec, items, canvas, top - _GAP + 12)
    return Scene(width=canvas.width, height=top - _GAP + 4 + (height + 10 if height else 0), shapes=(*shapes, *legend))


def _arrange(
    spec: ResolvedSpec, rows: Sequence[AreaRow], canvas: Canvas, least_label: float
) -> tuple[float, list[list[_Cell]]]:
    """Pixels per unit of length, and the lines of cells: the scale is reduced until the chart is not too high."""
    widest, tallest = (max(row.size[side] for row in rows) for side in (0, 1))
    scale = min((canvas.width - 6) / widest, _TALLEST_AREA[canvas.name] / tallest)
    while True:
        cells = [_cell(spec, row, canvas, scale, least_label) for row in rows]
        lines: list[list[_Cell]] = [[]]
        for cell in cells:
            if lines[-1] and fsum(other.width + _GAP for other in lines[-1]) + cell.width > canvas.width:
                lines.append([])
            lines[-1].append(cell)
        height = fsum(max(cell.row.size[1] for cell in line) * scale + 5 * canvas.text_size for line in lines)
        smallest = scale * max(widest, tallest) < _SMALLEST
        if smallest or (height <= _TALLEST_CHART[canvas.name] and (canvas.narrow or len(lines) == 1)):
            return scale, lines
        scale *= 0.96


def _cell(spec: ResolvedSpec, row: AreaRow, canvas: Canvas, scale: float, least_label: float) -> _Cell:
    size, width = canvas.text_size, row.size[0] * scale
    limit = min(max(width, least_label), canvas.width)
    label = wrap(row.label, size, limit)
    inside = _part_label(row, canvas, scale)
    measures = tuple(line for text in (row.own(spec) if inside else row.measures(spec)) for line in wrap(text, size, limit))
    told = max(block_width(label, size), block_width(measures, size), block_width(measures[:1], size, bold=True))
    full = max(width + 4, told)
    return _Cell(row=row, label=label, measures=measures, width=full, inside=inside)


def _part_label(row: AreaRow, canvas: Canvas, scale: float) -> tuple[str, ...]:
    """The name and, last, the value of the area that lies in another, in lines; none where it has no room for them."""
    if row.part is None:
        return ()
    height, small = row.size[1], canvas.small_size
    room = float(_most(row.part)) / height * scale - 2 * _INSIDE
    lines = (*wrap(row.part.label, small, room), row.part.short)
    fits = max(block_width(lines[:-1], small), block_width(lines[-1:], small, bold=True)) <= room
    return lines if fits and text_height(lines, small) <= height * scale else ()


def _inside(cell: _Cell, x: float, middle: float, canvas: Canvas) -> list[Label]:
    """The label inside the area that lies in another, in the middle of its height."""
    if not cell.inside:
        return []
    small, (*name, value), ink = canvas.small_size, cell.inside, ink_on(cell.row.part_colour)
    top = middle - text_height(cell.inside, small) / 2
    return [
        *text_block(name, x, top, small, colour=ink),
        *text_block([value], x, top + text_height(tuple(name), small), small, colour=ink, bold=True),
    ]


def _area(row: AreaRow, x: float, baseline: float, scale: float, colour: str) -> Iterator[Patch]:
    """The area at most, dashed, in it the area at least, filled, and in that at its left the part that is told."""
    style = status_style(row.items[0].look)
    (width, height), (least_width, least_height) = row.size, row.least
    if row.least != row.size:
        right, top = x + width * scale, baseline - height * scale
        yield rectangle(x, top, right, baseline, fill="paper", stroke=colour, dashes=(3, 3))
    if least_width and least_height:
        right, top = x + least_width * scale, baseline - least_height * scale
        yield rectangle(
            x, top, right, baseline,
            fill=colour if style.solid else f"{colour}-soft",
            stroke=colour, stroke_width=1.6, hatch=style.hatch, dashes=style.dashes,
        )  # fmt: skip
    if row.part is not None:
        right = x + float(_most(row.part)) / height * scale
        yield rectangle(x, baseline - height * scale, right, baseline, fill=row.part_colour)

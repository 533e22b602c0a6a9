"""Waffle: a whole as a hundred squares, of which each row of a series has its share; of a few things, a square for each."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import ROUND_FLOOR, Decimal

from ..records.struct import Struct
from .legend import with_legend
from .panel import plot_series
from .resolved_spec import Item, ResolvedSpec
from .scene import Scene, Shape, rectangle, text_block, text_height
from .series_rows import SeriesRow, series_rows
from .text_layout import text_width, wrap
from .theme import CONTEXT_COLOUR, SERIES_COLOURS, Canvas, status_style

_HUNDRED = 100
_MOST_THINGS = 200
_PER_LINE = {"wide": 10, "narrow": 20}
_PITCH = {"wide": 26.0, "narrow": 17.0}
_GAP = 3.0
_SWATCH = 13.0


class _Part(Struct, frozen=True, kw_only=True):
    """A row with its colour and the number of squares it has."""

    row: SeriesRow
    item: Item
    colour: str
    squares: int


def waffle(spec: ResolvedSpec, canvas: Canvas) -> Scene:
    """Squares row by row, and the name and value of each part beside them, or below on a narrow canvas."""
    parts = _parts(spec)
    count = sum(part.squares for part in parts)
    pitch = _PITCH[canvas.name]
    per_line = _PER_LINE[canvas.name] if count == _HUNDRED or canvas.narrow else 2 * _PER_LINE["wide"] // 2
    shapes: list[Shape] = []
    number = 0
    for part in parts:
        style = status_style(part.item.look)
        fill = part.colour if style.solid else f"{part.colour}-soft"
        for _ in range(part.squares):
            x, y = number % per_line * pitch, number // per_line * pitch
            square = (x + 1, y + 1, x + pitch - _GAP, y + pitch - _GAP)
            stroke = part.colour if style.hatch or style.dashes or not style.solid else ""
            shapes.append(rectangle(*square, fill=fill, stroke=stroke, hatch=style.hatch, row=part.row.number))
            number += 1
    depth = -(-count // per_line) * pitch
    left, top = (0.0, depth + 10) if canvas.narrow else (per_line * pitch + 28, 0.0)
    labels, bottom = _labels(parts, left, top, canvas)
    items = [part.item for part in parts]
    return with_legend(spec, items, canvas, [*shapes, *labels], max(depth, bottom))


def _parts(spec: ResolvedSpec) -> list[_Part]:
    """The rows with as many squares as they have things, or as near as possible to their share of a hundred."""
    rows = [(row, row.cells[0]) for row in series_rows(spec) if row.cells[0] is not None]
    sizes = [item.size for _, item in rows if item is not None]
    squares = _squares(sizes, things=not plot_series(spec)[0].unit.percent)
    highlighted = any(row.emphasis for row, _ in rows)
    colours = iter([*SERIES_COLOURS, CONTEXT_COLOUR] * len(rows))
    return [
        _Part(
            row=row,
            item=item,
            colour=next(colours) if row.emphasis or not highlighted else CONTEXT_COLOUR,
            squares=share,
        )
        for (row, item), share in zip(rows, squares, strict=True)
        if item is not None
    ]


def _squares(sizes: Sequence[Decimal], *, things: bool) -> list[int]:
    """Squares by the method of the largest remainders; of few whole things, as many as there are."""
    total = sum(sizes) or Decimal(1)
    if things and total <= _MOST_THINGS and all(size == size.to_integral_value() for size in sizes):
        return [int(size) for size in sizes]
    exact = [size * _HUNDRED / total for size in sizes]
    floors = [int(share.to_integral_value(ROUND_FLOOR)) for share in exact]
    order = sorted(range(len(exact)), key=lambda number: floors[number] - exact[number])
    for number in order[: _HUNDRED - sum(floors)]:
        floors[number] += 1
    return floors


def _labels(parts: Sequence[_Part], left: float, top: float, canvas: Canvas) -> tuple[list[Shape], float]:
    """The value and the name of each part with a swatch of its colour, and where they end."""
    size, shapes = canvas.text_size, []
    values = max(text_width(part.item.short, size, bold=True) for part in parts) + 10
    labels: list[Shape] = []
    for part in parts:
        lines = wrap(part.row.label, size, canvas.width - left - _SWATCH - 10 - values, bold=part.row.emphasis)
        style, middle = status_style(part.item.look), top + size * 0.66
        fill = part.colour if style.solid else f"{part.colour}-soft"
        swatch = (left, middle - _SWATCH / 2, left + _SWATCH, middle + _SWATCH / 2)
        shapes.append(rectangle(*swatch, fill=fill, stroke=part.colour, hatch=style.hatch))
        labels += text_block([part.item.short], left + _SWATCH + values, top, size, bold=True, anchor="end")
        labels += text_block(lines, left + _SWATCH + values + 10, top, size, bold=part.row.emphasis)
        top += text_height(lines, size) + 9
    return [*shapes, *labels], top - 9

"""Slope: how each row of a series goes from one column to another, as a line between two upright axes."""

from __future__ import annotations

from math import fsum

from .label_spread import spread
from .legend import with_legend
from .marks_dumbbell import Change, changes
from .resolved_spec import ResolvedSpec
from .scales import Scale, domain, known_bounds
from .scene import Label, Scene, Shape, line, tag_row, text_block, text_height
from .text_layout import block_width, text_width, wrap_name
from .theme import CONTEXT_COLOUR, Canvas, status_style
from .value_marks import status_marker

_PLOT_HEIGHTS = {"wide": 340.0, "narrow": 330.0}
_NAME_WIDTHS = {"wide": 190.0, "narrow": 104.0}
_GAP = 10.0  # between a point and its label
_STRONG, _FAINT = 2.6, 1.4  # widths of lines


def slope(spec: ResolvedSpec, canvas: Canvas) -> Scene:
    """A line for each row; at its left the first value, at its right the second with the name."""
    series, rows = spec.series(), changes(spec)
    first, second = (spec.column_label(series, column) for column in spec.columns(series))
    size, small = canvas.text_size, canvas.small_size
    low, high = domain(known_bounds(item.value for row in rows for item in row.ends), zero=False)
    top = small * 2.2
    values = max(text_width(row.ends[0].short, small, bold=True) for row in rows)
    texts = [wrap_name(row.label, small, _NAME_WIDTHS[canvas.name], bold=True) for row in rows]
    lasts = [text_width(row.ends[1].short, small, bold=True) + 6 for row in rows]
    names = max(block_width(lines, small, bold=True) for lines in texts)
    left, right = values + _GAP + 2, canvas.width - names - max(lasts) - _GAP - 2
    heights = [text_height(lines, small) for lines in texts]
    needed = fsum(heights) + 3.0 * len(rows)
    scale = Scale(low=low, high=high, start=top + max(_PLOT_HEIGHTS[canvas.name], needed), end=top + size)
    shapes: list[Shape] = []
    for x, text, anchor in (
        (left, first, "start" if left < text_width(first, size) / 2 else "middle"),
        (right, second, "middle"),
    ):
        shapes.append(line(((x, top - 4), (x, scale.start + 8)), stroke="muted", stroke_width=1))
        shapes.append(Label(x=x, y=small, text=text, size=small, bold=True, anchor=anchor))
    for row in sorted(rows, key=lambda row: row.emphasis):
        shapes += _line(row, rows, scale, (left, right))
    ends = [[scale.position(row.ends[side].size) for row in rows] for side in (0, 1)]
    one_line = [text_height(("",), small)] * len(rows)
    for row, y in zip(rows, spread(ends[0], one_line, top - small, scale.start + small), strict=True):
        shapes += text_block(
            [row.ends[0].short], left - _GAP, y, small, anchor="end", bold=row.emphasis, colour=_ink(row, rows)
        )
    for row, lines, y in zip(rows, texts, spread(ends[1], heights, top - small, scale.start + small), strict=True):
        bold, colour = row.emphasis, _ink(row, rows)
        shapes += text_block([row.ends[1].short], right + _GAP, y, small, bold=bold, colour=colour)
        shapes += text_block(lines, right + _GAP + max(lasts), y, small, bold=bold, colour=colour)
    items = [item for row in rows for item in row.ends]
    return with_legend(spec, items, canvas, shapes, scale.start + small + 4, points=True)


def _line(row: Change, rows: list[Change], scale: Scale, places: tuple[float, float]) -> list[Shape]:
    colour = _colour(row, rows)
    points = [(x, scale.position(item.size)) for x, item in zip(places, row.ends, strict=True)]
    dashes = () if status_style(row.ends[1].look).solid else (4.0, 3.0)
    width = _FAINT if colour == CONTEXT_COLOUR else _STRONG
    marks = [status_marker(item.look, x, y, 4, colour) for (x, y), item in zip(points, row.ends, strict=True)]
    return [*tag_row(row.number, [line(points, stroke=colour, stroke_width=width, dashes=dashes), *marks])]


def _colour(row: Change, rows: list[Change]) -> str:
    """The subject's colour; without a subject, one for rows that fell and another for the others."""
    if any(other.emphasis for other in rows):
        return "c1" if row.emphasis else CONTEXT_COLOUR
    return "c2" if row.ends[1].size < row.ends[0].size else "c1"


def _ink(row: Change, rows: list[Change]) -> str:
    return "ink" if row.emphasis or not any(other.emphasis for other in rows) else "muted"

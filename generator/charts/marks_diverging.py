"""Diverging bars: values to the left and to the right of zero; of two columns one goes to each side, a third stands apart."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from .legend import with_legend
from .panel import plot_series
from .resolved_spec import Item, ResolvedSpec
from .rows import LABEL_GAP, RowLayout, lay_out_rows, value_label, zero_lines
from .scales import Scale, domain, known_bounds
from .scene import Label, Scene, Shape, tag_row
from .series_rows import SeriesRow, series_rows
from .text_layout import text_width
from .theme import CONTEXT_COLOUR, Canvas
from .value_marks import bar, bar_extent, is_negative

_THICKNESS = 22.0
_CLEAR = 6.0  # between the labels of the rows and the values at the left
_APART = 14.0  # between the bars on both sides of zero and the column that stands apart
_LEFT_COLOUR, _RIGHT_COLOUR = "c2", "c1"


def diverging_bars(spec: ResolvedSpec, canvas: Canvas) -> Scene:
    """One column by the sign of its values, or two columns back to back."""
    rows = series_rows(spec)
    names = [series.name for series in plot_series(spec)]
    top = canvas.small_size * 1.7 if len(names) > 1 else 3.0
    layout = lay_out_rows([(row.label, row.emphasis) for row in rows], canvas, top=top, thickness=_THICKNESS)
    firsts = [one.turned if len(names) > 1 and one is not None else one for one in (row.cells[0] for row in rows)]
    sides = [[first, *row.cells[1:2]] for first, row in zip(firsts, rows, strict=True)]
    apart = [row.cells[2] for row in rows if len(names) > 2]  # noqa: PLR2004  the third column
    scale, third = _scales(layout, [item for side in sides for item in side if item], [item for item in apart if item], canvas)
    shapes: list[Shape] = []
    values: list[Shape] = []
    for row, side, band in zip(rows, sides, layout.bands, strict=True):
        for item in side:
            if item is not None:
                negative = is_negative(item)
                shapes += tag_row(row.number, bar(item, scale, band.middle, _THICKNESS, _colour(row, rows, negative=negative)))
                x = bar_extent(item, scale)
                values += value_label((item.short,), x, band.middle, canvas, bold=row.emphasis, at_left=negative)
        if third is not None and (item := row.cells[2]) is not None:
            shapes += tag_row(row.number, bar(item, third, band.middle, _THICKNESS, CONTEXT_COLOUR))
            values += value_label((item.short,), bar_extent(item, third), band.middle, canvas)
    shapes += [*zero_lines(layout, scale.position(Decimal(0))), *layout.labels(), *values]
    shapes += _names(names, scale, third, canvas)
    items = [item for row in rows for item in row.cells if item is not None]
    return with_legend(spec, items, canvas, shapes, layout.bottom)


def _colour(row: SeriesRow, rows: Sequence[SeriesRow], *, negative: bool) -> str:
    if any(other.emphasis for other in rows) and not row.emphasis:
        return CONTEXT_COLOUR
    return _LEFT_COLOUR if negative else _RIGHT_COLOUR


def _scales(layout: RowLayout, items: Sequence[Item], apart: Sequence[Item], canvas: Canvas) -> tuple[Scale, Scale | None]:
    """The scale around zero, and one of the same length per unit for the column that stands apart, if there is one."""
    low, high = domain(known_bounds(item.value for item in items))
    width = {negative: _room([item for item in items if is_negative(item) is negative], canvas) for negative in (True, False)}
    most = max((item.size for item in apart), default=Decimal(0))
    third = _APART + _room(apart, canvas) if apart else 0.0
    plot = canvas.width - 1 - layout.left - _CLEAR - width[True] - width[False] - third
    per_unit = plot / float(high - low + most)
    start = layout.left + width[True] + _CLEAR
    scale = Scale(low=low, high=high, start=start, end=start + per_unit * float(high - low))
    if not apart:
        return scale, None
    begin = scale.end + width[False] + _APART
    return scale, Scale(low=Decimal(0), high=most, start=begin, end=begin + per_unit * float(most))


def _room(items: Sequence[Item], canvas: Canvas) -> float:
    """The width that the values of these bars take."""
    return max((text_width(item.short, canvas.text_size, bold=item.emphasis) + LABEL_GAP for item in items), default=0.0)


def _names(names: Sequence[str], scale: Scale, third: Scale | None, canvas: Canvas) -> list[Shape]:
    """The names of two or three columns above their sides."""
    if len(names) == 1:
        return []
    zero, size = scale.position(Decimal(0)), canvas.small_size
    labels = [
        Label(x=zero - 5, y=size, text=names[0], size=size, anchor="end", bold=True),
        Label(x=zero + 5, y=size, text=names[1], size=size, bold=True),
    ]
    if third is not None:
        x = min(third.start, canvas.width - text_width(names[2], size, bold=True))
        labels.append(Label(x=x, y=size, text=names[2], size=size, colour="muted", bold=True))
    return [*labels]

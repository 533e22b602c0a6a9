"""Bars from zero, pairs of before and after, and parts stacked up to a whole."""

from __future__ import annotations

from decimal import Decimal

from .axes import value_axis
from .legend import with_legend
from .resolved_spec import ResolvedSpec
from .rows import fit_scale, label_width, lay_out_rows, value_labels, value_lines, zero_lines
from .scales import decades, domain, known_bounds
from .scene import Scene, Shape, tag_row
from .theme import CONTEXT_COLOUR, Canvas
from .value_marks import (
    TEETH_OVERHANG,
    bar,
    bar_extent,
    is_negative,
    point_or_range,
    point_or_range_extent,
)

_THICK, _DOT = 22.0, 16.0


def bars(spec: ResolvedSpec, canvas: Canvas) -> Scene:
    """One bar per row from a common zero; on a log scale, which has no zero, dots."""
    items = spec.items()
    log = spec.choice("scale", "linear") == "log" and all(end > 0 for end in known_bounds(item.value for item in items))
    lines = [value_lines(item, canvas, bold=item.emphasis) for item in items]
    layout = lay_out_rows([(item.label, item.emphasis) for item in items], canvas, thickness=_THICK, values=lines)
    point_marker = _DOT if log else 0.0
    rooms = [
        (item, label_width(text, canvas.text_size, bold=item.emphasis) + point_marker)
        for item, text in zip(items, lines, strict=True)
    ]
    amounts = known_bounds(item.value for item in items)
    ticked = decades(min(amounts), max(amounts)) if log else []
    low, high = (ticked[0], ticked[-1]) if log else domain(amounts)
    before = [room + TEETH_OVERHANG for item, room in rooms if not log and is_negative(item)]
    after = [(item, room) for item, room in rooms if log or not is_negative(item)]
    scale = fit_scale(layout, low, high, after, log=log, left=layout.left + max(point_marker, *before, 0.0))
    shapes: list[Shape] = []
    bottom = layout.bottom
    if log:
        found, height = value_axis(spec, layout, scale, items[0].unit, ticked, note=spec.word("log"))
        shapes += found
        bottom += height
    lone = not any(item.emphasis for item in items)
    for number, (item, band) in enumerate(zip(items, layout.bands, strict=True)):
        colour = "c1" if lone or item.emphasis else CONTEXT_COLOUR
        shapes += tag_row(number, (point_or_range if log else bar)(item, scale, band.middle, _DOT if log else _THICK, colour))
    if not log:
        shapes += zero_lines(layout, scale.position(Decimal(0)))
    shapes += layout.labels()
    for item, band, text in zip(items, layout.bands, lines, strict=True):
        x = point_or_range_extent(item, scale, _DOT)[1] if log else bar_extent(item, scale)
        shapes += value_labels([(text, x, band.middle, item.emphasis)], canvas, left=not log and is_negative(item))
    return with_legend(spec, items, canvas, shapes, bottom, dots=log)

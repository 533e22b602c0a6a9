"""Pairs: two values per row, before and after, joined by a step line."""

from __future__ import annotations

from functools import partial

from ..model.values import midpoint
from .axes import inner_ticks, value_axis
from .legend import SYMBOL_WIDTH, legend, with_legend
from .resolved_spec import Item, ResolvedSpec
from .rows import LABEL_GAP, fit_scale, lay_out_rows, zero_lines
from .scales import Scale, domain, known_bounds
from .scene import Label, Patch, Scene, Shape, centred_baseline, line, tag_row
from .text_layout import text_width
from .theme import Canvas
from .value_marks import (
    point_or_range,
    point_or_range_extent,
    status_marker,
)

_DOT = 16.0


def pairs(spec: ResolvedSpec, canvas: Canvas) -> Scene:
    """Two dots per row, the second a line lower, and a step from one to the other; each dimension has its own scale."""
    rows = [
        (spec.text_of(row, "label"), spec.item(str(row["from"])), spec.item(str(row["to"]))) for row in spec.records("rows")
    ]
    sides = ([first for _, first, _ in rows], [second for *_, second in rows])
    ends_ = [
        (partial(_sign, tuple(dict.fromkeys(item.status for item in side)), hollow=name == "from_label"), spec.phrase(name))
        for name, side in zip(("from_label", "to_label"), sides, strict=True)
    ]
    shapes, height = legend(ends_, canvas, 0.0)
    layout = lay_out_rows([(label, False) for label, *_ in rows], canvas, top=height + 8, thickness=2 * canvas.line_height + 2)
    for dimension in dict.fromkeys(first.dimension for _, first, _ in rows):
        of_kind = [
            (number, row, band)
            for number, (row, band) in enumerate(zip(rows, layout.bands, strict=True))
            if row[1].dimension == dimension
        ]
        both = [item for _, (_, *pair), _ in of_kind for item in pair]
        rooms = [(item, text_width(item.short, canvas.text_size) + LABEL_GAP + _DOT) for item in both]
        scale = fit_scale(layout, *domain(known_bounds(item.value for item in both)), rooms, left=layout.left + _DOT)
        shapes += zero_lines(layout, scale.start)
        for number, (_, first, second), band in of_kind:
            shapes += tag_row(number, _pair((first, second), scale, band.middle, canvas))
    words = [*layout.labels(), *(shape for shape in shapes if isinstance(shape, Label))]
    bottom = layout.bottom
    if len({first.dimension for _, first, _ in rows}) == 1:
        amounts = inner_ticks(scale.low, scale.high, canvas)
        unit = max(both, key=lambda item: item.unit.size).unit
        lines, height = value_axis(spec, layout, scale, unit, amounts, words=words)
        shapes = [*lines, *shapes]
        bottom += height
    shapes += layout.labels()
    return with_legend(spec, [item for _, *both in rows for item in both], canvas, shapes, bottom, dots=True)


def _sign(statuses: tuple[str, ...], x: float, middle: float, *, hollow: bool) -> list[Patch]:
    """Every dot that one side has, side by side."""
    pitch = SYMBOL_WIDTH / len(statuses)
    return [
        status_marker(status, x + pitch * (at + 0.5), middle, min(6.0, pitch * 0.42), "c2" if hollow else "c1", hollow=hollow)
        for at, status in enumerate(statuses)
    ]


def _pair(both: tuple[Item, Item], scale: Scale, middle: float, canvas: Canvas) -> list[Shape]:
    """The first above, the second below, each with its value, and a step between them."""
    above, below = middle - canvas.line_height / 2, middle + canvas.line_height / 2
    x0, x1 = (scale.position(midpoint(item.value)) for item in both)
    corner = (x0, below) if x1 >= x0 else (x1, above)  # the way keeps clear of both values
    shapes: list[Shape] = [line(((x0, above), corner, (x1, below)), stroke="muted", stroke_width=1.6)]
    for item, y, colour, hollow in zip(both, (above, below), ("c2", "c1"), (True, False), strict=True):
        shapes += point_or_range(item, scale, y, _DOT - 2, colour, hollow=hollow)
        x = point_or_range_extent(item, scale, _DOT)[1] + 5
        shapes.append(Label(x=x, y=centred_baseline(y, canvas.text_size), text=item.short, size=canvas.text_size))
    return shapes

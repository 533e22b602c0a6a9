"""Pairs: two values per row, such as before and after, as points that a step line joins."""

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
from .value_marks import point_or_range, point_or_range_extent, status_marker

_POINT_THICKNESS = 16.0


def pairs(spec: ResolvedSpec, canvas: Canvas) -> Scene:
    """Two points per row, the second a line lower; each dimension has a scale of its own, and a single one an axis."""
    rows = [
        (spec.text_of(row, "label"), (spec.item(str(row["from"])), spec.item(str(row["to"])))) for row in spec.records("rows")
    ]
    sides = zip(("from_label", "to_label"), zip(*(pair for _, pair in rows), strict=True), strict=True)
    entries = [(partial(_symbol, _statuses(side), hollow=name == "from_label"), spec.phrase(name)) for name, side in sides]
    shapes, height = legend(entries, canvas, 0.0)
    layout = lay_out_rows([(label, False) for label, _ in rows], canvas, top=height + 8, thickness=2 * canvas.line_height + 2)
    dimensions = list(dict.fromkeys(first.dimension for _, (first, _) in rows))
    for dimension in dimensions:
        members = [
            (number, pair, band)
            for number, ((_, pair), band) in enumerate(zip(rows, layout.bands, strict=True))
            if pair[0].dimension == dimension
        ]
        items = [item for _, pair, _ in members for item in pair]
        widths = [(item, text_width(item.short, canvas.text_size) + LABEL_GAP + _POINT_THICKNESS) for item in items]
        low, high = domain(known_bounds(item.value for item in items))
        scale = fit_scale(layout, low, high, widths, left=layout.left + _POINT_THICKNESS)
        shapes += zero_lines(layout, scale.start)
        for number, pair, band in members:
            shapes += tag_row(number, _pair(pair, scale, band.middle, canvas))
    labels = [*layout.labels(), *(shape for shape in shapes if isinstance(shape, Label))]
    bottom = layout.bottom
    if len(dimensions) == 1:
        ticks = inner_ticks(scale.low, scale.high, canvas)
        unit = max(items, key=lambda item: item.unit.size).unit
        axis, height = value_axis(spec, layout, scale, unit, ticks, labels=labels)
        shapes = [*axis, *shapes]
        bottom += height
    shapes += layout.labels()
    return with_legend(spec, [item for _, pair in rows for item in pair], canvas, shapes, bottom, points=True)


def _statuses(items: tuple[Item, ...]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(item.status for item in items))


def _symbol(statuses: tuple[str, ...], x: float, middle: float, *, hollow: bool) -> list[Patch]:
    """The legend symbol of one side: a marker for each status that it has, side by side."""
    pitch = SYMBOL_WIDTH / len(statuses)
    radius, colour = min(6.0, pitch * 0.42), "c2" if hollow else "c1"
    return [
        status_marker(status, x + pitch * (number + 0.5), middle, radius, colour, hollow=hollow)
        for number, status in enumerate(statuses)
    ]


def _pair(pair: tuple[Item, Item], scale: Scale, middle: float, canvas: Canvas) -> list[Shape]:
    """The first value above, the second below, each with its label, and a step line between them."""
    above, below = middle - canvas.line_height / 2, middle + canvas.line_height / 2
    x0, x1 = (scale.position(midpoint(item.value)) for item in pair)
    corner = (x0, below) if x1 >= x0 else (x1, above)  # so that the line crosses neither label
    shapes: list[Shape] = [line(((x0, above), corner, (x1, below)), stroke="muted", stroke_width=1.6)]
    for item, y, colour, hollow in zip(pair, (above, below), ("c2", "c1"), (True, False), strict=True):
        shapes += point_or_range(item, scale, y, _POINT_THICKNESS - 2, colour, hollow=hollow)
        x = point_or_range_extent(item, scale, _POINT_THICKNESS)[1] + 5
        shapes.append(Label(x=x, y=centred_baseline(y, canvas.text_size), text=item.short, size=canvas.text_size))
    return shapes

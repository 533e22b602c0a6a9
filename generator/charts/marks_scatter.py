"""Scatter: each row of a series as a point between two axes, one column across and one upwards, with its name beside it."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from ..records.struct import Struct
from .label_places import free_place
from .legend import with_legend
from .marks_dumbbell import Change, changes
from .resolved_spec import ResolvedSpec
from .scales import Scale, domain, known_bounds, ticks
from .scene import Bounds, Label, Patch, Scene, Shape, centred_baseline, line, tag_row, text_block, text_height
from .text_layout import text_width, wrap
from .theme import CONTEXT_COLOUR, Canvas
from .value_marks import status_marker

_PLOT_HEIGHTS = {"wide": 340.0, "narrow": 290.0}
_RADII = {"wide": 5.5, "narrow": 4.5}


class _Plot(Struct, frozen=True, kw_only=True):
    """The two axes with their ticks."""

    across: Scale
    upwards: Scale
    ticks: tuple[tuple[tuple[Decimal, str], ...], tuple[tuple[Decimal, str], ...]]  # across, upwards
    canvas: Canvas


def scatter(spec: ResolvedSpec, canvas: Canvas) -> Scene:
    """Points with names; a name that would cover something is left out, unless its row is highlighted."""
    rows = changes(spec)
    names = [spec.column_label(spec.series(), column) for column in spec.columns(spec.series())]
    small = canvas.small_size
    heading = wrap(names[1], small, canvas.width, bold=True)
    plot = _plot(spec, rows, canvas, text_height(heading, small) + small)
    shapes: list[Shape] = [*text_block(heading, 0, 0, small, bold=True), *_axes(plot)]
    points: list[Patch] = []
    for row in sorted(rows, key=lambda row: row.emphasis):
        x, y = plot.across.position(row.ends[0].size), plot.upwards.position(row.ends[1].size)
        status = row.ends[0].status if row.ends[0].status != "observed" else row.ends[1].status
        colour = "c1" if row.emphasis or not any(other.emphasis for other in rows) else CONTEXT_COLOUR
        points += tag_row(row.number, [status_marker(status, x, y, _RADII[canvas.name], colour)])
    shapes += [*points, *_names(rows, plot, points)]
    bottom = plot.upwards.start + 7 + small * 1.32
    title = wrap(names[0], small, canvas.width - plot.across.start, bold=True)
    shapes += text_block(title, canvas.width - 1, bottom + 2, small, bold=True, anchor="end")
    items = [item for row in rows for item in row.ends]
    return with_legend(spec, items, canvas, shapes, bottom + 2 + text_height(title, small), points=True)


def _plot(spec: ResolvedSpec, rows: Sequence[Change], canvas: Canvas, top: float) -> _Plot:
    found, small = [], canvas.small_size
    for side, about in ((0, 3 if canvas.narrow else 6), (1, 5)):
        amounts = ticks(*domain(known_bounds(row.ends[side].value for row in rows), zero=False), about)
        found.append(tuple((amount, spec.tick(amount, rows[0].ends[side].unit)) for amount in amounts))
    across, upwards = found
    left = max(text_width(text, small) for _, text in upwards) + 10
    right = canvas.width - max(text_width(across[-1][1], small) / 2, 4.0) - 2
    return _Plot(
        across=Scale(low=across[0][0], high=across[-1][0], start=left, end=right),
        upwards=Scale(low=upwards[0][0], high=upwards[-1][0], start=top + _PLOT_HEIGHTS[canvas.name], end=top),
        ticks=(across, upwards),
        canvas=canvas,
    )


def _axes(plot: _Plot) -> list[Shape]:
    """Grid lines with their amounts at the left and below."""
    size, shapes = plot.canvas.small_size, []
    bottom, labels = plot.upwards.start, []
    for amount, text in plot.ticks[1]:
        y = plot.upwards.position(amount)
        shapes.append(line(((plot.across.start, y), (plot.across.end, y)), stroke="grid", stroke_width=1))
        labels.append(
            Label(x=plot.across.start - 7, y=centred_baseline(y, size), text=text, size=size, colour="muted", anchor="end")
        )
    for amount, text in plot.ticks[0]:
        x = plot.across.position(amount)
        shapes.append(line(((x, plot.upwards.end), (x, bottom + 4)), stroke="grid", stroke_width=1))
        labels.append(Label(x=x, y=bottom + 7 + size, text=text, size=size, colour="muted", anchor="middle"))
    return [*shapes, *labels]


def _names(rows: Sequence[Change], plot: _Plot, points: Sequence[Patch]) -> list[Label]:
    """The names of the rows beside their points, highlighted ones first."""
    canvas, radius = plot.canvas, _RADII[plot.canvas.name]
    taken: list[Bounds] = [_bounds(point) for point in points]
    labels: list[Label] = []
    for row in sorted(rows, key=lambda row: not row.emphasis):
        centre = (plot.across.position(row.ends[0].size), plot.upwards.position(row.ends[1].size))
        inside = (plot.across.start + 1, 0.0, canvas.width - 1, plot.upwards.start + 2)
        label = free_place(row.label, (centre, radius + 4), canvas.small_size, taken, inside, bold=row.emphasis)
        if label is not None:
            labels.append(label)
            taken.append(label.bounds)
    return labels


def _bounds(patch: Patch) -> Bounds:
    xs, ys = zip(*patch.points, strict=True)
    return min(xs), min(ys), max(xs), max(ys)

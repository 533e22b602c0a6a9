"""Stack: the parts of a whole in rows, each bar starting where the one before it ends (a waterfall chart)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import pairwise

from .axes import clear_segments, reference_line, start_past
from .legend import with_legend
from .resolved_spec import Item, ResolvedSpec
from .rows import RowLayout, lay_out_rows, value_label, value_lines, value_width
from .scales import Scale, domain, known_bounds
from .scene import Label, Scene, Shape, line, tag_row
from .theme import CONTEXT_COLOUR, Canvas
from .value_marks import ARROW_LENGTH, TEETH_OVERHANG, bar, bar_extent

_THICKNESS = 22.0


@dataclass(frozen=True, slots=True, kw_only=True)
class _Step:
    """A bar that begins at the amount `start`, with its value in lines."""

    item: Item
    start: Decimal
    lines: tuple[str, ...]


def stack(spec: ResolvedSpec, canvas: Canvas) -> Scene:
    """The total as one bar, if the specification names one, and below it the parts."""
    parts = [spec.item(fact_id) for fact_id in spec.ids("parts")]
    total = spec.item(spec.choice("total", ""), emphasis=True) if "total" in spec.chart.options else None
    steps = _steps(parts, total, canvas)
    items = [step.item for step in steps]
    labels = [(item.label, item.emphasis) for item in items]
    layout = lay_out_rows(labels, canvas, thickness=_THICKNESS, values=[step.lines for step in steps])
    _, high = domain([*known_bounds(item.value for item in items), sum((part.size for part in parts), Decimal(0))])
    scale, label_starts = _fit_scale(layout, high, steps, total)
    shapes: list[Shape] = []
    for number, (step, band) in enumerate(zip(steps, layout.bands, strict=True)):
        colour = CONTEXT_COLOUR if step.item is total else "c1"
        shapes += tag_row(number, bar(step.item, _shifted(scale, step.start), band.middle, _THICKNESS, colour))
    words = layout.labels()
    for step, x, band in zip(steps, label_starts, layout.bands, strict=True):
        words += value_label(step.lines, x, band.middle, canvas, bold=step.item.emphasis)
    shapes += _connectors(layout, scale, steps, total, words)
    if total is not None:
        shapes += reference_line(scale.position(total.size), layout, words, (1, len(parts)), "muted")
    shapes += words
    return with_legend(spec, items, canvas, shapes, layout.bottom)


def _steps(parts: Sequence[Item], total: Item | None, canvas: Canvas) -> list[_Step]:
    steps = [_Step(item=total, start=Decimal(0), lines=value_lines(total, canvas, bold=True))] if total else []
    start = Decimal(0)
    for part in parts:
        steps.append(_Step(item=part, start=start, lines=value_lines(part, canvas, bold=part.emphasis)))
        start += part.size
    return steps


def _shifted(scale: Scale, start: Decimal) -> Scale:
    """The scale moved to the right so that its zero is at the amount `start`."""
    left = scale.position(start)
    return Scale(low=scale.low, high=scale.high, start=left, end=left + scale.end - scale.start)


def _connectors(
    layout: RowLayout, scale: Scale, steps: Sequence[_Step], total: Item | None, labels: Sequence[Label]
) -> list[Shape]:
    """A vertical line from the end of each bar to the start of the next, interrupted at labels."""
    lines: list[Shape] = []
    for (first, second), step in zip(pairwise(layout.bands), steps, strict=False):
        if step.item is total and layout.canvas.narrow:
            continue  # a label begins right there
        x = scale.position(Decimal(0) if step.item is total else step.start + step.item.size)
        for top, end in clear_segments(labels, x, first.middle + _THICKNESS / 2, second.middle - _THICKNESS / 2):
            lines.append(line(((x, top), (x, end)), stroke="muted", stroke_width=1))
    return lines


def _fit_scale(layout: RowLayout, high: Decimal, steps: Sequence[_Step], total: Item | None) -> tuple[Scale, list[float]]:
    """The widest scale on which every bar leaves room for its value, and the x at which the values begin.

    A reference line of the total goes down to the last part; a value that would cross it begins beyond it. Moving a value
    may take more room, which makes the scale narrower and may move others: repeated until no more have to move.
    """
    size, beyond = layout.canvas.text_size, set[int]()
    widths = [value_width(step.lines, size, bold=step.item.emphasis) for step in steps]
    while True:
        scale = _widest_scale(layout, high, steps, widths, dict.fromkeys(beyond, total.size) if total else {})
        starts = [bar_extent(step.item, scale) + scale.position(step.start) - scale.start for step in steps]
        if total is None:
            return scale, starts
        x = scale.position(total.size)
        cleared = [
            start_past(start, width, x) if number else start
            for number, (start, width) in enumerate(zip(starts, widths, strict=True))
        ]
        moved = {number for number, (start, clear) in enumerate(zip(starts, cleared, strict=True)) if start != clear}
        if moved <= beyond:
            return scale, cleared
        beyond |= moved


def _widest_scale(
    layout: RowLayout, high: Decimal, steps: Sequence[_Step], widths: Sequence[float], at_least: dict[int, Decimal]
) -> Scale:
    """The widest scale on which values of these widths fit behind their bars, some of them beyond an amount."""
    available = layout.canvas.width - 1
    end = available
    for number, (step, width) in enumerate(zip(steps, widths, strict=True)):
        value = step.item.value
        far = step.start + (value.high if value.high is not None else step.item.size)
        far = max(far, at_least.get(number, far))
        if far > 0:
            overhang = ARROW_LENGTH if value.high is None else TEETH_OVERHANG
            end = min(end, layout.left + (available - layout.left - width - overhang) * float(high / far))
    return Scale(low=Decimal(0), high=high, start=layout.left, end=max(end, layout.left + layout.canvas.width * 0.1))

"""Waterfall: changes that lead from one total to the next, each bar beginning where the one before it ends."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from itertools import pairwise

from ..records.struct import Struct
from .drawn_values import signed
from .legend import with_legend
from .resolved_spec import Item, ResolvedSpec
from .rows import LABEL_GAP, lay_out_rows, value_label, zero_lines
from .scales import Scale, domain
from .scene import Scene, Shape, line, rectangle
from .series_rows import SeriesRow, series_rows
from .text_layout import text_width
from .theme import Canvas, status_style

_THICKNESS = 22.0
_TOTAL, _RISE, _FALL = "c6", "c1", "c2"


class Step(Struct, frozen=True, kw_only=True):
    """A total, which stands on zero, or a change from `start` to `end`."""

    row: SeriesRow
    item: Item
    total: bool
    start: Decimal
    end: Decimal

    @property
    def colour(self) -> str:
        """The colour of a total, a rise or a fall."""
        return _TOTAL if self.total else _RISE if self.end >= self.start else _FALL


def waterfall_steps(spec: ResolvedSpec) -> list[Step]:
    """The rows of a series as steps; those that `totals` names stand on zero."""
    totals, level, steps = spec.ids("totals"), Decimal(0), []
    for row in series_rows(spec):
        item = row.cells[0]
        if item is None:
            continue
        total = row.key in totals
        start = Decimal(0) if total else level
        level = start + item.size
        steps.append(Step(row=row, item=item, total=total, start=start, end=level))
    return steps


def waterfall(spec: ResolvedSpec, canvas: Canvas) -> Scene:
    """A lying bar for each step; rises and falls differ in colour and sign, totals are grey and bold."""
    steps = waterfall_steps(spec)
    texts = [signed(step.item.short, rise=step.end > step.start) if not step.total else step.item.short for step in steps]
    layout = lay_out_rows([(step.row.label, step.total) for step in steps], canvas, thickness=_THICKNESS)
    low, high = domain([amount for step in steps for amount in (step.start, step.end)])
    widths = [text_width(text, canvas.text_size, bold=step.total) + LABEL_GAP for step, text in zip(steps, texts, strict=True)]
    scale = _fit(steps, widths, Scale(low=low, high=high, start=layout.left, end=canvas.width - 1))
    shapes: list[Shape] = []
    for step, band in zip(steps, layout.bands, strict=True):
        style = status_style(step.item.look)
        left, right = sorted((scale.position(step.start), scale.position(step.end)))
        shapes.append(
            rectangle(
                left, band.middle - _THICKNESS / 2, right, band.middle + _THICKNESS / 2,
                fill=step.colour if style.solid else f"{step.colour}-soft", stroke=step.colour,
                hatch=style.hatch, dashes=style.dashes, row=step.row.number,
            )
        )  # fmt: skip
    for (before, first), (after, second) in pairwise(zip(steps, layout.bands, strict=True)):
        x = scale.position(before.end)
        ends = (first.middle + _THICKNESS / 2, second.middle - _THICKNESS / 2)
        label = text_width(after.row.label, canvas.text_size, bold=after.total)
        if not canvas.narrow or x > label + LABEL_GAP:
            shapes.append(line(((x, ends[0]), (x, ends[1])), stroke="muted", stroke_width=1))
    shapes += [*zero_lines(layout, scale.position(Decimal(0))), *layout.labels()]
    for step, band, text in zip(steps, layout.bands, texts, strict=True):
        x = scale.position(max(step.start, step.end))
        shapes += value_label((text,), x, band.middle, canvas, bold=step.total)
    return with_legend(spec, [step.item for step in steps], canvas, shapes, layout.bottom)


def _fit(steps: Sequence[Step], widths: Sequence[float], full: Scale) -> Scale:
    """The widest scale on which the value at the right of each bar stays inside the canvas."""
    ends = [full.end]
    for step, width in zip(steps, widths, strict=True):
        share = float((max(step.start, step.end) - full.low) / (full.high - full.low))
        if share > 0:
            ends.append(full.start + (full.end - full.start - width) / share)
    return Scale(low=full.low, high=full.high, start=full.start, end=max(min(ends), full.start + 40))

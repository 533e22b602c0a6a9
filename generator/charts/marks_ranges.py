"""Ranges: how a range, such as a forecast, changes from row to row, and the outcome that it is compared with."""

from __future__ import annotations

from dataclasses import dataclass

from ..model.series import Row
from .axes import axis_ticks, first_tick_room, line_head, reference_line, start_past, value_axis
from .legend import status_legend
from .resolved_spec import Item, ResolvedSpec
from .rows import fit_scale, lay_out_rows, value_label, value_lines, value_width
from .scales import Scale, domain, known_bounds
from .scene import Scene, Shape, tag_row, text_block, text_height
from .text_layout import wrap
from .theme import CLAIMED_COLOUR, Canvas
from .value_marks import point_or_range, point_or_range_extent

_THICKNESS = 18.0


@dataclass(frozen=True, slots=True, kw_only=True)
class RangeRow:
    """A row of a series with its label, its number in the table and its value; or the heading of a series."""

    label: str
    bold: bool = False
    row: Row | None = None
    number: int = -1
    item: Item | None = None


def range_rows(spec: ResolvedSpec) -> list[RangeRow]:
    """The rows of the series; of two series, which follow each other under their headings, those that have a value."""
    found: list[RangeRow] = []
    every, number = spec.all_series(), 0
    for series, heading in zip(every, ("from_label", "to_label"), strict=False):
        column = spec.columns(series)[0]
        if len(every) > 1:
            found.append(RangeRow(label=spec.phrase(heading), bold=True))
        for row in series.rows:
            item = spec.cell(series, column, row)
            if item is not None or len(every) == 1:
                outcome = item is not None and item.emphasis
                label = spec.word("outcome", when=spec.row_label(row)) if outcome else spec.row_label(row)
                found.append(RangeRow(label=label, bold=outcome, row=row, number=number, item=item))
                number += 1
    return found


def ranges(spec: ResolvedSpec, canvas: Canvas) -> Scene:
    """One row per key of a series; an outcome, which is emphasised, is a reference line through the rows above it."""
    rows = range_rows(spec)
    items = [row.item for row in rows if row.item is not None]
    outcome = next((item for item in items if item.emphasis), None)
    lines = [_lines(spec, row, canvas) for row in rows]
    headings = [number for number, row in enumerate(rows) if row.row is None]
    named = [(row.label, row.bold) for row in rows]
    top = 3 + (canvas.small_size + 8 if outcome else 0)
    layout = lay_out_rows(named, canvas, top=top, thickness=_THICKNESS + 2, values=lines, headings=headings)
    ticks = axis_ticks(*domain(known_bounds(item.value for item in items), zero=False), canvas)
    widths = [
        (row.item, value_width(text, canvas.text_size, bold=row.item.emphasis) + _THICKNESS)
        for row, text in zip(rows, lines, strict=True)
        if row.item is not None
    ]
    last = next((number for number, row in enumerate(rows) if row.item is outcome is not None), len(rows) - 1)
    start = max(layout.left + 10, first_tick_room(spec, ticks[0], items[0].unit, canvas))
    scale = fit_scale(layout, ticks[0], ticks[-1], widths, left=start)
    outcome_x = scale.position(outcome.size) if outcome else None
    marks: list[Shape] = []
    labels = layout.labels()
    for number, (row, band, text) in enumerate(zip(rows, layout.bands, lines, strict=True)):
        if row.item is None:
            top = band.middle - text_height(text, canvas.small_size) / 2
            labels += text_block(text, layout.left + 10, top, canvas.small_size, colour="muted")
            continue
        colour = CLAIMED_COLOUR if row.row is not None and row.row.key in spec.ids("claimed") else "c1"
        marks += tag_row(row.number, point_or_range(row.item, scale, band.middle, _THICKNESS, colour))
        x = _value_start(row.item, scale, outcome_x if number <= last else None)
        labels += value_label(text, x, band.middle, canvas, bold=row.item.emphasis)
    note = spec.word("not_zero") if ticks[0] > 0 else ""
    shapes, height = value_axis(spec, layout, scale, items[0].unit, ticks, note=note, labels=labels)
    shapes += marks
    if outcome is not None and outcome_x is not None:
        shapes += reference_line(outcome_x, layout, labels, (0, last), "c1")
        shapes += line_head(spec.word("outcome", when=outcome.short), "", outcome_x, canvas)
    bottom = layout.bottom + height
    others = [item for item in items if not item.emphasis]
    legend, more = status_legend(spec, others, canvas, bottom + 12)
    return Scene(width=canvas.width, height=bottom + 8 + (more + 6 if more else 0), shapes=(*shapes, *labels, *legend))


def _lines(spec: ResolvedSpec, row: RangeRow, canvas: Canvas) -> tuple[str, ...]:
    """What stands beside a row: its value, or a remark in place of one; nothing beside a heading."""
    if row.item is not None:
        return value_lines(row.item, canvas, bold=row.item.emphasis)
    return _remark(spec, row.row, canvas) if row.row is not None else ()


def _value_start(item: Item, scale: Scale, outcome_x: float | None) -> float:
    """The x at which a value begins: past its mark, and past the outcome's line where that stands just there."""
    start = point_or_range_extent(item, scale, _THICKNESS)[1]
    return start if outcome_x is None else start_past(start, outcome_x)


def _remark(spec: ResolvedSpec, row: Row, canvas: Canvas) -> tuple[str, ...]:
    """What a row without a value says, in lines."""
    texts = (words[spec.texts.language.code] for key, words in row.words.items() if key != spec.series().key)
    return wrap(next((text for text in texts if text), spec.word("no_figure")), canvas.small_size, canvas.width * 0.6)

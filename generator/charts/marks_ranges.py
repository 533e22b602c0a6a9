"""Ranges: how a range, such as a forecast, changes from row to row, and the outcome that it is compared with."""

from __future__ import annotations

from ..model.series import Row
from .axes import axis_ticks, reference_line, start_past, value_axis
from .legend import status_legend
from .resolved_spec import Item, ResolvedSpec
from .rows import fit_scale, lay_out_rows, value_label, value_lines, value_width
from .scales import Scale, domain, known_bounds
from .scene import Scene, Shape, tag_row, text_block, text_height
from .text_layout import wrap
from .theme import Canvas
from .value_marks import point_or_range, point_or_range_extent

_THICKNESS = 18.0


def ranges(spec: ResolvedSpec, canvas: Canvas) -> Scene:
    """One row per key of a series; an outcome, which is emphasised, is a reference line through the rows above it."""
    series = spec.series()
    column = spec.columns(series)[0]
    rows = [(row, spec.cell(series, column, row)) for row in series.rows]
    items = [item for _, item in rows if item is not None]
    outcome = next((item for item in items if item.emphasis), None)
    lines = [value_lines(item, canvas, bold=item.emphasis) if item else _remark(spec, row, canvas) for row, item in rows]
    layout = lay_out_rows([_label(spec, row, item) for row, item in rows], canvas, thickness=_THICKNESS + 2, values=lines)
    ticks = axis_ticks(*domain(known_bounds(item.value for item in items), zero=False), canvas)
    widths = [
        (item, value_width(text, canvas.text_size, bold=item.emphasis) + _THICKNESS)
        for (_, item), text in zip(rows, lines, strict=True)
        if item is not None
    ]
    clear_of = outcome.size if outcome else None
    scale = fit_scale(layout, ticks[0], ticks[-1], widths, left=layout.left + 10, clear_of=clear_of)
    outcome_x = scale.position(outcome.size) if outcome else None
    marks: list[Shape] = []
    labels = layout.labels()
    for number, ((_, item), band, text) in enumerate(zip(rows, layout.bands, lines, strict=True)):
        if item is None:
            top = band.middle - text_height(text, canvas.small_size) / 2
            labels += text_block(text, layout.left + 10, top, canvas.small_size, colour="muted")
            continue
        marks += tag_row(number, point_or_range(item, scale, band.middle, _THICKNESS, "c2" if item.emphasis else "c1"))
        x = _value_start(item, text, scale, outcome_x, canvas)
        labels += value_label(text, x, band.middle, canvas, bold=item.emphasis)
    note = spec.word("not_zero") if ticks[0] > 0 else ""
    shapes, height = value_axis(spec, layout, scale, items[0].unit, ticks, note=note, labels=labels)
    shapes += marks
    if outcome_x is not None:
        last = next(number for number, (_, item) in enumerate(rows) if item is outcome)
        shapes += reference_line(outcome_x, layout, labels, (0, last), "c2")
    bottom = layout.bottom + height
    others = [item for item in items if not item.emphasis]
    legend, more = status_legend(spec, others, canvas, bottom + 12)
    return Scene(width=canvas.width, height=bottom + 8 + (more + 6 if more else 0), shapes=(*shapes, *labels, *legend))


def _label(spec: ResolvedSpec, row: Row, item: Item | None) -> tuple[str, bool]:
    """The label of a row, and whether it is bold."""
    if item is not None and item.emphasis:
        return spec.word("outcome", when=item.label), True
    return spec.row_label(row), False


def _value_start(item: Item, lines: tuple[str, ...], scale: Scale, outcome_x: float | None, canvas: Canvas) -> float:
    """The x at which a value begins: past its mark, and past the outcome's line where that would touch it."""
    start = point_or_range_extent(item, scale, _THICKNESS)[1]
    width = value_width(lines, canvas.text_size, bold=item.emphasis)
    if outcome_x is None or start_past(start, width, outcome_x) == start:
        return start
    return outcome_x + (_THICKNESS / 2 if item.emphasis else 0)


def _remark(spec: ResolvedSpec, row: Row, canvas: Canvas) -> tuple[str, ...]:
    """What a row without a value says, in lines."""
    texts = (words[spec.texts.language.code] for key, words in row.words.items() if key != spec.series().key)
    return wrap(next((text for text in texts if text), spec.word("no_figure")), canvas.small_size, canvas.width * 0.6)

"""Ranges that move towards an outcome."""

from __future__ import annotations

from ..model.series import Row
from .axes import axis_ticks, reference_line, start_past, value_axis
from .legend import status_legend
from .resolved_spec import Item, ResolvedSpec
from .rows import fit_scale, label_width, lay_out_rows, value_labels, value_lines
from .scales import Scale, domain, known_bounds
from .scene import Scene, Shape, tag_row, text_block, text_height
from .text_layout import wrap
from .theme import Canvas
from .value_marks import point_or_range, point_or_range_extent

_THICK = 18.0


def ranges(spec: ResolvedSpec, canvas: Canvas) -> Scene:
    """One row per date: the range given then; the outcome, where there is one, as a line through all of them."""
    series = spec.series()
    column = spec.columns(series)[0]
    cells = [(row, spec.cell(series, column, row)) for row in series.rows]
    items = [item for _, item in cells if item is not None]
    outcome = next((item for item in items if item.emphasis), None)
    lines = [value_lines(item, canvas, bold=item.emphasis) if item else _remark(spec, row, canvas) for row, item in cells]
    labels = [
        (spec.word("outcome", when=item.label), True) if item and item.emphasis else (spec.key(row), False)
        for row, item in cells
    ]
    layout = lay_out_rows(labels, canvas, thickness=_THICK + 2, values=lines)
    amounts = axis_ticks(*domain(known_bounds(item.value for item in items), zero=False), canvas)
    rooms = [
        (item, label_width(text, canvas.text_size, bold=item.emphasis) + _THICK)
        for (_, item), text in zip(cells, lines, strict=True)
        if item is not None
    ]
    beyond = outcome.size if outcome else None
    scale = fit_scale(layout, amounts[0], amounts[-1], rooms, left=layout.left + 10, start_past=beyond)
    crossing = scale.position(outcome.size) if outcome else None
    marks: list[Shape] = []
    words = layout.labels()
    for number, ((_, item), band, text) in enumerate(zip(cells, layout.bands, lines, strict=True)):
        if item is None:
            top = band.middle - text_height(text, canvas.small_size) / 2
            words += text_block(text, layout.left + 10, top, canvas.small_size, colour="muted")
            continue
        marks += tag_row(number, point_or_range(item, scale, band.middle, _THICK, "c2" if item.emphasis else "c1"))
        words += value_labels([(text, _clear(item, text, scale, crossing, canvas), band.middle, item.emphasis)], canvas)
    note = spec.word("not_zero") if amounts[0] > 0 else ""
    shapes, height = value_axis(spec, layout, scale, items[0].unit, amounts, note=note, words=words)
    shapes += marks
    if outcome is not None:
        last = next(number for number, (_, item) in enumerate(cells) if item is outcome)
        shapes += reference_line(scale.position(outcome.size), layout, words, (0, last), "c2")
    shapes += words
    given = [item for item in items if not item.emphasis]
    found, more = status_legend(spec, given, canvas, layout.bottom + height + 12, plain_ranges=True)
    return Scene(width=canvas.width, height=layout.bottom + height + 8 + (more + 6 if more else 0), shapes=(*shapes, *found))


def _clear(item: Item, text: tuple[str, ...], scale: Scale, crossing: float | None, canvas: Canvas) -> float:
    """Where a value may begin: past the outcome's line where that would run through it or close by the mark."""
    start = point_or_range_extent(item, scale, _THICK)[1]
    if crossing is None or start_past(start, label_width(text, canvas.text_size, bold=item.emphasis), crossing) == start:
        return start
    return crossing + (_THICK / 2 if item.emphasis else 0)


def _remark(spec: ResolvedSpec, row: Row, canvas: Canvas) -> tuple[str, ...]:
    """What a row says where it names no figure."""
    said = (words[spec.texts.language.code] for words in row.words.values())
    return wrap(next((text for text in said if text), spec.word("no_figure")), canvas.small_size, canvas.width * 0.6)

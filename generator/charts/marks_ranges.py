"""Ranges that move towards an outcome."""

from __future__ import annotations

from ..model.report import Row
from .glyphs import key, span, span_ends
from .resolved_spec import Item, ResolvedSpec
from .rows import axis, fit, lay_rows, linear_amounts, past, plumb, room_for, value_lines, values_at
from .scales import Scale, domain, ends
from .scene import Scene, Shape, height_of, lines_of, told
from .theme import Format
from .typeset import wrap

_THICK = 18.0


def ranges(brief: ResolvedSpec, form: Format) -> Scene:
    """One row per date: the range given then; the outcome, where there is one, as a line through all of them."""
    series = brief.series()
    column = brief.columns(series)[0]
    cells = [(row, brief.cell(series, column, row)) for row in series.rows]
    items = [item for _, item in cells if item is not None]
    outcome = next((item for item in items if item.emphasis), None)
    lines = [value_lines(item, form, bold=item.emphasis) if item else _remark(brief, row, form) for row, item in cells]
    labels = [
        (brief.word("outcome", when=item.label), True) if item and item.emphasis else (brief.key(row), False)
        for row, item in cells
    ]
    grid = lay_rows(labels, form, thickness=_THICK + 2, values=lines)
    amounts = linear_amounts(*domain(ends(item.value for item in items), zero=False), form)
    rooms = [
        (item, room_for(text, form.text, bold=item.emphasis) + _THICK)
        for (_, item), text in zip(cells, lines, strict=True)
        if item is not None
    ]
    beyond = outcome.size if outcome else None
    scale = fit(grid, amounts[0], amounts[-1], rooms, left=grid.left + 10, past=beyond)
    crossing = scale.at(outcome.size) if outcome else None
    marks: list[Shape] = []
    words = grid.labels()
    for number, ((_, item), band, text) in enumerate(zip(cells, grid.bands, lines, strict=True)):
        if item is None:
            top = band.middle - height_of(text, form.small) / 2
            words += lines_of(text, grid.left + 10, top, form.small, ink="muted")
            continue
        marks += told(number, span(item, scale, band.middle, _THICK, "c2" if item.emphasis else "c1"))
        words += values_at([(text, _clear(item, text, scale, crossing, form), band.middle, item.emphasis)], form)
    note = brief.word("not_zero") if amounts[0] > 0 else ""
    shapes, height = axis(brief, grid, scale, items[0].unit, amounts, note=note, words=words)
    shapes += marks
    if outcome is not None:
        last = next(number for number, (_, item) in enumerate(cells) if item is outcome)
        shapes += plumb(scale.at(outcome.size), grid, words, (0, last), "c2")
    shapes += words
    given = [item for item in items if not item.emphasis]
    found, more = key(brief, given, form, grid.bottom + height + 12, plain_ranges=True)
    return Scene(width=form.width, height=grid.bottom + height + 8 + (more + 6 if more else 0), shapes=(*shapes, *found))


def _clear(item: Item, text: tuple[str, ...], scale: Scale, crossing: float | None, form: Format) -> float:
    """Where a value may begin: past the outcome's line where that would run through it or close by the mark."""
    start = span_ends(item, scale, _THICK)[1]
    if crossing is None or past(start, room_for(text, form.text, bold=item.emphasis), crossing) == start:
        return start
    return crossing + (_THICK / 2 if item.emphasis else 0)


def _remark(brief: ResolvedSpec, row: Row, form: Format) -> tuple[str, ...]:
    """What a row says where it names no figure."""
    said = (words[brief.texts.language.code] for words in row.words.values())
    return wrap(next((text for text in said if text), brief.word("no_figure")), form.small, form.width * 0.6)

"""Bars from zero, pairs of before and after, and parts stacked up to a whole."""

from __future__ import annotations

from decimal import Decimal
from functools import partial
from itertools import pairwise

from ..model.values import midpoint as middle_of
from .glyphs import ARROW, TORN, backward, bar, key, marker, reach, span, span_ends
from .legend import SIGN, legend
from .resolved_spec import Item, ResolvedSpec
from .rows import (
    BESIDE,
    Grid,
    axis,
    baselines,
    clear_of,
    fit,
    inner_amounts,
    lay_rows,
    past,
    plumb,
    room_for,
    value_lines,
    values_at,
)
from .scales import Scale, decades, domain, ends
from .scene import Label, Patch, Scene, Shape, baseline, line, told
from .theme import CONTEXT_INK, Format
from .typeset import measure

_THICK, _DOT = 22.0, 16.0


def bars(brief: ResolvedSpec, form: Format) -> Scene:
    """One bar per row from a common zero; on a log scale, which has no zero, dots."""
    items = brief.items()
    log = brief.choice("scale", "linear") == "log" and all(end > 0 for end in ends(item.value for item in items))
    lines = [value_lines(item, form, bold=item.emphasis) for item in items]
    grid = lay_rows([(item.label, item.emphasis) for item in items], form, thickness=_THICK, values=lines)
    dot = _DOT if log else 0.0
    rooms = [(item, room_for(text, form.text, bold=item.emphasis) + dot) for item, text in zip(items, lines, strict=True)]
    amounts = ends(item.value for item in items)
    ticked = decades(min(amounts), max(amounts)) if log else []
    low, high = (ticked[0], ticked[-1]) if log else domain(amounts)
    before = [room + TORN for item, room in rooms if not log and backward(item)]
    after = [(item, room) for item, room in rooms if log or not backward(item)]
    scale = fit(grid, low, high, after, log=log, left=grid.left + max(dot, *before, 0.0))
    shapes: list[Shape] = []
    bottom = grid.bottom
    if log:
        found, height = axis(brief, grid, scale, items[0].unit, ticked, note=brief.word("log"))
        shapes += found
        bottom += height
    lone = not any(item.emphasis for item in items)
    for number, (item, band) in enumerate(zip(items, grid.bands, strict=True)):
        ink = "c1" if lone or item.emphasis else CONTEXT_INK
        shapes += told(number, (span if log else bar)(item, scale, band.middle, _DOT if log else _THICK, ink))
    if not log:
        shapes += baselines(grid, scale.at(Decimal(0)))
    shapes += grid.labels()
    for item, band, text in zip(items, grid.bands, lines, strict=True):
        x = span_ends(item, scale, _DOT)[1] if log else reach(item, scale)
        shapes += values_at([(text, x, band.middle, item.emphasis)], form, left=not log and backward(item))
    return _closed(brief, items, form, shapes, bottom, dots=log)


def pairs(brief: ResolvedSpec, form: Format) -> Scene:
    """Two dots per row, the second a line lower, and a step from one to the other; each dimension has its own scale."""
    rows = [
        (brief.text_of(row, "label"), brief.item(str(row["from"])), brief.item(str(row["to"]))) for row in brief.records("rows")
    ]
    sides = ([first for _, first, _ in rows], [second for *_, second in rows])
    ends_ = [
        (partial(_sign, tuple(dict.fromkeys(item.status for item in side)), hollow=name == "from_label"), brief.phrase(name))
        for name, side in zip(("from_label", "to_label"), sides, strict=True)
    ]
    shapes, height = legend(ends_, form, 0.0)
    grid = lay_rows([(label, False) for label, *_ in rows], form, top=height + 8, thickness=2 * form.leading + 2)
    for dimension in dict.fromkeys(first.dimension for _, first, _ in rows):
        of_kind = [
            (number, row, band)
            for number, (row, band) in enumerate(zip(rows, grid.bands, strict=True))
            if row[1].dimension == dimension
        ]
        both = [item for _, (_, *pair), _ in of_kind for item in pair]
        rooms = [(item, measure(item.short, form.text) + BESIDE + _DOT) for item in both]
        scale = fit(grid, *domain(ends(item.value for item in both)), rooms, left=grid.left + _DOT)
        shapes += baselines(grid, scale.start)
        for number, (_, first, second), band in of_kind:
            shapes += told(number, _pair((first, second), scale, band.middle, form))
    words = [*grid.labels(), *(shape for shape in shapes if isinstance(shape, Label))]
    bottom = grid.bottom
    if len({first.dimension for _, first, _ in rows}) == 1:
        amounts = inner_amounts(scale.low, scale.high, form)
        unit = max(both, key=lambda item: item.unit.size).unit
        lines, height = axis(brief, grid, scale, unit, amounts, words=words)
        shapes = [*lines, *shapes]
        bottom += height
    shapes += grid.labels()
    return _closed(brief, [item for _, *both in rows for item in both], form, shapes, bottom, dots=True)


def stack(brief: ResolvedSpec, form: Format) -> Scene:
    """The whole as one bar, and below it each part where the one before it ends."""
    parts = [brief.item(fact_id) for fact_id in brief.ids("parts")]
    total = brief.item(brief.choice("total", ""), emphasis=True) if "total" in brief.chart.options else None
    items = [*([total] if total else []), *parts]
    starts = _starts(parts)
    lines = [value_lines(item, form, bold=item.emphasis) for item in items]
    grid = lay_rows([(item.label, item.emphasis) for item in items], form, thickness=_THICK, values=lines)
    _, high = domain([*ends(item.value for item in items), starts[-1]])
    moved = [*([(total, Decimal(0))] if total else []), *zip(parts, starts, strict=False)]
    scale, begins = _fit_moved(grid, high, moved, lines, total)
    shapes: list[Shape] = []
    for number, ((item, start), band) in enumerate(zip(moved, grid.bands, strict=True)):
        at = Scale(low=scale.low, high=scale.high, start=scale.at(start), end=scale.at(start) + scale.end - scale.start)
        shapes += told(number, bar(item, at, band.middle, _THICK, CONTEXT_INK if item is total else "c1"))
    words = grid.labels()
    words += values_at(
        [
            (text, x, band.middle, item.emphasis)
            for x, (item, _), band, text in zip(begins, moved, grid.bands, lines, strict=True)
        ],
        form,
    )
    for (first, second), (item, start) in zip(pairwise(grid.bands), moved, strict=False):
        if item is total and form.narrow:
            continue  # a label begins right there
        x = scale.at(start + item.size) if item is not total else scale.at(Decimal(0))
        for top, end in clear_of(words, x, first.middle + _THICK / 2, second.middle - _THICK / 2):
            shapes.append(line(((x, top), (x, end)), edge="muted", weight=1))
    if total is not None:
        shapes += plumb(scale.at(total.size), grid, words, (1, len(parts)), "muted")
    shapes += words
    return _closed(brief, items, form, shapes, grid.bottom)


def _closed(
    brief: ResolvedSpec, items: list[Item], form: Format, shapes: list[Shape], bottom: float, *, dots: bool = False
) -> Scene:
    """The scene with its key below."""
    found, height = key(brief, items, form, bottom + 14, dots=dots)
    return Scene(width=form.width, height=bottom + 6 + (height + 8 if height else 0), shapes=(*shapes, *found))


def _sign(statuses: tuple[str, ...], x: float, middle: float, *, hollow: bool) -> list[Patch]:
    """Every dot that one side has, side by side."""
    pitch = SIGN / len(statuses)
    return [
        marker(status, x + pitch * (at + 0.5), middle, min(6.0, pitch * 0.42), "c2" if hollow else "c1", hollow=hollow)
        for at, status in enumerate(statuses)
    ]


def _pair(both: tuple[Item, Item], scale: Scale, middle: float, form: Format) -> list[Shape]:
    """The first above, the second below, each with its value, and a step between them."""
    above, below = middle - form.leading / 2, middle + form.leading / 2
    x0, x1 = (scale.at(middle_of(item.value)) for item in both)
    corner = (x0, below) if x1 >= x0 else (x1, above)  # the way keeps clear of both values
    shapes: list[Shape] = [line(((x0, above), corner, (x1, below)), edge="muted", weight=1.6)]
    for item, y, ink, hollow in zip(both, (above, below), ("c2", "c1"), (True, False), strict=True):
        shapes += span(item, scale, y, _DOT - 2, ink, hollow=hollow)
        x = span_ends(item, scale, _DOT)[1] + 5
        shapes.append(Label(x=x, y=baseline(y, form.text), text=item.short, size=form.text))
    return shapes


def _starts(parts: list[Item]) -> list[Decimal]:
    found = [Decimal(0)]
    for part in parts:
        found.append(found[-1] + part.size)
    return found


def _fit_moved(
    grid: Grid, high: Decimal, moved: list[tuple[Item, Decimal]], lines: list[tuple[str, ...]], total: Item | None
) -> tuple[Scale, list[float]]:
    """A scale on which every moved bar leaves room for its value, and where the values begin.

    The total's line goes down to the last part; a value that it would run through stands beyond it.
    """
    form, beyond = grid.form, set[int]()
    rooms = [room_for(text, form.text, bold=item.emphasis) for (item, _), text in zip(moved, lines, strict=True)]
    while True:
        end = form.width - 1
        for number, ((item, start), room) in enumerate(zip(moved, rooms, strict=True)):
            far = start + (item.value.high if item.value.high is not None else item.size)
            if number in beyond and total is not None:
                far = max(far, total.size)
            if far > 0:
                open_end = ARROW if item.value.high is None else TORN
                end = min(end, grid.left + (form.width - 1 - grid.left - room - open_end) * float(high / far))
        scale = Scale(low=Decimal(0), high=high, start=grid.left, end=max(end, grid.left + form.width * 0.1))
        begins = [reach(item, scale) + scale.at(start) - scale.start for item, start in moved]
        if total is None:
            return scale, begins
        wall = scale.at(total.size)
        cleared = [past(x, room, wall) if number else x for number, (x, room) in enumerate(zip(begins, rooms, strict=True))]
        met = {number for number, (x, clear) in enumerate(zip(begins, cleared, strict=True)) if x != clear}
        if met <= beyond:
            return scale, cleared
        beyond |= met

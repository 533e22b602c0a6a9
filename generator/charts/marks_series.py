"""Series over time: ranges that move towards an outcome, and trends as lines or columns."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from generator.charts.brief import Brief, Item
from generator.charts.glyphs import key, marker, reach, span
from generator.charts.rows import axis, fit, lay_rows, linear_amounts, room_for, value_lines, values_at
from generator.charts.scales import Scale, domain, ends, ticks
from generator.charts.scene import LEADING, Label, Scene, Shape, baseline, box, height_of, line, lines_of, polygon
from generator.charts.theme import SERIES_INKS, Format, look
from generator.charts.typeset import measure, widest, wrap
from generator.model import Row
from generator.values import middle as middle_of

_PLOT = {"wide": 230.0, "narrow": 190.0}
_THICK = 18.0


def ranges(brief: Brief, form: Format) -> Scene:
    """One row per date: the range given then; the outcome, where there is one, as a line through all of them."""
    series = brief.series()
    column = brief.columns(series)[0]
    cells = [(row, brief.cell(series, column, row)) for row in series.rows]
    items = [item for _, item in cells if item is not None]
    lines = [value_lines(item, form, bold=item.emphasis) if item else (_remark(brief, row),) for row, item in cells]
    labels = [(brief.key(row), bool(item and item.emphasis)) for row, item in cells]
    grid = lay_rows(labels, form, thickness=_THICK + 2, values=lines)
    low, high = domain(ends(item.value for item in items), zero=False)
    amounts = linear_amounts(low, high, form)
    rooms = [
        (item, room_for(text, form.text, bold=item.emphasis) + 6)
        for (_, item), text in zip(cells, lines, strict=True)
        if item is not None
    ]
    scale = fit(grid, amounts[0], amounts[-1], rooms, left=grid.left + 10)
    note = brief.word("not_zero") if amounts[0] > 0 else ""
    shapes, height = axis(brief, grid, scale, items[0].unit, amounts, note)
    for item, band in ((item, band) for (_, item), band in zip(cells, grid.bands, strict=True) if item is not None):
        if item.emphasis:
            x = scale.at(middle_of(item.value))
            shapes.append(line(((x, grid.top), (x, band.middle)), edge="c2", weight=1.6, dashes=(4, 3)))
    for (row, item), band, text in zip(cells, grid.bands, lines, strict=True):
        if item is None:
            wrapped = wrap(_remark(brief, row), form.small, form.width - grid.left - 12)
            top = band.middle - height_of(wrapped, form.small) / 2
            shapes += lines_of(wrapped, grid.left + 10, top, form.small, ink="muted")
            continue
        shapes += span(item, scale, band.middle, _THICK, "c2" if item.emphasis else "c1")
        shapes += values_at([(text, reach(item, scale) + (8 if item.emphasis else 2), band.middle, item.emphasis)], form)
    shapes += grid.labels()
    found, more = key(brief, items, form, grid.bottom + height + 12, dots=False)
    return Scene(width=form.width, height=grid.bottom + height + 8 + (more + 6 if more else 0), shapes=(*shapes, *found))


def _remark(brief: Brief, row: Row) -> str:
    """What a row says where it names no figure."""
    return next((text for words in row.words.values() if (text := words[brief.texts.language.code])), brief.word("no_figure"))


@dataclass(frozen=True, slots=True, kw_only=True)
class _Run:
    """One column of a trend: its name, ink and cells by position."""

    name: str
    ink: str
    cells: tuple[tuple[int, Item], ...]


def trend(brief: Brief, form: Format) -> Scene:
    """Columns of a series over its keys, one panel per unit, each from zero."""
    series = brief.series()
    runs = []
    for number, column in enumerate(brief.columns(series)):
        label = series.columns[column].label
        found = [(at, brief.cell(series, column, row)) for at, row in enumerate(series.rows)]
        cells = tuple((at, item) for at, item in found if item is not None)
        runs.append(_Run(name=brief.texts.fill(label) if label else column, ink=SERIES_INKS[number % 5], cells=cells))
    runs = [run for run in runs if run.cells]
    keys = [brief.key(row) for row in series.rows]
    shapes: list[Shape] = []
    top = 0.0
    for unit in dict.fromkeys(run.cells[0][1].dimension for run in runs):
        panel = [run for run in runs if run.cells[0][1].dimension == unit]
        found_shapes, top = _panel(brief, panel, keys, form, top)
        shapes += found_shapes
        top += 14
    items = [item for run in runs for _, item in run.cells]
    found_key, height = key(brief, items, form, top, dots=True)
    return Scene(width=form.width, height=top + height, shapes=(*shapes, *found_key))


def _panel(brief: Brief, runs: list[_Run], keys: list[str], form: Format, top: float) -> tuple[list[Shape], float]:
    """One set of axes with its lines or columns; and where it ends."""
    column = brief.choice("kind", "line") == "column"
    low, high = domain(ends(item.value for run in runs for _, item in run.cells))
    amounts = ticks(low, high, 4)
    unit = runs[0].cells[0][1].unit
    worded = [brief.tick(amount, unit) for amount in amounts]
    left = max(measure(text, form.small) for text in worded) + 8
    named, name_room = _names(runs, form)
    header = 0.0 if name_room else sum(height_of(lines, form.small) for lines in named) + 6
    right = form.width - max(name_room, 12.0)
    y0, y1 = top + header + form.text + 8, top + header + form.text + 8 + _PLOT[form.name]
    scale = Scale(low=amounts[0], high=amounts[-1], start=y1, end=y0)
    step = (right - left) / max(len(keys) - (0 if column else 1), 1)
    places = [left + step * (at + 0.5) for at in range(len(keys))] if column else [
        left + 6 + (right - left - 6) * at / max(len(keys) - 1, 1) for at in range(len(keys))
    ]  # fmt: skip
    shapes: list[Shape] = []
    for amount, text in zip(amounts, worded, strict=True):
        y = scale.at(amount)
        zero = amount == 0
        shapes.append(line(((left, y), (right, y)), edge="muted" if zero else "grid", weight=1.2 if zero else 1))
        shapes.append(Label(x=left - 7, y=baseline(y, form.small), text=text, size=form.small, ink="muted", anchor="end"))
    for number, run in enumerate(runs):
        shapes += _columns(run, number, len(runs), scale, places, step) if column else _line(run, scale, places)
    shapes += _peaks(runs, scale, places, form, column=column, step=step)
    shapes += _names_placed(runs, named, scale, form, top, right, beside=bool(name_room))
    found, height = _key_labels(keys, places, y1, form)
    return [*shapes, *found], y1 + height


def _line(run: _Run, scale: Scale, places: Sequence[float]) -> list[Shape]:
    """A line through the middles, a band where values are ranges, a dot on each value."""
    points = [(places[at], scale.at(item.size)) for at, item in run.cells]
    shapes: list[Shape] = []
    closed = [(at, item) for at, item in run.cells if item.value.low is not None and item.value.high is not None]
    if any(item.value.low != item.value.high for _, item in closed):
        upper = [(places[at], scale.at(item.value.high or Decimal(0))) for at, item in closed]
        lower = [(places[at], scale.at(item.value.low or Decimal(0))) for at, item in closed]
        shapes.append(polygon([*upper, *reversed(lower)], fill=f"{run.ink}-soft", edge=run.ink, weight=1))
    for number, ((first, second), (_, item)) in enumerate(zip(zip(points, points[1:], strict=False), run.cells[1:], strict=False)):
        gap = run.cells[number + 1][0] - run.cells[number][0] > 1
        dashes = (4.0, 3.0) if gap or not look(item.status).solid else ()
        shapes.append(line((first, second), edge=run.ink, weight=2.4, dashes=dashes))
    shapes += [marker(item.status, x, y, 4, run.ink) for (x, y), (_, item) in zip(points, run.cells, strict=True)]
    return shapes


def _columns(run: _Run, number: int, count: int, scale: Scale, places: Sequence[float], step: float) -> list[Shape]:  # noqa: PLR0913
    """Columns side by side within each key; the pale part of a range on top."""
    width = step * 0.76 / count
    shapes: list[Shape] = []
    zero = scale.at(Decimal(0))
    for at, item in run.cells:
        left = places[at] - width * count / 2 + width * number
        look_ = look(item.status)
        low = item.value.low if item.value.low is not None else Decimal(0)
        high = item.value.high if item.value.high is not None else low
        shapes.append(
            box(
                left, scale.at(low), left + width - 1.5, zero,
                fill=run.ink if look_.solid else f"{run.ink}-soft", edge=run.ink, hatch=look_.hatch, dashes=look_.dashes,
            )  # fmt: skip
        )
        if high != low:
            shapes.append(box(left, scale.at(high), left + width - 1.5, scale.at(low), fill=f"{run.ink}-soft", edge=run.ink, weight=1.6))
    return shapes


def _peaks(  # noqa: PLR0913  where values may be written depends on all of these
    runs: list[_Run], scale: Scale, places: Sequence[float], form: Format, *, column: bool, step: float
) -> list[Shape]:
    """The value of each column's largest and last cell, where it meets no other mark or label."""
    taken: list[tuple[float, float, float, float]] = []
    marks = [(places[at], scale.at(item.value.high if item.value.high is not None else item.size)) for run in runs for at, item in run.cells]
    shapes: list[Shape] = []
    for number, run in enumerate(runs):
        width = step * 0.76 / len(runs)
        peak = max(run.cells, key=lambda cell: cell[1].size)
        for at, item in dict.fromkeys([run.cells[-1], peak, run.cells[0]]):
            x = places[at] - width * len(runs) / 2 + width * (number + 0.5) if column else places[at]
            y = scale.at(item.value.high if item.value.high is not None else item.size) - 8
            half = measure(item.short, form.small) / 2
            x = min(max(x, half + 60 * (not column and False)), form.width - half)
            label = Label(x=x, y=y, text=item.short, size=form.small, anchor="middle")
            if _free(label.box, taken, marks, own=(places[at], y + 8)):
                shapes.append(label)
                taken.append(label.box)
    return shapes


def _free(
    area: tuple[float, float, float, float],
    taken: Sequence[tuple[float, float, float, float]],
    marks: Sequence[tuple[float, float]],
    own: tuple[float, float],
) -> bool:
    left, top, right, bottom = area
    meets = any(left < r + 6 and l < right + 6 and top < b + 2 and t < bottom + 2 for l, t, r, b in taken)  # noqa: E741
    covers = any(left - 4 < x < right + 4 and top - 4 < y < bottom + 4 for x, y in marks if (x, y) != own)
    return not meets and not covers


def _names(runs: list[_Run], form: Format) -> tuple[list[tuple[str, ...]], float]:
    """The columns' names in lines, and the room they take at the right; none where they go above."""
    if form.narrow or len(runs) > 4:  # noqa: PLR2004  more would push each other away from their lines
        return [wrap(run.name, form.small, form.width - 30) for run in runs], 0.0
    lines = [wrap(run.name, form.text, 130, bold=True) for run in runs]
    return lines, max(widest(one, form.text, bold=True) for one in lines) + 14


def _names_placed(  # noqa: PLR0913
    runs: list[_Run], named: list[tuple[str, ...]], scale: Scale, form: Format, top: float, right: float, *, beside: bool
) -> list[Shape]:
    """Names at the ends of their lines, moved apart; or above the plot, each with its line."""
    shapes: list[Shape] = []
    if not beside:
        y = top
        for run, lines in zip(runs, named, strict=True):
            shapes.append(line(((2, y + form.small * 0.66), (20, y + form.small * 0.66)), edge=run.ink, weight=3))
            shapes += lines_of(lines, 28, y, form.small)
            y += height_of(lines, form.small)
        return shapes
    wanted = sorted(
        (scale.at(run.cells[-1][1].size) - height_of(lines, form.text) / 2, number)
        for number, (run, lines) in enumerate(zip(runs, named, strict=True))
    )
    floor = top
    for y, number in wanted:
        place = max(y, floor)
        shapes += lines_of(named[number], right + 12, place, form.text, bold=True)
        x = right + 6
        shapes.append(line(((x, place + 4), (x, place + height_of(named[number], form.text) - 2)), edge=runs[number].ink, weight=3))
        floor = place + height_of(named[number], form.text) + 4
    return shapes


def _key_labels(keys: list[str], places: Sequence[float], y: float, form: Format) -> tuple[list[Shape], float]:
    """Names of periods below their places: all, or every second, third ..., in lines that stand apart."""
    gap = (places[-1] - places[0]) / max(len(places) - 1, 1) if len(places) > 1 else form.width
    for stride in range(1, len(keys) + 1):
        chosen = list(range(len(keys) - 1, -1, -stride))
        limit = gap * stride - 6
        lines = {at: wrap(keys[at], form.small, max(limit, form.small * 2)) for at in chosen}
        if all(len(one) <= 2 and widest(one, form.small) <= limit for one in lines.values()):  # noqa: PLR2004
            break
    shapes: list[Shape] = []
    for at, one in lines.items():
        half = widest(one, form.small) / 2
        x = min(max(places[at], half), form.width - half)
        shapes.append(line(((places[at], y), (places[at], y + 4)), edge="muted", weight=1))
        shapes += lines_of(one, x, y + 5, form.small, ink="muted", anchor="middle")
    return shapes, 5 + form.small * LEADING * max(len(one) for one in lines.values())

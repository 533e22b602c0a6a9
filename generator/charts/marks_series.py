"""Series over time: ranges that move towards an outcome, and trends as lines or columns."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import pairwise

from generator.charts.brief import Brief, Item
from generator.charts.glyphs import key, marker, span, span_ends
from generator.charts.rows import axis, fit, lay_rows, linear_amounts, room_for, value_lines, values_at
from generator.charts.scales import Scale, domain, ends, ticks
from generator.charts.scene import LEADING, Label, Patch, Scene, Shape, baseline, box, height_of, line, lines_of, polygon
from generator.charts.theme import SERIES_INKS, Format, look
from generator.charts.typeset import measure, widest, wrap
from generator.model import Row

_PLOT = {"wide": 230.0, "narrow": 190.0}
_THICK = 18.0


def ranges(brief: Brief, form: Format) -> Scene:
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
    past = outcome.size if outcome else None
    scale = fit(grid, amounts[0], amounts[-1], rooms, left=grid.left + 10, past=past)
    note = brief.word("not_zero") if amounts[0] > 0 else ""
    shapes, height = axis(brief, grid, scale, items[0].unit, amounts, note)
    crossing = scale.at(outcome.size) if outcome else None
    for (_, item), band, text in zip(cells, grid.bands, lines, strict=True):
        if crossing is not None and item is not outcome:
            shapes.append(line(((crossing, band.mark - 4), (crossing, band.bottom + 6)), edge="c2", weight=1.6, dashes=(4, 3)))
        if item is None:
            top = band.middle - height_of(text, form.small) / 2
            shapes += lines_of(text, grid.left + 10, top, form.small, ink="muted")
            continue
        shapes += span(item, scale, band.middle, _THICK, "c2" if item.emphasis else "c1")
        shapes += values_at([(text, _clear(item, scale, text, crossing, form), band.middle, item.emphasis)], form)
    shapes += grid.labels()
    given = [item for item in items if not item.emphasis]
    found, more = key(brief, given, form, grid.bottom + height + 12, plain_ranges=True)
    return Scene(width=form.width, height=grid.bottom + height + 8 + (more + 6 if more else 0), shapes=(*shapes, *found))


def _clear(item: Item, scale: Scale, text: tuple[str, ...], crossing: float | None, form: Format) -> float:
    """Where a value may begin without the outcome's line running through it."""
    start = span_ends(item, scale, _THICK)[1]
    if crossing is not None and start - 4 < crossing < start + room_for(text, form.text) + 4:
        return crossing + (_THICK / 2 if item.emphasis else 0)
    return start


def _remark(brief: Brief, row: Row, form: Format) -> tuple[str, ...]:
    """What a row says where it names no figure."""
    said = (words[brief.texts.language.code] for words in row.words.values())
    return wrap(next((text for text in said if text), brief.word("no_figure")), form.small, form.width * 0.6)


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
    amounts = ticks(*domain(ends(item.value for run in runs for _, item in run.cells)), 4)
    worded = [brief.tick(amount, runs[0].cells[0][1].unit) for amount in amounts]
    left = max(measure(text, form.small) for text in worded) + 8
    names, room = _names(runs, form)
    header = 0.0 if room else sum(height_of(lines, form.small) for lines in names)
    right = form.width - max(room, 12.0)
    y0 = top + header + form.text + 8
    scale = Scale(low=amounts[0], high=amounts[-1], start=y0 + _PLOT[form.name], end=y0)
    step = (right - left - (0 if column else 12)) / max(len(keys) - (0 if column else 1), 1)
    places = [left + (step / 2 if column else 6) + step * at for at in range(len(keys))]
    shapes: list[Shape] = []
    for amount, text in zip(amounts, worded, strict=True):
        y, zero = scale.at(amount), amount == 0
        shapes.append(line(((left, y), (right, y)), edge="muted" if zero else "grid", weight=1.2 if zero else 1))
        shapes.append(Label(x=left - 7, y=baseline(y, form.small), text=text, size=form.small, ink="muted", anchor="end"))
    marks: list[Shape] = []
    spots: list[_Spot] = []
    for number, run in enumerate(runs):
        if column:
            width = step * 0.76 / len(runs)
            at = [place - width * len(runs) / 2 + width * (number + 0.5) for place in places]
            marks += _columns(run, scale, at, width - 1.5)
        else:
            at = places
            marks += _line(run, scale, places)
        spots += _wanted(run, scale, at, ended=bool(room))
    named = _names_placed(runs, names, scale, form, top, right, beside=bool(room))
    shapes += [*marks, *named]
    shapes += _values(spots, [shape for shape in shapes if isinstance(shape, Label)], marks, left, form)
    found, height = _key_labels(keys, places, scale.start, form)
    return [*shapes, *found], scale.start + height


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


def _columns(run: _Run, scale: Scale, places: Sequence[float], width: float) -> list[Shape]:
    """Columns from zero; the empty part of a range on top."""
    shapes: list[Shape] = []
    zero = scale.at(Decimal(0))
    for at, item in run.cells:
        left, right = places[at] - width / 2, places[at] + width / 2
        look_ = look(item.status)
        low = item.value.low if item.value.low is not None else Decimal(0)
        high = item.value.high if item.value.high is not None else low
        fill = run.ink if look_.solid else f"{run.ink}-soft"
        shapes.append(box(left, scale.at(low), right, zero, fill=fill, edge=run.ink, hatch=look_.hatch, dashes=look_.dashes))
        if high != low:
            shapes.append(box(left, scale.at(high), right, scale.at(low), fill="paper", edge=run.ink, weight=1.6))
    return shapes


@dataclass(frozen=True, slots=True, kw_only=True)
class _Spot:
    """A mark that deserves its value beside it, and the ink not to be minded: its own."""

    x: float
    y: float
    text: str


def _wanted(run: _Run, scale: Scale, places: Sequence[float], *, ended: bool) -> list[_Spot]:
    """The peak, the first and, where it is not told with the name, the last value."""
    peak = max(run.cells, key=lambda cell: cell[1].size)
    cells = [peak, run.cells[0]] if ended else [peak, run.cells[-1], run.cells[0]]
    if ended and peak == run.cells[-1]:
        cells = cells[1:]
    ends_ = [item.value.high if item.value.high is not None else item.size for _, item in cells]
    return [_Spot(x=places[at], y=scale.at(end), text=item.short) for (at, item), end in zip(cells, ends_, strict=True)]


def _values(
    spots: list[_Spot], labels: Sequence[Label], marks: Sequence[Shape], left: float, form: Format
) -> list[Shape]:
    """Values above their marks, those left out that would meet other ink or words; the table has them all."""
    taken = [label.box for label in labels]
    ink = [point for shape in marks if isinstance(shape, Patch) for point in _along(shape)]
    shapes: list[Shape] = []
    for spot in spots:
        half = measure(spot.text, form.small) / 2
        for x in (spot.x, max(spot.x, left + half + 2), min(spot.x, form.width - half - 2)):
            label = Label(x=x, y=spot.y - 8, text=spot.text, size=form.small, anchor="middle")
            if label.box[0] > left and label.box[2] < form.width and _free(label.box, taken, ink):
                shapes.append(label)
                taken.append(label.box)
                break
    return shapes


def _along(shape: Patch) -> list[tuple[float, float]]:
    """Points close together on the outline of a mark."""
    found = []
    for (x0, y0), (x1, y1) in pairwise(shape.points):
        parts = max(1, int(math.hypot(x1 - x0, y1 - y0) / 5))
        found += [(x0 + (x1 - x0) * n / parts, y0 + (y1 - y0) * n / parts) for n in range(parts + 1)]
    return found


def _free(
    area: tuple[float, float, float, float],
    taken: Sequence[tuple[float, float, float, float]],
    ink: Sequence[tuple[float, float]],
) -> bool:
    left, top, right, bottom = area
    meets = any(left < r + 6 and start < right + 6 and top < b + 2 and t < bottom + 2 for start, t, r, b in taken)
    return not meets and not any(left - 2 < x < right + 2 and top - 1 < y < bottom + 1 for x, y in ink)


def _names(runs: list[_Run], form: Format) -> tuple[list[tuple[str, ...]], float]:
    """The columns' names in lines, and the room they take at the right; none where they go above."""
    if form.narrow or len(runs) > 4:  # noqa: PLR2004  more would push each other away from their lines
        return [wrap(run.name, form.small, form.width - 30) for run in runs], 0.0
    lines = [wrap(run.name, form.text, 130, bold=True) for run in runs]
    values = [measure(run.cells[-1][1].short, form.small) for run in runs]
    return lines, max(*(widest(one, form.text, bold=True) for one in lines), *values) + 18


def _names_placed(  # noqa: PLR0913
    runs: list[_Run], names: list[tuple[str, ...]], scale: Scale, form: Format, top: float, right: float, *, beside: bool
) -> list[Shape]:
    """Names with last values at the ends of their lines, moved apart; or names above the plot, each with its line."""
    shapes: list[Shape] = []
    if not beside:
        y = top
        for run, lines in zip(runs, names, strict=True):
            shapes.append(line(((2, y + form.small * 0.66), (20, y + form.small * 0.66)), edge=run.ink, weight=3))
            shapes += lines_of(lines, 28, y, form.small)
            y += height_of(lines, form.small)
        return shapes
    talls = [height_of(lines, form.text) + height_of(("",), form.small) for lines in names]
    wanted = sorted((scale.at(run.cells[-1][1].size) - tall / 2, number) for number, (run, tall) in enumerate(zip(runs, talls, strict=True)))
    excess = max(0.0, sum(talls[number] + 6 for _, number in wanted) - (scale.start - max(top, wanted[0][0])))
    floor = max(top, wanted[0][0] - excess)
    for y, number in wanted:
        place = max(y - excess, floor)
        value = runs[number].cells[-1][1].short
        shapes.append(line(((right + 7, place + 2), (right + 7, place + talls[number] - 2)), edge=runs[number].ink, weight=3))
        shapes += lines_of(names[number], right + 14, place, form.text, bold=True)
        shapes += lines_of([value], right + 14, place + height_of(names[number], form.text), form.small)
        floor = place + talls[number] + 6
    return shapes


def _key_labels(keys: list[str], places: Sequence[float], y: float, form: Format) -> tuple[list[Shape], float]:
    """Names of periods below their places: all, or every second, third ..., so that they stand apart."""
    gap = places[1] - places[0] if len(places) > 1 else form.width
    for stride in range(1, len(keys) + 1):
        limit = max(gap * stride - 8, form.small * 3)
        placed = []
        for at in range(len(keys) - 1, -1, -stride):
            lines = wrap(keys[at], form.small, limit)
            half = widest(lines, form.small) / 2
            placed.append((places[at], min(max(places[at], half), form.width - half), half, lines))
        apart = all(second[1] + second[2] + 6 <= first[1] - first[2] for first, second in pairwise(placed))
        if apart and all(len(lines) <= 2 for *_, lines in placed):  # noqa: PLR2004  two lines are still a label
            break
    shapes: list[Shape] = []
    for place, x, _, lines in placed:
        shapes.append(line(((place, y), (place, y + 4)), edge="muted", weight=1))
        shapes += lines_of(lines, x, y + 5, form.small, ink="muted", anchor="middle")
    return shapes, 5 + form.small * LEADING * max(len(lines) for *_, lines in placed)

"""How one quantity grows with another: columns of a series over keys that are numbers, both on scales of powers."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal, InvalidOperation
from itertools import pairwise

from .callouts import Panel, Run, break_names, names_above, names_beside, pick_spots, place_keys, place_values
from .glyphs import key, marker
from .resolved_spec import ResolvedSpec
from .scales import Scale, decades, domain, ends, ticks
from .scene import Label, Patch, Scene, Shape, baseline, height_of, line
from .theme import SERIES_INKS, Format
from .typeset import measure

_PLOT = 260.0


def loglog(brief: ResolvedSpec, form: Format) -> Scene:
    """One line per column; keys that are no numbers stand evenly, and amounts that are not positive on a plain scale."""
    series = brief.series()
    runs = []
    for number, column in enumerate(brief.columns(series)):
        label = series.columns[column].label
        found = [(at, brief.cell(series, column, row)) for at, row in enumerate(series.rows)]
        cells = tuple((at, item) for at, item in found if item is not None)
        runs.append(Run(name=brief.texts.fill(label) if label else column, ink=SERIES_INKS[number % 5], cells=cells))
    runs = [run for run in runs if run.cells]
    sizes = ends(item.value for run in runs for _, item in run.cells)
    log = min(sizes) > 0
    amounts = decades(min(sizes), max(sizes)) if log else ticks(*domain(sizes), 4)
    worded = [brief.tick(amount, runs[0].cells[0][1].unit) for amount in amounts]
    names, room = break_names(runs, form)
    y = form.text + 8 + (0.0 if room else sum(height_of(lines, form.small) for lines in names))
    panel = Panel(
        top=0.0,
        left=max(measure(text, form.small) for text in worded) + 8,
        right=form.width - max(room, 12.0),
        scale=Scale(low=amounts[0], high=amounts[-1], start=y + _PLOT, end=y, log=log),
        form=form,
    )
    places = _places([row.key for row in series.rows], panel)
    marks = [mark for run in runs for mark in _line(run, panel.scale, places)]
    spots = [spot for run in runs for spot in pick_spots(run, panel.scale, places, ended=bool(room))]
    shapes: list[Shape] = [*_ground(panel, list(zip(amounts, worded, strict=True))), *marks]
    shapes += (names_beside if room else names_above)(runs, names, panel)
    shapes += place_values(spots, shapes, marks, panel)
    found_keys, height = place_keys([brief.key(row) for row in series.rows], places, panel.scale.start, form)
    bottom = panel.scale.start + height + 14
    told, height = key(brief, [item for run in runs for _, item in run.cells], form, bottom, dots=True)
    return Scene(width=form.width, height=bottom + height, shapes=(*shapes, *found_keys, *told))


def _places(keys: Sequence[str], panel: Panel) -> list[float]:
    """Where the keys stand: as far apart as their powers."""
    left, right = panel.left + 8, panel.right - 8
    try:
        found = [Decimal(one) for one in keys]
    except InvalidOperation:
        found = []
    if not found or min(found) <= 0 or min(found) == max(found):
        return [left + (right - left) * (at + 0.5) / len(keys) for at in range(len(keys))]
    scale = Scale(low=min(found), high=max(found), start=left, end=right, log=True)
    return [scale.at(one) for one in found]


def _ground(panel: Panel, amounts: Sequence[tuple[Decimal, str]]) -> Iterator[Shape]:
    size = panel.form.small
    for amount, text in amounts:
        y = panel.scale.at(amount)
        yield line(((panel.left, y), (panel.right, y)), edge="grid", weight=1)
        yield Label(x=panel.left - 7, y=baseline(y, size), text=text, size=size, ink="muted", anchor="end")


def _line(run: Run, scale: Scale, places: Sequence[float]) -> Iterator[Patch]:
    points = [(places[at], scale.at(item.size)) for at, item in run.cells]
    yield from (line(pair, edge=run.ink, weight=2.4) for pair in pairwise(points))
    yield from (marker(item.status, x, y, 4, run.ink) for (x, y), (_, item) in zip(points, run.cells, strict=True))

"""Trends: columns of a series over its keys, as lines or as columns."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from itertools import pairwise

from .callouts import Panel, Run, Spot, break_names, names_above, names_beside, pick_spots, place_keys, place_values
from .glyphs import key, marker
from .resolved_spec import Item, ResolvedSpec
from .scales import Scale, domain, ends, ticks
from .scene import Label, Patch, Scene, Shape, baseline, box, height_of, line, polygon, told
from .theme import SERIES_INKS, Format, look
from .typeset import measure

_PLOT = {"wide": 230.0, "narrow": 190.0}
_FULL = 0.76  # of the width between columns


def trend(brief: ResolvedSpec, form: Format) -> Scene:
    """Columns of a series over its keys, one panel per unit, each from zero."""
    series = brief.series()
    runs = []
    for number, column in enumerate(brief.columns(series)):
        label = series.columns[column].label
        found = [(at, brief.cell(series, column, row)) for at, row in enumerate(series.rows)]
        cells = tuple((at, item) for at, item in found if item is not None)
        runs.append(Run(name=brief.texts.fill(label) if label else column, ink=SERIES_INKS[number % 5], cells=cells))
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
    return Scene(width=form.width, height=top + height if height else top - 10, shapes=(*shapes, *found_key))


def _panel(brief: ResolvedSpec, runs: list[Run], keys: list[str], form: Format, top: float) -> tuple[list[Shape], float]:
    """One set of axes with its lines or columns; and where it ends."""
    column = brief.choice("kind", "line") == "column"
    amounts = ticks(*domain(ends(item.value for run in runs for _, item in run.cells)), 4)
    worded = [brief.tick(amount, runs[0].cells[0][1].unit) for amount in amounts]
    names, room = break_names(runs, form)
    y = top + form.text + 8 + (0.0 if room else sum(height_of(lines, form.small) for lines in names))
    panel = Panel(
        top=top,
        left=max(measure(text, form.small) for text in worded) + 8,
        right=form.width - max(room, 12.0),
        scale=Scale(low=amounts[0], high=amounts[-1], start=y + _PLOT[form.name], end=y),
        form=form,
    )
    places, step = _places(panel, len(keys), column=column)
    marks: list[Patch] = []
    spots: list[Spot] = []
    for number, run in enumerate(runs):
        width = step * _FULL / len(runs) if column else 0.0
        at = [place + width * (number + 0.5 - len(runs) / 2) for place in places]
        marks += _columns(run, panel.scale, at, width - 1.5) if column else _line(run, panel.scale, at)
        spots += pick_spots(run, panel.scale, at, ended=bool(room))
    shapes = [*_ground(panel, dict(zip(amounts, worded, strict=True))), *marks]
    shapes += (names_beside if room else names_above)(runs, names, panel)
    shapes += place_values(spots, shapes, marks, panel)
    found, height = place_keys(keys, places, panel.scale.start, form)
    return [*shapes, *found], panel.scale.start + height


def _places(panel: Panel, count: int, *, column: bool) -> tuple[list[float], float]:
    """Where the keys are, and how far apart: columns need a share of the width, points may stand at its ends."""
    wide = panel.right - panel.left
    if column:
        return [panel.left + wide * (at + 0.5) / count for at in range(count)], wide / count
    step = (wide - 12) / max(count - 1, 1)
    return [panel.left + 6 + step * at for at in range(count)], step


def _ground(panel: Panel, amounts: Mapping[Decimal, str]) -> Iterator[Shape]:
    """Horizontal lines with their amounts; the one at zero is the ground."""
    size = panel.form.small
    for amount, text in amounts.items():
        y, zero = panel.scale.at(amount), amount == 0
        yield line(((panel.left, y), (panel.right, y)), edge="muted" if zero else "grid", weight=1.2 if zero else 1)
        yield Label(x=panel.left - 7, y=baseline(y, size), text=text, size=size, ink="muted", anchor="end")


def _line(run: Run, scale: Scale, places: Sequence[float]) -> list[Patch]:
    """A line through the middles, a band where values are ranges, a dot on each value."""
    points = [(places[at], scale.at(item.size)) for at, item in run.cells]
    shapes: list[Patch] = []
    closed = [(at, item) for at, item in run.cells if item.value.low is not None and item.value.high is not None]
    if any(item.value.low != item.value.high for _, item in closed):
        upper = [(places[at], scale.at(item.value.high or Decimal(0))) for at, item in closed]
        lower = [(places[at], scale.at(item.value.low or Decimal(0))) for at, item in closed]
        shapes.append(polygon([*upper, *reversed(lower)], fill=f"{run.ink}-soft", edge=run.ink, weight=1))
    for (first, second), ((before, _), (at, item)) in zip(pairwise(points), pairwise(run.cells), strict=True):
        dashes = () if look(item.status).solid and at == before + 1 else (4.0, 3.0)
        shapes.append(line((first, second), edge=run.ink, weight=2.4, dashes=dashes))
    for (x, y), (at, item) in zip(points, run.cells, strict=True):
        shapes += told(at, [*_vague(item, x, y, 9, run.ink), marker(item.status, x, y, 4, run.ink)])
    return shapes


def _vague(item: Item, x: float, y: float, half: float, ink: str) -> list[Patch]:
    """A dashed stroke for a round figure, a small arrow up or down for an open end."""
    shapes: list[Patch] = []
    if item.value.about:
        shapes.append(line(((x - half, y), (x + half, y)), edge=ink, weight=2, dashes=(3, 2)))
    if item.value.low is None or item.value.high is None:
        way = 1 if item.value.low is None else -1
        shapes.append(polygon(((x - 5, y + way * 6), (x + 5, y + way * 6), (x, y + way * 14)), fill="paper", edge=ink))
    return shapes


def _columns(run: Run, scale: Scale, places: Sequence[float], width: float) -> list[Patch]:
    """Columns from zero; the empty part of a range on top."""
    shapes: list[Patch] = []
    zero = scale.at(Decimal(0))
    for at, item in run.cells:
        left, right = places[at] - width / 2, places[at] + width / 2
        look_ = look(item.status)
        low = item.value.low if item.value.low is not None else Decimal(0)
        high = item.value.high if item.value.high is not None else low
        fill = run.ink if look_.solid else f"{run.ink}-soft"
        bars = [box(left, scale.at(low), right, zero, fill=fill, edge=run.ink, hatch=look_.hatch, dashes=look_.dashes)]
        if high != low:
            bars.append(box(left, scale.at(high), right, scale.at(low), fill="paper", edge=run.ink, weight=1.6))
        shapes += told(at, [*bars, *_vague(item, places[at], scale.at(high), width / 2 + 3, "ink")])
    return shapes

"""Words at the marks of a trend: names at the ends of its lines, values at its peaks, periods along its axis."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from .resolved_spec import Item
from .scales import Scale
from .scene import LEADING, Label, Patch, Shape, height_of, line, lines_of
from .theme import Format
from .typeset import measure, widest, wrap

_BESIDE = 4  # more names would push each other away from their lines
_KEY_LINES = 2


@dataclass(frozen=True, slots=True, kw_only=True)
class Run:
    """One column of a trend: its name, ink and cells by position."""

    name: str
    ink: str
    cells: tuple[tuple[int, Item], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Panel:
    """One set of axes: its top edge, the sides of its plot, and the scale of its height."""

    top: float
    left: float
    right: float
    scale: Scale
    form: Format


@dataclass(frozen=True, slots=True, kw_only=True)
class Spot:
    """A mark that deserves its value beside it."""

    x: float
    y: float
    text: str


def pick_spots(run: Run, scale: Scale, places: Sequence[float], *, ended: bool) -> list[Spot]:
    """The peak, the first and, where it is not told with the name, the last value."""
    peak, first, last = max(run.cells, key=lambda cell: cell[1].size), run.cells[0], run.cells[-1]
    chosen = [cell for cell in (peak, first) if cell is not last] if ended else [peak, last, first]
    return [
        Spot(x=places[at], y=scale.at(item.value.high if item.value.high is not None else item.size), text=item.short)
        for at, item in chosen
    ]


def place_values(spots: Sequence[Spot], shapes: Sequence[Shape], marks: Sequence[Patch], panel: Panel) -> list[Shape]:
    """Values above their marks, those left out that would meet other ink or words; the table has them all."""
    taken = [shape.box for shape in shapes if isinstance(shape, Label)]
    ink = [point for mark in marks for point in _along(mark)]
    size, left, right = panel.form.small, panel.left, panel.form.width
    found: list[Shape] = []
    for spot in spots:
        half = measure(spot.text, size) / 2
        for x in (spot.x, max(spot.x, left + half + 2), min(spot.x, right - half - 2)):
            label = Label(x=x, y=spot.y - 8, text=spot.text, size=size, anchor="middle")
            if label.box[0] > left and label.box[2] < right and _free(label.box, taken, ink):
                found.append(label)
                taken.append(label.box)
                break
    return found


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
    """Whether a label would stand clear of all other words and ink."""
    left, top, right, bottom = area
    meets = any(left < r + 6 and start < right + 6 and top < b + 2 and t < bottom + 2 for start, t, r, b in taken)
    return not meets and not any(left - 2 < x < right + 2 and top - 1 < y < bottom + 1 for x, y in ink)


def break_names(runs: Sequence[Run], form: Format) -> tuple[list[tuple[str, ...]], float]:
    """The columns' names in lines, and the room they take at the right; none where they go above."""
    if form.narrow or len(runs) > _BESIDE:
        return [wrap(run.name, form.small, form.width - 30) for run in runs], 0.0
    lines = [wrap(run.name, form.text, 130, bold=True) for run in runs]
    words = [measure(run.cells[-1][1].short, form.small) for run in runs]
    return lines, max(*(widest(one, form.text, bold=True) for one in lines), *words) + 18


def names_above(runs: Sequence[Run], names: Sequence[tuple[str, ...]], panel: Panel) -> list[Shape]:
    """Names above the plot, each with its ink."""
    size, y = panel.form.small, panel.top
    shapes: list[Shape] = []
    for run, lines in zip(runs, names, strict=True):
        shapes.append(line(((2, y + size * 0.66), (20, y + size * 0.66)), edge=run.ink, weight=3))
        shapes += lines_of(lines, 28, y, size)
        y += height_of(lines, size)
    return shapes


def names_beside(runs: Sequence[Run], names: Sequence[tuple[str, ...]], panel: Panel) -> list[Shape]:
    """Names with last values at the ends of their lines, moved apart."""
    form, x = panel.form, panel.right + 14
    talls = [height_of(lines, form.text) + height_of(("",), form.small) for lines in names]
    order = sorted(
        (panel.scale.at(run.cells[-1][1].size) - tall / 2, number)
        for number, (run, tall) in enumerate(zip(runs, talls, strict=True))
    )
    start = max(panel.top, order[0][0])
    excess = max(0.0, sum(tall + 6 for tall in talls) - (panel.scale.start - start))
    floor = max(panel.top, order[0][0] - excess)
    shapes: list[Shape] = []
    for y, number in order:
        top = max(y - excess, floor)
        floor = top + talls[number] + 6
        shapes.append(line(((x - 7, top + 2), (x - 7, floor - 8)), edge=runs[number].ink, weight=3))
        shapes += lines_of(names[number], x, top, form.text, bold=True)
        shapes += lines_of([runs[number].cells[-1][1].short], x, top + height_of(names[number], form.text), form.small)
    return shapes


def place_keys(keys: Sequence[str], places: Sequence[float], y: float, form: Format) -> tuple[list[Shape], float]:
    """Names of periods below their places: all, or every second, third ..., so that they stand apart; and their height."""
    size = form.small
    gap = places[1] - places[0] if len(places) > 1 else form.width
    for stride in range(1, len(keys) + 1):
        limit = max(gap * stride - 8, size * 3)
        chosen = [(places[at], wrap(keys[at], size, limit)) for at in range(len(keys) - 1, -1, -stride)]
        halves = [widest(lines, size) / 2 for _, lines in chosen]
        middles = [min(max(x, half), form.width - half) for (x, _), half in zip(chosen, halves, strict=True)]
        spans = [(middle - half, middle + half) for middle, half in zip(middles, halves, strict=True)]
        apart = all(before + 6 <= start for (start, _), (_, before) in pairwise(spans))
        if apart and all(len(lines) <= _KEY_LINES for _, lines in chosen):
            break
    shapes: list[Shape] = []
    for (x, lines), middle in zip(chosen, middles, strict=True):
        shapes.append(line(((x, y), (x, y + 4)), edge="muted", weight=1))
        shapes += lines_of(lines, middle, y + 7, size, ink="muted", anchor="middle")
    return shapes, 7 + size * LEADING * max(len(lines) for _, lines in chosen)

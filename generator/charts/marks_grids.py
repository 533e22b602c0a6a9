"""Two questions at once: risks by likelihood and impact, and how many of what are of which kind."""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import replace
from functools import partial

from ..model.report import DIRECTIONS, LEVELS, Risk
from .glyphs import bar
from .legend import SIGN, legend
from .resolved_spec import ResolvedSpec
from .rows import baselines, fit, lay_rows, room_for, values_at
from .scales import domain
from .scene import Label, Patch, Scene, Shape, baseline, box, circle, height_of, line, lines_of, polygon, told
from .tallies import Tally, tally
from .theme import Format
from .typeset import longest_word, measure, widest, wrap

_DISC = 12.0
_PITCH = 2 * _DISC + 16  # a disc, its sign and the gap to the next


def matrix(brief: ResolvedSpec, form: Format) -> Scene:
    """Nine cells with numbered risks, and what the numbers stand for."""
    risks = list(brief.edition.risks.values())
    level = [brief.texts.language.word(f"level.{one}") for one in LEVELS]
    side = max(measure(word, form.small) for word in level) + 10
    grid = form.width * (0.98 if form.narrow else 0.5) - side
    cell = grid / 3
    tall = max(
        cell * 0.62, 2 * _DISC + 16, *(_rows_needed(risks, x, y, cell) * (2 * _DISC + 6) + 10 for x in LEVELS for y in LEVELS)
    )
    top = form.small * 1.7
    shapes: list[Shape] = [*lines_of([brief.word("impact")], 0, 0, form.small, ink="muted", bold=True)]
    for down, impact in enumerate(reversed(LEVELS)):
        y = top + down * tall
        middle = y + tall / 2
        shapes.append(
            Label(
                x=side - 8,
                y=baseline(middle, form.small),
                text=level[LEVELS.index(impact)],
                size=form.small,
                ink="muted",
                anchor="end",
            )
        )
        for right, likelihood in enumerate(LEVELS):
            x = side + right * cell
            shapes.append(box(x, y, x + cell, y + tall, fill="paper", edge="muted", weight=1))
            inside = [
                (number, risk)
                for number, risk in enumerate(risks, start=1)
                if (risk.likelihood, risk.impact) == (likelihood, impact)
            ]
            shapes += _discs(brief, inside, form, x=x, y=y, wide=cell, tall=tall)
    bottom = top + 3 * tall
    named = [wrap(word, form.small, cell - 6) for word in level]
    for right, lines in enumerate(named):
        shapes += lines_of(lines, side + (right + 0.5) * cell, bottom + 3, form.small, ink="muted", anchor="middle")
    bottom += 3 + max(height_of(lines, form.small) for lines in named)
    shapes += lines_of(
        [brief.word("likelihood")],
        side + 1.5 * cell,
        bottom + 2,
        form.small,
        ink="muted",
        anchor="middle",
        bold=True,
    )
    bottom += form.small * 1.6
    ways = [one for one in DIRECTIONS if any(risk.direction == one for risk in risks)]
    entries = [(partial(_sign, one), brief.texts.language.word(f"direction.{one}")) for one in ways]
    found, more = legend(entries, replace(form, width=side + grid), bottom + 6)
    shapes += found
    bottom += 6 + more
    left, start = (0.0, bottom + 10) if form.narrow else (form.width * 0.5 + 24, 0.0)
    listed, end = _listed(brief, risks, form, left, start)
    return Scene(width=form.width, height=max(bottom, end), shapes=(*shapes, *listed))


def _rows_needed(risks: list[Risk], likelihood: str, impact: str, cell: float) -> int:
    count = sum(1 for risk in risks if (risk.likelihood, risk.impact) == (likelihood, impact))
    return math.ceil(count / _abreast(cell))


def _abreast(cell: float) -> int:
    return max(1, int((cell - 8) // _PITCH))


def _discs(
    brief: ResolvedSpec, inside: list[tuple[int, Risk]], form: Format, *, x: float, y: float, wide: float, tall: float
) -> Iterator[Shape]:
    """The numbers of one cell in even rows, each with the way it is going."""
    abreast = _abreast(wide)
    rows = [inside[start : start + abreast] for start in range(0, len(inside), abreast)]
    for down, row in enumerate(rows):
        middle = y + tall / 2 + (down - (len(rows) - 1) / 2) * (2 * _DISC + 6)
        start = x + wide / 2 - (len(row) - 1) / 2 * _PITCH - 4
        for right, (number, risk) in enumerate(row):
            at, words = start + right * _PITCH, brief.number(number)
            yield circle(at, middle, _DISC, fill="paper", edge="ink", weight=1.4, row=number - 1)
            yield Label(x=at, y=baseline(middle, form.small), text=words, size=form.small, anchor="middle", bold=True)
            yield _way(risk.direction, at + _DISC + 6, middle)


def _way(direction: str, x: float, y: float) -> Patch:
    """Rising, steady or easing as a sign."""
    if direction == "steady":
        return box(x - 4, y - 1.5, x + 4, y + 1.5, fill="ink")
    up = -1 if direction == "rising" else 1
    return polygon(((x - 4.5, y - up * 4), (x + 4.5, y - up * 4), (x, y + up * 4.5)), fill="ink")


def _sign(direction: str, x: float, middle: float) -> list[Patch]:
    return [_way(direction, x + SIGN / 2, middle)]


def _listed(brief: ResolvedSpec, risks: list[Risk], form: Format, left: float, top: float) -> tuple[list[Shape], float]:
    """Numbers and titles."""
    shapes: list[Shape] = []
    indent = measure(brief.number(len(risks)), form.small, bold=True) + 10
    for number, risk in enumerate(risks, start=1):
        lines = wrap(brief.texts.fill(risk.title), form.small, form.width - left - indent)
        shapes += lines_of([brief.number(number)], left + indent - 8, top, form.small, bold=True, anchor="end")
        shapes += lines_of(lines, left + indent, top, form.small)
        top += height_of(lines, form.small) + 7
    return shapes, top


def counts(brief: ResolvedSpec, form: Format) -> Scene:
    """Discs in a table, as large as the counts; or bars where there is nothing to split by."""
    found = tally(brief)
    return _table(brief, found, form) if len(found.columns) > 1 else _bars(brief, found, form)


def _bars(brief: ResolvedSpec, found: Tally, form: Format) -> Scene:
    items = [found.item(brief, row) for row in found.rows]
    lines = [(item.short,) for item in items]
    grid = lay_rows([(item.label, False) for item in items], form, values=lines)
    scale = fit(
        grid,
        *domain([item.size for item in items]),
        [(item, room_for(text, form.text)) for item, text in zip(items, lines, strict=True)],
    )
    shapes: list[Shape] = []
    for number, (item, band) in enumerate(zip(items, grid.bands, strict=True)):
        shapes += told(number, bar(item, scale, band.middle, 22))
    shapes += baselines(grid, grid.left)
    places = [
        (text, scale.at(item.size), band.middle, False) for item, band, text in zip(items, grid.bands, lines, strict=True)
    ]
    return Scene(width=form.width, height=grid.bottom + 4, shapes=(*shapes, *grid.labels(), *values_at(places, form)))


def _table(brief: ResolvedSpec, found: Tally, form: Format) -> Scene:
    size = form.text
    rows = [wrap(word, size, form.width * 0.3) for word in found.row_words]
    left = max(widest(lines, size) for lines in rows) + 12
    pitch = (form.width - left) / len(found.columns)
    heads, top = _heads(found, form, left, pitch)
    most = max(found.counts.values(), default=1)
    longest = pitch - measure(brief.number(most), form.small) - (8 if form.narrow else 14)
    tall = form.leading + 9
    shapes: list[Shape] = [*heads]
    for right in range(len(found.columns)):
        x = left + pitch * right
        shapes.append(line(((x, top), (x, top + tall * len(rows))), edge="muted", weight=1))
    for down, (row, lines) in enumerate(zip(found.rows, rows, strict=True)):
        y = top + tall * (down + 0.5)
        shapes += lines_of(lines, 0, y - height_of(lines, size) / 2, size)
        for right, column in enumerate(found.columns):
            if count := found.counts.get((row, column), 0):
                x = left + pitch * right
                end = x + longest * count / most
                shapes.append(box(x, y - 7, end, y + 7, fill="c1", edge="c1", row=down))
                shapes.append(Label(x=end + 5, y=baseline(y, form.small), text=brief.number(count), size=form.small))
    return Scene(width=form.width, height=top + tall * len(rows) + 3, shapes=tuple(shapes))


def _heads(found: Tally, form: Format, left: float, pitch: float) -> tuple[list[Shape], float]:
    """Names of the columns above them, and their height; where they are too long, each on a line of its own."""
    size, words = form.small, found.column_words
    if all(longest_word(word, size) <= pitch - 8 for word in words):
        wrapped = [wrap(word, size, pitch - 8) for word in words]
        deep = max(height_of(lines, size) for lines in wrapped)
        placed = [
            lines_of(lines, left + pitch * n, deep - height_of(lines, size), size, ink="muted")
            for n, lines in enumerate(wrapped)
        ]
        return [label for labels in placed for label in labels], deep + 6
    shapes: list[Shape] = []
    deep = size * 1.32 * len(words)
    for number, word in enumerate(words):
        x, y = left + pitch * number, size * 1.32 * number
        start = min(x + 4, form.width - measure(word, size))
        shapes += lines_of([word], start, y, size, ink="muted")
        shapes.append(line(((x, y + 3), (x, deep + 6)), edge="muted", weight=1))
    return shapes, deep + 6

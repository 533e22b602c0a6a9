"""Matrix: the risks of a report by likelihood and impact, as numbered discs in nine cells."""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import replace
from functools import partial

from ..model.code_lists import DIRECTIONS, LEVELS
from ..model.report import Risk
from .legend import SYMBOL_WIDTH, legend
from .resolved_spec import ResolvedSpec
from .scene import (
    Label,
    Patch,
    Scene,
    Shape,
    centred_baseline,
    circle,
    polygon,
    rectangle,
    text_block,
    text_height,
)
from .text_layout import text_width, wrap
from .theme import Canvas

_DISC = 12.0

_PITCH = 2 * _DISC + 16  # a disc, its sign and the gap to the next


def matrix(spec: ResolvedSpec, canvas: Canvas) -> Scene:
    """Nine cells with numbered risks, and what the numbers stand for."""
    risks = list(spec.edition.risks.values())
    level = [spec.texts.language.word(f"level.{one}") for one in LEVELS]
    side = max(text_width(word, canvas.small_size) for word in level) + 10
    grid = canvas.width * (0.98 if canvas.narrow else 0.5) - side
    cell = grid / 3
    tall = max(
        cell * 0.62, 2 * _DISC + 16, *(_rows_needed(risks, x, y, cell) * (2 * _DISC + 6) + 10 for x in LEVELS for y in LEVELS)
    )
    top = canvas.small_size * 1.7
    shapes: list[Shape] = [*text_block([spec.word("impact")], 0, 0, canvas.small_size, colour="muted", bold=True)]
    for down, impact in enumerate(reversed(LEVELS)):
        y = top + down * tall
        middle = y + tall / 2
        shapes.append(
            Label(
                x=side - 8,
                y=centred_baseline(middle, canvas.small_size),
                text=level[LEVELS.index(impact)],
                size=canvas.small_size,
                colour="muted",
                anchor="end",
            )
        )
        for right, likelihood in enumerate(LEVELS):
            x = side + right * cell
            shapes.append(rectangle(x, y, x + cell, y + tall, fill="paper", stroke="muted", stroke_width=1))
            inside = [
                (number, risk)
                for number, risk in enumerate(risks, start=1)
                if (risk.likelihood, risk.impact) == (likelihood, impact)
            ]
            shapes += _discs(spec, inside, canvas, x=x, y=y, wide=cell, tall=tall)
    bottom = top + 3 * tall
    named = [wrap(word, canvas.small_size, cell - 6) for word in level]
    for right, lines in enumerate(named):
        shapes += text_block(lines, side + (right + 0.5) * cell, bottom + 3, canvas.small_size, colour="muted", anchor="middle")
    bottom += 3 + max(text_height(lines, canvas.small_size) for lines in named)
    shapes += text_block(
        [spec.word("likelihood")],
        side + 1.5 * cell,
        bottom + 2,
        canvas.small_size,
        colour="muted",
        anchor="middle",
        bold=True,
    )
    bottom += canvas.small_size * 1.6
    ways = [one for one in DIRECTIONS if any(risk.direction == one for risk in risks)]
    entries = [(partial(_sign, one), spec.texts.language.word(f"direction.{one}")) for one in ways]
    found, more = legend(entries, replace(canvas, width=side + grid), bottom + 6)
    shapes += found
    bottom += 6 + more
    left, start = (0.0, bottom + 10) if canvas.narrow else (canvas.width * 0.5 + 24, 0.0)
    listed, end = _listed(spec, risks, canvas, left, start)
    return Scene(width=canvas.width, height=max(bottom, end), shapes=(*shapes, *listed))


def _rows_needed(risks: list[Risk], likelihood: str, impact: str, cell: float) -> int:
    count = sum(1 for risk in risks if (risk.likelihood, risk.impact) == (likelihood, impact))
    return math.ceil(count / _abreast(cell))


def _abreast(cell: float) -> int:
    return max(1, int((cell - 8) // _PITCH))


def _discs(
    spec: ResolvedSpec, inside: list[tuple[int, Risk]], canvas: Canvas, *, x: float, y: float, wide: float, tall: float
) -> Iterator[Shape]:
    """The numbers of one cell in even rows, each with the way it is going."""
    abreast = _abreast(wide)
    rows = [inside[start : start + abreast] for start in range(0, len(inside), abreast)]
    for down, row in enumerate(rows):
        middle = y + tall / 2 + (down - (len(rows) - 1) / 2) * (2 * _DISC + 6)
        start = x + wide / 2 - (len(row) - 1) / 2 * _PITCH - 4
        for right, (number, risk) in enumerate(row):
            at, words = start + right * _PITCH, spec.number(number)
            yield circle(at, middle, _DISC, fill="paper", stroke="ink", stroke_width=1.4, row=number - 1)
            yield Label(
                x=at,
                y=centred_baseline(middle, canvas.small_size),
                text=words,
                size=canvas.small_size,
                anchor="middle",
                bold=True,
            )
            yield _way(risk.direction, at + _DISC + 6, middle)


def _way(direction: str, x: float, y: float) -> Patch:
    """Rising, steady or easing as a sign."""
    if direction == "steady":
        return rectangle(x - 4, y - 1.5, x + 4, y + 1.5, fill="ink")
    up = -1 if direction == "rising" else 1
    return polygon(((x - 4.5, y - up * 4), (x + 4.5, y - up * 4), (x, y + up * 4.5)), fill="ink")


def _sign(direction: str, x: float, middle: float) -> list[Patch]:
    return [_way(direction, x + SYMBOL_WIDTH / 2, middle)]


def _listed(spec: ResolvedSpec, risks: list[Risk], canvas: Canvas, left: float, top: float) -> tuple[list[Shape], float]:
    """Numbers and titles."""
    shapes: list[Shape] = []
    indent = text_width(spec.number(len(risks)), canvas.small_size, bold=True) + 10
    for number, risk in enumerate(risks, start=1):
        lines = wrap(spec.texts.fill(risk.title), canvas.small_size, canvas.width - left - indent)
        shapes += text_block([spec.number(number)], left + indent - 8, top, canvas.small_size, bold=True, anchor="end")
        shapes += text_block(lines, left + indent, top, canvas.small_size)
        top += text_height(lines, canvas.small_size) + 7
    return shapes, top

"""Matrix: the risks of a report by likelihood and impact, as numbered discs in nine cells."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import partial

from ..model.code_lists import DIRECTIONS, LEVELS
from ..model.report import Risk
from .legend import SYMBOL_WIDTH, legend
from .resolved_spec import ResolvedSpec
from .scene import Label, Patch, Scene, Shape, centred_baseline, circle, polygon, rectangle, text_block, text_height
from .text_layout import text_width, wrap
from .theme import Canvas

_RADIUS = 12.0
_PITCH = 2 * _RADIUS + 16  # a disc, the symbol of its direction, and the gap to the next disc
_LINE = 2 * _RADIUS + 6  # a row of discs in a cell


@dataclass(frozen=True, slots=True, kw_only=True)
class _Grid:
    """The nine cells: their left and top edge, and the size of one."""

    left: float
    top: float
    cell_width: float
    cell_height: float

    @property
    def right(self) -> float:
        return self.left + len(LEVELS) * self.cell_width

    @property
    def bottom(self) -> float:
        return self.top + len(LEVELS) * self.cell_height


def matrix(spec: ResolvedSpec, canvas: Canvas) -> Scene:
    """The grid with its axes, a legend of directions, and the titles of the risks beside it or below."""
    risks = list(enumerate(spec.edition.risks.values(), start=1))
    words = [spec.texts.language.word(f"level.{level}") for level in LEVELS]
    grid = _lay_out_grid(risks, words, canvas)
    shapes = list(_rows(spec, risks, grid, words, canvas))
    axis, bottom = _likelihood_axis(spec, grid, words, canvas)
    shapes += axis
    directions = [direction for direction in DIRECTIONS if any(risk.direction == direction for _, risk in risks)]
    entries = [(partial(_legend_symbol, key), spec.texts.language.word(f"direction.{key}")) for key in directions]
    symbols, height = legend(entries, replace(canvas, width=grid.right), bottom + 6)
    shapes += symbols
    bottom += 6 + height
    left, top = (0.0, bottom + 10) if canvas.narrow else (canvas.width * 0.5 + 24, 0.0)
    titles, end = _titles(spec, risks, canvas, left, top)
    return Scene(width=canvas.width, height=max(bottom, end), shapes=(*shapes, *titles))


def _lay_out_grid(risks: Sequence[tuple[int, Risk]], words: Sequence[str], canvas: Canvas) -> _Grid:
    left = max(text_width(word, canvas.small_size) for word in words) + 10
    cell_width = (canvas.width * (0.98 if canvas.narrow else 0.5) - left) / len(LEVELS)
    members = [_members(risks, likelihood, impact) for likelihood in LEVELS for impact in LEVELS]
    heights = [math.ceil(len(cell) / _discs_abreast(cell_width)) * _LINE + 10 for cell in members]
    cell_height = max(cell_width * 0.62, 2 * _RADIUS + 16, *heights)
    return _Grid(left=left, top=canvas.small_size * 1.7, cell_width=cell_width, cell_height=cell_height)


def _members(risks: Sequence[tuple[int, Risk]], likelihood: str, impact: str) -> list[tuple[int, Risk]]:
    """The numbered risks of one cell."""
    return [(number, risk) for number, risk in risks if (risk.likelihood, risk.impact) == (likelihood, impact)]


def _discs_abreast(cell_width: float) -> int:
    return max(1, int((cell_width - 8) // _PITCH))


def _likelihood_axis(spec: ResolvedSpec, grid: _Grid, words: Sequence[str], canvas: Canvas) -> tuple[list[Shape], float]:
    """The levels and the title of the horizontal axis below the grid, and where they end."""
    size, shapes = canvas.small_size, list[Shape]()
    labels = [wrap(word, size, grid.cell_width - 6) for word in words]
    for column, lines in enumerate(labels):
        centre = grid.left + (column + 0.5) * grid.cell_width
        shapes += text_block(lines, centre, grid.bottom + 3, size, colour="muted", anchor="middle")
    bottom = grid.bottom + 3 + max(text_height(lines, size) for lines in labels)
    centre, title = grid.left + 1.5 * grid.cell_width, [spec.word("likelihood")]
    shapes += text_block(title, centre, bottom + 2, size, colour="muted", anchor="middle", bold=True)
    return shapes, bottom + size * 1.6


def _rows(
    spec: ResolvedSpec, risks: Sequence[tuple[int, Risk]], grid: _Grid, words: Sequence[str], canvas: Canvas
) -> Iterator[Shape]:
    """The title of the vertical axis, then a row of cells with its label for each level of impact, the highest at the top."""
    size = canvas.small_size
    yield from text_block([spec.word("impact")], 0, 0, size, colour="muted", bold=True)
    for row, (impact, word) in enumerate(zip(reversed(LEVELS), reversed(words), strict=True)):
        y = grid.top + row * grid.cell_height
        baseline = centred_baseline(y + grid.cell_height / 2, size)
        yield Label(x=grid.left - 8, y=baseline, text=word, size=size, colour="muted", anchor="end")
        for column, likelihood in enumerate(LEVELS):
            x = grid.left + column * grid.cell_width
            yield rectangle(x, y, x + grid.cell_width, y + grid.cell_height, fill="paper", stroke="muted", stroke_width=1)
            yield from _discs(spec, _members(risks, likelihood, impact), grid, canvas, x=x, y=y)


def _discs(
    spec: ResolvedSpec, members: Sequence[tuple[int, Risk]], grid: _Grid, canvas: Canvas, *, x: float, y: float
) -> Iterator[Shape]:
    """The numbers of the risks of a cell with its corner at (x, y), in rows, each with the symbol of its direction."""
    size, abreast = canvas.small_size, _discs_abreast(grid.cell_width)
    rows = [members[start : start + abreast] for start in range(0, len(members), abreast)]
    for index, row in enumerate(rows):
        middle = y + grid.cell_height / 2 + (index - (len(rows) - 1) / 2) * _LINE
        start = x + grid.cell_width / 2 - (len(row) - 1) / 2 * _PITCH - 4
        for column, (number, risk) in enumerate(row):
            centre, text = start + column * _PITCH, spec.number(number)
            yield circle(centre, middle, _RADIUS, fill="paper", stroke="ink", stroke_width=1.4, row=number - 1)
            yield Label(x=centre, y=centred_baseline(middle, size), text=text, size=size, anchor="middle", bold=True)
            yield _direction(risk.direction, centre + _RADIUS + 6, middle)


def _direction(direction: str, x: float, y: float) -> Patch:
    """A triangle up for rising, down for easing, a bar for steady."""
    if direction == "steady":
        return rectangle(x - 4, y - 1.5, x + 4, y + 1.5, fill="ink")
    up = -1 if direction == "rising" else 1
    return polygon(((x - 4.5, y - up * 4), (x + 4.5, y - up * 4), (x, y + up * 4.5)), fill="ink")


def _legend_symbol(direction: str, x: float, middle: float) -> list[Patch]:
    return [_direction(direction, x + SYMBOL_WIDTH / 2, middle)]


def _titles(
    spec: ResolvedSpec, risks: Sequence[tuple[int, Risk]], canvas: Canvas, left: float, top: float
) -> tuple[list[Shape], float]:
    """The numbers and titles of the risks as a list, and where it ends."""
    size, shapes = canvas.small_size, list[Shape]()
    indent = text_width(spec.number(len(risks)), size, bold=True) + 10
    for number, risk in risks:
        lines = wrap(spec.texts.fill(risk.title), size, canvas.width - left - indent)
        shapes += text_block([spec.number(number)], left + indent - 8, top, size, bold=True, anchor="end")
        shapes += text_block(lines, left + indent, top, size)
        top += text_height(lines, size) + 7
    return shapes, top

"""Matrix: the risks of a report by likelihood and impact, each named in its cell with a sign for its direction."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from functools import partial
from math import fsum

from ..model.code_lists import DIRECTIONS, LEVELS
from ..model.report import Risk
from ..model.units import NUMBER
from ..model.values import Point
from ..records.struct import Struct
from .chart_texts import sentence_case
from .legend import legend
from .resolved_spec import ResolvedSpec
from .scene import Label, Patch, Scene, Shape, centred_baseline, polygon, rectangle, text_block, text_height
from .text_layout import text_width, wrap
from .theme import Canvas

_PADDINGS, _LEAST_HEIGHT, _EMPTY_HEIGHT = {"wide": 10.0, "narrow": 4.0}, 40.0, 24.0  # of cells; of a row without names
_ABOVE = 8.0  # names, and below them
_SIGN, _ENTRY_GAP = 12.0, 5.0  # the room for a sign before a name, and between names
_KEY_WIDTH = 10.0  # of a sign in the key
_ABOVE_LEVEL = 8.0  # on a narrow canvas, above the name of a level of impact
_GRAVE_FRAME = 2.4  # width of the gravest cell's outline
_GRAVEST = 2 * (len(LEVELS) - 1)  # likelihood and impact together
_COLOURS = {"rising": "c1", "steady": "muted", "easing": "muted"}  # the accent is for what grows


class _Named(Struct, frozen=True, kw_only=True):
    """A risk with its number in the table and its name in lines."""

    row: int
    risk: Risk
    name: tuple[str, ...]


def matrix(spec: ResolvedSpec, canvas: Canvas) -> Scene:
    """Nine cells from low to high, the gravest at the upper right, with their axes and a key to the signs above them."""
    risks = list(spec.edition.risks.values())
    words = [sentence_case(spec.texts.language.word(f"level.{level}"), spec.texts) for level in LEVELS]
    size = canvas.small_size
    left = 1.0 if canvas.narrow else max(text_width(word, size) for word in words) + 10  # narrow cells need the width
    width = (canvas.width - 1 - left) / len(LEVELS)
    padding = _PADDINGS[canvas.name]
    room = width - 2 * padding - _SIGN
    named = [_Named(row=row, risk=risk, name=wrap(spec.texts.fill(risk.title), size, room)) for row, risk in enumerate(risks)]
    directions = [direction for direction in DIRECTIONS if any(risk.direction == direction for risk in risks)]
    entries = [(partial(_symbol, one), _counted(spec, one, risks)) for one in directions]
    key, top = legend(entries, canvas, 0, symbol_width=_KEY_WIDTH)
    shapes, graver = list[Shape](key), list[Shape]()
    if not canvas.narrow:
        shapes += text_block([spec.word("impact")], 0, top + 8, size, colour="muted", bold=True)
        top += 8 + size * 1.7
    for level, word in zip(reversed(LEVELS), reversed(words), strict=True):
        cells = [[one for one in named if (one.risk.likelihood, one.risk.impact) == (likely, level)] for likely in LEVELS]
        height = max(_LEAST_HEIGHT, *(_cell_height(cell, size) for cell in cells)) if any(cells) else _EMPTY_HEIGHT
        if canvas.narrow:
            top += _ABOVE_LEVEL
            shapes += text_block(
                [spec.word("of_level", name=spec.word("impact"), level=spec.texts.language.word(f"level.{level}"))],
                left,
                top,
                size,
                bold=True,
            )
            top += size * 1.8
            if any(cells) or level == LEVELS[-1]:  # as in a table, whose columns are named above them
                axis, top = _column_heads(spec, (left, width, top), canvas)
                shapes += axis
        else:
            baseline = centred_baseline(top + height / 2, size)
            shapes.append(Label(x=left - 8, y=baseline, text=word, size=size, colour="muted", anchor="end"))
        unused = not any(cells) and level != LEVELS[-1]  # the gravest cell says so itself
        if unused:
            right = left + len(LEVELS) * width
            shapes.append(rectangle(left, top, right, top + height, fill="paper", stroke="c6", stroke_width=1))
            shapes.append(_none(spec, (left + right) / 2, top + height / 2, size))
        for column, cell in enumerate(() if unused else cells):
            x = left + column * width
            gravest = column + LEVELS.index(level) == _GRAVEST
            shapes.append(rectangle(x, top, x + width, top + height, fill="paper", stroke="c6", stroke_width=1))
            if gravest:  # its frame lies on those of its neighbours
                graver.append(rectangle(x, top, x + width, top + height, stroke="ink", stroke_width=_GRAVE_FRAME))
            if gravest and not cell:
                shapes.append(_none(spec, x + width / 2, top + height / 2, size, bold=True))
            shapes += _names(cell, (x + padding, top), size)
        top += height + (6 if canvas.narrow else 0)
    if canvas.narrow:
        return Scene(width=canvas.width, height=top + 2, shapes=(*shapes, *graver))
    axis, bottom = _likelihood_axis(spec, words, (left, width, top), canvas)
    return Scene(width=canvas.width, height=bottom + 4, shapes=(*shapes, *graver, *axis))


def _none(spec: ResolvedSpec, x: float, middle: float, size: float, *, bold: bool = False) -> Label:
    """The word for no risk: in the gravest cell, where that is good news, and in a row without any."""
    y, text = centred_baseline(middle, size), sentence_case(spec.word("none"), spec.texts)
    return Label(x=x, y=y, text=text, size=size, colour="ink" if bold else "muted", anchor="middle", bold=bold)


def _cell_height(cell: Sequence[_Named], size: float) -> float:
    """The height of the names of a cell with the padding around them."""
    return 2 * _ABOVE + fsum(text_height(one.name, size) for one in cell) + _ENTRY_GAP * max(len(cell) - 1, 0)


def _names(cell: Sequence[_Named], corner: tuple[float, float], size: float) -> list[Shape]:
    """The names of a cell below each other, each with its sign."""
    shapes: list[Shape] = []
    x, y = corner[0], corner[1] + _ABOVE
    for one in cell:
        shapes.append(_direction(one.risk.direction, x + 4, y + size * 0.66, one.row))
        shapes += text_block(one.name, x + _SIGN, y, size)
        y += text_height(one.name, size) + _ENTRY_GAP
    return shapes


def _likelihood_axis(
    spec: ResolvedSpec, words: Sequence[str], grid: tuple[float, float, float], canvas: Canvas
) -> tuple[list[Shape], float]:
    """The levels and the title of the horizontal axis below the cells (left edge, width of one, lower edge), and its end."""
    left, width, bottom = grid
    size, shapes = canvas.small_size, list[Shape]()
    labels = [wrap(word, size, width - 6) for word in words]
    name, centre = [spec.word("likelihood")], left + len(LEVELS) / 2 * width
    for column, lines in enumerate(labels):
        shapes += text_block(lines, left + (column + 0.5) * width, bottom + 3, size, colour="muted", anchor="middle")
    end = bottom + 3 + max(text_height(lines, size) for lines in labels)
    shapes += text_block(name, centre, end + 2, size, colour="muted", anchor="middle", bold=True)
    return shapes, end + size * 1.6


def _column_heads(spec: ResolvedSpec, grid: tuple[float, float, float], canvas: Canvas) -> tuple[list[Shape], float]:
    """The levels above cells (left edge, width of one, upper edge of the heads), the first with the title; and their end."""
    left, width, top = grid
    size, shapes = canvas.small_size, list[Shape]()
    words = [spec.texts.language.word(f"level.{level}") for level in LEVELS]
    told = [spec.word("of_level", name=spec.word("likelihood"), level=words[0]), *words[1:]]
    heads = [wrap(text, size, width - 6) for text in told]
    end = top + max(text_height(lines, size) for lines in heads)
    for column, lines in enumerate(heads):
        shapes += text_block(lines, left + column * width + 2, end - text_height(lines, size), size, colour="muted")
    return shapes, end + 4


def _direction(direction: str, x: float, y: float, row: int | None = None) -> Patch:
    """A triangle up for rising, down for easing, a bar for steady."""
    colour = _COLOURS[direction]
    if direction == "steady":
        return rectangle(x - 4, y - 1.5, x + 4, y + 1.5, fill=colour, row=row)
    up = -1 if direction == "rising" else 1
    return polygon(((x - 4.5, y - up * 4), (x + 4.5, y - up * 4), (x, y + up * 4.5)), fill=colour, row=row)


def _symbol(direction: str, x: float, middle: float) -> list[Patch]:
    return [_direction(direction, x + _KEY_WIDTH / 2, middle)]


def _counted(spec: ResolvedSpec, direction: str, risks: Sequence[Risk]) -> str:
    """The word for a direction with the number of risks that it is of."""
    word = sentence_case(spec.texts.language.word(f"direction.{direction}"), spec.texts)
    count = Point(number=Decimal(sum(risk.direction == direction for risk in risks)))
    return spec.noted(word, spec.texts.word_value(count, NUMBER, "short"))

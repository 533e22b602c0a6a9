"""Sums in a table of counts: of its rows, of its columns, and of the rows that are marked."""

from __future__ import annotations

from collections.abc import Sequence

from .crosstab import CrossTab
from .resolved_spec import ResolvedSpec
from .scene import LINE_HEIGHT, Label, Shape, centred_baseline, text_block, text_height
from .text_layout import text_width, wrap
from .theme import Canvas

COLUMN_GAP = 16.0  # between headings of columns


def total_column(spec: ResolvedSpec, counted: CrossTab, canvas: Canvas) -> float:
    """The width of a column with the sum of each row, where the specification gives the word for what is counted."""
    if not spec.phrase("counted"):
        return 0.0
    words = (spec.word("total"), spec.number(counted.counts.total()))
    return max(text_width(word, canvas.small_size, bold=True) for word in words) + COLUMN_GAP


def total_headings(spec: ResolvedSpec, counted: CrossTab, x: float, bottom: float, size: float) -> list[Label]:
    """The heading of the column of sums, whose lower edge is that of the other headings."""
    top = bottom - 6 - 2 * size * LINE_HEIGHT
    total = spec.number(counted.counts.total())
    return [
        *text_block([spec.word("total")], x, top, size, bold=True),
        *text_block([total], x, top + size * LINE_HEIGHT, size, colour="muted"),
    ]


def row_total(spec: ResolvedSpec, counted: CrossTab, row: str, at: tuple[float, float], size: float) -> Label:
    """The sum of a row, in the middle of its height."""
    bold, text = row in spec.ids("marked"), counted.item(spec, row).short
    return Label(x=at[0], y=centred_baseline(at[1], size), text=text, size=size, bold=bold)


def list_of_totals(spec: ResolvedSpec, counted: CrossTab, canvas: Canvas, left: float) -> tuple[list[Shape], float]:
    """The sums of rows below each other, where the specification gives the word for what is counted, and their height."""
    if not spec.phrase("counted"):
        return [], 0.0
    size, y = canvas.text_size, 0.0
    heading = wrap(
        spec.noted(spec.word("total"), counted_in_words(spec, counted.counts.total())), size, canvas.width, bold=True
    )
    shapes: list[Shape] = [*text_block(heading, 0, y, size, bold=True)]
    y += text_height(heading, size) + 4
    for row, word in zip(counted.rows, counted.row_words, strict=True):
        lines = wrap(word, size, left - 12)
        height = text_height(lines, size) + 3
        shapes += text_block(lines, 0, y, size)
        shapes.append(row_total(spec, counted, row, (left, y + height / 2 - 1), canvas.small_size))
        y += height
        if comes_before_sum(spec, counted, row):
            sums, height = marked_sums(spec, counted, y, [(left, counted.columns)], canvas)
            shapes += sums
            y += height + 3
    return shapes, y + 14


def total_of(counted: CrossTab, column: str) -> int:
    """How many entries a column has."""
    return len([key for row in counted.rows for key in counted.members.get((row, column), ())])


def total_in_words(spec: ResolvedSpec, counted: CrossTab, column: str, *, bare: bool = False) -> str:
    """How many entries a column has, with the word for them, if the specification gives it and it is not `bare`."""
    count = total_of(counted, column)
    return spec.number(count) if bare else counted_in_words(spec, count)


def counted_in_words(spec: ResolvedSpec, count: int) -> str:
    """A number with the word for what is counted, if the specification gives it."""
    number, word = spec.number(count), spec.phrase("counted")
    return f"{number}{spec.texts.language.word('value.unit_space')}{word}" if word else number


def comes_before_sum(spec: ResolvedSpec, counted: CrossTab, row: str) -> bool:
    """Whether a row is the last of those that are marked, below which their sum stands if the specification names it."""
    return bool(spec.phrase("marked_label")) and row in [one for one in counted.rows if one in spec.ids("marked")][-1:]


def marked_sums(
    spec: ResolvedSpec, counted: CrossTab, top: float, places: Sequence[tuple[float, Sequence[str]]], canvas: Canvas
) -> tuple[list[Label], float]:
    """The name of the sum of marked rows and, at each x, that of some columns, from an upper edge on; and their height."""
    size, small = canvas.text_size, canvas.small_size
    lines = wrap(spec.phrase("marked_label"), size, min(x for x, _ in places) - 4, bold=True)
    middle = top + text_height(lines, size) / 2
    labels = text_block(lines, 0, top, size, colour="c1", bold=True)
    for x, columns in places:
        cells = [(row, column) for row in spec.ids("marked") for column in columns]
        count = len([key for cell in cells for key in counted.members.get(cell, ())])
        y, told = centred_baseline(middle, small), spec.number(count)
        labels.append(Label(x=x, y=y, text=told, size=small, colour="c1", bold=True))
    return labels, text_height(lines, size)

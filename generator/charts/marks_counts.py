"""Counts: how many entries of a report are of each kind, as bars, or as a table of bars for two attributes."""

from __future__ import annotations

from math import fsum

from .crosstab import CrossTab, cross_tabulate
from .resolved_spec import ResolvedSpec
from .rows import fit_scale, lay_out_rows, value_label, value_width, zero_lines
from .scales import domain
from .scene import (
    LINE_HEIGHT,
    Label,
    Patch,
    Scene,
    Shape,
    centred_baseline,
    line,
    rectangle,
    tag_row,
    text_block,
    text_height,
)
from .text_layout import block_width, longest_word_width, text_width, wrap
from .theme import CONTEXT_COLOUR, Canvas
from .value_marks import bar

_BAR_THICKNESS = 22.0
_PITCH = {"wide": 11.0, "narrow": 8.0}  # of squares
_MOST_LINES = 8  # of squares in a cell; of more entries the counts are drawn as bars


def counts(spec: ResolvedSpec, canvas: Canvas) -> Scene:
    """The counts that a specification asks for, as bars or as a table."""
    counted = cross_tabulate(spec)
    return _table(spec, counted, canvas) if len(counted.columns) > 1 else _bars(spec, counted, canvas)


def _bars(spec: ResolvedSpec, counted: CrossTab, canvas: Canvas) -> Scene:
    items = [counted.item(spec, row) for row in counted.rows]
    lines = [(item.short,) for item in items]
    layout = lay_out_rows([(item.label, False) for item in items], canvas, thickness=_BAR_THICKNESS, values=lines)
    widths = [(item, value_width(text, canvas.text_size)) for item, text in zip(items, lines, strict=True)]
    scale = fit_scale(layout, *domain([item.size for item in items]), widths)
    shapes: list[Shape] = []
    for number, (item, band) in enumerate(zip(items, layout.bands, strict=True)):
        shapes += tag_row(number, bar(item, scale, band.middle, _BAR_THICKNESS))
    shapes += [*zero_lines(layout, layout.left), *layout.labels()]
    for item, band, text in zip(items, layout.bands, lines, strict=True):
        shapes += value_label(text, scale.position(item.size), band.middle, canvas)
    return Scene(width=canvas.width, height=layout.bottom + 4, shapes=tuple(shapes))


def _table(spec: ResolvedSpec, counted: CrossTab, canvas: Canvas) -> Scene:
    """A row for each row of the table, with a square for each entry, or with bars on one scale if there are many.

    The most frequent kind of each column stands out.
    """
    size, small = canvas.text_size, canvas.small_size
    labels = [wrap(word, size, canvas.width * 0.3) for word in counted.row_words]
    left = max(block_width(lines, size) for lines in labels) + 12
    column_width = (canvas.width - left) / len(counted.columns)
    headings, top = _headings(counted, canvas, left, column_width)
    largest = max(counted.counts.values(), default=1)
    longest = column_width - text_width(spec.number(largest), small) - (8 if canvas.narrow else 14)
    pitch = _PITCH[canvas.name]
    abreast = max(int(longest // pitch), 1)
    few = largest <= abreast * _MOST_LINES
    fullest = [max(counted.counts.get((row, column), 0) for column in counted.columns) for row in counted.rows]
    heights = [max(canvas.line_height + 9, -(-most_of // abreast) * pitch + 11 if few else 0) for most_of in fullest]
    bottom = top + fsum(heights)
    lefts = [left + column_width * number for number in range(len(counted.columns))]
    most = {column: max(counted.counts.get((row, column), 0) for row in counted.rows) for column in counted.columns}
    shapes: list[Shape] = [*headings]
    shapes += [line(((x, top), (x, bottom)), stroke="muted", stroke_width=1) for x in lefts]
    for number, (row, lines) in enumerate(zip(counted.rows, labels, strict=True)):
        y = top + fsum(heights[:number]) + heights[number] / 2
        shapes += text_block(lines, 0, y - text_height(lines, size) / 2, size)
        for x, column in zip(lefts, counted.columns, strict=True):
            if count := counted.counts.get((row, column), 0):
                colour = "c1" if count == most[column] else CONTEXT_COLOUR
                if few:
                    shapes += tag_row(number, _squares(count, abreast, (x + 4, y), pitch, colour))
                    end = x + 4 + min(count, abreast) * pitch - 2
                else:
                    end = x + longest * count / largest
                    shapes.append(rectangle(x, y - 7, end, y + 7, fill=colour, stroke=colour, row=number))
                shapes.append(Label(x=end + 5, y=centred_baseline(y, small), text=spec.number(count), size=small))
    return Scene(width=canvas.width, height=bottom + 3, shapes=tuple(shapes))


def _squares(count: int, abreast: int, start: tuple[float, float], pitch: float, colour: str) -> list[Patch]:
    """A square for each of a number of entries, in lines around a middle height."""
    (x, middle), lines = start, -(-count // abreast)
    top, side = middle - lines * pitch / 2, pitch - 2
    corners = [(x + number % abreast * pitch, top + number // abreast * pitch) for number in range(count)]
    return [rectangle(left, upper, left + side, upper + side, fill=colour) for left, upper in corners]


def _headings(counted: CrossTab, canvas: Canvas, left: float, column_width: float) -> tuple[list[Shape], float]:
    """The headings of the columns, and the height they take; where a word is too wide, each is on a line of its own."""
    size, words = canvas.small_size, counted.column_words
    lefts = [left + column_width * number for number in range(len(words))]
    shapes: list[Shape] = []
    if all(longest_word_width(word, size) <= column_width - 8 for word in words):
        headings = [wrap(word, size, column_width - 8) for word in words]
        height = max(text_height(lines, size) for lines in headings)
        for x, lines in zip(lefts, headings, strict=True):
            shapes += text_block(lines, x, height - text_height(lines, size), size, colour="muted")
        return shapes, height + 6
    height = size * LINE_HEIGHT * len(words)
    for number, (x, word) in enumerate(zip(lefts, words, strict=True)):
        y = size * LINE_HEIGHT * number
        start = min(x + 4, canvas.width - text_width(word, size))
        shapes += text_block([word], start, y, size, colour="muted")
        shapes.append(line(((x, y + 3), (x, height + 6)), stroke="muted", stroke_width=1))
    return shapes, height + 6

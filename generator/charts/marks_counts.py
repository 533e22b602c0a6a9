"""Counts: how many entries of a report are of each kind, as bars, or as a table of bars for two attributes."""

from __future__ import annotations

from .crosstab import CrossTab, cross_tabulate
from .resolved_spec import ResolvedSpec
from .rows import fit_scale, lay_out_rows, value_label, value_width, zero_lines
from .scales import domain
from .scene import (
    LINE_HEIGHT,
    Label,
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
from .theme import Canvas
from .value_marks import bar

_BAR_THICKNESS = 22.0


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
    """A row of bars for each row of the table, all on one scale."""
    size, small = canvas.text_size, canvas.small_size
    labels = [wrap(word, size, canvas.width * 0.3) for word in counted.row_words]
    left = max(block_width(lines, size) for lines in labels) + 12
    column_width = (canvas.width - left) / len(counted.columns)
    headings, top = _headings(counted, canvas, left, column_width)
    largest = max(counted.counts.values(), default=1)
    longest = column_width - text_width(spec.number(largest), small) - (8 if canvas.narrow else 14)
    row_height = canvas.line_height + 9
    bottom = top + row_height * len(labels)
    lefts = [left + column_width * number for number in range(len(counted.columns))]
    shapes: list[Shape] = [*headings]
    shapes += [line(((x, top), (x, bottom)), stroke="muted", stroke_width=1) for x in lefts]
    for number, (row, lines) in enumerate(zip(counted.rows, labels, strict=True)):
        y = top + row_height * (number + 0.5)
        shapes += text_block(lines, 0, y - text_height(lines, size) / 2, size)
        for x, column in zip(lefts, counted.columns, strict=True):
            if count := counted.counts.get((row, column), 0):
                end = x + longest * count / largest
                shapes.append(rectangle(x, y - 7, end, y + 7, fill="c1", stroke="c1", row=number))
                shapes.append(Label(x=end + 5, y=centred_baseline(y, small), text=spec.number(count), size=small))
    return Scene(width=canvas.width, height=bottom + 3, shapes=tuple(shapes))


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

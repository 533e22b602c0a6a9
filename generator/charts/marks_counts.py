"""Counts: how many entries of a report are of each kind, as bars or as a table of bars."""

from __future__ import annotations

from .crosstab import CrossTab, cross_tabulate
from .resolved_spec import ResolvedSpec
from .rows import fit_scale, label_width, lay_out_rows, value_labels, zero_lines
from .scales import domain
from .scene import (
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


def counts(spec: ResolvedSpec, canvas: Canvas) -> Scene:
    """Discs in a table, as large as the counts; or bars where there is nothing to split by."""
    found = cross_tabulate(spec)
    return _table(spec, found, canvas) if len(found.columns) > 1 else _bars(spec, found, canvas)


def _bars(spec: ResolvedSpec, found: CrossTab, canvas: Canvas) -> Scene:
    items = [found.item(spec, row) for row in found.rows]
    lines = [(item.short,) for item in items]
    grid = lay_out_rows([(item.label, False) for item in items], canvas, values=lines)
    scale = fit_scale(
        grid,
        *domain([item.size for item in items]),
        [(item, label_width(text, canvas.text_size)) for item, text in zip(items, lines, strict=True)],
    )
    shapes: list[Shape] = []
    for number, (item, band) in enumerate(zip(items, grid.bands, strict=True)):
        shapes += tag_row(number, bar(item, scale, band.middle, 22))
    shapes += zero_lines(grid, grid.left)
    places = [
        (text, scale.position(item.size), band.middle, False) for item, band, text in zip(items, grid.bands, lines, strict=True)
    ]
    return Scene(width=canvas.width, height=grid.bottom + 4, shapes=(*shapes, *grid.labels(), *value_labels(places, canvas)))


def _table(spec: ResolvedSpec, found: CrossTab, canvas: Canvas) -> Scene:
    size = canvas.text_size
    rows = [wrap(word, size, canvas.width * 0.3) for word in found.row_words]
    left = max(block_width(lines, size) for lines in rows) + 12
    pitch = (canvas.width - left) / len(found.columns)
    heads, top = _heads(found, canvas, left, pitch)
    most = max(found.counts.values(), default=1)
    longest = pitch - text_width(spec.number(most), canvas.small_size) - (8 if canvas.narrow else 14)
    tall = canvas.line_height + 9
    shapes: list[Shape] = [*heads]
    for right in range(len(found.columns)):
        x = left + pitch * right
        shapes.append(line(((x, top), (x, top + tall * len(rows))), stroke="muted", stroke_width=1))
    for down, (row, lines) in enumerate(zip(found.rows, rows, strict=True)):
        y = top + tall * (down + 0.5)
        shapes += text_block(lines, 0, y - text_height(lines, size) / 2, size)
        for right, column in enumerate(found.columns):
            if count := found.counts.get((row, column), 0):
                x = left + pitch * right
                end = x + longest * count / most
                shapes.append(rectangle(x, y - 7, end, y + 7, fill="c1", stroke="c1", row=down))
                shapes.append(
                    Label(x=end + 5, y=centred_baseline(y, canvas.small_size), text=spec.number(count), size=canvas.small_size)
                )
    return Scene(width=canvas.width, height=top + tall * len(rows) + 3, shapes=tuple(shapes))


def _heads(found: CrossTab, canvas: Canvas, left: float, pitch: float) -> tuple[list[Shape], float]:
    """Names of the columns above them, and their height; where they are too long, each on a line of its own."""
    size, words = canvas.small_size, found.column_words
    if all(longest_word_width(word, size) <= pitch - 8 for word in words):
        wrapped = [wrap(word, size, pitch - 8) for word in words]
        deep = max(text_height(lines, size) for lines in wrapped)
        placed = [
            text_block(lines, left + pitch * n, deep - text_height(lines, size), size, colour="muted")
            for n, lines in enumerate(wrapped)
        ]
        return [label for labels in placed for label in labels], deep + 6
    shapes: list[Shape] = []
    deep = size * 1.32 * len(words)
    for number, word in enumerate(words):
        x, y = left + pitch * number, size * 1.32 * number
        start = min(x + 4, canvas.width - text_width(word, size))
        shapes += text_block([word], start, y, size, colour="muted")
        shapes.append(line(((x, y + 3), (x, deep + 6)), stroke="muted", stroke_width=1))
    return shapes, deep + 6

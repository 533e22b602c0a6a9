"""Counts: how many entries of a report are of each kind, as bars, or as a table of bars for two attributes."""

from __future__ import annotations

from collections.abc import Sequence
from math import fsum

from .count_links import cell_link, entry_link
from .count_sums import (
    comes_before_sum,
    list_of_totals,
    marked_sums,
    row_total,
    total_column,
    total_headings,
    total_in_words,
    total_of,
)
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
from .theme import CONTEXT_COLOUR, Canvas
from .value_marks import bar

_BAR_THICKNESS = 22.0
_PITCH, _LEAST_PITCH = 11.0, 9.0  # of squares
_LEAST_SINGLE, _LEAST_LISTED = 4.0, 5.0  # pitch of squares that are all in one line, in a table and in lists
_AROUND_SUM, _HEAD_GAP = 4.0, 24.0  # above and below the sum of marked rows; behind the headings of columns
_AROUND_LINE = 15.0  # around the number behind a line of squares, and before the line
_GAP, _NARROW_GAP = 2.0, 1.2  # between squares
_ABREAST = 10  # squares in a line, so that they are easy to count
_MOST_IN_LISTS = 400  # entries
_MOST_LINES = 8  # of squares in a cell; of more entries the counts are drawn as bars
_ROW_NAMES = (0.3, 0.14)  # of the canvas, for names of rows: in more lines where that leaves room for ten squares in a line


def counts(spec: ResolvedSpec, canvas: Canvas) -> Scene:
    """The counts that a specification asks for, as bars or as a table, whose columns a narrow canvas has below each other."""
    counted = cross_tabulate(spec)
    if len(counted.columns) < 2:  # noqa: PLR2004  a table
        return _bars(spec, counted, canvas)
    few = counted.counts.total() <= _MOST_IN_LISTS
    return _lists(spec, counted, canvas) if canvas.narrow and few else _table(spec, counted, canvas)


def _bars(spec: ResolvedSpec, counted: CrossTab, canvas: Canvas) -> Scene:
    items = [counted.item(spec, row) for row in counted.rows]
    lines = [(item.short,) for item in items]
    layout = lay_out_rows([(item.label, False) for item in items], canvas, thickness=_BAR_THICKNESS, values=lines)
    widths = [(item, value_width(text, canvas)) for item, text in zip(items, lines, strict=True)]
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

    What the specification marks stands out, or else the most frequent kind of each column. A first column has the sums.
    """
    size, small = canvas.text_size, canvas.small_size
    largest = max(counted.counts.values(), default=1)
    told = spec.phrase("marked_label")
    room = [_row_names(counted, canvas, share, spec.number(largest), told) for share in _ROW_NAMES]
    labels, left, longest = next((one for one in room if one[2] >= _ABREAST * _LEAST_PITCH), room[0])
    widths = [(canvas.width - left) / len(counted.columns)] * len(counted.columns)
    abreast, pitch = _lines_of_squares(longest)
    few = largest <= abreast * _MOST_LINES
    total_width = total_column(spec, counted, canvas)
    tried = ((one, _single_lines(spec, counted, canvas, one[1] + total_width)) for one in room) if few else ()
    for one, single in tried:
        if single:
            (labels, left, _), (widths, pitch), abreast = one, single, largest
            left += total_width
            break
    else:
        total_width = 0.0
    headings, top = _headings(spec, counted, canvas, left, widths, bare=bool(total_width))
    if total_width:
        headings += total_headings(spec, counted, left - total_width, top, small)
    fullest = [max(counted.counts.get((row, column), 0) for column in counted.columns) for row in counted.rows]
    heights = [
        max(canvas.line_height + 9, text_height(lines, size) + 5, -(-most_of // abreast) * pitch + 11 if few else 0)
        for most_of, lines in zip(fullest, labels, strict=True)
    ]
    lefts = [left + fsum(widths[:number]) for number in range(len(counted.columns))]
    shapes, bottom = list[Shape](headings), top
    for number, (row, lines) in enumerate(zip(counted.rows, labels, strict=True)):
        y = bottom + heights[number] / 2
        bottom += heights[number]
        shapes += text_block(lines, 0, y - text_height(lines, size) / 2, size)
        if total_width:
            shapes.append(row_total(spec, counted, row, (left - total_width, y), small))
        for x, column in zip(lefts, counted.columns, strict=True):
            if count := counted.counts.get((row, column), 0):
                if few:
                    shapes += _cell(spec, counted, (row, column), (x + 4, y), squares=(abreast, pitch), size=small)
                    continue
                end, colour = x + longest * count / largest, _colour(spec, counted, row, column)
                shapes.append(rectangle(x, y - 7, end, y + 7, fill=colour, stroke=colour, row=number))
                shapes.append(Label(x=end + 5, y=centred_baseline(y, small), text=spec.number(count), size=small))
            else:
                shapes.append(Label(x=x + 4, y=centred_baseline(y, small), text=spec.number(0), size=small, colour="muted"))
        if comes_before_sum(spec, counted, row):
            places = [(x + 4, (column,)) for x, column in zip(lefts, counted.columns, strict=True)]
            whole = [(left - total_width, counted.columns)] if total_width else []
            sums, taken = marked_sums(spec, counted, bottom + _AROUND_SUM, [*whole, *places], canvas)
            shapes += sums
            bottom += taken + 2 * _AROUND_SUM
    shapes[:0] = [line(((x, top), (x, bottom)), stroke="muted", stroke_width=1) for x in lefts]
    return Scene(width=canvas.width, height=bottom + 3, shapes=tuple(shapes))


def _row_names(
    counted: CrossTab, canvas: Canvas, share: float, number: str, told: str
) -> tuple[list[tuple[str, ...]], float, float]:
    """The names of rows in lines of a share of the canvas, their width, and the room for squares beside the longest number."""
    labels = [wrap(word, canvas.text_size, canvas.width * share) for word in counted.row_words]
    sums = wrap(told, canvas.text_size, canvas.width * share, bold=True)
    left = max(block_width(sums, canvas.text_size, bold=True), *(block_width(one, canvas.text_size) for one in labels)) + 12
    beside = text_width(number, canvas.small_size) + (8 if canvas.narrow else 14)
    return labels, left, (canvas.width - left) / len(counted.columns) - beside


def _lists(spec: ResolvedSpec, counted: CrossTab, canvas: Canvas) -> Scene:
    """The columns of the table below each other, each with its rows that have entries, and a square for each entry."""
    size, small = canvas.text_size, canvas.small_size
    sum_width = text_width(spec.phrase("marked_label"), size, bold=True)
    left = min(max(sum_width, *(text_width(word, size) for word in counted.row_words)) + 12, canvas.width * 0.4)
    largest = max(counted.counts.values(), default=1)
    across = canvas.width - left - text_width(spec.number(largest), small) - 10
    single = across / largest >= _LEAST_LISTED
    abreast, pitch = (largest, min(_PITCH, across / largest)) if single else _lines_of_squares(across)
    shapes, y = list_of_totals(spec, counted, canvas, left)
    for column, heading in zip(counted.columns, counted.column_words, strict=True):
        total = total_in_words(spec, counted, column)
        told = spec.noted(heading, total) if spec.phrase("counted") else f"{heading} {total}"
        lines = wrap(told, size, canvas.width, bold=True)
        shapes += text_block(lines, 0, y, size, colour=_heading_colour(spec, column), bold=True)
        y += text_height(lines, size) + 4
        for row, word in zip(counted.rows, counted.row_words, strict=True):
            if count := counted.counts.get((row, column), 0):
                lines = wrap(word, size, left - 12)
                height = max(text_height(lines, size) + 7, -(-count // abreast) * pitch + 7)
                shapes += text_block(lines, 0, y + (height - text_height(lines, size)) / 2, size)
                shapes += _cell(spec, counted, (row, column), (left, y + height / 2), squares=(abreast, pitch), size=small)
                y += height
            if comes_before_sum(spec, counted, row):
                sums, height = marked_sums(spec, counted, y + _AROUND_SUM, [(left, [column])], canvas)
                shapes += sums
                y += height + 2 * _AROUND_SUM
        y += 12
    return Scene(width=canvas.width, height=y - 9, shapes=tuple(shapes))


def _lines_of_squares(room: float) -> tuple[int, float]:
    """How many squares are in a line, and their distance: ten where they have room, else as many as fit, in fives."""
    if room >= _ABREAST * _LEAST_PITCH:
        return _ABREAST, min(_PITCH, room / _ABREAST)
    fitting = max(int(room // _PITCH), 1)
    return fitting - fitting % 5 or fitting, _PITCH


def _single_lines(spec: ResolvedSpec, counted: CrossTab, canvas: Canvas, left: float) -> tuple[list[float], float] | None:
    """The widths of columns and the pitch of squares with which each cell has one line, so that lengths can be compared.

    None where the squares would be too small. A column is as wide as its longest line or its heading.
    """
    size = canvas.small_size
    most = [max(counted.counts.get((row, column), 0) for row in counted.rows) for column in counted.columns]
    heads = [
        max(longest_word_width(word, size, bold=True), text_width(spec.number(total_of(counted, column)), size)) + _HEAD_GAP
        for word, column in zip(counted.column_words, counted.columns, strict=True)
    ]
    beside = [text_width(spec.number(count), size) + _AROUND_LINE for count in most]
    for step in range(int((_PITCH - _LEAST_SINGLE) * 10) + 1):
        pitch = _PITCH - step / 10
        needed = [max(head, count * pitch + rest) for head, count, rest in zip(heads, most, beside, strict=True)]
        if left + fsum(needed) <= canvas.width:
            return needed, pitch
    return None


def _heading_colour(spec: ResolvedSpec, column: str) -> str:
    """The accent for the columns that the specification is about."""
    return "c1" if column in spec.ids("highlight") else "ink"


def _colour(spec: ResolvedSpec, counted: CrossTab, row: str, column: str) -> str:
    """The accent for the rows that the specification marks, or without such rows for the most frequent one of a column."""
    if marked := spec.ids("marked"):
        return "c1" if row in marked else CONTEXT_COLOUR
    most = max(counted.counts.get((other, column), 0) for other in counted.rows)
    return "c1" if counted.counts[row, column] == most else CONTEXT_COLOUR


def _cell(
    spec: ResolvedSpec,
    counted: CrossTab,
    cell: tuple[str, str],
    start: tuple[float, float],
    *,
    squares: tuple[int, float],
    size: float,
) -> list[Shape]:
    """A square for each entry of a cell, in lines around a middle height, that leads to it; and the count, to all of them."""
    (x, middle), members, colour = start, counted.members[cell], _colour(spec, counted, *cell)
    abreast, pitch = squares
    down = max(pitch, _LEAST_PITCH) if len(members) <= abreast else pitch  # a single line of narrow ones is as high as others
    top = middle - (-(-len(members) // abreast) * down - _GAP) / 2  # without the gap below the last line
    shapes: list[Shape] = []
    for number, key in enumerate(members):
        left, upper = x + number % abreast * pitch, top + number // abreast * down
        link, row = entry_link(spec, key), counted.rows.index(cell[0])
        square = (left, upper, left + pitch - _gap(pitch), upper + down - _GAP)
        shapes.append(rectangle(*square, fill=colour, row=row, link=link))
    end, link = x + min(len(members), abreast) * pitch + 3, cell_link(spec, counted, *cell)
    count = spec.number(len(members))
    return [*shapes, Label(x=end, y=centred_baseline(middle, size), text=count, size=size, link=link)]


def _gap(pitch: float) -> float:
    """The gap between squares in a line."""
    return _GAP if pitch >= _LEAST_PITCH else _NARROW_GAP


def _headings(
    spec: ResolvedSpec, counted: CrossTab, canvas: Canvas, left: float, widths: Sequence[float], *, bare: bool = False
) -> tuple[list[Shape], float]:
    """The headings of the columns with their totals, and the height they take; where a word is too wide, each has its line."""
    size, words = canvas.small_size, counted.column_words
    lefts = [left + fsum(widths[:number]) for number in range(len(words))]
    shapes: list[Shape] = []
    if all(longest_word_width(word, size, bold=True) <= width - 8 for word, width in zip(words, widths, strict=True)):
        headings = [wrap(word, size, width - 8, bold=True) for word, width in zip(words, widths, strict=True)]
        height = max(text_height(lines, size) for lines in headings)
        for x, lines, column in zip(lefts, headings, counted.columns, strict=True):
            colour = _heading_colour(spec, column)
            shapes += text_block(lines, x, height - text_height(lines, size), size, colour=colour, bold=True)
        for x, column in zip(lefts, counted.columns, strict=True):
            shapes += text_block([total_in_words(spec, counted, column, bare=bare)], x, height, size, colour="muted")
        return shapes, height + size * LINE_HEIGHT + 6
    height = size * LINE_HEIGHT * len(words)
    for number, (x, word) in enumerate(zip(lefts, words, strict=True)):
        y = size * LINE_HEIGHT * number
        start = min(x + 4, canvas.width - text_width(word, size))
        shapes += text_block([word], start, y, size, colour="muted")
        shapes.append(line(((x, y + 3), (x, height + 6)), stroke="muted", stroke_width=1))
    return shapes, height + 6

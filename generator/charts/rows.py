"""Layout of charts made of rows: a band for each row, with its label, its mark and the mark's value."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from ..records.struct import Struct, replace
from .line_breaks import phrases
from .resolved_spec import Item
from .scales import Scale
from .scene import Label, Shape, line, text_block, text_height
from .text_layout import bind_to_digits, block_width, longest_word_width, text_width, wrap
from .theme import Canvas
from .value_marks import ARROW_LENGTH

LABEL_GAP = 7.0  # between a mark and its value
LABEL_SPACE = 10.0  # between the label of a row and where its mark begins
_BAND_GAP, _GROUP_GAP, _COMPACT_GAP = 10.0, 8.0, 3.0  # between rows; more between groups of them; between compact ones
_HEADED, _ABOVE_HEADED = 3.0, 6.0  # from the name of a group to its first row, and to a label above the mark of that
_MOST_BESIDE = 2  # lines of a value and its comparison beside a mark on a narrow canvas
_NOTE_GAP = 7.0  # between a label and the note in its line
_PAIRS_GAP = 7.0  # more between compact rows whose notes stand below their labels
_MOST_ABOVE = 8  # rows whose labels stand above the marks on a narrow canvas; more have them beside, where these are short
# Shares of the canvas width:
_LABEL_COLUMN = 0.34
_BESIDE_COLUMN = 0.4
_LEAST_PLOT = 0.1
_SHORT_LABELS = 0.45
_MOST_VALUE = 0.5
_MOST_COMPARISON = {"wide": 0.25, "narrow": 0.4}


class Band(Struct, frozen=True, kw_only=True):
    """The band of one row: its label in lines, its edges, and the top and the middle of its mark.

    Its note stands in the line of the label or below it; the name of a group is above the first of its rows.
    """

    lines: tuple[str, ...]
    bold: bool
    top: float
    mark: float
    middle: float
    bottom: float
    note: tuple[str, ...] = ()
    inline: bool = False  # whether the note stands in the line of the label
    group: tuple[str, ...] = ()
    start: float | None = None  # of the label, where that stands at the right of where the mark begins


class RowLayout(Struct, frozen=True, kw_only=True):
    """The bands of all rows; `left` is where the plot begins, beside the labels or below them if they stand above the marks."""

    bands: tuple[Band, ...]
    left: float
    top: float
    bottom: float
    canvas: Canvas
    above: bool = False

    def labels(self, *, with_groups: bool = False) -> list[Label]:
        """The labels of the rows, beside their marks or above them, their notes, and the names of groups.

        These stand above the marks, or at the edge above the labels of the rows with `with_groups`.
        """
        size, labels = self.canvas.text_size, list[Label]()
        aside = not self.bands[0].group  # a group below rows without one is no heading of the chart's own
        for band in self.bands:
            top = band.top - text_height(band.group, size) - (_ABOVE_HEADED if self.above else _HEADED)
            x = 0.0 if self.above or with_groups else self.left
            anchor = "start" if band.start is None else "end"  # above its bars, which are at the left of zero
            labels += text_block(band.group, x, top, size, anchor=anchor, bold=not aside, colour="muted" if aside else "ink")
            labels += self._label(band)
        return labels

    def _label(self, band: Band) -> list[Label]:
        size, small = self.canvas.text_size, self.canvas.small_size
        height, width = text_height(band.lines, size), block_width(band.lines, size, bold=band.bold)
        below = 0.0 if band.inline else text_height(band.note, small)
        top = band.top if self.above else band.middle - (height + below) / 2
        start = 0.0 if self.above else band.start
        x, anchor = (self.left - LABEL_SPACE, "end") if start is None else (start, "start")
        note_x, note_top = (x, top + size - small) if band.inline else (x, top + height)
        if band.inline and start is not None:
            note_x += width + _NOTE_GAP
        elif band.inline:
            x -= block_width(band.note, small) + _NOTE_GAP
        notes = text_block(band.note, note_x, note_top, small, anchor=anchor, colour="muted")
        if band.inline:
            notes = [replace(notes[0], follows=_NOTE_GAP)]
        return [*text_block(band.lines, x, top, size, anchor=anchor, bold=band.bold), *notes]

    def runs(self) -> list[tuple[float, float]]:
        """The upper and the lower edge of each group of rows, or of all."""
        firsts = [number for number, band in enumerate(self.bands) if band.group or number == 0]
        lasts = [*(number - 1 for number in firsts[1:]), len(self.bands) - 1]
        return [(self.bands[first].top, self.bands[last].bottom) for first, last in zip(firsts, lasts, strict=True)]


def lay_out_rows(
    labels: Sequence[tuple[str, bool]],
    canvas: Canvas,
    *,
    top: float = 3.0,
    thickness: float | Sequence[float] = 22.0,
    values: Sequence[tuple[str, ...]] = (),
    notes: Sequence[str] = (),
    groups: Sequence[str] = (),
    group_width: float | None = None,
    compact: bool = False,
    beside: bool = False,
    raised: Sequence[float] = (),
) -> RowLayout:
    """Bands for rows with these labels (text, bold), marks of this thickness (for all rows or each), and values (in lines).

    On a narrow canvas, many rows that may be `compact` have short labels beside their marks, too, with notes below if those
    have no room beside; with `beside`, they have them in lines there. `raised` are the heights of
    values above marks. Names of groups have the width of the marks, or one that is given.
    """
    above, gap, bare = canvas.narrow, _BAND_GAP, [""] * len(labels)
    notes = [*notes, *bare[len(notes) :]]
    widths, alone = ([_one_line(*one, canvas) for one in zip(labels, words, strict=True)] for words in (notes, bare))
    if above and compact and len(labels) > _MOST_ABOVE and max(alone) < canvas.width * _SHORT_LABELS:
        above, gap, limit = False, _COMPACT_GAP, max(widths) + 1
        if limit > canvas.width * _SHORT_LABELS:  # notes stand below labels
            gap, limit = _COMPACT_GAP + _PAIRS_GAP, max(*alone, *_widths(notes, canvas.small_size)) + 1
    elif above and beside:
        plain = [width for (_, bold), width in zip(labels, alone, strict=True) if not bold]
        dates = [text_width(part, canvas.text_size, bold=bold) for text, bold in labels for part in phrases(text)]
        above, limit = False, min(max(*(plain or alone), *dates), canvas.width * _BESIDE_COLUMN) + 1
    else:
        limit = canvas.width if above else _label_column(labels, notes, widths, canvas)
    bands, y, room = list[Band](), top, canvas.width if above else canvas.width - limit - 10
    for number, (text, bold) in enumerate(labels):
        opens = not number or groups[number : number + 1] != groups[number - 1 : number]
        heading = _group_name(groups[number], group_width or room, canvas) if groups and opens else ()
        headed = (_ABOVE_HEADED if above else _HEADED) + (_GROUP_GAP if number else 0.0)
        y += text_height(heading, canvas.text_size) + headed if heading else 0.0
        value = values[number] if number < len(values) else ("",)
        mark = max(thickness if isinstance(thickness, float) else thickness[number], text_height(value, canvas.text_size))
        lines = wrap(text, canvas.text_size, limit, bold=bold)
        note = wrap(notes[number], canvas.small_size, limit) if notes[number] else ()
        inline = bool(note) and max(widths) <= limit  # the notes of all rows stand at one place
        words = text_height(lines, canvas.text_size) + (0.0 if inline else text_height(note, canvas.small_size))
        words += raised[number] if number < len(raised) else 0.0
        if above:
            middle, height = y + words + 3 + mark / 2, words + 3 + mark
        else:
            height = max(mark, words)
            middle = y + height / 2
        bands.append(
            Band(
                lines=lines, bold=bold, top=y, mark=middle - mark / 2, middle=middle, bottom=y + height,
                note=note, inline=inline, group=heading,
            )
        )  # fmt: skip
        y += height + gap
    left = 1.0 if above else limit + 10
    return RowLayout(bands=tuple(bands), left=left, top=top, bottom=y - gap, canvas=canvas, above=above)


def _group_name(name: str, width: float, canvas: Canvas) -> tuple[str, ...]:
    """The name of a group in lines."""
    return wrap(name, canvas.text_size, width, bold=True) if name else ()


def _one_line(label: tuple[str, bool], note: str, canvas: Canvas) -> float:
    """The width of a label with its note beside it."""
    text, bold = label
    beside = text_width(note, canvas.small_size) + _NOTE_GAP if note else 0.0
    return text_width(text, canvas.text_size, bold=bold) + beside


def _label_column(labels: Sequence[tuple[str, bool]], notes: Sequence[str], widths: Sequence[float], canvas: Canvas) -> float:
    """The width of the labels' column: what they need on one line each, within a share of the canvas, but no word broken.

    Where a label and its note have no room beside each other, the note has a line of its own.
    """
    size = canvas.text_size
    one_line = max(widths, default=0.0)
    if one_line > canvas.width * _LABEL_COLUMN:
        one_line = max(*(text_width(text, size, bold=bold) for text, bold in labels), *_widths(notes, canvas.small_size))
    word = max((longest_word_width(text, size, bold=bold) for text, bold in labels), default=0.0)
    return max(min(one_line, canvas.width * _LABEL_COLUMN), min(word, canvas.width * 0.45)) + 1


def _widths(notes: Sequence[str], size: float) -> list[float]:
    return [text_width(note, size) for note in notes]


def value_lines(item: Item, canvas: Canvas, *, bold: bool = False) -> tuple[str, ...]:
    """The value of a mark in lines, broken only where it would leave no space for the mark, after a digit only if it must."""
    size, limit, bound = canvas.text_size, canvas.width * _MOST_VALUE, bind_to_digits(item.short)
    fits = longest_word_width(bound, size, bold=bold) <= limit
    return wrap(bound if fits else item.short, size, limit, bold=bold)


def comparison_lines(item: Item, canvas: Canvas) -> tuple[str, ...]:
    """What the value of a mark comes to beside another, in lines that stand below the value."""
    return wrap(item.comparison, canvas.small_size, canvas.width * _MOST_COMPARISON[canvas.name]) if item.comparison else ()


def value_width(lines: tuple[str, ...], canvas: Canvas, *, bold: bool = False, comparison: tuple[str, ...] = ()) -> float:
    """The width that a value and the comparison below it take beside a mark, with the gap between them."""
    return max(block_width(lines, canvas.text_size, bold=bold), block_width(comparison, canvas.small_size)) + LABEL_GAP


def value_label(
    lines: tuple[str, ...],
    x: float,
    middle: float,
    canvas: Canvas,
    *,
    bold: bool = False,
    at_left: bool = False,
    comparison: tuple[str, ...] = (),
) -> list[Label]:
    """The value of a mark that ends at `x`, at its right or left, and a comparison below it; centred on the height `middle`."""
    size, small = canvas.text_size, canvas.small_size
    top = middle - (text_height(lines, size) + text_height(comparison, small)) / 2
    start, anchor = (x - LABEL_GAP, "end") if at_left else (x + LABEL_GAP, "start")
    return [
        *text_block(lines, start, top, size, anchor=anchor, bold=bold),
        *text_block(comparison, start, top + text_height(lines, size), small, anchor=anchor),
    ]


def raised_heights(items: Sequence[Item], blocks: Sequence[tuple[str, ...]], canvas: Canvas) -> list[float]:
    """The heights of values and comparisons above bars: 0 where the lines of none of them, beside its bar, tower over it."""
    towers = canvas.narrow and any(len(block) > _MOST_BESIDE for block in blocks)
    return [raised_value(item, 0, canvas)[1] if towers else 0.0 for item in items]


def raised_value(item: Item, top: float, canvas: Canvas) -> tuple[list[Label], float]:
    """A value and its comparison above a mark, which beside it would take too many lines, and the height that they take."""
    size, small = canvas.text_size, canvas.small_size
    [value] = text_block([item.short], 0, top, size, bold=item.emphasis)
    if not item.comparison:
        return [value], text_height(("",), size)
    x = value.bounds[2] + _NOTE_GAP
    if x + text_width(item.comparison, small) <= canvas.width:
        beside = replace(text_block([item.comparison], x, top + size - small, small)[0], follows=_NOTE_GAP)
        return [value, beside], text_height(("",), size)
    lines = wrap(item.comparison, small, canvas.width)
    below = text_block(lines, 0, top + text_height(("",), size), small)
    return [value, *below], text_height(("",), size) + text_height(lines, small)


def fit_scale(
    layout: RowLayout,
    low: Decimal,
    high: Decimal,
    items: Sequence[tuple[Item, float]],
    *,
    log: bool = False,
    left: float | None = None,
    arrow: float = ARROW_LENGTH,
) -> Scale:
    """The widest scale on which every item leaves the width that is given for its value at the right of its mark.

    A mark has an arrow of this length past an open bound.
    """
    start = layout.left if left is None else left
    unit_scale = Scale(low=low, high=high, start=0.0, end=1.0, log=log)
    end = layout.canvas.width - 1
    for item, width in items:
        far = item.value.high if item.value.high is not None else item.value.low
        share = unit_scale.position(max(far, low)) if far is not None else 0.0
        overhang = max(arrow, 1.0) if item.value.high is None else 1.0
        if share > 0:
            end = min(end, start + (layout.canvas.width - 1 - start - width - overhang) / share)
    return Scale(low=low, high=high, start=start, end=max(end, start + layout.canvas.width * _LEAST_PLOT), log=log)


def zero_lines(layout: RowLayout, x: float, thickness: float = 0.0) -> list[Shape]:
    """The vertical line that bars start from, in a piece for each row if labels stand between the bars, else for each group.

    A piece is as long as the bar, if its thickness is given, or as the band of its row.
    """
    if layout.above:
        half = thickness / 2
        edges = [(band.middle - half, band.middle + half) if half else (band.mark, band.bottom) for band in layout.bands]
        ends = [(top - 1, bottom + 3) for top, bottom in edges]
        return [line(((x, top), (x, end)), stroke="muted", stroke_width=1.4) for top, end in ends]
    return [line(((x, top - 3), (x, bottom + 3)), stroke="muted", stroke_width=1.4) for top, bottom in layout.runs()]

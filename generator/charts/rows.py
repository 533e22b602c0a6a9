"""Layout of charts made of rows: a band for each row, with its label, its mark and the mark's value."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from decimal import Decimal

from .resolved_spec import Item
from .scales import Scale
from .scene import Label, Shape, line, text_block, text_height
from .text_layout import bind_to_digits, block_width, longest_word_width, text_width, wrap
from .theme import Canvas
from .value_marks import ARROW_LENGTH

LABEL_GAP = 7.0  # between a mark and its value
_BAND_GAP = 10.0
# Shares of the canvas width:
_LABEL_COLUMN = 0.34
_LEAST_PLOT = 0.1
_MOST_VALUE = 0.56


@dataclass(frozen=True, slots=True, kw_only=True)
class Band:
    """The band of one row: its label in lines, its edges, and the top and the middle of its mark."""

    lines: tuple[str, ...]
    bold: bool
    top: float
    mark: float
    middle: float
    bottom: float


@dataclass(frozen=True, slots=True, kw_only=True)
class RowLayout:
    """The bands of all rows; `left` is where the plot begins, beside the labels or below them on a narrow canvas."""

    bands: tuple[Band, ...]
    left: float
    top: float
    bottom: float
    canvas: Canvas

    def labels(self) -> list[Label]:
        """The labels of the rows, right-aligned in their column, or above the marks on a narrow canvas."""
        labels: list[Label] = []
        size = self.canvas.text_size
        for band in self.bands:
            if self.canvas.narrow:
                labels += text_block(band.lines, 0, band.top, size, bold=band.bold)
            else:
                top = band.middle - text_height(band.lines, size) / 2
                labels += text_block(band.lines, self.left - 10, top, size, anchor="end", bold=band.bold)
        return labels


def lay_out_rows(
    labels: Sequence[tuple[str, bool]],
    canvas: Canvas,
    *,
    top: float = 3.0,
    thickness: float = 22.0,
    values: Sequence[tuple[str, ...]] = (),
    headings: Collection[int] = (),
) -> RowLayout:
    """Bands for rows with these labels (text, bold), marks of this thickness, and values (in lines).

    On a narrow canvas, rows whose numbers are among `headings` have no room for a mark.
    """
    size = canvas.text_size
    limit = canvas.width if canvas.narrow else _label_column(labels, canvas)
    bands = []
    y = top
    for number, (text, bold) in enumerate(labels):
        lines = wrap(text, size, limit, bold=bold)
        label_height = text_height(lines, size)
        mark_height = max(thickness, text_height(values[number] if number < len(values) else ("",), size))
        above = label_height + 3 if canvas.narrow else 0.0
        mark_height = 0.0 if canvas.narrow and number in headings else mark_height
        height = above + (mark_height if canvas.narrow else max(mark_height, label_height))
        middle = y + above + mark_height / 2 if canvas.narrow else y + height / 2
        bands.append(Band(lines=lines, bold=bold, top=y, mark=middle - mark_height / 2, middle=middle, bottom=y + height))
        y += height + _BAND_GAP
    left = 1.0 if canvas.narrow else limit + 10
    return RowLayout(bands=tuple(bands), left=left, top=top, bottom=y - _BAND_GAP, canvas=canvas)


def _label_column(labels: Sequence[tuple[str, bool]], canvas: Canvas) -> float:
    """The width of the labels' column: what they need on one line each, within a share of the canvas, but no word broken."""
    size = canvas.text_size
    one_line = max((text_width(text, size, bold=bold) for text, bold in labels), default=0.0)
    word = max((longest_word_width(text, size, bold=bold) for text, bold in labels), default=0.0)
    return max(min(one_line, canvas.width * _LABEL_COLUMN), min(word, canvas.width * 0.45)) + 1


def value_lines(item: Item, canvas: Canvas, *, bold: bool = False) -> tuple[str, ...]:
    """The value of a mark in lines, broken only where it would leave no space for the mark, after a digit only if it must."""
    size, limit, bound = canvas.text_size, canvas.width * _MOST_VALUE, bind_to_digits(item.short)
    fits = longest_word_width(bound, size, bold=bold) <= limit
    return wrap(bound if fits else item.short, size, limit, bold=bold)


def value_width(lines: tuple[str, ...], size: float, *, bold: bool = False) -> float:
    """The width that a value takes beside its mark, with the gap between them."""
    return block_width(lines, size, bold=bold) + LABEL_GAP


def value_label(
    lines: tuple[str, ...], x: float, middle: float, canvas: Canvas, *, bold: bool = False, at_left: bool = False
) -> list[Label]:
    """The value of a mark that ends at `x`, at its right or at its left, centred on the height `middle`."""
    top = middle - text_height(lines, canvas.text_size) / 2
    start = x - LABEL_GAP if at_left else x + LABEL_GAP
    return text_block(lines, start, top, canvas.text_size, anchor="end" if at_left else "start", bold=bold)


def fit_scale(
    layout: RowLayout,
    low: Decimal,
    high: Decimal,
    items: Sequence[tuple[Item, float]],
    *,
    log: bool = False,
    left: float | None = None,
    clear_of: Decimal | None = None,
) -> Scale:
    """The widest scale on which every item leaves the width that is given for its value at the right of its mark.

    Values may have to stand beyond the amount `clear_of`, where a reference line is.
    """
    start = layout.left if left is None else left
    unit_scale = Scale(low=low, high=high, start=0.0, end=1.0, log=log)
    end = layout.canvas.width - 1
    for item, width in items:
        far = item.value.high if item.value.high is not None else item.value.low
        share = unit_scale.position(max(far, low, clear_of or low)) if far is not None else 0.0
        overhang = ARROW_LENGTH if item.value.high is None else 1.0
        if share > 0:
            end = min(end, start + (layout.canvas.width - 1 - start - width - overhang) / share)
    return Scale(low=low, high=high, start=start, end=max(end, start + layout.canvas.width * _LEAST_PLOT), log=log)


def zero_lines(layout: RowLayout, x: float) -> list[Shape]:
    """The vertical line that bars start from, in a piece for each row where labels stand between the bars."""
    if layout.canvas.narrow:
        return [line(((x, band.mark - 1), (x, band.bottom + 3)), stroke="muted", stroke_width=1.4) for band in layout.bands]
    return [line(((x, layout.top - 3), (x, layout.bottom + 3)), stroke="muted", stroke_width=1.4)]

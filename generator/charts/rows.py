"""Charts made of rows: labels beside the marks, or above them where space is narrow, and values at the marks' ends."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from .resolved_spec import Item
from .scales import Scale
from .scene import Label, Shape, line, text_block, text_height
from .text_layout import bind_to_digits, block_width, longest_word_width, text_width, wrap
from .theme import Canvas
from .value_marks import ARROW_LENGTH, TEETH_OVERHANG

_COLUMN, _LEAST, _GAP = 0.34, 0.1, 10.0

_VALUE_SHARE = 0.46

LABEL_GAP = 7.0  # between a mark and its value


@dataclass(frozen=True, slots=True, kw_only=True)
class Band:
    """The place of one row: its label's lines, and the top and middle of its mark."""

    lines: tuple[str, ...]
    bold: bool
    top: float
    mark: float
    middle: float
    bottom: float


@dataclass(frozen=True, slots=True, kw_only=True)
class RowLayout:
    """All rows, and where the plot beside their labels begins."""

    bands: tuple[Band, ...]
    left: float
    top: float
    bottom: float
    canvas: Canvas

    def labels(self) -> list[Label]:
        """The rows' labels: at the right of their column, or above the marks."""
        found: list[Label] = []
        size = self.canvas.text_size
        for band in self.bands:
            if self.canvas.narrow:
                found += text_block(band.lines, 0, band.top, size, bold=band.bold)
            else:
                top = band.middle - text_height(band.lines, size) / 2
                found += text_block(band.lines, self.left - 10, top, size, anchor="end", bold=band.bold)
        return found


def lay_out_rows(
    labels: Sequence[tuple[str, bool]],
    canvas: Canvas,
    *,
    top: float = 3.0,
    thickness: float = 22.0,
    values: Sequence[tuple[str, ...]] = (),
) -> RowLayout:
    """Places for rows with these labels (text, bold) and values (already in lines)."""
    size = canvas.text_size
    if canvas.narrow:
        left = 1.0
        limit = canvas.width
    else:
        natural = max((text_width(text, size, bold=bold) for text, bold in labels), default=0.0)
        word = max((longest_word_width(text, size, bold=bold) for text, bold in labels), default=0.0)
        limit = max(min(natural, canvas.width * _COLUMN), min(word, canvas.width * 0.45)) + 1
        left = limit + 10
    bands = []
    y = top
    for number, (text, bold) in enumerate(labels):
        lines = wrap(text, size, limit, bold=bold)
        value_lines = values[number] if number < len(values) else ("",)
        mark = max(thickness, text_height(value_lines, size))
        above = text_height(lines, size) + 3 if canvas.narrow else 0.0
        tall = above + (mark if canvas.narrow else max(mark, text_height(lines, size)))
        middle = y + above + mark / 2 if canvas.narrow else y + tall / 2
        bands.append(Band(lines=lines, bold=bold, top=y, mark=middle - mark / 2, middle=middle, bottom=y + tall))
        y += tall + _GAP
    return RowLayout(bands=tuple(bands), left=left, top=top, bottom=y - _GAP, canvas=canvas)


def value_lines(item: Item, canvas: Canvas, *, bold: bool = False) -> tuple[str, ...]:
    """A value beside its mark, broken only where it would leave the mark no space, and never after a digit."""
    return wrap(bind_to_digits(item.short), canvas.text_size, canvas.width * _VALUE_SHARE, bold=bold)


def fit_scale(
    layout: RowLayout,
    low: Decimal,
    high: Decimal,
    items: Sequence[tuple[Item, float]],
    *,
    log: bool = False,
    left: float | None = None,
    start_past: Decimal | None = None,
) -> Scale:
    """The widest scale that leaves every mark the room its value needs at its right, beyond `past` if that is farther."""
    start = layout.left if left is None else left
    unit = Scale(low=low, high=high, start=0.0, end=1.0, log=log)
    end = layout.canvas.width - 1
    for item, room in items:
        far = item.value.high if item.value.high is not None else item.value.low
        part = unit.position(max(far, low, start_past or low)) if far is not None else 0.0
        beyond = ARROW_LENGTH if item.value.high is None else TEETH_OVERHANG
        if part > 0:
            end = min(end, start + (layout.canvas.width - 1 - start - room - beyond) / part)
    return Scale(low=low, high=high, start=start, end=max(end, start + layout.canvas.width * _LEAST), log=log)


def value_labels(
    places: Sequence[tuple[tuple[str, ...], float, float, bool]], canvas: Canvas, *, left: bool = False
) -> list[Label]:
    """Values at the right of their marks, or the left: lines, x, middle, bold."""
    found: list[Label] = []
    for lines, x, middle, bold in places:
        top = middle - text_height(lines, canvas.text_size) / 2
        at = x - LABEL_GAP if left else x + LABEL_GAP
        found += text_block(lines, at, top, canvas.text_size, anchor="end" if left else "start", bold=bold)
    return found


def zero_lines(layout: RowLayout, x: float) -> list[Shape]:
    """The line that bars start from; cut where labels stand between the bars."""
    if layout.canvas.narrow:
        return [line(((x, band.mark - 1), (x, band.bottom + 3)), stroke="muted", stroke_width=1.4) for band in layout.bands]
    return [line(((x, layout.top - 3), (x, layout.bottom + 3)), stroke="muted", stroke_width=1.4)]


def label_width(lines: tuple[str, ...], size: float, *, bold: bool = False) -> float:
    """What a value takes beside its mark."""
    return block_width(lines, size, bold=bold) + LABEL_GAP

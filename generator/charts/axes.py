"""Axes of charts made of rows: ticks with labels, grid lines and reference lines that leave labels readable."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal
from itertools import pairwise

from ..model.units import Unit
from .resolved_spec import ResolvedSpec
from .rows import RowLayout
from .scales import Scale, ticks
from .scene import LINE_HEIGHT, Label, Shape, line, text_block, text_height
from .text_layout import text_width, wrap
from .theme import Canvas

_SHORTEST = 4.0

_TOLD = 3  # ticks, zero among them

_CLEAR = 4.0  # between a line and a word that it would otherwise touch


def value_axis(
    spec: ResolvedSpec,
    layout: RowLayout,
    scale: Scale,
    unit: Unit,
    amounts: Sequence[Decimal],
    *,
    note: str = "",
    words: Sequence[Label] = (),
) -> tuple[list[Shape], float]:
    """Vertical grid lines, open where words stand, with as many amounts below as fit side by side; and the height taken."""
    canvas = layout.canvas
    worded = {amount: spec.tick(amount, unit) for amount in amounts}
    strides = (amounts[::stride] for stride in range(1, len(amounts)))
    listed = next(
        (some for some in strides if _are_apart([(scale.position(one), worded[one]) for one in some], canvas)), amounts[:1]
    )
    shapes: list[Shape] = []
    top, end = (layout.bottom + 5, layout.bottom + 9) if canvas.narrow else (layout.top - 2, layout.bottom + 5)
    if canvas.narrow:
        shapes.append(line(((scale.start, top), (scale.end, top)), stroke="muted", stroke_width=1))
    for amount in listed:
        x = scale.position(amount)
        half = text_width(worded[amount], canvas.small_size) / 2
        colour = "muted" if canvas.narrow else "grid"
        shapes += [
            line(((x, start), (x, stop)), stroke=colour, stroke_width=1) for start, stop in clear_segments(words, x, top, end)
        ]
        middle = min(max(x, half), canvas.width - half)
        shapes.append(
            Label(
                x=middle,
                y=end + 2 + canvas.small_size,
                text=worded[amount],
                size=canvas.small_size,
                colour="muted",
                anchor="middle",
            )
        )
    height = end + 2 - layout.bottom + canvas.small_size * LINE_HEIGHT
    if note:
        left = 0.0 if canvas.narrow else scale.start
        lines = wrap(note, canvas.small_size, canvas.width - left)
        shapes += text_block(lines, left, layout.bottom + height + 4, canvas.small_size, colour="muted")
        height += text_height(lines, canvas.small_size) + 4
    return shapes, height


def axis_ticks(low: Decimal, high: Decimal, canvas: Canvas) -> list[Decimal]:
    """The ticks of a linear scale."""
    return ticks(low, high, 3 if canvas.narrow else 5)


def inner_ticks(low: Decimal, high: Decimal, canvas: Canvas) -> list[Decimal]:
    """Ticks that do not pass the ends of a linear scale, as many as tell its measure."""
    for about in range(3 if canvas.narrow else 5, 11):
        found = [amount for amount in ticks(low, high, about) if low <= amount <= high]
        if len(found) >= _TOLD:
            break
    return found


def start_past(start: float, room: float, x: float) -> float:
    """Where a value of this width begins: past a vertical line that would run through it or touch it."""
    return max(x, start) if x < start + room + _CLEAR else start


def reference_line(x: float, layout: RowLayout, labels: Sequence[Label], rows: tuple[int, int], colour: str) -> list[Shape]:
    """A dashed line from above one row down to the mark of another, open where words stand."""
    first, last = rows
    edges = [layout.top, *(band.bottom for band in layout.bands[:last]), layout.bands[last].middle]
    return [
        line(((x, top), (x, end)), stroke=colour, stroke_width=1.4, dashes=(4, 3))
        for top, end in clear_segments(labels, x, edges[first], edges[-1])
    ]


def clear_segments(labels: Sequence[Label], x: float, top: float, end: float) -> Iterator[tuple[float, float]]:
    """The stretches of a vertical line that run through no words, those left out that are too short to be seen as a line."""
    met = sorted(
        (high - 3, low + 3) for left, high, right, low in (label.bounds for label in labels) if left - 3 < x < right + 3
    )
    for high, low in [*met, (end, end)]:
        if min(high, end) - top > _SHORTEST:
            yield top, min(high, end)
        top = max(top, low)


def _are_apart(labels: Sequence[tuple[float, str]], canvas: Canvas) -> bool:
    """Whether labels centred on these places, but kept inside, leave gaps between them."""
    spans = []
    for x, text in sorted(labels):
        half = text_width(text, canvas.small_size) / 2
        middle = min(max(x, half), canvas.width - half)
        spans.append((middle - half, middle + half))
    return all(right + 8 < left for (_, right), (left, _) in pairwise(spans))

"""Rows on both sides of zero: the label of each stands across zero from its bar, or its value where labels are above bars."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from math import fsum

from ..records.struct import replace
from .drawn_values import signed
from .resolved_spec import Item
from .rows import LABEL_SPACE, Band, RowLayout
from .scales import Scale
from .text_layout import block_width
from .theme import Canvas
from .value_marks import is_negative

_HALVINGS = 30  # of the range of scales, until it is much narrower than a pixel


def two_sided(
    layout: RowLayout, items: Sequence[Item], widths: Sequence[float], ends: tuple[Decimal, Decimal]
) -> tuple[RowLayout, Scale] | None:
    """The layout and the widest scale from the first to the second end, for values of these widths in pixels.

    None where all bars are on one side, or where a name of a group has no room.
    """
    canvas, falls = layout.canvas, [is_negative(item) for item in items]
    if all(falls) or not any(falls):
        return None
    labels = [_label_width(band, canvas) + LABEL_SPACE for band in layout.bands]
    at_ends, across = ([0.0] * len(items), widths) if layout.above else (widths, labels)
    rows = list(zip(falls, (abs(float(item.size)) for item in items), at_ends, across, strict=True))

    def sides(per_unit: float) -> tuple[float, float]:
        """The width that both sides of zero take, with so many pixels for 1."""
        left, right = (
            max(size * per_unit + width if fall is at_left else label for fall, size, width, label in rows)
            for at_left in (True, False)
        )
        return left, right

    low, high = 0.0, canvas.width / max(size for _, size, _, _ in rows)
    for _ in range(_HALVINGS):
        middle = (low + high) / 2
        low, high = (middle, high) if fsum(sides(middle)) <= canvas.width - 2 else (low, middle)
    zero = sides(low)[0] + 1
    first, last = (zero + float(end) * low for end in ends)
    scale = Scale(low=ends[0], high=ends[1], start=first, end=last)
    if layout.above:
        return layout, scale
    rooms = (zero if fall else canvas.width - zero for fall in falls)
    groups = (block_width(band.group, canvas.text_size, bold=True) for band in layout.bands)
    if any(width > room for width, room in zip(groups, rooms, strict=True)):
        return None
    bands = (replace(band, start=zero + LABEL_SPACE if fall else None) for band, fall in zip(layout.bands, falls, strict=True))
    return replace(layout, bands=tuple(bands), left=zero), scale


def with_signs(items: Sequence[Item]) -> list[Item]:
    """The items, with a plus sign before each rise where there are falls, which have a minus sign."""
    if not any(is_negative(item) for item in items):
        return [*items]
    return [replace(item, short=signed(item.short, rise=item.size > 0)) for item in items]


def _label_width(band: Band, canvas: Canvas) -> float:
    """The width of a row's label and its note, which stands beside or below it."""
    label, note = block_width(band.lines, canvas.text_size, bold=band.bold), block_width(band.note, canvas.small_size)
    return label + note + LABEL_SPACE if band.inline else max(label, note)

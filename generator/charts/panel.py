"""A panel of a line or column chart: the series that it shows, its grid lines and its category axis."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from .resolved_spec import Item
from .scales import Scale
from .scene import LINE_HEIGHT, Shape, line, text_block
from .text_layout import block_width, wrap
from .theme import Canvas

_KEY_LINES = 2


@dataclass(frozen=True, slots=True, kw_only=True)
class PlotSeries:
    """One column of a trend: its name, ink and cells by position."""

    name: str
    colour: str
    cells: tuple[tuple[int, Item], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Panel:
    """One set of axes: its top edge, the sides of its plot, and the scale of its height."""

    top: float
    left: float
    right: float
    scale: Scale
    canvas: Canvas


def category_axis(keys: Sequence[str], places: Sequence[float], y: float, canvas: Canvas) -> tuple[list[Shape], float]:
    """Names of periods below their places: all, or every second, third ..., so that they stand apart; and their height."""
    size = canvas.small_size
    gap = places[1] - places[0] if len(places) > 1 else canvas.width
    for stride in range(1, len(keys) + 1):
        limit = max(gap * stride - 8, size * 3)
        chosen = [(places[at], wrap(keys[at], size, limit)) for at in range(len(keys) - 1, -1, -stride)]
        halves = [block_width(lines, size) / 2 for _, lines in chosen]
        middles = [min(max(x, half), canvas.width - half) for (x, _), half in zip(chosen, halves, strict=True)]
        spans = [(middle - half, middle + half) for middle, half in zip(middles, halves, strict=True)]
        apart = all(before + 6 <= start for (start, _), (_, before) in pairwise(spans))
        if apart and all(len(lines) <= _KEY_LINES for _, lines in chosen):
            break
    shapes: list[Shape] = []
    for (x, lines), middle in zip(chosen, middles, strict=True):
        shapes.append(line(((x, y), (x, y + 4)), stroke="muted", stroke_width=1))
        shapes += text_block(lines, middle, y + 7, size, colour="muted", anchor="middle")
    return shapes, 7 + size * LINE_HEIGHT * max(len(lines) for _, lines in chosen)

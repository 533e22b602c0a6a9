"""Keys: signs and what they mean, one after the other, on as many lines as they need."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

from .scene import LEADING, Patch, Shape, height_of, lines_of
from .theme import Format
from .typeset import widest, wrap

SIGN = 20.0  # room for a sign
_GAP = 18.0
Sign = Callable[[float, float], Iterable[Patch]]  # draws a sign from its left edge and middle


def legend(entries: Sequence[tuple[Sign, str]], form: Format, top: float) -> tuple[list[Shape], float]:
    """The entries from this height on; and the height they take, none without entries."""
    shapes: list[Shape] = []
    size, x, y, deepest = form.small, 0.0, top, top
    for sign, text in entries:
        lines = wrap(text, size, form.width - SIGN - 8)
        wide = SIGN + 6 + widest(lines, size)
        if x and x + wide > form.width:
            x, y = 0.0, deepest + size * 0.35
        shapes += sign(x + 1, y + size * LEADING / 2)
        shapes += lines_of(lines, x + SIGN + 6, y, size, ink="muted")
        deepest = max(deepest, y + height_of(lines, size))
        x += wide + _GAP
    return shapes, deepest - top

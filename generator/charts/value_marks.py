"""How one quantity is drawn: as a bar or a dot, with its range, its open end, its vagueness and its status visible.

A bar is filled as far as the quantity is certain; from there to the high end of a range it is empty inside a clear
outline. An open end is an arrow, a round figure ends in a torn edge.
"""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from ..model.values import Interval, Value
from .resolved_spec import Item
from .scales import Scale, known_bounds
from .scene import Patch, line, point_marker, polygon, rectangle
from .theme import status_style

ARROW_LENGTH = 16.0  # length of the arrow of an open end

_TEETH = 4

_TOOTH = 5.0

TEETH_OVERHANG = 3.0  # by how much a torn edge passes its value

CAP_WIDTH = 3.0

_VAGUE = 1.15  # how far the whiskers of a round figure reach, in thicknesses of its dot

RANGE, ABOUT, AT_LEAST, AT_MOST = "range", "about", "at_least", "at_most"


def uncertainties(value: Value) -> list[str]:
    """What is uncertain about a value: the keys of the words for it."""
    found = [ABOUT] if value.about else []
    if isinstance(value, Interval):
        found.append(AT_LEAST if value.high is None else AT_MOST if value.low is None else RANGE)
    return found


def bar(item: Item, scale: Scale, middle: float, thickness: float, colour: str = "c1") -> Iterator[Patch]:
    """A bar from zero."""
    top, bottom, zero = middle - thickness / 2, middle + thickness / 2, scale.position(Decimal(0))
    style = status_style(item.status)
    fill = colour if style.solid else f"{colour}-soft"
    low, high = item.value.low, item.value.high
    certain = low if low is not None and low > 0 else high if high is not None and high < 0 else Decimal(0)
    if certain or (low is not None and low == high):
        end = scale.position(certain)
        plain = [(zero, top), (end, top), (end, bottom), (zero, bottom)]
        outline = toothed_bar(zero, end, top, bottom) if item.value.about and low == high else plain
        yield polygon(outline, fill=fill, stroke=colour, hatch=style.hatch, dashes=style.dashes)
    if low is None and high is not None:
        yield rectangle(zero, top, scale.position(high), bottom, fill="paper", stroke=colour, dashes=(3, 3))
        yield line(((scale.position(high), top), (scale.position(high), bottom)), stroke=colour, stroke_width=CAP_WIDTH)
    elif high is None and low is not None:
        end = scale.position(low)
        yield arrow(end, top, bottom, fill="paper", stroke=colour)
    elif low is not None and high is not None and low < high:
        yield rectangle(scale.position(low), top, scale.position(high), bottom, fill="paper", stroke=colour, stroke_width=1.6)


def is_negative(item: Item) -> bool:
    """Whether a bar lies wholly on the negative side of zero, so that its value stands at its left."""
    return item.value.low is not None and item.value.high is not None and item.value.high <= 0 and item.size < 0


def bar_extent(item: Item, scale: Scale) -> float:
    """Where the ink of a bar ends, and its value may stand: at the right, of a negative one at the left."""
    torn_by = TEETH_OVERHANG if item.value.about else 0.0
    if is_negative(item):
        return scale.position(min(known_bounds([item.value]))) - torn_by
    far = item.value.high if item.value.high is not None else item.size
    end = max(scale.position(far), scale.position(Decimal(0)))
    return end + (ARROW_LENGTH if item.value.high is None else torn_by)


def point_or_range(
    item: Item, scale: Scale, middle: float, thickness: float, colour: str = "c1", *, hollow: bool = False
) -> Iterator[Patch]:
    """A value by position alone: a dot, or an outlined bar from low to high; open ends are arrows."""
    style = status_style(item.status)
    fill = "paper" if hollow else colour if style.solid else f"{colour}-soft"
    low, high = item.value.low, item.value.high
    top, bottom = middle - thickness / 2, middle + thickness / 2
    if low is not None and high is not None and low < high:
        yield rectangle(
            scale.position(low), top, scale.position(high), bottom,
            fill=fill, stroke=colour, stroke_width=1.6, hatch=style.hatch, dashes=style.dashes,
        )  # fmt: skip
        return
    x = scale.position(low if low is not None else high if high is not None else Decimal(0))
    if low is None:
        yield arrow(x, top + 2, bottom - 2, fill="paper", stroke=colour, length=-ARROW_LENGTH)
    elif high is None:
        yield arrow(x, top + 2, bottom - 2, fill="paper", stroke=colour)
    if item.value.about:
        yield from whiskers(x, middle, thickness * _VAGUE, colour)
    yield status_marker(item.status, x, middle, thickness * 0.42, colour, hollow=hollow)


def point_or_range_extent(item: Item, scale: Scale, thickness: float) -> tuple[float, float]:
    """Where the ink of a span begins and ends."""
    low, high = item.value.low, item.value.high
    if low is not None and high is not None and low < high:
        return scale.position(low) - 1, scale.position(high) + 1
    x = scale.position(item.size)
    half = thickness * (_VAGUE if item.value.about else 0.55)
    return x - (ARROW_LENGTH if low is None else half), x + (ARROW_LENGTH if high is None else half)


def status_marker(status: str, x: float, y: float, radius: float, colour: str = "c1", *, hollow: bool = False) -> Patch:
    """The dot of a status."""
    style = status_style(status)
    fill = "paper" if hollow else colour if style.solid else f"{colour}-soft"
    return point_marker(x, y, radius, style.symbol, fill=fill, stroke=colour, stroke_width=1.8, dashes=style.dashes)


def toothed_bar(start: float, end: float, top: float, bottom: float) -> list[tuple[float, float]]:
    """A bar whose far edge is a saw, its middle at the value."""
    out = _TOOTH / 2 if end >= start else -_TOOTH / 2
    teeth = max(_TEETH, 2 * round((bottom - top) / 14))
    tick_step = (bottom - top) / teeth
    stroke = [(end + (out if tooth % 2 else -out), top + tick_step * tooth) for tooth in range(teeth + 1)]
    return [(start, top), *stroke, (start, bottom)]


def whiskers(x: float, middle: float, half: float, colour: str) -> Iterator[Patch]:
    """Whiskers to both sides of a dot, on ground of their own, so that no other line hides them."""
    yield line(((x - half, middle), (x + half, middle)), stroke="paper", stroke_width=6)
    yield line(((x - half, middle), (x + half, middle)), stroke=colour, stroke_width=2.6, dashes=(3, 2))


def arrow(x: float, top: float, bottom: float, *, fill: str, stroke: str, length: float = ARROW_LENGTH) -> Patch:
    """An open end: from here on, in this direction."""
    neck = (bottom - top) * 0.22
    middle, shoulder = (top + bottom) / 2, x + length * 0.45
    return polygon(
        [
            (x, top + neck), (shoulder, top + neck), (shoulder, top - 1), (x + length, middle),
            (shoulder, bottom + 1), (shoulder, bottom - neck), (x, bottom - neck),
        ],
        fill=fill, stroke=stroke,
    )  # fmt: skip

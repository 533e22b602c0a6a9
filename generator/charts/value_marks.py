"""Marks of one value: a bar, or a point, that shows its range, an open bound, an approximate value and its status.

A bar is filled up to what is certain; from there to the upper bound of a range it is empty inside a dashed outline, and an open
bound is an arrowhead inside its end, as lengths of bars are compared. Other marks have an arrow past it. That a value is
approximate is said by its label. Positions are in pixels, y downwards.
"""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from ..model.values import Interval, Value
from .resolved_spec import Item
from .scales import Scale, known_bounds
from .scene import Patch, line, point_marker, polygon, rectangle
from .theme import status_style

ARROW_LENGTH = 16.0
_HEAD, _HEAD_INSET = 6.0, 4.0  # of the arrowhead inside the open end of a bar: its length, and from its tip to that end
_LEAST_OPEN = 14.0  # length of a bar that has room for an arrowhead
_NARROWEST_RANGE = 6.0  # between its bounds in pixels; a narrower one is a line
CAP_WIDTH = 3.0  # of the line at an upper bound without a lower one
RANGE, ABOUT, AT_LEAST, AT_MOST = "range", "about", "at_least", "at_most"


def uncertainties(value: Value) -> list[str]:
    """The kinds of uncertainty of a value, which are also the keys of their words."""
    kinds = [ABOUT] if value.about else []
    if isinstance(value, Interval):
        kinds.append(AT_LEAST if value.high is None else AT_MOST if value.low is None else RANGE)
    return kinds


def bar(item: Item, scale: Scale, middle: float, thickness: float, colour: str = "c1") -> Iterator[Patch]:
    """A horizontal bar from zero, centred on the height `middle`."""
    top, bottom, zero = middle - thickness / 2, middle + thickness / 2, scale.position(Decimal(0))
    style = status_style(item.look)
    fill = colour if style.solid else f"{colour}-soft"
    low, high = item.value.low, item.value.high
    certain = low if low is not None and low > 0 else high if high is not None and high < 0 else Decimal(0)
    if certain or (low is not None and low == high):
        end = scale.position(certain)
        yield rectangle(zero, top, end, bottom, fill=fill, stroke=colour, hatch=style.hatch, dashes=style.dashes)
    if low is None and high is not None:
        end = scale.position(high)
        yield rectangle(zero, top, end, bottom, fill="paper", stroke=colour, dashes=(3, 3))
        yield line(((end, top), (end, bottom)), stroke=colour, stroke_width=CAP_WIDTH)
    elif high is None and low is not None:
        yield from _arrowhead(
            zero, scale.position(low), (top, bottom), "paper" if style.solid else colour, fill if style.hatch else ""
        )
    elif low is not None and high is not None and low < high:
        ends = (scale.position(low), scale.position(high))
        is_line = abs(ends[1] - ends[0]) < _NARROWEST_RANGE
        yield rectangle(
            ends[0], top, ends[1], bottom, fill=colour if is_line else "paper", stroke=colour, dashes=() if is_line else (3, 3)
        )


def _arrowhead(zero: float, end: float, upright: tuple[float, float], colour: str, ground: str) -> Iterator[Patch]:
    """An arrowhead inside a bar from zero to its open end, which it does not lengthen; on a plain ground in a hatched one.

    It would fill a bar that is shorter than it and its surroundings, which has none.
    """
    if end - zero < _LEAST_OPEN:
        return
    (top, bottom), tip = upright, end - _HEAD_INSET
    reach = (bottom - top) / 2 - _HEAD_INSET
    points = ((tip - _HEAD, top + _HEAD_INSET), (tip, top + _HEAD_INSET + reach), (tip - _HEAD, bottom - _HEAD_INSET))
    if ground:
        yield rectangle(tip - _HEAD - _HEAD_INSET / 2, top + 1, end - 1, bottom - 1, fill=ground)
    yield line(points, stroke=colour, stroke_width=2)


def is_negative(item: Item) -> bool:
    """Whether a bar lies wholly on the negative side of zero, so that its label is at its left."""
    return item.value.low is not None and item.value.high is not None and item.value.high <= 0 and item.size < 0


def is_framed(item: Item) -> bool:
    """Whether a bar has a dashed frame: for its range, or for its status."""
    return bool(status_style(item.look).dashes) or (item.value.high is not None and item.value.low != item.value.high)


def bar_extent(item: Item, scale: Scale) -> float:
    """The x at which a bar ends and its label may begin: its right edge, or the left edge of a negative one."""
    if is_negative(item):
        return scale.position(min(known_bounds([item.value])))
    far = item.value.high if item.value.high is not None else item.size
    return max(scale.position(far), scale.position(Decimal(0)))


def point_or_range(item: Item, scale: Scale, middle: float, thickness: float, colour: str = "c1") -> Iterator[Patch]:
    """A mark that shows a value by position: a point, or a bar from the lower to the upper bound; open bounds are arrows."""
    style = status_style(item.look)
    low, high = item.value.low, item.value.high
    top, bottom = middle - thickness / 2, middle + thickness / 2
    if low is not None and high is not None and low < high:
        yield rectangle(
            scale.position(low), top, scale.position(high), bottom,
            fill=colour if style.solid else f"{colour}-soft",
            stroke=colour, stroke_width=1.6, hatch=style.hatch, dashes=style.dashes,
        )  # fmt: skip
        return
    x = scale.position(low if low is not None else high if high is not None else Decimal(0))
    if low is None:
        yield arrow(x, top + 2, bottom - 2, fill="paper", stroke=colour, length=-ARROW_LENGTH)
    elif high is None:
        yield arrow(x, top + 2, bottom - 2, fill="paper", stroke=colour)
    yield status_marker(item.look, x, middle, thickness * 0.42, colour)


def tick_or_range(item: Item, scale: Scale, middle: float, thickness: float, colour: str = "c1") -> Iterator[Patch]:
    """Such a mark among ranges, where a single value is a tick, narrower than any range; a range stays a bar."""
    low, high = item.value.low, item.value.high
    if low is None or low != high:
        yield from point_or_range(item, scale, middle, thickness, colour)
        return
    x, half = scale.position(low), CAP_WIDTH / 2
    yield rectangle(x - half, middle - thickness / 2, x + half, middle + thickness / 2, fill=colour)


def tick_or_range_extent(item: Item, scale: Scale, thickness: float) -> tuple[float, float]:
    """The x at which a mark among ranges begins and ends."""
    low, high = item.value.low, item.value.high
    if low is None or low != high:
        return point_or_range_extent(item, scale, thickness)
    return scale.position(low) - CAP_WIDTH / 2, scale.position(low) + CAP_WIDTH / 2


def point_or_range_extent(item: Item, scale: Scale, thickness: float) -> tuple[float, float]:
    """The x at which such a mark begins and ends."""
    low, high = item.value.low, item.value.high
    if low is not None and high is not None and low < high:
        return scale.position(low) - 1, scale.position(high) + 1
    x = scale.position(item.size)
    half = thickness * 0.55
    return x - (ARROW_LENGTH if low is None else half), x + (ARROW_LENGTH if high is None else half)


def status_marker(status: str, x: float, y: float, radius: float, colour: str = "c1") -> Patch:
    """The point marker of a status."""
    style = status_style(status)
    fill = colour if style.solid else f"{colour}-soft"
    return point_marker(x, y, radius, style.symbol, fill=fill, stroke=colour, stroke_width=1.8, dashes=style.dashes)


def arrow(x: float, top: float, bottom: float, *, fill: str, stroke: str, length: float = ARROW_LENGTH) -> Patch:
    """A block arrow from `x` to the right, or to the left for a negative length: the bound is open."""
    inset = (bottom - top) * 0.22
    middle, shoulder = (top + bottom) / 2, x + length * 0.45
    return polygon(
        [
            (x, top + inset), (shoulder, top + inset), (shoulder, top - 1), (x + length, middle),
            (shoulder, bottom + 1), (shoulder, bottom - inset), (x, bottom - inset),
        ],
        fill=fill, stroke=stroke,
    )  # fmt: skip

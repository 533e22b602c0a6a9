"""Links of flow charts, and the bands that show their amounts."""

from __future__ import annotations

from collections.abc import Iterator

from ..records.struct import Struct
from .resolved_spec import Item
from .scene import XY, Patch, curve, curved_band
from .theme import status_style

OPEN_GAP = 4.0  # below a band whose amount has no upper bound, for the dashed line that says so


class Link(Struct, frozen=True, kw_only=True):
    """A payment from one named party to another."""

    source: str
    target: str
    item: Item
    drawn: Item  # as it looks: filled where it has been paid, hatched where it is promised, if the specification says which


def band(item: Item, start: XY, end: XY, thickness: float, colour: str) -> Iterator[Patch]:
    """A band filled up to the lower bound and dashed up to the upper; without an upper bound, a dashed line below it."""
    style = status_style(item.look)
    low, high = item.value.low, item.value.high
    certain = thickness if high is None or low == high else thickness * float((low or 0) / high)
    if certain < thickness:
        upper_left, upper_right = ((x, y + certain) for x, y in (start, end))
        rest = thickness - certain
        yield curved_band(upper_left, upper_right, rest, fill="paper", stroke=colour, stroke_width=1, dashes=(3, 3))
    if certain:
        fill = colour if style.solid else f"{colour}-soft"
        yield curved_band(start, end, certain, fill=fill, stroke=colour, stroke_width=1, hatch=style.hatch, dashes=style.dashes)
    if high is None:
        left, right = ((x, y + thickness + OPEN_GAP - 1) for x, y in (start, end))
        yield curve(left, right, stroke=colour, stroke_width=1, dashes=(3, 3))


def most(item: Item) -> float:
    """The upper bound of an item, or its lower bound where the upper is open."""
    bound = item.value.high if item.value.high is not None else item.value.low
    return float(bound or 0)

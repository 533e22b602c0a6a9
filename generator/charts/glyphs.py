"""How one quantity is drawn: as a bar or a dot, with its range, its open end, its vagueness and its status visible.

A bar is filled as far as the quantity is certain; from there to the high end of a range it is empty inside a clear
outline. An open end is an arrow, a round figure ends in a torn edge.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from functools import partial

from ..model.values import Interval, Value
from .legend import SIGN, Sign, legend
from .resolved_spec import Item, ResolvedSpec
from .scales import Scale, ends
from .scene import Patch, Shape, box, dot, line, polygon
from .theme import LOOKS, Format, look

ARROW = 16.0  # length of the arrow of an open end
_TEETH = 4
_TOOTH = 5.0
TORN = 3.0  # by how much a torn edge passes its value
_CAP = 3.0
_VAGUE = 1.15  # how far the whiskers of a round figure reach, in thicknesses of its dot
RANGE, ABOUT, AT_LEAST, AT_MOST = "range", "about", "at_least", "at_most"


def traits(value: Value) -> list[str]:
    """What is uncertain about a value: the keys of the words for it."""
    found = [ABOUT] if value.about else []
    if isinstance(value, Interval):
        found.append(AT_LEAST if value.high is None else AT_MOST if value.low is None else RANGE)
    return found


def bar(item: Item, scale: Scale, middle: float, thickness: float, ink: str = "c1") -> Iterator[Patch]:
    """A bar from zero."""
    top, bottom, zero = middle - thickness / 2, middle + thickness / 2, scale.at(Decimal(0))
    look_ = look(item.status)
    fill = ink if look_.solid else f"{ink}-soft"
    low, high = item.value.low, item.value.high
    certain = low if low is not None and low > 0 else high if high is not None and high < 0 else Decimal(0)
    if certain or (low is not None and low == high):
        end = scale.at(certain)
        plain = [(zero, top), (end, top), (end, bottom), (zero, bottom)]
        outline = torn(zero, end, top, bottom) if item.value.about and low == high else plain
        yield polygon(outline, fill=fill, edge=ink, hatch=look_.hatch, dashes=look_.dashes)
    if low is None and high is not None:
        yield box(zero, top, scale.at(high), bottom, fill="paper", edge=ink, dashes=(3, 3))
        yield line(((scale.at(high), top), (scale.at(high), bottom)), edge=ink, weight=_CAP)
    elif high is None and low is not None:
        end = scale.at(low)
        yield _arrow(end, top, bottom, fill="paper", edge=ink)
    elif low is not None and high is not None and low < high:
        yield box(scale.at(low), top, scale.at(high), bottom, fill="paper", edge=ink, weight=1.6)


def backward(item: Item) -> bool:
    """Whether a bar lies wholly on the negative side of zero, so that its value stands at its left."""
    return item.value.low is not None and item.value.high is not None and item.value.high <= 0 and item.size < 0


def reach(item: Item, scale: Scale) -> float:
    """Where the ink of a bar ends, and its value may stand: at the right, of a negative one at the left."""
    torn_by = TORN if item.value.about else 0.0
    if backward(item):
        return scale.at(min(ends([item.value]))) - torn_by
    far = item.value.high if item.value.high is not None else item.size
    end = max(scale.at(far), scale.at(Decimal(0)))
    return end + (ARROW if item.value.high is None else torn_by)


def span(
    item: Item, scale: Scale, middle: float, thickness: float, ink: str = "c1", *, hollow: bool = False
) -> Iterator[Patch]:
    """A value by position alone: a dot, or an outlined bar from low to high; open ends are arrows."""
    look_ = look(item.status)
    fill = "paper" if hollow else ink if look_.solid else f"{ink}-soft"
    low, high = item.value.low, item.value.high
    top, bottom = middle - thickness / 2, middle + thickness / 2
    if low is not None and high is not None and low < high:
        yield box(
            scale.at(low), top, scale.at(high), bottom,
            fill=fill, edge=ink, weight=1.6, hatch=look_.hatch, dashes=look_.dashes,
        )  # fmt: skip
        return
    x = scale.at(low if low is not None else high if high is not None else Decimal(0))
    if low is None:
        yield _arrow(x, top + 2, bottom - 2, fill="paper", edge=ink, length=-ARROW)
    elif high is None:
        yield _arrow(x, top + 2, bottom - 2, fill="paper", edge=ink)
    if item.value.about:
        yield from _vague(x, middle, thickness * _VAGUE, ink)
    yield marker(item.status, x, middle, thickness * 0.42, ink, hollow=hollow)


def span_ends(item: Item, scale: Scale, thickness: float) -> tuple[float, float]:
    """Where the ink of a span begins and ends."""
    low, high = item.value.low, item.value.high
    if low is not None and high is not None and low < high:
        return scale.at(low) - 1, scale.at(high) + 1
    x = scale.at(item.size)
    half = thickness * (_VAGUE if item.value.about else 0.55)
    return x - (ARROW if low is None else half), x + (ARROW if high is None else half)


def marker(status: str, x: float, y: float, radius: float, ink: str = "c1", *, hollow: bool = False) -> Patch:
    """The dot of a status."""
    look_ = look(status)
    fill = "paper" if hollow else ink if look_.solid else f"{ink}-soft"
    return dot(x, y, radius, look_.form, fill=fill, edge=ink, weight=1.8, dashes=look_.dashes)


def key(
    brief: ResolvedSpec,
    items: Sequence[Item],
    form: Format,
    top: float,
    *,
    dots: bool = False,
    plain_ranges: bool = False,
    signs: Mapping[str, Sign] | None = None,
) -> tuple[list[Shape], float]:
    """What the looks mean, only those that occur; and the height taken. `plain_ranges` need no word.

    A mark that draws uncertainty in a way of its own gives its `signs`, one for each trait that it shows.
    """
    statuses = [status for status in LOOKS if any(item.status == status for item in items)]
    if signs is None:
        shown = (ABOUT, AT_LEAST, AT_MOST) if plain_ranges else (RANGE, ABOUT, AT_LEAST, AT_MOST)
        signs = {trait: partial(_trait_sign, trait, dots=dots) for trait in shown}
    entries: list[tuple[Sign, str]] = []
    for status in statuses if statuses != ["observed"] else []:
        ranged = all(RANGE in traits(item.value) for item in items if item.status == status)
        entries.append((partial(_status_sign, status, dots=dots and not ranged), brief.status(status)))
    found = (trait for trait in signs if any(trait in traits(item.value) for item in items))
    entries += [(signs[trait], brief.word(trait)) for trait in found]
    return legend(entries, form, top)


def _status_sign(status: str, x: float, middle: float, *, dots: bool) -> Iterator[Patch]:
    look_ = look(status)
    fill = "muted" if look_.solid else "c6-soft"
    if dots:
        yield dot(x + SIGN / 2, middle, 6, look_.form, fill=fill, edge="muted", weight=1.8, dashes=look_.dashes)
    else:
        yield box(x, middle - 6, x + SIGN, middle + 6, fill=fill, edge="muted", hatch=look_.hatch, dashes=look_.dashes)


def _trait_sign(trait: str, x: float, middle: float, *, dots: bool) -> Iterator[Patch]:
    top, bottom, right, ink = middle - 6, middle + 6, x + SIGN, "muted"
    if trait == RANGE:
        yield box(x, top, x + 9, bottom, fill="c6-soft", edge=ink)
        yield box(x if dots else x + 9, top, right, bottom, fill="c6-soft" if dots else "paper", edge=ink, weight=1.6)
    elif trait == ABOUT and dots:
        yield from _vague(x + SIGN / 2, middle, SIGN / 2 + 1, ink)
        yield dot(x + SIGN / 2, middle, 3.5, "circle", fill="c6-soft", edge=ink)
    elif trait == ABOUT:
        yield polygon(torn(x, right - 3, top, bottom), fill="c6-soft", edge=ink)
    elif trait == AT_LEAST:
        yield _arrow(x + 2, top, bottom, fill="paper", edge=ink)
    elif dots:
        yield _arrow(right - 2, top, bottom, fill="paper", edge=ink, length=-ARROW)
    else:
        yield box(x, top, right, bottom, fill="paper", edge=ink, dashes=(3, 3))
        yield line(((right, top), (right, bottom)), edge=ink, weight=_CAP)


def torn(start: float, end: float, top: float, bottom: float) -> list[tuple[float, float]]:
    """A bar whose far edge is a saw, its middle at the value."""
    out = _TOOTH / 2 if end >= start else -_TOOTH / 2
    teeth = max(_TEETH, 2 * round((bottom - top) / 14))
    step = (bottom - top) / teeth
    edge = [(end + (out if tooth % 2 else -out), top + step * tooth) for tooth in range(teeth + 1)]
    return [(start, top), *edge, (start, bottom)]


def _vague(x: float, middle: float, half: float, ink: str) -> Iterator[Patch]:
    """Whiskers to both sides of a dot, on ground of their own, so that no other line hides them."""
    yield line(((x - half, middle), (x + half, middle)), edge="paper", weight=6)
    yield line(((x - half, middle), (x + half, middle)), edge=ink, weight=2.6, dashes=(3, 2))


def _arrow(x: float, top: float, bottom: float, *, fill: str, edge: str, length: float = ARROW) -> Patch:
    """An open end: from here on, in this direction."""
    neck = (bottom - top) * 0.22
    middle, shoulder = (top + bottom) / 2, x + length * 0.45
    return polygon(
        [
            (x, top + neck), (shoulder, top + neck), (shoulder, top - 1), (x + length, middle),
            (shoulder, bottom + 1), (shoulder, bottom - neck), (x, bottom - neck),
        ],
        fill=fill, edge=edge,
    )  # fmt: skip

"""Exact numbers as a source states them, points or intervals whose ends may be open.

All numbers are Decimals with the digits as written, because these tell how precise the source is.
"""

from __future__ import annotations

import re
from decimal import ROUND_CEILING, ROUND_FLOOR, ROUND_HALF_UP, Context, Decimal

from ..records.struct import Struct, replace

_NUMBER = r"[+-]?(?:[0-9]+(?:_[0-9]+)*(?:\.[0-9]*)?|\.[0-9]+)(?:[eE][+-]?[0-9]{1,3})?"
NUMBER = re.compile(_NUMBER)
_RANGE = re.compile(rf"({_NUMBER})\s*\.\.\s*({_NUMBER})")
_PREFIXED = re.compile(rf"(>=|<=|>|<|~)\s*({_NUMBER})")
PATTERN = rf"{_NUMBER}|{_RANGE.pattern}|{_PREFIXED.pattern}"  # what `parse` accepts, save ranges that end below their start
_LONGEST, _LEAST, _MOST = 100, -99, 99  # characters of a number, and the powers of ten of its first digit
_CONTEXT = Context(prec=40)
_DOWN, _UP = Context(prec=40, rounding=ROUND_FLOOR), Context(prec=40, rounding=ROUND_CEILING)


class Point(Struct, frozen=True, kw_only=True, eq=False):
    """One number; `about` if the source states it as approximate.

    `zeros` counts the zeros that end the number behind its decimal point as written: 1 in 0.030 and in 1.50e9, 0 in 500e3.
    """

    number: Decimal
    about: bool = False
    zeros: int = 0

    def __eq__(self, other: object) -> bool:
        """Whether it is the same number, however many zeros are written."""
        return isinstance(other, Point) and (self.number, self.about) == (other.number, other.about)

    def __ne__(self, other: object) -> bool:
        """The contrary, which `Struct` would not derive."""
        return not self == other

    def __hash__(self) -> int:
        """The same for equal numbers."""
        return hash((self.number, self.about))

    @property
    def low(self) -> Decimal:
        """The smallest number that it can be."""
        return self.number

    @property
    def high(self) -> Decimal:
        """The largest number that it can be."""
        return self.number


class Interval(Struct, frozen=True, kw_only=True, eq=False):
    """All numbers between two ends: None stands for an open end, and a strict end does not belong to the interval.

    `zeros` counts for each end the zeros that end it behind its decimal point as written.
    """

    low: Decimal | None
    high: Decimal | None
    low_strict: bool = False
    high_strict: bool = False
    about: bool = False
    zeros: tuple[int, int] = (0, 0)

    def __post_init__(self) -> None:
        """Refuse an interval without an end, and one that holds no number."""
        if self.low is None and self.high is None:
            msg = "an interval needs at least one end"
            raise ValueError(msg)
        if self.low is not None and self.high is not None and self.low > self.high:
            msg = "the low end is above the high end"
            raise ValueError(msg)

    def __eq__(self, other: object) -> bool:
        """Whether it is the same interval, however many zeros are written."""
        return isinstance(other, Interval) and self._compared() == other._compared()

    def __ne__(self, other: object) -> bool:
        """The contrary, which `Struct` would not derive."""
        return not self == other

    def __hash__(self) -> int:
        """The same for equal intervals."""
        return hash(self._compared())

    def _compared(self) -> tuple[object, ...]:
        return self.low, self.high, self.low_strict, self.high_strict, self.about


Value = Point | Interval


def number(text: str) -> Decimal:
    """A Decimal with the digits as written (`72.22e9`, `26_000`).

    ValueError if the text is no plain number, or one that nothing is as large or as small as.
    """
    text = text.strip()
    if len(text) > _LONGEST or not NUMBER.fullmatch(text):
        msg = f"not a number: {text[:_LONGEST]}"
        raise ValueError(msg)
    found = Decimal(text.replace("_", ""))
    if not is_usual(found):
        msg = f"no number of a report: {text}"
        raise ValueError(msg)
    return found


def is_usual(found: Decimal) -> bool:
    """Whether a number is written, drawn and compared as it is: from 1e-99 below 1e100, with either sign, or zero."""
    return _LEAST <= found.adjusted() <= _MOST or (not found and found.adjusted() >= _LEAST - _MOST)


def parse(text: str) -> Value:
    """The value of a notation: `72.22e9`, `66e9..72e9`, `>=50`, `>10e9`, `<=5e9`, `<1`, `~500e3`."""
    text = text.strip()[: 3 * _LONGEST]
    if match := _RANGE.fullmatch(text):
        return interval(match[1], match[2])
    if match := _PREFIXED.fullmatch(text):
        return bounded(match[1], point(match[2]))
    return point(text)


def point(text: str) -> Point:
    """The number of a text, with its digits as written; ValueError as in `number`."""
    return Point(number=number(text), zeros=_zeros(text))


def interval(low: str, high: str) -> Interval:
    """The range between two numbers, with their digits as written; ValueError as in `number`, or if they are out of order."""
    return Interval(low=number(low), high=number(high), zeros=(_zeros(low), _zeros(high)))


def _zeros(text: str) -> int:
    """How many zeros end a number behind its decimal point."""
    fraction = re.split("[eE]", text.strip())[0].partition(".")[2]
    return len(fraction) - len(fraction.rstrip("0"))


def bounded(sign: str, end: Point) -> Value:
    """A value of which one end is known (`>=`, `>`, `<=`, `<`), or which is approximate (`~`)."""
    if sign == "~":
        return replace(end, about=True)
    if sign in (">=", ">"):
        return Interval(low=end.number, high=None, low_strict=sign == ">", zeros=(end.zeros, 0))
    return Interval(low=None, high=end.number, high_strict=sign == "<", zeros=(0, end.zeros))


def ends(value: Value) -> tuple[Point, ...]:
    """The ends that are known, the smaller one first; a number has one."""
    if isinstance(value, Point):
        return (value,)
    pairs = zip((value.low, value.high), value.zeros, strict=True)
    return tuple(Point(number=end, zeros=zeros) for end, zeros in pairs if end is not None)


def bound_name(value: Value) -> str:
    """What is known of a value with one open end: at_least, more_than, at_most or less_than; empty for other values."""
    if isinstance(value, Point) or (value.low is not None and value.high is not None):
        return ""
    if value.high is None:
        return "more_than" if value.low_strict else "at_least"
    return "less_than" if value.high_strict else "at_most"


def significant_digits(end: Decimal) -> int:
    """How many significant digits were written: 72.22e9 has four, 500e3 three, 0 one."""
    return max(1, len(end.as_tuple().digits))


def round_significant(end: Decimal, significant: int, rounding: str = ROUND_HALF_UP) -> Decimal:
    """A number with at most so many significant digits, half rounded away from zero unless another way is named."""
    if not end or significant_digits(end) <= significant:
        return end
    return Context(prec=significant, rounding=rounding).plus(end)


def end_roundings(value: Value) -> tuple[str, str]:
    """How the ends of a value are rounded: to the nearest, but "at least", "more than" and "less than" so that they stay true.

    "Up to" is said of announced maximums, whose rounded parts are to add up like the numbers of readers.
    """
    low = ROUND_FLOOR if value.high is None else ROUND_HALF_UP
    return low, ROUND_CEILING if value.low is None and value.high_strict else ROUND_HALF_UP


def apply_rounding(value: Value, significant: int) -> Value:
    """The value with both ends rounded; if they become equal, an approximate point."""
    down, up = end_roundings(value)
    if isinstance(value, Point):
        number, zeros = _rounded(value.number, value.zeros, significant, down)
        return replace(value, number=number, zeros=zeros)
    low, low_zeros = (None, 0) if value.low is None else _rounded(value.low, value.zeros[0], significant, down)
    high, high_zeros = (None, 0) if value.high is None else _rounded(value.high, value.zeros[1], significant, up)
    if low is not None and low == high and value.low != value.high:
        return Point(number=low, about=True)
    return replace(value, low=low, high=high, zeros=(low_zeros, high_zeros))


def _rounded(end: Decimal, zeros: int, significant: int, rounding: str) -> tuple[Decimal, int]:
    """A rounded number and its stated zeros: those of the source where no digit is left out, else none."""
    return round_significant(end, significant, rounding), zeros if significant_digits(end) <= significant else 0


def midpoint(value: Value) -> Decimal:
    """The middle of a closed value, or the only end of an open one."""
    if value.low is None:
        assert value.high is not None  # noqa: S101  an interval has at least one end
        return value.high
    return value.low if value.high is None else _CONTEXT.divide(_CONTEXT.add(value.low, value.high), Decimal(2))

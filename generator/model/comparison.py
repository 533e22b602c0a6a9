"""How two stated values relate: equal, rounding to, inside, containing, overlapping, above or below."""

from __future__ import annotations

from decimal import Context, Decimal
from enum import StrEnum

from . import arithmetic, values
from .periods import Period
from .units import Unit
from .values import Interval, Point, Value

_CONTEXT = Context(prec=30)


class Comparison(StrEnum):
    """The relation of a first value to a second."""

    EQUAL = "equals"  # the same ends, strictness and "about"
    ROUNDS = "rounds-to"  # the same numbers at the precision of the coarser one, or one of them only "about"
    INSIDE = "lies-in"
    CONTAINS = "contains"
    OVERLAPS = "overlaps"  # neither contains the other, but one number can be in both
    ABOVE = "exceeds"
    BELOW = "falls-short-of"


AGREEING = (Comparison.EQUAL, Comparison.ROUNDS, Comparison.INSIDE, Comparison.CONTAINS)
DISJOINT = (Comparison.ABOVE, Comparison.BELOW)


def comparable(unit: Unit, other: Unit) -> bool:
    """Whether two units have the same dimension."""
    return dict(unit.dimension) == dict(other.dimension)


def compare(first: Value | Period, unit: Unit, second: Value | Period, other: Unit) -> Comparison:
    """The relation of `first` to `second`, two values in units of one dimension, or two periods; else TypeError."""
    if isinstance(first, Period) or isinstance(second, Period):
        if not (isinstance(first, Period) and isinstance(second, Period)):
            msg = "a date is compared with a date"
            raise TypeError(msg)
        return _compare_periods(first, second)
    converted = _converted(first, unit.size, other.size)
    rounds = _rounds(first, _converted(second, other.size, unit.size)) or _rounds(second, converted)
    relations = (  # in this order: the first that holds
        (_same(converted, second), Comparison.EQUAL),
        (rounds, Comparison.ROUNDS),
        (_within(converted, second), Comparison.INSIDE),
        (_within(second, converted), Comparison.CONTAINS),
        (arithmetic.below(converted, second), Comparison.BELOW),
        (arithmetic.below(second, converted), Comparison.ABOVE),
    )
    return next((relation for holds, relation in relations if holds), Comparison.OVERLAPS)


def _compare_periods(first: Period, second: Period) -> Comparison:
    if (first.first, first.last) == (second.first, second.last):
        return Comparison.EQUAL
    if second.first <= first.first and first.last <= second.last:
        return Comparison.INSIDE
    if first.first <= second.first and second.last <= first.last:
        return Comparison.CONTAINS
    if first.last < second.first:
        return Comparison.BELOW
    return Comparison.ABOVE if second.last < first.first else Comparison.OVERLAPS


def _converted(value: Value, size: Decimal, other: Decimal) -> Value:
    if size == other:
        return value

    def end(number: Decimal | None) -> Decimal | None:
        return None if number is None else _CONTEXT.divide(_CONTEXT.multiply(number, size), other)

    if isinstance(value, Point):
        return Point(number=end(value.number) or Decimal(0), about=value.about)
    return Interval(
        low=end(value.low),
        high=end(value.high),
        low_strict=value.low_strict,
        high_strict=value.high_strict,
        about=value.about,
    )


def _strict(value: Value) -> tuple[bool, bool]:
    return (value.low_strict, value.high_strict) if isinstance(value, Interval) else (False, False)


def _same(a: Value, b: Value) -> bool:
    return (a.low, a.high, a.about, _strict(a)) == (b.low, b.high, b.about, _strict(b))


def _rounds(coarse: Value, fine: Value) -> bool:
    """Whether the ends of `fine`, at the digits that `coarse` was written with, are those of `coarse`."""
    if coarse.about or fine.about:  # "about ten" and "more than ten" name one number
        ends = {_known(coarse.low, coarse.high), _known(coarse.high, coarse.low)}
        others = {_known(fine.low, fine.high), _known(fine.high, fine.low)}
        pairs = list(zip(sorted(ends), sorted(others), strict=False))
        return len(ends) == len(others) and all(
            values.round_significant(b, values.significant_digits(a)) == a for a, b in pairs
        )
    return _strict(coarse) == _strict(fine) and all(
        (a is None and b is None)
        or (a is not None and b is not None and values.round_significant(b, values.significant_digits(a)) == a)
        for a, b in ((coarse.low, fine.low), (coarse.high, fine.high))
    )


def _known(end: Decimal | None, other: Decimal | None) -> Decimal:
    known = other if end is None else end
    assert known is not None  # noqa: S101  a value has at least one end
    return known


def _within(a: Value, b: Value) -> bool:
    """Whether every number of `a` lies in `b`; a strict end contains only what does not reach it either."""
    (a_low, a_high), (b_low, b_high) = _strict(a), _strict(b)
    low_fits = b.low is None or (a.low is not None and (a.low > b.low or (a.low == b.low and (a_low or not b_low))))
    high_fits = b.high is None or (a.high is not None and (a.high < b.high or (a.high == b.high and (a_high or not b_high))))
    return low_fits and high_fits


def short_notation(value: Value | Period, unit: Unit | None = None) -> str:
    """A value in the notation of data/, with at most six digits: `66e9..72e9 USD`, `>10e9`, `~500e3`, `2025-08`."""
    if isinstance(value, Period):
        return value.text
    signs = {(False, True): ">" if _strict(value)[0] else ">=", (True, False): "<" if _strict(value)[1] else "<="}
    ends = [_plain(end) for end in dict.fromkeys((value.low, value.high)) if end is not None]
    sign = "~" if value.about else ""
    text = sign + signs.get((value.low is None, value.high is None), "") + "..".join(ends)
    return f"{text} {unit.id}" if unit is not None and unit.id else text


def exact_notation(value: Value | Period) -> str:
    """A value with all its digits, in a notation that can be written under a key of data/ as it is."""
    if isinstance(value, Period):
        return value.text
    signs = {(False, True): ">" if _strict(value)[0] else ">=", (True, False): "<" if _strict(value)[1] else "<="}
    ends = [_digits(end) for end in dict.fromkeys((value.low, value.high)) if end is not None]
    text = ("~" if value.about else "") + signs.get((value.low is None, value.high is None), "") + "..".join(ends)
    return f'"{text}"' if text[0] in "<>~" else text


def _digits(end: Decimal) -> str:
    """All digits, with an exponent in place of many zeros."""
    short = _plain(end)
    return short if Decimal(short) == end else f"{end.normalize():f}"


_SIX_DIGITS = Context(prec=6)
_LONGEST_PLAIN = 6  # characters


def _plain(end: Decimal) -> str:
    """At most six digits, with an exponent that is a multiple of three in place of many zeros: 66e9, 72.22e9, 0.216145."""
    short = _SIX_DIGITS.plus(end).normalize()
    text = f"{short:f}"
    return text if len(text) <= _LONGEST_PLAIN or abs(short) < 1 else short.to_eng_string().replace("E+", "e")

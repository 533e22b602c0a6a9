"""Arithmetic on exact values: of intervals, the result contains whatever the operation gives for numbers within them.

Points are computed to forty digits; ends of intervals are rounded outward.
"""

from __future__ import annotations

from collections.abc import Callable
from decimal import ROUND_CEILING, ROUND_FLOOR, Context, Decimal

from ..records.struct import replace
from .values import Interval, Point, Value

_CONTEXT = Context(prec=40)
_DOWN, _UP = Context(prec=40, rounding=ROUND_FLOOR), Context(prec=40, rounding=ROUND_CEILING)


def add(a: Value, b: Value) -> Value:
    """Sum; an open end stays open."""
    down, up = _outward(a, b)
    low, high = _plus(a.low, b.low, down), _plus(a.high, b.high, up)
    return _combine(a, b, low=low, high=high, strict=_strict(a) or _strict(b))


def subtract(a: Value, b: Value) -> Value:
    """Difference: the smallest minus the largest, and the other way round."""
    return add(a, negate(b))


def negate(a: Value) -> Value:
    """The value with the opposite sign."""
    if isinstance(a, Point):
        return replace(a, number=_negative(a.number))
    return Interval(
        low=None if a.high is None else _negative(a.high),
        high=None if a.low is None else _negative(a.low),
        low_strict=a.high_strict,
        high_strict=a.low_strict,
        about=a.about,
        zeros=(a.zeros[1], a.zeros[0]),
    )


def _negative(end: Decimal) -> Decimal:
    """The number with the opposite sign and all its digits; of zero, zero."""
    return end.copy_negate() if end else end.copy_abs()


def multiply(a: Value, b: Value) -> Value:
    """Product."""
    return _products(a, b, Context.multiply, b.low, b.high)


def divide(a: Value, b: Value) -> Value:
    """Quotient; ArithmeticError if the divisor can be zero."""
    if _may_be_zero(b):
        msg = "the divisor may be zero"
        raise ArithmeticError(msg)
    return _products(a, b, Context.divide, b.high, b.low)


def _may_be_zero(divisor: Value) -> bool:
    """Whether it can be zero; what is stated with an upper end above zero only, as "up to", is taken not to be."""
    if divisor.low is None:
        return divisor.high == 0
    return divisor.low <= 0 and (divisor.high is None or divisor.high >= 0)


def share_of(value: Value, whole: Value | None) -> Value | None:
    """A value as a share of another one; None where that is missing or may be zero."""
    try:
        return None if whole is None else divide(value, whole)
    except ArithmeticError:
        return None


def _products(
    a: Value,
    b: Value,
    operation: Callable[[Context, Decimal, Decimal], Decimal],
    least: Decimal | None,
    most: Decimal | None,
) -> Value:
    """The operation on all pairs of ends.

    `least` and `most` are the ends of `b` that give the smallest and the largest result if nothing is negative.
    """
    ends = [(a.low, b.low), (a.low, b.high), (a.high, b.low), (a.high, b.high)]
    down, up = _outward(a, b)
    if all(x is not None and y is not None for x, y in ends):
        low = min(operation(down, x, y) for x, y in ends if x is not None and y is not None)
        high = max(operation(up, x, y) for x, y in ends if x is not None and y is not None)
        return _combine(a, b, low=low, high=high, strict=False)
    if not (_never_negative(a) and _never_negative(b)):
        msg = "an open end meets a value that may be negative"
        raise ArithmeticError(msg)
    lowest = None if a.low is None or least is None else operation(down, a.low, least)
    highest = None if a.high is None or most is None else operation(up, a.high, most)
    reached = lowest == 0 or highest == 0  # a product is zero as soon as one factor is
    return _combine(a, b, low=lowest, high=highest, strict=not reached and (_strict(a) or _strict(b)))


def _never_negative(a: Value) -> bool:
    """Whether no number of it is negative; what is stated with an upper end only, as "up to", is taken to begin at zero."""
    return (a.low is None and a.high is not None and a.high >= 0) or (a.low is not None and a.low >= 0)


def _plus(x: Decimal | None, y: Decimal | None, context: Context) -> Decimal | None:
    return None if x is None or y is None else context.add(x, y)


def _outward(a: Value, b: Value) -> tuple[Context, Context]:
    """How the ends of a result are rounded at the fortieth digit: outward, so that the interval contains the exact result."""
    return (_CONTEXT, _CONTEXT) if isinstance(a, Point) and isinstance(b, Point) else (_DOWN, _UP)


def _combine(a: Value, b: Value, *, low: Decimal | None, high: Decimal | None, strict: bool) -> Value:
    if low is None and high is None:
        msg = "nothing is known of the result: both ends are open"
        raise ArithmeticError(msg)
    about = a.about or b.about
    if low is not None and low == high:
        return Point(number=low, about=about)
    return Interval(low=low, high=high, about=about, low_strict=strict and high is None, high_strict=strict and low is None)


def _strict(a: Value) -> bool:
    return isinstance(a, Interval) and (a.low_strict or a.high_strict)


def below(a: Value, b: Value) -> bool:
    """Whether every number of `a` is less than every number of `b`."""
    if a.high is None or b.low is None:
        return False
    return a.high < b.low or (a.high == b.low and (_high_strict(a) or _low_strict(b)))


def at_most(a: Value, b: Value) -> bool:
    """Whether every number of `a` is at most every number of `b`."""
    return a.high is not None and b.low is not None and a.high <= b.low


def inside(a: Value, b: Value) -> bool:
    """Whether every number of `a` lies in `b`."""
    low_fits = b.low is None or (a.low is not None and (a.low, _low_strict(a)) >= (b.low, _low_strict(b)))
    high_fits = b.high is None or (a.high is not None and (a.high, _high_strict(b)) <= (b.high, _high_strict(a)))
    return low_fits and high_fits


def same(a: Value, b: Value) -> bool:
    """Whether both have the same ends, however these were written."""
    return inside(a, b) and inside(b, a)


def _low_strict(a: Value) -> bool:
    return isinstance(a, Interval) and a.low_strict


def _high_strict(a: Value) -> bool:
    return isinstance(a, Interval) and a.high_strict

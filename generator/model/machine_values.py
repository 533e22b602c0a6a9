"""Values for machine-readable files: the ends as exact decimal texts, and how each end is meant."""

from __future__ import annotations

from decimal import Context, Decimal

from .periods import Period
from .values import Point, Value, bound_name

BOUNDS = ("exact", "range", "at_least", "more_than", "at_most", "less_than")


_CUT_OFF = 40  # digits of a result that has no last one: arithmetic.py works with forty
_WORKED_OUT = Context(prec=17)  # as many as a binary number of 64 bits has


def decimal_text(end: Decimal | None) -> str | None:
    """A decimal without exponent; None for an open end.

    Every digit is kept, save of a result without a last one, such as a third, which is rounded to seventeen.
    """
    if end is None:
        return None
    return f"{end if len(end.as_tuple().digits) != _CUT_OFF else _WORKED_OUT.plus(end).normalize():f}"


def bounds(value: Value) -> str:
    """How the ends of a value are meant: one of BOUNDS."""
    return "exact" if isinstance(value, Point) else bound_name(value) or "range"


def exact_value(value: Value | Period) -> dict[str, object]:
    """A number as {low, high, bounds, about}, a period as {date, first, last}; numbers are texts, so that no digit is lost."""
    if isinstance(value, Period):
        return exact_period(value)
    return {"low": decimal_text(value.low), "high": decimal_text(value.high), "bounds": bounds(value), "about": value.about}


def exact_period(period: Period) -> dict[str, object]:
    """A period as {date, first, last}: as it was written, and its first and last day."""
    return {"date": period.text, "first": period.first.isoformat(), "last": period.last.isoformat()}

"""Values for machine-readable files: the ends as exact decimal texts, and how each end is meant."""

from __future__ import annotations

from decimal import Context, Decimal

from .periods import Period
from .values import Point, Value

BOUNDS = ("exact", "range", "at_least", "more_than", "at_most", "less_than")


_EXACT = 39  # most digits of a number that was not cut off: what is worked out has forty
_WORKED_OUT = Context(prec=17)  # as many as a binary number of 64 bits has


def decimal_text(end: Decimal | None) -> str | None:
    """A decimal without exponent; None for an open end.

    Every digit is kept, save of a number without an end, such as a third, which has seventeen.
    """
    if end is None:
        return None
    return f"{end if len(end.as_tuple().digits) <= _EXACT else _WORKED_OUT.plus(end):f}"


def bounds(value: Value) -> str:
    """How the ends of a value are meant: one of BOUNDS."""
    if isinstance(value, Point):
        return "exact"
    if value.high is None:
        return "more_than" if value.low_strict else "at_least"
    if value.low is None:
        return "less_than" if value.high_strict else "at_most"
    return "range"


def exact_value(value: Value | Period) -> dict[str, object]:
    """A number as {low, high, bounds, about}, a period as {date, first, last}; numbers are texts, so that no digit is lost."""
    if isinstance(value, Period):
        return exact_period(value)
    return {"low": decimal_text(value.low), "high": decimal_text(value.high), "bounds": bounds(value), "about": value.about}


def exact_period(period: Period) -> dict[str, object]:
    """A period as {date, first, last}: as it was written, and its first and last day."""
    return {"date": period.text, "first": period.first.isoformat(), "last": period.last.isoformat()}

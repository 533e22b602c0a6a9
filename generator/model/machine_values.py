"""Values for machine-readable files: the ends as exact decimal texts, and how each end is meant."""

from __future__ import annotations

from decimal import Decimal

from .periods import Period
from .values import Point, Value

BOUNDS = ("exact", "range", "at_least", "more_than", "at_most", "less_than")


def decimal_text(end: Decimal | None) -> str | None:
    """A decimal without exponent, every digit kept; None for an open end."""
    return None if end is None else f"{end:f}"


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

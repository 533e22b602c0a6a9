"""When a fact has to be looked at again, and how forecasts came out: pure functions of the data and a day."""

from __future__ import annotations

from collections import Counter
from datetime import date, timedelta

from .code_lists import RESOLUTIONS
from .report import Edition, Fact, Report

OPEN = RESOLUTIONS[0]
_MARKED = "volatile"


def review_due_date(fact: Fact, report: Report) -> date | None:
    """The last day on which the fact counts as looked at; None where it never falls due.

    A derived fact follows its operands, and a forecast that was resolved is history.
    """
    days = report.review.get(fact.review)
    if days is None or fact.formula or (fact.forecast is not None and fact.forecast.resolution != OPEN):
        return None
    known = _known_on(fact)
    return None if known is None else known + timedelta(days=days)


def _known_on(fact: Fact) -> date | None:
    """When it was said, else the end of what it is about, else when its latest evidence appeared."""
    if stated := fact.as_of or fact.period:
        return stated.last
    return max((one.source.date.last for one in fact.evidence if one.source.date), default=None)


def facts_due_for_review(edition: Edition, day: date) -> list[tuple[Fact, date]]:
    """The facts whose review is due on a day, with the day it was due by, the longest overdue first."""
    found = [
        (fact, by) for fact in edition.facts.values() if (by := review_due_date(fact, edition.report)) is not None and by < day
    ]
    return sorted(found, key=lambda pair: pair[1])


def overdue_since(edition: Edition, fact: Fact) -> date | None:
    """The day by which a volatile fact, or one it is worked out from, should have been looked at; None where it is not past."""
    if fact.formula:
        days = [overdue_since(edition, edition.facts[one]) for one in fact.inputs]
        return min((day for day in days if day is not None), default=None)
    by = review_due_date(fact, edition.report)
    return by if fact.review == _MARKED and by is not None and by < edition.report.judged_on else None


def awaits_resolution(fact: Fact, day: date) -> bool:
    """A forecast whose date has passed without a word on how it came out."""
    return fact.forecast is not None and fact.forecast.resolution == OPEN and fact.forecast.due.last < day


def forecast_counts(edition: Edition) -> dict[str, int]:
    """How many forecasts are open, borne out and missed, in this order."""
    counts = Counter(fact.forecast.resolution for fact in edition.facts.values() if fact.forecast is not None)
    return {resolution: counts[resolution] for resolution in RESOLUTIONS}

"""When facts are due for review, and how forecasts came out; "today" is a parameter, never the clock."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from datetime import date

from .code_lists import RESOLUTIONS
from .dependencies import column
from .report import Edition, Fact, Forecast, Report

OPEN = RESOLUTIONS[0]
_VOLATILE = "volatile"  # the only class of review whose overdue facts readers are told of


def review_due_date(fact: Fact, report: Report) -> date | None:
    """The last day on which a fact counts as reviewed; None if it never falls due (a derived fact, a resolved forecast)."""
    days = report.review.get(fact.review)
    if days is None or fact.formula or (fact.forecast is not None and fact.forecast.resolution != OPEN):
        return None
    known = _known_on(fact)
    return None if known is None else date.fromordinal(min(known.toordinal() + days, date.max.toordinal()))


def _known_on(fact: Fact) -> date | None:
    """Its date, else the end of the period that it is about, else that of its latest evidence; or its sign-off, if later."""
    signed = [fact.reviewed.on.last] if fact.reviewed else []
    if stated := fact.as_of or fact.period:
        return max(stated.last, *signed) if signed else stated.last
    return max((*signed, *(evidence.source.date.last for evidence in fact.evidence if evidence.source.date)), default=None)


def facts_due_for_review(edition: Edition, day: date) -> list[tuple[Fact, date]]:
    """The facts whose review is overdue on a day, with the day it was due by; the longest overdue first."""
    found = [
        (fact, by) for fact in edition.facts.values() if (by := review_due_date(fact, edition.report)) is not None and by < day
    ]
    return sorted(found, key=lambda pair: pair[1])


def overdue_since(edition: Edition, fact: Fact) -> date | None:
    """The day by which a volatile fact, or one it is derived from, should have been reviewed; None if that is not past."""
    if not fact.formula:  # most are not derived, and every link to one asks
        return _overdue(fact, edition.report)
    days = [day for one in _stated(edition, fact) if (day := _overdue(one, edition.report)) is not None]
    return min(days, default=None)


def _stated(edition: Edition, fact: Fact) -> Iterator[Fact]:
    """The facts that a fact is derived from in one or more steps, each once; a fact without a formula is its own."""
    seen, waiting = set[str](), [fact]
    while waiting:
        one = waiting.pop()
        if not one.formula:
            yield one
            continue
        fresh = [key for key in one.inputs if key not in seen]
        seen.update(fresh)
        waiting += [edition.facts[key] for key in fresh]


def _overdue(fact: Fact, report: Report) -> date | None:
    if fact.review != _VOLATILE:
        return None
    by = review_due_date(fact, report)
    return by if by is not None and by < report.evaluation_date else None


def awaits_resolution(fact: Fact, day: date) -> bool:
    """Whether a forecast is due before this day and it is still not stated how it came out."""
    return fact.forecast is not None and fact.forecast.resolution == OPEN and fact.forecast.due.last < day


def forecast_counts(edition: Edition) -> dict[str, int]:
    """How many forecasts have each resolution, in the order of RESOLUTIONS."""
    forecasts: Iterable[Forecast | None] = column(edition.facts, "forecast").values()
    counts = Counter(forecast.resolution for forecast in forecasts if forecast is not None)
    return {resolution: counts[resolution] for resolution in RESOLUTIONS}

"""Nothing is stale without saying so: facts are looked at again in time, and forecasts are judged, by their numbers."""

from __future__ import annotations

from collections.abc import Iterator

from ..diagnostics.finding import Clause, Diagnostic
from ..model.comparison import APART, Standing, comparable, compare, told
from ..model.freshness import due_on, unresolved
from ..model.periods import Period
from ..model.report import Fact
from ..reading.validators import Entry
from .context import Project, written

_INSIDE = (Standing.EQUAL, Standing.CONTAINS)


def reviews_due(project: Project) -> Iterator[Diagnostic]:
    """What should have been looked at by the day that was asked for; nothing where none was."""
    if project.options.as_of is None:
        return
    for fact, by in due_on(project.edition, project.options.as_of):
        entry = project.draft.facts[fact.id]
        yield Diagnostic(
            rule="review-due",
            severity="warning",
            span=entry.span_of("review"),
            args={"id": fact.id, "by": str(by), "review": fact.review},
        )


def forecasts_judged(project: Project) -> Iterator[Diagnostic]:
    """A forecast whose date has passed says how it came out."""
    for fact in project.edition.facts.values():
        if fact.forecast is not None and unresolved(fact, project.edition.report.judged_on):
            yield Diagnostic(
                rule="forecast-overdue",
                severity="error" if project.options.strict else "warning",
                span=_forecast(project, fact).span_of("due"),
                args={"id": fact.id, "due": fact.forecast.due.text, "as_of": str(project.edition.report.judged_on)},
            )


def resolutions_hold(project: Project) -> Iterator[Diagnostic]:
    """What an author says of a forecast is what its numbers and those of the outcome say."""
    for fact in project.edition.facts.values():
        told_of = fact.forecast
        if told_of is None or told_of.resolution == "open":
            continue
        outcome = project.edition.facts.get(told_of.outcome)
        if outcome is None:
            if "outcome" not in _forecast(project, fact).keys:
                yield _denied(project, fact, None, "no-outcome")
        elif not comparable(fact.unit, outcome.unit):
            yield _denied(project, fact, outcome, "units")
        else:
            standing = compare(fact.value, fact.unit, outcome.value, outcome.unit)
            denied = _failed(fact, standing) if told_of.resolution == "borne_out" else standing in _INSIDE
            if denied:
                yield _denied(project, fact, outcome, "", standing)


def _failed(fact: Fact, standing: Standing) -> bool:
    """Forecast and outcome cannot both be true; what came before its date did come."""
    return standing is Standing.BELOW if isinstance(fact.value, Period) else standing in APART


def _forecast(project: Project, fact: Fact) -> Entry:
    entry = project.draft.facts[fact.id]["forecast"]
    assert isinstance(entry, Entry)  # noqa: S101  settled from it
    return entry


def _denied(project: Project, fact: Fact, outcome: Fact | None, variant: str, standing: Standing | None = None) -> Diagnostic:
    assert fact.forecast is not None  # noqa: S101  asked before
    return Diagnostic(
        rule="resolution-denied",
        variant=variant,
        span=_forecast(project, fact).span_of("resolution"),
        second=written(project, outcome.id) if outcome else None,
        args={
            "id": fact.id,
            "resolution": fact.forecast.resolution,
            "forecast": told(fact.value, fact.unit),
            "standing": Clause(standing) if standing else "",
            "outcome": outcome.id if outcome else "",
            "value": told(outcome.value, outcome.unit) if outcome else "",
        },
    )

"""Nothing is stale without saying so: facts are looked at again in time, and forecasts are judged, by their numbers."""

from __future__ import annotations

from collections.abc import Iterator

from ..diagnostics.finding import Clause, Diagnostic
from ..model.comparison import DISJOINT, Comparison, comparable, compare, short_notation
from ..model.freshness import awaits_resolution, facts_due_for_review
from ..model.periods import Period
from ..model.report import Fact
from ..reading.located import Entry
from .context import RuleContext, written

_INSIDE = (Comparison.EQUAL, Comparison.CONTAINS)


def reviews_due(context: RuleContext) -> Iterator[Diagnostic]:
    """What should have been looked at by the day that was asked for; nothing where none was."""
    if context.options.as_of is None:
        return
    for fact, by in facts_due_for_review(context.edition, context.options.as_of):
        entry = context.draft.facts[fact.id]
        yield Diagnostic(
            rule="review-due",
            severity="warning",
            span=entry.span_of("review"),
            args={"id": fact.id, "by": str(by), "review": fact.review},
        )


def forecasts_judged(context: RuleContext) -> Iterator[Diagnostic]:
    """A forecast whose date has passed says how it came out."""
    for fact in context.edition.facts.values():
        if fact.forecast is not None and awaits_resolution(fact, context.edition.report.judged_on):
            yield Diagnostic(
                rule="forecast-overdue",
                severity="error" if context.options.strict else "warning",
                span=_forecast(context, fact).span_of("due"),
                args={"id": fact.id, "due": fact.forecast.due.text, "as_of": str(context.edition.report.judged_on)},
            )


def resolutions_hold(context: RuleContext) -> Iterator[Diagnostic]:
    """What an author says of a forecast is what its numbers and those of the outcome say."""
    for fact in context.edition.facts.values():
        told_of = fact.forecast
        if told_of is None or told_of.resolution == "open":
            continue
        outcome = context.edition.facts.get(told_of.outcome)
        if outcome is None:
            if "outcome" not in _forecast(context, fact).keys:
                yield _denied(context, fact, None, "no-outcome")
        elif not comparable(fact.unit, outcome.unit):
            yield _denied(context, fact, outcome, "units")
        else:
            standing = compare(fact.value, fact.unit, outcome.value, outcome.unit)
            denied = _failed(fact, standing) if told_of.resolution == "borne_out" else standing in _INSIDE
            if denied:
                yield _denied(context, fact, outcome, "", standing)


def _failed(fact: Fact, standing: Comparison) -> bool:
    """Forecast and outcome cannot both be true; what came before its date did come."""
    return standing is Comparison.BELOW if isinstance(fact.value, Period) else standing in DISJOINT


def _forecast(context: RuleContext, fact: Fact) -> Entry:
    entry = context.draft.facts[fact.id]["forecast"]
    assert isinstance(entry, Entry)  # noqa: S101  settled from it
    return entry


def _denied(
    context: RuleContext, fact: Fact, outcome: Fact | None, variant: str, standing: Comparison | None = None
) -> Diagnostic:
    assert fact.forecast is not None  # noqa: S101  asked before
    return Diagnostic(
        rule="resolution-denied",
        variant=variant,
        span=_forecast(context, fact).span_of("resolution"),
        second=written(context, outcome.id) if outcome else None,
        args={
            "id": fact.id,
            "resolution": fact.forecast.resolution,
            "forecast": short_notation(fact.value, fact.unit),
            "standing": Clause(standing) if standing else "",
            "outcome": outcome.id if outcome else "",
            "value": short_notation(outcome.value, outcome.unit) if outcome else "",
        },
    )

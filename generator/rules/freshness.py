"""Rules: facts are reviewed in time, and forecasts are resolved, as their numbers and those of their outcomes say."""

from __future__ import annotations

from collections.abc import Iterator

from ..diagnostics.finding import Clause, Diagnostic
from ..model.comparison import DISJOINT, Comparison, comparable, compare, short_notation
from ..model.freshness import awaits_resolution, facts_due_for_review
from ..model.notation import written
from ..model.periods import Period
from ..model.report import Fact
from ..reading.located_values import Entry, period_of, text_of
from ..records.struct import replace
from .context import RuleContext, of_fact_files, span_of_value

_BORNE_OUT = (Comparison.EQUAL, Comparison.CONTAINS)


def reviews_due(context: RuleContext) -> Iterator[Diagnostic]:
    """Facts whose review is due on the day that the options name, if they name one."""
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


def sign_offs_hold(context: RuleContext) -> Iterator[Diagnostic]:
    """Facts that somebody found right when they had another value: the note of it has lapsed."""
    return context.in_fact_files(_lapsed)


@of_fact_files
def _lapsed(context: RuleContext, file: str) -> Iterator[Diagnostic]:
    for fact in context.fact_files.facts(file):
        entry = context.draft.facts[fact.id]
        signed = entry["reviewed"]
        if (
            fact.reviewed is not None
            or not isinstance(signed, Entry)
            or signed.has_invalid
            or (seen := signed["value"]) is None
        ):
            continue
        on = period_of(signed, "on")
        yield Diagnostic(
            rule="lapsed-sign-off",
            severity="warning",
            span=entry.span_of("reviewed"),
            second=span_of_value(context, fact.id),
            args={
                "id": fact.id,
                "by": text_of(signed, "by"),
                "on": on.text if on else "",
                "seen": written(seen.value),
                "value": short_notation(fact.value),
            },
        )


def past_forecasts_resolved(context: RuleContext) -> Iterator[Diagnostic]:
    """A forecast past its date has a resolution."""
    for finding in context.in_fact_files(_overdue):
        yield finding if context.options.strict else replace(finding, severity="warning")


@of_fact_files
def _overdue(context: RuleContext, file: str) -> Iterator[Diagnostic]:
    for fact in context.fact_files.facts(file):
        if fact.forecast is not None and awaits_resolution(fact, context.edition.report.evaluation_date):
            yield Diagnostic(
                rule="forecast-overdue",
                span=_forecast(context, fact).span_of("due"),
                args={"id": fact.id, "due": fact.forecast.due.text, "as_of": str(context.edition.report.evaluation_date)},
            )


def resolutions_match_numbers(context: RuleContext) -> Iterator[Diagnostic]:
    """The resolution of a forecast agrees with its value and that of its outcome."""
    return context.in_fact_files(_denied_in)


@of_fact_files
def _denied_in(context: RuleContext, file: str) -> Iterator[Diagnostic]:
    for fact in context.fact_files.facts(file):
        forecast = fact.forecast
        if forecast is None or forecast.resolution == "open":
            continue
        outcome = context.edition.facts.get(forecast.outcome)
        if outcome is None:
            if "outcome" not in _forecast(context, fact).keys:
                yield _denied(context, fact, None, "no-outcome")
        elif not comparable(fact.unit, outcome.unit):
            yield _denied(context, fact, outcome, "units")
        else:
            comparison = compare(fact.value, fact.unit, outcome.value, outcome.unit)
            denied = _failed(fact, comparison) if forecast.resolution == "borne_out" else comparison in _BORNE_OUT
            if denied:
                yield _denied(context, fact, outcome, "", comparison)


def _failed(fact: Fact, comparison: Comparison) -> bool:
    """Whether forecast and outcome cannot both be true; a date that came early is borne out."""
    return comparison is Comparison.BELOW if isinstance(fact.value, Period) else comparison in DISJOINT


def _forecast(context: RuleContext, fact: Fact) -> Entry:
    entry = context.draft.facts[fact.id]["forecast"]
    assert isinstance(entry, Entry)  # noqa: S101  settled from it
    return entry


def _denied(
    context: RuleContext, fact: Fact, outcome: Fact | None, variant: str, comparison: Comparison | None = None
) -> Diagnostic:
    assert fact.forecast is not None  # noqa: S101  checked by the caller
    return Diagnostic(
        rule="resolution-denied",
        variant=variant,
        span=_forecast(context, fact).span_of("resolution"),
        second=span_of_value(context, outcome.id) if outcome else None,
        args={
            "id": fact.id,
            "resolution": fact.forecast.resolution,
            "forecast": short_notation(fact.value, fact.unit),
            "standing": Clause(comparison) if comparison else "",
            "outcome": outcome.id if outcome else "",
            "value": short_notation(outcome.value, outcome.unit) if outcome else "",
        },
    )

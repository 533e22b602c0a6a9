"""Rules: no date of the record is later than the report's horizon, and the horizon does not move backwards."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from ..diagnostics.finding import Diagnostic, Span
from ..model.periods import Period
from ..model.sources import Source
from ..reading.located_values import Entry, members_of
from .context import RuleContext, of_fact_files


def dates_within_horizon(context: RuleContext) -> Iterator[Diagnostic]:
    """Dates after `as_of` of the report: the lists of changes end there, so what happened later would be left out of them."""
    yield from context.in_fact_files(_facts)
    sources = context.edition.sources.values()
    yield from _late(context, ((one.id, one.date, _place(context, one)) for one in sources if one.date is not None))


def _late(context: RuleContext, dates: Iterable[tuple[str, Period, Span]]) -> Iterator[Diagnostic]:
    """A finding for each date, given with an id and its place, that is after the horizon."""
    horizon = context.edition.report.as_of
    for key, date, span in dates:
        if date.first > horizon.last:
            args = {"id": key, "date": date.text, "as_of": horizon.text}
            yield Diagnostic(rule="after-horizon", span=span, second=_horizon(context), args=args)


def _place(context: RuleContext, source: Source) -> Span:
    return context.draft.sources[source.id].span_of("date")


@of_fact_files
def _facts(context: RuleContext, file: str) -> Iterator[Diagnostic]:
    return _late(context, _dates(context, file))


def _dates(context: RuleContext, file: str) -> Iterator[tuple[str, Period, Span]]:
    """The days since when values have been known, with their ids and places."""
    draft = context.draft
    for fact in context.fact_files.facts(file):
        if fact.as_of is not None:
            yield fact.id, fact.as_of, draft.facts[fact.id].span_of("as_of")
        if fact.history:
            changes = [change for change in members_of(draft.facts[fact.id]["history"]) if isinstance(change, Entry)]
            for change in changes:
                located = change["as_of"]
                if located is not None and isinstance(located.value, Period):
                    yield fact.id, located.value, located.span


def horizon_moves_forward(context: RuleContext) -> Iterator[Diagnostic]:
    """A horizon that is earlier than that of the earlier edition."""
    base, report = context.options.base, context.edition.report
    if base is not None and report.as_of.last < base.report.as_of.last:
        args = {"as_of": report.as_of.text, "old": base.report.as_of.text}
        yield Diagnostic(rule="earlier-horizon", span=_horizon(context), args=args)


def _horizon(context: RuleContext) -> Span:
    report = context.draft.report
    return report.span_of("as_of") if report is not None else Span("data/report.yml")

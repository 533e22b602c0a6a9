"""Settles a Draft into an Edition: references followed, units checked, formulas evaluated in order, evidence inherited."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from ..diagnostics.finding import Diagnostic
from ..model.operands import OperandLookup
from ..model.report import Edition, Term
from ..reading.draft import Draft
from ..reading.located_values import Entry
from .basis import settle_basis, settle_report
from .charts import settle_charts
from .checks import settle_checks
from .claims import settle_claims
from .events import settle_events
from .isolated_files import IsolatedFacts, settle_other_facts
from .judgments import settle_judgments
from .resolver import Resolver
from .retired import settle_retired
from .risks import settle_risks
from .settled import Settled


def settle(
    draft: Draft, *, evaluation_date: date | None = None, isolated: Mapping[str, IsolatedFacts] | None = None
) -> Settled:
    """Settle every entry that can be settled, and report all mistakes. Ages are judged on a day, else on that of the report.

    `isolated` gives the files of facts, by path, that were settled by themselves before.
    """
    sink: list[Diagnostic] = []
    resolver = Resolver(draft, sink)
    if draft.report is None:
        return Settled(None, ())
    basis = settle_basis(resolver)
    units, sources, names, series = basis.units, basis.sources, basis.names, basis.series
    facts = settle_other_facts(resolver, basis, isolated or {})
    events = settle_events(resolver, sources, names)
    claims = settle_claims(resolver, units, sources, names, facts)
    report = settle_report(draft.report, resolver, evaluation_date)
    if report is None:
        return Settled(None, tuple(sink))
    lookup = OperandLookup(units, facts, claims, events)
    edition = Edition(
        report=report,
        sources=sources,
        names=names,
        events=events,
        series=series,
        facts=facts,
        claims=claims,
        charts=settle_charts(resolver, facts, series, lookup),
        risks=settle_risks(resolver),
        checks=settle_checks(resolver, sources, lookup),
        judgments=settle_judgments(resolver, lookup),
        retired=settle_retired(resolver),
        terms={key: term for key, entry in draft.terms.items() if (term := _term(key, entry, resolver)) is not None},
        units=units.in_order(),  # the last, as all before may name some
    )
    return Settled(edition, tuple(sink))


def _term(key: str, entry: Entry, resolver: Resolver) -> Term | None:
    term, definition = resolver.phrase(entry, "term"), resolver.phrase(entry, "definition")
    return None if term is None or definition is None else Term(id=key, term=term, definition=definition)

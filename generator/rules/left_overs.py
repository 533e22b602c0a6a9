"""A fact that nobody shows, a source that nobody cites and a term that nobody uses are left-overs."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from ..diagnostics.finding import Diagnostic
from ..model import report
from ..model.languages import Phrase, placeholders
from ..model.sources import Evidence
from ..reading.located import Entry, phrases
from ..reading.outline import Call
from .context import RuleContext


def everything_used(context: RuleContext) -> Iterator[Diagnostic]:
    """A fact that nobody shows, a source that nobody cites and a term that nobody uses are left-overs."""
    if not context.whole:
        return  # what is broken may use them
    edition = context.edition
    used = set(_used_facts(context))
    if not context.draft.facts.keys() <= used:  # there are many texts, and facts that only they speak of are few
        used |= set(_spoken_of_facts(context))
    for key in context.draft.facts:
        if key not in used:
            yield Diagnostic(rule="unused-fact", span=context.draft.facts[key].span, args={"id": key}, severity="warning")
    cited = set(_cited(edition)) | set(_cited_by_series(context))
    for key, entry in context.draft.sources.items():
        if key not in cited:
            yield Diagnostic(rule="unused-source", span=entry.span, args={"id": key}, severity="warning")
    explained = {call.texts[0] for outline in context.outlines for call in outline.calls if call.name == "term" and call.texts}
    for key, entry in context.draft.terms.items():
        if key not in explained:
            yield Diagnostic(rule="unused-term", span=entry.span, args={"id": key}, severity="warning")


def _used_facts(context: RuleContext) -> Iterator[str]:
    edition = context.edition
    for call in dict.fromkeys(_shape(call) for outline in context.outlines for call in outline.calls):
        yield from _shown(call, edition)
    for fact in edition.facts.values():
        yield from fact.inputs
        if fact.forecast:
            yield fact.forecast.outcome
    for entries in (edition.charts, edition.risks, edition.checks):
        yield from (key for entry in entries.values() for key in entry.facts)
    for claim in edition.claims.values():
        yield from claim.settled_by


def _spoken_of_facts(context: RuleContext) -> Iterator[str]:
    for kind in ("facts", "claims", "events", "charts", "risks", "checks", "names", "terms"):
        entries: Mapping[str, Entry] = getattr(context.draft, kind)
        for entry in entries.values():
            yield from _spoken_of(entry)


_Shape = tuple[str, tuple[str, ...], str]  # a call: its name, what it names, the topic that it chooses


def _shape(call: Call) -> _Shape:
    return call.name, call.texts, dict(call.options).get("topic", "")


def _shown(call: _Shape, edition: report.Edition) -> Iterator[str]:
    name, texts, topic = call
    if name in ("fact", "fact_table", "key_figures"):
        yield from texts
    if name == "fact_table" and topic:
        yield from (key for key, fact in edition.facts.items() if fact.topic == topic)
    if name == "forecasts_table":
        yield from (key for key, fact in edition.facts.items() if fact.forecast)


def _spoken_of(entry: Entry) -> Iterator[str]:
    for _, phrase in phrases(entry):
        assert isinstance(phrase.value, Phrase)  # noqa: S101  made by Words.read
        for text in phrase.value.texts.values():
            yield from (hole.target for hole in placeholders(text) if hole.kind == "fact")


def _cited_by_series(context: RuleContext) -> Iterator[str]:
    for entry in context.draft.series.values():
        if (located := entry["sources"]) is not None and isinstance(located.value, tuple):
            yield from (one.value for one in located.value)


def _cited(edition: report.Edition) -> Iterator[str]:
    groups: list[Iterable[Evidence]] = []
    for fact in edition.facts.values():
        groups.append(fact.evidence)
        groups.extend(one.evidence for one in fact.rivals)
        yield from (one.source.id for one in fact.history if one.source)
    for claim in edition.claims.values():
        yield claim.source.id
        groups.append(claim.evidence)
    groups.extend(event.evidence for event in edition.events.values())
    for group in groups:
        yield from (one.source.id for one in group)
    for series in edition.series.values():
        for row in series.rows:
            yield from (source.id for source in row.sources)
    for check in edition.checks.values():
        yield from (source.id for source in check.sources)

"""Rule: every fact and chart is shown, every source is cited, and every term is used."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from functools import partial

from ..diagnostics.finding import Diagnostic
from ..model import report
from ..model.languages import Phrase, placeholders
from ..model.sources import Evidence
from ..reading.located_values import Entry, phrases
from ..reading.template_summary import CallContent
from .context import RuleContext, of_fact_files


def no_unused_entries(context: RuleContext) -> Iterator[Diagnostic]:
    """Facts that nothing shows or reads, charts that no page has, sources that nothing cites, terms that no page explains."""
    if not context.complete:
        return  # entries with mistakes may use them
    edition = context.edition
    used = set(_used_facts(context))
    if not context.draft.facts.keys() <= used:  # texts are many, and facts that only they show are few
        used |= {*context.in_fact_files(_facts_in_texts_of_file), *_facts_in_texts(context)}
    for key in context.draft.facts:
        if key not in used:
            yield Diagnostic(rule="unused-fact", span=context.draft.facts[key].span, args={"id": key}, severity="warning")
    cited = {*context.in_fact_files(_cited_by_facts), *_cited(edition), *_cited_by_series(context)}
    for key, entry in context.draft.sources.items():
        if key not in cited:
            yield Diagnostic(rule="unused-source", span=entry.span, args={"id": key}, severity="warning")
    yield from _unused_charts(context)
    explained = {texts[0] for name, texts, _ in _calls(context) if name == "term" and texts}
    for key, entry in context.draft.terms.items():
        if key not in explained:
            yield Diagnostic(rule="unused-term", span=entry.span, args={"id": key}, severity="warning")


def _unused_charts(context: RuleContext) -> Iterator[Diagnostic]:
    drawn = {key for name, texts, _ in _calls(context) if name == "figure" for key in texts}
    for key, entry in context.draft.charts.items():
        if key not in drawn and "plausible" not in entry.keys:
            yield Diagnostic(rule="unused-chart", span=entry.span, args={"id": key}, severity="warning")


def _used_facts(context: RuleContext) -> Iterator[str]:
    edition = context.edition
    yield from context.in_templates("shown facts", "", partial(_named_by_calls, context))
    for call in context.in_templates("calls that choose facts", "", partial(_choosing_calls, context)):
        yield from _facts_shown_by(call, edition)
    yield from context.in_fact_files(_used_by_facts)
    for entries in (edition.charts, edition.risks, edition.checks):
        yield from (key for entry in entries.values() for key in entry.facts)
    for claim in edition.claims.values():
        yield from claim.settled_by
    for judgment in edition.judgments.values():
        yield from judgment.rests_on
    for chart in context.edition.charts.values():
        yield from chart.rests_on


@of_fact_files
def _used_by_facts(context: RuleContext, file: str) -> Iterable[str]:
    facts = context.fact_files.facts(file)
    outcomes = (fact.forecast.outcome for fact in facts if fact.forecast is not None)
    return dict.fromkeys((*(key for fact in facts for key in fact.inputs), *outcomes))


@of_fact_files
def _facts_in_texts_of_file(context: RuleContext, file: str) -> Iterable[str]:
    entries = context.fact_files.entries(file).values()
    return dict.fromkeys(key for entry in entries for key in _facts_in_texts_of(entry))


@of_fact_files
def _cited_by_facts(context: RuleContext, file: str) -> Iterable[str]:
    """The sources that evidence, rival values and changes of facts name."""
    facts = context.fact_files.facts(file)
    changes = (change.source.id for fact in facts for change in fact.history if change.source)
    groups = (group for fact in facts for group in (fact.evidence, *(rival.evidence for rival in fact.rivals)))
    return dict.fromkeys((*(piece.source.id for group in groups for piece in group), *changes))


def _facts_in_texts(context: RuleContext) -> Iterator[str]:
    for kind in ("claims", "events", "charts", "risks", "checks", "judgments", "names", "terms"):
        entries: Mapping[str, Entry] = getattr(context.draft, kind)
        for entry in entries.values():
            yield from _facts_in_texts_of(entry)


_CallContent = tuple[str, tuple[str, ...], str]  # a call's name, its texts, its topic


def _calls(context: RuleContext) -> Iterator[CallContent]:
    """What the calls of all pages say."""
    return (call for template in context.templates for call in template.summary.calls)


def _named_by_calls(context: RuleContext) -> Iterable[str]:
    """The facts that the calls of all pages name."""
    shown = (texts for name, texts, _ in _calls(context) if name in ("fact", "fact_table", "key_figures"))
    return dict.fromkeys(key for texts in shown for key in texts)


def _choosing_calls(context: RuleContext) -> Iterable[_CallContent]:
    """The calls that show facts without naming them."""
    calls = ((name, texts, dict(options).get("topic", "")) for name, texts, options in _calls(context))
    return dict.fromkeys(call for call in calls if call[0] == "forecasts_table" or (call[0] == "fact_table" and call[2]))


def _facts_shown_by(call: _CallContent, edition: report.Edition) -> Iterator[str]:
    name, _, topic = call
    if name == "fact_table" and topic:
        yield from (key for key, fact in edition.facts.items() if fact.topic == topic)
    if name == "forecasts_table":
        yield from (key for key, fact in edition.facts.items() if fact.forecast)


def _facts_in_texts_of(entry: Entry) -> Iterator[str]:
    for _, phrase in phrases(entry):
        assert isinstance(phrase.value, Phrase)  # noqa: S101  made by LocalizedText.read
        for text in phrase.value.texts.values():
            yield from (placeholder.target for placeholder in placeholders(text) if placeholder.kind == "fact")


def _cited_by_series(context: RuleContext) -> Iterator[str]:
    for entry in context.draft.series.values():
        if (located := entry["sources"]) is not None and isinstance(located.value, tuple):
            yield from (source.value for source in located.value)


def _cited(edition: report.Edition) -> Iterator[str]:
    groups: list[Iterable[Evidence]] = []
    for claim in edition.claims.values():
        yield claim.source.id
        groups.append(claim.evidence)
    groups.extend(event.evidence for event in edition.events.values())
    for group in groups:
        yield from (piece.source.id for piece in group)
    for series in edition.series.values():
        yield from (source.id for source in series.sources)
        for row in series.rows:
            yield from (source.id for source in row.sources)
    for check in edition.checks.values():
        yield from (source.id for source in check.sources)

"""Templates speak only of what exists."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from ..diagnostics.finding import Diagnostic, Span
from ..model import periods
from ..model.spelling import explain_bad_date, suggest
from ..reading.outline import Call, Outline
from .context import RuleContext

# What the first texts of a call name.
_NAMED = {
    "fact": "facts",
    "fact_label": "facts",
    "fact_table": "facts",
    "key_figures": "facts",
    "claimed": "claims",
    "verdict": "claims",
    "claims_table": "claims",
    "event": "events",
    "name": "names",
    "term": "terms",
    "figure": "charts",
}
# What an option of a call chooses by.
_CHOSEN = ("topic", "section")
_COUNTED = ("facts", "claims", "events", "sources", "names", "series", "charts", "risks", "checks", "terms")


def known_ids(context: RuleContext) -> Iterator[Diagnostic]:
    """Templates speak only of what exists."""
    sections = _sections(context)
    good: set[object] = set()  # calls that were looked at; most are made again and again
    for outline in context.outlines:
        for call in outline.calls:
            said = (call.name, call.texts, call.options)
            if said in good:
                continue
            found = list(_mistakes(call, context, sections))
            yield from found
            if not found:
                good.add(said)


def misnamed(
    outline: Outline, context: RuleContext, sections: Iterable[str] | None = None
) -> Iterator[tuple[Call, Diagnostic]]:
    """The calls of a template that do not exist or name what does not, each with its finding."""
    sections = _sections(context) if sections is None else sections
    for call in outline.calls:
        for found in _mistakes(call, context, sections):
            yield call, found


def _mistakes(call: Call, context: RuleContext, sections: Iterable[str]) -> Iterator[Diagnostic]:
    yield from _call(call, context)
    yield from _named(call, context)
    yield from _chosen(call, sections)
    yield from _dates(call)


def _sections(context: RuleContext) -> Mapping[str, None]:
    """What facts, claims and events may be chosen by: the sections of the report and the topics of its facts."""
    return {**dict.fromkeys(context.edition.report.sections), **{fact.topic: None for fact in context.edition.facts.values()}}


def _call(call: Call, context: RuleContext) -> Iterator[Diagnostic]:
    if call.name not in context.calls:
        place = call.span._replace(length=len(call.name))
        suggestion = suggest(call.name, context.calls)
        yield Diagnostic(rule="unknown-call", span=place, args={"name": call.name, "suggestion": suggestion})


def _named(call: Call, context: RuleContext) -> Iterator[Diagnostic]:
    named = list(zip(call.texts, call.places, strict=True))
    kind = _NAMED.get(call.name)
    if call.name == "literal" and not dict(call.options).get("reason"):
        hint = {"id": "literal( )", "key": "reason", "hint": 'reason="…"'}
        yield Diagnostic(rule="missing-key", span=call.span, args=hint)
    if call.name == "count":
        yield from (_unknown(text, "kinds of entries", place, _COUNTED) for text, place in named[:1] if text not in _COUNTED)
    if kind is None:
        return
    known: Mapping[str, object] = getattr(context.draft, kind)
    for text, place in named[:1] if call.name == "name" else named:
        if not context.draft.may_have(kind, text):
            yield _unknown(text, kind, place, known)


def _chosen(call: Call, sections: Iterable[str]) -> Iterator[Diagnostic]:
    for (key, text), place in zip(call.options, call.option_spans, strict=True):
        if key in _CHOSEN and text not in sections and call.name != "count":
            yield _unknown(text, "sections", place, sections)


def _dates(call: Call) -> Iterator[Diagnostic]:
    for text, place in zip(call.texts, call.places, strict=True) if call.name == "period" else ():
        try:
            periods.parse(text)
        except ValueError:
            yield Diagnostic(rule="bad-date", span=place, args={"found": text, "why": explain_bad_date(text)})


def _unknown(text: str, kind: str, span: Span, known: Iterable[str]) -> Diagnostic:
    return Diagnostic(rule="unknown-id", span=span, args={"id": text, "kind": kind, "suggestion": suggest(text, known)})

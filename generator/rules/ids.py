"""Templates speak only of what exists."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from generator import periods
from generator.diagnostics import Diagnostic, Span
from generator.outline import Call
from generator.rules.project import Project
from generator.spelling import suggest

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
    "figure": "charts",
}


# What an option of a call chooses by.
_CHOSEN = ("topic", "section")
_COUNTED = ("facts", "claims", "events", "sources", "names", "series", "charts", "risks", "checks")


def known_ids(project: Project) -> Iterator[Diagnostic]:
    """Templates speak only of what exists."""
    for outline in project.outlines:
        for call in outline.calls:
            if call.name not in project.calls:
                place = Span(call.span.file, call.span.line, call.span.column, len(call.name))
                suggestion = suggest(call.name, project.calls)
                yield Diagnostic(rule="unknown-call", span=place, args={"name": call.name, "suggestion": suggestion})
            elif call.name == "period":
                yield from _real_dates(call)
            else:
                yield from _known(project, call)
                yield from _chosen(project, call)


def _known(project: Project, call: Call) -> Iterator[Diagnostic]:
    named = list(zip(call.texts, call.places, strict=True))
    if call.name == "count":
        yield from (_unknown(text, "kinds of entries", place, _COUNTED) for text, place in named[:1] if text not in _COUNTED)
    kind = _NAMED.get(call.name)
    if kind is None:
        return
    known: Mapping[str, object] = getattr(project.draft, kind)
    for text, place in named[:1] if call.name == "name" else named:
        if not project.draft.knows(kind, text):
            yield _unknown(text, kind, place, known)


def _chosen(project: Project, call: Call) -> Iterator[Diagnostic]:
    report, topics = project.edition.report, {fact.topic for fact in project.edition.facts.values()}
    known = {**dict.fromkeys(report.sections), **dict.fromkeys(sorted(topics))}
    for key, text in call.options:
        if key in _CHOSEN and text not in known and call.name != "count":
            yield _unknown(text, "sections", call.span, known)


def _real_dates(call: Call) -> Iterator[Diagnostic]:
    for text, place in zip(call.texts, call.places, strict=True):
        try:
            periods.parse(text)
        except ValueError as error:
            yield Diagnostic(rule="bad-date", span=place, args={"found": text, "why": str(error)})


def _unknown(text: str, kind: str, span: Span, known: Iterable[str]) -> Diagnostic:
    return Diagnostic(rule="unknown-id", span=span, args={"id": text, "kind": kind, "suggestion": suggest(text, known)})

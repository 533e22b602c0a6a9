"""Rule: functions that templates call exist, and so do the entries, sections and dates that the calls name."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from functools import partial

from ..diagnostics.finding import Clause, Diagnostic, Span
from ..model import periods
from ..model.spelling import explain_bad_date, suggest
from ..reading.listings import entries_in, listed_files, read_listing
from ..reading.outline import Outline
from ..reading.template_calls import ARGUMENT_KINDS, Call, named_entries
from ..reading.template_summary import CallContent
from ..records.struct import replace
from ..store.hashing import fingerprint
from .context import RuleContext, of_fact_files

# Options whose value is a section or topic.
_SECTION_OPTIONS = ("topic", "section")
_COUNTABLE = ("facts", "claims", "events", "sources", "names", "series", "charts", "risks", "checks", "judgments", "terms")


def template_references_exist(context: RuleContext) -> Iterator[Diagnostic]:
    """Calls with mistakes, in all pages."""
    sections = _sections(context)
    if any("listing" in template.summary.words for template in context.templates):
        return _in_templates(context, sections)  # what pages show of other files is not kept
    ids = ("\n".join((kind, *getattr(context.draft, kind))) for kind in sorted(set(ARGUMENT_KINDS.values())))
    return iter(context.in_templates("calls", fingerprint(*sections, "", *ids), partial(_in_templates, context, sections)))


def _in_templates(context: RuleContext, sections: Mapping[str, None]) -> Iterator[Diagnostic]:
    validity: dict[CallContent, bool] = {}  # most calls are made many times

    def is_valid(content: CallContent) -> bool:
        if content not in validity:
            validity[content] = not any(_mistakes(_without_places(content), context, sections))
        return validity[content]

    for template in context.templates:
        if not all(map(is_valid, template.summary.calls)):
            for call in template.outline.calls:
                yield from _mistakes(call, context, sections)


def _without_places(content: CallContent) -> Call:
    """A call that says what many say, at no place."""
    nowhere = Span("")
    name, texts, options = content
    places = {"text_spans": (nowhere,) * len(texts), "option_spans": (nowhere,) * len(options)}
    return Call(name=name, texts=texts, options=options, span=nowhere, section="", **places)


def calls_with_mistakes(
    outline: Outline, context: RuleContext, sections: Iterable[str] | None = None
) -> Iterator[tuple[Call, Diagnostic]]:
    """The calls of a template that have a mistake, each with its findings."""
    sections = _sections(context) if sections is None else sections
    for call in outline.calls:
        for found in _mistakes(call, context, sections):
            yield call, found


def _mistakes(call: Call, context: RuleContext, sections: Iterable[str]) -> Iterator[Diagnostic]:
    yield from _call(call, context)
    yield from _named(call, context)
    yield from _chosen(call, sections)
    yield from _dates(call)
    yield from _listed(call, context)


def _sections(context: RuleContext) -> Mapping[str, None]:
    """What a section or topic of a call can be: the sections of the report, and the topics of its facts."""
    return dict.fromkeys((*context.edition.report.sections, *context.in_fact_files(_topics)))


@of_fact_files
def _topics(context: RuleContext, file: str) -> Iterable[str]:
    return dict.fromkeys(fact.topic for fact in context.fact_files.facts(file))


def _call(call: Call, context: RuleContext) -> Iterator[Diagnostic]:
    if call.name not in context.functions:
        span = replace(call.span, length=len(call.name))
        suggestion = suggest(call.name, context.functions, most=len(context.functions))
        yield Diagnostic(rule="unknown-call", span=span, args={"name": call.name, "suggestion": suggestion})


def _named(call: Call, context: RuleContext) -> Iterator[Diagnostic]:
    if call.name == "literal" and not dict(call.options).get("reason"):
        hint = {"id": "literal( )", "key": "reason", "hint": 'reason="…"'}
        yield Diagnostic(rule="missing-key", span=call.span, args=hint)
    if call.name == "count":
        named = zip(call.texts[:1], call.text_spans, strict=False)
        yield from (_unknown(text, "kinds of entries", span, _COUNTABLE) for text, span in named if text not in _COUNTABLE)
    for kind, text, span in named_entries(call):
        if not context.draft.may_have(kind, text):
            yield _unknown(text, kind, span, getattr(context.draft, kind))


def _chosen(call: Call, sections: Iterable[str]) -> Iterator[Diagnostic]:
    for (key, text), span in zip(call.options, call.option_spans, strict=True):
        if key in _SECTION_OPTIONS and text not in sections and call.name != "count":
            yield _unknown(text, "sections", span, sections)


def _dates(call: Call) -> Iterator[Diagnostic]:
    for text, span in zip(call.texts, call.text_spans, strict=True) if call.name == "period" else ():
        try:
            periods.parse(text)
        except ValueError:
            yield Diagnostic(rule="bad-date", span=span, args={"found": text, "why": explain_bad_date(text)})


def _listed(call: Call, context: RuleContext) -> Iterator[Diagnostic]:
    """Files that a page shows exist, and so do their entries."""
    root, entries = context.draft.root, dict(zip(call.options, call.option_spans, strict=True))
    for file, span in zip(call.texts, call.text_spans, strict=True) if call.name == "listing" else ():
        try:
            text = read_listing(root, file)
        except ValueError:
            yield _unknown(file, Clause("files-of-report"), span, listed_files(root))
            continue
        for (key, entry), place in entries.items():
            if key == "entry" and entry not in entries_in(text):
                yield _unknown(entry, Clause("entries-of-file", {"file": file}), place, entries_in(text))


def _unknown(text: str, kind: str | Clause, span: Span, known: Iterable[str]) -> Diagnostic:
    return Diagnostic(rule="unknown-id", span=span, args={"id": text, "kind": kind, "suggestion": suggest(text, known)})

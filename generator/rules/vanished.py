"""Rule: what was published keeps its address: a renamed fact has an alias, and what is gone stands in data/retired.yml."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from ..diagnostics.finding import Diagnostic, Span
from ..model.comparison import Comparison, comparable, compare
from ..model.languages import Phrase
from ..model.periods import Period
from ..model.report import Edition, Fact
from ..reading.outline import anchors_of
from .context import RuleContext

_KINDS = ("claims", "events", "sources", "series", "charts", "terms", "judgments", "risks", "checks")
_REPORT = "data/report.yml"


def addresses_stay(context: RuleContext) -> Iterator[Diagnostic]:
    """Facts, other entries, pages, anchors and languages of the earlier edition that are gone without a word."""
    base = context.options.base
    if base is None:
        return
    yield from _facts(context, base)
    for kind in _KINDS:
        before: Mapping[str, object] = getattr(base, kind)
        for key in before:
            if not (context.draft.may_have(kind, key) or _is_retired(context, kind, key)):
                yield _gone(kind, key, _span_of(before[key], f"data/{kind}.yml"), base, variant="entry")
    for key, retired in base.retired.items():
        if key not in context.draft.retired and not context.draft.may_have(retired.kind, key) and retired.kind != "pages":
            yield _gone(retired.kind, key, Span("data/retired.yml"), base, variant="entry")
    yield from _pages(context, base)


def present_id(edition: Edition, key: str) -> str:
    """The id that a fact of an earlier edition has now: its own, or that of the fact whose alias it is; else empty."""
    if key in edition.facts:
        return key
    return next((fact.id for fact in edition.facts.values() if key in fact.aliases), "")


def _facts(context: RuleContext, base: Edition) -> Iterator[Diagnostic]:
    if "facts" in context.draft.unreadable:
        return
    aliases = {alias for fact in context.edition.facts.values() for alias in fact.aliases}
    known = {*context.draft.facts, *aliases}
    for fact in base.facts.values():
        for key in (fact.id, *fact.aliases):
            if key not in known and not _is_retired(context, "facts", key):
                yield _gone("facts", key, Span(fact.span.file), base, guess=_renamed(context, base, fact))


def _renamed(context: RuleContext, base: Edition, fact: Fact) -> str:
    """The only new fact with the value of one that is gone: what it probably was renamed to; else empty."""
    if fact.id in context.edition.facts:
        return fact.id
    alike = [
        one.id
        for one in context.edition.facts.values()
        if one.id not in base.facts
        and isinstance(one.value, Period) is isinstance(fact.value, Period)
        and comparable(one.unit, fact.unit)
        and compare(one.value, one.unit, fact.value, fact.unit) is Comparison.EQUAL
    ]
    return alike[0] if len(alike) == 1 else ""


def _is_retired(context: RuleContext, kind: str, key: str) -> bool:
    return context.draft.may_have("retired", key) and (
        (found := context.edition.retired.get(key)) is None or found.kind == kind
    )


def _span_of(entry: object, file: str) -> Span:
    """The file that an entry stood in."""
    span = getattr(entry, "span", None)
    return Span(span.file if isinstance(span, Span) and span.file else file)


def _gone(kind: str, key: str, span: Span, base: Edition, *, variant: str = "", guess: str = "") -> Diagnostic:
    return Diagnostic(
        rule="vanished",
        variant="renamed" if guess else variant,
        span=span,
        args={"id": key, "kind": kind, "guess": guess, "line": retired_line(key, kind, base)},
    )


def retired_line(key: str, kind: str, base: Edition) -> str:
    """The entry of data/retired.yml for something, as it can be pasted; its reason is to be filled in."""
    codes = [language.code for language in base.report.languages]
    label = _label(getattr(base, kind, {}).get(key), key)
    texts = label.texts if isinstance(label, Phrase) else dict.fromkeys(codes, label)
    labels = ", ".join(f"{code}: {_quoted(texts.get(code, key))}" for code in codes)
    reasons = ", ".join(f'{code}: "…"' for code in codes)
    name = "" if kind == "facts" else f"kind: {kind}, "
    return f"{key}: {{{name}label: {{{labels}}}, reason: {{{reasons}}}}}"


def _label(entry: object, key: str) -> Phrase | str:
    found = next((getattr(entry, name) for name in ("label", "title", "term", "text") if hasattr(entry, name)), key)
    plain = isinstance(found, str) or (isinstance(found, Phrase) and not any("{" in text for text in found.texts.values()))
    return found if plain else key


def _quoted(text: str) -> str:
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'


def _pages(context: RuleContext, base: Edition) -> Iterator[Diagnostic]:
    report, now = context.draft.report, context.edition.report
    pages = Span(_REPORT) if report is None else report.span_of("pages")
    for page in base.report.pages:
        if page not in now.pages and not _is_retired(context, "pages", page):
            yield _gone("pages", page, pages, base, variant="page")
    codes = {language.code for language in now.languages}
    for language in base.report.languages:
        if language.code not in codes:
            span = Span(_REPORT) if report is None else report.span_of("languages")
            yield Diagnostic(rule="vanished", variant="language", span=span, args={"language": language.code})
    for outline in context.outlines if context.options.base_anchors else ():
        before = context.options.base_anchors.get((outline.page, outline.language), frozenset())
        for anchor in sorted(before - anchors_of(outline)):
            args = {"anchor": anchor, "page": outline.page, "language": outline.language}
            yield Diagnostic(rule="vanished", variant="anchor", span=Span(outline.file), args=args)

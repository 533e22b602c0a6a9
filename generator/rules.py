"""Every promise the report makes, one small generator each, in one tuple. They ask the Edition, the templates' outlines and the Draft's places."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass

from generator import model
from generator.charts.options import OPTIONS
from generator.diagnostics import Diagnostic, Span
from generator.languages import Phrase, holes, pieces
from generator.outline import Outline, loose_numbers
from generator.reading import Draft
from generator.shapes import Entry, Placed, PlacedPhrase, suggest
from generator.wording import PATTERNS

SPELLED = "lock.spelled"


@dataclass(frozen=True, slots=True, kw_only=True)
class Project:
    """All that rules may ask."""

    draft: Draft
    edition: model.Edition
    outlines: tuple[Outline, ...]
    calls: tuple[str, ...]  # what templates may call
    part_words: Mapping[str, Span]  # keys that templates/parts ask words for

    def spelled(self, code: str) -> re.Pattern[str] | None:
        """How the language spells quantities out; None where it says nothing."""
        language = next(one for one in self.edition.report.languages if one.code == code)
        return re.compile(language.words[SPELLED]) if SPELLED in language.words else None


Rule = Callable[[Project], Iterator[Diagnostic]]

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


def check(project: Project) -> list[Diagnostic]:
    """All findings of all rules."""
    return [found for rule in RULES for found in rule(project)]


def known_ids(project: Project) -> Iterator[Diagnostic]:
    """Templates speak only of what exists."""
    for outline in project.outlines:
        for call in outline.calls:
            if call.name not in project.calls:
                yield Diagnostic(
                    rule="unknown-call",
                    span=call.span,
                    args={"name": call.name, "suggestion": suggest(call.name, project.calls)},
                )
            kind = _NAMED.get(call.name)
            if kind is None:
                continue
            known: Mapping[str, object] = getattr(project.draft, kind)
            for text in call.texts[:1] if call.name == "name" else call.texts:
                if text not in known:
                    yield Diagnostic(
                        rule="unknown-id",
                        span=_in_call(outline, call.span, text),
                        args={"id": text, "kind": kind, "suggestion": suggest(text, known)},
                    )


def _in_call(outline: Outline, span: Span, text: str) -> Span:
    lines = outline.source.splitlines()
    for number in range(span.line, min(span.line + 12, len(lines) + 1)):
        at = lines[number - 1].find(f'"{text}"', span.column - 1 if number == span.line else 0)
        if at >= 0:
            return Span(span.file, number, at + 2, len(text))
    return span


def no_typed_numbers(project: Project) -> Iterator[Diagnostic]:
    """A quantity in prose comes from a fact, an event, a period or a name."""
    for outline in project.outlines:
        for found, span in outline.loose_numbers(project.spelled(outline.language)):
            yield Diagnostic(rule="typed-number", span=span, args={"found": found})
    patterns = {language.code: project.spelled(language.code) for language in project.edition.report.languages}
    for kind in ("facts", "claims", "events", "series", "charts", "risks", "checks", "names", "sources"):
        entries: Mapping[str, Entry] = getattr(project.draft, kind)
        for entry in entries.values():
            for key, phrase in _phrases(entry):
                if key == "at" or (kind == "names" and key in ("name", "short")):
                    continue  # a place in a source may be "table 3"; names hold what digits they like
                yield from _typed_in(project, phrase, patterns)


def _typed_in(
    project: Project, phrase: PlacedPhrase, patterns: Mapping[str, re.Pattern[str] | None]
) -> Iterator[Diagnostic]:
    assert isinstance(phrase.value, Phrase)  # noqa: S101  made by Words.read
    seen: set[str] = set()
    for code, text in phrase.value.texts.items():
        if text in seen:  # one plain text for all languages
            continue
        seen.add(text)
        prose = "".join(
            piece if isinstance(piece, str) else "\0" * (text.index("}", piece.offset) + 1 - piece.offset)
            for piece in pieces(text)
        )
        for found, at in loose_numbers(prose.replace("\0", " "), patterns.get(code)):
            span = phrase.spans[code]
            yield Diagnostic(
                rule="typed-number", variant="text", span=_place(project, span, text, at, found), args={"found": found}
            )


def _place(project: Project, span: Span, text: str, at: int, found: str) -> Span:
    """Where the part of a text stands: the text may be quoted or folded over lines."""
    lines = _source_lines(project, span.file)
    before = text[max(0, at - 3) : at]
    for needle in (before + found, found):
        for number in range(span.line, min(span.line + 20, len(lines) + 1)):
            start = span.column - 1 if number == span.line else 0
            column = lines[number - 1].find(needle, start)
            if column >= 0:
                return Span(span.file, number, column + len(needle) - len(found) + 1, len(found))
    return span


def _source_lines(project: Project, file: str) -> list[str]:
    return (project.draft.root / file).read_text(encoding="utf-8").splitlines()


def _phrases(placed: Placed, key: str = "") -> Iterator[tuple[str, PlacedPhrase]]:
    """Every text in every language below an entry, with the key it stands under."""
    if isinstance(placed, PlacedPhrase):
        yield key, placed
    elif isinstance(placed.value, dict):
        for name, child in placed.value.items():
            yield from _phrases(child, name)
    elif isinstance(placed.value, tuple):
        for child in placed.value:
            if isinstance(child, Placed):
                yield from _phrases(child, key)


def everything_used(project: Project) -> Iterator[Diagnostic]:
    """A fact that nobody shows and a source that nobody cites are left-overs."""
    edition = project.edition
    used = set(_used_facts(project))
    for key, entry in project.draft.facts.items():
        if key not in used:
            yield Diagnostic(rule="unused-fact", span=entry.span, args={"id": key}, severity="warning")
    cited = set(_cited(edition))
    for key, entry in project.draft.sources.items():
        if key not in cited:
            yield Diagnostic(rule="unused-source", span=entry.span, args={"id": key}, severity="warning")


def _used_facts(project: Project) -> Iterator[str]:
    for outline in project.outlines:
        for call in outline.calls:
            if call.name in ("fact", "fact_table", "key_figures"):
                yield from call.texts
            if call.name == "fact_table" and (topic := dict(call.options).get("topic")):
                yield from (key for key, fact in project.edition.facts.items() if fact.topic == topic)
            if call.name == "forecasts_table":
                yield from (key for key, fact in project.edition.facts.items() if fact.forecast)
    edition = project.edition
    for fact in edition.facts.values():
        yield from fact.inputs
        if fact.forecast:
            yield fact.forecast.outcome
    for chart in edition.charts.values():
        yield from chart.facts
    for claim in edition.claims.values():
        yield from claim.settled_by
    for risk in edition.risks.values():
        yield from risk.facts
    for one in edition.checks.values():
        yield from one.facts
    for kind in ("facts", "claims", "events", "charts", "risks", "checks", "names"):
        entries: Mapping[str, Entry] = getattr(project.draft, kind)
        for entry in entries.values():
            for _, phrase in _phrases(entry):
                assert isinstance(phrase.value, Phrase)  # noqa: S101  made by Words.read
                for text in phrase.value.texts.values():
                    yield from (hole.target for hole in holes(text) if hole.kind == "fact")


def _cited(edition: model.Edition) -> Iterator[str]:
    groups: list[Iterable[model.Evidence]] = []
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
    for check_ in edition.checks.values():
        yield from (source.id for source in check_.sources)


def same_in_every_language(project: Project) -> Iterator[Diagnostic]:
    """Same headings with the same anchors, and per section the same facts, claims, charts and tables."""
    default = project.edition.report.default.code
    pages: dict[str, dict[str, Outline]] = {}
    for outline in project.outlines:
        pages.setdefault(outline.page, {})[outline.language] = outline
    for languages in pages.values():
        first = languages.get(default)
        for code, outline in languages.items():
            if first is None or code == default:
                continue
            yield from _heading_parity(first, outline, default)
            yield from _use_parity(first, outline, default)


def _heading_parity(first: Outline, outline: Outline, default: str) -> Iterator[Diagnostic]:
    wanted = [(one.level, one.anchor) for one in first.headings]
    found = [(one.level, one.anchor) for one in outline.headings]
    if wanted == found:
        return
    at = next((n for n, pair in enumerate(zip(wanted, found, strict=False)) if pair[0] != pair[1]), min(len(wanted), len(found)))
    there = f"#{wanted[at][1] or wanted[at][0]}" if at < len(wanted) else "none"
    here = f"#{found[at][1] or found[at][0]}" if at < len(found) else "none"
    span = outline.headings[at].span if at < len(found) else Span(outline.file, outline.source.count("\n") + 1)
    second = first.headings[at].span if at < len(wanted) else None
    yield Diagnostic(
        rule="parity-headings",
        span=span,
        second=second,
        args={"language": default, "difference": f"{there} there, {here} here"},
    )


def _use_parity(first: Outline, outline: Outline, default: str) -> Iterator[Diagnostic]:
    if [one.anchor for one in first.headings] != [one.anchor for one in outline.headings]:
        return  # the headings' own finding is enough
    there, here = first.uses(), outline.uses()
    for section in {**there, **here}:
        wanted = _counted(there.get(section, Counter()))
        found = _counted(here.get(section, Counter()))
        for missing, side in ((wanted - found, default), (found - wanted, outline.language)):
            if not missing:
                continue
            owner = outline if side == default else first
            other = first if side == default else outline
            span = next((one.span for one in owner.headings if one.anchor == section), Span(owner.file))
            second = next(
                (one.span for one in other.calls if one.section == section and any((one.name, text) in missing for text in one.texts or ("",))),
                None,
            )
            told = ", ".join(f"{name}({text})" for name, text in sorted(missing))
            yield Diagnostic(rule="parity-uses", span=span, second=second, args={"language": side, "difference": told})


_QUANTITIES = {"fact", "claimed", "verdict", "event", "figure", "fact_table", "key_figures", "claims_table", "count"}


def _counted(uses: Counter[tuple[str, str]]) -> Counter[tuple[str, str]]:
    """Names, literals and periods may differ between languages: grammar needs them here and not there."""
    return Counter({key: number for key, number in uses.items() if key[0] in _QUANTITIES})


def every_word(project: Project) -> Iterator[Diagnostic]:
    """The furniture has a word for everything it must say."""
    words = project.draft.words
    place = Span("data/words.yml")
    for key in _needed_words(project):
        if key not in words:
            yield Diagnostic(rule="missing-word", span=project.part_words.get(key, place), args={"key": key})


def _needed_words(project: Project) -> Iterator[str]:
    yield from PATTERNS
    edition = project.edition
    tables = {
        "status": {one.status for one in edition.facts.values()},
        "review": {one.review for one in edition.facts.values()},
        "verdict": {one.verdict for one in edition.claims.values()},
        "stance": {one.stance for one in edition.claims.values()},
        "basis": {one.basis for one in edition.claims.values()} - {""},
        "read": {one.read for one in edition.sources.values()},
        "type": {one.type for one in edition.names.values()},
        "relation": {one.relation for one in edition.checks.values()},
        "topic": {one.topic for one in edition.facts.values()} | {one.section for one in edition.events.values()},
    }
    for kind, found in tables.items():
        yield from (f"{kind}.{one}" for one in sorted(found))
    yield from project.part_words


def charts_fit(project: Project) -> Iterator[Diagnostic]:
    """A chart spec has the keys that its mark needs, and no others."""
    for chart in project.edition.charts.values():
        entry = project.draft.charts[chart.id]
        options = OPTIONS.get(chart.mark)
        if options is None:
            yield Diagnostic(
                rule="unknown-mark",
                span=entry.span_of("mark"),
                args={"found": chart.mark, "suggestion": suggest(chart.mark, OPTIONS)},
            )
            continue
        for key in chart.options:
            if key not in options:
                yield Diagnostic(
                    rule="unknown-key", span=entry.keys[key], args={"key": key, "suggestion": suggest(key, options)}
                )
        for key, option in options.items():
            if option.required and key not in entry.keys:
                yield Diagnostic(
                    rule="missing-key", span=entry.span, args={"id": chart.id, "key": key, "hint": f"{key}: …"}
                )


RULES: tuple[Rule, ...] = (
    known_ids,
    no_typed_numbers,
    everything_used,
    same_in_every_language,
    every_word,
    charts_fit,
)

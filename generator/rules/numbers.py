"""The number lock: a quantity in prose comes from a fact, an event, a period or a name."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from generator.diagnostics import Diagnostic, Span
from generator.languages import Phrase, pieces
from generator.outline import loose_numbers
from generator.rules.project import Project, phrases
from generator.shapes import Entry, PlacedPhrase


def no_typed_numbers(project: Project) -> Iterator[Diagnostic]:
    """A quantity in prose comes from a fact, an event, a period or a name."""
    for outline in project.outlines:
        for found, span in outline.loose_numbers(project.spelled(outline.language)):
            yield Diagnostic(rule="typed-number", span=span, args={"found": found})
    patterns = {language.code: project.spelled(language.code) for language in project.edition.report.languages}
    for kind in ("facts", "claims", "events", "series", "charts", "risks", "checks", "names", "sources"):
        entries: Mapping[str, Entry] = getattr(project.draft, kind)
        for entry in entries.values():
            for key, phrase in phrases(entry):
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

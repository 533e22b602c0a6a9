"""The number lock: a quantity in prose comes from a fact, an event, a period or a name."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from generator.diagnostics import Diagnostic
from generator.languages import Phrase, pieces
from generator.nodes import narrow
from generator.outline import loose_numbers
from generator.rules.project import Project
from generator.shapes import Entry, PlacedPhrase, phrases


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
    if project.draft.report is not None:
        for _, phrase in phrases(project.draft.report):
            yield from _typed_in(project, phrase, patterns)


def _typed_in(project: Project, phrase: PlacedPhrase, patterns: Mapping[str, re.Pattern[str] | None]) -> Iterator[Diagnostic]:
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
            span = narrow(phrase.spans[code], project.draft.root, text, at, len(found))
            yield Diagnostic(rule="typed-number", variant="text", span=span, args={"found": found})

"""The number lock: a quantity in prose comes from a fact, an event, a period or a name."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import partial

from ..diagnostics.finding import Diagnostic, Span
from ..model.languages import Phrase, pieces
from ..reading.nodes import narrow
from ..reading.outline import Outline
from ..reading.typed_numbers import HOLE, loose_numbers
from ..reading.validators import PlacedPhrase, phrases
from ..store.inputs import hash_of
from .context import Project
from .words import SHAPING

Patterns = tuple[re.Pattern[str], ...]

_KINDS = ("facts", "claims", "events", "series", "charts", "risks", "checks", "names", "sources", "terms")
_KEPT = "numbers"  # the group of what is remembered
_SLOT = re.compile(r"\{\w*\}")


def no_typed_numbers(project: Project) -> Iterator[Diagnostic]:
    """A quantity in prose comes from a fact, an event, a period or a name."""
    patterns = project.spelled
    spelled = hash_of("\n".join(pattern.pattern for pattern in patterns).encode())
    for outline in (*project.outlines, *project.parts):
        content = hash_of(outline.source.encode()) + spelled
        yield from project.parse_cache.of(_KEPT, outline.file, content, partial(_in_template, outline, patterns))
    for file, content in project.draft.contents.items():
        yield from project.parse_cache.of(_KEPT, file, content + spelled, partial(_in_file, project, file, patterns))
    if project.draft.report is not None:
        for _, phrase in phrases(project.draft.report):
            yield from _in_phrase(project, phrase, patterns)
    yield from _in_words(project, patterns)
    yield from _in_cells(project, patterns)


def _in_template(outline: Outline, patterns: Patterns) -> tuple[Diagnostic, ...]:
    found = outline.loose_numbers(patterns)
    return tuple(Diagnostic(rule="typed-number", span=span, args={"found": number}) for number, span in found)


def _in_file(project: Project, file: str, patterns: Patterns) -> tuple[Diagnostic, ...]:
    found: list[Diagnostic] = []
    kind, entries = project.draft.of_file(file)
    for entry in entries if kind in _KINDS else ():
        for key, phrase in phrases(entry):
            if key == "at" or (kind == "names" and key in ("name", "short")):
                continue  # a place in a source may be "table 3"; names hold what digits they like
            found += _in_phrase(project, phrase, patterns)
    return tuple(found)


def _in_phrase(project: Project, phrase: PlacedPhrase, patterns: Patterns) -> Iterator[Diagnostic]:
    assert isinstance(phrase.value, Phrase)  # noqa: S101  made by Words.read
    seen: set[str] = set()
    for code, text in phrase.value.texts.items():
        if text in seen:  # one plain text for all languages
            continue
        seen.add(text)
        prose = "".join(
            piece if isinstance(piece, str) else HOLE * (text.index("}", piece.offset) + 1 - piece.offset)
            for piece in pieces(text)
        )
        for found, at in loose_numbers(prose, patterns):
            yield _typed(found, narrow(phrase.spans[code], project.draft.root, text, at, len(found)))


def _in_words(project: Project, patterns: Patterns) -> Iterator[Diagnostic]:
    """The furniture, but for the words that shape values and dates."""
    for key, entry in project.draft.words.items():
        for placed in entry.fields.values() if key not in SHAPING else ():
            text = str(placed.value)
            prose = _SLOT.sub(lambda slot: HOLE * len(slot[0]), text)
            for found, at in loose_numbers(prose, patterns):
                yield _typed(found, narrow(placed.span, project.draft.root, text, at, len(found)), "word")


def _in_cells(project: Project, patterns: Patterns) -> Iterator[Diagnostic]:
    """The texts of series: cells of the columns that name a language."""
    for rows in project.draft.cells.values():
        for row in rows:
            for name, cell in row.items():
                if ":" in name:
                    for found, at in loose_numbers(cell.text, patterns):
                        place = narrow(cell.span, project.draft.root, cell.text, at, len(found))
                        yield _typed(found, place, "word")


def _typed(found: str, span: Span, variant: str = "text") -> Diagnostic:
    return Diagnostic(rule="typed-number", variant=variant, span=span, args={"found": found})

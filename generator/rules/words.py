"""The furniture has a word for everything it must say."""

from __future__ import annotations

from collections.abc import Iterator

from generator.diagnostics import Diagnostic, Span
from generator.rules.project import Project
from generator.wording import PATTERNS


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

"""What rules may ask: the Draft with its places, the Edition, the templates' outlines; and the questions several of them share."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

from generator import model
from generator.diagnostics import Diagnostic, Span
from generator.outline import Outline
from generator.reading import Draft
from generator.shapes import Placed, PlacedPhrase

SPELLED = "lock.spelled"


@dataclass(frozen=True, slots=True, kw_only=True)
class Project:
    """All that rules may ask."""

    draft: Draft
    edition: model.Edition
    outlines: tuple[Outline, ...]
    calls: tuple[str, ...]  # what templates may call
    part_words: Mapping[str, Span]  # keys that templates/parts ask words for
    whole: bool = True  # whether all that was written could be settled and read

    def spelled(self, code: str) -> re.Pattern[str] | None:
        """How the language spells quantities out; None where it says nothing."""
        language = next(one for one in self.edition.report.languages if one.code == code)
        try:
            return re.compile(language.words[SPELLED]) if SPELLED in language.words else None
        except re.error:  # the rule of words reports it
            return None


Rule = Callable[[Project], Iterator[Diagnostic]]


def phrases(placed: Placed, key: str = "") -> Iterator[tuple[str, PlacedPhrase]]:
    """Every text in every language below an entry, with the key it stands under."""
    if isinstance(placed, PlacedPhrase):
        yield key, placed
    elif isinstance(placed.value, dict):
        for name, child in placed.value.items():
            yield from phrases(child, name)
    elif isinstance(placed.value, tuple):
        for child in placed.value:
            if isinstance(child, Placed):
                yield from phrases(child, key)

"""What rules may ask: the Draft with its places, the Edition, the templates' outlines; and questions that several share."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date

from ..diagnostics.finding import Diagnostic, Span
from ..model import report
from ..reading.draft import Draft
from ..reading.outline import Outline
from ..reading.translations import Passage, StalePassage
from ..store.parse_cache import ParseCache

SPELLED = "lock.spelled"


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckOptions:
    """What a check is asked besides the promises that always hold."""

    as_of: date | None = None  # list what is due for review on this day
    strict: bool = False  # a forecast whose date has passed needs its resolution
    strict_languages: bool = False  # no text may be older than its twin in another language
    base: report.Edition | None = None  # an earlier edition: what changed since has to say so


@dataclass(frozen=True, slots=True, kw_only=True)
class RuleContext:
    """All that rules may ask."""

    draft: Draft
    edition: report.Edition
    outlines: tuple[Outline, ...]
    calls: tuple[str, ...]  # what templates may call
    parts: tuple[Outline, ...]  # templates/parts, which have no language
    part_words: Mapping[str, Span]  # keys that templates/parts ask words for
    whole: bool = True  # whether all that was written could be settled and read
    options: CheckOptions = CheckOptions()
    stale: tuple[StalePassage, ...] = ()  # texts whose twin in another language changed
    parse_cache: ParseCache = field(default_factory=ParseCache)  # what was found in files that are as they were
    unconfirmed: tuple[Passage, ...] = ()  # texts never confirmed to say the same

    @property
    def spelled(self) -> tuple[re.Pattern[str], ...]:
        """How the report's languages spell quantities out; a quantity in another language's words is one too."""
        return tuple(
            _patterns(language.words[SPELLED] for language in self.edition.report.languages if SPELLED in language.words)
        )


def _patterns(written: Iterable[str]) -> Iterator[re.Pattern[str]]:
    for pattern in written:
        try:
            yield re.compile(pattern)
        except re.error:  # the rule of words reports it
            continue


Rule = Callable[[RuleContext], Iterator[Diagnostic]]


def written(context: RuleContext, fact: str) -> Span:
    """Where a fact's value stands, however it is given."""
    entry = context.draft.facts[fact]
    return next((entry.span_of(key) for key in ("value", "from", "formula") if entry[key] is not None), entry.span)

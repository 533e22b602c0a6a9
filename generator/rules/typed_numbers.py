"""Rule, called the number lock: no quantity is typed into prose; it comes from a fact, an event, a period or a name."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import partial

from ..diagnostics.finding import Diagnostic, Span
from ..model.languages import Phrase, split_placeholders
from ..reading.located_values import LocatedPhrase, phrases
from ..reading.outline import Outline
from ..reading.typed_numbers import PLACEHOLDER, find_typed_numbers
from ..reading.words import FILE as WORDS
from ..reading.yaml_nodes import subspan
from ..store.hashing import content_hash
from ..wording.author_patterns import AuthorPattern, PatternTimeoutError
from .context import SPELLED_NUMBERS, RuleContext
from .interface_words import PATTERN_WORDS

Patterns = Sequence[AuthorPattern]

_KINDS = ("facts", "claims", "events", "series", "charts", "risks", "checks", "judgments", "names", "sources", "terms")
_CACHE_GROUP = "numbers"
_SLOT = re.compile(r"\{\w*\}")


def no_typed_numbers(context: RuleContext) -> Iterator[Diagnostic]:
    """Digits and spelled numbers in templates, in texts of data/, in interface words and in cells of series."""
    by_language = context.spelled_number_patterns
    try:
        yield from _all(context, tuple(by_language.values()))
    except PatternTimeoutError as error:
        code = next(code for code, one in by_language.items() if one.pattern == error.pattern)
        entry = context.draft.words.get(SPELLED_NUMBERS)
        span = Span(WORDS) if entry is None else entry.span_of(code)
        yield Diagnostic(rule="slow-pattern", span=span, args={"key": SPELLED_NUMBERS})


def _all(context: RuleContext, patterns: Patterns) -> Iterator[Diagnostic]:
    spelled = content_hash("\n".join(pattern.pattern for pattern in patterns).encode())
    for outline in (*context.outlines, *context.parts):
        content = content_hash(outline.source.encode()) + spelled
        yield from context.parse_cache.get_or_parse(
            _CACHE_GROUP, outline.file, content, partial(_in_template, outline, patterns)
        )
    for file, content in context.draft.content_hashes.items():
        yield from context.parse_cache.get_or_parse(
            _CACHE_GROUP, file, content + spelled, partial(_in_file, context, file, patterns)
        )
    if context.draft.report is not None:
        for _, phrase in phrases(context.draft.report):
            yield from _in_phrase(context, phrase, patterns)
    yield from _in_words(context, patterns)
    yield from _in_cells(context, patterns)


def _in_template(outline: Outline, patterns: Patterns) -> tuple[Diagnostic, ...]:
    found = outline.typed_numbers(patterns)
    return tuple(Diagnostic(rule="typed-number", span=span, args={"found": number}) for number, span in found)


def _in_file(context: RuleContext, file: str, patterns: Patterns) -> tuple[Diagnostic, ...]:
    found: list[Diagnostic] = []
    kind, entries = context.draft.entries_of(file)
    for entry in entries if kind in _KINDS else ():
        for key, phrase in phrases(entry):
            if key == "at" or (kind == "names" and key in ("name", "short")):
                continue  # a place in a source may be "table 3"; names hold what digits they like
            found += _in_phrase(context, phrase, patterns)
    return tuple(found)


def _in_phrase(context: RuleContext, phrase: LocatedPhrase, patterns: Patterns) -> Iterator[Diagnostic]:
    assert isinstance(phrase.value, Phrase)  # noqa: S101  made by LocalizedText.read
    checked: set[str] = set()
    for code, text in phrase.value.texts.items():
        if text in checked:  # one plain text for all languages
            continue
        checked.add(text)
        prose = "".join(
            piece if isinstance(piece, str) else PLACEHOLDER * (text.index("}", piece.offset) + 1 - piece.offset)
            for piece in split_placeholders(text)
        )
        for found, at in find_typed_numbers(prose, patterns):
            yield _typed(found, subspan(phrase.spans[code], context.draft.root, text, at, len(found)))


def _in_words(context: RuleContext, patterns: Patterns) -> Iterator[Diagnostic]:
    """Interface words, except patterns of values and dates."""
    for key, entry in context.draft.words.items():
        for located in entry.fields.values() if key not in PATTERN_WORDS else ():
            text = str(located.value)
            prose = _SLOT.sub(lambda slot: PLACEHOLDER * len(slot[0]), text)
            for found, at in find_typed_numbers(prose, patterns):
                yield _typed(found, subspan(located.span, context.draft.root, text, at, len(found)), "word")


def _in_cells(context: RuleContext, patterns: Patterns) -> Iterator[Diagnostic]:
    """Texts in series: cells of columns whose names end with a language."""
    for rows in context.draft.cells.values():
        for row in rows:
            for name, cell in row.items():
                if ":" in name:
                    for found, at in find_typed_numbers(cell.text, patterns):
                        span = subspan(cell.span, context.draft.root, cell.text, at, len(found))
                        yield _typed(found, span, "word")


def _typed(found: str, span: Span, variant: str = "text") -> Diagnostic:
    return Diagnostic(rule="typed-number", variant=variant, span=span, args={"found": found})

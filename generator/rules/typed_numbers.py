"""Rule, called the number lock: no quantity is typed into prose; it comes from a fact, an event, a period or a name."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from functools import partial

from ..diagnostics.finding import Diagnostic, Span
from ..model.languages import Language, Phrase, split_placeholders
from ..reading.located_values import LocatedPhrase, phrases
from ..reading.outline import Outline
from ..reading.template_summary import TemplateFile
from ..reading.typed_numbers import PLACEHOLDER, find_typed_numbers, main_scripts
from ..reading.words import FILE as WORDS
from ..reading.yaml_nodes import subspan
from ..store.hashing import content_hash
from ..wording.author_patterns import AuthorPattern, PatternTimeoutError
from .context import SPELLED_NUMBERS, RuleContext
from .interface_words import PATTERN_WORDS

Patterns = Mapping[str, Sequence[AuthorPattern]]  # for texts of each language; under an empty code for texts of any

_KINDS = ("facts", "claims", "events", "series", "charts", "risks", "checks", "judgments", "names", "sources", "terms")
_CACHE_GROUP = "numbers"
_SLOT = re.compile(r"\{\w*\}")


def no_typed_numbers(context: RuleContext) -> Iterator[Diagnostic]:
    """Digits and spelled numbers in templates, in texts of data/, in interface words and in cells of series."""
    by_language = context.spelled_number_patterns
    try:
        yield from _all(context, _for_texts(context.edition.report.languages, by_language))
    except PatternTimeoutError as error:
        code = next(code for code, one in by_language.items() if one.pattern == error.pattern)
        entry = context.draft.words.get(SPELLED_NUMBERS)
        span = Span(WORDS) if entry is None else entry.span_of(code)
        yield Diagnostic(rule="slow-pattern", span=span, args={"key": SPELLED_NUMBERS})


def _for_texts(languages: Sequence[Language], by_language: Mapping[str, AuthorPattern]) -> Patterns:
    """The patterns for texts of each language: its own, and those of languages in other scripts.

    A text may spell a number in a foreign word, but in its own letters that word may be one of its own: "dos" is two in one
    language and "of the" in another.
    """
    scripts = {language.code: main_scripts(language.words.values()) for language in languages}
    found = {
        code: tuple(one for other, one in by_language.items() if other == code or not scripts[other] & scripts[code])
        for code in scripts
    }
    return {**found, "": tuple(by_language.values())}


def _all(context: RuleContext, patterns: Patterns) -> Iterator[Diagnostic]:
    spelled = content_hash("\n".join(pattern.pattern for one in patterns.values() for pattern in one).encode())
    for template in context.templates:
        find = partial(_in_page, template, patterns)
        yield from context.parse_cache.get_or_parse(_CACHE_GROUP, template.file, template.summary.content_hash + spelled, find)
    for part in context.parts:
        content = content_hash(part.source.encode()) + spelled
        yield from context.parse_cache.get_or_parse(_CACHE_GROUP, part.file, content, partial(_in_template, part, patterns))
    for file, content in context.draft.content_hashes.items():
        yield from context.parse_cache.get_or_parse(
            _CACHE_GROUP, file, content + spelled, partial(_in_file, context, file, patterns)
        )
    others = context.draft.hash_without_facts() + spelled
    yield from context.parse_cache.get_or_parse(
        _CACHE_GROUP, "report and words", others, partial(_in_others, context, patterns)
    )
    yield from _in_cells(context, patterns)


def _in_others(context: RuleContext, patterns: Patterns) -> tuple[Diagnostic, ...]:
    """What is no entry of a list: the report itself, and interface words."""
    found: list[Diagnostic] = []
    if context.draft.report is not None:
        for _, phrase in phrases(context.draft.report):
            found += _in_phrase(context, phrase, patterns)
    return (*found, *_in_words(context, patterns))


def _in_page(template: TemplateFile, patterns: Patterns) -> tuple[Diagnostic, ...]:
    return _in_template(template.outline, patterns)


def _in_template(outline: Outline, patterns: Patterns) -> tuple[Diagnostic, ...]:
    found = outline.typed_numbers(patterns[outline.language])
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
        for found, at in find_typed_numbers(prose, patterns[code]):
            yield _typed(found, subspan(phrase.spans[code], context.draft.root, text, at, len(found)))


def _in_words(context: RuleContext, patterns: Patterns) -> Iterator[Diagnostic]:
    """Interface words, except patterns of values and dates."""
    for key, entry in context.draft.words.items():
        for code, located in entry.fields.items() if key not in PATTERN_WORDS else ():
            text = str(located.value)
            prose = _SLOT.sub(lambda slot: PLACEHOLDER * len(slot[0]), text)
            for found, at in find_typed_numbers(prose, patterns[code]):
                yield _typed(found, subspan(located.span, context.draft.root, text, at, len(found)), "word")


def _in_cells(context: RuleContext, patterns: Patterns) -> Iterator[Diagnostic]:
    """Texts in series: cells of columns whose names end with a language."""
    for rows in context.draft.cells.values():
        for row in rows:
            for name, cell in row.items():
                if ":" in name:
                    for found, at in find_typed_numbers(cell.text, patterns.get(name.rpartition(":")[2], patterns[""])):
                        span = subspan(cell.span, context.draft.root, cell.text, at, len(found))
                        yield _typed(found, span, "word")


def _typed(found: str, span: Span, variant: str = "text") -> Diagnostic:
    return Diagnostic(rule="typed-number", variant=variant, span=span, args={"found": found})

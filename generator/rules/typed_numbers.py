"""Rule, called the number lock: no quantity is typed into prose; it comes from a fact, an event, a period or a name."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import partial

from ..diagnostics.finding import Diagnostic, Span
from ..model.languages import Phrase, split_placeholders
from ..reading.draft import FACTS_FOLDER
from ..reading.located_values import LocatedPhrase, phrases
from ..reading.outline import Outline
from ..reading.template_summary import TemplateFile, summaries_of
from ..reading.typed_numbers import PLACEHOLDER, find_typed_numbers
from ..reading.words import FILE as WORDS
from ..reading.yaml_nodes import subspan
from ..store.hashing import content_hash
from ..store.parse_cache import ParseCache
from ..wording.author_patterns import PatternTimeoutError
from .context import RuleContext, of_fact_files
from .interface_words import PATTERN_WORDS
from .number_patterns import SPELLED_NUMBERS, NumberPatterns

_KINDS = ("facts", "claims", "events", "series", "charts", "risks", "checks", "judgments", "names", "sources", "terms")
_CACHE_GROUP = "numbers"
_SLOT = re.compile(r"\{\w*\}")


def no_typed_numbers(context: RuleContext) -> Iterator[Diagnostic]:
    """Digits and spelled numbers in templates, in texts of data/, in interface words and in cells of series."""
    try:
        yield from _all(context, context.number_patterns)
    except PatternTimeoutError as error:
        languages = context.edition.report.languages
        code = next(one.code for one in languages if one.words.get(SPELLED_NUMBERS) == error.pattern)
        entry = context.draft.words.get(SPELLED_NUMBERS)
        span = Span(WORDS) if entry is None else entry.span_of(code)
        yield Diagnostic(rule="slow-pattern", span=span, args={"key": SPELLED_NUMBERS})


def _all(context: RuleContext, patterns: NumberPatterns) -> Iterator[Diagnostic]:
    spelled = hash_of_patterns(patterns)
    for template in context.templates:
        yield from numbers_in_page(template, patterns, spelled, context.parse_cache)
    for part in context.parts:
        content = content_hash(part.source.encode()) + spelled
        yield from context.parse_cache.get_or_parse(_CACHE_GROUP, part.file, content, partial(_in_template, part, patterns))
    in_facts = _by_file(context)
    for file, content in context.draft.content_hashes.items():
        if file.startswith(FACTS_FOLDER):
            yield from in_facts.get(file, ())
            continue
        yield from context.parse_cache.get_or_parse(
            _CACHE_GROUP, file, content + spelled, partial(_in_file, context, file, patterns)
        )
    others = context.draft.hash_without_facts() + spelled
    yield from context.parse_cache.get_or_parse(
        _CACHE_GROUP, "report and words", others, partial(_in_others, context, patterns)
    )
    yield from _in_cells(context, patterns)


def _in_others(context: RuleContext, patterns: NumberPatterns) -> tuple[Diagnostic, ...]:
    """What is no entry of a list: the report itself, and interface words."""
    found: list[Diagnostic] = []
    if context.draft.report is not None:
        for _, phrase in phrases(context.draft.report):
            found += _in_phrase(context, phrase, patterns)
    return (*found, *_in_words(context, patterns))


def numbers_in_page(
    template: TemplateFile, patterns: NumberPatterns, hash_of_patterns: str, parse_cache: ParseCache
) -> tuple[Diagnostic, ...]:
    """What is found in the template of a page, whose outline is loaded only if that is not known."""
    made_of = template.summary.content_hash + hash_of_patterns
    find = partial(_in_page, template, patterns)
    return parse_cache.get_or_parse(summaries_of(template.file), f"numbers in {template.file}", made_of, find)


def _in_page(template: TemplateFile, patterns: NumberPatterns) -> tuple[Diagnostic, ...]:
    return _in_template(template.outline, patterns)


def hash_of_patterns(patterns: NumberPatterns) -> str:
    """A hash of all patterns."""
    return content_hash("\n".join(pattern.pattern for one in patterns.values() for pattern in one).encode())


def _in_template(outline: Outline, patterns: NumberPatterns) -> tuple[Diagnostic, ...]:
    found = outline.typed_numbers(patterns[outline.language])
    return tuple(Diagnostic(rule="typed-number", span=span, args={"found": number}) for number, span in found)


def _by_file(context: RuleContext) -> Mapping[str, list[Diagnostic]]:
    """What is found in each file of facts."""
    found: dict[str, list[Diagnostic]] = {}
    for one in context.in_fact_files(_in_facts):
        if isinstance(one, str):
            raise PatternTimeoutError(one)
        found.setdefault(one.span.file, []).append(one)
    return found


@of_fact_files
def _in_facts(context: RuleContext, file: str) -> Iterator[Diagnostic | str]:
    """What is found in a file of facts, or the pattern that takes too long."""
    try:
        yield from _in_file(context, file, context.number_patterns)
    except PatternTimeoutError as error:
        yield error.pattern


def _in_file(context: RuleContext, file: str, patterns: NumberPatterns) -> tuple[Diagnostic, ...]:
    found: list[Diagnostic] = []
    kind, entries = context.draft.entries_of(file)
    for entry in entries if kind in _KINDS else ():
        for key, phrase in phrases(entry):
            if key == "at" or (kind == "names" and key in ("name", "short")):
                continue  # a place in a source may be "table 3"; names hold what digits they like
            found += _in_phrase(context, phrase, patterns)
    return tuple(found)


def _in_phrase(context: RuleContext, phrase: LocatedPhrase, patterns: NumberPatterns) -> Iterator[Diagnostic]:
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


def _in_words(context: RuleContext, patterns: NumberPatterns) -> Iterator[Diagnostic]:
    """Interface words, except patterns of values and dates."""
    for key, entry in context.draft.words.items():
        for code, located in entry.fields.items() if key not in PATTERN_WORDS else ():
            text = str(located.value)
            prose = _SLOT.sub(lambda slot: PLACEHOLDER * len(slot[0]), text)
            for found, at in find_typed_numbers(prose, patterns[code]):
                yield _typed(found, subspan(located.span, context.draft.root, text, at, len(found)), "word")


def _in_cells(context: RuleContext, patterns: NumberPatterns) -> Iterator[Diagnostic]:
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

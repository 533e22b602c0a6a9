"""Rules: there is every interface word that pages need, in the form that its use needs, and ICU knows the units."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from decimal import Decimal
from functools import partial

from ..diagnostics.finding import Arg, Clause, Diagnostic, Span
from ..markup.escaping import is_font_list
from ..model import values
from ..model.freshness import overdue_since
from ..model.spelling import suggest
from ..reading.located_values import Entry, members_of
from ..wording.author_patterns import AuthorPattern, AuthorPatternError
from ..wording.icu import format_number
from ..wording.interface_words import OPTIONAL_PATTERN_KEYS, PATTERN_KEYS
from ..wording.language_names import is_locale, usual_locale
from .context import RuleContext, of_fact_files
from .number_patterns import SPELLED_NUMBERS

_NAMED_OR_FLAG = re.compile(r"\(\?(?:P?<[A-Za-z_]|[a-zA-Z]+[0-9]?[):])")  # in a regular expression
# Fields of entries whose values pages show by an interface word: the field, and the prefix of the word's key.
_FIELD_PREFIXES = {
    "claims": {"verdict": "verdict", "stance": "stance", "basis": "basis"},
    "sources": {"read": "read"},
    "names": {"type": "type"},
    "checks": {"relation": "relation"},
    "events": {"section": "topic"},
}


def interface_words_complete(context: RuleContext) -> Iterator[Diagnostic]:
    """Interface words that are needed and missing."""
    if "words" in context.draft.unreadable:
        return
    languages = context.edition.report.languages
    for key, span in _needed_words(context).items():
        written = entry.keys if (entry := context.draft.words.get(key)) is not None else {}  # what is not valid is reported
        if missing := [one.code for one in languages if key not in one.words and one.code not in written]:
            yield Diagnostic(rule="missing-word", span=span, args={"key": key, "language": ", ".join(missing)})


def _needed_words(context: RuleContext) -> Mapping[str, Span]:
    """The key of each interface word of the report's own that is needed, with its entry, or the first place that needs it.

    What the generator itself asks for, each language of the package has, and other languages are reported where they are read.
    """
    found = {key: entry.span for key, entry in context.draft.words.items()}
    for kind, fields in _FIELD_PREFIXES.items():
        entries: Mapping[str, Entry] = getattr(context.draft, kind)
        for entry in entries.values():
            for key, prefix in fields.items():
                if (located := entry[key]) is not None and (
                    key != "section" or located.value in context.edition.report.sections
                ):
                    found.setdefault(f"{prefix}.{located.value}", located.span)
    for claim in context.edition.claims.values():
        found.setdefault(f"topic.{claim.section}", Span(claim.span.file))
    for section in members_of(context.draft.report["sections"] if context.draft.report is not None else None):
        found.setdefault(f"topic.{section.value}", section.span)
    found.update(_words_of_facts(context, found))
    for word, span in _words_of_pages(context):
        found.setdefault(word, span)
    return {**context.words_of_parts, **found}


def _words_of_pages(context: RuleContext) -> Iterator[tuple[str, Span]]:
    """The words that pages ask for, each with its place."""
    for template in context.templates:
        if any(name == "t" for name, _, _ in template.summary.calls):
            for call in template.outline.calls:
                yield from zip(call.texts, call.text_spans, strict=True) if call.name == "t" else ()


def _words_of_facts(context: RuleContext, known: Mapping[str, Span]) -> dict[str, Span]:
    """The words that facts and flags need."""
    found: dict[str, Span] = {}
    for word, span in context.in_fact_files(_words_of_file):
        found.setdefault(word, span)
    for series in context.edition.series.values():
        for flag in {flag for row in series.rows for flags in row.flags.values() for flag in flags}:
            found.setdefault(f"observation.{flag}", context.draft.series[series.id].span)
    return {word: span for word, span in found.items() if word not in known}


@of_fact_files
def _words_of_file(context: RuleContext, file: str) -> Iterable[tuple[str, Span]]:
    """The words that the facts of a file need, each with the first place."""
    found: dict[str, Span] = {}
    for fact in context.fact_files.facts(file):
        for key, word in (("status", f"status.{fact.status}"), ("review", f"review.{fact.review}")):
            if word not in found and (located := context.draft.facts[fact.id][key]) is not None:
                found[word] = located.span
        found.setdefault(f"topic.{fact.topic}", Span(fact.span.file))
        if "due.text" not in found and overdue_since(context.edition, fact):
            found["due.text"] = found["due.note"] = fact.span
    return found.items()


def _number(text: str) -> bool:
    try:
        return values.number(text) >= 0
    except ValueError:
        return False


def _whole(text: str) -> bool:
    return text.isdecimal()


def _pattern(text: str) -> bool:
    try:
        AuthorPattern(text)
    except AuthorPatternError:
        return False
    return True


def _part_of_pattern(text: str) -> bool:
    """A pattern that is put into another one, and so can name no group and set no flag for all of it."""
    return _pattern(text) and _pattern(f"(?P<half>{text})(?= )") and not _NAMED_OR_FLAG.search(text)


def _language_code(text: str) -> bool:
    return bool(re.fullmatch(r"[A-Za-z]{2,3}(?:-[A-Za-z0-9]{2,8})*", text))


def _has_placeholders(count: int) -> Callable[[str], bool]:
    """A test whether a text has placeholders {0}, {1} … for so many parts."""
    return lambda text: all(f"{{{index}}}" in text for index in range(count))


_ONE, _TWO = (Clause("text-with-one"), _has_placeholders(1)), (Clause("text-with-two"), _has_placeholders(2))
_FORM_OF_COUNT = {0: (Clause("text"), bool), 1: _ONE, 2: _TWO}
_FORMS: Mapping[str, tuple[Clause, Callable[[str], object]]] = {
    **{key: _ONE for key in PATTERN_KEYS if key.startswith(("value.", "period.", "growth."))},
    "growth.flat": (Clause("text"), bool),
    "value.range": _TWO,
    **{key: _FORM_OF_COUNT[count] for key, count in OPTIONAL_PATTERN_KEYS.items()},
    "period.span": _TWO,
    "value.range_shares": (Clause("unit-or-scale"), ("unit", "scale").__contains__),
    "value.compact_from": (Clause("number"), _number),
    "value.compact_fraction": (Clause("number"), _whole),
    "value.unit_space": (Clause("space"), lambda text: not text.strip()),
    SPELLED_NUMBERS: (Clause("regular-expression"), _pattern),
    **dict.fromkeys(("lock.half", "lock.tenth", "lock.negative"), (Clause("regular-expression"), _part_of_pattern)),
    "print.text": (Clause("fonts"), is_font_list),
    "print.sans": (Clause("fonts"), is_font_list),
    "theme.language": (Clause("language-code"), _language_code),
    "theme.search": (Clause("language-code"), _language_code),
}


PATTERN_WORDS = frozenset(_FORMS)  # the words that shape values, dates and print, and say how the language spells numbers


def interface_words_valid(context: RuleContext) -> Iterator[Diagnostic]:
    """Interface words whose text has not the form that its use needs."""
    for key, entry in context.draft.words.items():
        expected, fits = _FORMS.get(key, (Clause("text"), str.strip))
        for located in entry.fields.values():
            if not fits(str(located.value)):
                args: dict[str, Arg] = {"expected": expected, "found": str(located.value)}
                yield Diagnostic(rule="wrong-shape", variant="value", span=located.span, args=args)


def locales_known(context: RuleContext) -> Iterator[Diagnostic]:
    """Locales of languages that CLDR does not know: numbers and dates would be written as in no language."""
    described = context.draft.report["languages"] if context.draft.report is not None else None
    for language in context.edition.report.languages:
        entry = described[language.code] if isinstance(described, Entry) else None
        if isinstance(entry, Entry) and not _is_known(context, language.locale):
            meant = usual_locale(language.code)
            args = {"found": language.locale, "suggestion": meant if is_locale(meant) else language.code}
            yield Diagnostic(rule="unknown-locale", span=entry.span_of("locale"), args=args)


def _is_known(context: RuleContext, locale: str) -> bool:
    """Whether CLDR knows a locale: its data of a language takes long to load."""
    return context.parse_cache.get_or_parse("locales", locale, "", partial(is_locale, locale))


def icu_units_known(context: RuleContext) -> Iterator[Diagnostic]:
    """ICU units on the ladders of units that ICU cannot format."""
    locale = context.edition.report.default.locale
    for unit, entry in context.draft.units.items():
        ladder = entry["ladder"]
        for rung in ladder.value if ladder is not None and isinstance(ladder.value, tuple) else ():
            icu = rung["icu"]
            if icu is not None and not _writes(locale, f"unit/{icu.value}"):
                yield Diagnostic(
                    rule="unknown-word",
                    span=icu.span,
                    args={"found": str(icu.value), "suggestion": suggest(str(icu.value), _used(context, unit))},
                )


def _writes(locale: str, skeleton: str) -> bool:
    try:
        return bool(format_number(locale, Decimal(1), skeleton))
    except ValueError:
        return False


def _used(context: RuleContext, unit: str) -> Iterable[str]:
    return {rung.icu: None for key, other in context.edition.units.items() if key != unit for rung in other.ladder if rung.icu}

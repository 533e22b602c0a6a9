"""The furniture has a word for everything it must say, and a form for every value."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from decimal import Decimal

from ..diagnostics.finding import Arg, Clause, Diagnostic, Span
from ..model import values
from ..model.freshness import overdue_since
from ..model.spelling import suggest
from ..reading.located import Entry
from ..wording.formatting import PATTERN_KEYS, format_number
from ..wording.interface_words import REQUIRED_WORDS
from .context import SPELLED, RuleContext

_FILE = "data/words.yml"
# What an entry says with a word of the furniture: the key of its field, and the beginning of the word's.
_SPOKEN = {
    "claims": {"verdict": "verdict", "stance": "stance", "basis": "basis"},
    "sources": {"read": "read"},
    "names": {"type": "type"},
    "checks": {"relation": "relation"},
    "events": {"section": "topic"},
}


def every_word(context: RuleContext) -> Iterator[Diagnostic]:
    """The furniture has a word for everything it must say."""
    if "words" in context.draft.unreadable:
        return
    for key, span in _needed_words(context).items():
        if key not in context.draft.words:
            yield Diagnostic(rule="missing-word", span=span, args={"key": key})


def _needed_words(context: RuleContext) -> Mapping[str, Span]:
    """Each word that is needed, and the first place that needs it."""
    found = dict.fromkeys((*PATTERN_KEYS, *REQUIRED_WORDS), Span(_FILE))
    for kind, fields in _SPOKEN.items():
        entries: Mapping[str, Entry] = getattr(context.draft, kind)
        for entry in entries.values():
            for key, beginning in fields.items():
                if (located := entry[key]) is not None and (
                    key != "section" or located.value in context.edition.report.sections
                ):
                    found.setdefault(f"{beginning}.{located.value}", located.span)
    found.update(_words_of_facts(context, found))
    for outline in context.outlines:
        for call in outline.calls:
            if call.name == "t":
                found.update((text, place) for text, place in zip(call.texts, call.places, strict=True) if text not in found)
    return {**found, **context.part_words}


def _words_of_facts(context: RuleContext, known: Mapping[str, Span]) -> dict[str, Span]:
    """What facts need besides. A fact's entry is looked up only where nobody needed the word before: it may not be read yet."""
    found: dict[str, Span] = {}
    for fact in context.edition.facts.values():
        for key, word in (("status", f"status.{fact.status}"), ("review", f"review.{fact.review}")):
            if word not in found and word not in known and (located := context.draft.facts[fact.id][key]) is not None:
                found[word] = located.span
        found.setdefault(f"topic.{fact.topic}", Span(fact.span.file))
        if "due.text" not in found and overdue_since(context.edition, fact):
            found["due.text"] = found["due.note"] = fact.span
    return {word: span for word, span in found.items() if word not in known}


def _number(text: str) -> bool:
    try:
        return values.number(text) >= 0
    except ValueError:
        return False


def _whole(text: str) -> bool:
    return text.isdecimal()


def _pattern(text: str) -> bool:
    try:
        return bool(re.compile(text))
    except re.error:
        return False


def _holds(count: int) -> Callable[[str], bool]:
    """Whether a text has room for so many parts."""
    return lambda text: all(f"{{{index}}}" in text for index in range(count))


_ONE, _TWO = (Clause("text-with-one"), _holds(1)), (Clause("text-with-two"), _holds(2))
_FORMS: Mapping[str, tuple[Clause, Callable[[str], object]]] = {
    **{key: _ONE for key in PATTERN_KEYS if key.startswith(("value.", "period.", "growth."))},
    "growth.flat": (Clause("text"), bool),
    "value.range": _TWO,
    "period.span": _TWO,
    "value.range_shares": (Clause("unit-or-scale"), ("unit", "scale").__contains__),
    "value.compact_from": (Clause("number"), _number),
    "value.compact_fraction": (Clause("number"), _whole),
    "value.unit_space": (Clause("space"), lambda text: not text.strip()),
    SPELLED: (Clause("regular-expression"), _pattern),
    "lock.half": (Clause("regular-expression"), _pattern),
    "print.text": (Clause("text"), str.strip),  # a font, as CSS writes it
    "print.sans": (Clause("text"), str.strip),
}


SHAPING = frozenset(_FORMS)  # the words that shape values, dates and print, and say how the language spells numbers


def words_fit(context: RuleContext) -> Iterator[Diagnostic]:
    """The words that shape values and dates have the form they need."""
    for key, entry in context.draft.words.items():
        expected, fits = _FORMS.get(key, (Clause("text"), str.strip))
        for located in entry.fields.values():
            if not fits(str(located.value)):
                args: dict[str, Arg] = {"expected": expected, "found": str(located.value)}
                yield Diagnostic(rule="wrong-shape", variant="value", span=located.span, args=args)


def units_known(context: RuleContext) -> Iterator[Diagnostic]:
    """ICU knows the units that it is asked to write."""
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
    return {rung.icu: None for key, one in context.edition.units.items() if key != unit for rung in one.ladder if rung.icu}

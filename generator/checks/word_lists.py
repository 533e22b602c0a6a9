"""The words of a language with what they are for, and those that it lacks."""

from __future__ import annotations

from ..reading.default_words import default_words, meaning, reference
from ..reading.draft import Draft
from ..records.struct import Struct


class Word(Struct, frozen=True, kw_only=True):
    """One word of a language; `reference` is the text that it is translated from."""

    key: str
    text: str
    reference: str
    meaning: str
    missing: bool  # whether neither the report nor the package says it; an empty text may be meant


def words_of(draft: Draft, code: str) -> list[Word]:
    """Every word that the package or the report has in any language, as the language says it."""
    language = next((one for one in draft.languages if one.code == code), None)
    defaults = default_words(language.locale if language else code, code)
    found = []
    for key in dict.fromkeys((*reference(), *draft.words)):
        entry = draft.words.get(key)
        located = entry[code] if entry is not None else None
        others = [str(other.value) for other in entry.fields.values()] if entry is not None else []
        text = str(located.value) if located is not None else defaults.get(key, "")
        original = reference().get(key) or next(iter(others), "")
        missing = not text and key not in defaults
        found.append(Word(key=key, text=text, reference=original, meaning=meaning(key), missing=missing))
    return found


def missing_words(draft: Draft, code: str) -> list[Word]:
    """The words that the language has from nowhere."""
    return [word for word in words_of(draft, code) if word.missing]

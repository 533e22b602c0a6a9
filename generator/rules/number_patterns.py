"""The patterns of numbers in words that languages have."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from contextlib import suppress

from ..model.languages import Language
from ..reading.typed_numbers import main_scripts
from ..wording.author_patterns import AuthorPattern, AuthorPatternError

SPELLED_NUMBERS = "lock.spelled"
NumberPatterns = Mapping[str, Sequence[AuthorPattern]]  # for texts of each language; under an empty code for texts of any


def number_patterns(languages: Sequence[Language]) -> NumberPatterns:
    """The patterns for texts of each language: its own, and those of languages in other scripts.

    A text may spell a number in a foreign word, but in its own letters that word may be one of its own: "dos" is two in one
    language and "of the" in another.
    """
    scripts = {language.code: main_scripts(language.words.values()) for language in languages}
    by_language: dict[str, AuthorPattern] = {}
    for language in languages:
        if (pattern := language.words.get(SPELLED_NUMBERS)) is not None:
            with suppress(AuthorPatternError):  # reported by interface_words_valid
                by_language[language.code] = AuthorPattern(pattern)
    found = {
        code: tuple(one for other, one in by_language.items() if other == code or not scripts[other] & scripts[code])
        for code in scripts
    }
    return {**found, "": tuple(by_language.values())}

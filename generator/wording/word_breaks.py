"""The words of a text, as ICU cuts it by the rules and dictionaries of a locale (https://www.unicode.org/reports/tr29/)."""

from __future__ import annotations

from icu4py.breakers import WordBreaker


def words(text: str, locale: str) -> list[str]:
    """A text cut at every word boundary; spaces and punctuation are parts of their own. Joined, the parts are the text."""
    return [text[start:end] for start, end in WordBreaker(text, locale).segments()]

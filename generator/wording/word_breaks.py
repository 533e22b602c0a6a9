"""The words of a text, as ICU cuts it by the rules and dictionaries of a locale (https://www.unicode.org/reports/tr29/)."""

from __future__ import annotations

import tomllib
from functools import cache
from pathlib import Path

from icu4py.breakers import WordBreaker

from ..records.struct import Struct


class NumberEndings(Struct, frozen=True, kw_only=True):
    """What stands in line_breaks.toml for all languages: signs of powers of ten, and words that end what is counted."""

    scales: str
    bounds: frozenset[str]


@cache
def number_endings() -> NumberEndings:
    """What is written together with a number in the languages that have no spaces between words."""
    tables = tomllib.loads(Path(__file__).with_name("line_breaks.toml").read_text(encoding="utf-8")).values()
    return NumberEndings(
        scales="".join(table["scales"] for table in tables),
        bounds=frozenset(word for table in tables for word in table["bounds"]),
    )


def words(text: str, locale: str) -> list[str]:
    """A text cut at every word boundary; spaces and punctuation are parts of their own. Joined, the parts are the text."""
    return [text[start:end] for start, end in WordBreaker(text, locale).segments()]

"""Writes negative numbers of a page with the minus sign (U+2212), as wide as a plus: CLDR has a hyphen in most languages."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Mapping
from functools import lru_cache

_PATTERNS = tuple(
    f"value.{name}" for name in ("about", "at_least", "at_most", "more_than", "less_than", "range", "range_signed")
)  # words around numbers
_BEFORE = r"[\s>(\[\u2066-\u2069\u200e\u200f\u061c\u3000-\u303f\uff08\uff1a]"
_SIGNS = ("-", "&#45;")
_AFTER = r"(?=[^\w\s<>\"'/|-]?\d)"
_ATTRIBUTES = ("style", "href", "src", "srcset", "action", "id", "class")
# Code, addresses and styles. Each of these begins with a character, and looks back from it: so Python's `re` looks only at
# places with such a character, and is several times as fast.
_CODE = (
    *(rf"{fence}(?<=^{fence}).*?^{fence}" for fence in ("```", "~~~")),
    r"`[^`\n]*`",
    r"\]\([^)\n]*\)",
    r"<(?P<tag>pre|code|script|style|svg)\b.*?</(?P=tag)>",
    *(rf"{name[0]}(?<=\b{name[0]}){name[1:]}\s*=\s*(?:\"[^\"]*\"|'[^']*')" for name in _ATTRIBUTES),
)


def with_minus_signs(text: str, words: Mapping[str, str]) -> str:
    """Markdown or HTML with minus signs in place of hyphens before numbers, except in code, addresses and styles.

    `words` are those of the page's language: numbers follow what its patterns of values have before them, as in 約-9%.
    """
    numbers, code_or_number = _compiled(tuple(sorted(set(_before_numbers(words)))))
    if not any(number.search(text) for number in numbers):
        return text
    return code_or_number.sub(lambda match: "\u2212" if match[0] in _SIGNS else match[0], text)


def _before_numbers(words: Mapping[str, str]) -> Iterator[str]:
    """What stands right before a number in the patterns of values, where it ends in neither a blank nor a dash."""
    for key in _PATTERNS:
        for piece in re.split(r"\{\d\}", words.get(key, ""))[:-1]:
            if piece and not piece[-1].isspace() and unicodedata.category(piece[-1]) != "Pd":
                yield piece


@lru_cache(maxsize=64)
def _compiled(before: tuple[str, ...]) -> tuple[tuple[re.Pattern[str], ...], re.Pattern[str]]:
    """Each sign before a number, which is faster found alone, and any of them or code."""
    places = (_BEFORE, *map(re.escape, before))
    numbers = [f"{sign}(?:{'|'.join(f'(?<={place}{sign})' for place in places)}){_AFTER}" for sign in _SIGNS]
    return tuple(map(re.compile, numbers)), re.compile("|".join((*_CODE, *numbers)), re.DOTALL | re.MULTILINE)

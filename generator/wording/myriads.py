"""Large whole numbers in steps of ten thousand, as some locales write them: 591兆4821億, 591조 4821억.

Which locales do so, and the words of the steps, are CLDR's: there, ten thousand has a word of its own, and so has its square.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal
from functools import lru_cache
from itertools import takewhile

from .icu import format_number, spell

_STEP = 4  # powers of ten from one word to the next
_POWERS = (16, 12, 8, 4)


@lru_cache(maxsize=64)
def steps(locale: str) -> tuple[tuple[int, str], ...]:
    """The powers of ten with a word, the largest first; none in locales that count in thousands, lakhs and so on."""
    words = tuple((power, word) for power in _POWERS if (word := _word(locale, power)))
    counts = _word(locale, _STEP) and _word(locale, 2 * _STEP) and _word(locale, _STEP) != _word(locale, _STEP - 1)
    return words if counts else ()


def _word(locale: str, power: int) -> str:
    """What a locale writes behind 1 for a power of ten; empty where it writes more digits than that."""
    text = format_number(locale, Decimal(1).scaleb(power), "compact-long @")
    digits = "".join(takewhile(str.isdecimal, text))
    return text[len(digits) :].strip() if len(digits) == 1 else ""


def in_steps(number: Decimal, locale: str) -> str:
    """A whole number of at least two steps in the words of the locale; empty for other numbers and locales."""
    words = steps(locale)
    if not words or number != number.to_integral_value() or abs(number) < Decimal(1).scaleb(2 * _STEP):
        return ""
    rest, parts = abs(int(number)), list[str]()
    for power, word in (*words, (0, "")):
        count, rest = divmod(rest, 10**power)
        if count:
            signed = Decimal(count) if parts or number > 0 else -Decimal(count)
            grouping = "group-off" if parts else "group-min2"
            parts.append(format_number(locale, signed, f"precision-integer {grouping}") + word)
    return gap(locale).join(parts)


@lru_cache(maxsize=64)
def gap(locale: str) -> str:
    """What stands between two steps: a space where the locale has one in numbers in words."""
    return " " if " " in spell(locale, 2_0002_0000).strip() else ""


def read_in_steps(text: str, locale: str) -> Iterator[Decimal]:
    """The numbers of at least two steps in a text, without their sign."""
    words = {word: power for power, word in steps(locale)}
    if not words:
        return
    step = "|".join(map(re.escape, sorted(words, key=len, reverse=True)))
    for match in re.finditer(rf"(?:[\d,]+(?:{step})\s?)+\d*", text):
        parts = re.findall(rf"([\d,]+)({step})?", match[0])
        if len(parts) > 1:
            yield sum((Decimal(digits.replace(",", "")).scaleb(words.get(word, 0)) for digits, word in parts), Decimal(0))

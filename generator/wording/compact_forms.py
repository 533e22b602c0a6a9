"""Compact forms of numbers, as 1.2 billion, that can be read back: in some locales CLDR writes two powers of ten alike."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from functools import lru_cache
from itertools import takewhile

from .icu import decimal_sign, format_number

SHORT_NOTATION, LONG_NOTATION = "compact-short", "compact-long"
_POWERS = range(3, 22)
_DIGITS = ("1", "1.5", "2")  # of which locales may have plural forms of their own


@lru_cache(maxsize=64)
def ambiguous_powers(locale: str, notation: str) -> frozenset[int]:
    """The powers of ten whose text is also that of a smaller one, blanks aside, as those of 1e7 and 1e11 in Bengali."""
    found: set[int] = set()
    for digits in _DIGITS:
        seen: set[str] = set()
        for power in _POWERS:
            text = "".join(format_number(locale, Decimal(digits).scaleb(power), f"{notation} @##").split())
            if text in seen:
                found.add(power)
            seen.add(text)
    return frozenset(found)


def compact_skeleton(
    number: Decimal, locale: str, notations: Sequence[str], precisions: Sequence[str], most_fraction: int
) -> str:
    """The skeleton of the first notation that can be read back, at the first precision whose fraction is not too long.

    Empty where there is none.
    """
    for notation in notations:
        if number and number.adjusted() in ambiguous_powers(locale, notation):
            continue
        for precision in dict.fromkeys(precisions):
            if fraction_digits(format_number(locale, number, f"{notation} {precision}"), locale) <= most_fraction:
                return f"{notation} {precision}"
    return ""


def fraction_digits(text: str, locale: str) -> int:
    """How many digits stand behind the decimal sign of a formatted number."""
    return sum(1 for _ in takewhile(str.isdigit, text.partition(decimal_sign(locale))[2]))

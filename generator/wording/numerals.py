"""Numerals in a text that ICU formatted: digits of any script with the signs of a locale, and its words for powers of ten.

What a numeral stands for is not decided here: each has all the numbers that it may be, for `parsing` to choose from.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from decimal import Decimal
from functools import lru_cache

from ..model.values import Point
from ..records.struct import Struct
from .icu import format_number

_POWERS = range(3, 22)
# A locale's plural categories have words of their own, and so have fractions.
_TIMES = tuple(Decimal(times) for times in ("1", "2", "5", "11", "1.1", "1.5", "1.12"))
_SKELETONS = ("compact-long @##", "compact-short @##", "compact-short @## currency/USD unit-width-short")
_CURRENCY = "currency/USD unit-width-narrow .00"  # some locales have other signs in amounts of money


class Numeral(Struct, frozen=True):
    """Digits in a text, and the numbers of them: one for each way to read a locale's signs."""

    points: tuple[Point, ...]


@lru_cache(maxsize=64)
def _decimal_signs(locale: str) -> tuple[str, ...]:
    """The decimal sign of a locale, and that of its amounts of money."""
    written = [format_number(locale, Decimal("1.55"), skeleton) for skeleton in (".00", _CURRENCY)]
    return tuple(dict.fromkeys(match[1] for text in written if (match := re.search(r"\d(\D)\d\d", text))))


@lru_cache(maxsize=64)
def _group_signs(locale: str) -> frozenset[str]:
    """The signs that part groups of digits."""
    written = [
        format_number(locale, Decimal(1234567).scaleb(more), skeleton)
        for skeleton in ("precision-integer", _CURRENCY.replace(".00", "precision-integer"))
        for more in (0, 3)
    ]
    return frozenset(sign for text in written for sign in re.findall(r"(?<=\d)(\D)(?=\d)", text))


def numerals(text: str, locale: str) -> list[Numeral]:
    """The numerals of a text, in order."""
    signs = {*_decimal_signs(locale), *_group_signs(locale)}
    between = "".join(map(re.escape, signs))
    return [
        Numeral(tuple(_points(match[0], locale)))
        for match in re.finditer(rf"\d+(?:[{between}]\d+)*" if signs else r"\d+", text)
    ]


def _points(written: str, locale: str) -> Iterator[Point]:
    groups = _group_signs(locale)
    digits = "".join(str(unicodedata.decimal(char)) if char.isdecimal() else char for char in written)
    found = set[str]()
    for decimal in (*_decimal_signs(locale), ""):
        whole, _, fraction = digits.rpartition(decimal) if decimal and decimal in digits else (digits, "", "")
        bare = "".join(char for char in whole if char not in groups)
        plain = f"{bare}.{fraction}" if fraction else bare
        if bare.isdecimal() and fraction.isdecimal() is bool(fraction) and plain not in found:
            found.add(plain)
            yield Point(number=Decimal(plain), zeros=len(fraction) - len(fraction.rstrip("0")))


@lru_cache(maxsize=64)
def _scale_words(locale: str) -> tuple[tuple[str, int], ...]:
    """What a locale writes beside a number in place of a power of ten, with that power."""
    symbols = _words(format_number(locale, Decimal(1), "currency/USD unit-width-short"))
    found: dict[tuple[str, int], None] = {}
    for power in _POWERS:
        for times in _TIMES:
            for skeleton in _SKELETONS:
                text = format_number(locale, times.scaleb(power), skeleton)
                for numeral in numerals(text, locale)[:1]:
                    for point in numeral.points:
                        shift = power - (point.number / times).adjusted() if point.number else 0
                        for word in _words(text) - symbols if shift > 0 else ():
                            found[word, shift] = None
    return tuple(found)


def _words(text: str) -> set[str]:
    """The words of a text besides its numerals, without marks of direction."""
    return {word for word in re.split(r"[\d\s.,\u200e\u200f\u061c]+", text) if word}


def powers(text: str, locale: str) -> tuple[int, ...]:
    """The powers of ten that a text may have words for, and 0."""
    return (0, *dict.fromkeys(power for word, power in _scale_words(locale) if word in text))


@lru_cache(maxsize=64)
def _minus_signs(locale: str) -> frozenset[str]:
    return frozenset(char for char in format_number(locale, Decimal(-1), "@") if unicodedata.category(char) in ("Pd", "Sm"))


def is_signed(text: str, locale: str) -> bool:
    """Whether a text holds the locale's minus sign."""
    return any(sign in text for sign in _minus_signs(locale))

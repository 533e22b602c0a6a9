"""What was probably meant by a value that is written as people write it: 22%, 722億, $72.2B, 66 to 72 billion."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from decimal import Decimal
from functools import cache
from itertools import pairwise

from ..model.comparison import exact_notation
from ..model.values import Point
from .icu import format_number
from .number_reader import number_reader
from .parsed_numbers import ParsedNumber

_ENDS = 2
_DIGITS = re.compile(r"[0-9][0-9.,]*")
_CUT = re.compile(r"[.,]")
_LETTERS = re.compile(r"\s?([A-Za-z]{1,2})(?![A-Za-z])")
_LONGEST = 60  # characters of what is looked at


def likely_value(text: str, locales: Iterable[str]) -> str:
    """A number or range in words, with a sign or a scale, in the notation of data/; empty where it is not certain."""
    if len(text) > _LONGEST:
        return ""
    read = [(locale, number_reader(locale).read(text)) for locale in dict.fromkeys(locales)]
    locale, found = max(read, key=lambda one: (sum(len(number.text) for number in one[1]), -len(one[1])), default=("", []))
    if any(_CUT.fullmatch(text[one.offset + len(one.text) : other.offset]) for one, other in pairwise(found)):
        return ""  # one number, whose decimal sign is that of another language
    numbers = [_with_letters(locale, text, number) for number in found]
    if len(numbers) == 1 and len(_DIGITS.findall(text)) == 1:
        return exact_notation(Point(number=numbers[0]))
    if len(numbers) == _ENDS:
        low, high = numbers
        mantissa = _DIGITS.search(found[1].text)
        if low < high and mantissa and found[0].text == found[0].text.strip("%") and low == _plain(found[0].text):
            scale = high / (_plain(mantissa[0]) or Decimal(1))
            low *= scale if low * scale < high else 1
        return f"[{exact_notation(Point(number=low))}, {exact_notation(Point(number=high))}]" if low < high else ""
    return ""


def _plain(text: str) -> Decimal:
    digits = text.replace(",", "")
    return Decimal(digits) if re.fullmatch(r"[0-9]+(\.[0-9]+)?", digits) else Decimal(0)


def _with_letters(locale: str, text: str, number: ParsedNumber) -> Decimal:
    """A number with the scale of the letters behind it, as in 72.2B."""
    match = _LETTERS.match(text, number.offset + len(number.text))
    scale = _scales(locale).get(match[1].lower(), Decimal(1)) if match else Decimal(1)
    return number.number * scale * (number.sign or 1)


@cache
def _scales(locale: str) -> Mapping[str, Decimal]:
    """The letters that stand for powers of ten in a locale."""
    found = {}
    for power in (3, 6, 9, 12):
        letters = format_number(locale, Decimal(10) ** power, "compact-short").lstrip("1").strip().lower()
        if letters.isascii() and letters.isalpha():
            found[letters] = Decimal(10) ** power
    return found

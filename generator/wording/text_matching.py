"""Matching of numbers and dates in a text against a value with its unit, or a period."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal

from ..model.periods import Form, Period
from ..model.units import Unit
from .icu import format_date, format_number
from .number_reader import NumberReader, normalize_digits
from .parsed_numbers import ParsedNumber

_CODE_BEFORE, _CODE_AFTER = re.compile(r"[A-Za-z]-?$|[0-9]-$"), re.compile("-[0-9]")
_WORD = re.compile(r"\s?[^\W\d]{1,8}")
_ENDLESS, _MOST_DIGITS = 20, 6  # digits of a fraction that does not end, and of a number that is rounded from one
_WIDTHS = ("full-name", "short", "narrow")
# ICU skeletons of dates with and without their year
_DATES = {Form.DAY: ("yMMMMd", "yMMMd", "yMd", "yMMdd"), Form.MONTH: ("yMMMM", "yMMM", "yM")}
_DATES_WITHOUT_YEAR = {Form.DAY: ("MMMMd", "MMMd"), Form.MONTH: ("LLLL",)}


def unit_words(unit: Unit, locale: str) -> list[tuple[str, Decimal]]:
    """What ICU writes after a number of this unit, with the factor that it stands for; the longest first."""
    found: dict[str, Decimal] = {}
    for step in unit.ladder:
        for width in _WIDTHS if step.icu else ():
            for number in (1, 2):
                text = format_number(locale, Decimal(number), f"unit/{step.icu} unit-width-{width}")
                if word := normalize_digits(text).lstrip("0123456789").strip():
                    found.setdefault(word.lower(), step.factor)
    return sorted(found.items(), key=lambda pair: -len(pair[0]))


def possible_sizes(number: ParsedNumber, words: Sequence[tuple[str, Decimal]], unit: Unit) -> set[Decimal]:
    """The sizes that a number may state in a unit: with a unit word after it, or bare where the unit has no words."""
    signs = (1, -1) if number.sign == 0 else (number.sign,)
    after = number.after.lstrip().lower()
    for word, factor in words:
        if after.startswith(word):
            return {number.number * factor * sign for sign in signs}
    if words or number.percent != unit.percent:
        return set()
    return {size * sign for size in _roundings(number.number) for sign in signs}


def _roundings(number: Decimal) -> Iterator[Decimal]:
    """A number, and where it has endless digits, as one third has, how it may be rounded."""
    yield number
    if len(number.as_tuple().digits) > _ENDLESS:
        yield from (round(number, digits - number.adjusted() - 1) for digits in range(2, _MOST_DIGITS))


def each_has_a_number(bounds: Sequence[Decimal], sizes: Sequence[set[Decimal]]) -> bool:
    """Whether each bound of a value is stated by a number of its own."""
    left = list(sizes)
    for bound in bounds:
        index = next((index for index, possible in enumerate(left) if bound in possible), None)
        if index is None:
            return False
        del left[index]
    return True


def is_similar(sizes: set[Decimal], bounds: Sequence[Decimal]) -> bool:
    """Whether a number of the same unit is within a power of ten of a bound, so that it may have been meant."""
    return any(
        bound and size and Decimal("0.1") <= size / bound <= 10  # noqa: PLR2004  a power of ten
        for size in sizes
        for bound in bounds
    )


def with_next_word(number: ParsedNumber) -> str:
    """A number as written, with the word after it, which often is its unit."""
    match = _WORD.match(number.after)
    return number.text + (match[0] if match else "")


def is_in_code(number: ParsedNumber, text: str) -> bool:
    """Whether a number is part of a code or a telephone number in a normalised text, as in AB-12345, H100 and 030-123-4567."""
    end = number.offset + len(number.text)
    before, after = text[max(0, number.offset - 2) : number.offset], text[end : end + 2]
    digits = number.text.isdecimal()
    leading_zero = digits and len(number.text) > 1 and number.text.startswith("0")
    return digits and (leading_zero or bool(_CODE_BEFORE.search(before) or (_CODE_AFTER.match(after) and "-" in before)))


def is_year(number: ParsedNumber) -> bool:
    """Whether a number is written like a year of our centuries: four digits."""
    return 1900 <= number.number < 2200 and len(number.text) == 4  # noqa: PLR2004


def states_period(period: Period, text: str, reader: NumberReader) -> bool:
    """Whether a text states a period: as the locale writes it, without its year but with the year near, or all its numbers."""
    plain = _comparable(text)
    numbers = [number.number for number in reader.read(text)]
    if any(_contains_date(plain, period, skeleton, reader.locale) for skeleton in _DATES.get(period.form, ())):
        return True
    if period.first.year in numbers and any(
        _contains_date(plain, period, skeleton, reader.locale) for skeleton in _DATES_WITHOUT_YEAR.get(period.form, ())
    ):
        return True
    return all(Decimal(int(part)) in numbers for part in re.findall(r"\d+", period.text))


def _contains_date(plain: str, period: Period, skeleton: str, locale: str) -> bool:
    written = _comparable(format_date(locale, period.first, skeleton))
    return re.search(rf"(?<!\d){re.escape(written)}(?!\d)", plain) is not None


def _comparable(text: str) -> str:
    """A text without differences of case, width and spaces."""
    return " ".join(normalize_digits(text).casefold().split())

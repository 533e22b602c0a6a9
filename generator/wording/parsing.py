"""Parsing of formatted values and dates: of the candidates in a text, the one that formats to the same text is meant."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import suppress
from datetime import date, timedelta
from decimal import Decimal
from functools import lru_cache
from itertools import permutations, product

from ..model import arithmetic, periods, values
from ..model.languages import Language
from ..model.periods import Period
from ..model.units import Unit
from ..model.values import Interval, Point, Value
from ..records.struct import replace
from .formatting import LONG, SHORT, TICK, ValueFormatter
from .growth import format_growth
from .myriads import read_in_steps
from .number_reader import number_reader
from .numerals import Numeral, is_signed, numerals, powers

_FORMS = (SHORT, LONG, TICK)  # those first in which pages have most
_MINUS = "\u2212"
_BOUND_SIGNS = {"value.at_least": ">=", "value.at_most": "<=", "value.more_than": ">", "value.less_than": "<"}
_ELSEWHERE = periods.FiscalCalendar(begins=4)  # any whose years do not begin in January
_MOST_NUMERALS, _FIRST_YEAR = 8, 1000


def parse_value(text: str, unit: Unit, language: Language) -> Value:
    """The value that `ValueFormatter.value` formats to this text in one of its forms; raises ValueError if there is none."""
    for written in _spellings(text):
        for candidate in _candidates(written, unit, language):
            if _is_worded(candidate, written, unit, language):
                return candidate
    msg = f"not a worded value: {text}"
    raise ValueError(msg)


def is_worded(value: Value, text: str, unit: Unit, language: Language) -> bool:
    """Whether a value is formatted to this text in one of its forms, or as a change: then it is the one that is read of it."""
    return any(
        _is_worded(value, written, unit, language) or format_growth(language, value, unit) == written
        for written in _spellings(text)
    )


def _is_worded(value: Value, text: str, unit: Unit, language: Language) -> bool:
    formatter = ValueFormatter(language)
    return any(formatter.value(value, unit, form=form) == text for form in _FORMS)


def _spellings(text: str) -> tuple[str, ...]:
    """The text, and with hyphens in place of the minus signs that pages have where the locale has hyphens."""
    return tuple(dict.fromkeys((text, text.replace(_MINUS, "-"))))


def parse_growth(text: str, unit: Unit, language: Language) -> Value:
    """The value that `format_growth` formats to this text; raises ValueError if there is none."""
    for written in _spellings(text):
        for candidate in _changes(written, unit, language):
            if format_growth(language, candidate, unit) == written:
                return candidate
    msg = f"not a worded change: {text}"
    raise ValueError(msg)


def parse_period(text: str, language: Language) -> Period:
    """The period that `ValueFormatter` formats to this text, a year rather than a fiscal year; raises ValueError."""
    numbers = [number.number for number in number_reader(language.locale).read(text)]
    years = {int(number) for number in numbers if number == int(number)}
    for year in sorted(years):
        if _FIRST_YEAR <= year < date.max.year and (
            period := _periods_by_text(language.locale, year, _patterns(language)).get(text)
        ):
            return period
    for key in ("period.span", "period.in.span"):
        head, _, rest = language.words.get(key, "").partition("{0}")
        between, sign, after = rest.partition("{1}")
        start, separator, end = text.removeprefix(head).partition(between) if between else ("", "", "")
        if sign and separator and text.startswith(head) and end.endswith(after):
            with suppress(ValueError):
                span = parse_period(start, language), parse_period(end.removesuffix(after), language)
                return periods.parse("/".join(period.text for period in span))
    msg = f"not a worded date: {text}"
    raise ValueError(msg)


def _patterns(language: Language) -> tuple[tuple[str, str], ...]:
    return tuple((key, word) for key, word in language.words.items() if key.startswith("period."))


@lru_cache(maxsize=64)
def _periods_by_text(locale: str, year: int, patterns: tuple[tuple[str, str], ...]) -> dict[str, Period]:
    """The dates and periods of a year by their text; of those with the same text, the first."""
    formatter = ValueFormatter(Language(code=locale, name=locale, locale=locale, words=dict(patterns)))
    day, days = date(year, 1, 1), []
    while day.year == year:
        days.append(day.isoformat())
        day += timedelta(days=1)
    names = [f"{year}", *(f"{year}-H{n}" for n in (1, 2)), *(f"{year}-Q{n}" for n in range(1, 5))]
    names += [f"{year}-{month:02}" for month in range(1, 13)]
    found: dict[str, Period] = {}
    names += [f"{year}-{season}" for season in ("DJF", "MAM", "JJA", "SON")]
    fiscal = [f"FY{year}", *(f"FY{year}-H{n}" for n in (1, 2)), *(f"FY{year}-Q{n}" for n in range(1, 5))]
    weeks = [f"{year}-W{week:02}" for week in range(1, date(year, 12, 28).isocalendar().week + 1)]
    for name in (*names, *days, *fiscal, *weeks, *([f"{year}s"] if year % 10 == 0 else ())):
        period = periods.parse(name)
        found.setdefault(formatter.period(period), period)
        for one in (period, _ELSEWHERE.dated(period)) if name.startswith("FY") else (period,):
            found.setdefault(formatter.period(one or period), period)
            found.setdefault(formatter.period_in(one or period), period)
    return found


def _candidates(text: str, unit: Unit, language: Language) -> Iterator[Value]:
    """The values that a text may stand for, the simplest first."""
    yield from _without_bound(text, unit, language)
    for key, sign in _BOUND_SIGNS.items():
        both = language.words.get(key.replace("value.", "value.about_"), "")
        if both and (inner := _inside(both, text)) is not None:
            for value in _without_qualifier(inner, unit, language):
                if isinstance(value, Point):
                    yield replace(values.bounded(sign, value), about=True)
        if (inner := _inside(language.word(key), text)) is not None:
            for value in _without_bound(inner, unit, language):
                if isinstance(value, Point):
                    yield replace(values.bounded(sign, value), about=value.about)


def _without_bound(text: str, unit: Unit, language: Language) -> Iterator[Value]:
    """The number or range in a text without words such as "at least"."""
    yield from _without_qualifier(text, unit, language)
    if (inner := _inside(language.word("value.about"), text)) is not None:
        yield from (replace(value, about=True) for value in _without_qualifier(inner, unit, language))


def _without_qualifier(text: str, unit: Unit, language: Language) -> Iterator[Value]:
    """The number or range of two of the numerals in a text; the others belong to its unit, as in "3 dollars per 100 words"."""
    ends = [list(_ends(numeral, text, unit, language)) for numeral in numerals(text, language.locale)[:_MOST_NUMERALS]]
    ends += [list(_signed(number, text, unit, language)) for number in read_in_steps(text, language.locale)]
    for ways in ends:
        yield from ways
    for lows, highs in permutations(ends, 2):
        for low, high in product(lows, highs):
            if low.number < high.number:
                yield Interval(low=low.number, high=high.number, zeros=(low.zeros, high.zeros))


def _ends(numeral: Numeral, text: str, unit: Unit, language: Language) -> Iterator[Point]:
    """What a numeral may stand for at each power of ten and each scale step of the unit, with either sign."""
    sizes = (Decimal("0.01"),) if unit.percent else (*(step.factor for step in unit.ladder), Decimal(1))
    signs = (1, -1) if is_signed(text, language.locale) else (1,)
    shifts = (0,) if unit.percent else powers(text, language.locale)
    for size, power, point, sign in product(dict.fromkeys(sizes), shifts, numeral.points, signs):
        number = _scaled(point.number.scaleb(power), size)
        yield replace(point, number=number if sign > 0 else number.copy_negate())


def _changes(text: str, unit: Unit, language: Language) -> Iterator[Value]:
    """The changes that a text may tell, the simplest first: none, a rise, a fall, and either of both."""
    zero = Decimal(0)
    yield from (
        Point(number=zero),
        Point(number=zero, about=True),
        Interval(low=zero, high=None),
        Interval(low=None, high=zero),
    )
    for key in ("growth.up", "growth.down"):
        if (inner := _inside(language.word(key), text)) is not None:
            with suppress(ValueError):
                size = parse_value(inner, unit, language)
                yield size if key == "growth.up" else arithmetic.negate(size)
    ends = [list(_ends(numeral, text, unit, language)) for numeral in numerals(text, language.locale)[:_MOST_NUMERALS]]
    ends += [list(_signed(number, text, unit, language)) for number in read_in_steps(text, language.locale)]
    is_about = _may_be_about(text, language)
    for end, about in product((end for ways in ends for end in ways), (False, True) if is_about else (False,)):
        for size in (values.bounded(sign, end) for sign in _BOUND_SIGNS.values()):
            yield from (replace(size, about=about), arithmetic.negate(replace(size, about=about)))
    yield from _falls_or_rises(ends, is_about=is_about)
    for size in (replace(size, about=True) for size in _without_qualifier(text, unit, language)):
        yield from (size, arithmetic.negate(size))
    yield from _candidates(text, unit, language)


def _may_be_about(text: str, language: Language) -> bool:
    before, _, after = language.word("value.about").partition("{0}")
    return before in text and after in text


def _signed(number: Decimal, text: str, unit: Unit, language: Language) -> Iterator[Point]:
    """What a number in several steps may stand for at each scale step of the unit, with either sign."""
    for size in dict.fromkeys((Decimal(1), *(step.factor for step in unit.ladder))):
        found = _scaled(number, size)
        yield Point(number=found)
        if is_signed(text, language.locale):
            yield Point(number=found.copy_negate())


def _falls_or_rises(ends: Sequence[Sequence[Point]], *, is_about: bool) -> Iterator[Value]:
    """Changes whose sign is uncertain: of two ends, the first is a fall and the second a rise, or the other way round."""
    sizes = [[end for end in ways if not end.number.is_signed()] for ways in ends]
    for falls, rises in permutations(sizes, 2):
        for fall, rise in product(falls, rises):
            found = Interval(low=-fall.number, high=rise.number, zeros=(fall.zeros, rise.zeros))
            yield from (found, replace(found, about=True)) if is_about else (found,)


def _scaled(number: Decimal, size: Decimal) -> Decimal:
    """A number times the size of a scale step; a power of ten adds no digits to those that are written."""
    is_power_of_ten = size.normalize().as_tuple().digits == (1,)
    return number.scaleb(size.adjusted()) if is_power_of_ten else number * size


def _inside(pattern: str, text: str) -> str | None:
    """What stands for {0} in a text that was made by a pattern; None for other texts."""
    before, _, after = pattern.partition("{0}")
    if (before or after) and text.startswith(before) and text.endswith(after) and len(text) > len(before) + len(after):
        return text[len(before) : len(text) - len(after) or None]
    return None

"""What wording wrote, read back: a worded value becomes the value again, a worded date the period; wording it anew decides."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from functools import lru_cache
from itertools import product

from ..model import periods, values
from ..model.languages import Language
from ..model.periods import Period
from ..model.units import Unit
from ..model.values import Interval, Point, Value
from .formatting import LONG, SHORT, TICK, ValueFormatter
from .number_reader import ParsedNumber, number_reader

_FORMS = (LONG, SHORT, TICK)
_BOUNDS = {"value.at_least": ">=", "value.at_most": "<=", "value.more_than": ">", "value.less_than": "<"}
_ENDS, _FIRST_YEAR = 2, 1000


def parse_value(text: str, unit: Unit, language: Language) -> Value:
    """What `Wording.value` wrote in any of its forms; ValueError for anything else."""
    words = ValueFormatter(language)
    for found in _readings(text, unit, language):
        if any(words.value(found, unit, form=form) == text for form in _FORMS):
            return found
    msg = f"not a worded value: {text}"
    raise ValueError(msg)


def parse_growth(text: str, unit: Unit, language: Language) -> Value:
    """What `Wording.growth` wrote: up 22%, down 3%."""
    if text == language.word("growth.flat"):
        return Point(number=Decimal(0))
    for key in ("growth.up", "growth.down"):
        if (inner := _inside(language.word(key), text)) is not None:
            found = parse_value(inner, unit, language)
            return found if key == "growth.up" else values.negate(found)
    msg = f"not a worded change: {text}"
    raise ValueError(msg)


def parse_period(text: str, language: Language) -> Period:
    """What `Wording.period` wrote; a year for what may be a fiscal year too."""
    years = {int(one.number) for one in number_reader(language.locale).read(text) if one.number == int(one.number)}
    for year in sorted(years):
        if _FIRST_YEAR <= year < date.max.year and (
            found := _worded_periods(language.locale, year, _patterns(language)).get(text)
        ):
            return found
    before, sign, after = language.word("period.span").partition("{0}")[2].partition("{1}")
    start, parted, end = text.partition(before)
    if sign and parted and (not after or end.endswith(after)):
        span = parse_period(start, language), parse_period(end.removesuffix(after), language)
        return periods.parse("/".join(one.text for one in span))
    msg = f"not a worded date: {text}"
    raise ValueError(msg)


def _patterns(language: Language) -> tuple[tuple[str, str], ...]:
    return tuple((key, word) for key, word in language.words.items() if key.startswith("period."))


@lru_cache(maxsize=64)
def _worded_periods(locale: str, year: int, patterns: tuple[tuple[str, str], ...]) -> dict[str, Period]:
    """Every date and period of a year by its words; the first to claim them keeps them."""
    words = ValueFormatter(Language(code=locale, name=locale, locale=locale, words=dict(patterns)))
    day, days = date(year, 1, 1), []
    while day.year == year:
        days.append(day.isoformat())
        day += timedelta(days=1)
    names = [f"{year}", *(f"{year}-H{n}" for n in (1, 2)), *(f"{year}-Q{n}" for n in range(1, 5))]
    names += [f"{year}-{month:02}" for month in range(1, 13)]
    found: dict[str, Period] = {}
    for name in (*names, *days, f"FY{year}"):
        period = periods.parse(name)
        found.setdefault(words.period(period), period)
    return found


def _readings(text: str, unit: Unit, language: Language) -> Iterator[Value]:
    """The values that a text may stand for, the plainest first."""
    yield from _cores(text, unit, language)
    for key, sign in _BOUNDS.items():
        if (inner := _inside(language.word(key), text)) is not None:
            for one in _cores(inner, unit, language):
                if isinstance(one, Point):
                    yield values.bounded(sign, one.number)
    if (inner := _inside(language.word("value.about"), text)) is not None:
        yield from (replace(one, about=True) for one in _readings(inner, unit, language) if not one.about)


def _cores(text: str, unit: Unit, language: Language) -> Iterator[Value]:
    """The number or range in a text at each step of the unit, with either sign."""
    for letters in (False, True):
        read = number_reader(language.locale, letters=letters).read(text)
        if 1 <= len(read) <= _ENDS:
            for factor in (*(rung.factor for rung in unit.ladder), Decimal(1)):
                yield from _signed([_scaled(one, factor) for one in read])


def _signed(ends: list[Decimal]) -> Iterator[Value]:
    """The value or range with either sign at each end."""
    for signs in product((1, -1), repeat=len(ends)):
        signed = [end if sign > 0 else -end for end, sign in zip(ends, signs, strict=True)]
        if len(signed) == 1:
            yield Point(number=signed[0])
        elif signed[0] <= signed[1]:
            yield Interval(low=signed[0], high=signed[1])


def _scaled(one: ParsedNumber, factor: Decimal) -> Decimal:
    """A number at a step of the unit; its digits stay those that were written where the step is a power of ten."""
    return one.number.scaleb(factor.adjusted()) if factor.normalize().as_tuple().digits == (1,) else one.number * factor


def _inside(pattern: str, text: str) -> str | None:
    before, _, after = pattern.partition("{0}")
    if (before or after) and text.startswith(before) and text.endswith(after) and len(text) > len(before) + len(after):
        return text[len(before) : len(text) - len(after) or None]
    return None

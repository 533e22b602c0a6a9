"""Formatted values, row by row in vectors/*.csv, and that parsing a formatted value gives the same value.

A no-break space is written as _ there. The report's own units are formatted in Japanese and English; CLDR's units in German,
French and Chinese, where an empty cell is a form that CLDR itself has no good words for.
"""

from __future__ import annotations

import csv
from collections.abc import Mapping
from decimal import Decimal
from functools import cache
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from generator.model import periods, values
from generator.model.languages import Language
from generator.model.report import Edition
from generator.model.units import ScaleStep, Unit
from generator.model.values import Interval, Point, Value
from generator.reading.draft import read_draft
from generator.settling.edition import settle
from generator.wording.formatting import LONG, SHORT, ValueFormatter
from generator.wording.growth import format_growth
from generator.wording.parsing import parse_growth, parse_period, parse_value

HERE = Path(__file__).parent
_WORDS = (
    *("about", "at_least", "at_most", "more_than", "less_than"),
    *("range", "range_shares", "compact_from", "compact_fraction", "unit_space"),
)
_LANGUAGES = {
    "de": ("de-DE", "rund {0}|mindestens {0}|bis zu {0}|mehr als {0}|weniger als {0}|{0}–{1}|scale|1e6|3| "),
    "fr": ("fr-FR", "environ {0}|au moins {0}|{0} au plus|plus de {0}|moins de {0}|{0}–{1}|scale|1e6|3| "),
    "zh": ("zh-CN", "约{0}|至少{0}|最多{0}|超过{0}|不到{0}|{0}至{1}|unit|1e4|2|"),
}
FOREIGN = {
    code: Language(
        code=code,
        name=code,
        locale=locale,
        words={f"value.{key}": word for key, word in zip(_WORDS, words.split("|"), strict=True)},
    )
    for code, (locale, words) in _LANGUAGES.items()
}


def _step(factor: str, icu: str) -> ScaleStep:
    return ScaleStep(factor=Decimal(factor), icu=icu)


_POWER = (_step("1", "watt"), _step("1e3", "kilowatt"), _step("1e6", "megawatt"), _step("1e9", "gigawatt"))
CLDR_UNITS = {
    "USD": Unit(id="USD", dimension={"dollars": 1}, currency="USD"),
    "EUR": Unit(id="EUR", dimension={"euros": 1}, currency="EUR"),
    "W": Unit(id="W", dimension={"power": 1}, compact=False, ladder=_POWER),
    "m": Unit(id="m", dimension={"length": 1}, compact=False, ladder=(_step("1", "meter"), _step("1e3", "kilometer"))),
    "m2": Unit(
        id="m2",
        dimension={"length": 2},
        compact=False,
        ladder=(_step("1", "square-meter"), _step("1e6", "square-kilometer")),
    ),
    "ratio": Unit(id="ratio", dimension={}, percent=True),
    "count": Unit(id="count", dimension={}),
}


@cache
def flagship() -> Edition:
    """The report of this repository."""
    edition = settle(read_draft(HERE.parents[1])[0]).edition
    assert edition is not None
    return edition


@cache
def languages() -> Mapping[str, tuple[Language, Mapping[str, Unit]]]:
    """Every language by its code, with the units that have words in it."""
    report = {language.code: (language, flagship().units) for language in flagship().report.languages}
    return {**report, **{code: (language, CLDR_UNITS) for code, language in FOREIGN.items()}}


def _rows(name: str) -> list[dict[str, str]]:
    with (HERE / f"vectors/{name}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def _vectors() -> list[tuple[str, dict[str, str]]]:
    return [
        (code, row)
        for name, codes in (("ja_en", ("ja", "en")), ("de_fr_zh", ("de", "fr", "zh")))
        for row in _rows(name)
        for code in codes
        if row[code]
    ]


def test_there_are_enough_vectors() -> None:
    counted = [code for code, _ in _vectors()]
    assert min(counted.count(code) for code in ("ja", "en")) >= 240
    assert min(counted.count(code) for code in FOREIGN) >= 40


@pytest.mark.parametrize(
    ("code", "row"), _vectors(), ids=[f"{code}-{row['unit']}-{row['value']}-{row['form']}" for code, row in _vectors()]
)
def test_a_value_is_formatted_and_parsed(code: str, row: dict[str, str]) -> None:
    language, units = languages()[code]
    value, digits = values.parse(row["value"]), int(row.get("digits") or 0)
    text = ValueFormatter(language).value(value, units[row["unit"]], form=row["form"], digits=digits)
    assert text.replace("\u00a0", "_").replace("\u202f", "_") == row[code]
    assert _same(parse_value(text, units[row["unit"]], language), values.apply_rounding(value, digits) if digits else value)


def _same(value: Value, expected: Value) -> bool:
    def bounds(value: Value) -> tuple[object, ...]:
        strict = (value.low_strict, value.high_strict) if isinstance(value, Interval) else ()
        return value.low, value.high, value.about, strict

    return bounds(value) == bounds(expected)


_NUMBERS = st.builds(
    lambda digits, exponent, sign: sign * Decimal(digits).scaleb(exponent),
    st.integers(1, 99_999),
    st.integers(-6, 9),
    st.sampled_from((1, 1, 1, -1)),
)
_VALUES = st.one_of(
    _NUMBERS.map(lambda number: Point(number=number)),
    _NUMBERS.map(lambda number: Point(number=number, about=True)),
    st.tuples(st.sampled_from((">=", ">", "<=", "<")), _NUMBERS).map(
        lambda pair: values.bounded(pair[0], Point(number=pair[1]))
    ),
    st.tuples(_NUMBERS, _NUMBERS)
    .filter(lambda pair: pair[0] != pair[1])
    .map(lambda pair: Interval(low=min(pair), high=max(pair))),
)


@settings(deadline=None)  # the first example of a unit fills caches
@given(st.data())
def test_any_formatted_value_is_parsed(data: st.DataObject) -> None:
    language, units = languages()[data.draw(st.sampled_from(sorted(languages())))]
    names = sorted(name for name, unit in units.items() if "time_point" not in unit.dimension)
    unit, value = units[data.draw(st.sampled_from(names))], data.draw(_VALUES)
    text = ValueFormatter(language).value(value, unit, form=data.draw(st.sampled_from((LONG, SHORT))))
    assert _same(parse_value(text, unit, language), value), text


@settings(deadline=None)  # the first example of a unit fills caches
@given(st.data())
def test_any_formatted_change_is_parsed(data: st.DataObject) -> None:
    language = data.draw(st.sampled_from(flagship().report.languages))
    unit, number = flagship().units["ratio"], data.draw(_NUMBERS)
    text = format_growth(language, Point(number=number), unit)
    assert parse_growth(text, unit, language) == Point(number=number), text


@settings(deadline=None)  # the first example of a unit fills caches
@given(st.data())
def test_any_formatted_date_is_parsed(data: st.DataObject) -> None:
    language = data.draw(st.sampled_from(flagship().report.languages))
    form = data.draw(st.sampled_from(("{y}", "{y}-H{h}", "{y}-Q{q}", "{y}-{m:02}", "{y}-{m:02}-{d:02}", "{y}/{z}-{m:02}")))
    year = data.draw(st.integers(1900, 2199))
    text = form.format(
        y=year,
        z=year + data.draw(st.integers(1, 9)),
        h=data.draw(st.integers(1, 2)),
        q=data.draw(st.integers(1, 4)),
        m=data.draw(st.integers(1, 12)),
        d=data.draw(st.integers(1, 28)),
    )
    period = periods.parse(text)
    parsed = parse_period(ValueFormatter(language).period(period), language)
    assert (parsed.first, parsed.last) == (period.first, period.last)


@pytest.mark.parametrize("text", ["", "about", "72 trillion dollars and more", "five GW", "1.2.3 billion US dollars"])
def test_other_texts_are_not_parsed(text: str) -> None:
    language = next(language for language in flagship().report.languages if language.code == "en")
    with pytest.raises(ValueError, match="not a worded value"):
        parse_value(text, flagship().units["USD"], language)

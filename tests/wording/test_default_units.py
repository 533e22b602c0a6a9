"""The units of the package in every language: what is written is read back, and written as people write it."""

from __future__ import annotations

from functools import cache

import pytest

from generator.model import arithmetic, values
from generator.model.languages import Language
from generator.reading.default_units import DefaultUnits
from generator.reading.default_words import default_languages, default_words
from generator.wording.formatting import LONG, SHORT, TICK, ValueFormatter
from generator.wording.parsing import parse_value

LANGUAGES = default_languages()
CURRENCIES = ("USD", "EUR", "CHF", "JPY", "KRW", "INR", "GBP", "CNY", "BRL", "PLN", "TND")
NO_NUMBERS = {"date"}
VALUES = (
    *("0", "1", "-1", "2", "3", "11", "100", "0.030", "1.50", "-12.3", "22", "3.2e9", "3200", "45000", "1e6", "5e6", "1e-6"),
    *("-0.02..0.03", "66e9..72e9", "10..20", "-5..-3", "~5e6", ">=5", ">3e6", "<4", ">=-5"),
)


@cache
def language(code: str) -> Language:
    return Language(code=code, name=code, locale=code, words=default_words(code))


@cache
def units(*codes: str) -> DefaultUnits:
    return DefaultUnits([language(code) for code in codes])


def of_the_file() -> list[str]:
    own = [key for key in units("en") if len(key) != len("USD") or not key.isupper()]
    return [key for key in own if key not in NO_NUMBERS]


@pytest.mark.parametrize("code", LANGUAGES)
def test_every_unit_is_read_back(code: str) -> None:
    formatter = ValueFormatter(language(code))
    for key in (*of_the_file(), *CURRENCIES):
        unit = units(code)[key]
        for text in VALUES:
            value = values.parse(text)
            for written in {formatter.value(value, unit, form=form) for form in (LONG, SHORT, TICK)}:
                read = parse_value(written, unit, language(code))
                assert arithmetic.same(read, value), (key, text, written)
                assert read.about == value.about, (key, text, written)


def test_every_language_has_every_unit() -> None:
    assert len(of_the_file()) > len(LANGUAGES)
    assert [key for code in LANGUAGES for key in of_the_file() if key not in units(code)] == []
    assert not any(key in units("en", "cs") for key in ("people", "t_CO2", "kWh", "moons"))
    assert all(key in units("en", "cs") for key in ("W", "m3", "USD", "CZK", "percent"))


@pytest.mark.parametrize(
    ("code", "value", "unit", "long", "short"),
    [
        ("en", "72.2e9", "USD", "$72.2 billion", "$72.2 billion"),
        ("ja", "72.2e9", "USD", "722億ドル", "722億ドル"),
        ("de", "72.2e9", "USD", "72,2 Milliarden Dollar", "72,2 Milliarden $"),
        ("fr", "72.2e9", "USD", "72,2 milliards de dollars", "72,2 milliards $"),
        ("es", "72.2e9", "USD", "72,2 mil millones de dólares", "72,2 mil millones de US$"),
        ("pt-BR", "72.2e9", "USD", "72,2 bilhões de dólares", "US$ 72,2 bilhões"),
        ("pl", "72.2e9", "USD", "72,2 miliarda dolarów", "72,2 miliarda USD"),
        ("fr", "3e6", "households", "3 millions de ménages", "3 millions de ménages"),
        ("fr", "3e6", "items", "3 millions d’éléments", "3 millions d’éléments"),
        ("fr", "1", "people", "1 personne", "1 personne"),
        ("de", "3.2e6", "kWh", "3,2 Millionen Kilowattstunden", "3,2 Millionen kWh"),
        ("de", "4500", "MWh", "4.500 Megawattstunden", "4.500 MWh"),
        ("en", "4.5e9", "Wh", "4.5 gigawatt-hours", "4.5 GWh"),
        ("pl", "3", "people", "3 osoby", "3 osoby"),
        ("pl", "5", "people", "5 osób", "5 osób"),
        ("ar", "5", "years", "5 سنوات", "5 سنوات"),
        ("ar", "1", "years", "1 سنة", "1 سنة"),
        ("he", "2", "years", "2 שנים", "2 שנים"),
        ("ko", "45000", "households", "4.5만가구", "4.5만가구"),
        ("ja", "1.5", "percentage_points", "1.5ポイント", "1.5ポイント"),
        ("sv", "0.5", "percentage_points", "0,5 procentenheter", "0,5 procentenheter"),
        ("it", "3.2e6", "t_CO2", "3,2 milioni di tonnellate di CO₂", "3,2 milioni di t CO₂"),
        ("en", "2500", "CHF", "2,500 Swiss francs", "CHF 2,500"),
        ("en", "12e6..15e6", "EUR", "€12–15 million", "€12–15 million"),
        ("de", "12e6..15e6", "EUR", "12 bis 15 Millionen Euro", "12 bis 15 Millionen €"),
        ("fr", "12e6..15e6", "EUR", "12 à 15 millions d’euros", "12 à 15 millions €"),
        ("pt-BR", "12e6..15e6", "EUR", "12 a 15 milhões de euros", "€ 12 a 15 milhões"),
        ("zh-Hant", "12e6", "EUR", "1200萬歐元", "1200萬歐元"),
        ("zh-Hant", "118", "litres", "118公升", "118公升"),
        ("ar", "118", "litres", "118 لترًا", "118 لترًا"),
    ],
)
def test_units_as_people_write_them(code: str, value: str, unit: str, long: str, short: str) -> None:
    written = [
        ValueFormatter(language(code)).value(values.parse(value), units(code)[unit], form=form) for form in (LONG, SHORT)
    ]
    assert [" ".join(text.split()) for text in written] == [long, short]


@pytest.mark.parametrize(
    ("code", "unit", "expected"),
    [("fr", "m3", "3 M m³"), ("it", "m3", "3 Mln m³"), ("sv", "m3", "3 mn m³"), ("en", "USD", "$3M")],
)
def test_a_short_word_for_millions_is_no_prefix_of_the_unit(code: str, unit: str, expected: str) -> None:
    written = ValueFormatter(language(code)).value(values.parse("3e6"), units(code)[unit], form=TICK)
    assert " ".join(written.split()) == expected

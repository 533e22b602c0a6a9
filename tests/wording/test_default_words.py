"""The words of the package in use: what each language writes is read back as what it was written from."""

from __future__ import annotations

import re
import unicodedata
from decimal import Decimal
from functools import cache

import pytest

from generator.model import arithmetic, periods, values
from generator.model.languages import Language
from generator.model.units import ScaleStep, Unit
from generator.reading.default_words import default_languages, default_words
from generator.records.struct import replace
from generator.wording.formatting import LONG, SHORT, TICK, ValueFormatter
from generator.wording.growth import format_growth
from generator.wording.parsing import parse_growth, parse_period, parse_value

LANGUAGES = default_languages()
RATIO = Unit(id="ratio", dimension={}, percent=True)
UNITS = (
    RATIO,
    Unit(id="count", dimension={}),
    Unit(id="EUR", dimension={}, currency="EUR"),
    Unit(id="m2", dimension={}, ladder=(ScaleStep(factor=Decimal(1), icu="square-meter"),)),
    Unit(
        id="W",
        dimension={},
        compact=False,
        ladder=tuple(ScaleStep(factor=Decimal(factor), icu=icu) for factor, icu in (("1", "watt"), ("1e6", "megawatt"))),
    ),
)
VALUES = (
    *("0", "1", "-1", "2", "0.030", "1.50", "-12.3", "22", "1.26e16", "3.2e9", "3200", "45000", "1e6", "1e-6", "1e18"),
    *("-0.02..0.03", "66e9..72e9", "10..20", "0.1..0.2", "-5..-3", "~5e6"),
    *(">=5", ">3e6", "<=7e9", "<4", ">=-5", "<=-0.05"),
)
CHANGES = (
    *("0.22", "-0.03", "0", "0.1..0.2", "-0.2..-0.1", "~0.2", "~-0.2", "-0.03..0.02", "~0", ">=0", "<=0"),
    *(">=0.2", ">0.2", "<=0.2", "<0.2", "<=-0.2", "<-0.2"),
)
PERIODS = ("2025", "2025-H1", "2025-H2", "2025-Q1", "2025-Q2", "2025-Q3", "2025-Q4", "2025-03", "2025-03-01", "2023/2025")
OF_OTHER_YEARS = ("FY2025", "FY2025-Q1", "FY2025-Q2", "FY2025-Q3", "FY2025-Q4", "FY2025-H1", "FY2025-H2", "2025-W14", "2020s")


@cache
def language(code: str) -> Language:
    return Language(code=code, name=code, locale=code, words=default_words(code))


@pytest.mark.parametrize("code", LANGUAGES)
@pytest.mark.parametrize("unit", UNITS, ids=lambda unit: unit.id)
def test_values_are_read_back(code: str, unit: Unit) -> None:
    one = language(code)
    for text in VALUES:
        value = values.parse(text)
        for form in (LONG, SHORT, TICK):
            written = ValueFormatter(one).value(value, unit, form=form)
            read = parse_value(written, unit, one)
            assert arithmetic.same(read, value), (text, written)
            assert read.about == value.about, (text, written)


@pytest.mark.parametrize("code", LANGUAGES)
def test_changes_are_read_back(code: str) -> None:
    one = language(code)
    for text in CHANGES:
        value = values.parse(text)
        written = format_growth(one, value, RATIO)
        assert arithmetic.same(parse_growth(written, RATIO, one), value), (text, written)


@pytest.mark.parametrize("code", LANGUAGES)
def test_periods_are_read_back(code: str) -> None:
    one = language(code)
    for text in PERIODS:
        written = ValueFormatter(one).period(periods.parse(text))
        assert parse_period(written, one).text == text, written
    assert len({ValueFormatter(one).period(periods.parse(text)) for text in PERIODS}) == len(PERIODS)


@pytest.mark.parametrize("code", LANGUAGES)
def test_periods_of_running_text_are_read_back(code: str) -> None:
    one, fiscal = language(code), periods.FiscalCalendar(begins=4)
    for text in (*PERIODS, *OF_OTHER_YEARS):
        period = fiscal.dated(periods.parse(text))
        assert period is not None
        written = ValueFormatter(one).period_in(period)
        assert parse_period(written, one).text == text, written


@pytest.mark.parametrize(
    ("code", "text", "expected"),
    [
        ("de", "2025-H1", "im ersten Halbjahr 2025"),
        ("de", "2025", "2025"),
        ("de", "2025-03-01", "am 1. März 2025"),
        ("en", "2025-H1", "in the first half of 2025"),
        ("en", "2025-Q3", "in the third quarter of 2025"),
        ("en", "2023/2025", "from 2023 to 2025"),
        ("en", "2025-DJF", "from December 2024 to February 2025"),
        ("fr", "2025-H1", "au premier semestre 2025"),
        ("fr", "2025-03", "en mars 2025"),
        ("nl", "2025-Q1", "in het eerste kwartaal van 2025"),
        ("ko", "2025-H1", "2025년 상반기에"),
        ("ja", "2020s", "2020年代に"),
        ("tr", "2025", "2025 yılında"),
        ("it", "2025-03-08", "il giorno 8 marzo 2025"),
        ("it", "2025-04", "nel mese di aprile 2025"),
        ("fr", "2024-04/2025-08", "entre avril 2024 et août 2025"),
        ("pl", "2025-H1", "w I półroczu 2025 r."),
    ],
)
def test_periods_in_running_text(code: str, text: str, expected: str) -> None:
    assert ValueFormatter(language(code)).period_in(periods.parse(text)) == expected


@pytest.mark.parametrize(
    ("code", "text", "expected"),
    [
        ("fr", ">5", "plus de 5 environ"),
        ("fr", ">=5", "au moins 5 environ"),
        ("it", "<5", "meno di 5 circa"),
        ("de", ">5", "mehr als rund 5"),
        ("he", ">5", "יותר מ־5 בקירוב"),
        ("pl", "<5", "mniej niż 5 w przybliżeniu"),
    ],
)
def test_about_and_a_bound_fit_each_other(code: str, text: str, expected: str) -> None:
    bounded = values.parse(text)
    assert isinstance(bounded, values.Interval)
    value, unit = replace(bounded, about=True), Unit(id="count", dimension={})
    written = ValueFormatter(language(code)).value(value, unit)
    assert written == expected
    read = parse_value(written, unit, language(code))
    assert (arithmetic.same(read, value), read.about) == (True, True)


@pytest.mark.parametrize(
    ("code", "text", "expected"),
    [
        ("it", "0.08", "più 8%"),
        ("it", "~0.22", "in aumento di circa 22%"),
        ("it", ">0.22", "in aumento di oltre 22%"),
        ("pl", "~-0.2", "spadek o około 20%"),
        ("ar", "0.2", "ارتفاع قدره 20%"),
        ("tr", "<=0.2", "en fazla %20 artış"),
    ],
)
def test_changes_in_words(code: str, text: str, expected: str) -> None:
    written = format_growth(language(code), values.parse(text), RATIO)
    assert "".join(char for char in written if unicodedata.category(char) != "Cf") == expected


QUOTATION_MARKS = {
    **dict.fromkeys(("es", "it", "ar"), "«»"),
    "fr": "«\u00a0\u00a0»",
    **dict.fromkeys(("de",), "„“"),
    "pl": "„”",
    "sv": "””",
    "nl": "‘’",
    "he": "״״",
    **dict.fromkeys(("zh-Hant", "ja"), "「」"),
}


@pytest.mark.parametrize("code", LANGUAGES)
def test_names_stand_in_the_quotation_marks_of_the_language(code: str) -> None:
    marks = QUOTATION_MARKS.get(code, "“”")
    half = len(marks) // 2
    text = default_words(code)["chart.alt.unrelated"]
    assert all(f"{marks[:half]}{{{name}}}{marks[half:]}" in text for name in ("first", "second"))


def test_french_puts_a_space_that_does_not_break_before_signs_of_two_parts() -> None:
    words = {key: text for key, text in default_words("fr").items() if not key.startswith(("lock.", "print."))}
    assert [key for key, text in words.items() if re.search(r"[^\u00a0\u202f][:;?!»](?=\s|$)|«[^\u00a0\u202f]", text)] == []


@pytest.mark.parametrize("code", LANGUAGES)
def test_fiscal_years_weeks_and_decades_have_words(code: str) -> None:
    one, fiscal = language(code), periods.FiscalCalendar(begins=4)
    found = [fiscal.dated(periods.parse(text)) for text in OF_OTHER_YEARS]
    for text, period in zip(OF_OTHER_YEARS, found, strict=True):
        assert period is not None
        written = ValueFormatter(one).period(period)
        assert written != text
        assert parse_period(written, one).text == text, written
    assert len({ValueFormatter(one).period(period) for period in found if period}) == len(OF_OTHER_YEARS)


@pytest.mark.parametrize(
    ("code", "value", "unit", "expected"),
    [
        ("fr", "3.2e9", "USD", "3,2 milliards de dollars des États-Unis"),
        ("fr", "3.2e6", "EUR", "3,2 millions d’euros"),
        ("fr", "45000", "EUR", "45 000 euros"),
        ("fr", "2e6..3e6", "m2", "2 à 3 millions de mètres carrés"),
        ("es", "3.2e6", "m2", "3,2 millones de metros cuadrados"),
        ("pt-BR", "3.2e6", "m2", "3,2 milhões de metros quadrados"),
        ("it", "3.2e6", "EUR", "3,2 milioni di euro"),
        ("it", "3.2e6", "count", "3,2 milioni"),
        ("pl", "3.2e6", "m2", "3,2 miliona metrów kwadratowych"),
        ("de", "3.2e6", "m2", "3,2 Millionen Quadratmeter"),
        ("sv", "3.2e6", "m2", "3,2 miljoner kvadratmeter"),
        ("tr", "0.22", "ratio", "%22"),
        ("ko", "3.2e6", "m2", "320만제곱미터"),
        ("zh-Hant", "3.2e6", "m2", "320萬平方公尺"),
        ("hi", "3.2e6", "count", "32 लाख"),
    ],
)
def test_units_after_words_for_millions(code: str, value: str, unit: str, expected: str) -> None:
    of = {one.id: one for one in UNITS}.get(unit) or Unit(id=unit, dimension={}, currency=unit)
    written = ValueFormatter(language(code)).value(values.parse(value), of)
    assert " ".join(written.split()) == expected

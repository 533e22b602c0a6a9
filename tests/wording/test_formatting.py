"""Formatted values and dates: the units of this report in Japanese and English, those of a tiny one in German.

A no-break space is written as _ here.
"""

from __future__ import annotations

from decimal import Decimal
from functools import cache
from itertools import pairwise
from pathlib import Path

import pytest
import yaml

from generator.model import arithmetic, periods, values
from generator.model.languages import Language
from generator.model.report import Edition
from generator.model.units import Unit
from generator.reading.draft import read_draft
from generator.records.struct import replace
from generator.settling.edition import settle
from generator.wording import myriads
from generator.wording.formatting import LONG, SHORT, TICK, ValueFormatter
from generator.wording.growth import format_growth
from generator.wording.icu import format_number, spell
from generator.wording.parsing import parse_growth, parse_value

ROOT = Path(__file__).parents[2]
LAKES = ROOT / "tests/projects/good"


@cache
def edition(root: Path) -> Edition:
    """A project's edition."""
    settled = settle(read_draft(root)[0])
    assert settled.edition is not None
    return settled.edition


def formatted(root: Path, code: str, unit: str, text: str, form: str = LONG, *, digits: int = 0, bare: bool = False) -> str:
    """A value as a project formats it."""
    return _visible(
        _formatter(root, code).value(values.parse(text), edition(root).units[unit], form=form, digits=digits, bare=bare)
    )


def _formatter(root: Path, code: str) -> ValueFormatter:
    return ValueFormatter(next(language for language in edition(root).report.languages if language.code == code))


def _visible(text: str) -> str:
    return text.replace("\u00a0", "_").replace("\u202f", "_")


JAPANESE_AND_ENGLISH = [
    # money
    ("USD", "0", "0ドル", "$0"),
    ("USD", "1", "1ドル", "$1"),
    ("USD", "0.99", "0.99ドル", "$0.99"),
    ("USD", "12345", "12,345ドル", "$12,345"),
    ("USD", "1e4", "1万ドル", "$10,000"),
    ("USD", "123456", "123,456ドル", "$123,456"),
    ("USD", "72.22e9", "722.2億ドル", "$72.22 billion"),
    ("USD", "1.5e12", "1.5兆ドル", "$1.5 trillion"),
    ("USD", "-4.43e9", "-44.3億ドル", "-$4.43 billion"),
    ("USD", "66e9..72e9", "660億～720億ドル", "$66–72 billion"),
    ("USD", "66.5e9..72e9", "665億～720億ドル", "$66.5–72 billion"),
    ("USD", "720e6..1.2e9", "7.2億～12億ドル", "$720 million–1.2 billion"),
    ("USD", ">=50e9", "500億ドル以上", "at least $50 billion"),
    ("USD", ">10e9", "100億ドル超", "more than $10 billion"),
    ("USD", "<=5e9", "最大50億ドル", "up to $5 billion"),
    ("USD", "<1e6", "100万ドル未満", "less than $1 million"),
    ("USD", "~500e3", "約50万ドル", "about $500,000"),
    ("EUR", "200e6", "2億ユーロ", "€200 million"),
    ("EUR", "66e9..72e9", "660億～720億ユーロ", "€66–72 billion"),
    ("USD_per_year", "100e6", "年1億ドル", "$100 million a year"),
    ("USD_per_share", "1.5..2", "1.5～2ドル", "$1.5–2"),
    ("USD_per_month", "20..100", "月20～100ドル", "$20–100 a month"),
    ("USD_per_million_tokens", "1.25", "1.25ドル", "$1.25"),
    ("JPY", "11.4e12", "11.4兆円", "11.4 trillion yen"),
    ("yen_per_dollar", "157.64", "ドル当たり157.64円", "157.64 yen to the dollar"),
    # power and energy
    ("W", "1", "1ワット", "1 watt"),
    ("W", "1.5e6", "1.5メガワット", "1.5 megawatts"),
    ("W", "5e9", "5ギガワット", "5 gigawatts"),
    ("W", "0.5e9..2.2e9", "0.5～2.2ギガワット", "0.5–2.2 gigawatts"),
    ("W", ">=2e9", "2ギガワット以上", "at least 2 gigawatts"),
    ("Wh", "1", "1ワット時", "1 watt-hour"),
    ("Wh", "5e9", "5ギガワット時", "5 gigawatt-hours"),
    ("Wh", "3.4e12", "3.4テラワット時", "3.4 terawatt-hours"),
    ("watt_hours_per_household", "10.5e3", "10.5キロワット時", "10.5 kilowatt-hours"),
    ("watts_per_accelerator", "700", "700ワット", "700 watts"),
    ("watts_per_accelerator", "1.4e3", "1.4キロワット", "1.4 kilowatts"),
    # lengths and areas
    ("m", "500", "500メートル", "500 meters"),
    ("m", "1500", "1.5キロメートル", "1.5 kilometers"),
    ("m2", "370e3", "370,000平方メートル", "370,000 square meters"),
    ("m2", "4e6", "4平方キロメートル", "4 square kilometers"),
    ("acres", "2250", "2250エーカー", "2,250 acres"),
    ("m2_per_acre", "4047", "4047平方メートル", "4,047 square meters"),
    # shares and multiples
    ("ratio", "0.22", "22%", "22%"),
    ("ratio", "0.225", "22.5%", "22.5%"),
    ("ratio", "-0.03", "-3%", "-3%"),
    ("ratio", "1.5", "150%", "150%"),
    ("ratio", "0.5..0.7", "50%～70%", "50–70%"),
    ("ratio", ">=0.5", "50%以上", "at least 50%"),
    ("multiple", "3.5", "3.5倍", "3.5 times"),
    # time
    ("years", "1", "1年", "1 year"),
    ("years", "1.5", "1.5年", "1.5 years"),
    ("months", "18", "18カ月", "18 months"),
    ("days", "30", "30日", "30 days"),
    ("hours", "24", "24時間", "24 hours"),
    ("working_days", "5", "5営業日", "5 working days"),
    # what can be counted
    ("people", "1", "1人", "1 person"),
    ("people", "78865", "78,865人", "78,865 people"),
    ("people", "3.58e9", "35.8億人", "3.58 billion people"),
    ("people", ">=3000", "3000人以上", "at least 3,000 people"),
    ("jobs", "8000", "8000人", "8,000 jobs"),
    ("openings", "6000", "6000枠", "6,000 openings"),
    ("households", "4e6", "400万世帯", "4 million households"),
    ("accelerators", "1", "1基", "1 accelerator"),
    ("accelerators", "350e3", "35万基", "350,000 accelerators"),
    ("accelerators", "1.3e6", "130万基", "1.3 million accelerators"),
    ("chips", "6e6", "600万基", "6 million chips"),
    ("pairs", "3e6..5e6", "300万～500万本", "3–5 million pairs"),
    ("points", "3", "3点", "3 points"),
    ("teams", "4", "4部門", "4 teams"),
    ("pillars", "4", "4本の柱", "4 pillars"),
    ("chip_families", "4", "4系列", "4 chip families"),
    ("firms", "4", "4社", "4 firms"),
    ("traits", "3", "3条件", "3 traits"),
    ("instruments", "2", "2種類", "2 instruments"),
    ("plants", "3", "3基", "3 plants"),
    ("sites", "20", "20カ所", "20 sites"),
    ("buildings", "9", "9棟", "9 buildings"),
    ("reorganizations", "1", "1回", "1 reorganization"),
    ("lawsuits", "2000", "2000件", "2,000 lawsuits"),
    ("gpus", "2", "2基", "2 GPUs"),
    ("tokens", "1e6", "100万トークン", "1 million tokens"),
    ("parameters", "30e9", "300億パラメーター", "30 billion parameters"),
    ("outlooks", "6", "6件", "6 outlooks"),
    ("promises", "2", "2件", "2 promises"),
    ("shares", "160e6", "1.6億株", "160 million shares"),
    ("count", "1234", "1234", "1,234"),
]


@pytest.mark.parametrize(("unit", "text", "japanese", "english"), JAPANESE_AND_ENGLISH)
def test_japanese_and_english(unit: str, text: str, japanese: str, english: str) -> None:
    assert formatted(ROOT, "ja", unit, text) == japanese
    assert formatted(ROOT, "en", unit, text) == english


@pytest.mark.parametrize(
    ("locale", "text", "expected"),
    [
        ("ja-JP", "591.4821e12", "591兆4821億"),
        ("ja-JP", "-591.4821e12", "-591兆4821億"),
        ("ja-JP", "5.0003e12", "5兆3億"),
        ("ja-JP", "1.23456789e8", "1億2345万6789"),
        ("ja-JP", "1234567890123456789", "123京4567兆8901億2345万6789"),
        ("ja-JP", "72.22e9", "722.2億"),
        ("ja-JP", "123456", "123,456"),
        ("ja-JP", "12345678", "12,345,678"),
        ("ja-JP", "591482100000000.5", "591,482,100,000,000.5"),
        ("ja-JP", "591.4821e12..592e12", "591兆4821億～592兆"),
        ("zh-CN", "591.4821e12", "591万亿4821亿"),
        ("zh-TW", "591.4821e12", "591兆4821億"),
        ("ko-KR", "591.4821e12", "591조 4821억"),
        ("en-IN", "1.5e5", "1.5_lakh"),
        ("en-IN", "15.25e6", "1.525_crore"),
        ("en-IN", "12345678", "1,23,45,678"),
        ("en-IN", "1.2e12", "1.2_lakh_crore"),
        ("hi-IN", "1.5e7", "1.5 करोड़"),
        ("hi-IN", "12345678", "1,23,45,678"),
        ("en-US", "591.4821e12", "591,482,100,000,000"),
    ],
)
def test_large_numbers_as_the_locale_counts(locale: str, text: str, expected: str) -> None:
    one = _in_locale(locale)
    unit = Unit(id="count", dimension={})
    found = ValueFormatter(one).value(values.parse(text), unit)
    assert _visible(found) == expected
    assert arithmetic.same(parse_value(found, unit, one), values.parse(text))


def _in_locale(locale: str) -> Language:
    """A language with the words of this report's Japanese in a locale: compact from ten thousand or a million on."""
    words = dict(_formatter(ROOT, "ja").language.words)
    if not myriads.steps(locale):
        words |= {"value.compact_from": "1e5", "value.compact_fraction": "3", "value.unit_space": " "}
    return Language(code=locale, name=locale, locale=locale, words=words)


@pytest.mark.parametrize(
    ("locale", "currency", "text", "long", "short"),
    [
        ("en-US", "USD", "1.5", "1.50 US dollars", "$1.50"),
        ("en-US", "USD", "1234.5", "1,234.50 US dollars", "$1,234.50"),
        ("en-US", "USD", "3", "3 US dollars", "$3"),
        ("en-US", "USD", "0.125", "0.125 US dollars", "$0.125"),
        ("en-US", "JPY", "1500", "1,500 Japanese yen", "¥1,500"),
        ("en-US", "BHD", "1.5", "1.500 Bahraini dinars", "BHD_1.500"),
        ("en-US", "USD", "-3.2e9", "-3.2 billion US dollars", "-$3.2B"),
        ("de-DE", "EUR", "1234.5", "1.234,50 Euro", "1.234,50_€"),
        ("de-DE", "EUR", "-5.2e9", "-5,2 Milliarden Euro", "-5,2_Mrd._€"),
        ("de-CH", "CHF", "-3.5", "-3.50 Schweizer Franken", "CHF-3.50"),
        ("fr-FR", "EUR", "1234.5", "1_234,50 euros", "1_234,50_€"),
        ("ja-JP", "JPY", "591.4821e12", "591兆4821億円", "￥591兆4821億"),
        ("ko-KR", "KRW", "5.2e9", "52억 대한민국 원", "₩52억"),
        ("en-IN", "INR", "5.2e9", "520_crore Indian rupees", "₹520Cr"),
        ("pt-BR", "BRL", "1.5", "1,50 Real brasileiro", "R$_1,50"),
        ("tr-TR", "TRY", "2.5", "₺2,50 Türk lirası", "₺2,50"),
    ],
)
def test_money_has_the_customs_of_its_currency_and_locale(locale: str, currency: str, text: str, long: str, short: str) -> None:
    one, unit = _in_locale(locale), Unit(id=currency, dimension={}, currency=currency)
    for form, expected in ((LONG, long), (SHORT, short)):
        found = ValueFormatter(one).value(values.parse(text), unit, form=form)
        assert _visible(found) == expected
        assert arithmetic.same(parse_value(found, unit, one), values.parse(text))


@pytest.mark.parametrize(("number", "zeros", "expected"), [("2.70", 0, "$2.70"), ("2.7000", 0, "$2.70"), ("2.70", 1, "$2.70"), ("3.0", 1, "$3.00"), ("3.00", 0, "$3")])  # fmt: skip
def test_digits_of_results_that_nobody_stated_do_not_count(number: str, zeros: int, expected: str) -> None:
    one, unit = _in_locale("en-US"), Unit(id="USD", dimension={}, currency="USD")
    found = ValueFormatter(one).value(values.Point(number=Decimal(number), zeros=zeros), unit, form=SHORT)
    assert found == expected
    assert ValueFormatter(one).value(parse_value(found, unit, one), unit, form=SHORT) == expected


def test_every_unit_is_formatted() -> None:
    tested = {unit for unit, *_ in JAPANESE_AND_ENGLISH} | {"date"}
    assert set(edition(ROOT).units) == tested
    assert set(edition(LAKES).units) == {unit for unit, *_ in GERMAN} | {"date"}


GERMAN = [
    ("USD", "0", "0 US-Dollar"),
    ("USD", "1", "1 US-Dollar"),
    ("USD", "12345.6", "12.345,60 US-Dollar"),
    ("USD", "1234567", "1.234.567 US-Dollar"),
    ("USD", "1e6", "1 Million US-Dollar"),
    ("USD", "1.5e12", "1,5 Billionen US-Dollar"),
    ("USD", "-4.43e9", "-4,43 Milliarden US-Dollar"),
    ("USD", "66e9..72e9", "66 bis 72 Milliarden US-Dollar"),
    ("USD", "720e6..1.2e9", "720 Millionen bis 1,2 Milliarden US-Dollar"),
    ("USD", ">=50e9", "mindestens 50 Milliarden US-Dollar"),
    ("USD", ">10e9", "mehr als 10 Milliarden US-Dollar"),
    ("USD", "<=5e9", "bis zu 5 Milliarden US-Dollar"),
    ("USD", "<1e6", "weniger als 1 Million US-Dollar"),
    ("USD", "~500e3", "rund 500.000 US-Dollar"),
    ("m2", "1", "1 Quadratmeter"),
    ("m2", "370e3", "370.000 Quadratmeter"),
    ("m2", "20e6..25e6", "20 bis 25 Quadratkilometer"),
    ("ratio", "0.005", "0,5_%"),
    ("ratio", "-0.03", "-3_%"),
    ("ratio", "0.5..0.7", "50 bis 70_%"),
    ("ratio", ">0.5", "mehr als 50_%"),
    ("ratio", "-0.02..0.03", "-2_% bis 3_%"),
    ("USD", "-2e9..3e9", "-2 Milliarden bis 3 Milliarden US-Dollar"),
]


@pytest.mark.parametrize(("unit", "text", "german"), GERMAN)
def test_german(unit: str, text: str, german: str) -> None:
    assert formatted(LAKES, "de", unit, text) == german


@pytest.mark.parametrize(
    ("unit", "text", "form", "japanese", "english"),
    [
        ("USD", "500", SHORT, "500ドル", "$500"),
        ("USD", "72.22e9", SHORT, "722.2億ドル", "$72.22 billion"),
        ("USD", "66e9..72e9", SHORT, "660億～720億ドル", "$66–72 billion"),
        ("USD", ">=50e9", SHORT, "500億ドル以上", "at least $50 billion"),
        ("USD", "-4.43e9", SHORT, "-44.3億ドル", "-$4.43 billion"),
        ("USD", "72.22e9", TICK, "722.2億ドル", "$72.22B"),
        ("USD", "66e9..72e9", TICK, "660億～720億ドル", "$66–72B"),
        ("EUR", "1e9", SHORT, "10億ユーロ", "€1 billion"),
        ("USD_per_year", "1e9", SHORT, "年10億ドル", "$1 billion a year"),
        ("W", "1e9..5e9", SHORT, "1～5GW", "1–5 GW"),
        ("W", "5e9", TICK, "5GW", "5 GW"),
        ("Wh", "1e3", SHORT, "1kWh", "1 kWh"),
        ("m2", "4e6", SHORT, "4km²", "4 km²"),
        ("multiple", "10", SHORT, "10倍", "10×"),
        ("people", "3.58e9", TICK, "35.8億人", "3.58B people"),
        ("ratio", "0.22", TICK, "22%", "22%"),
    ],
)
def test_short_forms(unit: str, text: str, form: str, japanese: str, english: str) -> None:
    assert formatted(ROOT, "ja", unit, text, form) == japanese
    assert formatted(ROOT, "en", unit, text, form) == english


@pytest.mark.parametrize(
    ("unit", "text", "form", "german"),
    [
        ("USD", "500", SHORT, "500_$"),
        ("USD", "1.5e12", SHORT, "1,5_Bio._$"),
        ("USD", "-4.43e9", SHORT, "-4,43_Mrd._$"),
        ("USD", "66e9..72e9", TICK, "66 bis 72_Mrd._$"),
        ("m2", "20e6..25e6", SHORT, "20 bis 25 km²"),
    ],
)
def test_short_forms_of_cldr(unit: str, text: str, form: str, german: str) -> None:
    assert formatted(LAKES, "de", unit, text, form) == german


@pytest.mark.parametrize(
    ("unit", "text", "digits", "japanese", "english"),
    [
        ("USD", "72.2234e9", 3, "722億ドル", "$72.2 billion"),
        ("USD", "66.4e9..66.6e9", 1, "約700億ドル", "about $70 billion"),
        ("USD", ">=1.26e9", 2, "12億ドル以上", "at least $1.2 billion"),
        ("USD", "<=1.24e9", 2, "最大12億ドル", "up to $1.2 billion"),
        ("ratio", ">=0.42707", 2, "42%以上", "at least 42%"),
        ("ratio", "0.2249", 2, "22%", "22%"),
        ("ratio", "0.2249", 4, "22.49%", "22.49%"),
    ],
)
def test_rounded(unit: str, text: str, digits: int, japanese: str, english: str) -> None:
    assert formatted(ROOT, "ja", unit, text, digits=digits) == japanese
    assert formatted(ROOT, "en", unit, text, digits=digits) == english


@pytest.mark.parametrize(
    ("text", "japanese", "english"),
    [
        (">=50e9", "500億ドル", "$50 billion"),
        ("<1e6", "100万ドル", "$1 million"),
        ("~5", "5ドル", "$5"),
        ("66e9..72e9", "660億～720億ドル", "$66–72 billion"),
    ],
)
def test_bare(text: str, japanese: str, english: str) -> None:
    assert formatted(ROOT, "ja", "USD", text, bare=True) == japanese
    assert formatted(ROOT, "en", "USD", text, bare=True) == english


@pytest.mark.parametrize(
    ("unit", "text", "japanese", "english", "german"),
    [
        ("ratio", "0.22", "22%増", "up 22%", "plus 22_%"),
        ("ratio", "-0.03", "3%減", "down 3%", "minus 3_%"),
        ("ratio", "0", "横ばい", "unchanged", "unverändert"),
        ("ratio", "0.1..0.2", "10%～20%増", "up 10–20%", "plus 10 bis 20_%"),
        ("ratio", "-0.2..-0.1", "10%～20%減", "down 10–20%", "minus 10 bis 20_%"),
        ("ratio", ">=0.2", "20%以上増", "up at least 20%", "plus mindestens 20_%"),
        ("ratio", "~0.2", "約20%増", "up about 20%", "plus rund 20_%"),
        ("USD", "3e9", "30億ドル増", "up $3 billion", "plus 3 Milliarden US-Dollar"),
        (
            "ratio",
            "-0.0571..0.0286",
            "5.71%減から2.86%増の間",
            "between a fall of 5.71% and a rise of 2.86%",
            "minus 5,71_% bis plus 2,86_%",
        ),
        ("ratio", "-0.03..0.03", "3%減から3%増の間", "between a fall of 3% and a rise of 3%", "minus 3_% bis plus 3_%"),
        ("ratio", "-0.03..0", "0%～3%減", "down 0–3%", "minus 0 bis 3_%"),
        ("ratio", ">=-0.05", "-5%以上", "at least -5%", "mindestens -5_%"),
        ("ratio", "<=0.05", "最大5%増", "up by at most 5%", "plus höchstens 5_%"),
        ("ratio", "<0.05", "5%未満の増加", "up less than 5%", "plus unter 5_%"),
        ("ratio", ">0.05", "5%を超える増加", "up more than 5%", "plus über 5_%"),
        ("ratio", "<-0.05", "5%を超える減少", "down more than 5%", "minus über 5_%"),
        ("ratio", "<=-0.05", "5%以上減", "down at least 5%", "minus mindestens 5_%"),
        ("ratio", "~-0.05", "約5%減", "down about 5%", "minus rund 5_%"),
        ("ratio", "~0", "ほぼ横ばい", "roughly unchanged", "nahezu unverändert"),
        ("ratio", ">=0", "横ばいか増加", "unchanged or up", "unverändert oder höher"),
        ("ratio", "<=0", "横ばいか減少", "unchanged or down", "unverändert oder niedriger"),
        ("USD", "<=3e9", "最大30億ドル増", "up by at most $3 billion", "plus höchstens 3 Milliarden US-Dollar"),
    ],
)
def test_growth(unit: str, text: str, japanese: str, english: str, german: str) -> None:
    for root, code, expected in ((ROOT, "ja", japanese), (ROOT, "en", english), (LAKES, "de", german)):
        assert (
            _visible(format_growth(_formatter(root, code).language, values.parse(text), edition(root).units[unit])) == expected
        )


@pytest.mark.parametrize("text", ["0.05", "~0.05", ">=0.05", "<=0.05", ">0.05", "<0.05", "0.05..0.07", "-0.05", "~-0.05", "<=-0.05", "<-0.05", "-0.05..-0.02", "-0.03..0.02", "0", "~0", ">=0", "<=0", ">0", ">=-0.05"])  # fmt: skip
def test_every_language_that_comes_with_the_package_reads_its_changes_back_and_repeats_no_word(text: str) -> None:
    unit, value = Unit(id="ratio", dimension={}, percent=True), values.parse(text)
    for code, words in _default_words().items():
        one = Language(code=code, name=code, locale=code, words=words)
        found = format_growth(one, value, unit)
        read = parse_growth(found, unit, one)
        assert (read.low, read.high, read.about) == (value.low, value.high, value.about), found
        parts = found.casefold().split()
        assert not [one for one, after in pairwise(parts) if one == after], found


@cache
def _default_words() -> dict[str, dict[str, str]]:
    folder = ROOT / "generator/defaults/words"
    found = {path.stem: yaml.safe_load(path.read_text(encoding="utf-8")) for path in folder.glob("*.yml")}
    return {
        code: {key: str(text) for key, text in words.items()}
        for code, words in found.items()
        if "growth.flat_about" in words and code != "meanings"
    }


def test_french_elides_before_a_vowel() -> None:
    one = Language(code="fr", name="fr", locale="fr", words=_default_words()["fr"])
    unit = Unit(id="ratio", dimension={}, percent=True)
    told = [_visible(format_growth(one, values.parse(text), unit)) for text in ("~0.05", ">=0.05", "~-0.05", "<=-0.05")]
    assert told == [
        "en hausse d’environ 5_%",
        "en hausse d’au moins 5_%",
        "en baisse d’environ 5_%",
        "en baisse d’au moins 5_%",
    ]


def test_a_language_has_words_for_changes_of_uncertain_sign_and_ranges_with_a_negative_end() -> None:
    words = {"growth.between": "between a fall of {0} and a rise of {1}", "value.range_signed": "from {0} to {1}"}
    english = _formatter(ROOT, "en").language
    formatter = ValueFormatter(replace(english, words={**english.words, **words}))
    ratio = edition(ROOT).units["ratio"]
    assert (
        format_growth(formatter.language, values.parse("-0.0571..0.0286"), ratio)
        == "between a fall of 5.71% and a rise of 2.86%"
    )
    assert formatter.value(values.parse("-0.02..0.03"), ratio) == "from -2% to 3%"


@pytest.mark.parametrize(
    ("text", "japanese", "english", "german"),
    [
        ("2025", "2025年", "2025", "2025"),
        ("FY2025", "2025年", "2025", "2025"),
        ("2025-H1", "2025年上半期", "the first half of 2025", "erstes Halbjahr 2025"),
        ("2025-H2", "2025年下半期", "the second half of 2025", "zweites Halbjahr 2025"),
        ("2025-Q1", "2025年1～3月期", "Q1 2025", "erstes Quartal 2025"),
        ("2025-Q2", "2025年4～6月期", "Q2 2025", "zweites Quartal 2025"),
        ("2025-Q3", "2025年7～9月期", "Q3 2025", "drittes Quartal 2025"),
        ("2025-Q4", "2025年10～12月期", "Q4 2025", "viertes Quartal 2025"),
        ("2025-08", "2025年8月", "August 2025", "August 2025"),
        ("2025-03-01", "2025年3月1日", "March 1, 2025", "1. März 2025"),
        ("2027/2032-12", "2027年～2032年12月", "2027 to December 2032", "2027 bis Dezember 2032"),
        ("2025-05/2025-05-05", "2025年5月～2025年5月5日", "May 2025 to May 5, 2025", "Mai 2025 bis 5. Mai 2025"),
    ],
)
def test_periods(text: str, japanese: str, english: str, german: str) -> None:
    period = periods.parse(text)
    assert _formatter(ROOT, "ja").period(period) == japanese
    assert _formatter(ROOT, "en").period(period) == english
    assert _formatter(LAKES, "de").period(period) == german
    assert _formatter(ROOT, "ja").value(period, edition(ROOT).units["date"]) == japanese


def test_counts() -> None:
    assert [_formatter(root, code).integer(12345) for root, code in ((ROOT, "ja"), (ROOT, "en"), (LAKES, "de"))] == [
        "12,345",
        "12,345",
        "12.345",
    ]


@pytest.mark.parametrize(
    ("locale", "words"),
    [("en-US", "seventy-two"), ("de-DE", "zwei\u00adund\u00adsiebzig"), ("ja-JP", "七十二")],
)
def test_numbers_are_spelled_by_cldr(locale: str, words: str) -> None:
    assert spell(locale, 72) == words


def test_a_unit_that_cldr_does_not_know_is_a_value_error() -> None:
    with pytest.raises(ValueError, match="SKELETON"):
        format_number("en-US", values.number("1"), "unit/square-metre")

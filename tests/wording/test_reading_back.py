"""Whatever the formatter writes is read back: forty locales, units of every kind, all kinds of values, signs and magnitudes.

The words of these languages are signs, so that every locale of CLDR can be tried; ranges are joined by a dash, as in print.
FACTLOOM_EXAMPLES says how many values are drawn besides those of the tables.
"""

from __future__ import annotations

import os
from decimal import Decimal
from functools import cache

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from generator.model import arithmetic, values
from generator.model.languages import Language
from generator.model.units import ScaleStep, Unit
from generator.model.values import Interval, Point, Value
from generator.wording.formatting import LONG, SHORT, TICK, ValueFormatter
from generator.wording.growth import format_growth
from generator.wording.parsing import is_worded, parse_growth, parse_value

EXAMPLES = int(os.environ.get("FACTLOOM_EXAMPLES", "450"))
LOCALES = (
    *("ar", "ar-EG", "bg-BG", "bn-BD", "ca-ES", "cs-CZ", "da-DK", "de-AT", "de-CH", "de-DE", "el-GR", "en-IN", "en-US"),
    *("es-419", "es-ES", "et-EE", "eu-ES", "fa-IR", "fi-FI", "fr-CA", "fr-FR", "gu-IN", "he-IL", "hi-IN", "hu-HU"),
    *("id-ID", "it-IT", "ja-JP", "ko-KR", "lt-LT", "lv-LV", "mr-IN", "my-MM", "nb-NO", "nl-NL", "pl-PL", "pt-BR"),
    *("pt-PT", "ro-RO", "ru-RU", "sl-SI", "sv-SE", "sw-KE", "ta-IN", "th-TH", "tr-TR", "uk-UA", "ur-PK", "vi-VN"),
    *("zh-CN", "zh-TW"),
)
WORDS = {
    "value.about": "~{0}",
    "value.at_least": "≥{0}",
    "value.at_most": "≤{0}",
    "value.more_than": ">{0}",
    "value.less_than": "<{0}",
    "value.range": "{0}–{1}",
    "value.compact_from": "1e4",
    "value.compact_fraction": "3",
    "growth.up": "↑{0}",
    "growth.down": "↓{0}",
    "growth.flat": "=",
}


def _patterned(id: str, *patterns: tuple[str, str], size: str = "1", compact: bool = True) -> Unit:  # noqa: A002
    ladder = tuple(
        ScaleStep(factor=Decimal(factor), pattern={locale: {"other": pattern} for locale in LOCALES})
        for factor, pattern in patterns
    )
    return Unit(id=id, dimension={}, size=Decimal(size), ladder=ladder, compact=compact)


UNITS = (
    Unit(id="ratio", dimension={}, percent=True),
    Unit(id="count", dimension={}),
    Unit(id="plain", dimension={}, compact=False),
    Unit(id="USD", dimension={}, currency="USD"),
    Unit(id="JPY", dimension={}, currency="JPY"),
    Unit(
        id="W",
        dimension={},
        compact=False,
        ladder=tuple(
            ScaleStep(factor=Decimal(factor), icu=icu)
            for factor, icu in (("1", "watt"), ("1e3", "kilowatt"), ("1e6", "megawatt"), ("1e9", "gigawatt"))
        ),
    ),
    Unit(id="m2", dimension={}, ladder=(ScaleStep(factor=Decimal(1), icu="square-meter"),)),
    _patterned("points", ("1", "{0} percentage points"), size="0.01"),
    _patterned("points_ja", ("1", "{0}パーセントポイント"), size="0.01"),
    _patterned("of_gdp", ("1", "GDP比{0}%"), size="0.01"),
    _patterned("of_gdp_en", ("1", "{0} % of GDP"), size="0.01"),
    _patterned("per_tokens", ("1", "100万トークンあたり{0}ドル")),
    _patterned("rate", ("1", "1ドル＝{0}円"), compact=False),
    _patterned("per_100", ("1", "{0} per 100,000 people")),
    _patterned("rank", ("1", "#{0}")),
    _patterned("sign_first", ("1", "${0}")),
    _patterned("steps", ("1", "{0} Wh"), ("1e3", "{0} kWh"), ("1e9", "{0} GWh"), compact=False),
)


@cache
def language(locale: str, separator: str = "", shares: str = "unit", space: str = " ") -> Language:
    """A language of signs; with a separator, its ranges are joined by that."""
    words = {**WORDS, "value.range_shares": shares, "value.unit_space": space}
    if separator:
        words["value.range"] = f"{{0}}{separator}{{1}}"
    return Language(code=locale, name=locale, locale=locale, words=words)


def _point(digits: int, exponent: int, sign: int, zeros: int) -> Point:
    number = Decimal(digits).scaleb(exponent)
    if zeros:  # as written with that many zeros at the end
        number = Decimal((number.as_tuple().sign, (*number.as_tuple().digits, *[0] * zeros), exponent - zeros))
    return Point(number=number if sign > 0 else number.copy_negate(), zeros=zeros)


POINTS = st.builds(
    _point,
    st.one_of(st.integers(0, 9), st.integers(1, 99_999)),
    st.integers(-6, 14),
    st.sampled_from((1, 1, -1)),
    st.sampled_from((0, 0, 1, 2)),
)


def _between(first: Point, second: Point) -> Interval:
    low, high = sorted((first, second), key=lambda point: point.number)
    return Interval(low=low.number, high=high.number, zeros=(low.zeros, high.zeros))


RANGES = st.tuples(POINTS, POINTS).filter(lambda pair: pair[0].number != pair[1].number).map(lambda pair: _between(*pair))
VALUES = st.one_of(
    POINTS,
    st.tuples(st.sampled_from(("~", ">=", ">", "<=", "<")), POINTS).map(lambda pair: values.bounded(*pair)),
    RANGES,
    RANGES.map(lambda value: Interval(low=value.low, high=value.high, zeros=value.zeros, about=True)),
)


def same(value: Value, other: Value) -> bool:
    """Whether both are equal, with their strictness, and with the sign of zero and the zeros that were stated."""

    def parts(value: Value) -> tuple[object, ...]:
        strict = (value.low_strict, value.high_strict) if isinstance(value, Interval) else ()
        signs = [(end.number, end.number.is_signed()) for end in values.ends(value)]
        return type(value), signs, value.low is None, value.about, strict

    return parts(value) == parts(other)


@settings(deadline=None, max_examples=EXAMPLES)  # the first example of a locale fills caches
@given(
    st.sampled_from(LOCALES),
    st.sampled_from(UNITS),
    VALUES,
    st.sampled_from((LONG, SHORT, TICK)),
    st.sampled_from(("", "～", " to ")),
    st.sampled_from(("unit", "scale")),
    st.sampled_from((" ", "")),
)
def test_any_value_is_read_back(
    locale: str, unit: Unit, value: Value, form: str, separator: str, shares: str, space: str
) -> None:
    one = language(locale, separator, shares, space)
    text = ValueFormatter(one).value(value, unit, form=form)
    assert same(parse_value(text, unit, one), value), text
    assert is_worded(value, text, unit, one)
    negated = arithmetic.negate(value)
    assert same(negated, value) or not is_worded(negated, text, unit, one)
    assert ValueFormatter(one).value(parse_value(text, unit, one), unit, form=form) == text


@settings(deadline=None, max_examples=EXAMPLES // 3)
@given(
    st.sampled_from(LOCALES), st.sampled_from(UNITS[:8]), st.one_of(POINTS, RANGES), st.sampled_from(("", "from {0} to {1}"))
)
def test_any_change_is_read_back(locale: str, unit: Unit, value: Value, between: str) -> None:
    one = language(locale)
    if between:
        one = Language(code=locale, name=locale, locale=locale, words={**one.words, "growth.between": between})
    text = format_growth(one, value, unit)
    assert arithmetic.same(parse_growth(text, unit, one), value), text
    assert is_worded(value, text, unit, one)


@pytest.mark.parametrize("locale", LOCALES)
@pytest.mark.parametrize("unit", UNITS, ids=lambda unit: unit.id)
def test_every_locale_reads_every_unit(locale: str, unit: Unit) -> None:
    for text in (
        "0",
        "-0.0",
        "1",
        "-1",
        "0.030",
        "1.50",
        "-12.3",
        "1.26e16",
        "1e-6",
        "1e18",
        "-0.02..0.03",
        "66e9..72e9",
        "~5e6",
    ):
        value = values.parse(text)
        for written in {ValueFormatter(language(locale)).value(value, unit, form=form) for form in (LONG, SHORT, TICK)}:
            assert same(parse_value(written, unit, language(locale)), value), written


@pytest.mark.parametrize("locale", LOCALES)
def test_fractions_of_powers_of_ten_are_read_back(locale: str) -> None:
    unit = Unit(id="count", dimension={})
    for text in ("3.11e9", "1.1e6", "2.5e12", "0.12e9", "7.01e6", "12.5e9", "1.21e12"):
        written = ValueFormatter(language(locale)).value(values.parse(text), unit)
        assert same(parse_value(written, unit, language(locale)), values.parse(text)), written


@pytest.mark.parametrize("locale", ["bn", "bn-BD", "bn-IN"])
def test_no_two_powers_of_ten_have_one_text(locale: str) -> None:
    unit = Unit(id="count", dimension={})
    for space in (" ", ""):
        formatter = ValueFormatter(language(locale, space=space))
        for digits in ("1", "1.23", "2"):
            texts = [formatter.value(values.parse(f"{digits}e{power}"), unit, form=TICK) for power in range(3, 19)]
            plain = ["".join(text.split()) for text in texts]
            assert len(set(plain)) == len(plain), texts


@pytest.mark.parametrize("locale", ["en-US", "ja-JP"])
@pytest.mark.parametrize("number", ["-0.08", "-0.113", "-12"])
def test_the_minus_sign_of_a_page_is_read_as_the_hyphen_of_the_locale(locale: str, number: str) -> None:
    one, unit = language(locale, "", "unit", " "), Unit(id="ratio", dimension={}, percent=True)
    text = ValueFormatter(one).value(values.Point(number=Decimal(number)), unit)
    assert text.count("-") == 1
    assert parse_value(text.replace("-", "\u2212"), unit, one) == values.Point(number=Decimal(number))

"""Values: notation, rounding, interval arithmetic and comparison."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.model import arithmetic, values
from generator.model.values import Interval, Point, Value, parse


def written(value: Value) -> str:
    """A value in the short form that `parse` reads."""
    about = "~" if value.about else ""
    if isinstance(value, Point):
        return f"{about}{value.number}"
    if value.high is None:
        return f"{about}{'>' if value.low_strict else '>='}{value.low}"
    if value.low is None:
        return f"{about}{'<' if value.high_strict else '<='}{value.high}"
    return f"{about}{value.low}..{value.high}"


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("72.22e9", Point(number=Decimal("72.22e9"))),
        ("0", Point(number=Decimal(0))),
        ("-3", Point(number=Decimal(-3))),
        ("+0.5", Point(number=Decimal("0.5"))),
        ("1_000_000", Point(number=Decimal(1000000))),
        (" 5 ", Point(number=Decimal(5))),
        (".5", Point(number=Decimal("0.5"))),
        ("1e-3", Point(number=Decimal("0.001"))),
        ("~500e3", Point(number=Decimal("500e3"), about=True)),
        ("~ 500e3", Point(number=Decimal("500e3"), about=True)),
        ("66e9..72e9", Interval(low=Decimal("66e9"), high=Decimal("72e9"))),
        ("-3 .. 5", Interval(low=Decimal(-3), high=Decimal(5))),
        (">=50", Interval(low=Decimal(50), high=None)),
        (">10e9", Interval(low=Decimal("10e9"), high=None, low_strict=True)),
        ("<=5e9", Interval(low=None, high=Decimal("5e9"))),
        ("< 1", Interval(low=None, high=Decimal(1), high_strict=True)),
    ],
)
def test_parse(text: str, value: Value) -> None:
    assert parse(text) == value


@pytest.mark.parametrize(
    "text",
    [
        *("", "many", "66 billion", "1,000", "５", "1__0", "0x10", "1e9999", "1e5.5", "nan", "inf", "."),
        *("5..", "..5", "3..2", "=>5", ">", "5%", "--5"),
    ],
)
def test_not_a_value(text: str) -> None:
    with pytest.raises(ValueError, match=r"."):
        parse(text)


def test_an_interval_is_not_empty() -> None:
    with pytest.raises(ValueError, match="at least one end"):
        Interval(low=None, high=None)
    with pytest.raises(ValueError, match="above"):
        Interval(low=Decimal(2), high=Decimal(1))


@pytest.mark.parametrize(
    ("text", "digits"),
    [("72.22e9", 4), ("72.20e9", 4), ("500e3", 3), ("5e5", 1), ("0", 1), ("0.0", 1), ("0.05", 1), ("-12", 2), ("1_000", 4)],
)
def test_digits_are_counted_as_written(text: str, digits: int) -> None:
    assert values.significant_digits(values.number(text)) == digits


@pytest.mark.parametrize(
    ("text", "significant", "expected"),
    [
        ("72.22e9", 2, "72e9"),
        ("72.22e9", 5, "72.22e9"),
        ("72.50e9", 2, "73e9"),
        ("-72.50e9", 2, "-73e9"),
        ("0.0449", 2, "0.045"),
        ("999", 2, "1.0e3"),
        ("0", 3, "0"),
        ("66.4e9..72.4e9", 2, "66e9..72e9"),
        ("66.4e9..66.6e9", 1, "~7e10"),
        (">=1.26", 2, ">=1.2"),  # a bound is never rounded to a number for which it does not hold
        (">1.99", 1, ">1"),
        (">=0.42707", 2, ">=0.42"),
        (">=-1.21", 2, ">=-1.3"),
        ("<1.24", 2, "<1.3"),
        ("<=3.33333", 2, "<=3.3"),  # but "up to" as other numbers, so that announced maximums add up
        ("<=-1.29", 2, "<=-1.3"),
        ("<=1.2", 2, "<=1.2"),
        ("~1.24", 1, "~1"),
        ("5..5", 1, "5..5"),
    ],
)
def test_rounding(text: str, significant: int, expected: str) -> None:
    rounded = values.apply_rounding(parse(text), significant)
    wanted = parse(expected)
    assert arithmetic.same(rounded, wanted)
    assert (type(rounded), rounded.about) == (type(wanted), wanted.about)


@pytest.mark.parametrize(("text", "middle"), [("5", "5"), ("4..6", "5"), (">=4", "4"), ("<6", "6"), ("~5", "5")])
def test_middle(text: str, middle: str) -> None:
    assert values.midpoint(parse(text)) == Decimal(middle)


ARITHMETIC = {
    "+": arithmetic.add,
    "-": arithmetic.subtract,
    "*": arithmetic.multiply,
    "/": arithmetic.divide,
}


@pytest.mark.parametrize(
    ("sum_", "expected"),
    [
        ("2 + 3", "5"),
        ("2..4 + 3", "5..7"),
        ("2..4 + 3..5", "5..9"),
        (">=2 + 3", ">=5"),
        (">2 + >=3", ">5"),
        ("<2 + 3..5", "<7"),
        ("~2 + 3", "~5"),
        ("5 - 3", "2"),
        ("5..7 - 1..2", "3..6"),
        ("5 - >=3", "<=2"),
        ("5 - >3", "<2"),
        (">5 - 3", ">2"),
        ("2 * 3", "6"),
        ("2..4 * 3", "6..12"),
        ("-2..4 * 3..5", "-10..20"),
        ("-2..-1 * -3", "3..6"),
        (">=2 * 3..4", ">=6"),
        (">2 * 3", ">6"),
        (">2 * 0..3", ">=0"),
        ("<=2 * 3..4", "<=8"),
        ("~2 * 3", "~6"),
        ("6 / 3", "2"),
        ("6 / 2..3", "2..3"),
        ("1 / 3", "0.3333333333333333333333333333333333333333"),
        ("-6 / 2..3", "-3..-2"),
        ("6 / -3..-2", "-3..-2"),
        (">=6 / 2..3", ">=2"),
        ("6 / >=2", "<=3"),
        ("6 / >2", "<3"),
        ("<=6 / 2..3", "<=3"),
        ("6 / <=5", ">=1.2"),
        ("6 / <5", ">1.2"),
        ("0 / >2", "<=0"),
        ("0 * 5..7", "0"),
        ("1_234_567_890_123_456_789_012_345_678_901 * -1", "-1234567890123456789012345678901"),
    ],
)
def test_arithmetic(sum_: str, expected: str) -> None:
    left, operation, right = sum_.split(" ")
    assert written(ARITHMETIC[operation](parse(left), parse(right))) == expected


@pytest.mark.parametrize(
    ("sum_", "why"),
    [
        ("6 / 0", "the divisor may be zero"),
        ("6 / -1..1", "the divisor may be zero"),
        ("6 / <=0", "the divisor may be zero"),
        ("-6 / <=5", "an open end meets a value that may be negative"),
        ("<=6 / <=5", "both ends are open"),
        ("6 / >=0", "the divisor may be zero"),
        (">=2 + <=3", "both ends are open"),
        (">=2 - >=3", "both ends are open"),
        (">=2 * <=3", "both ends are open"),
        (">=2 * -1..1", "an open end meets a value that may be negative"),
        (">=-2 * 3", "an open end meets a value that may be negative"),
        ("6 / <-1", "an open end meets a value that may be negative"),
    ],
)
def test_no_result(sum_: str, why: str) -> None:
    left, operation, right = sum_.split(" ")
    with pytest.raises(ArithmeticError, match=why):
        ARITHMETIC[operation](parse(left), parse(right))


@pytest.mark.parametrize(
    ("text", "turned"), [("5", "-5"), ("0", "0"), ("2..4", "-4..-2"), (">2", "<-2"), ("<=4", ">=-4"), ("~5", "~-5")]
)
def test_negate(text: str, turned: str) -> None:
    assert written(arithmetic.negate(parse(text))) == turned


numbers = st.decimals(allow_nan=False, allow_infinity=False, min_value=-(10**12), max_value=10**12, places=3)


@st.composite
def known(draw: Any) -> tuple[Value, Fraction]:  # noqa: ANN401  what hypothesis gives
    """A value, and one of the numbers that it holds."""
    low, high = sorted((draw(numbers), draw(numbers)))
    part = Fraction(draw(st.integers(0, 100)), 100)
    inner = Fraction(low) + (Fraction(high) - Fraction(low)) * part
    form = draw(st.sampled_from(("closed", "point", "from", "to")))
    if form == "point":
        return Point(number=low), Fraction(low)
    if form == "from":
        return Interval(low=low, high=None), inner
    if form == "to" and inner > 0:  # "up to" is said of what cannot be negative, and nothing is divided by zero
        return Interval(low=None, high=high), inner
    return Interval(low=low, high=high), inner


@given(first=known(), second=known(), operation=st.sampled_from(sorted(ARITHMETIC)))
def test_a_result_contains_every_possible_number(
    first: tuple[Value, Fraction], second: tuple[Value, Fraction], operation: str
) -> None:
    (a, x), (b, y) = first, second
    try:
        result = ARITHMETIC[operation](a, b)
    except ArithmeticError:
        return
    exact = {"+": x + y, "-": x - y, "*": x * y}[operation] if operation != "/" else x / y
    slack = abs(exact) * Fraction(1, 10**39) if isinstance(result, Point) else 0  # forty digits are kept
    assert result.low is None or Fraction(result.low) <= exact + slack
    assert result.high is None or Fraction(result.high) >= exact - slack


COMPARISONS = {
    "<": arithmetic.below,
    "<=": arithmetic.at_most,
    "in": arithmetic.inside,
    "==": arithmetic.same,
}


@pytest.mark.parametrize(
    ("test", "expected"),
    [
        ("2 < 3", True),
        ("3 < 3", False),
        ("2..3 < 4..5", True),
        ("2..4 < 4..5", False),
        ("<4 < 4..5", True),
        ("2..4 < >4", True),
        ("2 < >=2", False),
        (">=2 < 5", False),
        ("2 < <=5", False),
        ("3 <= 3", True),
        ("2..3 <= 3..4", True),
        ("2..4 <= 3..5", False),
        ("<=3 <= 3", True),
        ("3 <= <=3", False),
        ("2 in 1..3", True),
        ("1..3 in 1..3", True),
        ("1..4 in 1..3", False),
        ("5 in >=5", True),
        ("5 in >5", False),
        (">5 in >=5", True),
        (">=5 in >5", False),
        ("<5 in <=5", True),
        ("<=5 in <5", False),
        (">=5 in 5..9", False),
        ("2 == 2.0", True),
        ("~2 == 2", True),
        ("2..2 == 2", True),
        ("2 == 3", False),
        (">5 == >=5", False),
        (">=5 == >=5", True),
    ],
)
def test_comparisons_hold_for_every_value(test: str, *, expected: bool) -> None:
    left, comparison, right = test.split(" ")
    assert COMPARISONS[comparison](parse(left), parse(right)) is expected


@pytest.mark.parametrize(("one", "other"), [("0.030", "0.03"), ("1..2", "1.0..2.00"), (">=5", ">=5.0")])
def test_a_value_is_the_same_however_many_zeros_are_written(one: str, other: str) -> None:
    assert parse(one) == parse(other)
    assert not parse(one) != parse(other)  # noqa: SIM202  the operator is what is tested
    assert hash(parse(one)) == hash(parse(other))


@pytest.mark.parametrize(("one", "other"), [("5", "6"), ("5", "~5"), ("1..2", "1..3"), (">=5", ">5"), ("5", "5..6")])
def test_values_differ_by_their_numbers_and_by_how_they_are_bounded(one: str, other: str) -> None:
    assert parse(one) != parse(other)
    assert not parse(one) == parse(other)  # noqa: SIM201  as above

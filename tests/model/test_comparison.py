"""How two stated values relate, and the short notation of a value."""

from __future__ import annotations

from decimal import Decimal

import pytest

from generator.model import periods, values
from generator.model.comparison import Comparison, compare, short_notation
from generator.model.units import Unit

USD = Unit(id="USD", dimension={"dollars": 1})
DATE = Unit(id="date", dimension={"time_point": 1})
DAYS = Unit(id="days", dimension={"time": 1}, size=Decimal(24))
HOURS = Unit(id="hours", dimension={"time": 1})


@pytest.mark.parametrize(
    ("first", "second", "relation"),
    [
        ("66e9..72e9", "66e9..72e9", "equals"),
        ("66e9..72e9", "66e9..72.00e9", "equals"),
        (">10e9", ">10e9", "equals"),
        ("17e9", "17.01e9", "rounds-to"),
        ("22", "21.6", "rounds-to"),
        ("0.22", "0.216144966855212305802257428783496711116", "rounds-to"),
        ("66e9..72e9", "65.9e9..72.3e9", "rounds-to"),
        ("17.01e9", "17e9", "rounds-to"),  # the second is the coarser one
        ("400e3", "~400e3", "rounds-to"),
        ("~10e9", ">10e9", "rounds-to"),
        ("~2", "2.4", "rounds-to"),
        ("300e6", "<=300e6", "lies-in"),
        ("20", ">=20", "lies-in"),
        ("70e9", "66e9..72e9", "lies-in"),
        ("1..2", "0..5", "lies-in"),
        (">1e9", ">=1e9", "lies-in"),
        ("<=5e9", "2e9", "contains"),
        ("66e9..72e9", "70e9", "contains"),
        (">=1e9", ">1e9", "contains"),
        (">70e9", "66e9..72e9", "overlaps"),
        ("1..3", "2..4", "overlaps"),
        (">=5", "<=9", "overlaps"),
        ("47.5e9", "46.563e9", "exceeds"),
        (">72e9", "66e9..72e9", "exceeds"),
        ("20", ">20", "falls-short-of"),
        ("1.1e9", ">1.1e9", "falls-short-of"),
        ("66e9..72e9", "72.62e9", "falls-short-of"),
        ("-1", "0..1", "falls-short-of"),
    ],
)
def test_relations_of_values(first: str, second: str, relation: str) -> None:
    assert compare(values.parse(first), USD, values.parse(second), USD) is Comparison(relation)


@pytest.mark.parametrize(
    ("first", "second", "relation"),
    [
        ("2025-08-30", "2025-08-30", "equals"),
        ("2025", "FY2025", "equals"),
        ("2025-08", "2025-08-19", "contains"),
        ("2025-08-19", "2025-Q3", "lies-in"),
        ("2025", "2026", "falls-short-of"),
        ("2026-07", "2026-H1", "exceeds"),
        ("2025-06/2025-08", "2025-Q3", "overlaps"),
    ],
)
def test_relations_of_periods(first: str, second: str, relation: str) -> None:
    assert compare(periods.parse(first), DATE, periods.parse(second), DATE) is Comparison(relation)


def test_units_of_one_dimension_are_compared() -> None:
    assert compare(values.parse("2"), DAYS, values.parse("48"), HOURS) is Comparison.EQUAL
    assert compare(values.parse("2"), DAYS, values.parse("50"), HOURS) is Comparison.ROUNDS
    assert compare(values.parse("36..48"), HOURS, values.parse("1..3"), DAYS) is Comparison.INSIDE
    assert compare(values.parse("3"), DAYS, values.parse("50"), HOURS) is Comparison.ABOVE


def test_a_period_is_not_compared_with_a_number() -> None:
    with pytest.raises(TypeError):
        compare(periods.parse("2025"), DATE, values.parse("2025"), USD)


@pytest.mark.parametrize(
    ("written", "notation"),
    [
        ("66e9..72e9", "66e9..72e9 USD"),
        (">10e9", ">10e9 USD"),
        ("<=5e9", "<=5e9 USD"),
        ("~500e3", "~500000 USD"),
        ("0.216144966855212", "0.216145 USD"),
        ("17.01e9", "17.01e9 USD"),
        ("12", "12 USD"),
    ],
)
def test_short_notation(written: str, notation: str) -> None:
    assert short_notation(values.parse(written), USD) == notation

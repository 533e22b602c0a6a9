"""How a claimed value stands to a fact, which verdicts the numbers deny, and which formulas and resolutions."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest

from generator.checks.project_check import check_project
from generator.model import periods, values
from generator.model.comparison import Comparison, compare, short_notation
from generator.model.periods import Period
from generator.model.units import Unit
from generator.model.values import Value

USD = Unit(id="USD", dimension={"dollars": 1})
DATE = Unit(id="date", dimension={"time_point": 1})
DAYS = Unit(id="days", dimension={"time": 1}, size=Decimal(24))
HOURS = Unit(id="hours", dimension={"time": 1})


def _value(text: str, unit: Unit) -> Value | Period:
    return periods.parse(text) if unit is DATE else values.parse(text)


@pytest.mark.parametrize(
    ("claimed", "fact", "standing"),
    [
        ("66e9..72e9", "66e9..72e9", "equals"),
        ("66e9..72e9", "66e9..72.00e9", "equals"),
        (">10e9", ">10e9", "equals"),
        ("17e9", "17.01e9", "rounds-to"),
        ("22", "21.6", "rounds-to"),
        ("0.22", "0.216144966855212305802257428783496711116", "rounds-to"),
        ("66e9..72e9", "65.9e9..72.3e9", "rounds-to"),
        ("17.01e9", "17e9", "rounds-to"),  # the fact is the coarser one
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
def test_a_value_stands_so_to_another(claimed: str, fact: str, standing: str) -> None:
    assert compare(values.parse(claimed), USD, values.parse(fact), USD) is Comparison(standing)


@pytest.mark.parametrize(
    ("claimed", "fact", "standing"),
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
def test_a_date_stands_so_to_another(claimed: str, fact: str, standing: str) -> None:
    assert compare(periods.parse(claimed), DATE, periods.parse(fact), DATE) is Comparison(standing)


def test_units_of_one_dimension_are_compared() -> None:
    assert compare(values.parse("2"), DAYS, values.parse("48"), HOURS) is Comparison.EQUAL
    assert compare(values.parse("2"), DAYS, values.parse("50"), HOURS) is Comparison.ROUNDS
    assert compare(values.parse("36..48"), HOURS, values.parse("1..3"), DAYS) is Comparison.INSIDE
    assert compare(values.parse("3"), DAYS, values.parse("50"), HOURS) is Comparison.ABOVE


def test_a_date_is_no_number() -> None:
    with pytest.raises(TypeError):
        compare(periods.parse("2025"), DATE, values.parse("2025"), USD)


@pytest.mark.parametrize(
    ("written", "shown"),
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
def test_a_value_is_told_as_it_is_written(written: str, shown: str) -> None:
    assert short_notation(values.parse(written), USD) == shown


# The fact area_2025 of the good project is 25e6 m2, area_2024 something else; both settle the claim below.


def _verdict(project: Path, claimed: str, verdict: str, settled_by: str) -> list[str]:
    path = project / "data/claims/water.yml"
    text = path.read_text(encoding="utf-8")
    text = text.replace("claimed: 25e6", f"claimed: {claimed}").replace("verdict: confirmed", f"verdict: {verdict}")
    path.write_text(text.replace("[area_2025]", settled_by), encoding="utf-8")
    words = project / "data/words.yml"
    words.write_text(words.read_text(encoding="utf-8") + f"verdict.{verdict}: {{en: x, de: y}}\n", encoding="utf-8")
    return [f"{one.rule}.{one.variant}".rstrip(".") for one in check_project(project).findings if one.rule == "verdict-denied"]


@pytest.mark.parametrize(
    ("claimed", "verdict", "settled_by", "found"),
    [
        ("25e6", "confirmed", "[area_2025]", []),
        ("3e7", "confirmed", "[area_2025]", []),  # rounds to it
        ("24e6", "confirmed", "[area_2025]", ["verdict-denied"]),
        ("25e6", "confirmed", "[area_2024, area_2025]", ["verdict-denied"]),  # the first one decides
        ("25e6", "confirmed", "[area_growth, area_2025]", []),  # a fact of another kind is none to compare with
        ("25e6", "corrected", "[area_2025]", ["verdict-denied.equal"]),
        ("25e6", "contradicted", "[area_2025]", ["verdict-denied.equal"]),
        ("25e6", "corrected", "[area_2025, area_2024]", []),
        ("{about: 25e6}", "corrected", "[area_2025]", []),  # said less surely than it was
        ("25e6", "misleading", "[area_2025]", []),
        ("99e6", "outdated", "[area_2025]", []),
        ("99e6", "unverified", "[area_2025]", []),
        ("99e6", "opinion", "[area_2025]", []),
    ],
)
def test_a_verdict_that_the_numbers_deny_is_refused(
    project: Path, claimed: str, verdict: str, settled_by: str, found: list[str]
) -> None:
    assert _verdict(project, claimed, verdict, settled_by) == found


def test_a_refusal_says_what_was_compared(project: Path) -> None:
    path = project / "data/claims/water.yml"
    path.write_text(path.read_text(encoding="utf-8").replace("claimed: 25e6", "claimed: 26e6"), encoding="utf-8")
    (found,) = check_project(project).findings
    assert found.sentence("en") == "grew is confirmed, but the claimed 26e6 m2 exceeds area_2025, 25e6 m2"
    assert found.second is not None
    assert found.second.file == "data/facts/water.yml"


def _facts(project: Path, more: str) -> None:
    path = project / "data/facts/water.yml"
    path.write_text(path.read_text(encoding="utf-8") + more, encoding="utf-8")


@pytest.mark.parametrize(
    ("formula", "warned"),
    [
        ("dam_cost - dam_cost", True),
        ("(dam_cost - low(dam_cost)) / mid(dam_cost)", False),
        ("share(dam_cost, dam_cost)", True),
        ("dam_cost / mid(dam_cost)", False),
        ("area_2025 / area_2025", False),  # it is exact
    ],
)
def test_an_uncertain_operand_stands_once(project: Path, formula: str, *, warned: bool) -> None:
    unit = "USD" if formula == "dam_cost - dam_cost" else "ratio"
    _facts(
        project,
        f'again:\n  label: {{en: Again, de: Nochmals}}\n  formula: "{formula}"\n  unit: {unit}\n'
        "  status: observed\n  review: durable\n",
    )
    assert any(one.rule == "uncertain-twice" for one in check_project(project).findings) is warned


FORECAST = """
planned:
  label: {{en: Planned, de: Geplant}}
  value: {value}
  unit: {unit}
  status: announced
  review: durable
  evidence: [{{source: survey, at: page 2}}]
  forecast: {{due: 2025-05, outcome: {outcome}, resolution: {resolution}}}
"""


@pytest.mark.parametrize(
    ("value", "outcome", "resolution", "denied"),
    [
        ("[24e6, 26e6]", "area_2025", "borne_out", False),
        ("[24e6, 26e6]", "area_2025", "missed", True),
        ("[26e6, 27e6]", "area_2025", "borne_out", True),
        ("[26e6, 27e6]", "area_2025", "missed", False),
        ("2e7", "area_2025", "missed", False),
        ("3e7", "area_2025", "borne_out", False),  # at the digit it was stated with
        ("{at_least: 20e6}", "area_2025", "borne_out", False),
        ("{at_least: 20e6}", "area_2025", "missed", True),
        ("2025", "opened", "borne_out", False),
        ("2025-04", "opened", "borne_out", False),  # it came before its date
        ("2025-02", "opened", "borne_out", True),
        ("2025-03", "opened", "missed", True),
    ],
)
def test_a_resolution_that_the_numbers_deny_is_refused(
    project: Path, value: str, outcome: str, resolution: str, *, denied: bool
) -> None:
    unit = "date" if outcome == "opened" else "m2"
    _facts(project, FORECAST.format(value=value, unit=unit, outcome=outcome, resolution=resolution))
    assert any(one.rule == "resolution-denied" for one in check_project(project).findings) is denied

"""Growths and differences that say something else than they seem to are refused or warned of, however they are written."""

from __future__ import annotations

from pathlib import Path

import pytest

from generator.checks.project_check import check_project

UNITS = """
points: {dimension: {}, size: 0.01, ladder: [{from: 1, pattern: {en: {other: "{0} points"}, de: {other: "{0} Punkte"}}}]}
USD_2020: {dimension: {dollars: 1}, currency: USD}
"""
FACTS = {
    "loss": "value: -10e6, unit: USD, period: 2024",
    "profit": "value: 100e6, unit: USD, period: 2025",
    "nothing": "value: 0, unit: USD, period: 2024",
    "uncertain": "value: [-1e6, 5e6], unit: USD, period: 2024",
    "quarter": "value: 20e6, unit: USD, period: 2025-Q1",
    "quarter_before": "value: 10e6, unit: USD, period: 2024-Q4",
    "half": "value: 20e6, unit: USD, period: 2025-H1",
    "debt": "value: 20e6, unit: USD, as_of: 2024-12-31",
    "debt_before": "value: 10e6, unit: USD, as_of: 2023-12-31",
    "real": "value: 20e6, unit: USD_2020, period: 2024",
    "rate": "value: 0.03, unit: ratio, period: 2025",
    "rate_before": "value: 0.02, unit: ratio, period: 2024",
    "expected": "value: [66e6, 72e6], unit: USD, period: 2025",
    "before": "value: 70e6, unit: USD, period: 2024",
}


def found(project: Path, formula: str, unit: str = "ratio") -> list[str]:
    lines = [
        f"{key}: {{label: {{en: A, de: B}}, {fields}, status: observed, review: durable, evidence: [{{source: survey}}]}}\n"
        for key, fields in FACTS.items()
    ]
    lines.append(
        f'derived: {{label: {{en: A, de: B}}, formula: "{formula}", unit: {unit}, status: observed, review: durable}}\n'
    )
    for file, text in (("facts/water.yml", "".join(lines)), ("units.yml", UNITS)):
        with (project / "data" / file).open("a", encoding="utf-8") as target:
            target.write(text)
    findings = check_project(project).findings
    return [
        f"{one.rule}.{one.variant}".rstrip(".")
        for one in findings
        if one.rule in ("bad-formula", "unlike-growth", "percentage-points", "unit-mismatch")
    ]


@pytest.mark.parametrize(
    ("formula", "expected"),
    [
        ("growth(profit, loss)", ["bad-formula.growth"]),
        ("profit / loss - 1", ["bad-formula.growth"]),
        ("(profit - loss) / loss", ["bad-formula.growth"]),
        ("difference(profit, loss) / loss", ["bad-formula.growth"]),
        ("per(difference(profit, loss), loss)", ["bad-formula.growth"]),
        ("share(profit - loss, loss)", ["bad-formula.growth"]),
        ("growth(profit, nothing)", ["bad-formula.growth"]),
        ("growth(profit, uncertain)", ["bad-formula.growth"]),
        ("growth(profit, uncertain.high)", []),
        ("growth(loss, profit)", ["bad-formula.growth-below"]),
        ("growth(expected, before)", []),  # its words tell a fall and a rise
        ("growth(quarter, before)", ["unlike-growth.periods"]),
        ("quarter / before - 1", ["unlike-growth.periods"]),
        ("growth(half, quarter_before)", ["unlike-growth.periods"]),
        ("growth(quarter, quarter_before)", []),
        ("growth(profit, debt)", ["unlike-growth.stock"]),
        ("growth(debt, debt_before)", []),
        ("growth(profit, real)", ["unlike-growth.units"]),
        ("growth(rate, rate_before)", ["unlike-growth.rates"]),
        ("rate - rate_before", ["percentage-points"]),
        ("difference(rate, rate_before)", ["percentage-points"]),
        ("1 - rate", []),
        ("share(quarter, profit)", []),
    ],
)
def test_changes(project: Path, formula: str, expected: list[str]) -> None:
    assert found(project, formula) == expected


def test_a_difference_in_points_is_right(project: Path) -> None:
    assert found(project, "difference(rate, rate_before)", "points") == []

"""A formula reads an uncertain fact once."""

from __future__ import annotations

from pathlib import Path

import pytest

from generator.checks.project_check import check_project


def add_facts(project: Path, more: str) -> None:
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
def test_an_uncertain_operand_is_read_once(project: Path, formula: str, *, warned: bool) -> None:
    unit = "USD" if formula == "dam_cost - dam_cost" else "ratio"
    add_facts(
        project,
        f'again:\n  label: {{en: Again, de: Nochmals}}\n  formula: "{formula}"\n  unit: {unit}\n'
        "  status: observed\n  review: durable\n",
    )
    assert any(one.rule == "uncertain-twice" for one in check_project(project).findings) is warned

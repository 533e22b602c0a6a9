"""The resolution of a forecast agrees with its value and its outcome."""

from __future__ import annotations

from pathlib import Path

import pytest

from generator.checks.project_check import check_project


def add_facts(project: Path, more: str) -> None:
    path = project / "data/facts/water.yml"
    path.write_text(path.read_text(encoding="utf-8") + more, encoding="utf-8")


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
def test_a_resolution_agrees_with_the_numbers(
    project: Path, value: str, outcome: str, resolution: str, *, denied: bool
) -> None:
    unit = "date" if outcome == "opened" else "m2"
    add_facts(project, FORECAST.format(value=value, unit=unit, outcome=outcome, resolution=resolution))
    assert any(one.rule == "resolution-denied" for one in check_project(project).findings) is denied

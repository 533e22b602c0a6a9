"""Dates of the record stay within the report's horizon, which moves forward."""

from __future__ import annotations

from pathlib import Path

import pytest

from generator.checks.project_check import check_project
from generator.model import periods
from generator.records.struct import replace
from generator.rules import CheckOptions


def _findings(project: Path, options: CheckOptions | None = None) -> list[str]:
    return [one.rule for one in check_project(project, options or CheckOptions()).findings if "horizon" in one.rule]


@pytest.mark.parametrize(
    ("file", "old", "new", "expected"),
    [
        ("facts/water.yml", "  value: 25e6\n", "  value: 25e6\n  as_of: 2025-07-01\n", ["after-horizon"]),
        ("facts/water.yml", "  value: 25e6\n", "  value: 25e6\n  as_of: 2025-06-30\n", []),
        ("facts/water.yml", "  value: 25e6\n", "  value: 25e6\n  as_of: 2025\n", []),
        (
            "facts/water.yml",
            "  value: 25e6\n",
            "  value: 25e6\n  history: [{value: 24e6, as_of: 2026, kind: update, reason: {en: Rain, de: Regen}}]\n",
            ["after-horizon"],
        ),
        ("sources.yml", "date: 2025-05", "date: 2025-07", ["after-horizon"]),
        ("facts/water.yml", "  period: 2025\n", "  period: 2030\n", []),  # a value may be about a time to come
    ],
)
def test_dates_end_at_the_horizon(project: Path, file: str, old: str, new: str, expected: list[str]) -> None:
    path = project / "data" / file
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")
    assert _findings(project) == expected


@pytest.mark.parametrize(("before", "expected"), [("2025-06-29", []), ("2025-06-30", []), ("2025-07-01", ["earlier-horizon"])])
def test_the_horizon_moves_forward(project: Path, before: str, expected: list[str]) -> None:
    edition = check_project(project).edition
    assert edition is not None
    base = replace(edition, report=replace(edition.report, as_of=periods.parse(before)))
    assert _findings(project, CheckOptions(base=base)) == expected

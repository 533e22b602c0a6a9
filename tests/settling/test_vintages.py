"""Revisions of a table are kept: a chart can show first and last estimates, facts take the last, files have all."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from sample_projects import PLAIN, edit

from generator.checks.project_check import check_project
from generator.exports.series_tables import series_table
from generator.model.values import midpoint
from generator.wording.texts import Texts

CSV = """year,vintage,area,source
2023,2024-02,1.0,survey
2024,2025-02,2.0,survey
2023,2024-08,1.5,survey
2023,2025-02,1.25,survey
2024,2025-08,,survey
"""


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """The good project with a table whose values were published several times."""
    root = shutil.copytree(PLAIN, tmp_path / "project")
    (root / "data/series/revised.csv").write_text(CSV, encoding="utf-8")
    with (root / "data/series.yml").open("a", encoding="utf-8") as file:
        file.write(
            "revised:\n  label: {en: Revised, de: Revidiert}\n  key: year\n  columns:\n"
            "    area: {label: {en: Area, de: Fläche}, unit: m2}\n"
            "    at_first: {label: {en: First, de: Zuerst}, unit: m2, estimate_of: area, estimate: first}\n"
        )
    return root


def test_first_and_last_estimates(root: Path) -> None:
    checked = check_project(root)
    assert [finding.rule for finding in checked.findings] == []
    assert checked.edition is not None
    series = checked.edition.series["revised"]
    shown = [(row.key, row.vintage, *(str(midpoint(row.values[name])) for name in ("area", "at_first"))) for row in series.rows]
    assert shown == [("2023", "2025-02", "1.25", "1.0"), ("2024", "2025-08", "2.0", "2.0")]
    table = series_table(series, [Texts(checked.edition, language) for language in checked.edition.report.languages])
    assert [(row["year"], row["vintage"], row.get("area", "")) for row in table.rows] == [
        tuple(line.split(",")[:3]) for line in CSV.splitlines()[1:]
    ]


@pytest.mark.parametrize(
    ("old", "new", "rule"),
    [
        ("2023,2024-08,1.5", "2023,2024-02,1.5", "duplicate-id"),
        ("2023,2024-08,1.5", "2023,August,1.5", "bad-date"),
    ],
)
def test_vintages_that_are_none_are_told(old: str, new: str, rule: str, root: Path) -> None:
    edit(root, "data/series/revised.csv", old, new)
    assert [finding.rule for finding in check_project(root).findings] == [rule]


def test_an_estimate_of_nothing_is_told(root: Path) -> None:
    edit(root, "data/series.yml", "estimate_of: area", "estimate_of: aera")
    assert [finding.rule for finding in check_project(root).findings] == ["unknown-id"]

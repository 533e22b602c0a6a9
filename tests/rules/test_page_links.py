"""Addresses of sources below the report's own site: those that the site will have are no finding."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from sample_projects import edit

from generator.checks.project_check import check_project

GOOD = Path(__file__).parents[1] / "projects/good"


@pytest.mark.parametrize(
    ("address", "found"),
    [
        ("https://lakes.example/", False),
        ("https://lakes.example/en/", False),
        ("https://lakes.example/de/index.html", False),
        ("https://lakes.example/en/survey/table%203.csv", False),
        ("https://lakes.example/en/survey/table%203.csv?download=1", False),
        ("https://lakes.example.org/survey", False),
        ("https://lakes.example/survey/table%203.csv", True),
        ("https://lakes.example/en/survey/table-4.csv", True),
        ("https://lakes.example/en/#survey", True),
        ("https://lakes.example/fr/", True),
    ],
)
def test_what_the_site_will_have_is_no_finding(tmp_path: Path, address: str, *, found: bool) -> None:
    root = Path(shutil.copytree(GOOD, tmp_path / "project"))
    (root / "docs/survey").mkdir(parents=True)
    (root / "docs/survey/table 3.csv").write_text("year,area\n", encoding="utf-8")
    edit(root, "data/sources.yml", "https://survey.example/2025", address)
    findings = check_project(root).findings
    assert [(one.rule, one.variant) for one in findings] == ([("broken-link", "source")] if found else [])

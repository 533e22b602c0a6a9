"""Headings of series files: a colon is that of a language only where a language code follows."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from sample_projects import PLAIN

from generator.checks.project_check import check_project


@pytest.mark.parametrize(
    ("heading", "rules"),
    [("Ratio: total", []), ("ratio:total", []), ("place:en", ["missing-language"]), ("place:fr", ["missing-language"])],
)
def test_a_colon_in_a_heading(heading: str, rules: list[str], tmp_path: Path) -> None:
    root = shutil.copytree(PLAIN, tmp_path / "project")
    (root / "data/series/levels.csv").write_text(
        f"year,area,source,{heading}\n2024,20e6,survey,shore\n2025,25e6,survey,\n", encoding="utf-8"
    )
    assert [finding.rule for finding in check_project(root).findings] == rules

"""What rules found in files of facts is kept only as long as a check from nothing would find the same."""

from __future__ import annotations

from pathlib import Path

import pytest
from sample_projects import edit

from generator.checks.project_check import CheckResult, check_project
from generator.commands.cached_check import check_with_cache
from generator.store.lazy_mapping import LazyMapping

WATER, OTHER = "data/facts/water.yml", "data/facts/lakes.yml"
LAKES = """\
growth_again:
  label: {en: Growth once more, de: Wachstum noch einmal}
  formula: "growth(area_2025, area_2024)"
  unit: ratio
  status: observed
  review: durable
cost_2_of_dam:
  label: {en: Cost of another dam, de: Kosten eines anderen Damms}
  value: 70e9
  unit: USD
  status: announced
  review: durable
  evidence:
    - {source: survey, at: table 5}
"""


@pytest.fixture
def two_files(project: Path) -> Path:
    """The good project with a second file of facts, which was checked before."""
    (project / OTHER).write_text(LAKES, encoding="utf-8")
    edit(project, WATER, "dam_cost:", "cost_1_of_dam:")
    for path in sorted(project.rglob("*.*")):
        if path.is_file() and path.suffix in (".j2", ".yml") and path.name != "water.yml":
            path.write_text(path.read_text(encoding="utf-8").replace("dam_cost", "cost_1_of_dam"), encoding="utf-8")
    edit(project, WATER, "value: [66e9, 72e9]", "value: 69e9")
    check_with_cache(project)
    return project


def rules(checked: CheckResult) -> set[str]:
    return {finding.rule for finding in checked.findings}


@pytest.mark.parametrize(
    ("file", "old", "new", "rule"),
    [
        (WATER, "unit: m2\n  period: 2025", "unit: m2\n  period: 2025-H1", "unlike-growth"),
        (WATER, "value: 69e9", "value: 69e6", "implausible-value"),
        (OTHER, "value: 70e9", "value: 70e6", "implausible-value"),
        ("data/sources.yml", "survey:\n", "survey:\n  date: 2099\n", "after-horizon"),
    ],
    ids=["read by a formula", "beside a sibling", "a sibling itself", "other data"],
)
def test_findings_after_an_edit_are_those_of_a_check_from_nothing(
    two_files: Path, file: str, old: str, new: str, rule: str
) -> None:
    for before, after in ((old, new), (new, old)):
        edit(two_files, file, before, after)
        checked, fresh = check_with_cache(two_files), check_project(two_files)
        assert checked.findings == fresh.findings
        assert (rule in rules(checked)) is (after == new)


def test_facts_and_entries_of_other_files_are_not_loaded(two_files: Path) -> None:
    edit(two_files, OTHER, "value: 70e9", "value: 71e9")
    checked = check_with_cache(two_files)
    assert checked.edition is not None
    draft = checked.draft.facts
    assert isinstance(draft, LazyMapping)
    assert draft.entries_of_file.cache_info().currsize <= 1


_LEVEL = """\
level_{year}:
  label: {{en: Level, de: Stand}}
  value: {value}
  unit: USD
  status: observed
  review: durable
  evidence:
    - {{source: survey, at: table 3}}
"""


@pytest.mark.parametrize(
    ("files", "odd"),
    [
        ([[5, 6], [5000]], ["level_2003"]),
        ([[5], [5000, 5100]], ["level_2001"]),
        ([[5], [6]], []),
        ([[5, 6], [5000, 5100]], []),
        ([[5, 0], [5000]], []),
        ([[5, -6], [7, 8]], ["level_2002"]),
        ([[5, -6], [-7, 8]], []),
    ],
)
def test_siblings_are_compared_across_files(project: Path, files: list[list[int]], odd: list[str]) -> None:
    year = 2001
    for number, found in enumerate(files):
        text = "".join(_LEVEL.format(year=at, value=value) for at, value in enumerate(found, start=year))
        (project / f"data/facts/levels_{number}.yml").write_text(text, encoding="utf-8")
        year += len(found)
    findings = [one for one in check_project(project).findings if one.variant.startswith("siblings")]
    assert [one.args["id"] for one in findings] == odd

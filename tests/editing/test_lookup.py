"""`show` and `find`: what a project holds, where it is written, and what says it."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from click.testing import CliRunner
from sample_projects import PLAIN

from generator.checks.project_check import check_project
from generator.commands.main import main
from generator.editing.lookup import find, uses_of
from generator.editing.project import EditedProject, open_project


@pytest.fixture(scope="module")
def project() -> EditedProject:
    found = open_project(PLAIN, check_project(PLAIN))
    assert found is not None
    return found


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("25e6", {"area_2025 data/facts/water.yml:12", "grew data/claims/water.yml:8"}),
        ("25 million", {"area_2025 data/facts/water.yml:12", "grew data/claims/water.yml:8"}),
        ("25 Millionen", {"area_2025 data/facts/water.yml:12", "grew data/claims/water.yml:8"}),
        ("20e6", {"area_2024 data/series/levels.csv:2"}),
        ("25%", {"area_growth data/facts/water.yml:21"}),
        ("$66–72 billion", {"dam_cost data/facts/water.yml:27"}),
        ("66e9..72e9", {"dam_cost data/facts/water.yml:27"}),
        ("Messung ergibt", {"grew data/claims/water.yml:13"}),
        ("needs care", {"index templates/pages/index.en.md.j2:13"}),
        ("https://lakes.example/en/facts/area_2025/", {"area_2025 data/facts/water.yml:10"}),
        ("/de/fact-check/#claim-grew", {"grew data/claims/water.yml:2"}),
        ("#event-opening", {"opening data/events.yml:2"}),
        ("https://lakes.example/de/#money", {"index templates/pages/index.de.md.j2:9"}),
        ("nothing of this kind", set()),
    ],
)
def test_find(project: EditedProject, query: str, expected: set[str]) -> None:
    found = {f"{one.id} {one.span.file}:{one.span.line}" for one in find(project, query)}
    assert found >= expected
    assert bool(found) is bool(expected)


def test_uses_are_entries_and_sentences(project: EditedProject) -> None:
    uses = uses_of(project, "facts", "area_2025")
    assert uses.entries == {"facts": ("area_growth",), "claims": ("grew",), "checks": ("larger",)}
    assert {one.language: one.sentences for one in uses.pages} == {
        "en": ("The lake grew up 25% to 25 square kilometers by 2025; See 4 opened (March 1, 2025) on March 1, 2025.",)
        and ("The lake grew up 25% to 25 square kilometers by 2025; Lake 4 opened (March 1, 2025) on March 1, 2025.",),
        "de": next(one.sentences for one in uses.pages if one.language == "de"),
    }


@pytest.mark.parametrize("kind", ["sources", "units", "events", "names", "terms"])
def test_uses_of_each_kind(project: EditedProject, kind: str) -> None:
    key = {"sources": "survey", "units": "m2", "events": "opening", "names": "lake_4", "terms": "dam"}[kind]
    uses = uses_of(project, kind, key)
    assert uses.entries or uses.pages


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """A copy of the project: commands write to its build/."""
    return shutil.copytree(PLAIN, tmp_path / "project")


def test_show_says_where_the_value_is_and_what_follows(root: Path) -> None:
    shown = CliRunner().invoke(main, ["show", "area_2024", "--root", str(root), "--language", "en"])
    assert shown.exit_code == 0
    for part in ("data/facts/water.yml:2:1", "data/series/levels.csv:2:6", "area_growth", "survey", "20 square kilometers"):
        assert part in shown.output


def test_an_unknown_id_is_refused_with_a_guess(root: Path) -> None:
    shown = CliRunner().invoke(main, ["show", "area_2O25", "--root", str(root), "--language", "en"])
    assert shown.exit_code == 2
    assert "area_2025" in shown.output


def test_find_exits_with_1_where_there_is_nothing(root: Path) -> None:
    shown = CliRunner().invoke(main, ["find", "no such words", "--root", str(root)])
    assert (shown.exit_code, root.exists()) == (1, True)

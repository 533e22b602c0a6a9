"""A value that differs from an earlier revision has a history entry with its old value."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import pytest
from click.testing import CliRunner
from sample_projects import edit

from generator.checks.project_check import check_project
from generator.checks.revisions import RevisionError, state_at
from generator.commands.main import main
from generator.diagnostics.finding import Diagnostic
from generator.rules import CheckOptions

FACTS, CLAIMS, LEVELS = "data/facts/water.yml", "data/claims/water.yml", "data/series/levels.csv"
UPDATED = "  history:\n    - {value: 25e6, as_of: 2025-01-31, kind: update, reason: {en: Rain, de: Regen}}\n"


def _git(root: Path, *arguments: str) -> None:
    git = shutil.which("git")
    assert git is not None
    identity = ["-c", "user.name=Editor", "-c", "user.email=editor@lakes.example", "-c", "commit.gpgsign=false"]
    subprocess.run([git, *identity, "-C", str(root), *arguments], check=True, capture_output=True)


@pytest.fixture
def committed(project: Path) -> Path:
    """The good project, below the root of a repository whose first commit holds it as it is."""
    _git(project.parent, "init", "-q")
    _git(project.parent, "add", ".")
    _git(project.parent, "commit", "-q", "-m", "Lakes")
    return project


def findings_since_head(root: Path) -> list[Diagnostic]:
    findings = check_project(root, CheckOptions(base=state_at(root, "HEAD").edition)).findings
    return [one for one in findings if one.rule != "changed-since"]  # which has tests of its own


def lines_since_head(root: Path) -> list[str]:
    return [
        f"{one.span.file}:{one.span.line}:{one.span.column} {one.rule} {one.sentence('en')}"
        for one in findings_since_head(root)
    ]


def test_without_changes_nothing_is_found(committed: Path) -> None:
    assert lines_since_head(committed) == []


def test_a_changed_value_needs_a_history_entry(committed: Path) -> None:
    edit(committed, FACTS, "value: 25e6", "value: 27e6")
    edit(committed, CLAIMS, "claimed: 25e6", "claimed: 27e6")
    assert lines_since_head(committed) == [
        f"{FACTS}:12:10 missing-history area_2025 was 25e6 m2 and is now 27e6 m2, but its history does not say so"
    ]
    edit(committed, FACTS, "area_growth:", UPDATED + "area_growth:")
    assert lines_since_head(committed) == []


def test_a_value_of_a_series_is_pointed_at_in_its_cell(committed: Path) -> None:
    lines = (committed / LEVELS).read_text(encoding="utf-8").splitlines()
    row = next(number for number, line in enumerate(lines, start=1) if line.startswith("2024"))
    cells = lines[row - 1].split(",")
    column = lines[0].split(",").index("area")
    lines[row - 1] = ",".join(["21e6" if number == column else cell for number, cell in enumerate(cells)])
    (committed / LEVELS).write_text("\n".join(lines) + "\n", encoding="utf-8")
    (found,) = findings_since_head(committed)  # and nothing about area_growth, which only follows
    assert (found.rule, found.span.file, found.span.line) == ("missing-history", LEVELS, row)


def test_the_entry_holds_the_value_that_was(committed: Path) -> None:
    edit(committed, FACTS, "value: 25e6", "value: 27e6")
    edit(committed, CLAIMS, "claimed: 25e6", "claimed: 27e6")
    edit(committed, FACTS, "area_growth:", UPDATED.replace("25e6", "26e6") + "area_growth:")
    (found,) = findings_since_head(committed)
    assert (found.rule, found.variant) == ("missing-history", "other")


def test_the_same_value_in_another_notation_is_no_change(committed: Path) -> None:
    edit(committed, FACTS, "value: 25e6", "value: 25_000_000")
    assert lines_since_head(committed) == []


def test_another_formula_is_a_change(committed: Path) -> None:
    edit(committed, FACTS, "growth(area_2025, area_2024)", "growth(area_2024, area_2025)")
    (found,) = findings_since_head(committed)
    assert (found.rule, found.span.line) == ("missing-history", 21)


def test_a_published_history_entry_is_not_edited(committed: Path) -> None:
    edit(committed, FACTS, "area_growth:", UPDATED + "area_growth:")
    _git(committed, "commit", "-q", "-a", "-m", "History")
    edit(committed, FACTS, "reason: {en: Rain, de: Regen}", "reason: {en: Snow, de: Schnee}")
    (found,) = findings_since_head(committed)
    assert (found.rule, found.severity) == ("changed-history", "warning")
    edit(committed, FACTS, UPDATED.replace("Rain", "Snow").replace("Regen", "Schnee"), "")
    (found,) = findings_since_head(committed)
    assert found.rule == "changed-history"


def test_the_command_compares_with_a_revision(committed: Path) -> None:
    edit(committed, FACTS, "value: 25e6", "value: 27e6")
    edit(committed, CLAIMS, "claimed: 25e6", "claimed: 27e6")
    run = CliRunner().invoke(
        main, ["check", "--root", str(committed), "--base", "HEAD", "--format", "concise", "--language", "en"]
    )
    assert run.exit_code == 1
    assert "missing-history" in run.output
    for wrong in ("no-such-revision", "--output=x"):
        assert CliRunner().invoke(main, ["check", "--root", str(committed), f"--base={wrong}"]).exit_code == 2


def test_a_folder_without_a_repository_has_no_base(project: Path) -> None:
    with pytest.raises(RevisionError):
        state_at(project, "HEAD")

"""`check` tells its last findings again only where it would find them again."""

from __future__ import annotations

import time
from multiprocessing import active_children
from pathlib import Path
from typing import Any

import pytest
from sample_projects import edit

from generator.checks import project_check
from generator.checks.project_check import CheckResult
from generator.commands import cached_check
from generator.commands.cached_check import findings_with_cache
from generator.rules import CheckOptions
from generator.store.inputs import Inputs, InputsChangedError

PLAIN = CheckOptions()


def rules(root: Path, options: CheckOptions = PLAIN) -> list[str]:
    return [finding.rule for finding in findings_with_cache(root, options)]


@pytest.fixture
def runs(monkeypatch: pytest.MonkeyPatch) -> list[CheckOptions | None]:
    """The options of each check that was not answered from what was kept."""
    found: list[CheckOptions | None] = []
    check = cached_check.check_inputs

    def counted(root: Path, options: CheckOptions, inputs: Inputs | None) -> tuple[CheckResult, bool]:
        found.append(options)
        return check(root, options, inputs)

    monkeypatch.setattr(cached_check, "check_inputs", counted)
    return found


def test_nothing_is_checked_twice(project: Path, runs: list[CheckOptions | None]) -> None:
    edit(project, "templates/pages/index.en.md.j2", "area_growth", "area_grwth")
    first = rules(project)
    assert "unknown-id" in first
    assert rules(project) == first
    assert len(runs) == 1


def test_an_edit_is_checked_and_undone_edits_too(project: Path, runs: list[CheckOptions | None]) -> None:
    assert rules(project) == []
    edit(project, "templates/pages/index.en.md.j2", "area_growth", "area_grwth")
    assert "unknown-id" in rules(project)
    edit(project, "templates/pages/index.en.md.j2", "area_grwth", "area_growth")
    assert rules(project) == []
    assert len(runs) == len(["first", "edited", "undone"])


def test_other_options_are_another_check(project: Path, runs: list[CheckOptions | None]) -> None:
    rules(project)
    strict = CheckOptions(strict_languages=True)
    rules(project, strict)
    assert runs == [PLAIN, strict]


def test_files_that_must_not_be_read_are_seen(project: Path, tmp_path: Path) -> None:
    assert rules(project) == []
    (project / "data/facts/linked.yml").symlink_to(tmp_path / "elsewhere.yml")
    assert rules(project) == ["unsafe-file"]


def test_what_others_left_is_not_believed(project: Path, runs: list[CheckOptions | None]) -> None:
    rules(project)
    for path in (project / "build/cache/findings").iterdir():
        path.write_bytes(path.read_bytes()[:-1])
    assert rules(project) == []
    assert len(runs) == len(["first", "damaged"])


@pytest.mark.parametrize(("changes", "expected"), [(1, []), (2, []), (3, ["inputs-changing"])])
def test_a_project_that_changes_while_it_is_checked_is_checked_again(
    project: Path, changes: int, expected: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    check, left = project_check.check_project, [None] * changes

    def disturbed(*args: Any, **options: Any) -> object:  # noqa: ANN401  those of a check
        if left:
            left.pop()
            raise InputsChangedError
        return check(*args, **options)

    monkeypatch.setattr("generator.commands.cached_check.check_project", disturbed)
    assert rules(project) == expected
    assert rules(project) == []  # nothing is kept of what was not checked


def test_where_one_process_fails_the_others_end() -> None:
    def work(shard: int, _count: int) -> None:
        if shard == 0:
            raise FileNotFoundError
        time.sleep(600)

    with pytest.raises(FileNotFoundError):
        cached_check._in_processes(work)  # noqa: SLF001  as for files that are gone
    assert active_children() == []

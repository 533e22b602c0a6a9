"""`check --fix`: what is certain is repaired in its place; not one other byte of a file changes."""

from __future__ import annotations

import shutil
from importlib import import_module
from pathlib import Path

import pytest
from click.testing import CliRunner

from generator.checks.project_check import CheckResult, check_project
from generator.commands.main import main
from generator.diagnostics.fixes import fix_all
from generator.store.project_lock import ProjectLockedError, project_lock

FACTS = "data/facts/water.yml"


# What is typed for what in the good project, and whether it is repaired.
SLIPS = [
    (FACTS, "unit: USD", "unit: usd", True),
    (FACTS, "status: announced", "status: anounced  # by the owner", True),
    (FACTS, "  status: announced", "  statsu: announced", True),
    (FACTS, "value: 2025-03-01", "value: 2025/3/1   # a Saturday", True),
    (FACTS, "value: 2025-03-01", 'value: "2025年3月1日"', True),
    (FACTS, "growth(area_2025, area_2024)", "growth(area_2025, aera_2024)", True),
    (FACTS, "en: Growth of the area,", 'en: "Growth since {period:2025.03}",', True),
    ("data/claims/water.yml", "settled_by: [area_2025]", "settled_by: [Area-2025]", True),
    ("data/claims/water.yml", "The survey gives {area_2025}", "The survey gives {aera_2025}", True),
    ("data/sources.yml", "date: 2025-05", "date: '2025/05'", True),
    ("data/events.yml", "date: 2025-03-01", "date: 2025.3.1", True),
    ("data/units.yml", "  percent: true", "  precent: true", True),
    ("templates/pages/index.en.md.j2", '"area_2025"', '"area_2O25"', False),
    (FACTS, "unit: USD", "unit: dollars", False),
    (FACTS, "value: 2025-03-01", "value: 3/1/2025", False),
    (FACTS, "growth(area_2025, area_2024)", "growth(area_2025, area_2023)", False),
    ("data/events.yml", "date: 2025-03-01", "date: 2025/2/30", False),
]


@pytest.mark.parametrize(("file", "right", "slip", "repaired"), SLIPS)
def test_only_the_slip_changes(project: Path, file: str, right: str, slip: str, *, repaired: bool) -> None:
    path = project / file
    good = path.read_bytes()
    assert right.encode() in good
    path.write_bytes(good.replace(right.encode(), slip.encode(), 1).replace(b"\n", b"\r\n"))
    before = {one: one.read_bytes() for one in project.rglob("*") if one.is_file()}
    made = fix_all(project, lambda: check_project(project).findings)
    after = {one: one.read_bytes() for one in project.rglob("*") if one.is_file()}
    assert {one for one in before if before[one] != after[one]} == ({path} if repaired else set())
    assert set(before) == set(after)
    text = before[path].decode()
    for one in sorted(made, key=lambda one: one.span, reverse=True):
        start = sum(len(line) for line in text.splitlines(keepends=True)[: one.span.line - 1]) + one.span.column - 1
        assert text[start : start + len(one.before)] == one.before
        text = text[:start] + one.after + text[start + len(one.before) :]
    assert after[path].decode() == text
    assert bool(made) is repaired
    assert fix_all(project, lambda: check_project(project).findings) == []
    if repaired:
        assert not [one for one in check_project(project).findings if one.severity == "error"]


def test_a_key_is_not_repaired_into_one_that_is_there_already(project: Path) -> None:
    facts = project / FACTS
    facts.write_text(facts.read_text("utf-8").replace("  unit: USD\n", "  unit: USD\n  unti: USD\n"), "utf-8")
    assert fix_all(project, lambda: check_project(project).findings) == []


def test_many_slips_at_once_and_what_lies_below_them(project: Path) -> None:
    facts = project / FACTS
    good = facts.read_text("utf-8")
    spoiled = good.replace("evidence:", "evidense:").replace("unit: m2", "unit: M2").replace("period: 2025", "period: 2025年")
    spoiled = spoiled.replace("    - {source: survey, at: table 4}", "    - {sourse: Survey, at: table 4}  # comment")
    facts.write_text("\ufeff" + spoiled, "utf-8")
    told = CliRunner().invoke(main, ["check", "--fix", "--root", str(project), "--language", "en"])
    expected = good.replace("    - {source: survey, at: table 4}", "    - {source: survey, at: table 4}  # comment")
    assert facts.read_text("utf-8") == "\ufeff" + expected
    assert told.exit_code == 0
    assert f"{FACTS}:" in told.output
    assert "sourse -> source" in told.output
    again = CliRunner().invoke(main, ["check", "--fix", "--root", str(project), "--language", "en"])
    assert again.output == "0 repair(s)\nno findings\n"


def test_a_file_that_cannot_be_read_keeps_nothing_else_from_being_repaired(project: Path) -> None:
    (project / "data/events.yml").write_text("a: [\n", "utf-8")
    facts = project / FACTS
    good = facts.read_text("utf-8")
    facts.write_text(good.replace("unit: USD", "unit: usd"), "utf-8")
    fix_all(project, lambda: check_project(project).findings)
    assert facts.read_text("utf-8") == good


def test_the_mode_of_a_file_and_a_link_to_it_stay(project: Path) -> None:
    facts = project / FACTS
    target = project / "elsewhere.yml"
    shutil.move(facts, target)
    facts.symlink_to(target)
    target.chmod(0o640)
    good = target.read_text("utf-8")
    target.write_text(good.replace("unit: USD", "unit: usd"), "utf-8")
    assert len(fix_all(project, lambda: check_project(project).findings)) == 1
    assert facts.is_symlink()
    assert target.read_text("utf-8") == good
    assert target.stat().st_mode & 0o777 == 0o640


def test_a_repair_waits_for_whoever_writes(project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    held: list[bool] = []

    def find(_root: Path) -> CheckResult:
        with pytest.raises(ProjectLockedError), project_lock(project, seconds=0, on_wait=lambda: None):
            pass
        held.append(True)
        return check_project(project)

    monkeypatch.setattr(import_module("generator.commands.check"), "check_with_cache", find)
    assert CliRunner().invoke(main, ["check", "--fix", "--root", str(project), "--language", "en"]).exit_code == 0
    assert held

"""Where only facts were edited, only their files are settled again: what comes out is what settling everything gives."""

from __future__ import annotations

import os
import random
import shutil
from pathlib import Path

import pytest
from mutations import MUTATIONS
from sample_projects import GOOD, edit

from generator.checks.project_check import CheckResult, check_project, settle_project
from generator.model.report import Edition
from generator.records.struct import field_names
from generator.settling import incremental
from generator.settling.incremental import LazyFacts, SettledState, last_change, settled_state
from generator.store.inputs import hash_inputs
from generator.store.parse_cache import ParseCache

FACTS = ("data/facts/growth.yml", "data/facts/money.yml", "data/facts/water.yml")
COUNT = max(1, int(os.environ.get("FACTLOOM_MUTATIONS", "200")) // 4)


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The good project with its facts in three files, of which one reads another."""
    root = shutil.copytree(GOOD, tmp_path_factory.mktemp("settled") / "project")
    water = root / "data/facts/water.yml"
    text = water.read_text(encoding="utf-8")
    growth, dam = text.index("area_growth:"), text.index("dam_cost:")
    water.write_text(text[:growth], encoding="utf-8")
    (root / "data/facts/growth.yml").write_text(text[growth:dam], encoding="utf-8")
    (root / "data/facts/money.yml").write_text(text[dam:], encoding="utf-8")
    return root


def state_of(root: Path, *, pack: bool = True) -> SettledState:
    """The state that a check leaves."""
    checked = check_project(root)
    assert checked.edition is not None
    assert checked.settled_cleanly
    return settled_state(checked.edition, hash_inputs(root), None, pack=pack)


def contents(edition: Edition | None) -> dict[str, object] | None:
    """Everything that an edition says, with every fact loaded."""
    if edition is None:
        return None
    return {name: getattr(edition, name) for name in field_names(type(edition)) if name != "facts"} | {
        "facts": list(edition.facts.items())
    }


def checked_from(root: Path, before: SettledState) -> CheckResult:
    """The project checked from an earlier state."""
    return check_project(root, previous=before, files=hash_inputs(root))


EDITS = {
    "another value": ("water.yml", "value: 25e6", "value: 26e6", {"data/facts/growth.yml", "data/facts/water.yml"}),
    "another value that nothing follows from": ("money.yml", "[66e9, 72e9]", "[66e9, 73e9]", {"data/facts/money.yml"}),
    "another formula": ("growth.yml", "growth(area_2025, area_2024)", "area_2024 / area_2025", {"data/facts/growth.yml"}),
    "another label": ("money.yml", "Cost of the dam", "Price of the dam", {"data/facts/money.yml"}),
    "a comment": ("money.yml", "dam_cost:", "# soon\ndam_cost:", {"data/facts/money.yml"}),
    "nothing": ("money.yml", "dam_cost:", "dam_cost:", set[str]()),
    # what may change more than the file's own facts is settled as a whole
    "another unit": ("money.yml", "unit: USD", "unit: m2", None),
    "another id": ("money.yml", "opened:", "opening:", None),
    "another name": ("money.yml", "opened:", "opened:\n  aliases: [opening]", None),
    "a finding": ("money.yml", "table 4", "table 4}", None),
    "a condition of a judgment that fails": ("money.yml", "[66e9, 72e9]", "[66e9, 90e9]", {"data/facts/money.yml"}),
    "a relation that fails": ("water.yml", "value: 25e6", "value: 1e3", None),
}


@pytest.mark.parametrize(("file", "old", "new", "outdated"), EDITS.values(), ids=EDITS)
@pytest.mark.parametrize("pack", [True, False])
def test_an_edit_settles_only_the_files_that_depend_on_it(
    project: Path, file: str, old: str, new: str, outdated: set[str] | None, *, pack: bool
) -> None:
    before = state_of(project, pack=pack)
    path = project / "data/facts" / file
    good = path.read_text(encoding="utf-8")
    assert old in good
    try:
        path.write_text(good.replace(old, new), encoding="utf-8")
        files = hash_inputs(project)
        found = settle_project(project, evaluation_date=None, parse_cache=ParseCache(), previous=before, files=files)
        edition = found.settled.edition
        if outdated is None:
            assert edition is None or not isinstance(edition.facts, LazyFacts)
            return
        assert edition is not None
        assert isinstance(edition.facts, LazyFacts)
        assert edition.facts.outdated == outdated
        fresh = check_project(project)
        assert contents(edition) == contents(fresh.edition)
        assert fresh.edition is not None
        assert last_change(edition) == last_change(fresh.edition)
        assert list(checked_from(project, settled_state(edition, files, None)).findings) == list(fresh.findings)
        if not pack:
            assert settled_state(edition, files, None, pack=False) == settled_state(fresh.edition, files, None, pack=False)
    finally:
        path.write_text(good, encoding="utf-8")


@pytest.mark.parametrize("file", FACTS)
def test_a_mutated_file_gives_the_findings_of_a_whole_check(project: Path, file: str) -> None:
    before, path = state_of(project), project / file
    good = path.read_text(encoding="utf-8")
    partly = 0
    try:
        for seed in range(COUNT):
            chance = random.Random(f"{file} {seed}")  # noqa: S311  the same texts on every run
            text = chance.choice(MUTATIONS)(good, chance)
            path.write_bytes(text.encode(errors="replace"))
            one, other = checked_from(project, before), check_project(project)
            assert one.findings == other.findings, text
            assert contents(one.edition) == contents(other.edition), text
            partly += one.edition is not None and isinstance(one.edition.facts, LazyFacts)
        assert partly, "nothing of this was settled in part"
    finally:
        path.write_text(good, encoding="utf-8")


def test_the_limit_of_evidence_holds_for_all_files_together(project: Path, tmp_path: Path) -> None:
    """Of an edit it counts what facts of unchanged files take over, too: two pieces in one file and one in another."""
    root = shutil.copytree(project, tmp_path / "project")
    money = root / "data/facts/money.yml"
    twice = "dam_twice:\n  label: {en: Twice, de: Doppelt}\n  formula: dam_cost * 2\n  unit: USD\n  status: announced\n  review: durable\n"
    money.write_text(money.read_text(encoding="utf-8") + twice, encoding="utf-8")
    edit(root, "data/report.yml", "pages:", "limits: {evidence: 3}\npages:")
    before = state_of(root)
    assert {path: file.pieces for path, file in before.files.items()} == dict(zip(FACTS, (2, 1, 0), strict=True))
    edit(root, "data/facts/money.yml", "at: table 4}", "at: table 4}\n    - {source: survey, at: table 5}")
    found, fresh = checked_from(root, before), check_project(root)
    assert "too-large" in {finding.rule for finding in fresh.findings}
    assert found.findings == fresh.findings


def test_other_files_are_settled_as_a_whole(project: Path) -> None:
    before = state_of(project)
    path = project / "data/sources.yml"
    good = path.read_text(encoding="utf-8")
    try:
        path.write_text(good + "\n# looked at again\n", encoding="utf-8")
        assert before.update(project, hash_inputs(project), None, ParseCache()) is None
    finally:
        path.write_text(good, encoding="utf-8")


def test_a_damaged_state_is_not_loaded(project: Path, tmp_path: Path) -> None:
    incremental.save_settled_state(tmp_path, "some code", state_of(project), None)
    assert incremental.load_settled_state(tmp_path, "some code") == state_of(project)
    assert incremental.load_settled_state(tmp_path, "other code") is None
    (kept,) = tmp_path.iterdir()
    content = kept.read_bytes()
    kept.write_bytes(content[:-9] + bytes([content[-9] ^ 1]) + content[-8:])
    assert incremental.load_settled_state(tmp_path, "some code") is None


def test_the_parse_cache_keeps_files_that_were_not_read(project: Path, tmp_path: Path) -> None:
    parse_cache = ParseCache(tmp_path, "some code")
    check_project(project, parse_cache=parse_cache)
    parse_cache.save()
    remembered = {path.name for path in tmp_path.iterdir()}
    parse_cache = ParseCache(tmp_path, "some code")
    check_project(project, parse_cache=parse_cache, previous=state_of(project), files=hash_inputs(project))
    parse_cache.save()
    assert {path.name for path in tmp_path.iterdir()} == remembered

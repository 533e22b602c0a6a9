"""Units that come with the package: a report has those that it names, and its own before them."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from sample_projects import GOOD

from generator.checks.project_check import CheckResult, check_project
from generator.settling.incremental import SettledState, settled_state
from generator.store.inputs import hash_inputs
from generator.store.parse_cache import ParseCache
from generator.wording.texts import Texts

OWN = "data/units.yml"


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """The good project without units of its own."""
    root = shutil.copytree(GOOD, tmp_path / "project")
    (root / OWN).unlink(missing_ok=True)
    return root


def edit(root: Path, file: str, before: str, after: str) -> CheckResult:
    text = (root / file).read_text(encoding="utf-8")
    assert before in text
    (root / file).write_text(text.replace(before, after, 1), encoding="utf-8")
    return check_project(root)


def found(checked: CheckResult) -> list[tuple[str, str]]:
    return [(finding.rule, str(finding.args.get("id", ""))) for finding in checked.findings]


def units(checked: CheckResult) -> list[str]:
    assert checked.edition is not None
    return list(checked.edition.units)


def test_a_report_has_the_units_that_it_names(project: Path) -> None:
    checked = check_project(project)
    assert found(checked) == []
    assert units(checked) == ["USD", "date", "m2", "ratio"]


def test_a_unit_of_its_own_goes_before(project: Path) -> None:
    (project / OWN).write_text(
        "km2:\n  dimension: {area: 1}\nUSD:\n  dimension: {money: 1}\n  currency: USD\n", encoding="utf-8"
    )
    checked = check_project(project)
    assert found(checked) == []
    assert units(checked) == ["km2", "USD", "date", "m2", "ratio"]
    assert checked.edition is not None
    assert checked.edition.facts["dam_cost"].unit.dimension == {"money": 1}


def test_formulas_convert_between_units(project: Path) -> None:
    convert = "area_ha:\n  label: {en: Area, de: Fläche}\n  formula: convert(area_2025, ha)\n  unit: ha\n  status: observed\n  review: durable\n"
    facts = project / "data/facts/water.yml"
    facts.write_text(facts.read_text(encoding="utf-8") + convert, encoding="utf-8")
    checked = check_project(project)
    assert checked.edition is not None
    assert checked.edition.facts["area_ha"].value.low == 2500  # type: ignore[union-attr]
    assert "ha" in units(checked)


def test_one_dimension_for_two_currencies_is_a_finding(project: Path) -> None:
    (project / OWN).write_text("EUR:\n  dimension: {USD: 1}\n  currency: EUR\n", encoding="utf-8")
    assert found(check_project(project)) == [("mixed-currencies", "")]


@pytest.mark.parametrize(
    ("written", "guess"), [("USDD", "USD"), ("km_2", "km2"), ("hectares", ""), ("households_", "households")]
)
def test_an_unknown_unit_is_one_finding(project: Path, written: str, guess: str) -> None:
    checked = edit(project, "data/facts/water.yml", "unit: USD", f"unit: {written}")
    assert found(checked) == [("unknown-id", written)]
    assert guess in str(checked.findings[0].args["suggestion"])


def test_an_edit_that_names_another_unit_settles_everything(project: Path) -> None:
    def settled() -> CheckResult:
        checked = check_project(project)
        assert checked.edition is not None
        return checked

    first = settled()
    assert first.edition is not None
    state: SettledState = settled_state(first.edition, hash_inputs(project), None)
    edit(project, "data/facts/water.yml", "unit: USD", "unit: EUR")
    assert state.update(project, hash_inputs(project), None, ParseCache()) is None
    assert "EUR" in units(check_project(project))


@pytest.mark.parametrize("formula", ["area_2025 * 1", "convert(area_2025, km2)"])
def test_an_edit_that_names_a_unit_no_longer_settles_everything(project: Path, formula: str) -> None:
    area = "area_again:\n  label: {en: Area, de: Fläche}\n  formula: convert(area_2025, ha)\n  unit: m2\n  status: observed\n  review: durable\n"
    facts = project / "data/facts/water.yml"
    facts.write_text(facts.read_text(encoding="utf-8") + area, encoding="utf-8")
    first = check_project(project)
    assert "ha" in units(first)
    assert first.edition is not None
    state = settled_state(first.edition, hash_inputs(project), None)
    whole = edit(project, "data/facts/water.yml", "convert(area_2025, ha)", formula)
    assert "ha" not in units(whole)
    assert units(check_project(project, previous=state, files=hash_inputs(project))) == units(whole)


def test_a_period_can_be_told_as_running_text_has_it(project: Path) -> None:
    checked = edit(project, "data/facts/water.yml", "Area in {period}", "Area {period|in}, {period:2025-H1|in}")
    assert found(checked) == []
    assert checked.edition is not None
    label = Texts(checked.edition, checked.edition.report.languages[0]).label(checked.edition.facts["area_2024"])
    assert label == "Area in 2024, in the first half of 2025"
    assert found(edit(project, "data/facts/water.yml", "{period|in}", "{period|short}")) == [("bad-placeholder", "")]

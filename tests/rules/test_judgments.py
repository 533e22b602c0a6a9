"""Judgments that no longer hold are told with both values, with what moved, and with their author's reason."""

from __future__ import annotations

from pathlib import Path

import pytest
from sample_projects import edit

from generator.checks.project_check import check_project
from generator.diagnostics.finding import Diagnostic
from generator.records.struct import replace
from generator.rules import CheckOptions

FACTS, JUDGMENTS = "data/facts/water.yml", "data/judgments.yml"
HISTORY = "  as_of: 2025-06-01\n  history: [{value: 18e6, as_of: 2024-12-31, kind: update, reason: {en: Rain, de: Regen}}]\n"


def judged(project: Path, options: CheckOptions = CheckOptions()) -> list[Diagnostic]:  # noqa: B008  frozen
    return [one for one in check_project(project, options).findings if one.rule.startswith("judgment")]


@pytest.mark.parametrize(
    ("condition", "rule", "said"),
    [
        ("dam_cost < 80e9", "", ""),
        ("dam_cost.low > 60e9", "", ""),
        ("dam_cost > 80e9", "judgment-no-longer-holds", "dam_cost ($66B–$72B) falls short of 80e9 ($80B)"),
        ("dam_cost * 2 < 80e9", "judgment-no-longer-holds", "dam_cost * 2 ($132B–$144B) exceeds 80e9 ($80B)"),
        ("dam_cost > 70e9", "judgment-uncertain", "dam_cost ($66B–$72B) contains 70e9 ($70B)"),
        ("area_growth < 0.2", "judgment-no-longer-holds", "area_growth (25%) exceeds 0.2 (20%)"),
        (
            "growth(area_2024, area_2025) > 0",
            "judgment-no-longer-holds",
            "growth(area_2024, area_2025) (-20%) falls short of 0 (0%)",
        ),
        ("opened > event(opening)", "judgment-no-longer-holds", "opened (March 1, 2025) equals event(opening) (March 1, 2025)"),
        ('verdict(grew) != "confirmed"', "judgment-no-longer-holds", 'verdict(grew) (confirmed) equals "confirmed"'),
        ("1 > 2", "judgment-no-longer-holds", "1 falls short of 2"),
    ],
)
def test_conditions(project: Path, condition: str, rule: str, said: str) -> None:
    edit(project, JUDGMENTS, '"dam_cost < 80e9"', f"'{condition}'")
    found = judged(project)
    assert [one.rule for one in found] == [rule] * bool(rule)
    for one in found:
        assert one.sentence("en").endswith(f": {said}")
        assert one.severity == ("warning" if rule == "judgment-uncertain" else "error")


def test_values_are_worded_in_the_language_of_the_message_where_the_report_has_it(project: Path) -> None:
    edit(project, JUDGMENTS, "dam_cost < 80e9", "dam_cost < 60e9")
    (found,) = judged(project)
    assert "dam_cost ($66B–$72B) exceeds 60e9 ($60B)" in found.sentence("en")
    assert "dam_cost（66e9..72e9 USD）は60e9（60e9 USD）を上回る" in found.sentence("ja")  # this report has no Japanese


@pytest.mark.parametrize("because", [True, False])
def test_what_moved_is_told_with_its_place(project: Path, *, because: bool) -> None:
    edit(project, FACTS, "  value: 25e6\n", f"  value: 19e6\n{HISTORY}")
    if not because:
        edit(project, JUDGMENTS, "because: {en: The lake no longer grows, de: Der See wächst nicht mehr}", "")
    (found,) = judged(project)
    said = "area_2025 (19 km²) falls short of area_2024 (20 km²); area_2025 went from 18 km² to 19 km²"
    assert found.sentence("en").endswith(said + ". The lake no longer grows" * because)
    assert found.second is not None
    assert (found.second.file, found.second.line) == (FACTS, 12)


def test_what_moved_is_found_behind_formulas(project: Path) -> None:
    edit(project, FACTS, "  value: 25e6\n", f"  value: 19e6\n{HISTORY}")
    edit(project, JUDGMENTS, "area_2025 > area_2024", "area_growth > 0")
    (found,) = judged(project)
    assert "area_growth (-5%) falls short of 0 (0%); area_2025 went from 18 km² to 19 km²" in found.sentence("en")


def test_what_moved_elsewhere_is_not_told(project: Path) -> None:
    edit(project, FACTS, "  value: 25e6\n", f"  value: 25e6\n{HISTORY}")
    edit(project, JUDGMENTS, '"dam_cost < 80e9"', '"area_2025 > area_2024 and dam_cost < 60e9"')
    (found,) = judged(project)
    assert found.sentence("en").endswith("dam_cost ($66B–$72B) exceeds 60e9 ($60B)")
    assert found.second is None


def test_what_moved_is_what_differs_from_an_earlier_edition(project: Path) -> None:
    base = check_project(project).edition
    assert base is not None
    edit(project, FACTS, "  value: [66e9, 72e9]\n", "  value: 90e9\n")
    (found,) = judged(project, CheckOptions(base=base))
    assert "; dam_cost went from $66B–$72B to $90B" in found.sentence("en")
    (found,) = judged(project, CheckOptions(base=replace(base, facts={})))
    assert "went from" not in found.sentence("en")


def test_a_unit_with_a_mistake_does_not_hide_the_judgment(project: Path) -> None:
    edit(project, JUDGMENTS, "dam_cost < 80e9", "area_2025 < 1e6")
    edit(project, "data/units.yml", "icu: square-kilometer", "icu: square-nothing")
    assert "area_2025 (25e6 m2) exceeds 1e6 (1e6 m2)" in judged(project)[0].sentence("en")


def test_a_judgment_in_front_matter_only_is_not_shown(project: Path) -> None:
    for code, name in (("en", "On balance"), ("de", "Alles in allem:")):
        edit(project, f"templates/pages/index.{code}.md.j2", f'{name} {{{{ judgment("grows") }}}}.', "")
        edit(project, f"templates/pages/index.{code}.md.j2", "description: ", 'description: {{ judgment("grows") }}; ')
    assert [one.rule for one in judged(project)] == ["judgment-not-shown"]

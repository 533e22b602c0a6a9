"""Everything that was published and is gone or otherwise is told in a check against an earlier revision."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from sample_projects import edit
from sample_reports import check_edition

from generator.checks.project_check import check_project
from generator.checks.template_outlines import page_outlines
from generator.diagnostics.finding import Diagnostic, languages
from generator.model.report import Edition
from generator.pages.templates import Templates
from generator.reading.outline import anchors_of
from generator.records.struct import replace
from generator.rules import CheckOptions
from generator.store.parse_cache import ParseCache

FACTS, CLAIMS, EVENTS = "data/facts/water.yml", "data/claims/water.yml", "data/events.yml"
SOURCES, LEVELS, CHARTS = "data/sources.yml", "data/series/levels.csv", "data/charts/water.yml"
PAGE = "templates/pages/index.en.md.j2"
RETIRED = "data/retired.yml"


def _options(project: Path) -> CheckOptions:
    checked = check_project(project)
    assert checked.edition is not None
    outlines = page_outlines(checked.draft, Templates(project), checked.edition, ParseCache()).outlines
    anchors = {(outline.page, outline.language): anchors_of(outline) for outline in outlines}
    return CheckOptions(base=checked.edition, base_anchors=anchors)


def _since(project: Path, *edits: tuple[str, str, str]) -> list[Diagnostic]:
    options = _options(project)
    for file, old, new in edits:
        if old:
            edit(project, file, old, new)
        else:
            with (project / file).open("a", encoding="utf-8") as text:
                text.write(new)
    return list(check_project(project, options).findings)


def _said(findings: list[Diagnostic]) -> list[str]:
    return [f"{one.rule}.{one.variant}".rstrip(".") + f" {one.sentence('en')}" for one in findings]


DATED = "period: 2025\n"


@pytest.mark.parametrize(
    ("edits", "said"),
    [
        ([(FACTS, "status: announced", "status: reported")], "status of dam_cost was announced and is now reported"),
        ([(FACTS, "period: 2025\n", "period: 2026\n")], "period of area_2025 was 2025 and is now 2026"),
        ([(FACTS, "  entity: lake_4\n", "")], "entity of area_2024 was lake_4 and is now -"),
        ([(FACTS, DATED, f"{DATED}  as_of: 2025-05-02\n")], "as_of of area_2025 was - and is now 2025-05-02"),
        ([(FACTS, "at: table 3", "at: table 9")], "evidence of area_2025 was survey (table 3) and is now survey (table 9)"),
        ([(CLAIMS, "verdict: confirmed", "verdict: outdated")], "verdict of grew was confirmed and is now outdated"),
        (
            [(CLAIMS, "settled_by: [area_2025]", "settled_by: [area_2025, area_2024]")],
            "settled_by of grew was - and is now area_2024",
        ),
        ([(CLAIMS, "stance: claimed", "stance: reported")], "stance of grew was claimed and is now reported"),
        ([(CLAIMS, 'at: "1.2"', 'at: "1.3"')], "at of grew was 1.2 and is now 1.3"),
        ([(EVENTS, "date: 2025-03-01", "date: 2025-03-02")], "date of opening was 2025-03-01 and is now 2025-03-02"),
        ([(EVENTS, "  entity: lake_4\n", "")], "entity of opening was lake_4 and is now -"),
        (
            [(SOURCES, "url: https://survey.example/2025", "url: https://survey.example/new")],
            "url of the source survey was https://survey.example/2025 and is now https://survey.example/new",
        ),
        ([(SOURCES, "read: full", "read: excerpt")], "read of the source survey was full and is now excerpt"),
        ([(LEVELS, "2025,25e6,survey\n", "")], "2025 of the series levels was area: 25e6 and is now -"),
        ([(LEVELS, "2025,25e6,survey", "2025,,survey")], "2025, area of the series levels was 25e6 and is now -"),
        ([(LEVELS, "2025,25e6,survey", "2025,25e6,")], "2025, sources of the series levels was survey and is now -"),
        ([("data/units.yml", "currency: USD", "currency: EUR")], "currency of USD was USD and is now EUR"),
    ],
)
def test_a_changed_field_is_told(project: Path, edits: list[tuple[str, str, str]], said: str) -> None:
    told = [one for one in _since(project, *edits) if one.rule == "changed-since"]
    assert [one.sentence("en").removesuffix(", and its history does not say so") for one in told] == [said]
    assert all(one.sentence(code) and one.help(code) for one in told for code in languages())


GROWN = ("area_growth:\n", "growth_of_area:\n")


def test_a_renamed_fact_needs_an_alias(project: Path) -> None:
    options = _options(project)
    (found,) = (one for one in _since(project, (FACTS, *GROWN)) if one.rule == "vanished")
    assert (found.variant, found.args["guess"]) == ("renamed", "growth_of_area")
    edit(project, FACTS, GROWN[1], f"{GROWN[1]}  aliases: [area_growth]\n")
    assert "vanished" not in {one.rule for one in check_project(project, options).findings}


def test_what_is_gone_can_be_retired_by_the_line_that_is_told(project: Path) -> None:
    later = "dam_price:\n  label: {en: Price, de: Preis}\n  value: 1e9\n  unit: USD\n  status: observed\n  review: durable\n"
    with (project / FACTS).open("a", encoding="utf-8") as file:
        file.write(f"{later}  evidence: [{{source: survey}}]\n")
    options = _options(project)
    edit(project, FACTS, f"{later}  evidence: [{{source: survey}}]\n", "")
    (found,) = (one for one in check_project(project, options).findings if one.rule == "vanished")
    line = found.help("en").partition("data/retired.yml:  ")[2]
    assert line == 'dam_price: {label: {en: "Price", de: "Preis"}, reason: {en: "…", de: "…"}}'
    (project / RETIRED).write_text(f"{line}\n", encoding="utf-8")
    assert not [one for one in check_project(project, options).findings if one.rule == "vanished"]
    after = check_edition(project)  # which was published, too
    (project / RETIRED).unlink()
    assert [one.rule for one in check_project(project, CheckOptions(base=after)).findings] == ["vanished"]


@pytest.mark.parametrize(
    ("edits", "variant", "gone"),
    [
        ([(PAGE, "{ #money }", "{ #cash }"), (PAGE.replace(".en.", ".de."), "{ #money }", "{ #cash }")], "anchor", "money"),
        ([(EVENTS, "opening:", "opened:")], "entry", "opening"),
    ],
)
def test_other_addresses_stay(project: Path, edits: list[tuple[str, str, str]], variant: str, gone: str) -> None:
    found = [one for one in _since(project, *edits) if one.rule == "vanished"]
    assert {(one.variant, one.args.get("id", one.args.get("anchor"))) for one in found} == {(variant, gone)}


def test_an_anchor_may_stand_in_an_element(project: Path) -> None:
    edits = [
        (f"templates/pages/index.{code}.md.j2", "{ #money }", '{ #cash }\n\n<span id="money"></span>') for code in ("en", "de")
    ]
    assert _said(_since(project, *edits)) == []


@pytest.mark.parametrize(
    ("change", "variant"),
    [
        (lambda base: replace(base, report=replace(base.report, pages=("index", "old"))), "page"),
        (
            lambda base: replace(
                base,
                report=replace(base.report, languages=(*base.report.languages, replace(base.report.languages[0], code="fr"))),
            ),
            "language",
        ),
    ],
)
def test_pages_and_languages_stay(project: Path, change: Callable[[Edition], Edition], variant: str) -> None:
    findings = check_project(project, CheckOptions(base=change(check_edition(project)))).findings
    assert [(one.rule, one.variant) for one in findings] == [("vanished", variant)]


def test_a_value_is_followed_through_an_alias(project: Path) -> None:
    options = _options(project)
    for file in (FACTS, CLAIMS, "data/checks.yml", *(f"templates/pages/index.{code}.md.j2" for code in ("en", "de"))):
        path = project / file
        path.write_text(path.read_text(encoding="utf-8").replace("area_2025", "area_now"), encoding="utf-8")
    edit(project, FACTS, "area_now:\n", "area_now:\n  aliases: [area_2025]\n")
    edit(project, FACTS, "value: 25e6", "value: 27e6")
    edit(project, CLAIMS, "claimed: 25e6", "claimed: 27e6")
    assert "missing-history" in {one.rule for one in check_project(project, options).findings}


@pytest.mark.parametrize("value", ["[66e9, 72e9]", "1234567.89", "{at_least: 50}", "{about: 3}", "{less_than: 0.5}"])
def test_the_suggested_entry_pastes_as_it_is(project: Path, value: str) -> None:
    edit(project, FACTS, "value: [66e9, 72e9]", f"value: {value}")
    options = _options(project)
    edit(project, FACTS, f"value: {value}", "value: 99e9")
    (found,) = (one for one in check_project(project, options).findings if one.rule == "missing-history")
    for code in languages():
        assert str(found.args["line"]) in found.help(code)
    line = str(found.args["line"])
    assert re.search(r"as_of: 2025-05, until: 2025-06-30", line)
    edit(project, FACTS, "opened:\n", f"  history:\n    {line}\nopened:\n")
    assert "missing-history" not in {one.rule for one in check_project(project, options).findings}


def test_another_quantity_is_another_fact(project: Path) -> None:
    findings = _since(project, (FACTS, "value: [66e9, 72e9]\n  unit: USD", "value: 5e6\n  unit: m2"))
    assert "missing-history.unit" in {f"{one.rule}.{one.variant}" for one in findings}

"""Facts that quote a published table are set, reviewed and renamed in its own notation, or it is said why they are not."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from sample_projects import PLAIN

from generator.checks.project_check import check_project
from generator.commands.main import main
from generator.editing.entry_fields import form_fields
from generator.editing.new_fields import new_row_fields
from generator.editing.project import open_project

TABLE, FACTS = "data/series/use.csv", "data/facts/water.yml"
REASON = ("--reason.en", "It was wrong", "--reason.de", "Es war falsch")
CORRECTION = ("--kind", "correction", *REASON, "--on", "2025-06-01", "--yes")
SERIES = """
use:
  label: {{en: Use, de: Nutzung}}
  key: {key}
  columns:
    lake: {{label: {{en: Lake, de: See}}, unit: m2}}
  table: {table}
"""
FACT = """\
lake_use:
  label: {en: Use, de: Nutzung}
  from: {series: use, column: lake, at: "2024"}
  unit: m2
  period: 2024
  entity: lake_4
  status: observed
  review: durable
  evidence:
    - {source: survey, at: table 9}
"""
SCALED = "{columns: {year: {type: period}, lake: {scale: 1000000}}}"
HEADED = "{columns: {year: {heading: Year, type: period}, lake: {heading: Amount of water}}}"
PERCENT = SCALED.replace("scale: 1000000", "type: number")
GERMAN = (
    '{delimiter: ";", decimalChar: ",", groupChar: ".", flags: {p: provisional},'
    " columns: {year: {heading: Jahr, type: period}, lake: {heading: See, scale: 1000}}}"
)
WIDE = "{form: wide, entity: Lake, columns: {lake: {entity: Big lake, scale: 1000000}}}"
LONG = "{form: long, period: Year, entity: Lake, value: Value, columns: {lake: {entity: Big lake}}}"


def made(tmp_path: Path, table: str, content: str, *, key: str = "year", encoding: str = "utf-8") -> Path:
    root = shutil.copytree(PLAIN, tmp_path / "project")
    series = root / "data/series.yml"
    unit = "percent" if "%" in content else "m2"
    entry = SERIES.format(table=table, key=key).replace("m2", unit)
    series.write_text(series.read_text(encoding="utf-8") + entry, encoding="utf-8")
    (root / TABLE).write_bytes(content.encode(encoding))
    facts = root / FACTS
    facts.write_text(facts.read_text(encoding="utf-8") + FACT.replace("m2", unit), encoding="utf-8")
    assert [one for one in check_project(root).findings if one.severity == "error"] == []
    return root


def run(root: Path, *arguments: str) -> Result:
    return CliRunner().invoke(main, [*arguments, "--root", str(root), "--language", "en"])


WRITTEN = {
    # the description, the file, what is typed, the file then, and the value that the fact had
    "scale": (SCALED, "year,lake\n2023,1.9\n2024,0.7\n", "0.9e6", "year,lake\n2023,1.9\n2024,0.9\n", "0.7e6"),
    "digits stay": (SCALED, "year,lake\n2024,0.7\n", "1.50e6", "year,lake\n2024,1.50\n", "0.7e6"),
    "bound": (SCALED, "year,lake\n2024,0.7\n", ">=900 thousand", "year,lake\n2024,>=0.9\n", "0.7e6"),
    "heading": (HEADED, "Year,Amount of water\n2024,5\n2025,6\n", "9", "Year,Amount of water\n2024,9\n2025,6\n", "5"),
    "quoted": (HEADED, 'Year,Amount of water\r\n2024,"5"\r\n', "9", "Year,Amount of water\r\n2024,9\r\n", "5"),
    "signs and flag": (GERMAN, "Jahr;See\n2024;1.234,5 p\n", "2345.6e3", "Jahr;See\n2024;2345,6 p\n", "1234.5e3"),
    "wide": (WIDE, "Lake,2023,2024\nSmall lake,1,2\nBig lake,3,4\n", "5e6", "Lake,2023,2024\nSmall lake,1,2\nBig lake,3,5\n", "4e6"),
    "long": (LONG, "Year,Lake,Value\n2024,Small lake,2\n2024,Big lake,4\n", "5", "Year,Lake,Value\n2024,Small lake,2\n2024,Big lake,5\n", "4"),
    "percent": (PERCENT, "year,lake\n2024,5.2 %\n", "6.5%", "year,lake\n2024,6.5%\n", "5.2e-2"),
}  # fmt: skip


def key_of(table: str) -> str:
    return "period" if "form" in table else "year"


@pytest.mark.parametrize("name", WRITTEN)
def test_a_new_value_is_written_as_the_table_writes_its_own(tmp_path: Path, name: str) -> None:
    table, before, typed, after, old = WRITTEN[name]
    root = made(tmp_path, table, before, key=key_of(table))
    answer = run(root, "set", "lake_use", typed, *CORRECTION)
    assert answer.exit_code == 0, answer.output
    assert (root / TABLE).read_bytes().decode() == after
    assert f"    - value: {old}\n" in (root / FACTS).read_text(encoding="utf-8")


@pytest.mark.parametrize("name", WRITTEN)
def test_a_sign_off_holds_for_the_value_that_is_published(tmp_path: Path, name: str) -> None:
    table, before, _, _, old = WRITTEN[name]
    root = made(tmp_path, table, before, key=key_of(table))
    answer = run(root, "reviewed", "lake_use", "--by", "Me", "--on", "2025-06-01", "--yes")
    assert answer.exit_code == 0, answer.output
    assert f"value: {old}}}" in (root / FACTS).read_text(encoding="utf-8")
    assert "lapsed-sign-off" not in run(root, "check").output


REFUSED = {
    "a range": (SCALED, "year,lake\n2024,0.7\n", "0.8e6..0.9e6"),
    "a scale that does not divide": (SCALED.replace("1000000", "3"), "year,lake\n2024,0.7\n", "10"),
}


@pytest.mark.parametrize("name", REFUSED)
def test_what_a_table_cannot_say_is_refused(tmp_path: Path, name: str) -> None:
    table, before, typed = REFUSED[name]
    root = made(tmp_path, table, before)
    answer = run(root, "set", "lake_use", typed, *CORRECTION)
    assert (answer.exit_code, "type one number or bound" in answer.output) == (2, True), answer.output
    assert (root / TABLE).read_bytes().decode() == before


def test_a_fact_of_a_published_table_opens_in_the_editor(tmp_path: Path) -> None:
    root = made(tmp_path, HEADED, "Year,Amount of water\n2024,5\n")
    project = open_project(root, check_project(root))
    assert project is not None
    assert [one.text for one in form_fields(project, "facts", "lake_use") if one.path == ("value",)] == ["5"]
    assert [one.path[1] for one in new_row_fields(project, "use")] == ["year", "lake"]


def test_a_new_row_is_written_below_the_headings_of_the_publisher(tmp_path: Path) -> None:
    root = made(tmp_path, GERMAN, "See;Jahr;Anmerkung\n1,5;2024;\n")
    answer = run(root, "new", "row", "use:2025", "--lake", "2.5e3", "--yes")
    assert answer.exit_code == 0, answer.output
    assert (root / TABLE).read_text(encoding="utf-8") == "See;Jahr;Anmerkung\n1,5;2024;\n2,5;2025;\n"
    wrong = run(root, "new", "row", "use:2026", "--See", "2", "--yes")
    assert "there are year, lake" in wrong.output


def test_a_row_of_a_wide_table_is_none_of_the_series(tmp_path: Path) -> None:
    root = made(tmp_path, WIDE, "Lake,2024\nBig lake,4\n", key="period")
    answer = run(root, "new", "row", "use:2025", "--lake", "2", "--yes")
    assert (answer.exit_code, "by hand" in answer.output) == (2, True), answer.output


JAPANESE = "Year,Amount of water,注記\n2024,5,これは琵琶湖の水の量である\n"


@pytest.mark.parametrize("described", [HEADED, HEADED.replace("{columns", "{encoding: cp932, columns")])
def test_a_table_in_another_encoding_is_read_but_not_written(tmp_path: Path, described: str) -> None:
    root = made(tmp_path, described, JAPANESE, encoding="cp932")
    renamed = run(root, "rename", "survey", "first_survey", "--unpublished", "--yes")
    assert renamed.exit_code == 0, renamed.output
    assert "source: first_survey" in (root / FACTS).read_text(encoding="utf-8")
    assert run(root, "reviewed", "lake_use", "--by", "Me", "--on", "2025-06-01", "--yes").exit_code == 0
    for command in (("set", "lake_use", "9", *CORRECTION), ("new", "row", "use:2025", "--lake", "6", "--yes")):
        refused = run(root, *command)
        assert (refused.exit_code, "iconv -f CP932" in refused.output) == (2, True), refused.output
    assert (root / TABLE).read_bytes() == JAPANESE.encode("cp932")


def test_sources_in_a_published_table_are_renamed(tmp_path: Path) -> None:
    described = HEADED.replace("}}}", "}, source: {heading: From}}}")
    root = made(tmp_path, described, "From,Year,Amount of water\nsurvey,2024,5\n")
    assert run(root, "rename", "survey", "first_survey", "--unpublished", "--yes").exit_code == 0
    assert (root / TABLE).read_text(encoding="utf-8") == "From,Year,Amount of water\nfirst_survey,2024,5\n"

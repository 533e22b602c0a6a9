"""What machines are told: SARIF by its schema, and every finding of a run in every form and language."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from jsonschema import Draft202012Validator

from generator.checks.project_check import check_project
from generator.commands.cli import main
from generator.diagnostics.finding import Clause, Diagnostic, Span, languages, messages
from generator.diagnostics.renderers import FORMATS, render

SARIF = Draft202012Validator(
    json.loads((Path(__file__).parent.parent / "schemas/sarif-2.1.0.json").read_text(encoding="utf-8"))
)
SPOILS = {
    "data/facts/water.yml": [("unit: USD", "unit: usd"), ("status: announced", "statsu: announced"), ("  unit: ratio\n", "")],
    "data/claims/water.yml": [("verdict: confirmed", "verdict: sure"), ("  evidence:\n", "  evidence:\n    - survey\n")],
    "data/names.yml": [("type: place", "type: place\n  type: lake")],
    "templates/pages/index.en.md.j2": [("{{", "It covers 25 km². {{")],
}


def anything(rule: str, variant: str = "") -> Diagnostic:
    """A finding of a rule with every hole filled."""
    told = {**messages()[rule], **messages()[rule].get(variant, {})}
    holes = re.findall(r"\{(\w+)\}", told["message"] + told["help"])
    return Diagnostic(
        rule=rule,
        variant=variant,
        span=Span("data/日本 語.yml", 2, 3, 4),
        second=Span("a b#c.yml"),
        args=dict.fromkeys(holes, "§"),
    )


@pytest.fixture
def spoiled(project: Path) -> Path:
    """The good project with a mistake of many kinds."""
    for file, edits in SPOILS.items():
        text = (project / file).read_text(encoding="utf-8")
        for right, wrong in edits:
            assert right in text
            text = text.replace(right, wrong, 1)
        (project / file).write_text(text, encoding="utf-8")
    return project


@pytest.mark.parametrize("language", ["", *languages()])
def test_sarif_is_valid_for_every_rule(language: str, tmp_path: Path) -> None:
    found = [anything(rule) for rule in messages()]
    log = json.loads(render(found, output_format="sarif", root=tmp_path, language=language))
    SARIF.validate(log)
    run = log["runs"][0]
    rules = run["tool"]["driver"]["rules"]
    assert {one["id"] for one in rules} == set(messages())
    assert all(rules[one["ruleIndex"]]["id"] == one["ruleId"] for one in run["results"])
    assert (
        run["results"][0]["locations"][0]["physicalLocation"]["artifactLocation"]["uri"]
        == "data/%E6%97%A5%E6%9C%AC%20%E8%AA%9E.yml"
    )


def test_sarif_of_nothing_is_valid(tmp_path: Path) -> None:
    SARIF.validate(json.loads(render([], output_format="sarif", root=tmp_path)))


def test_one_run_shows_all_and_each_form_shows_the_same(spoiled: Path) -> None:
    found = check_project(spoiled).findings
    rules = {one.rule for one in found}
    assert rules >= {"unknown-id", "unknown-key", "missing-key", "unknown-word", "wrong-shape", "duplicate-key", "typed-number"}
    places = sorted((one.span.file, one.span.line, one.span.column, one.rule) for one in found)
    assert len(set(places)) == len(places)  # one mistake, one finding
    told = {form: CliRunner().invoke(main, ["check", "--root", str(spoiled), "--format", form]).stdout for form in FORMATS}
    concise = re.findall(r"^(.+?):(\d+):(\d+): ([\w-]+) ", told["concise"], re.MULTILINE)
    full = re.findall(r"^\w+\[([\w-]+)\].*\n +--> (.+?):(\d+):(\d+)$", told["full"], re.MULTILINE)
    github = re.findall(
        r"^::\w+ file=(.+?),line=(\d+),endLine=\d+,col=(\d+),endColumn=\d+,title=([\w-]+)::", told["github"], re.MULTILINE
    )
    results = json.loads(told["sarif"])["runs"][0]["results"]
    SARIF.validate(json.loads(told["sarif"]))
    assert sorted(numbered(*one) for one in concise) == places
    assert sorted(numbered(file, line, column, rule) for rule, file, line, column in full) == places
    assert sorted(numbered(*one) for one in github) == places
    assert sorted((one["file"], one["line"], one["column"], one["rule"]) for one in json.loads(told["json"])) == places
    assert sorted(place(one) for one in results) == places


def numbered(file: str, line: str, column: str, rule: str) -> tuple[str, int, int, str]:
    return file, int(line), int(column), rule


def place(result: dict[str, Any]) -> tuple[str, int, int, str]:
    where = result["locations"][0]["physicalLocation"]
    return where["artifactLocation"]["uri"], where["region"]["startLine"], where["region"]["startColumn"], result["ruleId"]


def test_statistics_count_by_rule(spoiled: Path) -> None:
    result = CliRunner().invoke(main, ["check", "--root", str(spoiled), "--statistics"])
    counted = {rule: int(count) for count, rule in re.findall(r"^ *(\d+) ([\w-]+)$", result.stdout, re.MULTILINE)}
    found = [one.rule for one in check_project(spoiled).findings]
    assert counted == {rule: found.count(rule) for rule in found}
    assert result.exit_code == 1


@pytest.mark.parametrize("form", ["full", "json", "sarif"])
def test_japanese_is_japanese_throughout(spoiled: Path, form: str) -> None:
    told = CliRunner().invoke(main, ["check", "--root", str(spoiled), "--format", form, "--language", "ja"]).stdout
    for english in ("there is", "choose", "did you mean", "write", "a list", "error["):
        assert english not in told


def test_lines_of_a_script_without_spaces_are_joined_without_spaces(tmp_path: Path) -> None:
    log = json.loads(render([anything("one-value")], output_format="sarif", root=tmp_path, language="ja"))
    told = log["runs"][0]["tool"]["driver"]["rules"][0]["fullDescription"]["text"]
    assert "式で求める（formula）" in told


def test_a_fix_is_told_to_machines(tmp_path: Path) -> None:
    one = Diagnostic(
        rule="bad-date",
        span=Span("a.yml"),
        args={"found": "2025/8/30", "why": Clause("date-written", {"date": "2025-08-30"}, fix="2025-08-30")},
    )
    assert json.loads(render([one], output_format="json", root=tmp_path))[0]["fix"] == "2025-08-30"

"""What the tool says: the same rules, parts and holes in every language, and an explanation of each rule."""

from __future__ import annotations

import re
import string
import tomllib
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from generator.commands.main import main
from generator.diagnostics.finding import (
    Clause,
    Diagnostic,
    Span,
    explain_rule,
    languages,
    messages,
    preferred_language,
    translate_argument,
)
from generator.reading.yaml_nodes import parse_yaml

FOLDER = Path(__file__).parents[2] / "generator/diagnostics/messages"
EXAMPLES = ("before", "after")  # YAML and templates are the same in every language


@cache
def texts(code: str) -> dict[str, str]:
    """Every text of a language by its full key."""
    return dict(_flat(tomllib.loads((FOLDER / f"{code}.toml").read_text(encoding="utf-8")), ""))


def _flat(table: dict[str, Any], path: str) -> Iterator[tuple[str, str]]:
    for key, one in table.items():
        if isinstance(one, dict):
            yield from _flat(one, f"{path}{key}/")
        elif isinstance(one, str):
            yield f"{path}{key}", one


def holes(text: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(text) if name}


DEFAULT = texts(languages()[0])
TOLD = {
    key: text for key, text in DEFAULT.items() if not (key.count("/") == 1 and key.endswith(EXAMPLES) and key[:4] != "tool")
}


@pytest.mark.parametrize("code", languages()[1:])
def test_every_language_says_the_same_things(code: str) -> None:
    assert {key for key in texts(code) if not key.startswith("reasons/")} == set(TOLD)


@pytest.mark.parametrize(
    "text",
    [
        "a: b: c",
        "a: [1, 2",
        "a: {b: 1",
        "a:\n  b: 1\n c: 2",
        "a: 'x",
        "- a\nb: 1",
        "a: @x",
        'a: "\\q"',
        "a\nb: 1",
        "--- 1\n--- 2",
    ],
)
def test_what_the_yaml_library_says_is_translated(text: str) -> None:
    sink: list[Diagnostic] = []
    parse_yaml(text, "a.yml", sink)
    assert [one.rule for one in sink] == ["yaml-syntax"]
    assert not re.search(r"[a-z]{3}", sink[0].sentence("ja").replace("YAML", ""))


@pytest.mark.parametrize("code", languages()[1:])
@pytest.mark.parametrize("key", [key for key in TOLD if not key.endswith("/explain")])
def test_every_language_fills_the_same_holes(code: str, key: str) -> None:
    assert holes(texts(code)[key]) == holes(TOLD[key])


@pytest.mark.parametrize("code", languages())
def test_instructions_end_alike(code: str) -> None:
    for key, text in texts(code).items():
        if key.endswith(("/message", "/help")):
            assert text == text.strip(), key
            assert not text.endswith((".", "。")), key


@pytest.mark.parametrize("code", languages())
@pytest.mark.parametrize("rule", messages())
def test_every_rule_is_explained(rule: str, code: str) -> None:
    told = CliRunner().invoke(main, ["explain", rule, "--language", code]).output
    sentences = re.findall(r"。|\.(?=\s|$)", explain_rule(rule, code)["explain"])
    assert 2 <= len(sentences) <= 6
    for part in explain_rule(rule, code).values():
        assert all(line.strip() in told for line in part.splitlines())


@pytest.mark.parametrize("code", languages())
def test_explain_alone_lists_the_rules(code: str) -> None:
    told = CliRunner().invoke(main, ["explain", "--language", code]).output
    assert told.split("\n")[1:-1] == [f"  {rule}" for rule in sorted(messages())]


def test_an_unknown_rule_is_wrong_use() -> None:
    result = CliRunner().invoke(main, ["explain", "no-such-rule"])
    assert result.exit_code == 2
    assert "no-such-rule" in result.output


@pytest.mark.parametrize(
    ("environment", "code"),
    [
        ({}, "en"),
        ({"LANG": "ja_JP.UTF-8"}, "ja"),
        ({"LANG": "ja"}, "ja"),
        ({"LANG": "C"}, "en"),
        ({"LANG": "fr_FR"}, "en"),
        ({"LANG": "ja_JP.UTF-8", "LC_ALL": "C.UTF-8"}, "en"),
        ({"LANG": "en_US", "LC_MESSAGES": "ja_JP", "LC_ALL": ""}, "ja"),
    ],
)
def test_the_environment_chooses_the_language(environment: dict[str, str], code: str) -> None:
    assert preferred_language(environment) == code


def test_parts_of_sentences_are_said_in_the_language_of_the_sentence() -> None:
    one = Diagnostic(rule="unknown-id", span=Span("a"), args={"id": "x", "kind": Clause("columns-of", {"name": "levels"})})
    assert one.sentence("en") == "there is no x among the columns of levels"
    assert one.sentence("ja") == "levelsの列に「x」というIDはない"
    assert translate_argument(Clause("did-you-mean", {"guess": "y"}), "ja") == "「y」の誤りではないか確かめてください"


def test_the_command_speaks_the_language_that_was_asked_for(project: Path) -> None:
    runner = CliRunner()
    assert runner.invoke(main, ["check", "--root", str(project), "--language", "ja"]).output == "指摘はない\n"
    facts = project / "data/facts/water.yml"
    facts.write_text(facts.read_text(encoding="utf-8").replace("unit: USD", "unit: US_dollars"), encoding="utf-8")
    told = runner.invoke(main, ["check", "--root", str(project)], env={"LANG": "ja_JP.UTF-8", "LC_ALL": ""}).output
    assert "エラー[unknown-id]: unitsに「US_dollars」というIDはない" in told
    assert "直し方" in told

"""Characters that published files cannot hold are found in YAML, in its keys, and in tables."""

from __future__ import annotations

from pathlib import Path

import pytest

from generator.checks.project_check import check_project
from generator.diagnostics.finding import Diagnostic
from generator.reading.yaml_nodes import parse_yaml


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        (r'label: "a\u0007"', ["U+0007"]),
        (r'label: "a\0b"', ["U+0000"]),
        (r'"a\x1B": b', ["U+001B"]),
        (r'label: "\ufffe"', ["U+FFFE"]),
        (r'label: "\x9f"', ["U+009F"]),
        (r'list: ["\x01", "\x02"]', ["U+0001", "U+0002"]),
        (r'label: "a\tb\nc\N"', []),
        (
            'label: "\N{WOMAN}\N{ZERO WIDTH JOINER}\N{PERSONAL COMPUTER}\N{VARIATION SELECTOR-16} é か\N{COMBINING KATAKANA-HIRAGANA VOICED SOUND MARK}"',
            [],
        ),
    ],
)
def test_control_characters_of_yaml(text: str, codes: list[str]) -> None:
    sink: list[Diagnostic] = []
    parse_yaml(text, "data/x.yml", sink)
    assert [(one.rule, one.args["code"]) for one in sink] == [("control-character", code) for code in codes]


def test_control_characters_of_tables(project: Path) -> None:
    table = project / "data/series/levels.csv"
    table.write_text(table.read_text(encoding="utf-8").replace("25e6,survey", "25e6,sur\x07vey"), encoding="utf-8")
    found = [(one.span.file, one.span.line) for one in check_project(project).findings if one.rule == "control-character"]
    assert found == [("data/series/levels.csv", 3)]

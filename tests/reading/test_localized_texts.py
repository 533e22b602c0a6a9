"""Texts in every language: which spaces of the YAML stay."""

from __future__ import annotations

import pytest

from generator.model.languages import Phrase
from generator.reading.localized_validators import LocalizedText
from generator.reading.validators import ReadContext
from generator.reading.yaml_nodes import parse_yaml


@pytest.mark.parametrize(
    ("written", "text"),
    [
        ('" 72  GW\tof power "', "72 GW of power"),
        ('"72 GW\n  of power"', "72 GW of power"),
        ('"72 GW\\nof power"', "72 GW of power"),
        ("'It''s 72 GW'", "It's 72 GW"),
        ('"72\u00a0GW of\u202fpower"', "72\u00a0GW of\u202fpower"),  # no-break spaces
        ('"湖\u3000ダム"', "湖\u3000ダム"),  # ideographic space
    ],
)
def test_blanks_and_line_ends_become_one_blank(written: str, text: str) -> None:
    context = ReadContext([], ("en",))
    tree = parse_yaml(f"{{en: {written}}}", "data.yml", context.sink)
    assert tree is not None
    located = LocalizedText().read(tree, context)
    assert context.sink == []
    assert located is not None
    assert located.value == Phrase({"en": text})

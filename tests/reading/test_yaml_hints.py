"""What is offered in place of a line that is no YAML."""

from __future__ import annotations

import pytest
import yaml

from generator.reading.yaml_hints import mended_line, unclosed


def is_yaml(line: str) -> bool:
    try:
        yaml.safe_load(line)
    except yaml.YAMLError:
        return False
    return True


@pytest.mark.parametrize(
    ("line", "variant", "expected"),
    [
        ("\ten: Cost", "tab", "en: Cost"),
        ("label：{en: Cost}", "colon", "label: {en: Cost}"),
        ("en: Cost: the dam", "quotes", 'en: "Cost: the dam"'),
        ("label: {ja: 100: です, en: a: b}", "quotes", 'label: {ja: "100: です", en: "a: b"}'),
        ("label: {en: {Cost} of the dam, de: Kosten}", "quotes", 'label: {en: "{Cost} of the dam", de: "Kosten"}'),
        # a placeholder at the start of a text, also where another one ends it, is no mapping of languages
        ("ja: {period:2025-08}以降の{cost}", "quotes", 'ja: "{period:2025-08}以降の{cost}"'),
        (
            "label: {ja: {as_of:cost}の値, en: the {cost} of {as_of:cost}}",
            "quotes",
            'label: {ja: "{as_of:cost}の値", en: "the {cost} of {as_of:cost}"}',
        ),
    ],
)
def test_a_line_is_mended_as_it_was_meant(line: str, variant: str, expected: str) -> None:
    found, mended = mended_line(line, 1, is_yaml)
    assert found == variant
    assert mended == expected
    assert is_yaml(mended)


@pytest.mark.parametrize("sign", ["\x0c", "\x0b", "\x1c", "\x1e"])
def test_a_control_character_ends_no_line(sign: str) -> None:
    """YAML does not count it as a line end, so the line that is mended is the one that was meant."""
    text = f"# a{sign}b\nen: Cost: the dam\nlabel: {{en: a"
    assert mended_line(text, 2, is_yaml) == ("quotes", 'en: "Cost: the dam"')
    assert unclosed(text, 3, is_yaml) is None
    assert mended_line(f"en: a{sign}b: c", 1, is_yaml) == ("", "")


@pytest.mark.parametrize("sign", ["\u2028", "\x85"])
def test_what_yaml_counts_as_a_line_end_is_one(sign: str) -> None:
    assert mended_line(f"# a{sign}en: Cost: the dam\n", 2, is_yaml) == ("quotes", 'en: "Cost: the dam"')

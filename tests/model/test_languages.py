"""Texts with placeholders, taken apart."""

from __future__ import annotations

import pytest

from generator.diagnostics.finding import DiagnosticError
from generator.model.languages import Language, Phrase, Placeholder, placeholders, split_placeholders


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", []),
        ("plain", ["plain"]),
        ("{value}", [Placeholder(kind="own", target="value")]),
        ("in {period}", ["in ", Placeholder(kind="own", target="period", offset=3)]),
        ("{as_of}{claimed}", [Placeholder(kind="own", target="as_of"), Placeholder(kind="own", target="claimed", offset=7)]),
        ("{capex_2025}", [Placeholder(kind="fact", target="capex_2025")]),
        ("{capex|growth}", [Placeholder(kind="fact", target="capex", option="growth")]),
        ("{ capex | digits=3 }", [Placeholder(kind="fact", target="capex", option="digits=3")]),
        ("{event:freeze}", [Placeholder(kind="event", target="freeze")]),
        ("{period:2025-Q2}", [Placeholder(kind="period", target="2025-Q2")]),
        ("{name: lake_4}", [Placeholder(kind="name", target="lake_4")]),
        ("{claim:grew}", [Placeholder(kind="claim", target="grew")]),
        ("{literal:10:30|a time}", [Placeholder(kind="literal", target="10:30", option="a time")]),
        ("{other:x}", [Placeholder(kind="fact", target="other:x")]),
        ("{}", [Placeholder(kind="fact", target="")]),
        ("湖は{area}に", ["湖は", Placeholder(kind="fact", target="area", offset=2), "に"]),
        ("a { b", ["a { b"]),
        ("a } b", ["a } b"]),
    ],
)
def test_split_placeholders(text: str, expected: list[str | Placeholder]) -> None:
    assert list(split_placeholders(text)) == expected
    assert placeholders(text) == [piece for piece in expected if isinstance(piece, Placeholder)]


def test_no_key_is_said_that_a_language_has_no_word_for() -> None:
    language = Language(code="en", name="English", locale="en-US", words={"status.observed": "observed"})
    assert language.word("status.observed") == "observed"
    with pytest.raises(DiagnosticError) as raised:
        language.word("status.disputed")
    assert raised.value.diagnostic.sentence() == "there is no word for status.disputed in en"


def test_a_phrase_is_asked_by_language() -> None:
    assert Phrase({"en": "lake", "de": "See"})["de"] == "See"

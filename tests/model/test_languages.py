"""Texts with placeholders, taken apart."""

from __future__ import annotations

import pytest

from generator.model.languages import Hole, Language, Phrase, holes, pieces


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", []),
        ("plain", ["plain"]),
        ("{value}", [Hole(kind="own", target="value")]),
        ("in {period}", ["in ", Hole(kind="own", target="period", offset=3)]),
        ("{as_of}{claimed}", [Hole(kind="own", target="as_of"), Hole(kind="own", target="claimed", offset=7)]),
        ("{capex_2025}", [Hole(kind="fact", target="capex_2025")]),
        ("{capex|growth}", [Hole(kind="fact", target="capex", option="growth")]),
        ("{ capex | digits=3 }", [Hole(kind="fact", target="capex", option="digits=3")]),
        ("{event:freeze}", [Hole(kind="event", target="freeze")]),
        ("{period:2025-Q2}", [Hole(kind="period", target="2025-Q2")]),
        ("{name: lake_4}", [Hole(kind="name", target="lake_4")]),
        ("{claim:grew}", [Hole(kind="claim", target="grew")]),
        ("{literal:10:30|a time}", [Hole(kind="literal", target="10:30", option="a time")]),
        ("{other:x}", [Hole(kind="fact", target="other:x")]),
        ("{}", [Hole(kind="fact", target="")]),
        ("湖は{area}に", ["湖は", Hole(kind="fact", target="area", offset=2), "に"]),
        ("a { b", ["a { b"]),
        ("a } b", ["a } b"]),
    ],
)
def test_pieces(text: str, expected: list[str | Hole]) -> None:
    assert list(pieces(text)) == expected
    assert holes(text) == [piece for piece in expected if isinstance(piece, Hole)]


def test_a_language_says_a_key_that_it_has_no_word_for() -> None:
    language = Language(code="en", name="English", locale="en-US", words={"status.observed": "observed"})
    assert language.word("status.observed") == "observed"
    assert language.word("status.disputed") == "status.disputed"


def test_a_phrase_is_asked_by_language() -> None:
    assert Phrase({"en": "lake", "de": "See"})["de"] == "See"

"""Formulas as readers see them, in each language."""

from __future__ import annotations

import pytest
from sample_reports import sample_context

from generator.pages.formula_text import formula_text, without_verdicts
from generator.records.struct import replace
from generator.wording.texts import Texts


@pytest.mark.parametrize(
    ("formula", "english", "german"),
    [
        ("", "", ""),
        ("area_2025 - area_2024", "25 km² − 20 km²", "25 km² − 20 km²"),
        (
            "dam_cost / 1e9",
            "$66B–$72B ÷ 1 billion",
            "66\N{NO-BREAK SPACE}Mrd.\N{NO-BREAK SPACE}$ bis 72\N{NO-BREAK SPACE}Mrd.\N{NO-BREAK SPACE}$ ÷ 1 Milliarde",
        ),
        ("area_2024 * 2 != claimed(grew)", "20 km² × 2 ≠ 25 km²", "20 km² × 2 ≠ 25 km²"),
        ('verdict(grew) == "confirmed"', "confirmed = confirmed", "bestätigt = bestätigt"),
    ],
)
def test_formulas_with_values(formula: str, english: str, german: str) -> None:
    assert [formula_text(texts, formula) for texts in sample_context().texts] == [english, german]


def test_functions_are_filled_into_the_patterns_of_the_language() -> None:
    texts = sample_context().texts[0]
    words = {**texts.language.words, "work.growth": "growth from {1} to {0}", "work.high": "the top of {0}"}
    worded = Texts(texts.edition, replace(texts.language, words=words))
    assert formula_text(worded, "growth(dam_cost + dam_cost, high(dam_cost))") == (
        "growth from the top of $66B–$72B to ($66B–$72B + $66B–$72B)"
    )
    assert formula_text(texts, "high(area_2025)") == "the high end of 25 km²"


@pytest.mark.parametrize(
    ("test", "expected"),
    [
        ("area_2025 > area_2024", "area_2025 > area_2024"),
        ("area_2025 > area_2024 and verdict(grew) == confirmed", "area_2025 > area_2024"),
        ("verdict(grew) == confirmed", ""),
        ("area_2025 > area_2024 or verdict(grew) == confirmed", ""),
    ],
)
def test_conditions_on_verdicts_are_left_out(test: str, expected: str) -> None:
    assert without_verdicts(test) == expected

"""Tests of the minus sign of negative numbers on pages."""

from __future__ import annotations

import pytest

from generator.pages.minus_signs import true_minus


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ('<a class="fl-n" data-size="-0.08">-8%</a>', '<a class="fl-n" data-size="-0.08">\u22128%</a>'),
        ("<b>&#45;11.3%</b>", "<b>\u221211.3%</b>"),
        ("\u7d04-9%", "\u7d04\u22129%"),
        ("about -$3 billion, (-0.3%)", "about \u2212$3 billion, (\u22120.3%)"),
        ("\u200e-8 and `-8`, [a](b.md -8)", "\u200e\u22128 and `-8`, [a](b.md -8)"),
        ("<pre>\n -8</pre> -9", "<pre>\n -8</pre> \u22129"),
        ("```\n -8\n```\n -9", "```\n -8\n```\n \u22129"),
    ],
)
def test_a_negative_number_has_a_minus_sign(written: str, expected: str) -> None:
    assert true_minus(written) == expected


@pytest.mark.parametrize(
    "text", ["2024-25 and 2026-10-05", "GPT-5, a-1", "- 5 points", "| --- | -- |", '<p style="left:-3px">']
)
def test_other_hyphens_stay(text: str) -> None:
    assert true_minus(text) == text

"""Tests of the minus sign of negative numbers on pages."""

from __future__ import annotations

import pytest

from generator.pages.minus_signs import with_minus_signs

JAPANESE = {"value.about": "\u7d04{0}", "value.at_most": "\u6700\u5927{0}", "value.range_signed": "{0}\uff5e{1}"}


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ('<a class="fl-n" data-size="-0.08">-8%</a>', '<a class="fl-n" data-size="-0.08">\u22128%</a>'),
        ("<b>&#45;11.3%</b>", "<b>\u221211.3%</b>"),
        ("\u7d04-9%, \u6700\u5927-9%", "\u7d04\u22129%, \u6700\u5927\u22129%"),
        ("\u682a\u4fa1\uff1a-9%", "\u682a\u4fa1\uff1a\u22129%"),
        ("-9\uff5e-5%", "-9\uff5e\u22125%"),
        ('<a href="\u7d04-9/" title="by -9%">-9%</a>', '<a href="\u7d04-9/" title="by \u22129%">\u22129%</a>'),
        ("about -$3 billion, (-0.3%)", "about \u2212$3 billion, (\u22120.3%)"),
        ("\u200e-8 and `-8`, [a](b.md -8)", "\u200e\u22128 and `-8`, [a](b.md -8)"),
        ("<pre>\n -8</pre> -9", "<pre>\n -8</pre> \u22129"),
        ("```\n -8\n```\n -9", "```\n -8\n```\n \u22129"),
    ],
)
def test_a_negative_number_has_a_minus_sign(written: str, expected: str) -> None:
    assert with_minus_signs(written, JAPANESE) == expected


@pytest.mark.parametrize(
    "text",
    [
        "2024-25 and 2026-10-05",
        "GPT-5, a-1",
        "- 5 points",
        "| --- | -- |",
        '<p style="left:-3px">',
        '<p style="margin: -3px -1em">',
        "<style>p { left: -3px }</style>",
        "\u5225\u8868-1, \u6848-2",
        '<a href="\u56f3-1.csv">CSV</a>',
    ],
)
def test_other_hyphens_stay(text: str) -> None:
    assert with_minus_signs(text, JAPANESE) == text

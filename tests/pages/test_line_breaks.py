"""Tests of where lines may break: at the punctuation behind terms, and in and beside values."""

from __future__ import annotations

import pytest
from markupsafe import escape

from generator.pages.line_breaks import (
    date_words,
    keep_punctuation,
    keep_units,
    name_words,
    text_words,
    value_words,
    whole_names,
)
from generator.pages.rich_text import UnbrokenText

TERM = '<span class="fl-term"><button>lease</button><small>What a lease is.</small></span>'
KEPT = '<span class="fl-together">{}</span>'


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        (f"A {TERM} ends", f"A {TERM} ends"),
        (f"A {TERM}. Then", f"A {KEPT.format(f'{TERM}.')} Then"),
        (f"「{TERM}」の額", f"{KEPT.format(f'「{TERM}」')}の額"),
        (f"({TERM}), {TERM}", f"{KEPT.format(f'({TERM}),')} {TERM}"),
        (f"**{TERM}**.", f"**{TERM}**."),
    ],
)
def test_punctuation_stays_with_a_term(written: str, expected: str) -> None:
    assert keep_punctuation(written) == expected


def test_the_sign_of_a_verdict_stays_with_the_word_before_it() -> None:
    assert keep_punctuation('It is so <a class="fl-verdict fl-verdict--opinion" href="#">') == (
        'It is so\u00a0<a class="fl-verdict fl-verdict--opinion" href="#">'
    )


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("約6960億ドル", "約<wbr>6960億ドル"),
        ("最大2兆4000億円", "最大<wbr>2兆4000億円"),
        ("1300億～1450億ドル", "1300億～<wbr>1450億ドル"),
        ("20兆～23兆円", "20兆～<wbr>23兆円"),
        ("1～3月期", "1～3月期"),
        ("2026年10月5日", "2026年<wbr>10月<wbr>5日"),
        ("A&B社9件", "A&amp;B社<wbr>9件"),
        ("97.5%", "97.5%"),
        ("about $696 billion", "about $696 billion"),
        ("約 6,960억 달러", "約 6,960억 달러"),
    ],
)
def test_a_value_breaks_between_its_parts_only(words: str, expected: str) -> None:
    assert value_words(words) == expected


def kept(text: str) -> str:
    return text.replace("[", '<span class="fl-whole">').replace("]", "</span>")


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("このうち53件は意見、7件は未確認", "このうち[53件]は意見、[7件]は未確認"),
        ("2026年10月5日の差", "[2026年][10月][5日]の差"),
        ("2024年1～3月期の額", "[2024年][1～3月期]の額"),
        ("660億～720億ドルの計画", "[660億～][720億ドル]の計画"),
        ("2024年1～3月期～2026年4～6月期", "[2024年][1～3月期～][2026年][4～6月期]"),
        ("約2兆4000億円、40ギガワット", "約[2兆4000億円]、[40ギガワット]"),
        ("7か国と600億ドル", "[7か国]と[600億ドル]"),
        ("- GPT5系は9.5点", "- GPT5系は[9.5点]"),
        ('<span class="fl-term">率</span>は2025年から', '<span class="fl-term">率</span>は[2025年]から'),
        ("<li>2025年から", "<li>2025年から"),
        ("額は[2025年]から", "額は[2025年]から"),
        ("Facts: 53, 日本", "Facts: 53, 日本"),
    ],
)
def test_a_number_stays_with_its_unit(written: str, expected: str) -> None:
    assert keep_units(kept(written)) == kept(expected)


def test_words_of_data_are_text_and_keep_their_units() -> None:
    assert text_words("<2026年>") == kept("&lt;[2026年]&gt;")
    assert text_words("<2026>") == "&lt;2026&gt;"


@pytest.mark.parametrize(
    "written",
    [
        "# 2026年の計画",
        "| 2026年 | 5件 |",
        '<p title="5件">5件</p>',
        "```\n2026年\n```",
        "図は`2026年`と",
        "図は![2026年](a.png)と",
        "図は[計画](p/2026年.md)と",
        '額は<a class="fl-n" href="x/2026年/">5件</a>と',
    ],
)
def test_what_is_no_running_text_stays(written: str) -> None:
    assert keep_units(written) == written


def test_a_label_keeps_its_units_in_html_only() -> None:
    label = UnbrokenText("赤字（2025年4～6月期）")
    assert label == "赤字（2025年4～6月期）"
    assert escape(label) == kept("赤字（[2025年][4～6月期]）")


@pytest.mark.parametrize(
    ("words", "ends", "expected"),
    [
        ("Q2 2026", (), "[Q2 2026]"),
        ("2026", (), "2026"),
        ("2026年4～6月期", (), "[2026年4～6月期]"),
        ("28 de enero de 2026", (), "[28 de enero de 2026]"),
        ("Q1 2024 to Q2 2026", ("Q1 2024", "Q2 2026"), "[Q1 2024] to [Q2 2026]"),
        ("2024年1～3月期～2026年4～6月期", ("2024年1～3月期", "2026年4～6月期"), "[2024年1～3月期～][2026年4～6月期]"),
        ("March to May 2026", ("March 2026", "May 2026"), "[March to May 2026]"),
    ],
)
def test_a_date_is_in_one_line_and_a_longer_period_breaks_between_its_ends(
    words: str, ends: tuple[str, ...], expected: str
) -> None:
    assert date_words(words, ends) == kept(expected)


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("コロッサス2", "[コロッサス2]"),
        ("Colossus 2", "[Colossus 2]"),
        ("Muse Wonder", "[Muse Wonder]"),
        ("A < B", "[A &lt; B]"),
        ("メタ・プラットフォームズ", "メタ・プラットフォームズ"),
        ("Meta Superintelligence Labs", "Meta Superintelligence Labs"),
    ],
)
def test_a_short_name_keeps_its_number_and_its_words(words: str, expected: str) -> None:
    assert name_words(words) == kept(expected)


def test_names_in_a_list_are_whole_with_the_mark_behind_them() -> None:
    name = '<span class="fl-name">{}</span>'
    assert whole_names(["A & B", "MT Newswires"], "; ") == f"{name.format('A &amp; B;')} {name.format('MT Newswires')}"
    assert whole_names(["A", "Bほか2者"], "、") == f"{name.format('A、')}{name.format('Bほか2者')}"

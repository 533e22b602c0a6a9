"""Line breaks of labels, and ticks of scales."""

from __future__ import annotations

from decimal import Decimal

import pytest

from generator.charts.line_breaks import split_words
from generator.charts.scales import decades, ticks
from generator.charts.text_layout import text_width, wrap, wrap_name
from generator.wording.word_breaks import number_endings


@pytest.mark.parametrize(
    ("name", "lines"),
    [
        ("EssilorLuxottica", ("EssilorLuxottica",)),
        ("エシロールルックスオティカ", ("エシロールルックスオティカ",)),
        ("ブルー・アウル・キャピタル", ("ブルー・", "アウル・", "キャピタル")),
        ("Blue Owl Capital", ("Blue", "Owl", "Capital")),
    ],
)
def test_a_name_breaks_only_between_its_words(name: str, lines: tuple[str, ...]) -> None:
    assert wrap_name(name, 10, 30) == lines


@pytest.mark.parametrize(
    ("text", "ems", "lines"),
    [
        ("短い", 10, ("短い",)),
        ("データセンターの計画", 8, ("データ", "センターの", "計画")),
        ("大型出資を発表、創業者が移る", 9, ("大型出資を", "発表、創業者が", "移る")),
        ("用地（2025年7月）", 7, ("用地（2025年", "7月）")),
        ("Products and Applied Research", 9, ("Products and", "Applied Research")),
    ],
)
def test_lines_break_between_phrases(text: str, ems: float, lines: tuple[str, ...]) -> None:
    broken = wrap(text, 10, ems * 10)
    assert max(text_width(line, 10) for line in broken) <= ems * 10
    assert "".join(broken).replace(" ", "") == text.replace(" ", "")
    assert all(len(line) > 1 and line[0] not in "、。）" and line[-1] not in "（「" for line in broken)
    assert len(broken) <= len(lines)


@pytest.mark.parametrize(
    ("text", "ems", "lines"),
    [
        ("始まっていないリース", 7, ("始まっていない", "リース")),
        ("若年者訴訟の負担", 6, ("若年者訴訟の", "負担")),
        ("若年者訴訟の負担", 5, ("若年者", "訴訟の負担")),  # a phrase that is too long breaks between words
        ("エヌビディアへの依存", 7, ("エヌビディア", "への依存")),
        ("メタ・スーパーインテリジェンス・ラボ発足", 13, ("メタ・", "スーパーインテリジェンス・", "ラボ発足")),
        ("MSL初のモデルMuse Sparkを公開", 11, ("MSL初のモデル", "Muse Sparkを公開")),
        ("Muse Spark Openの重みを公開", 12, ("Muse Spark Openの", "重みを公開")),
        ("認可待ちの分は2026年4月に審査の対象", 13, ("認可待ちの分は", "2026年4月に審査の対象")),
        ("2026年10月、Artificial Analysis 4.3.2版", 12, ("2026年10月、", "Artificial Analysis", "4.3.2版")),
        ("メタからAMDへ1000億ドル超", 7, ("メタから", "AMDへ", "1000億ドル超")),
        ("約700億～1050億ドル膨らんだ", 12, ("約700億～1050億ドル", "膨らんだ")),
        ("スケールAIとコロッサス2", 7, ("スケールAIと", "コロッサス2")),
        ("MSL releases its first model, Muse Spark", 16, ("MSL releases its first", "model, Muse Spark")),
        ("Commitments", 7, ("Commitments",)),
        ("Loan sought by the owner, April 2026, not known", 16, ("Loan sought by the owner,", "April 2026, not known")),
        ("January 28, 2026, actual", 9, ("January 28, 2026,", "actual")),
        ("Report for Q2 2026 and the next", 8, ("Report for", "Q2 2026", "and the next")),
        ("am 28. Januar 2026 gemeldet", 9, ("am", "28. Januar 2026", "gemeldet")),
        ("2026년 4월 29일 발표", 9, ("2026년 4월 29일", "발표")),
        ("a ceiling of about $3 billion in all", 14, ("a ceiling of", "about $3 billion in all")),
    ],
)
def test_names_and_words_are_whole_at_the_ends_of_lines(text: str, ems: float, lines: tuple[str, ...]) -> None:
    assert wrap(text, 10, ems * 10) == lines


@pytest.mark.parametrize(
    ("low", "high", "about", "expected"),
    [("0", "72e9", 4, ["0", "2E+10", "4E+10", "6E+10", "8E+10"]), ("60", "73", 3, ["60", "65", "70", "75"])],
)
def test_ticks_are_round_and_have_no_trailing_zeros(low: str, high: str, about: int, expected: list[str]) -> None:
    assert [Decimal(text) for text in expected] == ticks(Decimal(low), Decimal(high), about)


def test_a_log_scale_has_powers_of_ten() -> None:
    assert decades(Decimal(30), Decimal(2000)) == [Decimal(10), Decimal(100), Decimal(1000), Decimal(10000)]


@pytest.mark.parametrize(
    ("text", "limit", "lines"),
    [
        ("Consommation par personne", 60, ("Consom-", "mation par", "personne")),
        ("व्यक्ति", 20, ("व्य", "क्ति")),  # a virama joins two letters
        ("superintelligence", 400, ("superintelligence",)),
    ],
)
def test_a_word_cut_at_the_end_of_a_line_has_a_hyphen_where_its_script_has_one(
    text: str, limit: float, lines: tuple[str, ...]
) -> None:
    assert wrap(text, 10, limit) == lines


def test_lines_of_a_paragraph_before_its_last_take_at_least_their_share_of_the_width() -> None:
    text = "Eleven plants were planned and four of them have been built since the law was passed in spring"
    even, paragraph = wrap(text, 10, 400), wrap(text, 10, 400, least=0.75)
    assert len(even) == len(paragraph) == 2
    assert text_width(paragraph[0], 10) > text_width(even[0], 10)
    assert text_width(paragraph[0], 10) > 0.7 * 400


def test_what_ends_a_number_is_data_of_a_language() -> None:
    endings = number_endings()
    assert set("万億萬亿") <= set(endings.scales)
    assert all(split_words(f"1200人{bound}")[0] == f"1200人{bound}" for bound in endings.bounds)


@pytest.mark.parametrize("limit", [-200.0, -1.0, 0.0, 1.0])
def test_a_text_without_any_room_is_cut_into_letters(limit: float) -> None:
    assert "".join(wrap("Anhang", 12, limit)).replace("-", "") == "Anhang"


@pytest.mark.parametrize("ems", [10, 11, 14])
def test_a_name_in_katakana_that_a_dictionary_cuts_is_whole_where_it_fits(ems: float) -> None:
    assert split_words("（アンソロピック）、") != ("（アンソロピック）、",)
    assert [line for line in wrap("アマゾン（アンソロピック）、2026年3月", 10, ems * 10) if "アンソロピック" in line]

"""What is copied from a PDF and searched in it are the characters of its page, whatever else its font draws alike."""

from __future__ import annotations

from collections import Counter
from datetime import date
from io import BytesIO
from pathlib import Path

import pytest
from pypdf import PdfReader

from generator.engines import browser

IDEOGRAPHS = (
    "2026年10月31日、金曜の水力と火力。人口、土地、大小、女子、山、工場、心、戸籍、手文方木、父片牛玉生用田白目石示竹米糸羊羽老耳肉臣"
    "自至臼舌舟色虫血行衣西見角言谷豆貝赤走足車辛里長門阜雨青非面革音頁風飛食首香馬骨高鬼魚鳥鹿麻黄鼻龍亀斉歯麦一二八十入又止比毛氏爪"
)


def copied(folder: Path, text: str, *fonts: str, code: str = "ja") -> list[str]:
    """The text of each page of a PDF that Chromium makes of a text in some fonts, each on a page of its own."""
    page = folder / "page.html"
    pages = "".join(f"<p style='break-after: page; font: 12pt/1.5 {one}'>{text}</p>" for one in fonts)
    page.write_text(f"<!doctype html><html lang={code}><meta charset=utf-8><body>{pages}", encoding="utf-8")
    pdf = browser.print_pdf(browser.find_chromium(), page, day=date(2025, 6, 30))
    found = ["".join(one.extract_text().split()) for one in PdfReader(BytesIO(pdf), strict=True).pages]
    return [one for one in found if one]


@pytest.mark.parametrize(
    "text",
    [IDEOGRAPHS, "660億～720億ドル", "−3%〜2%", "一〇―二〇、…A–B", "グーグル・クラウド", "A—B…"],
    ids=["ideographs", "tilde", "wave dash", "bar", "middle dot", "dash"],
)
def test_the_characters_of_the_page_are_copied_in_each_font(tmp_path: Path, text: str) -> None:
    found = copied(tmp_path, text, '"Noto Serif CJK JP", serif', '"Noto Sans CJK JP", sans-serif')
    assert [Counter(one) for one in found] == [Counter(text)] * 2


@pytest.mark.parametrize("code", ["zh-Hans", "zh-Hant", "ko"])
def test_so_are_those_of_other_languages_with_ideographs(tmp_path: Path, code: str) -> None:
    text = {"zh-Hans": "西门大鱼长青食户黑", "zh-Hant": "西門大魚長青食戶黑", "ko": "2026년 10월 31일 大韓民國 日月火水木金土"}[
        code
    ]
    assert [Counter(one) for one in copied(tmp_path, text, "serif", code=code)] == [Counter("".join(text.split()))]

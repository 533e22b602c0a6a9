"""Tables in the encodings that offices and spreadsheets write are read where that is certain, and never misread."""

from __future__ import annotations

import pytest

from generator.tables.encodings import ENCODINGS, Decoded, Undecoded, conversion, decode

JAPANESE = '調査名：,住宅に関する調べ\r\n時点,面積　総数【ｋｍ２】\r\n2023年,"1,234.5"\r\n'
FEW_KANJI = "年,面積\n2023,5\n"
GERMAN = "Jahr,Fläche,Größe\n2023,5,6\n"
CHINESE = "年份,面积,说明\n2023,5,临时\n"

CERTAIN = [
    ("utf-8", "utf-8"),
    ("utf-8-sig", "utf-8"),
    ("utf-16", "utf-16"),
    ("utf-16-le", "utf-16le"),
    ("utf-16-be", "utf-16be"),
    ("utf-32", "utf-32"),
    ("cp932", "cp932"),
    ("euc_jp", "euc-jp"),
    ("iso2022_jp", "iso-2022-jp"),
]


@pytest.mark.parametrize(("codec", "name"), CERTAIN)
def test_japanese_is_recognised(codec: str, name: str) -> None:
    assert decode(JAPANESE.encode(codec)) == Decoded(JAPANESE.replace("\r\n", "\n"), name)


@pytest.mark.parametrize(
    ("text", "codec", "likely"),
    [
        (FEW_KANJI, "cp932", "cp932"),
        (GERMAN, "cp1252", "windows-1252"),
        (CHINESE, "gb18030", "gb18030"),
        ("год,площадь\n", "cp1251", "windows-1251"),
        ("год,площадь\n", "koi8_r", "koi8-r"),
    ],
)
def test_what_is_not_certain_is_told_and_read_when_declared(text: str, codec: str, likely: str) -> None:
    found = decode(text.encode(codec))
    assert isinstance(found, Undecoded)
    assert found.likely == likely
    assert decode(text.encode(codec), likely) == Decoded(text, likely)
    assert f"iconv -f {likely.upper()} " in conversion("data/series/x.csv", likely)


@pytest.mark.parametrize(
    "text", [JAPANESE, FEW_KANJI, GERMAN, CHINESE, "연도,면적\n2023,5\n", "année,prévision\n", "年,ﾒﾝｾｷ\n"]
)
@pytest.mark.parametrize("codec", sorted(set(ENCODINGS.values())))
def test_nothing_is_misread(text: str, codec: str) -> None:
    try:
        content = text.encode(codec)
    except UnicodeEncodeError:
        return
    found = decode(content)
    assert isinstance(found, Undecoded) or found.text == text.replace("\r\n", "\n")


@pytest.mark.parametrize("line_end", ["\n", "\r\n", "\r"])
def test_line_ends(line_end: str) -> None:
    assert decode(line_end.join(["a,b", "1,2", ""]).encode()) == Decoded("a,b\n1,2\n", "utf-8")


def test_a_declared_encoding_that_is_wrong_is_told_with_its_byte() -> None:
    assert decode(GERMAN.encode("cp1252"), "utf-8") == Undecoded(GERMAN.index("ä"))

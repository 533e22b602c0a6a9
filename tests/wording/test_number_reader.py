"""Numbers in running text, in the languages of ICU."""

from __future__ import annotations

from decimal import Decimal

import pytest

from generator.wording.number_reader import number_reader

HALVES = {"en-US": "half an?", "ja-JP": "半", "de-DE": "(?:eine )?halbe"}


@pytest.mark.parametrize(
    ("locale", "text", "numbers"),
    [
        ("ja-JP", "660億ドルから720億ドル", ["66e9", "72e9"]),
        ("ja-JP", "７２２億２０００万ドル", ["72.22e9"]),
        ("ja-JP", "1兆5000億円", ["1.5e12"]),
        ("ja-JP", "50万基のGPU", ["500e3"]),
        ("ja-JP", "5GWと５ＧＷ", ["5", "5"]),
        ("ja-JP", "22％増、3.5パーセント", ["0.22", "0.035"]),
        ("ja-JP", "七百億ドル", ["70e9"]),
        ("ja-JP", "二万三千人", ["23000"]),
        ("ja-JP", "1万2千人と3百万人", ["12000", "3e6"]),
        ("ja-JP", "一方で十分な", []),
        ("en-US", "$72 billion and 66-72 billion", ["72e9", "66e9", "72e9"]),
        ("en-US", "1,234,567.8 tons", ["1234567.8"]),
        ("en-US", "five million people", ["5e6"]),
        ("en-US", "ten thousand jobs", ["10e3"]),
        ("en-US", "half a million accelerators", ["500e3"]),
        ("en-US", "twenty-five percent of one hundred", ["0.25", "100"]),
        ("en-US", "one billion, and one more", ["1e9"]),
        ("en-US", "22%, 22 % and 22 percent", ["0.22", "0.22", "0.22"]),
        ("de-DE", "72 Milliarden Dollar, 1,5 Mio. Euro", ["72e9", "1.5e6"]),
        ("de-DE", "1.234.567,8 Tonnen", ["1234567.8"]),
        ("de-DE", "eine Million und eine halbe Million", ["1e6", "500e3"]),
        ("de-DE", "fünfundzwanzig Prozent", ["0.25"]),
        ("de-DE", "66 bis 72 Milliarden", ["66e9", "72e9"]),
        ("fr-FR", "2 500 000 euros, un milliard", ["2.5e6", "1e9"]),
        ("zh-CN", "722亿2000万美元，三百万", ["72.22e9", "3e6"]),
    ],
)
def test_numbers_are_read_in_every_language(locale: str, text: str, numbers: list[str]) -> None:
    read = number_reader(locale, HALVES.get(locale, "")).read(text)
    assert [found.number for found in read] == [Decimal(number) for number in numbers]

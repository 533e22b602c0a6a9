"""Numbers in running text, in the languages of ICU."""

from __future__ import annotations

from decimal import Decimal

import pytest

from generator.wording.number_reader import NO_WORDS, ReadingWords, number_reader

WORDS = {
    "en-US": ReadingWords(half="half an?", ranges=("to",), negative=r"\b(?:loss|deficit|negative)\b"),
    "ja-JP": ReadingWords(half="半", tenth="割", ranges=("から",), negative="赤字|損失|マイナス"),
    "de-DE": ReadingWords(half="(?:eine )?halbe", ranges=("bis",), negative="(?i)verlust"),
}


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
        ("tr-TR", "%12,3 ve yüzde 5", ["0.123", "0.05"]),
        ("eu-ES", "% 12,3", ["0.123"]),
        ("fa-IR", "۱۲٫۳٪", ["0.123"]),
        ("ar-EG", "١٢٫٣٪\u061c", ["0.123"]),
        ("ar", "12.3\u200e%\u200e", ["0.123"]),
        ("en-IN", "12,34,567 people", ["1234567"]),
        ("hi-IN", "12,34,567", ["1234567"]),
    ],
)
def test_numbers_are_read_in_every_language(locale: str, text: str, numbers: list[str]) -> None:
    read = number_reader(locale, WORDS.get(locale, NO_WORDS)).read(text)
    assert [found.number for found in read] == [Decimal(number) for number in numbers]


@pytest.mark.parametrize(
    ("locale", "text", "numbers"),
    [
        ("ja-JP", "営業利益は-5億円", ["-5e8"]),
        ("ja-JP", "営業利益は▲5億円", ["-5e8"]),
        ("ja-JP", "営業利益は△５億円", ["-5e8"]),
        ("ja-JP", "営業利益は－５億円", ["-5e8"]),
        ("ja-JP", "5億円の赤字", ["±5e8"]),
        ("ja-JP", "赤字は5億円", ["±5e8"]),
        ("ja-JP", "営業利益（500）", ["±500"]),
        ("ja-JP", "前年比▲3.5%", ["-0.035"]),
        ("ja-JP", "10億円-20億円", ["10e8", "±20e8"]),
        ("ja-JP", "三割、3割、二割から三割", ["0.3", "0.3", "0.2", "0.3"]),
        ("en-US", "profit was -$5 billion", ["-5e9"]),
        ("en-US", "profit was \u2212$5 billion", ["-5e9"]),
        ("en-US", "profit was $-5 billion", ["-5e9"]),
        ("en-US", "(500) and ($1,234)", ["±500", "±1234"]),
        ("en-US", "a loss of $5 million", ["±5e6"]),
        ("en-US", "GPT-5 and 66-72", ["5", "66", "72"]),
        ("en-US", "between -3 and 4", ["-3", "4"]),
        ("de-DE", "ein Verlust von 5 Millionen Euro", ["±5e6"]),
        ("sv-SE", "\u22125,5", ["-5.5"]),
    ],
)
def test_signs_of_numbers(locale: str, text: str, numbers: list[str]) -> None:
    read = number_reader(locale, WORDS.get(locale, NO_WORDS)).read(text)
    assert [("±" if one.sign == 0 else "", one.number * (one.sign or 1)) for one in read] == [
        ("±" if number.startswith("±") else "", Decimal(number.removeprefix("±"))) for number in numbers
    ]


@pytest.mark.parametrize(
    ("locale", "text", "numbers"),
    [
        # abbreviations, with and beside money
        ("en-US", "$0.5bn, £3m and ¥1.2tn", ["0.5e9", "3e6", "1.2e12"]),
        ("en-US", "US$5 billion, EUR 3m, A$3.4bn", ["5e9", "3e6", "3.4e9"]),
        ("en-US", "$45K, $2.5trn, $3 mln, $500mn", ["45e3", "2.5e12", "3e6", "500e6"]),
        ("en-US", "£3-4m and $3m to $5m", ["3e6", "4e6", "3e6", "5e6"]),
        ("en-US", "from $66 to $72 billion", ["66e9", "72e9"]),
        ("en-GB", "12 crore and 3 lakh, Rs 1.5 lakh crore", ["12e7", "3e5", "1.5e12"]),
        ("en-US", "a 100m race, 5m tall, 3 k, 12 MW, 5 t", ["100", "5", "3", "12", "5"]),
        ("en-US", "IBM 3m long and 2024 models", ["3", "2024"]),
        ("de-DE", "€1,5 Mrd., 1.5 Mio. Euro, 3 Tsd. Stück", ["1.5e9", "1.5e6", "3e3"]),
        ("de-DE", "1.500 Mio. Euro, 1.500 Euro, €1.50", ["1.5e9", "1500", "1.50"]),
        ("de-DE", "am 1.5. und am 1.12.2024", ["1", "5", "1", "12", "2024"]),
        ("de-DE", "30 T€", ["30e3"]),
        ("fr-FR", "2,5 Md€, 1,5 Mds d’euros, 3 M€, 12,3 k€", ["2.5e9", "1.5e9", "3e6", "12.3e3"]),
        ("hi-IN", "1.5 लाख करोड़, 12 करोड़", ["1.5e12", "12e7"]),
        ("ja-JP", "2兆3千億円、3千5百万円、1億2千5百万円", ["2.3e12", "35e6", "1.25e8"]),
        ("ja-JP", "3千500万円、3千人", ["35e6", "3000"]),
        # percent, and what is no percent
        ("en-US", "5 per cent, 5 pct, 3.2\u2030", ["0.05", "0.05", "0.0032"]),
        ("en-US", "5 percentage points, 5 percent", ["5", "0.05"]),
        ("de-DE", "5,3 v. H., 5 Prozentpunkte, 3.2 %", ["0.053", "5", "0.032"]),
        ("fr-FR", "5 pour cent, 2 points", ["0.05", "2"]),
        ("ja-JP", "3.2ポイント、3％ポイント、3パーセントポイント、3％増", ["3.2", "3", "3", "0.03"]),
        # shares
        ("ja-JP", "三割五分、3割5分2厘、三割、3割", ["0.35", "0.352", "0.3", "0.3"]),
        ("ja-JP", "１０分の３、四分の一、15分で", ["0.3", "0.25", "15"]),
        ("zh-CN", "三成，百分之五，四分之三", ["0.3", "0.05", "0.75"]),
        ("ko-KR", "3할 5푼, 10분의 3", ["0.35", "0.3"]),
        ("en-US", "three-quarters of it, one fifth, the third quarter", ["0.75", "0.2"]),
        ("de-DE", "drei Viertel, ein Fünftel", ["0.75", "0.2"]),
        ("fr-FR", "trois quarts, un cinquième", ["0.75", "0.2"]),
    ],
)
def test_what_people_write_beside_numbers(locale: str, text: str, numbers: list[str]) -> None:
    read = number_reader(locale, WORDS.get(locale, NO_WORDS)).read(text)
    assert [found.number for found in read] == [Decimal(number) for number in numbers]


@pytest.mark.parametrize(
    ("locale", "text", "numbers"),
    [
        ("en-US", "$(500) million and ($0.5bn)", ["±500e6", "±0.5e9"]),
        ("en-US", "(3.2)% and (3.2%)", ["±0.032", "±0.032"]),
        ("en-US", "was \u2013$500 million", ["-500e6"]),
        ("en-US", "\u20135% then 2\u20133%", ["-0.05", "0.02", "0.03"]),
        ("en-US", "profit \u2013 5 million", ["±5e6"]),
        ("en-US", "2020\u20132024, 66 billion\u201372 billion", ["2020", "2024", "66e9", "72e9"]),
        ("de-DE", "\u20135 Mio. Euro", ["-5e6"]),
        ("ja-JP", "▲３．２％と▼5億円", ["-0.032", "-5e8"]),
        ("ja-JP", "５億円の赤字", ["±5e8"]),
    ],
)
def test_signs_in_print(locale: str, text: str, numbers: list[str]) -> None:
    read = number_reader(locale, WORDS.get(locale, NO_WORDS)).read(text)
    assert [("±" if one.sign == 0 else "", one.number * (one.sign or 1)) for one in read] == [
        ("±" if number.startswith("±") else "", Decimal(number.removeprefix("±"))) for number in numbers
    ]

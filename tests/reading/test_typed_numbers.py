"""What the number lock takes for a quantity, sentence by sentence, and what it leaves alone."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from generator.reading.draft import read_draft
from generator.reading.outline import read_outline
from generator.reading.typed_numbers import PLACEHOLDER, find_typed_numbers, main_scripts

_REPORT = {one.code: one.words["lock.spelled"] for one in read_draft(Path(__file__).parents[2])[0].languages}
# German as a report might spell it: words for small numbers, scales, parts; eins and its kin are articles, erste an order.
_GERMAN = (
    r"(?i)\b(?:(?:hundert|tausend)e?n?|million(?:en)?|milliarden?|billion(?:en)?|dutzend(?:e|en)?|zwei|drei|vier|fünf|sechs|sieben"
    r"|acht(?!ung)|neun|zehn|elf|zwölf|\w+zehn|\w*(?:zwan|drei|vier|fünf|sech|sieb|acht|neun)[zß]ig|\w+tel(?= (?:der|des|von)\b)"
    r"|drittel|(?<!erste )(?<!zweite )hälfte|halb(?:e|en|er)?(?= (?:million|milliarde|dutzend|jahr))|doppelt|verdoppelt\w*"
    r"|verdreifacht\w*|\w+fach(?=e|es|en|er|\b)(?<!einfach)(?<!mehrfach)(?<!vielfach))\b"
)
SPELLED = {code: re.compile(pattern) for code, pattern in {**_REPORT, "de": _GERMAN}.items()}

SENTENCES = {
    "en": [
        ("It cost $72 billion.", ["72 billion"]),
        ("It cost US$72bn, or €1.5m.", ["72", "1.5"]),
        ("It grew 22%, by 3.5 percentage points.", ["22", "3.5"]),
        ("Between 66 and 72 billion, or 66–72 billion.", ["66", "72 billion", "66–72 billion"]),
        ("On 2025-08-30, at 10:30, in Q2 and in 2025.", ["2025-08-30", "10:30", "2", "2025"]),
        ("The 1990s and the 21st century.", ["1990", "21"]),
        ("The twenty-first century.", []),
        ("Llama 4 runs on GB200 and H100s.", ["4", "200", "100"]),
        ("About two thirds of it; two-thirds.", ["two thirds", "two-thirds"]),
        ("A third of the staff, but a third party and a third reactor.", ["third"]),
        ("It fell by a third; one third remains.", ["third", "one third"]),
        ("The first time, the second phase, the third phase.", []),
        ("One of the largest; on the one hand; no one; one another.", []),
        ("It is a one-off, a single site, the only one.", []),
        ("One million people and a billion dollars.", ["million", "billion"]),
        ("Half of it, half a million, half a dozen.", ["Half", "half a million", "half a dozen"]),
        ("The first half of the year and the second half.", []),
        ("It was half-hearted and went halfway.", []),
        ("A dozen engineers, dozens of models.", ["dozen", "dozens"]),
        ("Hundreds of billions; tens of gigawatts; billions.", ["Hundreds of billions", "tens", "billions"]),
        ("Twice as much, thrice, tenfold, double the sum.", ["Twice", "thrice", "tenfold", "double"]),
        ("It doubled, tripled, then quadrupled and halved.", ["doubled", "tripled", "quadrupled", "halved"]),
        ("Double standards and double-edged swords.", []),
        ("A quarter of sales in the last quarter.", ["quarter of"]),
        ("Twenty-five percent of one hundred.", ["Twenty-five", "hundred"]),
        ("A two-person team on a four-year term.", ["two", "four"]),
        ("Someone often ate the freight; weight and height; tenants.", []),
        ("Billionaires and millionaires.", []),
        ("Several sites, a few weeks, many, most, both.", []),
    ],
    "ja": [
        ("費用は720億ドル、電力は５ＧＷだ。", ["720", "５"]),
        ("費用は七百億ドルを超える。", ["七百億ドル"]),
        ("一億ドル、一兆円、一万人、一割。", ["一億ドル", "一兆円", "一万人", "一割"]),
        ("３割、三割強、五割増。", ["３", "三割", "五割"]),
        ("22％増、2倍、二倍、千倍。", ["22", "2", "二倍", "千倍"]),
        ("66億～72億ドル。", ["66", "72"]),
        ("2025年8月30日の発表。", ["2025年8月30"]),
        ("二〇二五年八月三十日。", ["二〇二五年八月三十日"]),
        ("八月と十二月。", ["八月", "十二月"]),
        ("一方、第三者の検証は一部にとどまる。", []),
        ("二人三脚で進めるのは一人ではない。", []),
        ("一つの拠点、一社、一年、一度、一段と。", []),
        ("一般に一致した一因、唯一、統一、一連、一層。", []),
        ("二つの拠点と三社。", ["二つ", "三社"]),
        ("三つ子、八つ当たり、二つ返事。", []),
        ("費用は数十億ドル、数千人、何百万もの人。", ["数十億ドル", "数千人", "何百万"]),
        ("人数十人、件数百件。", ["十人", "百件"]),
        ("数社が数年、数倍、何倍も。", []),
        ("十数社が参加した。", ["十数社"]),
        ("三分の一、三分の二。", ["三分の一", "三分の二"]),
        ("半分、半数、半減、半年。", ["半分", "半数", "半減", "半年"]),
        ("過半数、上半期、半導体、半信半疑。", []),
        ("倍増し、ほぼ倍になった。", ["倍増", "倍に"]),
        ("人一倍、何倍にも。", []),
        ("四半期、上四半期、第二四半期。", []),
        ("第一に、第二に、第三の波。", []),
        ("十分、不十分、百貨店、千葉、万全、億万長者。", []),
        ("二酸化炭素、二重計上、二者択一、二極化。", []),
        ("四国、九州、三菱、三井、六本木、八百屋。", []),
        ("二度あったが、二度とない。", ["二度"]),
        ("二桁の伸び、桁違い。", ["二桁"]),
        ("五百万世帯と二基の原子炉、三台。", ["五百万世帯", "二基", "三台"]),
        ("三日で仕上げ、三日坊主、二日酔い。", ["三日"]),
        ("二次元と三次元、三位一体、十人十色。", []),
        ("五ギガワットと１００メガワット。", ["五ギガワット", "１００"]),
        ("万一、世界一、一石二鳥、四苦八苦。", []),
        ("Llama 4と「GB200」。", ["4", "200"]),
    ],
    "de": [
        ("Das kostet 72 Milliarden Dollar.", ["72 Milliarden"]),
        ("Das kostet 1.234,5 Mio. Euro.", ["1.234,5"]),
        ("Eine halbe Million Lampen, ein Dutzend Seen.", ["halbe Million", "Dutzend"]),
        ("Zwei Drittel der Seen, ein Fünftel der Fläche.", ["Zwei Drittel", "Fünftel"]),
        ("Erstens, zweitens; der erste, der dritte.", []),
        ("Einer der größten; ein See; einfach, mehrfach.", []),
        ("Dreifach so viel; es verdoppelte sich.", ["Dreifach", "verdoppelte"]),
        ("Die erste Hälfte; die Hälfte der Seen.", ["Hälfte"]),
        ("Achtung, Achtsamkeit, zweifeln, Vierwaldstättersee.", []),
        ("Fünfundzwanzig Prozent.", ["Fünfundzwanzig"]),
        ("Am 30. August 2025.", ["30", "2025"]),
    ],
}


@pytest.mark.parametrize(
    ("code", "text", "expected"),
    [pytest.param(code, *row, id=f"{code}: {row[0]}") for code, rows in SENTENCES.items() for row in rows],
)
def test_typed_numbers_in_sentences(code: str, text: str, expected: list[str]) -> None:
    assert [found for found, _ in find_typed_numbers(text, [SPELLED[code]])] == expected


def test_enough_sentences_of_each_kind() -> None:
    assert sum(map(len, SENTENCES.values())) >= 60


PAGES = [
    # lists
    ("1. One\n2. Two\n\n   more of it\n\n3. Three\n", []),
    ("- 5 lakes\n- 6 dams\n", ["5", "6"]),
    ("- one\n  1. nested\n  2. nested\n", []),
    ("> 1. quoted\n> 2. quoted\n", []),
    ("## Lakes { #l }\n1. at once\n", []),
    ("There were\n72. Then more.\n", ["72"]),
    ("1. A long item\nof lines with 12 words\n2. another\n", ["12"]),
    ("{{ figure('x') }}\n1. below\n", []),
    ("2025. A year begins a paragraph.\n", ["2025"]),
    # links
    ("[survey](https://survey.example/2025 'Table 3')", ["3"]),
    ("[survey](https://survey.example/lakes_(2025)), 7 lakes", ["7"]),
    ("[survey](<a b 5.md>)", []),
    ("[5 lakes](lakes.md)", ["5"]),
    ("[survey][2025]\n\n[2025]: https://survey.example/5\n", []),
    ("A note[^3].\n\n[^3]: It has 4 words.\n", ["4"]),
    ("see ({{ period('2025') }}, 5)", ["5"]),
    ("[x]({{ x }}/5.md) and 6", ["6"]),
    # code
    ("`meta_q2_2025`, `utf-8`, `sha256`", []),
    ("`72 billion`", ["72"]),
    ("``a ` 5``", ["5"]),
    ('```html\n<iframe width="100%" height="480"></iframe>\n```\n', []),
    ("```yaml hl_lines='2 3' title='Table 4'\nvalue_2: 66e9\n```\n", ["4", "66"]),
    ("~~~\ncapex_2025\n~~~\n5 lakes\n", ["5"]),
    # HTML
    ('<td colspan="2" data-n="3" class="w-4">5</td>', ["5"]),
    ('<img\n  src="5.png"\n  alt="Map of 6 lakes"\n  width="7">', ["6"]),
    ('<a title="Table 8" href="9">x</a>', ["8"]),
    ('<svg viewBox="0 0 24 24"><path d="M3 4"/></svg>', []),
    ("a < 5 and 6 > b", ["5", "6"]),
    ("{ .w2 #x-3 data-n=4 }", []),
    ("![Map](m.svg){ width=300 alt='Map 5' }", ["5"]),
    ("{costs 72.5 billion}", ["72.5"]),
    (":octicons-heart-fill-24: and :material-numeric-2-box:", []),
    ("<!-- 72 billion -->", []),
    ("a&#160;b&nbsp;c", []),
    # tables, admonitions, heads
    ("| a | b |\n|---|--:|\n| 5 | x |\n", ["5"]),
    ("!!! note 'Table 5'\n    1. item\n", ["5"]),
    ("---\ntitle: Lakes of 2025\nicon: numeric-2\nsearch:\n  boost: 2\ndescription: 3 lakes\n---\n\n# Lakes\n", ["2025", "3"]),
    # tags
    ("{{ '5 lakes' }} {{ 6 }} {% set x = '7 dams' %} {% set y = 8 %}", ["5", "6", "7", "8"]),
    ("{% if count('facts') > 2 %}{{ rows[0] }} {{ rows['2025'] }} {{ x | round(2) }}{% endif %}", []),
    ("{{ fact_table(['lake_4'], caption='The 4 lakes') }} {{ fact('a', digits=3) }}", ["4"]),
    ("{{ literal('72 billion', reason='two words') }} {{ period('2025') }} {{ name('gb200') }}", []),
    ("{{ t('lakes') | replace('{0}', n) }} {# 5 lakes #}", []),
]


@pytest.mark.parametrize(("source", "expected"), PAGES)
def test_numbers_in_the_structure_of_a_page_do_not_count(source: str, expected: list[str]) -> None:
    outline = read_outline("page.md.j2", "page", "en", source)
    found = sorted(outline.typed_numbers([]), key=lambda one: one[1])
    assert [text for text, _ in found] == expected
    lines = source.splitlines()
    assert all(lines[span.line - 1][span.column - 1 :].startswith(text) for text, span in found)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("3. lake", ["3"]),  # a label is no list
        (f"{PLACEHOLDER * 9} billion", ["billion"]),
        (f"72{PLACEHOLDER * 5}billion", ["72", "billion"]),
        ("[survey](https://survey.example/2025)", []),
    ],
)
def test_a_line_of_prose_has_no_blocks(text: str, expected: list[str]) -> None:
    assert [found for found, _ in find_typed_numbers(text, [SPELLED["en"]])] == expected


def test_scripts_of_texts() -> None:
    assert main_scripts(["Not found", "(CSV)"]) == {"LATIN"}
    assert main_scripts(["見出し", "ページが見つからない", "CSV"]) >= {"CJK", "HIRAGANA"}
    assert not main_scripts(["الصفحة"]) & main_scripts(["page"])
    assert main_scripts(["12 %"]) == frozenset()

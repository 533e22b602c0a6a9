"""What a template says before it is rendered: headings, calls, and numbers that were typed."""

from __future__ import annotations

import re

import pytest

from generator.reading.outline import read_outline
from generator.reading.typed_numbers import find_typed_numbers

ENGLISH = re.compile(r"\b(two|three|seventy|billion|million|thirds?|twice)\b", re.IGNORECASE)
JAPANESE = re.compile(r"[二三四五六七八九十百千]+(?:億|万)?(?:ドル|基|倍)")


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("# Lakes { #top }", [(1, "top", 1, 16)]),
        ("# Lakes {#top}", [(1, "top", 1, 14)]),
        ("# Lakes { #top .wide }", [(1, "top", 1, 22)]),
        ("# Lakes", [(1, "", 1, 7)]),
        ("text\n\n## Money { #money-2 }  \n\ntext", [(2, "money-2", 3, 23)]),
        ("# A { #a }\n### C { #c }\n## B { #b }", [(1, "a", 1, 10), (3, "c", 2, 12), (2, "b", 3, 11)]),
        ("# 湖 { #top }", [(1, "top", 1, 12)]),
        ("####### seven", []),
        ("#hash", []),
        ("in a line # no", []),
    ],
)
def test_headings(source: str, expected: list[tuple[int, str, int, int]]) -> None:
    outline = read_outline("page.md.j2", "index", "en", source)
    found = [(one.level, one.anchor, one.span.line, one.span.length) for one in outline.headings]
    assert found == expected


@pytest.mark.parametrize(
    ("source", "name", "texts", "options", "place"),
    [
        ('{{ fact("a") }}', "fact", ["a"], {}, (1, 4, 9)),
        ("{{ fact('a') }}", "fact", ["a"], {}, (1, 4, 9)),
        ('{{fact("a")}}', "fact", ["a"], {}, (1, 3, 9)),
        ('It is {{ fact("a", style="growth", digits=2) }}.', "fact", ["a"], {"style": "growth", "digits": "2"}, (1, 10, 35)),
        ('\n\n  {{ fact("a") }}', "fact", ["a"], {}, (3, 6, 9)),
        ('{{ fact_table(["a", "b"], caption="C") }}', "fact_table", ["a", "b"], {"caption": "C"}, (1, 4, 35)),
        ('{{ fact_table(keys=["a", "b"]) }}', "fact_table", ["a", "b"], {}, (1, 4, 27)),
        ('{{ fact_table(\n  ["a",\n   "b"]\n) }}', "fact_table", ["a", "b"], {}, (1, 4, 29)),
        ('{{ fact_table(topic="costs") }}', "fact_table", [], {"topic": "costs"}, (1, 4, 25)),
        ('{{ literal("a, b=c (d)", reason="x=y") }}', "literal", ["a, b=c (d)"], {"reason": "x=y"}, (1, 4, 35)),
        ('{{ literal("it\'s", reason="so") }}', "literal", ["it's"], {"reason": "so"}, (1, 4, 28)),
        ("{{ timeline() }}", "timeline", [], {}, (1, 4, 10)),
        ('{% if count("facts", status="observed") %}', "count", ["facts"], {"status": "observed"}, (1, 7, 33)),
        ("{{ events_table(after_article=true) }}", "events_table", [], {"after_article": "true"}, (1, 4, 32)),
        ('湖は{{ fact("a") }}', "fact", ["a"], {}, (1, 6, 9)),
    ],
)
def test_calls(source: str, name: str, texts: list[str], options: dict[str, str], place: tuple[int, int, int]) -> None:
    (call,) = read_outline("page.md.j2", "index", "en", source).calls
    assert (call.name, list(call.texts), dict(call.options)) == (name, texts, options)
    assert (call.span.line, call.span.column, call.span.length) == place


def test_every_text_of_a_call_has_its_place() -> None:
    (call,) = read_outline("page.md.j2", "index", "en", '{{ fact_table(["area",\n  "cost"], topic="lakes") }}').calls
    assert [(one.line, one.column, one.length) for one in call.text_spans] == [(1, 17, 4), (2, 4, 4)]
    assert [(one.line, one.column, one.length) for one in call.option_spans] == [(2, 19, 5)]


@pytest.mark.parametrize(
    "source",
    [
        "no tags (at all)",
        '{# fact("a") #}',
        "{{ loop.cycle('a', 'b') }}",
        "{{ word|upper() }}",
        "{{ word | upper() }}",
        '{{ "fact(a)" }}',
        "{% for one in (1, 2) %}",
    ],
)
def test_no_calls(source: str) -> None:
    assert read_outline("page.md.j2", "index", "en", source).calls == ()


@pytest.mark.parametrize(
    ("call", "uses"),
    [
        ('fact("a", style="growth", digits=2)', [("fact", "a")]),
        ('fact_table(["a", "b"], caption="C")', [("fact_table", "a"), ("fact_table", "b")]),
        ('claims_table(section="costs")', [("claims_table", "section=costs")]),
        ("timeline()", [("timeline", "")]),
    ],
)
def test_what_a_call_shows(call: str, uses: list[tuple[str, str]]) -> None:
    (found,) = read_outline("page.md.j2", "index", "en", f"{{{{ {call} }}}}").calls
    assert list(found.uses) == uses


def test_links_to_other_sites() -> None:
    source = "# A { #a }\n[x](https://x.example/(1)) [y](y.md)\n# B { #b }\n<https://z.example/> [w]( http://w.example 'W')\n"
    outline = read_outline("page.md.j2", "index", "en", source)
    assert [(one.url, one.section, one.span.line, one.span.column) for one in outline.links] == [
        ("https://x.example/(1)", "a", 2, 5),
        ("https://z.example/", "b", 4, 2),
        ("http://w.example", "b", 4, 27),
    ]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("It cost $72 billion.", [("72 billion", 9)]),
        ("費用は720億ドルだ。", [("720", 3)]),
        ("電力は５ＧＷだ。", [("５", 3)]),
        ("費用は七百億ドルだ。", [("七百億ドル", 3)]),
        ("about two thirds of it", [("two thirds", 6)]),
        ("two-thirds", [("two-thirds", 0)]),
        ("Seventy million", [("Seventy million", 0)]),
        ("1,234.5 and 6", [("1,234.5", 0), ("6", 12)]),
        ("from 66–72 billion", [("66–72 billion", 5)]),
        ("on 2025-08-30 at 10:30", [("2025-08-30", 3), ("10:30", 17)]),
        ("2025年8月30日に", [("2025年8月30", 0)]),
        ("½ of it", [("½", 0)]),
        ("up 22%", [("22", 3)]),
        ("in Q2", [("2", 4)]),
        ("billion by billion", [("billion", 0), ("billion", 11)]),
        ("two, three", [("two", 0), ("three", 5)]),
        ("**72**", [("72", 2)]),
        ("| 72 | two |", [("72", 2), ("two", 7)]),
        ("nothing here", []),
        ("", []),
    ],
)
def test_typed_numbers(text: str, expected: list[tuple[str, int]]) -> None:
    pattern = re.compile(f"{ENGLISH.pattern}|{JAPANESE.pattern}", re.IGNORECASE)
    assert list(find_typed_numbers(text, [pattern])) == expected


def test_without_patterns_only_digits_are_found() -> None:
    assert list(find_typed_numbers("72 billion", [])) == [("72", 0)]


@pytest.mark.parametrize(
    "text",
    [
        "## Second quarter { #q2-2025 }",
        "![Map](map.svg){ width=300 .wide2 }",
        "[survey](https://survey.example/2025/table-3)",
        "[survey](../2025.md#top-2)",
        '[survey](2025.md "Table")',
        "see https://survey.example/2025?table=3",
        "<https://survey.example/2025>",
        "surveyed[^2]",
        '<img width="300" height="200">',
        "<!-- 72 billion\nor two -->",
        "1. first\n2. second\n  3. inner",
        "1) first",
        "a&#160;b&frac12;c",
        "{{ fact('area_2025') }}",
        "{{ literal('72 billion', reason='two') }}",
        "{% if count('facts') > 2 %}",
        "{# 72 billion #}",
        "{{ name('r2d2') }}",
    ],
)
def test_texts_without_typed_numbers(text: str) -> None:
    assert list(read_outline("page.md.j2", "index", "en", text).typed_numbers([ENGLISH])) == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("5 < 6 and 7 > 2", ["5", "6", "7", "2"]),
        ("詳細はhttps://survey.example/。売上は720億ドル", ["720"]),
        ("It has 2. Then 3.", ["2", "3"]),
        ("1.5 times", ["1.5"]),
    ],
)
def test_typed_numbers_within_markup(text: str, expected: list[str]) -> None:
    assert [found for found, _ in find_typed_numbers(text, [ENGLISH])] == expected


def test_typed_numbers_have_a_place() -> None:
    source = """---
title: Lakes
---
# Lakes { #top-1 }

It cost {{ fact("a") }} of $72 billion.
費用は{{ fact("a") }}、720億ドル。
電力は５ＧＷ。
七百億ドルを超えた。
Now two thirds.
"""
    pattern = re.compile(f"{ENGLISH.pattern}|{JAPANESE.pattern}")
    found = read_outline("page.md.j2", "index", "en", source).typed_numbers([pattern])
    assert [(text, span.line, span.column, span.length) for text, span in found] == [
        ("72 billion", 6, 29, 10),
        ("720", 7, 20, 3),
        ("５", 8, 4, 1),
        ("七百億ドル", 9, 1, 5),
        ("two thirds", 10, 5, 10),
    ]

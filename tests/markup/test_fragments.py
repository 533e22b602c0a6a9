"""Finished HTML in Markdown: what is taken out, what stays for the engine, and that all of it comes back."""

from __future__ import annotations

import re

import markdown
import pytest

from generator.exports.print_edition import EXTENSIONS
from generator.markup import fragments
from generator.markup.fragments import put_back, put_back_links, put_back_words, take_out
from generator.markup.to_markdown import html_to_markdown, joined_blocks, page_to_markdown

LINK = '<a class="fl-n" href="facts/dam/" data-fact="dam">70 km</a>'
TABLE = '<table class="fl-table">\n<tr><td>One</td><td>2</td></tr>\n</table>'


@pytest.mark.parametrize(
    ("text", "taken"),
    [
        (f"The dam is {LINK} long, or {LINK}.", [LINK, LINK]),
        (f"- {LINK}\n", [LINK]),
        (f"{TABLE}\n\nText {LINK}", [TABLE, LINK]),
        (f"Text\n\n{TABLE}\n", [TABLE]),
        (f"---\ntitle: A\n---\n{TABLE}\n", [TABLE]),
        (f"---\ntitle: A\n---\n\n{TABLE}\n", [TABLE]),
        (f"<div>\n<div>{LINK}</div>\n</div>", [f"<div>\n<div>{LINK}</div>\n</div>"]),
    ],
)
def test_links_and_blocks_are_taken_out(text: str, taken: list[str]) -> None:
    without, fragments = take_out(text)
    assert fragments == taken
    assert all(fragment not in without for fragment in fragments)
    assert (
        put_back(without.replace("<div>\U0010ff10", "\U0010ff10").replace("\U0010ff11</div>", "\U0010ff11"), fragments) == text
    )


@pytest.mark.parametrize(
    "text",
    [
        f"## The dam of {LINK}",
        f"The dam of {LINK}\n------",
        f"```\n{LINK}\n{TABLE}\n```",
        f"Text\n{TABLE.replace('fl-', '')}\n",
        "<div>\n<h2>Title</h2>\n</div>",
        '<div markdown="1">\n*Text*\n</div>',
        "<div>\n<div>\n</div>",
        '<a href="https://example.org/">elsewhere</a>',
    ],
    ids=["heading", "underlined", "code", "in a paragraph", "heading in it", "markdown in it", "unbalanced", "other link"],
)
def test_what_an_engine_has_to_see_stays(text: str) -> None:
    assert take_out(text) == (text, [])


@pytest.mark.parametrize(
    "text",
    [
        f"# Title\n\nText {LINK}, **{LINK}**, *a {LINK}*, `code`.\n\n{TABLE}\n\n- one {LINK}\n- two\n\n{TABLE}\n",
        f"| A | B |\n|---|---|\n| {LINK} | 2 |\n\n!!! note\n    In it {LINK}\n\nTerm\n:   {LINK}\n\nText[^1]\n\n[^1]: {LINK}\n",
        f"{TABLE}\n{TABLE}\n\n{TABLE}",
    ],
)
def test_the_html_is_the_same_as_of_the_whole_markdown(text: str) -> None:
    without, fragments = take_out(text)
    assert fragments
    assert put_back(markdown.markdown(without, extensions=EXTENSIONS), fragments) == markdown.markdown(
        text, extensions=EXTENSIONS
    )


@pytest.mark.parametrize("forged", ["\U0010ff107\U0010ff11", f"\U0010ff10{'9' * 400}\U0010ff11", "\U0010ff100\U0010ff11"])
def test_a_token_that_an_author_writes_brings_nothing_in(forged: str) -> None:
    without, fragments = take_out(f"{forged} and {LINK}")
    assert put_back(without, fragments) == f"{forged.strip(chr(0x10FF10) + chr(0x10FF11))} and {LINK}"
    assert put_back(forged[:-1] + "8\U0010ff11", []) == ""


def test_a_search_finds_the_words_of_fragments() -> None:
    hidden = "<p>Seen<span data-search-exclude> (hidden)</span> &lt;x&gt;</p>"
    without, fragments = take_out(f"Long: {LINK}\n\n{TABLE}\n\n{hidden}")
    text = put_back_words(without.replace("<div>", "").replace("</div>", ""), fragments)
    assert " ".join(text.split()) == "Long: 70 km One 2 Seen &lt;x&gt;"


@pytest.mark.parametrize(
    ("fragment", "rows"),
    [
        (
            "<table><tr><td>1</td></tr>\n<tr class='a'><td>2</td></tr></table>",
            ["<tr><td>1</td></tr>", "<tr class='a'><td>2</td></tr>"],
        ),
        ("<ol><li>a<ul><li>b</li></ul></li><li>c</li></ol>", ["<li>a<ul><li>b</li></ul></li>", "<li>c</li>"]),
        ("<table><tr><td><ul><li>a</li></ul></td></tr></table>", ["<tr><td><ul><li>a</li></ul></td></tr>"]),
        ("<table><tr><td><table><tr></tr></table></td></tr></table>", ["<tr><td><table><tr></tr></table></td></tr>"]),
        ("<ul><li>a<li>b</ul>", []),
        ("<ul></li><li></li></ul>", []),
        ("<p>no <track>row</p><link>", []),
    ],
)
def test_rows_are_taken_out_as_a_whole(fragment: str, rows: list[str]) -> None:
    rest, taken = fragments.take_out_rows(fragment)
    assert taken == rows
    tokens = [text for text in re.split("<[^>]*>", rest) if fragments.row_number(text) is not None]
    assert [fragments.row_number(token) for token in tokens] == [*range(len(rows))]
    for token, row in zip(tokens, rows, strict=True):
        rest = re.sub(rf"<(tr|li)>(?:<td>)?{token}</\1>", row, rest)
    assert rest == fragment


def a_page(value: int) -> str:
    link = f'<a class="fl-n" href="../facts/dam/">{value} *km*</a>'
    rows = "".join(f"<tr{' hidden' if not number % 7 else ''}><td>{number}</td><td>{link}</td></tr>\n" for number in range(20))
    items = "".join(f'<li id="a{number}">\n<p>At {number}</p>\n<ul><li>{link}</li></ul>\n</li>\n' for number in range(5))
    return (
        f"# Dams\n\nThe dam is {link} long.\n\n<table>\n<thead><tr><th>No</th><th>a|b</th></tr></thead>\n{rows}</table>\n\n"
        f'<ol class="fl-timeline">\n{items}<li class="fl-hidden">no</li>\n<li></li>\n</ol>\n\n- one {link}\n\n<div class="fl-wrap">'
        f'\n<form><p>no</p></form></div>\n\n<p>{link}</p>\n\n<div class="fl-note" markdown="1">\n\n<div>in {link}</div>\n\n</div>\n'
    )


def test_a_page_in_pieces_becomes_the_same_markdown_as_the_whole() -> None:
    known: dict[str, list[str]] = {}
    for value in (70, 71, 70):
        text, taken = take_out(a_page(value))
        html = markdown.markdown(text, extensions=list(EXTENSIONS))
        expected = html_to_markdown(
            put_back(html, taken), address="https://lakes.example/en/x/", skipped=frozenset({"fl-hidden"})
        )
        tokens = put_back_links(html, taken)
        for remembered in ({}, known):
            blocks, known = page_to_markdown(
                tokens,
                taken,
                remembered,
                address="https://lakes.example/en/x/",
                skipped=frozenset({"fl-hidden"}),
                hashed=str.swapcase,
            )
            assert joined_blocks(blocks) == expected
        assert f"{value} \\*km\\*" in expected
        assert len(known) > 20

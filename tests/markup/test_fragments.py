"""Finished HTML in Markdown: what is taken out, what stays for the engine, and that all of it comes back."""

from __future__ import annotations

import markdown
import pytest

from generator.exports.print_edition import EXTENSIONS
from generator.markup.fragments import put_back, put_back_words, take_out

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

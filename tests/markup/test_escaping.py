"""Plain texts in other formats: what was written comes out again, and nothing of it is markup."""

from __future__ import annotations

import json
import re
from html import escape, unescape

import markdown
import pytest

from generator.exports.print_edition import EXTENSIONS
from generator.markup.escaping import escape_markdown, font_list, protect, restore

TEXTS = (
    "[x](javascript:a)",
    "![x](https://other.example/x.png) `c` *e* **b** __u__ _i_",
    "# heading",
    "+ item",
    "- item",
    "1. item",
    "> quoted",
    "a <b> & c",
    r"\\*x \\_y",
    "[^1]: note",
    "*[HTML]: x",
    "{: .x }",
    "{ #id .c onclick=x }",
    "a | b",
    "~~~ x",
    "```x",
    "!!! note",
    "<https://x.example>",
    "&lt; &amp;copy; &#42;",
    ": definition",
    "[TOC]",
    "snake_case and _emphasis_",
    "x\n---\n",
    "x\n\n# heading\n\n    code",
)
PLACES = ("{}", "before {} after", "# {} {{ #id }}", "- {}", "| a |\n|---|\n| {} |", "*x* {}", '<a href="x">{}</a>')


@pytest.mark.parametrize("place", PLACES)
@pytest.mark.parametrize("text", TEXTS)
def test_markdown_shows_a_text_as_written(text: str, place: str) -> None:
    html = markdown.markdown(place.format(escape_markdown(escape(text))), extensions=list(EXTENSIONS))
    shown = " ".join(unescape(re.sub(r"<[^>]*>", "", html)).split())
    assert " ".join(text.split()) in shown


@pytest.mark.parametrize("text", ["<script>run()</script>", "R&D \"quoted\" 'quoted'", "plain", "\U0010ff00x"])
def test_a_protected_text_passes_through_an_engine(text: str) -> None:
    protected = protect(text)
    assert not set("<>&\"'") & set(protected)
    assert unescape(restore(f"<p>{protected}</p>")) == f"<p>{text}</p>".replace("\U0010ff00", "\ufffd")
    in_json = restore(f'<script type="application/json">{json.dumps(protected)}</script>')
    assert json.loads(in_json.partition(">")[2].rpartition("<")[0]) == text.replace("\U0010ff00", "\ufffd")


@pytest.mark.parametrize(
    ("text", "css"),
    [
        ("10pt/1.5 'Noto Serif', serif", "10pt/1.5 'Noto Serif', serif"),
        ('"IPA明朝", serif', '"IPA明朝", serif'),
        ("serif}</style>", "serif"),
        ("serif;background:url(x)", "serif"),
        ("url(//other.example)", "serif"),
        ("a\\62 c", "serif"),
    ],
)
def test_fonts_do_nothing_else(text: str, css: str) -> None:
    assert font_list(text) == css

"""HTML as Markdown: what a reader sees, in the notation of CommonMark, with absolute links."""

from __future__ import annotations

from urllib.parse import urljoin

import pytest
from markdown import markdown

from generator.markup.to_markdown import escape_line, html_to_markdown
from generator.markup.tree import parse

ADDRESS = "https://lakes.example/en/costs/"


def converted(html: str) -> str:
    return html_to_markdown(html, address=ADDRESS, skipped=frozenset({"headerlink"})).rstrip("\n")


@pytest.mark.parametrize(
    ("html", "expected"),
    [
        (
            '<h2 id="a">Money<a class="headerlink" href="#a">#</a></h2><p>It <b>cost</b> a lot.</p>',
            "## Money\n\nIt **cost** a lot.",
        ),
        (
            '<p>See <a href="../facts/dam/">$66–72 billion</a>.</p>',
            "See [$66–72 billion](https://lakes.example/en/facts/dam/).",
        ),
        ('<p><a href="x(1).html">a</a></p>', "[a](https://lakes.example/en/costs/x%281%29.html)"),
        ("<ul><li>one</li><li>two</li></ul>", "- one\n- two"),
        ("<ol><li><p>one</p><p>more</p></li><li>two</li></ol>", "1. one\n\n   more\n\n2. two"),
        ("<dl><dt>Low</dt><dd>3</dd><dt>All</dt><dd><ul><li>a</li></ul></dd></dl>", "- **Low** 3\n- **All**\n  - a"),
        (
            "<table><thead><tr><th>Year</th><th>Size</th></tr></thead><tbody><tr><td>2024</td><td>a|b</td></tr></tbody></table>",
            "| Year | Size |\n| --- | --- |\n| 2024 | a\\|b |",
        ),
        ("<table><tr><td><ul><li>a</li><li>b</li></ul></td></tr></table>", "| a; b |\n| --- |"),
        ('<img alt="A dam" src="../charts/dam.svg">', "![A dam](https://lakes.example/en/charts/dam.svg)"),
        ("<blockquote><p>one</p><p>two</p></blockquote>", "> one\n>\n> two"),
        ("<p>a<script>b()</script><svg><text>c</text></svg></p>", "a"),
        ("<p>word<small popover>What it means</small></p>", "word"),
        ('<p><button popovertarget="t">dam</button> <button>Close</button></p>', "dam"),
        ("<details><summary>More</summary><p>text</p></details>", "**More**\n\ntext"),
        ("<pre><code>a &lt; b</code></pre>", "```\na < b\n```"),
        (
            "<p>&lt;draft&gt; *not bold* [no link] `no code` a_b _c_</p>",
            "&lt;draft> \\*not bold\\* \\[no link\\] \\`no code\\` a_b \\_c\\_",
        ),
        ("<p># no heading</p><p>- no item</p><p>2025. No item</p>", "\\# no heading\n\n\\- no item\n\n2025\\. No item"),
        ("<div><p>one</p>two<p>three</p></div>", "one\n\ntwo\n\nthree"),
        ("<ins>5</ins> <del>4</del>", "5 ~~4~~"),
    ],
)
def test_elements(html: str, expected: str) -> None:
    assert converted(html) == expected


@pytest.mark.parametrize("text", ["<draft>", "*a*", "_a_", "a_b", "[x](y)", "`x`", "\\", "R&D", "3 < 4 > 2", "a*b*c", "&amp;"])
def test_a_text_is_read_back(text: str) -> None:
    html = parse(f"<p>{text.replace('&', '&amp;').replace('<', '&lt;')}</p>")
    assert parse(markdown(converted(html.html()))).text() == text
    assert parse(markdown(escape_line(text))).text() == text


ADDRESSES = (
    "https://lakes.example/r/ja/x/",
    "https://lakes.example",
    "https://lakes.example/ja/a/b",
    "https://lakes.example/a//b/",
    "",
)
LINKS = (
    *("", "#a", "../", "../#a", "../../x/", "../../../../../x/", "a/", "a/b.html#c", "../a.css", "./a", "a/./b", "..", "../.."),
    *(
        "../a/..",
        "//x/y",
        "/abs/",
        "mailto:a@b",
        "http:x",
        "a?b",
        "../x#é",
        "x;y",
        "a.b.c",
        "a//b",
        "x/#",
        "x#",
        "../x/#f-1_2",
        "https://other.example",
        "https://other.example/a/../b/?c=d&e=f#g",
        "https://other.example/a?",
        "https://other.example/a#",
        "https:///a",
        "HTTP://Other.example/a",
        "//other.example/a",
        "é/",
    ),
)


@pytest.mark.parametrize("address", ADDRESSES)
def test_links_are_made_absolute_as_url_libraries_do(address: str) -> None:
    html = "".join(f'<p><a href="{link}">to</a></p>' for link in LINKS)
    expected = [f"[to]({urljoin(address, link)})" if link else "to" for link in LINKS]
    assert html_to_markdown(html, address=address).strip().split("\n\n") == expected

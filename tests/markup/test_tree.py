"""Fragments of HTML: parsed as browsers do, and written again with the same meaning."""

from __future__ import annotations

import pytest

from generator.markup.tree import Element, parse


@pytest.mark.parametrize(
    ("written", "html"),
    [
        ("<p>a <b>b</b></p>", "<p>a <b>b</b></p>"),
        ("a &lt; b &amp;amp; c", "a &lt; b &amp;amp; c"),
        ('<a title="x &quot;y&quot; &amp; z" hidden>a</a>', '<a title="x &quot;y&quot; &amp; z" hidden>a</a>'),
        ("<A HREF='x'>a</A>", '<a href="x">a</a>'),
        ("<p>a<p>b", "<p>a</p><p>b</p>"),
        ("<ul><li>a<li>b</ul>", "<ul><li>a</li><li>b</li></ul>"),
        ("<b><i>a</b></i>", "<b><i>a</i></b>"),
        ("a<br>b<img src=x>", 'a<br>b<img src="x">'),
        ('<svg viewBox="0 0 1 1"><path d="M0 0"/></svg>', '<svg viewBox="0 0 1 1"><path d="M0 0"></path></svg>'),
        ("<!-- a -->b", "b"),
        ("<script>1 < 2 && '&amp;'</script>", "<script>1 < 2 && '&amp;'</script>"),
        (" a\n", " a\n"),
        ("", ""),
    ],
)
def test_what_is_parsed_is_written_as_the_standard_says(written: str, html: str) -> None:
    assert parse(written).html() == html
    assert parse(html).html() == html


def test_elements_come_in_document_order() -> None:
    root = parse('<div class="a b"><p>one<i>two</i></p></div><p>three</p>')
    assert [element.tag for element in root.elements()] == ["div", "p", "i", "p"]
    assert next(root.elements()).classes == {"a", "b"}


@pytest.mark.parametrize(
    ("html", "text"),
    [("<p> a &amp; <b>b</b> </p>", "a & b"), ("&amp;lt;", "&lt;"), ("<p></p>", ""), ("日本<b>語</b>", "日本語")],
)
def test_text_is_plain(html: str, text: str) -> None:
    assert parse(html).text() == text


def test_a_tree_is_changed_in_place() -> None:
    root = parse("<p>a</p>")
    paragraph = next(root.elements())
    paragraph.attributes["id"] = 'x"y'
    paragraph.children.append(Element("b", {}, ["b &amp; c"]))
    assert root.html() == '<p id="x&quot;y">a<b>b &amp; c</b></p>'

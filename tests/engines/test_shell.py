"""Pages made of one empty page are what they would be if each was finished by itself, and so are the links read of them."""

from __future__ import annotations

from html import escape

import pytest

from generator.engines.links import read_frame, read_links
from generator.engines.page_html import finish_page
from generator.engines.shell import Shell
from generator.pages.fact_pages import blank_page_placeholder
from generator.pages.page import Page, Uses

URL = "https://example.org/report/"
EMPTY = f"""<!doctype html>
<html lang="en"><head>
<title>{blank_page_placeholder("title")} - Lakes</title>
<meta name="description" content="{blank_page_placeholder("description")}">
<link rel="canonical" href="{URL}en/facts/shell/">
<link rel="alternate" href="../../../ja/" hreflang="ja">
  <link rel="stylesheet" href="https://fonts.example.com/a.css">
<link rel="stylesheet" href="../../assets/a.css">
</head><body id="top"><header><a href="../..">Lakes</a> {blank_page_placeholder("title")}</header>
<main><nav><a href="../../costs/">Costs</a></nav><article class="a">{blank_page_placeholder("body")}</article></main>
<footer id="foot"><a href="https://example.com/">b</a><a href="#top">c</a></footer></body></html>
"""
BODY = """<h1 id="h">A &lt; b</h1><p>{0}</p><a href="../other/#x">d</a> <a href="../../costs/">e</a>
 <script src="https://cdn.example.net/a.js"></script><img src="a.png"><a href="../../gone%20by/?a#b">f</a>"""
HEAD = '<link rel="alternate " type="application/atom+xml" href="feed.xml">\n'


@pytest.fixture(params=["Depth: <b> & so on", "Lakes"])
def page(request: pytest.FixtureRequest) -> Page:
    title = str(request.param)
    return Page(name="facts/depth", language="en", title=title, description='says "so"', markdown="", uses=Uses())


def test_a_page_is_as_if_it_was_finished_by_itself(page: Page) -> None:
    texts = {"title": escape(page.title), "description": escape(page.description), "body": BODY}
    filled = EMPTY.replace("facts/shell/", "facts/depth/")
    for name, text in texts.items():
        filled = filled.replace(blank_page_placeholder(name), text)
    codes = ["ja", "en"]
    alone = finish_page(filled, path="facts/depth/", codes=codes, site_url=URL, charts={}, head=HEAD)
    assert Shell(EMPTY, site_url=URL).page(page, BODY, head=HEAD, codes=codes) == alone


def test_links_are_read_as_of_the_whole_page(page: Page) -> None:
    shell = Shell(EMPTY, site_url=URL)
    html, file = shell.page(page, BODY, head=HEAD, codes=["ja", "en"]), "en/facts/depth/index.html"
    whole = read_links(file, html, site_url=URL)
    read = read_links(file, html, site_url=URL, frame=read_frame(shell.html))
    assert (read.anchors, set(read.targets), read.active) == (whole.anchors, set(whole.targets), whole.active)
    assert whole.anchors == {"top", "h", "foot"}
    assert ("../../costs/", "en/costs", "") in whole.targets


@pytest.mark.parametrize(
    "empty",
    [EMPTY.replace("article", "div"), EMPTY.replace("../../costs/", "../../../ja/facts/shell/")],
    ids=["no article", "other links on each page"],
)
def test_there_is_no_frame_where_pages_may_differ_in_it(empty: str) -> None:
    assert read_frame(EMPTY) is not None
    assert read_frame(empty) is None

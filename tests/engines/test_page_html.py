"""The last touches on HTML: what goes in, what comes out."""

from __future__ import annotations

import xml.etree.ElementTree as ET

import pytest

from generator.engines.page_html import (
    LanguageEntry,
    fill_charts,
    finish_page,
    link_languages,
    name_once,
    not_found,
    remove_third_parties,
    robots,
    root_page,
    sitemap,
)

URL = "https://example.org/report/"
DOORS = (
    LanguageEntry(code="ja", name="日本語", title="報告", description="試し"),
    LanguageEntry(code="en", name="English", title="R&D <report>", description="A trial"),
)
SLOT = '<div class="fl-chart" data-chart="capex"><img src="../charts/capex.svg" alt="a &gt; b" loading="lazy"></div>'


@pytest.mark.parametrize(
    ("charts", "expected"),
    [
        ({"capex": "<svg>1</svg>"}, '<div class="fl-chart" data-chart="capex"><svg>1</svg></div>'),
        ({"capex": r"<svg>\1</svg>"}, r'<div class="fl-chart" data-chart="capex"><svg>\1</svg></div>'),
        ({"other": "<svg>2</svg>"}, SLOT),
        ({}, SLOT),
    ],
    ids=["filled", "backslash is text", "another chart", "none"],
)
def test_chart_slots(charts: dict[str, str], expected: str) -> None:
    assert fill_charts(f"<p>before</p>{SLOT}<p>after</p>", charts) == f"<p>before</p>{expected}<p>after</p>"


def test_every_page_names_its_own_twins() -> None:
    feed = '<link rel="alternate" type="application/rss+xml" href="f">\n'
    html = f'<head>\n<link rel="alternate" href="../en/" hreflang="en">\n{feed}</head>'
    linked = link_languages(html, path="costs/", codes=["ja", "en"], site_url=URL)
    assert linked == (
        f"<head>\n{feed}"
        '<link rel="alternate " hreflang="ja" href="https://example.org/report/ja/costs/">\n'
        '<link rel="alternate " hreflang="en" href="https://example.org/report/en/costs/">\n'
        '<link rel="alternate " hreflang="x-default" href="https://example.org/report/ja/costs/">\n</head>'
    )
    assert link_languages(linked, path="costs/", codes=["ja", "en"], site_url=URL) == linked


@pytest.mark.parametrize(
    ("html", "kept"),
    [
        ('<script src="https://cdn.example.net/a.js"></script>', False),
        ('<script async src="//cdn.example.net/a.js"></script>', False),
        ('<link rel="stylesheet" href="https://fonts.example.net/css">', False),
        ('<link href="https://fonts.example.net" crossorigin rel="preconnect">', False),
        ('<script src="../assets/bundle.js"></script>', True),
        ('<link rel="stylesheet" href="../assets/main.css">', True),
        ('<link rel="canonical" href="https://example.org/report/ja/">', True),
        ('<a href="https://example.com/">source</a>', True),
    ],
)
def test_nothing_is_fetched_from_elsewhere(html: str, *, kept: bool) -> None:
    assert remove_third_parties(html) == (html if kept else "")


def test_finish_does_all_of_it() -> None:
    html = f'<head><script src="https://cdn.example.net/a.js"></script></head><body>{SLOT}</body>'
    done = finish_page(html, path="", codes=["ja", "en"], site_url=URL, charts={"capex": "<svg></svg>"})
    assert "cdn" not in done
    assert "<svg></svg>" in done
    assert 'hreflang="x-default" href="https://example.org/report/ja/"' in done


def test_root_page_leads_to_the_default_language_and_offers_all() -> None:
    html = root_page(DOORS, site_url=URL)
    assert '<html lang="ja">' in html
    assert '<meta http-equiv="refresh" content="0; url=ja/">' in html
    assert '<a href="en/" hreflang="en">English</a> R&amp;D &lt;report&gt;' in html
    assert 'hreflang="x-default" href="https://example.org/report/ja/"' in html


def test_one_page_for_what_is_missing_speaks_every_language() -> None:
    page = '<link rel="alternate" href="/x/" hreflang="en"><article class="a"><h1>{0}</h1></article>'
    html = not_found({"ja": page.format("ない"), "en": page.format("Gone")})
    assert html == '<article class="a"><h1>ない</h1><div lang="en"><h2>Gone</h2></div>\n</article>'


def test_sitemap_lists_every_page_in_every_language() -> None:
    root = ET.fromstring(sitemap(["", "costs/"], codes=["ja", "en"], site_url=URL, lastmod="2026-07-05"))  # noqa: S314  our own text
    space = "{http://www.sitemaps.org/schemas/sitemap/0.9}"
    assert [one.text for one in root.iter(f"{space}loc")] == [
        "https://example.org/report/ja/",
        "https://example.org/report/en/",
        "https://example.org/report/ja/costs/",
        "https://example.org/report/en/costs/",
    ]
    assert {one.text for one in root.iter(f"{space}lastmod")} == {"2026-07-05"}
    assert len(list(root.iter("{http://www.w3.org/1999/xhtml}link"))) == len("jaen") * 2


def test_robots_name_the_sitemap() -> None:
    assert robots(URL).endswith("Sitemap: https://example.org/report/sitemap.xml\n")


@pytest.mark.parametrize(
    ("title", "shown"),
    [
        ("Lakes - Lakes", "Lakes"),
        ("Lakes &amp; <b>", "Lakes &amp; <b>"),
        ("A - B - A - B", "A - B"),
        ("Costs - Lakes", "Costs - Lakes"),
    ],
)
def test_the_title_of_a_window_names_the_report_once(title: str, shown: str) -> None:
    assert name_once(f"<head><title>{title}</title></head>") == f"<head><title>{shown}</title></head>"

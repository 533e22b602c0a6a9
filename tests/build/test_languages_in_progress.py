"""A third language, page by page: what it lacks is shown in another language, and nobody is told that it is translated."""

from __future__ import annotations

import json
import re
from datetime import date
from pathlib import Path

import pytest
from click.testing import CliRunner
from conftest import serve, window
from playwright.sync_api import Browser
from sample_projects import edit

from generator.checks.project_check import check_project
from generator.commands.main import main
from generator.editing.project import open_project
from generator.editing.set_value import ValueChange, missing_parts
from generator.reading.schemas import stale_files
from generator.rules import CheckOptions

FACTS, REPORT = "data/facts/water.yml", "data/report.yml"
ADDED = "  en: {name: English, locale: en-US}\n"
ARABIC = "  ar: {name: العربية, locale: ar-EG, in_progress: true}\n"
PAGE = """---
title: الطريقة
description: كل الحقائق
---

# الطريقة

## الحقائق { #facts }

{{ fact_table(topic="water") }}

{{ figure("origin") }}
"""


def _run(root: Path, *arguments: str) -> str:
    done = CliRunner().invoke(main, [*arguments, "--root", str(root), "--language", "en"])
    assert done.exit_code == 0, done.output
    return done.output


@pytest.fixture(scope="module")
def started(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A report in German and English whose texts are all confirmed."""
    root = tmp_path_factory.mktemp("started") / "report"
    CliRunner().invoke(main, ["init", str(root), "--languages", "de,en", "--title", "Wasser", "--language", "en"])
    _run(root, "confirm")
    return root


@pytest.fixture(scope="module")
def report(started: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The same with Arabic in progress: one fact is labelled in it, one page is written, and the site is built."""
    root = tmp_path_factory.mktemp("progress") / "report"
    started.rename(root)
    edit(root, REPORT, ADDED, ADDED + ARABIC)
    edit(root, FACTS, "en: Length of the pipes}", "en: Length of the pipes, ar: طول الشبكة}")
    for code in ("de", "en"):
        (root / f"templates/pages/more.{code}.md.j2").write_text(PAGE.replace("الطريقة", f"More {code}"), encoding="utf-8")
    (root / "templates/pages/more.ar.md.j2").write_text(PAGE, encoding="utf-8")
    edit(root, REPORT, "pages: [index, method]", "pages: [index, method, more]")
    assert "published" in _run(root, "build")
    return root


def _page(root: Path, path: str) -> str:
    return (root / "site" / path).read_text(encoding="utf-8")


def _links(html: str, relation: str) -> list[str]:
    return re.findall(rf'<link rel="{relation} ?"(?: hreflang="[^"]*")? href="https://report\.example/([^"]*)"', html)


def test_a_language_in_progress_is_one_warning(report: Path) -> None:
    found = check_project(report).findings
    assert [(one.rule, one.severity) for one in found] == [("untranslated", "warning")]
    assert found[0].sentence("en").startswith("العربية (ar) is in progress: 1 of 3 pages and 1 of ")
    strict = check_project(report, CheckOptions(strict_languages=True)).findings
    assert ("untranslated", "error") in {(one.rule, one.severity) for one in strict}
    assert {one.span.file for one in strict if one.rule == "stale-translation"} == {
        f"templates/pages/more.{code}.md.j2"
        for code in ("ar", "de", "en")  # which nobody has confirmed yet
    }


def test_what_is_missing_is_listed(report: Path) -> None:
    listed = _run(report, "languages", "ar")
    assert "page  templates/pages/index.ar.md.j2" in listed
    assert re.search(r"text  data/facts/water\.yml:\d+  facts/lost_2025/label", listed)
    assert "facts/pipes/label" not in listed
    assert re.search(r"de  Deutsch: 100 %: 3 of 3 page\(s\), (\d+) of \1 text\(s\)\n", _run(report, "languages"))


@pytest.mark.parametrize("path", ["ar/index.html", "ar/method/index.html"])
def test_a_page_that_is_missing_is_shown_in_the_next_language(report: Path, path: str) -> None:
    html, original = _page(report, path), path.replace("ar/", "en/").removesuffix("index.html")
    assert '<html lang="ar"' in html
    assert '<article lang="en" dir="ltr" ' in html
    assert '<p class="fl-untranslated" role="note" lang="ar" dir="rtl">' in html
    assert _links(html, "canonical") == [original]
    assert _links(html, "alternate") == []
    assert f'<meta property="og:url" content="https://report.example/{original}">' in html


def test_only_translated_pages_are_named_to_search_engines(report: Path) -> None:
    both, three = ["de/", "en/", "de/"], ["de/more/", "en/more/", "ar/more/", "de/more/"]
    assert _links(_page(report, "de/index.html"), "alternate") == _links(_page(report, "index.html"), "alternate") == both
    assert _links(_page(report, "ar/more/index.html"), "alternate") == three
    assert _links(_page(report, "en/facts/lost_2025/index.html"), "alternate")[:2] == [
        "de/facts/lost_2025/",
        "en/facts/lost_2025/",
    ]
    assert _links(_page(report, "ar/facts/lost_2025/index.html"), "alternate") == []
    listed = re.findall(r"<loc>https://report\.example/([^<]*)</loc>", _page(report, "sitemap-ar.xml"))
    assert listed == ["ar/facts/pipes/", "ar/more/"]
    assert 'hreflang="ar" href="https://report.example/ar/"' not in _page(report, "sitemap.xml")


def test_texts_in_another_language_say_so(report: Path) -> None:
    html = _page(report, "ar/more/index.html")
    assert "<article class=" in html
    assert '<th scope="row">طول الشبكة</th>' in html
    assert '<th scope="row"><span lang="en" dir="ltr">Water lost in the pipes, 2025</span></th>' in html
    feed = _page(report, "ar/feed.xml")
    assert '<entry xml:lang="en">' in feed
    assert "<title>طول الشبكة" in feed
    assert '<section class="chapter" id="index" lang="en" dir="ltr">' in _page(report, "ar/print/index.html")


def test_a_chart_speaks_one_language(report: Path) -> None:
    english, arabic = (_page(report, f"{code}/charts/origin.svg") for code in ("en", "ar"))
    assert english == arabic
    assert _page(report, "en/charts/origin.csv") == _page(report, "ar/charts/origin.csv")
    assert '<svg class="fl-svg fl-svg--wide" lang="en-US" direction="ltr" ' in _page(report, "ar/more/index.html")


def test_exports_say_what_is_written(report: Path) -> None:
    fact = json.loads(_page(report, "api/facts/lost_2025.json"))
    assert fact["evidence"][0]["at"].keys() == {"de", "en"}
    assert _page(report, "ar/method/index.md").splitlines()[3:5] == [
        'language: "en"',
        'canonical: "https://report.example/en/method/"',
    ]


def test_editing_asks_for_no_text_in_it(report: Path) -> None:
    project = open_project(report, check_project(report))
    assert project is not None
    change = ValueChange(id="lost_2025", value="0.07", today=date(2026, 5, 1))
    assert missing_parts(project, change) == ["kind", "as_of", "source", "reason.de", "reason.en"]
    assert stale_files(report) != []
    _run(report, "schema", "--write")
    phrase = json.loads((report / "schema/facts.json").read_text(encoding="utf-8"))["$defs"]["phrase"]
    assert (list(phrase["properties"]), phrase["required"]) == (["de", "en", "ar"], ["de", "en"])


def test_readers_see_the_notice_before_the_text(report: Path, browser: Browser) -> None:
    for address in serve(report / "site"):
        with window(browser) as page:
            page.goto(f"{address}/ar/method/")
            notice, heading = page.locator(".fl-untranslated"), page.locator("article h1")
            above, below = notice.bounding_box(), heading.bounding_box()
            assert above is not None
            assert below is not None
            assert above["y"] + above["height"] <= below["y"]
            directions = [one.evaluate("node => getComputedStyle(node).direction") for one in (notice, heading)]
            assert directions == ["rtl", "ltr"]
            notice.locator("a").click()
            page.wait_for_url(f"{address}/en/method/")

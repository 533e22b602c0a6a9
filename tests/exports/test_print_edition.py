"""The print edition: pages as chapters of one document, sources as endnotes, and the browser that makes a PDF of it."""

from __future__ import annotations

import os
import re
import stat
import subprocess
import sys
from collections.abc import Callable, Hashable, Mapping
from datetime import date
from pathlib import Path

import pytest
from pypdf import PdfReader
from sample_projects import GOOD
from sample_reports import check_edition, sample_context

from generator.build import outputs
from generator.engines import browser
from generator.exports import print_compact, print_edition
from generator.reading.site_settings import default_settings
from generator.records.struct import replace
from generator.wording.texts import Texts

ROOT = Path(__file__).parents[2]
A_CHART = ('width="720" height="300"', 'width="340" height="420"')


EDITION = check_edition(GOOD)
TEXTS = Texts(EDITION, EDITION.report.default)
HOME = f"{EDITION.report.site_url}{TEXTS.language.code}/"
FACT, SOURCE = "dam_cost", "survey"
FACT_ROW = (
    '<table class="fl-table fl-table--facts"><tbody><tr><td class="fl-value">'
    f'<a class="fl-n" href="../facts/{FACT}/" data-fact="{FACT}">5</a></td></tr></tbody></table>'
)


def bound(pages: Mapping[str, str], *, pdf: bool = False) -> str:
    """A document of some pages of Markdown."""
    chapters = [print_edition.make_chapter(TEXTS, name, name.title(), text) for name, text in pages.items()]
    return print_edition.make_document(TEXTS, chapters, lambda _: A_CHART, pdf=pdf)


def main_of(pages: Mapping[str, str]) -> str:
    return re.sub(r"\s*\n\s*", "", bound(pages).partition("<main>")[2].partition("</main>")[0])


def test_the_document_has_a_title_of_its_own_and_reserves_room_only_for_blocks_without_pictures() -> None:
    html = bound(
        {"one": '# One\n\n<div class="fl-wrap">abc</div>', "two": f'# Two\n\n<div class="fl-wrap">{"abc " * 1000}</div>'}
    )
    one, two = (int(size) for size in re.findall(r'<div [^>]*style="contain-intrinsic-size:auto (\d+)px"', html))
    assert one < two
    assert not re.search(r'<section class="chapter"[^>]* style=', html)
    assert f"<title>{EDITION.report.title[TEXTS.language.code]} - {TEXTS.language.word('print.edition')}</title>" in html


@pytest.mark.parametrize(
    ("written", "printed"),
    [
        ("# Lakes { #top }", "<h2>Lakes</h2>"),
        ("## Depth { #depth }", '<h3 id="one--depth">Depth</h3>'),
        ("[there](two.md#deep)", '<p><a href="#two--deep">there</a></p>'),
        ("[there](two.md#gone)", '<p><a href="#two">there</a></p>'),
        ("[here](one.md)", '<p><a href="#one">here</a></p>'),
        ("[all](sources.md)", '<p><a href="#notes">all</a></p>'),
        ("[files](reuse.md)", f'<p><a href="{HOME}reuse/">files</a></p>'),
        ("[out](https://example.org/)", '<p><a href="https://example.org/">out</a></p>'),
        ('<p><a href="../../xx/one/#a">twin</a></p>', f'<p><a href="{EDITION.report.site_url}xx/one/#a">twin</a></p>'),
        (f'<p><a href="../sources/#source-{SOURCE}">Them</a></p>', '<p>Them<sup><a href="#note:1" id="c1">1</a></sup></p>'),
        ('<form class="fl-filter"><input></form><p>kept<span class="fl-hidden"> not</span></p>', "<p>kept</p>"),
        (
            '<p>the <span class="fl-term"><button class="fl-term__word">dam</button><small>A wall.</small></span>.</p>',
            "<p>the dam.</p>",
        ),
        ("<details><summary>more</summary><p>text</p></details>", "<div><p>text</p></div>"),
        ("<details><summary>more</summary><table><tr><td>data</td></tr></table></details>", ""),
        (
            f'<ol class="fl-notes"><li><a href="../sources/#source-{SOURCE}">Them</a> Title</li></ol>',
            '<p class="numbers"><a href="#note:1" id="c1">1</a></p>',
        ),
        (
            '<figure class="fl-figure" id="fig-c"><figcaption>What</figcaption>'
            '<div class="fl-chart" data-chart="c"><img src="x.svg" alt="A &lt; B"></div></figure>',
            '<figure class="fl-figure"><figcaption id="i1">What</figcaption>'
            '<div class="fl-chart"><picture>'
            '<source media="print, (min-width: 45.01em)" srcset="../charts/c.svg#white" width="720" height="300">'
            '<img src="../charts/c.narrow.svg#white" width="340" height="420" alt="A &lt; B" aria-describedby="i1" loading="lazy">'
            "</picture></div></figure>",
        ),
        (
            f'<p><a class="fl-n" href="../facts/{FACT}/" data-fact="{FACT}">5</a></p>',
            f'<p><a class="fl-n" href="{HOME}facts/{FACT}/">5</a>'
            '<sup><a href="#note:1" id="c1">1</a></sup></p>',
        ),
    ],
)  # fmt: skip
def test_conversion_of_elements_for_print(written: str, printed: str) -> None:
    main = main_of({"one": written, "two": "## Deep { #deep }"})
    assert main.startswith(f'<section class="chapter" id="one">{printed}</section>')


def test_a_number_links_to_the_row_of_its_fact() -> None:
    main = main_of({"one": f'<p><a class="fl-n" href="../facts/{FACT}/" data-fact="{FACT}">5</a></p>', "two": FACT_ROW})
    assert '<p><a class="fl-n" href="#f1">5</a>' in main
    assert '<td class="fl-value" id="f1">5</td>' in main


def test_a_table_of_claims_becomes_a_reference_to_where_they_are_in_full() -> None:
    table = '<table class="fl-table fl-table--claims"><tr><td><a class="fl-verdict" href="../check/#claim-a">yes</a></td></tr></table>'
    full = '## Costs { #claims-costs }\n\n<ul><li id="claim-a">A</li></ul>'
    assert "<table" in main_of({"one": table})
    main = main_of({"one": table, "check": full})
    assert "<table" not in main
    assert '<a href="#check--claims-costs">Check – Costs</a>' in main


def test_notes_are_numbered_by_first_use_and_lead_back_to_each_chapter() -> None:
    other = replace(EDITION.sources[SOURCE], id="other", publisher="Dam & Co.")
    more = Texts(replace(EDITION, sources={**EDITION.sources, "other": other}), TEXTS.language)
    link = '<p><a href="../sources/#source-{}">x</a></p>'
    pages = {"one": link.format("other") * 2, "two": link.format(SOURCE) + link.format("other")}
    chapters = [print_edition.make_chapter(more, name, name, text) for name, text in pages.items()]
    html = print_edition.make_document(more, chapters, lambda _: A_CHART, pdf=False)
    notes = re.findall(r'<li id="note:(\d+)"><b>(.*?)</b>.*?↩ (.*?)</span></li>', html)
    assert [(number, name) for number, name, _ in notes] == [("1", "Dam &amp; Co."), ("2", "Lake Survey")]
    first, second = (re.findall(r'href="#([^"]+)"[^>]*>(\d+)<', back) for _, _, back in notes)
    assert [chapter for _, chapter in first] == ["1", "2"]
    assert [chapter for _, chapter in second] == ["2"]
    one, two = re.split(r'<section class="chapter" id="two"[^>]*>', html)
    assert f'<a href="#note:1" id="{first[0][0]}">1</a>' in one
    assert f'<a href="#note:1" id="{first[1][0]}">1</a>' in two
    assert f'<a href="#note:2" id="{second[0][0]}">2</a>' in two


@pytest.mark.parametrize(
    ("cited", "written"),
    [([1, 2], "1, 2"), ([1, 2, 3], "1–3"), ([1, 3, 4, 5, 6, 8, 9], "1, 3–6, 8, 9"), ([4], "4")],
)
def test_notes_in_a_row_are_a_range_and_each_leads_back_to_it(cited: list[int], written: str) -> None:
    sources = {f"s{number}": replace(EDITION.sources[SOURCE], id=f"s{number}") for number in range(1, 10)}
    more = Texts(replace(EDITION, sources={**EDITION.sources, **sources}), TEXTS.language)
    links = [f'<a href="../sources/#source-{key}">x</a>' for key in sources]
    some = "".join(f"<li>{links[number - 1]}</li>" for number in cited)
    pages = {"one": "".join(f"<p>{link}</p>\n\n" for link in links), "two": f'<ol class="fl-notes">{some}</ol>'}
    chapters = [print_edition.make_chapter(more, name, name, text) for name, text in pages.items()]
    html = print_edition.make_document(more, chapters, lambda _: A_CHART, pdf=False)
    numbers = re.search(r'<p class="numbers">(.*?)</p>', html)
    assert numbers
    assert re.sub(r"<[^>]+>", "", numbers[1]) == written
    back = {int(number): found for number, found in re.findall(r'<li id="note:(\d+)">.*?href="#(c\d+)"[^>]*>2</a>', html)}
    assert sorted(back) == cited
    assert all(f'id="{place}"' in numbers[1] for place in back.values())


def test_a_correction_of_several_pages_is_told_once() -> None:
    item = f'<li><b>Corrected</b> <a href="../facts/{FACT}/">dam</a></li>'
    block = '<aside class="fl-corrections"><details><summary>Two</summary><ul>{}</ul></details></aside>'
    main = main_of({"one": block.format(item), "two": block.format(item), "three": block.format(f"{item}<li>more</li>")})
    assert main.count("<b>Corrected</b>") == 1
    assert '<section class="chapter" id="two"></section>' in main
    assert '<section class="chapter" id="three"><div class="fl-corrections"><ul><li>more</li></ul></div></section>' in main


def test_the_endnote_says_how_much_of_a_source_was_read() -> None:
    tag = '<span class="fl-tag fl-tag--read fl-tag--excerpt">excerpt only</span>'
    main = main_of(
        {"one": f'<ul class="fl-cites"><li><a href="../sources/#source-{SOURCE}">Them</a> {tag}</li></ul><p>{tag}</p>'}
    )
    assert main.count("excerpt only") == 1
    assert "<span>excerpt only</span>" in main


def test_only_attributes_that_something_reads_are_kept() -> None:
    main = main_of({"one": '<p id="a" class="fl-n fl-unknown" data-x="1"><b class="fl-unknown">x</b> &lt;a id="code"></p>'})
    assert '<p class="fl-n"><b>x</b> &lt;a id="code"&gt;</p>' in main
    assert {"fl-n", "fl-figure", "later", "notes", "see"} <= print_compact.styled_classes()


def test_an_address_is_written_once_and_shown_behind_its_note() -> None:
    html = bound({"one": f'<p><a href="../sources/#source-{SOURCE}">Them</a></p>'})
    url = EDITION.sources[SOURCE].url
    assert url
    assert html.count(url) == 1
    assert re.search(rf'<a class="notes__url" href="{re.escape(url)}"><cite lang="\w+">[^<]+</cite>', html)
    assert 'content: " " attr(href)' in print_edition.style()


def test_the_document_has_no_script_a_policy_and_a_link_preview() -> None:
    html = bound({"one": "# One"})
    assert "<script" not in html
    assert 'http-equiv="Content-Security-Policy"' in html
    assert '<meta name="robots"' not in html
    assert f'<meta property="og:image" content="{EDITION.report.site_url}cards/{TEXTS.language.code}/one.png">' in html
    assert f'<link rel="canonical" href="{HOME}print/">' in html
    assert html.count('rel="alternate" hreflang=') == len(EDITION.report.languages)


def test_the_pdf_is_linked_only_where_there_is_one() -> None:
    assert ".pdf" not in bound({"one": "# One"})
    assert 'href="../lakes.pdf"' in bound({"one": "# One"}, pdf=True)


def test_page_numbers_are_put_into_the_contents() -> None:
    html = bound({"one": "# One\n\n## Part { #part }"})
    numbered = print_edition.number_pages(html, {"one": 3, "one--part": 14})
    assert re.findall(r'href="#([^"]+)"><span>[^<]*</span><span class="page">(\d*)</span>', numbered) == [
        ("one", "3"),
        ("one--part", "14"),
        ("notes", ""),
    ]


def test_markdown_extensions_are_those_of_the_engine() -> None:
    assert set(print_edition.EXTENSIONS) == {*default_settings()["markdown_extensions"], "toc", "tables", "fenced_code"}


def test_every_language_has_a_print_edition() -> None:
    found = outputs.output_files(sample_context())
    for one in sample_context().texts:
        html = str(found[f"{one.language.code}/print/index.html"].make())
        assert one.edition.report.title[one.language.code] in html
    assert print_edition.STYLE in found


def program(path: Path, text: str) -> Path:
    path.write_text(f"#!/bin/sh\n{text}\n", encoding="utf-8")
    path.chmod(path.stat().st_mode | stat.S_IXUSR)
    return path


def test_a_browser_that_is_named_is_the_only_one(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(browser.VARIABLE, str(program(tmp_path / "chrome", "exit 0")))
    assert browser.find_chromium() == tmp_path / "chrome"
    monkeypatch.setenv(browser.VARIABLE, str(program(tmp_path / "stub", "exit 1")))
    with pytest.raises(browser.NoBrowserError):
        browser.find_chromium()


def test_a_browser_that_makes_nothing_is_quoted(tmp_path: Path) -> None:
    with pytest.raises(browser.PrintError, match="no display"):
        browser.print_pdf(program(tmp_path / "chrome", "echo no display >&2"), tmp_path / "a.html", day=date(2025, 1, 1))


def test_a_pdf_is_dated_and_tells_each_bookmark_once_in_the_same_length(tmp_path: Path) -> None:
    said = "/Title (OneOne)\\n/Title (Two)\\n/CreationDate (D:20991231235959+00)"
    (tmp_path / "a.html").write_text("<h1>One</h1>", encoding="utf-8")
    fake = f"""for one; do case $one in --print-to-pdf=*) printf '{said}' > "${{one#*=}}";; esac; done"""
    made = browser.print_pdf(program(tmp_path / "chrome", fake), tmp_path / "a.html", day=date(2025, 6, 30))
    assert made == b"/Title (One)   \n/Title (Two)\n/CreationDate (D:20250630000000+00)"


def test_without_a_browser_the_build_stops_at_once_and_the_site_stays(project: Path) -> None:
    (project / "site").mkdir()
    (project / "site/index.html").write_text("as it was", encoding="utf-8")
    done = subprocess.run(
        [sys.executable, "-m", "generator", "build", "--pdf", "--root", str(project), "--format", "concise"],
        cwd=ROOT,
        env={**os.environ, browser.VARIABLE: str(project / "none")},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 1
    assert "no-browser" in done.stdout
    assert [path.name for path in (project / "site").iterdir()] == ["index.html"]


def test_a_pdf_has_bookmarks_numbers_and_the_same_bytes_each_time(tmp_path: Path) -> None:
    long = "".join(f"## Part {letter} {{ #part-{letter} }}\n\n{'A line of text. ' * 900}\n\n" for letter in "abc")
    (tmp_path / "print").mkdir()
    (tmp_path / "print/print.css").write_text(print_edition.style(), encoding="utf-8")
    page = tmp_path / TEXTS.language.code / "print/index.html"
    page.parent.mkdir(parents=True)
    page.write_text(bound({"one": f"# One\n\n{long}", "two": "# Two"}), encoding="utf-8")
    chromium = browser.find_chromium()
    pdf = browser.print_pdf(chromium, page, day=date(2025, 6, 30))
    (tmp_path / "a.pdf").write_bytes(pdf)
    reader = PdfReader(tmp_path / "a.pdf")
    numbers = browser.page_numbers(pdf)
    assert numbers["one"] == 3
    assert numbers["one"] < numbers["one--part-b"] < numbers["one--part-c"] < numbers["two"] <= len(reader.pages)
    for anchor, words in (("one--part-b", "Part b"), ("two", "Two")):
        text = reader.pages[numbers[anchor] - 1].extract_text()
        assert words in text
        assert re.search(rf"^{numbers[anchor]}$", text, re.MULTILINE)
    assert {one.title for one in reader.outline[1] if not isinstance(one, list)} >= {"One", "Two"}
    assert reader.metadata is not None
    assert str(reader.metadata["/CreationDate"]).startswith("D:20250630")
    assert browser.print_pdf(chromium, page, day=date(2025, 6, 30)) == pdf


def test_what_stands_in_each_chapter_is_no_landmark() -> None:
    main = main_of({"one": '<aside aria-label="Corrections"><p>x</p></aside>'})
    assert "<aside" not in main
    assert "<p>x</p>" in main


def test_the_text_between_fragments_is_converted_only_where_it_changed() -> None:
    kept: dict[Hashable, str] = {}
    made: list[str] = []

    def remember(key: Hashable, make: Callable[[], str]) -> str:
        if key not in kept:
            kept[key] = make()
            made.append(kept[key])
        return kept[key]

    def page(text: str, value: str) -> str:
        return f'# One\n\n{text} *more*\n\n<table class="fl-table"><tbody><tr><td>{value}</td></tr></tbody></table>\n'

    for text, value, count in (("old", "1", 1), ("old", "2", 1), ("new", "2", 2)):
        chapter = print_edition.make_chapter(TEXTS, "one", "One", page(text, value), remember)
        assert chapter.pieces == print_edition.make_chapter(TEXTS, "one", "One", page(text, value)).pieces
        assert f"<td>{value}</td>" in "".join(map(str, chapter.pieces))
        assert len(made) == count
    assert [f"<p>{text} <em>more</em></p>" in html for text, html in zip(("old", "new"), made, strict=True)] == [True, True]

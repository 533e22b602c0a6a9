"""The report of this repository, built whole: what its readers, editors and the publishing step rely on."""

from __future__ import annotations

import html
import re
import shutil
import subprocess
import sys
import unicodedata
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page
from pypdf import PdfReader
from sample_reports import copy_flagship, run_build
from sample_servers import wait_until

from generator.charts.drawn_values import quantity, word_mark
from generator.charts.tables import tabulate
from generator.checks.project_check import check_project
from generator.model import report
from generator.model.languages import Phrase, placeholders
from generator.pages.minus_signs import with_minus_signs
from generator.reading.located_values import phrases
from generator.rules import CheckOptions
from generator.wording.formatting import LONG, SHORT
from generator.wording.number_reader import number_reader
from generator.wording.texts import Texts

ROOT = Path(__file__).parent.parent


@pytest.fixture(scope="session")
def project(built: Path) -> Path:
    return built


def pages(root: Path, code: str) -> dict[str, str]:
    folder = root / "site" / code
    return {path.relative_to(folder).as_posix(): path.read_text(encoding="utf-8") for path in folder.rglob("*.html")}


def words(page: str) -> str:
    bare = re.sub(r"<(script|style)\b.*?</\1>", " ", page, flags=re.DOTALL)
    bare = re.sub(r'<wbr>|<span class="fl-whole">([^<]*)</span>', r"\1", bare)  # where lines may break, and where they may not
    return re.sub(r"\s+", " ", html.unescape(re.sub(r"<[^>]+>", " ", bare)))


def shown(value: str, texts: Texts) -> str:
    """A value as pages write it: with the minus sign."""
    return with_minus_signs(f">{value}", texts.language.words).removeprefix(">")


def test_no_findings() -> None:
    assert [one for one in check_project(ROOT).findings if one.severity == "error"] == []


def test_every_text_is_confirmed_in_every_language() -> None:
    assert check_project(ROOT, CheckOptions(strict_languages=True)).errors == ()


_VAGUE = "数何"  # before a scale: some tens of


def test_no_literal_is_a_number_that_a_fact_could_be() -> None:
    """What is marked as a literal is quoted for being vague: it holds no number that can be read."""
    checked = check_project(ROOT)
    assert checked.edition is not None
    locales = {one.code: one.locale for one in checked.edition.report.languages}
    marked = [
        (outline.language, text)
        for outline in checked.outlines
        for call in outline.calls
        if call.name == "literal"
        for text in call.texts
    ]
    for kind in ("facts", "claims", "events", "series", "charts", "risks", "checks", "names", "sources"):
        for entry in getattr(checked.draft, kind).values():
            for _, phrase in phrases(entry):
                assert isinstance(phrase.value, Phrase)
                marked += [
                    (code, hole.target)
                    for code, text in phrase.value.texts.items()
                    for hole in placeholders(text)
                    if hole.kind == "literal"
                ]
    assert marked
    for code, text in marked:
        exact = [one for one in number_reader(locales[code]).read(text) if text[: one.offset][-1:] not in _VAGUE]
        assert exact == [], text


def test_more_claims_on_infrastructure_have_errors_than_are_confirmed(edition: report.Edition) -> None:
    """What the title of claims_by_verdict says, which no condition can count."""
    marked = edition.charts["claims_by_verdict"].options["marked"]
    assert isinstance(marked, tuple)
    verdicts = [claim.verdict for claim in edition.claims.values() if claim.section == "infrastructure"]
    assert len([one for one in verdicts if one in marked]) > verdicts.count("confirmed") > 0


def test_no_line_of_a_frame_breaks_within_a_date_or_the_name_of_a_publisher(project: Path, edition: report.Edition) -> None:
    page = (project / "site/embed/financing_since/en/index.html").read_text(encoding="utf-8")
    assert '<span class="fl-whole">September 2025</span> to <span class="fl-whole">June 2026</span>' in page
    assert re.search(r'<p>Sources: <span class="fl-name">[^<;]+;</span> <span class="fl-name">', page)
    assert ".fl-name{display:inline-block}" in (project / "site/embed/embed.css").read_text(encoding="utf-8")
    assert edition.charts["financing_since"].measure is not None


def test_every_language_has_the_same_pages(project: Path, edition: report.Edition) -> None:
    first, *others = (set(pages(project, language.code)) for language in edition.report.languages)
    assert {"index.html", *(f"{page}/index.html" for page in edition.report.pages if page != "index")} <= first
    assert all(other == first for other in others)


def test_every_fact_stands_in_every_language_beside_its_sources(project: Path, edition: report.Edition) -> None:
    for language in edition.report.languages:
        texts = Texts(edition, language)
        page = (project / "site" / language.code / "facts/index.html").read_text(encoding="utf-8")
        for fact in edition.facts.values():
            row = page[page.index(f'id="fact-{fact.id}"') :].split("</tbody>", 1)[0]
            assert shown(texts.value(fact), texts) in words(row), fact.id
            for one in fact.evidence:
                assert f"source-{one.source.id}" in row, fact.id


def test_rival_values_stand_beside_the_preferred_one_with_the_reasons(project: Path, edition: report.Edition) -> None:
    disputed = [fact for fact in edition.facts.values() if fact.rivals]
    assert disputed
    for language in edition.report.languages:
        texts = Texts(edition, language)
        for fact in disputed:
            page = words((project / "site" / language.code / f"facts/{fact.id}/index.html").read_text(encoding="utf-8"))
            assert fact.preferred_because is not None
            assert shown(texts.value(fact), texts) in page, fact.id
            assert words(texts.fill(fact.preferred_because, fact)) in page, fact.id
            for rival in fact.rivals:
                assert any(shown(texts.word_value(rival.value, fact.unit, form), texts) in page for form in (LONG, SHORT)), (
                    fact.id
                )
                assert words(texts.fill(rival.reason, fact)) in page, fact.id


def test_every_claimed_figure_stands_in_every_language(project: Path, edition: report.Edition) -> None:
    for language in edition.report.languages:
        texts = Texts(edition, language)
        page = (project / "site" / language.code / "fact-check/index.html").read_text(encoding="utf-8")
        for claim in edition.claims.values():
            assert f'id="claim-{claim.id}"' in page
            if claim.claimed is not None:
                assert any(texts.claim_value(claim, form) in words(page) for form in (LONG, SHORT)), claim.id


def test_the_root_leads_to_the_default_language(project: Path, edition: report.Edition) -> None:
    root = (project / "site/index.html").read_text(encoding="utf-8")
    assert f"url={edition.report.default.code}/" in root
    for name in ("404.html", "sitemap.xml", "robots.txt"):
        assert (project / "site" / name).is_file(), name


def test_nothing_points_to_another_host(project: Path, edition: report.Edition) -> None:
    fetched = re.compile(r"<(?:script|img|iframe|source)\b[^>]*\bsrc=\"?(?:https?:)?//|<link\b[^>]*\brel=\"?stylesheet[^>]*//")
    for language in edition.report.languages:
        for name, page in pages(project, language.code).items():
            assert not fetched.search(page), name


def test_the_same_files_from_the_same_data(project: Path, tmp_path: Path) -> None:
    again = copy_flagship(tmp_path)
    assert run_build(again).returncode == 0
    first = {path.relative_to(project): path.read_bytes() for path in (project / "site").rglob("*") if path.is_file()}
    second = {path.relative_to(again): path.read_bytes() for path in (again / "site").rglob("*") if path.is_file()}
    assert first.keys() == second.keys()
    assert [str(name) for name, content in first.items() if second[name] != content] == []


def test_one_changed_line_changes_every_place(project: Path, edition: report.Edition, tmp_path: Path) -> None:
    """The fact is found by what it is, not by name: the one that most pages use and a chart draws."""
    fact = most_used(edition, project)
    root = shutil.copytree(project, tmp_path / "project", symlinks=True)  # built once, as an editor has it
    path = root / fact.span.file
    lines = path.read_text(encoding="utf-8").splitlines(keepends=True)
    at = next(n for n in range(fact.span.line, len(lines)) if lines[n].startswith("  value:"))
    lines[at] = re.sub(r"\d+(?:\.\d+)?(?=e)", lambda match: str(float(match[0]) + 7).removesuffix(".0"), lines[at])
    path.write_text("".join(lines), encoding="utf-8")
    done = run_build(root)
    assert done.returncode == 0, done.stdout
    changed = check_project(root).edition
    assert changed is not None
    for language in edition.report.languages:
        old, new = Texts(edition, language), Texts(changed, language)
        before, after = pages(project, language.code), pages(root, language.code)
        link = f'data-fact="{fact.id}"'
        users = [name for name, page in before.items() if link in page]
        assert len(users) > 1
        for name in users:
            shown = re.findall(rf"{link}[^>]*>([^<]+)<", after[name])
            assert shown
            for text in shown:
                assert text not in {old.value(fact), old.value(fact, SHORT)}, name
        drawn = [chart.id for chart in edition.charts.values() if fact.id in chart.facts]
        assert drawn
        for key in drawn:
            svg = (root / "site" / language.code / f"charts/{key}.svg").read_text(encoding="utf-8")
            table = (root / "site" / language.code / f"charts/{key}.csv").read_text(encoding="utf-8")
            assert new.value(changed.facts[fact.id], LONG) in table, key
            value, unit, digits = quantity(changed.facts[fact.id]), fact.unit, fact.digits
            assert word_mark(new, value, unit, digits=digits) in words(svg), key


def most_used(edition: report.Edition, project: Path) -> report.Fact:
    sample = pages(project, edition.report.default.code)

    def uses(fact: report.Fact) -> int:
        return sum(f'data-fact="{fact.id}"' in page for page in sample.values())

    plain = [
        fact
        for fact in edition.facts.values()
        if not fact.formula
        and not fact.series
        and "us_dollars" in fact.unit.dimension
        and any(fact.id in chart.facts for chart in edition.charts.values())
        and not any(fact.id in one.facts for one in edition.checks.values())
        and not any(fact.id in claim.settled_by for claim in edition.claims.values())
        and not fact.forecast
    ]
    return max(plain, key=uses)


def test_an_error_leaves_the_published_site_as_it_was(project: Path, tmp_path: Path) -> None:
    root = shutil.copytree(project, tmp_path / "project", symlinks=True)
    template = root / "templates/pages/index.en.md.j2"
    template.write_text(template.read_text(encoding="utf-8") + "\nIt cost $72 billion.\n", encoding="utf-8")
    done = run_build(root)
    assert done.returncode == 1
    assert "templates/pages/index.en.md.j2" in done.stdout
    assert "typed-number" in done.stdout
    assert pages(root, "en") == pages(project, "en")


def test_plain_mkdocs_shows_the_default_language(project: Path, edition: report.Edition, tmp_path: Path) -> None:
    command = [sys.executable, "-m", "mkdocs", "build", "--strict", "--site-dir", str(tmp_path / "plain")]
    done = subprocess.run(command, cwd=project, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    page = (tmp_path / "plain/index.html").read_text(encoding="utf-8")
    assert edition.report.title[edition.report.default.code] in page


def test_tables_of_facts_name_sources_by_the_numbers_of_the_page_s_list(project: Path, edition: report.Edition) -> None:
    for language in edition.report.languages:
        for section in edition.report.sections:
            page = (project / "site" / language.code / section / "index.html").read_text(encoding="utf-8")
            listed = re.search(r'<ol class="fl-notes".*?</ol>', page, re.DOTALL)
            assert listed, section
            notes = re.findall(r'<li><a href="([^"]+)">', listed[0])
            numbered = re.findall(r'<a href="([^"]+)" data-n="(\d+)" title="[^"]+">', page)
            assert len(numbered) > len(notes) / 2, section
            assert all(notes[int(number) - 1] == href for href, number in numbered), section


def printed(project: Path, code: str) -> str:
    return (project / "site" / code / "print/index.html").read_text(encoding="utf-8")


def test_the_print_edition_cites_each_source_once_and_each_note_is_used(project: Path, edition: report.Edition) -> None:
    for language in edition.report.languages:
        html_text = printed(project, language.code)
        ids = re.findall(r'\bid="([^"]+)"', html_text)
        assert len(ids) == len(set(ids)), language.code
        links = set(re.findall(r'href="#([^"]+)"', html_text))
        assert links <= set(ids)
        notes = [one for one in ids if one.startswith("note:")]
        assert notes == [f"note:{number}" for number in range(1, len(notes) + 1)]
        named = re.findall(
            r'<li id="note:\d+"><b>(.*?)</b> (?:<a class="notes__url" href="([^"]*)">)?<cite[^>]*>(.*?)</cite>(.*?)<', html_text
        )
        assert len(named) == len(set(named)) == len(notes) > len(edition.sources) / 2
        cited = [
            number
            for first, last in re.findall(r'href="#note:(\d+)"[^>]*>\d+</a>(?:–<a href="#note:(\d+)")?', html_text)
            for number in range(int(first), int(last or first) + 1)
        ]
        assert list(dict.fromkeys(cited)) == list(range(1, len(notes) + 1)), language.code
        assert "<script" not in html_text


def test_the_print_edition_has_every_chart_heading_and_number_of_its_pages(project: Path, edition: report.Edition) -> None:
    left_out = {"facts", "sources", "changes", "reuse"}
    numbers = []
    for language in edition.report.languages:
        html_text = printed(project, language.code)
        chapters = dict(
            re.findall(
                r'<section class="chapter" id="([a-z-]+)"[^>]*>(.*?)</section>(?=\s*<section class="chapter)',
                html_text,
                re.DOTALL,
            )
        )
        assert list(chapters) == [page for page in edition.report.pages if page not in left_out]
        for name, chapter in chapters.items():
            page = (project / "site" / language.code / ("" if name == "index" else name) / "index.html").read_text(
                encoding="utf-8"
            )
            charts = re.findall(r'srcset="../charts/(\w+).svg#white"', chapter)
            assert charts == re.findall(r'data-chart="(\w+)"', page), name
            assert chapter.count("<picture>") == len(charts)
            for chart in charts:
                for file in (f"{chart}.svg", f"{chart}.narrow.svg"):
                    assert f'="../charts/{file}#white"' in chapter
                    assert (project / "site" / language.code / "charts" / file).is_file()
            assert chapter.count("<h3 id=") >= len(re.findall(r"<h2 id=", page)), name
        numbers.append(
            {name: Counter(re.findall(r'class="fl-n[^"]*" href="#(\w+)"', chapter)) for name, chapter in chapters.items()}
        )
        assert sum(numbers[-1]["costs"].values()) > 50
    assert all(other == numbers[0] for other in numbers)


@pytest.fixture(scope="session")
def pdfs(project: Path, edition: report.Edition) -> dict[str, PdfReader]:
    done = run_build(project, "--pdf")
    assert done.returncode == 0, done.stdout + done.stderr
    return {
        code: PdfReader(project / "site" / code / "factloom.pdf") for code in (one.code for one in edition.report.languages)
    }


def outline(entries: Sequence[object]) -> Iterator[str]:
    for entry in entries:
        if isinstance(entry, list):
            yield from outline(entry)
        else:
            yield str(getattr(entry, "title", ""))


def test_the_pdf_has_a_bookmark_per_heading_page_numbers_and_a_language(
    pdfs: dict[str, PdfReader], project: Path, edition: report.Edition
) -> None:
    for code, pdf in pdfs.items():
        headings = [words(one).strip() for one in re.findall(r"<h[1-5]\b[^>]*>(.*?)</h[1-5]>", printed(project, code))]
        bookmarks = [re.sub(r"\s+", " ", title).strip() for title in outline(pdf.outline)]
        assert bookmarks == headings
        for number in (2, 9, len(pdf.pages)):
            assert re.search(rf"^{number}$", pdf.pages[number - 1].extract_text(), re.MULTILINE), (code, number)
        root: Any = pdf.root_object
        assert str(root["/Lang"]) == code
        assert root["/MarkInfo"]["/Marked"]
        assert pdf.metadata is not None
        assert pdf.metadata.title == f"{edition.report.title[code]} - {edition.report.language(code).word('print.edition')}"


def told_by(cmap: str) -> set[str]:
    """The signs that the glyphs of a font stand for (ISO 32000-1, 9.10.3)."""
    found: set[str] = set()
    for low, high, last in re.findall(r"^<(\w+)> <(\w+)>(?: <(\w+)>)?$", cmap, re.MULTILINE):
        first = bytes.fromhex(last or high).decode("utf-16-be", "replace")
        more = int(high, 16) - int(low, 16) if last else 0
        found.update(first[:-1], (chr(ord(first[-1]) + step) for step in range(more + 1)))
    return found


def test_every_font_of_the_pdf_is_embedded_and_has_every_sign(pdfs: dict[str, PdfReader], project: Path) -> None:
    for code, pdf in pdfs.items():
        resources: list[Any] = [page["/Resources"] for page in pdf.pages]
        fonts = {reference.idnum: reference.get_object() for one in resources for reference in one.get("/Font", {}).values()}
        signs: set[str] = set()
        for font in fonts.values():
            descendants = font.get("/DescendantFonts")
            described = descendants[0].get_object() if descendants else font
            embedded = font["/Subtype"] == "/Type3" or {"/FontFile", "/FontFile2", "/FontFile3"} & set(
                described["/FontDescriptor"].get_object()
            )
            assert embedded, font
            signs |= told_by(font["/ToUnicode"].get_object().get_data().decode("latin-1"))
        text = words(re.sub(r"<(svg|nav|head)\b.*?</\1>", " ", printed(project, code), flags=re.DOTALL))
        told = set(unicodedata.normalize("NFKC", "".join(signs)))
        wanted = {sign for sign in unicodedata.normalize("NFKC", text) if not sign.isspace()}
        # A font that draws two signs with one glyph names only one of them, so a few are told by another's name.
        assert len(wanted - told) < len(wanted) / 100, wanted - told


def test_pages_fit_and_charts_are_drawn(page: Page, address: str, edition: report.Edition) -> None:
    for language in edition.report.languages:
        for section in edition.report.sections:
            page.goto(f"{address}/{language.code}/{section}/")
            wide = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
            assert wide <= 0, (language.code, section)
            drawn = page.locator("figure .fl-chart svg:visible")
            assert drawn.count() == page.locator("figure:visible .fl-chart").count() > 0
            assert page.locator("figure .fl-chart img").count() == 0
            smallest = page.evaluate(
                """() => Math.min(...[...document.querySelectorAll('.fl-chart svg text')].filter(t => t.getClientRects().length)
                .map(t => parseFloat(getComputedStyle(t).fontSize) * t.getScreenCTM().a))"""
            )
            assert smallest >= 10.9


def test_ink_follows_the_scheme(page: Page, address: str, edition: report.Edition, scheme: str) -> None:
    section = edition.report.sections[0]
    page.goto(f"{address}/{edition.report.default.code}/{section}/")
    ink = page.evaluate(
        "getComputedStyle([...document.querySelectorAll('.fl-chart svg text')].find(t => t.getClientRects().length)).fill"
    )
    brightness = sum(int(part) for part in re.findall(r"\d+", ink)[:3]) / 3
    assert (brightness > 128) is (scheme == "dark")


def test_a_chart_tells_its_values_at_hover_and_by_keyboard(
    page: Page, address: str, built: Path, edition: report.Edition
) -> None:
    code = edition.report.default.code
    html = "".join((built / f"site/{code}/{name}/index.html").read_text(encoding="utf-8") for name in edition.report.sections)
    chart = next(one for one in edition.charts.values() if one.mark == "trend" and f'id="fig-{one.id}"' in html)
    texts = Texts(edition, edition.report.default)
    rows = [[cell.text for cell in row] for row in tabulate(chart, edition, texts).rows]
    page.goto(f"{address}/{code}/{chart.topic}/")
    figure = page.locator(f"#fig-{chart.id}")
    read = figure.locator(".fl-reading")
    figure.locator("svg:visible [data-row='1']").first.hover(force=True)
    assert all(text in read.inner_text() for text in rows[1])
    page.mouse.move(1, 1)
    read.wait_for(state="hidden")
    figure.locator(".fl-chart").focus()
    for row in rows[:2]:
        page.keyboard.press("ArrowRight")
        assert read.get_attribute("role") == "status"
        assert any(all(text in read.inner_text() for text in one) for one in rows), row
    assert rows[0][1] not in read.inner_text()
    page.keyboard.press("Escape")
    read.wait_for(state="hidden")


def test_a_square_leads_to_its_claim_and_a_count_narrows_the_list(page: Page, address: str, edition: report.Edition) -> None:
    chart = next(one for one in edition.charts.values() if one.mark == "counts")
    page.goto(f"{address}/{edition.report.default.code}/fact-check/")
    figure = page.locator(f"#fig-{chart.id}")
    square = figure.locator("svg:visible a[tabindex='-1']").last
    words, place = square.get_attribute("data-words"), square.get_attribute("href")
    square.hover()
    assert words
    assert words in figure.locator(".fl-reading").inner_text()
    square.click()
    page.wait_for_url(f"**/fact-check/{place}")
    assert words in page.locator(str(place)).inner_text()
    count = figure.locator("svg:visible a[aria-label]").first
    count.focus()
    page.keyboard.press("Enter")
    wait_until(lambda: bool(page.evaluate("location.search.startsWith('?')")))
    assert page.locator(".fl-claim:visible").count() == int(count.text_content() or 0)


def test_charts_follow_forced_colours(browser: Browser, address: str, edition: report.Edition) -> None:
    context = browser.new_context(forced_colors="active", color_scheme="dark", viewport={"width": 1280, "height": 800})
    page = context.new_page()
    page.goto(f"{address}/{edition.report.default.code}/{edition.report.sections[0]}/")
    canvas, text = page.evaluate(
        """() => ['Canvas', 'CanvasText'].map(name => {
            const probe = document.body.appendChild(document.createElement('i'));
            probe.style.color = name;
            return getComputedStyle(probe).color;
        })"""
    )
    inks = page.evaluate(
        """() => [...document.querySelectorAll('.fl-chart svg')].filter(svg => svg.getClientRects().length)
            .flatMap(svg => [...svg.querySelectorAll('text')].map(one => getComputedStyle(one).fill))"""
    )
    assert canvas != text
    assert inks
    assert set(inks) <= {text, canvas}
    hidden = page.evaluate(
        """canvas => [...document.querySelectorAll('.fl-chart svg')].filter(svg => svg.getClientRects().length).flatMap(svg => {
            const box = one => one.getBoundingClientRect(), fill = one => getComputedStyle(one).fill;
            const filled = [...svg.querySelectorAll('path')].filter(one => ![canvas, 'none'].includes(fill(one))).map(box);
            const holds = (a, b) => a.left <= b.left && b.right <= a.right && a.top <= b.top + 3 && b.bottom - 3 <= a.bottom;
            return [...svg.querySelectorAll('text')].filter(one => fill(one) === canvas && !filled.some(a => holds(a, box(one))))
                .map(one => one.textContent);
        })""",
        canvas,
    )
    assert hidden == []  # a text in the colour of the ground stands on a filled shape
    context.close()


def test_the_language_switch_leads_to_the_same_page(page: Page, address: str, edition: report.Edition) -> None:
    first, second = (language.code for language in edition.report.languages)
    page.goto(f"{address}/{first}/method/")
    page.locator(f".fl-languages a[hreflang={second}]").first.click()
    page.wait_for_url(f"{address}/{second}/method/*")
    assert page.evaluate("document.documentElement.lang").startswith(second)


def test_a_number_leads_to_its_fact(page: Page, address: str, edition: report.Edition) -> None:
    page.goto(f"{address}/{edition.report.default.code}/{edition.report.sections[0]}/")
    link = page.locator("article p a.fl-n[data-fact]").first
    fact, target = link.get_attribute("data-fact"), link.get_attribute("href")
    assert fact is not None
    assert target is not None
    assert fact in target
    page.goto(page.evaluate("href => new URL(href, location.href).href", target))
    assert Texts(edition, edition.report.default).label(edition.facts[fact]) in page.inner_text("article")


def test_everything_can_be_read_without_script(browser: Browser, address: str, edition: report.Edition) -> None:
    context = browser.new_context(java_script_enabled=False, viewport={"width": 1280, "height": 800})
    page = context.new_page()
    for language in edition.report.languages:
        page.goto(f"{address}/{language.code}/{edition.report.sections[0]}/")
        assert len(page.inner_text("article")) > 2000
        assert page.locator(".fl-chart svg:visible").count() > 0
    context.close()


_CODE = re.compile(r"<(pre|code)\b.*?</\1>", re.DOTALL)
_STRAIGHT = re.compile(r".{0,30}(?:(?<=\w)'(?=\w)|\"|(?<=\w)' |(?<= )'(?=\w)).{0,30}")


def test_published_texts_have_typographic_quotation_marks_and_apostrophes(project: Path) -> None:
    found = {
        f"{code}/{name}: {match[0]}"
        for code in ("ja", "en")
        for name, page in pages(project, code).items()
        for match in _STRAIGHT.finditer(words(_CODE.sub(" ", page)))
    }
    assert found == set()

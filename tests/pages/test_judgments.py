"""A judgment has an anchor on the page that owns it, and is quoted elsewhere with a link to that."""

from __future__ import annotations

import re
from html import unescape
from pathlib import Path

import pytest

from generator.checks.project_check import check_project
from generator.pages.renderer import PageRenderer
from generator.pages.templates import Templates
from generator.wording.texts import Texts

HEAD = '---\ntitle: North\ndescription: In short, {{ judgment("grows") }}\n---\n'


@pytest.fixture
def renderers(project: Path) -> dict[str, PageRenderer]:
    """The good project with a page that quotes its judgment twice and lists all, in both languages."""
    report = project / "data/report.yml"
    report.write_text(
        report.read_text(encoding="utf-8").replace("pages: [index]", "pages: [index, lakes/north]"), encoding="utf-8"
    )
    for code in ("en", "de"):
        file = project / f"templates/pages/lakes/north.{code}.md.j2"
        file.parent.mkdir(exist_ok=True)
        file.write_text(HEAD + '# N { #n }\n\nSo {{ judgment("grows") }}.\n', encoding="utf-8")
    checked = check_project(project)
    assert checked.edition is not None
    assert checked.findings == ()
    return {
        language.code: PageRenderer(Templates(project), Texts(checked.edition, language), lambda _chart, _texts: None)
        for language in checked.edition.report.languages
    }


def words(html: str) -> str:
    return re.sub(r"<[^>]+>", "", re.sub(r'<span class="fl-hidden"[^>]*>.*?</span>', "", html))


@pytest.mark.parametrize(
    ("code", "owned", "quoted", "why", "title"),
    [
        (
            "en",
            "On balance the lake keeps growing, from 20 square kilometers.",
            "So the lake keeps growing, from 20 square kilometers (why).",
            "why",
            "Lakes",
        ),
        (
            "de",
            "Alles in allem: der See wächst weiter, seit 20 Quadratkilometer.",
            "So der See wächst weiter, seit 20 Quadratkilometer (warum).",
            "warum",
            "Seen",
        ),
    ],
)
def test_owned_and_quoted(renderers: dict[str, PageRenderer], code: str, owned: str, quoted: str, why: str, title: str) -> None:
    owner, quoting = (renderers[code].render(page) for page in ("index", "lakes/north"))
    assert owned in words(owner.markdown)
    assert owner.markdown.count('<span class="fl-judgment" id="judgment-grows">') == 1
    assert "fl-why" not in owner.markdown
    assert quoted in words(quoting.markdown)
    assert f'class="fl-why" href="../../#judgment-grows">{why}<span class="fl-hidden">: {title}</span></a>' in unescape(
        quoting.markdown
    )
    assert 'id="judgment-grows"' not in quoting.markdown
    assert quoting.description == f"In short, {quoted[3:].partition(' (')[0]}"  # without a link
    assert (owner.uses.judgments, owner.uses.facts[-1]) == (["grows"], "area_2024")


def test_the_owner_quotes_itself_where_it_says_it_again(renderers: dict[str, PageRenderer]) -> None:
    renderer = renderers["en"]
    file = renderer.templates.root / "templates/pages/index.en.md.j2"
    file.write_text(file.read_text(encoding="utf-8") + '\nAgain: {{ judgment("grows") }}.\n', encoding="utf-8")
    markdown = unescape(renderer.render("index").markdown)
    assert markdown.count('id="judgment-grows"') == 1
    assert "Again: the lake keeps growing" in words(markdown)
    assert 'class="fl-why" href="#judgment-grows"' in markdown


def test_all_judgments_are_listed_with_what_would_change_them(renderers: dict[str, PageRenderer]) -> None:
    renderer = renderers["en"]
    file = renderer.templates.root / "templates/pages/lakes/north.en.md.j2"
    file.write_text(HEAD + "# N { #n }\n\n{{ judgments_list() }}\n", encoding="utf-8")
    markdown = unescape(renderer.render("lakes/north").markdown)
    assert '<a class="fl-judgments__page" href="../../#judgment-grows">Lakes</a>' in markdown
    assert "A dry year" in markdown
    assert re.findall(r'data-fact="(\w+)"', markdown) == ["area_2024", "area_growth", "area_2024", "area_2025", "dam_cost"]

"""Corrected facts have a notice on every page that uses them."""

from __future__ import annotations

from html import unescape
from pathlib import Path

import pytest
from sample_projects import edit
from sample_reports import check_edition

from generator.pages.renderer import PageRenderer
from generator.pages.templates import Templates
from generator.wording.texts import Texts

FACTS = "data/facts/water.yml"


CORRECTED = (
    "  history:\n    - {value: 24e6, as_of: 2025-01-31, kind: correction, until: 2025-03-02,"
    " reason: {en: A digit was misread., de: Eine Ziffer war verlesen.}}\n"
)


@pytest.fixture
def corrected(project: Path) -> Path:
    """The good project with pages of two more kinds: one uses what is worked out from a corrected fact, one does not use it."""
    edit(project, "data/report.yml", "pages: [index]", "pages: [index, growth, money]")
    for code in ("en", "de"):
        for page, fact in (("growth", "area_growth"), ("money", "dam_cost")):
            text = f'---\ntitle: X\ndescription: Y\n---\n# X\n\nLead.\n\n## More {{ #more }}\n\n{{{{ fact("{fact}") }}}}\n'
            (project / f"templates/pages/{page}.{code}.md.j2").write_text(text, encoding="utf-8")
    with (project / "data/words.yml").open("a", encoding="utf-8") as words:
        words.write(
            "part_correction: {en: Correction, de: Berichtigung}\npart_corrections: {en: Corrections, de: Berichtigungen}\n"
        )
    edit(project, FACTS, "area_growth:", CORRECTED + "area_growth:")
    return project


def _pages(root: Path) -> dict[tuple[str, str], str]:
    edition = check_edition(root)
    found: dict[tuple[str, str], str] = {}
    for language in edition.report.languages:
        pages = PageRenderer(Templates(root), Texts(edition, language), lambda _chart, _texts: None)
        found |= {(page, language.code): pages.render(page).markdown for page in edition.report.pages}
    return found


def test_a_correction_stands_on_the_pages_that_use_the_fact(corrected: Path) -> None:
    pages = _pages(corrected)
    assert {key for key, text in pages.items() if "fl-corrections" in text} == {
        (page, code) for page in ("index", "growth") for code in ("en", "de")
    }
    english, german = (unescape(pages["growth", code]) for code in ("en", "de"))
    assert "March 2, 2025" in english
    assert '<del>24 km²</del> <span class="fl-arrow">→</span> <ins>25 km²</ins>' in english
    assert "A digit was misread." in english
    assert "2. März 2025" in german
    assert "Eine Ziffer war verlesen." in german


def test_a_correction_stands_below_the_lead(corrected: Path) -> None:
    text = _pages(corrected)["growth", "en"]
    assert text.index("Lead.") < text.index("<aside") < text.index("## More")


def test_an_update_is_no_correction(corrected: Path) -> None:
    edit(corrected, FACTS, "kind: correction", "kind: update")
    assert not any("fl-corrections" in text for text in _pages(corrected).values())


def test_a_correction_without_its_day_is_dated_by_what_followed(corrected: Path) -> None:
    edit(corrected, FACTS, " until: 2025-03-02,", "")
    edit(corrected, FACTS, "  period: 2025\n", "  period: 2025\n  as_of: 2025-04-05\n")
    assert "April 5, 2025" in _pages(corrected)["index", "en"]

"""The numbers of finished pages are read back and compared between languages."""

from __future__ import annotations

from pathlib import Path

import pytest

from generator.checks.number_parity import NumberReader, ShownQuantity, compare_pages, shown_quantities
from generator.checks.project_check import CheckResult, check_project
from generator.markup.document import Document
from generator.pages.renderer import PageRenderer
from generator.pages.templates import Templates
from generator.wording.texts import Texts

GERMAN = "templates/pages/index.de.md.j2"
HTML = '<nav><a data-fact="dam_cost">66 US dollars</a></nav><article class="md"><p>{}</p></article>'
FACT = '<a class="fl-n" href="../facts/x/" data-fact="{}">{}</a>'


def rendered(root: Path, checked: CheckResult, code: str) -> str:
    assert checked.edition is not None
    language = next(one for one in checked.edition.report.languages if one.code == code)
    templates = Templates(root, checked.stale)
    return PageRenderer(templates, Texts(checked.edition, language), lambda _chart, _texts: None).render("index").markdown


def test_quantities_are_taken_from_the_main_content() -> None:
    html = HTML.format(
        FACT.format("dam_cost", "<b>66&ndash;72</b> billion") + ' and <a class=x data-claim=grew href="#">25</a>'
    )
    assert shown_quantities(Document(html)) == [
        ShownQuantity("fact", "dam_cost", "66–72 billion"),
        ShownQuantity("claim", "grew", "25"),
    ]


@pytest.mark.parametrize(
    ("english", "german", "found"),
    [
        ("66–72 billion US dollars", "66–72 Milliarden US-Dollar", []),
        ("\u22125 billion US dollars", "\u22125 Milliarden US-Dollar", []),
        ("\u22125 billion US dollars", "-5 Milliarden US-Dollar", []),
        ("\u22125 billion US dollars", "5 Milliarden US-Dollar", ["parity-quantities"]),
        ("66–72 billion US dollars", "66–73 Milliarden US-Dollar", ["parity-quantities"]),
        ("66–72 billion US dollars", "", ["parity-quantities"]),
        ("66–72 billion US dollars", "ziemlich viel", ["parity-quantities.unread"]),
    ],
)
def test_pages_show_the_same_numbers(project: Path, english: str, german: str, found: list[str]) -> None:
    edition = check_project(project).edition
    assert edition is not None
    german = german.replace("–", " bis ")  # as this project writes ranges
    pages = {
        code: shown_quantities(Document(HTML.format(FACT.format("dam_cost", words) if words else "")))
        for code, words in (("en", english), ("de", german))
    }
    findings = list(compare_pages(NumberReader(edition), "index", pages))
    assert [f"{one.rule}.{one.variant}".rstrip(".") for one in findings] == found
    assert all(one.sentence("en") and one.span.file == GERMAN for one in findings)


def test_the_good_project_shows_the_same_numbers_in_both_languages(project: Path) -> None:
    checked = check_project(project)
    assert checked.edition is not None
    html = {code: f"<article>{rendered(project, checked, code)}</article>" for code in ("en", "de")}
    pages = {code: shown_quantities(Document(text)) for code, text in html.items()}
    assert [one.id for one in pages["de"]].count("area_growth") == 1  # a change, "up 4%"
    reader = NumberReader(checked.edition)
    assert not list(compare_pages(reader, "index", pages))
    wrong = html["de"].replace("25\u00a0Quadrat", "26\u00a0Quadrat").replace("25 Quadrat", "26 Quadrat")
    for known in ({}, dict(reader.read)):  # what was read before is read as the same
        again = NumberReader(checked.edition, known)
        (found,) = compare_pages(again, "index", {**pages, "de": shown_quantities(Document(wrong))})
        assert found.sentence("en").endswith("area_2025 is read as 26000000 in de, but as 25000000 in en")
        assert again.read.items() > {key: reader.read[key] for key in again.read.keys() & reader.read}.items()

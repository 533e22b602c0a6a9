"""Relative links between pages, from the first page, a page and a page in a folder."""

from __future__ import annotations

import pytest
from sample_reports import sample_context

from generator.model.report import Edition
from generator.pages.page_links import PageLinks
from generator.records.struct import replace


def edition() -> Edition:
    found = sample_context().edition
    return replace(found, report=replace(found.report, pages=("index", "facts", "lakes/north")))


@pytest.mark.parametrize(
    ("page", "target", "anchor", "expected"),
    [
        ("index", "index", "", "./"),
        ("index", "index", "top", "#top"),
        ("index", "facts", "", "facts/"),
        ("index", "lakes/north", "deep", "lakes/north/#deep"),
        ("facts", "index", "", "../"),
        ("facts", "facts", "area", "#area"),
        ("facts", "lakes/north", "deep", "../lakes/north/#deep"),
        ("lakes/north", "index", "top", "../../#top"),
        ("lakes/north", "facts", "", "../../facts/"),
        ("lakes/north", "lakes/north", "", "./"),
    ],
)
def test_links_to_pages_of_the_same_language(page: str, target: str, anchor: str, expected: str) -> None:
    assert PageLinks(edition(), page, "en-US").to(target, anchor) == expected


@pytest.mark.parametrize(
    ("page", "fact", "translation"),
    [
        ("index", "facts/area_2025/", "../de/facts/#area"),
        ("facts", "../facts/area_2025/", "../../de/facts/#area"),
        ("lakes/north", "../../facts/area_2025/", "../../../de/facts/#area"),
    ],
)
def test_links_to_facts_and_translations(page: str, fact: str, translation: str) -> None:
    links = PageLinks(edition(), page, "en-US")
    assert links.to_fact("area_2025") == fact
    found = links.to_translation("de", "facts", "area")
    assert (found.url, found.code, found.name) == (translation, "de", "German")


def test_there_is_no_link_to_a_page_that_the_report_lacks() -> None:
    links = PageLinks(edition(), "index", "en-US")
    assert links.to("timeline", "event-opening") == ""
    assert links.to_translation("de", "fact-check", "claim-area").url == ""
    without_facts = PageLinks(replace(edition(), facts={}), "index", "en-US")
    assert without_facts.to_fact("area_2025") == ""


@pytest.mark.parametrize(
    ("page", "pages", "relative", "below_language"),
    [
        ("index", ("index", "facts"), "facts/#fact-area_2025", "facts/#fact-area_2025"),
        ("facts", ("index", "facts"), "#fact-area_2025", "facts/#fact-area_2025"),
        ("lakes/north", ("index", "lakes/north"), "", ""),
    ],
)
def test_without_pages_of_their_own_facts_are_found_in_their_list(
    page: str, pages: tuple[str, ...], relative: str, below_language: str
) -> None:
    found = replace(edition(), report=replace(edition().report, pages=pages, outputs=("api",)))
    assert PageLinks(found, page, "en-US").to_fact("area_2025") == relative
    assert found.fact_address("area_2025") == below_language

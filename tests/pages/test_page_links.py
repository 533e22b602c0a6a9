"""Relative links between pages, from the first page, a page and a page in a folder."""

from __future__ import annotations

import pytest
from sample_reports import sample_context

from generator.pages.page_links import PageLinks


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
    assert PageLinks(sample_context().edition, page).to(target, anchor) == expected


@pytest.mark.parametrize(
    ("page", "fact", "translation"),
    [
        ("index", "facts/area_2025/", "../de/facts/#area"),
        ("facts", "../facts/area_2025/", "../../de/facts/#area"),
        ("lakes/north", "../../facts/area_2025/", "../../../de/facts/#area"),
    ],
)
def test_links_to_facts_and_translations(page: str, fact: str, translation: str) -> None:
    links = PageLinks(sample_context().edition, page)
    assert links.to_fact("area_2025") == fact
    found = links.to_translation("de", "facts", "area")
    assert (found.url, found.code, found.name) == (translation, "de", "Deutsch")

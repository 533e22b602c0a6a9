"""Where facts appear: pages that use them, charts that draw them, claims they settle, facts calculated from them."""

from __future__ import annotations

from sample_reports import make_page, sample_context

from generator.pages.mentions import EntryMentions, MentionIndex
from generator.pages.page import Page, Uses
from generator.records.struct import replace

TEXTS = sample_context().texts[0]


def index_of(*pages: Page) -> MentionIndex:
    return MentionIndex(EntryMentions(sample_context().edition), pages)


def test_mentions_of_a_fact() -> None:
    page = make_page("index", TEXTS, title="Lakes", facts=("area_2025", "area_2025"))
    found = index_of(page, make_page("facts", TEXTS, title="Facts")).of("area_2025")
    assert found.pages == (("index", "Lakes"),)
    assert found.claims == ("grew",)
    assert found.derived == ("area_growth",)
    assert found.judgments == (("grows", "Lakes"),)
    assert found.titles == {"facts": "Facts"}


def test_pages_that_list_everything_do_not_count() -> None:
    page = make_page("facts", TEXTS, facts=("area_2025",))
    listing = replace(page, uses=Uses(facts=["area_2025"], lists_all=True))
    assert index_of(page).of("area_2025").pages == (("facts", "facts"),)
    assert index_of(listing).of("area_2025").pages == ()


def test_the_fingerprint_differs_where_mentions_do() -> None:
    page = make_page("index", TEXTS, facts=("area_2025",))
    fingerprints = {index_of(page).of("area_2025").fingerprint, index_of().of("area_2025").fingerprint}
    assert len(fingerprints) == 2
    assert index_of(page).of("area_2025").fingerprint in fingerprints


def test_an_index_has_another_fingerprint_where_any_mention_differs() -> None:
    page = make_page("index", TEXTS, title="Lakes", facts=("area_2025",))
    pages = [(page,), (), (replace(page, title="Seas"),), (page, make_page("facts", TEXTS, title="Facts"))]
    fingerprints = [index_of(*some).fingerprint for some in pages]
    assert len(set(fingerprints)) == len(pages)
    assert index_of(page).fingerprint == fingerprints[0]


def test_neighbours_are_those_of_the_same_topic_in_order() -> None:
    edition = sample_context().edition
    keys = [fact.id for fact in edition.facts.values() if fact.topic == edition.facts["area_2025"].topic]
    found = [index_of().of(key).neighbours for key in keys]
    assert [before for before, _ in found] == ["", *keys[:-1]]
    assert [after for _, after in found] == [*keys[1:], ""]

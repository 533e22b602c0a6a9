"""Feeds of changes: valid, stable from build to build, dated by the data, and cut by section."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Hashable, Iterator
from datetime import date
from typing import Any

import feedparser
import pytest
from jsonfeedvalidator.schema import SCHEMA
from jsonschema import Draft4Validator
from lxml import etree
from sample_reports import TESTS, flagship_texts, sample_context

from generator.exports.feeds import (
    ATOM,
    JSON,
    Feed,
    atom,
    entry_html,
    entry_id,
    entry_title,
    fact_file,
    fact_link,
    feeds,
    files,
    has_feed,
    json_feed,
    links,
)
from generator.model import periods, values
from generator.model.changelog import Entry, changelog, known_since, last_change
from generator.model.languages import Phrase
from generator.model.report import Change, Edition, Fact
from generator.records.struct import replace
from generator.wording.texts import Texts

EN, DE = sample_context().texts
RELAXNG = etree.RelaxNG(file=str(TESTS / "schemas/atom.rng"))
RFC3339 = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ")
TAG = re.compile(r"tag:[a-z0-9.-]+,\d{4}(-\d\d(-\d\d)?)?:[\w/.-]+")


def every_feed() -> Iterator[Feed]:
    for texts in (*sample_context().texts, *flagship_texts()):
        yield from feeds(texts)


def fact_feeds() -> Iterator[tuple[Fact, str]]:
    """The feeds of facts whose value has changed."""
    for texts in flagship_texts():
        for fact in texts.edition.facts.values():
            if has_feed(texts.edition, fact):
                yield fact, fact_file(texts, fact)[1]


def with_fact(edition: Edition, **changes: Any) -> Edition:  # noqa: ANN401  fields of a fact
    return replace(edition, facts={**edition.facts, "area_2025": replace(edition.facts["area_2025"], **changes)})


def change(value: str, as_of: str, kind: str = "update") -> Change:
    reason = Phrase({"en": "First survey.", "de": "Erste Messung."})
    return Change(value=values.parse(value), as_of=periods.parse(as_of), kind=kind, reason=reason, source=None)


def listed(edition: Edition, key: str) -> list[Entry]:
    return [one for one in changelog(edition) if one.key.startswith(key)]


def test_changelog_of_the_good_project() -> None:
    entries = [(one.date.isoformat(), one.kind, one.key) for one in changelog(sample_context().edition)]
    assert entries == [
        ("2025-05-01", "new", "facts/area_2024"),
        ("2025-05-01", "new", "facts/area_2025"),
        ("2025-05-01", "new", "facts/dam_cost"),
        ("2025-05-01", "new", "facts/opened"),
        ("2025-03-01", "event", "events/opening"),
    ]


def test_each_change_of_a_fact_is_an_entry() -> None:
    edition = with_fact(
        sample_context().edition,
        as_of=periods.parse("2025-06"),
        history=(change("24e6", "2025-01-15"), change("26e6", "2025-02", "correction")),
    )
    entries = [
        (one.date.isoformat(), one.kind, entry_title(Texts(edition, EN.language), one))
        for one in listed(edition, "facts/area_2025")
    ]
    assert entries == [
        ("2025-06-01", "correction", "Area in 2025: 25 km²"),
        ("2025-02-01", "update", "Area in 2025: 26 km²"),
        ("2025-01-15", "new", "Area in 2025: 24 km²"),
    ]
    corrected = listed(edition, "facts/area_2025")[0]
    assert "Before: 26 km² (February 2025). First survey." in entry_html(Texts(edition, EN.language), corrected)


def test_a_fact_whose_value_changed_has_a_feed_beside_its_page() -> None:
    edition = with_fact(
        sample_context().edition, history=(change("24e6", "2025-01-15"), change("26e6", "2025-02", "correction"))
    )
    texts, fact = Texts(edition, DE.language), edition.facts["area_2025"]
    path, text = fact_file(texts, fact)
    assert path == "facts/area_2025/feed.xml"
    read = feedparser.parse(text.encode())
    assert read.feed.title == "Fläche 2025: Änderungen"
    assert read.feed.id == "https://lakes.example/de/facts/area_2025/feed.xml"
    assert [link.href for link in read.feed.links] == [read.feed.id, "https://lakes.example/de/facts/area_2025/"]
    assert [one.id for one in read.entries] == [entry_id(texts, one) for one in listed(edition, "facts/area_2025")]
    assert fact_link(texts, fact) == (
        '<link rel="alternate " type="application/atom+xml" title="Fläche 2025: Änderungen" href="feed.xml">\n'
    )
    assert fact_link(texts, edition.facts["dam_cost"]) == ""


def test_feeds_of_facts_are_valid() -> None:
    found = list(fact_feeds())
    assert len(found) > 1
    for fact, text in found:
        RELAXNG.assertValid(etree.fromstring(text.encode()))
        assert {one.link.rpartition("/facts/")[2] for one in feedparser.parse(text.encode()).entries} == {f"{fact.id}/"}


def test_later_changes_than_the_report_are_left_out() -> None:
    later = with_fact(sample_context().edition, as_of=periods.parse("2025-07-01"))
    assert listed(later, "facts/area_2025") == []


def test_two_changes_on_one_day_have_different_ids() -> None:
    edition = with_fact(
        sample_context().edition, as_of=periods.parse("2025-06-01"), history=(change("24e6", "2025-06-01", "correction"),)
    )
    ids = [entry_id(EN, one) for one in listed(edition, "facts/area_2025")]
    assert ids == [
        "tag:lakes.example,2025-06-01:en/facts/area_2025",
        "tag:lakes.example,2025-06-01:en/facts/area_2025/correction",
    ]


@pytest.mark.parametrize(
    ("facts", "claims", "events", "expected"),
    [
        (["opened"], [], [], date(2025, 5, 1)),
        (["area_growth"], [], [], date(2025, 5, 1)),
        ([], ["grew"], [], date(2025, 5, 1)),
        ([], [], ["opening"], date(2025, 3, 1)),
        ([], [], [], None),
    ],
)
def test_last_change(facts: list[str], claims: list[str], events: list[str], expected: date | None) -> None:
    assert last_change(sample_context().edition, facts=facts, claims=claims, events=events) == expected


def test_a_fact_is_known_since_its_own_date_or_its_earliest_source() -> None:
    fact: Fact = sample_context().edition.facts["area_2025"]
    assert known_since(fact) == periods.parse("2025-05")
    assert known_since(replace(fact, as_of=periods.parse("2025-06-02"))) == periods.parse("2025-06-02")
    assert known_since(replace(fact, evidence=())) is None


def test_atom_is_valid() -> None:
    for feed in every_feed():
        text = atom(feed)
        RELAXNG.assertValid(etree.fromstring(text.encode()))
        read = feedparser.parse(text.encode())
        assert read.bozo == 0, read.get("bozo_exception")
        assert read.version == "atom10"
        assert len(read.entries) == len(feed.entries)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("<updated>", "<modified>"),
        ("T00:00:00Z", ""),
        ('rel="self"', 'rel="the self"'),
        ("<author>", "<writer>"),
        ("<id>tag:", "<id>"),
    ],
)
def test_a_spoiled_feed_is_not(old: str, new: str) -> None:
    text = atom(feeds(EN)[0])
    assert old in text
    closing = text.replace(old, new).replace(old.replace("<", "</"), new.replace("<", "</"))
    assert not RELAXNG.validate(etree.fromstring(closing.encode()))


def test_json_feed_is_valid() -> None:
    """By the letter of https://www.jsonfeed.org/version/1.1/: what must be there, and nothing that has no meaning."""
    for feed in every_feed():
        content = json.loads(json_feed(feed))
        assert set(content) == {"version", "title", "home_page_url", "feed_url", "description", "language", "authors", "items"}
        assert content["version"] == "https://jsonfeed.org/version/1.1"
        assert all(content[key].startswith("https://") for key in ("home_page_url", "feed_url"))
        assert all(set(one) <= {"name", "url", "avatar"} and one for one in content["authors"])
        for item in content["items"]:
            assert set(item) == {"id", "url", "title", "content_html", "date_published", "tags"}
            assert all(isinstance(item[key], str) and item[key] for key in set(item) - {"tags"})
            assert all(isinstance(tag, str) for tag in item["tags"])
            assert RFC3339.fullmatch(item["date_published"])
        ids = [item["id"] for item in content["items"]]
        assert len(set(ids)) == len(ids)


# The published schema is that of version 1: with one author, and without the language.
JSON_FEED = Draft4Validator(SCHEMA, format_checker=Draft4Validator.FORMAT_CHECKER)


def as_version_1(text: str) -> dict[str, Any]:
    content = json.loads(text)
    (author,) = content.pop("authors")
    del content["language"]
    return {**content, "author": author}


def test_json_feed_keeps_to_its_schema() -> None:
    for feed in every_feed():
        JSON_FEED.validate(as_version_1(json_feed(feed)))


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ('"id"', '"key"'),
        ('"content_html"', '"html"'),
        ('"items"', '"entries"'),
        ('"tags": [', '"tags": [1, '),
        ('"title"', '"name"'),
    ],
)
def test_a_spoiled_json_feed_does_not(old: str, new: str) -> None:
    text = json_feed(feeds(EN)[0])
    assert old in text
    assert not JSON_FEED.is_valid(as_version_1(text.replace(old, new)))


def test_both_formats_have_the_same_entries() -> None:
    for feed in every_feed():
        read, content = feedparser.parse(atom(feed).encode()), json.loads(json_feed(feed))
        assert [(one.id, one.title, one.link, one.published) for one in read.entries] == [
            (one["id"], one["title"], one["url"], one["date_published"]) for one in content["items"]
        ]


def test_ids_are_tags_and_unique() -> None:
    for texts in flagship_texts():
        ids = [entry_id(texts, one) for one in changelog(texts.edition)]
        assert len(set(ids)) == len(ids)
        assert [one for one in ids if not TAG.fullmatch(one)] == []


def test_ids_and_dates_stay_the_same_in_a_later_report() -> None:
    edition = sample_context().edition
    moved = replace(edition, report=replace(edition.report, as_of=periods.parse("2026-01-31")))
    before = {entry_id(EN, one): one.date for one in changelog(edition)}
    after = {entry_id(Texts(moved, EN.language), one): one.date for one in changelog(moved)}
    assert before == after


def test_languages_have_ids_of_their_own() -> None:
    assert {entry_id(EN, one) for one in changelog(EN.edition)}.isdisjoint(entry_id(DE, one) for one in changelog(DE.edition))


def test_a_feed_is_dated_by_its_newest_entry() -> None:
    whole = feeds(EN)[0]
    assert feedparser.parse(atom(whole)).feed.updated == "2025-05-01T00:00:00Z"
    assert Feed(texts=EN, section="", entries=()).updated == "2025-06-30T00:00:00Z"


def test_sections_have_their_own_feeds() -> None:
    for texts in flagship_texts():
        whole, *parts = feeds(texts)
        assert [part.section for part in parts] == list(texts.edition.report.sections)
        for part in parts:
            assert part.entries
            assert {one.section for one in part.entries} == {part.section}
            shared = [one for one in whole.entries if one.section == part.section]
            assert list(part.entries[: len(shared)]) == shared
    assert [name for name, _ in files(EN)] == [ATOM, JSON, f"water/{ATOM}", f"water/{JSON}"]


def test_markup_in_a_text_stays_text() -> None:
    label = Phrase({"en": "Area <b> & 'more'", "de": "Fläche <b>"})
    edition = with_fact(sample_context().edition, label=label, note=Phrase({"en": "a <script> & b", "de": "c"}))
    read = feedparser.parse(atom(feeds(Texts(edition, EN.language))[0]).encode(), sanitize_html=False)
    (entry,) = (one for one in read.entries if one.id.endswith("area_2025"))
    assert entry.title == "Area <b> & 'more': 25 km²"
    assert "<p>a &lt;script&gt; &amp; b</p>" in entry.content[0].value


@pytest.mark.parametrize(
    ("page", "expected"),
    [
        ("index", ["feed.xml", "feed.json"]),
        ("facts", ["../feed.xml", "../feed.json"]),
        ("facts/area_2025", ["../../feed.xml", "../../feed.json"]),
        ("water", ["../feed.xml", "../feed.json", "../water/feed.xml", "../water/feed.json"]),
    ],
)
def test_heads_of_pages_link_to_feeds(page: str, expected: list[str]) -> None:
    html = links(EN, page)
    assert re.findall(r'href="([^"]+)"', html) == expected
    assert set(re.findall(r'rel="([^"]+)"', html)) == {"alternate "}


def test_only_entries_that_are_not_remembered_are_written() -> None:
    kept: dict[Hashable, str] = {}
    made: list[Hashable] = []

    def remember(key: Hashable, make: Callable[[], str]) -> str:
        if key not in kept:
            kept[key] = make()
            made.append(key)
        return kept[key]

    first = dict(files(EN, remember))
    assert made == [(entry.key, entry.when.text) for entry in changelog(EN.edition)]
    dropped = made.pop()
    made.clear()
    del kept[dropped]
    assert dict(files(EN, remember)) == first == dict(files(EN))
    assert made == [dropped]

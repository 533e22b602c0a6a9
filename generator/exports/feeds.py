"""Feeds of changes: Atom (RFC 4287) and JSON Feed 1.1, per language, of the whole report and of each section.

A fact whose value has changed has a feed of its own, beside its page.

Ids of entries are tag: URIs (RFC 4151) made of the site's address, the changed entry and the date, so that they stay the same
from build to build.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from html import escape
from urllib.parse import urlsplit
from xml.etree import ElementTree as ET

from ..markup.json_text import json_text
from ..model import addresses
from ..model.changelog import Entry, changelog, changelog_of, tag_date
from ..model.languages import Phrase
from ..model.report import Edition, Fact
from ..pages.render_cache import Memoize, make_anew
from ..records.struct import Struct, field
from ..wording.formatting import SHORT
from ..wording.texts import Texts

ATOM, JSON = "feed.xml", "feed.json"
_ATOM_NAMESPACE = "http://www.w3.org/2005/Atom"
_MOST_ENTRIES = 100  # older ones are on the page of changes


class _Written(Struct, frozen=True, kw_only=True):
    """An entry in both formats."""

    atom: str
    json: dict[str, object]


class Feed(Struct, frozen=True, kw_only=True):
    """A feed in one language, independent of the format: of a fact, a section, or (where both are empty) the whole report."""

    texts: Texts
    section: str
    entries: tuple[Entry, ...]
    fact: Fact | None = None
    written: dict[tuple[str, str], _Written] = field(default_factory=dict)  # entries by key and date, those of other feeds too
    memoize: Memoize = make_anew  # for entries as JSON

    @property
    def title(self) -> str:
        """The title of the report, and of the section; the label of the fact."""
        if self.fact:
            return self.texts.language.word("feed.title").replace("{0}", self.texts.label(self.fact))
        texts, report = self.texts, self.texts.edition.report
        word, title = texts.language.word, report.title[texts.language.code]
        if not self.section:
            return word("feed.title").replace("{0}", title)
        return word("feed.section").replace("{0}", title).replace("{1}", word(f"topic.{self.section}"))

    def address(self, name: str) -> str:
        """The absolute URL of its file of a format (ATOM or JSON)."""
        return _absolute(self.texts, self.folder + name)

    @property
    def folder(self) -> str:
        """Where its files lie, below the language."""
        if self.fact:
            return addresses.fact(self.fact.id)
        return addresses.page(self.section) if self.section else ""

    @property
    def page(self) -> str:
        """The absolute URL of the page that lists the same changes, or of the first page where there is none."""
        if self.fact:
            return _absolute(self.texts, self.texts.edition.fact_address(self.fact.id))
        return _absolute(self.texts, addresses.page("changes") if "changes" in self.texts.edition.report.pages else "")

    @property
    def updated(self) -> str:
        """The time of its newest entry (RFC 3339); the day up to which the report is current where there is none."""
        return _timestamp(max((entry.date for entry in self.entries), default=self.texts.edition.report.as_of.last).isoformat())


def feeds(texts: Texts, memoize: Memoize = make_anew) -> tuple[Feed, ...]:
    """The feeds of one language: of the whole report, then of each section."""
    entries = changelog(texts.edition)
    whole = Feed(texts=texts, section="", entries=entries[:_MOST_ENTRIES], memoize=memoize)
    sections = []
    for section in texts.edition.report.sections:
        in_section = [entry for entry in entries if entry.section == section]
        newest = tuple(in_section[:_MOST_ENTRIES])
        sections.append(Feed(texts=texts, section=section, entries=newest, written=whole.written, memoize=memoize))
    return (whole, *sections)


def files(texts: Texts, memoize: Memoize = make_anew) -> Iterator[tuple[str, str]]:
    """Address below the language and content of every feed of one language, in both formats."""
    for feed in feeds(texts, memoize):
        yield feed.folder + ATOM, atom(feed)
        yield feed.folder + JSON, json_feed(feed)


def has_feed(edition: Edition, fact: Fact) -> bool:
    """Whether a fact has a feed of its own: where its value has changed, and the report has feeds."""
    return "feeds" in edition.report.outputs and bool(fact.history)


def fact_file(texts: Texts, fact: Fact) -> tuple[str, str]:
    """Address below the language and content of the Atom feed of one fact."""
    feed = Feed(texts=texts, section="", entries=changelog_of(texts.edition, fact), fact=fact)
    return feed.folder + ATOM, atom(feed)


def fact_link(texts: Texts, fact: Fact) -> str:
    """The link element for the feed of a fact in the head of its page; empty where it has none."""
    if not has_feed(texts.edition, fact):
        return ""
    return _link(Feed(texts=texts, section="", entries=(), fact=fact), ATOM, "application/atom+xml", "")


def links(texts: Texts, page: str) -> str:
    """The link elements of a page's head for its feeds: that of the whole report, and on a section's page its own.

    The blank after "alternate" keeps the theme's script from asking for a sitemap beside each of them.
    """
    if "feeds" not in texts.edition.report.outputs:
        return ""
    up = "../" * addresses.page(page).count("/")
    found = []
    for feed in (Feed(texts=texts, section=section, entries=()) for section in ("", *texts.edition.report.sections)):
        if feed.section in ("", page):
            folder = up + feed.folder
            for name, kind in ((ATOM, "application/atom+xml"), (JSON, "application/feed+json")):
                found.append(_link(feed, name, kind, folder))
    return "".join(found)


def _link(feed: Feed, name: str, kind: str, folder: str) -> str:
    return f'<link rel="alternate " type="{kind}" title="{escape(feed.title)}" href="{folder}{name}">\n'


def entry_id(texts: Texts, entry: Entry) -> str:
    """The permanent id of an entry, a tag: URI."""
    site = urlsplit(texts.edition.report.site_url)
    parts = (site.path.strip("/"), texts.language.code, entry.key)
    return f"tag:{(site.hostname or '').lower()},{tag_date(entry.when)}:{'/'.join(part for part in parts if part)}"


def entry_title(texts: Texts, entry: Entry) -> str:
    """A fact's label and value, or an event's title."""
    if entry.fact and entry.value is not None:
        value = texts.word_value(entry.value, entry.fact.unit, SHORT)
        return texts.titled(texts.label(entry.fact), value)
    assert entry.event is not None  # noqa: S101  an entry is about a fact or an event
    return texts.fill(entry.event.title)


def entry_address(texts: Texts, entry: Entry) -> str:
    """The absolute URL of the fact, or of the event on the timeline; of the first page where neither has a place."""
    if entry.fact:
        return _absolute(texts, texts.edition.fact_address(entry.fact.id))
    assert entry.event is not None  # noqa: S101  as above
    return _absolute(texts, addresses.event(entry.event.id) if "timeline" in texts.edition.report.pages else "")


def entry_html(texts: Texts, entry: Entry) -> str:
    """An entry in full as HTML: kind of change and date, the value before, a note, and the sources."""
    word, fact = texts.language.word, entry.fact
    lines = [f"{word(f'change.{entry.kind}')} · {texts.word_period(entry.when)}"]
    if fact and entry.before:
        value, period = texts.word_value(entry.before.value, fact.unit), texts.word_period(entry.before.as_of)
        before = word("change.before").replace("{0}", value).replace("{1}", period)
        lines.append(f"{before} {_fill(texts, entry.before.reason, fact)}")
    lines.append(_fill(texts, entry.note, fact))
    html = "".join(f"<p>{escape(line, quote=False)}</p>" for line in lines if line)
    cited = "".join(
        f'<li><a href="{escape(source.url)}">{escape(source.publisher)}</a></li>'
        if source.url
        else f"<li>{escape(source.publisher)}</li>"
        for source in entry.sources
    )
    return html + (f"<ul>{cited}</ul>" if cited else "")


def _fill(texts: Texts, phrase: Phrase | None, fact: Fact | None) -> str:
    return texts.fill(phrase, fact) if phrase else ""


def atom(feed: Feed) -> str:
    """The feed as Atom, each element on a line."""
    report, code = feed.texts.edition.report, feed.texts.language.code
    address = feed.address(ATOM)
    root = ET.Element("feed", {"xmlns": _ATOM_NAMESPACE, "xml:lang": code})
    _add(root, "id", address)
    _add(root, "title", feed.title)
    _add(root, "subtitle", feed.texts.language.word("feed.description"))
    _add(root, "updated", feed.updated)
    author = _add(root, "author")
    _add(author, "name", report.publisher[code])
    _add(author, "uri", report.site_url)
    _add(root, "link", rel="self", type="application/atom+xml", href=address)
    _add(root, "link", rel="alternate", type="text/html", hreflang=code, href=feed.page)
    ET.indent(root, space="")
    before, end, after = ET.tostring(root, encoding="unicode").rpartition("</feed>")
    entries = "".join(_written(feed, entry).atom for entry in feed.entries)
    return f'<?xml version="1.0" encoding="utf-8"?>\n{before}{entries}{end}{after}\n'


def _written(feed: Feed, entry: Entry) -> _Written:
    """An entry in both formats, written once for all feeds of a language."""
    place = (entry.key, entry.when.text)
    if place not in feed.written:
        atom, item = json.loads(feed.memoize(place, lambda: json.dumps(_write(feed.texts, entry), ensure_ascii=False)))
        feed.written[place] = _Written(atom=atom, json=item)
    return feed.written[place]


def _write(texts: Texts, entry: Entry) -> tuple[str, dict[str, object]]:
    """An entry in both formats. Its fact or event is looked up once more, as what is read here counts for it alone."""
    kind, key, *_ = entry.key.split("/")
    getattr(texts.edition, kind).get(key)
    time, topic = _timestamp(entry.date.isoformat()), texts.language.word(f"topic.{entry.section}")
    key, title, address, html = (of(texts, entry) for of in (entry_id, entry_title, entry_address, entry_html))
    element = ET.Element("entry", _language(texts, entry))
    _add(element, "id", key)
    _add(element, "title", title)
    _add(element, "published", time)
    _add(element, "updated", time)
    _add(element, "link", rel="alternate", type="text/html", href=address)
    _add(element, "category", term=entry.section, label=topic)
    _add(element, "content", html, type="html")
    ET.indent(element, space="")
    item: dict[str, object] = {
        "id": key,
        "url": address,
        "title": title,
        "content_html": html,
        "date_published": time,
        "tags": [topic, texts.language.word(f"change.{entry.kind}")],
    }
    return ET.tostring(element, encoding="unicode") + "\n", item


def _language(texts: Texts, entry: Entry) -> dict[str, str]:
    """The language of an entry, as an attribute of Atom, where its title is not translated."""
    named = entry.fact.label if entry.fact else entry.event.title if entry.event else None
    other = texts if named is None else texts.of(named)
    return {} if other is texts else {"xml:lang": other.language.code}


def _add(parent: ET.Element, tag: str, text: str = "", **attributes: str) -> ET.Element:
    element = ET.SubElement(parent, tag, attributes)
    element.text = text
    return element


def json_feed(feed: Feed) -> str:
    """The feed as JSON Feed (https://www.jsonfeed.org/version/1.1/)."""
    texts, report = feed.texts, feed.texts.edition.report
    content = {
        "version": "https://jsonfeed.org/version/1.1",
        "title": feed.title,
        "home_page_url": feed.page,
        "feed_url": feed.address(JSON),
        "description": texts.language.word("feed.description"),
        "language": texts.language.code,
        "authors": [{"name": report.publisher[texts.language.code], "url": report.site_url}],
        "items": [_written(feed, entry).json for entry in feed.entries],
    }
    return json_text(content)


def _timestamp(day: str) -> str:
    """The first moment of a day (RFC 3339, UTC)."""
    return f"{day}T00:00:00Z"


def _absolute(texts: Texts, address: str) -> str:
    return addresses.absolute(texts.edition.report.site_url, address, texts.language.code)

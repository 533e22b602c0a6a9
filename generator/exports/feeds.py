"""What changed, for readers of feeds: Atom (RFC 4287) and JSON Feed 1.1, per language, of everything and of each section.

Ids are tag: URIs (RFC 4151) made of the site's address, the entry and its date, so that a rebuild changes none of them.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from html import escape
from urllib.parse import urlsplit

from ..model import addresses
from ..model.changelog import Entry, changelog, tag_date
from ..model.languages import Phrase
from ..model.report import Fact
from ..wording.formatting import SHORT
from ..wording.texts import Texts

ATOM, JSON = "feed.xml", "feed.json"
_LONGEST = 100  # entries; a reader who comes back after more than that finds them on the page


@dataclass(frozen=True, slots=True, kw_only=True)
class Feed:
    """A feed in one language before it is a format; `section` is empty for the one of everything."""

    texts: Texts
    section: str
    entries: tuple[Entry, ...]

    @property
    def title(self) -> str:
        """What the feed is called."""
        texts, report = self.texts, self.texts.edition.report
        word, title = texts.language.word, report.title[texts.language.code]
        if not self.section:
            return word("feed.title").replace("{0}", title)
        return word("feed.section").replace("{0}", title).replace("{1}", word(f"topic.{self.section}"))

    def address(self, name: str) -> str:
        """Where a format of it stands."""
        return _absolute(self.texts, (addresses.page(self.section) if self.section else "") + name)

    @property
    def page(self) -> str:
        """The page that says the same."""
        return _absolute(self.texts, addresses.page("changes"))

    @property
    def updated(self) -> str:
        """When its newest entry is dated; the report's horizon where there is none."""
        return _stamp(max((entry.date for entry in self.entries), default=self.texts.edition.report.as_of.last).isoformat())


def feeds(texts: Texts) -> tuple[Feed, ...]:
    """The feeds of one language: of everything, then of each section."""
    entries = changelog(texts.edition)
    whole = Feed(texts=texts, section="", entries=entries[:_LONGEST])
    parts = [
        Feed(texts=texts, section=section, entries=tuple(one for one in entries if one.section == section)[:_LONGEST])
        for section in texts.edition.report.sections
    ]
    return (whole, *parts)


def files(texts: Texts) -> Iterator[tuple[str, str]]:
    """Every feed of one language in both formats, below its folder."""
    for feed in feeds(texts):
        folder = addresses.page(feed.section) if feed.section else ""
        yield folder + ATOM, atom(feed)
        yield folder + JSON, json_feed(feed)


def links(texts: Texts, page: str) -> str:
    """How a page's head names its feeds: that of everything, and on a section's page its own.

    The blank after "alternate" keeps the theme's script from asking for a sitemap beside each of them.
    """
    if "feeds" not in texts.edition.report.outputs:
        return ""
    up = "../" * addresses.page(page).count("/")
    found = []
    for feed in (Feed(texts=texts, section=section, entries=()) for section in ("", *texts.edition.report.sections)):
        if feed.section in ("", page):
            folder = up + (addresses.page(feed.section) if feed.section else "")
            for name, kind in ((ATOM, "application/atom+xml"), (JSON, "application/feed+json")):
                found.append(f'<link rel="alternate " type="{kind}" title="{escape(feed.title)}" href="{folder}{name}">\n')
    return "".join(found)


# --- one entry --------------------------------------------------------------------------------


def entry_id(texts: Texts, entry: Entry) -> str:
    """An entry's name for all time."""
    parts = urlsplit(texts.edition.report.site_url)
    folder = parts.path.strip("/")
    own = "/".join(part for part in (folder, texts.language.code, entry.key) if part)
    return f"tag:{(parts.hostname or '').lower()},{tag_date(entry.when)}:{own}"


def entry_title(texts: Texts, entry: Entry) -> str:
    """What an entry says in one line."""
    if entry.fact and entry.value is not None:
        value = texts.word_value(entry.value, entry.fact.unit, SHORT)
        return texts.language.word("text.titled").replace("{0}", texts.label(entry.fact)).replace("{1}", value)
    assert entry.event is not None  # noqa: S101  an entry is about a fact or an event
    return texts.fill(entry.event.title)


def entry_address(texts: Texts, entry: Entry) -> str:
    """Where an entry is told in full."""
    if entry.fact:
        return _absolute(texts, addresses.fact(entry.fact.id))
    assert entry.event is not None  # noqa: S101  as above
    return _absolute(texts, addresses.event(entry.event.id))


def entry_html(texts: Texts, entry: Entry) -> str:
    """An entry in full, as HTML that needs nothing around it."""
    word, fact = texts.language.word, entry.fact
    lines = [f"{word(f'change.{entry.kind}')} · {texts.word_period(entry.when)}"]
    if fact and entry.before:
        told = texts.word_value(entry.before.value, fact.unit), texts.word_period(entry.before.as_of)
        before = word("change.before").replace("{0}", told[0]).replace("{1}", told[1])
        lines.append(f"{before} {_fill(texts, entry.before.reason, fact)}")
    lines.append(_fill(texts, entry.note, fact))
    html = "".join(f"<p>{escape(line, quote=False)}</p>" for line in lines if line)
    cited = "".join(
        f'<li><a href="{escape(one.url)}">{escape(one.publisher)}</a></li>' if one.url else f"<li>{escape(one.publisher)}</li>"
        for one in entry.sources
    )
    return html + (f"<ul>{cited}</ul>" if cited else "")


def _fill(texts: Texts, phrase: Phrase | None, fact: Fact | None) -> str:
    return texts.fill(phrase, fact) if phrase else ""


# --- formats ----------------------------------------------------------------------------------


def atom(feed: Feed) -> str:
    """The feed as Atom."""
    texts, report = feed.texts, feed.texts.edition.report
    code = texts.language.code
    own = feed.address(ATOM)
    entries = "".join(_atom_entry(texts, entry) for entry in feed.entries)
    return (
        '<?xml version="1.0" encoding="utf-8"?>\n'
        f'<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="{code}">\n'
        f"<id>{escape(own)}</id>\n<title>{escape(feed.title)}</title>\n"
        f"<subtitle>{escape(texts.language.word('feed.description'))}</subtitle>\n<updated>{feed.updated}</updated>\n"
        f"<author><name>{escape(report.publisher[code])}</name><uri>{escape(report.site_url)}</uri></author>\n"
        f'<link rel="self" type="application/atom+xml" href="{escape(own)}"/>\n'
        f'<link rel="alternate" type="text/html" hreflang="{code}" href="{escape(feed.page)}"/>\n'
        f"{entries}</feed>\n"
    )


def _atom_entry(texts: Texts, entry: Entry) -> str:
    when = _stamp(entry.date.isoformat())
    topic = texts.language.word(f"topic.{entry.section}")
    return (
        f"<entry>\n<id>{escape(entry_id(texts, entry))}</id>\n<title>{escape(entry_title(texts, entry))}</title>\n"
        f"<published>{when}</published><updated>{when}</updated>\n"
        f'<link rel="alternate" type="text/html" href="{escape(entry_address(texts, entry))}"/>\n'
        f'<category term="{escape(entry.section)}" label="{escape(topic)}"/>\n'
        f'<content type="html">{escape(entry_html(texts, entry))}</content>\n</entry>\n'
    )


def json_feed(feed: Feed) -> str:
    """The feed as JSON Feed (https://www.jsonfeed.org/version/1.1/)."""
    texts, report = feed.texts, feed.texts.edition.report
    written = {
        "version": "https://jsonfeed.org/version/1.1",
        "title": feed.title,
        "home_page_url": feed.page,
        "feed_url": feed.address(JSON),
        "description": texts.language.word("feed.description"),
        "language": texts.language.code,
        "authors": [{"name": report.publisher[texts.language.code], "url": report.site_url}],
        "items": _json_items(texts, feed.entries),
    }
    return json.dumps(written, ensure_ascii=False, indent=1) + "\n"


def _json_items(texts: Texts, entries: Sequence[Entry]) -> list[dict[str, object]]:
    return [
        {
            "id": entry_id(texts, entry),
            "url": entry_address(texts, entry),
            "title": entry_title(texts, entry),
            "content_html": entry_html(texts, entry),
            "date_published": _stamp(entry.date.isoformat()),
            "tags": [texts.language.word(f"topic.{entry.section}"), texts.language.word(f"change.{entry.kind}")],
        }
        for entry in entries
    ]


def _stamp(day: str) -> str:
    return f"{day}T00:00:00Z"


def _absolute(texts: Texts, address: str) -> str:
    return addresses.absolute(texts.edition.report.site_url, address, texts.language.code)

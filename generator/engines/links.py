"""Finds links of a finished site that lead nowhere: engines check only those written in Markdown, not those in HTML."""

from __future__ import annotations

import re
from collections.abc import Container, Iterable, Iterator, Mapping
from functools import lru_cache
from posixpath import normpath
from urllib.parse import unquote, urljoin, urlsplit

from ..markup.active import active_in_article
from ..markup.document import Document
from ..model.addresses import SHELL
from ..records.struct import Struct

# The elements whose attributes are links: https://html.spec.whatwg.org/multipage/indices.html#attributes-3
_LINKING = {"a": "href", "area": "href", "link": "href"} | dict.fromkeys(
    ("audio", "embed", "iframe", "img", "script", "source", "track", "video"), "src"
)
# Up some folders, and down others; then an anchor. No folder of a dot alone, and nothing that has to be resolved.
_WHOLE = re.compile(r"https?://\w[\w./~%+=&?#:@,!-]*", re.ASCII)
_SIMPLE = re.compile(r"((?:\.\./)*)((?:[\w-]+/)*(?:[\w-]+(?:\.[\w-]+)*/?))(?:#([\w-]*))?", re.ASCII)
_ABSOLUTE = re.compile(r"[a-zA-Z][\w+.-]*:|/")  # begins with a scheme or a host: no path from where the page stands

_TAG = re.compile(r"""<(?:[^<>"']|"[^"]*"|'[^']*')*>""")
_NO_TEXT = re.compile(r"<(?:!|script|style|template|textarea|title|xmp|iframe|noembed|noframes|plaintext)", re.IGNORECASE)
_BLOCK = 4096  # characters of pages that are compared at once
_WITHOUT_LINKS = re.compile(r' (?:(?:data-[a-z-]+|alt|title|aria-label)="[^"]*"|style="contain-intrinsic-size:auto [0-9]+px")')


class BrokenLink(Struct, frozen=True, kw_only=True):
    """A link that leads nowhere: the page's file below the site, and the address that stands there."""

    page: str
    link: str


class PageLinks(Struct, frozen=True):
    """The anchors of a page, and each link into the site: the address that stands there, its path and its anchor."""

    anchors: frozenset[str]
    targets: tuple[tuple[str, str, str], ...]
    active: tuple[str, ...] = ()  # what in its text would run code or ask another host


class Frame(Struct, frozen=True):
    """What many pages have around their article, apart from their head: anchors, and the addresses of links."""

    anchors: frozenset[str]
    addresses: tuple[str, ...]


def read_frame(page: str) -> Frame | None:
    """The frame of pages that are made of an empty one, whose HTML is given; None where they may differ in it."""
    start, end = _article(page)
    if start < 0 or SHELL in (around := page[page.find("</head>") : start] + page[end:]):
        return None
    document = Document(around)
    anchors, addresses = _anchors_and_addresses(document)
    return Frame(anchors, tuple(addresses))


def read_links(
    page: str, text: str, *, site_url: str, document: Document | None = None, frame: Frame | None = None
) -> PageLinks:
    """The anchors and links of a page's HTML; links to other hosts are left out. `document` is the page where it is parsed.

    `site_url` says where the site will be published: addresses that begin with it, or with its path, are links into the site.
    Of a page with a `frame` that is known, only the rest is read.
    """
    if frame is not None:
        start, end = _article(text)
        document = Document(text[: text.find("</head>")] + text[start:end])
    document = document or Document(text)
    anchors, addresses = _anchors_and_addresses(document)
    if frame is not None:
        anchors, addresses = anchors | frame.anchors, [*addresses, *frame.addresses]
    return PageLinks(anchors, tuple(_targets(page, addresses, site_url)), tuple(active_in_article(text, document)))


def has_same_links(before: str, after: str) -> bool:
    """Whether two versions of a page have the same anchors and links for certain, and nothing active that is new.

    That is so where they differ in nothing but texts and a few attributes, as after a change of a value.
    """
    most = min(len(before), len(after))
    start = next((at for at in range(0, most, _BLOCK) if before[at : at + _BLOCK] != after[at : at + _BLOCK]), most)
    start = max(before.rfind("<", 0, start), 0)
    ends = (len(before), len(after))
    for _ in range(0, most - start - _BLOCK, _BLOCK):
        if before[ends[0] - _BLOCK : ends[0]] != after[ends[1] - _BLOCK : ends[1]]:
            break
        ends = (ends[0] - _BLOCK, ends[1] - _BLOCK)
    parts = [_tags(html[start : html.find(">", end) + 1 or None]) for html, end in zip((before, after), ends, strict=True)]
    return parts[0] is not None and parts[0] == parts[1]


def _tags(html: str) -> list[str] | None:
    """The tags of a part of a page without attributes that hold texts; None where it has anything else than tags and texts."""
    if "<" in _TAG.sub("", html) or _NO_TEXT.search(html):
        return None
    return [_WITHOUT_LINKS.sub("", tag) for tag in _TAG.findall(html)]


def _article(page: str) -> tuple[int, int]:
    """Where the article of a page begins and ends; -1 where it has none."""
    start = page.find("<article")
    return (start, page.rfind("</article>") + len("</article>")) if start >= 0 else (-1, -1)


def _anchors_and_addresses(document: Document) -> tuple[frozenset[str], list[str]]:
    anchors: set[str] = set()
    addresses: list[str] = []
    for tag, attributes in document.tags("[id],[href],[src]"):
        if "id" in attributes:
            anchors.add(attributes["id"])
        if (name := _LINKING.get(tag)) and name in attributes:
            addresses.append(attributes[name])
    return frozenset(anchors), addresses


def broken_links(
    links_by_page: Mapping[str, PageLinks], files: Iterable[str], pages: Iterable[str] | None = None
) -> list[BrokenLink]:
    """Every link of some pages, or of all, to a file or an anchor that the site lacks; `#?…` was once the state of a filter.

    `links_by_page` holds every page by its file below the site, `files` every file.
    """
    known = files if isinstance(files, set | frozenset | Mapping) else set(files)
    found: dict[tuple[str, str], bool] = {}  # path and anchor -> whether there is such a place: many pages link to the same
    broken: dict[BrokenLink, None] = {}
    for page in links_by_page if pages is None else pages:
        for link, target, anchor in links_by_page[page].targets:
            if (target, anchor) not in found:
                found[target, anchor] = _exists(target, anchor, links_by_page, known)
            if not found[target, anchor]:
                broken[BrokenLink(page=page, link=link)] = None
    return list(broken)


def _exists(target: str, anchor: str, links_by_page: Mapping[str, PageLinks], files: Container[str]) -> bool:
    """Whether a site has a path, as a file or a folder with a page, and the anchor there."""
    file = next((path for path in (target, f"{target}/index.html".lstrip("/")) if path in files), None)
    if file is None or not anchor or anchor.startswith("?") or file not in links_by_page:
        return file is not None
    return anchor in links_by_page[file].anchors


def _targets(page: str, addresses: Iterable[str], site_url: str) -> Iterator[tuple[str, str, str]]:
    """Each link into the site: the address that stands there, the file or folder below the site it names, and the anchor."""
    folder = page.rpartition("/")[0]
    above = _folders_above(folder)
    for address in dict.fromkeys(addresses):
        if (simple := _SIMPLE.fullmatch(address)) and (up := len(simple[1]) // len("../")) < len(above):
            yield address, (above[up] + simple[2]).rstrip("/"), simple[3] or ""
            continue
        if _ABSOLUTE.match(address):
            yield from _absolute(address, site_url)
            continue
        path, _, anchor = address.partition("#")
        path = path.partition("?")[0]
        target = normpath(f"{folder}/{path}".lstrip("/")) if path else page
        if "%" in address:
            target, anchor = unquote(target), unquote(anchor)
        yield address, "" if target == "." else target, anchor


@lru_cache(maxsize=4)
def _folders_above(folder: str) -> list[str]:
    """A folder below the site, and those above it up to the site itself, each with the slash at its end."""
    parts = folder.split("/") if folder else []
    return ["".join(f"{part}/" for part in parts[:end]) for end in range(len(parts), -1, -1)]


def _absolute(address: str, site_url: str) -> Iterator[tuple[str, str, str]]:
    if (place := _place(address, site_url)) is not None:
        yield address, *place


@lru_cache(maxsize=16_384)  # pages link the same sources
def _place(address: str, site_url: str) -> tuple[str, str] | None:
    """The path and the anchor of an address with a host or a whole path, if it leads into the site."""
    home = site_url.rstrip("/") + "/"
    if _WHOLE.fullmatch(address) and not address.startswith(home):  # nothing of it has to be resolved
        return None
    resolved = urlsplit(urljoin(home, address))
    if not resolved._replace(query="", fragment="").geturl().startswith(home):
        return None
    return normpath(unquote(resolved.path.removeprefix(urlsplit(home).path))).removeprefix("."), unquote(resolved.fragment)

"""Looks for links of a finished site that lead nowhere: the engine checks only those written in Markdown, not those in HTML."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from html import unescape
from posixpath import normpath
from urllib.parse import unquote, urljoin, urlsplit

_LINK = re.compile(r'<(?:a|link|img|script)\b[^>]*?\s(?:href|src)="([^"]*)"')
_ID = re.compile(r'\sid="([^"]+)"')
_ELSEWHERE = re.compile(r"[a-zA-Z][\w+.-]*:|/")  # a scheme or a host: no path from where the page stands


@dataclass(frozen=True, slots=True, kw_only=True)
class Broken:
    """A link that leads nowhere: the page's file below the site, and the link as written there."""

    page: str
    link: str


@dataclass(frozen=True, slots=True)
class Links:
    """What one page offers and asks for: its anchors, and each link into the site as written, its path and its anchor."""

    anchors: frozenset[str]
    targets: tuple[tuple[str, str, str], ...]


def read_links(page: str, text: str, *, site_url: str) -> Links:
    """The anchors and links of a page; links to other hosts are left out.

    `site_url` says where the site will stand: links that begin there, or with its path, are links into the site.
    """
    return Links(frozenset(_ID.findall(text)), tuple(_targets(page, text, site_url)))


def broken_links(book: Mapping[str, Links], files: Iterable[str], pages: Iterable[str] | None = None) -> list[Broken]:
    """Every link of some pages, or of all, to a file or an anchor that the site does not have.

    `book` holds every page by its file below the site, `files` every file.
    """
    known = files if isinstance(files, set | frozenset | Mapping) else set(files)
    broken: dict[Broken, None] = {}
    for page in book if pages is None else pages:
        for link, target, anchor in book[page].targets:
            file = next((one for one in (target, f"{target}/index.html".lstrip("/")) if one in known), None)
            if file is None or (anchor and file in book and anchor not in book[file].anchors):
                broken[Broken(page=page, link=link)] = None
    return list(broken)


def _targets(page: str, text: str, site_url: str) -> Iterator[tuple[str, str, str]]:
    """Each link into the site once: as written, the file or folder below the site it names, and the anchor."""
    folder = page.rpartition("/")[0]
    for written in dict.fromkeys(_LINK.findall(text)):
        if _ELSEWHERE.match(written):
            yield from _absolute(page, written, site_url)
            continue
        path, _, anchor = written.partition("#")
        path = path.partition("?")[0]
        target = normpath(f"{folder}/{path}".lstrip("/")) if path else page
        if "%" in written or "&" in written:
            target, anchor = unquote(unescape(target)), unquote(unescape(anchor))
        yield written, "" if target == "." else target, anchor


def _absolute(page: str, written: str, site_url: str) -> Iterator[tuple[str, str, str]]:
    home = site_url.rstrip("/") + "/"
    address = urlsplit(urljoin(home + page, unescape(written)))
    if address._replace(query="", fragment="").geturl().startswith(home):
        path = normpath(unquote(address.path.removeprefix(urlsplit(home).path))).removeprefix(".")
        yield written, path, unquote(address.fragment)

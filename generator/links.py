"""Looks for links of a finished site that lead nowhere: the engine checks only those written in Markdown, not those in HTML."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from html import unescape
from pathlib import Path
from posixpath import normpath
from urllib.parse import unquote, urljoin, urlsplit

_LINK = re.compile(r'<(?:a|link|img|script)\b[^>]*?\s(?:href|src)="([^"]*)"')
_ID = re.compile(r'\sid="([^"]+)"')


@dataclass(frozen=True, slots=True, kw_only=True)
class Broken:
    """A link that leads nowhere: the page's file below the site, and the link as written there."""

    page: str
    link: str


def broken_links(site: Path, *, site_url: str) -> list[Broken]:
    """Every link of the site's pages to a file or an anchor that the site does not have; links to other hosts are not followed.

    `site_url` says where the site will stand: links that begin there, or with its path, are links into the site.
    """
    found = sorted(path for path in site.rglob("*") if path.is_file())
    files = {path.relative_to(site).as_posix() for path in found}
    texts = {name: (site / name).read_text(encoding="utf-8") for name in sorted(files) if name.endswith(".html")}
    anchors = {name: frozenset(_ID.findall(text)) for name, text in texts.items()}
    broken: dict[Broken, None] = {}
    for page, text in texts.items():
        for link, target, anchor in _targets(page, text, site_url):
            file = next((one for one in (target, f"{target}/index.html".lstrip("/")) if one in files), None)
            if file is None or (anchor and file in anchors and anchor not in anchors[file]):
                broken[Broken(page=page, link=link)] = None
    return list(broken)


def _targets(page: str, text: str, site_url: str) -> Iterator[tuple[str, str, str]]:
    """Each link into the site once: as written, the file or folder below the site it names, and the anchor."""
    home = site_url.rstrip("/") + "/"
    for written in dict.fromkeys(_LINK.findall(text)):
        address = urlsplit(urljoin(home + page, unescape(written)))
        if address._replace(query="", fragment="").geturl().startswith(home):
            path = normpath(unquote(address.path.removeprefix(urlsplit(home).path))).removeprefix(".")
            yield written, path, unquote(address.fragment)

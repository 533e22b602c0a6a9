"""A finished page as a dated edition keeps it: without scripts, with a notice, and with links to what the edition has not."""

from __future__ import annotations

import re
from collections.abc import Container
from html import escape, unescape
from posixpath import dirname, normpath

from ..markup.scriptless import without_scripts
from ..model import addresses
from ..records.struct import Struct
from ..wording.language_names import html_language
from .page_html import bare_page

_BODY = re.compile(r"<body\b[^>]*>")
_HTML = re.compile(r"<html\b")
_ALTERNATE = re.compile(r'\s*<link\b(?=[^>]*\brel="?(?:alternate|prev|next)\b)[^>]*>')
_LINK = re.compile(r'(\s(?:href|src)=")([^"#?:]+)([^":]*")')


class DatedNotice(Struct, frozen=True, kw_only=True):
    """What a page of a dated edition says of itself, in its language: which edition it is, and the words of a link on."""

    language: str
    text: str
    link: str


def dated_page(html: str, *, path: str, date: str, site_url: str, kept: Container[str], notice: DatedNotice) -> str:
    """A page of the site as the edition of a `date` keeps it; `kept` are the files of the edition, by path.

    Its canonical address stays that of the newest state, for search engines; `latest-version` (RFC 5829) says so, too.
    """
    page = path.removesuffix("index.html")
    depth = path.count("/") + addresses.edition(date).count("/")
    newest = "../" * depth + page
    head = f'<link rel="latest-version" href="{escape(addresses.absolute(site_url, page))}">\n'
    aside = (
        f'\n<aside class="fl-dated" {html_language(notice.language)}><p>{escape(notice.text)} '
        f'<a href="{escape(newest)}" rel="latest-version">{escape(notice.link)}</a></p></aside>'
    )
    html = _ALTERNATE.sub("", html).replace("</head>", f"{head}</head>", 1)
    html = _LINK.sub(lambda link: link[1] + _address(path, link[2], "../" * depth, kept) + link[3], html)
    html = _BODY.sub(lambda body: body[0] + aside, html, count=1)
    return without_scripts(_HTML.sub('<html data-dated="' + escape(date) + '"', html, count=1))


def _address(path: str, written: str, home: str, kept: Container[str]) -> str:
    """The address of a link: as it is written where the edition has its target, else that of the site itself."""
    if written.startswith("/"):
        return written
    target = normpath(f"{dirname(path)}/{unescape(written)}".lstrip("/"))
    target = "" if target == "." else target
    if target.startswith("..") or target in kept or f"{target}/index.html".lstrip("/") in kept:
        return written
    return escape(home + target) + ("/" if written.endswith("/") else "")


def list_page(dates: list[str], *, title: str, heading: str, language: str) -> str:
    """The page that lists all dated editions, the newest first."""
    links = "\n".join(
        f'<li><a href="{escape(one)}/"><time datetime="{escape(one)}">{escape(one)}</time></a></li>' for one in dates
    )
    main = f'<h1>{escape(heading)}</h1>\n<ul>\n<li><a href="../">{escape(title)}</a></li>\n{links}\n</ul>'
    return without_scripts(bare_page(f"{heading} - {title}", main, language=language))

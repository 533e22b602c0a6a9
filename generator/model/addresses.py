"""Paths and URLs of everything that a site holds. Each language has a folder, below which its pages have the same paths."""

from __future__ import annotations

import re
from collections.abc import Container
from posixpath import relpath
from urllib.parse import urlencode, urlsplit

SHELL_PAGE = "facts/shell"  # a page without content, which pages of facts are copied from; nothing links to it
SHELL = f"{SHELL_PAGE}/"
MARKER = ".factloom"  # local to the machine that built the site: which list of files it was made by
EDITIONS = "v/"  # dated editions, below the site
PRINT = "print/"  # the print edition, below its language; its style sheet, below the site
APPARATUS = ("glossary", "facts", "sources", "changes", "method", "reuse", "about")  # pages about the report, under one menu
_NOT_IN_SLUGS = re.compile(r"[^a-z0-9]+")


def page(name: str) -> str:
    """A page, below its language: every page but the index is a folder."""
    return "" if name == "index" else f"{name}/"


def file(name: str, code: str) -> str:
    """The HTML file of a page in a language, below the site."""
    return f"{code}/{page(name)}index.html"


def fact(key: str) -> str:
    """The page of a fact, below its language."""
    return f"facts/{key}/"


def listed_fact(key: str) -> str:
    """The place of a fact in the list of facts, below its language."""
    return f"facts/#fact-{key}"


def claim(key: str) -> str:
    """The place of a claim's verdict, below its language."""
    return f"fact-check/#claim-{key}"


def claims_with(**values: str) -> str:
    """The list of claims, narrowed to those with these values, as its filter reads them; below its language."""
    return f"fact-check/?{urlencode(values)}"


def judgment(key: str, owner: str) -> str:
    """The place of a judgment on the page that owns it, below its language."""
    return f"{page(owner)}#judgment-{key}"


def event(key: str) -> str:
    """The place of an event in the timeline, below its language."""
    return f"timeline/#event-{key}"


def name(key: str) -> str:
    """The place of a name among people and organisations, below its language."""
    return f"people/#name-{key}"


def term(key: str) -> str:
    """The place of a term in the glossary, below its language."""
    return f"glossary/#term-{key}"


def source(key: str) -> str:
    """The place of a source in the list of sources, below its language."""
    return f"sources/#source-{key}"


def chart(key: str, kind: str) -> str:
    """A chart's file of a kind (svg, png, csv), below its language."""
    return f"charts/{key}.{kind}"


def embed(key: str, code: str) -> str:
    """The page of a chart for frames of other sites (an `iframe`), below the site."""
    return f"embed/{key}/{code}/"


def card(name: str, code: str, pages: Container[str]) -> str:
    """The preview image of a page for social networks (`og:image`), below the site.

    A page that is none of the report's `pages`, such as the page of a fact, has the image of the page above it.
    """
    return f"cards/{code}/{name if name in pages else name.partition('/')[0]}.png"


def pdf(site_url: str, code: str) -> str:
    """The print edition as a PDF, below the site."""
    return f"{code}/{slug(site_url)}.pdf"


def edition(date: str) -> str:
    """The folder of a dated edition, below the site."""
    return f"{EDITIONS}{date}/"


def workbook(code: str) -> str:
    """All tables in a language for spreadsheets, below the site."""
    return f"data/tables.{code}.xlsx"


def in_language(address: str, code: str) -> str:
    """A path below a language as a path below the site."""
    return f"{code}/{address}"


def absolute(site_url: str, address: str, code: str = "") -> str:
    """A path below the site, or below the language with this code, as an absolute URL."""
    return f"{site_url.rstrip('/')}/{code}{'/' if code else ''}{address}"


def relative(address: str, start: str) -> str:
    """A path below the site as a URL relative to the page or file at `start`; both may be folders (with a slash at the end)."""
    path, mark, anchor = address.partition("#")
    folder = start if not start or start.endswith("/") else start.rpartition("/")[0]
    link = relpath(f"/{path}", f"/{folder}")
    return f"{link}/{mark}{anchor}" if path.endswith("/") or not path else f"{link}{mark}{anchor}"


def slug(site_url: str) -> str:
    """A short name of the report for keys and file names: the last folder of its URL, or the first label of its host."""
    parts = urlsplit(site_url)
    last = parts.path.rstrip("/").rpartition("/")[2] or (parts.hostname or "report").partition(".")[0]
    return _NOT_IN_SLUGS.sub("-", last.lower()).strip("-") or "report"

"""Where everything of a site stands: addresses below the site, the same for every language but for its folder."""

from __future__ import annotations

import re
from collections.abc import Container
from posixpath import relpath
from urllib.parse import urlsplit

SHELL = "facts/shell/"  # the empty page that the page of every fact is a copy of; nobody reads it
PRINT = "print/"  # the print edition, below its language; its style below the site
_ODD = re.compile(r"[^a-z0-9]+")


def page(name: str) -> str:
    """A page below its language: every page but the first lies in a folder."""
    return "" if name == "index" else f"{name}/"


def file(name: str, code: str) -> str:
    """The file of a page, below the site."""
    return f"{code}/{page(name)}index.html"


def fact(key: str) -> str:
    """Where a fact is told in full, below its language."""
    return f"facts/{key}/"


def claim(key: str) -> str:
    """Where a claim is judged, below its language."""
    return f"fact-check/#claim-{key}"


def event(key: str) -> str:
    """Where an event is told, below its language."""
    return f"timeline/#event-{key}"


def term(key: str) -> str:
    """Where a term is explained, below its language."""
    return f"glossary/#term-{key}"


def source(key: str) -> str:
    """Where a source is described, below its language."""
    return f"sources/#source-{key}"


def chart(key: str, kind: str) -> str:
    """A chart's file of a kind (svg, png, csv), below its language."""
    return f"charts/{key}.{kind}"


def embed(key: str, code: str) -> str:
    """A chart's page for the frame of another site, below the site."""
    return f"embed/{key}/{code}/"


def card(name: str, code: str, pages: Container[str]) -> str:
    """The picture that stands for a page where somebody shares it, below the site.

    What is none of the report's `pages`, such as the page of a fact, shares the card of the page above it.
    """
    return f"cards/{code}/{name if name in pages else name.partition('/')[0]}.png"


def pdf(site_url: str, code: str) -> str:
    """The print edition as a PDF, below the site."""
    return f"{code}/{slug(site_url)}.pdf"


def in_language(address: str, code: str) -> str:
    """An address below a language as one below the site."""
    return f"{code}/{address}"


def absolute(site_url: str, address: str, code: str = "") -> str:
    """An address as the whole world knows it; `code` for one below a language."""
    return f"{site_url.rstrip('/')}/{code}{'/' if code else ''}{address}"


def relative(address: str, start: str) -> str:
    """An address below the site as a page or file at `start` links to it; both may name a folder by a last slash."""
    path, mark, anchor = address.partition("#")
    folder = start if not start or start.endswith("/") else start.rpartition("/")[0]
    found = relpath(f"/{path}", f"/{folder}")
    return f"{found}/{mark}{anchor}" if path.endswith("/") or not path else f"{found}{mark}{anchor}"


def slug(site_url: str) -> str:
    """A short name for the whole report in keys and file names: the last folder of its address, or its host's first label."""
    parts = urlsplit(site_url)
    last = parts.path.rstrip("/").rpartition("/")[2] or (parts.hostname or "report").partition(".")[0]
    return _ODD.sub("-", last.lower()).strip("-") or "report"

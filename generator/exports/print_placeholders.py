"""Placeholders in a chapter of the print edition for what only the whole document knows, and ids that are unique in it.

A placeholder is written with characters of Unicode's private use area, which no text of a report contains.
"""

from __future__ import annotations

import re
from sys import intern

Piece = str | tuple[str, ...]  # HTML; or a placeholder: its kind and its parts
_PLACEHOLDER = re.compile("\ue000([a-z]+)\ue002([^\ue001]*)\ue001")  # kind, parts
TAG_OR_PLACEHOLDER = re.compile(r"<[^>]*>|\ue000[^\ue001]*\ue001")


def placeholder(kind: str, *parts: str) -> str:
    """A placeholder of a kind (notes, link, chart, table, corrections, id, reference) with its parts."""
    return f"\ue000{kind}\ue002" + "\ue002".join(parts) + "\ue001"


def split_placeholders(html: str) -> tuple[Piece, ...]:
    """HTML as pieces, each placeholder one of its own: so that a document need not look for them again."""
    pieces: list[Piece] = []
    at = 0
    for found in _PLACEHOLDER.finditer(html):
        pieces += [html[at : found.start()], (intern(found[1]), *map(intern, found[2].split("\ue002")))]
        at = found.end()
    return (*pieces, html[at:])


def document_id(page: str, anchor: str = "") -> str:
    """The id in the document for an anchor of a page; without an anchor, for the page itself."""
    name = page.replace("/", "-")
    return f"{name}--{anchor}" if anchor else name


def chart_text_id(chart: str) -> str:
    """The anchor of the caption that describes a chart."""
    return f"fig-{chart}-text"

"""Placeholders in a chapter of the print edition for what only the whole document knows, and ids that are unique in it.

A placeholder is written with characters of Unicode's private use area, which no text of a report contains.
"""

from __future__ import annotations

import re
from collections.abc import Callable

PLACEHOLDER = re.compile("\ue000([a-z]+)\ue002([^\ue001]*)\ue001")  # kind, parts
TAG_OR_PLACEHOLDER = re.compile(r"<[^>]*>|\ue000[^\ue001]*\ue001")


def placeholder(kind: str, *parts: str) -> str:
    """A placeholder of a kind (notes, link, chart, table) with its parts."""
    return f"\ue000{kind}\ue002" + "\ue002".join(parts) + "\ue001"


def fill_placeholders(html: str, fill: Callable[[str, list[str]], str]) -> str:
    """HTML in which each placeholder is replaced by what `fill` gives for its kind and parts."""
    return PLACEHOLDER.sub(lambda found: fill(found[1], found[2].split("\ue002")), html)


def document_id(page: str, anchor: str = "") -> str:
    """The id in the document for an anchor of a page; without an anchor, for the page itself."""
    name = page.replace("/", "-")
    return f"{name}--{anchor}" if anchor else name


def chart_text_id(chart: str) -> str:
    """The anchor of the caption that describes a chart."""
    return f"fig-{chart}-text"

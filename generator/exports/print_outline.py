"""The table of contents of the print edition, and the page numbers in it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from html import escape, unescape

from ..records.struct import Struct
from ..wording.texts import Texts
from .print_endnotes import NOTES
from .print_layout import estimated_height

_PAGE_NUMBER = re.compile(r'(<a href="#([^"]+)"><span>(?:(?!</a>).)*<span class="page">)', re.DOTALL)


class OutlineEntry(Struct, frozen=True):
    """A chapter or section: its id in the document, its title as HTML, and the sections in it."""

    id: str
    title: str
    sections: tuple[OutlineEntry, ...] = ()


def contents(texts: Texts, entries: Iterable[OutlineEntry]) -> str:
    """The table of contents as HTML; page numbers are left empty."""
    word = texts.language.word
    items = "".join(f"{_item(entry)}\n" for entry in entries)
    notes = _link(OutlineEntry(NOTES, escape(word("part_sources"))))
    return (
        f'<nav class="contents" aria-labelledby="contents">\n<h2 id="contents">{escape(word("print.contents"))}</h2>\n'
        f'<ol class="later" style="{estimated_height(items)}">\n{items}</ol>\n<p>{notes}</p>\n</nav>\n'
    )


def _item(entry: OutlineEntry) -> str:
    sections = "".join(_item(section) for section in entry.sections)
    return f"<li>{_link(entry)}{f'<ol>{sections}</ol>' if sections else ''}</li>"


def _link(entry: OutlineEntry) -> str:
    return f'<a href="#{entry.id}"><span>{entry.title}</span><span class="page"></span></a>'


def number_pages(html: str, numbers: Mapping[str, int]) -> str:
    """A document with page numbers in its contents, by id; a browser has to lay it out once before they are known."""
    return _PAGE_NUMBER.sub(lambda span: f"{span[1]}{numbers.get(unescape(span[2]), '')}", html)

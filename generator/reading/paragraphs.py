"""Cuts a page's template into the paragraphs that are translated."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ..records.struct import Struct
from .front_matter import HEAD
from .outline import HEADING
from .tags import replace_tags


class Paragraph(Struct, frozen=True):
    """A block of a template that has words: the anchor of its section, its text as written, and its offset."""

    anchor: str
    text: str
    start: int


_BLOCK = re.compile(r"(?:^[^\S\n]*\S[^\n]*(?:\n|\Z))+", re.MULTILINE)
_NO_WORDS = re.compile(r"\{[^{}#\n]*#[^{}\n]*\}|<[^<>\n]+>")


def paragraphs(source: str) -> Iterator[Paragraph]:
    """The front matter (with the anchor @head), headings, paragraphs, lists and tables; blocks without words are left out."""
    head = HEAD.match(source)
    starts = [match.span() for match in _BLOCK.finditer(source, head.end() if head else 0)]
    anchor = ""
    for start, end in [*([head.span()] if head else []), *starts]:
        text = source[start:end].rstrip()
        if match := HEADING.match(text):
            anchor = match[3] or ""
        if any(char.isalpha() for char in _NO_WORDS.sub("", replace_tags(text, lambda _: ""))):
            yield Paragraph("@head" if head and start == 0 else anchor, text, start)

"""What rules ask of a template before they look at its outline, which most of them then need not load."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from typing import overload

from ..records.struct import Struct
from ..store.hashing import content_hash, fingerprint
from .front_matter import HEAD
from .outline import Outline
from .template_calls import FREE_CALLS

IMPORT = re.compile(r"\{%[-+]?\s*from\s+[\"']([^\"'\n]+)[\"']\s")
_WORDS = (".md", "digits", "listing")  # without which some rules have nothing to find in a template
_HEAD_WORDS = ("draft", "icon", "template")

CallContent = tuple[str, tuple[str, ...], tuple[tuple[str, str], ...]]  # a call's name, its texts, its options


class TemplateSummary(Struct, frozen=True, kw_only=True):
    """What is known of a template without its outline."""

    content_hash: str  # of its source
    calls: tuple[CallContent, ...]  # each once
    words: frozenset[str]  # of `_WORDS` in its source, and of `_HEAD_WORDS` in its front matter
    imports: tuple[str, ...]  # the parts that it imports
    shown: str  # a fingerprint of its headings, and of all that has to be the same in every language
    characters: str  # of its prose, each once


def summarize(outline: Outline) -> TemplateSummary:
    """The summary of a template."""
    source, head = outline.source, HEAD.match(outline.source)
    words = {word for word in _WORDS if word in source}
    headings = [(heading.level, heading.anchor) for heading in outline.headings]
    shown = sorted((call.section, call.name, call.texts, call.options) for call in outline.calls if call.name not in FREE_CALLS)
    links = [(link.section, link.url) for link in outline.links]
    return TemplateSummary(
        content_hash=content_hash(source.encode()),
        calls=tuple(dict.fromkeys((call.name, call.texts, call.options) for call in outline.calls)),
        words=frozenset(words | {word for word in _HEAD_WORDS if head is not None and word in head["yaml"]}),
        imports=tuple(match[1] for match in IMPORT.finditer(source)),
        shown=fingerprint(repr(headings), repr(shown), repr(links)),
        characters="".join(sorted(set[str]().union(*(part.text for part in outline.prose)))),
    )


def summaries_of(file: str) -> str:
    """The group of the parse cache that holds what is known of the templates in the folder of one."""
    return f"summaries of {file.rpartition('/')[0]}"


class TemplateFile(Struct, frozen=True, kw_only=True):
    """The template of a page in one language."""

    file: str
    page: str
    language: str
    summary: TemplateSummary
    load: Callable[[], Outline]

    @property
    def outline(self) -> Outline:
        """Its outline, loaded."""
        return self.load()


class Outlines(Sequence[Outline]):
    """The outlines of templates, each loaded when it is asked for."""

    def __init__(self, templates: tuple[TemplateFile, ...]) -> None:
        """All of a report's pages in all languages."""
        self.templates = templates

    @overload
    def __getitem__(self, index: int) -> Outline: ...

    @overload
    def __getitem__(self, index: slice) -> Outlines: ...

    def __getitem__(self, index: int | slice) -> Outline | Outlines:
        """One of them, or some."""
        return Outlines(self.templates[index]) if isinstance(index, slice) else self.templates[index].outline

    def __iter__(self) -> Iterator[Outline]:
        """All of them, one after the other."""
        return (template.outline for template in self.templates)

    def __len__(self) -> int:
        """How many there are."""
        return len(self.templates)

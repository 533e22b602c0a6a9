"""What a template says before it is rendered: headings, calls, links, and the prose between tags, with places."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Callable, Iterable, Iterator
from itertools import accumulate

from ..diagnostics.finding import Diagnostic, Span
from ..records.struct import Struct, replace
from .front_matter import HEAD, read_front_matter
from .tags import find_tags
from .template_calls import QUOTED, Call, calls_in, calls_with_ends, without_quoted
from .typed_numbers import PLACEHOLDER, NumberPattern, find_typed_numbers

_ANCHOR = r"\{[ \t]*#([\w-]+)[^{}\n]*\}"
# A heading, its text, and the anchor at its end; patterns with one way to match take a time that grows with the text.
HEADING = re.compile(
    rf"^(#{{1,6}})[ \t]+((?:[^\n{{]|\{{(?!{_ANCHOR[2:].replace('(', '(?:')}[ \t]*$))*)(?:{_ANCHOR})?[ \t]*$", re.MULTILINE
)
_ID = re.compile(r"""<[a-z]+[^<>]*\sid=["']([\w-]+)["']""")
_LINK = re.compile(r"\]\([ \t]*<?(https?://(?:[^()\s>]|\([^()\s]*\))+)|<(https?://[^<>\s]+)>")


class Heading(Struct, frozen=True):
    """A Markdown heading."""

    level: int
    anchor: str
    span: Span


class Link(Struct, frozen=True):
    """A link to another site."""

    url: str
    span: Span
    section: str  # anchor of the heading above


class Prose(Struct, frozen=True):
    """A text that readers see, as long as its source, from an offset there. With `page` it is Markdown, else a line."""

    text: str
    offset: int
    page: bool = False


class Outline(Struct, frozen=True, kw_only=True):
    """A template without its tags' results: what can be known before it is rendered."""

    file: str
    page: str
    language: str
    source: str
    headings: tuple[Heading, ...]
    calls: tuple[Call, ...]
    prose: tuple[Prose, ...]
    links: tuple[Link, ...] = ()
    lines: tuple[int, ...] = (0,)  # offset of the beginning of each line

    def span(self, offset: int, length: int) -> Span:
        """The span of a part of the template at an offset."""
        line = bisect_right(self.lines, offset)
        return Span(self.file, line, offset - self.lines[line - 1] + 1, length)

    def typed_numbers(self, spelled: Iterable[NumberPattern]) -> Iterator[tuple[str, Span]]:
        """Quantities typed into the prose; `spelled` has a pattern of numbers in words for each language."""
        for part in self.prose:
            for found, at in find_typed_numbers(part.text, spelled, page=part.page):
                yield found, self.span(part.offset + at, len(found))


def read_outline(file: str, page: str, language: str, source: str, sink: list[Diagnostic] | None = None) -> Outline:
    """The outline of a template; mistakes of its front matter are added to `sink`."""
    tags = list(find_tags(source))
    text = _masked(source, tags)
    head = read_front_matter(file, source, [] if sink is None else sink)
    outline = Outline(
        file=file,
        page=page,
        language=language,
        source=source,
        headings=(),
        calls=(),
        prose=(Prose(_without_head(text), 0, page=True), *(Prose(text[start:end], start) for start, end in head.extents)),
        lines=_lines(source),
    )
    code = [(tag, without_quoted(tag[0])) for tag in tags if not tag[0].startswith("{#")]
    headings = list(HEADING.finditer(source))
    sections = [(match.start(), match[3] or "") for match in headings]

    def section_at(offset: int) -> str:
        after = bisect_right(sections, offset, key=lambda section: section[0])
        return sections[after - 1][1] if after else ""

    return replace(
        outline,
        headings=tuple(
            Heading(len(match[1]), match[3] or "", outline.span(match.start(), len(match[0]))) for match in headings
        ),
        calls=tuple(call for tag, bare in code for call in calls_in(tag, bare, outline.span, section_at)),
        links=tuple(_links(outline, section_at)),
        prose=(*outline.prose, *(prose for tag, bare in code for prose in _prose_in(tag, bare))),
    )


def anchors_of(outline: Outline) -> frozenset[str]:
    """The anchors that an author wrote on a page: those of headings, and of elements with an `id`."""
    return frozenset((*(heading.anchor for heading in outline.headings if heading.anchor), *_ID.findall(outline.source)))


def _links(outline: Outline, section_at: Callable[[int], str]) -> Iterator[Link]:
    for match in _LINK.finditer(outline.source):
        url = match[1] or match[2]
        start = match.start(match.lastindex or 0)
        yield Link(url=url, span=outline.span(start, len(url)), section=section_at(start))


def _lines(source: str) -> tuple[int, ...]:
    """The offset of the beginning of each line."""
    return (0, *accumulate(map(len, source.splitlines(keepends=True))))


def _masked(source: str, tags: list[re.Match[str]]) -> str:
    """The text between tags, with placeholders for each tag."""
    found, at = [], 0
    for tag in tags:
        found += [source[at : tag.start()], "\n".join(PLACEHOLDER * len(line) for line in tag[0].split("\n"))]
        at = tag.end()
    return "".join([*found, source[at:]])


def _without_head(text: str) -> str:
    """A page with blanks for its front matter."""
    return HEAD.sub(lambda head: _NOT_LINE_END.sub(" ", head[0]), text)


_NOT_LINE_END = re.compile(r"[^\n]")
_WRITES = re.compile(r"\{\{|\{%-?\s*set\b")
_CONSTANT = re.compile(r"(?:\{\{-?|\{%-?\s*set\s+\w+\s*=)\s*([0-9][\w.]*)")
_NAME = re.compile(r"[A-Za-z_][\w-]*")
_SLOT = re.compile(r"\{\w*\}")  # placeholder of an interface word
_INVISIBLE_OPTIONS = ("reason",)  # that no reader sees
_OPTION_BEFORE, _MAX_NAME = re.compile(r"(\w+)\s*=\s*\Z"), 40


def _prose_in(tag: re.Match[str], bare: str) -> Iterator[Prose]:
    """Texts and numbers that a tag writes or sets, such as captions; ids are none."""
    if not _WRITES.match(tag[0]):
        return
    if constant := _CONSTANT.match(tag[0]):
        yield Prose(constant[1], tag.start() + constant.start(1))
    if '"' not in bare:
        return
    arguments = _outermost((call.end(), end) for call, end in calls_with_ends(bare))
    for text in QUOTED.finditer(tag[0]):
        option = _OPTION_BEFORE.search(bare, max(0, text.start() - _MAX_NAME), text.start())
        around = bisect_right(arguments, text.start(), key=lambda argument: argument[0]) - 1
        is_argument = around >= 0 and text.start() < arguments[around][1]
        in_list = bare[max(0, text.start() - _MAX_NAME) : text.start()].rstrip().endswith("[")
        if (is_argument and (option is None or option[1] in _INVISIBLE_OPTIONS)) or in_list:
            continue
        written = _SLOT.sub(lambda slot: PLACEHOLDER * len(slot[0]), text[0][1:-1])
        if not _NAME.fullmatch(written):
            yield Prose(written, tag.start() + text.start() + 1)


def _outermost(intervals: Iterable[tuple[int, int]]) -> list[tuple[int, int]]:
    """Of intervals in the order of their starts, which may hold others, those that no other holds."""
    found: list[tuple[int, int]] = []
    for start, end in intervals:
        if not found or start >= found[-1][1]:
            found.append((start, end))
    return found

"""What a template says before it is rendered: its headings, its calls, and the prose between its tags, with places."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from itertools import accumulate

from ..diagnostics.finding import Diagnostic, Span
from ..store.fast_pickle import FastPickle
from .front_matter import HEAD, read_front_matter
from .typed_numbers import PLACEHOLDER, find_typed_numbers

_TAG = re.compile(r"\{\{.*?\}\}|\{%.*?%\}|\{#.*?#\}", re.DOTALL)
_CALL = re.compile(r"(?<![\w.|])(?<!\|\s)([A-Za-z_]\w*)\(")  # no method and no filter
_OPTION = re.compile(r"\s*(\w+)\s*=(?!=)\s*")
_OPTION_OF, _LONGEST = re.compile(r"(\w+)\s*=\s*\Z"), 40
_TEXT = re.compile(r"\"([^\"]*)\"|'([^']*)'")
_HEADING = re.compile(r"^(#{1,6})[ \t]+(.*?)(?:[ \t]*\{[ \t]*#([\w-]+)[^}\n]*\})?[ \t]*$", re.MULTILINE)
_LINK = re.compile(r"\]\([ \t]*<?(https?://(?:[^()\s>]|\([^()\s]*\))+)|<(https?://[^>\s]+)>")
_MANNER = ("caption", "digits", "style")  # options that say how, not what

Use = tuple[str, str]  # a call and what it names


@dataclass(frozen=True, slots=True)
class Call(FastPickle):
    """One call of a template: its name, its place, the texts and options it was given and where each of them stands."""

    name: str
    texts: tuple[str, ...]
    options: tuple[tuple[str, str], ...]
    span: Span
    section: str
    places: tuple[Span, ...] = ()
    option_spans: tuple[Span, ...] = ()

    @property
    def uses(self) -> tuple[Use, ...]:
        """What it shows: each thing it names, or what its options choose; how it is shown does not matter."""
        told = tuple(f"{key}={value}" for key, value in self.options if key not in _MANNER)
        return tuple((self.name, text) for text in self.texts or told or ("",))


@dataclass(frozen=True, slots=True)
class Heading(FastPickle):
    """One heading."""

    level: int
    anchor: str
    span: Span


@dataclass(frozen=True, slots=True)
class Link(FastPickle):
    """One link to another site."""

    url: str
    span: Span
    section: str


@dataclass(frozen=True, slots=True)
class Prose(FastPickle):
    """A text that readers see; as long as its source, so that offsets are places. `page` has the structure of Markdown."""

    text: str
    offset: int
    page: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Outline:
    """One template."""

    file: str
    page: str
    language: str
    source: str
    headings: tuple[Heading, ...]
    calls: tuple[Call, ...]
    prose: tuple[Prose, ...]
    links: tuple[Link, ...] = ()
    lines: tuple[int, ...] = (0,)  # the offset of each line

    def span(self, offset: int, length: int) -> Span:
        """Line and column of an offset."""
        line = bisect_right(self.lines, offset)
        return Span(self.file, line, offset - self.lines[line - 1] + 1, length)

    def typed_numbers(self, spelled: Iterable[re.Pattern[str]]) -> Iterator[tuple[str, Span]]:
        """Digits, and quantities spelled out, that stand in the prose."""
        for part in self.prose:
            for found, at in find_typed_numbers(part.text, spelled, page=part.page):
                yield found, self.span(part.offset + at, len(found))


def read_outline(file: str, page: str, language: str, source: str, sink: list[Diagnostic] | None = None) -> Outline:
    """Take a template apart; mistakes of its front matter are reported."""
    tags = list(_TAG.finditer(source))
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
    spoken = [(tag, _TEXT.sub(_quoted_spaces, tag[0])) for tag in tags if not tag[0].startswith("{#")]
    found = list(_HEADING.finditer(source))
    starts = [(match.start(), match[3] or "") for match in found]
    return replace(
        outline,
        headings=tuple(Heading(len(match[1]), match[3] or "", outline.span(match.start(), len(match[0]))) for match in found),
        calls=tuple(call for tag, bare in spoken for call in _calls(outline, tag, bare, starts)),
        links=tuple(_links(outline, starts)),
        prose=(*outline.prose, *(said for tag, bare in spoken for said in _said(tag, bare))),
    )


def _quoted_spaces(match: re.Match[str]) -> str:
    """What is quoted is no code."""
    return f'"{" " * (len(match[0]) - 2)}"'


def _calls(outline: Outline, tag: re.Match[str], bare: str, starts: list[tuple[int, str]]) -> Iterator[Call]:
    for call in _CALL.finditer(bare):
        texts: list[tuple[str, Span]] = []
        options: list[tuple[str, str, Span]] = []
        end = _end(bare, call.end())
        for start, stop in _arguments(bare, call.end(), end):
            option = _OPTION.match(bare, start, stop)
            at = option.end() if option else start
            quoted = [
                (match[1] or match[2] or "", outline.span(tag.start() + match.start() + 1, max(1, len(match[0]) - 2)))
                for match in _TEXT.finditer(tag[0], at, stop)
            ]
            if option and not bare[at:stop].startswith("["):
                plain = (bare[at:stop].strip(), outline.span(tag.start() + at, stop - at))
                options.append((option[1], *(quoted[0] if quoted else plain)))
            else:
                texts += quoted
        offset = tag.start() + call.start()
        yield Call(
            name=call[1],
            texts=tuple(text for text, _ in texts),
            options=tuple((key, text) for key, text, _ in options),
            span=outline.span(offset, end + 1 - call.start()),
            section=_section(starts, offset),
            places=tuple(place for _, place in texts),
            option_spans=tuple(place for _, _, place in options),
        )


def _section(starts: list[tuple[int, str]], offset: int) -> str:
    """The anchor of the heading above."""
    after = bisect_right(starts, offset, key=lambda one: one[0])
    return starts[after - 1][1] if after else ""


def _links(outline: Outline, starts: list[tuple[int, str]]) -> Iterator[Link]:
    for match in _LINK.finditer(outline.source):
        url = match[1] or match[2]
        start = match.start(match.lastindex or 0)
        yield Link(url=url, span=outline.span(start, len(url)), section=_section(starts, start))


_JOINTS, _ROUND = re.compile(r"[][(){},]"), re.compile(r"[()]")


def _arguments(bare: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Where each argument of a call begins and ends."""
    depth = 0
    for match in _JOINTS.finditer(bare, start, end):
        if match[0] != ",":
            depth += 1 if match[0] in "([{" else -1
        elif not depth:
            yield start, match.start()
            start = match.end()
    yield start, end


def _end(bare: str, start: int) -> int:
    """Where a call's bracket closes."""
    depth = 1
    for match in _ROUND.finditer(bare, start):
        depth += 1 if match[0] == "(" else -1
        if not depth:
            return match.start()
    return len(bare)


def _lines(source: str) -> tuple[int, ...]:
    """Where each line begins."""
    return (0, *accumulate(map(len, source.splitlines(keepends=True))))


def _masked(source: str, tags: list[re.Match[str]]) -> str:
    """The text between tags; a tag is something, but no text."""
    found, at = [], 0
    for tag in tags:
        found += [source[at : tag.start()], "\n".join(PLACEHOLDER * len(line) for line in tag[0].split("\n"))]
        at = tag.end()
    return "".join([*found, source[at:]])


def _without_head(text: str) -> str:
    """A page with blanks for its front matter."""
    return HEAD.sub(lambda head: _NOT_LINE_END.sub(" ", head[0]), text)


_NOT_LINE_END = re.compile(r"[^\n]")
_SAYS = re.compile(r"\{\{|\{%-?\s*set\b")
_CONSTANT = re.compile(r"(?:\{\{-?|\{%-?\s*set\s+\w+\s*=)\s*([0-9][\w.]*)")
_NAME = re.compile(r"[A-Za-z_][\w-]*")
_SLOT = re.compile(r"\{\w*\}")  # of a word, to be filled
_UNSAID = ("reason",)  # options that no reader sees


def _said(tag: re.Match[str], bare: str) -> Iterator[Prose]:
    """What a tag itself says: its captions, texts that it writes or keeps, numbers likewise. Ids are for other rules."""
    if not _SAYS.match(tag[0]):
        return
    if constant := _CONSTANT.match(tag[0]):
        yield Prose(constant[1], tag.start() + constant.start(1))
    if '"' not in bare:
        return
    inside = [(call.end(), _end(bare, call.end())) for call in _CALL.finditer(bare)]
    for text in _TEXT.finditer(tag[0]):
        option = _OPTION_OF.search(bare, max(0, text.start() - _LONGEST), text.start())
        named = any(start <= text.start() < end for start, end in inside)
        if (named and (option is None or option[1] in _UNSAID)) or bare[: text.start()].rstrip().endswith("["):
            continue
        written = _SLOT.sub(lambda slot: PLACEHOLDER * len(slot[0]), text[0][1:-1])
        if not _NAME.fullmatch(written):
            yield Prose(written, tag.start() + text.start() + 1)


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A block of a template that holds words: its section's anchor, its text as written, where it starts."""

    anchor: str
    text: str
    start: int


_BLOCK = re.compile(r"(?:[^\n]*\S[^\n]*(?:\n|\Z))+")
_NO_WORDS = re.compile(rf"{_TAG.pattern}|\{{[^{{}}\n]*#[^{{}}\n]*\}}|<[^>\n]+>", re.DOTALL)


def paragraphs(source: str) -> Iterator[Paragraph]:
    """The front matter, headings, paragraphs, lists and tables of a template; blocks of calls alone hold no words."""
    head = HEAD.match(source)
    starts = [match.span() for match in _BLOCK.finditer(source, head.end() if head else 0)]
    anchor = ""
    for start, end in [*([head.span()] if head else []), *starts]:
        text = source[start:end].rstrip()
        if match := _HEADING.match(text):
            anchor = match[3] or ""
        if any(char.isalpha() for char in _NO_WORDS.sub("", text)):
            yield Paragraph("@head" if head and start == 0 else anchor, text, start)

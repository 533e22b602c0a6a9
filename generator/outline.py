"""What a template says before it is rendered: its headings, its calls, and the prose between its tags, with places."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, replace

from generator.diagnostics import Span

_TAG = re.compile(r"\{\{.*?\}\}|\{%.*?%\}|\{#.*?#\}", re.DOTALL)
_CALL = re.compile(r"(?<![\w.|])(?<!\|\s)([A-Za-z_]\w*)\(")  # no method and no filter
_OPTION = re.compile(r"\s*(\w+)\s*=(?!=)\s*")
_TEXT = re.compile(r"\"([^\"]*)\"|'([^']*)'")
_HEADING = re.compile(r"^(#{1,6})[ \t]+(.*?)(?:[ \t]*\{[ \t]*#([\w-]+)[^}\n]*\})?[ \t]*$", re.MULTILINE)
_DIGITS = re.compile(r"(?:\d|[¼-¾⅐-⅞])+(?:[.,．，:/–～〜-]\d+)*")
_NO_PROSE = (
    re.compile(r"\{[^{}\n]*[#.=][^{}\n]*\}"),  # ids, classes and attributes
    re.compile(r"\]\([^)\n]*\)"),  # link targets
    re.compile(r"\[\^[^\]\n]+\]"),  # footnotes
    re.compile(r"</?[A-Za-z][^>\n]*>|<!--.*?-->", re.DOTALL),  # tags and comments of HTML
    re.compile(r"https?://[!-~]+"),
    re.compile(r"^[ \t]*\d+[.)][ \t]", re.MULTILINE),  # numbers of list items
    re.compile(r"&#?\w+;"),
)
_JOINED = re.compile(r"[ \t\u00a0\u202f-]*")  # what may part a number from its scale: 72 billion, two-thirds


Use = tuple[str, str]  # a call and what it names


@dataclass(frozen=True, slots=True)
class Call:
    """One call of a template: its name, its place, the texts and options it was given and where each of them stands."""

    name: str
    texts: tuple[str, ...]
    options: tuple[tuple[str, str], ...]
    span: Span
    section: str
    places: tuple[Span, ...] = ()
    option_places: tuple[Span, ...] = ()

    @property
    def uses(self) -> tuple[Use, ...]:
        """What it shows: each thing it names, or what its options choose; how it is shown does not matter."""
        told = tuple(f"{key}={value}" for key, value in self.options if key not in ("digits", "style"))
        return tuple((self.name, text) for text in self.texts or told or ("",))


@dataclass(frozen=True, slots=True)
class Heading:
    """One heading."""

    level: int
    anchor: str
    span: Span


@dataclass(frozen=True, slots=True)
class Prose:
    """A stretch of text between tags; as long as its source, so that offsets are places."""

    text: str
    offset: int


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

    def span(self, offset: int, length: int) -> Span:
        """Line and column of an offset."""
        lines = f"{self.source[:offset]}^".splitlines()
        return Span(self.file, len(lines), len(lines[-1]), length)

    def loose_numbers(self, spelled: re.Pattern[str] | None) -> Iterator[tuple[str, Span]]:
        """Digits, and quantities spelled out, that stand in the prose."""
        for part in self.prose:
            yield from ((found, self.span(part.offset + at, len(found))) for found, at in loose_numbers(part.text, spelled))

    def uses(self) -> dict[str, Counter[Use]]:
        """Per section (its anchor) how often which fact, claim, event or part is called."""
        found: dict[str, Counter[Use]] = {}
        for call in self.calls:
            found.setdefault(call.section, Counter()).update(call.uses)
        return found


def loose_numbers(text: str, spelled: re.Pattern[str] | None) -> Iterator[tuple[str, int]]:
    """Each quantity typed in a text, with its offset; link targets, ids and list numbers are none."""
    for pattern in _NO_PROSE:
        text = pattern.sub(lambda match: " " * len(match[0]), text)
    patterns = [_DIGITS, *([spelled] if spelled else [])]
    hits = [(match.start(), match.end(), pattern) for pattern in patterns for match in pattern.finditer(text)]
    held: tuple[int, int, object] | None = None
    for start, end, pattern in sorted((hit for hit in hits if text[hit[0] : hit[1]].strip()), key=lambda hit: hit[:2]):
        if held is not None and (start < held[1] or _belong(text, held, start, pattern)):
            held = (held[0], max(end, held[1]), pattern)
            continue
        if held is not None:
            yield text[held[0] : held[1]], held[0]
        held = (start, end, pattern)
    if held is not None:
        yield text[held[0] : held[1]], held[0]


def _belong(text: str, held: tuple[int, int, object], start: int, pattern: object) -> bool:
    """Whether two numbers are one quantity: a number and its scale, the parts of a date written with ideographs."""
    between = text[held[1] : start]
    if held[2] is pattern is _DIGITS:
        return len(between) == 1 and unicodedata.category(between) == "Lo"
    return bool(_JOINED.fullmatch(between))


def read_outline(file: str, page: str, language: str, source: str) -> Outline:
    """Take a template apart."""
    tags = list(_TAG.finditer(source))
    outline = Outline(
        file=file, page=page, language=language, source=source, headings=(), calls=(), prose=tuple(_prose(source, tags))
    )
    found = list(_HEADING.finditer(source))
    starts = [(match.start(), match[3] or "") for match in found]
    return replace(
        outline,
        headings=tuple(Heading(len(match[1]), match[3] or "", outline.span(match.start(), len(match[0]))) for match in found),
        calls=tuple(_calls(outline, tags, starts)),
    )


def _calls(outline: Outline, tags: list[re.Match[str]], starts: list[tuple[int, str]]) -> Iterator[Call]:
    for tag in tags:
        if tag[0].startswith("{#"):
            continue
        bare = _TEXT.sub(lambda match: f'"{" " * (len(match[0]) - 2)}"', tag[0])  # what is quoted is no code
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
                section=next((anchor for start, anchor in reversed(starts) if start <= offset), ""),
                places=tuple(place for _, place in texts),
                option_places=tuple(place for _, _, place in options),
            )


def _arguments(bare: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Where each argument of a call begins and ends."""
    depth = 0
    for at in range(start, end):
        depth += (bare[at] in "([{") - (bare[at] in ")]}")
        if bare[at] == "," and not depth:
            yield start, at
            start = at + 1
    yield start, end


def _end(bare: str, start: int) -> int:
    """Where a call's bracket closes."""
    depth = 1
    for at in range(start, len(bare)):
        depth += (bare[at] == "(") - (bare[at] == ")")
        if not depth:
            return at
    return len(bare)


def _prose(source: str, tags: list[re.Match[str]]) -> Iterator[Prose]:
    masked = list(source)
    for tag in tags:
        for at in range(tag.start(), tag.end()):
            if masked[at] != "\n":
                masked[at] = " "
    yield Prose("".join(masked), 0)


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A block of a template that holds words: its section's anchor, its text as written, where it starts."""

    anchor: str
    text: str
    start: int


_BLOCK = re.compile(r"(?:[^\n]*\S[^\n]*(?:\n|\Z))+")
_HEAD = re.compile(r"\A---\n.*?\n---\n", re.DOTALL)
_NO_WORDS = re.compile(rf"{_TAG.pattern}|\{{[^{{}}\n]*#[^{{}}\n]*\}}|<[^>\n]+>", re.DOTALL)


def paragraphs(source: str) -> Iterator[Paragraph]:
    """The front matter, headings, paragraphs, lists and tables of a template; blocks of calls alone hold no words."""
    head = _HEAD.match(source)
    starts = [match.span() for match in _BLOCK.finditer(source, head.end() if head else 0)]
    anchor = ""
    for start, end in [*([head.span()] if head else []), *starts]:
        text = source[start:end].rstrip()
        if match := _HEADING.match(text):
            anchor = match[3] or ""
        if any(char.isalpha() for char in _NO_WORDS.sub("", text)):
            yield Paragraph("@head" if head and start == 0 else anchor, text, start)

"""What a template says before it is rendered: its headings, its calls, and the prose between its tags, with places."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from generator.diagnostics import Span

_TAG = re.compile(r"\{\{.*?\}\}|\{%.*?%\}|\{#.*?#\}", re.DOTALL)
_CALL = re.compile(r"\b([a-z_]+)\(")
_OPTION = re.compile(r"(\w+)\s*=\s*(?:\"([^\"]*)\"|'([^']*)'|([\w.]+))")
_TEXT = re.compile(r"\"([^\"]*)\"|'([^']*)'")
_HEADING = re.compile(r"^(#{1,6})\s+(.*?)(?:\s*\{\s*#([\w-]+)[^}]*\})?\s*$", re.MULTILINE)
_DIGITS = re.compile(r"[0-9０-９]+(?:[.,．，][0-9０-９]+)*")
_NO_PROSE = (
    re.compile(r"\{[^{}\n]*#[\w-]+[^{}\n]*\}"),  # heading and attribute ids
    re.compile(r"\]\([^)\s]*(?:\s+\"[^\"]*\")?\)"),  # link targets
    re.compile(r"<[^>\n]+>"),  # tags of HTML
    re.compile(r"https?://\S+"),
    re.compile(r"^\s*\d+\.\s", re.MULTILINE),  # numbers of list items
    re.compile(r"&#?\w+;"),
)


@dataclass(frozen=True, slots=True)
class Call:
    """One call of a template: its name, the texts it was given, its place."""

    name: str
    texts: tuple[str, ...]
    options: tuple[tuple[str, str], ...]
    span: Span
    section: str


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
        line = self.source.count("\n", 0, offset) + 1
        column = offset - (self.source.rfind("\n", 0, offset) + 1) + 1
        return Span(self.file, line, column, length)

    def loose_numbers(self, spelled: re.Pattern[str] | None) -> Iterator[tuple[str, Span]]:
        """Digits, and quantities spelled out, that stand in the prose."""
        for part in self.prose:
            yield from (
                (found, self.span(part.offset + at, len(found))) for found, at in loose_numbers(part.text, spelled)
            )

    def uses(self) -> dict[str, Counter[tuple[str, str]]]:
        """Per section (its anchor) how often which fact, claim, event or part is called."""
        found: dict[str, Counter[tuple[str, str]]] = {}
        for call in self.calls:
            told = tuple(f"{key}={value}" for key, value in call.options if key not in ("digits", "style"))
            for text in call.texts or told or ("",):
                found.setdefault(call.section, Counter())[(call.name, text)] += 1
        return found


def loose_numbers(text: str, spelled: re.Pattern[str] | None) -> Iterator[tuple[str, int]]:
    """Each quantity typed in a text, with its offset; link targets, ids and list numbers are none."""
    for pattern in _NO_PROSE:
        text = pattern.sub(lambda match: " " * len(match[0]), text)
    taken: list[tuple[int, int]] = []
    for pattern in (_DIGITS, spelled):
        for match in pattern.finditer(text) if pattern else ():
            if match[0].strip() and not any(start <= match.start() < end for start, end in taken):
                taken.append(match.span())
                yield match[0], match.start()


def read_outline(file: str, page: str, language: str, source: str) -> Outline:
    """Take a template apart."""
    headings = tuple(_headings(file, source))
    starts = [(match[0], match[1]) for match in _section_starts(source)]
    tags = list(_TAG.finditer(source))
    calls = tuple(_calls(file, source, tags, starts))
    return Outline(
        file=file,
        page=page,
        language=language,
        source=source,
        headings=headings,
        calls=calls,
        prose=tuple(_prose(source, tags)),
    )


def _headings(file: str, source: str) -> Iterator[Heading]:
    for match in _HEADING.finditer(source):
        line = source.count("\n", 0, match.start()) + 1
        yield Heading(len(match[1]), match[3] or "", Span(file, line, 1, len(match[0])))


def _section_starts(source: str) -> Iterator[tuple[int, str]]:
    for match in _HEADING.finditer(source):
        yield match.start(), match[3] or ""


def _calls(
    file: str, source: str, tags: list[re.Match[str]], starts: list[tuple[int, str]]
) -> Iterator[Call]:
    for tag in tags:
        if tag[0].startswith("{#"):
            continue
        for call in _CALL.finditer(tag[0]):
            inner = _inside(tag[0], call.end())
            positional = re.split(r"(?:^|,)\s*\w+\s*=", inner)[0]
            texts = tuple(one or two for one, two in _TEXT.findall(positional))
            options = tuple((key, one or two or bare) for key, one, two, bare in _OPTION.findall(inner))
            offset = tag.start() + call.start()
            line = source.count("\n", 0, offset) + 1
            column = offset - (source.rfind("\n", 0, offset) + 1) + 1
            section = next((anchor for start, anchor in reversed(starts) if start <= offset), "")
            span = Span(file, line, column, call.end() - call.start() + len(inner) + 1)
            yield Call(call[1], texts, options, span, section)


def _inside(tag: str, start: int) -> str:
    depth, quote = 1, ""
    for at in range(start, len(tag)):
        char = tag[at]
        if quote:
            quote = "" if char == quote else quote
        elif char in "\"'":
            quote = char
        elif char == "(":
            depth += 1
        elif char == ")":
            depth -= 1
            if not depth:
                return tag[start:at]
    return tag[start:]


def _prose(source: str, tags: list[re.Match[str]]) -> Iterator[Prose]:
    masked = list(source)
    for tag in tags:
        for at in range(tag.start(), tag.end()):
            if masked[at] != "\n":
                masked[at] = " "
    yield Prose("".join(masked), 0)

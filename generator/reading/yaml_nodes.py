"""Parses YAML into a tree of nodes with the place of each. The only module that uses PyYAML."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path
from typing import NoReturn

import yaml

from ..diagnostics.finding import Clause, Diagnostic, DiagnosticError, Span, source_lines
from ..records.struct import Struct, field
from .characters import report_control_characters
from .files import read_text, too_large
from .limits import DEFAULT_LIMITS, Limits
from .yaml_hints import mended_line, unclosed

_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_MAX_DEPTH = 40  # of nested lists and mappings
_MAX_LINES = 60  # of one text, in which the place of a part is looked up
_MAX_ESCAPE, _MAX_INDENTATION = 10, 4000  # characters that stand for one, as in \\U0001F600, and for none
# Plain scalars by type, as the core schema of YAML 1.2 (chapter 10.3.2) and editors have it; every other one is a text.
_CORE = {
    "null": re.compile(r"~|null|Null|NULL|"),
    "boolean": re.compile(r"true|True|TRUE|false|False|FALSE"),
    "number": re.compile(
        r"[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?|0o[0-7]+|0x[0-9a-fA-F]+|[-+]?\.(inf|Inf|INF)|\.(nan|NaN|NAN)"
    ),
}


class ScalarNode(Struct, frozen=True):
    """A scalar as text, with quotes, escapes and folding undone."""

    text: str
    span: Span
    quoted: bool = False
    extent: tuple[int, int] = (0, 0)  # offsets of its first character, quotes included, and of the one behind its last

    @property
    def value_type(self) -> str:
        """Its type in YAML: text, number, boolean or null."""
        if self.quoted:
            return "text"
        return next((name for name, pattern in _CORE.items() if pattern.fullmatch(self.text)), "text")

    @property
    def blank(self) -> bool:
        """Whether nothing is written: an empty text, white space or null."""
        return not self.text.strip() or self.value_type == "null"


class SequenceNode(Struct, frozen=True):
    """A list."""

    items: tuple[Node, ...]
    span: Span
    extent: tuple[int, int] = (0, 0)  # as of a scalar; what is written in lines ends where the next thing begins
    flow: bool = False  # whether it is written in brackets


class MappingNode(Struct, frozen=True):
    """A mapping; each key once, in the order written."""

    entries: tuple[tuple[ScalarNode, Node], ...]
    span: Span
    extent: tuple[int, int] = (0, 0)  # as of a list
    flow: bool = False


Node = ScalarNode | SequenceNode | MappingNode


def read_yaml(root: Path, file: str, sink: list[Diagnostic], limits: Limits = DEFAULT_LIMITS) -> Node | None:
    """The tree of one YAML file, or None with a diagnostic where it cannot be read."""
    text = read_text(root, file, sink, limits)
    return None if text is None else parse_yaml(text, file, sink, limits)


def parse_yaml(
    text: str, file: str, sink: list[Diagnostic], limits: Limits = DEFAULT_LIMITS, *, lines_above: int = 0
) -> Node | None:
    """The tree of a YAML text; None for an empty one or one with a mistake of syntax (which is reported alone).

    A part of a file has `lines_above`; what is said of its syntax is not.
    """
    found: list[Diagnostic] = []
    try:
        tree = _Reader(text, file, found, limits, lines_above).read()
    except yaml.YAMLError as error:
        sink.append(_syntax(error, file, text))
        return None
    except DiagnosticError as error:
        sink.append(error.diagnostic)
        return None
    sink += found
    return None if isinstance(tree, ScalarNode) and tree.value_type == "null" else tree


class _OpenCollection(Struct):
    """A list or mapping whose end is not read yet: its place, what was read of it, and the key that waits for its value."""

    start: yaml.Event
    items: list[Node] = field(default_factory=list)
    entries: list[tuple[ScalarNode, Node]] | None = None  # of a mapping
    first: dict[str, Span] = field(default_factory=dict)  # where each key was written first
    key: ScalarNode | None = None
    waits: bool = False  # whether a key was read, and its value not yet
    skipped: bool = False  # whether that key cannot be used


class _Reader:
    """Makes a tree of the events of one text, which hold one node at a time: no level of nesting costs a level of calls.

    There are no anchors, aliases and tags: each entry says what it says where it stands.
    """

    def __init__(self, text: str, file: str, sink: list[Diagnostic], limits: Limits, lines_above: int) -> None:
        self.file, self.sink, self.limits, self.first_line = file, sink, limits, lines_above + 1
        self.loader = _LOADER(text)
        self.open: list[_OpenCollection] = []
        self.root: Node | None = None
        self.count = 0

    def read(self) -> Node | None:
        next_event = self.loader.get_event
        try:
            while not isinstance(event := next_event(), yaml.StreamEndEvent):
                self._take(event)
        finally:
            self.loader.dispose()
        return self.root

    def _take(self, event: yaml.Event) -> None:
        if isinstance(event, yaml.NodeEvent):
            self._check(event)
            if isinstance(event, yaml.ScalarEvent):
                span, (start, end) = self._span(event, event), _marks(event)
                self._check_text(event.value, span)
                self._add(ScalarNode(event.value, span, quoted=bool(event.style), extent=(start.index, end.index)))
            else:
                mapping = isinstance(event, yaml.MappingStartEvent)
                self.open.append(_OpenCollection(event, entries=[] if mapping else None))
        elif isinstance(event, yaml.CollectionEndEvent):
            self._add(self._collection(self.open.pop(), event))
        elif isinstance(event, yaml.DocumentStartEvent) and self.root is not None:
            self._refuse(event, "documents")

    def _collection(self, done: _OpenCollection, event: yaml.Event) -> SequenceNode | MappingNode:
        span, extent = self._span(done.start, event), (_marks(done.start)[0].index, _marks(event)[1].index)
        flow = bool(getattr(done.start, "flow_style", False))
        if done.entries is None:
            return SequenceNode(tuple(done.items), span, extent, flow)
        return MappingNode(tuple(done.entries), span, extent, flow)

    def _check(self, event: yaml.NodeEvent) -> None:
        self.count += 1
        if self.count > self.limits.nodes:
            span = self._span(event, event)
            raise DiagnosticError(too_large(span, Clause("nodes"), self.limits.nodes, "nodes"))
        if len(self.open) > _MAX_DEPTH:
            self._refuse(event, "deep")
        if event.anchor is not None:
            self._refuse(event, "alias")
        if getattr(event, "tag", None) is not None:
            self._refuse(event, "tag")

    def _check_text(self, text: str, span: Span) -> None:
        """YAML can write any character by its number, and lines without end."""
        if len(text) > self.limits.characters:
            raise DiagnosticError(too_large(span, Clause("characters"), self.limits.characters, "characters"))
        if not text.isprintable():
            report_control_characters(text, span, self.sink)

    def _refuse(self, event: yaml.Event, variant: str) -> NoReturn:
        raise DiagnosticError(Diagnostic(rule="yaml-syntax", variant=variant, span=self._span(event, event)))

    def _add(self, node: Node) -> None:
        """Put a node where it belongs: it is the whole, an item of a list, a key or the value of one."""
        if not self.open:
            self.root = node
            return
        place = self.open[-1]
        if place.entries is None:
            place.items.append(node)
        elif not place.waits:
            place.waits, place.skipped = True, not self._is_key(node, place.first)
            place.key = ScalarNode(node.text, node.span, extent=node.extent) if isinstance(node, ScalarNode) else None
        else:
            if place.key is not None and not place.skipped:
                place.entries.append((place.key, node))
            place.waits = False

    def _is_key(self, node: Node, first: dict[str, Span]) -> bool:
        if not isinstance(node, ScalarNode):
            self.sink.append(Diagnostic(rule="wrong-shape", variant="key", span=node.span))
            return False
        if node.text in first:
            second = first[node.text]
            self.sink.append(Diagnostic(rule="duplicate-key", span=node.span, second=second, args={"key": node.text}))
            return False
        first[node.text] = node.span
        return True

    def _span(self, first: yaml.Event, last: yaml.Event) -> Span:
        (start, _), (_, end) = _marks(first), _marks(last)
        length = end.column - start.column if end.line == start.line else 1
        return Span(self.file, start.line + self.first_line, start.column + 1, max(1, length))


def _marks(event: yaml.Event) -> tuple[yaml.Mark, yaml.Mark]:
    return event.start_mark, event.end_mark  # type: ignore[return-value]  # both are there: it was read


def subspan(span: Span, root: Path, text: str, offset: int, length: int) -> Span:
    """The span of a part of a text (its offset and length there) that is written at `span`, quoted or folded.

    `span` itself where the part is not found, as behind an escape.
    """
    start = span.line - 1
    places = _places(span, text, tuple(source_lines(root / span.file)[start : start + _MAX_LINES]))
    return Span(span.file, *places[offset], length) if 0 <= offset < len(places) else span


@lru_cache(maxsize=4)  # the mistakes of one text are reported one after the other
def _places(span: Span, text: str, lines: tuple[str, ...]) -> tuple[tuple[int, int], ...]:
    """Line and column of each character of a text, as far as it is found in the lines of its file from its own on."""
    return tuple(_find_characters(span, text, lines))


def _find_characters(span: Span, text: str, lines: tuple[str, ...]) -> Iterator[tuple[int, int]]:
    at = 0  # the next character of the text to be found
    left = _MAX_ESCAPE * len(text) + _MAX_INDENTATION
    for number, line in enumerate(lines, start=span.line):
        begin = span.column if number == span.line else 1
        for column, char in enumerate(line[begin - 1 : begin - 1 + left], start=begin):
            if at >= len(text):
                return
            if char == text[at] or (char.isspace() and text[at].isspace()):
                yield number, column
                at += 1
        if at < len(text) and text[at].isspace():  # the line was folded here
            yield number, len(line) + 1
            at += 1
        left -= len(line)
        if left <= 0:
            return


def _syntax(error: yaml.YAMLError, file: str, text: str) -> Diagnostic:
    mark = getattr(error, "problem_mark", None) or getattr(error, "context_mark", None)
    why = getattr(error, "problem", None) or getattr(error, "reason", None) or "it is not YAML"
    if mark is not None:
        span = Span(file, mark.line + 1, mark.column + 1)
    elif isinstance(error, yaml.reader.ReaderError):
        before = text.partition(chr(error.character))[0]
        span = Span(file, before.count("\n") + 1, len(before) - before.rfind("\n"))
    else:
        span = Span(file)
    if (bracket := unclosed(text, span.line, _is_yaml)) is not None:
        place = Span(file, bracket[0], bracket[1])
        return Diagnostic(rule="yaml-syntax", variant="bracket", span=place, args={"why": str(why), "line": bracket[2]})
    variant, line = mended_line(text, span.line, _is_yaml)
    return Diagnostic(rule="yaml-syntax", variant=variant, span=span, args={"why": str(why), "line": line})


def _is_yaml(line: str) -> bool:
    loader = _LOADER(line.strip())
    try:
        while not isinstance(loader.get_event(), yaml.StreamEndEvent):
            pass
    except yaml.YAMLError:
        return False
    finally:
        loader.dispose()
    return True

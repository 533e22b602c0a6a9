"""YAML text becomes a tree that remembers where every scalar stands. The only home of PyYAML."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

import yaml

from ..diagnostics.finding import Diagnostic, Span, source_lines

_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_DEEPEST = 40
_LONGEST = 60  # lines of one text
# What the core schema of YAML 1.2, chapter 10.3.2, takes a plain scalar for; everything else is a text. Editors do so too.
_CORE = {
    "null": re.compile(r"~|null|Null|NULL|"),
    "boolean": re.compile(r"true|True|TRUE|false|False|FALSE"),
    "number": re.compile(
        r"[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?|0o[0-7]+|0x[0-9a-fA-F]+|[-+]?\.(inf|Inf|INF)|\.(nan|NaN|NAN)"
    ),
}


@dataclass(frozen=True, slots=True)
class ScalarNode:
    """One written value, as text."""

    text: str
    span: Span
    quoted: bool = False
    extent: tuple[int, int] = (0, 0)  # offsets of its first character, quotes included, and of the one behind its last

    @property
    def value_type(self) -> str:
        """What YAML takes it for: text, number, truth or null."""
        if self.quoted:
            return "text"
        return next((sort for sort, pattern in _CORE.items() if pattern.fullmatch(self.text)), "text")

    @property
    def blank(self) -> bool:
        """Whether nothing is written here."""
        return not self.text.strip() or self.value_type == "null"


@dataclass(frozen=True, slots=True)
class SequenceNode:
    """A list."""

    items: tuple[Node, ...]
    span: Span


@dataclass(frozen=True, slots=True)
class MappingNode:
    """A mapping; keys in the order written, each once."""

    entries: tuple[tuple[ScalarNode, Node], ...]
    span: Span


Node = ScalarNode | SequenceNode | MappingNode


def read_yaml(root: Path, file: str, sink: list[Diagnostic]) -> Node | None:
    """The tree of one YAML file, or None with a diagnostic where it cannot be read."""
    try:
        text = (root / file).read_text(encoding="utf-8-sig")
    except UnicodeDecodeError as error:
        sink.append(Diagnostic(rule="not-utf8", span=Span(file), args={"byte": str(error.start)}))
        return None
    except OSError as error:
        sink.append(Diagnostic(rule="file-missing", span=Span(file), args={"file": file, "why": error.strerror or str(error)}))
        return None
    return parse_yaml(text, file, sink)


def parse_yaml(text: str, file: str, sink: list[Diagnostic]) -> Node | None:
    """The tree of a YAML text; None for an empty one or one with a mistake of syntax (which is reported)."""
    try:
        node = yaml.compose(text, Loader=_LOADER)
        tree = None if node is None else _Reader(file, sink).convert(node, 0)
        return None if isinstance(tree, ScalarNode) and tree.value_type == "null" else tree
    except yaml.YAMLError as error:
        sink.append(_syntax(error, file, text))
    except _TooDeepError as error:
        sink.append(Diagnostic(rule="yaml-syntax", variant="deep", span=error.span))
    except RecursionError:
        sink.append(Diagnostic(rule="yaml-syntax", variant="deep", span=Span(file)))
    return None


class _TooDeepError(Exception):
    def __init__(self, span: Span) -> None:
        super().__init__()
        self.span = span


class _Reader:
    """Converts PyYAML's nodes of one file, reporting keys written twice."""

    def __init__(self, file: str, sink: list[Diagnostic]) -> None:
        self.file, self.sink = file, sink

    def convert(self, node: yaml.Node, depth: int) -> Node:
        span = self._span(node)
        if depth > _DEEPEST:
            raise _TooDeepError(span)
        if isinstance(node, yaml.ScalarNode):
            extent = (node.start_mark.index, node.end_mark.index)
            return ScalarNode(str(node.value), span, quoted=bool(node.style), extent=extent)
        if isinstance(node, yaml.SequenceNode):
            return SequenceNode(tuple(self.convert(item, depth + 1) for item in node.value), span)
        return self._entries(node, span, depth)

    def _entries(self, node: yaml.Node, span: Span, depth: int) -> MappingNode:
        first: dict[str, Span] = {}
        entries: list[tuple[ScalarNode, Node]] = []
        for key_node, value_node in node.value:
            key_span = self._span(key_node)
            if not isinstance(key_node, yaml.ScalarNode):
                self.sink.append(Diagnostic(rule="wrong-shape", variant="key", span=key_span))
                continue
            key = str(key_node.value)
            if key in first:
                self.sink.append(Diagnostic(rule="duplicate-key", span=key_span, second=first[key], args={"key": key}))
                continue
            first[key] = key_span
            entries.append((ScalarNode(key, key_span), self.convert(value_node, depth + 1)))
        return MappingNode(tuple(entries), span)

    def _span(self, node: yaml.Node) -> Span:
        start, end = node.start_mark, node.end_mark
        length = end.column - start.column if end.line == start.line else 1
        return Span(self.file, start.line + 1, start.column + 1, max(1, length))


def subspan(span: Span, root: Path, text: str, offset: int, length: int) -> Span:
    """Where a part of a text stands that is written from `span` on, quoted or folded; `span` where it cannot be told."""
    at = 0  # the next character of the text to be found
    for number, line in enumerate(source_lines(root / span.file)[span.line - 1 :][:_LONGEST], start=span.line):
        for column, char in enumerate(line, start=1):
            if number == span.line and column < span.column:
                continue
            if char == text[at] or (char.isspace() and text[at].isspace()):
                if at == offset:
                    return Span(span.file, number, column, length)
                at += 1
        at += text[at].isspace()  # the line was folded here
        if at > offset:
            break
    return span


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
    return Diagnostic(rule="yaml-syntax", span=span, args={"why": str(why)})

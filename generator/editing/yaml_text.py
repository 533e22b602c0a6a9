"""Texts to splice into YAML: new scalars, keys and items in the style and at the indentation of what stands there."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence

from ..reading.yaml_nodes import MappingNode, Node, ScalarNode, SequenceNode, parse_yaml
from .errors import EditError
from .splices import Splice

Fields = Mapping[str, str | Mapping[str, str]]  # the keys of a new mapping, with scalars as written or texts by language
_WIDTH = 110  # columns of a mapping that is written in one line
_STEP = 2  # columns of an indentation
_BLANK_LINE = re.compile(r"\n\r?\n")
_DOCUMENT_END = re.compile(r"^\.\.\.(?=\s|$)", re.MULTILINE)
_ESCAPES = {"\\": "\\\\", '"': '\\"', "\n": "\\n", "\r": "\\r", "\t": "\\t"}
_UNSEEN = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029\ufeff\ufffe\uffff]")  # controls, line ends, byte order marks
_ESCAPED = re.compile(rf'[\\"]|{_UNSEEN.pattern}')
_COMMA = re.compile(r"\s*,")
_BREAK = re.compile(r"\r\n|[\r\n\x85\u2028\u2029]")


def as_text(text: str, *, flow: bool = False) -> str:
    """A text as a scalar: plain where YAML then reads the same text, else in quotes."""
    node = None if _UNSEEN.search(text) else _read(text, flow=flow)
    if node is not None and not node.quoted and node.text == text and node.value_type == "text":
        return text
    return quoted(text)


def quoted(text: str) -> str:
    """A text in double quotes, in one line whatever it holds."""
    return '"' + _ESCAPED.sub(_escape, text) + '"'


def _escape(sign: re.Match[str]) -> str:
    return _ESCAPES.get(sign[0]) or f"\\u{ord(sign[0]):04x}"


def as_value(text: str, *, flow: bool = False) -> str:
    """A value such as 72.2e9 or >=50 as a scalar, which is a text only where YAML reads it as nothing else."""
    node = None if _UNSEEN.search(text) else _read(text, flow=flow)
    return text if node is not None and node.text == text else quoted(text)


def _read(text: str, *, flow: bool) -> ScalarNode | None:
    tree = parse_yaml(f"- {{key: {text}, next: 1}}\n" if flow else f"- key: {text}\n", "", [])
    match tree:
        case SequenceNode(items=(MappingNode(entries=((_, ScalarNode() as node), *rest)),)) if len(rest) == flow:
            return node
    return None


def as_phrase(texts: Mapping[str, str]) -> str:
    """A text in every language, as a mapping in one line."""
    return "{" + ", ".join(f"{code}: {as_text(text, flow=True)}" for code, text in texts.items()) + "}"


def entry_lines(fields: Iterable[tuple[str, str | Mapping[str, str]]], indent: int) -> str:
    """Keys with their scalars or texts by language, a line each, as many as a long text needs; the first has no indentation."""
    lines: list[str] = []
    for key, value in fields:
        if isinstance(value, str):
            lines.append(f"{key}: {value}")
        elif indent + len(one := f"{key}: {as_phrase(value)}") <= _WIDTH:
            lines.append(one)
        else:
            lines += [f"{key}:", *(f"{' ' * _STEP}{code}: {as_text(text)}" for code, text in value.items())]
    return f"\n{' ' * indent}".join(lines)


def end_of(text: str, node: Node) -> int:
    """The offset behind the last character of a node, without the comments and empty lines that may follow it."""
    if isinstance(node, ScalarNode):
        start, end = node.extent
        return start + len(text[start:end].rstrip()) if text[start : start + 1] in ("|", ">") else end
    if node.flow:
        return node.extent[1]
    children = [child for _, child in node.entries] if isinstance(node, MappingNode) else list(node.items)
    return end_of(text, children[-1])


def behind_comma(text: str, offset: int) -> int:
    """The offset behind the comma that follows the end of a part in brackets; that end itself where none does."""
    comma = _COMMA.match(text, offset)
    return comma.end() if comma else offset


def line_end(text: str, offset: int) -> int:
    """The offset of the end of the line that an offset lies in: what follows a value there is a comment on it."""
    found = _BREAK.search(text, offset)
    return found.start() if found else len(text)


def line_start(text: str, offset: int) -> int:
    """The offset of the beginning of the line that an offset lies in."""
    return max((match.end() for match in _BREAK.finditer(text, 0, offset)), default=0)


def column(text: str, offset: int) -> int:
    """How many characters stand before an offset in its line."""
    return offset - line_start(text, offset)


def child(node: Node | None, key: str) -> Node | None:
    """The value of a key of a mapping."""
    return next((value for name, value in node.entries if name.text == key), None) if isinstance(node, MappingNode) else None


def indent_of(text: str, mapping: MappingNode) -> int:
    """The column of a mapping's keys."""
    return column(text, mapping.entries[0][0].extent[0])


def append_entry(file: str, text: str, tree: Node | None, lines: str) -> Splice:
    """The splice that adds an entry at the end of a file, with an empty line before it where other entries have one.

    `lines` begin with the entry's key and have no indentation. EditError where the file's entries stand in braces.
    """
    if isinstance(tree, MappingNode) and not tree.entries and not column(text, tree.extent[0]):  # {}
        return Splice(file, *tree.extent, lines.rstrip("\n"))
    if tree is not None and not (isinstance(tree, MappingNode) and not tree.flow):
        raise EditError(message="edit-in-braces", file=file)
    if not text.strip():
        kind, up = file.removesuffix(".yml").split("/")[1], "../" * file.count("/")
        head = "" if text else f"# yaml-language-server: $schema={up}schema/{kind}.json\n"
        return Splice(file, len(text), len(text), f"{head}{lines}")
    behind = end_of(text, tree.entries[-1][1]) if isinstance(tree, MappingNode) else 0
    marker = _DOCUMENT_END.search(text, behind)
    body = text[: marker.start() if marker else len(text)]
    between = "\n\n" if _BLANK_LINE.search(body.strip()) else "\n"
    indent = " " * (indent_of(text, tree) if isinstance(tree, MappingNode) else 0)
    entry = "".join(f"{indent}{line}" if line.strip() else line for line in lines.splitlines(keepends=True))
    return Splice(file, len(body.rstrip()), len(body), f"{between}{entry}")


def insert_fields(file: str, text: str, mapping: MappingNode, fields: Fields, *, after: str = "") -> Splice:
    """The splice that adds keys behind the key `after`, or behind the last one."""
    last = next((node for key, node in mapping.entries if key.text == after), mapping.entries[-1][1])
    if mapping.flow:
        at = end_of(text, last)
        return Splice(file, at, at, f", {_in_line(fields)}")
    at, indent = line_end(text, end_of(text, last)), indent_of(text, mapping)
    return Splice(file, at, at, f"\n{' ' * indent}{entry_lines(fields.items(), indent)}")


def insert_item(file: str, text: str, items: SequenceNode, fields: Fields) -> Splice:
    """The splice that adds a mapping behind the last item of a list that has items."""
    last = end_of(text, items.items[-1])
    if items.flow:
        return Splice(file, last, last, f", {{{_in_line(fields)}}}")
    indent, at = column(text, items.extent[0]), line_end(text, last)
    return Splice(file, at, at, f"\n{' ' * indent}- {entry_lines(fields.items(), indent + _STEP)}")


def insert_list(file: str, text: str, mapping: MappingNode, key: str, fields: Fields, *, flow: bool = False) -> Splice:
    """The splice that adds a key with a list of one mapping, which is written in brackets where `flow` says so."""
    last = end_of(text, mapping.entries[-1][1])
    if mapping.flow:
        return Splice(file, last, last, f", {key}: [{{{_in_line(fields)}}}]")
    indent, at = indent_of(text, mapping), line_end(text, last)
    inner = f"{{{_in_line(fields)}}}" if flow else entry_lines(fields.items(), indent + 2 * _STEP)
    return Splice(file, at, at, f"\n{' ' * indent}{key}:\n{' ' * (indent + _STEP)}- {inner}")


def replace_items(file: str, text: str, items: SequenceNode, new: Sequence[Fields], *, keeps: bool) -> Iterator[Splice]:
    """The splices that put mappings in the place of a list's items, or before them where it `keeps` those."""
    first, *others = items.items
    indent = column(text, items.extent[0])
    between = ", " if items.flow else f"\n{' ' * indent}- "
    written = between.join(f"{{{_in_line(fields)}}}" for fields in new)
    if keeps:
        yield Splice(file, first.extent[0], first.extent[0], f"{written}{between}")
        return
    yield Splice(file, first.extent[0], end_of(text, first), written)
    previous = end_of(text, first)
    for item in others:
        start, end = _whole_lines(text, item)
        if items.flow:
            keeps_comment = "#" in text[previous : item.extent[0]]
            start, end = item.extent[0] if keeps_comment else previous, end_of(text, item)
            end = behind_comma(text, end) if keeps_comment else end
        yield Splice(file, start, end, "")
        previous = end


def _whole_lines(text: str, item: Node) -> tuple[int, int]:
    """The lines of an item of a list, from the end of the line before it; comments of their own lines are no part of it."""
    start = line_start(text, item.extent[0])
    return start - len("\r\n" if text[:start].endswith("\r\n") else "\n"), line_end(text, end_of(text, item))


def _in_line(fields: Fields) -> str:
    """Keys with their values as they stand within a mapping in brackets."""
    return ", ".join(f"{key}: {value if isinstance(value, str) else as_phrase(value)}" for key, value in fields.items())

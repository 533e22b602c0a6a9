"""Reads one YAML file of entries; after an edit, only the entries whose text is another one.

A file is taken apart at the ids that stand at the start of a line. Where such a line is no entry, as within a text in quotation
marks, what is before it cannot be read by itself: then the file is read as a whole.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from ..diagnostics.finding import Diagnostic
from ..records.struct import Struct, field, replace
from ..store.hashing import content_hash
from .files import decode
from .limits import DEFAULT_LIMITS
from .located_values import Entry
from .record_validators import Record, read_entries
from .validators import ReadContext
from .words import FOLDER as WORDS_FOLDER
from .words import by_language
from .yaml_nodes import MappingNode, parse_yaml

_ID = re.compile(r"^([a-z][a-z0-9_]*):(?=[ \n])", re.MULTILINE)
_NOTHING = re.compile(r"(?:(?:#.*)?\n)*")  # blank lines and comments
_ONLY_AS_A_WHOLE = re.compile(r"[\r\x85\u2028\u2029\ufeff]|^(?:---|\.\.\.|%)", re.MULTILINE)  # documents, other ends of lines


class FileResult(Struct, frozen=True):
    """The entries of one file by id (None for one that is no mapping), its findings, and whether its YAML cannot be read."""

    entries: tuple[tuple[str, Entry | None], ...]
    findings: tuple[Diagnostic, ...]
    unreadable: bool
    texts: Mapping[str, str] = field(default_factory=dict)  # hash of each entry's text and line by id, if it can be read alone
    read_with: str = ""  # what else the entries depend on


def read_file(content: bytes, file: str, record: Record, context: ReadContext, last: FileResult | None = None) -> FileResult:
    """Read a file; `last` is what was read of it before, some of which may still be so."""
    file_context = replace(context, sink=[])
    text = decode(content, file, file_context.sink)
    parts = () if text is None or len(text) > context.limits.nodes else tuple(_split(text))
    if last is not None and (entries := _read_changed(parts, file, record, context, last)):
        return FileResult(entries, (), unreadable=False, texts=_hashes(parts), read_with=read_with(context))
    tree = None if text is None else parse_yaml(text, file, file_context.sink, context.limits)
    unreadable = tree is None and bool(file_context.sink)
    if tree is not None and file.startswith(f"{WORDS_FOLDER}/"):
        tree, parts = by_language(tree, file), ()
    entries = tuple(read_entries(tree, record, file_context)) if tree is not None else ()
    texts = {} if file_context.sink or [part.id for part in parts] != [key for key, _ in entries] else _hashes(parts)
    return FileResult(entries, tuple(file_context.sink), unreadable, texts, read_with(context))


def read_with(context: ReadContext) -> str:
    """What reading depends on besides a file: the languages and, if it is unusual, what limits its size."""
    limits = "" if context.limits == DEFAULT_LIMITS else repr(context.limits)
    return "\n".join((*context.languages, limits, *(f"{code}?" for code in sorted(context.in_progress))))


class _Part(Struct, frozen=True):
    """The text of one entry, and how many lines are above it."""

    id: str
    line: int
    text: str


def _split(text: str) -> Iterator[_Part]:
    """The text of each entry in order; none where it is not certain that they can be read by themselves."""
    starts = list(_ID.finditer(text))
    if not starts or not _NOTHING.fullmatch(text, 0, starts[0].start()) or _ONLY_AS_A_WHOLE.search(text):
        return
    line = text.count("\n", 0, starts[0].start())
    for start, end in zip(starts, (*(one.start() for one in starts[1:]), len(text)), strict=True):
        part = text[start.start() : end]
        yield _Part(start[1], line, part)
        line += part.count("\n")


def _hashes(parts: tuple[_Part, ...]) -> dict[str, str]:
    return {part.id: content_hash(f"{part.line} {part.text}".encode()) for part in parts}


def _read_changed(
    parts: tuple[_Part, ...], file: str, record: Record, context: ReadContext, last: FileResult
) -> tuple[tuple[str, Entry | None], ...]:
    """The entries of a file of which some are as they were last; none where it has to be read as a whole."""
    hashes, known = _hashes(parts), dict(last.entries)
    if len(hashes) < len(parts) or not last.texts or last.read_with != read_with(context):
        return ()
    entries: list[tuple[str, Entry | None]] = []
    for part in parts:
        if last.texts.get(part.id) == hashes[part.id]:
            entries.append((part.id, known[part.id]))
            continue
        alone = replace(context, sink=[])
        tree = parse_yaml(part.text, file, alone.sink, context.limits, lines_above=part.line)
        if not isinstance(tree, MappingNode) or [key.text for key, _ in tree.entries] != [part.id]:
            return ()
        entries += read_entries(tree, record, alone)
        if alone.sink:
            return ()
    return tuple(entries)

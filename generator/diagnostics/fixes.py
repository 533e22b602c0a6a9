"""Automatic fixes: where a diagnostic knows what was meant, it is typed in its place; nothing else in the file changes."""

from __future__ import annotations

import os
import re
import shutil
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path

from ..records.struct import Struct
from .finding import Diagnostic, Span

_ROUNDS = 8  # a fixed key may bring to light a mistake below it
_BREAK = re.compile(r"\r\n|[\r\n]")
_YAML_BREAK = re.compile(r"\r\n|[\r\n\x85\u2028\u2029]")
_TEXT_ARGUMENTS = ("found", "id", "key", "name")  # arguments of diagnostics that hold the text at their place
_BOM = "\ufeff"


class TextEdit(Struct, frozen=True):
    """One replaced text: where it was, what it was, and what is there now."""

    span: Span
    before: str
    after: str


def fix_all(root: Path, find: Callable[[], Sequence[Diagnostic]]) -> list[TextEdit]:
    """Fix and check again until nothing is left to fix; gives the edits in order. A second run changes nothing."""
    edits: list[TextEdit] = []
    for _ in range(_ROUNDS):
        found = safe_edits(root, find())
        if not found:
            break
        apply_edits(root, found)
        edits += found
    return edits


def safe_edits(root: Path, diagnostics: Iterable[Diagnostic]) -> list[TextEdit]:
    """The edits that diagnostics allow, in the order of their places, one for each place."""
    texts: dict[str, str] = {}
    edits: dict[tuple[str, int], TextEdit] = {}
    for diagnostic in sorted(diagnostics, key=lambda one: one.sort_key):
        if not diagnostic.fix:
            continue
        span, file = diagnostic.span, diagnostic.span.file
        if file not in texts:
            texts[file] = _read(root / file)
        offset = _offset(texts[file], span)
        before = next((str(diagnostic.args[name]) for name in _TEXT_ARGUMENTS if name in diagnostic.args), "")
        start = _find_once(texts[file], offset, span.length, before)
        if start is not None:
            exact = Span(file, span.line, span.column + start - offset, len(before))
            edits.setdefault((file, start), TextEdit(exact, before, diagnostic.fix))
    return list(edits.values())


def _find_once(text: str, offset: int, length: int, before: str) -> int | None:
    """Where in the place the text begins, if it is there as a whole word and only once; it may be quoted or among others."""
    pattern = re.compile(rf"(?<!\w){re.escape(before)}(?!\w)")
    starts = [match.start() for match in pattern.finditer(text, offset, offset + length + 1) if match.end() <= offset + length]
    return starts[0] if before and len(starts) == 1 else None


def apply_edits(root: Path, edits: Iterable[TextEdit]) -> None:
    """Write the edited files, each atomically."""
    files: dict[str, list[TextEdit]] = {}
    for edit in edits:
        files.setdefault(edit.span.file, []).append(edit)
    for file, edits_of_file in files.items():
        text = _read(root / file)
        for edit in sorted(edits_of_file, key=lambda edit: edit.span, reverse=True):
            start = _offset(text, edit.span)
            text = text[:start] + edit.after + text[start + len(edit.before) :]
        _replace(root / file, text)


def _read(path: Path) -> str:
    with path.open(encoding="utf-8", newline="") as file:
        return file.read()


def _replace(path: Path, text: str) -> None:
    path = path.resolve()
    unfinished = path.with_name(f".{path.name}.fixed")
    unfinished.unlink(missing_ok=True)  # it may be a link, which would be written through
    with unfinished.open("x", encoding="utf-8", newline="") as file:
        file.write(text)
    shutil.copymode(path, unfinished)
    os.replace(unfinished, path)  # noqa: PTH105  says what it does


def _offset(text: str, span: Span) -> int:
    breaks = _YAML_BREAK if span.file.endswith(".yml") else _BREAK
    starts = [len(_BOM) if text.startswith(_BOM) else 0, *(match.end() for match in breaks.finditer(text))]
    return starts[min(span.line, len(starts)) - 1] + span.column - 1

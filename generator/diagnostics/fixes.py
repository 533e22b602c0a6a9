"""Safe repairs: where a finding knows what was meant, that is typed in its place, and nothing else in the file is touched."""

from __future__ import annotations

import os
import re
import shutil
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from .finding import Diagnostic, Span

_ROUNDS = 8  # a repaired key may bring to light a mistake below it
_BREAK = re.compile(r"\r\n|[\r\n]")
_YAML_BREAK = re.compile(r"\r\n|[\r\n\x85\u2028\u2029]")
_WRITTEN = ("found", "id", "key", "name")  # what a finding calls the words that it is about
_BOM = "\ufeff"


@dataclass(frozen=True, slots=True)
class TextEdit:
    """One piece of text and what took its place."""

    span: Span
    before: str
    after: str


def fix_all(root: Path, find: Callable[[], Sequence[Diagnostic]]) -> list[TextEdit]:
    """Repair until nothing is left that can be; what was changed, in order. A second run changes nothing."""
    made: list[TextEdit] = []
    for _ in range(_ROUNDS):
        repairs = safe_edits(root, find())
        if not repairs:
            break
        apply_edits(root, repairs)
        made += repairs
    return made


def safe_edits(root: Path, found: Iterable[Diagnostic]) -> list[TextEdit]:
    """The repairs that the findings allow, in reading order, each place once."""
    texts: dict[str, str] = {}
    repairs: dict[tuple[str, int], TextEdit] = {}
    for one in sorted(found, key=lambda one: one.sort_key):
        if not one.fix:
            continue
        file = one.span.file
        if file not in texts:
            texts[file] = _read(root / file)
        at = _offset(texts[file], one.span)
        before = next((str(one.args[name]) for name in _WRITTEN if name in one.args), "")
        start = _found(texts[file], at, one.span.length, before)
        if start is not None:
            span = Span(file, one.span.line, one.span.column + start - at, len(before))
            repairs.setdefault((file, start), TextEdit(span, before, one.fix))
    return list(repairs.values())


def _found(text: str, at: int, length: int, before: str) -> int | None:
    """Where the words stand within the place: quoted, or among others, but whole and once."""
    pattern = re.compile(rf"(?<!\w){re.escape(before)}(?!\w)")
    starts = [match.start() for match in pattern.finditer(text, at, at + length + 1) if match.end() <= at + length]
    return starts[0] if before and len(starts) == 1 else None


def apply_edits(root: Path, repairs: Iterable[TextEdit]) -> None:
    """Write the repaired files, each as a whole or not at all."""
    files: dict[str, list[TextEdit]] = {}
    for one in repairs:
        files.setdefault(one.span.file, []).append(one)
    for file, own in files.items():
        text = _read(root / file)
        for one in sorted(own, key=lambda one: one.span, reverse=True):
            start = _offset(text, one.span)
            text = text[:start] + one.after + text[start + len(one.before) :]
        _replace(root / file, text)


def _read(path: Path) -> str:
    with path.open(encoding="utf-8", newline="") as file:
        return file.read()


def _replace(path: Path, text: str) -> None:
    path = path.resolve()
    fresh = path.with_name(f".{path.name}.fixed")
    with fresh.open("w", encoding="utf-8", newline="") as file:
        file.write(text)
    shutil.copymode(path, fresh)
    os.replace(fresh, path)  # noqa: PTH105  says what it does


def _offset(text: str, span: Span) -> int:
    breaks = _YAML_BREAK if span.file.endswith(".yml") else _BREAK
    starts = [len(_BOM) if text.startswith(_BOM) else 0, *(match.end() for match in breaks.finditer(text))]
    return starts[min(span.line, len(starts)) - 1] + span.column - 1

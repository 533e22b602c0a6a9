"""Findings printed for people (full, concise) and for machines (GitHub's annotations, JSON, SARIF)."""

from __future__ import annotations

import json
import unicodedata
from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import Any
from urllib.parse import quote

from .. import __version__
from .finding import Diagnostic, Span, explain_rule, messages, source_lines, tool_message

_Read = Callable[[str], list[str]]
_SARIF = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"


def render(found: Sequence[Diagnostic], *, form: str, root: Path, language: str = "") -> str:
    """All findings in reading order in one of FORMS; an empty text for none (JSON: an empty list, SARIF: no results)."""
    return FORMATS[form](sorted(found, key=lambda one: one.sort_key), root, language)


# --- for people ------------------------------------------------------------------------------------


def _full(found: Sequence[Diagnostic], root: Path, language: str) -> str:
    read = cache(lambda file: source_lines(root / file))
    return "\n".join(_full_one(one, read, language) for one in found)


def _full_one(one: Diagnostic, read: _Read, language: str) -> str:
    margin = len(str(max(one.span.line, one.second.line if one.second else 0)))
    lines = [
        f"{tool_message(one.severity, language)}[{one.rule}]: {one.sentence(language)}",
        *_excerpt(one.span, read, margin, "^"),
    ]
    if one.second:
        lines += _excerpt(one.second, read, margin, "-")
    if hint := one.help(language):
        lines.append(f"{' ' * margin} = {tool_message('help', language)}: {hint}")
    return "\n".join(lines) + "\n"


def _excerpt(span: Span, read: _Read, margin: int, mark: str) -> list[str]:
    pad = " " * margin
    lines = [f"{pad}--> {span.file}:{span.line}:{span.column}"]
    if source := "".join(read(span.file)[span.line - 1 : span.line]):
        source, at = _cut(source, span.column - 1)
        before = "".join("\t" if char == "\t" else "　" if _wide(char) else " " for char in source[:at])
        under = "".join(mark * _columns(char) for char in source[at:][: max(1, span.length)]) or mark
        lines += [f"{pad} |", f"{span.line:>{margin}} | {source}", f"{pad} | {before}{under}"]
    return lines


_ROOM, _BEFORE = 120, 40  # columns of a line that are shown, and of those before the place


def _cut(source: str, at: int) -> tuple[str, int]:
    """A long line around a place, and where the place is then; a paragraph of prose is one line."""
    if _columns(source) <= _ROOM:
        return source, at
    start = end = at
    while start and _columns(source[start - 1 : at]) <= _BEFORE:
        start -= 1
    while end < len(source) and _columns(source[start : end + 1]) <= _ROOM:
        end += 1
    sign = "…" if start else ""
    return f"{sign}{source[start:end]}{'…' if end < len(source) else ''}", len(sign) + at - start


def _columns(text: str) -> int:
    return sum(2 if _wide(char) else 1 for char in text)


def _wide(char: str) -> bool:
    return unicodedata.east_asian_width(char) in "WF"


def _concise(found: Sequence[Diagnostic], _root: Path, language: str) -> str:
    return "".join(f"{one.span.file}:{one.span.line}:{one.span.column}: {one.rule} {one.sentence(language)}\n" for one in found)


# --- for machines ----------------------------------------------------------------------------------


def _github(found: Sequence[Diagnostic], root: Path, language: str) -> str:
    """Workflow commands; paths from the folder the command was started in, so that they fit the repository."""
    lines = []
    for one in found:
        told = " ".join(filter(None, (one.sentence(language), one.help(language))))
        place = {
            "file": one.span.file if root.is_absolute() else (root / one.span.file).as_posix(),
            "line": str(one.span.line),
            "endLine": str(one.span.line),
            "col": str(one.span.column),
            "endColumn": str(one.span.column + one.span.length),
            "title": one.rule,
        }
        properties = ",".join(f"{key}={_escaped(text, property=True)}" for key, text in place.items())
        lines.append(f"::{one.severity} {properties}::{_escaped(told)}\n")
    return "".join(lines)


def _escaped(text: str, *, property: bool = False) -> str:  # noqa: A002  GitHub's own word
    for sign, code in (("%", "%25"), ("\r", "%0D"), ("\n", "%0A")):
        text = text.replace(sign, code)
    return text.replace(":", "%3A").replace(",", "%2C") if property else text


def _json(found: Sequence[Diagnostic], _root: Path, language: str) -> str:
    rows = [
        {
            "rule": one.rule,
            "severity": one.severity,
            "message": one.sentence(language),
            "help": one.help(language),
            **_place(one.span),
            "second": _place(one.second) if one.second else None,
            "fix": one.fix or None,
        }
        for one in found
    ]
    return _dumped(rows)


def _place(span: Span) -> Mapping[str, str | int]:
    return {"file": span.file, "line": span.line, "column": span.column, "length": span.length}


def _sarif(found: Sequence[Diagnostic], _root: Path, language: str) -> str:
    """The Static Analysis Results Interchange Format 2.1.0 of OASIS."""
    rules = sorted({one.rule for one in found})
    driver = {
        "name": "factloom",
        "semanticVersion": __version__,
        "rules": [_sarif_rule(rule, language) for rule in rules],
    }
    run: dict[str, Any] = {
        "tool": {"driver": driver},
        "columnKind": "unicodeCodePoints",
        "results": [_sarif_result(one, rules.index(one.rule), language) for one in found],
    }
    if language:
        run["language"] = language
    return _dumped({"$schema": _SARIF, "version": "2.1.0", "runs": [run]})


def _sarif_rule(rule: str, language: str) -> dict[str, Any]:
    told = explain_rule(rule, language)
    examples = [f"{tool_message(part, language)}:\n\n```\n{told[part].strip()}\n```" for part in ("before", "after")]
    return {
        "id": rule,
        "shortDescription": {"text": messages(language)[rule]["message"].format_map(defaultdict(lambda: "…"))},
        "fullDescription": {"text": _joined(told["explain"])},
        "help": {"text": "\n\n".join(examples), "markdown": "\n\n".join(examples)},
    }


def _joined(text: str) -> str:
    """One line; scripts that write no spaces get none."""
    first, *rest = text.split("\n")
    for line in rest:
        first += line if line and first and _wide(first[-1]) and _wide(line[0]) else f" {line}"
    return first.strip()


def _sarif_result(one: Diagnostic, index: int, language: str) -> dict[str, Any]:
    told = "\n".join(filter(None, (one.sentence(language), one.help(language))))
    result: dict[str, Any] = {
        "ruleId": one.rule,
        "ruleIndex": index,
        "level": one.severity,
        "message": {"text": told},
        "locations": [{"physicalLocation": _sarif_place(one.span)}],
    }
    if one.second:
        result["relatedLocations"] = [{"physicalLocation": _sarif_place(one.second)}]
    return result


def _sarif_place(span: Span) -> dict[str, Any]:
    return {
        "artifactLocation": {"uri": quote(span.file), "uriBaseId": "%SRCROOT%"},
        "region": {
            "startLine": span.line,
            "startColumn": span.column,
            "endColumn": span.column + span.length,
        },
    }


def _dumped(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, indent=2) + "\n"


FORMATS: dict[str, Callable[[Sequence[Diagnostic], Path, str], str]] = {
    "full": _full,
    "concise": _concise,
    "github": _github,
    "json": _json,
    "sarif": _sarif,
}

"""Diagnostics as text: for people (full, concise) and for machines (GitHub's annotations, JSON, SARIF)."""

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
from .escaping import escape_characters, escape_path, escape_text
from .finding import Diagnostic, Span, explain_rule, messages, rule_address, source_lines, tool_message

_Read = Callable[[str], Sequence[str]]
_SARIF = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"


def render(diagnostics: Sequence[Diagnostic], *, output_format: str, root: Path, language: str = "") -> str:
    """All diagnostics, ordered by place, in one of FORMATS; an empty text for none (JSON: an empty list, SARIF: no results)."""
    return FORMATS[output_format](sorted(diagnostics, key=lambda diagnostic: diagnostic.sort_key), root, language)


def _full(diagnostics: Sequence[Diagnostic], root: Path, language: str) -> str:
    read = cache(lambda file: source_lines(root / file))
    return "\n".join(_full_diagnostic(diagnostic, read, language) for diagnostic in diagnostics)


def _full_diagnostic(diagnostic: Diagnostic, read: _Read, language: str) -> str:
    margin = len(str(max(diagnostic.span.line, diagnostic.second.line if diagnostic.second else 0)))
    lines = [
        f"{tool_message(diagnostic.severity, language)}[{diagnostic.rule}]: {diagnostic.sentence(language)}",
        *_excerpt(diagnostic.span, read, margin, "^"),
    ]
    if diagnostic.second:
        lines += _excerpt(diagnostic.second, read, margin, "-")
    if hint := diagnostic.help(language):
        lines.append(f"{' ' * margin} = {tool_message('help', language)}: {hint}")
    return "\n".join(lines) + "\n"


def _excerpt(span: Span, read: _Read, margin: int, mark: str) -> list[str]:
    pad = " " * margin
    lines = [f"{pad}--> {_location(span)}"]
    if source := "".join(read(span.file)[span.line - 1 : span.line]):
        source, offset = _excerpt_line(source, span.column - 1)
        shown = escape_characters(source)
        before = "".join("\t" if char == "\t" else "　" if _wide(char) else " " * len(char) for char in shown[:offset])
        under = "".join(mark * _columns(char) for char in shown[offset:][: max(1, span.length)]) or mark
        lines += [f"{pad} |", f"{span.line:>{margin}} | {''.join(shown)}", f"{pad} | {before}{under}"]
    return lines


_SHOWN_COLUMNS, _COLUMNS_BEFORE = 120, 40  # of a line, and of what is shown those before the place


def _excerpt_line(source: str, offset: int) -> tuple[str, int]:
    """What is shown of a long line around an offset (a paragraph of prose is one line), and the offset in that."""
    if len(source) <= _SHOWN_COLUMNS and _columns(source) <= _SHOWN_COLUMNS:
        return source, min(offset, len(source))
    start = end = offset = min(offset, len(source))
    while start and _columns(source[start - 1 : offset]) <= _COLUMNS_BEFORE:
        start -= 1
    while end < len(source) and _columns(source[start : end + 1]) <= _SHOWN_COLUMNS:
        end += 1
    sign = "…" if start else ""
    return f"{sign}{source[start:end]}{'…' if end < len(source) else ''}", len(sign) + offset - start


def _columns(text: str) -> int:
    return sum(2 if _wide(char) else 1 for char in text)


def _wide(char: str) -> bool:
    return len(char) == 1 and unicodedata.east_asian_width(char) in "WF"


def _concise(diagnostics: Sequence[Diagnostic], _root: Path, language: str) -> str:
    return "".join(f"{_location(one.span)}: {one.rule} {one.sentence(language)}\n" for one in diagnostics)


def _location(span: Span) -> str:
    return f"{escape_path(span.file)}:{span.line}:{span.column}"


def _github(diagnostics: Sequence[Diagnostic], root: Path, language: str) -> str:
    """Workflow commands of GitHub; paths from the folder that the command was started in, as the repository has them."""
    lines = []
    for diagnostic in diagnostics:
        text = " ".join(filter(None, (diagnostic.sentence(language), diagnostic.help(language))))
        place = {
            "file": escape_path(diagnostic.span.file if root.is_absolute() else (root / diagnostic.span.file).as_posix()),
            "line": str(diagnostic.span.line),
            "endLine": str(diagnostic.span.line),
            "col": str(diagnostic.span.column),
            "endColumn": str(diagnostic.span.column + diagnostic.span.length),
            "title": diagnostic.rule,
        }
        properties = ",".join(f"{key}={_escaped(text, property=True)}" for key, text in place.items())
        lines.append(f"::{diagnostic.severity} {properties}::{_escaped(text)}\n")
    return "".join(lines)


def _escaped(text: str, *, property: bool = False) -> str:  # noqa: A002  GitHub's own word
    for sign, code in (("%", "%25"), ("\r", "%0D"), ("\n", "%0A")):
        text = text.replace(sign, code)
    return text.replace(":", "%3A").replace(",", "%2C") if property else text


def _json(diagnostics: Sequence[Diagnostic], _root: Path, language: str) -> str:
    rows = [
        {
            "rule": diagnostic.rule,
            "severity": diagnostic.severity,
            "message": diagnostic.sentence(language),
            "help": diagnostic.help(language),
            **_place(diagnostic.span),
            "second": _place(diagnostic.second) if diagnostic.second else None,
            "fix": escape_text(diagnostic.fix) or None,
            "url": rule_address(diagnostic.rule, language),
        }
        for diagnostic in diagnostics
    ]
    return _dumped(rows)


def _place(span: Span) -> Mapping[str, str | int]:
    return {"file": escape_path(span.file), "line": span.line, "column": span.column, "length": span.length}


def _sarif(diagnostics: Sequence[Diagnostic], _root: Path, language: str) -> str:
    """The Static Analysis Results Interchange Format 2.1.0 of OASIS."""
    rules = sorted({diagnostic.rule for diagnostic in diagnostics})
    driver = {
        "name": "factloom",
        "semanticVersion": __version__,
        "rules": [_sarif_rule(rule, language) for rule in rules],
    }
    run: dict[str, Any] = {
        "tool": {"driver": driver},
        "columnKind": "unicodeCodePoints",
        "results": [_sarif_result(diagnostic, rules.index(diagnostic.rule), language) for diagnostic in diagnostics],
    }
    if language:
        run["language"] = language
    return _dumped({"$schema": _SARIF, "version": "2.1.0", "runs": [run]})


def _sarif_rule(rule: str, language: str) -> dict[str, Any]:
    explained = explain_rule(rule, language)
    examples = [f"{tool_message(part, language)}:\n\n```\n{explained[part].strip()}\n```" for part in ("before", "after")]
    return {
        "id": rule,
        "helpUri": rule_address(rule, language),
        "shortDescription": {"text": messages(language)[rule]["message"].format_map(defaultdict(lambda: "…"))},
        "fullDescription": {"text": _joined(explained["explain"])},
        "help": {"text": "\n\n".join(examples), "markdown": "\n\n".join(examples)},
    }


def _joined(text: str) -> str:
    """A text as one line; between wide characters, as in Japanese, lines are joined without a space."""
    first, *rest = text.split("\n")
    for line in rest:
        first += line if line and first and _wide(first[-1]) and _wide(line[0]) else f" {line}"
    return first.strip()


def _sarif_result(diagnostic: Diagnostic, index: int, language: str) -> dict[str, Any]:
    text = "\n".join(filter(None, (diagnostic.sentence(language), diagnostic.help(language))))
    result: dict[str, Any] = {
        "ruleId": diagnostic.rule,
        "ruleIndex": index,
        "level": diagnostic.severity,
        "message": {"text": text},
        "locations": [{"physicalLocation": _sarif_place(diagnostic.span)}],
    }
    if diagnostic.second:
        result["relatedLocations"] = [{"physicalLocation": _sarif_place(diagnostic.second)}]
    return result


def _sarif_place(span: Span) -> dict[str, Any]:
    return {
        "artifactLocation": {"uri": quote(escape_path(span.file)), "uriBaseId": "%SRCROOT%"},
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

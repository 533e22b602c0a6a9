"""What is wrong and where, as data; and the ways to print it for people and machines."""

from __future__ import annotations

import json
import tomllib
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from importlib import resources
from pathlib import Path


_LONGEST = 60  # lines of one text


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """A place in a file of the project: path from its root, line and column counted from 1 (columns in characters)."""

    file: str
    line: int = 1
    column: int = 1
    length: int = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Diagnostic:
    """One mistake: a stable rule name, what to fill into the rule's sentence, the place, and a second place for clashes."""

    rule: str
    span: Span
    args: Mapping[str, str] = field(default_factory=dict)
    variant: str = ""
    severity: str = "error"
    second: Span | None = None

    @property
    def sort_key(self) -> tuple[str, int, int, str, str]:
        """Reading order."""
        return (self.span.file, self.span.line, self.span.column, self.rule, self.variant)

    def sentence(self, language: str = "en") -> str:
        """What is wrong, in one sentence that stands alone."""
        return self._text("message", language)

    def help(self, language: str = "en") -> str:
        """What to type instead; may be empty."""
        return self._text("help", language)

    def _text(self, part: str, language: str) -> str:
        entry = messages(language).get(self.rule, {})
        if self.variant:
            entry = entry.get(self.variant, entry)
        return str(entry.get(part, "")).format_map({**self.args})


@cache
def messages(language: str) -> dict[str, dict[str, object]]:  # type: ignore[type-arg]
    """The sentences of all rules in one language of the tool."""
    folder = resources.files("generator") / "messages"
    path = folder / f"{language}.toml"
    return tomllib.loads((path if path.is_file() else folder / "en.toml").read_text(encoding="utf-8"))


def render(found: Sequence[Diagnostic], *, form: str, root: Path, language: str = "en") -> str:
    """All findings in reading order in one of FORMS; an empty text for none (JSON: an empty list)."""
    return FORMS[form](sorted(found, key=lambda one: one.sort_key), root, language)


def _full(found: Sequence[Diagnostic], root: Path, language: str) -> str:
    return "\n".join(_full_one(one, root, language) for one in found)


def _full_one(one: Diagnostic, root: Path, language: str) -> str:
    margin = len(str(max(one.span.line, one.second.line if one.second else 0)))
    lines = [f"{one.severity}[{one.rule}]: {one.sentence(language)}", *_excerpt(one.span, root, margin, "^")]
    if one.second:
        lines += _excerpt(one.second, root, margin, "-")
    if hint := one.help(language):
        lines.append(f"{' ' * margin} = help: {hint}")
    return "\n".join(lines) + "\n"


def _excerpt(span: Span, root: Path, margin: int, mark: str) -> list[str]:
    pad = " " * margin
    lines = [f"{pad}--> {span.file}:{span.line}:{span.column}"]
    source = _line(root / span.file, span.line)
    if source:
        before = "".join("\t" if char == "\t" else "　" if _wide(char) else " " for char in source[: span.column - 1])
        length = max(1, min(span.length, len(source) - span.column + 1))
        under = "".join(mark * (2 if _wide(char) else 1) for char in source[span.column - 1 :][:length]) or mark
        lines += [f"{pad} |", f"{span.line:>{margin}} | {source}", f"{pad} | {before}{under}"]
    return lines


def _wide(char: str) -> bool:
    return unicodedata.east_asian_width(char) in "WF"


def _line(path: Path, line: int) -> str:
    lines = source_lines(path)
    return lines[line - 1] if 0 < line <= len(lines) else ""


def source_lines(path: Path) -> list[str]:
    """The lines of a file as it is now; none where it cannot be read."""
    try:
        return path.read_text(encoding="utf-8-sig").splitlines()
    except (OSError, UnicodeDecodeError):
        return []


def narrow(span: Span, root: Path, text: str, offset: int, length: int) -> Span:
    """Where a part of a text stands that was written from `span` on, quoted or folded over lines; `span` where it cannot be told."""
    at = 0
    for number, line in enumerate(source_lines(root / span.file)[span.line - 1 :], start=span.line):
        for column, char in enumerate(line, start=1):
            if number == span.line and column < span.column:
                continue
            if char == text[at] or (char.isspace() and text[at].isspace()):
                if at == offset:
                    return Span(span.file, number, column, length)
                at += 1
        at += text[at].isspace()  # a line folded here
        if number > span.line + _LONGEST or at > offset:
            break
    return span


def _concise(found: Sequence[Diagnostic], _root: Path, language: str) -> str:
    return "".join(
        f"{one.span.file}:{one.span.line}:{one.span.column}: {one.rule} {one.sentence(language)}\n" for one in found
    )


def _github(found: Sequence[Diagnostic], _root: Path, language: str) -> str:
    def escape(text: str) -> str:
        return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")

    return "".join(
        f"::{one.severity} file={one.span.file},line={one.span.line},col={one.span.column},title={one.rule}::"
        f"{escape(one.sentence(language))} {escape(one.help(language))}\n"
        for one in found
    )


def _json(found: Sequence[Diagnostic], _root: Path, language: str) -> str:
    rows = [
        {
            "rule": one.rule,
            "severity": one.severity,
            "message": one.sentence(language),
            "help": one.help(language),
            "file": one.span.file,
            "line": one.span.line,
            "column": one.span.column,
            "length": one.span.length,
        }
        for one in found
    ]
    return json.dumps(rows, ensure_ascii=False, indent=2) + "\n"


FORMS = {"full": _full, "concise": _concise, "github": _github, "json": _json}

"""Makes texts of a project safe to print: what would move a cursor, turn the direction of a line or command a CI is escaped."""

from __future__ import annotations

import re

MAX_CHARACTERS = 500  # of a text of the project in a message
# Controls of terminals and of devices, marks that turn the direction of a text, ends of lines, and halves of characters.
_INVISIBLE = r"\x00-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ufeff\ud800-\udfff\ufff9-\ufffb"
# A command of GitHub Actions begins with :: in a line's first column, an old one with ##[ in any
# (https://docs.github.com/actions/reference/workflow-commands-for-github-actions).
_UNSAFE = re.compile(rf"[{_INVISIBLE}]|:(?=:[\w-]+(?: [^:\n]*)?::)|#(?=#\[)")
_UNSAFE_IN_LINE = re.compile(rf"(?!\t)(?:{_UNSAFE.pattern})")


def escape_text(text: str) -> str:
    r"""A text in one line with unsafe characters as Python writes them, as in \x1b; the end of a very long one is left out."""
    if len(text) > MAX_CHARACTERS:
        text = f"{text[:MAX_CHARACTERS]}…"
    return _UNSAFE.sub(_escape, text)


def escape_path(path: str) -> str:
    """A path in one line, as `escape_text` shows texts."""
    return _UNSAFE.sub(_escape, path)


def escape_characters(line: str) -> list[str]:
    """The characters of a line of a file, each as it is shown; tabs stay."""
    shown = list(line)
    for match in _UNSAFE_IN_LINE.finditer(line):
        shown[match.start()] = _escape(match)
    return shown


def _escape(match: re.Match[str]) -> str:
    code = ord(match[0])
    named = {"\n": r"\n", "\r": r"\r", "\t": r"\t"}
    return named.get(match[0]) or (f"\\x{code:02x}" if code < 0x100 else f"\\u{code:04x}")  # noqa: PLR2004  one byte

"""What was probably meant by a line that is no YAML: an indentation by tabs, a full-width colon, a text without quotes."""

from __future__ import annotations

import re
from collections.abc import Callable

_KEY_AND_TEXT = re.compile(r"(\s*(?:- )*[\w.-]+): +(\S.*)")
_TEXT_OF_LANGUAGE = re.compile(r"([a-z]{2,3}(?:-[A-Za-z0-9]+)*): *(.*?)(?=, *[a-z]{2,3}(?:-[A-Za-z0-9]+)*: |$)")


def mended_line(text: str, number: int, is_yaml: Callable[[str], bool]) -> tuple[str, str]:
    """How a line that is no YAML was probably meant, with the variant of its message; two empty texts where it is not clear."""
    lines = text.splitlines()
    line = lines[number - 1] if 0 < number <= len(lines) else ""
    if "\t" in line and is_yaml(line.replace("\t", "  ")):
        return "tab", line.replace("\t", "  ").strip()
    if (wide := re.sub(r"(?<=\w)\uff1a\s*", ": ", line, count=1)) != line and is_yaml(wide):
        return "colon", wide.strip()
    match = _KEY_AND_TEXT.fullmatch(line.rstrip())
    if match is None:
        return "", ""
    if match[2][:1] == "{" and match[2][-1:] == "}":
        parts = _TEXT_OF_LANGUAGE.findall(match[2][1:-1])
        quoted = "{" + ", ".join(f"{code}: {_quoted(words)}" for code, words in parts) + "}"
        if parts and is_yaml(quoted):
            return "quotes", f"{match[1].strip()}: {quoted}"
    quoted = f"{match[1].strip()}: {_quoted(match[2])}"
    return ("quotes", quoted) if match[2][:1] not in "\"'[" and is_yaml(quoted) else ("", "")


def _quoted(words: str) -> str:
    words = words.strip()
    return words if words[:1] in ("'", '"') else '"' + words.replace("\\", "\\\\").replace('"', '\\"') + '"'

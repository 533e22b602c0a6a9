"""What was probably meant by a line that is no YAML: an indentation by tabs, a full-width colon, a text without quotes."""

from __future__ import annotations

import re
from collections.abc import Callable

_KEY_AND_TEXT = re.compile(r"(\s*(?:- )*[\w.-]+): +(\S.*)")
_TEXT_OF_LANGUAGE = re.compile(r"(?<![\w-])([a-z]{2,3}(?:-[A-Za-z0-9]+)*): *(.*?)(?=, *[a-z]{2,3}(?:-[A-Za-z0-9]+)*: |$)")


_WIDE_COMMA = re.compile(r"[\u3001\uff0c]\s*(?=[a-z]{2,3}(?:-[A-Za-z0-9]+)*: )")  # before the text of another language
_BREAK = re.compile("\r\n|[\r\n\x85\u2028\u2029]")  # what YAML counts as the end of a line
_CLOSING = {"[": "]", "{": "}"}
_FARTHEST = 3  # lines from a bracket that is not closed to the place where YAML notices


def unclosed(text: str, number: int, is_yaml: Callable[[str], bool]) -> tuple[int, int, str] | None:
    """The line and column of a bracket that is not closed above a line that is good by itself, and the line with it closed."""
    lines = _BREAK.split(text)
    if number <= len(lines) and not is_yaml(lines[number - 1]):
        return None
    for above in range(min(number, len(lines)), max(0, number - 1 - _FARTHEST), -1):
        line = lines[above - 1].rstrip()
        match = re.search(r": *([\[{])[^\[\]{}\"'#]*$", line)
        if match is not None and is_yaml(closed := line + _CLOSING[match[1]]):
            return above, match.start(1) + 1, closed.strip()
    return None


def mended_line(text: str, number: int, is_yaml: Callable[[str], bool]) -> tuple[str, str]:
    """How a line that is no YAML was probably meant, with the variant of its message; two empty texts where it is not clear."""
    lines = _BREAK.split(text)
    line = lines[number - 1] if 0 < number <= len(lines) else ""
    if "\t" in line and is_yaml(line.replace("\t", "  ")):
        return "tab", line.replace("\t", "  ").strip()
    if (comma := _WIDE_COMMA.sub(", ", line)) != line and is_yaml(comma):
        return "comma", comma.strip()
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

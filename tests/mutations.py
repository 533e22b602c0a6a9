"""Ways to spoil a text, each a function of the text and a source of chance."""

from __future__ import annotations

import random
import re
from collections.abc import Callable

ODD = [
    *("", " ", "\t", "\n", "\r\n", "\u2028", "\ufeff", "\0", "\x07", "　", "é", "湖", "🌊", "\u200b"),
    *(":", ": ", "- ", "? ", "#", "&a ", "*a", "<<: ", "|", ">", "---\n", "...\n", "%", "@", "`", "!!int ", "!x "),
    *("{", "}", "[", "]", ",", "'", '"', "\\", "{{", "}}", "{%", "%}", "{#", "#}", "{}", "{{ }}", "{% if %}"),
    *("null", "~", "true", "yes", "no", "nan", ".inf", "0", "-1", "1e999", "1e-999", "0x10"),
    *("1_0", "5..1", ">=", "99999999999999999999999"),
    *("2025-13-45", "0000", "2025/2024", "FY", "9999-12-31", "2025-Q9"),
    *("{value}", "{period}", "{a|digits=9}", "{literal:x|}", "{period:x}", "{claim:grew}", "{fact", "{0}", "{1}"),
    *("round(area_2025, 0)", "1/0", "a if b else c", "((((", "area_2025 ** area_2025", "lambda: 0", "not", "**"),
    *("{{ fact() }}", "{{ count('x') }}", "{{ nothing }}", "{{ period(2025) }}", "[](", "<", "&#x;"),
]


def insert(text: str, chance: random.Random) -> str:
    """Something odd somewhere."""
    at = chance.randrange(len(text) + 1)
    return text[:at] + chance.choice(ODD) + text[at:]


def cut(text: str, chance: random.Random) -> str:
    """Some characters less."""
    at = chance.randrange(len(text) + 1)
    return text[:at] + text[at + chance.choice((1, 1, 2, 5, 40, 400)) :]


def drop_line(text: str, chance: random.Random) -> str:
    """A line less."""
    lines = text.splitlines(keepends=True)
    del lines[chance.randrange(len(lines))]
    return "".join(lines)


def repeat_line(text: str, chance: random.Random) -> str:
    """A line again, perhaps elsewhere."""
    lines = text.splitlines(keepends=True)
    lines.insert(chance.randrange(len(lines) + 1), chance.choice(lines))
    return "".join(lines)


def indent_line(text: str, chance: random.Random) -> str:
    """A line further in or out."""
    lines = text.splitlines(keepends=True)
    at = chance.randrange(len(lines))
    lines[at] = chance.choice((lines[at].lstrip(), "  " + lines[at], "      " + lines[at], "- " + lines[at]))
    return "".join(lines)


def replace_word(text: str, chance: random.Random) -> str:
    """A word for another word, or for something odd."""
    words = list(re.finditer(r"[\w.@-]+", text))
    if not words:
        return insert(text, chance)
    gone = chance.choice(words)
    return text[: gone.start()] + chance.choice([*ODD, chance.choice(words)[0]]) + text[gone.end() :]


def replace_value(text: str, chance: random.Random) -> str:
    """What stands after a colon, for something odd."""
    values = list(re.finditer(r"(?<=: )[^,}\n]+", text)) or list(re.finditer(r"\w+", text))
    if not values:
        return insert(text, chance)
    gone = chance.choice(values)
    return text[: gone.start()] + chance.choice([*ODD, chance.choice(values)[0]]) + text[gone.end() :]


MUTATIONS: tuple[Callable[[str, random.Random], str], ...] = (
    insert,
    cut,
    drop_line,
    repeat_line,
    indent_line,
    replace_word,
    replace_value,
    replace_value,
)

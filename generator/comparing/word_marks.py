"""Two texts as one, with the words that went and those that came marked."""

from __future__ import annotations

import difflib
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from ..wording.word_breaks import words

KEPT, GONE, COME = "kept", "gone", "come"
_LONGEST = 4000  # characters that are compared word by word


class Marked(NamedTuple):
    """A part of a text: kept, gone or come."""

    text: str
    mark: str


def mark_words(before: str, after: str, locale: str) -> list[Marked]:
    """The parts of two texts in order: what both have once, else what went before what came. Words are cut by ICU."""
    if not before or not after or len(before) + len(after) > _LONGEST:
        return [Marked(text, mark) for text, mark in ((before, GONE), (after, COME)) if text]
    return list(_joined(before, after, locale))


def _joined(before: str, after: str, locale: str) -> Iterator[Marked]:
    old, new = words(before, locale), words(after, locale)
    for tag, a, b, c, d in _without_islands(difflib.SequenceMatcher(None, old, new, autojunk=False).get_opcodes(), old):
        if tag == "equal":
            yield Marked("".join(old[a:b]), KEPT)
        else:
            parts = (Marked("".join(old[a:b]), GONE), Marked("".join(new[c:d]), COME))
            yield from (part for part in parts if part.text)


Opcode = tuple[str, int, int, int, int]  # of difflib: tag, and where it begins and ends in both


def _without_islands(opcodes: Sequence[Opcode], old: list[str]) -> list[Opcode]:
    """The same, where a space or a sign alone between two changes is a part of one change."""
    found = list[Opcode]()
    for opcode in opcodes:
        tag, a, b, _, d = opcode
        is_island = tag == "equal" and not any(char.isalnum() for char in "".join(old[a:b]))
        if found and found[-1][0] != "equal" and (tag != "equal" or (is_island and opcode is not opcodes[-1])):
            _, a0, _, c0, _ = found.pop()
            found.append(("replace", a0, b, c0, d))
        else:
            found.append(opcode)
    return found

"""Changes as text for a terminal; words are marked as `git diff --word-diff` marks them: [-gone-]{+come+}."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from ..diagnostics.escaping import escape_text
from .sections import Item, Line, Section
from .word_marks import COME, GONE, Marked

_SIGNS = {GONE: ("[-", "-]"), COME: ("{+", "+}")}


def as_text(head: Sequence[str], sections: Sequence[Section]) -> str:
    """The whole text."""
    lines = [escape_text(line) for line in head]
    for section in sections:
        lines += ["", f"{section.title} ({len(section.items)})", *(line for item in section.items for line in _item(item))]
    return "\n".join(lines) + "\n"


def _item(item: Item) -> Iterator[str]:
    what = f" [{item.what}]" if item.what else ""
    name = f"  {item.name}" if item.name else ""
    yield escape_text(f"  {item.id}{what}{name}")
    yield from (f"      {_line(line)}" for line in item.lines)


def _line(line: Line) -> str:
    label = f"{escape_text(line.label)}: " if line.label else ""
    url = f"  {escape_text(line.url)}" if line.url else ""
    return f"{label}{''.join(shown(line.parts))}{url}"


def shown(parts: Sequence[Marked]) -> Iterator[str]:
    """The parts of a text; a value and the one that follows it are joined by an arrow."""
    if [one.mark for one in parts] == [GONE, COME]:
        yield f"{escape_text(parts[0].text)} → {escape_text(parts[1].text)}"
        return
    for text, mark in parts:
        opening, closing = _SIGNS.get(mark, ("", ""))
        yield f"{opening}{escape_text(text)}{closing}"

"""Changes as Markdown for the summary of a CI job or a comment: bounded, and no section crowds out another one.

A comment of GitHub holds 65,536 characters, a job's summary 1 MiB; the smaller of the two is the limit.
Texts of the project are no markup, and neither mention anybody nor link anything: https://github.github.com/gfm/
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from html import escape

from ..diagnostics.escaping import escape_text
from ..diagnostics.finding import tool_message
from .sections import Item, Line, Section
from .word_marks import COME, GONE, Marked

LIMIT = 60_000  # characters
_TAGS = {GONE: "del", COME: "ins"}
_MARKUP = re.compile(r"[\\`*_\[\]{}|~^=!$()]")
_START = re.compile(r"^(\s*)([#+>-]|\d+[.)])")
_JOINER = "&#8288;"  # keeps what follows from being read with what comes before
# What GitHub makes links or mentions of: @name, #12, GH-12, addresses, and names of commits.
_LINKED = re.compile(
    r"@|#(?=\d)|\bGH-(?=\d)|\bwww(?=\.)|\b[a-zA-Z][a-zA-Z+.-]*(?=://)|\b(?:mailto|xmpp)(?=:)|\b[0-9a-f]{7}(?=[0-9a-f]*\b)"
)


def as_markdown(head: Sequence[str], sections: Sequence[Section], language: str, limit: int = LIMIT) -> str:
    """The whole text, at most `limit` characters long; a section that is cut says how many items are left out."""
    title, *counted = (text_of(line) for line in head)
    top = f"## {title}\n\n" + "".join(f"{line}\n\n" for line in counted)
    written = [[_item(item) for item in section.items] for section in sections]
    heads = [f"### {text_of(section.title)} ({len(section.items)})\n\n" for section in sections]
    rests = [f"- {text_of(tool_message('diff-more', language, count=str(len(items))))}\n" for items in written]
    fixed = len(top) + sum(len(heads[n]) + len(rests[n]) + 1 for n in range(len(sections)))
    shares = _shares([sum(map(len, items)) for items in written], limit - fixed)
    for number, items in enumerate(written):
        kept = _fitting(items, shares[number])
        rest = tool_message("diff-more", language, count=str(len(items) - kept))
        top += heads[number] + "".join(items[:kept]) + (f"- {text_of(rest)}\n" if kept < len(items) else "") + "\n"
    return top


def _shares(sizes: Sequence[int], room: int) -> list[int]:
    """How much room each section gets: what it needs, or an equal part of what smaller ones leave."""
    shares = [0] * len(sizes)
    order = sorted(range(len(sizes)), key=lambda number: sizes[number])
    for place, number in enumerate(order):
        shares[number] = max(0, min(sizes[number], room // (len(order) - place)))
        room -= shares[number]
    return shares


def _fitting(items: Sequence[str], room: int) -> int:
    """How many items fit, from the first one."""
    for number, item in enumerate(items):
        room -= len(item)
        if room < 0:
            return number
    return len(items)


def _item(item: Item) -> str:
    what = f" — {text_of(item.what)}" if item.what else ""
    name = f" {text_of(item.name)}" if item.name else ""
    return f"- **{text_of(item.id)}**{name}{what}\n" + "".join(f"  - {_line(line)}\n" for line in item.lines)


def _line(line: Line) -> str:
    label = f"{text_of(line.label)}: " if line.label else ""
    url = f" {text_of(line.url)}" if line.url else ""
    return f"{label}{_shown(line.parts)}{url}"


def _shown(parts: Sequence[Marked]) -> str:
    if [one.mark for one in parts] == [GONE, COME]:
        return f"<del>{text_of(parts[0].text)}</del> → <ins>{text_of(parts[1].text)}</ins>"
    return "".join(
        f"<{_TAGS[mark]}>{text_of(text)}</{_TAGS[mark]}>" if mark in _TAGS else text_of(text) for text, mark in parts
    )


def text_of(text: str) -> str:
    """A text in one line that shows as it is written."""
    shown = escape_text(text)
    parts, at = [], 0
    for match in _LINKED.finditer(shown):
        parts += [_characters(shown[at : match.end()]), _JOINER]
        at = match.end()
    parts.append(_characters(shown[at:]))
    return _START.sub(lambda match: f"{match[1]}&#8288;{match[2]}", "".join(parts))


def _characters(text: str) -> str:
    return _MARKUP.sub(lambda match: f"&#{ord(match[0])};", escape(text, quote=False))

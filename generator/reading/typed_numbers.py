"""Quantities typed into a text: digits, and what a language spells out; the structure of Markdown and HTML is none."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator

PLACEHOLDER = "\0"  # stands for each character of a tag or placeholder

_DIGITS = re.compile(r"(?:\d|[¼-¾⅐-⅞])+(?:[.,．，:/–～〜-]\d+)*")
_JOINED = re.compile(r"[ \t\u00a0\u202f-]*")  # what may part a number from its scale: 72 billion, two-thirds
_ATTRIBUTE = r"(?:[#.][\w:\0-]+|[\w:-]+=(?:\"[^\"\n]*\"|'[^'\n]*'|[^\s{}]+))"
# What holds no prose, but for the attributes that readers are shown.
_MARKUP = re.compile(
    rf"\{{:?[ \t]*{_ATTRIBUTE}(?:[ \t]+{_ATTRIBUTE})*[ \t]*\}}"  # ids, classes and attributes
    r"|(?<=\])\([ \t]*(?:<[^>\n]*>|(?:[^()\s]|\([^()\s]*\))*)"  # link targets
    r"|(?<=\])\[[^\]\n]*\]"  # names of link targets
    r"|\[\^[^\]\n]+\]"  # footnotes
    r"|<!--.*?-->|</?[A-Za-z][\w-]*(?:[\s\0][^<>]*)?/?>"  # tags and comments of HTML
    r"|https?://[!-~]+"
    r"|&#?\w+;"
    r"|:[a-z]+-[a-z0-9-]+:",  # icons
    re.DOTALL,
)
_READ_OUT = re.compile(r"(?<=[\s{])(?:alt|title|placeholder|label|summary|aria-\w+)\s*=\s*(?:\"([^\"]*)\"|'([^']*)')")
# What a page has besides: code, and the structure of its blocks.
_FENCE = re.compile(
    r"^(?P<indent>[ \t]*)(?P<sign>`{3,}|~{3,})[^\n`]*\n(?P<code>.*?)^(?P=indent)(?P=sign)", re.DOTALL | re.MULTILINE
)
_INLINE = re.compile(r"(?<!`)(?P<sign>`+)(?!`)(?P<code>[^\n]+?)(?<!`)(?P=sign)(?!`)")
_WORD = re.compile(r"[A-Za-z_][\w.-]*")  # in code, what is part of a word is no quantity
_DEFINED = re.compile(r"^ {0,3}\[[^\]^\n]+\]:[ \t]*\S+", re.MULTILINE)  # a link target with a name
_ITEM = re.compile(r"[ \t>]*(?:[-*+]|\d{1,3}[.)])[ \t]")
_OPENS = re.compile(r"[ \t]*(?:#{1,6}[ \t]|<|!!!|\?\?\?|===|[ \t>\0]*$)")  # after such a line a list may begin

_Hit = tuple[int, int, re.Pattern[str]]


def find_typed_numbers(text: str, spelled: Iterable[re.Pattern[str]], *, page: bool = False) -> Iterator[tuple[str, int]]:
    """Each quantity typed in a text, with its offset; `spelled` finds those in words, one pattern for each language.

    A page's text has blocks; another one is a line of prose.
    """
    patterns = (_DIGITS, *spelled)
    if not any(pattern.search(text) for pattern in patterns):
        return
    text = _MARKUP.sub(_blank, _without_structure(text) if page else text)
    hits = [(match.start(), match.end(), pattern) for pattern in patterns for match in pattern.finditer(text)]
    held: _Hit | None = None
    for start, end, pattern in sorted((hit for hit in hits if text[hit[0] : hit[1]].strip()), key=lambda hit: hit[:2]):
        if held is not None and (start < held[1] or _belong(text, held, start, pattern)):
            held = (held[0], max(end, held[1]), pattern)
            continue
        if held is not None:
            yield text[held[0] : held[1]], held[0]
        held = (start, end, pattern)
    if held is not None:
        yield text[held[0] : held[1]], held[0]


def _belong(text: str, held: _Hit, start: int, pattern: re.Pattern[str]) -> bool:
    """Whether two numbers are one quantity: a number and its scale, the parts of a date written with ideographs."""
    between = text[held[1] : start]
    if held[2] is pattern is _DIGITS:
        return len(between) == 1 and unicodedata.category(between) == "Lo"
    return bool(_JOINED.fullmatch(between))


def _blank(match: re.Match[str]) -> str:
    return _read_out(match[0])


def _read_out(text: str) -> str:
    """Markup with nothing in its place but the attributes that readers are shown."""
    kept = list(_spaces(text))
    for said in _READ_OUT.finditer(text):
        start, end = said.span(said.lastindex or 0)
        kept[start:end] = text[start:end]
    return "".join(kept)


def _spaces(text: str) -> str:
    return "".join(char if char == "\n" else " " for char in text)


def _blank_all(match: re.Match[str]) -> str:
    return _spaces(match[0])


def _without_structure(text: str) -> str:
    """A page without what its blocks are made of."""
    text = _INLINE.sub(_code, _FENCE.sub(_code, text))
    return "".join(_without_numbers(_DEFINED.sub(_blank_all, text)))


def _code(match: re.Match[str]) -> str:
    """Code with nothing but the numbers that stand alone in it, and the title of its fence."""
    start, end = (at - match.start() for at in match.span("code"))
    code = _WORD.sub(_blank_all, _MARKUP.sub(_blank_all, match["code"]))
    return _read_out(match[0][:start]) + code + match[0][end:]


def _without_numbers(text: str) -> Iterator[str]:
    """The lines of a page, without the numbers of its list items; a number in the middle of a paragraph is none of those."""
    opens, listing = True, False
    for line in text.splitlines(keepends=True):
        item = _ITEM.match(line) if opens or listing else None
        yield _spaces(item[0]) + line[item.end() :] if item else line
        opens = bool(_OPENS.match(line.rstrip("\r\n")))
        listing = bool(item) or (listing and not opens)

"""Finds quantities typed into a text: digits, and numbers in words. Numbers in Markdown and HTML structure do not count."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator
from itertools import chain, islice

from ..wording.author_patterns import AuthorPattern

PLACEHOLDER = "\0"  # replaces each character of a template's tag or of a {placeholder}

_DIGITS = re.compile(r"(?:\d|[¼-¾⅐-⅞])+(?:[.,．，:/–～〜-]\d+)*")
_JOINED = re.compile(r"[ \t\u00a0\u202f-]*")  # between a number and its scale: 72 billion, two-thirds
_ATTRIBUTE = r"(?:[#.][\w:\0-]+|[\w:-]+=(?:\"[^\"\n]*\"|'[^'\n]*'|[^\s{}]+))"
# Markup without prose, except in attributes that readers see.
_MARKUP = re.compile(
    rf"\{{:?[ \t]*{_ATTRIBUTE}(?:[ \t]+{_ATTRIBUTE})*[ \t]*\}}"  # ids, classes and attributes
    r"|(?<=\])\([ \t]*(?:<[^<>\n]*>|(?:[^()\s]|\([^()\s]*\))*)"  # link targets
    r"|(?<=\])\[[^\]\n]*\]"  # names of link targets
    r"|\[\^[^\[\]\n]+\]"  # footnotes
    r"|</?[A-Za-z][\w-]*(?:[\s\0][^<>]*)?/?>"  # tags of HTML
    r"|https?://[!-~]+"
    r"|&#?\w+;"
    r"|:[a-z]+-[a-z0-9-]+:"  # icons
)
_VISIBLE_ATTRIBUTE = re.compile(r"(?<=[\s{])(?:alt|title|placeholder|label|summary|aria-\w+)\s*=\s*(?:\"([^\"]*)\"|'([^']*)')")
# Structure of a page: code, and the beginnings of blocks.
_FENCE = re.compile(
    r"^(?P<indent>[ \t]*)(?P<sign>`{3,}|~{3,})[^\n`]*\n(?P<code>.*?)^(?P=indent)(?P=sign)", re.DOTALL | re.MULTILINE
)
_INLINE = re.compile(r"(?<!`)(?P<sign>`+)(?!`)(?P<code>[^\n]+?)(?<!`)(?P=sign)(?!`)")
_WORD = re.compile(r"[A-Za-z_][\w.-]*")  # digits in a word of code are no quantity
_DEFINED = re.compile(r"^ {0,3}\[[^\]^\n]+\]:[ \t]*\S+", re.MULTILINE)  # definition of a link target
_ITEM = re.compile(r"[ \t>]*(?:[-*+]|\d{1,3}[.)])[ \t]")
_OPENS = re.compile(r"[ \t]*(?:#{1,6}[ \t]|<|!!!|\?\?\?|===|[ \t>\0]*$)")  # lines after which a list may begin

NumberPattern = re.Pattern[str] | AuthorPattern
_Hit = tuple[int, int, NumberPattern]


def find_typed_numbers(text: str, spelled: Iterable[NumberPattern], *, page: bool = False) -> Iterator[tuple[str, int]]:
    """Each quantity typed in a text, with its offset; `spelled` has a pattern of numbers in words for each language.

    With `page` the text is a page in Markdown, else a line of prose.
    """
    patterns = (_DIGITS, *spelled)
    if not any(pattern.search(text) for pattern in patterns):
        return
    text = _without_comments(_without_structure(text) if page else text)
    text = _MARKUP.sub(lambda match: _visible(match[0]), text)
    hits = [(match.start(), match.end(), pattern) for pattern in patterns for match in pattern.finditer(text)]
    pending: _Hit | None = None
    for start, end, pattern in sorted((hit for hit in hits if text[hit[0] : hit[1]].strip()), key=lambda hit: hit[:2]):
        if pending is not None and (start < pending[1] or _are_one(text, pending, start, pattern)):
            pending = (pending[0], max(end, pending[1]), pattern)
            continue
        if pending is not None:
            yield text[pending[0] : pending[1]], pending[0]
        pending = (start, end, pattern)
    if pending is not None:
        yield text[pending[0] : pending[1]], pending[0]


def _are_one(text: str, pending: _Hit, start: int, pattern: NumberPattern) -> bool:
    """Whether two adjacent numbers are one quantity: a number and its scale, or parts of a date with ideographs between."""
    between = text[pending[1] : start]
    if pending[2] is pattern is _DIGITS:
        return len(between) == 1 and unicodedata.category(between) == "Lo"
    return bool(_JOINED.fullmatch(between))


def _visible(text: str) -> str:
    """Markup with blanks for everything but the attributes that readers see."""
    kept = list(_spaces(text))
    for attribute in _VISIBLE_ATTRIBUTE.finditer(text):
        start, end = attribute.span(attribute.lastindex or 0)
        kept[start:end] = text[start:end]
    return "".join(kept)


def _spaces(text: str) -> str:
    return "".join(char if char == "\n" else " " for char in text)


def _blank_all(match: re.Match[str]) -> str:
    return _spaces(match[0])


def _without_structure(text: str) -> str:
    """A page with blanks for code and for the structure of blocks."""
    text = _INLINE.sub(_code, _FENCE.sub(_code, text))
    return "".join(_without_list_numbers(_DEFINED.sub(_blank_all, text)))


def _code(match: re.Match[str]) -> str:
    """Code with blanks for everything but numbers that stand alone, and the title of a fence."""
    start, end = (at - match.start() for at in match.span("code"))
    code = _WORD.sub(_blank_all, _MARKUP.sub(_blank_all, _without_comments(match["code"], all_of_it=True)))
    return _visible(match[0][:start]) + code + match[0][end:]


def _without_list_numbers(text: str) -> Iterator[str]:
    """The lines of a page with blanks for the numbers of list items; a number within a paragraph is none."""
    opens, listing = True, False
    for line in text.splitlines(keepends=True):
        item = _ITEM.match(line) if opens or listing else None
        yield _spaces(item[0]) + line[item.end() :] if item else line
        opens = bool(_OPENS.match(line.rstrip("\r\n")))
        listing = bool(item) or (listing and not opens)


def _without_comments(text: str, *, all_of_it: bool = False) -> str:
    """A text with blanks for its HTML comments; a pattern would look through the rest for each that is not closed."""
    found, at = [], 0
    while (start := text.find("<!--", at)) >= 0 and (end := text.find("-->", start + len("<!--"))) >= 0:
        comment = text[start : end + len("-->")]
        found += [text[at:start], _spaces(comment) if all_of_it else _visible(comment)]
        at = end + len("-->")
    return "".join([*found, text[at:]])


def main_scripts(texts: Iterable[str]) -> frozenset[str]:
    """The scripts in which a tenth or more of the letters of texts are written, by the first word of the names of letters.

    Unicode's names begin with the script: LATIN SMALL LETTER A, CJK UNIFIED IDEOGRAPH-4E00. A few thousand letters tell.
    """
    counts = Counter[str]()
    for char, count in Counter(islice(filter(str.isalpha, chain.from_iterable(texts)), 4000)).items():
        counts[unicodedata.name(char, "").partition(" ")[0].partition("-")[0]] += count
    return frozenset(script for script, count in counts.items() if count * 10 >= counts.total())

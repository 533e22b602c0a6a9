"""Where lines of running text may break: not before the punctuation behind a term, and not between a number and its unit.

Browsers may break a line on either side of a button, and between a digit and a Chinese character. What is written without
blanks has its chances to break between the parts of a value instead: behind what stands before a number, and behind the dash of
a range.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import chain

from markupsafe import Markup, escape

from ..wording.word_breaks import number_endings

_OPENING = r"(\[（「『【“‘«„"
_MARK = '<span class="fl-term">'
_TERM = re.compile(  # it begins with one of a few characters, for which Python's `re` looks quickly
    rf'[{_OPENING}<](?:(?<=<)|[{_OPENING}]*<)span class="fl-term">(?:(?!{_MARK})[^\n])*?</small></span>'
    r"(?P<after>[.,;:!?)\]、。，．）」』】”’»…！？]*)"
)

_VERDICT = ' <a class="fl-verdict '
_HAN, _KATAKANA = "\u4e00-\u9fff", "\u30a1-\u30fa\u30fc"
_SCALES = number_endings().scales
_DASHES = "\u301c\uff5e\u2013"
_AMOUNT = rf"[0-9][0-9,.]*(?:[{_SCALES}]+[0-9][0-9,.]*)*[{_SCALES}]*"
_UNIT = rf"(?:[\u304b\u30f5\u30f6]?[{_HAN}]{{1,2}}[{_KATAKANA}]{{0,8}}|[{_KATAKANA}]{{1,8}})"
_UNTIL = rf"(?:[{_DASHES}](?=[0-9]))?"  # the dash of a range begins no line
_QUANTITY = re.compile(rf"(?<![0-9A-Za-z.,{_SCALES}])(?:[0-9]+[{_DASHES}])?{_AMOUNT}(?:{_UNIT}|(?<=[{_SCALES}])){_UNTIL}")
_CHANCE = re.compile(rf"(?<=[^\W0-9A-Za-z_{_SCALES}])(?=[0-9])|(?<=[^0-9][{_DASHES}])(?=[0-9])")
_NO_BLANKS = re.compile(f"[{_HAN}]")
_BLOCK = r"<(?!(?:a|span|b|em|strong|small)\b)"
# The start of a line that is text and no block of another kind.
_PROSE = re.compile(rf"(?![ \t]*(?:{_BLOCK}|[#|\[`~]|[0-9]+[.)] *$|$))")
# Before a line that is neither empty nor, as most of a long page, HTML.
_LINE = re.compile(rf"\n(?!{_BLOCK}|\n)")
_FENCE = re.compile(r" {0,3}(?:```|~~~)")
_KEPT = '<span class="fl-whole">'
_CAN_BREAK = re.compile(rf"\s|(?<=.)[{_HAN}{_DASHES}]")
_SHORT_NAME = 16  # characters
_NOT_TEXT = re.compile(r"(<[^>]*>|!\[[^\]]*\]|`[^`]*`|\]\([^)]*\)|\{[^}]*\}|https?:\S+)")


def value_words(words: str) -> Markup:
    """A value as HTML for an element whose lines do not break: `<wbr>` stands where they may."""
    if not _NO_BLANKS.search(words):
        return escape(words)
    return Markup("<wbr>").join(_CHANCE.split(words))


def text_words(words: str) -> Markup:
    """Words that a text is filled with, as HTML: each number in one element with the unit behind it."""
    html = escape(words)
    return Markup(_whole(str(html))) if _NO_BLANKS.search(words) else html  # noqa: S704  escaped before


def date_words(words: str, ends: Sequence[str] = ()) -> Markup:
    """A date or period as HTML in which no line breaks, but between the two ends of a longer period, given in words."""
    if len(ends) == 2 and words.startswith(ends[0]) and words.endswith(ends[1]):  # noqa: PLR2004
        between = words[len(ends[0]) : len(words) - len(ends[1])]
        if between.strip():
            first, blank = ends[0] + between.rstrip(), between[len(between.rstrip()) :]
            if blank:  # a word, as in "Q1 2024 to Q2 2026"
                return _kept(ends[0]) + escape(between) + _kept(ends[1])
            return _kept(first) + _kept(ends[1])
    return _kept(words)


def name_words(words: str) -> Markup:
    """A short name with a number or of words, as Colossus 2 or Muse Wonder, as HTML in one line; others may break."""
    whole = len(words) <= _SHORT_NAME and (words[-1:].isdecimal() or " " in words)
    return Markup('<span class="fl-whole">{}</span>').format(words) if whole else text_words(words)


def whole_names(names: Sequence[str], separator: str) -> Markup:
    """Names in a list as HTML, each with the mark behind it in one line unless it is longer itself (class fl-name)."""
    mark = separator.rstrip()
    blank, last = separator.removeprefix(mark), len(names) - 1
    marked = [name + (mark if number < last else "") for number, name in enumerate(names)]
    return Markup(blank).join(Markup('<span class="fl-name">{}</span>').format(name) for name in marked)  # noqa: S704  a space


def _kept(words: str) -> Markup:
    """Words as HTML in one line; a single word stays so anyway."""
    return Markup('<span class="fl-whole">{}</span>').format(words) if _CAN_BREAK.search(words) else escape(words)


def keep_units(markdown: str) -> str:
    """A page with each number and the unit behind it in one element, where its text is written without blanks."""
    if not _NO_BLANKS.search(markdown):
        return markdown
    pieces, fenced, at = list[str](), False, 0
    for start in chain((0,), (line.end() for line in _LINE.finditer(markdown))):
        end = markdown.find("\n", start)
        line = markdown[start : end if end >= 0 else len(markdown)]
        if _FENCE.match(line):
            fenced = not fenced
        elif not fenced and _PROSE.match(line):
            pieces += (markdown[at:start], _keep_in_line(line))
            at = start + len(line)
    return "".join((*pieces, markdown[at:]))


def _keep_in_line(line: str) -> str:
    pieces = _NOT_TEXT.split(line)
    linked = 0
    for at, piece in enumerate(pieces):
        if at % 2:
            linked += piece.startswith("<a ") - (piece == "</a>")
        elif not linked and not (at and pieces[at - 1] == _KEPT):
            pieces[at] = _whole(piece)
    return "".join(pieces)


def _whole(text: str) -> str:
    return _QUANTITY.sub(rf"{_KEPT}\g<0></span>", text)


def keep_punctuation(markdown: str) -> str:
    """A page with each term and the punctuation that touches it in one element, in which no line breaks.

    The sign of a verdict stays on the line of the word before it.
    """
    return "".join(_lines_kept(markdown)).replace(_VERDICT, f"\u00a0{_VERDICT[1:]}")


def _lines_kept(markdown: str) -> Iterator[str]:
    """A page in pieces, of which only lines with a term are looked through: a page of thousands of facts has few."""
    at = 0
    while (found := markdown.find(_MARK, at)) >= 0:
        start = max(at, markdown.rfind("\n", at, found))
        end = markdown.find("\n", found)
        end = len(markdown) if end < 0 else end
        yield markdown[at:start]
        yield _TERM.sub(_together, markdown[start:end])
        at = end
    yield markdown[at:]


def _together(match: re.Match[str]) -> str:
    return f'<span class="fl-together">{match[0]}</span>' if match[0][0] != "<" or match["after"] else match[0]

"""The width of a text in pixels and its line breaks, so that labels do not overlap.

The reader's browser chooses the font. The metrics are those of IPAexGothic, which has letters as well as kana and
ideographs, and of DejaVu Sans for what it lacks; a margin covers fonts that run wider. Lines break between phrases, a phrase
that is too long for a line between its words, and a word only where it is too long itself.
"""

from __future__ import annotations

import math
import re
import unicodedata
from collections.abc import Iterator
from functools import lru_cache

from .fonts import UNITS, alphabetic_face, ideographic_face, plain_spaces
from .line_breaks import NO_START, count_wide, date_parts, has_wide, joined_names, phrases, words_with_endings

_MARGIN, _BOLD_MARGIN = 1.05, 1.12  # factors for wider fonts
_NARROW = "“”‘’„‚…"
_NAME_BREAK = re.compile(r"(?<=[^\S\u00a0\u202f])|(?<=・)")
_VIRAMA = 9  # its canonical combining class
_SOFT_HYPHEN = "\u00ad"
_AFTER_DIGIT = re.compile(r"(?<=\d) ")
_WORD_JOINT = re.compile(r"(?<=[a-z])(?=[A-Z])|(?<=-)")


class _Advances(dict[str, int]):
    """The advance width of each character in units of a font; of quotation marks as letters have them, or as ideographs."""

    def __init__(self, narrow: str) -> None:
        super().__init__()
        self.narrow = narrow

    def __missing__(self, character: str) -> int:
        drawn = plain_spaces(character)
        found = self[character] = _advance(drawn, alphabetic=drawn in self.narrow) if drawn else 0
        return found


def _advance(character: str, *, alphabetic: bool) -> int:
    """The advance width of a character; that of an ideograph where the fonts that come with the packages lack it."""
    if unicodedata.category(character) == "Cf":
        return 0
    faces = (alphabetic_face(), ideographic_face()) if alphabetic else (ideographic_face(), alphabetic_face())
    return next((face.advance_units(character) for face in faces if face.has(character)), UNITS)


_BESIDE_LETTERS, _BESIDE_IDEOGRAPHS = _Advances(_NARROW), _Advances("")


def advance_width(text: str, size: float) -> float:
    """The width of a line in the reference font, in the unit of `size`.

    That font has quotation marks and an ellipsis as wide as an ideograph; without one beside them they are narrow.
    """
    return _units(text) / UNITS * size


def _units(text: str) -> int:
    advances = _BESIDE_IDEOGRAPHS if has_wide(text) else _BESIDE_LETTERS
    units = map(advances.__getitem__, text)
    return sum(units)


def text_width(text: str, size: float, *, bold: bool = False) -> float:
    """The width of a line in pixels in any common font: an upper estimate; ideographs and kana are squares in each."""
    squares = count_wide(text) * UNITS
    return (squares + (_units(text) - squares) * (_BOLD_MARGIN if bold else _MARGIN)) * size / UNITS


def bind_to_digits(text: str) -> str:
    """The text with a no-break space after each digit, which stays with the unit that it counts."""
    return _AFTER_DIGIT.sub("\u00a0", text)


@lru_cache(maxsize=4096)
def wrap(text: str, size: float, limit: float, *, bold: bool = False, least: float = 0.5) -> tuple[str, ...]:
    """The text in as few lines as fit the limit in pixels, of lengths as even as possible, so that no word is left alone.

    Lines before the last one of a paragraph take at `least` this share of the limit.
    """
    limit = max(limit, size)  # where other texts leave no room at all
    pieces, lines = _fewest_lines(text, size, limit, bold=bold)
    if len(lines) > 1 and not has_wide(text):  # a name of several words is kept whole where that takes no line more
        named = joined_names(text)
        whole = _fill(named, size, limit, bold=bold)
        if len(whole) <= len(lines) and block_width(whole, size, bold=bold) <= limit:
            pieces, lines = named, whole
    low, high = limit * least, limit
    while len(lines) > 1 and high - low > size / 4:
        tried = _fill(pieces, size, (low + high) / 2, bold=bold)
        if len(tried) == len(lines):
            lines, high = tried, (low + high) / 2
        else:
            low = (low + high) / 2
    return lines


def count_lines(text: str, size: float, limit: float, *, bold: bool = False) -> int:
    """How many lines a text takes that fit the limit in pixels, in a place that makes them no more even."""
    return len(_fewest_lines(text, size, max(limit, size), bold=bold)[1])


def _fewest_lines(text: str, size: float, limit: float, *, bold: bool) -> tuple[list[str], tuple[str, ...]]:
    """The pieces of a text that stay together, and the lines of them that are filled one after the other."""
    pieces = [piece for phrase in phrases(text) for piece in _fitting(phrase, size, limit, bold=bold)]
    return pieces, _fill(pieces, size, limit, bold=bold)


def wrap_name(text: str, size: float, limit: float, *, bold: bool = False) -> tuple[str, ...]:
    """A name in lines that fit the limit, or that are as wide as its widest word: half a word would read as another name."""
    pieces = _NAME_BREAK.split(text)
    return _fill(pieces, size, max(limit, *(text_width(piece.strip(), size, bold=bold) for piece in pieces)), bold=bold)


def block_width(lines: tuple[str, ...], size: float, *, bold: bool = False) -> float:
    """The width of the longest line in pixels."""
    return max((text_width(line, size, bold=bold) for line in lines), default=0.0)


def longest_word_width(text: str, size: float, *, bold: bool = False) -> float:
    """The width in pixels of the longest word with its endings, or part of a date, which should not be broken."""
    words = (word for phrase in phrases(text) for part in date_parts(phrase) for word in part.split(" "))
    return max((text_width(word, size, bold=bold) for word in words), default=0.0)


def _fill(pieces: list[str], size: float, limit: float, *, bold: bool) -> tuple[str, ...]:
    """Lines of pieces; a piece that is wider than the limit has a line of its own."""
    lines = [""]
    for piece in pieces:
        if lines[-1] and text_width((lines[-1] + piece).strip(), size, bold=bold) > limit:
            lines.append("")
        lines[-1] += piece if lines[-1] else piece.lstrip()
    return tuple(_hyphenated(line.strip()) for line in lines if line.strip())


def _hyphenated(line: str) -> str:
    """A line with a hyphen where a word is cut at its end, and none where the parts of a word came together again."""
    return line.removesuffix(_SOFT_HYPHEN).replace(_SOFT_HYPHEN, "") + ("-" if line.endswith(_SOFT_HYPHEN) else "")


def _fitting(phrase: str, size: float, limit: float, *, bold: bool) -> Iterator[str]:
    """A phrase; where it is too long for a line its words, and parts of those that are too long themselves."""
    if text_width(phrase.strip(), size, bold=bold) <= limit:
        yield phrase
        return
    if len(parts := date_parts(phrase)) > 1:
        for part in parts:
            yield from _fitting(part, size, limit, bold=bold)
        return
    for word in words_with_endings(phrase, lambda joined: text_width(joined, size, bold=bold) <= limit):
        yield from _cut(word, size, limit, bold=bold)


def _cut(token: str, size: float, limit: float, *, bold: bool) -> list[str]:
    """A token that is too long for a line, in pieces that fit: cut at a hyphen or capital letter, else in even parts.

    Letters of scripts that have case are parted by a soft hyphen; what is written together with a letter stays with it.
    """
    whole = text_width(token.strip(), size, bold=bold)
    if whole <= limit:
        return [token]
    joints = _WORD_JOINT.split(token)
    if len(joints) > 1 and all(text_width(part, size, bold=bold) <= limit for part in joints):
        return joints
    even = min(whole / math.ceil(whole / limit) + size / 2, limit - text_width("-", size, bold=bold))
    pieces = [""]
    for character in token:
        too_long = pieces[-1] and text_width(pieces[-1] + character, size, bold=bold) > even
        if too_long and character not in NO_START and not _is_joined(pieces[-1][-1], character):
            if _has_case(pieces[-1][-1]) and _has_case(character):
                pieces[-1] += _SOFT_HYPHEN
            pieces.append("")
        pieces[-1] += character
    return pieces


def _is_joined(left: str, right: str) -> bool:
    """Whether two characters are one to a reader: a letter and its marks, and letters that a virama joins."""
    return unicodedata.category(right).startswith("M") or unicodedata.combining(left) == _VIRAMA


def _has_case(character: str) -> bool:
    return character.lower() != character.upper()

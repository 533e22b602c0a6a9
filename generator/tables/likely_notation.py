"""How the numbers of a table are likely to be written: signs, marks, flags and powers of ten."""

from __future__ import annotations

import csv
import re
import tomllib
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from functools import cache
from importlib import resources
from typing import Any

from ..records.struct import Struct, field
from ..wording.number_reader import number_reader
from ..wording.spellings import currency_signs, spellings
from .description import DELIMITERS
from .numbers import CellError, NumberNotation, plain, read_number

_SIGNS = ((".", ","), (",", "."), (".", " "), (",", " "), (".", "'"), (".", ", "), (".", ""), (",", ""))  # decimal and grouping
_NUMBER_LIKE = re.compile(
    r"[-+(~\u301c<>$\u20ac\xa3\xa5\u25b2\u25b3\u25bc.\s]*[0-9][0-9.,'\s]*(?:[eE][+-]?[0-9]+)?[%\u2030)\s]*\(?[^0-9\s-]{0,4}\)?|=.*"
)
_MOST_ROWS = 500
_WHICH_SIGN = ("import-which-sign",)


class ProposalError(Exception):
    """A table that nothing can be proposed for: the key of a message of the tool, and what fills it."""

    def __init__(self, message: str, **args: str) -> None:
        """Carry both."""
        super().__init__(message)
        self.message, self.args_of_message = message, args


class Hints(Struct, frozen=True, kw_only=True):
    """What whoever imports a table says of it; where something is empty, it is looked for."""

    locales: tuple[str, ...]
    encoding: str = ""
    delimiter: str = ","
    decimal_char: str = ""
    missing: tuple[str, ...] = ()
    where: Mapping[str, str] = field(default_factory=dict)
    flags: Mapping[str, str] = field(default_factory=dict)
    spreadsheet: bool = False
    leave_out: frozenset[int] = frozenset()  # lines that are no rows of the table


def likely_delimiter(text: str) -> str:
    """The sign that gives most rows the same number of cells; of several the rarer one, as a comma may stand in cells."""
    lines = [line for line in text.split("\n")[:_MOST_ROWS] if line.strip()]
    best, most = ",", (0, 0, 0)
    for rank, sign in enumerate(DELIMITERS):
        try:
            widths = Counter(len(row) for row in csv.reader(lines, delimiter=sign) if len(row) > 1)
        except csv.Error:
            continue
        width, count = max(widths.items(), key=lambda item: (item[1], item[0]), default=(1, 0))
        if width > 1 and (count, width, rank) > most:
            best, most = sign, (count, width, rank)
    return best


@cache
def marks() -> Mapping[str, Any]:
    """What stands in the file marks.toml."""
    return tomllib.loads((resources.files(__package__) / "marks.toml").read_text(encoding="utf-8"))


def is_number(text: str, missing: Sequence[str]) -> bool:
    """Whether a text has digits and signs of numbers, or is one of the marks for a missing one."""
    written = plain(text)
    return written in {plain(mark) for mark in missing} or bool(_NUMBER_LIKE.fullmatch(written))


def likely_signs(texts: Sequence[str], hints: Hints, missing: tuple[str, ...]) -> tuple[str, str]:
    """The decimal and the grouping sign that most numbers can be read with; ProposalError where two ways fit."""
    fits: dict[tuple[str, str], list[str]] = {}
    for decimal, group in _SIGNS:
        if hints.decimal_char not in ("", decimal):
            continue
        notation = NumberNotation(decimal_char=decimal, group_char=group, missing_values=missing, flags=marks()["flags"])
        fits[decimal, group] = [_read(text, notation) for text in texts]
    most = max(sum(one != "" for one in read) for read in fits.values())
    best = {signs: read for signs, read in fits.items() if sum(one != "" for one in read) == most}
    if len({tuple(read) for read in best.values()}) > 1:
        example = next(texts[at] for at in range(len(texts)) if len({read[at] for read in best.values()}) > 1)
        raise ProposalError(*_WHICH_SIGN, found=example)
    used = {char for text in texts for char in plain(text)}
    return min(best, key=lambda signs: (len(set(signs[1]) - used), len(signs[1]), signs[0] != "."))


def named_scale(text: str, locales: tuple[str, ...]) -> Decimal | None:
    """The power of ten that a text names: as a word, or as a sign in brackets, at the end or before that of a currency."""
    written = plain(text).lower().replace("_", " ")
    for word, scale in _scales((*locales, *marks()["locales"])).items():
        ending = r"(?:s|\b)" if word.isascii() else f"(?:[{marks()['currencies']}]|$|[^(\\[\u3010]*[)\\]\u3011])"
        beginning = r"\b" if word[:1].isascii() else "(?<![0-9])"
        if re.search(rf"{beginning}{re.escape(word)}{ending}", written):
            return scale
    return _scale_of_money(written, locales)


def _scale_of_money(written: str, locales: tuple[str, ...]) -> Decimal | None:
    """The power of ten that is abbreviated beside the sign of a currency, as in US$m, £bn and M€."""
    signs = currency_signs()
    known = {word: size for locale in locales for word, size in {**spellings(locale).scales, **spellings(locale).money}.items()}
    words = "|".join(map(re.escape, sorted(known, key=len, reverse=True)))
    match = re.search(rf"[{signs}]\s?({words})(?!\w)|(?<!\w)({words})\s?[{signs}]", written) if known else None
    return known[match[1] or match[2]] if match else None


@cache
def _scales(locales: tuple[str, ...]) -> Mapping[str, Decimal]:
    """Words for powers of ten, the longest first."""
    found = {word: Decimal(size) for word, size in marks()["scales"].items()}
    found |= {word: size for word, size in spellings("").scales.items() if len(word) > 3}  # noqa: PLR2004  crore, lakh
    for locale in locales:
        found |= number_reader(locale).scales
    return dict(sorted(found.items(), key=lambda item: -len(item[0])))


def _read(text: str, notation: NumberNotation) -> str:
    try:
        found = read_number(text, notation)
    except CellError:
        return ""
    return found.text or "missing"


def flag_letters(text: str) -> Iterator[str]:
    """What stands behind the digits of a number, letter by letter."""
    match = re.search(r"[0-9]\s*[(\[]?([A-Za-z]{1,3})[)\]]?$", plain(text))
    yield from match[1] if match else ""

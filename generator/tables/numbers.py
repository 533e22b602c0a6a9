"""Numbers as offices and filings publish them, read into the notation of values: exactly, or not at all."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from decimal import Decimal
from enum import StrEnum
from functools import lru_cache

from ..model import values
from ..records.struct import Struct

_FULL_WIDTH = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)}
_BLANKS = dict.fromkeys(map(ord, "\u00a0\u2007\u2009\u202f\u3000\u2002\u2003\u2005\u2006\u2008\t\n"), " ")
_DROPPED = dict.fromkeys(map(ord, "\u200e\u200f\u061c\u200b\ufeff\u2066\u2067\u2068\u2069\u202a\u202c"))
_MINUS = dict.fromkeys(map(ord, "\u2212\u2012\u2013\ufe63"), "-")
_SIGNS = {**_FULL_WIDTH, **_BLANKS, **_DROPPED, **_MINUS, ord("\u2019"): "'"}
_LEAD = re.compile(
    r"(?P<bound>~|\u2248|\u223c|<=|>=|<|>|\u2264|\u2265)?\s*(?P<sign>[-+\u25b2\u25b3\u25bc])?\s*(?P<open>\()?\s*"
)
_TRAIL = re.compile(r"\s*(?P<percent>[%\u2030])?\s*(?P<close>\))?\s*(?P<behind>[%\u2030])?\s*(?P<flag>.*)")
_BOUNDS = {"\u2248": "~", "\u223c": "~", "\u2264": "<=", "\u2265": ">="}
ERROR = re.compile(r"#(?:N/A|REF!|DIV/0!|VALUE!|NAME\?|NUM!|NULL!|SPILL!|CALC!|GETTING_DATA|#+)|Err:[0-9]{3}", re.IGNORECASE)
_PERCENT = {"%": -2, "\u2030": -3}  # the power of ten that a sign stands for
_WAVES = ("\u301c", "\uff5e")  # in Japanese "up to", elsewhere "about"
_BRACKETS = "()[] "


class Refusal(StrEnum):
    """Why a cell is not read: the variant of the finding."""

    UNREADABLE = ""
    FORMULA = "formula"
    ERROR = "error"
    SIGN = "sign"
    GROUPS = "groups"
    FLAG = "flag"
    PERCENT = "percent"
    SHARE = "share"
    WAVE = "wave"


class CellError(Exception):
    """A cell that is not read: why, and what fills the finding."""

    def __init__(self, variant: Refusal, **args: str) -> None:
        """Carry both."""
        super().__init__(variant)
        self.variant, self.args_of_message = variant, args


class NumberNotation(Struct, frozen=True, kw_only=True):
    """How the numbers of a table are written; see TableDescription."""

    decimal_char: str = "."
    group_char: str = ""
    missing_values: tuple[str, ...] = ()
    flags: Mapping[str, str]


class PublishedNumber(Struct, frozen=True, kw_only=True):
    """A number in the notation of values ("" where there is none), its flags, and the mark that stands for a missing one."""

    text: str
    flags: tuple[str, ...] = ()
    missing: str = ""


def plain(text: str) -> str:
    """A text with digits of any script, full-width signs, blanks and minus signs as in ASCII; superscripts stay."""
    text = text.translate(_SIGNS).strip()
    return text if text.isascii() else "".join(str(unicodedata.decimal(char, char)) for char in text)


def read_number(
    text: str, notation: NumberNotation, scale: Decimal | None = None, *, percent: bool | None = None
) -> PublishedNumber:
    """A published number, multiplied by `scale`; CellError for what is none, or may be two different ones.

    `percent` says whether the unit of the column is percent (None where that is not known): then the number has a percent
    sign or the column a scale; otherwise it must not have the sign.
    """
    written = plain(text)
    if not written or written in {plain(mark) for mark in notation.missing_values}:
        return PublishedNumber(text="", missing=text.strip())
    if written.startswith("="):
        raise CellError(Refusal.FORMULA, found=text)
    if ERROR.fullmatch(written):
        raise CellError(Refusal.ERROR, found=text)
    if text.translate(_DROPPED).strip().startswith(_WAVES):
        raise CellError(Refusal.WAVE, found=text)
    lead, digits, exponent, trail = _parts(written, notation, text)
    before, behind = _LEAD.fullmatch(lead), _TRAIL.fullmatch(trail)
    if before is None or behind is None or bool(before["open"]) != bool(behind["close"]) or (before["open"] and before["sign"]):
        raise CellError(Refusal.UNREADABLE, found=text)
    if behind["percent"] and behind["behind"]:
        raise CellError(Refusal.UNREADABLE, found=text)
    flags = _flags(behind["flag"].strip(), notation, text)
    power = _power(behind["percent"] or behind["behind"], scale, percent=percent, found=text) + exponent
    negative = bool(before["open"]) or (before["sign"] or "+") != "+"
    number = _scaled(_ungrouped(digits, notation, text), power, scale)
    bound = _BOUNDS.get(before["bound"], before["bound"]) if before["bound"] else ""
    found = f"{bound}{'-' if negative else ''}{number}"
    try:
        values.parse(found)
    except ValueError:
        raise CellError(Refusal.UNREADABLE, found=text) from None
    return PublishedNumber(text=found, flags=flags)


def _parts(written: str, notation: NumberNotation, text: str) -> tuple[str, str, int, str]:
    """What stands before the digits, the digits with their signs, the power of ten behind them, and the rest."""
    match = _pattern(notation.decimal_char, notation.group_char).fullmatch(written)
    if match is None:
        unknown = re.search(r"[0-9](?P<sign>[ ,.'\u066c\u066b])(?=[0-9])", written)
        if unknown and unknown["sign"] not in notation.group_char + notation.decimal_char:
            raise CellError(Refusal.SIGN, found=text, sign=unknown["sign"])
        raise CellError(Refusal.UNREADABLE, found=text)
    return match["lead"], match["digits"].strip(), int(match["exponent"] or 0), match["trail"]


@lru_cache(maxsize=64)
def _pattern(decimal_char: str, group_char: str) -> re.Pattern[str]:
    group = f"[{re.escape(plain_signs(group_char))}]" if group_char else r"(?!)"
    point = re.escape(plain_signs(decimal_char))
    digits = rf"(?:[0-9]+(?:{group}[0-9]+)*(?:{point}[0-9]*)?|{point}[0-9]+)"
    return re.compile(rf"(?P<lead>[^0-9]*?)(?P<digits>{digits})(?:[eE](?P<exponent>[+-]?[0-9]{{1,2}}))?(?P<trail>[^0-9]*)")


def plain_signs(signs: str) -> str:
    """The characters of a sign that is declared, as `plain` writes them."""
    return signs.translate(_SIGNS)


def _ungrouped(digits: str, notation: NumberNotation, text: str) -> str:
    """Digits without grouping signs, which have to stand where a thousand ends, or as in 12,34,567."""
    whole, point, fraction = digits.partition(plain_signs(notation.decimal_char))
    groups = re.split(r"[^0-9]", whole)
    if len(groups) > 1:
        first, *middle, last = groups
        thousands = len(first) <= 3 and all(len(group) == 3 for group in (*middle, last))  # noqa: PLR2004
        lakhs = len(first) <= 2 and len(last) == 3 and all(len(group) == 2 for group in middle)  # noqa: PLR2004
        if not (thousands or (lakhs and middle)) or first == "0":
            raise CellError(Refusal.GROUPS, found=text)
    return f"{''.join(groups)}{'.' if point else ''}{fraction}"


def _flags(flag: str, notation: NumberNotation, text: str) -> tuple[str, ...]:
    """The statuses of what stands behind a number: one flag, or several of one character each."""
    if not flag:
        return ()
    known = {plain(key): status for key, status in notation.flags.items()}
    for written in (flag, flag.strip(_BRACKETS)):
        if written in known:
            return tuple(filter(None, (known[written],)))
        letters = [letter for letter in written if letter not in " ,"]
        if letters and all(letter in known for letter in letters):
            return tuple(filter(None, dict.fromkeys(known[letter] for letter in letters)))
    raise CellError(Refusal.FLAG, found=text, flag=flag.strip(_BRACKETS) or flag)


def _power(sign: str | None, scale: Decimal | None, *, percent: bool | None, found: str) -> int:
    if sign and (percent is False or (scale is not None and scale != 1)):
        raise CellError(Refusal.PERCENT, found=found)
    if not sign and percent and scale is None:
        raise CellError(Refusal.SHARE, found=found)
    return _PERCENT[sign] if sign else 0


def _scaled(digits: str, power: int, scale: Decimal | None) -> str:
    """Digits times a power of ten and a scale; the digits stay those that were written where the scale is a power of ten."""
    if scale is not None and scale.normalize().as_tuple().digits == (1,):
        power, scale = power + scale.normalize().adjusted(), None
    if scale is not None:
        digits = f"{Decimal(digits) * scale:f}"
    return f"{digits}e{power}" if power else digits

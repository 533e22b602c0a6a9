"""Words back into numbers: what CLDR would write for a locale is what is read here, so no language needs a table of its own.

The scales (億, billion, Milliarden), the signs and the spelled-out numbers come from ICU by asking how it writes them.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import cached_property, lru_cache

from generator import values
from generator.languages import Language
from generator.model import Unit
from generator.values import Interval, Point, Value
from generator.wording import LONG, SHORT, Wording, format_number, spell

_POWERS = range(3, 16)
_SPELLED = (*range(2, 21), *range(30, 100, 10))
_APPROXIMATE = ("value.about",)
_BOUNDS = {"value.at_least": ">=", "value.at_most": "<=", "value.more_than": ">", "value.less_than": "<"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Read:
    """One number read in a text: its size, what was written, where, and whether it was a percentage."""

    number: Decimal
    text: str
    offset: int
    percent: bool = False
    after: str = ""  # the next characters, where a unit may stand


def normal(text: str) -> str:
    """Full-width digits and signs as plain ones; the raised ones of square meters are no numbers."""
    return unicodedata.normalize("NFKC", text.translate(_RAISED))


_RAISED = {ord(char): " " for char in "⁰¹²³⁴⁵⁶⁷⁸⁹"}


@lru_cache(maxsize=64)
def numerals(locale: str) -> Numerals:
    """The reader of one locale."""
    return Numerals(locale)


class Numerals:
    """Reads the numbers of one locale."""

    def __init__(self, locale: str) -> None:
        self.locale = locale

    @cached_property
    def decimal(self) -> str:
        """The sign before the fraction."""
        return format_number(self.locale, Decimal("1.5"), "@@")[1]

    @cached_property
    def group(self) -> str:
        """The sign between groups of digits; empty where there is none."""
        return "".join(char for char in format_number(self.locale, Decimal(1234567), "precision-integer") if not char.isdigit())[:1]

    @cached_property
    def scales(self) -> Mapping[str, Decimal]:
        """Words and short forms of the powers of ten, as CLDR writes them."""
        found: dict[str, Decimal] = {}
        for power in _POWERS:
            for times in (1, 2):
                for kind in ("compact-long", "compact-short"):
                    text = format_number(self.locale, Decimal(times) * Decimal(10) ** power, f"{kind} @@@")
                    match = re.match(r"([\d.,]+)\s*(\D+)$", unicodedata.normalize("NFKC", text).strip())
                    if match and match[1].isdigit():
                        word = match[2].strip().lower()
                        size = Decimal(times) * Decimal(10) ** power / Decimal(match[1])
                        if len(word) > 1 or not word.isascii():  # B and M alone are read as units too often
                            found.setdefault(word, size)
                            found.setdefault(word.rstrip("."), size)
        return found

    @cached_property
    def spelled(self) -> Mapping[str, Decimal]:
        """Small numbers as words; only in scripts that part words by spaces."""
        found = {spell(self.locale, number).lower(): Decimal(number) for number in _SPELLED}
        return {word: number for word, number in found.items() if word.isalpha() and word[0].islower()}

    @cached_property
    def _pattern(self) -> re.Pattern[str]:
        group = re.escape(self.group) if self.group.strip() else r"[\u00a0\u202f ]"
        digits = rf"\d{{1,3}}(?:{group}\d{{3}})+|\d+"
        number = rf"(?:{digits})(?:{re.escape(self.decimal)}\d+)?"
        scale = "|".join(sorted(map(re.escape, self.scales), key=len, reverse=True)) or r"(?!)"
        words = "|".join(sorted(map(re.escape, self.spelled), key=len, reverse=True)) or r"(?!)"
        bounded = r"\b" if any(word.isascii() for word in self.scales) else ""
        return re.compile(rf"(?P<number>{number}|\b(?:{words})\b)(?:\s?(?P<scale>{scale}){bounded})?(?P<percent>\s?%)?", re.IGNORECASE)

    def read(self, text: str) -> list[Read]:
        """Every number of a text in order; neighbours such as 722億2000万 are one, and 66–72 billion share their scale."""
        plain = normal(text)
        found = list(self._single(plain))
        found = list(_joined(found, plain))
        return _shared_scales(found, plain, self.scales)

    def _single(self, text: str) -> Iterator[_Part]:
        for match in self._pattern.finditer(text):
            word = match["number"].lower()
            number = self.spelled.get(word)
            if number is None:
                bare = word.replace(self.group, "") if self.group else word
                number = Decimal(bare.replace(" ", "").replace("\u202f", "").replace(self.decimal, "."))
            scale = self.scales.get((match["scale"] or "").lower(), Decimal(1))
            yield _Part(number, scale, match.start(), match.end(), bool(match["percent"]), bool(match["scale"]))


@dataclass(frozen=True, slots=True)
class _Part:
    number: Decimal
    scale: Decimal
    start: int
    end: int
    percent: bool
    scaled: bool


def _joined(parts: list[_Part], text: str) -> Iterator[_Part]:
    """Digits that follow a larger scale without a gap belong to it: 722億 2000万."""
    held: _Part | None = None
    for part in parts:
        if held is not None and held.scaled and held.end == part.start and part.scale < held.scale and not part.percent:
            held = _Part(
                held.number + part.number * part.scale / held.scale, held.scale, held.start, part.end, percent=False, scaled=True
            )
            continue
        if held is not None:
            yield held
        held = part
    if held is not None:
        yield held


def _shared_scales(parts: list[_Part], text: str, _scales: Mapping[str, Decimal]) -> list[Read]:
    found: list[Read] = []
    for index, part in enumerate(parts):
        scale, percent = part.scale, part.percent
        if not part.scaled and index + 1 < len(parts):
            after = parts[index + 1]
            between = text[part.end : after.start].strip()
            if after.start - part.end <= 6 and between in _RANGE_SIGNS and part.number <= after.number:  # noqa: PLR2004  " bis "
                scale, percent = after.scale, percent or after.percent
        size = part.number * scale
        found.append(
            Read(
                number=size / 100 if percent else size,
                text=text[part.start : part.end],
                offset=part.start,
                percent=percent,
                after=text[part.end : part.end + 24],
            )
        )
    return found


_RANGE_SIGNS = ("-", "–", "—", "~", "～", "〜", "to", "bis", "à", "至", "から")


# --- a worded value back into a Value ------------------------------------------------------------


def parse_value(text: str, unit: Unit, language: Language) -> Value:
    """What `Wording.value` wrote, read back; ValueError where it cannot be."""
    for key, sign in _BOUNDS.items():
        if (inner := _inside(language.word(key), text)) is not None:
            end = parse_value(inner, unit, language)
            return replace(values.bounded(sign, values.middle(end)), about=end.about)
    for key in _APPROXIMATE:
        if (inner := _inside(language.word(key), text)) is not None:
            return replace(parse_value(inner, unit, language), about=True)
    return _parse_core(text, unit, language)


def _parse_core(text: str, unit: Unit, language: Language) -> Value:
    read = numerals(language.locale).read(text)
    if not read or len(read) > 2:  # noqa: PLR2004  a range has two ends
        msg = f"not a worded value: {text}"
        raise ValueError(msg)
    factors = _factors(text, unit, language)
    sign = -1 if text.lstrip().startswith(("-", "−")) else 1
    ends = [sign * one.number * factors for one in read]
    if len(ends) == 1:
        return Point(number=ends[0])
    return Interval(low=ends[0], high=ends[1])


def _factors(text: str, unit: Unit, language: Language) -> Decimal:
    """What the unit's step multiplies: the last step whose own words end the text."""
    words = Wording(language)
    for rung in reversed(unit.ladder):
        for form in (LONG, SHORT):
            for sample in (Decimal(1), Decimal(2), Decimal("1.5")):
                shown = words.value(Point(number=sample * rung.factor), unit, form=form)
                tail = re.sub(r"^[\d.,\s]+", "", shown)
                if tail and text.endswith(tail):
                    return rung.factor
    return Decimal(1)


def _inside(pattern: str, text: str) -> str | None:
    before, _, after = pattern.partition("{0}")
    if (before or after) and text.startswith(before) and text.endswith(after) and len(text) > len(before) + len(after):
        return text[len(before) : len(text) - len(after) or None]
    return None

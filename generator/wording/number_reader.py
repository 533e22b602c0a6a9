"""The numbers in a text: what CLDR would write for a locale is what is read here, so no language needs a table of its own.

The scales (億, billion, Milliarden), the signs and the spelled-out numbers come from ICU by asking how it writes them.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property, lru_cache

from .formatting import format_number, spell

_POWERS = range(3, 16)
_SPELLED = (*range(2, 101), *range(200, 1000, 100))
_MULTIPLIERS = (10, 100, 1000)
# rule sets of CLDR's spelled-out numbers; a locale without one uses its plain one
_GENDERS = ("%spellout-cardinal-feminine", "%spellout-cardinal-masculine", "%spellout-cardinal-neuter")
_RANGE_GAP = 6  # " bis "


@dataclass(frozen=True, slots=True, kw_only=True)
class ParsedNumber:
    """One number read in a text: its size, what was written, where, and whether it was a percentage."""

    number: Decimal
    text: str
    offset: int
    percent: bool = False
    after: str = ""  # the next characters, where a unit may stand


_RAISED = {ord(char): " " for char in "⁰¹²³⁴⁵⁶⁷⁸⁹"}


def normalize_digits(text: str) -> str:
    """Full-width digits and signs as plain ones; the raised ones of square meters are no numbers."""
    return unicodedata.normalize("NFKC", text.translate(_RAISED))


@lru_cache(maxsize=64)
def number_reader(locale: str, half: str = "", *, letters: bool = False) -> NumberReader:
    """The reader of one locale; `half` is a regular expression for one half before a scale, as in "half a" million.

    `letters` reads M and B as scales too, which in running text are units too often.
    """
    return NumberReader(locale, half, letters=letters)


class NumberReader:
    """Reads the numbers of one locale."""

    def __init__(self, locale: str, half: str = "", *, letters: bool = False) -> None:
        self.locale, self.half, self.letters = locale, half, letters

    # --- what the locale writes ------------------------------------------------------------------

    @cached_property
    def decimal(self) -> str:
        """The sign before the fraction."""
        return format_number(self.locale, Decimal("1.5"), "@@")[1]

    @cached_property
    def group(self) -> str:
        """The sign between groups of digits; empty where there is none."""
        written = format_number(self.locale, Decimal(1234567), "precision-integer")
        return "".join(char for char in written if not char.isdigit())[:1]

    @cached_property
    def scales(self) -> Mapping[str, Decimal]:
        """Words and short forms of the powers of ten, as CLDR writes them."""
        found: dict[str, Decimal] = {}
        for power in _POWERS:
            for times in (1, 2):
                for skeleton in ("compact-long @@@", "compact-long @", "compact-short @@@"):
                    size = Decimal(times) * Decimal(10) ** power
                    match = re.match(
                        r"([\d.,]+)\s*(\D+)$", normalize_digits(format_number(self.locale, size, skeleton)).strip()
                    )
                    if match and match[1].isdigit():
                        word = match[2].strip().lower()
                        if self.letters or len(word) > 1 or not word.isascii():
                            found.setdefault(word, size / Decimal(match[1]))
                            found.setdefault(word.rstrip("."), size / Decimal(match[1]))
        larger = {word: size for word, size in found.items() if len(word) == 1}
        for sign, size in self.ideographs.items():  # 2千, 3百万
            if size in _MULTIPLIERS[1:]:
                found |= {sign: size, **{sign + word: size * of for word, of in larger.items()}}
        return found

    @cached_property
    def spelled(self) -> Mapping[str, Decimal]:
        """Small numbers as words; only in scripts that part words by spaces."""
        found = {self._spell(number): Decimal(number) for number in _SPELLED}
        return {word: number for word, number in found.items() if word[0].islower()}

    def _spell(self, number: int, rule: str = "") -> str:
        return spell(self.locale, number, rule).lower().replace("\u00ad", "")

    @cached_property
    def ones(self) -> Mapping[str, Decimal]:
        """The words for one, which count only before a scale."""
        found = {self._spell(1, rule): Decimal(1) for rule in ("", *_GENDERS)}
        return {word: number for word, number in found.items() if word[0].islower()}

    @cached_property
    def ideographs(self) -> Mapping[str, Decimal]:
        """Signs that stand for a digit or a multiplier on their own, as 七 and 百 do; none in alphabetic scripts."""
        found = {spell(self.locale, number): Decimal(number) for number in (*range(10), *_MULTIPLIERS)}
        one = spell(self.locale, 1)
        found = {word.removeprefix(one) or word: number for word, number in found.items()}  # 一百 is 百, once
        return {word: number for word, number in found.items() if len(word) == 1 and not word.isascii()}

    @cached_property
    def percents(self) -> str:
        """How a percentage is told by a word."""
        words = {
            normalize_digits(format_number(self.locale, Decimal(number), "measure-unit/concentr-percent unit-width-full-name"))
            .lstrip("0123456789")
            .strip()
            .lower()
            for number in (1, 2)
        }
        return "|".join(map(re.escape, sorted(word for word in words if word)))

    @cached_property
    def _pattern(self) -> re.Pattern[str]:
        group = re.escape(self.group) if self.group.strip() else r"[\u00a0\u202f ]"
        digits = rf"(?:\d{{1,3}}(?:{group}\d{{3}})+(?!\d)|\d+)(?:{re.escape(self.decimal)}\d+)?"
        scale = _either(self.scales)
        ends = r"\b" if any(word.isascii() for word in self.scales) else ""
        written = [rf"(?P<number>{digits})", rf"\b(?P<word>{_either(self.spelled)})\b"]
        if self.ones:
            written.append(rf"\b(?P<one>{_either(self.ones)})\b(?=\s?(?:{scale}){ends})")
        if self.half:
            written.append(rf"(?P<half>{self.half})(?=\s?(?:{scale}){ends})")
        if self.ideographs:
            signs = re.escape("".join({*self.ideographs, *(one for one in self.scales if len(one) == 1)}))
            written.append(rf"(?P<signs>[{signs}]{{2,}})")
        percent = rf"%|{self.percents}" if self.percents else "%"
        after = rf"(?:\s?(?P<scale>{scale}){ends})?(?P<percent>\s?(?:{percent}))?"
        return re.compile(rf"(?:{'|'.join(written)}){after}", re.IGNORECASE)

    # --- reading ---------------------------------------------------------------------------------

    def read(self, text: str) -> list[ParsedNumber]:
        """Every number of a text in order; neighbours such as 722億2000万 are one, and 66–72 billion share their scale."""
        plain = normalize_digits(text)
        return _shared_scales(list(_joined(self._single(plain))), plain)

    def _single(self, text: str) -> Iterator[_Part]:
        for match in self._pattern.finditer(text):
            found = match.groupdict()
            scale = self.scales.get((found["scale"] or "").lower(), Decimal(1))
            yield _Part(self._number(found), scale, match.start(), match.end(), bool(found["percent"]), bool(found["scale"]))

    def _number(self, found: Mapping[str, str | None]) -> Decimal:
        if written := found["number"]:
            bare = written.replace(self.group, "") if self.group else written
            return Decimal(bare.replace(" ", "").replace("\u202f", "").replace(self.decimal, "."))
        if word := found["word"]:
            return self.spelled[word.lower()]
        if signs := found.get("signs"):
            return self._signs(signs)
        return Decimal("0.5") if found.get("half") else Decimal(1)

    def _signs(self, text: str) -> Decimal:
        """七百億: digits times multipliers, summed up below each scale."""
        total = section = digit = Decimal(0)
        for sign in text:
            size = self.ideographs.get(sign)
            if size is not None and size < _MULTIPLIERS[0]:
                digit = digit * 10 + size
            elif size is not None:
                section, digit = section + (digit or 1) * size, Decimal(0)
            else:
                total, section, digit = total + (section + digit or 1) * self.scales[sign], Decimal(0), Decimal(0)
        return total + section + digit


def _either(words: Mapping[str, object]) -> str:
    return "|".join(map(re.escape, sorted(words, key=len, reverse=True))) or r"(?!)"


@dataclass(frozen=True, slots=True)
class _Part:
    number: Decimal
    scale: Decimal
    start: int
    end: int
    percent: bool
    scaled: bool


def _joined(parts: Iterator[_Part]) -> Iterator[_Part]:
    """Digits that follow a larger scale without a gap belong to it: 722億2000万."""
    held: _Part | None = None
    for part in parts:
        if held is not None and held.scaled and held.end == part.start and part.scale < held.scale and not part.percent:
            number = held.number + part.number * part.scale / held.scale
            held = _Part(number, held.scale, held.start, part.end, percent=False, scaled=True)
            continue
        if held is not None:
            yield held
        held = part
    if held is not None:
        yield held


_MINUS = ("-", "−")
_RANGE_SIGNS = ("-", "–", "—", "~", "～", "〜", "to", "bis", "à", "至", "から")


def _shared_scales(parts: list[_Part], text: str) -> list[ParsedNumber]:
    found: list[ParsedNumber] = []
    for index, part in enumerate(parts):
        scale, percent = part.scale, part.percent
        if not part.scaled and index + 1 < len(parts):
            after = parts[index + 1]
            between = text[part.end : after.start].strip()
            turned = between[1:] in _MINUS  # -3–-2 billion
            between = between[:1] if turned else between
            below_zero = text[: part.start].endswith(_MINUS)
            rising = part.number >= after.number if turned else below_zero or part.number <= after.number
            if after.start - part.end <= _RANGE_GAP and between in _RANGE_SIGNS and rising:
                scale, percent = after.scale, percent or after.percent
        size = part.number.scaleb(scale.adjusted())  # a power of ten; the digits stay those that were written
        found.append(
            ParsedNumber(
                number=size / 100 if percent else size,
                text=text[part.start : part.end],
                offset=part.start,
                percent=percent,
                after=text[part.end : part.end + 24],
            )
        )
    return found

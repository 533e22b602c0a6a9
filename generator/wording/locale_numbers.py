"""How a locale writes numbers in running text: signs, scales (億, billion, Milliarden), words and shares, found by ICU."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Mapping
from decimal import Decimal
from functools import cached_property

from ..records.struct import Struct
from .author_patterns import MAX_LENGTH, AuthorPattern
from .icu import format_number, spell
from .spellings import Spellings, currency_signs, spellings

PER_MILLE = "\u2030"
MULTIPLIERS = (10, 100, 1000)
_POWERS = range(3, 16)
_SPELLED = (*range(2, 101), *range(200, 1000, 100))
# CLDR's rule sets of numbers in words; a locale without one uses its default
_GENDERS = ("%spellout-cardinal-feminine", "%spellout-cardinal-masculine", "%spellout-cardinal-neuter")
_REPLACED = {**{ord(char): " " for char in "⁰¹²³⁴⁵⁶⁷⁸⁹"}, **dict.fromkeys((0x200E, 0x200F, 0x061C), "")}


def normalize_digits(text: str) -> str:
    """The text with full-width digits and signs as in ASCII (NFKC), superscripts (m²) as spaces, without marks of direction."""
    return unicodedata.normalize("NFKC", text.translate(_REPLACED))


class ReadingWords(Struct, frozen=True, kw_only=True):
    """How a language writes numbers besides what CLDR knows, as regular expressions, and words between the ends of ranges."""

    half: str = ""  # one half before a scale, as "half a" in "half a million"
    tenth: str = ""  # what makes the number before it tenths
    negative: str = ""  # what says beside an amount that it is below zero, as "loss of"
    ranges: tuple[str, ...] = ()  # as "to" in "66 to 72 billion"


class LocaleNumbers:
    """What stands in a text of a locale for a number."""

    def __init__(self, locale: str, words: ReadingWords) -> None:
        self.locale, self.words = locale, words

    @cached_property
    def known(self) -> Spellings:
        """What CLDR does not have."""
        return spellings(self.locale)

    @cached_property
    def decimal(self) -> str:
        """The decimal sign."""
        return format_number(self.locale, Decimal("1.5"), "@@")[1]

    @cached_property
    def group(self) -> str:
        """The grouping sign; empty where there is none."""
        written = format_number(self.locale, Decimal(1234567), "precision-integer")
        return "".join(char for char in written if not char.isdigit())[:1]

    @cached_property
    def _groups_by_two(self) -> bool:
        """Whether groups above the thousands have two digits."""
        written = format_number(self.locale, Decimal(1234567), "precision-integer")
        return any(len(part) == 2 for part in re.split(r"\D+", written)[1:])  # noqa: PLR2004

    @cached_property
    def scales(self) -> Mapping[str, Decimal]:
        """Words and abbreviations of powers of ten from 10³, with what they stand for."""
        scales: dict[str, Decimal] = {}
        for power in _POWERS:
            for times in (1, 2):
                for skeleton in ("compact-long @@@", "compact-long @", "compact-short @@@"):
                    size = Decimal(times) * Decimal(10) ** power
                    match = re.match(
                        r"([\d.,]+)\s*(\D+)$", normalize_digits(format_number(self.locale, size, skeleton)).strip()
                    )
                    if match and match[1].isdigit():
                        word = match[2].strip().lower()
                        if len(word) > 1 or not word.isascii():  # single letters are more often units
                            scales.setdefault(word, size / Decimal(match[1]))
                            scales.setdefault(word.rstrip("."), size / Decimal(match[1]))
        larger = {word: size for word, size in scales.items() if len(word) == 1}
        for sign, size in self.ideographs.items():  # 2千, 3百万
            if size in MULTIPLIERS[1:]:
                scales |= {sign: size, **{sign + word: size * of for word, of in larger.items()}}
        return scales

    @cached_property
    def spelled(self) -> Mapping[str, Decimal]:
        """Small numbers in words; none in scripts without letter case."""
        words = {self._spell(number): Decimal(number) for number in _SPELLED}
        return {word: number for word, number in words.items() if word[0].islower()}

    def _spell(self, number: int, rule: str = "") -> str:
        return spell(self.locale, number, rule).lower().replace("\u00ad", "")

    @cached_property
    def ones(self) -> Mapping[str, Decimal]:
        """The words for 1, which are numbers only before a scale."""
        words = {self._spell(1, rule): Decimal(1) for rule in ("", *_GENDERS)}
        return {word: number for word, number in words.items() if word[0].islower()}

    @cached_property
    def ideographs(self) -> Mapping[str, Decimal]:
        """Characters that are a digit or a multiplier, as 七 and 百 are; none in alphabetic scripts."""
        words = {spell(self.locale, number): Decimal(number) for number in (*range(10), *MULTIPLIERS)}
        one = spell(self.locale, 1)
        signs = {word.removeprefix(one) or word: number for word, number in words.items()}  # 一百 is 百, once
        return {sign: number for sign, number in signs.items() if len(sign) == 1 and not sign.isascii()}

    @cached_property
    def percents(self) -> str:
        """The sign and the words for percent and per mille, as alternatives of a regular expression; not those of points."""
        skeletons = ("measure-unit/concentr-percent unit-width-full-name", "percent")
        words = {
            re.sub(r"[\d.,]", "", normalize_digits(format_number(self.locale, Decimal(number), skeleton))).strip().lower()
            for number in (1, 2)
            for skeleton in skeletons
        }
        known = sorted({"%", PER_MILLE, *(word for word in words if word), *self.known.percents}, key=len, reverse=True)
        points = "|".join(self.known.points) or "(?!)"
        return "|".join(rf"{re.escape(word)}{_end(word)}(?!\s?(?:{points})(?!\w))" for word in known)

    @cached_property
    def percent_first(self) -> bool:
        """Whether the locale writes the sign for percent before the number."""
        return not normalize_digits(format_number(self.locale, Decimal(1), "percent"))[:1].isdecimal()

    @cached_property
    def abbreviated(self) -> Mapping[str, Decimal]:
        """All words and abbreviations of powers of ten that may follow any number."""
        return {**self.known.scales, **self.scales}

    def _shares(self) -> Iterator[str]:
        """What is written for a share: 10分の3, two thirds."""
        if self.known.fractions:
            words = (f"{one.replace(' ', '[ -]')}{_end(one)}" for one in self.known.fractions)
            yield rf"\b(?P<share>{'|'.join(words)})"
        if self.known.fraction:
            sign = rf"(?:\d{{1,3}}|[{re.escape(''.join(self.ideographs))}]+)"
            yield rf"(?<!\d)(?<!\d[.,])(?P<denominator>{sign}){self.known.fraction}(?P<numerator>{sign})"

    @cached_property
    def pattern(self) -> re.Pattern[str] | AuthorPattern:
        """A number in digits or words, with its scale and percent sign."""
        group = re.escape(self.group) if self.group.strip() else r"[\u00a0\u202f ]"
        between = r"\d{2,3}" if self.group and self._groups_by_two else r"\d{3}"  # 12,34,567
        digits = rf"(?:\d{{1,3}}(?:{group}{between}){{0,20}}{group}\d{{3}}(?!\d)|\d+)(?:{re.escape(self.decimal)}\d+)?"
        scale, percent = alternatives(self.abbreviated), self.percents
        other, signs = "," if self.decimal == "." else "\\.", currency_signs()
        sure = rf"(?=\s?(?:(?:{scale})|{percent}|[{signs}]))|(?<=[{signs}])\d{{1,3}}{other}\d{{1,2}}(?![\d.,]?\d)"
        foreign = (
            rf"(?<!\d)(?<!\d[.,])(?:\d{{1,3}}{other}\d{{1,2}}{sure})"  # 1.5 Mio. Euro, in a language that has a comma there
        )
        written = [*self._shares(), rf"(?P<foreign>{foreign})", rf"(?P<number>{digits})"]
        written.append(rf"\b(?P<word>{alternatives(self.spelled)})\b")
        if self.ones:
            written.append(rf"\b(?P<one>{alternatives(self.ones)})\b(?=\s?(?:{scale}))")
        if self.words.half:
            written.append(rf"(?P<half>{self.words.half})(?=\s?(?:{scale}))")
        if self.ideographs:
            ideographs = re.escape("".join({*self.ideographs, *(scale for scale in self.scales if len(scale) == 1)}))
            tenth = self._tenths or "(?!)"
            written.append(rf"(?P<signs>[{ideographs}]{{2,}}|[{ideographs}](?={tenth}))")
        more = rf"(?:\s(?P<more>{scale}))?" if any(word.isascii() for word in self.scales) or self._groups_by_two else ""
        tenth = rf"|(?P<tenth>\s?(?:{self._tenths})){self._finer}" if self._tenths else ""
        after = rf"(?:\s?(?P<scale>{scale}){more})?(?:(?P<percent>\s?(?:{percent})){tenth})?"
        pattern = rf"(?:{'|'.join(written)}){after}"
        if own := len(self.words.half) + len(self.words.tenth):
            return AuthorPattern(pattern, ignore_case=True, max_length=MAX_LENGTH + len(pattern) - own)
        return re.compile(pattern, re.IGNORECASE)

    @property
    def _tenths(self) -> str:
        """What makes the number before it tenths, as a regular expression."""
        return "|".join(filter(None, (self.words.tenth, *self.known.tenths[:1])))

    @property
    def _finer(self) -> str:
        """Hundredths and so on behind tenths: the 五分 of 三割五分."""
        digit = rf"(?:\d|[{re.escape(''.join(self.ideographs))}])"
        finer = (rf"(?:\s?(?P<finer{at}>{digit}){re.escape(word)})?" for at, word in enumerate(self.known.tenths[1:], 1))
        return "".join(finer)


def alternatives(words: Mapping[str, object]) -> str:
    """A regular expression for any of the words as a whole, the longest first; one that never matches for none."""
    return "|".join(f"{re.escape(word)}{_end(word)}" for word in sorted(words, key=len, reverse=True)) or r"(?!)"


def is_alphabetic(char: str) -> bool:
    """Whether a character is a letter of a script with letter case, as in GPT-5, where a dash is a hyphen."""
    return char.lower() != char.upper()


def _end(word: str) -> str:
    """What ends a word: in scripts with letter case, no letter follows."""
    return r"(?!\w)" if is_alphabetic(word[-1:]) else ""

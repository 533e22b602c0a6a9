"""Reading of numbers in running text: what ICU would write in a locale is recognised, so no language needs a table.

Scales (億, billion, Milliarden), signs and numbers in words are found by letting ICU format them.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property, lru_cache

from .author_patterns import MAX_LENGTH, AuthorPattern
from .icu import format_number, spell
from .myriads import gap
from .parsed_numbers import NumberMatch, ParsedNumber, join_adjacent

_POWERS = range(3, 16)
_SPELLED = (*range(2, 101), *range(200, 1000, 100))
_MULTIPLIERS = (10, 100, 1000)
# CLDR's rule sets of numbers in words; a locale without one uses its default
_GENDERS = ("%spellout-cardinal-feminine", "%spellout-cardinal-masculine", "%spellout-cardinal-neuter")
_RANGE_GAP = 6  # most characters between the numbers of a range, as in " bis "
_RANGE_MARKS = frozenset("-\u2010\u2011\u2012\u2013\u2014\u2015~\u223c\u301c")  # dashes and tildes, in any language
_MINUS = ("-", "\u2212")
_LOSS_MARKS = ("\u25b2", "\u25b3")  # triangles, as tables of accounts have them
_UNIT_GAP = 4  # most characters of a unit between a number and a dash that joins it to the next
_CLAUSE_END = re.compile(r"[;；。!?！？]|\.\s")  # beyond it, a word is about something else
_BEFORE = 40  # characters before a number in which a sign or a word for percent stands
_NEAR = 16  # characters around a number in which a word says that it is below zero


_REPLACED = {**{ord(char): " " for char in "⁰¹²³⁴⁵⁶⁷⁸⁹"}, **dict.fromkeys((0x200E, 0x200F, 0x061C), "")}


def normalize_digits(text: str) -> str:
    """The text with full-width digits and signs as in ASCII (NFKC), superscripts (m²) as spaces, without marks of direction."""
    return unicodedata.normalize("NFKC", text.translate(_REPLACED))


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadingWords:
    """How a language writes numbers besides what CLDR knows, as regular expressions, and words between the ends of ranges."""

    half: str = ""  # one half before a scale, as "half a" in "half a million"
    tenth: str = ""  # what makes the number before it tenths
    negative: str = ""  # what says beside an amount that it is below zero, as "loss of"
    ranges: tuple[str, ...] = ()  # as "to" in "66 to 72 billion"


NO_WORDS = ReadingWords()


@lru_cache(maxsize=64)
def number_reader(locale: str, words: ReadingWords = NO_WORDS) -> NumberReader:
    """The reader of a locale."""
    return NumberReader(locale, words)


class NumberReader:
    """Finds numbers as a locale writes them; see `number_reader`."""

    def __init__(self, locale: str, words: ReadingWords) -> None:
        self.locale, self.words = locale, words
        self.negative = AuthorPattern(words.negative or r"(?!)", ignore_case=True)
        self.range_words = frozenset(word.lower() for word in words.ranges)

    # --- what the locale writes ------------------------------------------------------------------

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
            if size in _MULTIPLIERS[1:]:
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
        words = {spell(self.locale, number): Decimal(number) for number in (*range(10), *_MULTIPLIERS)}
        one = spell(self.locale, 1)
        signs = {word.removeprefix(one) or word: number for word, number in words.items()}  # 一百 is 百, once
        return {sign: number for sign, number in signs.items() if len(sign) == 1 and not sign.isascii()}

    @cached_property
    def percents(self) -> str:
        """The sign and the words for percent, as alternatives of a regular expression."""
        skeletons = ("measure-unit/concentr-percent unit-width-full-name", "percent")
        words = {
            re.sub(r"[\d.,]", "", normalize_digits(format_number(self.locale, Decimal(number), skeleton))).strip().lower()
            for number in (1, 2)
            for skeleton in skeletons
        }
        return "|".join(map(re.escape, sorted({"%", *(word for word in words if word)})))

    @cached_property
    def percent_first(self) -> bool:
        """Whether the locale writes the sign for percent before the number."""
        return not normalize_digits(format_number(self.locale, Decimal(1), "percent"))[:1].isdecimal()

    @cached_property
    def _pattern(self) -> re.Pattern[str] | AuthorPattern:
        """A number in digits or words, with its scale and percent sign."""
        group = re.escape(self.group) if self.group.strip() else r"[\u00a0\u202f ]"
        between = r"\d{2,3}" if self.group and self._groups_by_two else r"\d{3}"  # 12,34,567
        digits = rf"(?:\d{{1,3}}(?:{group}{between}){{0,20}}{group}\d{{3}}(?!\d)|\d+)(?:{re.escape(self.decimal)}\d+)?"
        scale = _alternatives(self.scales)
        ends = r"\b" if any(word.isascii() for word in self.scales) else ""
        written = [rf"(?P<number>{digits})", rf"\b(?P<word>{_alternatives(self.spelled)})\b"]
        if self.ones:
            written.append(rf"\b(?P<one>{_alternatives(self.ones)})\b(?=\s?(?:{scale}){ends})")
        if self.words.half:
            written.append(rf"(?P<half>{self.words.half})(?=\s?(?:{scale}){ends})")
        if self.ideographs:
            signs = re.escape("".join({*self.ideographs, *(scale for scale in self.scales if len(scale) == 1)}))
            written.append(rf"(?P<signs>[{signs}]{{2,}}|[{signs}](?={self.words.tenth or '(?!)'}))")
        percent = self.percents
        tenth = rf"|(?P<tenth>\s?(?:{self.words.tenth}))" if self.words.tenth else ""
        after = rf"(?:\s?(?P<scale>{scale}){ends})?(?:(?P<percent>\s?(?:{percent})){tenth})?"
        pattern = rf"(?:{'|'.join(written)}){after}"
        if own := len(self.words.half) + len(self.words.tenth):
            return AuthorPattern(pattern, ignore_case=True, max_length=MAX_LENGTH + len(pattern) - own)
        return re.compile(pattern, re.IGNORECASE)

    # --- reading ---------------------------------------------------------------------------------

    def read(self, text: str) -> list[ParsedNumber]:
        """The numbers of a text in order; 722億2000万 is one number, and in 66–72 billion both are billions."""
        plain = normalize_digits(text)
        return self._share_scales(list(join_adjacent(self._matches(plain), len(gap(self.locale)))), plain)

    def _matches(self, text: str) -> Iterator[NumberMatch]:
        for match in self._pattern.finditer(text):
            groups = match.groupdict()
            scale = self.scales.get((groups["scale"] or "").lower(), Decimal(1))
            number, percent, scaled = self._number(groups), bool(groups["percent"]), bool(groups["scale"])
            if self.percent_first and re.search(
                rf"(?:{self.percents})\s?$", text[max(0, match.start() - _BEFORE) : match.start()], re.IGNORECASE
            ):
                percent = True
            if groups.get("tenth"):
                number, percent = number * 10, True
            yield NumberMatch(number, scale, match.start(), match.end(), percent=percent, scaled=scaled)

    def _share_scales(self, matches: list[NumberMatch], text: str) -> list[ParsedNumber]:
        """The numbers of matches; the first of a range has the scale and the percent sign of the second."""
        numbers: list[ParsedNumber] = []
        for index, match in enumerate(matches):
            scale, percent = match.scale, match.percent
            if not match.scaled and index + 1 < len(matches) and self._is_range(match, matches[index + 1], text):
                scale, percent = matches[index + 1].scale, percent or matches[index + 1].percent
            size = match.number.scaleb(scale.adjusted())  # a power of ten; the digits stay those that were written
            numbers.append(
                ParsedNumber(
                    number=size / 100 if percent else size,
                    text=text[match.start : match.end],
                    offset=match.start,
                    percent=percent,
                    sign=self._sign(match, matches[index - 1].end if index else -_UNIT_GAP - 1, text),
                    after=text[match.end : match.end + 24],
                )
            )
        return numbers

    def _is_range(self, first: NumberMatch, second: NumberMatch, text: str) -> bool:
        """Whether two numbers are the ends of a range, the smaller one first."""
        between = text[first.end : second.start].strip().lower()
        negative = len(between) > 1 and between.endswith(_MINUS)  # -3–-2 billion
        between = between[:-1].strip() if negative else between
        below_zero = text.endswith((*_MINUS, *_LOSS_MARKS), 0, first.start)
        rising = first.number >= second.number if negative else below_zero or first.number <= second.number
        return second.start - first.end <= _RANGE_GAP and (between in _RANGE_MARKS or between in self.range_words) and rising

    def _sign(self, match: NumberMatch, before: int, text: str) -> int:
        """The sign of a number, see ParsedNumber; `before` is the end of the number before it."""
        start = match.start
        while start and (unicodedata.category(text[start - 1]) in ("Sc", "Cf") or text[start - 1] in " \u00a0"):
            start -= 1  # the sign of a currency may stand between
        lead, outer = text[start - 1 : start], text[max(0, start - 2) : start - 1]
        if lead in _LOSS_MARKS:
            return -1
        if lead in _MINUS and lead and not _is_alphabetic(outer) and not outer.isdecimal():
            return 0 if outer.strip() and start - 1 - before <= _UNIT_GAP else -1  # "10億円-20億円" may be a range
        if lead == "(" and text[match.end : match.end + _NEAR].partition(")")[1]:
            return 0
        clause = _CLAUSE_END.split(text[max(0, match.start - _NEAR) : match.start])[-1]
        clause += "\n" + _CLAUSE_END.split(text[match.end : match.end + _NEAR])[0]
        return 0 if self.negative.search(clause) else 1

    def _number(self, groups: Mapping[str, str | None]) -> Decimal:
        if written := groups["number"]:
            bare = written.replace(self.group, "") if self.group else written
            return Decimal(bare.replace(" ", "").replace("\u202f", "").replace(self.decimal, "."))
        if word := groups["word"]:
            return self.spelled[word.lower()]
        if signs := groups.get("signs"):
            return self._ideographic(signs)
        return Decimal("0.5") if groups.get("half") else Decimal(1)

    def _ideographic(self, text: str) -> Decimal:
        """The value of ideographs such as 七百億: digits times multipliers, summed below each scale."""
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


def _alternatives(words: Mapping[str, object]) -> str:
    """A regular expression for any of the words, the longest first; one that never matches for none."""
    return "|".join(map(re.escape, sorted(words, key=len, reverse=True))) or r"(?!)"


def _is_alphabetic(char: str) -> bool:
    """Whether a character is a letter of a script with letter case, as in GPT-5, where a dash is a hyphen."""
    return char.lower() != char.upper()

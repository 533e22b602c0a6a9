"""Reading of numbers in running text: what ICU would write in a locale is recognised, and how people abbreviate it."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Mapping
from decimal import Decimal
from functools import cached_property, lru_cache

from .author_patterns import AuthorPattern
from .language_names import currency_codes
from .locale_numbers import MULTIPLIERS, PER_MILLE, LocaleNumbers, ReadingWords, alternatives, is_alphabetic, normalize_digits
from .myriads import gap, steps
from .parsed_numbers import NumberMatch, ParsedNumber, join_adjacent, join_sections
from .spellings import currency_signs

__all__ = ["NO_WORDS", "NumberReader", "ReadingWords", "normalize_digits", "number_reader"]

_RANGE_GAP = 6  # most characters between the numbers of a range, as in " bis "
_RANGE_MARKS = frozenset("-\u2010\u2011\u2012\u2013\u2014\u2015~\u223c\u301c")  # dashes and tildes, in any language
_TRUE_MINUS = "\u2212"
_MINUS = ("-", "\u2012", "\u2013", _TRUE_MINUS)  # some writers have dashes for it
_LOSS_MARKS = ("\u25b2", "\u25b3", "\u25bc")  # triangles, as tables of accounts have them
_UNIT_GAP = 4  # most characters of a unit between a number and a dash that joins it to the next
_CLAUSE_END = re.compile(r"[;；。!?！？]|\.\s")  # beyond it, a word is about something else
_CODE = re.compile(r"(?<![A-Za-z])[A-Z]{1,3}$")  # US$, EUR
_BEFORE = 40  # characters before a number in which a sign or a word for percent stands
_NEAR = 16  # characters around a number in which a word says that it is below zero

NO_WORDS = ReadingWords()


@lru_cache(maxsize=64)
def number_reader(locale: str, words: ReadingWords = NO_WORDS) -> NumberReader:
    """The reader of a locale."""
    return NumberReader(locale, words)


class NumberReader:
    """Finds numbers as a locale writes them; see `number_reader`."""

    def __init__(self, locale: str, words: ReadingWords) -> None:
        self.locale, self.words, self.written = locale, words, LocaleNumbers(locale, words)
        self.negative = AuthorPattern(words.negative or r"(?!)", ignore_case=True)
        self.range_words = frozenset(word.lower() for word in words.ranges)
        self.decimal, self.group = self.written.decimal, self.written.group
        self._signs = f"{currency_signs()} \u00a0\u202f"

    @property
    def scales(self) -> Mapping[str, Decimal]:
        """Words of CLDR for powers of ten from 10³, with what they stand for."""
        return self.written.scales

    @cached_property
    def ideographs(self) -> Mapping[str, Decimal]:
        """Characters that are a digit or a multiplier."""
        return self.written.ideographs

    @cached_property
    def percent_first(self) -> bool:
        """Whether the locale writes the sign for percent before the number."""
        return self.written.percent_first

    @cached_property
    def _behind(self) -> re.Pattern[str]:
        """A scale or a sign for percent behind the bracket of (500) million."""
        scale = rf"(?:\s?(?P<scale>{alternatives(self.written.abbreviated)}))?"
        return re.compile(rf"{scale}(?P<percent>\s?(?:{self.written.percents}))?", re.IGNORECASE)

    @cached_property
    def _money_behind(self) -> re.Pattern[str]:
        return re.compile(
            rf"\s?(?P<scale>{'|'.join(sorted(self.written.known.money, key=len, reverse=True))})"
            rf"(?:\s?(?P<sign>[{currency_signs()}])|(?![\w/]))",
            re.IGNORECASE,
        )

    @cached_property
    def _money_before(self) -> re.Pattern[str]:
        """The sign or code of a currency before a number, or before the first number of a range."""
        joins = "|".join(map(re.escape, sorted({*_RANGE_MARKS, *self.range_words})))
        first = rf"(?:[\d.,]+[a-z]?\s?(?:{joins})\s?)?"
        money = rf"(?:(?P<sign>[{currency_signs()}])|(?<![A-Z])(?P<code>[A-Z]{{3}}))"
        return re.compile(rf"{money}[\s(]?[-\u2012\u2013\u2212(]?{first}$")

    def read(self, text: str) -> list[ParsedNumber]:
        """The numbers of a text in order; 722億2000万 is one number, and in 66–72 billion both are billions."""
        plain = normalize_digits(text)
        return self._share_scales(list(join_adjacent(self._sections(plain), len(gap(self.locale)))), plain)

    def _sections(self, text: str) -> Iterator[NumberMatch]:
        matches = self._matches(text)
        return join_sections(matches) if steps(self.locale) else matches

    def _matches(self, text: str) -> Iterator[NumberMatch]:
        for match in self.written.pattern.finditer(text):
            groups, end = match.groupdict(), match.end()
            scale, scaled = self._size(groups["scale"]) * self._size(groups.get("more")), bool(groups["scale"])
            percent, number = groups["percent"] or "", self._number(groups)
            enclosed = text[: match.start()].rstrip(self._signs).endswith("(") and text.startswith(")", end)
            if enclosed and (outer := self._behind.match(text, end + 1)) and not scaled and not percent:
                scale, scaled, percent = self._size(outer["scale"]), bool(outer["scale"]), outer["percent"] or ""
                end = outer.end()
            if not scaled and not percent and (letter := self._money(text, match.start(), end)):
                scale, scaled, end = self.written.known.money[letter["scale"].lower()], True, letter.end()
            before = text[max(0, match.start() - _BEFORE) : match.start()]
            if self.percent_first and re.search(rf"(?:{self.written.percents})\s?$", before, re.IGNORECASE):
                percent = "%"
            if PER_MILLE in percent:
                number /= 10
            is_share = bool(percent or groups.get("share") or groups.get("denominator"))
            if groups.get("tenth"):
                number, is_share = (number + self._finer(groups)) * 10, True
            yield NumberMatch(number, scale, match.start(), end, percent=is_share, scaled=scaled, enclosed=enclosed)

    def _size(self, word: str | None) -> Decimal:
        return self.written.abbreviated.get((word or "").lower(), Decimal(1))

    def _finer(self, groups: Mapping[str, str | None]) -> Decimal:
        """What hundredths and so on add to tenths."""
        signs = ((at, groups[f"finer{at}"]) for at in range(1, len(self.written.known.tenths)))
        return sum((self._whole(sign).scaleb(-at) for at, sign in signs if sign), Decimal(0))

    def _money(self, text: str, start: int, end: int) -> re.Match[str] | None:
        """The abbreviation of a power of ten behind a number that has the sign or the code of a currency beside it."""
        found = self._money_behind.match(text, end)
        if found is None or found["sign"]:
            return found
        before = self._money_before.search(text[max(0, start - _BEFORE) : start])
        return found if before and (before["sign"] or before["code"] in currency_codes()) else None

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
        between = text[first.end : second.start].strip(self._signs).lower()
        negative = len(between) > 1 and between.endswith(_MINUS)  # -3–-2 billion
        between = between[:-1].strip() if negative else between
        below_zero = text.endswith((*_MINUS, *_LOSS_MARKS), 0, first.start)
        rising = first.number >= second.number if negative else below_zero or first.number <= second.number
        return second.start - first.end <= _RANGE_GAP and (between in _RANGE_MARKS or between in self.range_words) and rising

    def _sign(self, match: NumberMatch, before: int, text: str) -> int:
        """The sign of a number, see ParsedNumber; `before` is the end of the number before it."""
        start = self._start_of_money(text, match.start)
        lead, outer = text[start - 1 : start], text[max(0, start - 2) : start - 1]
        if lead in _LOSS_MARKS:
            return -1
        if lead in _MINUS and lead and not is_alphabetic(outer) and not outer.isdecimal():
            spaced = lead != _TRUE_MINUS and text[start : start + 1].isspace()  # a dash between words
            return 0 if spaced or (outer.strip() and start - 1 - before <= _UNIT_GAP) else -1  # "10億円-20億円" may be a range
        if lead == "(" and (match.enclosed or ")" in text[match.end : match.end + _NEAR]):
            return 0
        clause = _CLAUSE_END.split(text[max(0, match.start - _NEAR) : match.start])[-1]
        clause += "\n" + _CLAUSE_END.split(text[match.end : match.end + _NEAR])[0]
        return 0 if self.negative.search(clause) else 1

    def _start_of_money(self, text: str, start: int) -> int:
        """Where an amount begins with the sign or the code of its currency, if there is one: at US$ of US$ 5."""
        while start and (unicodedata.category(text[start - 1]) in ("Sc", "Cf") or text[start - 1] in " \u00a0"):
            start -= 1
        found = _CODE.search(text[max(0, start - _BEFORE) : start])
        has_sign = unicodedata.category(text[start : start + 1] or " ") == "Sc"
        return start - len(found[0]) if found and (has_sign or found[0] in currency_codes()) else start

    def _number(self, groups: Mapping[str, str | None]) -> Decimal:
        if (share := self._share(groups)) is not None:
            return share * 100
        if foreign := groups["foreign"]:
            return Decimal(foreign.replace(",", "."))
        if written := groups["number"]:
            bare = written.replace(self.group, "") if self.group else written
            return Decimal(bare.replace(" ", "").replace("\u202f", "").replace(self.decimal, "."))
        if word := groups["word"]:
            return self.written.spelled[word.lower()]
        if signs := groups.get("signs"):
            return self._ideographic(signs)
        return Decimal("0.5") if groups.get("half") else Decimal(1)

    def _share(self, groups: Mapping[str, str | None]) -> Decimal | None:
        """The share that a fraction states, as two thirds or 10分の3; None for other numbers."""
        if words := groups.get("share"):
            return self.written.known.fractions[words.lower().replace("-", " ")]
        if written := groups.get("denominator"):
            whole = self._whole(written)
            return self._whole(groups["numerator"] or "") / whole if whole else Decimal(0)
        return None

    def _whole(self, text: str) -> Decimal:
        return Decimal(text) if text.isdecimal() else self._ideographic(text)

    def _ideographic(self, text: str) -> Decimal:
        """The value of ideographs such as 七百億: digits times multipliers, summed below each scale."""
        total = section = digit = Decimal(0)
        for sign in text:
            size = self.ideographs.get(sign)
            if size is not None and size < MULTIPLIERS[0]:
                digit = digit * 10 + size
            elif size is not None:
                section, digit = section + (digit or 1) * size, Decimal(0)
            else:
                total, section, digit = total + (section + digit or 1) * self.scales[sign], Decimal(0), Decimal(0)
        return total + section + digit

"""A value in other words than those of the report: numbers, the words of the unit, and a sign of a bound; nothing else."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from ..model import values
from ..model.languages import Language
from ..model.report import Edition, Fact
from ..model.values import Interval, Point, Value
from ..wording.formatting import LONG, SHORT
from ..wording.number_reader import normalize_digits, number_reader
from ..wording.parsed_numbers import ParsedNumber
from ..wording.texts import Texts

_SIGN = re.compile(r"\s*(>=|<=|[<>~\u2248\u2252\u223c\u2264\u2265\uff1c\uff1e])\s*")
_SIGNS = {
    **dict.fromkeys("\u2248\u2252\u223c", "~"),
    "\u2264": "<=",
    "\u2265": ">=",
    "\uff1c": "<",
    "\uff1e": ">",
}
_JOINS = frozenset("-\u2010\u2011\u2012\u2013\u2014\u2015~\u223c\u301c")  # dashes and tildes between the ends of a range
_BELOW_ZERO = "-\u2012\u2013\u2212\u25b2\u25b3\u25bc"  # what the reader of numbers takes for a minus
_BOTH_ENDS = 2


def split_sign(text: str) -> tuple[str, str]:
    """The sign of a bound or of "about" that a text begins with, as data/ has it, and the rest.

    A wave dash in front is none of them: in Japanese it says "up to", elsewhere "about".
    """
    match = _SIGN.match(text)
    return (_SIGNS.get(match[1], match[1]), text[match.end() :]) if match else ("", text)


def unit_words(fact: Fact, edition: Edition, languages: Sequence[Language]) -> frozenset[str]:
    """What the report's languages write beside the numbers of a fact, without words of bounds and ranges."""
    ends = [Point(number=end.number) for end in values.ends(fact.value)] if isinstance(fact.value, Value) else []
    return frozenset(
        word
        for language in languages
        for form in (LONG, SHORT)
        for end in ends
        for gap in _gaps(Texts(edition, language).word_value(end, fact.unit, form), language)
        for word in _words(gap)
        if form == LONG or not word.isalnum()  # a single letter there may be a scale
    )


def read_typed_words(text: str, known: frozenset[str], language: Language, *, percent: bool) -> Value | None:
    """The number or range of a text that has nothing else but known words; None for any other."""
    if re.search(r"\d\s*[\u2070-\u209c\u00b2\u00b3\u00b9\u00bc-\u00be\u2150-\u215f]", text):
        return None  # a power, or a fraction behind a whole number
    numbers = number_reader(language.locale).read(text)
    if len(numbers) not in (1, _BOTH_ENDS) or any(number.percent is not percent for number in numbers):
        return None
    first, *between, last = (_words(gap) for gap in _gaps(text, language, numbers))
    if not known.issuperset((*first, *last)) or not all(_joins(words, known, language) for words in between):
        return None
    sizes = [number.number.copy_negate() if number.sign < 0 else number.number for number in numbers]
    if not between:
        return Point(number=sizes[0])
    rises = sizes[0] < sizes[1] and not _may_lack_scale(numbers, language)
    return Interval(low=sizes[0], high=sizes[1]) if rises else None


def _gaps(text: str, language: Language, numbers: Sequence[ParsedNumber] = ()) -> list[str]:
    """What stands before, between and behind the numbers of a text, without their minus signs."""
    plain, at, gaps = normalize_digits(text), 0, list[str]()
    for number in numbers or number_reader(language.locale).read(text):
        before = plain[at : number.offset]
        minus = max(map(before.rfind, _BELOW_ZERO)) if number.sign < 0 else -1
        gaps.append(before if minus < 0 else before[:minus] + before[minus + 1 :])
        at = number.offset + len(number.text)
    return [*gaps, plain[at:]]


def _words(gap: str) -> list[str]:
    return re.findall(r"\w+(?:-\w+)*|[^\w\s]", gap.casefold())


def _joins(words: Sequence[str], known: frozenset[str], language: Language) -> bool:
    """Whether words between two numbers are one sign or word of a range, and otherwise the unit."""
    joints = _JOINS | set(_range_words(language))
    return sum(word in joints for word in words) == 1 and all(word in joints or word in known for word in words)


def _range_words(language: Language) -> Iterator[str]:
    for key in ("value.range", "value.range_signed"):
        pattern = language.words.get(key, "")
        yield from _words(pattern.partition("{0}")[2].partition("{1}")[0])


def _may_lack_scale(numbers: Sequence[ParsedNumber], language: Language) -> bool:
    """Whether only the second of two numbers has a scale, and the first was not read with it: in 10–5 million, 10."""
    first, second = numbers
    if any(map(str.isalpha, first.text)) or not any(map(str.isalpha, second.text)):
        return False
    alone = number_reader(language.locale).read(first.text)
    return len(alone) == 1 and alone[0].number == first.number

"""The quantities of finished pages, read back from their HTML: the same facts with the same numbers in every language."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from html import unescape

from ..diagnostics.finding import Diagnostic, Span
from ..model.languages import Language
from ..model.periods import Period
from ..model.report import Edition
from ..model.units import Unit
from ..model.values import Value
from ..wording.parsing import parse_growth, parse_period, parse_value

Number = tuple[str, ...]  # what was read: the known ends, or a date


@dataclass(frozen=True, slots=True)
class Shown:
    """One quantity as a page shows it: `fact` or `claim`, its id, its words."""

    kind: str
    id: str
    words: str


_ARTICLE = re.compile(r"<article\b[^>]*>.*</article>", re.DOTALL)
_LINK = re.compile(r"<a\b[^>]*\bdata-(fact|claim)=\"?(\w+)[^>]*>(.*?)</a>", re.DOTALL)
_TAG = re.compile(r"<[^>]+>")


def shown(html: str) -> list[Shown]:
    """The quantities in a page's main content, in order: the links that carry the id of a fact or claim."""
    article = _ARTICLE.search(html)
    return [
        Shown(kind, key, unescape(_TAG.sub("", words)).strip())
        for kind, key, words in _LINK.findall(article[0] if article else "")
    ]


def compare_pages(edition: Edition, page: str, pages: Mapping[str, str]) -> Iterator[Diagnostic]:
    """What differs between one page's HTML in the languages (code -> HTML); the default language is the measure."""
    default = edition.report.default
    read = {one.code: _Read(edition, one, page, pages[one.code]) for one in edition.report.languages if one.code in pages}
    for one in read.values():
        yield from one.unread
    first = read.get(default.code)
    for code, one in read.items():
        if first is None or code == default.code or first.unread or one.unread:
            continue
        missing, more = first.numbers - one.numbers, one.numbers - first.numbers
        for kind, name in dict.fromkeys(key for key, _ in (*missing, *more)):
            args = {
                "page": page,
                "fact": name,
                "language": code,
                "found": _spoken(more, kind, name),
                "other": default.code,
                "wanted": _spoken(missing, kind, name),
            }
            yield Diagnostic(rule="parity-quantities", span=_place(page, code), second=_place(page, default.code), args=args)


def _place(page: str, code: str) -> Span:
    return Span(f"templates/pages/{page}.{code}.md.j2")


def _spoken(numbers: Counter[tuple[tuple[str, str], Number]], kind: str, name: str) -> str:
    found = ["..".join(number) for (key, number), count in numbers.items() if key == (kind, name) for _ in range(count)]
    return ", ".join(found) or "-"


class _Read:
    """The numbers of one page in one language, and the words that could not be read."""

    def __init__(self, edition: Edition, language: Language, page: str, html: str) -> None:
        self.edition, self.language = edition, language
        self.numbers: Counter[tuple[tuple[str, str], Number]] = Counter()
        self.unread: list[Diagnostic] = []
        for one, count in Counter(shown(html)).items():
            try:
                self.numbers[(one.kind, one.id), self._number(one)] += count
            except ValueError:
                args = {"page": page, "fact": one.id, "found": one.words, "language": language.code}
                place = _place(page, language.code)
                self.unread.append(Diagnostic(rule="parity-quantities", variant="unread", span=place, args=args))

    def _number(self, one: Shown) -> Number:
        value, unit = self._settled(one)
        if isinstance(value, Period):
            found = parse_period(one.words, self.language)
            return str(found.first), str(found.last)
        assert unit is not None  # noqa: S101  what has a value has a unit
        try:
            return _ends(parse_value(one.words, unit, self.language))
        except ValueError:
            return _ends(parse_growth(one.words, unit, self.language))

    def _settled(self, one: Shown) -> tuple[Value | Period | None, Unit | None]:
        if one.kind == "claim":
            claim = self.edition.claims[one.id]
            return claim.claimed, claim.unit
        fact = self.edition.facts[one.id]
        return fact.value, fact.unit


def _ends(value: Value) -> Number:
    """The known ends: whether a language says "at least" in the link or beside it is its own affair."""
    return tuple(_plain(end) for end in dict.fromkeys((value.low, value.high)) if end is not None)


def _plain(end: Decimal) -> str:
    return f"{end.normalize():f}"

"""Compares the numbers in finished pages between languages: read back from the HTML, they must be the same for each fact."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal

from ..diagnostics.finding import Diagnostic, Span
from ..markup.document import Document
from ..model.languages import Language
from ..model.periods import Period
from ..model.report import Edition
from ..model.units import Unit
from ..model.values import Value
from ..wording.parsing import parse_growth, parse_period, parse_value

Number = tuple[str, ...]  # the finite ends of a value, or first and last day of a date


@dataclass(frozen=True, slots=True)
class ShownQuantity:
    """A quantity as a page shows it: kind (`fact` or `claim`), id, words, and their language where it is not the page's."""

    kind: str
    id: str
    words: str
    language: str = ""


def shown_quantities(html: str) -> list[ShownQuantity]:
    """The quantities in the article of a page, in order: links with the id of a fact or claim."""
    return [
        ShownQuantity("fact", attributes["data-fact"], words, attributes.get("lang", ""))
        if "data-fact" in attributes
        else ShownQuantity("claim", attributes["data-claim"], words, attributes.get("lang", ""))
        for attributes, words in Document(html).elements("article a[data-fact], article a[data-claim]")
    ]


def compare_pages(edition: Edition, page: str, pages: Mapping[str, str]) -> Iterator[Diagnostic]:
    """Numbers of a page (language code -> HTML) that differ from those in the default language, or cannot be read."""
    default = edition.report.default
    languages = [language for language in edition.report.languages if language.code in pages]
    read = {language.code: _PageNumbers(edition, language, page, pages[language.code]) for language in languages}
    for numbers in read.values():
        yield from numbers.unreadable
    first = read.get(default.code)
    for code, numbers in read.items():
        if first is None or code == default.code or first.unreadable or numbers.unreadable:
            continue
        missing, more = first.numbers - numbers.numbers, numbers.numbers - first.numbers
        for kind, name in dict.fromkeys(key for key, _ in (*missing, *more)):
            args = {
                "page": page,
                "fact": name,
                "language": code,
                "found": _joined(more, kind, name),
                "other": default.code,
                "wanted": _joined(missing, kind, name),
            }
            yield Diagnostic(
                rule="parity-quantities", span=_page_span(page, code), second=_page_span(page, default.code), args=args
            )


def _page_span(page: str, code: str) -> Span:
    return Span(f"templates/pages/{page}.{code}.md.j2")


def _joined(numbers: Counter[tuple[tuple[str, str], Number]], kind: str, name: str) -> str:
    found = ["..".join(number) for (key, number), count in numbers.items() if key == (kind, name) for _ in range(count)]
    return ", ".join(found) or "-"


class _PageNumbers:
    """The numbers of a page in one language, and findings about words that are no number."""

    def __init__(self, edition: Edition, language: Language, page: str, html: str) -> None:
        self.edition, self.language = edition, language
        self.numbers: Counter[tuple[tuple[str, str], Number]] = Counter()
        self.unreadable: list[Diagnostic] = []
        for quantity, count in Counter(shown_quantities(html)).items():
            try:
                self.numbers[(quantity.kind, quantity.id), self._number(quantity)] += count
            except ValueError:
                args = {"page": page, "fact": quantity.id, "found": quantity.words, "language": language.code}
                span = _page_span(page, language.code)
                self.unreadable.append(Diagnostic(rule="parity-quantities", variant="unread", span=span, args=args))

    def _number(self, quantity: ShownQuantity) -> Number:
        value, unit = self._value(quantity)
        language = self.edition.report.language(quantity.language) if quantity.language else self.language
        if isinstance(value, Period):
            found = parse_period(quantity.words, language)
            return str(found.first), str(found.last)
        assert unit is not None  # noqa: S101  every value but a date has a unit
        try:
            return _ends(parse_value(quantity.words, unit, language))
        except ValueError:
            return _ends(parse_growth(quantity.words, unit, language))

    def _value(self, quantity: ShownQuantity) -> tuple[Value | Period | None, Unit | None]:
        if quantity.kind == "claim":
            claim = self.edition.claims[quantity.id]
            return claim.claimed, claim.unit
        fact = self.edition.facts[quantity.id]
        return fact.value, fact.unit


def _ends(value: Value) -> Number:
    """The finite ends of a value. Whether "at least" stands in the link or beside it may differ between languages."""
    return tuple(_plain(end) for end in dict.fromkeys((value.low, value.high)) if end is not None)


def _plain(end: Decimal) -> str:
    return f"{end.normalize():f}"

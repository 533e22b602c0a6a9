"""Compares the numbers in finished pages between languages: read back from the HTML, they must be the same for each fact."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, MutableMapping, Sequence
from decimal import Decimal

from ..diagnostics.finding import Diagnostic, Span
from ..markup.document import Document
from ..model.languages import Language
from ..model.periods import Period
from ..model.report import Edition
from ..model.units import Unit
from ..model.values import Value
from ..records.struct import Struct
from ..wording.parsing import is_worded, parse_growth, parse_period, parse_value

Words = tuple[str, str, str]  # of a quantity, the id of its unit (none where it is a date), and the code of the language
Number = tuple[str, ...]  # the finite ends of a value, or first and last day of a date

_MINUS = "\u2212"  # on pages before negative numbers, also where the language has a hyphen


class ShownQuantity(Struct, frozen=True):
    """A quantity as a page shows it: kind (`fact` or `claim`), id, words, and their language where it is not the page's."""

    kind: str
    id: str
    words: str
    language: str = ""


def shown_quantities(page: Document) -> list[ShownQuantity]:
    """The quantities in the article of a page, in order: links with the id of a fact or claim."""
    return [
        ShownQuantity("fact", attributes["data-fact"], words, attributes.get("lang", ""))
        if "data-fact" in attributes
        else ShownQuantity("claim", attributes["data-claim"], words, attributes.get("lang", ""))
        for attributes, words in page.elements("article a[data-fact], article a[data-claim]")
    ]


class NumberReader:
    """Reads quantities back from their words, each once; `read` has the numbers by words, unit and language."""

    def __init__(self, edition: Edition, known: MutableMapping[Words, Number] | None = None) -> None:
        """`known` is what readers have read with the same units and languages; what this one reads is added."""
        self.edition, self._known = edition, {} if known is None else known
        self.read: dict[Words, Number] = {}

    def number(self, quantity: ShownQuantity, language: Language) -> Number:
        """The number that a page in a language shows; ValueError where its words are none."""
        value, unit = self._value(quantity)
        if quantity.language:
            language = self.edition.report.language(quantity.language)
        key = (quantity.words, unit.id if unit else "", language.code)
        if key not in self.read:
            if key not in self._known:
                self._known[key] = _parse(quantity.words, value, unit, language)
            self.read[key] = self._known[key]
        return self.read[key]

    def _value(self, quantity: ShownQuantity) -> tuple[Value | Period | None, Unit | None]:
        if quantity.kind == "claim":
            claim = self.edition.claims[quantity.id]
            return claim.claimed, claim.unit
        fact = self.edition.facts[quantity.id]
        return fact.value, fact.unit


def _parse(words: str, value: Value | Period | None, unit: Unit | None, language: Language) -> Number:
    if isinstance(value, Period):
        found = parse_period(words, language)
        return str(found.first), str(found.last)
    assert unit is not None  # noqa: S101  every value but a date has a unit
    if value is not None and is_worded(value, words, unit, language):  # as most are; the others are looked for
        return _ends(value)
    try:
        return _read(words, unit, language)
    except ValueError:
        if _MINUS not in words:
            raise
    return _read(words.replace(_MINUS, "-"), unit, language)


def _read(words: str, unit: Unit, language: Language) -> Number:
    try:
        return _ends(parse_value(words, unit, language))
    except ValueError:
        return _ends(parse_growth(words, unit, language))


def compare_pages(reader: NumberReader, page: str, pages: Mapping[str, Sequence[ShownQuantity]]) -> Iterator[Diagnostic]:
    """Numbers of a page (by language code) that differ from those in the default language, or cannot be read."""
    edition = reader.edition
    default = edition.report.default
    languages = [language for language in edition.report.languages if language.code in pages]
    read = {language.code: _PageNumbers(reader, language, page, pages[language.code]) for language in languages}
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

    def __init__(self, reader: NumberReader, language: Language, page: str, quantities: Sequence[ShownQuantity]) -> None:
        self.numbers: Counter[tuple[tuple[str, str], Number]] = Counter()
        self.unreadable: list[Diagnostic] = []
        for quantity, count in Counter(quantities).items():
            try:
                self.numbers[(quantity.kind, quantity.id), reader.number(quantity, language)] += count
            except ValueError:
                args = {"page": page, "fact": quantity.id, "found": quantity.words, "language": language.code}
                span = _page_span(page, language.code)
                self.unreadable.append(Diagnostic(rule="parity-quantities", variant="unread", span=span, args=args))


def _ends(value: Value) -> Number:
    """The finite ends of a value. Whether "at least" stands in the link or beside it may differ between languages."""
    return tuple(_plain(end) for end in dict.fromkeys((value.low, value.high)) if end is not None)


def _plain(end: Decimal) -> str:
    return f"{end.normalize():f}"

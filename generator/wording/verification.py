"""Verification of evidence: whether the text of a source states each quantity that cites a paragraph of it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from enum import StrEnum

from ..model import report
from ..model.comparison import short_notation
from ..model.periods import Period
from ..model.units import Unit
from ..model.values import Point, Value
from ..records.struct import Struct
from . import text_matching
from .number_reader import NumberReader, ReadingWords, normalize_digits, number_reader
from .parsed_numbers import ParsedNumber

_PLACE = re.compile(r"\d+\.\d+")
_HEADING = re.compile(r"^#{1,6}\s[^#]*$|^[^。．.!！?？]*[?？]\s*$")
_FRONT = "0."  # places before the first heading


class Outcome(StrEnum):
    """What a paragraph holds of a quantity."""

    FOUND = "found"  # the number or date
    IN_WORDS = "in-words"  # words that the claim quotes and that hold no digits
    DIFFERENT = "different"  # another number of the same unit and of similar size
    MISSING = "missing"
    NO_PLACE = "no-place"  # there is no such paragraph
    SOMEWHERE = "somewhere"  # the number or date in the text, where the place is none of its paragraphs (page 3, table 2)
    NOWHERE = "nowhere"  # such a place, and the number or date is not in the whole text
    QUOTED = "quoted"  # the text has the quotation that stands in the data, and that the number or date
    QUOTED_MEANT = "quoted-meant"  # such a quotation without the number, and the data say how it bears the value out
    QUOTED_WITHOUT = "quoted-without"  # such a quotation without the number
    NOT_QUOTED = "not-quoted"  # the quotation is not in the text


FAILED = (
    Outcome.DIFFERENT, Outcome.MISSING, Outcome.NO_PLACE, Outcome.NOWHERE, Outcome.QUOTED_WITHOUT, Outcome.NOT_QUOTED,
)  # fmt: skip
_FOUND = (Outcome.FOUND, Outcome.IN_WORDS)


class VerificationResult(Struct, frozen=True, kw_only=True):
    """The outcome for one quantity at one place: heading.paragraph, or any other words of the fact or claim."""

    kind: str  # fact or claim
    id: str
    place: str
    outcome: Outcome
    expected: str  # the quantity in the notation of data files
    found: str = ""  # words or numbers of the paragraph


class _Quantity(Struct, frozen=True, kw_only=True):
    """A value or date that cites a place; `quote` holds the words of the source for it, if a claim gives them."""

    kind: str
    id: str
    place: str
    value: Value | Period
    unit: Unit
    quote: str


class SourceText(Struct, frozen=True, kw_only=True):
    """A source's text by place, and what it takes to read the numbers in it."""

    paragraphs: Mapping[str, str]
    reader: NumberReader
    names: re.Pattern[str]  # digits in names are no quantities

    def numbers(self, text: str) -> list[ParsedNumber]:
        """The numbers in a text that are not part of a name or a code, at their offsets in the normalised text."""
        plain = self.names.sub(lambda name: " " * len(name[0]), normalize_digits(text))
        return [number for number in self.reader.read(plain) if not text_matching.is_in_code(number, plain)]

    def front(self) -> str:
        """All paragraphs before the first heading."""
        return "\n".join(text for place, text in self.paragraphs.items() if place.startswith(_FRONT))

    def at(self, place: str) -> str:
        """The paragraph at a place; for one before the first heading, where it is missing, all of them; else an empty text.

        A masthead or a headline may stand before the first heading in any order. A place that is not numbered, as a page of
        a document, may be any: all of the text.
        """
        if not _PLACE.fullmatch(place):
            return "\n".join(self.paragraphs.values())
        return self.paragraphs.get(place) or (self.front() if place.startswith(_FRONT) else "")


def paragraphs(text: str, heading: re.Pattern[str] = _HEADING) -> dict[str, str]:
    """The paragraphs of a text by place: heading.paragraph, both counted from 1; 0.1, 0.2 and so on before the first heading.

    A heading is a line that is one question or begins with #; each other line with text is a paragraph.
    """
    found: dict[str, str] = {}
    section = paragraph = 0
    for line in text.splitlines():
        if not line.strip():
            continue
        if heading.search(line):
            section, paragraph = section + 1, 0
            continue
        paragraph += 1
        found[f"{section}.{paragraph}"] = line.strip()
    return found


def verify_source(edition: report.Edition, source: str, text: str, locale: str = "") -> list[VerificationResult]:
    """A result for every quantity that cites a place in a source (an id), looked up in the source's text.

    Numbers and dates are read as the locale writes them, by default that of the source's language.
    """
    source_text = source_text_of(edition, paragraphs(text), locale or edition.sources[source].language)
    quantities = list(_quantities(edition, source))
    return [_verify(quantity, quantities, source_text) for quantity in quantities]


def source_text_of(edition: report.Edition, paragraphs: Mapping[str, str], locale: str) -> SourceText:
    """A text with its reader: numbers as a locale writes them, and names whose digits are no quantities."""
    return SourceText(paragraphs=paragraphs, reader=_reader(edition, locale), names=_names(edition))


def states(text: SourceText, place: str, value: Value | Period, unit: Unit) -> bool:
    """Whether a paragraph holds the number of a value, or a date."""
    quantity = _Quantity(kind="fact", id="", place=place, value=value, unit=unit, quote="")
    outcome, _ = _verify_date(quantity, text) or _verify_value(quantity, (), text)
    return outcome in _FOUND


def _names(edition: report.Edition) -> re.Pattern[str]:
    """A pattern for every spelling of every name, the longest first."""
    phrases = (phrase for name in edition.names.values() for phrase in (name.name, name.short))
    spellings = {normalize_digits(text) for phrase in phrases for text in phrase.texts.values()}
    ordered = sorted(spellings, key=lambda spelling: (-len(spelling), spelling))
    return re.compile("|".join(map(re.escape, ordered)) or r"(?!)")


def _reader(edition: report.Edition, locale: str) -> NumberReader:
    """The number reader of a locale; where the report has the same language, with its words for halves, tenths and losses.

    Words between the ends of a range are those of all languages of the report.
    """
    code = locale.partition("-")[0]
    languages = edition.report.languages
    words = next((one.words for one in languages if one.locale.partition("-")[0] == code), {})
    patterns = [one.words.get(key, "") for one in languages for key in ("value.range", "value.range_signed", "period.span")]
    ranges = (re.search(r"\{0\}(.*)\{1\}", pattern) for pattern in patterns)
    return number_reader(
        locale,
        ReadingWords(
            half=words.get("lock.half", ""),
            tenth=words.get("lock.tenth", ""),
            negative=words.get("lock.negative", ""),
            ranges=tuple(sorted({found[1].strip() for found in ranges if found and found[1].strip()})),
        ),
    )


def _quantities(edition: report.Edition, source: str) -> Iterator[_Quantity]:
    quotes: dict[tuple[str, Value | Period, str], str] = {}  # a fact of the same place and value has the claim's quote
    for claim in edition.claims.values():
        if claim.source.id == source and claim.claimed is not None and claim.unit is not None:
            quotes.setdefault((claim.at, claim.claimed, claim.unit.id), claim.as_written)
            value, quote = claim.claimed, claim.as_written
            yield _Quantity(kind="claim", id=claim.id, place=claim.at, value=value, unit=claim.unit, quote=quote)
    for fact in edition.facts.values():
        for evidence in fact.evidence if not fact.formula else ():
            places = list(evidence.at.texts.values()) if evidence.at else []
            if evidence.source.id == source and places:
                place = next((text for text in places if _PLACE.fullmatch(text)), places[0])
                quote = quotes.get((place, fact.value, fact.unit.id), "")
                yield _Quantity(kind="fact", id=fact.id, place=place, value=fact.value, unit=fact.unit, quote=quote)


def _verify(quantity: _Quantity, quantities: list[_Quantity], source: SourceText) -> VerificationResult:
    outcome, found = Outcome.NO_PLACE, ""
    if source.at(quantity.place):
        outcome, found = _verify_date(quantity, source) or _verify_value(quantity, quantities, source)
        if not _PLACE.fullmatch(quantity.place):
            outcome, found = (Outcome.SOMEWHERE if outcome in _FOUND else Outcome.NOWHERE), ""
    return VerificationResult(
        kind=quantity.kind,
        id=quantity.id,
        place=quantity.place,
        outcome=outcome,
        expected=short_notation(quantity.value, None if isinstance(quantity.value, Period) else quantity.unit),
        found=found,
    )


def _verify_date(quantity: _Quantity, source: SourceText) -> tuple[Outcome, str] | None:
    """The outcome for a date or period; None for other quantities."""
    if not isinstance(quantity.value, Period):
        return None
    texts = [source.at(quantity.place), *([source.front()] if quantity.place.startswith(_FRONT) else [])]
    stated = any(text_matching.states_period(quantity.value, text, source.reader) for text in texts)
    return (Outcome.FOUND if stated else Outcome.MISSING), ""


def _verify_value(quantity: _Quantity, quantities: Sequence[_Quantity], source: SourceText) -> tuple[Outcome, str]:
    """The outcome for a value, and what the paragraph has instead of the number."""
    assert not isinstance(quantity.value, Period)  # noqa: S101  see _verify_date
    text = source.at(quantity.place)
    numbers = source.numbers(text)
    # what the source says of something else is no proof: 4 wheels are not the 4 doors of the same sentence
    others = [other for other in quantities if other.place == quantity.place and other.unit != quantity.unit]
    of_others = _quoted(text, {other.quote for other in others})
    free = [number for number in numbers if number.offset not in of_others]
    own = _quoted(text, {quantity.quote})
    candidates = [number for number in numbers if number.offset in own] or free
    bounds = [bound for bound in (quantity.value.low, quantity.value.high) if bound is not None]
    bounds = bounds[:1] if isinstance(quantity.value, Point) else bounds
    words = text_matching.unit_words(quantity.unit, source.reader.locale)
    sizes = [text_matching.possible_sizes(number, words, quantity.unit) for number in candidates]
    if text_matching.each_has_a_number(bounds, sizes):
        return Outcome.FOUND, ""
    if _in_words(quantity, text, source):
        return Outcome.IN_WORDS, quantity.quote
    similar = [
        text_matching.with_next_word(number)
        for number, possible in zip(candidates, sizes, strict=True)
        if text_matching.is_similar(possible, bounds)
    ]
    return (Outcome.DIFFERENT if similar else Outcome.MISSING), ", ".join(similar)


def _quoted(text: str, quotes: Iterable[str]) -> frozenset[int]:
    """The offsets in a normalised text that stand inside the source's own words for quantities."""
    plain = normalize_digits(text)
    found = set[int]()
    for quote in filter(None, map(normalize_digits, quotes)):
        for match in re.finditer(re.escape(quote), plain):
            found.update(range(*match.span()))
    return frozenset(found)


def _in_words(quantity: _Quantity, text: str, source: SourceText) -> bool:
    """Whether the quantity is written out ("none of them", or names to count): its quote stands there and holds no number."""
    quote = normalize_digits(quantity.quote)
    numbers = [number for number in source.reader.read(source.names.sub(" ", quote)) if not text_matching.is_year(number)]
    return bool(quote) and not numbers and quote in normalize_digits(text)

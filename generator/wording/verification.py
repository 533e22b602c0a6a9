"""Does the source say so? Each fact and claim that cites a place in a source is looked up in the source's own text."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from ..model import report
from ..model.comparison import short_notation
from ..model.periods import Form, Period
from ..model.units import Unit
from ..model.values import Point, Value
from .formatting import format_date, format_number
from .number_reader import NumberReader, ParsedNumber, normalize_digits, number_reader

_PLACE = re.compile(r"\d+\.\d+")
_HEADING = re.compile(r"^#{1,6}\s[^#]*$|^[^。．.!！?？]*[?？]\s*$")


class Outcome(StrEnum):
    """What was found at the place."""

    FOUND = "found"
    IN_WORDS = "in-words"
    DIFFERENT = "different"
    MISSING = "missing"
    NO_PLACE = "no-place"


FAILED = (Outcome.DIFFERENT, Outcome.MISSING, Outcome.NO_PLACE)


@dataclass(frozen=True, slots=True, kw_only=True)
class VerificationResult:
    """One quantity against one place."""

    kind: str  # fact or claim
    id: str
    place: str
    outcome: Outcome
    expected: str
    found: str = ""  # what stands there instead


def paragraphs(text: str, heading: re.Pattern[str] = _HEADING) -> dict[str, str]:
    """The text by place: heading.paragraph, both counted from 1; before the first heading 0.1, 0.2 and so on.

    A heading is one question, or a line that begins with #; each other line with text is a paragraph.
    """
    found: dict[str, str] = {}
    number = paragraph = 0
    for line in text.splitlines():
        if not line.strip():
            continue
        if heading.search(line):
            number, paragraph = number + 1, 0
            continue
        paragraph += 1
        found[f"{number}.{paragraph}"] = line.strip()
    return found


def verify_source(edition: report.Edition, source: str, text: str, locale: str = "") -> list[VerificationResult]:
    """Every quantity that cites a place in the source, with what stands there; read in the source's own language by default."""
    reader = _reader(edition, locale or edition.sources[source].language)
    places, names = paragraphs(text), _names(edition)
    every = list(_quantities(edition, source))
    return [_verify_one(one, every, places, reader, names) for one in every]


def _names(edition: report.Edition) -> re.Pattern[str]:
    """Every spelling of every name, the longest first: the digits in it are no figure."""
    phrases = (phrase for name in edition.names.values() for phrase in (name.name, name.short))
    spelled = {normalize_digits(text) for phrase in phrases for text in phrase.texts.values()}
    return re.compile("|".join(re.escape(one) for one in sorted(spelled, key=lambda one: (-len(one), one))) or r"(?!)")


def _reader(edition: report.Edition, locale: str) -> NumberReader:
    """The reader of a locale; a report in the same language knows how it says one half."""
    spoken = locale.partition("-")[0]
    own = next((one for one in edition.report.languages if one.locale.partition("-")[0] == spoken), None)
    return number_reader(locale, own.words.get("lock.half", "") if own else "")


@dataclass(frozen=True, slots=True, kw_only=True)
class _Quantity:
    kind: str
    id: str
    place: str
    value: Value | Period
    unit: Unit
    as_written: str


def _quantities(edition: report.Edition, source: str) -> Iterator[_Quantity]:
    said: dict[tuple[str, Value | Period, str], str] = {}  # what a claim quotes a fact of the same place may quote
    for claim in edition.claims.values():
        if claim.source.id == source and claim.claimed is not None and claim.unit is not None:
            said.setdefault((claim.at, claim.claimed, claim.unit.id), claim.as_written)
            yield _Quantity(
                kind="claim", id=claim.id, place=claim.at, value=claim.claimed, unit=claim.unit, as_written=claim.as_written
            )
    for fact in edition.facts.values():
        for one in fact.evidence if not fact.formula else ():
            places = {text for text in one.at.texts.values() if _PLACE.fullmatch(text)} if one.at else set()
            if one.source.id == source and len(places) == 1:
                place = places.pop()
                words = said.get((place, fact.value, fact.unit.id), "")
                yield _Quantity(kind="fact", id=fact.id, place=place, value=fact.value, unit=fact.unit, as_written=words)


def _verify_one(
    quantity: _Quantity, every: list[_Quantity], places: Mapping[str, str], reader: NumberReader, names: re.Pattern[str]
) -> VerificationResult:
    wanted = short_notation(quantity.value, None if isinstance(quantity.value, Period) else quantity.unit)
    text = places.get(quantity.place)
    if text is None:
        # a masthead or a headline may stand before the first heading in any order
        before = [line for place, line in places.items() if place.startswith("0.") and quantity.place.startswith("0.")]
        text = "\n".join(before) or None
    if text is None:
        return _result(quantity, Outcome.NO_PLACE, wanted, "")
    if isinstance(quantity.value, Period):
        outcome = Outcome.FOUND if _has_date(quantity.value, text, reader) else Outcome.MISSING
        if outcome is Outcome.MISSING and quantity.place.startswith("0."):
            joined = "\n".join(line for place, line in places.items() if place.startswith("0."))
            outcome = Outcome.FOUND if _has_date(quantity.value, joined, reader) else outcome
        return _result(quantity, outcome, wanted, "")
    numbers = reader.read(names.sub(lambda name: " " * len(name[0]), normalize_digits(text)))
    words = _unit_words(quantity.unit, reader.locale)
    # what the source says of something else is no proof: 4 wheels are not the 4 doors of the same sentence
    others = [one for one in every if one.place == quantity.place and one.unit != quantity.unit]
    free = [one for one in numbers if not any(_in_quote(one, other, text) for other in others)]
    quoted = [one for one in numbers if _in_quote(one, quantity, text)] or free
    ends = [end for end in (quantity.value.low, quantity.value.high) if end is not None]
    ends = ends[:1] if isinstance(quantity.value, Point) else ends
    if _all_found(ends, [_sized(one, words, quantity.unit) for one in quoted]):
        return _result(quantity, Outcome.FOUND, wanted, "")
    if _in_words(quantity, text, reader, names):
        return _result(quantity, Outcome.IN_WORDS, wanted, quantity.as_written)
    alike = [one.text + _next_word(one) for one in quoted if _same_kind(one, words, quantity, ends)]
    return _result(quantity, Outcome.DIFFERENT if alike else Outcome.MISSING, wanted, ", ".join(alike))


def _in_quote(one: ParsedNumber, quantity: _Quantity, text: str) -> bool:
    """Whether a number stands where the source's own words for the quantity do."""
    plain, written = normalize_digits(text), normalize_digits(quantity.as_written)
    starts = [match.start() for match in re.finditer(re.escape(written), plain)] if written else []
    return any(start <= one.offset < start + len(written) for start in starts)


def _all_found(ends: list[Decimal], there: list[set[Decimal]]) -> bool:
    """Whether each end has a number of its own."""
    for end in ends:
        at = next((index for index, sizes in enumerate(there) if end in sizes), None)
        if at is None:
            return False
        del there[at]
    return True


def _result(quantity: _Quantity, outcome: Outcome, expected: str, found: str) -> VerificationResult:
    return VerificationResult(
        kind=quantity.kind, id=quantity.id, place=quantity.place, outcome=outcome, expected=expected, found=found
    )


_WORD = re.compile(r"\s?[^\W\d]{1,8}")


def _next_word(one: ParsedNumber) -> str:
    """The word behind a number, often its unit."""
    match = _WORD.match(one.after)
    return match[0] if match else ""


def _in_words(quantity: _Quantity, text: str, reader: NumberReader, names: re.Pattern[str]) -> bool:
    """The figure is written out ("none of them", or the names to count): its characters stand there and hold no number."""
    written = normalize_digits(quantity.as_written)
    sized = [one for one in reader.read(names.sub(" ", written)) if not _is_year(one)]
    return bool(written) and not sized and written in normalize_digits(text)


def _is_year(one: ParsedNumber) -> bool:
    return 1900 <= one.number < 2200 and len(one.text) == 4  # noqa: PLR2004  four digits of our centuries


def _unit_words(unit: Unit, locale: str) -> list[tuple[str, Decimal]]:
    """What ICU writes after a number of this unit, with the factor it stands for; the longest first."""
    found: dict[str, Decimal] = {}
    for rung in unit.ladder:
        if not rung.icu:
            continue
        for width in ("full-name", "short", "narrow"):
            for number in (1, 2):
                text = format_number(locale, Decimal(number), f"unit/{rung.icu} unit-width-{width}")
                word = normalize_digits(text).lstrip("0123456789").strip()
                if word:
                    found.setdefault(word.lower(), rung.factor)
    return sorted(found.items(), key=lambda pair: -len(pair[0]))


def _sized(one: ParsedNumber, words: list[tuple[str, Decimal]], unit: Unit) -> set[Decimal]:
    """The sizes a number may stand for: with the unit written after it, or bare where the unit has no steps."""
    after = one.after.lstrip().lower()
    for word, factor in words:
        if after.startswith(word):
            return {one.number * factor}
    if words:
        return set()
    if unit.percent:
        return {one.number} if one.percent else set()
    return {one.number} if not one.percent else set()


def _same_kind(one: ParsedNumber, words: list[tuple[str, Decimal]], quantity: _Quantity, ends: list[Decimal]) -> bool:
    """A number that could have been meant: the same unit, and of a similar size."""
    sizes = _sized(one, words, quantity.unit)
    return any(
        end and size and Decimal("0.1") <= size / end <= 10  # noqa: PLR2004  within a power of ten
        for size in sizes
        for end in ends
    )


# --- dates ---------------------------------------------------------------------------------------

_DATED = {Form.DAY: ("yMMMMd", "yMMMd", "yMd", "yMMdd"), Form.MONTH: ("yMMMM", "yMMM", "yM")}
_YEARLESS = {Form.DAY: ("MMMMd", "MMMd"), Form.MONTH: ("LLLL",)}


def _has_date(period: Period, text: str, reader: NumberReader) -> bool:
    """The date stands there as the locale writes it, with its year or near it; or every number of it does."""
    plain = " ".join(normalize_digits(text).casefold().split())
    numbers = [one.number for one in reader.read(text)]
    if any(_stands(reader.locale, period, skeleton, plain) for skeleton in _DATED.get(period.form, ())):
        return True
    if period.first.year in numbers and any(
        _stands(reader.locale, period, skeleton, plain) for skeleton in _YEARLESS.get(period.form, ())
    ):
        return True
    return all(Decimal(int(part)) in numbers for part in re.findall(r"\d+", period.text))


def _stands(locale: str, period: Period, skeleton: str, plain: str) -> bool:
    written = " ".join(normalize_digits(format_date(locale, period.first, skeleton)).casefold().split())
    return re.search(rf"(?<!\d){re.escape(written)}(?!\d)", plain) is not None

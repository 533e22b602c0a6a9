"""Quotations in the data: whether each holds the numbers that rest on it, and stands in the text of its source."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from functools import cached_property

from ..model.comparison import short_notation
from ..model.periods import Period
from ..model.report import Claim, Edition, Fact
from ..model.sources import Evidence, Source
from ..model.units import Unit
from ..model.values import Value
from ..records.struct import Struct
from .number_reader import normalize_digits
from .verification import Outcome, SourceText, VerificationResult, source_text_of, states

_LEFT_OUT = re.compile(r"\[[^\[\]]*\]|\u2026|\.\.\.")  # what an editor put into a quotation, or left out of it
_TOKEN = re.compile(r"\w+(?:[.,]\d+)*")
_PLACE = "1.1"

Quantity = tuple[Value | Period, Unit]


class Quotation(Struct, frozen=True, kw_only=True):
    """A passage of a source, and the quantities one of which has to stand in it; an entry without any rests on its words."""

    kind: str  # facts, claims or sources: the kind of the entry that quotes
    id: str
    source: Source
    text: str
    quantities: tuple[Quantity, ...]
    plausible: str  # why it bears the quantities out although it does not hold their numbers


def quotations(edition: Edition) -> Iterator[Quotation]:
    """Every quotation of an edition: of facts and their rival values, of claims, then of sources as a whole."""
    facts = edition.facts.values()
    return all_quotations(edition, quotations_of_facts(facts), quantities_by_source(facts))


def quotations_of_facts(facts: Iterable[Fact]) -> Iterator[Quotation]:
    """The quotations of facts and their rival values; a formula takes over the evidence of its operands."""
    return (found for fact in facts if not fact.formula for found in _of_fact(fact))


def quantities_by_source(facts: Iterable[Fact]) -> Iterator[tuple[str, Quantity]]:
    """The quantities that rest on a source, whose id is given, without a quotation of their own."""
    for fact in facts:
        for one in fact.evidence if not fact.formula else ():
            if not one.quote:
                yield one.source.id, (fact.value, fact.unit)


def all_quotations(
    edition: Edition, of_facts: Iterable[Quotation], by_source: Iterable[tuple[str, Quantity]]
) -> Iterator[Quotation]:
    """Every quotation; what facts say is given."""
    yield from of_facts
    resting: dict[str, list[Quantity]] = {}
    for source_id, quantity in by_source:
        resting.setdefault(source_id, []).append(quantity)
    for claim in edition.claims.values():
        for one in claim.evidence:
            if one.quote:
                yield _quotation("claims", claim.id, one, _settled(edition, claim))
    for source in edition.sources.values():
        if source.quote:
            quantities = tuple(resting.get(source.id, ()))
            evidence = Evidence(source=source, at=None, quote=source.quote, plausible=source.plausible)
            yield _quotation("sources", source.id, evidence, quantities)


def _of_fact(fact: Fact) -> Iterator[Quotation]:
    for one in fact.evidence:
        if one.quote:
            yield _quotation("facts", fact.id, one, ((fact.value, fact.unit),))
    for rival in fact.rivals:
        for one in rival.evidence:
            if one.quote:
                yield _quotation("facts", fact.id, one, ((rival.value, fact.unit),))


def _settled(edition: Edition, claim: Claim) -> tuple[Quantity, ...]:
    """What a quotation may hold that settles a claim: the claimed value, or that of a fact that settles it."""
    own = ((claim.claimed, claim.unit),) if claim.claimed is not None and claim.unit is not None else ()
    facts = (edition.facts[key] for key in claim.settled_by if key in edition.facts)
    return (*own, *((fact.value, fact.unit) for fact in facts))


def _quotation(kind: str, key: str, evidence: Evidence, quantities: tuple[Quantity, ...]) -> Quotation:
    return Quotation(
        kind=kind,
        id=key,
        source=evidence.source,
        text=evidence.quote,
        quantities=quantities,
        plausible=evidence.plausible,
    )


class QuotationReader:
    """Reads the numbers of quotations in the languages of their sources."""

    def __init__(self, edition: Edition) -> None:
        self.edition = edition
        self._readers: dict[str, SourceText] = {}

    @cached_property
    def all(self) -> tuple[Quotation, ...]:
        """Every quotation of the edition."""
        return tuple(quotations(self.edition))

    def results(self, source: str = "", text: str | None = None, locale: str = "") -> Iterator[VerificationResult]:
        """A result for every quotation, of one source or of all; with the source's text, whether it holds the quotation."""
        plain = _plain(text) if text is not None else None
        for one in self.all:
            if not source or one.source.id == source:
                outcome = self._outcome(one, plain, locale)
                yield VerificationResult(
                    kind=one.kind.removesuffix("s"),
                    id=one.id,
                    place=one.source.id,
                    outcome=outcome,
                    expected=", ".join(dict.fromkeys(short_notation(*quantity) for quantity in one.quantities)) or "-",
                    found=one.text,
                )

    def _outcome(self, quotation: Quotation, plain: str | None, locale: str) -> Outcome:
        if plain is not None and not _holds(plain, quotation.text):
            return Outcome.NOT_QUOTED
        if self.proves(quotation, locale):
            return Outcome.QUOTED
        return Outcome.QUOTED_MEANT if quotation.plausible else Outcome.QUOTED_WITHOUT

    def proves(self, quotation: Quotation, locale: str = "") -> bool:
        """Whether a quotation holds the number of one of its quantities, or has none to hold."""
        text = self._read(quotation, locale or quotation.source.language)
        return not quotation.quantities or any(states(text, _PLACE, *quantity) for quantity in quotation.quantities)

    def _read(self, quotation: Quotation, locale: str) -> SourceText:
        """A quotation as the only paragraph of a text, with the words that an editor put in: 60,801 [million]."""
        if locale not in self._readers:
            self._readers[locale] = source_text_of(self.edition, {}, locale)
        known = self._readers[locale]
        paragraphs: Mapping[str, str] = {_PLACE: quotation.text.replace("[", "").replace("]", "")}
        return SourceText(paragraphs=paragraphs, reader=known.reader, names=known.names)


def holds_quotation(text: str, quotation: str) -> bool:
    """Whether a text holds the words of a quotation, whatever their punctuation, case and white space."""
    return _holds(_plain(text), quotation)


def _holds(plain: str, quotation: str) -> bool:
    """Whether a plain text holds the pieces of a quotation, one after the other."""
    at = 0
    for piece in _pieces(quotation):
        found = re.compile(rf"(?<!\d){re.escape(piece)}(?!\d)").search(plain, at)
        if found is None:
            return False
        at = found.end()
    return True


def _pieces(quotation: str) -> Iterable[str]:
    return filter(None, map(_plain, _LEFT_OUT.split(quotation)))


def _plain(text: str) -> str:
    """The words and numbers of a text: its signs, tables and spaces differ from copy to copy."""
    return " ".join(_TOKEN.findall(normalize_digits(text).casefold()))

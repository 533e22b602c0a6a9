"""Rules: quotations hold the numbers that rest on them, no source is read before it appears, or says what came later."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

from ..diagnostics.finding import Diagnostic, Span
from ..model.comparison import short_notation
from ..model.periods import Period
from ..model.sources import Source
from ..model.values import Value, midpoint
from ..reading.located_values import Entry, Located, members_of, text_of
from ..store.hashing import fingerprint
from ..wording.quotations import Quantity, Quotation, QuotationReader, all_quotations, quantities_by_source, quotations_of_facts
from .context import RuleContext, of_fact_files
from .plausible_values import implausible, is_meant


def quotations_hold_their_numbers(context: RuleContext) -> Iterator[Diagnostic]:
    """Quotations without the number of the value that rests on them."""
    reader, shared = QuotationReader(context.edition), context.draft.hash_without_facts()
    of_facts, by_source = context.in_fact_files(_quotations), context.in_fact_files(_by_quoted_source)
    for quotation in all_quotations(context.edition, of_facts, by_source):
        if quotation.plausible or _proves(context, reader, quotation, shared):
            continue
        entry = getattr(context.draft, quotation.kind)[quotation.id]
        written = short_notation(*quotation.quantities[0])
        variant = "source" if quotation.kind == "sources" else ""
        span = _span_of_quote(entry, quotation)
        yield implausible("quote-without-number", span, variant, id=quotation.id, value=written, quote=quotation.text)


@of_fact_files
def _quotations(context: RuleContext, file: str) -> Iterator[Quotation]:
    return quotations_of_facts(context.fact_files.facts(file))


@of_fact_files
def _by_quoted_source(context: RuleContext, file: str) -> Iterator[tuple[str, Quantity]]:
    quoted = {source.id for source in context.edition.sources.values() if source.quote}
    return (found for found in quantities_by_source(context.fact_files.facts(file)) if found[0] in quoted)


def _proves(context: RuleContext, reader: QuotationReader, quotation: Quotation, shared: str) -> bool:
    """Whether a quotation holds a number that rests on it, as read before from the same words; `shared` has names and units."""
    quantities = [(repr(value), unit.id) for value, unit in quotation.quantities]
    made_of = fingerprint(shared, quotation.text, quotation.source.language, repr(quantities))
    return context.parse_cache.get_or_parse("quotations", made_of, "", partial(reader.proves, quotation))


def _span_of_quote(entry: Entry, quotation: Quotation) -> Span:
    if quotation.kind == "sources":
        return entry.span_of("quote")
    for piece in _pieces(entry):
        if isinstance(piece, Entry) and _said(piece) == (quotation.source.id, quotation.text):
            return piece.span_of("quote")
    return entry.span


def _said(piece: Entry) -> tuple[str, str]:
    return text_of(piece, "source"), text_of(piece, "quote")


def _pieces(entry: Entry) -> Iterator[Located]:
    yield from members_of(entry["evidence"])
    for rival in members_of(entry["rivals"]):
        if isinstance(rival, Entry):
            yield from members_of(rival["evidence"])


def sources_are_read_after_they_appeared(context: RuleContext) -> Iterator[Diagnostic]:
    """Sources that were read, or stored, before they were published."""
    for source in context.edition.sources.values():
        entry = context.draft.sources[source.id]
        if source.date is not None and not is_meant(entry):
            for key, day in _days(source):
                if day is not None and day.last < source.date.first:
                    args = {"id": source.id, "day": day.text, "date": source.date.text}
                    yield implausible("implausible-date", entry.span_of(key), key, **args)


def _days(source: Source) -> tuple[tuple[str, Period | None], ...]:
    return ("accessed", source.accessed), ("archived", source.archived.on if source.archived else None)


def evidence_is_not_older_than_its_value(context: RuleContext) -> Iterator[Diagnostic]:
    """Sources from before the day since when a value is known, which can only state the earlier one; quotations prove more."""
    return context.in_fact_files(_early_evidence)


@of_fact_files
def _early_evidence(context: RuleContext, file: str) -> Iterator[Diagnostic]:
    for fact in context.fact_files.facts(file):
        before = fact.history[-1] if fact.history else None
        if before is None or before.kind != "update" or fact.as_of is None or _is_same(before.value, fact.value):
            continue
        entry = context.draft.facts[fact.id]
        for piece in members_of(entry["evidence"]) if not is_meant(entry) else ():
            if not isinstance(piece, Entry) or not piece.keys.keys().isdisjoint(("quote", "plausible")):
                continue
            source = context.edition.sources.get(text_of(piece, "source"))
            if source is not None and source.date is not None and source.date.last < fact.as_of.first:
                args = {"id": fact.id, "source": source.id, "date": source.date.text, "as_of": fact.as_of.text}
                values = {"value": short_notation(fact.value), "before": short_notation(before.value)}
                yield implausible("early-evidence", piece.span_of("source"), **args, **values)


def _is_same(value: Value | Period, other: Value | Period) -> bool:
    """Whether two values have the same middle: that one is a bound or approximate is no change that a source tells."""
    if isinstance(value, Period) or isinstance(other, Period):
        return value == other
    return midpoint(value) == midpoint(other)

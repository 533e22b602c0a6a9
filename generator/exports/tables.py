"""An edition as tables: facts, evidence, history, claims, judgments, events, sources and so on, and a table per series."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from ..model.code_lists import BASES, CHANGES, READ_LEVELS, REVIEWS, STANCES, STATUSES, VERDICTS
from ..model.machine_values import decimal_text
from ..model.report import Claim, Event, Fact, Judgment, Name, Term
from ..model.sources import Evidence, Source
from ..model.units import Unit
from ..wording.texts import Texts
from .series_tables import series_table
from .table_cells import ID, VALUE, Cells, Field, Listing, Table, flag, phrase_cells, text_cells, text_fields, value_cells


def tables(languages: Sequence[Texts], *, with_rows: bool = True) -> tuple[Table, ...]:
    """All tables of an edition, with texts in these languages; series are titled in the first, and have their rows always."""
    edition = languages[0].edition
    listed = (one.build(languages, getattr(edition, one.kind).values() if with_rows else ()) for one in LISTINGS)
    return (*listed, *(series_table(series, languages) for series in edition.series.values()))


def _facts(languages: Sequence[Texts], entries: Iterable[Fact]) -> Table:
    fields = (
        ID,
        Field(name="topic"),
        *text_fields("label", languages),
        *text_fields("value", languages),
        *VALUE,
        Field(name="unit", target="units"),
        Field(name="period"),
        Field(name="period_first", type="date"),
        Field(name="period_last", type="date"),
        Field(name="as_of"),
        Field(name="entity", target="names"),
        Field(name="status", enum=STATUSES),
        Field(name="review", enum=REVIEWS),
        Field(name="formula"),
        Field(name="reviewed_on"),
        Field(name="reviewed_by"),
        *text_fields("note", languages),
    )

    def row(fact: Fact) -> Cells:
        return {
            "id": fact.id,
            "topic": fact.topic,
            **text_cells("label", languages, lambda texts: texts.label(fact)),
            **text_cells("value", languages, lambda texts: texts.value(fact)),
            **value_cells(fact.value),
            "unit": fact.unit.id,
            "period": fact.period.text if fact.period else "",
            "period_first": fact.period.first.isoformat() if fact.period else "",
            "period_last": fact.period.last.isoformat() if fact.period else "",
            "as_of": fact.as_of.text if fact.as_of else "",
            "entity": fact.entity.id if fact.entity else "",
            "status": fact.status,
            "review": fact.review,
            "formula": fact.formula,
            "reviewed_on": fact.reviewed.on.text if fact.reviewed else "",
            "reviewed_by": fact.reviewed.by if fact.reviewed else "",
            **phrase_cells("note", fact.note, languages, fact),
        }

    return Table(name="facts", fields=fields, rows=tuple(row(fact) for fact in entries))


def _evidence(languages: Sequence[Texts], entries: Iterable[Fact]) -> Table:
    fields = (
        Field(name="fact", target="facts"),
        Field(name="source", target="sources"),
        *text_fields("at", languages),
        Field(name="quote"),
    )

    def at_cells(evidence: Evidence) -> Cells:
        return text_cells("at", languages, lambda texts: evidence.at[texts.language.code] if evidence.at else "")

    rows = tuple(
        {"fact": fact.id, "source": evidence.source.id, **at_cells(evidence), "quote": evidence.quote}
        for fact in entries
        for evidence in fact.evidence
    )
    return Table(name="evidence", fields=fields, rows=rows)


def _history(languages: Sequence[Texts], entries: Iterable[Fact]) -> Table:
    fields = (
        Field(name="fact", target="facts"),
        Field(name="as_of"),
        *VALUE,
        Field(name="kind", enum=CHANGES),
        *text_fields("reason", languages),
        Field(name="source", target="sources"),
    )
    rows = tuple(
        {
            "fact": fact.id,
            "as_of": change.as_of.text,
            **value_cells(change.value),
            "kind": change.kind,
            **phrase_cells("reason", change.reason, languages, fact),
            "source": change.source.id if change.source else "",
        }
        for fact in entries
        for change in fact.history
    )
    return Table(name="history", fields=fields, rows=rows)


def _claims(languages: Sequence[Texts], entries: Iterable[Claim]) -> Table:
    fields = (
        ID,
        Field(name="section"),
        *text_fields("text", languages),
        Field(name="source", target="sources"),
        Field(name="at"),
        Field(name="as_written"),
        Field(name="entity", target="names"),
        Field(name="stance", enum=STANCES),
        *VALUE,
        Field(name="unit", target="units"),
        Field(name="verdict", enum=VERDICTS),
        Field(name="basis", enum=BASES),
        Field(name="settled_by"),
        *text_fields("reason", languages),
    )

    def row(claim: Claim) -> Cells:
        return {
            "id": claim.id,
            "section": claim.section,
            **phrase_cells("text", claim.text, languages, claim),
            "source": claim.source.id,
            "at": claim.at,
            "as_written": claim.as_written,
            "entity": claim.entity.id if claim.entity else "",
            "stance": claim.stance,
            **value_cells(claim.claimed),
            "unit": claim.unit.id if claim.unit else "",
            "verdict": claim.verdict,
            "basis": claim.basis,
            "settled_by": " ".join(claim.settled_by),
            **phrase_cells("reason", claim.reason, languages, claim),
        }

    return Table(name="claims", fields=fields, rows=tuple(row(claim) for claim in entries))


def _judgments(languages: Sequence[Texts], entries: Iterable[Judgment]) -> Table:
    fields = (
        ID,
        Field(name="page"),
        *text_fields("text", languages),
        Field(name="rests_on"),
        Field(name="holds_while"),
        *text_fields("changes_if", languages),
        Field(name="as_of"),
    )

    def row(judgment: Judgment) -> Cells:
        return {
            "id": judgment.id,
            "page": judgment.page,
            **phrase_cells("text", judgment.text, languages),
            "rests_on": " ".join(judgment.rests_on),
            "holds_while": " and ".join(f"({condition.test})" for condition in judgment.holds_while),
            **phrase_cells("changes_if", judgment.changes_if, languages),
            "as_of": judgment.as_of.text,
        }

    return Table(name="judgments", fields=fields, rows=tuple(row(judgment) for judgment in entries))


def _events(languages: Sequence[Texts], entries: Iterable[Event]) -> Table:
    fields = (
        ID,
        Field(name="date"),
        Field(name="first_day", type="date"),
        Field(name="last_day", type="date"),
        *text_fields("title", languages),
        *text_fields("text", languages),
        Field(name="entity", target="names"),
        Field(name="section"),
        Field(name="sources"),
    )

    def row(event: Event) -> Cells:
        return {
            "id": event.id,
            "date": event.date.text,
            **value_cells(event.date),
            **phrase_cells("title", event.title, languages),
            **phrase_cells("text", event.text, languages),
            "entity": event.entity.id if event.entity else "",
            "section": event.section,
            "sources": " ".join(evidence.source.id for evidence in event.evidence),
        }

    return Table(name="events", fields=fields, rows=tuple(row(event) for event in entries))


def _sources(languages: Sequence[Texts], entries: Iterable[Source]) -> Table:
    fields = (
        ID,
        *(Field(name=name) for name in ("publisher", "title", "date", "url", "language")),
        Field(name="read", enum=READ_LEVELS),
        Field(name="independent", type="boolean"),
        *(Field(name=name) for name in ("accessed", "archived_url", "archived_on", "quote")),
        *text_fields("note", languages),
    )
    rows = tuple(
        {
            "id": source.id,
            "publisher": source.publisher,
            "title": source.title,
            "date": source.date.text if source.date else "",
            "url": source.url,
            "language": source.language,
            "read": source.read,
            "independent": flag(source.independent),
            "accessed": source.accessed.text if source.accessed else "",
            "archived_url": source.archived.url if source.archived else "",
            "archived_on": source.archived.on.text if source.archived else "",
            "quote": source.quote,
            **phrase_cells("note", source.note, languages),
        }
        for source in entries
    )
    return Table(name="sources", fields=fields, rows=rows)


def _names(languages: Sequence[Texts], entries: Iterable[Name]) -> Table:
    fields = (ID, Field(name="type"), *text_fields("name", languages), *text_fields("short", languages))
    rows = tuple(
        {
            "id": name.id,
            "type": name.type,
            **phrase_cells("name", name.name, languages),
            **phrase_cells("short", name.short, languages),
        }
        for name in entries
    )
    return Table(name="names", fields=fields, rows=rows)


def _terms(languages: Sequence[Texts], entries: Iterable[Term]) -> Table:
    fields = (ID, *text_fields("term", languages), *text_fields("definition", languages))
    rows = tuple(
        {"id": term.id, **phrase_cells("term", term.term, languages), **phrase_cells("definition", term.definition, languages)}
        for term in entries
    )
    return Table(name="terms", fields=fields, rows=rows)


def _units(_languages: Sequence[Texts], entries: Iterable[Unit]) -> Table:
    fields = (
        ID,
        Field(name="dimension"),
        Field(name="size", type="number"),
        Field(name="currency"),
        Field(name="percent", type="boolean"),
    )

    def row(unit: Unit) -> Cells:
        return {
            "id": unit.id,
            "dimension": " ".join(f"{name}^{power}" for name, power in unit.dimension.items()),
            "size": decimal_text(unit.size) or "",
            "currency": unit.currency,
            "percent": flag(unit.percent),
        }

    return Table(name="units", fields=fields, rows=tuple(row(unit) for unit in entries))


LISTINGS = (
    Listing("facts", "facts", _facts),
    Listing("evidence", "facts", _evidence, lambda fact: len(fact.evidence)),
    Listing("history", "facts", _history, lambda fact: len(fact.history)),
    Listing("claims", "claims", _claims),
    Listing("judgments", "judgments", _judgments),
    Listing("events", "events", _events),
    Listing("sources", "sources", _sources),
    Listing("names", "names", _names),
    Listing("terms", "terms", _terms),
    Listing("units", "units", _units),
)

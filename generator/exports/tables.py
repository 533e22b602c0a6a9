"""An edition as plain tables: facts, evidence, claims, events, sources, names, units and series, with what each column holds.

Nothing is rounded and nothing is worded twice: a number stands as its exact ends and how they are meant, a text once per
language. A column of a series is a plain number where every value is exact, and low, high and bounds where one is not.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from ..model.languages import Phrase
from ..model.machine_values import BOUNDS, bounds, decimal_text
from ..model.periods import Period
from ..model.report import (
    BASES,
    CHANGES,
    READ_LEVELS,
    REVIEWS,
    STANCES,
    STATUSES,
    VERDICTS,
    Claim,
    Column,
    Event,
    Evidence,
    Fact,
    Row,
    Series,
    Unit,
)
from ..model.values import Point, Value
from ..wording.texts import Texts

Cells = dict[str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Field:
    """A column: its name, its type in Table Schema, what it counts, what it may hold, and the table it points into."""

    name: str
    type: str = "string"
    unit: str = ""
    title: str = ""  # of a series' column; others are described by words of the report
    enum: tuple[str, ...] = ()
    key: bool = False
    target: str = ""  # "units" where the column holds the ids of units


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """A table: its name, its columns and its rows."""

    name: str
    fields: tuple[Field, ...]
    rows: tuple[Cells, ...]
    title: str = ""  # of a series
    series: bool = False

    @property
    def csv(self) -> str:
        """The table as CSV (RFC 4180) with line feeds; an empty cell is a missing value."""
        out = io.StringIO()
        writer = csv.DictWriter(out, [field.name for field in self.fields], lineterminator="\n", restval="")
        writer.writeheader()
        writer.writerows(self.rows)
        return out.getvalue()


def tables(every: Sequence[Texts]) -> tuple[Table, ...]:
    """All tables of an edition in the languages of `every`."""
    edition = every[0].edition
    made = [_facts, _evidence, _history, _claims, _events, _sources, _names, _terms, _units]
    return (*(make(every) for make in made), *(_series(one, every) for one in edition.series.values()))


# --- columns that several tables have ---------------------------------------------------------

ID = Field(name="id", key=True)
VALUE = (
    Field(name="low", type="number"),
    Field(name="high", type="number"),
    Field(name="bounds", enum=BOUNDS),
    Field(name="about", type="boolean"),
    Field(name="first_day", type="date"),
    Field(name="last_day", type="date"),
)


def _value(value: Value | Period | None) -> Cells:
    if value is None:
        return {}
    if isinstance(value, Period):
        return {"first_day": value.first.isoformat(), "last_day": value.last.isoformat()}
    return {**_ends(value, ""), "about": _flag(value.about)}


def _ends(value: Value, prefix: str) -> Cells:
    return {
        f"{prefix}low": decimal_text(value.low) or "",
        f"{prefix}high": decimal_text(value.high) or "",
        f"{prefix}bounds": bounds(value),
    }


def _flag(flag: bool) -> str:  # noqa: FBT001  a cell's content
    return "true" if flag else "false"


def _texts(name: str, every: Sequence[Texts]) -> Iterator[Field]:
    for texts in every:
        yield Field(name=f"{name}_{texts.language.code}")


def _told(name: str, every: Sequence[Texts], say: Callable[[Texts], str]) -> Cells:
    return {f"{name}_{texts.language.code}": say(texts) for texts in every}


def _filled(name: str, phrase: Phrase | None, every: Sequence[Texts], owner: Fact | Claim | None = None) -> Cells:
    return _told(name, every, lambda texts: texts.fill(phrase, owner)) if phrase else {}


# --- tables -----------------------------------------------------------------------------------


def _facts(every: Sequence[Texts]) -> Table:
    fields = (
        ID,
        Field(name="topic"),
        *_texts("label", every),
        *_texts("value", every),
        *VALUE,
        Field(name="unit", target="units"),
        Field(name="period"),
        Field(name="as_of"),
        Field(name="entity", target="names"),
        Field(name="status", enum=STATUSES),
        Field(name="review", enum=REVIEWS),
        Field(name="formula"),
        *_texts("note", every),
    )

    def row(fact: Fact) -> Cells:
        return {
            "id": fact.id,
            "topic": fact.topic,
            **_told("label", every, lambda texts: texts.label(fact)),
            **_told("value", every, lambda texts: texts.value(fact)),
            **_value(fact.value),
            "unit": fact.unit.id,
            "period": fact.period.text if fact.period else "",
            "as_of": fact.as_of.text if fact.as_of else "",
            "entity": fact.entity.id if fact.entity else "",
            "status": fact.status,
            "review": fact.review,
            "formula": fact.formula,
            **_filled("note", fact.note, every, fact),
        }

    return Table(name="facts", fields=fields, rows=tuple(row(one) for one in every[0].edition.facts.values()))


def _evidence(every: Sequence[Texts]) -> Table:
    fields = (Field(name="fact", target="facts"), Field(name="source", target="sources"), *_texts("at", every))

    def place(one: Evidence) -> Cells:
        return _told("at", every, lambda texts: one.at[texts.language.code] if one.at else "")

    rows = tuple(
        {"fact": fact.id, "source": one.source.id, **place(one)}
        for fact in every[0].edition.facts.values()
        for one in fact.evidence
    )
    return Table(name="evidence", fields=fields, rows=rows)


def _history(every: Sequence[Texts]) -> Table:
    fields = (
        Field(name="fact", target="facts"),
        Field(name="as_of"),
        *VALUE,
        Field(name="kind", enum=CHANGES),
        *_texts("reason", every),
        Field(name="source", target="sources"),
    )
    rows = tuple(
        {
            "fact": fact.id,
            "as_of": one.as_of.text,
            **_value(one.value),
            "kind": one.kind,
            **_filled("reason", one.reason, every, fact),
            "source": one.source.id if one.source else "",
        }
        for fact in every[0].edition.facts.values()
        for one in fact.history
    )
    return Table(name="history", fields=fields, rows=rows)


def _claims(every: Sequence[Texts]) -> Table:
    fields = (
        ID,
        Field(name="section"),
        *_texts("text", every),
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
        *_texts("reason", every),
    )

    def row(claim: Claim) -> Cells:
        return {
            "id": claim.id,
            "section": claim.section,
            **_filled("text", claim.text, every, claim),
            "source": claim.source.id,
            "at": claim.at,
            "as_written": claim.as_written,
            "entity": claim.entity.id if claim.entity else "",
            "stance": claim.stance,
            **_value(claim.claimed),
            "unit": claim.unit.id if claim.unit else "",
            "verdict": claim.verdict,
            "basis": claim.basis,
            "settled_by": " ".join(claim.settled_by),
            **_filled("reason", claim.reason, every, claim),
        }

    return Table(name="claims", fields=fields, rows=tuple(row(one) for one in every[0].edition.claims.values()))


def _events(every: Sequence[Texts]) -> Table:
    fields = (
        ID,
        Field(name="date"),
        Field(name="first_day", type="date"),
        Field(name="last_day", type="date"),
        *_texts("title", every),
        *_texts("text", every),
        Field(name="entity", target="names"),
        Field(name="section"),
        Field(name="sources"),
    )

    def row(event: Event) -> Cells:
        return {
            "id": event.id,
            "date": event.date.text,
            **_value(event.date),
            **_filled("title", event.title, every),
            **_filled("text", event.text, every),
            "entity": event.entity.id if event.entity else "",
            "section": event.section,
            "sources": " ".join(one.source.id for one in event.evidence),
        }

    return Table(name="events", fields=fields, rows=tuple(row(one) for one in every[0].edition.events.values()))


def _sources(every: Sequence[Texts]) -> Table:
    fields = (
        ID,
        *(Field(name=name) for name in ("publisher", "title", "date", "url", "language")),
        Field(name="read", enum=READ_LEVELS),
        Field(name="independent", type="boolean"),
        *_texts("note", every),
    )
    rows = tuple(
        {
            "id": one.id,
            "publisher": one.publisher,
            "title": one.title,
            "date": one.date.text if one.date else "",
            "url": one.url,
            "language": one.language,
            "read": one.read,
            "independent": _flag(one.independent),
            **_filled("note", one.note, every),
        }
        for one in every[0].edition.sources.values()
    )
    return Table(name="sources", fields=fields, rows=rows)


def _names(every: Sequence[Texts]) -> Table:
    fields = (ID, Field(name="type"), *_texts("name", every), *_texts("short", every))
    rows = tuple(
        {"id": one.id, "type": one.type, **_filled("name", one.name, every), **_filled("short", one.short, every)}
        for one in every[0].edition.names.values()
    )
    return Table(name="names", fields=fields, rows=rows)


def _terms(every: Sequence[Texts]) -> Table:
    fields = (ID, *_texts("term", every), *_texts("definition", every))
    rows = tuple(
        {"id": one.id, **_filled("term", one.term, every), **_filled("definition", one.definition, every)}
        for one in every[0].edition.terms.values()
    )
    return Table(name="terms", fields=fields, rows=rows)


def _units(every: Sequence[Texts]) -> Table:
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
            "percent": _flag(unit.percent),
        }

    return Table(name="units", fields=fields, rows=tuple(row(one) for one in every[0].edition.units.values()))


# --- series -----------------------------------------------------------------------------------


def _series(series: Series, every: Sequence[Texts]) -> Table:
    first = every[0]
    fields: list[Field] = [Field(name=series.key, key=True)]
    measures = {key: column for key, column in series.columns.items() if column.unit is not None}
    simple = {key for key in measures if all(_is_plain(row.values.get(key)) for row in series.rows)}
    for key, column in measures.items():
        fields += _measure(key, column, first, simple=key in simple)
    worded = dict.fromkeys(key for row in series.rows for key in row.words)
    for key in dict.fromkeys(key for row in series.rows for key in row.plain):
        fields.append(Field(name=key))
    for key in worded:
        fields += _texts(key, every)
    fields += [Field(name="status"), Field(name="sources")]
    rows = tuple(_row(series, row, simple, measures, every) for row in series.rows)
    return Table(name=series.id, fields=tuple(fields), rows=rows, title=first.fill(series.label), series=True)


def _is_plain(value: Value | None) -> bool:
    return value is None or (isinstance(value, Point) and not value.about)


def _measure(key: str, column: Column, texts: Texts, *, simple: bool) -> list[Field]:
    unit = column.unit.id if column.unit else ""
    title = texts.fill(column.label) if column.label else ""
    if simple:
        return [Field(name=key, type="number", unit=unit, title=title)]
    return [
        Field(name=f"{key}_low", type="number", unit=unit, title=title),
        Field(name=f"{key}_high", type="number", unit=unit, title=title),
        Field(name=f"{key}_bounds", enum=BOUNDS, title=title),
        Field(name=f"{key}_about", type="boolean", title=title),
    ]


def _row(series: Series, row: Row, simple: set[str], measures: Mapping[str, Column], every: Sequence[Texts]) -> Cells:
    cells = {series.key: row.key}
    for key in measures:
        value = row.values.get(key)
        if value is None:
            continue
        if key in simple:
            cells[key] = decimal_text(value.low) or ""
        else:
            cells |= {**_ends(value, f"{key}_"), f"{key}_about": _flag(value.about)}
    cells |= row.plain
    for key, phrase in row.words.items():
        cells |= _filled(key, phrase, every)
    cells["status"] = "observed" if row.actual else row.status
    cells["sources"] = " ".join(source.id for source in row.sources)
    return cells

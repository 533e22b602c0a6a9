"""Settles facts: values as written, from a cell of a series, or by formula; and everything else that is said of a fact."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from decimal import Decimal
from typing import TypedDict

from ..diagnostics.finding import Span
from ..model import arithmetic, report
from ..model.languages import Phrase
from ..model.periods import Period
from ..model.series import Series
from ..model.sources import Evidence, Source
from ..model.units import Unit
from ..model.values import Point, Value
from ..reading.located_values import Entry, decimal_of, members_of, text_of
from ..tables.grid import Cell
from .derivation import Derivation, InheritedEvidence, ValueWithOrigin
from .evidence import evidence_of
from .quantities import quantity_of
from .resolver import Resolver
from .series import NO_CELL, find_cell, rows_by_name

DERIVED_DIGITS = 3  # significant digits of a derived value where its fact names none


def settle_facts(
    resolver: Resolver,
    units: Mapping[str, Unit],
    sources: Mapping[str, Source],
    names: Mapping[str, report.Name],
    series: Mapping[str, Series],
    *,
    wanted: Sequence[str] | None = None,
    others: Mapping[str, report.Fact] | None = None,
    inherited: InheritedEvidence | None = None,
) -> dict[str, report.Fact]:
    """Every fact that can have a value; mistakes are reported. With `wanted`, only those: the `others` are settled before.

    What they have from facts that their formulas read is added to `inherited`.
    """
    keys = resolver.draft.facts if wanted is None else wanted
    settler = _FactSettler(resolver, units, sources, names, series, others or {}, inherited or InheritedEvidence())
    for key in settler.derivation.order(keys):
        if (fact := settler.settle(key)) is not None:
            settler.settled[key] = fact
    return {key: settler.settled[key] for key in keys if key in settler.settled}


class _OptionalParts(TypedDict):
    """The parts of a fact that not every fact has."""

    short: Phrase | None
    note: Phrase | None
    items: tuple[report.Name | Phrase, ...]
    rivals: tuple[report.Rival, ...]
    preferred_because: Phrase | None
    history: tuple[report.Change, ...]
    forecast: report.Forecast | None
    reviewed: report.SignOff | None
    aliases: tuple[str, ...]


class _FactSettler:
    def __init__(  # noqa: PLR0917  as settle_facts
        self,
        resolver: Resolver,
        units: Mapping[str, Unit],
        sources: Mapping[str, Source],
        names: Mapping[str, report.Name],
        series: Mapping[str, Series],
        others: Mapping[str, report.Fact],
        inherited: InheritedEvidence,
    ) -> None:
        self.resolver, self.units, self.sources, self.names, self.series = resolver, units, sources, names, series
        self.rows = rows_by_name(series)
        self.rows_with_sources = {
            name: _rows_with_sources(one_series.key, resolver.draft.cells.get(name, ())) for name, one_series in series.items()
        }
        self.settled: dict[str, report.Fact] = {}
        self.aliases: dict[str, Span] = {}
        self.derivation = Derivation(resolver, units, lambda key: self.settled.get(key) or others.get(key), inherited)

    def settle(self, key: str) -> report.Fact | None:
        """One fact, or None after its mistakes were reported."""
        entry = self.resolver.draft.facts[key]
        given = [name for name in ("value", "from", "formula") if name in entry.keys]
        if len(given) != 1:
            self.resolver.report("one-value", entry.span, "none" if not given else "many", id=key)
        unit = self.units.get(self.resolver.reference("units", entry["unit"]))
        entity = self.names.get(self.resolver.reference("names", entry["entity"]))
        label = self.resolver.phrase(entry, "label", "facts")
        evidence = evidence_of(self.resolver, self.sources, entry["evidence"])
        parts = self._optional_parts(key, entry, unit)
        if len(given) != 1 or unit is None or label is None:
            return None
        value, inputs, inherited = self._value(key, entry, unit)
        if value is None:
            return None
        parts["reviewed"] = self._reviewed(entry, unit, value)
        if not (evidence or inherited or inputs or self._names_evidence(entry)):
            self.resolver.report("missing-evidence", entry.span, id=key)
        digits = int(decimal_of(entry["digits"], Decimal(DERIVED_DIGITS if given == ["formula"] else 0)))
        return report.Fact(
            id=key,
            topic=self.resolver.draft.topic(entry),
            label=label,
            value=value,
            unit=unit,
            period=self.resolver.period(entry, "period", text_of(entry, "entity")),
            as_of=self.resolver.period(entry, "as_of", text_of(entry, "entity")),
            entity=entity,
            status=text_of(entry, "status", "reported"),
            review=text_of(entry, "review", "volatile"),
            evidence=evidence or inherited,
            formula=text_of(entry, "formula"),
            inputs=inputs,
            digits=digits,
            span=entry.span,
            series=_cell_of(entry),
            **parts,
        )

    def _value(self, key: str, entry: Entry, unit: Unit) -> ValueWithOrigin:
        if "from" in entry.keys:
            value, evidence = self._value_of_cell(entry, unit)
            return value, (), evidence
        if "formula" in entry.keys:
            return self.derivation.value(key, entry, unit)
        return quantity_of(self.resolver, entry["value"], unit), (), ()

    def _value_of_cell(self, entry: Entry, unit: Unit) -> tuple[Value | None, tuple[Evidence, ...]]:
        located = entry["from"]
        found = find_cell(self.resolver, located, self.series, self.rows) if isinstance(located, Entry) else None
        if found is None:
            return None, ()
        value, column_unit, evidence = found
        if column_unit.dimension != unit.dimension:
            self.resolver.report("unit-mismatch", entry.span_of("unit"), "series", unit=unit.id, other=column_unit.id)
            return None, ()
        if column_unit.size != unit.size:
            value = arithmetic.multiply(value, Point(number=column_unit.size / unit.size))
        return value, evidence

    def _names_evidence(self, entry: Entry) -> bool:
        """Whether evidence is written, in the fact or in its row of a series; invalid evidence has its own finding."""
        cell = _cell_of(entry)
        if cell is None or "evidence" in entry.keys:
            return "evidence" in entry.keys
        series, _, row = cell
        return row in self.rows_with_sources[series]

    def _optional_parts(self, key: str, entry: Entry, unit: Unit | None) -> _OptionalParts:
        rivals = tuple(self._rivals(entry, unit))
        because = self.resolver.phrase(entry, "preferred_because", "facts")
        if "rivals" in entry.keys and "preferred_because" not in entry.keys:
            hint = "preferred_because: {…}"
            self.resolver.report("missing-key", entry.span_of("rivals"), id=key, key="preferred_because", hint=hint)
        history = tuple(self._history(entry, unit))
        return {
            "short": self.resolver.phrase(entry, "short", "facts"),
            "note": self.resolver.phrase(entry, "note", "facts"),
            "items": self._items(entry),
            "rivals": rivals,
            "preferred_because": because,
            "history": history,
            "forecast": self._forecast(entry),
            "reviewed": None,
            "aliases": tuple(self._aliases(entry)),
        }

    def _rivals(self, entry: Entry, unit: Unit | None) -> Iterator[report.Rival]:
        for rival in members_of(entry["rivals"]):
            if not isinstance(rival, Entry) or (value := quantity_of(self.resolver, rival["value"], unit)) is None:
                continue
            if (reason := self.resolver.located_phrase(rival["reason"], entry, "facts")) is not None:
                evidence = evidence_of(self.resolver, self.sources, rival["evidence"])
                yield report.Rival(value=value, reason=reason, evidence=evidence)

    def _history(self, entry: Entry, unit: Unit | None) -> Iterator[report.Change]:
        for change in members_of(entry["history"]):
            if not isinstance(change, Entry):
                continue
            reason = self.resolver.located_phrase(change["reason"], entry, "facts")
            as_of = self.resolver.period(change, "as_of", text_of(entry, "entity"))
            source = self.sources.get(self.resolver.reference("sources", change["source"]))
            value = quantity_of(self.resolver, change["value"], unit)
            if reason is not None and as_of is not None and value is not None:
                yield report.Change(
                    value=value,
                    as_of=as_of,
                    kind=text_of(change, "kind", "update"),
                    reason=reason,
                    source=source,
                    until=self.resolver.period(change, "until", text_of(entry, "entity")),
                )

    def _items(self, entry: Entry) -> tuple[report.Name | Phrase, ...]:
        found: list[report.Name | Phrase] = []
        for item in members_of(entry["items"]):
            if isinstance(item.value, Phrase):
                if (phrase := self.resolver.located_phrase(item, entry)) is not None:
                    found.append(phrase)
            elif (name := self.resolver.reference("names", item)) in self.names:
                found.append(self.names[name])
        return tuple(found)

    def _aliases(self, entry: Entry) -> Iterator[str]:
        """Earlier ids of a fact. One that belongs to another fact, too, is reported: an address cannot lead to two facts."""
        facts = self.resolver.draft.facts
        for located in members_of(entry["aliases"]):
            alias = str(located.value)
            first = self.aliases.get(alias) or (facts[alias].span if alias in facts else None)
            if first is not None:
                self.resolver.report("duplicate-id", located.span, second=first, id=alias)
                continue
            self.aliases[alias] = located.span
            yield alias

    def _reviewed(self, entry: Entry, unit: Unit, value: Value | Period) -> report.SignOff | None:
        """The sign-off of the present value."""
        located = entry["reviewed"]
        if not isinstance(located, Entry) or (on := self.resolver.period(located, "on")) is None:
            return None
        seen = quantity_of(self.resolver, located["value"], unit)
        if isinstance(seen, Period) or isinstance(value, Period) or seen is None:
            same = seen == value
        else:
            same = arithmetic.same(seen, value)
        return report.SignOff(on=on, by=text_of(located, "by")) if same else None

    def _forecast(self, entry: Entry) -> report.Forecast | None:
        located = entry["forecast"]
        if not isinstance(located, Entry) or (due := self.resolver.period(located, "due", text_of(entry, "entity"))) is None:
            return None
        return report.Forecast(
            due=due,
            outcome=self.resolver.reference("facts", located["outcome"]),
            resolution=text_of(located, "resolution", "open"),
            reason=self.resolver.located_phrase(located["reason"], entry, "facts"),
        )


def _cell_of(entry: Entry) -> tuple[str, str, str] | None:
    """The series, column and row that a fact's value is taken from, where it is."""
    located = entry["from"]
    if not isinstance(located, Entry):
        return None
    return text_of(located, "series"), text_of(located, "column"), text_of(located, "at")


def _rows_with_sources(key: str, rows: Iterable[Mapping[str, Cell]]) -> set[str]:
    """The names of the rows of a series that name a source; `key` is the column of the names."""
    return {row[key].text for row in rows if key in row and any(row.get(name, NO_CELL).text for name in ("source", "sources"))}

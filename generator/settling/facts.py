"""Facts are settled: values read, taken from a series, or worked out by formula in order of their operands."""

from __future__ import annotations

import graphlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from decimal import Decimal
from typing import TypedDict

from ..diagnostics.finding import Span
from ..model import formulas, report, values
from ..model.dimensions import DimensionedValue, normalize_dimension
from ..model.evaluation import evaluate
from ..model.formulas import FormulaError
from ..model.languages import Phrase
from ..model.periods import Form, Period
from ..model.series import Series
from ..model.sources import Evidence, Source
from ..model.units import Unit
from ..model.values import Point, Value
from ..reading.located import Entry, Located, decimal_of
from ..reading.series_files import Cell
from .lookup import Resolver, members_of, period_of, text_of
from .series import NO_CELL, find_cell, rows_by_name

DERIVED_DIGITS = 3
_OPERANDS = {"fact": "facts", "unit": "units"}  # what a fact's formula may speak of


def settle_facts(
    resolver: Resolver,
    units: Mapping[str, Unit],
    sources: Mapping[str, Source],
    names: Mapping[str, report.Name],
    series: Mapping[str, Series],
    *,
    wanted: Sequence[str] | None = None,
    others: Mapping[str, report.Fact] | None = None,
) -> dict[str, report.Fact]:
    """Every fact that holds together; the rest is reported. Where only some are `wanted`, the `others` are settled already."""
    keys = resolver.draft.facts if wanted is None else wanted
    settler = _Facts(resolver, units, sources, names, series)
    settler.others = others or {}
    for key in settler.order(keys):
        if (fact := settler.settle(key)) is not None:
            settler.done[key] = fact
    return {key: settler.done[key] for key in keys if key in settler.done}


class _Extras(TypedDict):
    """The optional parts of a fact."""

    short: Phrase | None
    note: Phrase | None
    items: tuple[report.Name | Phrase, ...]
    rivals: tuple[report.Rival, ...]
    preferred_because: Phrase | None
    history: tuple[report.Change, ...]
    forecast: report.Forecast | None
    aliases: tuple[str, ...]


class _Facts:
    def __init__(
        self,
        resolver: Resolver,
        units: Mapping[str, Unit],
        sources: Mapping[str, Source],
        names: Mapping[str, report.Name],
        series: Mapping[str, Series],
    ) -> None:
        self.resolver, self.units, self.sources, self.names, self.series = resolver, units, sources, names, series
        self.rows = rows_by_name(series)
        self.cited = {name: _cited_rows(one.key, resolver.draft.cells.get(name, ())) for name, one in series.items()}
        self.done: dict[str, report.Fact] = {}
        self.others: Mapping[str, report.Fact] = {}
        self.aliases: dict[str, Span] = {}
        self.formulas: dict[str, formulas.Formula] = {}

    def order(self, keys: Iterable[str]) -> list[str]:
        """Some ids with the operands of each formula before it; a circle is reported once and left out."""
        graph: dict[str, list[str]] = {}
        stated: list[str] = []
        for key in keys:
            if operands := self._operands(key, self.resolver.draft.facts[key]):
                graph[key] = operands
            else:
                stated.append(key)
        while True:
            try:
                return stated + [key for key in graphlib.TopologicalSorter(graph).static_order() if key in graph]
            except graphlib.CycleError as error:
                circle: list[str] = error.args[1]
                first = min(circle)
                entry = self.resolver.draft.facts[first]
                self.resolver.report("formula-cycle", entry.span_of("formula"), circle=" -> ".join(reversed(circle)))
                for key in circle:
                    graph.pop(key, None)
                    self.formulas.pop(key, None)

    def _operands(self, key: str, entry: Entry) -> list[str]:
        located = entry["formula"]
        if located is None or "value" in entry.keys or "from" in entry.keys:
            return []
        try:
            formula = formulas.parse(str(located.value))
        except FormulaError as error:
            self.resolver.report_formula(located, error)
            return []
        sound = True
        for use in formula.references:
            kind = _OPERANDS.get(use.kind)
            if kind is not None and use.id in self.resolver.known(kind):
                continue
            sound = False
            place = self.resolver.place(located.span, formula.text, use.offset, len(use.id))
            if kind is None:
                self.resolver.report("bad-formula", place, "only-facts", name=use.kind)
            else:
                self.resolver.report_unknown(kind, use.id, place)
        if not sound:
            return []
        self.formulas[key] = formula
        return formula.facts

    def settle(self, key: str) -> report.Fact | None:
        """One fact, or None after reporting why not."""
        entry = self.resolver.draft.facts[key]
        given = [name for name in ("value", "from", "formula") if name in entry.keys]
        if len(given) != 1:
            self.resolver.report("one-value", entry.span, "none" if not given else "many", id=key)
        unit_id = self.resolver.reference("units", entry["unit"])
        entity = self.names.get(self.resolver.reference("names", entry["entity"]))
        label = self.resolver.phrase(entry, "label", "facts")
        evidence = self._evidence(entry["evidence"])
        unit = self.units.get(unit_id)
        extras = self._extras(key, entry, unit)
        if len(given) != 1 or unit is None or label is None:
            return None
        value, inputs, inherited = self._value(key, entry, unit)
        if value is None:
            return None
        if not (evidence or inherited or inputs or self._tried(entry)):
            self.resolver.report("missing-evidence", entry.span, id=key)
        digits = int(decimal_of(entry["digits"], Decimal(DERIVED_DIGITS if given == ["formula"] else 0)))
        return report.Fact(
            id=key,
            topic=self.resolver.draft.topic(entry),
            label=label,
            value=value,
            unit=unit,
            period=period_of(entry, "period"),
            as_of=period_of(entry, "as_of"),
            entity=entity,
            status=text_of(entry, "status", "reported"),
            review=text_of(entry, "review", "volatile"),
            evidence=evidence or inherited,
            formula=text_of(entry, "formula"),
            inputs=inputs,
            digits=digits,
            span=entry.span,
            series=self._cell(entry),
            **extras,
        )

    def _extras(self, key: str, entry: Entry, unit: Unit | None) -> _Extras:
        rivals = tuple(
            report.Rival(
                value=value,
                reason=reason,
                evidence=self._evidence(one["evidence"]),
            )
            for one in members_of(entry["rivals"])
            if isinstance(one, Entry)
            and (value := quantity(self.resolver, one["value"], unit)) is not None
            and (reason := self.resolver.located_phrase(one["reason"], entry, "facts")) is not None
        )
        because = self.resolver.phrase(entry, "preferred_because", "facts")
        if "rivals" in entry.keys and "preferred_because" not in entry.keys:
            hint = {"key": "preferred_because", "hint": "preferred_because: {…}"}
            self.resolver.report("missing-key", entry.span_of("rivals"), id=key, **hint)
        history = []
        for one in members_of(entry["history"]):
            if not isinstance(one, Entry):
                continue
            reason = self.resolver.located_phrase(one["reason"], entry, "facts")
            as_of = period_of(one, "as_of")
            source = self.sources.get(self.resolver.reference("sources", one["source"]))
            value = quantity(self.resolver, one["value"], unit)
            if reason is None or as_of is None or value is None:
                continue
            history.append(
                report.Change(
                    value=value,
                    as_of=as_of,
                    kind=text_of(one, "kind", "update"),
                    reason=reason,
                    source=source,
                    until=period_of(one, "until"),
                )
            )
        return {
            "short": self.resolver.phrase(entry, "short", "facts"),
            "note": self.resolver.phrase(entry, "note", "facts"),
            "items": self._items(entry),
            "rivals": rivals,
            "preferred_because": because,
            "history": tuple(history),
            "forecast": self._forecast(entry),
            "aliases": tuple(self._aliases(entry)),
        }

    def _items(self, entry: Entry) -> tuple[report.Name | Phrase, ...]:
        found: list[report.Name | Phrase] = []
        for one in members_of(entry["items"]):
            if isinstance(one.value, Phrase):
                if (phrase := self.resolver.located_phrase(one, entry)) is not None:
                    found.append(phrase)
            elif (name := self.resolver.reference("names", one)) in self.names:
                found.append(self.names[name])
        return tuple(found)

    def _aliases(self, entry: Entry) -> Iterator[str]:
        """Earlier ids of a fact; none may be the id or an earlier id of another one, or an address would lead to two."""
        for one in members_of(entry["aliases"]):
            alias = str(one.value)
            taken = self.aliases.get(alias) or (
                self.resolver.draft.facts[alias].span if alias in self.resolver.draft.facts else None
            )
            if taken is not None:
                self.resolver.clash("duplicate-id", one.span, taken, id=alias)
                continue
            self.aliases[alias] = one.span
            yield alias

    def _forecast(self, entry: Entry) -> report.Forecast | None:
        located = entry["forecast"]
        if not isinstance(located, Entry) or (due := period_of(located, "due")) is None:
            return None
        return report.Forecast(
            due=due,
            outcome=self.resolver.reference("facts", located["outcome"]),
            resolution=text_of(located, "resolution", "open"),
            reason=self.resolver.located_phrase(located["reason"], entry, "facts"),
        )

    def _evidence(self, located: Located | None) -> tuple[Evidence, ...]:
        return evidence_of(self.resolver, self.sources, located)

    def _cell(self, entry: Entry) -> tuple[str, str, str] | None:
        located = entry["from"]
        if not isinstance(located, Entry):
            return None
        return text_of(located, "series"), text_of(located, "column"), text_of(located, "at")

    def _value(self, key: str, entry: Entry, unit: Unit) -> tuple[Value | Period | None, tuple[str, ...], tuple[Evidence, ...]]:
        if "from" in entry.keys:
            value, cited = self._from_series(entry, unit)
            return value, (), cited
        if "formula" in entry.keys:
            return self._from_formula(key, entry, unit)
        return quantity(self.resolver, entry["value"], unit), (), ()

    def _from_series(self, entry: Entry, unit: Unit) -> tuple[Value | None, tuple[Evidence, ...]]:
        located = entry["from"]
        found = find_cell(self.resolver, located, self.series, self.rows) if isinstance(located, Entry) else None
        if found is None:
            return None, ()
        value, written, cited = found
        if written.dimension != unit.dimension:
            self.resolver.report("unit-mismatch", entry.span_of("unit"), "series", unit=unit.id, other=written.id)
            return None, ()
        if written.size != unit.size:
            value = values.multiply(value, Point(number=written.size / unit.size))
        return value, cited

    def _tried(self, entry: Entry) -> bool:
        """Whether evidence was written, here or in a row of a series; what is wrong with it has its own finding."""
        cell = self._cell(entry)
        if cell is None or "evidence" in entry.keys:
            return "evidence" in entry.keys
        series, _, at = cell
        return at in self.cited[series]

    def _from_formula(self, key: str, entry: Entry, unit: Unit) -> tuple[Value | None, tuple[str, ...], tuple[Evidence, ...]]:
        formula, located = self.formulas.get(key), entry["formula"]
        if formula is None or located is None:
            return None, (), ()
        inputs = tuple(formula.facts)
        if any(one not in self.done and one not in self.others for one in inputs):
            return None, (), ()  # the operand's own finding is enough
        try:
            result = evaluate(formula, self._operand)
        except FormulaError as error:
            self.resolver.report_formula(located, error)
            return None, (), ()
        if not isinstance(result, DimensionedValue):
            self.resolver.report("bad-formula", located.span, "not-a-quantity")
            return None, (), ()
        if result.dimension is not None and result.dimension != normalize_dimension(unit.dimension):
            self.resolver.report("unit-mismatch", entry.span_of("unit"), "formula", unit=unit.id, formula=formula.text)
            return None, (), ()
        value = values.divide(result.value, Point(number=unit.size)) if unit.size != 1 else result.value
        cited = [one for name in inputs for one in self._settled(name).evidence]
        return value, inputs, tuple({(one.source.id, id(one.at)): one for one in cited}.values())

    def _operand(self, kind: str, key: str) -> DimensionedValue | Period:
        return one_unit(self.units[key]) if kind == "unit" else measure(self._settled(key))

    def _settled(self, key: str) -> report.Fact:
        return self.done[key] if key in self.done else self.others[key]


def _cited_rows(key: str, rows: Iterable[Mapping[str, Cell]]) -> set[str]:
    """The rows of a series, by name, that name a source."""
    return {row[key].text for row in rows if key in row and any(row.get(one, NO_CELL).text for one in ("source", "sources"))}


def evidence_of(resolver: Resolver, sources: Mapping[str, Source], located: Located | None) -> tuple[Evidence, ...]:
    """Evidence whose sources exist."""
    found = []
    for one in members_of(located):
        if not isinstance(one, Entry):
            continue
        source = resolver.reference("sources", one["source"])
        at = resolver.located_phrase(one["at"], one)
        if source in sources:
            found.append(Evidence(source=sources[source], at=at))
    return tuple(found)


def measure(fact: report.Fact) -> DimensionedValue | Period:
    """A fact as an operand: its value in the base of its dimension."""
    if isinstance(fact.value, Period):
        return fact.value
    value = fact.value
    if fact.unit.size != 1:
        value = values.multiply(value, Point(number=fact.unit.size))
    return DimensionedValue(value, normalize_dimension(fact.unit.dimension))


def one_unit(unit: Unit) -> DimensionedValue:
    """One of a unit."""
    return DimensionedValue(Point(number=unit.size), normalize_dimension(unit.dimension))


def quantity(resolver: Resolver, located: Located | None, unit: Unit | None) -> Value | Period | None:
    """A value as its unit wants it, or None: four digits alone are a year only where a date is meant."""
    value = None if located is None else located.value
    if located is None or unit is None or not isinstance(value, Period | Point | values.Interval):
        return None
    dated = "time_point" in unit.dimension
    if isinstance(value, Period) and value.form is Form.YEAR and not dated:
        return Point(number=Decimal(value.text))
    if isinstance(value, Period) is not dated:
        resolver.report("unit-mismatch", located.span, "date", unit=unit.id)
        return None
    return value

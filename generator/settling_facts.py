"""Series and facts are settled: values read, taken from a series, or worked out by formula in order of their operands."""

from __future__ import annotations

import graphlib
from collections.abc import Iterator, Mapping
from decimal import Decimal

from generator import formulas, model, values
from generator.desk import Desk, items, period_of, word_of
from generator.diagnostics import Clause, Span
from generator.formulas import FormulaError, Measure
from generator.languages import Phrase
from generator.periods import Form, Period
from generator.reading import Cell
from generator.shapes import Entry, Placed, decimal_of
from generator.spelling import suggest
from generator.values import Point, Value

DERIVED_DIGITS = 3
_NO_CELL = Cell("", Span(""))
_FLAGS = ("source", "sources", "actual", "status", "note")


def settle_series(
    desk: Desk, units: Mapping[str, model.Unit], sources: Mapping[str, model.Source]
) -> dict[str, model.Series]:
    """Every series with its cells read as values."""
    found: dict[str, model.Series] = {}
    for key, entry in desk.draft.series.items():
        columns = _columns(desk, entry, units)
        label = desk.phrase(entry, "label")
        desk.refs("sources", entry["sources"])
        _check_header(desk, key, entry)
        if label is None:
            continue
        found[key] = model.Series(
            id=key,
            label=label,
            key=word_of(entry, "key"),
            topic=word_of(entry, "topic"),
            columns=columns,
            rows=tuple(
                _row(desk, word_of(entry, "key"), cells, columns, sources) for cells in desk.draft.cells.get(key, ())
            ),
            note=desk.phrase(entry, "note"),
        )
    return found


def _check_header(desk: Desk, key: str, entry: Entry) -> None:
    """What a series describes stands in its file, and each row there has a name of its own."""
    rows = desk.draft.cells.get(key, ())
    if not rows or not isinstance(entry["columns"], Entry):
        return
    header = rows[0]
    where = Clause("columns-of", {"name": f"data/series/{key}.csv"})
    if (placed := entry["key"]) is not None and placed.value not in header:
        desk.report("unknown-id", placed.span, id=str(placed.value), kind=where, suggestion=suggest(str(placed.value), header))
    for name, span in entry["columns"].keys.items():
        if name not in header and not any(one.startswith(f"{name}:") for one in header):
            desk.report("unknown-id", span, id=name, kind=where, suggestion=suggest(name, header))
    first: dict[str, Cell] = {}
    for row in rows:
        cell = row.get(word_of(entry, "key"))
        if cell is None:
            continue
        if cell.text in first:
            desk.clash("duplicate-id", cell.span, first[cell.text].span, id=cell.text)
        first.setdefault(cell.text, cell)


def _columns(desk: Desk, entry: Entry, units: Mapping[str, model.Unit]) -> dict[str, model.Column]:
    found: dict[str, model.Column] = {}
    placed = entry["columns"]
    for name, column in placed.fields.items() if isinstance(placed, Entry) else ():
        if isinstance(column, Entry):
            unit = desk.ref("units", column["unit"])
            found[name] = model.Column(
                id=name,
                label=desk.phrase(column, "label"),
                unit=units.get(unit),
                status=word_of(column, "status", "observed"),
            )
    return found


def _row(
    desk: Desk,
    key: str,
    cells: Mapping[str, Cell],
    columns: Mapping[str, model.Column],
    sources: Mapping[str, model.Source],
) -> model.Row:
    numbers: dict[str, Value] = {}
    texts: dict[str, dict[str, str]] = {}
    plain: dict[str, str] = {}
    for name, cell in cells.items():
        base, _, code = name.partition(":")
        column = columns.get(name)
        if name == key or name in _FLAGS or not cell.text:
            continue
        if code:
            texts.setdefault(base, {})[code] = cell.text
            missing = [one.code for one in desk.draft.languages if not cells.get(f"{base}:{one.code}", _NO_CELL).text]
            if missing:
                desk.report("missing-language", cell.span, language=", ".join(missing))
        elif column is not None and column.unit is not None:
            try:
                numbers[name] = values.parse(cell.text)
            except ValueError:
                desk.report("bad-value", cell.span, "cell", found=cell.text)
        elif column is not None:
            plain[name] = cell.text
    cited = cells.get("source") or cells.get("sources")
    found = []
    for word in (cited.text.split() if cited else ()):
        if word in sources:
            found.append(sources[word])
        elif cited is not None:
            desk.report_unknown("sources", word, desk.place(cited.span, cited.text, cited.text.index(word), len(word)))
    for name, known in (("status", model.STATUSES), ("actual", ("true", "false"))):
        if (cell := cells.get(name, _NO_CELL)).text and cell.text not in known:
            desk.report("unknown-word", cell.span, found=cell.text, suggestion=suggest(cell.text, known))
    return model.Row(
        key=cells.get(key, _NO_CELL).text,
        values=numbers,
        words={name: Phrase(one) for name, one in texts.items()},
        plain=plain,
        sources=tuple(found),
        actual=cells.get("actual", _NO_CELL).text == "true",
        status=cells.get("status", _NO_CELL).text,
    )


def settle_facts(
    desk: Desk,
    units: Mapping[str, model.Unit],
    sources: Mapping[str, model.Source],
    names: Mapping[str, model.Name],
    series: Mapping[str, model.Series],
) -> dict[str, model.Fact]:
    """Every fact that holds together; the rest is reported."""
    settler = _Facts(desk, units, sources, names, series)
    for key in settler.order():
        if (fact := settler.settle(key)) is not None:
            settler.done[key] = fact
    return {key: settler.done[key] for key in desk.draft.facts if key in settler.done}


class _Facts:
    def __init__(
        self,
        desk: Desk,
        units: Mapping[str, model.Unit],
        sources: Mapping[str, model.Source],
        names: Mapping[str, model.Name],
        series: Mapping[str, model.Series],
    ) -> None:
        self.desk, self.units, self.sources, self.names, self.series = desk, units, sources, names, series
        self.done: dict[str, model.Fact] = {}
        self.aliases: dict[str, Span] = {}
        self.formulas: dict[str, formulas.Formula] = {}

    def order(self) -> list[str]:
        """Ids with the operands of each formula before it; a circle is reported once and left out."""
        graph: dict[str, list[str]] = {}
        for key, entry in self.desk.draft.facts.items():
            graph[key] = self._operands(key, entry)
        while True:
            try:
                return [key for key in graphlib.TopologicalSorter(graph).static_order() if key in graph]
            except graphlib.CycleError as error:
                circle: list[str] = error.args[1]
                first = min(circle)
                entry = self.desk.draft.facts[first]
                self.desk.report("formula-cycle", entry.span_of("formula"), circle=" -> ".join(reversed(circle)))
                for key in circle:
                    graph.pop(key, None)
                    self.formulas.pop(key, None)

    def _operands(self, key: str, entry: Entry) -> list[str]:
        placed = entry["formula"]
        if placed is None or "value" in entry.keys or "from" in entry.keys:
            return []
        try:
            formula = formulas.parse(str(placed.value))
        except FormulaError as error:
            self.desk.report_formula(placed, error)
            return []
        known = self.desk.known("facts")
        for use in formula.uses:
            place = self.desk.place(placed.span, formula.text, use.offset, len(use.id))
            if use.kind != "fact":
                self.desk.report("bad-formula", place, "only-facts", name=use.kind)
            elif use.id not in known:
                self.desk.report_unknown("facts", use.id, place)
        if any(use.kind != "fact" or use.id not in known for use in formula.uses):
            return []
        self.formulas[key] = formula
        return [use.id for use in formula.uses]

    def settle(self, key: str) -> model.Fact | None:
        """One fact, or None after reporting why not."""
        entry = self.desk.draft.facts[key]
        given = [name for name in ("value", "from", "formula") if name in entry.keys]
        if len(given) != 1:
            self.desk.report("one-value", entry.span, "none" if not given else "many", id=key)
        unit_id = self.desk.ref("units", entry["unit"])
        entity = self.names.get(self.desk.ref("names", entry["entity"]))
        label = self.desk.phrase(entry, "label", "facts")
        evidence = self._evidence(entry["evidence"])
        unit = self.units.get(unit_id)
        extras = self._extras(key, entry, unit)
        if len(given) != 1 or unit is None or label is None:
            return None
        value, inputs, inherited = self._value(key, entry, unit)
        if value is None:
            return None
        if not (evidence or inherited or inputs or self._tried(entry)):
            self.desk.report("missing-evidence", entry.span, id=key)
        digits = int(decimal_of(entry["digits"], Decimal(DERIVED_DIGITS if given == ["formula"] else 0)))
        return model.Fact(
            id=key,
            topic=self.desk.draft.topic(entry),
            label=label,
            value=value,
            unit=unit,
            period=period_of(entry, "period"),
            as_of=period_of(entry, "as_of"),
            entity=entity,
            status=word_of(entry, "status", "reported"),
            review=word_of(entry, "review", "volatile"),
            evidence=evidence or inherited,
            formula=word_of(entry, "formula"),
            inputs=inputs,
            digits=digits,
            span=entry.span,
            series=self._cell(entry),
            **extras,
        )

    def _extras(self, key: str, entry: Entry, unit: model.Unit | None) -> dict[str, object]:  # the optional parts of a fact
        rivals = tuple(
            model.Rival(
                value=value,
                reason=reason,
                evidence=self._evidence(one["evidence"]),
            )
            for one in items(entry["rivals"])
            if isinstance(one, Entry)
            and (value := quantity(self.desk, one["value"], unit)) is not None
            and (reason := self.desk.placed_phrase(one["reason"], entry, "facts")) is not None
        )
        because = self.desk.phrase(entry, "preferred_because", "facts")
        if "rivals" in entry.keys and "preferred_because" not in entry.keys:
            self.desk.report("missing-key", entry.span_of("rivals"), id=key, key="preferred_because", hint="preferred_because: {…}")
        history = []
        for one in items(entry["history"]):
            if not isinstance(one, Entry):
                continue
            reason = self.desk.placed_phrase(one["reason"], entry, "facts")
            as_of = period_of(one, "as_of")
            source = self.sources.get(self.desk.ref("sources", one["source"]))
            value = quantity(self.desk, one["value"], unit)
            if reason is None or as_of is None or value is None:
                continue
            history.append(
                model.Change(
                    value=value,
                    as_of=as_of,
                    kind=word_of(one, "kind", "update"),
                    reason=reason,
                    source=source,
                    until=period_of(one, "until"),
                )
            )
        return {
            "short": self.desk.phrase(entry, "short", "facts"),
            "note": self.desk.phrase(entry, "note", "facts"),
            "items": self._items(entry),
            "rivals": rivals,
            "preferred_because": because,
            "history": tuple(history),
            "forecast": self._forecast(entry),
            "aliases": tuple(self._aliases(entry)),
        }

    def _items(self, entry: Entry) -> tuple[model.Name | Phrase, ...]:
        found: list[model.Name | Phrase] = []
        for one in items(entry["items"]):
            if isinstance(one.value, Phrase):
                if (phrase := self.desk.placed_phrase(one, entry)) is not None:
                    found.append(phrase)
            elif name := self.desk.ref("names", one):
                if name in self.names:
                    found.append(self.names[name])
        return tuple(found)

    def _aliases(self, entry: Entry) -> Iterator[str]:
        """Earlier ids of a fact; none may be the id or an earlier id of another one, or an address would lead to two."""
        for one in items(entry["aliases"]):
            alias = str(one.value)
            taken = self.aliases.get(alias) or (self.desk.draft.facts[alias].span if alias in self.desk.draft.facts else None)
            if taken is not None:
                self.desk.clash("duplicate-id", one.span, taken, id=alias)
                continue
            self.aliases[alias] = one.span
            yield alias

    def _forecast(self, entry: Entry) -> model.Forecast | None:
        placed = entry["forecast"]
        if not isinstance(placed, Entry) or (due := period_of(placed, "due")) is None:
            return None
        return model.Forecast(
            due=due,
            outcome=self.desk.ref("facts", placed["outcome"]),
            resolution=word_of(placed, "resolution", "open"),
            reason=self.desk.placed_phrase(placed["reason"], entry, "facts"),
        )

    def _evidence(self, placed: Placed | None) -> tuple[model.Evidence, ...]:
        return evidence_of(self.desk, self.sources, placed)

    def _cell(self, entry: Entry) -> tuple[str, str, str] | None:
        placed = entry["from"]
        if not isinstance(placed, Entry):
            return None
        return word_of(placed, "series"), word_of(placed, "column"), word_of(placed, "at")

    def _value(
        self, key: str, entry: Entry, unit: model.Unit
    ) -> tuple[Value | Period | None, tuple[str, ...], tuple[model.Evidence, ...]]:
        if "from" in entry.keys:
            value, cited = self._from_series(entry, unit)
            return value, (), cited
        if "formula" in entry.keys:
            return self._from_formula(key, entry, unit)
        return quantity(self.desk, entry["value"], unit), (), ()

    def _from_series(
        self, entry: Entry, unit: model.Unit
    ) -> tuple[Value | None, tuple[model.Evidence, ...]]:
        placed = entry["from"]
        if not isinstance(placed, Entry) or not (name := self.desk.ref("series", placed["series"])):
            return None, ()
        series = self.series.get(name)
        if series is None:
            return None, ()
        column, at = word_of(placed, "column"), word_of(placed, "at")
        if not column or not at:
            return None, ()
        known = _measured(self.desk, name)
        if column not in known:
            self.desk.report("unknown-id", placed.span_of("column"), id=column, kind=Clause("columns-of", {"name": name}), suggestion=suggest(column, known))
            return None, ()
        found = series.columns[column].unit if column in series.columns else None
        if found is None:
            return None, ()
        row = next((row for row in series.rows if row.key == at), None)
        if row is None or column not in row.values:
            self._report_row(placed, name, series, column, at)
            return None, ()
        if found.dimension != unit.dimension:
            self.desk.report("unit-mismatch", entry.span_of("unit"), "series", unit=unit.id, other=found.id)
            return None, ()
        value = row.values[column]
        if found.size != unit.size:
            value = values.multiply(value, Point(number=found.size / unit.size))
        return value, tuple(model.Evidence(source=source, at=None) for source in row.sources)

    def _tried(self, entry: Entry) -> bool:
        """Whether evidence was written, here or in a row of a series; what is wrong with it has its own finding."""
        if (cell := self._cell(entry)) is None:
            return "evidence" in entry.keys
        series, _, at = cell
        key = self.series[series].key
        rows = [row for row in self.desk.draft.cells[series] if row.get(key, _NO_CELL).text == at]
        return "evidence" in entry.keys or any(row.get(name, _NO_CELL).text for row in rows for name in ("source", "sources"))

    def _report_row(self, placed: Entry, name: str, series: model.Series, column: str, at: str) -> None:
        """No such row, or nothing in it; a row or cell that could not be read has its own finding."""
        if f"data/series/{name}.csv" in self.desk.draft.unread:
            return
        rows = self.desk.draft.cells[name]
        if rows and not (series.key in rows[0] and column in rows[0]):
            return  # the header has its own finding
        if not any(row[series.key].text == at and row[column].text for row in rows):
            known = [row.key for row in series.rows if column in row.values]
            self.desk.report("unknown-id", placed.span_of("at"), id=at, kind=Clause("rows-of", {"name": name}), suggestion=suggest(at, known))

    def _from_formula(
        self, key: str, entry: Entry, unit: model.Unit
    ) -> tuple[Value | None, tuple[str, ...], tuple[model.Evidence, ...]]:
        formula, placed = self.formulas.get(key), entry["formula"]
        if formula is None or placed is None:
            return None, (), ()
        inputs = tuple(dict.fromkeys(use.id for use in formula.uses))
        if any(one not in self.done for one in inputs):
            return None, (), ()  # the operand's own finding is enough
        try:
            result = formulas.evaluate(formula, lambda _kind, one: measure(self.done[one]))
        except FormulaError as error:
            self.desk.report_formula(placed, error)
            return None, (), ()
        if not isinstance(result, Measure):
            self.desk.report("bad-formula", placed.span, "not-a-quantity")
            return None, (), ()
        if result.dimension is not None and result.dimension != formulas.dimension(unit.dimension):
            self.desk.report("unit-mismatch", entry.span_of("unit"), "formula", unit=unit.id, formula=formula.text)
            return None, (), ()
        value = values.divide(result.value, Point(number=unit.size)) if unit.size != 1 else result.value
        cited = [one for name in inputs for one in self.done[name].evidence]
        return value, inputs, tuple({(one.source.id, id(one.at)): one for one in cited}.values())


def evidence_of(
    desk: Desk, sources: Mapping[str, model.Source], placed: Placed | None
) -> tuple[model.Evidence, ...]:
    """Evidence whose sources exist."""
    found = []
    for one in items(placed):
        if not isinstance(one, Entry):
            continue
        source = desk.ref("sources", one["source"])
        at = desk.placed_phrase(one["at"], one)
        if source in sources:
            found.append(model.Evidence(source=sources[source], at=at))
    return tuple(found)


def measure(fact: model.Fact) -> Measure | Period:
    """A fact as an operand: its value in the base of its dimension."""
    if isinstance(fact.value, Period):
        return fact.value
    value = fact.value
    if fact.unit.size != 1:
        value = values.multiply(value, Point(number=fact.unit.size))
    return Measure(value, formulas.dimension(fact.unit.dimension))


def quantity(desk: Desk, placed: Placed | None, unit: model.Unit | None) -> Value | Period | None:
    """A value as its unit wants it, or None: four digits alone are a year only where a date is meant."""
    value = None if placed is None else placed.value
    if placed is None or unit is None or not isinstance(value, Period | Point | values.Interval):
        return None
    dated = "time_point" in unit.dimension
    if isinstance(value, Period) and value.form is Form.YEAR and not dated:
        return Point(number=Decimal(value.text))
    if isinstance(value, Period) is not dated:
        desk.report("unit-mismatch", placed.span, "date", unit=unit.id)
        return None
    return value


def _measured(desk: Desk, series: str) -> list[str]:
    """The columns of a series that have a unit, or may have: what could not be read has its own finding."""
    columns = desk.draft.series[series]["columns"]
    if not isinstance(columns, Entry):
        return []
    return [key for key in columns.keys if not isinstance(one := columns[key], Entry) or "unit" in one.keys]


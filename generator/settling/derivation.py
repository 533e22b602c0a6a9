"""Derived facts: the order in which formulas can be evaluated, and their values from facts that are settled."""

from __future__ import annotations

import graphlib
from collections.abc import Callable, Iterable, Mapping

from ..model import formulas, report, values
from ..model.dimensions import DimensionedValue, normalize_dimension
from ..model.evaluation import evaluate
from ..model.formulas import FormulaError
from ..model.periods import Period
from ..model.sources import Evidence
from ..model.units import Unit
from ..model.values import Point, Value
from ..reading.located import Entry, Located
from .quantities import as_operand, unit_as_operand
from .resolver import Resolver

_OPERANDS = {"fact": "facts", "unit": "units"}  # kinds of operands that a fact's formula may have

ValueWithOrigin = tuple[Value | Period | None, tuple[str, ...], tuple[Evidence, ...]]  # value, ids of its inputs, evidence


class Derivation:
    """The formulas of facts. `settled` finds a settled fact by its id."""

    def __init__(self, resolver: Resolver, units: Mapping[str, Unit], settled: Callable[[str], report.Fact | None]) -> None:
        self.resolver, self.units, self.settled = resolver, units, settled
        self.formulas: dict[str, formulas.Formula] = {}  # that can be parsed, and are part of no cycle

    def order(self, keys: Iterable[str]) -> list[str]:
        """The ids of facts, each after the operands of its formula. A cycle is reported once, and its facts are left out."""
        graph: dict[str, list[str]] = {}
        independent: list[str] = []
        for key in keys:
            if operands := self._parse(key, self.resolver.draft.facts[key]):
                graph[key] = operands
            else:
                independent.append(key)
        while True:
            try:
                return independent + [key for key in graphlib.TopologicalSorter(graph).static_order() if key in graph]
            except graphlib.CycleError as error:
                cycle: list[str] = error.args[1]
                entry = self.resolver.draft.facts[min(cycle)]
                self.resolver.report("formula-cycle", entry.span_of("formula"), circle=" -> ".join(reversed(cycle)))
                for key in cycle:
                    graph.pop(key, None)
                    self.formulas.pop(key, None)

    def _parse(self, key: str, entry: Entry) -> list[str]:
        """The ids of facts that a fact's formula reads, if it has one without mistakes."""
        located = entry["formula"]
        if located is None or "value" in entry.keys or "from" in entry.keys:
            return []
        try:
            formula = formulas.parse(str(located.value))
        except FormulaError as error:
            self.resolver.report_formula(located, error)
            return []
        known = [self._is_known(located, formula, operand) for operand in formula.references]
        if not all(known):
            return []
        self.formulas[key] = formula
        return formula.facts

    def _is_known(self, located: Located, formula: formulas.Formula, operand: formulas.OperandReference) -> bool:
        kind = _OPERANDS.get(operand.kind)
        if kind is not None and operand.id in self.resolver.entries(kind):
            return True
        span = self.resolver.subspan(located.span, formula.text, operand.offset, len(operand.id))
        if kind is None:
            self.resolver.report("bad-formula", span, "only-facts", name=operand.kind)
        else:
            self.resolver.report_unknown(kind, operand.id, span)
        return False

    def value(self, key: str, entry: Entry, unit: Unit) -> ValueWithOrigin:
        """The value of a fact's formula in its unit, with the facts that it reads and their evidence."""
        formula, located = self.formulas.get(key), entry["formula"]
        if formula is None or located is None:
            return None, (), ()
        inputs = {key: fact for key in formula.facts if (fact := self.settled(key)) is not None}
        if len(inputs) < len(set(formula.facts)):
            return None, (), ()  # the operand has its own finding

        def operand(kind: str, key: str) -> DimensionedValue | Period:
            return unit_as_operand(self.units[key]) if kind == "unit" else as_operand(inputs[key])

        try:
            result = evaluate(formula, operand)
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
        evidence = [piece for fact in inputs.values() for piece in fact.evidence]
        return value, tuple(formula.facts), tuple({(piece.source.id, id(piece.at)): piece for piece in evidence}.values())

"""Derived facts: the order in which formulas can be evaluated, and their values from facts that are settled."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from itertools import dropwhile

from ..diagnostics.finding import Clause
from ..model import arithmetic, formulas, report, values
from ..model.dimensions import DimensionedValue, normalize_dimension
from ..model.evaluation import TOO_LARGE, evaluate
from ..model.formulas import FormulaError
from ..model.languages import Phrase
from ..model.operand_comparison import Operand
from ..model.operands import as_operand, unit_as_operand
from ..model.periods import Period
from ..model.sources import Evidence
from ..model.units import Unit
from ..model.values import Point, Value
from ..reading.located_values import Entry, Located
from ..records.struct import Struct
from .resolver import Resolver

_MOST_SHOWN = 12  # facts of a cycle
_OPERANDS = {"fact": "facts", "unit": "units"}  # kinds of operands that a fact's formula may have

ValueWithOrigin = tuple[Value | Period | None, tuple[str, ...], tuple[Evidence, ...]]  # value, ids of its inputs, evidence


def sort_by_dependency(graph: Mapping[str, Iterable[str]]) -> tuple[list[str], list[list[str]]]:
    """The keys of a graph, each after those that it depends on, and the cycles in it, whose keys are left out.

    Depth-first, without recursion: a chain may be as long as it likes, and each edge is followed once.
    """
    ordered: list[str] = []
    cycles: list[list[str]] = []
    done, in_cycle = set[str](), set[str]()
    for first in graph:
        path: dict[str, Iterator[str]] = {} if first in done else {first: iter(graph[first])}  # what is being followed
        while path:
            key, dependencies = next(reversed(path.items()))
            after = next((one for one in dependencies if one in graph and one not in done), None)
            if after is None:
                del path[key]
                done.add(key)
                if key not in in_cycle:
                    ordered.append(key)
            elif after not in path:
                path[after] = iter(graph[after])
            elif not in_cycle.intersection(cycle := _path_from(path, after)):
                cycles.append(cycle)
                in_cycle.update(cycle)
    return ordered, cycles


def _path_from(path: Iterable[str], key: str) -> list[str]:
    return list(dropwhile(lambda one: one != key, path))


class InheritedEvidence(Struct):
    """How many pieces of evidence facts have from those that their formulas read."""

    pieces: int = 0


class Derivation:
    """The formulas of facts. `settled` finds a settled fact by its id."""

    def __init__(
        self,
        resolver: Resolver,
        units: Mapping[str, Unit],
        settled: Callable[[str], report.Fact | None],
        inherited: InheritedEvidence,
    ) -> None:
        self.resolver, self.units, self.settled, self._inherited_so_far = resolver, units, settled, inherited
        self.formulas: dict[str, formulas.Formula] = {}  # that can be parsed, and are part of no cycle

    def order(self, keys: Iterable[str]) -> list[str]:
        """The ids of facts, each after the operands of its formula. A cycle is reported once, and its facts are left out."""
        graph: dict[str, list[str]] = {}
        independent: list[str] = []
        draft = self.resolver.draft
        for key in keys:
            if draft.derived is not None and key not in draft.derived:  # its entry need not be loaded for it
                independent.append(key)
            elif operands := self._parse(key, draft.facts[key]):
                graph[key] = operands
            else:
                independent.append(key)
        ordered, cycles = sort_by_dependency(graph)
        for cycle in cycles:
            entry = self.resolver.draft.facts[min(cycle)]
            shown = cycle if len(cycle) <= _MOST_SHOWN else [*cycle[: _MOST_SHOWN - 1], "…"]
            self.resolver.report("formula-cycle", entry.span_of("formula"), circle=" -> ".join([*shown, cycle[0]]))
            for key in cycle:
                self.formulas.pop(key, None)
        return independent + ordered

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
        if kind is not None and self.resolver.has(kind, operand.id):
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
            value = _in_unit(result, unit)
        except FormulaError as error:
            self.resolver.report_formula(located, error)
            return None, (), ()
        if value is None or not isinstance(result, DimensionedValue):
            self.resolver.report("bad-formula", located.span, "not-a-quantity")
            return None, (), ()
        if result.dimension is not None and result.dimension != normalize_dimension(unit.dimension):
            self.resolver.report("unit-mismatch", entry.span_of("unit"), "formula", unit=unit.id, formula=formula.text)
            return None, (), ()
        return value, tuple(formula.facts), self._inherited(located, inputs.values())

    def _inherited(self, located: Located, inputs: Iterable[report.Fact]) -> tuple[Evidence, ...]:
        """The evidence of the facts that a formula reads, each piece once; what is beyond the report's limit is reported once.

        Along a chain of sums it adds up to the square of the chain's length.
        """
        most = self.resolver.draft.limits.evidence
        if self._inherited_so_far.pieces > most:
            return ()
        found = evidence_of_inputs(inputs)
        self._inherited_so_far.pieces += len(found)
        if self._inherited_so_far.pieces > most:
            what = Clause("evidence-pieces")
            self.resolver.report("too-large", located.span, what=what, most=str(most), key="evidence")
        return found


def evidence_of_inputs(inputs: Iterable[report.Fact]) -> tuple[Evidence, ...]:
    """The evidence of the facts that a formula reads, each piece once."""
    found = {(piece.source.id, _words(piece.at), piece.quote): piece for fact in inputs for piece in fact.evidence}
    return tuple(found.values())


def _words(place: Phrase | None) -> tuple[str, ...]:
    """A place in a source by its words: two facts may have the same, each written for itself."""
    return tuple(place.texts.values()) if place else ()


def _in_unit(result: Operand, unit: Unit) -> Value | None:
    """The result of a formula in a unit; None for what is no quantity, FormulaError for a number beyond all sizes."""
    if not isinstance(result, DimensionedValue):
        return None
    value = arithmetic.divide(result.value, Point(number=unit.size)) if unit.size != 1 else result.value
    if not all(values.is_usual(end) for end in (value.low, value.high) if end is not None):
        raise FormulaError(0, "arithmetic", why=TOO_LARGE)
    return value

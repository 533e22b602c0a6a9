"""Values of entries as operands of formulas, in the base unit of their dimension."""

from __future__ import annotations

from collections.abc import Mapping

from . import arithmetic, values
from .dimensions import DimensionedValue, normalize_dimension
from .operand_comparison import Operand
from .periods import Period
from .report import Claim, Event, Fact
from .units import Unit
from .values import Point, Value


def as_operand(fact: Fact) -> DimensionedValue | Period:
    """A fact's value in the base unit of its dimension."""
    return fact.value if isinstance(fact.value, Period) else in_base_unit(fact.value, fact.unit)


def unit_as_operand(unit: Unit) -> DimensionedValue:
    """The value 1 of a unit in the base unit of its dimension."""
    return DimensionedValue(Point(number=unit.size), normalize_dimension(unit.dimension))


def in_base_unit(value: Value, unit: Unit) -> DimensionedValue:
    """A value of some unit in the base unit of its dimension."""
    in_base = value if unit.size == 1 else arithmetic.multiply(value, Point(number=unit.size))
    return DimensionedValue(in_base, normalize_dimension(unit.dimension))


class MissingOperandError(Exception):
    """An operand that is written but could not be settled; it has its own finding."""


class OperandLookup:
    """Finds the values of the operands of relations."""

    def __init__(
        self,
        units: Mapping[str, Unit],
        facts: Mapping[str, Fact],
        claims: Mapping[str, Claim],
        events: Mapping[str, Event],
    ) -> None:
        self.units, self.facts, self.claims, self.events = units, facts, claims, events

    def __call__(self, kind: str, key: str) -> Operand:
        """The value of an operand: its kind, as in a formula, and the id of its entry."""
        try:
            match kind:
                case "fact":
                    return as_operand(self.facts[key])
                case "unit":
                    return unit_as_operand(self.units[key])
                case "count":
                    return DimensionedValue(values.parse(str(len(self.facts[key].items))), ())
                case "event":
                    return self.events[key].date
                case "verdict":
                    return self.claims[key].verdict
                case _:
                    return self._claimed(self.claims[key])
        except KeyError as error:
            raise MissingOperandError(key) from error

    @staticmethod
    def _claimed(claim: Claim) -> Operand:
        if claim.claimed is None or claim.unit is None:
            raise MissingOperandError(claim.id)
        if isinstance(claim.claimed, Period):
            return claim.claimed
        return in_base_unit(claim.claimed, claim.unit)

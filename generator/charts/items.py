"""A labelled quantity of a chart, as a specification and its facts give it."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from ..model.arithmetic import negate
from ..model.values import Value, midpoint
from ..records.struct import Struct, replace

if TYPE_CHECKING:
    from ..model.units import Unit


class Item(Struct, frozen=True, kw_only=True):
    """A labelled quantity of a chart."""

    label: str
    value: Value  # in the base unit of its dimension, so that items of one dimension share a scale
    unit: Unit
    short: str  # the value worded for a mark
    long: str  # the value worded for prose and tables
    status: str
    emphasis: bool = False
    fact: str = ""  # the id of the fact, if it is one
    stated: Value | None = None  # the value in its own unit, with its digits as stated
    plan: Item | None = None  # what it is on its way to
    part: Item | None = None  # what of it the chart is about
    over: bool = False  # whether the period that it is for has ended
    drawn_as: str = ""  # the status that it is drawn as, where the specification says which items are planned
    note: str = ""  # what stands beside its label
    comparison: str = ""  # what its value comes to beside another, in words
    group: str = ""  # the name of the rows that it is among

    @property
    def dimension(self) -> str:
        """The dimension of its unit as a text; only items of the same one are comparable."""
        return " ".join(f"{name}^{power}" for name, power in sorted(self.unit.dimension.items()))

    @property
    def look(self) -> str:
        """The status that it is drawn as: what was announced of a time that is over has happened."""
        if self.drawn_as:
            return self.drawn_as
        return "observed" if self.over and self.status == "announced" else self.status

    @property
    def size(self) -> Decimal:
        """The midpoint of its value, by which it is sorted and compared."""
        return midpoint(self.value)

    @property
    def turned(self) -> Item:
        """The item on the other side of zero, with its words as they are."""
        return replace(self, value=negate(self.value))

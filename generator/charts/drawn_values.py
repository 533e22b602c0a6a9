"""Values as charts draw them: those of facts, in the base unit of their dimension, and worded with true minus signs."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from ..model.arithmetic import multiply
from ..model.periods import Period
from ..model.values import Point, Value

if TYPE_CHECKING:
    from ..model.report import Fact
    from ..model.units import Unit

_HYPHEN = re.compile(r"(?<![0-9A-Za-z\u2010-\u2015-])-(?=[^\w\s]?\d)")  # of a negative number, before its currency sign too


def quantity(fact: Fact) -> Value:
    """The value of a fact that can be drawn; TypeError for a date."""
    if isinstance(fact.value, Period):
        msg = f"{fact.id} is a date and cannot be drawn as a quantity"
        raise TypeError(msg)
    return fact.value


def in_base_unit(value: Value, unit: Unit) -> Value:
    """A value in the base unit of its dimension, so that all of one dimension share a scale."""
    return value if unit.size == 1 else multiply(value, Point(number=unit.size))


def true_minus(text: str) -> str:
    """The text with minus signs (U+2212) in place of hyphens before numbers."""
    return _HYPHEN.sub("\u2212", text)

"""Rule: every currency has a dimension of its own, so that none is converted without a rate that a fact states."""

from __future__ import annotations

from collections.abc import Iterator

from ..diagnostics.finding import Diagnostic, Span
from ..model.dimensions import normalize_dimension
from ..model.units import Unit
from .context import RuleContext

_FILE = "data/units.yml"


def currencies_have_own_dimensions(context: RuleContext) -> Iterator[Diagnostic]:
    """Units of different currencies that have one dimension, and so could be added."""
    first: dict[object, Unit] = {}
    for unit in context.edition.units.values():
        if not unit.currency:
            continue
        other = first.setdefault(normalize_dimension(unit.dimension), unit)
        if other.currency != unit.currency:
            args = {"unit": unit.id, "other": other.id}
            first_span, span = _span(context, other), _span(context, unit)
            yield Diagnostic(rule="mixed-currencies", span=span or first_span or Span(_FILE), second=first_span, args=args)


def _span(context: RuleContext, unit: Unit) -> Span | None:
    """Where the dimension of a unit is written; None for one of the package."""
    entry = context.draft.units.get(unit.id)
    return None if entry is None else entry.span_of("dimension")

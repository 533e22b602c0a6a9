"""Rule: every currency has a dimension of its own, so that none is converted without a rate that a fact states."""

from __future__ import annotations

from collections.abc import Iterator

from ..diagnostics.finding import Diagnostic, Span
from ..model.dimensions import normalize_dimension
from ..model.units import Unit
from .context import RuleContext


def currencies_have_own_dimensions(context: RuleContext) -> Iterator[Diagnostic]:
    """Units of different currencies that have one dimension, and so could be added."""
    first: dict[object, Unit] = {}
    for unit in context.edition.units.values():
        if not unit.currency:
            continue
        other = first.setdefault(normalize_dimension(unit.dimension), unit)
        if other.currency != unit.currency:
            args = {"unit": unit.id, "other": other.id}
            yield Diagnostic(rule="mixed-currencies", span=_span(context, unit), second=_span(context, other), args=args)


def _span(context: RuleContext, unit: Unit) -> Span:
    return context.draft.units[unit.id].span_of("dimension")

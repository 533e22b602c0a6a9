"""Rule: a value that differs from an earlier edition has a history entry with its old value."""

from __future__ import annotations

from collections.abc import Iterator

from ..diagnostics.finding import Diagnostic, Span
from ..model.comparison import Comparison, comparable, compare, short_notation
from ..model.periods import Period
from ..model.report import Change, Fact
from ..model.units import Unit
from ..model.values import Value
from .context import RuleContext, span_of_value


def changed_values_have_history(context: RuleContext) -> Iterator[Diagnostic]:
    """Changed values without a new history entry that holds the old one; and published history that was edited."""
    base = context.options.base
    if base is None:
        return
    for fact in context.edition.facts.values():
        if (old := base.facts.get(fact.id)) is None:
            continue
        yield from _rewritten(context, fact, old)
        if _same(fact.value, fact.unit, old.value, old.unit) or _is_derived_alike(fact, old):
            continue
        new = [change for change in fact.history if _key(change) not in {_key(before) for before in old.history}]
        if not any(_same(change.value, fact.unit, old.value, old.unit) for change in new):
            yield Diagnostic(
                rule="missing-history",
                variant="other" if new else "",
                span=_place(context, fact),
                args={"id": fact.id, "old": short_notation(old.value, old.unit), "new": short_notation(fact.value, fact.unit)},
            )


def _same(value: Value | Period, unit: Unit, other: Value | Period, other_unit: Unit) -> bool:
    if isinstance(value, Period) is not isinstance(other, Period) or not comparable(unit, other_unit):
        return False
    return compare(value, unit, other, other_unit) is Comparison.EQUAL


def _is_derived_alike(fact: Fact, old: Fact) -> bool:
    """Whether a value is derived by the same formula: then its operands changed, and have history entries themselves."""
    return bool(fact.formula) and fact.formula == old.formula


def _key(change: Change) -> tuple[object, ...]:
    value = change.value.text if isinstance(change.value, Period) else short_notation(change.value)
    return value, change.as_of.text, change.kind, change.until.text if change.until else "", tuple(change.reason.texts.items())


def _rewritten(context: RuleContext, fact: Fact, old: Fact) -> Iterator[Diagnostic]:
    present = {_key(change) for change in fact.history}
    for change in old.history:
        if _key(change) not in present:
            yield Diagnostic(
                rule="changed-history",
                severity="warning",
                span=context.draft.facts[fact.id].span_of("history"),
                args={
                    "id": fact.id,
                    "kind": change.kind,
                    "old": short_notation(change.value, fact.unit),
                    "as_of": change.as_of.text,
                },
            )


def _place(context: RuleContext, fact: Fact) -> Span:
    """Where the value is written: in the fact, or in the cell of a series that it is taken from."""
    if fact.series is not None:
        series, column, at = fact.series
        key = context.edition.series[series].key
        for row in context.draft.cells.get(series, ()):
            if key in row and row[key].text == at and column in row:
                return row[column].span
    return span_of_value(context, fact.id)

"""A published number does not change in silence: compared with an earlier edition, each new value says what it was before."""

from __future__ import annotations

from collections.abc import Iterator

from ..diagnostics.finding import Diagnostic, Span
from ..model.comparison import Comparison, comparable, compare, short_notation
from ..model.periods import Period
from ..model.report import Change, Fact
from ..model.units import Unit
from ..model.values import Value
from .context import RuleContext, written


def changes_told(context: RuleContext) -> Iterator[Diagnostic]:
    """A changed value needs a new history entry that holds the old one; published entries stay as they were."""
    base = context.options.base
    if base is None:
        return
    for fact in context.edition.facts.values():
        if (old := base.facts.get(fact.id)) is None:
            continue
        yield from _rewritten(context, fact, old)
        if _same(fact.value, fact.unit, old.value, old.unit) or _follows(fact, old):
            continue
        new = [one for one in fact.history if _key(one) not in {_key(before) for before in old.history}]
        if not any(_same(one.value, fact.unit, old.value, old.unit) for one in new):
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


def _follows(fact: Fact, old: Fact) -> bool:
    """A derived value that changed because its operands did: their own entries tell of it."""
    return bool(fact.formula) and fact.formula == old.formula


def _key(one: Change) -> tuple[object, ...]:
    ends = one.value.text if isinstance(one.value, Period) else short_notation(one.value)
    return ends, one.as_of.text, one.kind, one.until.text if one.until else "", tuple(one.reason.texts.items())


def _rewritten(context: RuleContext, fact: Fact, old: Fact) -> Iterator[Diagnostic]:
    kept = {_key(one) for one in fact.history}
    for one in old.history:
        if _key(one) not in kept:
            yield Diagnostic(
                rule="changed-history",
                severity="warning",
                span=context.draft.facts[fact.id].span_of("history"),
                args={"id": fact.id, "kind": one.kind, "old": short_notation(one.value, fact.unit), "as_of": one.as_of.text},
            )


def _place(context: RuleContext, fact: Fact) -> Span:
    """The value as it is written: in the fact, or in the cell of the series that it is taken from."""
    if fact.series is not None:
        series, column, at = fact.series
        key = context.edition.series[series].key
        for row in context.draft.cells.get(series, ()):
            if key in row and row[key].text == at and column in row:
                return row[column].span
    return written(context, fact.id)

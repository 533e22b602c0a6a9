"""Rules: a value that differs from an earlier edition has a history entry with its old value; a correction has its day."""

from __future__ import annotations

from collections.abc import Iterator

from ..diagnostics.finding import Diagnostic, Span
from ..model.changelog import known_since
from ..model.comparison import Comparison, comparable, compare, exact_notation, short_notation
from ..model.periods import Period
from ..model.report import Change, Edition, Fact
from ..model.units import Unit
from ..model.values import Value
from ..reading.located_values import Entry, members_of
from .context import RuleContext, of_fact_files, span_of_value
from .vanished import present_id, retired_line


def changed_values_have_history(context: RuleContext) -> Iterator[Diagnostic]:
    """Changed values without a new history entry that holds the old one; and published history that was edited."""
    base = context.options.base
    if base is None:
        return
    for old in base.facts.values():
        fact = context.edition.facts.get(present_id(context.edition, old.id))
        if fact is None:
            continue
        yield from _rewritten(context, fact, old)
        if same_value(fact.value, fact.unit, old.value, old.unit) or _is_derived_alike(fact, old):
            continue
        new = [change for change in fact.history if _key(change) not in {_key(before) for before in old.history}]
        if not any(same_value(change.value, fact.unit, old.value, old.unit) for change in new):
            fits = isinstance(fact.value, Period) is isinstance(old.value, Period) and comparable(fact.unit, old.unit)
            yield Diagnostic(
                rule="missing-history",
                variant="unit" if not fits else "other" if new else "",
                span=_place(context, fact),
                args={
                    "id": fact.id,
                    "old": short_notation(old.value, old.unit),
                    "new": short_notation(fact.value, fact.unit),
                    "value": exact_notation(old.value),
                    "line": _entry(context, base, old),
                    "retired": retired_line(old.id, "facts", base),
                },
            )


def corrections_have_their_day(context: RuleContext) -> Iterator[Diagnostic]:
    """Corrections that do not say on which day they were made, under which readers find them."""
    return context.in_fact_files(_without_day)


@of_fact_files
def _without_day(context: RuleContext, file: str) -> Iterator[Diagnostic]:
    for fact in context.fact_files.facts(file):
        located = members_of(context.draft.facts[fact.id]["history"])
        for change in located:
            if isinstance(change, Entry) and change.get("kind") == "correction" and "until" not in change.keys:
                yield Diagnostic(
                    rule="correction-without-day",
                    severity="warning",
                    span=change.span_of("kind"),
                    args={"id": fact.id, "day": str(context.edition.report.as_of.last)},
                )


def _entry(context: RuleContext, base: Edition, old: Fact) -> str:
    """The history entry that tells of a value, as it can be pasted; its kind is to be chosen and its reason to be filled in."""
    as_of = (known_since(old) or base.report.as_of).text
    reasons = ", ".join(f'{language.code}: "…"' for language in context.edition.report.languages)
    until = context.edition.report.as_of.text
    return f"- {{value: {exact_notation(old.value)}, as_of: {as_of}, until: {until}, kind: update, reason: {{{reasons}}}}}"


def same_value(value: Value | Period, unit: Unit, other: Value | Period, other_unit: Unit) -> bool:
    """Whether two values in their units are equal, however they are written."""
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

"""Rules: a growth compares like with like, and the difference of two rates is told in percentage points."""

from __future__ import annotations

import ast
from collections.abc import Iterator

from ..diagnostics.finding import Diagnostic
from ..model import formulas
from ..model.periods import Period
from ..model.report import Fact
from .context import RuleContext, of_fact_files

_LIKE_LENGTHS = 1.25  # most times that one period is longer than another of the same kind; months have 28 to 31 days


def growth_compares_like_with_like(context: RuleContext) -> Iterator[Diagnostic]:
    """The growth of a rate, of one length of time over another, of a flow over a stock, or of other units."""
    return context.in_fact_files(_unlike_in)


@of_fact_files
def _unlike_in(context: RuleContext, file: str) -> Iterator[Diagnostic]:
    for fact in context.fact_files.facts(file):
        for new, old in formulas.growths(formulas.parse(fact.formula)) if fact.formula else ():
            left, right = (context.edition.facts.get(node.id) if isinstance(node, ast.Name) else None for node in (new, old))
            if left is None or right is None or not (variant := _unlike(left, right)):
                continue
            yield Diagnostic(
                rule="unlike-growth",
                severity="warning",
                variant=variant,
                span=context.draft.facts[fact.id].span_of("formula"),
                args={
                    "new": left.id,
                    "old": right.id,
                    "new_period": left.period.text if left.period else "-",
                    "old_period": right.period.text if right.period else "-",
                    "new_unit": left.unit.id,
                    "old_unit": right.unit.id,
                },
            )


def _unlike(new: Fact, old: Fact) -> str:
    """How two facts differ in kind: the variant of the rule, or nothing."""
    if new.unit.percent and old.unit.percent:
        return "rates"
    if new.unit.id != old.unit.id and new.unit.size == old.unit.size:
        return "units"
    if (new.period is None) is not (old.period is None) and all(fact.period or fact.as_of for fact in (new, old)):
        return "stock"
    if new.period is not None and old.period is not None:
        shorter, longer = sorted((_days(new.period), _days(old.period)))
        return "periods" if longer > shorter * _LIKE_LENGTHS else ""
    return ""


def _days(period: Period) -> int:
    return (period.last - period.first).days + 1


def differences_of_rates_in_points(context: RuleContext) -> Iterator[Diagnostic]:
    """The difference of two rates that is told as a percentage."""
    return context.in_fact_files(_differences)


@of_fact_files
def _differences(context: RuleContext, file: str) -> Iterator[Diagnostic]:
    for fact in context.fact_files.facts(file):
        pair = formulas.difference(formulas.parse(fact.formula)) if fact.formula and fact.unit.percent else None
        operands = [context.edition.facts.get(node.id) for node in pair or () if isinstance(node, ast.Name)]
        rates = [operand.id for operand in operands if operand is not None and operand.unit.percent]
        if pair is not None and len(rates) == len(pair):
            span = context.draft.facts[fact.id].span_of("unit")
            args = {"id": fact.id, "new": rates[0], "old": rates[1], "unit": fact.unit.id}
            yield Diagnostic(rule="percentage-points", severity="warning", span=span, args=args)

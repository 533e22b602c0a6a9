"""Rule: a formula reads an uncertain fact once. Read twice, its interval would count twice in the result."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from ..diagnostics.finding import Diagnostic
from ..model import formulas
from ..model.periods import Period
from ..model.report import Fact
from .context import RuleContext, of_fact_files


def uncertain_operands_used_once(context: RuleContext) -> Iterator[Diagnostic]:
    """An operand that is an interval or approximate is read once, or made exact by low( ), high( ) or mid( )."""
    return context.in_fact_files(_read_twice)


@of_fact_files
def _read_twice(context: RuleContext, file: str) -> Iterator[Diagnostic]:
    for fact in context.fact_files.facts(file):
        if not fact.formula:
            continue
        uses = Counter(use.id for use in formulas.interval_operands(formulas.parse(fact.formula)))
        for key, count in uses.items():
            if count > 1 and _uncertain(context.edition.facts[key]):
                span = context.draft.facts[fact.id].span_of("formula")
                yield Diagnostic(rule="uncertain-twice", severity="warning", span=span, args={"id": fact.id, "operand": key})


def _uncertain(fact: Fact) -> bool:
    return not isinstance(fact.value, Period) and (fact.value.about or fact.value.low != fact.value.high)

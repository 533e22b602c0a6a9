"""A formula that reads an uncertain fact twice makes it more uncertain than it is: both uses range on their own."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from ..diagnostics.finding import Diagnostic
from ..model import formulas
from ..model.periods import Period
from ..model.report import Fact
from .context import RuleContext


def uncertain_once(context: RuleContext) -> Iterator[Diagnostic]:
    """An operand that is a range, open or only about stands once, or is made exact by low( ), high( ) or mid( )."""
    for fact in context.edition.facts.values():
        if not fact.formula:
            continue
        uses = Counter(use.id for use in formulas.interval_operands(formulas.parse(fact.formula)))
        for key, count in uses.items():
            if count > 1 and _uncertain(context.edition.facts[key]):
                place = context.draft.facts[fact.id].span_of("formula")
                yield Diagnostic(rule="uncertain-twice", severity="warning", span=place, args={"id": fact.id, "operand": key})


def _uncertain(fact: Fact) -> bool:
    return not isinstance(fact.value, Period) and (fact.value.about or fact.value.low != fact.value.high)

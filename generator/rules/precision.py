"""Rule: a page shows a fact with one precision, unless each place that differs says so."""

from __future__ import annotations

from collections.abc import Iterator

from ..diagnostics.finding import Diagnostic, Span
from ..model import arithmetic, values
from ..model.periods import Period
from ..model.report import Fact
from ..reading.outline import Outline
from .context import RuleContext

_SHOWING = ("fact", "fact_table", "key_figures")  # functions that show the facts they name


def one_precision_per_page(context: RuleContext) -> Iterator[Diagnostic]:
    """A fact that a page shows rounded by `digits` in one place, and with other digits where none are named."""
    for template in context.templates:
        if "digits" not in template.summary.words:
            continue  # as nearly always
        outline = template.outline
        plain = {key: span for key, digits, span in _shown(outline) if not digits}
        for key, digits, span in _shown(outline):
            fact = context.edition.facts.get(key)
            if digits and key in plain and fact is not None and _differ(fact, digits):
                args = {"id": key, "digits": str(digits)}
                yield Diagnostic(rule="two-precisions", severity="warning", span=span, second=plain[key], args=args)


def _shown(outline: Outline) -> Iterator[tuple[str, int, Span]]:
    """The facts that a page names, each with the digits it is rounded to (0 for none) and its place."""
    for call in outline.calls:
        digits = dict(call.options).get("digits", "") if call.name == "fact" else ""
        if call.name in _SHOWING:
            for key, span in zip(call.texts, call.text_spans, strict=True):
                yield key, int(digits) if digits.isdecimal() else 0, span


def _differ(fact: Fact, digits: int) -> bool:
    """Whether rounding to so many digits shows another number than the fact's own digits do."""
    if isinstance(fact.value, Period):
        return False
    own = values.apply_rounding(fact.value, fact.digits) if fact.digits else fact.value
    return not arithmetic.same(own, values.apply_rounding(fact.value, digits))

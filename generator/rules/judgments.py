"""Rules: a judgment holds by the numbers it rests on, and stands on the page that owns it."""

from __future__ import annotations

from collections.abc import Iterator

from ..diagnostics.finding import Clause, Diagnostic, Span
from ..model import formulas, report
from ..model.certainty import Outcome, assess
from ..model.formulas import Formula, FormulaError
from ..model.operands import MissingOperandError, OperandLookup
from ..reading.front_matter import HEAD
from ..reading.located_values import Entry, members_of
from ..reading.outline import Outline
from .condition_words import in_each_language, last_moved, moved_clause, sides_in_words
from .context import RuleContext, span_of_value


def judgments_hold(context: RuleContext) -> Iterator[Diagnostic]:
    """Conditions of judgments that are not so (errors) or may not be so (warnings), by the intervals of their facts."""
    edition = context.edition
    lookup = OperandLookup(edition.units, edition.facts, edition.claims, edition.events)
    for judgment in edition.judgments.values():
        for written in members_of(context.draft.judgments[judgment.id]["holds_while"]):
            located = written["test"] if isinstance(written, Entry) else written
            condition = next((one for one in judgment.holds_while if located and one.test == str(located.value)), None)
            if located is None or condition is None:
                continue  # it has its own finding
            formula = formulas.parse(condition.test)
            try:
                outcome = assess(formula, lookup)
            except (FormulaError, MissingOperandError):
                continue  # as above
            if outcome.holds is not True:
                yield _failing(context, judgment, condition, formula, outcome, located.span)


def _failing(  # noqa: PLR0917  none of the six belongs to another
    context: RuleContext,
    judgment: report.Judgment,
    condition: report.Condition,
    formula: Formula,
    outcome: Outcome,
    span: Span,
) -> Diagnostic:
    moved = last_moved(context, outcome)
    uncertain = outcome.holds is None
    return Diagnostic(
        rule="judgment-uncertain" if uncertain else "judgment-no-longer-holds",
        severity="warning" if uncertain else "error",
        span=span,
        second=span_of_value(context, moved[0].id) if moved else None,
        args={
            "id": judgment.id,
            "page": judgment.page,
            **sides_in_words(context, formula, outcome),
            "moved": moved_clause(context, *moved) if moved else "",
            "because": _because(context, condition),
        },
    )


def _because(context: RuleContext, condition: report.Condition) -> Clause | str:
    """What a condition's failing means, as its author says it."""
    why = condition.because
    if why is None:
        return ""
    return Clause("because", {"why": in_each_language(context, why[context.edition.report.default.code], why)})


def judgments_shown(context: RuleContext) -> Iterator[Diagnostic]:
    """A judgment stands on the page that owns it; where only some languages show it, parity tells."""
    pages: dict[str, list[Outline]] = {}
    for outline in context.outlines:
        pages.setdefault(outline.page, []).append(outline)
    for judgment in context.edition.judgments.values():
        outlines = pages.get(judgment.page, [])
        if outlines and not any(judgment.id in _shown_by(outline) for outline in outlines):
            span = context.draft.judgments[judgment.id].span_of("page")
            yield Diagnostic(rule="judgment-not-shown", span=span, args={"id": judgment.id, "page": judgment.page})


def _shown_by(outline: Outline) -> set[str]:
    """The judgments that the text of a template shows; its front matter has no places to link to."""
    head = HEAD.match(outline.source)
    first_line = outline.source.count("\n", 0, head.end()) + 1 if head else 1
    return {text for call in outline.calls if call.name == "judgment" and call.span.line >= first_line for text in call.texts}

"""Rules: a judgment and the finding of a chart hold by their numbers, and a judgment stands on the page that owns it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from ..diagnostics.finding import Clause, Diagnostic, Span
from ..model import formulas, report
from ..model.certainty import Outcome, assess
from ..model.formulas import Formula, FormulaError
from ..model.operands import MissingOperandError, OperandLookup
from ..reading.front_matter import HEAD
from ..reading.located_values import Entry, members_of
from ..reading.outline import Outline
from ..reading.template_summary import TemplateFile
from ..records.struct import Struct
from .condition_words import in_each_language, last_moved, moved_clause, sides_in_words
from .context import RuleContext, span_of_value


def judgments_hold(context: RuleContext) -> Iterator[Diagnostic]:
    """Conditions of judgments that are not so (errors) or may not be so (warnings), by the intervals of their facts."""
    for judgment in context.edition.judgments.values():
        entry = context.draft.judgments[judgment.id]
        for failing in _failing(context, entry, judgment.holds_while):
            rule = "judgment-uncertain" if failing.outcome.holds is None else "judgment-no-longer-holds"
            yield failing.told(context, rule, id=judgment.id, page=judgment.page)


def findings_of_charts_hold(context: RuleContext) -> Iterator[Diagnostic]:
    """Conditions of the findings of charts, in the same way."""
    for chart in context.edition.charts.values():
        for failing in _failing(context, context.draft.charts[chart.id], chart.holds_while):
            rule = "chart-finding-uncertain" if failing.outcome.holds is None else "chart-finding-no-longer-holds"
            yield failing.told(context, rule, id=chart.id)


class _Failing(Struct, frozen=True, kw_only=True):
    """A condition that is not so, or may not be so, and where it is written."""

    condition: report.Condition
    formula: Formula
    outcome: Outcome
    span: Span

    def told(self, context: RuleContext, rule: str, **args: str) -> Diagnostic:
        """What a rule says of it: an error, or a warning where it is uncertain."""
        moved = last_moved(context, self.outcome)
        return Diagnostic(
            rule=rule,
            severity="warning" if self.outcome.holds is None else "error",
            span=self.span,
            second=span_of_value(context, moved[0].id) if moved else None,
            args={
                **args,
                **sides_in_words(context, self.formula, self.outcome),
                "moved": moved_clause(context, *moved) if moved else "",
                "because": _because(context, self.condition),
            },
        )


def _failing(context: RuleContext, entry: Entry, conditions: Sequence[report.Condition]) -> Iterator[_Failing]:
    """The conditions of an entry's `holds_while` that do not hold for all that their facts allow."""
    edition = context.edition
    lookup = OperandLookup(edition.units, edition.facts, edition.claims, edition.events)
    for written in members_of(entry["holds_while"]):
        located = written["test"] if isinstance(written, Entry) else written
        condition = next((one for one in conditions if located and one.test == str(located.value)), None)
        if located is None or condition is None:
            continue  # it has its own finding
        formula = formulas.parse(condition.test)
        try:
            outcome = assess(formula, lookup)
        except (FormulaError, MissingOperandError):
            continue  # as above
        if outcome.holds is not True:
            yield _Failing(condition=condition, formula=formula, outcome=outcome, span=located.span)


def relations_hold(context: RuleContext) -> Iterator[Diagnostic]:
    """Checks that have another result than their author expects, with both sides and the fact that changed last."""
    edition = context.edition
    lookup = OperandLookup(edition.units, edition.facts, edition.claims, edition.events)
    for check in edition.checks.values():
        if check.holds is check.expect:
            continue
        formula = formulas.parse(check.test)
        outcome = assess(formula, lookup)
        moved = last_moved(context, outcome)
        yield Diagnostic(
            rule="relation-fails",
            variant="" if check.expect else "holds",
            span=context.draft.checks[check.id].span_of("test"),
            second=span_of_value(context, moved[0].id) if moved else None,
            args={
                "id": check.id,
                "test": check.test,
                **sides_in_words(context, formula, outcome),
                "moved": moved_clause(context, *moved) if moved else "",
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
    pages: dict[str, list[TemplateFile]] = {}
    for template in context.templates:
        pages.setdefault(template.page, []).append(template)
    for judgment in context.edition.judgments.values():
        templates = pages.get(judgment.page, [])
        if templates and not any(judgment.id in _shown_by(template.outline) for template in templates):
            span = context.draft.judgments[judgment.id].span_of("page")
            yield Diagnostic(rule="judgment-not-shown", span=span, args={"id": judgment.id, "page": judgment.page})


def _shown_by(outline: Outline) -> set[str]:
    """The judgments that the text of a template shows; its front matter has no places to link to."""
    head = HEAD.match(outline.source)
    first_line = outline.source.count("\n", 0, head.end()) + 1 if head else 1
    return {text for call in outline.calls if call.name == "judgment" and call.span.line >= first_line for text in call.texts}

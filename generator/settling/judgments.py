"""Settles judgments: conclusions of the report with the facts they rest on, and the conditions while they hold."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from ..model import formulas, report
from ..model.evaluation import evaluate
from ..model.formulas import FormulaError
from ..model.languages import Phrase, placeholders
from ..model.operands import MissingOperandError, OperandLookup
from ..model.spelling import suggest
from ..reading.located_values import Entry, Located, members_of
from .relations import evaluate_relation
from .resolver import Resolver


def settle_judgments(resolver: Resolver, lookup: OperandLookup) -> dict[str, report.Judgment]:
    """Every judgment without a mistake; mistakes are reported. Whether its conditions hold is told by a rule."""
    judgments: dict[str, report.Judgment] = {}
    for key, entry in resolver.draft.judgments.items():
        text, changes_if = resolver.phrase(entry, "text"), resolver.phrase(entry, "changes_if")
        page, as_of = _page(resolver, entry["page"]), resolver.period(entry, "as_of")
        listed = resolver.references("facts", entry["rests_on"])
        settled = settle_conditions(resolver, entry, lookup)
        conditions = [condition for condition, _ in settled]
        read = [fact for _, facts in settled for fact in facts]
        if text is None or changes_if is None or as_of is None or not page:
            continue
        phrases = (text, changes_if, *(condition.because for condition in conditions))
        used = (fact for phrase in phrases if phrase is not None for fact in _facts_in(phrase))
        judgments[key] = report.Judgment(
            id=key,
            text=text,
            page=page,
            rests_on=tuple(fact for fact in dict.fromkeys((*listed, *used, *read)) if fact in lookup.facts),
            holds_while=tuple(conditions),
            changes_if=changes_if,
            as_of=as_of,
        )
    return judgments


def settle_conditions(
    resolver: Resolver, entry: Entry, lookup: OperandLookup
) -> list[tuple[report.Condition, tuple[str, ...]]]:
    """The conditions of an entry's `holds_while`, each with the facts that it reads; mistakes are reported."""
    conditions = []
    for written in members_of(entry["holds_while"]):
        located = test_of(written)
        because = resolver.phrase(written, "because") if isinstance(written, Entry) else None
        relation = None if located is None else evaluate_relation(resolver, located, lookup)
        if located is not None and relation is not None:
            conditions.append((report.Condition(test=str(located.value), because=because), relation.facts))
    return conditions


def test_of(condition: Located) -> Located | None:
    """The test of a condition, which is written alone or with what it means when it is not so."""
    return condition["test"] if isinstance(condition, Entry) else condition


def all_evaluate(judgments: Mapping[str, report.Judgment], lookup: OperandLookup) -> bool:
    """Whether every condition can still be evaluated, with other values of operands."""
    try:
        for judgment in judgments.values():
            for condition in judgment.holds_while:
                evaluate(formulas.parse(condition.test), lookup)
    except (FormulaError, MissingOperandError):
        return False
    return True


def _page(resolver: Resolver, located: Located | None) -> str:
    """The page that owns a judgment; empty where the report has no such page, which is reported."""
    report_entry = resolver.draft.report
    if located is None or report_entry is None:
        return ""
    page, known = str(located.value), [str(item.value) for item in members_of(report_entry["pages"])]
    if page in known or not known:  # a report without pages has its own finding
        return page
    resolver.report("unknown-id", located.span, id=page, kind="pages", suggestion=suggest(page, known))
    return ""


def _facts_in(phrase: Phrase) -> Iterator[str]:
    for text in phrase.texts.values():
        yield from (placeholder.target for placeholder in placeholders(text) if placeholder.kind == "fact")

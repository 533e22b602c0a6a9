"""What a change leaves to do: texts older than their translations, facts due for review, and findings of the rules."""

from __future__ import annotations

from collections import Counter

from ..diagnostics.finding import Diagnostic
from ..model.freshness import facts_due_for_review
from ..model.notation import written
from ..model.report import Edition
from .changes import Upkeep
from .states import State

_TOLD = {"changed-since", "stale-translation", "review-due"}  # rules whose findings are told in another way


def compare_upkeep(before: State, after: State) -> Upkeep:
    """What is to do after a change and was not before, and the other way round."""
    old_stale, new_stale = (_stale(state) for state in (before, after))
    old_due, new_due = (_due(state.edition) for state in (before, after))
    horizon = (written(before.edition.report.as_of), written(after.edition.report.as_of))
    return Upkeep(
        stale=tuple((new_stale - old_stale).elements()),
        no_longer_stale=tuple((old_stale - new_stale).elements()),
        due=tuple((key, day) for key, day in new_due.items() if key not in old_due),
        no_longer_due=tuple(key for key in old_due if key not in new_due),
        horizon=horizon if horizon[0] != horizon[1] else ("", ""),
    )


def _stale(state: State) -> Counter[str]:
    return Counter(f"{one.passage.key} ({one.passage.language})" for one in state.checked.stale)


def _due(edition: Edition) -> dict[str, str]:
    """The facts that are overdue on the day that a report speaks of, and since when."""
    return {fact.id: str(day) for fact, day in facts_due_for_review(edition, edition.report.evaluation_date)}


def new_findings(before: State, after: State) -> list[Diagnostic]:
    """What the rules find in the later state and did not find in the earlier one, wherever it stood there."""
    known = Counter(_name(finding) for finding in before.checked.findings)
    found = []
    for finding in after.checked.findings:
        name = _name(finding)
        if known[name]:
            known[name] -= 1
        elif finding.rule not in _TOLD:
            found.append(finding)
    return found


def _name(finding: Diagnostic) -> tuple[str, str, str, str]:
    return finding.rule, finding.variant, finding.span.file, finding.sentence()

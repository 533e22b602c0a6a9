"""Compares two states of a report."""

from __future__ import annotations

from ..diagnostics.finding import DiagnosticError
from .changes import ReportChanges
from .charts import compare_charts
from .entries import compare_entries
from .pages import compare_addresses, same_files
from .sentences import compare_sentences
from .states import State, UnreadableStateError
from .upkeep import compare_upkeep, new_findings
from .values import compare_cells, compare_facts, compare_judgments, compare_verdicts


def compare_states(before: State, after: State) -> ReportChanges:
    """All that differs; `after` is checked with `before` as its base. Raises UnreadableStateError where errors hide it."""
    try:
        return _compare(before, after)
    except (DiagnosticError, ArithmeticError, AttributeError, LookupError, TypeError, ValueError) as error:
        for state in (before, after):  # such as words of a language that are no pattern, which are findings
            if state.checked.errors:
                raise UnreadableStateError(state.name, state.root, state.checked) from error
        raise


def _compare(before: State, after: State) -> ReportChanges:
    if same_files(before.root, after.root):
        found = tuple(new_findings(before, after))
        return ReportChanges(before=before.name, after=after.name, findings=found, base_errors=before.checked.errors)
    old, new = before.edition, after.edition
    entries = tuple(compare_entries(old, new))
    facts = tuple(compare_facts(old, new))
    cells = tuple(compare_cells(old, new))
    moved = frozenset(one.id for one in facts)
    return ReportChanges(
        before=before.name,
        after=after.name,
        entries=entries,
        facts=facts,
        cells=cells,
        verdicts=tuple(compare_verdicts(old, new)),
        judgments=tuple(compare_judgments(old, new, moved)),
        sentences=tuple(compare_sentences(before, after)),
        charts=tuple(compare_charts(old, new, {(one.kind, one.id): one for one in entries})),
        addresses=compare_addresses(before, after),
        upkeep=compare_upkeep(before, after),
        findings=tuple(new_findings(before, after)),
        base_errors=before.checked.errors,
    )

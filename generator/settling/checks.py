"""Settles checks: evaluates each relation between facts. Whether the result is what its author expects, a rule tells."""

from __future__ import annotations

from collections.abc import Mapping

from ..model import formulas, report
from ..model.evaluation import evaluate
from ..model.formulas import FormulaError
from ..model.operands import MissingOperandError, OperandLookup
from ..model.sources import Source
from ..reading.located_values import bool_of, text_of
from .relations import evaluate_relation
from .resolver import Resolver


def settle_checks(
    resolver: Resolver,
    sources: Mapping[str, Source],
    lookup: OperandLookup,
) -> dict[str, report.Check]:
    """Every check with its result."""
    checks: dict[str, report.Check] = {}
    for key, entry in resolver.draft.checks.items():
        text, located = resolver.phrase(entry, "text"), entry["test"]
        facts, claims = resolver.references("facts", entry["facts"]), resolver.references("claims", entry["claims"])
        cited_sources = tuple(sources[key] for key in resolver.references("sources", entry["sources"]) if key in sources)
        if text is None or located is None:
            continue
        relation = evaluate_relation(resolver, located, lookup)
        if relation is None:
            continue
        expected = bool_of(entry, "expect", default=True)
        checks[key] = report.Check(
            id=key,
            text=text,
            test=str(located.value),
            expect=expected,
            holds=relation.holds,
            relation=text_of(entry, "relation", "holds"),
            facts=tuple(dict.fromkeys((*facts, *relation.facts))),
            claims=tuple(dict.fromkeys((*claims, *relation.claims))),
            sources=cited_sources,
        )
    return checks


def all_hold(checks: Mapping[str, report.Check], lookup: OperandLookup) -> bool:
    """Whether every check still has the result that its author expects, with other values of operands."""
    try:
        return all(evaluate(formulas.parse(check.test), lookup) is check.expect for check in checks.values())
    except (FormulaError, MissingOperandError):
        return False

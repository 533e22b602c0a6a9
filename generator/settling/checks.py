"""Settles checks: evaluates each relation between facts and compares the result with what its author expects."""

from __future__ import annotations

from collections.abc import Mapping

from ..model import formulas, report, values
from ..model.dimensions import DimensionedValue
from ..model.evaluation import Operand, evaluate
from ..model.formulas import FormulaError
from ..model.periods import Period
from ..model.sources import Source
from ..model.units import Unit
from ..reading.located import Located, bool_of, text_of
from .quantities import as_operand, in_base_unit, unit_as_operand
from .resolver import Resolver


def settle_checks(
    resolver: Resolver,
    sources: Mapping[str, Source],
    lookup: OperandLookup,
) -> dict[str, report.Check]:
    """Every check with its result; a result that its author does not expect is reported."""
    checks: dict[str, report.Check] = {}
    for key, entry in resolver.draft.checks.items():
        text, located = resolver.phrase(entry, "text"), entry["test"]
        facts, claims = resolver.references("facts", entry["facts"]), resolver.references("claims", entry["claims"])
        cited_sources = tuple(sources[one] for one in resolver.references("sources", entry["sources"]) if one in sources)
        if text is None or located is None:
            continue
        outcome = _evaluate(resolver, located, lookup)
        if outcome is None:
            continue
        holds, used_facts, used_claims = outcome
        expected = bool_of(entry, "expect", default=True)
        if holds is not expected:
            resolver.report("relation-fails", located.span, "" if expected else "holds", id=key, test=str(located.value))
        checks[key] = report.Check(
            id=key,
            text=text,
            test=str(located.value),
            expect=expected,
            holds=holds,
            relation=text_of(entry, "relation", "holds"),
            facts=tuple(dict.fromkeys((*facts, *used_facts))),
            claims=tuple(dict.fromkeys((*claims, *used_claims))),
            sources=cited_sources,
        )
    return checks


def all_hold(checks: Mapping[str, report.Check], lookup: OperandLookup) -> bool:
    """Whether every check still has the result that its author expects, with other values of operands."""
    try:
        return all(evaluate(formulas.parse(check.test), lookup) is check.expect for check in checks.values())
    except (FormulaError, _MissingError):
        return False


class _MissingError(Exception):
    """An operand that is written but could not be settled; it has its own finding."""


class OperandLookup:
    """Finds the values of the operands of checks."""

    def __init__(
        self,
        units: Mapping[str, Unit],
        facts: Mapping[str, report.Fact],
        claims: Mapping[str, report.Claim],
        events: Mapping[str, report.Event],
    ) -> None:
        self.units, self.facts, self.claims, self.events = units, facts, claims, events

    def __call__(self, kind: str, key: str) -> Operand:
        """The value of an operand: its kind, as in a formula, and the id of its entry."""
        try:
            match kind:
                case "fact":
                    return as_operand(self.facts[key])
                case "unit":
                    return unit_as_operand(self.units[key])
                case "count":
                    return DimensionedValue(values.parse(str(len(self.facts[key].items))), ())
                case "event":
                    return self.events[key].date
                case "verdict":
                    return self.claims[key].verdict
                case _:
                    return self._claimed(self.claims[key])
        except KeyError as error:
            raise _MissingError(key) from error

    @staticmethod
    def _claimed(claim: report.Claim) -> Operand:
        if claim.claimed is None or claim.unit is None:
            raise _MissingError(claim.id)
        if isinstance(claim.claimed, Period):
            return claim.claimed
        return in_base_unit(claim.claimed, claim.unit)


_REQUIRED_KEYS = {"claimed": "claimed", "count": "items"}  # the key that an operand's entry needs
_ENTRY_KINDS = {"fact": "facts", "count": "facts", "claimed": "claims", "verdict": "claims", "event": "events", "unit": "units"}


def _evaluate(
    resolver: Resolver, located: Located, lookup: OperandLookup
) -> tuple[bool, tuple[str, ...], tuple[str, ...]] | None:
    try:
        formula = formulas.parse(str(located.value))
    except FormulaError as error:
        resolver.report_formula(located, error)
        return None
    known = [_is_known(resolver, located, formula, operand) for operand in formula.references]
    if not all(known):
        return None
    try:
        result = evaluate(formula, lookup)
    except FormulaError as error:
        resolver.report_formula(located, error)
        return None
    except _MissingError:
        return None
    if not isinstance(result, bool):
        resolver.report("bad-formula", located.span, "not-a-test")
        return None
    facts = tuple(operand.id for operand in formula.references if _ENTRY_KINDS[operand.kind] == "facts")
    claims = tuple(operand.id for operand in formula.references if _ENTRY_KINDS[operand.kind] == "claims")
    return result, facts, claims


def _is_known(resolver: Resolver, located: Located, formula: formulas.Formula, operand: formulas.OperandReference) -> bool:
    """Whether an operand's entry is written and has the key that the operand needs; reported where not."""
    kind = _ENTRY_KINDS[operand.kind]
    entry, required = resolver.entries(kind).get(operand.id), _REQUIRED_KEYS.get(operand.kind)
    if entry is not None and (required is None or required in entry.keys):
        return True
    place = resolver.subspan(located.span, formula.text, operand.offset, len(operand.id))
    if entry is None:
        resolver.report_unknown(kind, operand.id, place)
    else:
        resolver.report("bad-formula", place, f"no-{required}", id=operand.id)
    return False

"""Relations between facts and claims, as checks and judgments write them: parsed, their operands looked up, evaluated."""

from __future__ import annotations

from ..model import formulas
from ..model.evaluation import evaluate
from ..model.formulas import FormulaError
from ..model.operands import MissingOperandError, OperandLookup
from ..reading.located_values import Located
from ..records.struct import Struct
from .resolver import Resolver

_REQUIRED_KEYS = {"claimed": "claimed", "count": "items"}  # the key that an operand's entry needs
_ENTRY_KINDS = {"fact": "facts", "count": "facts", "claimed": "claims", "verdict": "claims", "event": "events", "unit": "units"}


class Relation(Struct, frozen=True, kw_only=True):
    """An evaluated relation: whether it holds for everything that its operands allow, and the entries that it reads."""

    holds: bool
    facts: tuple[str, ...]
    claims: tuple[str, ...]


def evaluate_relation(resolver: Resolver, located: Located, lookup: OperandLookup) -> Relation | None:
    """A relation that is written; None where it or an operand has a mistake, which is reported."""
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
    except MissingOperandError:
        return None
    if not isinstance(result, bool):
        resolver.report("bad-formula", located.span, "not-a-test")
        return None
    return Relation(
        holds=result,
        facts=tuple(operand.id for operand in formula.references if _ENTRY_KINDS[operand.kind] == "facts"),
        claims=tuple(operand.id for operand in formula.references if _ENTRY_KINDS[operand.kind] == "claims"),
    )


def _is_known(resolver: Resolver, located: Located, formula: formulas.Formula, operand: formulas.OperandReference) -> bool:
    """Whether an operand's entry is written and has the key that the operand needs; reported where not."""
    kind = _ENTRY_KINDS[operand.kind]
    entry, required = resolver.entries(kind).get(operand.id), _REQUIRED_KEYS.get(operand.kind)
    if entry is None and resolver.has(kind, operand.id):
        return True  # a unit of the package
    if entry is not None and (required is None or required in entry.keys):
        return True
    span = resolver.subspan(located.span, formula.text, operand.offset, len(operand.id))
    if entry is None:
        resolver.report_unknown(kind, operand.id, span)
    else:
        resolver.report("bad-formula", span, f"no-{required}", id=operand.id)
    return False

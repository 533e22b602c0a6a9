"""Whether a test in the formula language is certainly so, certainly not so, or uncertain, as its operands are intervals."""

from __future__ import annotations

import ast
from collections.abc import Iterator, Mapping

from ..records.struct import Struct, replace
from . import arithmetic
from .dimensions import DimensionedValue
from .evaluation import Lookup, evaluate
from .formulas import Formula, FormulaError
from .operand_comparison import Operand, compare_operands


class Side(Struct, frozen=True, kw_only=True):
    """One side of a comparison: as it is written, and its value."""

    text: str
    value: Operand


class Outcome(Struct, frozen=True, kw_only=True):
    """The outcome of a test (None: uncertain), with both sides of the comparison that decides it."""

    holds: bool | None
    left: Side
    right: Side


def assess(formula: Formula, lookup: Lookup) -> Outcome:
    """The outcome of a test; FormulaError where it cannot be evaluated."""
    return _assess(formula, formula.tree, lookup)


def _assess(formula: Formula, node: ast.expr, lookup: Lookup) -> Outcome:
    match node:
        case ast.BoolOp():
            parts = [_assess(formula, part, lookup) for part in node.values]
            return _deciding(parts, among=isinstance(node.op, ast.Or))
        case ast.UnaryOp(op=ast.Not()):
            inner = _assess(formula, node.operand, lookup)
            return replace(inner, holds=None if inner.holds is None else not inner.holds)
        case ast.Compare():
            return _deciding(list(_links(formula, node, lookup)), among=False)
    raise FormulaError(node.col_offset, "not-a-test")


def _deciding(parts: list[Outcome], *, among: bool) -> Outcome:
    """The part that decides: one that is `among` (False for `and`, True for `or`), else an uncertain one, else the first."""
    by_outcome = {part.holds: part for part in reversed(parts)}
    return by_outcome.get(among) or by_outcome.get(None) or parts[0]


def _links(formula: Formula, node: ast.Compare, lookup: Lookup) -> Iterator[Outcome]:
    """The comparisons that a < b < c consists of."""
    nodes = [node.left, *node.comparators]
    sides = [_side(formula, one, lookup) for one in nodes]
    for operator, left, right, after in zip(node.ops, sides, sides[1:], node.comparators, strict=False):
        yield Outcome(holds=_outcome(left.value, right.value, operator, after), left=left, right=right)


def _side(formula: Formula, node: ast.expr, lookup: Lookup) -> Side:
    text = formula.text[node.col_offset : node.end_col_offset]
    return Side(text=text, value=evaluate(Formula(formula.text, node, ()), lookup))


_OPPOSITES: Mapping[type[ast.cmpop], type[ast.cmpop]] = {
    ast.Lt: ast.GtE,
    ast.LtE: ast.Gt,
    ast.Gt: ast.LtE,
    ast.GtE: ast.Lt,
}


def _outcome(left: Operand, right: Operand, operator: ast.cmpop, node: ast.expr) -> bool | None:
    """Whether a comparison holds for every pair of numbers (True), for none (False), or for some (None)."""
    holds = compare_operands(left, right, operator, node)
    if not (isinstance(left, DimensionedValue) and isinstance(right, DimensionedValue)):
        return holds  # dates and words are certain
    if opposite := _OPPOSITES.get(type(operator)):
        return True if holds else False if compare_operands(left, right, opposite(), node) else None
    apart = arithmetic.below(left.value, right.value) or arithmetic.below(right.value, left.value)
    if isinstance(operator, ast.Eq | ast.In):
        return True if holds else False if apart else None
    return True if apart else None if holds else False

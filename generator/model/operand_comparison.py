"""Comparison of the operands of formulas: quantities, periods and words."""

from __future__ import annotations

import ast
from collections.abc import Callable, Mapping

from . import arithmetic
from .dimensions import Dimension, DimensionedValue, DimensionError, common_dimension, describe_dimension
from .formulas import FormulaError
from .periods import Period
from .values import Value

Operand = DimensionedValue | Period | str | bool

_QUANTITIES: Mapping[type[ast.cmpop], Callable[[Value, Value], bool]] = {
    ast.Lt: arithmetic.below,
    ast.LtE: arithmetic.at_most,
    ast.Gt: lambda a, b: arithmetic.below(b, a),
    ast.GtE: lambda a, b: arithmetic.at_most(b, a),
    ast.In: arithmetic.inside,
    ast.NotIn: lambda a, b: not arithmetic.inside(a, b),
    ast.Eq: arithmetic.same,
    ast.NotEq: lambda a, b: not arithmetic.same(a, b),
}
_PERIODS: Mapping[type[ast.cmpop], Callable[[Period, Period], bool]] = {
    ast.Lt: lambda a, b: a.last < b.first,
    ast.LtE: lambda a, b: a.last <= b.last,
    ast.Gt: lambda a, b: b.last < a.first,
    ast.GtE: lambda a, b: b.first <= a.first,
    ast.In: lambda a, b: b.first <= a.first and a.last <= b.last,
    ast.Eq: lambda a, b: (a.first, a.last) == (b.first, b.last),
    ast.NotEq: lambda a, b: (a.first, a.last) != (b.first, b.last),
}
_WORDS: Mapping[type[ast.cmpop], Callable[[str, str], bool]] = {ast.Eq: str.__eq__, ast.NotEq: str.__ne__}


def compare_operands(left: Operand, right: Operand, operator: ast.cmpop, node: ast.expr) -> bool:
    """Whether a comparison holds for everything that both sides allow; FormulaError at a node where they do not compare."""
    try:
        if isinstance(left, str) and isinstance(right, str):
            return _WORDS[type(operator)](left, right)
        if isinstance(left, Period) and isinstance(right, Period):
            return _PERIODS[type(operator)](left, right)
        if isinstance(left, DimensionedValue) and isinstance(right, DimensionedValue):
            dimension_of_both(left, right, node)
            return _QUANTITIES[type(operator)](left.value, right.value)
    except KeyError as error:
        raise FormulaError(node.col_offset, "not-allowed") from error
    raise FormulaError(node.col_offset, "kinds")


def dimension_of_both(left: DimensionedValue, right: DimensionedValue, node: ast.expr) -> Dimension | None:
    """The dimension that two values share; FormulaError at a node where they share none."""
    try:
        return common_dimension(left, right)
    except DimensionError as error:
        names = {"left": describe_dimension(error.left), "right": describe_dimension(error.right)}
        raise FormulaError(node.col_offset, "dimensions", **names) from error

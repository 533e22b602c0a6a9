"""Evaluates formulas on intervals of Decimals with dimensions: the result holds every value that the operands allow."""

from __future__ import annotations

import ast
from collections.abc import Callable, Mapping, Sequence
from decimal import MAX_PREC, Decimal

from . import arithmetic, values
from .dimensions import (
    DimensionedValue,
    describe_dimension,
    product_dimension,
    quotient_dimension,
)
from .formulas import (
    CONVERT,
    END_FUNCTIONS,
    FUNCTION_ARITIES,
    LOOKUPS,
    Formula,
    FormulaError,
    decline_operands,
    growth_operands,
    left_chain,
)
from .operand_comparison import Operand, compare_operands, dimension_of_both
from .values import Point

Lookup = Callable[[str, str], Operand]  # what a reference of a kind (`fact`, `unit`, one of LOOKUPS) with an id stands for
_Arguments = Sequence[ast.expr]
TOO_LARGE = "a number is too large"


def evaluate(formula: Formula, lookup: Lookup) -> Operand:
    """The result of a formula, operands looked up by kind and id; FormulaError where dimensions or kinds do not fit."""
    try:
        return _Evaluator(formula, lookup).visit(formula.tree)
    except ArithmeticError as error:  # an operand that is too large for its unit
        raise FormulaError(0, "arithmetic", why=TOO_LARGE) from error


class _Evaluator:
    """Walks the syntax tree of one formula."""

    def __init__(self, formula: Formula, lookup: Lookup) -> None:
        self.formula, self.lookup = formula, lookup

    def visit(self, node: ast.expr) -> Operand:
        """The result of a part of the formula."""
        self._check_change(node)
        found: Operand
        match node:
            case ast.Name():
                found = self.lookup("fact", node.id)
            case ast.Constant():
                found = self._constant(node)
            case ast.Attribute(value=ast.Name() as name, attr=end):
                found = _FUNCTIONS[END_FUNCTIONS[end]](self, [name], node)
            case ast.Call(func=ast.Name(id=name)):
                found = self._call(node, name)
            case ast.UnaryOp():
                found = self._unary(node)
            case ast.BinOp():
                found = self._binary(node)
            case ast.BoolOp():
                truths = [self._truth(value) for value in node.values]
                found = all(truths) if isinstance(node.op, ast.And) else any(truths)
            case ast.Compare():
                found = self._compare(node)
            case _:
                raise FormulaError(node.col_offset, "not-allowed")
        return found

    def _constant(self, node: ast.Constant) -> Operand:
        if isinstance(node.value, str):
            return node.value
        if isinstance(node.value, bool) or not isinstance(node.value, int | float):
            raise FormulaError(node.col_offset, "not-allowed")
        written = self.formula.text[node.col_offset : node.end_col_offset]
        try:
            return DimensionedValue(Point(number=values.number(written)), None)
        except ValueError as error:
            raise FormulaError(node.col_offset, "not-allowed") from error

    def quantity(self, node: ast.expr) -> DimensionedValue:
        """The value of a part of the formula; FormulaError where that is a date, a text or a truth value."""
        found = self.visit(node)
        if not isinstance(found, DimensionedValue):
            raise FormulaError(node.col_offset, "not-a-quantity")
        return found

    def _check_change(self, node: ast.expr) -> None:
        """FormulaError for a growth, or a decline, from zero or less."""
        if (pair := growth_operands(node)) is not None:
            self._check_growth(*pair)
        elif (pair := decline_operands(node)) is not None:
            self._check_growth(*pair, share=True)

    def _check_growth(self, new: ast.expr, old: ast.expr, *, share: bool = False) -> None:
        """FormulaError for a growth from zero or less, or to less: -10 to 100 is no fall by 1,100 percent.

        What may be a share as well, such as 1 - cost / revenue, is refused only where the whole is not above zero.
        """
        base, result = self.quantity(old).value, self.quantity(new).value
        if base.low is not None and base.low > 0 and (share or result.low is None or result.low >= 0):
            return
        if base.low is None and base.high is not None and base.high > 0:  # "up to" begins at zero: a division by it says so
            return
        texts = [self.formula.text[node.col_offset : node.end_col_offset] for node in (new, old)]
        wrong = old if base.low is None or base.low <= 0 else new
        raise FormulaError(wrong.col_offset, "growth" if wrong is old else "growth-below", new=texts[0], old=texts[1])

    def _truth(self, node: ast.expr) -> bool:
        found = self.visit(node)
        if not isinstance(found, bool):
            raise FormulaError(node.col_offset, "not-a-test")
        return found

    def _unary(self, node: ast.UnaryOp) -> Operand:
        if isinstance(node.op, ast.Not):
            return not self._truth(node.operand)
        if isinstance(node.op, ast.USub):
            inner = self.quantity(node.operand)
            return DimensionedValue(arithmetic.negate(inner.value), inner.dimension)
        raise FormulaError(node.col_offset, "not-allowed")

    def _binary(self, node: ast.BinOp) -> Operand:
        """The result of operations one after the other: a + b + c is a tree that leans to the left, however long."""
        *_, first = chain = left_chain(node)
        result = self.quantity(first.left)
        for one in reversed(chain):
            result = self._operation(one, result, self.quantity(one.right))
        return result

    def _operation(self, node: ast.BinOp, left: DimensionedValue, right: DimensionedValue) -> DimensionedValue:
        try:
            match node.op:
                case ast.Add():
                    return DimensionedValue(arithmetic.add(left.value, right.value), dimension_of_both(left, right, node.right))
                case ast.Sub():
                    return DimensionedValue(
                        arithmetic.subtract(left.value, right.value), dimension_of_both(left, right, node.right)
                    )
                case ast.Mult():
                    return DimensionedValue(arithmetic.multiply(left.value, right.value), product_dimension(left, right))
                case ast.Div():
                    return DimensionedValue(arithmetic.divide(left.value, right.value), quotient_dimension(left, right))
        except ArithmeticError as error:
            raise FormulaError(node.col_offset, "arithmetic", why=str(error)) from error
        raise FormulaError(node.col_offset, "not-allowed")

    def _call(self, node: ast.Call, name: str) -> Operand:
        match node.args:
            case [ast.Name(id=target)] if name in LOOKUPS:
                return self.lookup(name, target)
            case [quantity, ast.Name() as unit] if name == CONVERT:
                return self._convert(quantity, unit)
        minimum, maximum = FUNCTION_ARITIES[name]
        if not minimum <= len(node.args) <= maximum:
            variant = "arguments" if minimum == maximum else "few"
            raise FormulaError(node.col_offset, variant, name=name, count=str(minimum))
        try:
            return _FUNCTIONS[name](self, node.args, node)
        except ArithmeticError as error:
            raise FormulaError(node.col_offset, "arithmetic", why=str(error)) from error

    def _convert(self, quantity: ast.expr, unit: ast.Name) -> Operand:
        """The same value, provided that the unit has its dimension: values are in base units whatever the unit."""
        found, wanted = self.quantity(quantity), self.lookup("unit", unit.id)
        assert isinstance(wanted, DimensionedValue)  # noqa: S101  the lookup of a unit gives its size
        if found.dimension is not None and found.dimension != wanted.dimension:
            raise FormulaError(unit.col_offset, "convert", quantity=describe_dimension(found), unit=unit.id)
        return (
            found
            if found.dimension is not None
            else DimensionedValue(arithmetic.multiply(found.value, wanted.value), wanted.dimension)
        )

    def _compare(self, node: ast.Compare) -> bool:
        left, result = self.visit(node.left), True
        for operator, after in zip(node.ops, node.comparators, strict=True):
            right = self.visit(after)
            result = result and compare_operands(left, right, operator, after)
            left = right
        return result


def _low(evaluator: _Evaluator, args: _Arguments, node: ast.expr) -> Operand:
    inner = evaluator.quantity(args[0])
    if inner.value.low is None:
        raise FormulaError(node.col_offset, "open-end")
    return DimensionedValue(Point(number=inner.value.low), inner.dimension)


def _high(evaluator: _Evaluator, args: _Arguments, node: ast.expr) -> Operand:
    inner = evaluator.quantity(args[0])
    if inner.value.high is None:
        raise FormulaError(node.col_offset, "open-end")
    return DimensionedValue(Point(number=inner.value.high), inner.dimension)


def _mid(evaluator: _Evaluator, args: _Arguments, _node: ast.expr) -> Operand:
    inner = evaluator.quantity(args[0])
    return DimensionedValue(Point(number=values.midpoint(inner.value), about=inner.value.about), inner.dimension)


def _round(evaluator: _Evaluator, args: _Arguments, _node: ast.expr) -> Operand:
    inner, places = evaluator.quantity(args[0]), evaluator.quantity(args[1])
    digits = places.value
    if not isinstance(digits, Point) or places.dimension is not None or digits.number != digits.number.to_integral_value():
        raise FormulaError(args[1].col_offset, "arithmetic", why="the digits to round to are a whole number")
    significant = int(min(digits.number, Decimal(MAX_PREC)))
    if significant < 1:
        raise FormulaError(args[1].col_offset, "arithmetic", why="at least one digit must stay")
    return DimensionedValue(values.apply_rounding(inner.value, significant), inner.dimension)


def _growth(evaluator: _Evaluator, args: _Arguments, node: ast.expr) -> Operand:
    new, old = evaluator.quantity(args[0]), evaluator.quantity(args[1])
    dimension_of_both(new, old, node)
    return DimensionedValue(arithmetic.add(arithmetic.divide(new.value, old.value), Point(number=Decimal(-1))), ())


def _share(evaluator: _Evaluator, args: _Arguments, node: ast.expr) -> Operand:
    part, whole = evaluator.quantity(args[0]), evaluator.quantity(args[1])
    dimension_of_both(part, whole, node)
    return DimensionedValue(arithmetic.divide(part.value, whole.value), ())


def _sum(evaluator: _Evaluator, args: _Arguments, _node: ast.expr) -> Operand:
    total = evaluator.quantity(args[0])
    for argument in args[1:]:
        term = evaluator.quantity(argument)
        total = DimensionedValue(arithmetic.add(total.value, term.value), dimension_of_both(total, term, argument))
    return total


def _difference(evaluator: _Evaluator, args: _Arguments, _node: ast.expr) -> Operand:
    left, right = evaluator.quantity(args[0]), evaluator.quantity(args[1])
    return DimensionedValue(arithmetic.subtract(left.value, right.value), dimension_of_both(left, right, args[1]))


def _per(evaluator: _Evaluator, args: _Arguments, _node: ast.expr) -> Operand:
    left, right = evaluator.quantity(args[0]), evaluator.quantity(args[1])
    return DimensionedValue(arithmetic.divide(left.value, right.value), quotient_dimension(left, right))


_FUNCTIONS: Mapping[str, Callable[[_Evaluator, _Arguments, ast.expr], Operand]] = {
    "low": _low,
    "high": _high,
    "mid": _mid,
    "round": _round,
    "sum": _sum,
    "difference": _difference,
    "growth": _growth,
    "share": _share,
    "per": _per,
}

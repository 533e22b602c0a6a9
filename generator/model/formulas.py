"""The formula language: facts, + - * /, a few named functions, comparisons. Parsed by Python's grammar, walked by our own eyes.

Nothing is ever evaluated by Python itself: each kind of node that is not listed here is a mistake with a place.
"""

from __future__ import annotations

import ast
import re
import warnings
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache

from . import values
from .periods import Period
from .values import Point, Value

Dimension = Mapping[str, int]


@dataclass(frozen=True, slots=True)
class DimensionedValue:
    """A value in the base of its dimension; dimension None for a number typed into a test, which fits any."""

    value: Value
    dimension: tuple[tuple[str, int], ...] | None = ()


Operand = DimensionedValue | Period | str | bool
Arguments = Sequence[ast.expr]
Lookup = Callable[[str, str], Operand]


class FormulaError(Exception):
    """A formula that cannot be read or evaluated: where in it, and which sentence says why."""

    def __init__(self, offset: int, variant: str, **args: str) -> None:
        """`offset` counts characters from the start of the formula."""
        super().__init__(variant)
        self.offset, self.variant, self.arguments = offset, variant, args


@dataclass(frozen=True, slots=True)
class OperandReference:
    """One operand: `fact` for a bare name, `unit` where `convert` names one, else the name of its lookup."""

    kind: str
    id: str
    offset: int


@dataclass(frozen=True, slots=True)
class Formula:
    """A formula that was read."""

    text: str
    tree: ast.expr
    uses: tuple[OperandReference, ...]

    @property
    def facts(self) -> list[str]:
        """The facts it speaks of by a bare name, each once."""
        return list(dict.fromkeys(use.id for use in self.uses if use.kind == "fact"))


def normalize_dimension(parts: Mapping[str, int]) -> tuple[tuple[str, int], ...]:
    """A dimension in its one normal form."""
    return tuple(sorted((name, power) for name, power in parts.items() if power))


LOOKUPS = ("claimed", "event", "verdict", "count")
_CONVERT, _PAIR = "convert", 2


@lru_cache(maxsize=16_384)  # settled, checked and shown
def parse(text: str) -> Formula:
    """Read a formula; FormulaError with the place where it stops making sense."""
    text = re.sub(r"\s", " ", text.strip())
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # Python's advice on style is not ours
            tree = ast.parse(text, mode="eval").body
    except (SyntaxError, ValueError, MemoryError, RecursionError) as error:
        offset = getattr(error, "offset", 1) or len(text)  # 0 where the end came too early
        raise FormulaError(max(0, min(offset, len(text)) - 1), "syntax") from error
    _count_characters(tree, text)
    uses: list[OperandReference] = []
    _collect(tree, uses, 0)
    return Formula(text, tree, tuple(uses))


def _count_characters(tree: ast.expr, text: str) -> None:
    """Python's grammar counts bytes; people count characters."""
    written = text.encode()
    for node in ast.walk(tree):
        if isinstance(node, ast.expr):
            node.col_offset = len(written[: node.col_offset].decode())
            node.end_col_offset = len(written[: node.end_col_offset].decode())


_ALLOWED = (
    ast.BinOp,
    ast.UnaryOp,
    ast.Compare,
    ast.BoolOp,
    ast.Call,
    ast.Attribute,
    ast.Name,
    ast.Constant,
)
_ENDS = {"low": "low", "high": "high", "midpoint": "mid"}  # capex.midpoint is mid(capex)
_DEEPEST = 60


def _collect(node: ast.expr, uses: list[OperandReference], depth: int) -> None:
    if not isinstance(node, _ALLOWED) or depth > _DEEPEST or (isinstance(node, ast.Attribute) and not _is_end(node)):
        raise FormulaError(node.col_offset, "not-allowed")
    if isinstance(node, ast.Call):
        _collect_call(node, uses, depth)
        return
    if isinstance(node, ast.Name):
        uses.append(OperandReference("fact", node.id, node.col_offset))
        return
    for child in ast.iter_child_nodes(node):
        if isinstance(child, ast.expr):
            _collect(child, uses, depth + 1)


def _collect_call(node: ast.Call, uses: list[OperandReference], depth: int) -> None:
    name = node.func.id if isinstance(node.func, ast.Name) else ""
    known = (*LOOKUPS, *FUNCTIONS, _CONVERT)
    if node.keywords or name not in known:
        raise FormulaError(node.col_offset, "function", found=name or "?", known=", ".join(known))
    if name in LOOKUPS:
        if len(node.args) != 1 or not isinstance(node.args[0], ast.Name):
            raise FormulaError(node.col_offset, "operand", name=name)
        uses.append(OperandReference(name, node.args[0].id, node.args[0].col_offset))
        return
    for argument in node.args[:1] if name == _CONVERT else node.args:
        _collect(argument, uses, depth + 1)
    if name == _CONVERT:
        if len(node.args) != _PAIR or not isinstance(node.args[1], ast.Name):
            raise FormulaError(node.col_offset, "unit")
        uses.append(OperandReference("unit", node.args[1].id, node.args[1].col_offset))


def _is_end(node: ast.Attribute) -> bool:
    return node.attr in _ENDS and isinstance(node.value, ast.Name)


_FIXING = tuple(_ENDS.values())


def interval_operands(formula: Formula) -> tuple[OperandReference, ...]:
    """The facts that enter with all their range: those not made exact by low, high or mid."""
    fixed = {
        child.col_offset
        for node in ast.walk(formula.tree)
        if isinstance(node, ast.Attribute)
        or (isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in _FIXING)
        for child in ast.walk(node)
        if isinstance(child, ast.Name)
    }
    return tuple(use for use in formula.uses if use.kind == "fact" and use.offset not in fixed)


def evaluate(formula: Formula, lookup: Lookup) -> Operand:
    """The value of a formula; FormulaError where units or kinds do not fit."""
    try:
        return _Evaluator(formula, lookup).visit(formula.tree)
    except ArithmeticError as error:  # of an operand too large for its unit
        raise FormulaError(0, "arithmetic", why="a number is too large") from error


class _Evaluator:
    def __init__(self, formula: Formula, lookup: Lookup) -> None:
        self.formula, self.lookup = formula, lookup

    def visit(self, node: ast.expr) -> Operand:
        found: Operand
        match node:
            case ast.Name():
                found = self.lookup("fact", node.id)
            case ast.Constant():
                found = self._constant(node)
            case ast.Attribute(value=ast.Name() as name, attr=end):
                found = FUNCTIONS[_ENDS[end]].work(self, [name], node)
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

    def measure(self, node: ast.expr) -> DimensionedValue:
        """What a part of the formula comes to, where a quantity is needed."""
        found = self.visit(node)
        if not isinstance(found, DimensionedValue):
            raise FormulaError(node.col_offset, "not-a-quantity")
        return found

    def _truth(self, node: ast.expr) -> bool:
        found = self.visit(node)
        if not isinstance(found, bool):
            raise FormulaError(node.col_offset, "not-a-test")
        return found

    def _unary(self, node: ast.UnaryOp) -> Operand:
        if isinstance(node.op, ast.Not):
            return not self._truth(node.operand)
        if isinstance(node.op, ast.USub):
            inner = self.measure(node.operand)
            return DimensionedValue(values.negate(inner.value), inner.dimension)
        raise FormulaError(node.col_offset, "not-allowed")

    def _binary(self, node: ast.BinOp) -> Operand:
        left, right = self.measure(node.left), self.measure(node.right)
        try:
            match node.op:
                case ast.Add():
                    return DimensionedValue(values.add(left.value, right.value), _agree(left, right, node.right))
                case ast.Sub():
                    return DimensionedValue(values.subtract(left.value, right.value), _agree(left, right, node.right))
                case ast.Mult():
                    return DimensionedValue(values.multiply(left.value, right.value), _product(left, right, 1))
                case ast.Div():
                    return DimensionedValue(values.divide(left.value, right.value), _product(left, right, -1))
        except ArithmeticError as error:
            raise FormulaError(node.col_offset, "arithmetic", why=str(error)) from error
        raise FormulaError(node.col_offset, "not-allowed")

    def _call(self, node: ast.Call, name: str) -> Operand:
        match node.args:
            case [ast.Name(id=target)] if name in LOOKUPS:
                return self.lookup(name, target)
            case [quantity, ast.Name() as unit] if name == _CONVERT:
                return self._convert(quantity, unit)
        function = FUNCTIONS[name]
        if not function.least <= len(node.args) <= function.most:
            variant = "arguments" if function.least == function.most else "few"
            raise FormulaError(node.col_offset, variant, name=name, count=str(function.least))
        try:
            return function.work(self, node.args, node)
        except ArithmeticError as error:
            raise FormulaError(node.col_offset, "arithmetic", why=str(error)) from error

    def _convert(self, quantity: ast.expr, unit: ast.Name) -> Operand:
        """The same quantity, provided that the unit can tell it: values are kept in the base of their dimension."""
        found, wanted = self.measure(quantity), self.lookup("unit", unit.id)
        assert isinstance(wanted, DimensionedValue)  # noqa: S101  a unit is looked up as one of it
        if found.dimension is not None and found.dimension != wanted.dimension:
            raise FormulaError(unit.col_offset, "convert", quantity=_spoken(found), unit=unit.id)
        return (
            found
            if found.dimension is not None
            else DimensionedValue(values.multiply(found.value, wanted.value), wanted.dimension)
        )

    def _compare(self, node: ast.Compare) -> bool:
        left, result = self.visit(node.left), True
        for operator, after in zip(node.ops, node.comparators, strict=True):
            right = self.visit(after)
            result = result and _compare(left, right, operator, after)
            left = right
        return result


_QUANTITIES: Mapping[type[ast.cmpop], Callable[[Value, Value], bool]] = {
    ast.Lt: values.below,
    ast.LtE: values.at_most,
    ast.Gt: lambda a, b: values.below(b, a),
    ast.GtE: lambda a, b: values.at_most(b, a),
    ast.In: values.inside,
    ast.NotIn: lambda a, b: not values.inside(a, b),
    ast.Eq: values.same,
    ast.NotEq: lambda a, b: not values.same(a, b),
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


def _compare(left: Operand, right: Operand, operator: ast.cmpop, node: ast.expr) -> bool:
    try:
        if isinstance(left, str) and isinstance(right, str):
            return _WORDS[type(operator)](left, right)
        if isinstance(left, Period) and isinstance(right, Period):
            return _PERIODS[type(operator)](left, right)
        if isinstance(left, DimensionedValue) and isinstance(right, DimensionedValue):
            _agree(left, right, node)
            return _QUANTITIES[type(operator)](left.value, right.value)
    except KeyError as error:
        raise FormulaError(node.col_offset, "not-allowed") from error
    raise FormulaError(node.col_offset, "kinds")


def _agree(left: DimensionedValue, right: DimensionedValue, node: ast.expr) -> tuple[tuple[str, int], ...] | None:
    if left.dimension is None:
        return right.dimension
    if right.dimension is not None and left.dimension != right.dimension:
        raise FormulaError(node.col_offset, "dimensions", left=_spoken(left), right=_spoken(right))
    return left.dimension


def _spoken(measure: DimensionedValue) -> str:
    above, below = (
        [_power(name, abs(power)) for name, power in measure.dimension or () if power * sign > 0] for sign in (1, -1)
    )
    told = " * ".join(above) or ("1" if below else "a plain number")
    return " / ".join([told, *below])


def _power(name: str, power: int) -> str:
    return name if power == 1 else f"{name}^{power}"


def _product(left: DimensionedValue, right: DimensionedValue, sign: int) -> tuple[tuple[str, int], ...]:
    powers = dict(left.dimension or ())
    for name, power in right.dimension or ():
        powers[name] = powers.get(name, 0) + sign * power
    return normalize_dimension(powers)


def _low(self: _Evaluator, args: Arguments, node: ast.expr) -> Operand:
    inner = self.measure(args[0])
    if inner.value.low is None:
        raise FormulaError(node.col_offset, "open-end")
    return DimensionedValue(Point(number=inner.value.low), inner.dimension)


def _high(self: _Evaluator, args: Arguments, node: ast.expr) -> Operand:
    inner = self.measure(args[0])
    if inner.value.high is None:
        raise FormulaError(node.col_offset, "open-end")
    return DimensionedValue(Point(number=inner.value.high), inner.dimension)


def _mid(self: _Evaluator, args: Arguments, _node: ast.expr) -> Operand:
    inner = self.measure(args[0])
    return DimensionedValue(Point(number=values.midpoint(inner.value), about=inner.value.about), inner.dimension)


def _round(self: _Evaluator, args: Arguments, _node: ast.expr) -> Operand:
    inner, places = self.measure(args[0]), self.measure(args[1])
    significant = int(values.midpoint(places.value))
    if significant < 1:
        raise FormulaError(args[1].col_offset, "arithmetic", why="at least one digit must stay")
    return DimensionedValue(values.apply_rounding(inner.value, significant), inner.dimension)


def _growth(self: _Evaluator, args: Arguments, node: ast.expr) -> Operand:
    new, old = self.measure(args[0]), self.measure(args[1])
    _agree(new, old, node)
    return DimensionedValue(values.add(values.divide(new.value, old.value), Point(number=Decimal(-1))), ())


def _share(self: _Evaluator, args: Arguments, node: ast.expr) -> Operand:
    part, whole = self.measure(args[0]), self.measure(args[1])
    _agree(part, whole, node)
    return DimensionedValue(values.divide(part.value, whole.value), ())


def _sum(self: _Evaluator, args: Arguments, _node: ast.expr) -> Operand:
    total = self.measure(args[0])
    for one in args[1:]:
        more = self.measure(one)
        total = DimensionedValue(values.add(total.value, more.value), _agree(total, more, one))
    return total


def _difference(self: _Evaluator, args: Arguments, _node: ast.expr) -> Operand:
    left, right = self.measure(args[0]), self.measure(args[1])
    return DimensionedValue(values.subtract(left.value, right.value), _agree(left, right, args[1]))


def _per(self: _Evaluator, args: Arguments, _node: ast.expr) -> Operand:
    left, right = self.measure(args[0]), self.measure(args[1])
    return DimensionedValue(values.divide(left.value, right.value), _product(left, right, -1))


@dataclass(frozen=True, slots=True)
class _Function:
    work: Callable[[_Evaluator, Arguments, ast.expr], Operand]
    least: int
    most: int


_MANY = 1000
FUNCTIONS: dict[str, _Function] = {
    "low": _Function(_low, 1, 1),
    "high": _Function(_high, 1, 1),
    "mid": _Function(_mid, 1, 1),
    "round": _Function(_round, 2, 2),
    "sum": _Function(_sum, 2, _MANY),
    "difference": _Function(_difference, 2, 2),
    "growth": _Function(_growth, 2, 2),
    "share": _Function(_share, 2, 2),
    "per": _Function(_per, 2, 2),
}


# --- as readers see it -----------------------------------------------------------------------------

_SIGNS = {"sum": " + ", "difference": " - ", "per": " / "}


def arithmetic_notation(text: str) -> str:
    """A formula in the signs of arithmetic: sum(a, b) as a + b, a.low as low(a), convert(a, MW) as a."""
    formula = parse(text)
    tree, text = formula.tree, formula.text
    return text[: tree.col_offset] + _plain(tree, text, whole=True) + text[tree.end_col_offset :]


def _plain(node: ast.expr, text: str, *, whole: bool = False) -> str:
    match node:
        case ast.Attribute(value=ast.Name(id=name), attr=end):
            return f"{_ENDS[end]}({name})"
        case ast.Call(func=ast.Name(id=name), args=[quantity, *_]) if name == _CONVERT:
            return _plain(quantity, text) if not isinstance(quantity, ast.BinOp) else f"({_plain(quantity, text)})"
        case ast.Call(func=ast.Name(id=name)) if name in _SIGNS:
            told = [f"({_plain(one, text)})" if isinstance(one, ast.BinOp) else _plain(one, text) for one in node.args]
            joined = _SIGNS[name].join(told)
            return joined if whole else f"({joined})"
    shown, at = [], node.col_offset
    for child in sorted(_children(node), key=lambda one: one.col_offset):
        shown += [text[at : child.col_offset], _plain(child, text)]
        at = child.end_col_offset or at
    return "".join([*shown, text[at : node.end_col_offset]])


def _children(node: ast.expr) -> list[ast.expr]:
    found = node.args if isinstance(node, ast.Call) else ast.iter_child_nodes(node)
    return [one for one in found if isinstance(one, ast.expr)]

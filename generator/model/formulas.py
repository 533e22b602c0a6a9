"""The formula language: names of facts, + - * /, a few named functions, comparisons, `and`, `or`, `not`.

Python's own parser reads a formula, but nothing is ever executed: each kind of syntax node that is not listed here is an error
with its place.
"""

from __future__ import annotations

import ast
import re
import warnings
from collections.abc import Mapping
from functools import lru_cache

from ..records.struct import Struct

_MANY = 1000
# Function -> how many arguments it takes at least and at most.
FUNCTION_ARITIES: Mapping[str, tuple[int, int]] = {
    "low": (1, 1),
    "high": (1, 1),
    "mid": (1, 1),
    "round": (2, 2),
    "sum": (2, _MANY),
    "difference": (2, 2),
    "growth": (2, 2),
    "share": (2, 2),
    "per": (2, 2),
}
END_FUNCTIONS = {"low": "low", "high": "high", "midpoint": "mid"}  # attribute -> function: capex.midpoint is mid(capex)
LOOKUPS = ("claimed", "event", "verdict", "count")  # functions of one id that is not evaluated: claimed(some_claim)
CONVERT = "convert"  # its second argument is the id of a unit
_CONVERT_ARITY = 2


class FormulaError(Exception):
    """A formula that cannot be parsed or evaluated."""

    def __init__(self, offset: int, variant: str, **args: str) -> None:
        """Where in the formula (characters from its start), which sentence of the rule says why, and what fills it."""
        super().__init__(variant)
        self.offset, self.variant, self.arguments = offset, variant, args


class OperandReference(Struct, frozen=True):
    """What a formula refers to: the kind is `fact` for a bare name, `unit` in `convert`, else the name of the lookup."""

    kind: str
    id: str
    offset: int  # characters from the start of the formula


class Formula(Struct, frozen=True):
    """A parsed formula: its text, its syntax tree (offsets in characters) and everything that it refers to, in order."""

    text: str
    tree: ast.expr
    references: tuple[OperandReference, ...]

    @property
    def facts(self) -> list[str]:
        """The ids of the facts it refers to by a bare name, each once."""
        return list(dict.fromkeys(reference.id for reference in self.references if reference.kind == "fact"))


@lru_cache(maxsize=16_384)  # each is parsed to settle, to check and to show it
def parse(text: str) -> Formula:
    """Parse a formula; FormulaError with the place where it stops making sense."""
    text = re.sub(r"\s", " ", text.strip())
    if len(text) > _LONGEST:
        raise FormulaError(0, "long", most=str(_LONGEST))
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # what Python warns of is no error in a formula
            tree = ast.parse(text, mode="eval").body
    except (MemoryError, RecursionError) as error:  # Python's parser has an end of its own
        raise FormulaError(0, "deep") from error
    except (SyntaxError, ValueError) as error:
        if "nested" in str(error):
            raise FormulaError(0, "deep") from error
        offset = getattr(error, "offset", 1) or len(text)  # 0 where the end came too early
        raise FormulaError(max(0, min(offset, len(text)) - 1), "syntax") from error
    if "#" in text:  # what a reader sees is what is worked out
        raise FormulaError(text.index("#"), "not-allowed")
    _count_characters(tree, text)
    references: list[OperandReference] = []
    _collect(tree, references, 0)
    return Formula(text, tree, tuple(references))


def _count_characters(tree: ast.expr, text: str) -> None:
    """Make the offsets of a syntax tree count characters; Python's parser counts bytes of UTF-8."""
    if text.isascii():
        return
    characters = [at for at, char in enumerate(text) for _ in char.encode()] + [len(text)]
    for node in ast.walk(tree):
        if isinstance(node, ast.expr):
            node.col_offset = characters[node.col_offset]
            node.end_col_offset = characters[node.end_col_offset or 0]


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
_MAXIMUM_DEPTH = 60
_LONGEST = 20_000  # characters


def left_chain(node: ast.BinOp) -> list[ast.BinOp]:
    """The operations that a + b + c consists of, the last one first: as one is the left operand of the next."""
    chain = [node]
    while isinstance(left := chain[-1].left, ast.BinOp):
        chain.append(left)
    return chain


def _operands(node: ast.BinOp) -> list[ast.expr]:
    """The operands of a + b + c, in the order written."""
    chain = left_chain(node)
    return [chain[-1].left, *(one.right for one in reversed(chain))]


def _collect(node: ast.expr, references: list[OperandReference], depth: int) -> None:
    if depth > _MAXIMUM_DEPTH:
        raise FormulaError(node.col_offset, "deep")
    if not isinstance(node, _ALLOWED) or (isinstance(node, ast.Attribute) and not _is_end(node)):
        raise FormulaError(node.col_offset, "not-allowed")
    if isinstance(node, ast.BinOp):
        for operand in _operands(node):
            _collect(operand, references, depth + 1)
        return
    if isinstance(node, ast.Call):
        _collect_call(node, references, depth)
        return
    if isinstance(node, ast.Name):
        references.append(OperandReference("fact", node.id, node.col_offset))
        return
    for child in ast.iter_child_nodes(node):
        if isinstance(child, ast.expr):
            _collect(child, references, depth + 1)


def _collect_call(node: ast.Call, references: list[OperandReference], depth: int) -> None:
    name = node.func.id if isinstance(node.func, ast.Name) else ""
    known = (*LOOKUPS, *FUNCTION_ARITIES, CONVERT)
    if node.keywords or name not in known:
        raise FormulaError(node.col_offset, "function", found=name or "?", known=", ".join(known))
    if name in LOOKUPS:
        if len(node.args) != 1 or not isinstance(node.args[0], ast.Name):
            raise FormulaError(node.col_offset, "operand", name=name)
        references.append(OperandReference(name, node.args[0].id, node.args[0].col_offset))
        return
    for argument in node.args[:1] if name == CONVERT else node.args:
        _collect(argument, references, depth + 1)
    if name == CONVERT:
        if len(node.args) != _CONVERT_ARITY or not isinstance(node.args[1], ast.Name):
            raise FormulaError(node.col_offset, "unit")
        references.append(OperandReference("unit", node.args[1].id, node.args[1].col_offset))


def _is_end(node: ast.Attribute) -> bool:
    return node.attr in END_FUNCTIONS and isinstance(node.value, ast.Name)


def interval_operands(formula: Formula) -> tuple[OperandReference, ...]:
    """The facts that enter with their whole interval: those that neither low, high nor mid turns into one number."""
    exact = {
        child.col_offset
        for node in ast.walk(formula.tree)
        if isinstance(node, ast.Attribute)
        or (isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in END_FUNCTIONS.values())
        for child in ast.walk(node)
        if isinstance(child, ast.Name)
    }
    return tuple(one for one in formula.references if one.kind == "fact" and one.offset not in exact)


_OPERATIONS = {"difference": ast.Sub, "per": ast.Div, "share": ast.Div}  # functions that are another way to write a sign


def growths(formula: Formula) -> list[tuple[ast.expr, ast.expr]]:
    """The new and the old value of each growth in a formula, however it is written; see `growth_operands`."""
    nodes = (node for node in ast.walk(formula.tree) if isinstance(node, ast.expr))
    return [pair for node in nodes if (pair := growth_operands(node)) is not None]


def growth_operands(node: ast.expr) -> tuple[ast.expr, ast.expr] | None:
    """The new and the old value of growth(new, old), (new - old) / old or new / old - 1; None for other nodes."""
    if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "growth":
        return (node.args[0], node.args[1]) if len(node.args) == FUNCTION_ARITIES["growth"][0] else None
    match _operation(node):
        case (ast.Div, change, old) if (pair := _operation(change)) is not None and pair[0] is ast.Sub:
            return (pair[1], old) if _same(pair[2], old) else None
        case (ast.Sub, ratio, ast.Constant(value=1)) if (pair := _operation(ratio)) is not None and pair[0] is ast.Div:
            return pair[1], pair[2]
    return None


def decline_operands(node: ast.expr) -> tuple[ast.expr, ast.expr] | None:
    """The new and the old value of (old - new) / old or 1 - new / old, which may be a decline or a share; None for others."""
    match _operation(node):
        case (ast.Div, change, old) if (pair := _operation(change)) is not None and pair[0] is ast.Sub:
            return (pair[2], old) if _same(pair[1], old) else None
        case (ast.Sub, ast.Constant(value=1), ratio) if (pair := _operation(ratio)) is not None and pair[0] is ast.Div:
            return pair[1], pair[2]
    return None


def difference(formula: Formula) -> tuple[ast.expr, ast.expr] | None:
    """Both values of a formula that is their difference and nothing else; None for other formulas."""
    found = _operation(formula.tree)
    return (found[1], found[2]) if found is not None and found[0] is ast.Sub else None


def _operation(node: ast.expr) -> tuple[type[ast.operator], ast.expr, ast.expr] | None:
    """A sign of arithmetic with its operands, also where a function stands for it."""
    match node:
        case ast.BinOp():
            return type(node.op), node.left, node.right
        case ast.Call(func=ast.Name(id=name), args=[left, right]) if name in _OPERATIONS:
            return _OPERATIONS[name], left, right
    return None


def _same(one: ast.expr, other: ast.expr) -> bool:
    return ast.dump(one) == ast.dump(other)


_SIGNS = {"sum": " + ", "difference": " - ", "per": " / "}


def arithmetic_notation(text: str) -> str:
    """A formula as readers see it, in the signs of arithmetic: sum(a, b) as a + b, a.low as low(a), convert(a, MW) as a."""
    formula = parse(text)
    tree, text = formula.tree, formula.text
    return text[: tree.col_offset] + _arithmetic(tree, text, whole=True) + text[tree.end_col_offset :]


def _arithmetic(node: ast.expr, text: str, *, whole: bool = False) -> str:
    match node:
        case ast.Attribute(value=ast.Name(id=name), attr=end):
            return f"{END_FUNCTIONS[end]}({name})"
        case ast.Call(func=ast.Name(id=name), args=[quantity, *_]) if name == CONVERT:
            return _arithmetic(quantity, text) if not isinstance(quantity, ast.BinOp) else f"({_arithmetic(quantity, text)})"
        case ast.Call(func=ast.Name(id=name)) if name in _SIGNS:
            operands = [
                f"({_arithmetic(operand, text)})" if isinstance(operand, ast.BinOp) else _arithmetic(operand, text)
                for operand in node.args
            ]
            joined = _SIGNS[name].join(operands)
            return joined if whole else f"({joined})"
    texts, at = [], node.col_offset
    for child in sorted(_children(node), key=lambda child: child.col_offset):
        texts += [text[at : child.col_offset], _arithmetic(child, text)]
        at = child.end_col_offset or at
    return "".join([*texts, text[at : node.end_col_offset]])


def _children(node: ast.expr) -> list[ast.expr]:
    if isinstance(node, ast.BinOp):
        return _operands(node)
    found = node.args if isinstance(node, ast.Call) else ast.iter_child_nodes(node)
    return [one for one in found if isinstance(one, ast.expr)]

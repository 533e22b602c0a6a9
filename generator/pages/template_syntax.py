"""The language of a report's templates: the part of Jinja that they may consist of. All else is refused when it is parsed."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator
from typing import NoReturn

import jinja2
from jinja2 import nodes

FILTERS = frozenset(
    "capitalize d default e escape first last length lower replace reverse striptags trim unique upper".split()  # noqa: SIM905
)
TESTS = frozenset("defined undefined none mapping iterable string number in eq equalto ne lt le gt ge odd even".split())  # noqa: SIM905
# Nodes of a template that it may consist of; all others are refused.
_ALLOWED: tuple[type[nodes.Node], ...] = (
    nodes.Template,
    nodes.Output,
    nodes.TemplateData,
    nodes.Name,
    nodes.Const,
    nodes.List,
    nodes.Tuple,
    nodes.Call,
    nodes.Keyword,
    nodes.Getattr,
    nodes.Getitem,
    nodes.Slice,
    nodes.Filter,
    nodes.Test,
    nodes.If,
    nodes.For,
    nodes.CondExpr,
    nodes.And,
    nodes.Or,
    nodes.Not,
    nodes.Neg,
    nodes.Compare,
    nodes.Operand,
    nodes.Concat,
    nodes.Add,
    nodes.Sub,
    nodes.Assign,
    nodes.Macro,
    nodes.FromImport,
)
_LEAVES = (nodes.TemplateData, nodes.Name, nodes.Const)  # nodes without any below them


class ForbiddenSyntaxError(jinja2.TemplateSyntaxError):
    """A template holds what no template may; `found` is what stands there."""

    def __init__(self, found: str, lineno: int) -> None:
        super().__init__(f"{found} may not stand in a template", lineno)
        self.found = found


class UnknownCallError(ForbiddenSyntaxError):
    """A template calls a function that there is not."""


def walk(node: nodes.Node) -> Iterator[nodes.Node]:
    """A node and all below it, in the order of the text; without recursion, because templates may be deep."""
    waiting = [node]
    while waiting:
        one = waiting.pop()
        yield one
        if type(one) not in _LEAVES:
            waiting.extend(reversed(list(one.iter_child_nodes())))


def names_of(tree: Iterable[nodes.Node]) -> set[str]:
    """The names that a template gives to something itself, from all its nodes: macros, imports, variables."""
    found: set[str] = set()
    for node in tree:
        match node:
            case nodes.Name() if node.ctx != "load":
                found.add(node.name)
            case nodes.Macro():
                found.add(node.name)
            case nodes.FromImport():
                found |= {name[1] if isinstance(name, tuple) else name for name in node.names}
    return found


def unknown_name(tree: nodes.Template, functions: Collection[str]) -> tuple[str, int] | None:
    """The first name, with its line, that nothing gives a meaning to; of calls of unknown functions a rule says more."""
    every = list(walk(tree))
    known = {*names_of(every), *functions, "loop"}
    called = {id(node.node) for node in every if isinstance(node, nodes.Call)}
    for node in every:
        if isinstance(node, nodes.Name) and node.ctx == "load" and node.name not in known and id(node) not in called:
            return node.name, node.lineno
    return None


def refuse_node(node: nodes.Node) -> None:
    """Raise ForbiddenSyntaxError where a node, without those below it, is no part of the language."""
    if isinstance(node, nodes.Expr | nodes.Stmt) and not isinstance(node, _ALLOWED):
        refuse(type(node).__name__.lower(), node)
    match node:
        case nodes.Getattr() if node.attr.startswith("_"):
            refuse(node.attr, node)
        case nodes.Getitem(arg=nodes.Const(value=str(key))) if key.startswith("_"):
            refuse(key, node)
        case nodes.Filter() if node.name not in FILTERS:
            refuse(f"| {node.name}", node)
        case nodes.Test() if node.name not in TESTS:
            refuse(f"is {node.name}", node)
        case nodes.Call() if not isinstance(node.node, nodes.Name):
            refuse(f"{getattr(node.node, 'attr', '')}( )", node)
        case nodes.Call() if node.dyn_args is not None or node.dyn_kwargs is not None:
            refuse("*", node)
        case nodes.For() if node.recursive:
            refuse("recursive", node)
        case nodes.FromImport() if not _is_part(node.template):
            refuse("import", node)


def is_part(name: str) -> bool:
    """Whether a template, by the name that others import it by, is a part; `defaults/parts/` are those of the package."""
    return name.startswith(("parts/", "defaults/parts/"))


def _is_part(template: nodes.Expr) -> bool:
    return isinstance(template, nodes.Const) and is_part(str(template.value))


def refuse(found: str, node: nodes.Node) -> NoReturn:
    """Raise ForbiddenSyntaxError for what stands at a node."""
    raise ForbiddenSyntaxError(found, next((one.lineno for one in walk(node) if one.lineno), 1))


def place_of(found: str, line: str) -> int:
    """The column, counted from 1, at which something stands in a line; 1 where it is written otherwise."""
    words = re.findall(r"\w+", found)
    return line.find(words[0]) + 1 or 1 if words else 1

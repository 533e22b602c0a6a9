"""Jinja environments in which templates of strangers can be rendered: no code, only attributes of views, bounded work.

`ReportSandbox` is for the templates of a report: a small language, all else is refused when a template is parsed, so that
nothing of it is rendered. See theme_sandbox for the theme of the site engine and what a project overrides of it.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from contextlib import suppress
from functools import lru_cache
from types import MethodType, SimpleNamespace
from typing import Any

import jinja2
from jinja2 import nodes
from jinja2.compiler import CodeGenerator, Frame
from jinja2.filters import do_replace
from jinja2.nodes import EvalContext
from jinja2.runtime import Context, LoopContext, Macro, markup_join, str_join
from jinja2.sandbox import ImmutableSandboxedEnvironment
from jinja2.utils import pass_context, pass_environment, pass_eval_context
from markupsafe import Markup, escape

from ..charts.table_cells import Cell, Table
from ..markup.escaping import escape_markdown
from ..records.struct import field_names
from .call_templates import TemplateCall
from .render_budget import STEPS, Budget
from .render_cache import LazyView
from .template_syntax import FILTERS, TESTS, ForbiddenSyntaxError, UnknownCallError, is_part, names_of, refuse_node, walk

PART_FUNCTIONS = ("t",)  # what parts can call besides macros
_BOUNDED = "bounded loop"  # a filter that no template can name
_PROVEN: set[type] = set()  # the sandboxes of which `Sandbox._prove` said that they work
_OF_LAZY_VIEWS = frozenset(dir(LazyView))  # of themselves, which no template reads
_LOOP = frozenset("index index0 revindex revindex0 first last length".split())  # noqa: SIM905


class _CodeGenerator(CodeGenerator):
    def visit_Concat(self, node: nodes.Concat, frame: Frame) -> None:  # noqa: N802  as Jinja calls it
        """Join texts within the budget."""
        self.write("environment.concatenate(context.eval_ctx, (")
        for part in node.nodes:
            self.visit(part, frame)
            self.write(", ")
        self.write("))")


class _ReportCodeGenerator(_CodeGenerator):
    """`_shown` escapes what is to be escaped, and gives HTML: nothing has to be looked at once more."""

    def _output_child_pre(self, _node: nodes.Expr, _frame: Frame, finalize: CodeGenerator._FinalizeInfo) -> None:
        assert finalize.src is not None  # noqa: S101  the environment has `_shown`
        self.write(finalize.src)

    def _output_child_post(self, _node: nodes.Expr, _frame: Frame, _finalize: CodeGenerator._FinalizeInfo) -> None:
        self.write(")")


class _BoundedTemplate(jinja2.Template):
    def render(self, *args: Any, **kwargs: Any) -> str:  # noqa: ANN401  as Jinja's
        """The text of the template, within a budget of its own."""
        environment = self.environment
        assert isinstance(environment, Sandbox)  # noqa: S101  whose template_class this is
        with environment.budget:
            return super().render(*args, **kwargs)


def _is_of_template(found: object, context: Context) -> bool:
    """Whether something is a macro that stands in a template by itself, not within another macro."""
    return isinstance(found, Macro) and context.vars.get(found.name) is found


class Sandbox(ImmutableSandboxedEnvironment):
    """What both have in common: loops, calls and texts are counted, and no operator makes large things of small ones."""

    code_generator_class = _CodeGenerator
    template_class = _BoundedTemplate
    intercepted_binops = frozenset(["+", "*", "**", "%"])

    def __init__(self, *, filters: Collection[str], tests: Collection[str], **options: Any) -> None:  # noqa: ANN401  Jinja's
        super().__init__(**options)
        self.budget = Budget()
        self.globals.clear()
        self.filters = {name: made for name, made in self.filters.items() if name in filters}
        self.filters.update({"replace": _replace, _BOUNDED: _bounded})
        self.tests = {name: made for name, made in self.tests.items() if name in tests or not name.isidentifier()}
        if type(self) not in _PROVEN:
            self._prove()
            _PROVEN.add(type(self))

    def _prove(self) -> None:
        """RuntimeError where Jinja compiles templates without asking this class: all would be let through without a word.

        `_parse` is its own business, and so is how it writes code: another version may call them by other names.
        """
        code = self.compile("{% for x in y %}{{ x ~ x }}{% endfor %}", raw=True)
        with suppress(ForbiddenSyntaxError):
            self.compile("{{ x.__class__ }}")
            code = ""
        if _BOUNDED not in code or "environment.concatenate(" not in code:
            msg = "templates cannot be rendered safely with this version of Jinja"
            raise RuntimeError(msg)

    def _parse(self, source: str, name: str | None, filename: str | None) -> nodes.Template:
        tree = super()._parse(source, name, filename)
        self.refuse(tree, name or "")
        for loop in list(tree.find_all(nodes.For)):
            weight = sum(len(data.data) for part in loop.body for data in part.find_all(nodes.TemplateData))
            arguments: list[nodes.Expr] = [nodes.Const(weight, lineno=loop.lineno)]
            loop.iter = nodes.Filter(loop.iter, _BOUNDED, arguments, [], None, None, lineno=loop.lineno)
        return tree

    def refuse(self, tree: nodes.Template, name: str) -> None:
        """Raise ForbiddenSyntaxError for what may not stand in a template of that name."""

    def concatenate(self, context: EvalContext, parts: Iterable[object]) -> str:
        """Texts joined by `~`."""
        texts = [part if isinstance(part, str) else str(part) for part in parts]
        self.budget.take(sum(map(len, texts)))
        joined: str = (markup_join if context.autoescape else str_join)(texts)
        return joined

    def call_binop(self, context: Context, operator: str, left: Any, right: Any) -> Any:  # noqa: ANN401  Jinja's
        """Arithmetic with numbers, and texts that are joined."""
        if operator == "+" and isinstance(left, str) and isinstance(right, str):
            self.budget.take(len(left) + len(right))
        elif operator == "**" or not all(isinstance(value, int | float) and abs(value) < STEPS for value in (left, right)):
            msg = f"{operator} is for small numbers only"
            raise jinja2.TemplateRuntimeError(msg)
        return super().call_binop(context, operator, left, right)

    def call(self, context: Context, obj: Any, /, *args: Any, **kwargs: Any) -> Any:  # noqa: ANN401  Jinja's
        """Call a macro or a function."""
        self.budget.take()
        if len(args) == 1 and type(args[0]) is LazyView and _is_of_template(obj, context):
            # A macro of the template itself: nothing but its argument makes a difference.
            text = args[0].text_of(f"{context.name}:{obj.name}", lambda view: str(obj(context.eval_ctx, view)))
            result: Any = Markup(text)  # noqa: S704  what a macro gave, whose texts are escaped
        elif type(obj) is Macro:  # at once what Jinja finds out about macros, which are most of what is called
            kwargs.pop("_loop_vars", None)
            kwargs.pop("_block_vars", None)
            result = obj(context.eval_ctx, *args, **kwargs)
        else:
            result = super().call(context, obj, *args, **kwargs)
        if isinstance(result, str):
            self.budget.take(len(result))
        return result

    def _load_template(self, *args: Any, **kwargs: Any) -> jinja2.Template:  # noqa: ANN401  Jinja's
        self.budget.take()
        return super()._load_template(*args, **kwargs)


class ReportSandbox(Sandbox):
    """The environment of a report's templates: they loop, choose, call the functions of pages, and read views.

    Texts of data are shown as they are written: they are escaped for HTML, and in the Markdown of pages for that as well.
    """

    code_generator_class = _ReportCodeGenerator
    functions: Collection[str] | None = None  # what pages can call besides macros; None where templates are only read

    def __init__(self, *, loader: jinja2.BaseLoader) -> None:
        super().__init__(
            filters=FILTERS,
            tests=TESTS,
            loader=loader,
            undefined=jinja2.StrictUndefined,
            autoescape=True,
            keep_trailing_newline=True,
            auto_reload=False,
            optimized=False,  # most templates are rendered once: looking for constants costs more than it saves
            finalize=_shown,
        )

    def refuse(self, tree: nodes.Template, name: str) -> None:
        """Refuse all but a small language, and calls of unknown functions."""
        functions = PART_FUNCTIONS if is_part(name) else self.functions
        every = list(walk(tree))
        own = names_of(every)
        for node in every:
            refuse_node(node)
            if functions is not None and isinstance(node, nodes.Call) and isinstance(node.node, nodes.Name):
                called = node.node.name
                if called not in functions and called not in own:
                    raise UnknownCallError(called, node.lineno)

    def render_calls(self, name: str, pieces: Iterable[str | TemplateCall], functions: Mapping[str, Any]) -> str:
        """Text and calls of functions, as the compiled template of that name would write them."""
        with self.budget:
            context = self.context_class(self, dict(functions), name, {})
            return "".join(
                piece
                if isinstance(piece, str)
                else _shown(context, self.call(context, functions[piece.name], *piece.arguments, **piece.options))
                for piece in pieces
            )

    def getattr(self, obj: Any, attribute: str) -> Any:  # noqa: ANN401  Jinja's
        """What a view holds, at once; all else as Jinja looks for it."""
        kind = type(obj)
        if kind is SimpleNamespace:
            if attribute in obj.__dict__ and not attribute.startswith("_"):
                return obj.__dict__[attribute]
        elif kind is LazyView and not attribute.startswith("_") and attribute not in _OF_LAZY_VIEWS:
            with suppress(AttributeError):
                return obj.__getattr__(attribute)
        return super().getattr(obj, attribute)

    def is_safe_callable(self, obj: Any) -> bool:  # noqa: ANN401  Jinja's
        """Macros, and the functions that pages are given."""
        return isinstance(obj, Macro | MethodType)

    def is_safe_attribute(self, obj: Any, attr: str, value: Any) -> bool:  # noqa: ANN401, ARG002  Jinja's
        """What views hold, the cells of tables, and where a loop is."""
        if isinstance(obj, LoopContext):
            return attr in _LOOP
        if isinstance(obj, Table | Cell):
            return attr in field_names(type(obj))
        if type(obj) is LazyView:
            return not hasattr(LazyView, attr)
        return type(obj) is SimpleNamespace and not attr.startswith("_")


class Block(Markup):
    """HTML that stands in Markdown as a block of its own, and so needs no escaping for it."""

    __slots__ = ()


@pass_context
def _shown(context: Context, value: Any) -> Markup:  # noqa: ANN401  whatever an expression gives
    """What an expression writes into a page: HTML as it is, texts as they are written."""
    environment, name, kind = context.environment, context.name, type(value)
    assert isinstance(environment, Sandbox)  # noqa: S101  whose `finalize` this is
    if name is not None and (kind is str or kind is Block or (kind is Markup and not name.startswith("pages/"))):
        written: Markup = _written(value) if kind is str else value
        environment.budget.take(len(written))
        return written
    if isinstance(value, jinja2.Undefined):
        str(value)  # raises
    if name is None:  # a text of a page's head: plain, whatever it is made of
        plain = value.striptags() if isinstance(value, Markup) else str(value)
        environment.budget.take(len(plain))
        return Markup(plain)  # noqa: S704  so that it stays as it is
    text = value if isinstance(value, Markup) else escape(value)
    environment.budget.take(len(text))
    return Markup(escape_markdown(text))  # noqa: S704  escaped before


@lru_cache(maxsize=8192)  # as those of `escape_markdown`
def _written(text: str) -> Markup:
    """A text as it is written into a page."""
    return Markup(escape_markdown(escape(text)))  # noqa: S704  escaped before


@pass_environment
def _bounded(environment: jinja2.Environment, items: Iterable[object], weight: int) -> Iterator[object]:
    """What a loop goes through, one step at a time; `weight` is the length of the text in its body."""
    assert isinstance(environment, Sandbox)  # noqa: S101  where this filter is
    for item in items:
        environment.budget.take(weight)
        yield item


@pass_eval_context
def _replace(context: EvalContext, text: str, old: str, new: str, count: int | None = None) -> str:
    """Jinja's `replace`, within the budget."""
    assert isinstance(context.environment, Sandbox)  # noqa: S101  where this filter is
    context.environment.budget.take(len(str(text)) + str(text).count(str(old)) * len(str(new)))
    return do_replace(context, text, old, new, count)

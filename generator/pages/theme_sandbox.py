"""The Jinja environment for the theme of a site engine: templates of the package, and a project's own in their place."""

from __future__ import annotations

from types import BuiltinMethodType, MethodType
from typing import Any

import jinja2
from jinja2 import nodes
from jinja2.runtime import BlockReference, Macro
from jinja2.utils import Namespace

from .sandbox import Sandbox
from .template_syntax import FILTERS, TESTS, names_of, refuse, walk

_FILTERS = FILTERS | frozenset("attr count items join list map safe script_tag sort tojson url urlencode".split())  # noqa: SIM905
_TESTS = TESTS | frozenset("boolean false true sequence callable".split())  # noqa: SIM905
_METHODS, _ABSENT = (MethodType, BuiltinMethodType), object()


class ThemeSandbox(Sandbox):
    """The environment of an engine's theme: templates of the package, and those that a project has in their place."""

    def __init__(self, *, loader: jinja2.BaseLoader | None) -> None:
        super().__init__(filters=_FILTERS, tests=_TESTS, loader=loader, auto_reload=False)
        self.globals["namespace"] = Namespace
        self._safe: dict[tuple[type, str], bool] = {}

    def refuse(self, tree: nodes.Template, name: str) -> None:  # noqa: ARG002  the same for all
        """Refuse names that begin with an underscore, calls of functions that there are not, and unbounded loops."""
        own = names_of(walk(tree)) | {"super", "namespace"}
        for node in walk(tree):
            match node:
                case nodes.Getattr() if node.attr.startswith("_"):
                    refuse(node.attr, node)
                case nodes.Getitem(arg=nodes.Const(value=str(key))) if key.startswith("_"):
                    refuse(key, node)
                case nodes.Call(node=nodes.Name(name=called)) if called not in own:
                    refuse(f"{called}( )", node)
                case nodes.For() if node.recursive:
                    refuse("recursive", node)
                case nodes.Filter() if node.name not in _FILTERS | {"date", "split"}:
                    refuse(f"| {node.name}", node)

    def getattr(self, obj: Any, attribute: str) -> Any:  # noqa: ANN401  Jinja's
        """What an object holds where that is safe and no method, and what it does not hold; all else as Jinja looks for it."""
        found = getattr(obj, attribute, _ABSENT)
        if found is _ABSENT:
            return super().getattr(obj, attribute) if hasattr(obj, "__getitem__") else self.undefined(obj=obj, name=attribute)
        if type(found) not in _METHODS and self.is_safe_attribute(obj, attribute, found):
            return found
        return super().getattr(obj, attribute)

    def is_safe_attribute(self, obj: Any, attr: str, value: Any) -> bool:  # noqa: ANN401  Jinja's
        """As Jinja says: asked once for each name of each type, as a page reads some 700 attributes of a few types."""
        asked = (type(obj), attr)
        if asked not in self._safe:
            self._safe[asked] = super().is_safe_attribute(obj, attr, value)
        return self._safe[asked]

    def is_safe_callable(self, obj: Any) -> bool:  # noqa: ANN401  Jinja's
        """Macros, blocks, namespaces, and methods of texts and mappings."""
        if isinstance(obj, BuiltinMethodType):
            return isinstance(obj.__self__, str | dict | list | tuple)
        return isinstance(obj, Macro | BlockReference) or obj is Namespace

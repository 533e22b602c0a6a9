"""A project's own version of a part of the package, completed with the macros that it does not have."""

from __future__ import annotations

import re
from collections.abc import Iterator

import jinja2
from jinja2 import nodes

# Only sources of the package are matched with these.
_MACRO = re.compile(r"\{%[-+]?\s*macro\s+(\w+)\b.*?\{%[-+]?\s*endmacro\b.*?%\}", re.DOTALL)
_IMPORT = re.compile(r"\{%[-+]?\s*from\s+(\S+)\s+import\s+(.*?)(\s+with context)?\s*[-+]?%\}", re.DOTALL)
_COMMENT = re.compile(r"\{#.*?#\}", re.DOTALL)
_SYNTAX = jinja2.Environment()  # noqa: S701  parses, and renders nothing


def completed(own: str, package: str) -> str:
    """The own source, and behind it what it has not of the package's: so only the macros that are to differ need be written.

    TemplateSyntaxError where the own source is no template.
    """
    names, package = set(_names_of(_SYNTAX.parse(own))), _COMMENT.sub("", package)
    added = [
        f"{{% from {match[1]} import {', '.join(missing)}{match[3] or ''} %}}"
        for match in _IMPORT.finditer(package)
        if (missing := [name for name in map(str.strip, match[2].split(",")) if name not in names])
    ]
    added += [match[0] for match in _MACRO.finditer(package) if match[1] not in names]
    return "\n".join([own, *added])


def _names_of(tree: nodes.Template) -> Iterator[str]:
    """The macros that a template has: its own, and imported ones."""
    for node in tree.body:
        if isinstance(node, nodes.Macro):
            yield node.name
        elif isinstance(node, nodes.FromImport):
            yield from (name[1] if isinstance(name, tuple) else name for name in node.names)

"""Files of the site that settings in mkdocs.yml name: a project's own below docs/, the package's, or the theme's."""

from __future__ import annotations

import errno
import os
from collections.abc import Iterator
from functools import cache
from importlib.util import find_spec
from pathlib import Path

from ..defaults.files import own_or_default
from ..diagnostics.finding import Diagnostic
from .yaml_nodes import MappingNode, Node, ScalarNode, SequenceNode

_OF_THEME = ("favicon", "logo")
_LISTS = ("extra_css", "extra_javascript")


def missing_site_files(root: Path, settings: Node) -> Iterator[Diagnostic]:
    """Findings that settings name files that there are not: pages would link to nothing."""
    for node in _named_files(settings):
        file = f"docs/{node.text}"
        if node.text and not own_or_default(root, file).is_file() and not (_theme_folder() / node.text).is_file():
            yield Diagnostic(rule="file-missing", span=node.span, args={"file": file, "why": os.strerror(errno.ENOENT)})


def _named_files(settings: Node) -> Iterator[ScalarNode]:
    theme = _child(settings, "theme")
    for key in _OF_THEME:
        if isinstance(node := _child(theme, key), ScalarNode):
            yield node
    for key in _LISTS:
        listed = _child(settings, key)
        for item in listed.items if isinstance(listed, SequenceNode) else ():
            node = _child(item, "path") if isinstance(item, MappingNode) else item
            if isinstance(node, ScalarNode):
                yield node


def _child(node: Node | None, key: str) -> Node | None:
    if not isinstance(node, MappingNode):
        return None
    return next((value for name, value in node.entries if name.text == key), None)


@cache
def _theme_folder() -> Path:
    """Where the theme's own files stand."""
    spec = find_spec("material")
    return Path(spec.origin or "").with_name("templates") if spec is not None else Path()

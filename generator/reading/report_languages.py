"""The languages that data/report.yml lists: their codes, and which of them are being translated."""

from __future__ import annotations

from collections.abc import Sequence

from ..diagnostics.finding import Clause
from ..model.languages import is_language_code
from .validators import ReadContext
from .yaml_nodes import MappingNode, Node, ScalarNode


def read_languages(tree: Node | None, context: ReadContext) -> None:
    """Tell the context the codes, none where one is no code, and which may lack texts.

    Not the default one, which stands in where no other has a text.
    """
    context.languages, context.in_progress = language_codes(tree), languages_in_progress(tree)
    if bad := [code for code in _nodes(tree) if not is_language_code(code.text)]:
        context.languages = ()
        for code in bad:
            context.report("wrong-shape", code.span, "value", expected=Clause("language-code"), found=code.text)
    elif context.languages and context.languages[0] in context.in_progress:
        context.report("missing-language", _nodes(tree)[0].span, "default", language=context.languages[0])


def language_codes(tree: Node | None) -> tuple[str, ...]:
    """The codes of the languages in the tree of data/report.yml."""
    return tuple(code.text for code in _nodes(tree))


def languages_in_progress(tree: Node | None) -> frozenset[str]:
    """The codes of the languages that the tree of data/report.yml says are being translated."""
    return frozenset(
        code.text
        for code, described in _entries_of(_described(tree))
        for key, node in _entries_of(described)
        if key.text == "in_progress" and isinstance(node, ScalarNode) and node.text.lower() == "true"
    )


def _nodes(tree: Node | None) -> list[ScalarNode]:
    return [code for code, _ in _entries_of(_described(tree))]


def _described(tree: Node | None) -> Node | None:
    return next((node for key, node in _entries_of(tree) if key.text == "languages"), None)


def _entries_of(node: Node | None) -> Sequence[tuple[ScalarNode, Node]]:
    return node.entries if isinstance(node, MappingNode) else ()

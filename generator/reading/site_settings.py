"""The settings of the site in mkdocs.yml, read as plain values: no tag runs, and no setting runs code or leaves the project.

A project need not have the file: the package brings settings for every report, and mkdocs.yml says what is to be otherwise.

Engines read such files with loaders that call Python functions, take in files and environment variables, and load what plugins,
hooks and extensions name. So they are given only what is read here: settings of a known list.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import Any

from ..defaults.files import SETTINGS
from ..diagnostics.finding import Clause, Diagnostic, Span
from ..model.spelling import suggest
from .files import read_text
from .site_files import missing_site_files
from .yaml_nodes import MappingNode, Node, ScalarNode, SequenceNode, parse_yaml

FILE = "mkdocs.yml"
OVERRIDES = "templates/overrides"
THEME = "build/theme"  # the package's and the project's theme templates, for engines
PLAIN = "build/mkdocs.yml"  # what `mkdocs` by itself can inherit: all settings that a project's own file need not repeat

_Check = Callable[[Node], Iterator[Diagnostic]]
_URL_SCHEME = re.compile(r"\s*(?:javascript|vbscript|data|file|blob):", re.IGNORECASE)
_SITE_FILE = re.compile(r"(?![/\\]|.*(?:^|[/\\])\.\.(?:[/\\]|$)|\w[\w+.-]*:)[^\s\"'<>]+")
_WEB_ADDRESS = re.compile(r"https?://[^\s\"'<>\\]+")
_LANGUAGE = re.compile(r"[A-Za-z]{2,3}(?:-[A-Za-z0-9]{2,8})*")


def read_site_settings(root: Path, sink: list[Diagnostic]) -> dict[str, Any]:
    """What mkdocs.yml says; what may not stand in it is reported and left out. Empty where there is no such file."""
    if not (root / FILE).is_file():
        return {}
    text = read_text(root, FILE, sink)
    tree = None if text is None else parse_yaml(text, FILE, sink)
    if tree is None:
        return {}
    inherited = {"INHERIT": _choice(PLAIN)}
    found = list(_mapping({**_settings(OVERRIDES, THEME), **inherited})(tree))
    sink += found or missing_site_files(root, tree)
    plain = _plain(tree)
    if not isinstance(plain, dict) or found:
        return {}
    return {key: value for key, value in plain.items() if value is not None and key not in inherited}


@cache
def default_settings() -> Mapping[str, Any]:
    """The settings that hold where a project's mkdocs.yml says nothing."""
    tree = parse_yaml(SETTINGS.read_text(encoding="utf-8"), SETTINGS.name, [])
    return dict(_plain(tree)) if isinstance(tree, MappingNode) else {}


def unsafe_settings(settings: object, file: str) -> list[Diagnostic]:
    """What may not stand in settings that are plain values, of a file in the folder of generated ones."""
    return list(_mapping(_settings(THEME.rpartition("/")[2]))(_node(settings, Span(file))))


def _unsafe(variant: str, span: Span, **args: str | Clause) -> Diagnostic:
    return Diagnostic(rule="unsafe-setting", variant=variant, span=span, args=args)


def _anything(node: Node) -> Iterator[Diagnostic]:
    """Plain values of any shape, without addresses that run scripts."""
    match node:
        case ScalarNode() if _URL_SCHEME.match(node.text):
            yield _unsafe("value", node.span, found=node.text, expected=Clause("address"))
        case SequenceNode():
            for item in node.items:
                yield from _anything(item)
        case MappingNode():
            for _, value in node.entries:
                yield from _anything(value)


def _matching(pattern: re.Pattern[str], expected: Clause) -> _Check:
    def check(node: Node) -> Iterator[Diagnostic]:
        if not isinstance(node, ScalarNode) or (node.value_type != "null" and not pattern.fullmatch(node.text)):
            found = node.text if isinstance(node, ScalarNode) else Clause("list-or-mapping")
            yield _unsafe("value", node.span, found=found, expected=expected)

    return check


def _choice(*known: str) -> _Check:
    return _matching(re.compile("|".join(map(re.escape, known))), Clause("choose", {"known": ", ".join(known)}))


def _mapping(known: Mapping[str, _Check], *, others: _Check | None = None) -> _Check:
    """A mapping with known keys; other keys are refused, or checked by `others`."""

    def check(node: Node) -> Iterator[Diagnostic]:
        if isinstance(node, ScalarNode) and node.blank:
            return
        if not isinstance(node, MappingNode):
            yield _unsafe("value", node.span, found=_named(node), expected=Clause("mapped"))
            return
        for key, value in node.entries:
            if (allowed := known.get(key.text, others)) is None:
                yield _unsafe("", key.span, key=key.text, suggestion=suggest(key.text, known))
            else:
                yield from allowed(value)

    return check


def _each(check_item: _Check) -> _Check:
    """A list, or one value."""

    def check(node: Node) -> Iterator[Diagnostic]:
        for item in node.items if isinstance(node, SequenceNode) else (node,):
            if not (isinstance(item, ScalarNode) and item.blank):
                yield from check_item(item)

    return check


def _named_things(known: Mapping[str, _Check]) -> _Check:
    """Things that are named and may have options: a mapping, or a list of names and of mappings with one key."""

    def check(node: Node) -> Iterator[Diagnostic]:
        for item in node.items if isinstance(node, SequenceNode) else (node,):
            if isinstance(item, ScalarNode) and not item.blank and item.text not in known:
                yield _unsafe("", item.span, key=item.text, suggestion=suggest(item.text, known))
            elif not isinstance(item, ScalarNode):
                yield from _mapping(known)(item)

    return check


def _script(node: Node) -> Iterator[Diagnostic]:
    if isinstance(node, MappingNode):
        yield from _mapping({"path": _file, "defer": _anything, "async": _anything, "type": _anything})(node)
    else:
        yield from _file(node)


def _named(node: Node) -> str | Clause:
    return node.text if isinstance(node, ScalarNode) else Clause("list-or-mapping")


_file = _matching(_SITE_FILE, Clause("site-file"))
_address = _matching(_WEB_ADDRESS, Clause("address"))
_no_options = _mapping({})


def _options(*names: str) -> _Check:
    return _mapping(dict.fromkeys(names, _anything))


def _refused(node: Node) -> Iterator[Diagnostic]:
    """A key of an open mapping that asks for third parties or writes into scripts."""
    yield _unsafe("value", node.span, found=_named(node), expected=Clause("nothing"))


PLUGINS: Mapping[str, _Check] = dict.fromkeys(
    ("search", "material/search"), _options("lang", "separator", "pipeline", "fields", "min_search_length", "indexing")
)
EXTENSIONS: Mapping[str, _Check] = {
    **dict.fromkeys(
        (
            "abbr",
            "admonition",
            "attr_list",
            "def_list",
            "md_in_html",
            "nl2br",
            "sane_lists",
            "pymdownx.betterem",
            "pymdownx.caret",
            "pymdownx.details",
            "pymdownx.keys",
            "pymdownx.mark",
            "pymdownx.superfences",
            "pymdownx.tilde",
        ),
        _no_options,
    ),
    "fenced_code": _options("lang_prefix"),
    "footnotes": _options("BACKLINK_TITLE", "BACKLINK_TEXT", "SEPARATOR", "UNIQUE_IDS", "PLACE_MARKER", "SUPERSCRIPT_TEXT"),
    "tables": _options("use_align_attribute"),
    "toc": _options(
        "permalink",
        "permalink_class",
        "permalink_title",
        "permalink_leading",
        "anchorlink",
        "anchorlink_class",
        "toc_depth",
        "toc_class",
        "title",
        "title_class",
        "baselevel",
        "separator",
        "marker",
    ),
    "pymdownx.tabbed": _options("alternate_style", "combine_header_slug"),
    "pymdownx.tasklist": _options("custom_checkbox", "clickable_checkbox"),
}
_THEME: Mapping[str, _Check] = {
    "name": _choice("material"),
    "language": _matching(_LANGUAGE, Clause("language-code")),
    "locale": _matching(_LANGUAGE, Clause("language-code")),
    "favicon": _file,
    "logo": _file,
    **dict.fromkeys(("font", "icon", "features", "palette", "direction", "variant"), _anything),
}


def _settings(*theme_folders: str) -> Mapping[str, _Check]:
    """Every key that may stand at the top; `theme_folders` are those that `custom_dir` may name."""
    return {
        "docs_dir": _file,
        "site_dir": _file,
        "repo_url": _address,
        "theme": _mapping({**_THEME, "custom_dir": _choice(*theme_folders)}),
        "plugins": _named_things(PLUGINS),
        "markdown_extensions": _named_things(EXTENSIONS),
        "extra_css": _each(_file),
        "extra_javascript": _each(_script),
        "extra": _mapping(dict.fromkeys(("analytics", "polyfills", "scope", "consent", "version"), _refused), others=_anything),
        **dict.fromkeys(
            (
                "site_name",
                "site_url",
                "site_description",
                "site_author",
                "copyright",
                "strict",
                "nav",
                "not_in_nav",
                "exclude_docs",
                "validation",
                "repo_name",
                "edit_uri",
                "dev_addr",
            ),
            _anything,
        ),
    }


def _plain(node: Node) -> Any:  # noqa: ANN401  what JSON can hold
    match node:
        case MappingNode():
            return {key.text: _plain(value) for key, value in node.entries}
        case SequenceNode():
            return [_plain(item) for item in node.items]
        case ScalarNode():
            return _plain_scalar(node)


def _node(value: object, span: Span) -> Node:
    match value:
        case dict():
            return MappingNode(tuple((ScalarNode(str(key), span), _node(one, span)) for key, one in value.items()), span)
        case list():
            return SequenceNode(tuple(_node(item, span) for item in value), span)
        case str():
            return ScalarNode(value, span, quoted=True)
        case _:
            return ScalarNode("" if value is None else str(value).lower(), span)


def _plain_scalar(node: ScalarNode) -> str | bool | int | float | None:
    match node.value_type:
        case "null":
            return None
        case "boolean":
            return node.text.lower() == "true"
        case "number" if re.fullmatch(r"[-+]?\d{1,15}", node.text):
            return int(node.text)
        case "number" if re.fullmatch(r"[-+]?\d{1,15}\.\d{1,15}", node.text):
            return float(node.text)
        case _:
            return node.text

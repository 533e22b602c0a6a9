"""The YAML front matter of a page's template: read with places, and written before the finished Markdown.

A value may hold tags of the template ({{ … }}, {% … %}, {# … #}), each on one line. They are no YAML, so while it is parsed
characters that no text uses stand for them, as many as each is long: offsets stay what they are.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator, Mapping
from datetime import date

from ..diagnostics.finding import Clause, Diagnostic
from ..markup.escaping import protect
from ..model.spelling import explain_bad_date
from ..records.struct import Struct, field, replace
from .tags import find_tags, has_tags, replace_tags
from .yaml_nodes import MappingNode, Node, ScalarNode, SequenceNode, parse_yaml

HEAD = re.compile(r"\A---[ \t]*\n(?P<yaml>.*?)^(?:---|\.\.\.)[ \t]*(?:\n|\Z)", re.DOTALL | re.MULTILINE)  # as MkDocs finds it
TITLES = ("title", "description")  # what readers see: one line of text each
CHANGED = "changed"  # the day when the page's text changed last

# What the theme takes for granted of its own keys; it fails at anything else.
_FORMS: Mapping[str, tuple[type[Node], str]] = {"hide": (SequenceNode, "list"), "search": (MappingNode, "mapped")}
_STAND_IN = "\ufdd0"  # a noncharacter of Unicode that YAML admits
_LINES = re.compile(r"[ \t]*\n\s*")


class FrontMatter(Struct, frozen=True):
    """The values of a front matter by key, as written: quotes and folding are undone, tags stand where they stood."""

    values: Mapping[str, Node] = field(default_factory=dict)

    def text(self, key: str, default: str = "") -> str:
        """A value that is one text."""
        node = self.values.get(key)
        return node.text if isinstance(node, ScalarNode) else default

    @property
    def changed(self) -> date | None:
        """The day when the page's text changed last, where it is written."""
        written = self.text(CHANGED)
        return date.fromisoformat(written) if written else None

    @property
    def extents(self) -> tuple[tuple[int, int], ...]:
        """Where in the template the texts begin and end that readers see, as offsets."""
        found = (self.values.get(key) for key in TITLES)
        return tuple(node.extent for node in found if isinstance(node, ScalarNode))

    def rendered(self, render: Callable[[str], str]) -> FrontMatter:
        """The same with every text that holds tags rendered."""
        return FrontMatter(
            {key: _changed(node, lambda text: render(text) if has_tags(text) else text) for key, node in self.values.items()}
        )

    def protected(self) -> FrontMatter:
        """The same with every text protected: engines write front matter into pages without escaping it."""
        return FrontMatter({key: _changed(node, protect) for key, node in self.values.items()})


def body_of(text: str) -> str:
    """A page without its front matter."""
    return HEAD.sub("", text, count=1)


def read_front_matter(file: str, source: str, sink: list[Diagnostic]) -> FrontMatter:
    """What a template's front matter says; mistakes are reported at their places, and their values left out."""
    match = HEAD.match(source)
    if match is None:
        return FrontMatter()
    tree = parse_yaml(source[: match.start("yaml")] + replace_tags(match["yaml"], _stand_in, in_line=True), file, sink)
    if tree is None:
        return FrontMatter()
    if not isinstance(tree, MappingNode):
        sink.append(Diagnostic(rule="wrong-shape", span=tree.span, args={"expected": Clause("mapped")}))
        return FrontMatter()
    values = {}
    for key, node in tree.entries:
        mistake = _mistake(key, node)
        if mistake is None:
            values[key.text] = _one_line(_restored(node, source)) if key.text in TITLES else _restored(node, source)
        else:
            sink.append(mistake)
    return FrontMatter(values)


def _mistake(key: ScalarNode, node: Node) -> Diagnostic | None:
    if _STAND_IN in key.text:
        return Diagnostic(rule="wrong-shape", variant="key", span=key.span)
    if key.text in TITLES and (not isinstance(node, ScalarNode) or node.blank):
        return Diagnostic(rule="wrong-shape", span=node.span, args={"expected": Clause("text")})
    form = _FORMS.get(key.text)
    if form is not None and not isinstance(node, form[0]):
        return Diagnostic(rule="wrong-shape", span=node.span, args={"expected": Clause(form[1])})
    if key.text == CHANGED:
        written = node.text if isinstance(node, ScalarNode) else ""
        try:
            date.fromisoformat(written)
        except ValueError:
            args = {"found": written or Clause("nothing"), "why": explain_bad_date(written)}
            return Diagnostic(rule="bad-date", span=node.span, args=args)
    return None


def _stand_in(tag: re.Match[str]) -> str:
    return _STAND_IN * len(tag[0])


def _restored(node: Node, source: str) -> Node:
    """A value with the tags that stood-in characters stand for."""
    match node:
        case ScalarNode():
            tags = find_tags(source, *node.extent, in_line=True)
            return replace(node, text=re.sub(f"{_STAND_IN}+", lambda run: "".join(_filling(tags, len(run[0]))), node.text))
        case SequenceNode():
            return replace(node, items=tuple(_restored(item, source) for item in node.items))
        case MappingNode():
            return replace(node, entries=tuple((key, _restored(value, source)) for key, value in node.entries))


def _filling(tags: Iterator[re.Match[str]], length: int) -> Iterator[str]:
    """The next tags, as many as are that long together: tags may stand side by side."""
    while length > 0 and (tag := next(tags, None)) is not None:
        yield tag[0]
        length -= len(tag[0])


def _one_line(node: Node) -> Node:
    return replace(node, text=_LINES.sub(" ", node.text.strip()), quoted=True) if isinstance(node, ScalarNode) else node


def _changed(node: Node, change: Callable[[str], str]) -> Node:
    match node:
        case ScalarNode():
            text = change(node.text)
            return node if text == node.text else replace(node, text=text, quoted=True)
        case SequenceNode():
            return replace(node, items=tuple(_changed(item, change) for item in node.items))
        case MappingNode():
            return replace(node, entries=tuple((key, _changed(value, change)) for key, value in node.entries))


def write_front_matter(values: Mapping[str, Node | str]) -> str:
    """Front matter as YAML, a line for each value; texts are quoted, so that every version of YAML reads them as such."""
    lines = [f"{key}: {_quoted(value) if isinstance(value, str) else _flow(value)}\n" for key, value in values.items()]
    return "".join(("---\n", *lines, "---\n")) if lines else ""


def _quoted(text: str) -> str:
    return json.dumps(text, ensure_ascii=False)  # JSON is YAML


def _flow(node: Node) -> str:
    match node:
        case ScalarNode():
            return _quoted(node.text) if node.value_type == "text" else node.text or "null"
        case SequenceNode():
            return f"[{', '.join(map(_flow, node.items))}]"
        case MappingNode():
            return f"{{{', '.join(f'{_quoted(key.text)}: {_flow(value)}' for key, value in node.entries)}}}"

"""A fragment of HTML as a tree of elements. Parsed by Lexbor as the HTML standard says, unclosed elements included."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from html import escape, unescape

from selectolax.lexbor import LexborHTMLParser, LexborNode

from ..records.struct import Struct, field

# https://html.spec.whatwg.org/multipage/syntax.html#void-elements
_VOID = frozenset(["area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"])


_NO_CLASSES: frozenset[str] = frozenset()


@lru_cache(maxsize=1024)
def _class_names(attribute: str) -> frozenset[str]:
    return frozenset(attribute.split())


class Element(Struct, eq=False):
    """One element. Texts among its children are HTML themselves, so `&amp;` stands for an ampersand; a root has no tag."""

    tag: str = ""
    attributes: dict[str, str] = field(default_factory=dict)
    children: list[Element | str] = field(default_factory=list)

    @property
    def classes(self) -> frozenset[str]:
        """The names in its `class` attribute."""
        return _class_names(self.attributes["class"]) if "class" in self.attributes else _NO_CLASSES

    def elements(self) -> Iterator[Element]:
        """Every element inside it, in document order."""
        waiting: list[Element | str] = self.children[::-1]
        while waiting:
            child = waiting.pop()
            if not isinstance(child, str):
                yield child
                waiting += child.children[::-1]

    def text(self) -> str:
        """All text inside it as plain text, without white space around it."""
        return unescape(_text_html(self)).strip()

    def html(self) -> str:
        """The element as HTML."""
        inner = "".join([child if isinstance(child, str) else child.html() for child in self.children])
        if not self.tag:
            return inner
        attributes = "".join(f' {name}="{escape(value)}"' if value else f" {name}" for name, value in self.attributes.items())
        return f"<{self.tag}{attributes}>" if self.tag in _VOID else f"<{self.tag}{attributes}>{inner}</{self.tag}>"


def _text_html(element: Element) -> str:
    """All text inside an element, as HTML without tags."""
    return "".join(child if isinstance(child, str) else _text_html(child) for child in element.children)


def parse(html: str) -> Element:
    """The root of a fragment that may stand in a page's body; comments are left out."""
    body = LexborHTMLParser(f"<!doctype html><body>{html}").body
    return Element(children=[] if body is None else list(_children(body)))


def _children(node: LexborNode) -> Iterator[Element | str]:
    for child in node.iter(include_text=True, skip_empty=False):
        if child.is_text_node:
            yield child.html or ""
        elif child.is_element_node:
            attributes = child.attributes
            given = {name: value or "" for name, value in attributes.items()} if attributes else {}
            yield Element(child.tag or "", given, list(_children(child)))

"""A piece of HTML as a tree: read, searched, changed in place and written again. Texts in it stay HTML, entities and all."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from html import escape, unescape
from html.parser import HTMLParser

# https://html.spec.whatwg.org/multipage/syntax.html#void-elements
_VOID = frozenset(["area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"])


@dataclass(slots=True, eq=False)
class Element:
    """One element; the root of a piece has no tag."""

    tag: str = ""
    attributes: dict[str, str] = field(default_factory=dict)
    children: list[Element | str] = field(default_factory=list)

    @property
    def classes(self) -> frozenset[str]:
        """Its classes."""
        return frozenset(self.attributes.get("class", "").split())

    def elements(self) -> Iterator[Element]:
        """Every element inside it, in the order of the text."""
        for child in self.children:
            if isinstance(child, Element):
                yield child
                yield from child.elements()

    def text(self) -> str:
        """Its words as plain text, without blanks around them."""
        return unescape("".join(one if isinstance(one, str) else one.text() for one in self.children)).strip()

    def html(self) -> str:
        """The element as HTML."""
        inner = "".join(one if isinstance(one, str) else one.html() for one in self.children)
        if not self.tag:
            return inner
        told = "".join(f' {name}="{escape(value)}"' if value else f" {name}" for name, value in self.attributes.items())
        return f"<{self.tag}{told}>" if self.tag in _VOID else f"<{self.tag}{told}>{inner}</{self.tag}>"


def parse(html: str) -> Element:
    """The tree of a piece whose elements are closed as written; comments are left out."""
    reader = _Reader()
    reader.feed(html)
    reader.close()
    return reader.open[0]


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=False)
        self.open = [Element()]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        element = Element(tag, {name: value or "" for name, value in attrs})
        self.open[-1].children.append(element)
        if tag not in _VOID:
            self.open.append(element)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.open[-1].children.append(Element(tag, {name: value or "" for name, value in attrs}))

    def handle_endtag(self, tag: str) -> None:
        at = next((number for number in range(len(self.open) - 1, 0, -1) if self.open[number].tag == tag), 0)
        if at:
            del self.open[at:]

    def handle_data(self, data: str) -> None:
        self.open[-1].children.append(data)

    def handle_entityref(self, name: str) -> None:
        self.open[-1].children.append(f"&{name};")

    def handle_charref(self, name: str) -> None:
        self.open[-1].children.append(f"&#{name};")

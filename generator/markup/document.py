"""A whole page of HTML, parsed to be read: the attributes and texts of the elements that a CSS selector finds."""

from __future__ import annotations

from collections.abc import Iterator

from selectolax.lexbor import LexborHTMLParser


class Document:
    """A parsed page; what stands in comments and scripts is no element."""

    def __init__(self, html: str) -> None:
        self._tree = LexborHTMLParser(html)

    def attributes(self, selector: str) -> Iterator[dict[str, str]]:
        """The attributes of each element that a CSS selector finds, in document order, with character references resolved."""
        for node in self._tree.css(selector):
            yield {name: value or "" for name, value in node.attributes.items()}

    def elements(self, selector: str, *, strip: bool = True) -> Iterator[tuple[dict[str, str], str]]:
        """The same with the text of each element, without white space around it unless told otherwise."""
        for node in self._tree.css(selector):
            text = node.text()
            yield {name: value or "" for name, value in node.attributes.items()}, text.strip() if strip else text

    def remove(self, selector: str) -> None:
        """Take the elements that a CSS selector finds out of the page."""
        for node in self._tree.css(selector):
            node.decompose()

    def text(self) -> str:
        """The text of the page."""
        return self._tree.body.text() if self._tree.body else ""

    def tags(self, selector: str) -> Iterator[tuple[str, dict[str, str]]]:
        """The name and the attributes of each element that a CSS selector finds, in document order."""
        for node in self._tree.css(selector):
            yield node.tag or "", {name: value or "" for name, value in node.attributes.items()}

"""HTML of a page as Markdown (CommonMark with tables): text, headings, lists, tables, links and descriptions of pictures.

What is only of use on a screen is left out: controls, links of headings to themselves, explanations that open over the text.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from html import unescape
from types import MappingProxyType

from . import fragments
from .absolute_links import AbsoluteLinks
from .tree import Element, parse

_SKIPPED_TAGS = frozenset(["script", "style", "svg", "form", "input", "select", "label", "template", "nav", "dialog"])
_HEADINGS = {f"h{level}": "#" * level for level in range(1, 7)}
_BLOCKS = frozenset(
    (
        *("address", "article", "aside", "blockquote", "dd", "details", "div", "dl", "dt", "figcaption", "figure", "footer"),
        *("header", "hr", "li", "main", "ol", "p", "pre", "section", "summary", "table", "ul", *_HEADINGS),
    )
)
_MARKS = {"b": "**", "strong": "**", "i": "*", "em": "*", "cite": "*", "del": "~~", "s": "~~"}
_ENTITY = re.compile(r"&(?=#?\w+;)")
_SPECIAL = re.compile(r"[\\`*\[\]_](?:(?<!_)|(?<![^\W_]_)|(?![^\W_]))")
_LINE_START = re.compile(r"^(?:#{1,6}(?=\s)|[-+>](?=\s)|\d+(?=[.)]\s)|={3,}|-{3,})")
_MARKUP = re.compile(r"[\\`*\[\]_&<]")  # a text without any of these needs no escape
_BLANK = " \t\r\n\f"
_BLANKS = re.compile(rf"[{_BLANK}](?:[{_BLANK}]+|(?<! ))")  # all that is to be one blank, and is not
# Blocks of fragments of HTML and of their rows, by a hash; and by that of a fragment and "/rows", the hashes of its rows.
Known = Mapping[str, Sequence[str]]


def html_to_markdown(html: str, *, address: str, skipped: frozenset[str] = frozenset()) -> str:
    """A fragment of HTML; links are made absolute from the page's `address`, and elements of `skipped` classes left out."""
    return joined_blocks(_Writer(address, skipped).blocks(parse(html)))


def page_to_markdown(
    html: str, taken_out: Sequence[str], known: Known, *, address: str, skipped: frozenset[str], hashed: Callable[[str], str]
) -> tuple[list[str], dict[str, list[str]]]:
    """A page of HTML with the tokens of its blocks (see `fragments`) as blocks of Markdown; and those of each fragment.

    `known` are fragments of the page as it was: they are not converted again. `hashed` gives the hash of a text.
    """
    writer = _Writer(address, skipped, taken_out, known, hashed)
    return list(writer.blocks(parse(html))), writer.converted


def joined_blocks(blocks: Iterable[str]) -> str:
    """Blocks of Markdown as one text."""
    return "\n\n".join(blocks) + "\n"


def escape_line(text: str) -> str:
    """A plain text within a line of Markdown."""
    return _escaped(_BLANKS.sub(" ", text))


def _escaped(text: str) -> str:
    """A text in which nothing is markup of Markdown."""
    if not _MARKUP.search(text):
        return text
    return _SPECIAL.sub(r"\\\g<0>", _ENTITY.sub("&amp;", text)).replace("<", "&lt;")


def _no_mark(mark: re.Match[str]) -> str:
    """What would begin a block, with a backslash that keeps it from it."""
    return f"{mark[0]}\\" if mark[0].isdecimal() else f"\\{mark[0]}"


class _Writer:
    def __init__(
        self,
        address: str,
        skipped: frozenset[str],
        taken_out: Sequence[str] = (),
        known: Known = MappingProxyType({}),
        hashed: Callable[[str], str] = str,
    ) -> None:
        self.address, self.skipped = address, skipped
        self.fragments, self.known, self.hashed = taken_out, known, hashed
        self.converted: dict[str, list[str]] = {}  # what was made of the fragments and rows that were met
        self.rows: Sequence[str] = ()  # of the present fragment
        self._absolute = AbsoluteLinks(address).of

    def _is_skipped(self, element: Element) -> bool:
        attributes = element.attributes
        if element.tag in _SKIPPED_TAGS or (element.tag == "button" and "popovertarget" not in attributes):
            return True
        if not attributes:
            return False
        if "popover" in attributes or attributes.get("aria-hidden") == "true":
            return True
        return "class" in attributes and not self.skipped.isdisjoint(attributes["class"].split())

    def blocks(self, parent: Element) -> Iterator[str]:
        """The blocks of an element, each as lines without a blank line around them."""
        run: list[Element | str] = []
        for child in parent.children:
            if isinstance(child, str) or (child.tag not in _BLOCKS and not self._holds_blocks(child)):
                run.append(child)
                continue
            if run:
                yield from self._paragraph(run)
                run = []
            if child.tag == "div" and not child.attributes and (fragment := self._fragment(child)) is not None:
                yield from self._converted(fragment)
            elif not self._is_skipped(child):
                yield from self._block(child)
        if run:
            yield from self._paragraph(run)

    def _fragment(self, element: Element) -> str | None:
        """The fragment that an element holds the token of; None where it holds none."""
        first = element.children[0] if len(element.children) == 1 else None
        number = fragments.block_number(first) if isinstance(first, str) else None
        if number is None:
            return None
        return self.fragments[number] if number < len(self.fragments) else ""

    def _converted(self, fragment: str) -> Sequence[str]:
        """The blocks of a fragment. What has rows is put together from these, unless the whole is as it was."""
        key = self._key(fragment)
        of_rows = f"{key}/rows"
        if of_rows in self.known:
            self.converted.update({one: list(self.known[one]) for one in (key, of_rows, *self.known[of_rows])})
            return self.converted[key]
        rest, self.rows = fragments.take_out_rows(fragment)
        if not self.rows:
            return self._remembered(fragment, lambda: self.blocks(parse(fragment)))
        self.converted[key] = list(self.blocks(parse(rest)))
        self.converted[of_rows] = [row for row in map(self._key, self.rows) if row in self.converted]
        return self.converted[key]

    def _key(self, html: str) -> str:
        return self.hashed(f"{self.address}\0{html}")

    def _remembered(self, html: str, convert: Callable[[], Iterable[str]]) -> Sequence[str]:
        key = self._key(html)
        if key not in self.converted:
            self.converted[key] = list(self.known.get(key) or convert())
        return self.converted[key]

    def _row(self, element: Element, convert: Callable[[Element], Iterable[str]]) -> Sequence[str]:
        """What is made of the row of a table or the item of a list, or of the one it holds the token of."""
        inner = element.children[0] if len(element.children) == 1 else None
        if isinstance(inner, Element) and inner.tag == "td" and len(inner.children) == 1:
            inner = inner.children[0]
        number = fragments.row_number(inner) if isinstance(inner, str) else None
        if number is None or number >= len(self.rows):
            return [] if self._is_skipped(element) else list(convert(element))
        html = self.rows[number]

        def converted() -> Iterable[str]:
            around = "table" if element.tag == "tr" else "ul"
            found = parse(f"<{around}>{html}</{around}>").elements()
            row = next((one for one in found if one.tag == element.tag), element)
            return [] if self._is_skipped(row) else convert(row)

        return self._remembered(html, converted)

    def _holds_blocks(self, element: Element) -> bool:
        for child in element.children:
            if not isinstance(child, str) and (child.tag in _BLOCKS or self._holds_blocks(child)):
                return True
        return False

    def _paragraph(self, run: list[Element | str]) -> Iterator[str]:
        if all(isinstance(one, str) and not one.strip(_BLANK) for one in run):
            return
        if text := _one_line(self._inline(run)):
            yield _LINE_START.sub(_no_mark, text)

    def _block(self, element: Element) -> Iterator[str]:
        match element.tag:
            case tag if tag in _HEADINGS:
                yield f"{_HEADINGS[tag]} {self._line(element)}"
            case "ul" | "ol":
                yield self._list(element)
            case "dl":
                yield self._definitions(element)
            case "table":
                yield self._table(element)
            case "pre":
                yield f"```\n{element.text()}\n```"
            case "blockquote":
                yield "\n".join(f"> {line}".rstrip() for line in "\n\n".join(self.blocks(element)).splitlines())
            case "hr":
                yield "---"
            case "summary":
                yield f"**{self._line(element)}**"
            case _:
                yield from self.blocks(element)

    def _list(self, element: Element) -> str:
        items = [child for child in element.children if isinstance(child, Element)]
        written: list[str] = []
        for item in items:
            if not (blocks := self._row(item, self.blocks)):
                continue
            mark = f"{len(written) + 1}. " if element.tag == "ol" else "- "
            lines = "\n\n".join(blocks).splitlines()
            written.append("\n".join(f"{mark if not at else ' ' * len(mark)}{line}".rstrip() for at, line in enumerate(lines)))
        is_loose = any("\n" in item for item in written)
        return ("\n\n" if is_loose else "\n").join(item for item in written if item)

    def _definitions(self, element: Element) -> str:
        lines = []
        for one in element.elements():
            if one.tag == "dt":
                lines.append(f"- **{self._line(one)}**")
            elif one.tag == "dd":
                blocks = list(self.blocks(one))
                if len(blocks) == 1 and "\n" not in blocks[0] and not blocks[0].startswith("- ") and lines:
                    lines[-1] += f" {blocks[0]}"
                else:
                    lines += [f"  {line}".rstrip() for line in "\n\n".join(blocks).splitlines()]
        return "\n".join(lines)

    def _table(self, element: Element) -> str:
        rows = [row for row in element.elements() if row.tag == "tr"]
        cells = [written for row in rows if (written := self._row(row, self._cells))]
        width = max((len(row) for row in cells), default=0)
        if not width:
            return ""
        caption = next((self._line(one) for one in element.elements() if one.tag == "caption"), "")
        lines = [f"| {' | '.join([*row, *[''] * (width - len(row))])} |" for row in cells]
        lines.insert(1, f"|{' --- |' * width}")
        return "\n".join([*([caption, ""] if caption else []), *lines])

    def _cells(self, row: Element) -> Iterator[str]:
        for cell in row.children:
            if isinstance(cell, Element) and cell.tag in ("th", "td"):
                yield self._cell(cell)

    def _cell(self, cell: Element) -> str:
        return " ".join(self._cell_block(block) for block in self.blocks(cell)).replace("|", "\\|")

    @staticmethod
    def _cell_block(block: str) -> str:
        """A block in one line, because a cell has no others; items of a list are parted by semicolons."""
        if not block.startswith("- "):
            return block.replace("\n", " ")
        return "; ".join(" ".join(item.split()) for item in re.split(r"(?:\A|\n+)- ", block) if item)

    def _line(self, parent: Element) -> str:
        """The text of an element in one line."""
        return _one_line(self._inline(parent.children))

    def _inline(self, children: list[Element | str]) -> str:
        return "".join([_escaped(unescape(one)) if isinstance(one, str) else self._inline_element(one) for one in children])

    def _inline_element(self, element: Element) -> str:
        if self._is_skipped(element):
            return ""
        if element.tag == "img":
            return self._picture(element.attributes)
        if element.tag == "code":
            return f"`{element.text()}`"
        inner = self._inline(element.children)
        mark, href = _MARKS.get(element.tag, ""), element.attributes.get("href", "") if element.tag == "a" else ""
        text = _one_line(inner) if mark or href else ""
        if href and text:
            return inner.replace(inner.strip(), f"[{text}]({self._absolute(href)})", 1)
        if mark and text and mark not in text:
            return inner.replace(inner.strip(), f"{mark}{text}{mark}", 1)
        return " " if element.tag == "br" else inner

    def _picture(self, attributes: Mapping[str, str]) -> str:
        alt, source = attributes.get("alt", ""), attributes.get("src", "")
        return f"![{_escaped(alt)}]({self._absolute(source)})" if alt and source else ""


def _one_line(text: str) -> str:
    """A text with white space as single blanks, and none around it."""
    return _BLANKS.sub(" ", text).strip(" ")

"""Turns the Markdown of a page into a chapter of the print edition.

Headings go one level down, collapsed content is opened, controls are left out, and links to sources become endnotes.
A chapter depends on its page alone, so that a change of one page leaves the others as they are; what only the whole document
knows (numbers of notes, where a link leads) stays a placeholder.
"""

from __future__ import annotations

import re
from functools import cache
from html import escape
from typing import TYPE_CHECKING

from ..markup import fragments
from ..markup.tree import Element, parse
from ..pages.render_cache import Memoize, make_anew
from ..records.struct import Struct
from ..store.hashing import fingerprint
from ..store.objects import value_hash
from ..wording.texts import Texts
from .print_compact import mark_ids, strip_attributes, unwrap_spans, without_blanks
from .print_layout import lay_out_late
from .print_links import ChapterLinks, Target
from .print_placeholders import Piece, chart_text_id, document_id, placeholder, split_placeholders

if TYPE_CHECKING:
    import markdown

Pieces = tuple[Piece, ...]

# The extensions of mkdocs.yml, and those that MkDocs itself adds.
EXTENSIONS = (
    "admonition",
    "attr_list",
    "def_list",
    "fenced_code",
    "footnotes",
    "md_in_html",
    "pymdownx.superfences",
    "tables",
    "toc",
)

_FRONT_MATTER = re.compile(r"\A---\n.*?\n---\n", re.DOTALL)
_HEADINGS = ("h1", "h2", "h3", "h4", "h5")
# Classes of what is only of use on a screen, or repeated elsewhere in the document.
_SCREEN_ONLY = frozenset({"headerlink", "fl-filter", "fl-hidden", "fl-stale", "fl-figure__take", "fl-aside"})
_SCREEN_ONLY_TAGS = ("script", "style", "form", "progress")
_LONG_BLOCKS = frozenset({"fl-claim", "fl-wrap", "fl-timeline", "fl-names", "fl-glossary", "fl-risk"})  # without pictures
_ID_ATTRIBUTES = ("id", "aria-labelledby", "aria-describedby", "popovertarget", "for")


class Chapter(Struct, frozen=True, kw_only=True, eq=False):  # compared by identity: chapters are keys of dicts
    """One page, ready to be put into the document."""

    page: str  # its name
    title: str  # as HTML, like the headings of its sections
    sections: dict[str, str]  # anchor -> heading
    anchors: dict[str, str]  # anchor -> the anchor of the section it is in
    facts: frozenset[str]  # ids of facts with a row in its tables
    pieces: Pieces  # its HTML
    tables: tuple[
        tuple[tuple[Target, ...], Pieces], ...
    ]  # tables of claims that another chapter may have in full, with targets
    corrections: tuple[tuple[Pieces, ...], ...]  # lists of corrections, which several pages have: the HTML of their items
    has_overdue: bool  # whether it has the mark of an overdue fact
    language: str = ""  # the code of the language that stands in, where the page is not translated

    @property
    def fingerprint_without_texts(self) -> str:
        """A hash of all that the rest of a document depends on: not of its texts, nor of the alternatives of its charts."""
        placeholders = [(*piece[:2], *piece[3:]) if piece[0] == "chart" else piece for piece in self.pieces[1::2]]
        of_others = (self.tables, self.corrections, self.has_overdue, self.language)
        return value_hash((self.page, self.title, self.sections, self.anchors, sorted(self.facts), placeholders, *of_others))

    def id(self, anchor: str = "") -> str:
        """The id in the document for an anchor of the page."""
        return document_id(self.page, anchor)


def markdown_html(text: str, memoize: Memoize = make_anew) -> str:
    """The HTML of a page of Markdown with front matter; `memoize` keeps that of what stands between its fragments."""
    without, taken_out = fragments.take_out(_FRONT_MATTER.sub("", text))
    html = memoize(fingerprint(without), lambda: _parser().reset().convert(without))
    return fragments.put_back(html, taken_out)


@cache
def _parser() -> markdown.Markdown:
    import markdown  # noqa: PLC0415  most edits change only what the fragments of pages hold

    return markdown.Markdown(extensions=list(EXTENSIONS))  # to make one takes as long as to convert a short page


def make_chapter(texts: Texts, page: str, title: str, text: str, memoize: Memoize = make_anew) -> Chapter:
    """A page of Markdown as a chapter; `title` is for pages without a heading of their own. See `markdown_html`."""
    tree = parse(markdown_html(text, memoize))
    title, section = escape(title, quote=False), ""
    sections: dict[str, str] = {}
    anchors: dict[str, str] = {}
    facts: set[str] = set()
    for element in tree.elements():
        name = element.attributes.get("id", "")
        if element.tag == "h1":
            title = _heading_html(element)
        elif element.tag == "h2" and name:
            section, sections[name] = name, _heading_html(element)
        if name:
            anchors[name] = section
        if "fl-table--facts" in element.classes:
            facts.update(key for key in map(_fact_of_cell, element.elements()) if key)
    converter = _Converter(texts, page)
    converter.convert(tree)
    html = without_blanks(tree.html())
    return Chapter(
        page=page,
        title=title,
        sections=sections,
        anchors=anchors,
        facts=frozenset(facts),
        pieces=pieces_of(html),
        tables=tuple(converter.tables),
        corrections=tuple(converter.corrections),
        has_overdue='class="fl-due"' in html,
    )


def pieces_of(html: str) -> Pieces:
    """HTML of a document as pieces, of which ids, references to them and other placeholders are of their own."""
    return split_placeholders(mark_ids(html))


def _fact_of_cell(cell: Element) -> str:
    """The id of the fact whose value a table cell shows; empty for other elements."""
    if cell.tag != "td" or "fl-value" not in cell.classes:
        return ""
    return next((element.attributes["data-fact"] for element in cell.elements() if "data-fact" in element.attributes), "")


def _heading_html(heading: Element) -> str:
    kept = (child for child in heading.children if isinstance(child, str) or _is_printed(child))
    return "".join(child if isinstance(child, str) else child.html() for child in kept).strip()


def _is_printed(element: Element) -> bool:
    return not (_SCREEN_ONLY & element.classes) and element.tag not in _SCREEN_ONLY_TAGS


class _Converter:
    """Converts the elements of one page in place; `within` is the set of classes of the elements around one."""

    def __init__(self, texts: Texts, page: str) -> None:
        self.texts, self.page = texts, page
        self.links = ChapterLinks(texts, page)
        self.tables: list[tuple[tuple[Target, ...], Pieces]] = []
        self.corrections: list[tuple[Pieces, ...]] = []
        self.facts_with_id: set[str] = set()

    def convert(self, parent: Element, within: frozenset[str] = frozenset()) -> None:
        """Replace the children of an element by what print shows instead of them."""
        inside = within | parent.classes
        children: list[Element | str] = []
        for child in parent.children:
            children += [child] if isinstance(child, str) else self._converted(child, inside)
        for child in children:
            if not isinstance(child, str):
                strip_attributes(child)
        parent.children = children
        if parent.tag == "td":
            unwrap_spans(parent)

    def _converted(self, element: Element, within: frozenset[str]) -> list[Element | str]:
        if not _is_printed(element) or ("fl-tag--read" in element.classes and "fl-cites" in within):  # which the endnote says
            return []
        if (element.attributes or element.tag == "details") and (found := self._replacement(element, within)) is not None:
            return found
        fact = _fact_of_cell(element) if "fl-table--facts" in within else ""
        claims = self.links.targets(element) if "fl-table--claims" in element.classes else ()
        self.convert(element, within)
        if fact and fact not in self.facts_with_id:
            self.facts_with_id.add(fact)
            element.attributes["id"] = f"fact:{document_id(self.page, fact)}"
        if "href" in element.attributes:
            self._make_ids_unique(element)
            return self.links.convert(element, within)
        self._make_ids_unique(element)
        if element.classes & _LONG_BLOCKS:
            lay_out_late(element)
        if "fl-corrections" in element.classes:
            self.corrections.append(tuple(pieces_of(inner.html()) for inner in element.elements() if inner.tag == "li"))
            return [placeholder("corrections", str(len(self.corrections) - 1))]
        if claims:
            strip_attributes(element)
            self.tables.append((claims, pieces_of(element.html())))
            return [placeholder("table", str(len(self.tables) - 1))]
        return [element, *self.links.note_numbers(element, within)]

    def _replacement(self, element: Element, within: frozenset[str]) -> list[Element | str] | None:
        """What print shows instead of an element that paper shows in another way; None for all others."""
        classes = element.classes
        if "fl-chart" in classes:
            key = element.attributes.get("data-chart", "")
            alt = next((inner.attributes.get("alt", "") for inner in element.elements() if inner.tag == "img"), "")
            element.children = [placeholder("chart", key, escape(alt), document_id(self.page, chart_text_id(key)))]
            return [element]
        if "fl-figure" in classes:  # its caption describes the chart
            for inner in element.elements():
                if inner.tag == "figcaption":
                    inner.attributes["id"] = chart_text_id(element.attributes.get("id", "").removeprefix("fig-"))
        if "fl-term" in classes:  # its explanation is in the glossary
            return [child for word in element.elements() if "fl-term__word" in word.classes for child in word.children]
        if element.tag == "aside":  # one landmark in each chapter would have the same name
            element.tag = "div"
            element.attributes.pop("aria-label", None)
        if "fl-notes" in classes:
            return [Element("p", {"class": "numbers"}, [self.links.note_list(element)])]
        if "fl-inline" in classes and "fl-table" in within:
            return [Element("span", {"class": "numbers"}, [self.links.note_list(element)])]
        return self._opened(element, within) if element.tag == "details" else None

    def _opened(self, element: Element, within: frozenset[str]) -> list[Element | str]:
        """The content of a details element; nothing for long lists and tables, which the document has elsewhere."""
        if "fl-fold" in element.classes:  # a page keeps short what paper shows
            element.children = [child for child in element.children if isinstance(child, str) or child.tag != "summary"]
            self.convert(element, within)
            return [*element.children]
        if "fl-names" in within or any(inner.tag == "table" for inner in element.elements()):
            return []
        if "fl-figure" in within:
            label = Element("span", {}, [escape(self.texts.language.word("part_sources"), quote=False)])
            numbers = Element("span", {"class": "numbers"}, [self.links.note_list(element)])
            return [Element("p", {"class": "fl-figure__sources"}, [label, " ", numbers])]
        element.tag, element.attributes = "div", {"class": "opened"}
        element.children = [child for child in element.children if isinstance(child, str) or child.tag != "summary"]
        self.convert(element, within)
        return [element]

    def _make_ids_unique(self, element: Element) -> None:
        """Put the page's name before ids, and lower headings by a level: the document's own title is the first."""
        if element.tag in _HEADINGS:
            element.tag = f"h{_HEADINGS.index(element.tag) + 2}"
        for name in _ID_ATTRIBUTES:
            if name in element.attributes and not element.attributes[name].startswith("fact:"):
                ids = element.attributes[name].split()
                element.attributes[name] = " ".join(document_id(self.page, anchor) for anchor in ids)

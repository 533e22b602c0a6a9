"""Links of a chapter of the print edition: where they lead on paper, and the endnotes that stand for links to sources."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import cache
from urllib.parse import urljoin, urlsplit

from ..markup.tree import Element
from ..model import addresses
from ..wording import citations
from ..wording.texts import Texts
from .print_placeholders import placeholder

Target = tuple[str, str]  # an address below the language, and an anchor there

# Numbers in elements of these classes have their sources beside them, or again in a table that has.
_CITED_NEARBY = frozenset({"fl-table", "fl-values", "fl-keys", "fl-claims", "fl-timeline", "fl-figure"})
_MOST_NOTES = 3  # a number calculated from more sources than this has its notes in the row of its table


class ChapterLinks:
    """Converts the links of one page."""

    def __init__(self, texts: Texts, page: str) -> None:
        self.texts, self.page, self.code = texts, page, texts.language.code
        self._targets: dict[str, Target | str] = {}  # by the link: a page has the same ones again and again

    def convert(self, link: Element, within: frozenset[str]) -> list[Element | str]:
        """A link as print shows it; `within` is the set of classes of the elements around it."""
        target = self.target(link.attributes["href"])
        link.attributes.pop("download", None)
        if isinstance(target, str):
            link.attributes["href"] = target
        elif source := self._source(target):
            return [*link.children, _superscript([source])]
        elif "data-fact" in link.attributes and "fl-table--facts" in within:  # the fact's own row, where links to it lead
            return [*link.children]
        else:
            link.attributes["href"] = placeholder("link", *target)
        return [link, *self.note_numbers(link, within)]

    def note_numbers(self, element: Element, within: frozenset[str]) -> list[Element | str]:
        """The endnotes of a number in running text; none for other elements."""
        key = element.attributes.get("data-fact", "")
        if not key or within & _CITED_NEARBY:
            return []
        fact = self.texts.edition.facts[key]
        sources = citations.originals(fact)
        if not sources or (fact.formula and len(sources) > _MOST_NOTES):
            return []
        return [_superscript([source.id for source in sources])]

    def note_list(self, element: Element) -> str:
        """The numbers of the endnotes of all sources that links in an element lead to."""
        sources = dict.fromkeys(source for target in self.targets(element) if (source := self._source(target)))
        return placeholder("notes", ", ", *sources)

    def targets(self, element: Element) -> tuple[Target, ...]:
        """Where links in an element lead within this language; for a table of claims, only the links of its verdicts."""
        links = [inner for inner in element.elements() if "href" in inner.attributes]
        if "fl-table--claims" in element.classes:
            links = [link for link in links if "fl-verdict" in link.classes]
        found = (self.target(link.attributes["href"]) for link in links)
        return tuple(target for target in found if not isinstance(target, str))

    def target(self, href: str) -> Target | str:
        """Where a link leads below the language; its absolute URL where it leads elsewhere."""
        if href not in self._targets:
            self._targets[href] = self._target(href)
        return self._targets[href]

    def _source(self, target: Target) -> str:
        key = key_of_address("#".join(target), addresses.source)
        return key if key in self.texts.edition.sources else ""

    def _target(self, href: str) -> Target | str:
        parts = urlsplit(href)
        if parts.scheme or parts.netloc:
            return href
        path = parts.path
        if path.endswith(".md"):  # Markdown links from file to file
            path = urljoin(f"/{self.code}/{self.page}.md", path).removesuffix(".md").removesuffix("index")
            path = path if path.endswith("/") else f"{path}/"
        else:
            path = urljoin(f"/{self.code}/{addresses.page(self.page)}", path)
        address = path.removeprefix(f"/{self.code}/")
        if address == path:  # another language, or a file of the whole site
            url = addresses.absolute(self.texts.edition.report.site_url, path.lstrip("/"))
            return f"{url}#{parts.fragment}" if parts.fragment else url
        return address, parts.fragment


def key_of_address(address: str, make_address: Callable[[str], str]) -> str:
    """The key that an address was made from by a function of addresses; empty where it was not."""
    start, end = _ends(make_address)
    return address.removeprefix(start).removesuffix(end) if address.startswith(start) and address.endswith(end) else ""


@cache
def _ends(make_address: Callable[[str], str]) -> tuple[str, str]:
    """What stands before and after the key in an address."""
    start, end = make_address("\0").split("\0")
    return start, end


def _superscript(sources: Sequence[str]) -> Element:
    return Element("sup", {"class": "cite"}, [placeholder("notes", ",", *sources)])

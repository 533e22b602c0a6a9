"""The print edition: the whole report of one language as one page without scripts, made to be printed or saved as a PDF.

It is made from the pages' Markdown rather than from the engine's pages: no furniture of a theme has to be taken away again, and
it is the same whichever engine builds the site. Links between pages become links within the document; who said something
becomes a numbered endnote; what a reader of paper cannot use goes.

Each page becomes a chapter by itself, so that a change of one page leaves the others as they are. What only the whole document
knows (numbers of notes, what stands where) is left open in a chapter by marks, and filled in when chapters are put together.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from html import escape, unescape
from importlib import resources
from urllib.parse import urljoin, urlsplit

import markdown

from ..charts.theme import COLOURS, PREFIX
from ..engines.page_html import guard
from ..model import addresses
from ..model.markup import Element, parse
from ..model.report import Source
from ..pages import open_graph
from ..wording import citations
from ..wording.texts import Texts

STYLE = f"{addresses.PRINT}print.css"
# As in mkdocs.yml, with those that MkDocs itself adds.
EXTENSIONS = ("admonition", "attr_list", "def_list", "fenced_code", "footnotes", "md_in_html", "tables", "toc")

_FRONT = re.compile(r"\A---\n.*?\n---\n", re.DOTALL)
_HEADINGS = ("h1", "h2", "h3", "h4", "h5")
_NOTES = "notes"
# Only of use on a screen, or said again elsewhere in the document.
_LEFT_OUT = frozenset({"headerlink", "fl-filter", "fl-hidden", "fl-stale", "fl-figure__take"})
# Numbers in these have their sources beside them or are told again in a table that has.
_CITED_NEARBY = frozenset({"fl-table", "fl-values", "fl-keys", "fl-claims", "fl-timeline", "fl-figure"})
_MARKS = 3  # a number worked out from more sources than this has its notes in the row of its table
_LATER = frozenset({"fl-claim", "fl-wrap", "fl-timeline", "fl-names", "fl-glossary", "fl-risk"})  # long, and without pictures
_OPEN = re.compile("\ue000([a-z]+)\ue002([^\ue001]*)\ue001")  # what a chapter leaves open: a kind and its parts
_PAGE = re.compile(r'(<span class="page" data-of="([^"]+)">)')
_TAG = re.compile(r"<[^>]*>|\ue000[^\ue001]*\ue001")
_SIZE = re.compile(r'width="[^"]+" height="[^"]+"')  # of a picture that stands alone
LAZY = ' loading="lazy"'  # nobody looks at all charts at once: where everything is to be there, this is left out

Draw = Callable[[str], tuple[str, str]]  # a chart -> its wide and its narrow picture, as SVG files
Target = tuple[str, str]  # an address below the language, and an anchor there


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)  # known by what it is, not by what is in it
class Chapter:
    """One page, ready to be put into the document."""

    page: str
    title: str  # as HTML, like the headings of its sections
    sections: dict[str, str]  # anchor -> heading
    anchors: dict[str, str]  # anchor -> the anchor of the section it stands in
    facts: frozenset[str]  # told in rows of its tables
    html: str
    tables: tuple[tuple[tuple[Target, ...], str], ...]  # short tables that may stand elsewhere in full: what they lead to, HTML

    def id(self, anchor: str = "") -> str:
        """An anchor of the page as one of the document."""
        return _id(self.page, anchor)


def chapter(texts: Texts, page: str, title: str, text: str) -> Chapter:
    """A page of Markdown as a chapter; `title` is for pages without a heading of their own."""
    tree = parse(markdown.markdown(_FRONT.sub("", text), extensions=list(EXTENSIONS)))
    told, section = escape(title, quote=False), ""
    sections: dict[str, str] = {}
    anchors: dict[str, str] = {}
    facts: set[str] = set()
    for one in tree.elements():
        name = one.attributes.get("id", "")
        if one.tag == "h1":
            told = _plain(one)
        elif one.tag == "h2" and name:
            section, sections[name] = name, _plain(one)
        if name:
            anchors[name] = section
        if "fl-table--facts" in one.classes:
            facts.update(value for value in map(_fact_told, one.elements()) if value)
    hand = _Hand(texts, page)
    html = hand.turn(tree)
    return Chapter(
        page=page,
        title=told,
        sections=sections,
        anchors=anchors,
        facts=frozenset(facts),
        html=html,
        tables=tuple(hand.tables),
    )


def document(texts: Texts, chapters: Sequence[Chapter], draw: Draw, *, pdf: bool) -> str:
    """The print edition of one language; `draw` gives a chart's files, `pdf` says whether its PDF will stand beside it."""
    return guard(_Document(texts, chapters, draw).html(pdf=pdf))


def number_pages(html: str, numbers: dict[str, int]) -> str:
    """The print edition with the numbers of pages in its contents: a browser has to lay it out once before they are known."""
    return _PAGE.sub(lambda span: f"{span[1]}{numbers.get(unescape(span[2]), '')}", html)


def style() -> str:
    """The one style sheet of all print editions, with the charts' inks: a screen may be dark, paper is light."""
    inks = "".join(f"{PREFIX}{name}:light-dark({ink.light},{ink.dark});" for name, ink in COLOURS.items())
    sheet = resources.files(__package__) / "sheets/print.css"
    return f":root{{{inks}}}\n{sheet.read_text(encoding='utf-8')}"


def _id(page: str, anchor: str = "") -> str:
    name = page.replace("/", "-")
    return f"{name}--{anchor}" if anchor else name


def _text_of(chart: str) -> str:
    return f"fig-{chart}-text"


def _open(kind: str, *parts: str) -> str:
    return f"\ue000{kind}\ue002" + "\ue002".join(parts) + "\ue001"


def _fact_told(cell: Element) -> str:
    """The fact whose value a cell of a table tells."""
    if cell.tag != "td" or "fl-value" not in cell.classes:
        return ""
    return next((one.attributes["data-fact"] for one in cell.elements() if "data-fact" in one.attributes), "")


def _plain(heading: Element) -> str:
    return "".join(
        one if isinstance(one, str) else one.html() for one in heading.children if isinstance(one, str) or _kept(one)
    ).strip()


def _kept(element: Element) -> bool:
    return not (_LEFT_OUT & element.classes) and element.tag not in ("script", "style", "form")


def _inner(address: str, pattern: Callable[[str], str]) -> str:
    """The key of an address that was made from it by a pattern."""
    start, end = pattern("\0").split("\0")
    return address.removeprefix(start).removesuffix(end) if address.startswith(start) and address.endswith(end) else ""


# --- one page -----------------------------------------------------------------------------------


class _Hand:
    """Turns one page into a chapter."""

    def __init__(self, texts: Texts, page: str) -> None:
        self.texts, self.page, self.code = texts, page, texts.language.code
        self.tables: list[tuple[tuple[Target, ...], str]] = []
        self.anchored: set[str] = set()

    def turn(self, tree: Element) -> str:
        """The page's HTML for print."""
        self._children(tree, frozenset())
        return tree.html()

    def _children(self, parent: Element, within: frozenset[str]) -> None:
        inside = within | parent.classes
        found: list[Element | str] = []
        for child in parent.children:
            found += [child] if isinstance(child, str) else self._turned(child, inside)
        parent.children = found

    def _turned(self, one: Element, within: frozenset[str]) -> list[Element | str]:
        """What stands for an element in print."""
        if not _kept(one):
            return []
        if (other := self._instead(one, within)) is not None:
            return other
        told = _fact_told(one) if "fl-table--facts" in within else ""
        leads = self._targets(one) if "fl-table--claims" in one.classes else ()
        self._children(one, within)
        if told and told not in self.anchored:
            self.anchored.add(told)
            one.attributes["id"] = f"fact:{_id(self.page, told)}"
        if "href" in one.attributes:
            return self._link(one, within)
        self._rename(one)
        if one.classes & _LATER:
            _later(one)
        if leads:
            self.tables.append((leads, one.html()))
            return [_open("table", str(len(self.tables) - 1))]
        return [one, *self._marks(one, within)]

    def _instead(self, one: Element, within: frozenset[str]) -> list[Element | str] | None:
        """What stands for an element that paper shows in another way."""
        classes = one.classes
        if "fl-chart" in classes:
            key = one.attributes.get("data-chart", "")
            alt = next((inner.attributes.get("alt", "") for inner in one.elements() if inner.tag == "img"), "")
            one.children = [_open("chart", key, alt, _id(self.page, _text_of(key)))]
            return [one]
        if "fl-figure" in classes:  # what stands above a chart describes it
            for inner in one.elements():
                if inner.tag == "figcaption":
                    inner.attributes["id"] = _text_of(one.attributes.get("id", "").removeprefix("fig-"))
        if "fl-term" in classes:  # its explanation is in the glossary
            return [child for word in one.elements() if "fl-term__word" in word.classes for child in word.children]
        if "fl-notes" in classes:
            return [Element("p", {"class": "numbers"}, [self._numbers(self._cited(one), ", ")])]
        if "fl-inline" in classes and "fl-table" in within:
            return [Element("span", {"class": "numbers"}, [self._numbers(self._cited(one), ", ")])]
        return self._opened(one, within) if one.tag == "details" else None

    def _opened(self, one: Element, within: frozenset[str]) -> list[Element | str]:
        """What a reader would open, open; long lists that stand elsewhere in the document, gone."""
        if "fl-names" in within or any(inner.tag == "table" for inner in one.elements()):
            return []
        if "fl-figure" in within:
            label = Element("span", {}, [escape(self.texts.language.word("part_sources"), quote=False)])
            numbers = Element("span", {"class": "numbers"}, [self._numbers(self._cited(one), ", ")])
            return [Element("p", {"class": "fl-figure__sources"}, [label, " ", numbers])]
        one.tag, one.attributes = "div", {"class": "opened"}
        one.children = [child for child in one.children if isinstance(child, str) or child.tag != "summary"]
        self._children(one, within)
        return [one]

    def _rename(self, one: Element) -> None:
        if one.tag in _HEADINGS:
            one.tag = f"h{_HEADINGS.index(one.tag) + 2}"
        for name in ("id", "aria-labelledby", "aria-describedby", "popovertarget", "for"):
            if name in one.attributes and not one.attributes[name].startswith("fact:"):
                one.attributes[name] = " ".join(_id(self.page, part) for part in one.attributes[name].split())

    # --- links and notes -------------------------------------------------------------------------

    def _link(self, one: Element, within: frozenset[str]) -> list[Element | str]:
        target = self._target(one.attributes["href"])
        one.attributes.pop("download", None)
        self._rename(one)
        if isinstance(target, str):
            one.attributes["href"] = target
        elif source := self._source(target):
            return [*one.children, Element("sup", {"class": "cite"}, [self._numbers([source])])]
        elif "data-fact" in one.attributes and "fl-table--facts" in within:  # the row itself: its record is on the site
            report = self.texts.edition.report
            own = addresses.fact(one.attributes["data-fact"])
            one.attributes["href"] = addresses.absolute(report.site_url, own, self.code)
        else:
            one.attributes["href"] = _open("link", *target)
        return [one, *self._marks(one, within)]

    def _marks(self, one: Element, within: frozenset[str]) -> list[Element | str]:
        """The notes of a number in running text."""
        key = one.attributes.get("data-fact", "")
        if not key or within & _CITED_NEARBY:
            return []
        fact = self.texts.edition.facts[key]
        sources = citations.originals(fact)
        if not sources or (fact.formula and len(sources) > _MARKS):
            return []
        return [Element("sup", {"class": "cite"}, [self._numbers([source.id for source in sources])])]

    def _numbers(self, sources: Sequence[str], between: str = ",") -> str:
        """The numbers of some sources' notes, which the whole document knows."""
        return _open("notes", between, *sources)

    def _cited(self, one: Element) -> list[str]:
        """The sources that links in an element name, each once."""
        return list(dict.fromkeys(source for target in self._targets(one) if (source := self._source(target))))

    def _source(self, target: Target) -> str:
        key = _inner("#".join(target), addresses.source)
        return key if key in self.texts.edition.sources else ""

    def _targets(self, one: Element) -> tuple[Target, ...]:
        """Where the links of an element lead in this language; for a table of claims, those of its verdicts."""
        links = [inner for inner in one.elements() if "href" in inner.attributes]
        if "fl-table--claims" in one.classes:
            links = [link for link in links if "fl-verdict" in link.classes]
        found = (self._target(link.attributes["href"]) for link in links)
        return tuple(target for target in found if not isinstance(target, str))

    def _target(self, href: str) -> Target | str:
        """Where a link leads below the language, or its whole address where it leads elsewhere."""
        parts = urlsplit(href)
        if parts.scheme or parts.netloc:
            return href
        path = parts.path
        if path.endswith(".md"):  # as Markdown writes it: from file to file
            path = urljoin(f"/{self.code}/{self.page}.md", path).removesuffix(".md").removesuffix("index")
            path = path if path.endswith("/") else f"{path}/"
        else:
            path = urljoin(f"/{self.code}/{addresses.page(self.page)}", path)
        below = path.removeprefix(f"/{self.code}/")
        if below == path:  # another language, or a file of the whole site
            whole = addresses.absolute(self.texts.edition.report.site_url, path.lstrip("/"))
            return f"{whole}#{parts.fragment}" if parts.fragment else whole
        return below, parts.fragment


# --- the whole ----------------------------------------------------------------------------------


@dataclass(slots=True)
class _Notes:
    """The endnotes: sources in the order of their first use, and which chapters use them."""

    numbers: dict[str, int] = field(default_factory=dict)
    chapters: dict[str, list[int]] = field(default_factory=dict)

    def marks(self, sources: Sequence[str], between: str, at: int) -> str:
        """Numbers that lead to notes; the first of each in a chapter is where the note leads back to."""
        found = []
        for source in sources:
            number = self.numbers.setdefault(source, len(self.numbers) + 1)
            used = self.chapters.setdefault(source, [])
            first = at not in used
            if first:
                used.append(at)
            own = f' id="cite:{number}:{at}"' if first else ""
            found.append((number, f'<a href="#note:{number}"{own}>{number}</a>'))
        return between.join(text for _, text in sorted(found))


class _Document:
    """One language's print edition."""

    def __init__(self, texts: Texts, chapters: Sequence[Chapter], draw: Draw) -> None:
        self.texts, self.chapters, self.draw = texts, chapters, draw
        self.code, self.word = texts.language.code, texts.language.word
        self.report = texts.edition.report
        self.notes = _Notes()
        self.homes = {addresses.page(one.page): one for one in chapters}
        self.told: dict[str, Chapter] = {}  # fact -> the chapter whose table tells it first
        for one in chapters:
            self.told.update(dict.fromkeys(one.facts - self.told.keys(), one))

    def html(self, *, pdf: bool) -> str:
        """The page, finished."""
        body = "".join(
            f'<section class="chapter" id="{one.id()}">\n{self._filled(one, at, one.html)}</section>\n'
            for at, one in enumerate(self.chapters, start=1)
        )
        code, report = self.code, self.report
        here = addresses.in_language(addresses.PRINT, code)
        title = report.title[code]
        twins = "".join(
            f'<link rel="alternate" hreflang="{one.code}"'
            f' href="{escape(addresses.absolute(report.site_url, addresses.PRINT, one.code))}">\n'
            for one in report.languages
        )
        return (
            f'<!doctype html>\n<html lang="{code}">\n<head>\n<meta charset="utf-8">\n'
            '<meta name="viewport" content="width=device-width,initial-scale=1">\n'
            '<meta name="color-scheme" content="light dark">\n'
            f"<title>{escape(title)}</title>\n"
            f'<meta name="description" content="{escape(report.description[code])}">\n'
            f'<meta name="author" content="{escape(report.publisher[code])}">\n'
            f'<link rel="canonical" href="{escape(addresses.absolute(report.site_url, addresses.PRINT, code))}">\n'
            f"{twins}{self._shared()}"
            f'<link rel="icon" href="{addresses.relative(f"{code}/assets/favicon.svg", here)}">\n'
            f'<link rel="stylesheet" href="{addresses.relative(STYLE, here)}">\n<style>{self._own_style()}</style>\n'
            f"</head>\n<body>\n{self._bar(pdf=pdf)}{self._cover()}{self._contents()}<main>\n{body}{self._endnotes()}</main>\n"
            "</body>\n</html>\n"
        )

    def _shared(self) -> str:
        """How the page shows itself where somebody shares it: with the card of the first page."""
        report, code = self.report, self.code
        card = addresses.absolute(report.site_url, addresses.card(self.chapters[0].page, code, report.pages))
        return open_graph.tags(
            self.texts,
            open_graph.LinkPreview(
                title=report.title[code],
                description=report.description[code],
                address=addresses.absolute(report.site_url, addresses.PRINT, code),
                image=card if "pictures" in report.outputs else "",
                size=open_graph.CARD,
            ),
        )

    def _own_style(self) -> str:
        """The language's type, and what stands in the margins of pages: the report's title and the chapter's."""
        title = self.report.title[self.code]
        running = "".join(
            f"@page p{number}{{@top-right{{content:{_css('' if name == title else name)}}}}}#{one.id()}{{page:p{number}}}"
            for number, one in enumerate(self.chapters, start=1)
            if (name := unescape(one.title))
        )
        return (
            f":root{{--text:{self.word('print.text')};--sans:{self.word('print.sans')};"
            f"--figure:{_css(self.word('print.figure'))}}}"
            f"@page{{@top-left{{content:{_css(title)}}}}}{running}"
            f"@page notes{{@top-right{{content:{_css(self.word('part_sources'))}}}}}"
        )

    def _bar(self, *, pdf: bool) -> str:
        """What only a screen shows: the ways back to the site, to the PDF and to the other languages."""
        here = addresses.in_language(addresses.PRINT, self.code)
        ways = [("../", "", self.report.title[self.code])]
        if pdf:
            ways.append((addresses.relative(addresses.pdf(self.report.site_url, self.code), here), "", self.word("print.pdf")))
        ways += [
            (
                addresses.relative(addresses.in_language(addresses.PRINT, one.code), here),
                f' hreflang="{one.code}" lang="{one.code}"',
                one.name,
            )
            for one in self.report.languages
            if one.code != self.code
        ]
        links = "".join(f'<a href="{href}"{more}>{escape(name, quote=False)}</a>' for href, more, name in ways)
        return f'<nav class="bar" aria-label="{escape(self.word("print.edition"))}">{links}</nav>\n'

    def _cover(self) -> str:
        report, code = self.report, self.code
        url = addresses.absolute(report.site_url, "", code)
        horizon = self.word("theme.as_of").replace("{0}", self.texts.word_period(report.as_of))
        cite = citations.plain(self.texts, citations.report_reference(self.texts))
        licence = f"<p>{escape(report.licence.title, quote=False)}</p>\n" if report.licence else ""
        return (
            f'<header class="cover">\n<p class="cover__publisher">{escape(report.publisher[code], quote=False)}</p>\n'
            f'<h1 id="top">{escape(report.title[code], quote=False)}</h1>\n'
            f'<p class="cover__subtitle">{escape(report.subtitle[code], quote=False)}</p>\n'
            f'<p class="cover__edition">{escape(self.word("print.edition"), quote=False)}</p>\n'
            f'<div class="cover__foot">\n<p class="cover__horizon">{escape(horizon, quote=False)}</p>\n'
            f'<p><a href="{escape(url)}">{escape(url, quote=False)}</a></p>\n'
            f"<p>{escape(cite, quote=False)}</p>\n{licence}</div>\n</header>\n"
        )

    def _contents(self) -> str:
        items = []
        for one in self.chapters:
            parts = "".join(f"<li>{_entry(one.id(key), title)}</li>" for key, title in one.sections.items())
            items.append(f"<li>{_entry(one.id(), one.title)}{f'<ol>{parts}</ol>' if parts else ''}</li>\n")
        listed = "".join(items)
        return (
            f'<nav class="contents" aria-labelledby="contents">\n<h2 id="contents">{escape(self.word("print.contents"))}</h2>\n'
            f'<ol class="later" style="{_room(listed)}">\n{listed}</ol>\n'
            f"<p>{_entry(_NOTES, escape(self.word('part_sources')))}</p>\n</nav>\n"
        )

    def _endnotes(self) -> str:
        marked = any('class="fl-due"' in one.html for one in self.chapters)
        due = f"<p>{escape(self.word('due.note'), quote=False)}</p>\n" if marked else ""
        notes = "".join(self._note(self.texts.edition.sources[key], number) for key, number in self.notes.numbers.items())
        return (
            f'<section class="chapter chapter--notes">\n<h2 id="{_NOTES}">{escape(self.word("part_sources"))}</h2>\n'
            f"<p>{escape(self.word('print.notes'), quote=False)}</p>\n{due}"
            f'<ol class="notes later" style="{_room(notes)}">\n{notes}</ol>\n</section>\n'
        )

    def _note(self, source: Source, number: int) -> str:
        date = f", {escape(self.texts.word_period(source.date), quote=False)}" if source.date else ""
        read = f" ({escape(self.word(f'read.{source.read}'), quote=False)})" if source.read != "full" else ""
        url = f' <a class="notes__url" href="{escape(source.url)}">{escape(source.url, quote=False)}</a>' if source.url else ""
        told = self.word("print.back")
        back = " ".join(
            f'<a href="#cite:{number}:{at}" aria-label="{escape(told.replace("{0}", str(at)))}">{at}</a>'
            for at in self.notes.chapters[source.id]
        )
        return (
            f'<li id="note:{number}"><b>{escape(source.publisher, quote=False)}</b>'
            f' <cite lang="{source.language}">{escape(source.title, quote=False)}</cite>{date}{read}{url}'
            f' <span class="notes__back">↩ {back}</span></li>\n'
        )

    # --- what chapters leave open ----------------------------------------------------------------

    def _filled(self, own: Chapter, at: int, html: str) -> str:
        """A chapter's HTML with all that it left open; `at` is its number."""

        def fill(found: re.Match[str]) -> str:
            kind, parts = found[1], found[2].split("\ue002")
            if kind == "notes":
                return self.notes.marks(parts[1:], parts[0], at)
            if kind == "link":
                return escape(self._address(parts[0], parts[1]))
            if kind == "chart":
                return self._chart(*parts)
            leads, table = own.tables[int(parts[0])]
            return self._pointer(own, leads) or self._filled(own, at, table)

        return _OPEN.sub(fill, html)

    def _address(self, address: str, anchor: str) -> str:
        if home := self.homes.get(address):
            return f"#{home.id(anchor if anchor in home.anchors else '')}"
        if address == addresses.source("").partition("#")[0]:
            return f"#{_NOTES}"
        fact = _inner(address, addresses.fact)
        if fact in self.told:
            return f"#fact:{self.told[fact].id(fact)}"
        return addresses.absolute(self.report.site_url, f"{address}#{anchor}" if anchor else address, self.code)

    def _chart(self, key: str, alt: str, text: str) -> str:
        """A chart's files: the wide one for paper and wide screens, the narrow one for phones."""
        here = addresses.in_language(addresses.PRINT, self.code)
        wide, narrow = (
            (addresses.relative(addresses.in_language(addresses.chart(key, kind), self.code), here), _SIZE.search(svg))
            for kind, svg in zip(("svg", "narrow.svg"), self.draw(key), strict=True)
        )
        size, small = (found[0] if found else "" for _, found in (wide, narrow))
        return (
            f'<picture><source media="print, (min-width: 45.01em)" srcset="{wide[0]}" {size}>'
            f'<img src="{narrow[0]}" {small} alt="{escape(unescape(alt))}" aria-describedby="{text}"{LAZY}></picture>'
        )

    def _pointer(self, own: Chapter, leads: Sequence[Target]) -> str:
        """Where the claims of a short table are told in full, if they all are; the document tells nothing twice."""
        homes = [(self.homes.get(address), anchor) for address, anchor in leads]
        if not all(home and home is not own and anchor in home.anchors for home, anchor in homes):
            return ""
        places = dict.fromkeys((home, home.anchors[anchor]) for home, anchor in homes if home)
        links = [
            f'<a href="#{home.id(section)}">{f"{home.title} – {home.sections[section]}" if section else home.title}</a>'
            for home, section in places
        ]
        told = escape(self.word("print.see"), quote=False)
        return f'<p class="see">{told.replace("{0}", escape(self.word("cite.list")).join(links))}</p>'


def _entry(anchor: str, title: str) -> str:
    """A line of the contents, with room for the number of the page."""
    return f'<a href="#{anchor}"><span>{title}</span><span class="page" data-of="{anchor}"></span></a>'


def _later(one: Element) -> None:
    """On a screen, a block is laid out when somebody comes to it."""
    one.attributes["style"] = _room(one.html())
    one.attributes["class"] = f"{one.attributes.get('class', '')} later".strip()


def _room(html: str) -> str:
    """The style of a block that is laid out later: until then it is reckoned to be rather too tall."""
    text = len(_TAG.sub("", html).encode())  # a wide letter is three bytes, and takes as much room as two or three narrow ones
    return f"contain-intrinsic-size:auto {200 + text + 60 * html.count('<tr')}px"


def _css(text: str) -> str:
    """A text as a string of CSS within HTML's style element."""
    return '"' + "".join(f"\\{ord(sign):x} " if sign in '"\\<>&' else sign for sign in text) + '"'

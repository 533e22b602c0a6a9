"""The print edition: the whole report of one language as one HTML page without scripts, to be printed or saved as a PDF.

It is made from the pages' Markdown rather than from the site engine's pages, so that no navigation has to be removed and every
engine gives the same. Links between pages become links within the document, and sources become numbered endnotes.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from html import escape
from itertools import chain
from typing import cast

from ..charts.theme import WHITE_PAPER
from ..engines.page_html import add_content_security_policy
from ..model import addresses
from ..pages import open_graph
from ..records.struct import Struct
from ..store.objects import Pickled
from ..wording import citations
from ..wording.language_names import html_language, html_language_within
from ..wording.texts import Texts
from .print_chapters import EXTENSIONS, Chapter, Pieces, make_chapter, markdown_html, pieces_of
from .print_compact import IDS, short_ids
from .print_endnotes import NOTES, Endnotes
from .print_layout import STYLE, language_style, style
from .print_links import Target, key_of_address
from .print_outline import OutlineEntry, contents, number_pages
from .print_placeholders import Piece

__all__ = [
    "EXTENSIONS",
    "LAZY",
    "STYLE",
    "Chapter",
    "ChartSizes",
    "Frame",
    "make_chapter",
    "make_document",
    "make_frame",
    "markdown_html",
    "number_pages",
    "style",
]

LAZY = ' loading="lazy"'  # of charts; taken out before a browser makes the PDF, which needs all of them at once

_ALT = "\ue002"  # in place of the alternative of a chart, which says values

ChartSizes = Callable[[str], tuple[str, str]]  # id of a chart -> the sizes of its wide and narrow file as attributes


class Frame(Struct, frozen=True):
    """A document without its chapters: what stands before and after them, and by page what each of them lacks."""

    before: str
    after: str
    chapters: Mapping[str, Pickled]  # of a tuple: the tags around it, then what stands for each of its placeholders

    def chapter(self, chapter: Chapter) -> str:
        """A chapter as HTML. The others may have changed since, as long as `fingerprint_without_texts` of each is the same."""
        start, end, *filled = cast("tuple[str, ...]", self.chapters[chapter.page].restore())
        first, *texts = cast("tuple[str, ...]", chapter.pieces[::2])
        parts = [start, first]
        for placeholder, html, text in zip(chapter.pieces[1::2], filled, texts, strict=True):
            parts += html.replace(_ALT, placeholder[2]) if placeholder[0] == "chart" else html, text
        return "".join([*parts, end])


def make_frame(texts: Texts, chapters: Sequence[Chapter], chart_sizes: ChartSizes, *, pdf: bool) -> Frame:
    """The print edition of one language without its chapters, with a content security policy; `pdf` adds a link to its PDF."""
    return _Document(texts, chapters, chart_sizes).frame(pdf=pdf)


def make_document(texts: Texts, chapters: Sequence[Chapter], chart_sizes: ChartSizes, *, pdf: bool) -> str:
    """The print edition of one language as HTML."""
    frame = make_frame(texts, chapters, chart_sizes, pdf=pdf)
    return "".join([frame.before, *map(frame.chapter, chapters), frame.after])


class _Document:
    """One language's print edition."""

    def __init__(self, texts: Texts, chapters: Sequence[Chapter], chart_sizes: ChartSizes) -> None:
        self.texts, self.chapters, self.chart_sizes = texts, chapters, chart_sizes
        self.code, self.word = texts.language.code, texts.language.word
        self.report = texts.edition.report
        self.here = addresses.in_language(addresses.PRINT, self.code)
        self.endnotes = Endnotes(texts)
        self.hrefs: dict[tuple[str, str], Pieces] = {}  # where a link to an address and an anchor leads
        self.by_address = {addresses.page(chapter.page): chapter for chapter in chapters}
        self.corrected: set[Pieces] = set()  # corrections that the document has already
        self.with_row: dict[str, Chapter] = {}  # id of a fact -> the first chapter with its row in a table
        for chapter in chapters:
            self.with_row.update(dict.fromkeys(chapter.facts - self.with_row.keys(), chapter))

    def frame(self, *, pdf: bool) -> Frame:
        """The whole page but the texts of its chapters."""
        entries = [
            OutlineEntry(
                chapter.id(),
                chapter.title,
                tuple(OutlineEntry(chapter.id(anchor), title) for anchor, title in chapter.sections.items()),
            )
            for chapter in self.chapters
        ]
        before = pieces_of(
            f"<!doctype html>\n<html {html_language(self.code)}>\n<head>\n{self._head()}</head>\n"
            f"<body>\n{self._bar(pdf=pdf)}{self._cover()}{contents(self.texts, entries)}<main>\n"
        )
        filled = {
            chapter: [list(self._filled(chapter, number, piece)) for piece in chapter.pieces[1::2]]
            for number, chapter in enumerate(self.chapters, start=1)
        }
        overdue = any(chapter.has_overdue for chapter in self.chapters)
        after = pieces_of(f"{self.endnotes.html(overdue=overdue)}</main>\n</body>\n</html>\n")
        listed = (one.id for entry in entries for one in (entry, *entry.sections))
        kept = {"top", "contents", NOTES, *self.endnotes.ids(), *listed}
        within = chain.from_iterable(pieces for each in filled.values() for pieces in each)
        written = short_ids(chain(before, within, after), kept)

        def html(pieces: Iterable[Piece]) -> str:
            return "".join([piece if isinstance(piece, str) else written[piece] for piece in pieces])

        chapters = {
            chapter.page: Pickled.of((*self._around(chapter), *map(html, pieces))) for chapter, pieces in filled.items()
        }
        return Frame(add_content_security_policy(html(before)), html(after), chapters)

    def _around(self, chapter: Chapter) -> tuple[str, str]:
        return f'<section class="chapter" id="{chapter.id()}"{self._language_of(chapter)}>\n', "</section>\n"

    def _language_of(self, chapter: Chapter) -> str:
        """The attributes of a chapter in another language than the document."""
        return f" {html_language_within(chapter.language, self.code)}" if chapter.language else ""

    def _head(self) -> str:
        code, report = self.code, self.report
        translations = "".join(
            f'<link rel="alternate" hreflang="{language.code}"'
            f' href="{escape(addresses.absolute(report.site_url, addresses.PRINT, language.code))}">\n'
            for language in report.languages
            if not language.in_progress
        )
        titles = [(chapter.id(), chapter.title) for chapter in self.chapters]
        return (
            '<meta charset="utf-8">\n<meta name="viewport" content="width=device-width,initial-scale=1">\n'
            '<meta name="color-scheme" content="light dark">\n'
            f"<title>{escape(report.title[code])} - {escape(self.word('print.edition'))}</title>\n"
            f'<meta name="description" content="{escape(report.description[code])}">\n'
            f'<meta name="author" content="{escape(report.publisher[code])}">\n'
            f'<link rel="canonical" href="{escape(addresses.absolute(report.site_url, addresses.PRINT, code))}">\n'
            f"{translations}{self._link_preview()}"
            f'<link rel="icon" href="{addresses.relative(f"{code}/assets/favicon.svg", self.here)}">\n'
            f'<link rel="stylesheet" href="{addresses.relative(STYLE, self.here)}">\n'
            f"<style>{language_style(self.texts, titles)}</style>\n"
        )

    def _link_preview(self) -> str:
        """Open Graph tags with the picture of the first page."""
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

    def _bar(self, *, pdf: bool) -> str:
        """What only a screen shows: links to the site, to the PDF and to the other languages."""
        links = [("../", "", self.report.title[self.code])]
        if pdf:
            file = addresses.pdf(self.report.site_url, self.code)
            links.append((addresses.relative(file, self.here), "", self.word("print.pdf")))
        links += [
            (
                addresses.relative(addresses.in_language(addresses.PRINT, language.code), self.here),
                f' hreflang="{language.code}" lang="{language.code}"',
                language.name,
            )
            for language in self.report.languages
            if language.code != self.code
        ]
        html = "".join(f'<a href="{href}"{attributes}>{escape(name, quote=False)}</a>' for href, attributes, name in links)
        return f'<nav class="bar" aria-label="{escape(self.word("print.edition"))}">{html}</nav>\n'

    def _cover(self) -> str:
        report, code = self.report, self.code
        url = addresses.absolute(report.site_url, "", code)
        as_of = self.word("theme.as_of").replace("{0}", self.texts.word_period(report.as_of))
        citation = citations.plain(self.texts, citations.report_reference(self.texts))
        licence = f"<p>{escape(report.licence.title, quote=False)}</p>\n" if report.licence else ""
        return (
            f'<header class="cover">\n<p class="cover__publisher">{escape(report.publisher[code], quote=False)}</p>\n'
            f'<h1 id="top">{escape(report.title[code], quote=False)}</h1>\n'
            f'<p class="cover__subtitle">{escape(report.subtitle[code], quote=False)}</p>\n'
            f'<p class="cover__edition">{escape(self.word("print.edition"), quote=False)}</p>\n'
            f'<div class="cover__foot">\n<p class="cover__horizon">{escape(as_of, quote=False)}</p>\n'
            f'<p><a href="{escape(url)}">{escape(url, quote=False)}</a></p>\n'
            f"<p>{escape(citation, quote=False)}</p>\n{licence}</div>\n</header>\n"
        )

    def _filled(self, chapter: Chapter, number: int, piece: Piece) -> Iterator[Piece]:
        """What stands for a placeholder of a chapter, whose number counts from 1; those for ids are filled later."""
        if isinstance(piece, str) or piece[0] in IDS:
            yield piece
            return
        kind, *parts = piece
        match kind:
            case "notes":
                yield from self.endnotes.cite(parts[1:], parts[0], number)
            case "link":
                yield from self._href(parts[0], parts[1])
            case "chart":
                yield from pieces_of(self._picture(parts[0], _ALT, parts[2]))
            case "corrections":
                items = [item for item in chapter.corrections[int(parts[0])] if item not in self.corrected]
                self.corrected.update(items)
                yield from self._filled_corrections(chapter, number, items)
            case _:
                claims, table = chapter.tables[int(parts[0])]
                if see := self._reference(chapter, claims):
                    yield from pieces_of(see)
                else:
                    yield from self._all_filled(chapter, number, table)

    def _all_filled(self, chapter: Chapter, number: int, pieces: Pieces) -> Iterator[Piece]:
        for piece in pieces:
            yield from self._filled(chapter, number, piece)

    def _filled_corrections(self, chapter: Chapter, number: int, items: Sequence[Pieces]) -> Iterator[Piece]:
        if not items:
            return
        yield '<div class="fl-corrections">\n<ul>\n'
        for item in items:
            yield from self._all_filled(chapter, number, item)
            yield "\n"
        yield "</ul>\n</div>"

    def _href(self, address: str, anchor: str) -> Pieces:
        if (address, anchor) not in self.hrefs:
            href = escape(self._address(address, anchor))
            within = href.startswith("#")
            self.hrefs[address, anchor] = ("#", ("reference", href[1:])) if within else (href,)
        return self.hrefs[address, anchor]

    def _address(self, address: str, anchor: str) -> str:
        """Where a link to an address of the site leads: within the document if that has it."""
        if chapter := self.by_address.get(address):
            return f"#{chapter.id(anchor if anchor in chapter.anchors else '')}"
        if address == addresses.source("").partition("#")[0]:
            return f"#{NOTES}"
        fact = key_of_address(address, addresses.fact)
        if fact in self.with_row:
            return f"#fact:{self.with_row[fact].id(fact)}"
        return addresses.absolute(self.report.site_url, f"{address}#{anchor}" if anchor else address, self.code)

    def _picture(self, key: str, alt: str, caption_id: str) -> str:
        """A chart as files of the site: the wide one for paper and wide screens, the narrow one for phones."""
        (wide, wide_size), (narrow, narrow_size) = (
            (
                f"{addresses.relative(addresses.in_language(addresses.chart(key, kind), self.code), self.here)}#{WHITE_PAPER}",
                size,
            )
            for kind, size in zip(("svg", "narrow.svg"), self.chart_sizes(key), strict=True)
        )
        return (
            f'<picture><source media="print, (min-width: 45.01em)" srcset="{wide}" {wide_size}>'
            f'<img src="{narrow}" {narrow_size} alt="{alt}" aria-describedby="{caption_id}"{LAZY}></picture>'
        )

    def _reference(self, chapter: Chapter, claims: Sequence[Target]) -> str:
        """A reference to the sections that have all claims of a table in full; empty if some are in no other chapter."""
        found = [(self.by_address.get(address), anchor) for address, anchor in claims]
        if not all(other and other is not chapter and anchor in other.anchors for other, anchor in found):
            return ""
        sections = dict.fromkeys((other, other.anchors[anchor]) for other, anchor in found if other)
        links = [
            f'<a href="#{other.id(section)}">{f"{other.title} – {other.sections[section]}" if section else other.title}</a>'
            for other, section in sections
        ]
        see = escape(self.word("print.see"), quote=False)
        return f'<p class="see">{see.replace("{0}", escape(self.word("cite.list")).join(links))}</p>'

"""View models of sources: what templates read of them, in one language, with links from one page."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Any, TypeVar

from ..model import report
from ..model.dependencies import column
from ..model.sources import Evidence, Source
from ..model.text_fragments import passage_address
from ..wording.formatting import SHORT
from ..wording.texts import Texts
from .page import AddedUses, ViewModel
from .page_links import PageLinks
from .render_cache import LazyView, RenderCache
from .rich_text import RichText, robust_link

Made = TypeVar("Made")


class SourceViews:
    """Makes the view models of sources for one page; each is made once.

    `stale` has the entries ("facts/area") whose text is older than its translation, each with the language of the newer text.
    """

    def __init__(
        self, texts: Texts, page: str, cache: RenderCache | None = None, *, stale: Mapping[str, str] | None = None
    ) -> None:
        self.texts, self.edition, self.page = texts, texts.edition, page
        self.word = texts.language.word
        self.cache = cache or RenderCache()
        self.uses = self.cache.uses
        self.links = PageLinks(texts.edition, page, texts.language.locale)
        self.rich_text = RichText(texts, self.links, self.uses)
        self.html, self.text = self.rich_text.html, self.rich_text.text
        self.stale = stale or {}
        self._made: dict[tuple[str, str], tuple[Any, tuple[str, ...], AddedUses]] = {}

    def _once(self, kind: str, key: str, make: Callable[[], Made]) -> Made:
        """What a function makes, made once; what it reads and uses counts each time."""
        found = self._made.get((kind, key))
        if found is None:
            found = self._made[kind, key] = self.cache.collect(make)
        else:
            self.cache.repeat(found[1], found[2])
        made: Made = found[0]
        return made

    def lazy(self, kind: str, key: str, make: Callable[[], ViewModel], **shown: str) -> LazyView:
        """A view model that is made when a template reads it; `shown` are fields known without it."""
        return LazyView(self.cache, (self.texts.language.code, kind, key), make, **shown)

    def newer_translation(self, kind: str, key: str, page: str, anchor: str) -> ViewModel | None:
        """The link from an entry with an outdated text to the newer text in another language; None where it is current."""
        code = self.stale.get(f"{kind}/{key}")
        return self.links.to_translation(code, page, anchor) if code else None

    def source(self, source: Source) -> ViewModel:
        """A source."""
        return self._once("source", source.id, lambda: self._source(self.edition.sources.get(source.id, source)))

    def _source(self, source: Source) -> ViewModel:
        return ViewModel(
            id=source.id,
            anchor=f"source-{source.id}",
            url=self.links.to("sources", f"source-{source.id}"),
            href=source.url,
            publisher=source.publisher,
            title=source.title,
            lang=source.language,
            date=self.texts.word_period(source.date) if source.date else "",
            attributes=robust_link(source),
            accessed=self.texts.word_period(source.accessed) if source.accessed else "",
            archived=self._stored_copy(source),
            quote=self._quote(source, source.quote),
            read=source.read,
            read_text=self.word(f"read.{source.read}"),
            independent=source.independent,
            independent_text=self.word(f"independent.{'yes' if source.independent else 'no'}"),
            note=self.html(source.note),
        )

    def _stored_copy(self, source: Source) -> ViewModel | None:
        """The stored copy of a source: its address, and the day on which it was stored."""
        copy = source.archived
        return ViewModel(href=copy.url, date=self.texts.word_period(copy.on)) if copy else None

    def _quote(self, source: Source, passage: str) -> ViewModel | None:
        """A passage in the quotation marks of the page's language, with the address that leads to it in the source."""
        if not passage:
            return None
        href = passage_address(source.url, passage, self.edition.report.text_fragments)
        marks = self.word("text.quoted").partition("{0}")
        return ViewModel(open=marks[0], text=passage, close=marks[2], lang=source.language, href=href)

    def source_with_facts(self, source: Source) -> ViewModel:
        """A source, the facts that cite it, and their count."""
        cited = self._facts_by_source.get(source.id, ())
        return ViewModel(
            **vars(self.source(source)),
            uses=self.texts.formatter.integer(len(cited)),
            facts=[self.fact_summary(self.edition.facts[key]) for key in cited],
            quotes=[self._quote(source, passage) for passage in self._passages(source, cited)],
        )

    def _passages(self, source: Source, cited: Iterable[str]) -> dict[str, None]:
        """What is quoted from a source: for all of it, then for the facts that cite it; each passage once."""
        cites = (one for key in cited for one in self.edition.facts[key].evidence if one.source.id == source.id)
        return dict.fromkeys(filter(None, (source.quote, *(one.quote for one in cites))))

    @property
    def _facts_by_source(self) -> Mapping[str, list[str]]:
        """Ids of the facts that cite a source themselves, not through a formula."""
        return self._once("index", "facts by source", self._find_facts_by_source)

    def _find_facts_by_source(self) -> Mapping[str, list[str]]:
        facts: dict[str, dict[str, None]] = {}
        formulas = column(self.edition.facts, "formula")
        for key, cited in column(self.edition.facts, "evidence").items():
            for evidence in cited if not formulas[key] else ():
                facts.setdefault(evidence.source.id, {})[key] = None
        return {source: list(keys) for source, keys in facts.items()}

    def evidence(self, listed: Iterable[Evidence]) -> list[ViewModel]:
        """Sources, each with the place in it ("table 3")."""
        return [
            ViewModel(
                source=self.source(item.source),
                at=self.text(item.at) if item.at else "",
                quote=self._quote(item.source, item.shown_quote),
                url=self.links.to("sources", f"source-{item.source.id}"),
            )
            for item in listed
        ]

    def fact_summary(self, fact: report.Fact) -> ViewModel:
        """A fact as one line: label, value, link."""
        return ViewModel(
            label=self.rich_text.label(fact),
            value=self.texts.value(fact, SHORT),
            url=self.links.to_fact(fact.id),
            value_html=self.rich_text.uncounted_number(fact),
        )

"""Functions that templates call for lists of a whole report: facts, claims, sources, names, terms, changes and files."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from typing import TypeVar

from ..model.code_lists import READ_LEVELS
from ..model.dependencies import column
from ..model.sources import Source
from ..reading.front_matter import FrontMatter
from . import downloads
from .inline_functions import InlineFunctions
from .list_filters import list_filters
from .page import ViewModel
from .render_cache import LazyView
from .sandbox import Block
from .templates import Templates
from .view_models import ChartDescriptions, ViewModels

Entry = TypeVar("Entry")
_FACT_FILTERS = ("topic", "entity", "status", "year")


class ListFunctions(InlineFunctions):
    """The functions of one page for running text, and those for lists."""

    def __init__(
        self, templates: Templates, views: ViewModels, charts: ChartDescriptions, front_matter: Callable[[str], FrontMatter]
    ) -> None:
        """`charts` describes a chart; `front_matter` gives title and description of a page by its name."""
        super().__init__(templates, views)
        self.charts, self.front_matter = charts, front_matter

    def _lazy(self, kind: str, key: str, entries: Mapping[str, Entry], view: Callable[[Entry], ViewModel]) -> LazyView:
        """The view model of an entry, made when a template reads it."""
        return self.views.lazy(kind, key, lambda: view(entries[key]))

    def call_glossary(self) -> Block:
        """Every term with its definition."""
        return self.part("glossary", [self.views.term(term) for term in self.edition.terms.values()])

    def call_names_list(self) -> Block:
        """Every person, organisation and thing, grouped by type."""
        groups: dict[str, list[LazyView]] = {}
        for name in self.edition.names.values():
            groups.setdefault(name.type, []).append(self._lazy("name", name.id, self.edition.names, self.views.name))
        return self.part(
            "names_list",
            [
                ViewModel(type=kind, type_text=self.texts.language.word(f"type.{kind}"), names=names)
                for kind, names in groups.items()
            ],
        )

    def call_source_list(self) -> Block:
        """Every source, grouped by how much of it was read."""
        self.views.uses.lists_all = True
        groups = []
        for read in READ_LEVELS:
            sources = [
                self._lazy("source", key, self.edition.sources, self.views.source_with_facts)
                for key, found in column(self.edition.sources, "read").items()
                if found == read
            ]
            if sources:
                groups.append(ViewModel(title=self.texts.language.word(f"read.{read}"), read=read, sources=sources))
        return self.part("source_list", groups)

    def call_section_sources(self) -> Block:
        """The sources of every fact that the page has used up to here."""
        return self.part("section_sources", [self.views.source(source) for source in self.used_sources().values()])

    def used_sources(self) -> dict[str, Source]:
        """The sources, by id, of the facts that the page has used up to here, in the order of its list of sources."""
        facts = (self.edition.facts[key] for key in self.views.uses.facts)
        return {evidence.source.id: evidence.source for fact in facts for evidence in fact.evidence}

    def call_all_facts(self) -> Block:
        """Every fact, grouped by topic, with filters."""
        self.views.uses.lists_all = True
        facts, topics = list[LazyView](), dict[str, list[str]]()
        for fact in self.edition.facts.values():
            facts.append(self.views.fact_in_list(fact))
            topics.setdefault(fact.topic, []).append(fact.id)
        ordered = dict.fromkeys((*self.edition.report.sections, *topics))
        groups = [self._facts_of_topic(topic, topics[topic]) for topic in ordered if topic in topics]
        return self.part("all_facts", groups, fields=list_filters(self.texts.language.locale, facts, *_FACT_FILTERS))

    def _facts_of_topic(self, topic: str, keys: Sequence[str]) -> LazyView:
        """The facts of a topic as one view: while none of them changes, its whole text stays."""

        def make() -> ViewModel:
            return ViewModel(
                topic=topic,
                topic_text=self.texts.language.word(f"topic.{topic}"),
                anchor=f"topic-{topic}",
                facts=[self.views.fact_in_list(self.edition.facts[key]) for key in keys],
            )

        return self.views.lazy("facts of a topic", " ".join((topic, *keys)), make)

    def call_all_claims(self) -> Block:
        """Every claim, grouped by section, with filters."""
        sections: dict[str, list[LazyView]] = {}
        for claim in self.edition.claims.values():
            sections.setdefault(claim.section, []).append(self.views.claim_in_list(claim))
        groups = [
            ViewModel(
                section=section,
                section_text=self.texts.language.word(f"topic.{section}"),
                anchor=f"claims-{section}",
                claims=sections[section],
            )
            for section in self.edition.report.sections
            if section in sections
        ]
        fields = list_filters(
            self.texts.language.locale,
            [claim for group in groups for claim in group.claims],
            "section",
            "entity",
            "verdict",
            "stance",
            "year",
        )
        return self.part("all_claims", groups, fields=fields)

    def call_changes_list(self) -> Block:
        """New and corrected facts and events, grouped by year."""
        self.views.uses.lists_all = True
        return self.part("changes_list", downloads.changes(self.views))

    def call_feeds_list(self) -> Block:
        """Links to the feeds of this language."""
        return self.part("feeds_list", downloads.feeds(self.views))

    def call_downloads_list(self) -> Block:
        """Links to the report's data files and print edition."""
        self.views.uses.site_only = True
        return self.part("downloads_list", downloads.downloads(self.views))

    def call_series_list(self) -> Block:
        """Links to the CSV file of every series."""
        return self.part("downloads_list", downloads.series_files(self.views))

    def call_section_cards(self) -> Block:
        """A card for each section that has a page: title, description, number of facts."""
        cards, counts = [], Counter(column(self.edition.facts, "topic").values())
        for section in self.edition.report.sections:
            if section not in self.edition.report.pages:
                continue
            head = self.front_matter(section)
            count = self.texts.formatter.integer(counts[section])
            finding = next((judgment for judgment in self.edition.judgments.values() if judgment.page == section), None)
            cards.append(
                ViewModel(
                    id=section,
                    title=head.text("title", section),
                    url=self.views.links.to(section),
                    description=head.text("description"),
                    finding=self.texts.fill(finding.text) if finding else "",
                    count_text=self.texts.language.word("unit.facts").replace("{0}", count),
                )
            )
        return self.part("section_cards", cards)

"""Where each fact appears: on which pages, in which charts, for which claims, judgments and derived facts."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import cached_property
from typing import TypeVar

from ..model import addresses, report
from ..model.dependencies import column
from ..records.struct import Struct, field
from ..store.hashing import fingerprint
from .page import Page

Mention = TypeVar("Mention")


class FactMentions(Struct, frozen=True, kw_only=True):
    """Where one fact appears in one language."""

    pages: tuple[tuple[str, str], ...]  # name and title of each page that uses it
    charts: tuple[tuple[str, str], ...]  # id of each chart that draws it, and the name of the first page with that chart
    claims: tuple[str, ...]  # ids of the claims that it settles
    derived: tuple[str, ...]  # ids of the facts that are calculated from it
    judgments: tuple[tuple[str, str], ...] = ()  # id of each judgment on it, and the title of the page that owns that
    neighbours: tuple[str, str] = ("", "")  # ids of the facts before and after it in the list of its topic
    titles: Mapping[str, str] = field(default_factory=dict)  # name and title of the pages above its own page

    @property
    def fingerprint(self) -> str:
        """A hash of all of it."""
        return fingerprint(
            repr((self.pages, self.charts, self.claims, self.derived, self.judgments, self.neighbours, self.titles))
        )


class EntryMentions:
    """Where all facts of an edition appear besides pages: the same in every language."""

    def __init__(self, edition: report.Edition) -> None:
        self.edition = edition

    @cached_property
    def cells(self) -> Mapping[str, tuple[str, str, str]]:
        """Series, column and row of each fact that is a cell of a series."""
        return {key: fact.series for key, fact in self.edition.facts.items() if fact.series}

    @cached_property
    def claims(self) -> Mapping[str, list[str]]:
        """Ids of the claims that each fact settles."""
        return _by_fact((claim.id, claim.settled_by) for claim in self.edition.claims.values())

    @cached_property
    def derived(self) -> Mapping[str, list[str]]:
        """Ids of the facts that are calculated from each fact."""
        return _by_fact((fact.id, fact.inputs) for fact in self.edition.facts.values())

    @cached_property
    def neighbours(self) -> Mapping[str, tuple[str, str]]:
        """Ids of the facts before and after each in the list of its topic."""
        topics: dict[str, list[str]] = {}
        for key, topic in column(self.edition.facts, "topic").items():
            topics.setdefault(topic, []).append(key)
        in_order = (zip(["", *keys[:-1]], keys, [*keys[1:], ""], strict=True) for keys in topics.values())
        return {here: (before, after) for rows in in_order for before, here, after in rows}

    @cached_property
    def fingerprint(self) -> str:
        """A hash of all of it."""
        return fingerprint(repr((self.claims, self.derived, self.neighbours)))


class MentionIndex:
    """Where all facts of an edition appear in one language's rendered pages; pages that list everything do not count."""

    def __init__(self, entries: EntryMentions, pages: Sequence[Page]) -> None:
        self.edition, self.entries = entries.edition, entries
        self.pages = [page for page in pages if not page.uses.lists_all]
        self.titles = {page.name: page.title for page in pages}
        self.parents = {name: title for name, title in self.titles.items() if name == addresses.fact("").partition("/")[0]}

    def of(self, key: str) -> FactMentions:
        """Where the fact with this id appears."""
        return FactMentions(
            pages=tuple((name, self.titles[name]) for name in self._pages.get(key, ())),
            charts=tuple(self._charts.get(key, ())),
            claims=tuple(self.entries.claims.get(key, ())),
            derived=tuple(self.entries.derived.get(key, ())),
            judgments=tuple(self._judgments.get(key, ())),
            neighbours=self.entries.neighbours[key],
            titles=self.parents,
        )

    @property
    def fingerprint(self) -> str:
        """A hash of all that `of` says of any fact."""
        in_language = repr((self._pages, self._charts, self._judgments, self.titles, self.parents))
        return fingerprint(in_language, self.entries.fingerprint)

    @cached_property
    def _pages(self) -> Mapping[str, list[str]]:
        return _by_fact((page.name, page.uses.facts) for page in self.pages)

    @cached_property
    def _charts(self) -> Mapping[str, list[tuple[str, str]]]:
        first_pages: dict[str, str] = {}
        for page in self.pages:
            for chart in page.uses.charts:
                first_pages.setdefault(chart, page.name)
        return _by_fact(((chart, page), self._drawn(self.edition.charts[chart])) for chart, page in first_pages.items())

    def _drawn(self, chart: report.Chart) -> Sequence[str]:
        """Ids of the facts that a chart names, and of those that are cells of the series columns it draws."""
        option = chart.options.get("columns")
        columns = option if isinstance(option, tuple | list) else ()
        cells = (
            key
            for key, (series, column, _) in self.entries.cells.items()
            if series in chart.series and (not columns or column in columns)
        )
        return list(dict.fromkeys((*chart.facts, *cells)))

    @cached_property
    def _judgments(self) -> Mapping[str, list[tuple[str, str]]]:
        judgments = self.edition.judgments.values()
        return _by_fact(((one.id, self.titles.get(one.page, one.page)), one.rests_on) for one in judgments)


def _by_fact(found: Iterator[tuple[Mention, Sequence[str]]]) -> Mapping[str, list[Mention]]:
    """Pairs of a mention and the facts it mentions, turned into the mentions of each fact."""
    mentions: dict[str, list[Mention]] = {}
    for mention, keys in found:
        for key in dict.fromkeys(keys):
            mentions.setdefault(key, []).append(mention)
    return mentions

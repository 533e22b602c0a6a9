"""A fact told in full: the page it has for itself in each language, and the card that opens at its numbers.

The pages are not pushed through the engine one by one: it makes one empty shell per language, and finishing fills it.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import TypeVar

from ..model import addresses, changelog, report
from ..model.values import Interval, Point
from ..store.hashing import fingerprint
from ..wording import citations
from ..wording.formatting import LONG, SHORT
from ..wording.texts import Texts
from .templates import Page, PageRenderer, Parts
from .view_models import Uses, ViewModel, ViewModels

PART, CARD = "fact_page", "card"
Spot = TypeVar("Spot")


def shell_markdown() -> str:
    """The Markdown of the page that every fact's page is a copy of; title, description and body are marks to be replaced."""
    head = {"title": shell_placeholder("title"), "description": shell_placeholder("description")}
    lines = "".join(f"{key}: {json.dumps(value)}\n" for key, value in head.items())
    return f"---\n{lines}hide:\n  - toc\nsearch:\n  exclude: true\n---\n\n{shell_placeholder('body')}\n"


def shell_placeholder(name: str) -> str:
    """What stands in the shell for a part of a page; the body has its own heading, or the theme would set one above it."""
    return "<h1>factloom-body-of-fact</h1>" if name == "body" else f"factloom-{name}-of-fact"


def aliases(edition: report.Edition) -> Iterator[tuple[str, str]]:
    """Addresses that facts had before, each with the one it has now; both below a language."""
    for fact in edition.facts.values():
        for alias in fact.aliases:
            yield addresses.fact(alias), addresses.fact(fact.id)


def fact_card(pages: PageRenderer, key: str) -> str:
    """What opens at a fact's numbers; links in it start from the language's folder."""
    views = ViewModels(pages.texts, "index")
    return " ".join(str(Parts(pages, views)(CARD, views.fact(key))).split())


@dataclass(frozen=True, slots=True, kw_only=True)
class FactMentions:
    """Where a fact is spoken of: pages (name, title), charts (id, page), claims it settles, facts worked out from it."""

    pages: tuple[tuple[str, str], ...]
    charts: tuple[tuple[str, str], ...]
    claims: tuple[str, ...]
    derived: tuple[str, ...]
    titles: Mapping[str, str] = field(default_factory=dict)  # of the pages that its own page stands below

    @property
    def fingerprint(self) -> str:
        """A text that differs where any of it does."""
        return fingerprint(repr((self.pages, self.charts, self.claims, self.derived, self.titles)))


class MentionIndex:
    """Where facts are spoken of, gathered once for all of them."""

    def __init__(self, edition: report.Edition, told: Sequence[Page]) -> None:
        self.edition = edition
        self.told = [page for page in told if not page.uses.lists_all]
        self.titles = {page.name: page.title for page in told}
        self.above = {name: title for name, title in self.titles.items() if name == addresses.fact("").partition("/")[0]}

    def of(self, key: str) -> FactMentions:
        """What is known of one fact."""
        return FactMentions(
            pages=tuple((name, self.titles[name]) for name in self.pages.get(key, ())),
            charts=tuple(self.charts.get(key, ())),
            claims=tuple(self.claims.get(key, ())),
            derived=tuple(self.derived.get(key, ())),
            titles=self.above,
        )

    @cached_property
    def pages(self) -> Mapping[str, list[str]]:
        """The names of the pages that use a fact."""
        return self._gathered((page.name, page.uses.facts) for page in self.told)

    @cached_property
    def charts(self) -> Mapping[str, list[tuple[str, str]]]:
        """The charts that draw a fact, each with the first page that shows it."""
        homes: dict[str, str] = {}
        for page in self.told:
            for chart in page.uses.charts:
                homes.setdefault(chart, page.name)
        return self._gathered(((chart, home), self._drawn(self.edition.charts[chart])) for chart, home in homes.items())

    def _drawn(self, chart: report.Chart) -> Sequence[str]:
        """The facts that a chart names, and those that are cells of what it draws of a series."""
        chosen = chart.options.get("columns")
        columns = chosen if isinstance(chosen, tuple | list) else ()
        cells = (
            key
            for key, (series, column, _) in self._cells.items()
            if series in chart.series and (not columns or column in columns)
        )
        return list(dict.fromkeys((*chart.facts, *cells)))

    @cached_property
    def _cells(self) -> Mapping[str, tuple[str, str, str]]:
        return {key: fact.series for key, fact in self.edition.facts.items() if fact.series}

    @cached_property
    def claims(self) -> Mapping[str, list[str]]:
        """The claims that a fact settles."""
        return self._gathered((claim.id, claim.settled_by) for claim in self.edition.claims.values())

    @cached_property
    def derived(self) -> Mapping[str, list[str]]:
        """The facts that are worked out from a fact."""
        return self._gathered((fact.id, fact.inputs) for fact in self.edition.facts.values())

    @staticmethod
    def _gathered(found: Iterator[tuple[Spot, Sequence[str]]]) -> Mapping[str, list[Spot]]:
        gathered: dict[str, list[Spot]] = {}
        for place, keys in found:
            for key in dict.fromkeys(keys):
                gathered.setdefault(key, []).append(place)
        return gathered


def render_fact_page(pages: PageRenderer, place: FactMentions, fact: report.Fact) -> Page:
    """A fact's own page; its text is finished HTML."""
    texts, name = pages.texts, addresses.fact(fact.id).rstrip("/")
    views = ViewModels(texts, name, Uses(), stale=pages.stale)
    view = ViewModel(**{**vars(views.fact(fact.id)), **_more(views, place, fact)})
    value = texts.value(fact, SHORT)
    title = texts.language.word("text.titled").replace("{0}", view.label).replace("{1}", value)
    about = texts.language.word("page.fact_about")
    for at, part in enumerate((title, view.status_text, view.evidence[0].source.publisher if view.evidence else "")):
        about = about.replace(f"{{{at}}}", part)
    changed = changelog.last_change(pages.edition, facts=[fact.id], claims=[], events=[])
    return Page(
        name=name,
        language=texts.language.code,
        title=title,
        description=about,
        markdown=str(Parts(pages, views)(PART, view)),
        uses=Uses(facts=[fact.id]),
        changed=changed,
    )


def _more(views: ViewModels, place: FactMentions, fact: report.Fact) -> dict[str, object]:
    """What a fact's own page says beyond its row in a table."""
    texts, edition = views.texts, views.edition
    up = f"{views.up}cite/{addresses.fact(fact.id).rstrip('/')}"
    low, high = _ends(texts, fact)
    return {
        "list_url": views.link("facts", f"fact-{fact.id}"),
        "topic_url": views.link(fact.topic) if fact.topic in edition.report.pages else "",
        "figures": _figures(texts, fact),
        "low": low,
        "high": high,
        "pages": [ViewModel(title=title, url=views.link(name)) for name, title in place.pages],
        "charts": [
            ViewModel(title=texts.fill(edition.charts[chart].title), url=views.link(page, f"fig-{chart}"))
            for chart, page in place.charts
        ],
        "claims": [views.judged(one) for one in place.claims],
        "derived": [views.lead(edition.facts[one]) for one in place.derived],
        "citation": citations.plain(texts, citations.fact_reference(texts, fact)),
        "cite": [
            ViewModel(kind=kind, url=f"{up}.{kind}") for kind in citations.FORMATS if "citations" in edition.report.outputs
        ],
        "api": f"{views.up}../api/facts/{fact.id}.json" if "api" in edition.report.outputs else "",
    }


def _figures(texts: Texts, fact: report.Fact) -> str:
    """The value with all its digits; an empty text where the words already have them."""
    unit = replace(fact.unit, compact=False)
    words = texts.formatter.value(fact.value, unit, digits=fact.digits)
    return words if words != texts.value(fact) else ""


def _ends(texts: Texts, fact: report.Fact) -> tuple[str, str]:
    """Both ends of a range; empty for a single value and for an open end."""
    if not isinstance(fact.value, Interval):
        return "", ""
    open_end = texts.language.word("part_open_end")
    ends = (None if end is None else Point(number=end) for end in (fact.value.low, fact.value.high))
    low, high = (open_end if end is None else texts.word_value(end, fact.unit, LONG, digits=fact.digits) for end in ends)
    return low, high

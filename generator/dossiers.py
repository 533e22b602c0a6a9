"""A fact told in full: the page it has for itself in each language, and the card that opens at its numbers.

The pages are not pushed through the engine one by one: it makes one empty shell per language, and finishing fills it.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import TypeVar

from generator import addresses, chronicle, citations, model
from generator.pages import Page, Pages, Parts
from generator.texts import Texts
from generator.values import Interval, Point
from generator.views import Uses, View, Views
from generator.wording import LONG, SHORT

PART, CARD = "fact_page", "card"
CARDS = "assets/cards.js"
Place = TypeVar("Place")


@dataclass(frozen=True, slots=True, kw_only=True)
class Dossiers:
    """The facts of one language as pages: an empty tuple where the project has no part to tell them with."""

    pages: tuple[Page, ...]
    cards: str


def make_dossiers(pages: Pages, told: Sequence[Page]) -> Dossiers:
    """The page of every fact, and all cards as one script; `told` are the rendered pages that speak of them."""
    if not {PART, CARD} <= set(pages.templates.parts()):
        return Dossiers(pages=(), cards="")
    places = _Places(pages.texts, told)
    made = tuple(_page(pages, places, fact) for fact in pages.edition.facts.values())
    return Dossiers(pages=made, cards=cards(pages))


def shell() -> str:
    """The Markdown of the page that every fact's page is a copy of; title, description and body are marks to be replaced."""
    head = {"title": mark("title"), "description": mark("description")}
    lines = "".join(f"{key}: {json.dumps(value)}\n" for key, value in head.items())
    return f"---\n{lines}hide:\n  - toc\nsearch:\n  exclude: true\n---\n\n{mark('body')}\n"


def mark(name: str) -> str:
    """What stands in the shell for a part of a page; the body has its own heading, or the theme would set one above it."""
    return "<h1>factloom-body-of-fact</h1>" if name == "body" else f"factloom-{name}-of-fact"


def aliases(edition: model.Edition) -> Iterator[tuple[str, str]]:
    """Addresses that facts had before, each with the one it has now; both below a language."""
    for fact in edition.facts.values():
        for alias in fact.aliases:
            yield addresses.fact(alias), addresses.fact(fact.id)


def cards(pages: Pages) -> str:
    """A script that gives every fact's card to the page that asks for it; links in it start from the language's folder.

    A script and not JSON: a page opened from disk may load the one but not fetch the other.
    """
    views = Views(pages.texts, "index")
    part = Parts(pages, views)
    facts = pages.edition.facts
    told = {key: " ".join(str(part(CARD, views.fact(key))).split()) for key in facts}
    return f"window.factloomCards({json.dumps(told, ensure_ascii=False, separators=(',', ':'))});\n"


class _Places:
    """Where facts are spoken of: on pages, in charts, by claims and by other facts."""

    def __init__(self, texts: Texts, told: Sequence[Page]) -> None:
        self.texts, self.edition = texts, texts.edition
        self.told = [page for page in told if not page.uses.whole]
        self.titles = {page.name: page.title for page in told}

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
        return self._gathered(((chart, home), self.edition.charts[chart].facts) for chart, home in homes.items())

    @cached_property
    def claims(self) -> Mapping[str, list[str]]:
        """The claims that a fact settles."""
        return self._gathered((claim.id, claim.settled_by) for claim in self.edition.claims.values())

    @cached_property
    def derived(self) -> Mapping[str, list[str]]:
        """The facts that are worked out from a fact."""
        return self._gathered((fact.id, fact.inputs) for fact in self.edition.facts.values())

    @staticmethod
    def _gathered(found: Iterator[tuple[Place, Sequence[str]]]) -> Mapping[str, list[Place]]:
        gathered: dict[str, list[Place]] = {}
        for place, keys in found:
            for key in dict.fromkeys(keys):
                gathered.setdefault(key, []).append(place)
        return gathered


def _page(pages: Pages, places: _Places, fact: model.Fact) -> Page:
    texts, name = pages.texts, addresses.fact(fact.id).rstrip("/")
    views = Views(texts, name, Uses(), stale=pages.stale)
    view = View(**{**vars(views.fact(fact.id)), **_more(views, places, fact)})
    value = texts.value(fact, SHORT)
    title = texts.language.word("text.titled").replace("{0}", view.label).replace("{1}", value)
    about = texts.language.word("page.fact_about")
    for at, part in enumerate((title, view.status_text, view.evidence[0].source.publisher if view.evidence else "")):
        about = about.replace(f"{{{at}}}", part)
    changed = chronicle.last_change(pages.edition, facts=[fact.id], claims=[], events=[])
    return Page(
        name=name,
        language=texts.language.code,
        title=title,
        description=about,
        markdown=str(Parts(pages, views)(PART, view)),
        uses=Uses(facts=[fact.id]),
        changed=changed,
    )


def _more(views: Views, places: _Places, fact: model.Fact) -> dict[str, object]:
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
        "pages": [View(title=places.titles[one], url=views.link(one)) for one in places.pages.get(fact.id, ())],
        "charts": [
            View(title=texts.fill(edition.charts[chart].title), url=views.link(page, f"fig-{chart}"))
            for chart, page in places.charts.get(fact.id, ())
        ],
        "claims": [views.claim(one) for one in places.claims.get(fact.id, ())],
        "derived": [views.fact(one) for one in places.derived.get(fact.id, ())],
        "citation": citations.plain(texts, citations.fact_reference(texts, fact)),
        "cite": [View(kind=kind, url=f"{up}.{kind}") for kind in citations.FORMATS],
        "api": f"{views.up}../api/facts/{fact.id}.json",
    }


def _figures(texts: Texts, fact: model.Fact) -> str:
    """The value with all its digits; an empty text where the words already have them."""
    unit = replace(fact.unit, compact=False)
    words = texts.words.value(fact.value, unit, digits=fact.digits)
    return words if words != texts.value(fact) else ""


def _ends(texts: Texts, fact: model.Fact) -> tuple[str, str]:
    """Both ends of a range; empty for a single value and for an open end."""
    if not isinstance(fact.value, Interval):
        return "", ""
    open_end = texts.language.word("part_open_end")
    ends = (None if end is None else Point(number=end) for end in (fact.value.low, fact.value.high))
    low, high = (open_end if end is None else texts.word_value(end, fact.unit, LONG, digits=fact.digits) for end in ends)
    return low, high

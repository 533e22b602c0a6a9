"""The page of a single fact.

The site engine makes one empty page per language, the blank page; every fact's page is a copy of it with title, description and
body filled in, because an engine takes much longer for thousands of pages.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator

from ..model import addresses, changelog, report
from ..records.struct import replace
from ..wording import citations
from ..wording.formatting import SHORT
from ..wording.texts import Texts
from ..wording.word_breaks import words
from .history_line import history_line
from .mentions import FactMentions
from .minus_signs import with_minus_signs
from .page import Page, Uses, ViewModel
from .renderer import PageRenderer
from .view_models import ViewModels

PART = "fact_page"


def blank_page_markdown() -> str:
    """The Markdown of the blank page, with placeholders for title, description and body."""
    head = {"title": blank_page_placeholder("title"), "description": blank_page_placeholder("description")}
    lines = "".join(f"{key}: {json.dumps(value)}\n" for key, value in head.items())
    return f"---\n{lines}hide:\n  - toc\nsearch:\n  exclude: true\n---\n\n{blank_page_placeholder('body')}\n"


def blank_page_placeholder(name: str) -> str:
    """The text in the blank page that a title, description or body replaces; the body has a heading, or the theme adds one."""
    return "<h1>factloom-body-of-fact</h1>" if name == "body" else f"factloom-{name}-of-fact"


def renamed_addresses(edition: report.Edition) -> Iterator[tuple[str, str]]:
    """Former and present address of each fact that was renamed, both below a language."""
    for fact in edition.facts.values():
        for alias in fact.aliases:
            yield addresses.fact(alias), addresses.fact(fact.id)


def render_fact_page(renderer: PageRenderer, mentions: FactMentions, fact: report.Fact) -> Page:
    """A fact's page; its Markdown is finished HTML."""
    texts, name = renderer.texts, addresses.fact(fact.id).rstrip("/")
    views = ViewModels(texts, name, stale=renderer.stale)
    known = views.fact_to_judge(fact.id)
    view = ViewModel(**{**vars(known), "cited": _by_source(known.evidence), **_page_only(views, mentions, fact)})
    value = texts.value(fact, SHORT)
    title = texts.language.word("text.titled").replace("{0}", view.label).replace("{1}", value)
    title = with_minus_signs(title, texts.language.words)
    description = texts.language.word("page.fact_about")
    publisher = view.evidence[0].source.publisher if view.evidence else ""
    for index, part in enumerate((title, view.status_text, publisher)):
        description = description.replace(f"{{{index}}}", part)
    return Page(
        name=name,
        language=texts.language.code,
        title=title,
        description=description,
        markdown=with_minus_signs(str(renderer.templates.render_part(PART, texts, view)), texts.language.words),
        uses=Uses(facts=[fact.id]),
        changed=changelog.last_change(renderer.edition, facts=[fact.id], claims=[], events=[]),
    )


def _page_only(views: ViewModels, mentions: FactMentions, fact: report.Fact) -> dict[str, object]:
    """What a fact's own page shows besides what tables show of it, by the names of the view model."""
    texts, edition, links = views.texts, views.edition, views.links
    citation = f"{links.language_folder}cite/{addresses.fact(fact.id).rstrip('/')}"
    before, after = (views.fact_summary(edition.facts[key]) if key else None for key in mentions.neighbours)
    return {
        "list_url": links.to("facts", f"fact-{fact.id}"),
        "topic_url": links.to(fact.topic) if fact.topic in edition.report.pages else "",
        "figures": _all_digits(texts, fact),
        "line": history_line(fact),
        "entity_url": links.to("people", f"name-{fact.entity.id}") if fact.entity else "",
        "terms": [views.term(term) for term in edition.terms.values() if _names(texts, fact, term)],
        "previous": before,
        "next": after,
        "pages": [ViewModel(title=title, url=links.to(name)) for name, title in mentions.pages],
        "charts": [
            ViewModel(title=views.text(edition.charts[chart].title), url=links.to(page, f"fig-{chart}"))
            for chart, page in mentions.charts
        ],
        "claims": [views.claim_summary(key) for key in mentions.claims],
        "judgments": [
            ViewModel(
                title=title,
                url=links.to(edition.judgments[key].page, f"judgment-{key}"),
                text_html=views.html(edition.judgments[key].text),
            )
            for key, title in mentions.judgments
        ],
        "derived": [views.fact_summary(edition.facts[key]) for key in mentions.derived],
        "citation": citations.plain(texts, citations.fact_reference(texts, fact)),
        "cite": [
            ViewModel(kind=kind, url=f"{citation}.{kind}")
            for kind in citations.FORMATS
            if "citations" in edition.report.outputs
        ],
        "feed": "feed.xml" if fact.history and "feeds" in edition.report.outputs else "",
        "api": f"{links.language_folder}../api/facts/{fact.id}.json" if "api" in edition.report.outputs else "",
    }


def _by_source(evidence: Iterable[ViewModel]) -> list[ViewModel]:
    """Each source once, with the places in it and what is quoted from them."""
    found: dict[str, list[ViewModel]] = {}
    for one in evidence:
        found.setdefault(one.source.id, []).append(one)
    return [ViewModel(source=places[0].source, url=places[0].url, places=places) for places in found.values()]


def _all_digits(texts: Texts, fact: report.Fact) -> str:
    """The value with all its digits; empty where its usual form already has them."""
    unit = replace(fact.unit, compact=False)
    digits = texts.formatter.value(fact.value, unit, digits=fact.digits)
    return digits if digits != texts.value(fact) else ""


def _names(texts: Texts, fact: report.Fact, term: report.Term) -> bool:
    """Whether a fact's label has a term as whole words."""
    label, name = texts.label(fact).casefold(), texts.fill(term.term).casefold()
    if name not in label:  # words cost more to find
        return False
    parts, wanted = (words(text, texts.language.locale) for text in (label, name))
    return any(parts[at : at + len(wanted)] == wanted for at in range(len(parts)))

"""The texts of PNG images besides what a chart draws: of a chart outside its page, and of a page in link previews."""

from __future__ import annotations

from ..charts.sources import publisher_names
from ..model.report import Chart
from ..pages.page import Page
from ..records.struct import Struct
from ..wording import citations
from ..wording.formatting import SHORT
from ..wording.texts import Texts


class Card(Struct, frozen=True, kw_only=True):
    """The texts of a link preview's picture: report, title of the page, a value with its label, and a line at the bottom."""

    report: str
    title: str
    value: str
    label: str
    footer: str


def chart_lines(chart: Chart, texts: Texts) -> tuple[str, str, str]:
    """The texts of a chart outside its page: title, publishers of its sources, and citation of the report."""
    word = texts.language.word
    publishers = publisher_names(chart, texts)
    named = source_heading(texts, count=len(publishers)).replace("{1}", word("cite.list").join(publishers))
    return texts.fill(chart.title), named if publishers else "", citations.plain(texts, citations.report_reference(texts))


def source_heading(texts: Texts, *, count: int) -> str:
    """What stands before the names of so many publishers, which are to replace "{1}" in it."""
    word = texts.language.word
    return word("text.titled").replace("{0}", word("part_source" if count == 1 else "part_sources"))


def card(page: Page, texts: Texts) -> Card:
    """The card of a page: the first page and sections show the first fact they use, others their description."""
    report, code = texts.edition.report, texts.language.code
    shows_fact = page.uses.facts and page.name in ("index", *report.sections)
    fact = texts.edition.facts[page.uses.facts[0]] if shows_fact else None
    return Card(
        report="" if page.name == "index" else report.title[code],
        title=report.title[code] if page.name == "index" else page.title,
        value=texts.value(fact, SHORT) if fact else "",
        label=texts.label(fact) if fact else page.description,
        footer=" · ".join((report.publisher[code], texts.word_period(report.as_of))),
    )

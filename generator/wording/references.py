"""What is cited: the report, one of its facts, or a source, as a bibliographic reference in one language.

A fact is cited as a statement of the report, and the reference names the sources that stated it first.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from enum import StrEnum

from ..model import addresses
from ..model.notation import written
from ..model.periods import Period
from ..model.report import Fact, Report
from ..model.sources import Source
from ..records.struct import Struct
from .formatting import SHORT
from .texts import Texts


class Kind(StrEnum):
    """What a reference stands for."""

    REPORT = "report"
    FACT = "fact"
    SOURCE = "source"


class Reference(Struct, frozen=True, kw_only=True):
    """A bibliographic reference; texts are plain and in one language, `key` is the same in every language."""

    kind: Kind
    key: str
    title: str
    publisher: str
    issued: Period | None
    url: str
    language: str  # a BCP 47 tag
    container: str = ""  # the title of the report that a fact belongs to
    abstract: str = ""
    originals: tuple[Source, ...] = ()
    original_text: str = ""  # the original sources as a list in words
    derived: bool = False  # calculated by the report from what its sources state


def report_reference(texts: Texts) -> Reference:
    """The reference of the whole report."""
    report, code = texts.edition.report, texts.language.code
    return Reference(
        kind=Kind.REPORT,
        key=addresses.slug(report.site_url),
        title=report.title[code],
        publisher=report.publisher[code],
        issued=report.as_of,
        url=addresses.absolute(report.site_url, f"{_edition(report, report.as_of.text)}{code}/"),
        language=texts.language.locale,
        abstract=report.description[code],
    )


def fact_reference(texts: Texts, fact: Fact) -> Reference:
    """The reference of one fact: label and value as its title, the report as its container, its sources as originals."""
    report, code = texts.edition.report, texts.language.code
    sources = originals(fact)
    return Reference(
        kind=Kind.FACT,
        key=f"{addresses.slug(report.site_url)}_{fact.id}",
        title=texts.titled(texts.label(fact), texts.value(fact, SHORT)),
        publisher=report.publisher[code],
        issued=report.as_of,
        url=addresses.absolute(
            report.site_url, f"{_edition(report, fact=fact)}{addresses.in_language(texts.edition.fact_address(fact.id), code)}"
        ),
        language=texts.language.locale,
        container=report.title[code],
        originals=sources,
        original_text=_source_list(texts, sources),
        derived=bool(fact.formula),
    )


def chart_reference(texts: Texts, title: str, url: str, publishers: Sequence[str]) -> Reference:
    """The reference of a chart by its title, with the report as its container and the publishers of its sources."""
    report, code = texts.edition.report, texts.language.code
    return Reference(
        kind=Kind.FACT,
        key="",
        title=title,
        publisher=report.publisher[code],
        issued=report.as_of,
        url=url,
        language=texts.language.locale,
        container=report.title[code],
        original_text=texts.language.word("cite.list").join(publishers),
    )


def statement(fact: Fact) -> str:
    """What a fact states: its value with unit, period and date, in the notation of data/."""
    return " ".join(written(one) for one in (fact.value, fact.unit, fact.period, fact.as_of))


def _edition(report: Report, as_of: str = "", fact: Fact | None = None) -> str:
    """The folder of the newest dated edition, as far as it states the same; empty where it does not, or there is none."""
    newest = next(iter(report.editions), None)
    if newest is None or (as_of and newest.as_of != as_of) or (fact and newest.facts.get(fact.id) != statement(fact)):
        return ""
    return addresses.edition(newest.date)


def source_reference(texts: Texts, source: Source) -> Reference:
    """The reference of a source, in the source's own language; its key is its id unless the report has the same."""
    report_key = addresses.slug(texts.edition.report.site_url)
    ambiguous = source.id == report_key or source.id.startswith(f"{report_key}_")
    return Reference(
        kind=Kind.SOURCE,
        key=f"source-{source.id}" if ambiguous else source.id,  # an id has no hyphen
        title=source.title,
        publisher=source.publisher,
        issued=source.date,
        url=source.url,
        language=source.language,
    )


def originals(fact: Fact) -> tuple[Source, ...]:
    """The sources of a fact's evidence, each once, in the order of the evidence."""
    return tuple({evidence.source.id: evidence.source for evidence in fact.evidence}.values())


def with_originals(texts: Texts, reference: Reference) -> tuple[Reference, ...]:
    """The reference, then one for each of its original sources."""
    return (reference, *(source_reference(texts, source) for source in reference.originals))


def plain(texts: Texts, reference: Reference) -> str:
    """The reference as one or two sentences of plain text."""
    issued = texts.word_period(reference.issued) if reference.issued else ""
    if reference.kind is Kind.REPORT:
        return _filled(texts, "cite.report", reference.publisher, reference.title, issued, reference.url)
    parts = (reference.title, reference.publisher, reference.container, issued, reference.url, reference.original_text)
    return _filled(texts, "cite.derived" if reference.derived else "cite.fact", *parts)


def _source_list(texts: Texts, sources: Sequence[Source]) -> str:
    """Publisher, title and date of each source, joined as the language joins a list."""
    named = [
        _filled(texts, "cite.source", source.publisher, source.title, texts.word_period(source.date))
        if source.date
        else _filled(texts, "cite.undated", source.publisher, source.title)
        for source in sources
    ]
    return texts.language.word("cite.list").join(named)


def _filled(texts: Texts, key: str, *parts: str) -> str:
    """A pattern of the language with {0}, {1} and so on replaced; in one pass, since a part may hold braces itself."""
    return re.sub(r"\{(\d)\}", lambda number: parts[int(number[1])], texts.language.word(key))

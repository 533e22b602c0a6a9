"""Citations of the report and its facts: files for reference managers, meta tags of pages, and CITATION.cff."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from html import escape

from ..model import addresses
from ..model.report import Fact
from ..model.sources import Source
from .citation_formats import FORMATS, joined
from .references import (
    chart_reference,
    fact_reference,
    originals,
    plain,
    report_reference,
    source_reference,
    statement,
    with_originals,
)
from .texts import Texts

__all__ = [
    "FORMATS",
    "PLAIN",
    "all_facts",
    "cff",
    "chart_reference",
    "cite",
    "fact_files",
    "fact_reference",
    "files",
    "meta",
    "originals",
    "plain",
    "report_files",
    "report_reference",
    "rows",
    "source_row",
    "statement",
]
PLAIN = "txt"  # references as sentences


def files(texts: Texts) -> Iterator[tuple[str, str]]:
    """Paths below the language's folder and contents: the report and all its facts, in every format and as plain text."""
    yield from report_files(texts)
    facts = texts.edition.facts.values()
    written, sources = rows(texts, facts), {one.id: source_row(texts, one) for fact in facts for one in originals(fact)}
    for extension in (*FORMATS, PLAIN):
        yield all_facts(texts, extension, [written], sources.values())


def report_files(texts: Texts) -> Iterator[tuple[str, str]]:
    """Paths below the language's folder and contents: the report in every format and as plain text."""
    report = report_reference(texts)
    for extension, write in FORMATS.items():
        yield f"cite/report.{extension}", write([report])
    yield f"cite/report.{PLAIN}", plain(texts, report) + "\n"


def rows(texts: Texts, facts: Iterable[Fact]) -> dict[str, str]:
    """Some facts in every format and as plain text, by the file extension: part of what `all_facts` joins."""
    references = [fact_reference(texts, fact) for fact in facts]
    written = {extension: write(references) if references else "" for extension, write in FORMATS.items()}
    return {**written, PLAIN: "".join(plain(texts, reference) + "\n" for reference in references)}


# By the identity of the source, which the entry keeps alive, and the address on which its key depends: facts share sources.
_known: dict[tuple[int, str], tuple[Source, Mapping[str, str]]] = {}
_MOST_KNOWN = 4096


def source_row(texts: Texts, source: Source) -> Mapping[str, str]:
    """A source in every format, by the file extension."""
    key = (id(source), texts.edition.report.site_url)
    if key not in _known:
        if len(_known) >= _MOST_KNOWN:
            _known.clear()
        reference = source_reference(texts, source)
        _known[key] = source, {extension: write([reference]) for extension, write in FORMATS.items()}
    return _known[key][1]


def all_facts(
    texts: Texts, extension: str, facts: Iterable[Mapping[str, str]], sources: Iterable[Mapping[str, str]]
) -> tuple[str, str]:
    """Path and content of all facts, with the report and their sources, in one format; from `rows` and from `source_row`."""
    written = [row[extension] for row in facts]
    if extension != PLAIN:
        report = FORMATS[extension]([report_reference(texts)])
        written = [joined(extension, [report, *filter(None, written), *(row[extension] for row in sources)])]
    return f"cite/facts.{extension}", "".join(written)


def fact_files(texts: Texts, fact: Fact) -> Iterator[tuple[str, str]]:
    """Paths below the language's folder and contents: one fact with its sources, in every format."""
    reference, sources = fact_reference(texts, fact), [source_row(texts, one) for one in originals(fact)]
    for extension, write in FORMATS.items():
        text = joined(extension, [write([reference]), *(row[extension] for row in sources)])
        yield f"cite/facts/{fact.id}.{extension}", text


def cite(texts: Texts, fact: Fact | None, kind: str) -> str:
    """The citation of a fact with its sources, or of the report where `fact` is None.

    `kind` is a file extension of FORMATS, "txt" for plain text, or "cff", which can only cite the report.
    """
    if kind == "cff":
        return cff(texts)
    reference = fact_reference(texts, fact) if fact else report_reference(texts)
    return plain(texts, reference) + "\n" if kind == "txt" else FORMATS[kind](with_originals(texts, reference))


def meta(texts: Texts, *, page: str, title: str) -> str:
    """The citation_* meta tags of a page, as https://scholar.google.com/intl/en/scholar/inclusion.html reads them."""
    report = report_reference(texts)
    assert report.issued is not None  # noqa: S101  a report has a date
    is_part = page != "index"
    tags = {
        "citation_title": title if is_part else report.title,
        "citation_inbook_title": report.title if is_part else "",
        "citation_author": report.publisher,
        "citation_technical_report_institution": report.publisher,
        "citation_publication_date": report.issued.last.strftime("%Y/%m/%d"),
        "citation_language": texts.language.code,
        "citation_fulltext_html_url": addresses.absolute(
            texts.edition.report.site_url, addresses.page(page), texts.language.code
        ),
    }
    return "".join(f'<meta name="{name}" content="{escape(text)}">\n' for name, text in tags.items() if text)


def cff(texts: Texts) -> str:
    """CITATION.cff for the root of the report's repository: https://citation-file-format.github.io/ (1.2.0).

    The file is YAML; its values are written as JSON, which is valid YAML.
    """
    report, reference = texts.edition.report, report_reference(texts)
    fields: dict[str, object] = {
        "cff-version": "1.2.0",
        "message": texts.language.word("cite.message"),
        "type": "dataset",
        "title": reference.title,
        "abstract": reference.abstract,
        "authors": [{"name": reference.publisher}],
        "version": report.as_of.text,
        "date-released": report.as_of.last.isoformat(),
        "url": reference.url,
    }
    if report.licence:
        fields["license"] = report.licence.id
    return "".join(f"{key}: {json.dumps(value, ensure_ascii=False)}\n" for key, value in fields.items())

"""How to cite the report and each of its facts: BibTeX, CSL-JSON, RIS, plain text, and what search engines for literature read.

A fact is cited as what this report says, and names who said it first: the reference carries its original publishers.
Formats: https://www.bibtex.org/Format/, https://docs.citationstyles.org/ (1.0.2), RIS as reference managers write it,
https://citation-file-format.github.io/ (1.2.0).
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from html import escape

from ..model import addresses
from ..model.periods import Form, Period
from ..model.report import Fact, Source
from .formatting import SHORT
from .texts import Texts

REPORT, FACT, SOURCE = "report", "fact", "source"
_TEX = str.maketrans(
    {
        "\\": r"\textbackslash{}", "{": r"\{", "}": r"\}", "&": r"\&", "%": r"\%", "$": r"\$", "#": r"\#", "_": r"\_",
        "~": r"\textasciitilde{}", "^": r"\textasciicircum{}",
    }
)  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Reference:
    """One thing to cite, in the words of one language."""

    kind: str
    key: str
    title: str
    publisher: str
    issued: Period | None
    url: str
    language: str
    container: str = ""  # the report a fact stands in
    abstract: str = ""
    originals: tuple[Source, ...] = ()
    original_text: str = ""  # the same, worded
    derived: bool = False  # worked out by this report from what they said


def report_reference(texts: Texts) -> Reference:
    """The report as a whole."""
    report, code = texts.edition.report, texts.language.code
    return Reference(
        kind=REPORT,
        key=addresses.slug(report.site_url),
        title=report.title[code],
        publisher=report.publisher[code],
        issued=report.as_of,
        url=addresses.absolute(report.site_url, "", code),
        language=texts.language.locale,
        abstract=report.description[code],
    )


def fact_reference(texts: Texts, fact: Fact) -> Reference:
    """One fact, as this report states it and after whom."""
    report, code = texts.edition.report, texts.language.code
    return Reference(
        kind=FACT,
        key=f"{addresses.slug(report.site_url)}_{fact.id}",
        title=_filled(texts, "text.titled", texts.label(fact), texts.value(fact, SHORT)),
        publisher=report.publisher[code],
        issued=report.as_of,
        url=addresses.absolute(report.site_url, addresses.fact(fact.id), code),
        language=texts.language.locale,
        container=report.title[code],
        originals=originals(fact),
        original_text=_listed(texts, originals(fact)),
        derived=bool(fact.formula),
    )


def source_reference(source: Source) -> Reference:
    """A source the report rests on."""
    return Reference(
        kind=SOURCE,
        key=source.id,
        title=source.title,
        publisher=source.publisher,
        issued=source.date,
        url=source.url,
        language=source.language,
    )


def originals(fact: Fact) -> tuple[Source, ...]:
    """Who said it first: the sources of its evidence, each once."""
    return tuple({one.source.id: one.source for one in fact.evidence}.values())


def with_originals(reference: Reference) -> tuple[Reference, ...]:
    """The reference and those of its original sources."""
    return (reference, *(source_reference(source) for source in reference.originals))


# --- plain text -------------------------------------------------------------------------------


def plain(texts: Texts, reference: Reference) -> str:
    """The reference as a sentence or two to paste."""
    issued = texts.word_period(reference.issued) if reference.issued else ""
    if reference.kind == REPORT:
        return _filled(texts, "cite.report", reference.publisher, reference.title, issued, reference.url)
    parts = (reference.title, reference.publisher, reference.container, issued, reference.url, reference.original_text)
    return _filled(texts, "cite.derived" if reference.derived else "cite.fact", *parts)


def _listed(texts: Texts, sources: Sequence[Source]) -> str:
    named = [
        _filled(texts, "cite.source", one.publisher, one.title, texts.word_period(one.date))
        if one.date
        else _filled(texts, "cite.undated", one.publisher, one.title)
        for one in sources
    ]
    return texts.language.word("cite.list").join(named)


def _filled(texts: Texts, key: str, *parts: str) -> str:
    return re.sub(r"\{(\d)\}", lambda hole: parts[int(hole[1])], texts.language.word(key))


# --- for reference managers -------------------------------------------------------------------


def bibtex(references: Sequence[Reference]) -> str:
    """The references as BibTeX entries, in UTF-8."""
    return "\n".join(_bibtex(one) for one in references)


def _bibtex(one: Reference) -> str:
    first = one.issued.first if one.issued else None
    role = "institution" if one.kind == REPORT else "publisher"
    fields = {
        "author": f"{{{_tex(one.publisher)}}}",
        "title": f"{{{_tex(one.title)}}}",
        role: f"{{{_tex(one.publisher)}}}",
        "howpublished": _tex(one.container),
        "year": str(first.year) if first else "",
        "month": str(first.month) if first and _knows_month(one.issued) else "",
        "url": one.url,
        "note": _tex(one.original_text),
        "abstract": _tex(one.abstract),
        "langid": one.language,
    }
    body = "".join(f"  {name} = {{{text}}},\n" for name, text in fields.items() if text.strip("{}"))
    return f"@{'techreport' if one.kind == REPORT else 'misc'}{{{one.key},\n{body}}}\n"


def _tex(text: str) -> str:
    return " ".join(text.split()).translate(_TEX)


def csl(references: Sequence[Reference]) -> str:
    """The references as CSL-JSON."""
    return json.dumps([_csl(one) for one in references], ensure_ascii=False, indent=2) + "\n"


def _csl(one: Reference) -> dict[str, object]:
    fields = {
        "id": one.key,
        "type": {REPORT: "report", FACT: "entry", SOURCE: "webpage"}[one.kind],
        "title": one.title,
        "container-title": one.container,
        "author": [{"literal": one.publisher}],
        "publisher": one.publisher,
        "issued": _date_parts(one.issued),
        "original-publisher": "; ".join(dict.fromkeys(source.publisher for source in one.originals)),
        "original-title": "; ".join(source.title for source in one.originals),
        "original-date": _date_parts(min((s.date for s in one.originals if s.date), key=lambda p: p.first, default=None)),
        "abstract": one.abstract,
        "URL": one.url,
        "language": one.language,
        "note": one.original_text,
    }
    return {key: value for key, value in fields.items() if value}


def _date_parts(period: Period | None) -> dict[str, object] | None:
    if period is None:
        return None
    first = period.first
    parts = [first.year]
    if _knows_month(period):
        parts.append(first.month)
    if period.form is Form.DAY:
        parts.append(first.day)
    return {"date-parts": [parts]}


def _knows_month(period: Period | None) -> bool:
    return period is not None and period.form in (Form.MONTH, Form.DAY)


def ris(references: Sequence[Reference]) -> str:
    """The references as RIS records."""
    return "\n".join("".join(f"{tag}  - {text}\r\n" for tag, text in _ris(one) if text) + "ER  - \r\n" for one in references)


def _ris(one: Reference) -> Iterator[tuple[str, str]]:
    yield "TY", {REPORT: "RPRT", FACT: "DATA", SOURCE: "ELEC"}[one.kind]
    yield "ID", one.key
    yield "TI", one.title
    yield "T2", one.container
    yield "AU", one.publisher
    yield "PB", one.publisher
    if one.issued:
        first = one.issued.first
        yield "PY", str(first.year)
        month = f"{first.month:02}" if _knows_month(one.issued) else ""
        yield "DA", f"{first.year}/{month}/{f'{first.day:02}' if one.issued.form is Form.DAY else ''}/"
    for source in one.originals:
        yield "OP", " ".join(f"{source.publisher}: {source.title}".split())
    yield "N1", one.original_text
    yield "AB", one.abstract
    yield "LA", one.language
    yield "UR", one.url


FORMATS: Mapping[str, Callable[[Sequence[Reference]], str]] = {"bib": bibtex, "json": csl, "ris": ris}


def files(texts: Texts) -> Iterator[tuple[str, str]]:
    """The citations of the report and of all its facts in one language, below its folder."""
    whole = report_reference(texts)
    facts = [fact_reference(texts, fact) for fact in texts.edition.facts.values()]
    sources = {source.id: source_reference(source) for one in facts for source in one.originals}
    for ending, write in FORMATS.items():
        yield f"cite/report.{ending}", write([whole])
        yield f"cite/facts.{ending}", write([whole, *facts, *sources.values()])
    yield "cite/report.txt", plain(texts, whole) + "\n"
    yield "cite/facts.txt", "".join(plain(texts, one) + "\n" for one in facts)


def fact_files(texts: Texts, fact: Fact) -> Iterator[tuple[str, str]]:
    """The citation of one fact with its sources, below its language."""
    reference = fact_reference(texts, fact)
    for ending, write in FORMATS.items():
        yield f"cite/facts/{fact.id}.{ending}", write(with_originals(reference))


def cite(texts: Texts, fact: Fact | None, kind: str) -> str:
    """The report, or a fact with its sources, in one of CITATIONS; CFF knows only the report."""
    if kind == "cff":
        return cff(texts)
    reference = fact_reference(texts, fact) if fact else report_reference(texts)
    return plain(texts, reference) + "\n" if kind == "txt" else FORMATS[kind](with_originals(reference))


# --- for the head of a page and the root of a repository --------------------------------------


def meta(texts: Texts, *, page: str, title: str) -> str:
    """The citation_* tags of a page, as https://scholar.google.com/intl/en/scholar/inclusion.html reads them."""
    whole = report_reference(texts)
    assert whole.issued is not None  # noqa: S101  a report has a date
    part = page != "index"
    tags = {
        "citation_title": title if part else whole.title,
        "citation_inbook_title": whole.title if part else "",
        "citation_author": whole.publisher,
        "citation_technical_report_institution": whole.publisher,
        "citation_publication_date": whole.issued.last.strftime("%Y/%m/%d"),
        "citation_language": texts.language.code,
        "citation_fulltext_html_url": whole.url + addresses.page(page),
    }
    return "".join(f'<meta name="{name}" content="{escape(text)}">\n' for name, text in tags.items() if text)


def cff(texts: Texts) -> str:
    """CITATION.cff for the root of the report's repository; every JSON text is a YAML text."""
    report, whole = texts.edition.report, report_reference(texts)
    fields: dict[str, object] = {
        "cff-version": "1.2.0",
        "message": texts.language.word("cite.message"),
        "type": "dataset",
        "title": whole.title,
        "abstract": whole.abstract,
        "authors": [{"name": whole.publisher}],
        "version": report.as_of.text,
        "date-released": report.as_of.last.isoformat(),
        "url": whole.url,
    }
    if report.licence:
        fields["license"] = report.licence.id
    return "".join(f"{key}: {json.dumps(value, ensure_ascii=False)}\n" for key, value in fields.items())

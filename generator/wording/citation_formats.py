"""References in the formats of reference managers: BibTeX, CSL-JSON and RIS.

Formats: https://www.bibtex.org/Format/, https://docs.citationstyles.org/ (1.0.2), and RIS as
https://en.wikipedia.org/wiki/RIS_(file_format) lists its tags. Why no library writes them: docs/decisions.
"""

from __future__ import annotations

import tomllib
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import cache
from pathlib import Path

from ..markup.json_text import json_text
from ..model.periods import Form, Period
from .references import Kind, Reference

_LATEX_ESCAPES = str.maketrans(
    {
        "\\": r"\textbackslash{}", "{": r"\{", "}": r"\}", "&": r"\&", "%": r"\%", "$": r"\$", "#": r"\#", "_": r"\_",
        "~": r"\textasciitilde{}", "^": r"\textasciicircum{}",
    }
)  # fmt: skip


def _has_month(period: Period | None) -> bool:
    return period is not None and period.form in (Form.MONTH, Form.DAY)


def bibtex(references: Sequence[Reference]) -> str:
    """The references as BibTeX entries in UTF-8, with LaTeX's special characters escaped."""
    return "\n".join(_bibtex_entry(reference) for reference in references)


def _bibtex_entry(reference: Reference) -> str:
    first = reference.issued.first if reference.issued else None
    role = "institution" if reference.kind is Kind.REPORT else "publisher"
    fields = {  # a second pair of braces keeps a name whole and a title's capitals
        "author": f"{{{_latex(reference.publisher)}}}",
        "title": f"{{{_latex(reference.title)}}}",
        role: f"{{{_latex(reference.publisher)}}}",
        "howpublished": _latex(reference.container),
        "year": str(first.year) if first else "",
        "month": str(first.month) if first and _has_month(reference.issued) else "",
        "url": reference.url,
        "note": _latex(reference.original_text),
        "abstract": _latex(reference.abstract),
        "langid": _babel_name(reference.language),
    }
    body = "".join(f"  {name} = {{{text}}},\n" for name, text in fields.items() if text.strip("{}"))
    return f"@{'techreport' if reference.kind is Kind.REPORT else 'misc'}{{{reference.key},\n{body}}}\n"


@cache
def _babel_names() -> Mapping[str, str]:
    return tomllib.loads(Path(__file__).with_name("babel_languages.toml").read_text(encoding="utf-8"))


def _babel_name(tag: str) -> str:
    """The name under which LaTeX knows a language (a BCP 47 tag); empty where it knows none."""
    language, *more = tag.split("-")
    region = next((part for part in more if len(part) == len("US")), "")
    return _babel_names().get(f"{language.lower()}-{region.upper()}") or _babel_names().get(language.lower(), "")


def _latex(text: str) -> str:
    return " ".join(text.split()).translate(_LATEX_ESCAPES)


def csl(references: Sequence[Reference]) -> str:
    """The references as a CSL-JSON array."""
    return json_text([_csl_item(reference) for reference in references], indent=2)


def _csl_item(reference: Reference) -> dict[str, object]:
    dates = (source.date for source in reference.originals if source.date)
    fields = {
        "id": reference.key,
        "type": {Kind.REPORT: "report", Kind.FACT: "entry", Kind.SOURCE: "webpage"}[reference.kind],
        "title": reference.title,
        "container-title": reference.container,
        "author": [{"literal": reference.publisher}],
        "publisher": reference.publisher,
        "issued": _date_parts(reference.issued),
        "original-publisher": "; ".join(dict.fromkeys(source.publisher for source in reference.originals)),
        "original-title": "; ".join(source.title for source in reference.originals),
        "original-date": _date_parts(min(dates, key=lambda period: period.first, default=None)),
        "abstract": reference.abstract,
        "URL": reference.url,
        "language": reference.language,
        "note": reference.original_text,
    }
    return {key: value for key, value in fields.items() if value}


def _date_parts(period: Period | None) -> dict[str, object] | None:
    """A CSL date: year, and month and day as far as the period is as precise."""
    if period is None:
        return None
    first = period.first
    parts = [first.year]
    if _has_month(period):
        parts.append(first.month)
    if period.form is Form.DAY:
        parts.append(first.day)
    return {"date-parts": [parts]}


def ris(references: Sequence[Reference]) -> str:
    """The references as RIS records: a line ends in CR and LF, a blank line parts two records."""
    records = ([*_ris_fields(reference), ("ER", "")] for reference in references)
    return "\r\n".join("".join(f"{tag}  - {_one_line(text)}\r\n" for tag, text in record) for record in records)


def _ris_fields(reference: Reference) -> Iterator[tuple[str, str]]:
    """Tags and values of a record, without empty values and the tag of its end."""
    fields = [
        ("TY", {Kind.REPORT: "RPRT", Kind.FACT: "DATA", Kind.SOURCE: "ELEC"}[reference.kind]),
        ("ID", reference.key),
        ("TI", reference.title),
        ("T2", reference.container),
        ("AU", reference.publisher),
        ("PB", reference.publisher),
        *_ris_dates(reference.issued),
        *(("OP", f"{source.publisher}: {source.title}") for source in reference.originals),
        ("N1", reference.original_text),
        ("AB", reference.abstract),
        ("LA", reference.language),
        ("UR", reference.url),
    ]
    return (field for field in fields if field[1])


def _ris_dates(issued: Period | None) -> Iterator[tuple[str, str]]:
    """The year, and the date as YYYY/MM/DD/ with empty parts where the period is less precise."""
    if issued is None:
        return
    first = issued.first
    month = f"{first.month:02}" if _has_month(issued) else ""
    day = f"{first.day:02}" if issued.form is Form.DAY else ""
    yield "PY", str(first.year)
    yield "DA", f"{first.year}/{month}/{day}/"


def _one_line(text: str) -> str:
    """The text without line breaks, which would end a field."""
    return " ".join(line.strip() for line in text.splitlines())


def joined(extension: str, parts: Iterable[str]) -> str:
    """One text of several: each is what a format writes of some references."""
    begin, between, end = _AROUND[extension]
    return begin + between.join(one.removeprefix(begin).removesuffix(end) for one in parts) + end


_AROUND: Mapping[str, tuple[str, str, str]] = {"bib": ("", "\n", ""), "json": ("[\n", ",\n", "\n]\n"), "ris": ("", "\r\n", "")}
FORMATS: Mapping[str, Callable[[Sequence[Reference]], str]] = {"bib": bibtex, "json": csl, "ris": ris}  # by file extension

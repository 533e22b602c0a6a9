"""What a project holds: everything about one entry (`show`), and entries by words, number or address (`find`), as data."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from decimal import Decimal
from urllib.parse import urlsplit

from ..diagnostics.finding import Span
from ..model import values
from ..model.languages import Phrase
from ..model.periods import Period
from ..model.report import Claim, Fact
from ..model.units import Unit
from ..model.values import Value
from ..reading.located_values import Entry, members_of, phrases
from ..reading.references import SOURCE_COLUMNS
from ..records.struct import Struct
from ..wording.number_reader import number_reader
from ..wording.texts import Texts
from .project import EditedProject
from .sentences import PageText, PageTexts, paragraphs_of, plain

# What an address of the site ends in, and the kind of entry that is there.
ANCHORS = {
    "claim": "claims",
    "event": "events",
    "term": "terms",
    "source": "sources",
    "judgment": "judgments",
    "name": "names",
    "risk": "risks",
    "check": "checks",
    "fact": "facts",
    "fig": "charts",
}
_KINDS = (*ANCHORS.values(), "series")
_TITLES = ("label", "text", "title", "name", "term")  # the key of an entry's own name, by kind
_FACT_PAGE = re.compile(r"(?:^|/)facts/(\w+)(?:/|\.json|$)")


class Found(Struct, frozen=True, kw_only=True):
    """Something that matches: an entry (or its page, where `id` is a page), why (`matches`), in which language, and where."""

    kind: str
    id: str
    span: Span
    text: str = ""
    language: str = ""


class Uses(Struct, frozen=True, kw_only=True):
    """What names an entry: other entries by kind, and what pages say of it."""

    entries: Mapping[str, tuple[str, ...]]
    pages: tuple[PageText, ...]


def title_of(project: EditedProject, kind: str, key: str, language: str) -> str:
    """An entry's own name in a language, with its values filled in."""
    entry: object = getattr(project.edition, kind).get(key)
    texts = Texts(project.edition, next(one for one in project.languages if one.code == language))
    for name in _TITLES:
        found = getattr(entry, name, None)
        if isinstance(found, Phrase):
            return texts.fill(found, entry if isinstance(entry, Fact | Claim) else None)
        if isinstance(found, str):
            return found
    return ""


def place_of_value(project: EditedProject, fact: Fact) -> Span:
    """Where the value of a fact is written: in the fact, or in the cell of a series; the fact itself for a derived value."""
    entry = project.draft.facts[fact.id]
    if fact.series is not None:
        series, column, at = fact.series
        key = project.edition.series[series].key
        for row in project.draft.cells.get(series, ()):
            if key in row and row[key].text == at and column in row:
                return row[column].span
    return entry.span_of("formula" if fact.formula else "value")


def uses_of(project: EditedProject, kind: str, key: str) -> Uses:
    """Everything that names an entry."""
    owners: dict[str, dict[str, None]] = {}
    entries = {one: sorted((entry.span, name) for name, entry in project.entries(one).items()) for one in _KINDS}
    for file, found in project.references():
        if (found.kind, found.id) != (kind, key) or not file.startswith("data/"):
            continue
        line = project.files.text(file).count("\n", 0, found.start) + 1
        of_file = file.split("/")[1].removesuffix(".yml")
        owner = [name for span, name in entries.get(of_file, ()) if span.file == file and span.line <= line]
        if owner and (of_file, owner[-1]) != (kind, key):
            owners.setdefault(of_file, {})[owner[-1]] = None
    for one in _charts_of_series(project, kind, key):
        owners.setdefault("charts", {})[one] = None
    if kind == "sources":
        for series, rows in project.draft.cells.items():
            if any(key in row[name].text.split() for row in rows for name in SOURCE_COLUMNS if name in row):
                owners.setdefault("series", {})[series] = None
    return Uses(entries={name: tuple(found) for name, found in owners.items()}, pages=tuple(page_texts(project, kind, key)))


def _charts_of_series(project: EditedProject, kind: str, key: str) -> Iterator[str]:
    """Charts that draw a fact because they draw the column of a series that it is a cell of."""
    cell = project.edition.facts[key].series if kind == "facts" and key in project.edition.facts else None
    for chart in project.edition.charts.values():
        columns = chart.options.get("columns")
        if cell and cell[0] in chart.series and (not isinstance(columns, tuple) or cell[1] in columns):
            yield chart.id


def page_texts(project: EditedProject, kind: str, key: str) -> Iterator[PageText]:
    """What pages say of an entry, in the order of pages and languages."""
    texts = PageTexts(project.root, project.edition)
    for outline in project.checked.outlines:
        yield from texts.naming(outline, {(kind, key)})


def find(project: EditedProject, query: str) -> list[Found]:
    """Entries and sentences that an address of the site, a number as any language writes it, or all of some words lead to."""
    if (address := list(_by_address(project, query))) or "/" in query or query.startswith("#"):
        return address
    numbers = numbers_in(project, query)
    return [*(_by_number(project, numbers) if numbers else ()), *_by_words(project, query)]


def _by_address(project: EditedProject, query: str) -> Iterator[Found]:
    try:
        parts = urlsplit(query.strip())
    except ValueError:  # the brackets of an address of IPv6 that is none
        return
    if match := _FACT_PAGE.search(parts.path):
        aliases = {alias: fact.id for fact in project.edition.facts.values() for alias in fact.aliases}
        yield from _entry(project, "facts", aliases.get(match[1], match[1]))
    kind, _, key = parts.fragment.partition("-")
    if kind in ANCHORS:
        yield from _entry(project, ANCHORS[kind], key)
    if parts.fragment and not match:
        yield from _headings(project, parts.path, parts.fragment)
    elif not match and ("/" in query or query in project.edition.report.pages):
        yield from (
            Found(kind="pages", id=outline.page, span=Span(outline.file), language=outline.language)
            for outline in project.checked.outlines
            if _page_of(project, parts.path) == (outline.page, _language_of(project, parts.path) or outline.language)
        )


def _headings(project: EditedProject, path: str, anchor: str) -> Iterator[Found]:
    for outline in project.checked.outlines:
        page, language = _page_of(project, path)[0], _language_of(project, path) or outline.language
        if outline.language == language and outline.page in (page, outline.page if not path else page):
            yield from (
                Found(kind="pages", id=outline.page, span=heading.span, language=outline.language)
                for heading in outline.headings
                if heading.anchor == anchor
            )


def _page_of(project: EditedProject, path: str) -> tuple[str, str]:
    codes = [one.code for one in project.languages]
    parts = [part for part in path.split("/") if part and part != "index.html"]
    while parts and parts[0] not in codes and "/".join(parts) not in project.edition.report.pages:
        parts.pop(0)
    language = parts.pop(0) if parts and parts[0] in codes else ""
    return "/".join(parts) or "index", language or _language_of(project, path)


def _language_of(project: EditedProject, path: str) -> str:
    return next((one.code for one in project.languages if f"/{one.code}/" in f"/{path}/"), "")


def _entry(project: EditedProject, kind: str, key: str) -> Iterator[Found]:
    if key in project.entries(kind):
        title = title_of(project, kind, key, project.edition.report.default.code)
        yield Found(kind=kind, id=key, span=project.entries(kind)[key].span, text=title)


def numbers_in(project: EditedProject, query: str) -> tuple[Decimal, ...]:
    """The numbers that a text is in the notation of data/ (72.2e9), or as one of the report's languages writes it (722億).

    The language that reads most of the text is meant.
    """
    try:
        return tuple(dict.fromkeys(end.number for end in values.ends(values.parse(query))))
    except ValueError:
        read = [number_reader(language.locale).read(query) for language in project.languages]
        most = max(read, key=lambda numbers: sum(len(number.text) for number in numbers))
        return tuple(number.number.copy_negate() if number.sign < 0 else number.number for number in most)


def _by_number(project: EditedProject, numbers: tuple[Decimal, ...]) -> Iterator[Found]:
    for fact in project.edition.facts.values():
        if all(_holds(fact.value, fact.unit, number) for number in numbers):
            yield Found(kind="facts", id=fact.id, span=place_of_value(project, fact), text=_worded(project, fact))
        elif any(all(_holds(change.value, fact.unit, number) for number in numbers) for change in fact.history):
            yield Found(kind="history", id=fact.id, span=project.draft.facts[fact.id].span_of("history"))
    for claim in project.edition.claims.values():
        entry = project.draft.claims[claim.id]
        if claim.unit is not None and all(_holds(claim.claimed, claim.unit, number) for number in numbers):
            yield Found(kind="claims", id=claim.id, span=entry.span_of("claimed"))
    cells = {fact.series for fact in project.edition.facts.values()}
    for series in project.edition.series.values():
        for row, written in zip(series.rows, project.draft.cells.get(series.id, ()), strict=False):
            for column, value in row.values.items():
                unit = series.columns[column].unit
                if (series.id, column, row.key) not in cells and all(_holds(value, unit, number) for number in numbers):
                    yield Found(kind="series", id=series.id, span=written[column].span, text=f"{row.key}, {column}")


def _holds(value: Value | Period | None, unit: Unit | None, number: Decimal) -> bool:
    """Whether an end of a value is a number, as far as the number's digits tell; a share may be given as a percentage."""
    if value is None or isinstance(value, Period):
        return False
    percent = unit is not None and unit.percent
    digits = values.significant_digits(number.normalize()) if number else 1
    for end in (end.number for end in values.ends(value)):
        for wanted in (number, number / 100) if percent else (number,):
            if end == wanted or values.round_significant(end, digits) == wanted:
                return True
    return False


def _worded(project: EditedProject, fact: Fact) -> str:
    return " / ".join(
        f"{texts.label(fact)}: {texts.value(fact)}" for texts in (Texts(project.edition, one) for one in project.languages)
    )


def _by_words(project: EditedProject, query: str) -> Iterator[Found]:
    words = query.casefold().split()
    for kind in _KINDS:
        for key, entry in project.entries(kind).items():
            for span, language, text in _texts(key, entry):
                if all(word in text.casefold() for word in words):
                    yield Found(kind=kind, id=key, span=span, text=text, language=language)
                    break
    texts = PageTexts(project.root, project.edition)
    for outline in project.checked.outlines:
        for paragraph in paragraphs_of(outline):
            if all(word in plain(paragraph.text).casefold() for word in words):
                found = texts.of(outline, paragraph)
                told = [one for one in found.sentences if all(word in one.casefold() for word in words)] or found.sentences
                yield Found(kind="pages", id=outline.page, span=found.span, text=" ".join(told), language=outline.language)


def _inner(entry: Entry) -> Iterator[Entry]:
    """The pieces of evidence of an entry, and its stored copy."""
    for located in (*members_of(entry["evidence"]), entry["archived"]):
        if isinstance(located, Entry):
            yield located


def _texts(key: str, entry: Entry) -> Iterator[tuple[Span, str, str]]:
    yield entry.span, "", key
    for owner in (entry, *_inner(entry)):
        yield from (
            (owner.span_of(name), "", str(owner.get(name)))
            for name in ("publisher", "title", "url", "as_written", "quote")
            if isinstance(owner.get(name), str)
        )
    for _, phrase in phrases(entry):
        if isinstance(phrase.value, Phrase):
            yield from ((phrase.spans[code], code, text) for code, text in phrase.value.texts.items())

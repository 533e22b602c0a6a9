"""Settles series: cells parsed by the unit of their column, rows with sources; and finds the cells that facts name."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from ..diagnostics.finding import Clause, Span
from ..model import periods, values
from ..model.code_lists import STATUSES
from ..model.languages import Phrase, borrowed_texts, is_language_code
from ..model.periods import FiscalCalendar, Period
from ..model.series import Column, Row, Series
from ..model.sources import Evidence, Source
from ..model.spelling import explain_bad_date, suggest
from ..model.units import Unit
from ..model.values import Value
from ..reading.located_values import Entry, members_of, text_of
from ..records.struct import replace
from ..tables.grid import Cell
from .resolver import Resolver
from .vintages import current_rows, vintage_order

NO_CELL = Cell("", Span(""))
_FLAGS = ("source", "sources", "actual", "status", "note", "vintage")


def settle_series(resolver: Resolver, units: Mapping[str, Unit], sources: Mapping[str, Source]) -> dict[str, Series]:
    """Every series that has a label, with its cells as values and texts; mistakes are reported."""
    found: dict[str, Series] = {}
    for key, entry in resolver.draft.series.items():
        columns = _columns(resolver, entry, units)
        label = resolver.phrase(entry, "label")
        cited = resolver.references("sources", entry["sources"])
        _check_header(resolver, key, entry)
        if label is None:
            continue
        rows = tuple(_rows(resolver, key, entry, columns, sources))
        found[key] = Series(
            id=key,
            label=label,
            key=text_of(entry, "key"),
            topic=text_of(entry, "topic"),
            columns=columns,
            rows=current_rows(rows, columns),
            vintages=rows if any(row.vintage for row in rows) else (),
            note=resolver.phrase(entry, "note"),
            sources=tuple(sources[name] for name in cited if name in sources),
        )
    return found


def _rows(
    resolver: Resolver, key: str, entry: Entry, columns: Mapping[str, Column], sources: Mapping[str, Source]
) -> Iterator[Row]:
    """The rows of a series; those of a table without a column of sources have the sources of the series."""
    whole = tuple(sources[str(one.value)] for one in members_of(entry["sources"]) if str(one.value) in sources)
    calendar = resolver.calendar(resolver.reference("names", entry["entity"]))
    for cells in resolver.draft.cells.get(key, ()):
        row = _row(resolver, text_of(entry, "key"), cells, columns, sources)
        row = replace(row, period=_period(row.key, calendar))
        if row.vintage and vintage_order(row) is None:
            found = cells["vintage"].text
            resolver.report("bad-date", cells["vintage"].span, found=found, why=explain_bad_date(found))
        yield replace(row, sources=whole) if whole and not {"source", "sources"} & cells.keys() else row


def _period(text: str, calendar: FiscalCalendar) -> Period | None:
    try:
        return calendar.dated(periods.parse(text))
    except ValueError:
        return None


def _check_header(resolver: Resolver, key: str, entry: Entry) -> None:
    """Report columns that the file of a series lacks, and rows that have the same name."""
    rows = resolver.draft.cells.get(key, ())
    if not rows or not isinstance(entry["columns"], Entry):
        return
    header = rows[0]
    where = Clause("columns-of", {"name": f"data/series/{key}.csv"})
    if (located := entry["key"]) is not None and located.value not in header:
        resolver.report(
            "unknown-id", located.span, id=str(located.value), kind=where, suggestion=suggest(str(located.value), header)
        )
    for name, span in entry["columns"].keys.items():
        column = entry["columns"][name]
        if isinstance(column, Entry) and column["estimate_of"] is not None:
            of = text_of(column, "estimate_of")
            if of not in entry["columns"].keys:
                known = suggest(of, entry["columns"].keys)
                resolver.report("unknown-id", column.span_of("estimate_of"), id=of, kind=where, suggestion=known)
        elif name not in header and not any(column.startswith(f"{name}:") for column in header):
            resolver.report("unknown-id", span, id=name, kind=where, suggestion=suggest(name, header))
    first: dict[tuple[str, str], Cell] = {}
    for row in rows:
        cell = row.get(text_of(entry, "key"))
        if cell is None:
            continue
        vintage = row.get("vintage", NO_CELL).text
        if (cell.text, vintage) in first:
            resolver.report("duplicate-id", cell.span, second=first[cell.text, vintage].span, id=cell.text)
        first.setdefault((cell.text, vintage), cell)


def _columns(resolver: Resolver, entry: Entry, units: Mapping[str, Unit]) -> dict[str, Column]:
    found: dict[str, Column] = {}
    located = entry["columns"]
    for name, column in located.fields.items() if isinstance(located, Entry) else ():
        if isinstance(column, Entry):
            unit = resolver.reference("units", column["unit"])
            found[name] = Column(
                id=name,
                label=resolver.phrase(column, "label"),
                unit=units.get(unit),
                status=text_of(column, "status", "observed"),
                estimate_of=text_of(column, "estimate_of"),
                estimate=text_of(column, "estimate", "last"),
            )
    return found


def _row(
    resolver: Resolver,
    key: str,
    cells: Mapping[str, Cell],
    columns: Mapping[str, Column],
    sources: Mapping[str, Source],
) -> Row:
    written = {name: cell for name, cell in cells.items() if cell.text and name != key and name not in _FLAGS}
    for name, known in (("status", STATUSES), ("actual", ("true", "false"))):
        if (cell := cells.get(name, NO_CELL)).text and cell.text not in known:
            resolver.report("unknown-word", cell.span, found=cell.text, suggestion=suggest(cell.text, known))
    return Row(
        key=cells.get(key, NO_CELL).text,
        values=dict(_numbers(resolver, written, columns)),
        words=_words(resolver, {name: cell for name, cell in written.items() if name not in columns}),
        plain={name: cell.text for name, cell in written.items() if name in columns and columns[name].unit is None},
        sources=tuple(_cited(resolver, cells, sources)),
        actual=cells.get("actual", NO_CELL).text == "true",
        status=cells.get("status", NO_CELL).text,
        flags={name: cell.flags for name, cell in cells.items() if cell.flags},
        missing={name: cell.missing for name, cell in cells.items() if cell.missing},
        note=cells.get("note", NO_CELL).text,
        vintage=cells.get("vintage", NO_CELL).text,
    )


def _numbers(resolver: Resolver, cells: Mapping[str, Cell], columns: Mapping[str, Column]) -> Iterator[tuple[str, Value]]:
    for name, cell in cells.items():
        if name in columns and columns[name].unit is not None:
            try:
                yield name, values.parse(cell.text)
            except ValueError:
                resolver.report("bad-value", cell.span, "cell", found=cell.text)


def _words(resolver: Resolver, cells: Mapping[str, Cell]) -> dict[str, Phrase]:
    """Texts in several languages: columns named with a language code behind a colon, such as place:en."""
    texts: dict[str, dict[str, str]] = {}
    languages = resolver.draft.languages
    for name, cell in cells.items():
        base, colon, code = name.partition(":")
        if not colon or not is_language_code(code):
            continue  # a colon of the heading itself, as in "Ratio: total"
        texts.setdefault(base, {})[code] = cell.text
        if missing := [one.code for one in languages if not one.in_progress and f"{base}:{one.code}" not in cells]:
            resolver.report("missing-language", cell.span, language=", ".join(missing))
    codes, in_progress = [one.code for one in languages], {one.code for one in languages if one.in_progress}
    return {name: Phrase(words, borrowed_texts(words, codes, in_progress)) for name, words in texts.items()}


def _cited(resolver: Resolver, cells: Mapping[str, Cell], sources: Mapping[str, Source]) -> Iterator[Source]:
    cell = cells.get("source") or cells.get("sources") or NO_CELL
    for word in cell.text.split():
        if word in sources:
            yield sources[word]
        else:
            resolver.report_unknown("sources", word, resolver.subspan(cell.span, cell.text, cell.text.index(word), len(word)))


Rows = Mapping[str, Mapping[str, Row]]  # of each series, by their names


def rows_by_name(known: Mapping[str, Series]) -> Rows:
    """The rows of each series by name; of two rows with the same name the first."""
    return {name: {row.key: row for row in reversed(series.rows)} for name, series in known.items()}


def find_cell(
    resolver: Resolver, located: Entry, known: Mapping[str, Series], rows: Rows
) -> tuple[Value, Unit, tuple[Evidence, ...]] | None:
    """The value, unit and evidence of the cell that a fact's `from` names; None where there is none, which is reported."""
    name, column, at = resolver.reference("series", located["series"]), text_of(located, "column"), text_of(located, "at")
    if name not in known or not column or not at:
        return None
    series, measured = known[name], _columns_with_unit(resolver, name)
    if column not in measured:
        where = Clause("columns-of", {"name": name})
        resolver.report("unknown-id", located.span_of("column"), id=column, kind=where, suggestion=suggest(column, measured))
        return None
    unit = series.columns[column].unit if column in series.columns else None
    row = rows[name].get(at)
    if unit is None or row is None or column not in row.values:
        if unit is not None:
            _report_row(resolver, located, series, column, at)
        return None
    return row.values[column], unit, tuple(Evidence(source=source, at=None) for source in row.sources)


def _report_row(resolver: Resolver, located: Entry, series: Series, column: str, at: str) -> None:
    """Report that a row does not exist or its cell is empty; one that cannot be read has its own finding."""
    rows = resolver.draft.cells[series.id]
    if f"data/series/{series.id}.csv" in resolver.draft.unreadable or (rows and not {series.key, column} <= set(rows[0])):
        return
    if not any(row[series.key].text == at and row[column].text for row in rows):
        known = [row.key for row in series.rows if column in row.values]
        where = Clause("rows-of", {"name": series.id})
        resolver.report("unknown-id", located.span_of("at"), id=at, kind=where, suggestion=suggest(at, known))


def _columns_with_unit(resolver: Resolver, series: str) -> list[str]:
    """The columns that have a unit, or could have one: a column that cannot be read has its own finding."""
    columns = resolver.draft.series[series]["columns"]
    if not isinstance(columns, Entry):
        return []
    return [key for key in columns.keys if not isinstance(column := columns[key], Entry) or "unit" in column.keys]

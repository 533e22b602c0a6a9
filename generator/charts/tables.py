"""The values of a chart as a table, worded as in prose, for readers who prefer text or copy the values."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from decimal import Decimal
from typing import TYPE_CHECKING

from ..model.values import Point
from ..records.struct import replace
from .crosstab import cross_tabulate
from .drawn_values import signed
from .installed_marks import tabulate_installed
from .marks_areas import AreaRow, area_rows
from .marks_flows import flow_links
from .marks_histogram import distribution
from .marks_range_outcome import judged_rows
from .marks_waterfall import waterfall_steps
from .organisation_changes import change_of
from .references import expected_values
from .resolved_spec import Item, ResolvedSpec
from .stack_wholes import wholes
from .table_cells import VALUE_PARTS, Cell, Table

if TYPE_CHECKING:
    from ..model.periods import Period
    from ..model.report import Chart, Edition
    from ..model.series import Row, Series
    from ..wording.texts import Texts


def tabulate(chart: Chart, edition: Edition, texts: Texts) -> Table:
    """The values of a chart in one language as a table."""
    return tabulate_spec(ResolvedSpec.of(chart, edition, texts))


def tabulate_spec(spec: ResolvedSpec) -> Table:
    """The table of a chart whose facts and words are looked up."""
    words = spec.texts.language.words
    parts = tuple(words.get(f"chart.part.{part}", f"{{0}} ({part})") for part in VALUE_PARTS)
    language = spec.texts.language.code if spec.stands_in else ""
    table = TABLES.get(spec.chart.mark, tabulate_installed)(spec)
    return replace(table, parts=parts, language=language)


def _items(spec: ResolvedSpec, items: list[Item]) -> Table:
    """Label, value, and status where any item is not observed."""
    has_status = any(item.status != "observed" for item in items)
    columns = (spec.word("item"), spec.word("value"), *((spec.word("status"),) if has_status else ()))
    rows = [(Cell(item.label), _value(item), *((Cell(spec.status(item.status)),) if has_status else ())) for item in items]
    return Table(columns, tuple(rows))


def _bars(spec: ResolvedSpec) -> Table:
    """As above, with a column for what items are on their way to, or for parts of them; and one for the groups they are in."""
    items = spec.items()
    noted = [replace(item, label=spec.noted(item.label, item.note)) for item in items]
    table, seconds = _items(spec, noted), [item.plan or item.part for item in items]
    if named := [one for one in seconds if one is not None]:
        both = zip(table.rows, seconds, strict=True)
        rows = tuple((*row[:2], _value(one) if one else Cell(""), *row[2:]) for row, one in both)
        second = spec.phrase("part_label") or spec.status(named[0].status)
        table = Table((*table.columns[:2], second, *table.columns[2:]), rows)
    if not any(item.group for item in items):
        return table
    rows = tuple((Cell(item.group), *row) for item, row in zip(items, table.rows, strict=True))
    return Table((spec.word("item"), spec.word("part"), *table.columns[1:]), rows)


def _stack(spec: ResolvedSpec) -> Table:
    if several := wholes(spec):
        table = _items(spec, [item for whole in several for item in whole.parts])
        labels = [Cell(whole.heading) for whole in several for _ in whole.parts]
        rows = tuple((label, *row) for label, row in zip(labels, table.rows, strict=True))
        return Table((spec.word("item"), spec.word("part"), *table.columns[1:]), rows)
    total = [spec.choice("total", "")] if "total" in spec.chart.options else []
    return _items(spec, [spec.item(fact_id) for fact_id in (*total, *spec.ids("parts"))])


def _pairs(spec: ResolvedSpec) -> Table:
    records = spec.records("rows")
    gap = next((spec.item(str(row["gap"])).label for row in records if "gap" in row), "")
    columns = (spec.word("item"), spec.phrase("from_label"), spec.phrase("to_label"), *([gap] if gap else []))
    rows = [
        (
            Cell(spec.noted(spec.text_of(row, "label"), spec.text_of(row, "group"))),
            *(
                _value(spec.item(str(row[end]))) if end in row else Cell("")
                for end in ("from", "to", "gap")[: len(columns) - 1]
            ),
        )
        for row in records
    ]
    return Table(columns, tuple(rows))


def _series(spec: ResolvedSpec) -> Table:
    series = spec.series()
    return _with_expected(spec, _table_of(spec, series, spec.columns(series), spec.rows()))


def _table_of(spec: ResolvedSpec, series: Series, columns: Sequence[str], drawn: Sequence[Row]) -> Table:
    """Some rows and columns of a series."""
    has_status = any(row.actual or row.status for one in spec.all_series() for row in one.rows)
    rows = []
    for row in drawn:
        cells = [spec.cell(series, column, row) for column in columns]
        status = (Cell(spec.status(_status(series, row))),) if has_status else ()
        values = (
            _flagged(spec, _value(item), row.flags.get(column, ())) if item else Cell(_remark(spec, row))
            for column, item in zip(columns, cells, strict=True)
        )
        rows.append((Cell(spec.row_label(row)), *values, *status))
    first = spec.word("date" if spec.periods() else "item")
    headings = (first, *(spec.column_label(series, column) for column in columns))
    return Table((*headings, *((spec.word("status"),) if has_status else ())), tuple(rows))


def _ranges(spec: ResolvedSpec) -> Table:
    """The rows of a series, or of two, with a column that says which."""
    every = spec.all_series()
    if len(columns := [spec.columns(series)[:1] for series in every]) == 1:
        return _table_of(spec, every[0], columns[0], spec.rows())
    drawn = [[row for row in series.rows if named[0] in row.values] for series, named in zip(every, columns, strict=True)]
    tables = [_table_of(spec, series, named, rows) for series, named, rows in zip(every, columns, drawn, strict=True)]
    named = zip(("from_label", "to_label"), tables, strict=True)
    rows = tuple((Cell(spec.phrase(key)), *row) for key, table in named for row in table.rows)
    return Table((spec.word("item"), *tables[0].columns), rows)


def _with_expected(spec: ResolvedSpec, table: Table) -> Table:
    """The same with a column for each value that is expected beyond the rows, and a row for its period."""
    for one in expected_values(spec):
        empty = Cell("")
        row = (Cell(spec.texts.word_period(one.period)), *(empty for _ in table.columns[1:]), _value(one.item))
        table = Table((*table.columns, one.item.label), (*((*cells, empty) for cells in table.rows), row))
    return table


def _status(series: Series, row: Row) -> str:
    """The status of a row; beside an outcome, rows without one are announced."""
    if row.actual:
        return "observed"
    return row.status or ("announced" if any(other.actual for other in series.rows) else "observed")


def _distribution(spec: ResolvedSpec) -> Table:
    """The bins of a histogram, and the median."""
    found = distribution(spec)
    columns = (spec.column_label(spec.series(), spec.columns(spec.series())[0]), spec.word("count"))
    rows = [(Cell(one.text), _count(spec, one.count)) for one in found.bins]
    return Table(columns, (*rows, (Cell(spec.word("median")), Cell(found.median_text, numeric=True))))


def _dated(spec: ResolvedSpec) -> Table:
    """Dates, the texts beside the bars, and values."""
    series, language = spec.series(), spec.texts.language.code
    table, named = _series(spec), spec.ids("labels")
    texts = [tuple(Cell(row.words[key][language] if key in row.words else "") for key in named) for row in spec.rows()]
    rows = tuple((row[0], *cells, *row[1:]) for row, cells in zip(table.rows, texts, strict=True))
    return Table((table.columns[0], *(spec.column_label(series, key) for key in named), *table.columns[1:]), rows)


def _outcomes(spec: ResolvedSpec) -> Table:
    """Ranges and outcomes, and how they compare."""
    table = _series(spec)
    results = {judged.row.number: spec.word(judged.result) for judged in judged_rows(spec)}
    rows = tuple((*row, Cell(results.get(number, ""))) for number, row in enumerate(table.rows))
    return Table((*table.columns, spec.word("result")), rows)


def _steps(spec: ResolvedSpec) -> Table:
    """The steps of a waterfall, changes with their sign."""
    table, steps = _series(spec), {step.row.number: step for step in waterfall_steps(spec)}
    rows = [
        (row[0], replace(row[1], text=signed(row[1].text, rise=step.end > step.start)), *row[2:])
        if (step := steps.get(number)) is not None and not step.total
        else row
        for number, row in enumerate(table.rows)
    ]
    return Table(table.columns, tuple(rows))


def _areas(spec: ResolvedSpec) -> Table:
    columns = tuple(spec.word(key) for key in ("item", "measures"))
    return Table(columns, tuple((Cell(plot.label), _measures(spec, plot)) for plot in area_rows(spec)))


def _organisation(spec: ResolvedSpec) -> Table:
    nodes = (spec.record("root"), *spec.records("nodes"))
    if any(change_of(spec, node) for node in nodes):
        before = [[Cell(spec.text_of(node, key)) for key in ("label", "note")] for node in nodes]
        columns = (spec.word("part"), *(spec.phrase(key) for key in ("from_label", "to_label")))
        if later := spec.phrase("then_label"):
            apart = [[Cell(spec.text_of(node, key)) for key in ("outcome", "then")] for node in nodes]
            return Table((*columns, later), tuple((*cells, *more) for cells, more in zip(before, apart, strict=True)))
        changes = tuple((*cells, Cell(change_of(spec, node))) for cells, node in zip(before, nodes, strict=True))
        return Table(columns, changes)
    rows = tuple((Cell(spec.text_of(node, "label")), Cell(spec.text_of(node, "note"))) for node in nodes)
    return Table((spec.word("part"), spec.word("task")), rows)


def _flows(spec: ResolvedSpec) -> Table:
    columns = tuple(spec.word(key) for key in ("from", "to", "item", "value", "status"))
    rows = [
        (Cell(link.source), Cell(link.target), Cell(link.item.label), _value(link.item), Cell(spec.status(link.item.status)))
        for link in flow_links(spec)
    ]
    return Table(columns, tuple(rows))


def _timeline(spec: ResolvedSpec) -> Table:
    rows = tuple((_date(spec, event.date), Cell(spec.texts.fill(event.title))) for event in spec.events())
    return Table((spec.word("date"), spec.word("event")), rows)


def _matrix(spec: ResolvedSpec) -> Table:
    word = spec.texts.language.word
    columns = (spec.word("risk"), *(spec.word(key) for key in ("likelihood", "impact", "direction")))
    rows = [
        (
            Cell(spec.texts.fill(risk.title)),
            Cell(word(f"level.{risk.likelihood}")),
            Cell(word(f"level.{risk.impact}")),
            Cell(word(f"direction.{risk.direction}")),
        )
        for risk in spec.edition.risks.values()
    ]
    return Table(columns, tuple(rows))


def _counts(spec: ResolvedSpec) -> Table:
    table = cross_tabulate(spec)
    split = len(table.columns) > 1
    columns = (spec.word("item"), *((*table.column_words, spec.word("total")) if split else (spec.word("count"),)))
    rows = []
    for row, word in zip(table.rows, table.row_words, strict=True):
        counts = [table.counts.get((row, column), 0) for column in table.columns]
        cells = (*counts, sum(counts)) if split else counts
        rows.append((Cell(word), *(_count(spec, count) for count in cells)))
    return Table(columns, tuple(rows))


def _value(item: Item) -> Cell:
    return Cell(item.long, numeric=True, fact=item.fact, value=item.stated, unit=item.unit.id, status=item.status)


def _flagged(spec: ResolvedSpec, cell: Cell, flags: Sequence[str]) -> Cell:
    """A cell with what its publisher says of the value behind it, as "provisional"."""
    words = [spec.texts.language.word(f"observation.{flag}") for flag in flags]
    return replace(cell, text=f"{cell.text} ({', '.join(words)})") if words else cell


def _date(spec: ResolvedSpec, date: Period) -> Cell:
    return Cell(spec.texts.word_period(date), value=date)


def _count(spec: ResolvedSpec, count: int) -> Cell:
    return Cell(spec.number(count), numeric=True, value=Point(number=Decimal(count)))


def _measures(spec: ResolvedSpec, row: AreaRow) -> Cell:
    """An area, or a width and a height, which are two quantities in one cell."""
    text = spec.joined(row.measures(spec))
    return replace(_value(row.items[0]), text=text) if len(row.items) == 1 else Cell(text, numeric=True)


def _remark(spec: ResolvedSpec, row: Row) -> str:
    """The text of a series row that has no value, besides its name."""
    code, key = spec.texts.language.code, spec.series().key
    return next((words[code] for name, words in row.words.items() if name != key and words[code]), "")


TABLES: Mapping[str, Callable[[ResolvedSpec], Table]] = {
    "bars": _bars,
    "pairs": _pairs,
    "trend": _series,
    "loglog": _series,
    "stack": _stack,
    "areas": _areas,
    "ranges": _ranges,
    "organisation": _organisation,
    "flows": _flows,
    "timeline": _timeline,
    "matrix": _matrix,
    "counts": _counts,
    "histogram": _distribution,
    "range_outcome": _outcomes,
    "waterfall": _steps,
    "dated_bars": _dated,
    **dict.fromkeys(
        ("line", "area", "stacked_area", "small_multiples", "grouped_bars", "stacked_bars", "diverging_bars"), _series
    ),
    **dict.fromkeys(("slope", "dumbbell", "scatter", "heatmap", "waffle", "tile_map", "bar_table"), _series),
}

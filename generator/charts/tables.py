"""Every value of a chart as a table, worded as in prose: what the picture shows, for those who read or copy it."""

from __future__ import annotations

import html
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from .marks_areas import plots
from .marks_graphs import links
from .resolved_spec import Item, ResolvedSpec
from .tallies import tally


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell; a number is aligned as one, and knows the fact it comes from."""

    text: str
    numeric: bool = False
    fact: str = ""

    @property
    def html(self) -> str:
        """The text, safe to stand in markup."""
        return html.escape(self.text, quote=False)


@dataclass(frozen=True, slots=True)
class Table:
    """Headings and rows of equal length."""

    columns: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]


def tabulate(brief: ResolvedSpec) -> Table:
    """The table of a chart."""
    return TABLES[brief.chart.mark](brief)


def _items(brief: ResolvedSpec, items: list[Item]) -> Table:
    """Name, value, and status where anything is not simply observed."""
    told = any(item.status != "observed" for item in items)
    columns = (brief.word("item"), brief.word("value"), *((brief.word("status"),) if told else ()))
    rows = [(Cell(item.label), _value(item), *((Cell(brief.status(item.status)),) if told else ())) for item in items]
    return Table(columns, tuple(rows))


def _bars(brief: ResolvedSpec) -> Table:
    return _items(brief, brief.items())


def _stack(brief: ResolvedSpec) -> Table:
    total = [brief.choice("total", "")] if "total" in brief.chart.options else []
    return _items(brief, [brief.item(fact_id) for fact_id in (*total, *brief.ids("parts"))])


def _pairs(brief: ResolvedSpec) -> Table:
    columns = (brief.word("item"), brief.phrase("from_label"), brief.phrase("to_label"))
    rows = [
        (Cell(brief.text_of(row, "label")), *(_value(brief.item(str(row[end]))) for end in ("from", "to")))
        for row in brief.records("rows")
    ]
    return Table(columns, tuple(rows))


def _series(brief: ResolvedSpec) -> Table:
    series = brief.series()
    columns = brief.columns(series)
    if brief.chart.mark == "ranges":
        columns = columns[:1]
    labels = [series.columns[one].label for one in columns]
    told = any(row.actual for row in series.rows)
    rows = []
    for row in series.rows:
        cells = [brief.cell(series, column, row) for column in columns]
        kind = (Cell(brief.status("observed" if row.actual else row.status or "announced")),) if told else ()
        rows.append(
            (Cell(brief.key(row)), *(_value(cell) if cell else Cell(_words(brief, row.words)) for cell in cells), *kind)
        )
    heads = (
        brief.word("date"),
        *(brief.texts.fill(label) if label else column for label, column in zip(labels, columns, strict=True)),
    )
    return Table((*heads, *((brief.word("status"),) if told else ())), tuple(rows))


def _areas(brief: ResolvedSpec) -> Table:
    columns = tuple(brief.word(key) for key in ("item", "measures"))
    return Table(columns, tuple((Cell(plot.label), Cell(plot.measures(brief), numeric=True)) for plot in plots(brief)))


def _organisation(brief: ResolvedSpec) -> Table:
    nodes = (brief.record("root"), *brief.records("nodes"))
    rows = tuple((Cell(brief.text_of(node, "label")), Cell(brief.text_of(node, "note"))) for node in nodes)
    return Table((brief.word("part"), brief.word("task")), rows)


def _flows(brief: ResolvedSpec) -> Table:
    columns = tuple(brief.word(key) for key in ("from", "to", "item", "value", "status"))
    rows = [
        (Cell(link.source), Cell(link.target), Cell(link.item.label), _value(link.item), Cell(brief.status(link.item.status)))
        for link in links(brief)
    ]
    return Table(columns, tuple(rows))


def _timeline(brief: ResolvedSpec) -> Table:
    rows = tuple((Cell(brief.texts.word_period(event.date)), Cell(brief.texts.fill(event.title))) for event in brief.events())
    return Table((brief.word("date"), brief.word("event")), rows)


def _matrix(brief: ResolvedSpec) -> Table:
    word = brief.texts.language.word
    columns = (brief.word("number"), brief.word("risk"), *(brief.word(key) for key in ("likelihood", "impact", "direction")))
    rows = [
        (
            Cell(brief.number(number), numeric=True),
            Cell(brief.texts.fill(risk.title)),
            Cell(word(f"level.{risk.likelihood}")),
            Cell(word(f"level.{risk.impact}")),
            Cell(word(f"direction.{risk.direction}")),
        )
        for number, risk in enumerate(brief.edition.risks.values(), start=1)
    ]
    return Table(columns, tuple(rows))


def _counts(brief: ResolvedSpec) -> Table:
    found = tally(brief)
    split = len(found.columns) > 1
    columns = (brief.word("item"), *((*found.column_words, brief.word("total")) if split else (brief.word("count"),)))
    rows = []
    for row, word in zip(found.rows, found.row_words, strict=True):
        counts = [found.counts.get((row, column), 0) for column in found.columns]
        cells = (*counts, sum(counts)) if split else counts
        rows.append((Cell(word), *(Cell(brief.number(count), numeric=True) for count in cells)))
    return Table(columns, tuple(rows))


def _value(item: Item) -> Cell:
    return Cell(item.long, numeric=True, fact=item.fact)


def _words(brief: ResolvedSpec, words: Mapping[str, object]) -> str:
    """What a series row says instead of a figure."""
    code = brief.texts.language.code
    return next((str(word[code]) for word in words.values() if word[code]), "")  # type: ignore[index]


TABLES: Mapping[str, Callable[[ResolvedSpec], Table]] = {
    "bars": _bars,
    "pairs": _pairs,
    "ranges": _series,
    "trend": _series,
    "loglog": _series,
    "stack": _stack,
    "areas": _areas,
    "organisation": _organisation,
    "flows": _flows,
    "timeline": _timeline,
    "matrix": _matrix,
    "counts": _counts,
}

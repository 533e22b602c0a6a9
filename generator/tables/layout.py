"""A grid of cells and its description become the rows of a series: a row per period, a column per measure."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

from ..diagnostics.finding import Clause, Span
from ..model import periods
from ..model.spelling import suggest
from ..records.struct import Struct, replace
from .dates import read_period
from .description import ColumnDescription, TableDescription
from .grid import Cell, Report
from .numbers import CellError, NumberNotation, plain, read_number

Row = dict[str, Cell]
_FISCAL = "FY"  # begins fiscal years in the notation of periods
_SPLIT, _DIMENSIONS = "\\", ","  # a first heading as "freq,unit,geo\TIME_PERIOD" has it


class Measures(Struct, frozen=True, kw_only=True):
    """What a series says of its columns: the key, those that have a unit, and whether that is percent."""

    key: str
    numbers: Mapping[str, bool]  # column -> whether its unit is percent
    locales: tuple[str, ...] = ()
    fiscal: bool = True  # whether the report, or the entity of the series, says when its fiscal years begin


class Table(Struct, frozen=True, kw_only=True):
    """The headings of a table, with their places, and its rows of cells by heading."""

    headings: tuple[Cell, ...]
    rows: tuple[Row, ...]


class TableReader:
    """Reads one table by its description; what cannot be read is reported at its place and left out."""

    def __init__(self, described: TableDescription, measures: Measures, place: Span, report: Report) -> None:
        self.described, self.measures, self.place, self.report = described, measures, place, report
        self._knows_year = measures.fiscal
        self.notation = NumberNotation(
            decimal_char=described.decimal_char,
            group_char=described.group_char,
            missing_values=described.missing_values,
            flags=described.flags,
        )

    def rows(self, grid: Iterable[Sequence[Cell]]) -> list[Row]:
        """The rows of a series, with a cell for each of its described columns."""
        table = self._table(list(grid))
        if table is None or not self._has_headings(table):
            return []
        match self.described.form:
            case "long":
                return self._gathered(self._long(table))
            case "wide":
                return self._gathered(self._wide(table))
            case _:
                return [self._plain(row) for row in table.rows]

    def _place(self, text: str) -> Span:
        return self.described.places.get(text, self.place)

    def _table(self, grid: list[Sequence[Cell]]) -> Table | None:
        header_rows = self.described.header_rows or (grid[0][0].span.line if grid else 1,)
        if not grid:
            return None
        by_line = {row[0].span.line: row for row in grid}
        if missing := [line for line in header_rows if line not in by_line]:
            self.report("no-such-line", self._place(str(missing[0])), line=str(missing[0]))
            return None
        headings = column_headings([by_line[line] for line in header_rows], self.described.header_join)
        rows = []
        for row in grid:
            line = row[0].span.line
            if line <= max(header_rows, default=0) or line in self.described.comment_rows or not any(cell.text for cell in row):
                continue
            if len(row) < len(headings) or any(cell.text for cell in row[len(headings) :]):
                counts = {"cells": str(len(row)), "columns": str(len(headings)), "line": str(line)}
                self.report("bad-row", row[0].span, "published", **counts)
                continue
            rows.append(list(row[: len(headings)]))
        return _split_dimensions(headings, rows, self.report)

    def _has_headings(self, table: Table) -> bool:
        """Whether every heading that the description names stands in the table, once."""
        described = self.described
        single = [described.period, described.entity, described.value, described.status, *described.where, *described.skip]
        named = [name for name in (*single, *(column.heading for column in described.columns.values())) if name]
        texts = [cell.text for cell in table.headings]
        for name in named:
            if (count := texts.count(_heading(name))) == 0:
                where = Clause("headings-of-table")
                self.report("unknown-id", self._place(name), id=name, kind=where, suggestion=suggest(name, filter(None, texts)))
                return False
            if count > 1:
                spans = [cell.span for cell in table.headings if cell.text == _heading(name)]
                self.report("duplicate-heading", spans[1], heading=name)
                return False
        return True

    def _plain(self, row: Row) -> Row:
        return {
            name: self._cell(name, column, row[_heading(column.heading or name)])
            for name, column in self.described.columns.items()
        }

    def _long(self, table: Table) -> Iterator[tuple[Cell, str, Cell]]:
        """The period, column and cell of each row that the description asks for."""
        described = self.described
        columns = {plain(column.entity): name for name, column in described.columns.items()}
        for row in table.rows:
            name = (
                columns.get(plain(row[_heading(described.entity)].text)) if described.entity else next(iter(columns.values()))
            )
            if name is None or not self._is_asked_for(row):
                continue
            cell = self._cell(name, described.columns[name], row[_heading(described.value)])
            if described.status and (flag := row[_heading(described.status)]).text:
                cell = self._with_flag(cell, flag)
            yield self._period(row[_heading(described.period)]), name, cell

    def _wide(self, table: Table) -> Iterator[tuple[Cell, str, Cell]]:
        described = self.described
        columns = {plain(column.entity): name for name, column in described.columns.items()}
        named = {_heading(name) for name in (described.entity, *described.where, *described.skip)}
        heads = dict(self._period_headings(table, named))
        for row in table.rows:
            name = columns.get(plain(row[_heading(described.entity)].text))
            if name is not None and self._is_asked_for(row):
                for heading, period in heads.items():
                    yield period, name, self._cell(name, described.columns[name], row[heading])

    def _period_headings(self, table: Table, named: set[str]) -> Iterator[tuple[str, Cell]]:
        """The headings that are periods; one behind them that is none, and a period that stands twice, are reported."""
        found: dict[str, Cell] = {}
        for heading in table.headings:
            if not heading.text or heading.text in named:
                continue
            try:
                text = self._read_period(heading.text)
            except ValueError:
                if found or any(char.isdigit() for char in heading.text):
                    self.report("bad-heading", heading.span, found=heading.text)
                continue
            self._ask_for_year(text, heading)
            if text in found:
                self.report("duplicate-heading", heading.span, heading=heading.text)
            else:
                found[text] = heading
                yield heading.text, replace(heading, text=text)

    def _is_asked_for(self, row: Row) -> bool:
        return all(plain(row[_heading(name)].text) == plain(wanted) for name, wanted in self.described.where.items())

    def _gathered(self, cells: Iterable[tuple[Cell, str, Cell]]) -> list[Row]:
        """A row per period, in the order of time, with the cells of all entities."""
        rows: dict[str, Row] = {}
        for period, name, cell in cells:
            row = rows.setdefault(period.text, {self.measures.key: period})
            if name in row:
                first = str(row[name].span.line)
                self.report("repeated-cell", cell.span, first=first, column=name, period=period.text)
                continue
            row[name] = cell
        found = {name for row in rows.values() for name in row}
        for name, column in self.described.columns.items():
            if name not in found:
                self.report("no-such-entity", self._place(column.entity), column=name, entity=column.entity)
        for row in rows.values():
            for name in self.described.columns:
                row.setdefault(name, Cell("", row[self.measures.key].span))
        return [row for _, row in sorted(rows.items(), key=lambda item: _order(item[0]))]

    def _cell(self, name: str, column: ColumnDescription, cell: Cell) -> Cell:
        kind = column.type or ("number" if name in self.measures.numbers else "string")
        if kind == "period":
            return self._period(cell)
        if kind == "string":
            return self._mark(cell) if cell.text.startswith("=") else cell
        try:
            found = read_number(cell.text, self.notation, column.scale, percent=self.measures.numbers.get(name))
        except CellError as error:
            args = {"scale": "0.01", "column": name, **error.args_of_message}
            self.report("bad-cell", cell.span, error.variant, **args)
            return replace(cell, text="")
        return replace(cell, text=found.text, flags=found.flags, missing=found.missing)

    def _mark(self, cell: Cell) -> Cell:
        self.report("bad-cell", cell.span, "formula", found=cell.text)
        return replace(cell, text="")

    def _with_flag(self, cell: Cell, flag: Cell) -> Cell:
        known = {plain(key): status for key, status in self.described.flags.items()}
        written = plain(flag.text)
        if not cell.text and written not in known:
            return replace(cell, missing=flag.text)  # the flag says why there is no value
        if written not in known:
            self.report("bad-cell", flag.span, "flag", found=flag.text, flag=flag.text)
            return cell
        return replace(cell, flags=tuple(dict.fromkeys(filter(None, (*cell.flags, known[written])))))

    def _period(self, cell: Cell) -> Cell:
        try:
            text = self._read_period(cell.text)
        except ValueError:
            self.report("bad-period-cell", cell.span, found=cell.text, line=str(cell.span.line))
            return replace(cell, text=cell.text)
        self._ask_for_year(text, cell)
        return replace(cell, text=text)

    def _ask_for_year(self, period: str, cell: Cell) -> None:
        """Report, once in a table, a fiscal year where nothing says in which month it begins."""
        if not self._knows_year and period.startswith(_FISCAL) and period not in self.described.periods.values():
            self._knows_year = True
            self.report("bad-period-cell", cell.span, "fiscal", found=cell.text, line=str(cell.span.line))

    def _read_period(self, text: str) -> str:
        known = {plain(key): period for key, period in self.described.periods.items()}
        return known.get(plain(text)) or read_period(text, self.measures.locales)


def _heading(name: str) -> str:
    return " ".join(name.split())


def _order(text: str) -> tuple[str, str]:
    try:
        return periods.parse(text).first.isoformat(), text
    except ValueError:
        return "", text


def _split_dimensions(headings: list[Cell], rows: list[list[Cell]], report: Report) -> Table:
    """The table by heading; a first column of several dimensions becomes a column for each."""
    split = split_heading(headings[0].text) if headings else []
    if not split:
        named = list(zip(headings, range(len(headings)), strict=True))
        return Table(
            headings=tuple(headings),
            rows=tuple({heading.text: row[at] for heading, at in reversed(named)} for row in rows),
        )
    found = []
    for row in rows:
        parts = [part.strip() for part in row[0].text.split(_DIMENSIONS)]
        if len(parts) != len(split):
            counts = {"cells": str(len(parts)), "columns": str(len(split)), "line": str(row[0].span.line)}
            report("bad-row", row[0].span, "published", **counts)
            continue
        own = {name: replace(row[0], text=part) for name, part in zip(split, parts, strict=True)}
        found.append({**own, **{heading.text: cell for heading, cell in zip(headings[1:], row[1:], strict=True)}})
    return Table(headings=(*(replace(headings[0], text=name) for name in split), *headings[1:]), rows=tuple(found))


def split_heading(text: str) -> list[str]:
    """The names of the dimensions in a first heading such as that of Eurostat; none in others."""
    dimensions, sign, _ = text.partition(_SPLIT)
    return [part.strip() for part in dimensions.split(_DIMENSIONS)] if sign else []


def column_headings(header: Sequence[Sequence[Cell]], join: str) -> list[Cell]:
    """The headings, those of several rows joined: a cell that is empty above others goes on from the left."""
    width = max((at for row in header for at, cell in enumerate(row, 1) if cell.text), default=0)
    above = [""] * len(header)
    found = []
    for column in range(width):
        texts = []
        for level, row in enumerate(header):
            text = " ".join(row[column].text.split()) if column < len(row) else ""
            if text or level == len(header) - 1:
                above[level:] = [text, *[""] * (len(header) - level - 1)]
            texts.append(text or above[level])
        joined = join.join(dict.fromkeys(filter(None, texts)))
        last = next((row[column] for row in reversed(header) if column < len(row)), header[0][0])
        found.append(replace(last, text=joined))
    return found

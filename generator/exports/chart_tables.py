"""The tables of charts to take away: the words of each value, and beside them its ends, unit and status for programs."""

from __future__ import annotations

import csv
import io

from ..charts.table_cells import VALUE_PARTS, Cell, Table
from ..model.machine_values import decimal_text
from ..model.periods import Period
from ..records.struct import Struct
from .table_cells import as_text_cell

BYTE_ORDER_MARK = "\ufeff"  # by which spreadsheets know that a file is UTF-8


class ExportCell(Struct, frozen=True):
    """A cell of a table to take away; a number has its exact digits as text."""

    text: str
    number: bool = False
    unit: str = ""  # id of the unit of a number


ExportRows = tuple[tuple[str, ...], tuple[tuple[ExportCell, ...], ...]]  # headings, rows


def export_rows(table: Table) -> ExportRows:
    """The table of a chart, with columns for low and high end, unit and status behind each column of values that have them."""
    headings: list[str] = []
    columns: list[list[ExportCell]] = []
    for index, title in enumerate(table.columns):
        cells = [row[index] for row in table.rows]
        headings.append(title)
        columns.append([ExportCell(cell.text) for cell in cells])
        parts = zip(table.parts, zip(*(_parts(cell) for cell in cells), strict=True), strict=True)
        for pattern, part in parts if cells and table.parts else ():
            if any(cell.text for cell in part):
                headings.append(pattern.replace("{0}", title))
                columns.append(list(part))
    return tuple(headings), tuple(zip(*columns, strict=True))


def chart_csv(table: Table) -> str:
    """The same as CSV (RFC 4180 with LF), for readers, whose spreadsheets expect a byte order mark."""
    headings, rows = export_rows(table)
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(map(as_text_cell, headings))
    writer.writerows([as_text_cell(cell.text) for cell in row] for row in rows)
    return BYTE_ORDER_MARK + out.getvalue()


def _parts(cell: Cell) -> tuple[ExportCell, ...]:
    """The parts of a cell's value (VALUE_PARTS), empty where it has none."""
    value = cell.value
    if value is None:
        return tuple(ExportCell("") for _ in VALUE_PARTS)
    if isinstance(value, Period):
        return (ExportCell(value.first.isoformat()), ExportCell(value.last.isoformat()), ExportCell(""), ExportCell(""))
    ends = (ExportCell(decimal_text(end) or "", number=end is not None, unit=cell.unit) for end in (value.low, value.high))
    return (*ends, ExportCell(cell.unit), ExportCell(cell.status))

"""Rows of a workbook's sheets as XML (Office Open XML, SpreadsheetML), so that those of an entry need not be made again.

Written as xlsxwriter writes them where it keeps little in memory: texts stand in their cells. Numbers are numbers with the
digits that were stated, texts are never formulas.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from decimal import Decimal
from functools import cache
from html import escape

from ..charts.table_cells import Table as ChartTable
from ..model.units import Unit
from ..records.struct import Struct, replace
from ..wording.texts import Texts
from .chart_tables import export_rows
from .data_package import field_description, table_title
from .table_cells import Field, Table
from .zip_parts import Part, archive, part

NARROWEST, WIDEST = 8, 60  # characters of a column
MOST_DIGITS = 15  # that a spreadsheet keeps of a number
NUMBER_FORMATS = tuple(  # percent or not, and the digits behind the point
    ("0" if percent else "#,##0") + (f".{'0' * digits}" if digits else "") + ("%" if percent else "")
    for percent in (False, True)
    for digits in range(MOST_DIGITS + 1)
)
DATE_FORMAT = "yyyy-mm-dd"
DATE_STYLE = 5  # numbers of formats, in the order in which a workbook's frame uses them first
FIRST_NUMBER_STYLE = DATE_STYLE + 1
_SAMPLED = 200  # rows whose texts set the width of a column
_LONGEST_TEXT = 32_767  # of a cell
_FIRST_DAY, _NO_LEAP_DAY = date(1899, 12, 31), 59  # Excel takes 1900 for a leap year
_NOT_IN_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
_LIKE_ESCAPE = re.compile("(_x[0-9a-fA-F]{4}_)")


class SheetRows(Struct, frozen=True):
    """Some rows of a sheet: their XML, how many there are, and the widths of the widest texts of each column."""

    xml: Part
    count: int
    widths: tuple[int, ...]


class Sheet(Struct, frozen=True, kw_only=True):
    """What a workbook has of a sheet besides its rows."""

    name: str  # the wanted one
    title: str
    headings: tuple[str, ...]
    count: int  # of the rows below the headings
    widths: tuple[int, ...]  # of the widest text of each column

    @classmethod
    def of(cls, name: str, title: str, headings: Sequence[str], rows: SheetRows) -> Sheet:
        """The sheet of some rows."""
        return cls(name=name, title=title, headings=tuple(headings), count=rows.count, widths=rows.widths)

    def with_more(self, other: Sheet) -> Sheet:
        """This sheet with the rows of another one of the same table below its own."""
        return replace(self, count=self.count + other.count, widths=tuple(map(max, self.widths, other.widths)))


def sheet_of_table(table: Table, texts: Texts, rows: SheetRows) -> Sheet:
    """The sheet of a table of the data."""
    headings = [field.title or field_description(field, texts) or field.name for field in table.fields]
    return Sheet.of(table.name, table_title(table, texts), headings, rows)


Frame = Mapping[
    str, tuple[Part, ...]
]  # the files of a workbook in order; a sheet's columns belong before its second part, its rows before the third
Cell = tuple[str, str, str]  # text, type of the column (number, date, boolean, string), id of the unit


def table_rows(table: Table, units: Mapping[str, Unit], *, first: int = 1) -> SheetRows:
    """The rows of a table of the data; `first` is the number of rows above them."""
    plan = [(field, _unit_column(table, field)) for field in table.fields]
    rows = [
        [(row.get(field.name, ""), field.type, row.get(unit, "") or field.unit) for field, unit in plan] for row in table.rows
    ]
    return _rows(rows, units, first, len(plan))


def _unit_column(table: Table, field: Field) -> str:
    """The column that has the unit of a number; empty where the column itself has one, or there is none."""
    is_amount = field.type == "number" and not field.unit and field.name in ("low", "high")
    return "unit" if is_amount and any(one.name == "unit" for one in table.fields) else ""


def chart_rows(table: ChartTable, units: Mapping[str, Unit]) -> tuple[tuple[str, ...], SheetRows]:
    """The headings and rows of the table of a chart, as on its page, with numbers beside the words."""
    headings, rows = export_rows(table)
    cells = [[(cell.text, "number" if cell.number else "string", cell.unit) for cell in row] for row in rows]
    return headings, _rows(cells, units, 1, len(headings))


def _rows(rows: Sequence[Sequence[Cell]], units: Mapping[str, Unit], first: int, columns: int) -> SheetRows:
    sampled = rows[: max(0, _SAMPLED + 1 - first)]
    widths = tuple(max((text_width(row[column][0]) for row in sampled), default=0) for column in range(columns))
    xml = "".join(_row(number, row, units) for number, row in enumerate(rows, start=first + 1))
    return SheetRows(part(xml), len(rows), widths)


def _row(number: int, cells: Iterable[Cell], units: Mapping[str, Unit]) -> str:
    written = "".join(_cell(f"{column_name(column)}{number}", cell, units) for column, cell in enumerate(cells) if cell[0])
    return f'<row r="{number}">{written}</row>'


def _cell(place: str, cell: Cell, units: Mapping[str, Unit]) -> str:
    text, kind, unit = cell
    if kind == "number":
        return f'<c r="{place}" s="{_number_style(text, unit, units)}"><v>{float(text):.16G}</v></c>'
    if kind == "date" and (day := date.fromisoformat(text)).year >= 1900:  # noqa: PLR2004  earlier days are no dates for Excel
        days = (day - _FIRST_DAY).days
        return f'<c r="{place}" s="{DATE_STYLE}"><v>{days + (days > _NO_LEAP_DAY)}</v></c>'
    if kind == "boolean":
        return f'<c r="{place}" t="b"><v>{int(text == "true")}</v></c>'
    shown = _LIKE_ESCAPE.sub(r"_x005F\1", allowed_text(text))
    space = ' xml:space="preserve"' if shown != shown.strip() else ""
    return f'<c r="{place}" t="inlineStr"><is><t{space}>{escape(shown, quote=False)}</t></is></c>'


def allowed_text(text: str) -> str:
    """A text as a cell can hold it."""
    return _NOT_IN_XML.sub("\ufffd", text)[:_LONGEST_TEXT]


def _number_style(text: str, unit: str, units: Mapping[str, Unit]) -> int:
    """The style of a number with the digits that were stated, by its unit: groups of three, percent."""
    percent = unit in units and units[unit].percent
    number = Decimal(text)
    digits = max(0, -int(number.as_tuple().exponent) - (2 if percent else 0))
    if len(number.as_tuple().digits) > MOST_DIGITS:  # worked out, and no digits that anybody stated
        digits = min(digits, max(2, 2 - number.adjusted()))
    return FIRST_NUMBER_STYLE + min(digits, MOST_DIGITS) + (MOST_DIGITS + 1 if percent else 0)


@cache
def column_name(column: int) -> str:
    """The letters of a column: A, B, …, Z, AA."""
    before, letter = divmod(column, 26)
    return (column_name(before - 1) if before else "") + chr(ord("A") + letter)


def text_width(text: str) -> int:
    """The width of a text in characters of a spreadsheet; ideographs take two."""
    shown = text[: 2 * WIDEST]
    return len(shown) if shown.isascii() else sum(2 if unicodedata.east_asian_width(char) in "WF" else 1 for char in shown)


def joined(frame: Frame, sheets: Sequence[Sheet], rows: Sequence[Sequence[Part]]) -> bytes:
    """A workbook of its frame, and the columns and rows of each sheet."""
    waiting = iter(zip(sheets, rows, strict=True))
    members: dict[str, Sequence[Part]] = {}
    for name, parts in frame.items():
        members[name] = parts
        if len(parts) > 1:
            before, between, after = parts
            sheet, xml = next(waiting)
            members[name] = (before, part(_columns(sheet)), between, *xml, after)
    return archive(members)


def _columns(sheet: Sheet) -> str:
    """The widths of columns, by what they hold."""
    wanted = (
        max(widest + 2, min(text_width(heading), 16), NARROWEST)
        for heading, widest in zip(sheet.headings, sheet.widths, strict=True)
    )
    pixels = (7 * min(width, WIDEST) + 5 for width in wanted)
    columns = "".join(
        f'<col min="{number}" max="{number}" width="{width * 256 // 7 / 256:.16g}" customWidth="1"/>'
        for number, width in enumerate(pixels, start=1)
    )
    return f"<cols>{columns}</cols>" if columns else ""

"""All tables of a report in one language as a workbook for spreadsheets (Office Open XML): the same report, the same bytes.

The first sheet says what the others hold. Numbers are numbers with the digits that were stated, texts are never formulas. A
spreadsheet keeps fifteen digits of a number; the CSV files have them all.
"""

from __future__ import annotations

import io
import re
import unicodedata
from collections.abc import Mapping, Sequence
from datetime import date, datetime
from decimal import Decimal

import xlsxwriter
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from ..charts.table_cells import Table as ChartTable
from ..wording import citations
from ..wording.texts import Texts
from .chart_tables import ExportCell, export_rows
from .data_package import field_description, table_title
from .table_cells import Field, Table
from .tables import tables

_OPTIONS = {"in_memory": True, "strings_to_formulas": False, "strings_to_numbers": False, "strings_to_urls": False}
_WIDEST, _NARROWEST = 60, 8  # characters of a column
_SAMPLED = 200  # rows whose texts set the width of a column
_LONGEST_NAME = 31  # of a sheet
_MOST_DIGITS = 15  # that a spreadsheet keeps of a number
_LONGEST_TEXT = 32_767  # of a cell
_NOT_IN_NAMES = re.compile(r"[\[\]:*?/\\']")
_NOT_IN_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")


def workbook(texts: Texts, charts: Mapping[str, tuple[str, ChartTable]]) -> bytes:
    """The workbook of one language; `charts` are the titles and tables of charts by the chart's id."""
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out, _OPTIONS)
    report, code = texts.edition.report, texts.language.code
    day = report.as_of.last
    book.set_properties(
        {
            "title": report.title[code],
            "author": report.publisher[code],
            "comments": report.description[code],
            "created": datetime(day.year, day.month, day.day),  # noqa: DTZ001  Excel has no time zones
        }
    )
    writer = _Writer(book, texts)
    listed = tables([texts])
    names = writer.sheet_names(["README", *(table.name for table in listed), *(f"fig-{key}" for key in charts)])
    sheets = {name: book.add_worksheet(name) for name in names}
    titles = [*(table_title(table, texts) for table in listed), *(title for title, _ in charts.values())]
    writer.readme(sheets[names[0]], names[1:], titles)
    for name, table in zip(names[1:], listed, strict=False):
        writer.table(sheets[name], table)
    for name, (_, chart) in zip(names[1 + len(listed) :], charts.values(), strict=True):
        writer.chart(sheets[name], chart)
    book.close()
    return out.getvalue()


class _Writer:
    """Writes the sheets of one workbook; each format is made once."""

    def __init__(self, book: xlsxwriter.Workbook, texts: Texts) -> None:
        self.book, self.texts, self.edition = book, texts, texts.edition
        self._formats: dict[str, Format] = {}
        self.bold = book.add_format({"bold": True})
        self.heading = book.add_format({"bold": True, "text_wrap": True, "valign": "top", "bottom": 1})
        self.wrapped = book.add_format({"text_wrap": True, "valign": "top"})
        self.date = book.add_format({"num_format": "yyyy-mm-dd"})

    @staticmethod
    def sheet_names(wanted: Sequence[str]) -> list[str]:
        """Names that a spreadsheet accepts, each once, whatever the case of its letters."""
        found: dict[str, str] = {}
        for name in wanted:
            short = _NOT_IN_NAMES.sub("-", name)[:_LONGEST_NAME] or "-"
            number = 1
            if short.casefold() == "history":  # a name that Excel keeps for itself
                short += "_"
            while short.casefold() in found:
                number += 1
                short = f"{short[: _LONGEST_NAME - 3]}-{number}"
            found[short.casefold()] = short
        return list(found.values())

    # --- sheets ------------------------------------------------------------------------------------

    def readme(self, sheet: Worksheet, names: Sequence[str], titles: Sequence[str]) -> None:
        """What the workbook is, what its sheets hold, and how to cite it."""
        texts, report, code = self.texts, self.edition.report, self.texts.language.code
        word = texts.language.word
        sheet.set_column(0, 0, 34)
        sheet.set_column(1, 1, 90)
        rows: list[tuple[str, str]] = [
            (report.title[code], ""),
            ("", report.description[code]),
            ("", word("theme.as_of").replace("{0}", texts.word_period(report.as_of))),
            (word("package.columns"), word("package.values")),
            ("", texts.language.words.get("workbook.digits", "")),
            (word("package.citation"), citations.plain(texts, citations.report_reference(texts))),
        ]
        if report.licence:
            rows.append((word("package.licence"), f"{report.licence.title} {report.licence.url}"))
        rows.append((word("package.files"), ""))
        written = [row for row in rows if any(row)]
        for number, (first, second) in enumerate(written):
            self._text(sheet, number, 0, first, self.bold)
            self._text(sheet, number, 1, second, self.wrapped)
        for number, (name, title) in enumerate(zip(names, titles, strict=True), start=len(written)):
            sheet.write_url(number, 0, f"internal:'{name}'!A1", string=name)
            self._text(sheet, number, 1, title, self.wrapped)

    def table(self, sheet: Worksheet, table: Table) -> None:
        """A table of the data: a heading for each column, and a row for each entry."""
        self._head(sheet, [self._title(field) for field in table.fields])
        units = [self._unit_field(table, field) for field in table.fields]
        for number, row in enumerate(table.rows, start=1):
            for column, field in enumerate(table.fields):
                if text := row.get(field.name, ""):
                    self._cell(sheet, (number, column), text, field.type, row.get(units[column], "") or field.unit)
        lines = [[row.get(field.name, "") for field in table.fields] for row in table.rows[:_SAMPLED]]
        self._layout(sheet, [self._title(field) for field in table.fields], lines, len(table.rows))

    @staticmethod
    def _unit_field(table: Table, field: Field) -> str:
        """The column that has the unit of a number; empty where the column itself has one, or there is none."""
        is_amount = field.type == "number" and not field.unit and field.name in ("low", "high")
        return "unit" if is_amount and any(one.name == "unit" for one in table.fields) else ""

    def _title(self, field: Field) -> str:
        return field.title or field_description(field, self.texts) or field.name

    def chart(self, sheet: Worksheet, table: ChartTable) -> None:
        """The table of a chart, as on its page, with numbers beside the words."""
        headings, rows = export_rows(table)
        self._head(sheet, headings)
        for number, row in enumerate(rows, start=1):
            for column, cell in enumerate(row):
                self._export_cell(sheet, number, column, cell)
        self._layout(sheet, headings, [[cell.text for cell in row] for row in rows[:_SAMPLED]], len(rows))

    def _export_cell(self, sheet: Worksheet, row: int, column: int, cell: ExportCell) -> None:
        if cell.text:
            self._cell(sheet, (row, column), cell.text, "number" if cell.number else "string", cell.unit)

    # --- cells -------------------------------------------------------------------------------------

    def _cell(self, sheet: Worksheet, place: tuple[int, int], text: str, kind: str, unit: str) -> None:
        """The cell of a row and column, by the type of its column (number, date, boolean, string)."""
        row, column = place
        if kind == "number":
            sheet.write_number(row, column, float(text), self._number_format(text, unit))
        elif kind == "date" and (day := date.fromisoformat(text)).year >= 1900:  # noqa: PLR2004  earlier days are no dates for Excel
            sheet.write_datetime(row, column, datetime(day.year, day.month, day.day), self.date)  # noqa: DTZ001  as above
        elif kind == "boolean":
            sheet.write_boolean(row, column, text == "true")
        else:
            self._text(sheet, row, column, text)

    @staticmethod
    def _text(sheet: Worksheet, row: int, column: int, text: str, style: Format | None = None) -> None:
        """A text, which is no formula whatever it begins with."""
        sheet.write_string(row, column, _NOT_IN_XML.sub("\ufffd", text)[:_LONGEST_TEXT], style)

    def _number_format(self, text: str, unit: str) -> Format:
        """The format of a number with the digits that were stated, by its unit: groups of three, percent."""
        percent = unit in self.edition.units and self.edition.units[unit].percent
        number = Decimal(text)
        digits = max(0, -int(number.as_tuple().exponent) - (2 if percent else 0))
        if len(number.as_tuple().digits) > _MOST_DIGITS:  # worked out, and no digits that anybody stated
            digits = min(digits, max(2, 2 - number.adjusted()))
        pattern = ("0" if percent else "#,##0") + (f".{'0' * min(digits, _MOST_DIGITS)}" if digits else "")
        pattern += "%" if percent else ""
        if pattern not in self._formats:
            self._formats[pattern] = self.book.add_format({"num_format": pattern})
        return self._formats[pattern]

    def _head(self, sheet: Worksheet, headings: Sequence[str]) -> None:
        for column, heading in enumerate(headings):
            self._text(sheet, 0, column, heading, self.heading)
        sheet.freeze_panes(1, 1)

    @staticmethod
    def _layout(sheet: Worksheet, headings: Sequence[str], rows: Sequence[Sequence[str]], count: int) -> None:
        """Widths of columns by what they hold, and filters."""
        for column, heading in enumerate(headings):
            widest = max((_width(row[column]) for row in rows), default=0)
            sheet.set_column(column, column, min(max(widest + 2, min(_width(heading), 16), _NARROWEST), _WIDEST))
        if count:
            sheet.autofilter(0, 0, count, len(headings) - 1)


def _width(text: str) -> int:
    """The width of a text in characters of a spreadsheet; ideographs take two."""
    return sum(2 if unicodedata.east_asian_width(char) in "WF" else 1 for char in text[: 2 * _WIDEST])

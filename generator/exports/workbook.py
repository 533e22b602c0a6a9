"""All tables of a report in one language as a workbook for spreadsheets (Office Open XML): the same report, the same bytes.

The first sheet says what the others hold. xlsxwriter makes the workbook without the rows and widths of its tables, which are
made apart (`workbook_rows`) and put in, so that an edit makes only a few of them. A spreadsheet keeps fifteen digits of a
number; the CSV files have them all.
"""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Mapping, Sequence
from datetime import datetime

import xlsxwriter
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from ..charts.table_cells import Table as ChartTable
from ..wording import citations
from ..wording.texts import Texts
from .tables import tables
from .workbook_rows import (
    DATE_FORMAT,
    DATE_STYLE,
    NUMBER_FORMATS,
    Frame,
    Sheet,
    allowed_text,
    chart_rows,
    column_name,
    joined,
    sheet_of_table,
    table_rows,
)
from .zip_parts import part

_OPTIONS = {"in_memory": True, "strings_to_formulas": False, "strings_to_numbers": False, "strings_to_urls": False}
_LONGEST_NAME = 31  # of a sheet
_NOT_IN_NAMES = re.compile(r"[\[\]:*?/\\']")
_SHEET = re.compile(r"xl/worksheets/sheet(\d+)\.xml")
_DATA = re.compile(r"(<sheetFormatPr[^>]*>)(.*?<sheetData>(?:<row r=\"1\".*?</row>)?).*(</sheetData>)", re.DOTALL)
_NO_DATA = "<sheetData/>"
_DIMENSION = re.compile(r'(?<=<dimension ref=")[^"]*')


def workbook(texts: Texts, charts: Mapping[str, tuple[str, ChartTable]]) -> bytes:
    """The workbook of one language; `charts` are the titles and tables of charts by the chart's id."""
    units = texts.edition.units
    made = []
    for table in tables([texts]):
        rows = table_rows(table, units)
        made.append((sheet_of_table(table, texts, rows), rows))
    for key, (title, chart) in charts.items():
        headings, rows = chart_rows(chart, units)
        made.append((Sheet.of(f"fig-{key}", title, headings, rows), rows))
    sheets = [sheet for sheet, _ in made]
    return joined(frame(texts, sheets), sheets, [[rows.xml] for _, rows in made])


def frame(texts: Texts, sheets: Sequence[Sheet]) -> Frame:
    """A workbook without the rows of its tables."""
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
    names = _sheet_names(["README", *(sheet.name for sheet in sheets)])
    writer = _Writer(book, texts)
    writer.readme(book.add_worksheet(names[0]), names[1:], [sheet.title for sheet in sheets])
    for number, (name, sheet) in enumerate(zip(names[1:], sheets, strict=True)):
        worksheet = book.add_worksheet(name)
        writer.table(worksheet, sheet)
        if not number:
            writer.use_every_format(worksheet)
    book.close()
    with zipfile.ZipFile(out) as made:
        return {name: tuple(map(part, _ends(name, made.read(name).decode(), sheets))) for name in made.namelist()}


def _ends(path: str, text: str, sheets: Sequence[Sheet]) -> tuple[str, ...]:
    """A file of a workbook as one text; the sheet of a table in three: before its columns, before its rows, after them."""
    number = _SHEET.fullmatch(path)
    if number is None or number[1] == "1":
        return (text,)
    sheet = sheets[int(number[1]) - 2]
    text = text.replace(_NO_DATA, "<sheetData></sheetData>")
    text = _DIMENSION.sub(f"A1:{column_name(max(0, len(sheet.headings) - 1))}{sheet.count + 1}", text, count=1)
    parts = _DATA.sub("\\1\0\\2\0\\3", text, count=1).split("\0")
    assert int(number[1]) > 2 or f'<c r="A2" s="{DATE_STYLE}"' in text  # noqa: PLR2004, S101  formats count as rows expect
    return tuple(parts)


def _sheet_names(wanted: Sequence[str]) -> list[str]:
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


class _Writer:
    """Writes the sheets of one workbook."""

    def __init__(self, book: xlsxwriter.Workbook, texts: Texts) -> None:
        self.book, self.texts = book, texts
        self.bold = book.add_format({"bold": True})
        self.wrapped = book.add_format({"text_wrap": True, "valign": "top"})
        self.heading = book.add_format({"bold": True, "text_wrap": True, "valign": "top", "bottom": 1})

    def readme(self, sheet: Worksheet, names: Sequence[str], titles: Sequence[str]) -> None:
        """What the workbook is, what its sheets hold, and how to cite it."""
        texts, report, code = self.texts, self.texts.edition.report, self.texts.language.code
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

    def table(self, worksheet: Worksheet, sheet: Sheet) -> None:
        """A sheet but for its rows and the widths of columns: headings and filters."""
        for column, heading in enumerate(sheet.headings):
            self._text(worksheet, 0, column, heading, self.heading)
        worksheet.freeze_panes(1, 1)
        if sheet.count:
            worksheet.autofilter(0, 0, sheet.count, len(sheet.headings) - 1)

    def use_every_format(self, worksheet: Worksheet) -> None:
        """Write every format of numbers and dates into rows that are left out later: only what is used has a number."""
        for column, pattern in enumerate((DATE_FORMAT, *NUMBER_FORMATS)):
            worksheet.write_blank(1, column, None, self.book.add_format({"num_format": pattern}))

    @staticmethod
    def _text(sheet: Worksheet, row: int, column: int, text: str, style: Format | None = None) -> None:
        """A text, which is no formula whatever it begins with."""
        sheet.write_string(row, column, allowed_text(text), style)

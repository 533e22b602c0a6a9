"""The workbook: every table in one language, numbers as numbers with the stated digits, no formula, the same bytes each time."""

from __future__ import annotations

import io
import re
import time
import zipfile
from datetime import datetime
from functools import cache
from typing import Any

import openpyxl
import pytest
import xlsxwriter
from sample_reports import flagship_texts, sample_context, sample_outputs

from generator.charts.table_cells import Cell, Table
from generator.charts.tables import tabulate
from generator.exports.table_cells import Field
from generator.exports.table_cells import Table as DataTable
from generator.exports.tables import tables
from generator.exports.workbook import workbook
from generator.exports.workbook_rows import DATE_FORMAT, DATE_STYLE, NUMBER_FORMATS, table_rows
from generator.exports.zip_parts import uncompressed
from generator.model import values
from generator.model.languages import Phrase
from generator.model.report import Edition
from generator.records.struct import replace
from generator.wording.texts import Texts

EN, DE = sample_context().texts


def opened(texts: Texts, charts: dict[str, tuple[str, Table]] | None = None) -> Any:  # noqa: ANN401  the types of openpyxl are unions
    return openpyxl.load_workbook(io.BytesIO(workbook(texts, charts or {})))


@cache
def flagship() -> Any:  # noqa: ANN401  as above
    texts = flagship_texts()[0]
    return opened(
        texts,
        {key: (texts.fill(chart.title), tabulate(chart, texts.edition, texts)) for key, chart in texts.edition.charts.items()},
    )


def with_fact(**changes: object) -> Texts:
    edition: Edition = EN.edition
    changed = replace(edition.facts["area_2025"], **changes)
    return Texts(replace(edition, facts={**edition.facts, "area_2025": changed}), EN.language)


def row(book: Any, sheet: str, key: str) -> dict[str, Any]:  # noqa: ANN401  as above
    """The cells of the row that begins with a key, by the name of their column, which stands in words above it."""
    heads = [field.name for table in tables([EN]) if table.name == sheet for field in table.fields]
    return next(dict(zip(heads, cells, strict=True)) for cells in book[sheet].iter_rows(min_row=2) if cells[0].value == key)


def test_every_table_is_a_sheet_with_frozen_headings_and_all_rows() -> None:
    book, texts = flagship(), flagship_texts()[0]
    listed = {table.name if table.name != "history" else "history_": table for table in tables([texts])}
    assert book.sheetnames == ["README", *listed, *(f"fig-{key}"[:31] for key in texts.edition.charts)]
    for name, table in listed.items():
        assert book[name].max_row == len(table.rows) + 1, name
        assert book[name].freeze_panes == "B2"
        assert all(8 <= dimension.width <= 61 for dimension in book[name].column_dimensions.values())


def test_the_first_sheet_is_in_the_language_and_leads_to_the_others() -> None:
    sheet = opened(DE)["README"]
    texts = [cell.value for cells in sheet.iter_rows() for cell in cells if cell.value]
    assert texts[:3] == ["Seen", "Ein Bericht über Seen", "Stand 30. Juni 2025."]
    assert "Zitieren" in texts
    links = {cell.value: cell.hyperlink.location for cells in sheet.iter_rows() for cell in cells if cell.hyperlink}
    assert links["facts"] == "'facts'!A1"
    assert links["levels"] == "'levels'!A1"


@pytest.mark.parametrize(
    ("text", "unit", "number", "pattern"),
    [
        ("25e6", "m2", 25e6, "#,##0"),
        ("-1.50", "m2", -1.5, "#,##0.00"),
        ("0.225", "ratio", 0.225, "0.0%"),
        ("0.030", "ratio", 0.03, "0.0%"),
        ("1.5", "ratio", 1.5, "0%"),
        ("72.22e9", "USD", 72.22e9, "#,##0"),
        ("0.3333333333333333333333333333333333333333", "m2", 1 / 3, "#,##0.000"),
        ("12345678901234567890.5", "m2", 12345678901234567890.5, "#,##0.0"),
    ],
)
def test_numbers_are_numbers_with_the_digits_that_were_stated(text: str, unit: str, number: float, pattern: str) -> None:
    book = opened(with_fact(value=values.parse(text), unit=EN.edition.units[unit]))
    cells = row(book, "facts", "area_2025")
    assert (cells["low"].value, cells["low"].number_format) == (pytest.approx(number, rel=1e-15), pattern)
    assert cells["low"].data_type == "n"


def test_ends_dates_and_truth_values_have_their_types() -> None:
    cells = row(opened(EN), "facts", "opened")
    assert (cells["first_day"].value.isoformat(), cells["first_day"].number_format) == ("2025-03-01T00:00:00", "yyyy-mm-dd")
    assert row(opened(EN), "facts", "dam_cost")["about"].value is False
    open_end = row(opened(with_fact(value=values.parse(">=24e6"))), "facts", "area_2025")
    assert (open_end["low"].value, open_end["high"].value, open_end["bounds"].value) == (24e6, None, "at_least")


@pytest.mark.parametrize("text", ["=1+1", "+1", "-1+cmd|' /C calc'!A0", "@SUM(A1)", "\t=1", "https://lakes.example/", "123"])
def test_no_text_is_a_formula_a_link_or_a_number(text: str) -> None:
    cell = row(opened(with_fact(note=Phrase({"en": text, "de": text}))), "facts", "area_2025")["note_en"]
    assert (cell.value, cell.data_type, cell.hyperlink) == (text, "s", None)


def test_charts_have_numbers_beside_the_words() -> None:
    cell = Cell("$66–72 billion", numeric=True, value=values.parse("66e9..72e9"), unit="USD", status="announced")
    table = Table(
        ("Item", "Value"), ((Cell("=Dam"), cell), (Cell("Lake"), Cell("none"))), ("{0} low", "{0} high", "unit", "status")
    )
    sheet = opened(EN, {"costs": ("Costs", table)})["fig-costs"]
    assert [[cell.value for cell in cells] for cells in sheet.iter_rows()] == [
        ["Item", "Value", "Value low", "Value high", "unit", "status"],
        ["=Dam", "$66–72 billion", 66e9, 72e9, "USD", "announced"],
        ["Lake", "none", None, None, None, None],
    ]


def test_rows_are_written_as_xlsxwriter_writes_them() -> None:
    fields = (
        Field(name="id"),
        Field(name="low", type="number"),
        Field(name="day", type="date"),
        Field(name="true", type="boolean"),
        Field(name="unit"),
    )
    rows = (
        {"id": "=1 & <b>", "low": "1.50", "day": "1899-12-30", "true": "true"},
        {"id": " blank ", "low": "-2.5e11", "day": "1900-02-28", "true": "false", "unit": "USD"},
        {"id": "_x0041_\t\n", "low": "0.3333333333333333333", "day": "1900-03-01"},
        {"id": "湖", "low": "0.125", "day": "2025-06-30", "unit": "ratio"},
        {"low": "12345678901234567890"},
    )
    units = EN.edition.units
    ours = uncompressed([table_rows(DataTable(name="x", fields=fields, rows=rows), units).xml]).decode()
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out, {"constant_memory": True})
    sheet = book.add_worksheet()
    patterns = (DATE_FORMAT, *NUMBER_FORMATS)
    formats = [book.add_format({"num_format": pattern, "rotation": number + 1}) for number, pattern in enumerate(patterns)]
    shown = {"1.50": "#,##0.00", "-2.5e11": "#,##0", "0.3333333333333333333": "#,##0.000", "0.125": "0.0%"}
    for column, style in enumerate(formats):
        sheet.write_blank(0, column, None, style)
    for number, row_cells in enumerate(rows, start=1):
        if "id" in row_cells:
            sheet.write_string(number, 0, row_cells["id"])
        sheet.write_number(number, 1, float(row_cells["low"]), formats[patterns.index(shown.get(row_cells["low"], "#,##0"))])
        if day := row_cells.get("day"):
            if day < "1900":
                sheet.write_string(number, 2, day)
            else:
                sheet.write_datetime(number, 2, datetime.fromisoformat(day), formats[0])
        if "true" in row_cells:
            sheet.write_boolean(number, 3, row_cells["true"] == "true")
        if "unit" in row_cells:
            sheet.write_string(number, 4, row_cells["unit"])
    book.close()
    with zipfile.ZipFile(out) as made:
        theirs = made.read("xl/worksheets/sheet1.xml").decode()
    first = int(re.findall(r'<c r="A1" s="(\d+)"', theirs)[0])
    moved = re.sub(r' s="(\d+)"', lambda style: f' s="{int(style[1]) - first + DATE_STYLE}"', theirs)
    assert re.sub(r' spans="[^"]*"', "", moved[moved.index('<row r="2"') : moved.index("</sheetData>")]) == ours


def test_names_of_sheets_are_accepted_and_unique() -> None:
    long = "a_very_long_name_of_a_chart_that_goes_on_"
    empty = ("Title", Table(("A",), ()))
    book = opened(EN, {long + "a": empty, long + "b": empty, "x[1]:*?/": empty, "X-1-----": empty})
    assert book.sheetnames[-4:] == [
        "fig-a_very_long_name_of_a_chart",
        "fig-a_very_long_name_of_a_ch-2",
        "fig-x-1-----",
        "fig-X-1------2",
    ]


def test_the_same_report_gives_the_same_bytes() -> None:
    first = workbook(EN, {})
    time.sleep(1.1)
    assert workbook(EN, {}) == first


def test_each_language_has_one() -> None:
    outputs = sample_outputs()
    assert {path for path in outputs if path.endswith(".xlsx")} == {"data/tables.en.xlsx", "data/tables.de.xlsx"}

"""Tables of charts to take away: the words, and beside them numbers for programs."""

from __future__ import annotations

import csv
import io
from decimal import Decimal

from sample_reports import flagship_texts

from generator.charts.table_cells import Cell, Table
from generator.charts.tables import tabulate
from generator.exports.chart_tables import chart_csv
from generator.model import periods, values

PARTS = ("{0} (low)", "{0} (high)", "{0} (unit)", "{0} (status)")


def lines(table: Table) -> list[list[str]]:
    text = chart_csv(table)
    assert text.startswith("\ufeff")
    return list(csv.reader(io.StringIO(text.removeprefix("\ufeff"))))


def value(text: str, words: str) -> Cell:
    return Cell(words, numeric=True, value=values.parse(text), unit="USD", status="announced")


def test_values_have_their_ends_unit_and_status() -> None:
    rows = tuple((Cell(f"row {number}"), cell) for number, cell in enumerate((value("66e9..72e9", "$66–72 billion"), value(">=5", "at least $5"), value("<1.50", "less than $1.50"), Cell("none"))))  # fmt: skip
    assert lines(Table(("Item", "Value"), rows, PARTS)) == [
        ["Item", "Value", "Value (low)", "Value (high)", "Value (unit)", "Value (status)"],
        ["row 0", "$66–72 billion", "66000000000", "72000000000", "USD", "announced"],
        ["row 1", "at least $5", "5", "", "USD", "announced"],
        ["row 2", "less than $1.50", "", "1.50", "USD", "announced"],
        ["row 3", "none", "", "", "", ""],
    ]


def test_dates_are_their_first_and_last_day() -> None:
    table = Table(("Date", "Event"), ((Cell("Q2 2025", value=periods.parse("2025-Q2")), Cell("=A1")),), PARTS)
    assert lines(table) == [["Date", "Date (low)", "Date (high)", "Event"], ["Q2 2025", "2025-04-01", "2025-06-30", "'=A1"]]


def test_every_chart_of_this_report_with_quantities_has_their_numbers() -> None:
    without = {"organisation", "matrix"}
    for texts in flagship_texts():
        for chart in texts.edition.charts.values():
            head, *rows = lines(tabulate(chart, texts.edition, texts))
            low = [index for index, name in enumerate(head) if name.endswith(texts.language.word("chart.part.low")[3:])]
            assert bool(low) is (chart.mark not in without), chart.id
            for row in rows:
                for index in low if chart.mark != "timeline" else ():
                    assert not row[index] or Decimal(row[index]).is_finite()

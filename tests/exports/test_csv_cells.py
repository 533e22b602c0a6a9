"""No cell of a CSV file is a formula for a spreadsheet, and no number becomes a text."""

from __future__ import annotations

import pytest

from generator.exports.table_cells import Field, Table, as_text_cell

TEXTS = ["=1+1", "+1+1", "-1+1", "@SUM(A1)", "\t=1", "\r=1", " =1", "=cmd|' /C calc'!A0", "-2+3+cmd|' /C calc'!A0", "＝1", "-A1", "+A1*2", "-(1)", "- item", "-1:A5", "+-1", "-", "\ufeff=1"]  # fmt: skip
NUMBERS = ["-5", "+5", "-5.5e9", "-1,234.5", "-3%", "-$3 million", "-5 m²", "-5億ドル", "-3 °C", "5-3", "a=b", "1=2", "", "−5", "a@b.example"]  # fmt: skip


@pytest.mark.parametrize("text", TEXTS)
def test_what_a_spreadsheet_would_run_is_text(text: str) -> None:
    assert as_text_cell(text) == f"'{text}"


@pytest.mark.parametrize("text", NUMBERS)
def test_numbers_and_other_texts_stay(text: str) -> None:
    assert as_text_cell(text) == text


def test_names_of_columns_are_cells_too() -> None:
    table = Table(name="t", fields=(Field(name="=a"), Field(name="b")), rows=({"=a": "-1", "b": "@x"},))
    assert table.csv == "'=a,b\n-1,'@x\n"

"""Dates as sources give them."""

from __future__ import annotations

from datetime import date

import pytest

from generator.model.periods import Form, parse


@pytest.mark.parametrize(
    ("text", "form", "first", "last"),
    [
        ("2025", Form.YEAR, "2025-01-01", "2025-12-31"),
        ("FY2025", Form.FISCAL_YEAR, "2025-01-01", "2025-12-31"),
        ("2025-H1", Form.HALF, "2025-01-01", "2025-06-30"),
        ("2025-H2", Form.HALF, "2025-07-01", "2025-12-31"),
        ("2025-Q1", Form.QUARTER, "2025-01-01", "2025-03-31"),
        ("2025-Q4", Form.QUARTER, "2025-10-01", "2025-12-31"),
        ("2025-08", Form.MONTH, "2025-08-01", "2025-08-31"),
        ("2024-02", Form.MONTH, "2024-02-01", "2024-02-29"),
        ("2025-08-30", Form.DAY, "2025-08-30", "2025-08-30"),
        (" 2025 ", Form.YEAR, "2025-01-01", "2025-12-31"),
        ("2027/2032-12", Form.SPAN, "2027-01-01", "2032-12-31"),
        ("2025-08-30/2025-09", Form.SPAN, "2025-08-30", "2025-09-30"),
        ("2025-Q2 / 2025-Q3", Form.SPAN, "2025-04-01", "2025-09-30"),
        ("2025-06/2025", Form.SPAN, "2025-06-01", "2025-12-31"),
    ],
)
def test_periods(text: str, form: Form, first: str, last: str) -> None:
    period = parse(text)
    assert (period.form, period.first, period.last) == (form, date.fromisoformat(first), date.fromisoformat(last))
    assert period.text == text.strip()


@pytest.mark.parametrize(("text", "part"), [("2025-Q3", 3), ("2025-H2", 2), ("2025-08", 0), ("2025", 0)])
def test_part_of_the_year(text: str, part: int) -> None:
    assert parse(text).part == part


def test_a_span_keeps_its_ends() -> None:
    span = parse("2027/2032-12")
    assert span.start == parse("2027")
    assert span.end == parse("2032-12")


@pytest.mark.parametrize(
    "text",
    [
        *("", "soon", "25", "20250830", "2025-8-30", "2025/8/30", "2025-08-30T12:00", "2025-Q5", "2025-H3", "fy2025"),
        *("2025-13", "2025-00", "2025-02-30", "2025-00-10", "0000", "-2025"),
        *("2025/", "/2025", "2025/2024", "2025-09/2025-08-30", "2025/2026/2027", "2025/2026/"),
    ],
)
def test_not_a_period(text: str) -> None:
    with pytest.raises(ValueError, match=r"."):
        parse(text)

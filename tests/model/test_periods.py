"""Dates as sources give them."""

from __future__ import annotations

from datetime import date

import pytest

from generator.model.periods import FiscalCalendar, Form, parse


@pytest.mark.parametrize(
    ("text", "form", "first", "last"),
    [
        ("2025", Form.YEAR, "2025-01-01", "2025-12-31"),
        ("FY2025", Form.FISCAL_YEAR, "2025-01-01", "2025-12-31"),
        ("FY2025-Q2", Form.FISCAL_QUARTER, "2025-04-01", "2025-06-30"),
        ("FY2025-H2", Form.FISCAL_HALF, "2025-07-01", "2025-12-31"),
        ("2020s", Form.DECADE, "2020-01-01", "2029-12-31"),
        ("2026-W01", Form.WEEK, "2025-12-29", "2026-01-04"),
        ("2020-W53", Form.WEEK, "2020-12-28", "2021-01-03"),
        ("2025-DJF", Form.SEASON, "2024-12-01", "2025-02-28"),
        ("2025-JJA", Form.SEASON, "2025-06-01", "2025-08-31"),
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
        *("2025-W00", "2025-W53", "2025s", "FY2025-Q5", "2025-XYZ"),
        *("2025-13", "2025-00", "2025-02-30", "2025-00-10", "0000", "-2025"),
        *("2025/", "/2025", "2025/2024", "2025-09/2025-08-30", "2025/2026/2027", "2025/2026/"),
    ],
)
def test_not_a_period(text: str) -> None:
    with pytest.raises(ValueError, match=r"."):
        parse(text)


@pytest.mark.parametrize(
    ("text", "begins", "named_by_end", "first", "last"),
    [
        ("FY2024", 4, False, "2024-04-01", "2025-03-31"),  # as in Japan
        ("FY2024", 10, True, "2023-10-01", "2024-09-30"),  # as the federal government of the United States
        ("FY2024", 7, True, "2023-07-01", "2024-06-30"),
        ("FY2023", 3, True, "2022-03-01", "2023-02-28"),
        ("FY2024", 1, True, "2024-01-01", "2024-12-31"),
        ("FY2024-Q1", 4, False, "2024-04-01", "2024-06-30"),
        ("FY2024-Q4", 4, False, "2025-01-01", "2025-03-31"),
        ("FY2024-Q2", 10, True, "2024-01-01", "2024-03-31"),
        ("FY2024-H2", 4, False, "2024-10-01", "2025-03-31"),
        ("FY2023/FY2024", 4, False, "2023-04-01", "2025-03-31"),
        ("2024", 4, False, "2024-01-01", "2024-12-31"),
        ("2024-Q1", 4, False, "2024-01-01", "2024-03-31"),
    ],
)
def test_fiscal_years_have_their_true_days(text: str, begins: int, named_by_end: bool, first: str, last: str) -> None:  # noqa: FBT001
    period = FiscalCalendar(begins=begins, named_by_end=named_by_end).dated(parse(text))
    assert period is not None
    assert (period.first, period.last) == (date.fromisoformat(first), date.fromisoformat(last))
    assert period.text == text

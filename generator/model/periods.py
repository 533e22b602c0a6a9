"""Periods of time as precise as a source gives them: a fiscal year, year, half, quarter, month or day, or a span of two."""

from __future__ import annotations

import calendar
import re
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from ..store.fast_pickle import FastPickle

_FORMS = (
    ("fiscal_year", re.compile(r"FY([1-9][0-9]{3})")),
    ("quarter", re.compile(r"([1-9][0-9]{3})-Q([1-4])")),
    ("half", re.compile(r"([1-9][0-9]{3})-H([12])")),
    ("day", re.compile(r"([1-9][0-9]{3})-([0-9]{2})-([0-9]{2})")),
    ("month", re.compile(r"([1-9][0-9]{3})-([0-9]{2})")),
    ("year", re.compile(r"([1-9][0-9]{3})")),
)
_DAYS = (
    r"[1-9][0-9]{3}-(?:(?:0[1-9]|1[0-2])-(?:0[1-9]|1[0-9]|2[0-8])|(?:0[13-9]|1[0-2])-(?:29|30)|(?:0[13578]|1[02])-31)"
    r"|(?:[1-9][0-9](?:0[48]|[2468][048]|[13579][26])|(?:[2468][048]|[13579][26])00)-02-29"
)
_SINGLE = rf"(?:(?:FY)?[1-9][0-9]{{3}}|[1-9][0-9]{{3}}-(?:Q[1-4]|H[12]|0[1-9]|1[0-2])|{_DAYS})"
PATTERN = rf"{_SINGLE}(?:\s*/\s*{_SINGLE})?"  # what `parse` accepts, except that a span must not end before it begins
_QUARTER, _HALF, _MONTHS = 3, 6, 12


class Form(StrEnum):
    """The form in which a period was written, which tells how precise it is."""

    FISCAL_YEAR = "fiscal_year"
    YEAR = "year"
    HALF = "half"
    QUARTER = "quarter"
    MONTH = "month"
    DAY = "day"
    SPAN = "span"


@dataclass(frozen=True, slots=True, kw_only=True)
class Period(FastPickle):
    """A time from its first to its last day (both included), with the form and the text in which it was written."""

    form: Form
    first: date
    last: date
    text: str
    start: Period | None = None  # of a span
    end: Period | None = None

    @property
    def part(self) -> int:
        """The number of the quarter or half within its year; 0 for other forms."""
        if self.form is Form.QUARTER:
            return (self.first.month - 1) // _QUARTER + 1
        return (self.first.month - 1) // _HALF + 1 if self.form is Form.HALF else 0


def parse(text: str) -> Period:
    """`FY2025`, `2025`, `2025-H2`, `2025-Q2`, `2025-08`, `2025-08-30`, or two of them as `2027/2032-12`.

    Raises ValueError for anything else, an impossible date, or a span that ends before it begins.
    """
    text = text.strip()
    return _span(text) if "/" in text else _parse_single(text)


def _parse_single(text: str) -> Period:
    for name, pattern in _FORMS:
        if match := pattern.fullmatch(text):
            return _single(Form(name), [int(group) for group in match.groups()], text)
    msg = f"not a date or period: {text}"
    raise ValueError(msg)


def _span(text: str) -> Period:
    start, end = (_parse_single(part.strip()) for part in text.split("/", 1))
    if end.last < start.first:
        msg = f"the span ends before it begins: {text}"
        raise ValueError(msg)
    return Period(form=Form.SPAN, first=start.first, last=end.last, text=text, start=start, end=end)


def _single(form: Form, numbers: list[int], text: str) -> Period:
    year = numbers[0]
    match form:
        case Form.DAY:
            first = last = date(*numbers)
        case Form.MONTH:
            first, last = date(year, numbers[1], 1), _month_end(year, numbers[1])
        case Form.QUARTER:
            month = (numbers[1] - 1) * _QUARTER + 1
            first, last = date(year, month, 1), _month_end(year, month + _QUARTER - 1)
        case Form.HALF:
            month = (numbers[1] - 1) * _HALF + 1
            first, last = date(year, month, 1), _month_end(year, month + _HALF - 1)
        case _:
            first, last = date(year, 1, 1), date(year, _MONTHS, 31)
    return Period(form=form, first=first, last=last, text=text)


def _month_end(year: int, month: int) -> date:
    if not 1 <= month <= _MONTHS:
        msg = f"there is no month {month}"
        raise ValueError(msg)
    return date(year, month, calendar.monthrange(year, month)[1])

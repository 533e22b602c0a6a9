"""Periods as precise as a source gives them: a decade, year, part of a year, week or day, a fiscal year, or a span."""

from __future__ import annotations

import calendar
import re
from datetime import date
from enum import StrEnum

from ..records.struct import Struct, replace

_FORMS = (
    ("fiscal_year", re.compile(r"FY([1-9][0-9]{3})")),
    ("fiscal_quarter", re.compile(r"FY([1-9][0-9]{3})-Q([1-4])")),
    ("fiscal_half", re.compile(r"FY([1-9][0-9]{3})-H([12])")),
    ("decade", re.compile(r"([1-9][0-9]{2}0)s")),
    ("week", re.compile(r"([1-9][0-9]{3})-W([0-5][0-9])")),
    ("season", re.compile(r"([1-9][0-9]{3})-(DJF|MAM|JJA|SON)")),
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
_WEEKS = r"[1-9][0-9]{3}-W(?:0[1-9]|[1-4][0-9]|5[0-2])"  # and W53 in some years
_PARTS = r"[1-9][0-9]{3}-(?:0[1-9]|1[0-2]|DJF|MAM|JJA|SON)"
_SINGLE = rf"(?:(?:FY)?[1-9][0-9]{{3}}(?:-(?:Q[1-4]|H[12]))?|[1-9][0-9]{{2}}0s|{_WEEKS}|{_PARTS}|{_DAYS})"
PATTERN = rf"{_SINGLE}(?:\s*/\s*{_SINGLE})?"  # what `parse` accepts, except that a span must not end before it begins
_QUARTER, _HALF, _MONTHS = 3, 6, 12
_SEASONS = {"DJF": 0, "MAM": 3, "JJA": 6, "SON": 9}  # meteorological ones by their months; the first month before, from 0


class Form(StrEnum):
    """The form in which a period was written, which tells how precise it is."""

    FISCAL_YEAR = "fiscal_year"
    FISCAL_QUARTER = "fiscal_quarter"
    FISCAL_HALF = "fiscal_half"
    DECADE = "decade"
    WEEK = "week"
    SEASON = "season"
    YEAR = "year"
    HALF = "half"
    QUARTER = "quarter"
    MONTH = "month"
    DAY = "day"
    SPAN = "span"


class Period(Struct, frozen=True, kw_only=True):
    """A time from its first to its last day (both included), with the form and the text in which it was written."""

    form: Form
    first: date
    last: date
    text: str
    start: Period | None = None  # of a span
    end: Period | None = None

    @property
    def part(self) -> int:
        """The number of the quarter, half or week within its year; 0 for other forms."""
        written = re.search(r"-[QHW]([0-9]+)$", self.text)
        return int(written[1]) if written else 0

    @property
    def year(self) -> int:
        """The year that it is named by, which a fiscal year may have but few months in; of a span the first."""
        return int(re.sub(r"^FY|[^0-9].*", "", self.text))


class FiscalCalendar(Struct, frozen=True, kw_only=True):
    """The month in which a fiscal year begins, and whether it is named by the year in which it begins or ends."""

    begins: int = 1
    named_by_end: bool = False

    def dated(self, period: Period | None) -> Period | None:
        """A period with its true first and last day; one that is no part of a fiscal year stays what it is."""
        if period is None or self.begins == 1:
            return period
        if period.start is not None and period.end is not None:
            start, end = self.dated(period.start), self.dated(period.end)
            assert start is not None and end is not None  # noqa: S101, PT018  as what was given
            return replace(period, first=start.first, last=end.last, start=start, end=end)
        if period.form not in (Form.FISCAL_YEAR, Form.FISCAL_QUARTER, Form.FISCAL_HALF):
            return period
        months = self.begins - 1 - (_MONTHS if self.named_by_end else 0)
        return replace(period, first=_shifted(period.first, months), last=_shifted(period.last, months, end=True))


def _shifted(day: date, months: int, *, end: bool = False) -> date:
    """The first or last day of the month so many months from that of a day."""
    count = day.year * _MONTHS + day.month - 1 + months
    year, month = count // _MONTHS, count % _MONTHS + 1
    return _month_end(year, month) if end else date(year, month, 1)


def parse(text: str) -> Period:
    """`FY2025`, `FY2025-Q1`, `2020s`, `2025`, `2025-H2`, `2025-Q2`, `2025-JJA`, `2025-08`, `2025-W05`, `2025-08-30`.

    Or two of them as `2027/2032-12`. Fiscal years begin in January until a FiscalCalendar says otherwise.
    Raises ValueError for anything else, an impossible date, or a span that ends before it begins.
    """
    text = text.strip()
    return _span(text) if "/" in text else _parse_single(text)


def _parse_single(text: str) -> Period:
    for name, pattern in _FORMS:
        if match := pattern.fullmatch(text):
            numbers = [_SEASONS[group] if group in _SEASONS else int(group) for group in match.groups()]
            return _single(Form(name), numbers, text)
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
        case Form.QUARTER | Form.FISCAL_QUARTER:
            month = (numbers[1] - 1) * _QUARTER + 1
            first, last = date(year, month, 1), _month_end(year, month + _QUARTER - 1)
        case Form.HALF | Form.FISCAL_HALF:
            month = (numbers[1] - 1) * _HALF + 1
            first, last = date(year, month, 1), _month_end(year, month + _HALF - 1)
        case Form.DECADE:
            first, last = date(year, 1, 1), date(year + 9, _MONTHS, 31)
        case Form.WEEK:
            first, last = date.fromisocalendar(year, numbers[1], 1), date.fromisocalendar(year, numbers[1], 7)
        case Form.SEASON:
            first = _shifted(date(year - 1, _MONTHS, 1), numbers[1])
            last = _shifted(first, _QUARTER - 1, end=True)
        case _:
            first, last = date(year, 1, 1), date(year, _MONTHS, 31)
    return Period(form=form, first=first, last=last, text=text)


def _month_end(year: int, month: int) -> date:
    if not 1 <= month <= _MONTHS:
        msg = f"there is no month {month}"
        raise ValueError(msg)
    return date(year, month, calendar.monthrange(year, month)[1])

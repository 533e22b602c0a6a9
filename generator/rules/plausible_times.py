"""Rules: facts whose dates contradict each other: observed before it could be, known before it was, of another row's time."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, timedelta

from ..diagnostics.finding import Diagnostic
from ..model import periods
from ..model.periods import Form, Period
from ..model.report import Fact
from ..reading.located_values import Entry
from .context import RuleContext, of_fact_files
from .plausible_values import implausible, is_meant

_EARLY = timedelta(days=3)  # a month is often told of just before it ends
_ACCOUNTED = (Form.FISCAL_YEAR, Form.HALF, Form.QUARTER, Form.MONTH)
_REGULAR = (Form.YEAR, Form.FISCAL_YEAR, Form.HALF, Form.QUARTER, Form.MONTH)


def dates_are_plausible(context: RuleContext) -> Iterator[Diagnostic]:
    """One finding for each fact whose dates contradict each other, and for rows of series that are observed too early."""
    return context.in_fact_files(_in_file)


@of_fact_files
def _in_file(context: RuleContext, file: str) -> Iterator[Diagnostic]:
    for fact in context.fact_files.facts(file):
        if not fact.formula and not is_meant(context.draft.facts[fact.id]):
            tests = (_observed, _forecast, _row, _history, _named)
            finding = next((found for test in tests if (found := test(context, fact)) is not None), None)
            if finding is not None:
                yield finding


_PERIOD_OF_ID = re.compile(r"(?:^|_)(?:(q[1-4]|h[12])_)?((?:19|20)\d\d)$")
_YEARS = 20  # after the report, beyond which hardly anything is planned


def _named(context: RuleContext, fact: Fact) -> Diagnostic | None:
    """A fact whose id ends with another quarter, half or year than that of its period."""
    found = _PERIOD_OF_ID.search(fact.id)
    if found is None or fact.period is None or fact.period.form not in _REGULAR or fact.period.form is Form.MONTH:
        return None
    named = _period(f"{found[2]}-{found[1].upper()}" if found[1] else found[2])
    if named is None or (named.first <= fact.period.last and fact.period.first <= named.last):
        return None
    span = context.draft.facts[fact.id].span_of("period")
    return implausible("implausible-date", span, "id", id=fact.id, period=fact.period.text, named=named.text)


def events_are_near(context: RuleContext) -> Iterator[Diagnostic]:
    """Events of a day decades after the report: most often two digits of the year are swapped."""
    horizon = context.edition.report.as_of
    for event in context.edition.events.values():
        entry = context.draft.events[event.id]
        if event.date.first.year > horizon.last.year + _YEARS and not is_meant(entry):
            args = {"id": event.id, "period": event.date.text, "as_of": horizon.text}
            yield implausible("implausible-date", entry.span_of("date"), "far", **args)


def _observed(context: RuleContext, fact: Fact) -> Diagnostic | None:
    """A fact that is observed of a time to come, or known before its time was over."""
    if fact.status != "observed":
        return None
    horizon, entry = context.edition.report.as_of, context.draft.facts[fact.id]
    when = fact.value if isinstance(fact.value, Period) else fact.period
    if when is None:
        return None
    over = when.first if isinstance(fact.value, Period) else _known_from(when)
    if over > horizon.last:
        span = entry.span_of("status")
        return implausible("implausible-date", span, "future", id=fact.id, period=when.text, as_of=horizon.text)
    if fact.as_of is not None and not isinstance(fact.value, Period) and fact.as_of.last < over:
        span = entry.span_of("as_of")
        return implausible("implausible-date", span, "early", id=fact.id, period=when.text, as_of=fact.as_of.text)
    return None


def _known_from(period: Period) -> date:
    """The first day on which something can have been observed of a period: of a quarter or a fiscal year when it is over.

    What is said of a year may be what was found on some day of it.
    """
    return period.last - _EARLY if period.form in _ACCOUNTED else period.first


def _forecast(context: RuleContext, fact: Fact) -> Diagnostic | None:
    """A forecast of a time that was over when it was made."""
    if fact.status == "forecast" and fact.period and fact.as_of and fact.as_of.first > fact.period.last:
        span = context.draft.facts[fact.id].span_of("status")
        return implausible("implausible-date", span, "late", id=fact.id, period=fact.period.text, as_of=fact.as_of.text)
    return None


def _row(context: RuleContext, fact: Fact) -> Diagnostic | None:
    """A fact of a time that is not that of the row its value is taken from, in a table of years, quarters or months."""
    if fact.series is None or fact.period is None:
        return None
    series, _, at = fact.series
    times = [_period(row.key) for row in context.edition.series[series].rows]
    row = _period(at)
    if row is None or any(time is None or time.form not in _REGULAR for time in times):
        return None
    if row.first <= fact.period.last and fact.period.first <= row.last:
        return None
    span = context.draft.facts[fact.id].span_of("period")
    return implausible("implausible-date", span, "row", id=fact.id, period=fact.period.text, row=at)


def _history(context: RuleContext, fact: Fact) -> Diagnostic | None:
    """An earlier value that was left before it was known."""
    for change in fact.history:
        if change.until is not None and change.until.last < change.as_of.first:
            span = context.draft.facts[fact.id].span_of("history")
            dates = {"as_of": change.as_of.text, "until": change.until.text}
            return implausible("implausible-date", span, "history", id=fact.id, **dates)
    return None


def _period(text: str) -> Period | None:
    try:
        return periods.parse(text)
    except ValueError:
        return None


def rows_are_not_observed_early(context: RuleContext) -> Iterator[Diagnostic]:
    """Rows of a time after the report's horizon with values that their column calls observed."""
    horizon = context.edition.report.as_of
    for series in context.edition.series.values():
        columns = context.draft.series[series.id]["columns"]
        said = columns.fields if isinstance(columns, Entry) else {}
        observed = [key for key, one in said.items() if isinstance(one, Entry) and one.get("status") == "observed"]
        for row in series.rows if observed and not is_meant(context.draft.series[series.id]) else ():
            when = _period(row.key)
            if when is not None and when.first > horizon.last and row.status in ("", "observed"):
                cells = [cell for cell in context.draft.cells[series.id] if cell.get(series.key)]
                span = next(cell[series.key].span for cell in cells if cell[series.key].text == row.key)
                if any(column in row.values for column in observed):
                    args = {"id": series.id, "period": row.key, "as_of": horizon.text}
                    yield implausible("implausible-date", span, "future", **args)

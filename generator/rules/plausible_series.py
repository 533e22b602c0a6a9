"""Rule: rows of a series that are probably slips: names of another form, one time twice, a copied row, wrong growth."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal
from itertools import pairwise

from ..diagnostics.finding import Diagnostic, Span
from ..model import periods, values
from ..model.comparison import short_notation
from ..model.periods import Form, Period
from ..model.series import Row, Series
from ..model.values import Point
from .context import RuleContext
from .plausible_values import implausible, is_meant

_LEAST_ROWS = 3
_MOSTLY = 0.6  # of the rows have to be named by periods for the others to be slips
_LEAST_COLUMNS = 2  # that a copied row has in common with the one before
_IN_A_YEAR = {Form.YEAR: 1, Form.FISCAL_YEAR: 1, Form.HALF: 2, Form.QUARTER: 4, Form.MONTH: 12}
_SLACK = Decimal("0.0051")  # a growth that is told in whole percent, of values that are rounded themselves
_LEAST_SIGN = 4  # values of a column beside which one negative one stands out


def rows_are_plausible(context: RuleContext) -> Iterator[Diagnostic]:
    """Findings of every series that does not say that it is meant as it is."""
    for series in context.edition.series.values():
        if not is_meant(context.draft.series[series.id]):
            spans = {cells[series.key].text: cells for cells in context.draft.cells.get(series.id, ()) if series.key in cells}
            places = {name: {column: cell.span for column, cell in cells.items()} for name, cells in spans.items()}
            yield from _names(series, places)
            yield from _copies(series, places)
            yield from _growth(series, places)
            yield from _signs(series, places)


Places = dict[str, dict[str, Span]]  # of cells, by row and column


def _place(places: Places, series: Series, row: str, column: str = "") -> Span:
    cells = places.get(row, {})
    return cells.get(column) or cells.get(series.key) or Span(f"data/series/{series.id}.csv")


def _names(series: Series, places: Places) -> Iterator[Diagnostic]:
    """Names that are no period among many that are, and two names of one time."""
    known = {row.key: period for row in series.rows if (period := _period(row.key)) is not None}
    if len(known) < _LEAST_ROWS or len(known) < _MOSTLY * len(series.rows):
        return
    example = next(iter(known))
    for row in series.rows:
        if row.key not in known:
            yield implausible("odd-row-name", _place(places, series, row.key), found=row.key, example=example)
    first: dict[tuple[object, object], str] = {}
    for name, period in known.items():
        other = first.setdefault((period.first, period.last), name)
        if other != name:
            yield implausible("odd-row-name", _place(places, series, name), "twice", found=name, example=other)


def _period(text: str) -> Period | None:
    try:
        return periods.parse(text)
    except ValueError:
        return None


def _copies(series: Series, places: Places) -> Iterator[Diagnostic]:
    """A row with the same values as the one before: the line was copied and left as it was."""
    for before, row in pairwise(series.rows):
        same = (row.values, row.words, row.plain) == (before.values, before.words, before.plain)
        if len(row.values) >= _LEAST_COLUMNS and same and _period(row.key) is not None:
            yield implausible("repeated-row", _place(places, series, row.key), found=row.key, other=before.key)


def _growth(series: Series, places: Places) -> Iterator[Diagnostic]:
    """Cells of a growth column that the column it is the growth of contradicts."""
    for column, base in _growth_columns(series):
        lags = _lags(series)
        pairs = {lag: list(_pairs(series.rows, column, base, lag)) for lag in lags}
        best = max(lags, key=lambda lag: sum(_agree(stated, found) for _, stated, found in pairs[lag]))
        agreeing = sum(_agree(stated, found) for _, stated, found in pairs[best])
        for row, stated, found in pairs[best]:
            if not _agree(stated, found) and (agreeing or len(pairs[best]) == 1):
                args = {"found": short_notation(stated), "column": column, "base": base, "row": row}
                likely = f"{found.quantize(Decimal('0.001')).normalize():f}"
                yield implausible("growth-denied", _place(places, series, row, column), likely=likely, **args)


def _growth_columns(series: Series) -> Iterator[tuple[str, str]]:
    """Columns of rates with the column they are the growth of: the one whose name theirs begins with, or the only other one."""
    measured = {key: column.unit for key, column in series.columns.items() if column.unit is not None}
    amounts = [key for key, unit in measured.items() if not unit.percent]
    rates = [key for key, unit in measured.items() if unit.percent]
    for key in rates:
        named = [amount for amount in amounts if key.startswith(f"{amount}_")]
        if named:
            yield key, max(named, key=len)
        elif len(amounts) == 1 and len(rates) == 1:
            yield key, amounts[0]


def _lags(series: Series) -> tuple[int, ...]:
    """How many rows before a row it may be compared with: the one before, and that of a year before."""
    forms = {period.form for row in series.rows if (period := _period(row.key)) is not None}
    return tuple(dict.fromkeys((*sorted({_IN_A_YEAR[form] for form in forms if form in _IN_A_YEAR}, reverse=True), 1)))


def _pairs(rows: Sequence[Row], column: str, base: str, lag: int) -> Iterator[tuple[str, values.Value, Decimal]]:
    """Rows with the growth that they state and the growth of their values."""
    for before, row in zip(rows, rows[lag:], strict=False):
        stated, new, old = row.values.get(column), row.values.get(base), before.values.get(base)
        if isinstance(stated, Point) and isinstance(new, Point) and isinstance(old, Point) and old.number > 0:
            yield row.key, stated, new.number / old.number - 1


def _agree(stated: values.Value, found: Decimal) -> bool:
    return abs(values.midpoint(stated) - found) <= _SLACK


def _signs(series: Series, places: Places) -> Iterator[Diagnostic]:
    """The only negative value of a column of amounts."""
    for key, column in series.columns.items():
        found = [(row.key, row.values[key]) for row in series.rows if key in row.values]
        negative = [(name, value) for name, value in found if values.midpoint(value) < 0]
        if column.unit is not None and not column.unit.percent and len(negative) == 1 and len(found) >= _LEAST_SIGN:
            name, value = negative[0]
            yield implausible("implausible-cell", _place(places, series, name, key), found=short_notation(value), column=key)

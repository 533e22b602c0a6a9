"""Rules: a series has rows, in the order of time and without a hole, of values that one scale can show."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from decimal import Decimal
from itertools import pairwise

from ..diagnostics.finding import Diagnostic, Span
from ..model import arithmetic, periods, values
from ..model.comparison import short_notation
from ..model.periods import Form, Period
from ..model.series import Series
from ..model.values import Value
from ..tables.grid import Cell
from .context import RuleContext
from .plausible_values import is_meant

_MONTHS = {
    Form.YEAR: 12,
    Form.FISCAL_YEAR: 12,
    Form.HALF: 6,
    Form.QUARTER: 3,
    Form.MONTH: 1,
    Form.FISCAL_QUARTER: 3,
    Form.FISCAL_HALF: 6,
}  # forms that follow each other
_POWERS = (3, 4, 6, 8, 9, 12)  # thousands and myriads: what a column in other units is off by
_SPREAD, _OFF = Decimal("1.5"), Decimal("0.5")  # in powers of ten: of values of a kind, and around a power
_LEAST_ROWS = 3
_LEAST_OF_A_KIND = 5  # rows within a power of ten, beside which a factor of a hundred stands out
Cells = Sequence[Mapping[str, Cell]]


def series_have_rows_in_order(context: RuleContext) -> Iterator[Diagnostic]:
    """Series without rows, rows without a name, and periods that are mixed, out of order or missing."""
    for series in context.edition.series.values():
        cells = context.draft.cells.get(series.id, ())
        if not cells and context.complete:  # else its file may be what cannot be read
            yield Diagnostic(rule="no-rows", span=context.draft.series[series.id].span, args={"series": series.id})
        for row in cells:
            if series.key in row and not row[series.key].text:
                yield Diagnostic(rule="nameless-row", span=row[series.key].span, args={"key": series.key})
        named = [(row[series.key].text, row[series.key].span) for row in cells if series.key in row and row[series.key].text]
        meant = is_meant(context.draft.series[series.id])
        for finding in _in_time(dict(reversed(named)).items() if series.vintages else named):
            if not (meant and finding.rule == "missing-rows"):
                yield finding
        if not (series.vintages or meant):
            yield from _one_out_of_order(named)


def _in_time(named: Iterable[tuple[str, Span]]) -> Iterator[Diagnostic]:
    """Findings about rows that are named by periods, if all of them are."""
    rows: list[tuple[Period, Span]] = []
    for name, span in named:
        try:
            rows.append((periods.parse(name), span))
        except ValueError:
            return
    regular = [(period, span) for period, span in rows if period.form in _MONTHS]
    if len(rows) < _LEAST_ROWS or len(regular) < len(rows):
        return  # days on which something happened have no rhythm
    form, count = Counter(period.form for period, _ in rows).most_common(1)[0]
    for period, span in rows:
        if period.form is not form and count > 1:
            yield _warning(
                "mixed-periods", span, period=period.text, other=next(one.text for one, _ in rows if one.form is form)
            )
    same = [(period, span) for period, span in rows if period.form is form]
    for (before, first), (after, span) in pairwise(same):
        if after.first < before.first:
            yield _warning("rows-out-of-order", span, first, period=after.text, before=before.text)
            return
    steps = [_month(after) - _month(before) for (before, _), (after, _) in pairwise(same)]
    usual = Counter(steps).most_common(1)[0][0] if steps else 0
    for ((before, first), (after, span)), step in zip(pairwise(same), steps, strict=True):
        if step > usual > 0:
            yield _warning("missing-rows", span, first, before=before.text, after=after.text)


def _one_out_of_order(named: Sequence[tuple[str, Span]]) -> Iterator[Diagnostic]:
    """A single row that stands elsewhere than its date: the others, named by days as well, are in order without it."""
    try:
        rows = [(periods.parse(name), span) for name, span in named]
    except ValueError:
        return
    if len(rows) <= _LEAST_ROWS or all(period.form in _MONTHS for period, _ in rows):
        return  # those have findings of their own
    falls = [number for number, ((one, _), (other, _)) in enumerate(pairwise(rows), 1) if other.first < one.first]
    if len(falls) != 1:
        return
    at = falls[0]
    for odd in (at, at - 1):
        rest = [period.first for number, (period, _) in enumerate(rows) if number != odd]
        if rest == sorted(rest):
            (before, first), (after, span) = rows[at - 1], rows[at]
            yield _warning("rows-out-of-order", span, first, period=after.text, before=before.text)
            return


def _month(period: Period) -> int:
    return period.first.year * 12 + period.first.month


def _warning(rule: str, span: Span, second: Span | None = None, **args: str) -> Diagnostic:
    return Diagnostic(rule=rule, severity="warning", span=span, second=second, args=dict(args))


def cells_have_one_scale(context: RuleContext) -> Iterator[Diagnostic]:
    """A value that is thousands of times smaller or larger than all others of its column, which are alike."""
    for series in context.edition.series.values():
        if is_meant(context.draft.series[series.id]):
            continue
        for column in (key for key, one in series.columns.items() if one.unit is not None):
            found = [(row.key, row.values[column]) for row in series.rows if column in row.values]
            for name, value, power in _outliers(found):
                span = _span(context, series, name, column)
                args = {"found": short_notation(value), "power": f"1e{abs(power)}", "likely": _likely(value, power)}
                yield Diagnostic(
                    rule="unlike-scale", variant="large" if power > 0 else "", severity="warning", span=span, args=args
                )


def _outliers(found: Sequence[tuple[str, Value]]) -> Iterator[tuple[str, Value, int]]:
    """Rows whose value is off, with the power of ten that it is off by."""
    sized = [(name, value, middle.log10()) for name, value in found if (middle := abs(values.midpoint(value)))]
    if len(sized) < _LEAST_ROWS:
        return
    ordered = sorted(size for _, _, size in sized)
    median = ordered[len(ordered) // 2]
    off = [one for one in sized if abs(one[2] - median) > _SPREAD]
    if len(off) == 1:  # more of them are a column of values of all sizes
        name, value, size = off[0]
        power = min(_POWERS, key=lambda power: abs(abs(size - median) - power))
        others = [one for _, _, one in sized if one != size]
        apart = min(abs(size - one) for one in others)
        if len(others) >= _LEAST_OF_A_KIND and max(others) - min(others) <= 1 < apart - _OFF and apart < _POWERS[0] - _OFF:
            yield name, value, 2 if size > median else -2  # two digits, as between a share and a percentage
        elif abs(abs(size - median) - power) <= _OFF:
            yield name, value, power if size > median else -power


def _likely(value: Value, power: int) -> str:
    ends = [f"{(end.number.scaleb(-power)).normalize():f}" for end in values.ends(value)]
    return "..".join(ends) if power > 0 else "..".join(f"{end.number}e{-power}" for end in values.ends(value))


def _span(context: RuleContext, series: Series, name: str, column: str) -> Span:
    rows: Cells = context.draft.cells.get(series.id, ())
    row = next((one for one in rows if series.key in one and one[series.key].text == name and column in one), None)
    return row[column].span if row else context.draft.series[series.id].span


def changed_cells_are_told(context: RuleContext) -> Iterator[Diagnostic]:
    """Cells that differ from an earlier edition, and of which no fact is made: only charts and files show the change."""
    base = context.options.base
    of_facts = {fact.series for fact in context.edition.facts.values()} if base is not None else set()
    for series in context.edition.series.values() if base is not None else ():
        before = base.series.get(series.id) if base is not None else None
        old = {row.key: row for row in before.rows} if before is not None else {}
        for row in series.rows:
            for column, value in row.values.items():
                was = old[row.key].values.get(column) if row.key in old else None
                if was is not None and not arithmetic.same(was, value) and (series.id, column, row.key) not in of_facts:
                    yield _warning(
                        "untold-change",
                        _span(context, series, row.key, column),
                        series=series.id,
                        row=row.key,
                        old=short_notation(was),
                        new=short_notation(value),
                    )

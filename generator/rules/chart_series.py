"""Rule: the series that a chart draws has what its mark needs, so that nothing is dropped or misplaced."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import suppress

from ..charts.installed_marks import needs_of
from ..charts.needs import Needs
from ..diagnostics.finding import Clause, Diagnostic, DiagnosticError, Localized, Span
from ..model import report
from ..model.arithmetic import share_of
from ..model.periods import parse
from ..model.series import Row, Series
from ..model.spelling import suggest
from ..model.units import SHARE
from ..model.values import Value
from ..reading.located_values import Entry, Located, members_of
from ..records.struct import Struct
from .context import RuleContext

_COORDINATES = 2  # of a place on a map of tiles


def chart_series_suit(context: RuleContext) -> Iterator[Diagnostic]:
    """Findings about charts whose series does not suit their mark, each with its place."""
    for chart in context.edition.charts.values():
        needs = None
        with suppress(DiagnosticError):  # a mark that is installed and cannot be used has its own finding
            needs = needs_of(chart.mark)
        if needs is None or not chart.series:
            continue
        for name in chart.series:
            series, entry = context.edition.series[name], context.draft.charts[chart.id]
            checked = _Checked(context=context, chart=chart, entry=entry, series=series, needs=needs)
            yield from checked.findings()


class _Checked(Struct, frozen=True, kw_only=True):
    """A chart with its series and the needs of its mark."""

    context: RuleContext
    chart: report.Chart
    entry: Entry
    series: Series
    needs: Needs

    def findings(self) -> Iterator[Diagnostic]:
        """The first kind of mistake that there is; and keys that name nothing."""
        yield from self._names()
        if self.series.rows:  # a series without rows has its own finding
            kinds = (self._counts, self._times, self._units, self._cells, self._places)
            yield from next((found for kind in kinds if (found := list(kind()))), [])

    def _columns(self) -> Sequence[tuple[str, Span]]:
        """The columns to draw, with the places where they are named."""
        if named := members_of(self.entry["columns"]):
            return [(str(one.value), one.span) for one in named if one.value in self.series.columns]
        span = self.entry.span_of("series")
        return [(key, span) for key, one in self.series.columns.items() if one.unit is not None]

    def _values(self, column: str) -> list[tuple[Row, Value]]:
        """The values of a column that are drawn; of shares, those whose whole is known and not zero."""
        found = [(row, row.values[column]) for row in self.series.rows if column in row.values]
        whole = self.chart.options.get("share_of")
        return [
            (row, value) for row, value in found if whole is None or share_of(value, row.values.get(str(whole))) is not None
        ]

    def _counts(self) -> Iterator[Diagnostic]:
        columns, (least, most) = self._columns(), self.needs.columns
        place = self.entry.span_of("columns" if self.entry["columns"] is not None else "series")
        if len(columns) < least:
            yield self._bad(place, "few-columns", mark=self.chart.mark, least=str(least), found=str(len(columns)))
        elif len(columns) > most:
            dropped = ", ".join(key for key, _ in columns[most:])
            yield self._bad(place, "many-columns", mark=self.chart.mark, most=str(most), dropped=dropped)
        for column, span in columns:
            if not self._values(column):
                yield self._bad(span, "empty", column=column)
        rows = {row.key for column, _ in columns for row, _ in self._values(column)}
        if 0 < len(rows) < self.needs.rows:
            span = self.entry.span_of("series")
            yield self._bad(span, "few-rows", mark=self.chart.mark, least=str(self.needs.rows), found=str(len(rows)))

    def _times(self) -> Iterator[Diagnostic]:
        for row in self.series.rows if self.needs.over_time else ():
            try:
                parse(row.key)
            except ValueError:
                yield self._bad(self._cell(row, self.series.key), "no-time", found=row.key, mark=self.chart.mark)
                return

    def _units(self) -> Iterator[Diagnostic]:
        columns = self._columns()
        units = [(self.series.columns[key].unit, span) for key, span in columns]
        if (whole := self.entry["share_of"]) is not None:
            unit = self.series.columns[str(whole.value)].unit
            for column, span in units:
                if unit is not None and column is not None and unit.dimension != column.dimension:
                    yield self._bad(span, "units", unit=column.id, other=unit.id)
                    return
            units = [(SHARE, whole.span)]
        for reference in (*members_of(self.entry["references"]), *members_of(self.entry["expected"])):
            named = reference["fact"] if isinstance(reference, Entry) else reference
            fact = self.context.edition.facts.get(str(named.value)) if named is not None else None
            if fact is not None and named is not None:
                units.append((fact.unit, named.span))
        first = units[0][0]
        for unit, span in units if self.needs.one_unit else ():
            if unit is not None and first is not None and unit.dimension != first.dimension:
                yield self._bad(span, "units", unit=unit.id, other=first.id)
                return

    def _places(self) -> Iterator[Diagnostic]:
        """Findings about the grid of a map: two columns of whole numbers, and no tile for two rows."""
        located = self.entry["grid"]
        if located is None:
            return
        grid, taken = [str(one.value) for one in members_of(located)], dict[tuple[str, ...], str]()
        if len(grid) != _COORDINATES:
            yield self._bad(located.span, "grid")
            return
        for row in self.series.rows:
            place = tuple(row.plain.get(column, "") for column in grid)
            wrong = next((column for column, text in zip(grid, place, strict=True) if not text.isdecimal()), None)
            if wrong is not None:
                yield self._bad(self._cell(row, wrong), "no-place", found=row.key, column=wrong)
            elif place in taken:
                yield self._bad(self._cell(row, grid[0]), "same-place", found=row.key, other=taken[place])
            taken.setdefault(place, row.key)

    def _cells(self) -> Iterator[Diagnostic]:
        columns = self._columns()
        for number, (column, _) in enumerate(columns):
            for row in self.series.rows if self.needs.complete or number < self.needs.rows_of else ():
                if column not in row.values:
                    variant = "gap" if self.needs.complete else "half"
                    yield self._bad(self._cell(row, column), variant, row=row.key, column=column, mark=self.chart.mark)
        for column, _ in columns:
            for row, value in self._values(column):
                low = value.low if value.low is not None else value.high
                if self.needs.positive and low is not None and low <= 0:
                    yield self._bad(self._cell(row, column), "log", found=row.key, column=column)
                elif self.needs.parts and low is not None and low < 0:
                    yield self._bad(self._cell(row, column), "negative", found=row.key, column=column, mark=self.chart.mark)

    def _names(self) -> Iterator[Diagnostic]:
        """Findings about keys that name neither a column nor a row of the series."""
        rows = [row.key for row in self.series.rows]
        texts = dict.fromkeys(key for row in self.series.rows for key in row.words)
        any_of = [*self.series.columns, *rows, *texts]
        labels = [*(key for key, column in self.series.columns.items() if column.unit is None), *texts]
        for key, known in (("highlight", any_of), ("totals", any_of), ("planned", rows), ("labels", labels)):
            for located in members_of(self.entry[key]):
                if str(located.value) not in known:
                    yield self._unknown(located, known)

    def _unknown(self, located: Located, known: Sequence[str]) -> Diagnostic:
        where, found = Clause("rows-of", {"name": self.series.id}), str(located.value)
        args: dict[str, str | Clause | Localized] = {"id": found, "kind": where, "suggestion": suggest(found, known)}
        return Diagnostic(rule="unknown-id", span=located.span, args=args)

    def _cell(self, row: Row, column: str) -> Span:
        """The place of a cell in the file of the series, or of the chart's series where it has none."""
        cells = self.context.draft.cells.get(self.series.id, ())
        key = self.series.key
        found = next((one for one in cells if key in one and one[key].text == row.key and column in one), None)
        return found[column].span if found else self.entry.span_of("series")

    def _bad(self, span: Span, variant: str, **args: str) -> Diagnostic:
        return Diagnostic(rule="bad-chart", variant=variant, span=span, args={"id": self.chart.id, **args})

"""A series as a table: a column per measure if all its values are exact, otherwise columns for low, high, bounds and about."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from ..model.machine_values import BOUNDS, decimal_text
from ..model.periods import Form
from ..model.series import Column, Row, Series
from ..model.values import Point, Value
from ..wording.texts import Texts
from .table_cells import Cells, Field, Table, flag, phrase_cells, range_cells, text_fields

_KNOWN_FORMS = (Form.YEAR, Form.HALF, Form.QUARTER, Form.MONTH, Form.DAY)


def series_table(series: Series, languages: Sequence[Texts]) -> Table:
    """A series with its key, measures, other columns, status and sources."""
    rows = series.vintages or series.rows
    measures = {key: one for key, one in series.columns.items() if one.unit is not None and not one.estimate_of}
    exact = {key for key in measures if all(_is_exact(row.values.get(key)) for row in rows)}
    fields: list[Field] = [Field(name=series.key, key=True)]
    if series.vintages:
        fields.append(Field(name="vintage", key=True))
    if _needs_days(series):
        fields += [Field(name=f"{series.key}_first", type="date"), Field(name=f"{series.key}_last", type="date")]
    for key, column in measures.items():
        fields += _measure_fields(key, column, languages[0], exact=key in exact)
    fields += (Field(name=key) for key in dict.fromkeys(key for row in rows for key in row.plain))
    for key in dict.fromkeys(key for row in rows for key in row.words):
        fields += text_fields(key, languages)
    flagged, missing = {key for row in rows for key in row.flags}, {key for row in rows for key in row.missing}
    fields += (Field(name=f"{key}_status") for key in measures if key in flagged)
    fields += (Field(name=f"{key}_missing") for key in measures if key in missing)
    fields += [Field(name="note")] if any(row.note for row in rows) else []
    fields += [Field(name="status"), Field(name="sources")]
    return Table(
        name=series.id,
        fields=tuple(fields),
        rows=tuple(_row(series, row, exact, measures, languages) for row in rows),
        title=languages[0].fill(series.label),
        series=True,
    )


def _needs_days(series: Series) -> bool:
    """Whether rows are named by periods whose days other programs cannot know, as those of a fiscal year."""
    return any(row.period is not None and row.period.form not in _KNOWN_FORMS for row in series.rows)


def _is_exact(value: Value | None) -> bool:
    return value is None or (isinstance(value, Point) and not value.about)


def _measure_fields(key: str, column: Column, texts: Texts, *, exact: bool) -> list[Field]:
    unit = column.unit.id if column.unit else ""
    title = texts.fill(column.label) if column.label else ""
    if exact:
        return [Field(name=key, type="number", unit=unit, title=title)]
    return [
        Field(name=f"{key}_low", type="number", unit=unit, title=title),
        Field(name=f"{key}_high", type="number", unit=unit, title=title),
        Field(name=f"{key}_bounds", enum=BOUNDS, title=title),
        Field(name=f"{key}_about", type="boolean", title=title),
    ]


def _row(series: Series, row: Row, exact: set[str], measures: Mapping[str, Column], languages: Sequence[Texts]) -> Cells:
    cells = {series.key: row.key, **({"vintage": row.vintage} if row.vintage else {})}
    if row.period is not None and _needs_days(series):
        cells |= {f"{series.key}_first": row.period.first.isoformat(), f"{series.key}_last": row.period.last.isoformat()}
    for key in measures:
        value = row.values.get(key)
        if value is None:
            continue
        if key in exact:
            cells[key] = decimal_text(value.low) or ""
        else:
            cells |= {**range_cells(value, f"{key}_"), f"{key}_about": flag(value.about)}
    cells |= row.plain
    for key, phrase in row.words.items():
        cells |= phrase_cells(key, phrase, languages)
    cells |= {f"{key}_status": " ".join(flags) for key, flags in row.flags.items() if key in measures}
    cells |= {f"{key}_missing": mark for key, mark in row.missing.items() if key in measures}
    cells |= {"note": row.note} if row.note else {}
    cells["status"] = "observed" if row.actual else row.status
    cells["sources"] = " ".join(source.id for source in row.sources)
    return cells

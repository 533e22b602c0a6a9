"""Revisions of a table: of the rows that were published for a period, the first and the last value of each column."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

from ..model import periods
from ..model.series import Column, Row
from ..model.values import Value
from ..records.struct import replace


def vintage_order(row: Row) -> date | None:
    """The day by which the vintages of a period are ordered; None for what is no date."""
    try:
        return periods.parse(row.vintage).last
    except ValueError:
        return None


def current_rows(rows: Sequence[Row], columns: Mapping[str, Column]) -> tuple[Row, ...]:
    """A row per period: the last one that was published, with the last value of each column, and what columns ask of others.

    A row without vintages has only one of each; a column that is left empty later keeps the value that was published before.
    """
    by_key: dict[str, list[Row]] = {}
    for row in rows:
        by_key.setdefault(row.key if row.vintage else f"{row.key} {len(by_key)}", []).append(row)
    return tuple(_current(sorted(found, key=lambda row: vintage_order(row) or date.min), columns) for found in by_key.values())


def _current(found: Sequence[Row], columns: Mapping[str, Column]) -> Row:
    first: dict[str, Value] = {}
    last: dict[str, Value] = {}
    for row in found:
        first = {**row.values, **first}
        last = {**last, **row.values}
    asked = {name: first if column.estimate == "first" else last for name, column in columns.items() if column.estimate_of}
    derived = {name: of[columns[name].estimate_of] for name, of in asked.items() if columns[name].estimate_of in of}
    return replace(found[-1], values={**last, **derived})

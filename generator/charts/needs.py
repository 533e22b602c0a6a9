"""What a mark that draws a series needs of it. The module imports nothing that draws."""

from __future__ import annotations

from collections.abc import Mapping

from ..records.struct import Struct


class Needs(Struct, frozen=True, kw_only=True):
    """The rows and columns that a mark can draw: how many, of what unit, and which values."""

    over_time: bool = False  # rows are named by dates or periods
    one_unit: bool = True  # all columns, and reference lines, share a dimension
    columns: tuple[int, int] = (1, 12)  # at least, at most
    rows: int = 1  # at least, with a value
    complete: bool = False  # no empty cell, since a whole would lack it
    rows_of: int = 0  # so many of the first columns have a value in each row, since the row would be dropped
    parts: bool = False  # no value is less than zero
    positive: bool = False  # every value is more than zero, since the scale is logarithmic


NEEDS: Mapping[str, Needs] = {
    "ranges": Needs(columns=(1, 1)),
    "trend": Needs(one_unit=False),
    "loglog": Needs(one_unit=False, positive=True),
    "line": Needs(over_time=True, rows=2),
    "area": Needs(over_time=True, rows=2, parts=True),
    "stacked_area": Needs(over_time=True, rows=2, columns=(2, 8), complete=True, parts=True),
    "small_multiples": Needs(over_time=True, rows=2, columns=(2, 12)),
    "grouped_bars": Needs(columns=(1, 6)),
    "stacked_bars": Needs(columns=(2, 8), parts=True),
    "diverging_bars": Needs(columns=(1, 3)),
    "slope": Needs(columns=(2, 2), rows_of=2),
    "dumbbell": Needs(columns=(2, 2), rows_of=2),
    "scatter": Needs(one_unit=False, columns=(2, 2), rows=3, rows_of=2),
    "histogram": Needs(columns=(1, 1), rows=8),
    "heatmap": Needs(),
    "dated_bars": Needs(over_time=True, columns=(1, 1), rows=2),
    "waterfall": Needs(columns=(1, 1), rows=2),
    "range_outcome": Needs(columns=(2, 2), rows_of=1),
    "waffle": Needs(columns=(1, 1), parts=True),
    "tile_map": Needs(columns=(1, 1)),
    "bar_table": Needs(one_unit=False, columns=(1, 6)),
}

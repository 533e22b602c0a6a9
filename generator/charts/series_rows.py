"""Bars of a series: its cells by row and column with their colours, the key to the colours, and the direction of bars."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import partial

from ..records.struct import Struct, replace
from .legend import SYMBOL_WIDTH, legend
from .mirroring import legend_from_reading_side
from .panel import PlotSeries, plot_series
from .resolved_spec import Item, ResolvedSpec
from .scene import Patch, Shape, rectangle
from .theme import CONTEXT_COLOUR, Canvas

_SWATCH = 12.0


class SeriesRow(Struct, frozen=True, kw_only=True):
    """A row of a series with its number in the chart's table, its label, and its cells in the order of the columns."""

    number: int
    key: str
    label: str
    emphasis: bool  # whether `highlight` names it
    cells: tuple[Item | None, ...]
    words: str = ""  # of the columns that `labels` names


def series_rows(spec: ResolvedSpec) -> list[SeriesRow]:
    """The rows that have a value in a drawn column."""
    series, highlighted, language = spec.series(), spec.ids("highlight"), spec.texts.language.code
    rows = [
        SeriesRow(
            number=number,
            key=row.key,
            label=spec.row_label(row),
            emphasis=row.key in highlighted,
            cells=tuple(_compared(spec, spec.cell(series, column, row), row.key) for column in spec.columns(series)),
            words=spec.joined([row.words[key][language] for key in spec.ids("labels") if key in row.words]),
        )
        for number, row in enumerate(spec.rows())
    ]
    return [row for row in rows if any(row.cells)]


def _compared(spec: ResolvedSpec, item: Item | None, key: str) -> Item | None:
    """A cell, in a highlighted row with what its value comes to beside others."""
    compared = item is not None and key in spec.ids("highlight")
    return replace(item, comparison=spec.phrase("comparison")) if item is not None and compared else item


def bar_colour(row: SeriesRow, rows: Sequence[SeriesRow], colour: str) -> str:
    """The colour of a row's bar: grey where other rows are highlighted."""
    return colour if row.emphasis or not any(other.emphasis for other in rows) else CONTEXT_COLOUR


def is_vertical(spec: ResolvedSpec) -> bool:
    """Whether bars stand upright: as the specification says, or else over time."""
    return spec.choice("direction", "vertical" if spec.periods() else "horizontal") == "vertical"


def colour_key(
    spec: ResolvedSpec, plotted: Sequence[PlotSeries], canvas: Canvas, top: float = 0.0
) -> tuple[list[Shape], float]:
    """The names of several series, each with a swatch of its colour, and the height they take; nothing for a single one."""
    if len(plotted) == 1:
        return [], 0.0
    shapes, height = legend([(partial(_swatch, series.colour), series.name) for series in plotted], canvas, top)
    return legend_from_reading_side(spec, shapes, canvas.width), height + 10


def _swatch(colour: str, x: float, middle: float) -> Iterator[Patch]:
    left = x + SYMBOL_WIDTH - _SWATCH
    yield rectangle(left, middle - _SWATCH / 2, left + _SWATCH, middle + _SWATCH / 2, fill=colour)


def drawn_series(spec: ResolvedSpec) -> list[PlotSeries]:
    """The drawn columns; where `highlight` names rows, the colours of columns stay."""
    return plot_series(spec)

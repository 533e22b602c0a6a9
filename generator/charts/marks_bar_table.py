"""Table with bars: the values of a series in rows and columns, each column with bars on a scale of its own."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from .legend import with_legend
from .panel import PlotSeries, plot_series
from .resolved_spec import Item, ResolvedSpec
from .scales import Scale, domain, known_bounds
from .scene import Label, Scene, Shape, line, tag_row, text_block, text_height
from .series_rows import SeriesRow, bar_colour, series_rows
from .text_layout import block_width, text_width, wrap
from .theme import Canvas
from .value_marks import bar

_LABELS, _GAP = 0.26, 16.0  # most of the width for the labels of rows; between columns
_THICKNESS = {"wide": 13.0, "narrow": 7.0}
_ROW_GAP = {"wide": 11.0, "narrow": 12.0}
_LEAST_BAR = 24.0


def bar_table(spec: ResolvedSpec, canvas: Canvas) -> Scene:
    """Values with their bars behind them; on a narrow canvas the label stands above, and bars below the values."""
    plotted, rows = plot_series(spec), series_rows(spec)
    size, small = canvas.text_size, canvas.small_size
    limit = canvas.width if canvas.narrow else canvas.width * _LABELS
    labels = [wrap(row.label, size, limit, bold=row.emphasis) for row in rows]
    left = 0.0 if canvas.narrow else max(block_width(lines, size, bold=True) for lines in labels) + _GAP
    width = (canvas.width - left - _GAP * (len(plotted) - 1)) / len(plotted)
    lefts = [left + (width + _GAP) * number for number in range(len(plotted))]
    headings = [wrap(series.name, small, width, bold=True) for series in plotted]
    top = max(text_height(lines, small) for lines in headings)
    shapes: list[Shape] = []
    for x, lines in zip(lefts, headings, strict=True):
        shapes += text_block(lines, x, top - text_height(lines, small), small, colour="muted", bold=True)
    top += 8
    for row, lines in zip(rows, labels, strict=True):
        shapes.append(line(((0, top - 4), (canvas.width, top - 4)), stroke="grid", stroke_width=1))
        shapes += text_block(lines, 0, top, size, bold=row.emphasis)
        height = text_height(lines, size)
        cell_top = top + height if canvas.narrow else top
        for x, series, item in zip(lefts, plotted, row.cells, strict=True):
            if item is not None:
                shapes += _cell(item, series, (x, cell_top, width), (row, rows), canvas)
        cells = small * 1.32 + _THICKNESS["narrow"] + 2 if canvas.narrow else size * 1.32
        top += (height + cells if canvas.narrow else max(height, cells)) + _ROW_GAP[canvas.name]
    items = [item for row in rows for item in row.cells if item is not None]
    return with_legend(spec, items, canvas, shapes, top - 6)


def _cell(
    item: Item, series: PlotSeries, place: tuple[float, float, float], of: tuple[SeriesRow, Sequence[SeriesRow]], canvas: Canvas
) -> list[Shape]:
    """A value and its bar: at its right, or below it on a narrow canvas."""
    x, top, width = place
    row, rows = of
    size = canvas.small_size if canvas.narrow else canvas.text_size
    low, high = domain(known_bounds(one.value for _, one in series.points))
    bold = any(other.emphasis for other in rows)
    values = max(text_width(one.short, size, bold=bold) for _, one in series.points)
    if canvas.narrow:
        start, middle, text_x, anchor = x + 1, top + size * 1.32 + _THICKNESS["narrow"] / 2 + 1, x, "start"
    else:
        start, middle, text_x, anchor = x + values + 8, top + size * 0.66, x + values, "end"
    shapes: list[Shape] = [Label(x=text_x, y=top + size, text=item.short, size=size, anchor=anchor, bold=row.emphasis)]
    if x + width - start >= _LEAST_BAR:
        scale = Scale(low=low, high=high, start=start, end=x + width - 4)
        zero = scale.position(Decimal(0))
        colour = bar_colour(row, rows, "c1")
        half = _THICKNESS[canvas.name] / 2
        shapes += tag_row(row.number, bar(item, scale, middle, 2 * half, colour))
        shapes.append(line(((zero, middle - half - 1), (zero, middle + half + 1)), stroke="muted", stroke_width=1))
    return shapes

"""Log-log lines: columns of a series over keys that are numbers, both on logarithmic scales."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal, InvalidOperation

from .legend import status_legend
from .line_labels import choose_annotations, place_annotations, series_names
from .panel import Panel, amounts_of, category_axis, lay_out_panel, plot_series, value_gridlines
from .resolved_spec import ResolvedSpec
from .scales import Scale, decades, domain, ticks
from .scene import Scene, Shape
from .series_lines import series_line
from .theme import Canvas

_PLOT_HEIGHT = 260.0


def loglog(spec: ResolvedSpec, canvas: Canvas) -> Scene:
    """One line per column.

    Keys that are no numbers are spaced evenly; amounts that are not all positive are put on a linear scale.
    """
    rows = spec.series().rows
    plotted = plot_series(spec)
    amounts = amounts_of(plotted)
    log = min(amounts) > 0
    tick_amounts = decades(min(amounts), max(amounts)) if log else ticks(*domain(amounts), 4)
    panel = lay_out_panel(spec, plotted, tick_amounts, canvas, top=0.0, height=_PLOT_HEIGHT, log=log)
    places = _places([row.key for row in rows], panel)
    marks = [mark for series in plotted for mark in series_line(series, panel.scale, places)]
    annotations = [one for series in plotted for one in choose_annotations(series, panel, places)]
    shapes: list[Shape] = [*value_gridlines(panel), *marks, *series_names(plotted, panel)]
    shapes += place_annotations(annotations, shapes, marks, panel)
    axis, height = category_axis([spec.row_label(row) for row in rows], places, panel.scale.start, canvas)
    bottom = panel.scale.start + height + 14
    items = [item for series in plotted for _, item in series.points]
    legend, height = status_legend(spec, items, canvas, bottom, points=True)
    return Scene(width=canvas.width, height=bottom + height, shapes=(*shapes, *axis, *legend))


def _places(keys: Sequence[str], panel: Panel) -> list[float]:
    """The x positions of the keys, on a logarithmic scale where all are positive numbers."""
    left, right = panel.left + 8, panel.right - 8
    try:
        numbers = [Decimal(key) for key in keys]
    except InvalidOperation:
        numbers = []
    if not numbers or min(numbers) <= 0 or min(numbers) == max(numbers):
        return [left + (right - left) * (index + 0.5) / len(keys) for index in range(len(keys))]
    scale = Scale(low=min(numbers), high=max(numbers), start=left, end=right, log=True)
    return [scale.position(number) for number in numbers]

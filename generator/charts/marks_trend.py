"""Trend: columns of a series over its keys, as lines or as columns, with a panel for each dimension."""

from __future__ import annotations

from collections.abc import Sequence

from .columns import column_places, series_columns
from .legend import status_legend
from .line_labels import Annotation, choose_annotations, place_annotations, series_names
from .marks_dated_columns import columns_of_one
from .panel import Panel, PlotSeries, amounts_of, category_axis, lay_out_panel, plot_series, value_gridlines
from .resolved_spec import ResolvedSpec
from .scales import domain, ticks
from .scene import Patch, Scene, Shape
from .series_lines import series_line
from .theme import Canvas

_PLOT_HEIGHTS = {"wide": 230.0, "narrow": 190.0}
_COLUMNS_SHARE = 0.76  # of the distance between categories, for their columns


def trend(spec: ResolvedSpec, canvas: Canvas) -> Scene:
    """Columns of a series over its keys; each panel's scale begins at zero."""
    plotted = plot_series(spec)
    if len(plotted) == 1 and spec.choice("kind", "line") == "column":
        return columns_of_one(spec, plotted[0], canvas)
    categories = [spec.row_label(row) for row in spec.rows()]
    shapes: list[Shape] = []
    top = 0.0
    for dimension in dict.fromkeys(_dimension(series) for series in plotted):
        members = [series for series in plotted if _dimension(series) == dimension]
        panel_shapes, bottom = _panel(spec, members, categories, canvas, top)
        shapes += panel_shapes
        top = bottom + 14
    items = [item for series in plotted for _, item in series.points]
    legend, height = status_legend(spec, items, canvas, top, points=True)
    return Scene(width=canvas.width, height=top + height if height else top - 10, shapes=(*shapes, *legend))


def _dimension(series: PlotSeries) -> str:
    return series.points[0][1].dimension


def _panel(
    spec: ResolvedSpec, plotted: Sequence[PlotSeries], categories: Sequence[str], canvas: Canvas, top: float
) -> tuple[list[Shape], float]:
    """The shapes of one panel, and where it ends."""
    as_columns = spec.choice("kind", "line") == "column"
    tick_amounts = ticks(*domain(amounts_of(plotted)), 4)
    panel = lay_out_panel(spec, plotted, tick_amounts, canvas, top=top, height=_PLOT_HEIGHTS[canvas.name])
    places, distance = _places(panel, len(categories), as_columns=as_columns)
    marks: list[Patch] = []
    annotations: list[Annotation] = []
    for number, series in enumerate(plotted):
        width = distance * _COLUMNS_SHARE / len(plotted) if as_columns else 0.0
        centres = [place + width * (number + 0.5 - len(plotted) / 2) for place in places]
        marks += (
            series_columns(series, panel.scale, centres, width - 1.5)
            if as_columns
            else series_line(series, panel.scale, centres)
        )
        annotations += choose_annotations(series, panel, centres)
    shapes = [*value_gridlines(panel), *marks, *series_names(plotted, panel)]
    shapes += place_annotations(annotations, shapes, marks, panel)
    axis, height = category_axis(categories, places, panel.scale.start, canvas)
    return [*shapes, *axis], panel.scale.start + height


def _places(panel: Panel, count: int, *, as_columns: bool) -> tuple[list[float], float]:
    """The x positions of the categories and their distance: columns have bands, points begin and end at the edges."""
    if as_columns:
        return column_places(panel, count)
    width = panel.right - panel.left
    distance = (width - 12) / max(count - 1, 1)
    return [panel.left + 6 + distance * index for index in range(count)], distance

"""Lines of series: segments, areas of ranges, markers, and signs of uncertainty."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from ..records.struct import replace
from .panel import Panel, PlotSeries
from .resolved_spec import Item, ResolvedSpec
from .scales import Scale
from .scene import Patch, line, polygon, tag_row
from .theme import status_style
from .value_marks import status_marker


def series_line(
    series: PlotSeries, scale: Scale, places: Sequence[float], *, gaps: bool = False, radius: float = 4, width: float = 2.4
) -> list[Patch]:
    """A line through the midpoints of the values, an area where values are ranges, and a marker at each value.

    `places` are the x positions of the categories. A part of the line is dashed if it ends at a value that is planned, expected
    or in dispute, or skips a category; with `gaps`, the line is interrupted there.
    """
    if gaps:
        runs = series_runs(series)
        parts = (replace(series, points=run) for run in runs)
        return [shape for part in parts for shape in series_line(part, scale, places, radius=radius, width=width)]
    colour = series.colour
    points = [(places[index], scale.position(item.size)) for index, item in series.points]
    shapes: list[Patch] = []
    bounded = [(index, item.value.low, item.value.high) for index, item in series.points]
    closed = [(index, low, high) for index, low, high in bounded if low is not None and high is not None]
    if any(low != high for _, low, high in closed):
        upper = [(places[index], scale.position(high)) for index, _, high in closed]
        lower = [(places[index], scale.position(low)) for index, low, _ in closed]
        shapes.append(polygon([*upper, *reversed(lower)], fill=f"{colour}-soft", stroke=colour, stroke_width=1))
    for ends, ((before, _), (index, item)) in zip(pairwise(points), pairwise(series.points), strict=True):
        style = status_style(item.look)
        dashes = (4.0, 3.0) if style.hatch or style.dashes or index != before + 1 else ()
        shapes.append(line(ends, stroke=colour, stroke_width=width, dashes=dashes))
    for (x, y), (index, item) in zip(points, series.points, strict=True):
        shapes += tag_row(index, [*uncertainty_marks(item, x, y, colour), status_marker(item.look, x, y, radius, colour)])
    return shapes


def highlighted_rows(spec: ResolvedSpec) -> list[int]:
    """The numbers of the rows that the chart is about: their values are written at their points."""
    return [index for index, row in enumerate(spec.rows()) if row.key in spec.ids("highlight")]


def carried_lines(spec: ResolvedSpec, plotted: Sequence[PlotSeries], places: Sequence[float], panel: Panel) -> list[Patch]:
    """Dotted lines that carry the last values of some columns on to the end of the axis."""
    names = {spec.column_label(spec.series(), column): column for column in spec.columns(spec.series())}
    carried = [series for series in plotted if names.get(series.name) in spec.ids("carried")]
    ends = [(places[series.points[-1][0]], panel.scale.position(series.points[-1][1].size), series) for series in carried]
    return [line(((x, y), (panel.right, y)), stroke=one.colour, stroke_width=1.6, dashes=(1.6, 3.2)) for x, y, one in ends]


def series_runs(series: PlotSeries) -> list[tuple[tuple[int, Item], ...]]:
    """The values of a series in runs of categories that follow each other."""
    runs: list[list[tuple[int, Item]]] = []
    for point in series.points:
        if not runs or point[0] != runs[-1][-1][0] + 1:
            runs.append([])
        runs[-1].append(point)
    return [tuple(run) for run in runs]


def uncertainty_marks(item: Item, x: float, y: float, colour: str) -> list[Patch]:
    """An arrowhead up or down for an open bound, at the point (x, y)."""
    shapes: list[Patch] = []
    if item.value.low is None or item.value.high is None:
        down = 1 if item.value.low is None else -1
        shapes.append(polygon(((x - 5, y + down * 6), (x + 5, y + down * 6), (x, y + down * 14)), fill="paper", stroke=colour))
    return shapes

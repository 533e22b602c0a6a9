"""Area: columns of a series over true time as filled areas from zero, each for itself or stacked, as amounts or shares."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal
from itertools import pairwise

from ..records.struct import replace
from .line_labels import Annotation, choose_annotations, place_annotations, series_names
from .marks_line import finish, places_in_time, plot_panel
from .panel import PlotSeries, amounts_of, plot_series, value_gridlines
from .references import reference_amounts, reference_bands, reference_items, reference_lines
from .resolved_spec import Item, ResolvedSpec
from .scales import domain
from .scene import XY, Patch, Scene, Shape, circle, polygon
from .series_lines import highlighted_rows, series_line, series_runs
from .stacking import RATIO, Extent, extents, percent
from .text_layout import wrap
from .theme import CONTEXT_COLOUR, Canvas, status_style

_NOTE_WIDTH = 120.0  # of what is said of the rows that the chart is about
_POINT = 1.2  # on the edge of a stacked area, for the table row that it shows


def area(spec: ResolvedSpec, canvas: Canvas) -> Scene:
    """Areas from zero to each line, one behind the other; a gap is a gap. Beside highlighted columns the others are lines."""
    plotted, references = plot_series(spec), reference_items(spec)
    panel = plot_panel(spec, plotted, domain([*amounts_of(plotted), *reference_amounts(references)]), canvas)
    places = places_in_time(spec, panel)
    zero = panel.scale.position(Decimal(0))
    filled: list[Patch] = []
    marks: list[Patch] = []
    for series in sorted(plotted, key=lambda series: series.emphasis):
        for run in series_runs(series) if series.emphasis or not any(other.emphasis for other in plotted) else ():
            top = [(places[index], panel.scale.position(item.size)) for index, item in run]
            filled.append(polygon([(top[0][0], zero), *top, (top[-1][0], zero)], fill=f"{series.colour}-soft"))
        marks += series_line(series, panel.scale, places, gaps=True, radius=2.0)
    told = wrap(spec.phrase("highlight_note"), canvas.small_size, _NOTE_WIDTH) if spec.phrase("highlight_note") else ()
    brief = bool(told) and canvas.narrow  # without the values that what is told comes from
    annotations: list[Annotation] = []
    for series in plotted:
        subject = series.emphasis or len(plotted) == 1
        labelled = highlighted_rows(spec) if subject or not brief else []
        found = choose_annotations(series, panel, places, labelled=labelled, noted=told if subject else ())
        annotations += (replace(one, lines=told, told=True) if brief and one.lines[1:] == told else one for one in found)
    shapes: list[Shape] = [
        *reference_bands(references, panel),
        *filled,
        *value_gridlines(panel),
        *marks,
        *series_names(plotted, panel),
    ]
    shapes += reference_lines(references, panel, shapes)
    shapes += place_annotations(annotations, shapes, marks, panel)
    return finish(spec, panel, plotted, shapes, points=False)


def stacked_area(spec: ResolvedSpec, canvas: Canvas) -> Scene:
    """Areas on top of each other, the first column at the bottom; with `share: true` as parts of a hundred per cent."""
    plotted, share, references = plot_series(spec), spec.flag("share"), reference_items(spec)
    parts = extents(plotted, share=share)
    highest = max(end for part in parts for _, end in part.values())
    amounts = [Decimal(0), Decimal(1)] if share else [highest, *reference_amounts(references)]
    panel = plot_panel(spec, as_shares(spec, plotted, parts) if share else plotted, domain(amounts), canvas)
    places = places_in_time(spec, panel)
    filled: list[Patch] = []
    edges: list[Patch] = []
    for series, part in zip(plotted, parts, strict=True):
        upper = [(places[index], panel.scale.position(part[index][1])) for index, _ in series.points]
        lower = [(places[index], panel.scale.position(part[index][0])) for index, _ in series.points]
        filled += _bands(series, upper, lower)
        edges += [
            circle(x, y, _POINT, fill="paper", row=index) for (x, y), (index, _) in zip(upper, series.points, strict=True)
        ]
    ends = [panel.scale.position((part[max(part)][0] + part[max(part)][1]) / 2) for part in parts]
    shown = [] if share else references
    shapes: list[Shape] = [*value_gridlines(panel), *reference_bands(shown, panel), *filled, *edges]
    shapes += series_names(plotted, panel, ends=ends)
    shapes += reference_lines(shown, panel, shapes)
    return finish(spec, panel, plotted, shapes, points=False)


def as_shares(spec: ResolvedSpec, plotted: Sequence[PlotSeries], parts: Sequence[Mapping[int, Extent]]) -> list[PlotSeries]:
    """The series with the words and the unit of their shares, for names and ticks."""
    return [
        replace(series, points=tuple((index, _as_share(spec, item, part[index])) for index, item in series.points))
        for series, part in zip(plotted, parts, strict=True)
    ]


def _as_share(spec: ResolvedSpec, item: Item, extent: Extent) -> Item:
    return replace(item, unit=RATIO, short=percent(spec, extent[1] - extent[0]))


def _bands(series: PlotSeries, upper: Sequence[XY], lower: Sequence[XY]) -> list[Patch]:
    """A series as one shape for each run of values of the same status, hatched where they have not happened."""
    statuses = [item.status for _, item in series.points[1:]] or [series.points[0][1].status]
    bands: list[Patch] = []
    start = 0
    for place, (status, following) in enumerate(pairwise([*statuses, ""]), start=1):
        if status == following:
            continue
        style = status_style(status)
        outline = [*upper[start : place + 1], *reversed(lower[start : place + 1])]
        solid = style.solid and series.colour != CONTEXT_COLOUR
        fill = series.colour if solid else f"{series.colour}-soft"
        edge, width = (series.colour, 0.8) if style.hatch else ("paper", 1.2)
        bands.append(polygon(outline, fill=fill, stroke=edge, stroke_width=width, hatch=style.hatch))
        start = place
    return bands

"""How one quantity grows with another: columns of a series over keys that are numbers, both on scales of powers."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal, InvalidOperation
from itertools import pairwise

from .legend import status_legend
from .line_labels import (
    choose_annotations,
    place_annotations,
    series_names_above,
    series_names_at_ends,
    wrap_series_names,
)
from .panel import Panel, PlotSeries, category_axis
from .resolved_spec import ResolvedSpec
from .scales import Scale, decades, domain, known_bounds, ticks
from .scene import Label, Patch, Scene, Shape, centred_baseline, line, text_height
from .text_layout import text_width
from .theme import SERIES_COLOURS, Canvas
from .value_marks import status_marker

_PLOT = 260.0


def loglog(spec: ResolvedSpec, canvas: Canvas) -> Scene:
    """One line per column; keys that are no numbers stand evenly, and amounts that are not positive on a plain scale."""
    series = spec.series()
    plotted_series = []
    for number, column in enumerate(spec.columns(series)):
        label = series.columns[column].label
        found = [(at, spec.cell(series, column, row)) for at, row in enumerate(series.rows)]
        cells = tuple((at, item) for at, item in found if item is not None)
        plotted_series.append(
            PlotSeries(name=spec.texts.fill(label) if label else column, colour=SERIES_COLOURS[number % 5], cells=cells)
        )
    plotted_series = [plotted for plotted in plotted_series if plotted.cells]
    sizes = known_bounds(item.value for plotted in plotted_series for _, item in plotted.cells)
    log = min(sizes) > 0
    amounts = decades(min(sizes), max(sizes)) if log else ticks(*domain(sizes), 4)
    worded = [spec.tick(amount, plotted_series[0].cells[0][1].unit) for amount in amounts]
    names, room = wrap_series_names(plotted_series, canvas)
    y = canvas.text_size + 8 + (0.0 if room else sum(text_height(lines, canvas.small_size) for lines in names))
    panel = Panel(
        top=0.0,
        left=max(text_width(text, canvas.small_size) for text in worded) + 8,
        right=canvas.width - max(room, 12.0),
        scale=Scale(low=amounts[0], high=amounts[-1], start=y + _PLOT, end=y, log=log),
        canvas=canvas,
    )
    places = _places([row.key for row in series.rows], panel)
    marks = [mark for plotted in plotted_series for mark in _line(plotted, panel.scale, places)]
    spots = [spot for plotted in plotted_series for spot in choose_annotations(plotted, panel.scale, places, ended=bool(room))]
    shapes: list[Shape] = [*_ground(panel, list(zip(amounts, worded, strict=True))), *marks]
    shapes += (series_names_at_ends if room else series_names_above)(plotted_series, names, panel)
    shapes += place_annotations(spots, shapes, marks, panel)
    found_keys, height = category_axis([spec.key(row) for row in series.rows], places, panel.scale.start, canvas)
    bottom = panel.scale.start + height + 14
    told, height = status_legend(
        spec, [item for plotted in plotted_series for _, item in plotted.cells], canvas, bottom, dots=True
    )
    return Scene(width=canvas.width, height=bottom + height, shapes=(*shapes, *found_keys, *told))


def _places(keys: Sequence[str], panel: Panel) -> list[float]:
    """Where the keys stand: as far apart as their powers."""
    left, right = panel.left + 8, panel.right - 8
    try:
        found = [Decimal(one) for one in keys]
    except InvalidOperation:
        found = []
    if not found or min(found) <= 0 or min(found) == max(found):
        return [left + (right - left) * (at + 0.5) / len(keys) for at in range(len(keys))]
    scale = Scale(low=min(found), high=max(found), start=left, end=right, log=True)
    return [scale.position(one) for one in found]


def _ground(panel: Panel, amounts: Sequence[tuple[Decimal, str]]) -> Iterator[Shape]:
    size = panel.canvas.small_size
    for amount, text in amounts:
        y = panel.scale.position(amount)
        yield line(((panel.left, y), (panel.right, y)), stroke="grid", stroke_width=1)
        yield Label(x=panel.left - 7, y=centred_baseline(y, size), text=text, size=size, colour="muted", anchor="end")


def _line(plotted: PlotSeries, scale: Scale, places: Sequence[float]) -> Iterator[Patch]:
    points = [(places[at], scale.position(item.size)) for at, item in plotted.cells]
    yield from (line(pair, stroke=plotted.colour, stroke_width=2.4) for pair in pairwise(points))
    yield from (
        status_marker(item.status, x, y, 4, plotted.colour) for (x, y), (_, item) in zip(points, plotted.cells, strict=True)
    )

"""Trends: columns of a series over its keys, as lines or as columns."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from itertools import pairwise

from .legend import status_legend
from .line_labels import (
    Annotation,
    choose_annotations,
    place_annotations,
    series_names_above,
    series_names_at_ends,
    wrap_series_names,
)
from .panel import Panel, PlotSeries, category_axis
from .resolved_spec import Item, ResolvedSpec
from .scales import Scale, domain, known_bounds, ticks
from .scene import Label, Patch, Scene, Shape, centred_baseline, line, polygon, rectangle, tag_row, text_height
from .text_layout import text_width
from .theme import SERIES_COLOURS, Canvas, status_style
from .value_marks import status_marker

_PLOT = {"wide": 230.0, "narrow": 190.0}
_FULL = 0.76  # of the width between columns


def trend(spec: ResolvedSpec, canvas: Canvas) -> Scene:
    """Columns of a series over its keys, one panel per unit, each from zero."""
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
    keys = [spec.key(row) for row in series.rows]
    shapes: list[Shape] = []
    top = 0.0
    for unit in dict.fromkeys(plotted.cells[0][1].dimension for plotted in plotted_series):
        panel = [plotted for plotted in plotted_series if plotted.cells[0][1].dimension == unit]
        found_shapes, top = _panel(spec, panel, keys, canvas, top)
        shapes += found_shapes
        top += 14
    items = [item for plotted in plotted_series for _, item in plotted.cells]
    found_key, height = status_legend(spec, items, canvas, top, dots=True)
    return Scene(width=canvas.width, height=top + height if height else top - 10, shapes=(*shapes, *found_key))


def _panel(
    spec: ResolvedSpec, plotted_series: list[PlotSeries], keys: list[str], canvas: Canvas, top: float
) -> tuple[list[Shape], float]:
    """One set of axes with its lines or columns; and where it ends."""
    column = spec.choice("kind", "line") == "column"
    amounts = ticks(*domain(known_bounds(item.value for plotted in plotted_series for _, item in plotted.cells)), 4)
    worded = [spec.tick(amount, plotted_series[0].cells[0][1].unit) for amount in amounts]
    names, room = wrap_series_names(plotted_series, canvas)
    y = top + canvas.text_size + 8 + (0.0 if room else sum(text_height(lines, canvas.small_size) for lines in names))
    panel = Panel(
        top=top,
        left=max(text_width(text, canvas.small_size) for text in worded) + 8,
        right=canvas.width - max(room, 12.0),
        scale=Scale(low=amounts[0], high=amounts[-1], start=y + _PLOT[canvas.name], end=y),
        canvas=canvas,
    )
    places, tick_step = _places(panel, len(keys), column=column)
    marks: list[Patch] = []
    spots: list[Annotation] = []
    for number, plotted in enumerate(plotted_series):
        width = tick_step * _FULL / len(plotted_series) if column else 0.0
        at = [place + width * (number + 0.5 - len(plotted_series) / 2) for place in places]
        marks += _columns(plotted, panel.scale, at, width - 1.5) if column else _line(plotted, panel.scale, at)
        spots += choose_annotations(plotted, panel.scale, at, ended=bool(room))
    shapes = [*_ground(panel, dict(zip(amounts, worded, strict=True))), *marks]
    shapes += (series_names_at_ends if room else series_names_above)(plotted_series, names, panel)
    shapes += place_annotations(spots, shapes, marks, panel)
    found, height = category_axis(keys, places, panel.scale.start, canvas)
    return [*shapes, *found], panel.scale.start + height


def _places(panel: Panel, count: int, *, column: bool) -> tuple[list[float], float]:
    """Where the keys are, and how far apart: columns need a share of the width, points may stand at its ends."""
    wide = panel.right - panel.left
    if column:
        return [panel.left + wide * (at + 0.5) / count for at in range(count)], wide / count
    tick_step = (wide - 12) / max(count - 1, 1)
    return [panel.left + 6 + tick_step * at for at in range(count)], tick_step


def _ground(panel: Panel, amounts: Mapping[Decimal, str]) -> Iterator[Shape]:
    """Horizontal lines with their amounts; the one at zero is the ground."""
    size = panel.canvas.small_size
    for amount, text in amounts.items():
        y, zero = panel.scale.position(amount), amount == 0
        yield line(((panel.left, y), (panel.right, y)), stroke="muted" if zero else "grid", stroke_width=1.2 if zero else 1)
        yield Label(x=panel.left - 7, y=centred_baseline(y, size), text=text, size=size, colour="muted", anchor="end")


def _line(plotted: PlotSeries, scale: Scale, places: Sequence[float]) -> list[Patch]:
    """A line through the middles, a band where values are ranges, a dot on each value."""
    points = [(places[at], scale.position(item.size)) for at, item in plotted.cells]
    shapes: list[Patch] = []
    closed = [(at, item) for at, item in plotted.cells if item.value.low is not None and item.value.high is not None]
    if any(item.value.low != item.value.high for _, item in closed):
        upper = [(places[at], scale.position(item.value.high or Decimal(0))) for at, item in closed]
        lower = [(places[at], scale.position(item.value.low or Decimal(0))) for at, item in closed]
        shapes.append(polygon([*upper, *reversed(lower)], fill=f"{plotted.colour}-soft", stroke=plotted.colour, stroke_width=1))
    for (first, second), ((before, _), (at, item)) in zip(pairwise(points), pairwise(plotted.cells), strict=True):
        dashes = () if status_style(item.status).solid and at == before + 1 else (4.0, 3.0)
        shapes.append(line((first, second), stroke=plotted.colour, stroke_width=2.4, dashes=dashes))
    for (x, y), (at, item) in zip(points, plotted.cells, strict=True):
        shapes += tag_row(at, [*_whiskers(item, x, y, 9, plotted.colour), status_marker(item.status, x, y, 4, plotted.colour)])
    return shapes


def _whiskers(item: Item, x: float, y: float, half: float, colour: str) -> list[Patch]:
    """A dashed stroke for a round figure, a small arrow up or down for an open end."""
    shapes: list[Patch] = []
    if item.value.about:
        shapes.append(line(((x - half, y), (x + half, y)), stroke=colour, stroke_width=2, dashes=(3, 2)))
    if item.value.low is None or item.value.high is None:
        way = 1 if item.value.low is None else -1
        shapes.append(polygon(((x - 5, y + way * 6), (x + 5, y + way * 6), (x, y + way * 14)), fill="paper", stroke=colour))
    return shapes


def _columns(plotted: PlotSeries, scale: Scale, places: Sequence[float], width: float) -> list[Patch]:
    """Columns from zero; the empty part of a range on top."""
    shapes: list[Patch] = []
    zero = scale.position(Decimal(0))
    for at, item in plotted.cells:
        left, right = places[at] - width / 2, places[at] + width / 2
        style = status_style(item.status)
        low = item.value.low if item.value.low is not None else Decimal(0)
        high = item.value.high if item.value.high is not None else low
        fill = plotted.colour if style.solid else f"{plotted.colour}-soft"
        bars = [
            rectangle(
                left, scale.position(low), right, zero, fill=fill, stroke=plotted.colour, hatch=style.hatch, dashes=style.dashes
            )
        ]
        if high != low:
            bars.append(
                rectangle(
                    left,
                    scale.position(high),
                    right,
                    scale.position(low),
                    fill="paper",
                    stroke=plotted.colour,
                    stroke_width=1.6,
                )
            )
        shapes += tag_row(at, [*bars, *_whiskers(item, places[at], scale.position(high), width / 2 + 3, "ink")])
    return shapes

"""Columns of one series: over true time where its rows are dated; those it is about stand out, and a few values are told."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from ..records.struct import replace
from .columns import column_places, series_columns
from .legend import status_legend
from .line_labels import outline_points
from .panel import Panel, PlotSeries, amounts_of, category_axis, open_panel, value_gridlines
from .resolved_spec import Item, ResolvedSpec
from .scales import domain, snug_ticks
from .scene import XY, Bounds, Label, Patch, Scene, Shape, line, text_block, text_height
from .text_layout import longest_word_width, text_width, wrap
from .theme import CONTEXT_COLOUR, Canvas
from .time_axis import time_axis, time_places

_HEIGHTS = {"wide": 250.0, "narrow": 200.0}
_SHARE = 0.76  # of the distance between columns, for a column
_BESIDE, _APART = 1 - _SHARE / 2, 4.0  # of that distance, from a column to the edge of the next; from there to a value
_MOST_ROOM = 0.2  # of the canvas width, for the value of the last column: in full, or as on an axis
_ABOVE, _STEP = 7.0, 4.0  # of a value above its column; how far it is raised at a time where it would cover something
_BETWEEN, _MOST_LINES = 3.0, 2  # from a value in lines to the columns beside it; lines that it may have


def columns_of_one(spec: ResolvedSpec, series: PlotSeries, canvas: Canvas) -> Scene:
    """One column a row; the name of the series is not written, since what is measured stands above the chart."""
    amounts, high = snug_ticks(*domain(amounts_of([series])), 4)
    panel = open_panel(spec, series.unit, amounts, canvas, top=0, high=high, height=_HEIGHTS[canvas.name])
    highlighted = [index for index, row in enumerate(spec.rows()) if row.key in spec.ids("highlight")]
    panel = _with_room_for_last(spec, series, highlighted, panel)
    places, distance = _places(spec, panel)
    marks: list[Patch] = []
    for chosen in (False, True):
        points = tuple(point for point in series.points if (point[0] in highlighted) is chosen)
        colour = series.colour if chosen or not highlighted else CONTEXT_COLOUR
        marks += series_columns(replace(series, points=points, colour=colour), panel.scale, places, distance * _SHARE)
    values = _values(spec, series, highlighted, panel, (places, distance), marks=marks)
    over = max([panel.right, *(label.bounds[2] for _, label in values if isinstance(label, Label))])
    drawn_out = replace(panel, right=min(over + _APART, canvas.width) if over > panel.right else panel.right)
    shapes = [*value_gridlines(drawn_out), *marks, *(shape for _, shape in values)]
    if periods := sorted(spec.periods(), key=lambda period: (period.first, period.last)):
        told = dict.fromkeys(index for index, shape in values if isinstance(shape, Label))
        named = [(places[index], periods[index]) for index in told]
        axis, below = time_axis(spec, periods, places, panel.scale.start, canvas, named=named)
    else:
        axis, below = category_axis([spec.row_label(row) for row in spec.rows()], places, panel.scale.start, canvas)
    items = [item for _, item in series.points]
    legend, more = status_legend(spec, items, canvas, panel.scale.start + below + 12)
    height = panel.scale.start + below + (12 + more if more else 2)
    return Scene(width=canvas.width, height=height + 2, shapes=(*shapes, *axis, *legend))


def _places(spec: ResolvedSpec, panel: Panel) -> tuple[list[float], float]:
    """The x positions of the middles of the columns, and the least distance between two."""
    periods = sorted(spec.periods(), key=lambda period: (period.first, period.last))
    if len(periods) < 2:  # noqa: PLR2004  one column, or rows without dates
        return column_places(panel, len(spec.rows()))
    days = [(period.first.toordinal() + period.last.toordinal()) / 2 for period in periods]
    shortest = min(after - before for before, after in pairwise(days))
    count = (days[-1] - days[0]) / max(shortest, 1) + 1
    distance = (panel.right - panel.left) / count
    return time_places(periods, panel.left + distance / 2, panel.right - distance / 2), distance


def _with_room_for_last(spec: ResolvedSpec, series: PlotSeries, highlighted: Sequence[int], panel: Panel) -> Panel:
    """The panel, less wide where the value of the last column, which the chart is about, needs room beside a higher one.

    There, the value stands above its column and reaches past it to the right; in the words of an axis where it is too long.
    """
    points, canvas = dict(series.points), panel.canvas
    last = len(spec.rows()) - 1
    if last not in highlighted or not {last, last - 1} <= points.keys() or points[last - 1].size <= points[last].size:
        return panel
    share = (_BESIDE + 0.5) / len(spec.rows())
    for text in _wordings(spec, points[last]):
        width = text_width(text, canvas.small_size, bold=True)
        right = (canvas.width - 1 - _APART - width - share * panel.left) / (1 - share)
        if panel.right - right <= _MOST_ROOM * canvas.width:
            return replace(panel, right=min(right, panel.right))
    return panel


def _wordings(spec: ResolvedSpec, item: Item) -> tuple[str, str]:
    """A value as a label of a mark, and as one of an axis."""
    return item.short, spec.tick(item.size, item.unit)


def _values(
    spec: ResolvedSpec,
    series: PlotSeries,
    highlighted: Sequence[int],
    panel: Panel,
    where: tuple[Sequence[float], float],
    *,
    marks: Sequence[Patch],
) -> list[tuple[int, Shape]]:
    """The values of the columns that the chart is about, and of those before them and the highest where these are free.

    Where it is about none: of the last, the highest and the first. Each has the number of its row. `where` has the places of
    the columns and the least distance between two.
    """
    places, distance = where
    points = dict(series.points)
    subject = [index for index in highlighted if index in points] or [max(points)]
    before = [index - 1 for index in subject if highlighted and index - 1 in points]
    others = [*before, max(points, key=lambda index: points[index].size), *([] if highlighted else [min(points)])]
    outlines = [point for mark in marks for point in outline_points(mark)]
    shapes: list[tuple[int, Shape]] = []
    taken: list[Bounds] = []
    room = min((after - before for before, after in pairwise(sorted(places))), default=panel.right - panel.left) - _BETWEEN
    for index in dict.fromkeys((*subject, *others)):
        told, place = index in subject, (places[index], room)
        near = told or index in before
        beside = _beside(spec, points[index], (places[index], distance), panel, (taken, outlines), bold=told) if near else []
        found = beside or _value(points[index], place, panel, (taken, outlines), bold=told, lifted=told)
        shapes += ((index, shape) for shape in found)
        taken += [shape.bounds for shape in found if isinstance(shape, Label)]
    return shapes


def _beside(
    spec: ResolvedSpec,
    item: Item,
    where: tuple[float, float],
    panel: Panel,
    covered: tuple[Sequence[Bounds], Sequence[XY]],
    *,
    bold: bool,
) -> list[Shape]:
    """A value directly above its column, which may reach past it to the right; none where something is in the way."""
    x, distance = where
    size, top = panel.canvas.small_size, panel.scale.position(item.value.high if item.value.high is not None else item.size)
    for text in _wordings(spec, item) if bold else (item.short,):
        half = text_width(text, size, bold=bold) / 2
        moved = x - _BESIDE * distance + _APART + half
        near = bold or abs(moved - x) < _SHARE * distance / 2  # else it would be read as that of the next column
        for centre in (x, moved) if near else (x,):
            label = Label(x=centre, y=top - _ABOVE, text=text, size=size, anchor="middle", bold=bold)
            if panel.left < centre - half and centre + half < panel.canvas.width and _is_free(label.bounds, *covered):
                return [label]
    return []


def _value(
    item: Item,
    place: tuple[float, float],
    panel: Panel,
    covered: tuple[Sequence[Bounds], Sequence[XY]],
    *,
    bold: bool,
    lifted: bool,
) -> list[Shape]:
    """A value above its column; where that would cover something, in lines, higher up with a line down, or not at all.

    `place` is the middle of the column and the width between its neighbours.
    """
    size, canvas, (x, room) = panel.canvas.small_size, panel.canvas, place
    half = text_width(item.short, size, bold=bold) / 2
    centre = min(max(x, panel.left + half + 2), canvas.width - half - 1)
    top = panel.scale.position(item.value.high if item.value.high is not None else item.size)
    if lifted and half > room / 2 >= longest_word_width(item.short, size, bold=bold) / 2:
        lines = wrap(item.short, size, room, bold=bold)
        block = text_block(lines, x, top - _ABOVE - text_height(lines, size), size, anchor="middle", bold=bold)
        whole = " ".join(lines) == item.short or not any(part[-1].isdigit() for part in lines[:-1])  # a number keeps its unit
        if whole and len(lines) <= _MOST_LINES and all(_is_free(label.bounds, *covered) for label in block):
            return [*block]
    y = top - _ABOVE
    while y - size > panel.scale.end - size * 2:
        label = Label(x=centre, y=y, text=item.short, size=size, anchor="middle", bold=bold)
        if _is_free(label.bounds, *covered):
            leader = [line(((x, y + 4), (x, top - 2)), stroke="muted")] if y < top - _ABOVE - _STEP else []
            return [label, *leader]
        if not lifted:
            return []
        y -= _STEP
    return []


def _is_free(bounds: Bounds, taken: Sequence[Bounds], outlines: Sequence[XY]) -> bool:
    left, top, right, bottom = bounds
    apart = all(right + 5 < one[0] or one[2] + 5 < left or bottom + 2 < one[1] or one[3] + 2 < top for one in taken)
    return apart and not any(left - 1 < x < right + 1 and top < y < bottom + 2 for x, y in outlines)

"""Line: columns of a series over true time, with the names at the ends of the lines; an empty cell is a gap."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal
from itertools import islice, pairwise
from math import fsum

from ..model.periods import Period, parse
from ..records.struct import replace
from .axes import scale_note
from .legend import status_legend
from .line_labels import Annotation, choose_annotations, outline_points, place_annotations, series_names
from .panel import Panel, PlotSeries, amounts_of, comparison_of, known_end, lay_out_panel, plot_series, value_gridlines
from .plot_labels import BESIDE, fits, is_within, names_of_boxes, names_of_levels, whole_line
from .references import (
    ExpectedValue,
    expected_values,
    reference_amounts,
    reference_bands,
    reference_items,
    reference_lines,
)
from .resolved_spec import Item, ResolvedSpec
from .scales import domain, snug_ticks
from .scene import XY, Label, Patch, Scene, Shape, circle, rectangle, tag_row
from .series_lines import carried_lines, highlighted_rows, series_line
from .stacking import panel_below
from .theme import CONTEXT_COLOUR, Canvas, status_style
from .time_axis import time_axis, time_places

PLOT_HEIGHTS = {"wide": 290.0, "narrow": 220.0}
_INSET = 7.0  # of the first and the last point from the edges of the plot
_PART_GAP = 8.0  # from the middle of a part of a line to its name
_PART_PLACES = (
    (-1, -0.6, "end"),
    (0, -0.6, "middle"),
    (0, -1.5, "middle"),
    (0, -2.6, "middle"),
    (1, 1.5, "start"),
)  # of it: in font sizes, above
_UNDER_FLAT = 1.5  # in font sizes, from a part that is level to its name below it
_RADII = ((10, 4.0), (24, 3.0))  # of points, for up to so many rows
_SMALL_RADIUS = 2.0
_TOLD_WIDTH = 130.0  # of what a value at a point comes to beside another
_HATCH = status_style("forecast").hatch  # of what is expected
_NEAR, _RING = 8.0, 1.0  # between points of which one lies on the other; the ring around that one


def lines(spec: ResolvedSpec, canvas: Canvas) -> Scene:
    """Lines over true time; the scale begins at zero unless the specification says `zero: false`."""
    plotted, references, expected = plot_series(spec), reference_items(spec), expected_values(spec)
    amounts = [*amounts_of(plotted), *reference_amounts(references), *reference_amounts([one.item for one in expected])]
    extent = domain(amounts, zero=spec.flag("zero", default=True))
    further = [_as_series(one, plotted) for one in expected]
    for named in (plotted, [*plotted, *further]):  # expected values are named at the right where there is no room beside them
        panel = plot_panel(spec, named, extent, canvas)
        panel = panel if len(named) > len(plotted) else _over_names(spec, panel)
        marks, annotations = _marks(spec, plotted, panel)
        boxes = [_expected_box(spec, one, series.colour, panel) for one, series in zip(expected, further, strict=True)]
        carried = carried_lines(spec, plotted, places_in_time(spec, panel), panel)
        corner = _below(spec, panel, [*boxes, *carried]) if len(named) == len(plotted) else None
        names = series_names(named, panel, corner=corner)
        beside = [] if len(named) > len(plotted) else names_of_boxes(expected, boxes, [*marks, *names], panel)
        if beside is not None:
            break
    shapes: list[Shape] = [*reference_bands(references, panel)]
    for row, box in enumerate(boxes, start=len(spec.rows())):  # as in the table, below the rows of the series
        shapes += tag_row(row, [box])
    on_boxes = [label for label in beside or [] if any(is_within(label, box) for box in boxes)]
    shapes += [*carried, *marks, *names, *(panel_below(label, further[0].colour) for label in on_boxes), *(beside or [])]
    shapes += names_of_levels(spec, carried, shapes, panel)
    shapes += whole_line(spec, panel)
    spans = _spans(spec, references, panel)
    dashed = reference_lines(references, panel, shapes, spans)
    below = [shape for shape in dashed if isinstance(shape, Patch)]  # points stand on lines of reference
    shapes = [*below, *shapes, *(shape for shape in dashed if isinstance(shape, Label))]
    shapes += place_annotations(annotations, shapes, marks, panel)
    shapes += _names_of_parts(spec, plotted, shapes, marks, panel)
    across = [panel.scale.position(end) for end in reference_amounts(references)] if not spans else []
    clear = replace(panel, ticks=tuple(tick for tick in panel.ticks if not _is_beside(tick[0], across, panel)))
    grid = [*value_gridlines(clear, [shape for shape in shapes if isinstance(shape, Label)])]
    if corner is not None:
        grid = [one for one in grid if not _is_behind(one, names, corner)]
    return finish(spec, panel, plotted, [*grid, *shapes])


def _is_beside(amount: Decimal, across: Sequence[float], panel: Panel) -> bool:
    """Whether a grid line lies so near to one of these lines across the plot that both would be taken for one."""
    y = panel.scale.position(amount)
    return amount != 0 and any(abs(y - line) < panel.canvas.small_size for line in across)


def _is_behind(piece: Shape, names: Sequence[Shape], corner: XY) -> bool:
    """Whether a piece of a grid line is what is left of it behind names that stand in the plot."""
    ends = [end for shape in names if isinstance(shape, Label) for end in (shape.bounds[1] - 4, shape.bounds[3] + 4)]
    if not isinstance(piece, Patch):
        return False
    x, y = piece.points[0]
    return x > corner[0] and min(ends) < y < max(ends)


def _over_names(spec: ResolvedSpec, panel: Panel) -> Panel:
    """The panel, drawn out over the names of lines that end before its axis does: they stand in the plot, below the boxes."""
    places, last = _places_on_axis(spec, panel), len(sorted_periods(spec)) - 1
    if last == len(places) - 1 or places[-1] == places[0]:
        return panel
    share = (places[last] - places[0]) / (places[-1] - places[0])
    width, names = panel.canvas.width, panel.canvas.width - panel.right
    right = panel.left + 2 * _INSET + (width - names - panel.left - _INSET) / share
    return replace(panel, right=max(panel.right, min(right, width - 1)))


def _below(spec: ResolvedSpec, panel: Panel, drawn: Sequence[Patch]) -> XY | None:
    """Where names of lines begin that end before the axis does: at their ends, below what is drawn behind these."""
    if not drawn:
        return None
    return places_in_time(spec, panel)[-1], max(y for patch in drawn for _, y in patch.points) + BESIDE


def _marks(spec: ResolvedSpec, plotted: Sequence[PlotSeries], panel: Panel) -> tuple[list[Patch], list[Annotation]]:
    """The lines with their points, and what may be written at these."""
    places, labelled = places_in_time(spec, panel), highlighted_rows(spec)
    usual = next((radius for most, radius in _RADII if len(places) <= most), _SMALL_RADIUS)
    marks, points, annotations = list[Patch](), list[Patch](), list[Annotation]()
    for series in sorted(plotted, key=lambda series: series.emphasis):  # highlighted lines above the others
        subject = series.emphasis or not any(other.emphasis for other in plotted)
        radius = usual if subject else _SMALL_RADIUS
        drawn = series_line(series, panel.scale, places, gaps=True, radius=radius, width=2.4 if subject else 1.4)
        marks += [one for one in drawn if one.row is None]
        points += (one for one in drawn if one.row is not None)
        if subject:
            told = comparison_of(spec, series, plotted, panel.canvas, _TOLD_WIDTH)
            started = spec.phrase("start_label") if len(plotted) == 1 else ""
            first = spec.noted(series.points[0][1].short, started) if started else ""
            annotations += choose_annotations(series, panel, places, told=told, labelled=labelled, first=first)
    return [*marks, *_ringed(points)], annotations


def _ringed(points: Sequence[Patch]) -> Iterator[Patch]:
    """The points of lines; one that lies on a smaller one has a ring that sets them apart, and that one is as large as it."""
    below: list[tuple[Patch, XY]] = []
    for point in points:
        (left, right), (top, bottom) = ((min(ends), max(ends)) for ends in zip(*point.points, strict=True))
        (x, y), radius = ((left + right) / 2, (top + bottom) / 2), (right - left) / 2
        near = [(other, at) for other, at in below if other.row == point.row and abs(y - at[1]) < _NEAR]
        for other, at in near:
            yield circle(*at, radius, fill=other.fill, row=other.row)
        if near:
            yield circle(x, y, radius + _RING, fill="paper")
        yield point
        below.append((point, (x, y)))


def _names_of_parts(
    spec: ResolvedSpec, plotted: Sequence[PlotSeries], drawn: Sequence[Shape], marks: Sequence[Patch], panel: Panel
) -> list[Label]:
    """What the solid and the dotted part of a single line are, each beside its part where that leaves room."""
    words = [spec.phrase(key) for key in ("known_label", "expected_label")]
    if len(plotted) != 1 or not any(words):
        return []
    series, places, size = plotted[0], places_in_time(spec, panel), panel.canvas.small_size
    taken, labels = [shape.bounds for shape in drawn if isinstance(shape, Label)], list[Label]()
    outlines = [point for mark in marks for point in outline_points(mark)]
    points = [
        (places[index], panel.scale.position(item.size), bool(status_style(item.look).hatch)) for index, item in series.points
    ]
    for word, expected in zip(words, (False, True), strict=True):
        middles = [((x0 + x1) / 2, (y0 + y1) / 2) for (x0, y0, _), (x1, y1, dotted) in pairwise(points) if dotted is expected]
        centre = fsum(x for x, _ in middles) / max(len(middles), 1)
        middles.sort(key=lambda middle: abs(middle[0] - centre))
        flat = [(x0, y0) for (x0, y0, _), (_, y1, dotted) in pairwise(points) if dotted is expected and abs(y1 - y0) < 1]
        blocks = [*(Label(x=x, y=y + _UNDER_FLAT * size, text=word, size=size, colour=series.colour) for x, y in flat)]
        blocks += [
            Label(x=x + side * _PART_GAP, y=y + rise * size, text=word, size=size, colour=series.colour, anchor=anchor)
            for x, y in middles
            for side, rise, anchor in _PART_PLACES
        ]
        free = (one for one in blocks if word and fits(one, taken, outlines, panel) and one.bounds[2] < panel.canvas.width)
        labels += list(islice(free, 1))
        taken += [label.bounds for label in labels]
    return labels


def plot_panel(spec: ResolvedSpec, plotted: Sequence[PlotSeries], ends: tuple[Decimal, Decimal], canvas: Canvas) -> Panel:
    """The panel of a chart over time, whose scale holds the domain from the first to the second end."""
    amounts, high = snug_ticks(*ends, 4 if canvas.narrow and not expected_values(spec) else 5)  # a box needs a line above it
    height = PLOT_HEIGHTS[canvas.name]
    return lay_out_panel(spec, plotted, amounts, canvas, top=0, height=height, direct=True, high=high)


def places_in_time(spec: ResolvedSpec, panel: Panel) -> list[float]:
    """The x positions of the rows of a series."""
    return _places_on_axis(spec, panel)[: len(sorted_periods(spec))]


def _axis_periods(spec: ResolvedSpec) -> list[Period]:
    """The periods of the rows, and the last days of what is expected after them: the axis reaches so far."""
    rows = sorted_periods(spec)
    ends = [one.period.last for one in expected_values(spec) if one.period.last > rows[-1].last]
    return [*rows, *(parse(day.isoformat()) for day in sorted(ends))]


def _places_on_axis(spec: ResolvedSpec, panel: Panel) -> list[float]:
    return time_places(_axis_periods(spec), panel.left + _INSET, panel.right - _INSET)


def _as_series(expected: ExpectedValue, plotted: Sequence[PlotSeries]) -> PlotSeries:
    """An expected value as a series of one value, to be named at the right, in the colour of what it is expected of."""
    colour = next((series.colour for series in plotted if series.emphasis), CONTEXT_COLOUR)
    return PlotSeries(name=expected.item.label, colour=colour, points=((0, expected.item),))


def _expected_box(spec: ResolvedSpec, expected: ExpectedValue, colour: str, panel: Panel) -> Patch:
    """A hatched box with dashed edges over an expected value's period, from its low to its high end."""
    left, right = _extent(spec, expected.period, panel)
    value = expected.item.value
    low, high = (panel.scale.position(expected.item.size if end is None else end) for end in (value.low, value.high))
    box = (left, min(high, low - 1.5), right, max(low, high + 1.5))
    return rectangle(*box, fill=f"{colour}-soft", stroke=colour, stroke_width=1.2, dashes=(4, 3), hatch=_HATCH)


def _extent(spec: ResolvedSpec, period: Period, panel: Panel) -> tuple[float, float]:
    """The x of the first and the last day of a period, inside the plot."""
    periods, places = _axis_periods(spec), _places_on_axis(spec, panel)
    days = [(one.first.toordinal() + one.last.toordinal()) / 2 for one in (periods[0], periods[-1])]
    per_day = (places[-1] - places[0]) / max(days[1] - days[0], 1)
    ends = (period.first.toordinal(), period.last.toordinal())
    left, right = (min(max(places[0] + (day - days[0]) * per_day, panel.left), panel.right) for day in ends)
    return left, right


def _spans(spec: ResolvedSpec, references: Sequence[Item], panel: Panel) -> dict[str, tuple[float, float]]:
    """How far the lines of references reach whose fact is of one of the periods on the axis: over that alone."""
    found = {}
    first, last = sorted_periods(spec)[0].first, sorted_periods(spec)[-1].last
    for item in references:
        fact = spec.edition.facts.get(item.fact or "")
        period = fact.period if fact else None
        if period is not None and first <= period.first and period.last <= last:
            found[item.fact or ""] = _extent(spec, period, panel)
    return found


def _compared_periods(spec: ResolvedSpec, plotted: Sequence[PlotSeries], panel: Panel) -> list[tuple[float, Period]]:
    """The periods whose values are written, with their places: the last known one, those highlighted, what is expected.

    The last known one is left out where the name of the line says it.
    """
    periods, places = sorted_periods(spec), places_in_time(spec, panel)
    last = max(known_end(series)[0] for series in plotted)
    numbers = [*([] if spec.phrase("end_label") else [last]), *highlighted_rows(spec)]
    rows = [(places[number], periods[number]) for number in dict.fromkeys(numbers)]
    boxes = [(one.period, _extent(spec, one.period, panel)) for one in expected_values(spec)]
    return [*rows, *(((left + right) / 2, period) for period, (left, right) in boxes)]


def sorted_periods(spec: ResolvedSpec) -> list[Period]:
    """The periods of the rows in order of time."""
    return sorted(spec.periods(), key=lambda period: (period.first, period.last))


def finish(
    spec: ResolvedSpec, panel: Panel, plotted: Sequence[PlotSeries], shapes: Sequence[Shape], *, points: bool = True
) -> Scene:
    """The scene with the axis of time and the legend of statuses below it."""
    canvas, bottom = panel.canvas, panel.scale.start
    named = _compared_periods(spec, plotted, panel)
    axis, height = time_axis(spec, _axis_periods(spec), _places_on_axis(spec, panel), bottom, canvas, named=named)
    items = [item for series in plotted for _, item in series.points]
    note, below = scale_note(spec, panel.ticks[0][0], panel.left, bottom + height, canvas)
    legend, more = status_legend(spec, items, canvas, below + 12, points=points)
    end = below + (12 + more if more else 2)
    return Scene(width=canvas.width, height=end + 2, shapes=(*shapes, *axis, *note, *legend))

"""Direct labels of a line or column chart: names of its series, and values at selected points."""

from __future__ import annotations

import math
from collections.abc import Sequence
from itertools import pairwise

from ..records.struct import Struct
from .label_spread import spread
from .panel import Panel, PlotSeries, known_end
from .scene import XY, Bounds, Label, Patch, Shape, line, text_block, text_height
from .text_layout import block_width

NAME_GAP = 14.0  # from the ends of lines to their names
_FARTHER_DOWN = (0.0, 1.0, 2.0, 3.0)  # in font sizes, of a label in several lines beside its point
_UNDER = (0.0, 0.5, 1.0, 1.5)  # in font sizes, of a label below its point, in whose middle it stands
_CLEAR = 2.0  # between a label and the axis below it
_ABOVE, _BELOW = 8.0, 6.0  # from a point to the baseline above it, and to the upper edge of a label below it


class Annotation(Struct, frozen=True, kw_only=True):
    """A point of a series that may be labelled with its value in lines, above it or, where it matters, at its other sides."""

    x: float
    y: float
    lines: tuple[str, ...]
    matters: bool = False
    noted: bool = False  # whether the chart is about what is said of the value, which is bold then
    told: bool = False  # whether the first line is said of the value, too


def choose_annotations(
    series: PlotSeries,
    panel: Panel,
    places: Sequence[float],
    *,
    told: Sequence[str] = (),
    labelled: Sequence[int] = (),
    noted: Sequence[str] = (),
    first: str = "",
) -> list[Annotation]:
    """The last point before those that are planned or expected, those of `labelled` rows, the highest, the first; best first.

    And the last one of all, unless its value stands beside the series' name. What is `told` stands below the value of the
    first of them, where others follow it; what is `noted`, below those of `labelled` rows; `first` stands in place of the first
    value of all.
    """
    points = series.points
    peak, start, last = max(points, key=lambda point: point[1].size), points[0], points[-1]
    known = [known_end(series)]
    named = [peak, start] if panel.names_at_ends else [peak, last, start]
    asked = [point for point in points if point[0] in labelled]
    chosen = [point for point in [*known, *asked, *named] if point is not last or not panel.names_at_ends]
    chosen = [point for number, point in enumerate(chosen) if point not in chosen[:number]]
    return [
        Annotation(
            x=places[index],
            y=panel.scale.position(item.value.high if item.value.high is not None else item.size),
            lines=(
                first if first and (index, item) == start else item.short,
                *(told if (index, item) in known and (index, item) != last else ()),
                *(noted if index in labelled and (index, item) != last else ()),
            ),
            matters=(index, item) in known or (index, item) == start or index in labelled,
            noted=bool(noted) and index in labelled and (index, item) != last,
        )
        for index, item in chosen
    ]


def place_annotations(
    annotations: Sequence[Annotation], shapes: Sequence[Shape], marks: Sequence[Patch], panel: Panel
) -> list[Shape]:
    """Labels at the annotated points; one that would overlap a mark or another label is left out."""
    occupied = [shape.bounds for shape in shapes if isinstance(shape, Label)]
    outlines = [point for mark in marks for point in outline_points(mark)]
    size, left, right = panel.canvas.small_size, panel.left, panel.canvas.width
    placed: list[Shape] = []
    for annotation in annotations:
        value, told = ((), annotation.lines) if annotation.told else (annotation.lines[:1], annotation.lines[1:])
        first, rest = (False, True) if annotation.noted or annotation.told else (bool(told), False)
        half = max(block_width(value, size, bold=first), block_width(told, size, bold=rest)) / 2
        further = text_height(told, size)
        inset = annotation.x + half if annotation.x - half < left + 2 else annotation.x  # the first point is inside the plot
        centres = (annotation.x, inset, min(annotation.x, right - half - 2))
        places = [(x, annotation.y - _ABOVE - further) for x in centres]
        if annotation.matters:
            below = annotation.y + _BELOW + size
            places += [
                *((x, below + step * size) for step in (_UNDER if rest else _UNDER[:1]) for x in centres),
                (annotation.x + half + _BELOW, below),
                (annotation.x - half - _BELOW, below),
                (annotation.x + half + _ABOVE, annotation.y + size * 0.35),
                *((annotation.x + half + _ABOVE, below + step * size) for step in _FARTHER_DOWN if further),
            ]
        for x, y in sorted(places, key=lambda place: place[1] < annotation.y) if annotation.told else places:
            aligned, anchor = _aligned(x, half, annotation.x)
            block = text_block(value, aligned, y - size, size, anchor=anchor, bold=first)
            block += text_block(told, aligned, y - size + text_height(value, size), size, anchor=anchor, bold=rest)
            bounds = [label.bounds for label in block]
            inside = all(one[0] > left and one[2] < right and one[3] < panel.scale.start - _CLEAR for one in bounds)
            if inside and all(is_free(one, occupied, outlines) for one in bounds):
                placed += block
                occupied += bounds
                break
    return placed


def _aligned(x: float, half: float, point: float) -> tuple[float, str]:
    """Where the lines of a block around an x begin or end: on the side of its point, or in its middle above and below that."""
    if x - half > point:
        return x - half, "start"
    return (x + half, "end") if x + half < point else (x, "middle")


def outline_points(shape: Patch) -> list[XY]:
    """Points on the outline of a shape, at most 5 pixels apart."""
    points = []
    for (x0, y0), (x1, y1) in pairwise(shape.points):
        parts = max(1, int(math.hypot(x1 - x0, y1 - y0) / 5))
        points += [(x0 + (x1 - x0) * n / parts, y0 + (y1 - y0) * n / parts) for n in range(parts + 1)]
    return points


def is_free(bounds: Bounds, occupied: Sequence[Bounds], outlines: Sequence[XY]) -> bool:
    """Whether a label with these bounds keeps its distance from all labels and outlines."""
    left, top, right, bottom = bounds
    overlaps = any(
        left < other_right + 6 and other_left < right + 6 and top < other_bottom + 2 and other_top < bottom + 2
        for other_left, other_top, other_right, other_bottom in occupied
    )
    return not overlaps and not any(left - 2 < x < right + 2 and top - 1 < y < bottom + 1 for x, y in outlines)


def series_names(
    plotted: Sequence[PlotSeries], panel: Panel, *, ends: Sequence[float] = (), corner: XY | None = None
) -> list[Shape]:
    """The names of a panel's series, each with a line in its colour; `ends` are their heights, if not the last values.

    They stand right of the plot, or right of a `corner` and below it.
    """
    if not panel.names_at_ends:
        return _names_above(plotted, panel)
    if panel.over_end:
        return _name_over_end(plotted[0], panel)
    ends = ends or [panel.scale.position(series.points[-1][1].size) for series in plotted]
    return _names_at_ends(plotted, panel, ends, corner or (panel.right, panel.top))


def _name_over_end(series: PlotSeries, panel: Panel) -> list[Shape]:
    """The name of a single line above its last point, where it ends."""
    y, size = panel.scale.position(series.points[-1][1].size) - _ABOVE - 2, panel.name_size
    top = y - size - text_height(panel.names[0][1:], size)
    return [*text_block(panel.names[0], panel.canvas.width - 1, top, size, anchor="end", bold=True)]


def _names_above(plotted: Sequence[PlotSeries], panel: Panel) -> list[Shape]:
    size, y = panel.canvas.small_size, panel.top
    shapes: list[Shape] = []
    for series, lines in zip(plotted, panel.names, strict=True):
        shapes.append(line(((2, y + size * 0.66), (20, y + size * 0.66)), stroke=series.colour, stroke_width=3))
        shapes += text_block(lines, 28, y, size)
        y += text_height(lines, size)
    return shapes


def _names_at_ends(plotted: Sequence[PlotSeries], panel: Panel, ends: Sequence[float], corner: XY) -> list[Shape]:
    """Names and last values beside the ends of the lines, moved apart as little as possible where they would overlap."""
    small, size, x = panel.canvas.small_size, panel.name_size, corner[0] + NAME_GAP
    blocks = panel.values
    heights = [text_height(lines, size) + text_height(value, small) for lines, value in zip(panel.names, blocks, strict=True)]
    tops = spread(ends, heights, corner[1], panel.scale.start, gap=6)
    shapes: list[Shape] = []
    for number in sorted(range(len(tops)), key=lambda number: tops[number]):
        top, series = tops[number], plotted[number]
        bold, single = series.emphasis or not any(one.emphasis for one in plotted), len(plotted) == 1
        if not single:  # the name of a single line needs no key
            shapes.append(line(((x - 7, top + 2), (x - 7, top + heights[number] - 2)), stroke=series.colour, stroke_width=3))
        shapes += text_block(panel.names[number], x, top, size, bold=bold and not single)
        top += text_height(panel.names[number], size)
        shapes += text_block(blocks[number][:1], x, top, small, bold=single)
        shapes += text_block(blocks[number][1:], x, top + text_height(blocks[number][:1], small), small, bold=bold)
    return shapes

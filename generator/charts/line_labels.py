"""Words at the marks of a trend: names at the ends of its lines, values at its peaks, periods along its axis."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from .panel import Panel, PlotSeries
from .scales import Scale
from .scene import Label, Patch, Shape, line, text_block, text_height
from .text_layout import block_width, text_width, wrap
from .theme import Canvas

_BESIDE = 4  # more names would push each other away from their lines


@dataclass(frozen=True, slots=True, kw_only=True)
class Annotation:
    """A mark that deserves its value beside it."""

    x: float
    y: float
    text: str


def choose_annotations(plotted: PlotSeries, scale: Scale, places: Sequence[float], *, ended: bool) -> list[Annotation]:
    """The peak, the first and, where it is not told with the name, the last value."""
    peak, first, last = max(plotted.cells, key=lambda cell: cell[1].size), plotted.cells[0], plotted.cells[-1]
    chosen = [cell for cell in (peak, first) if cell is not last] if ended else [peak, last, first]
    return [
        Annotation(
            x=places[at], y=scale.position(item.value.high if item.value.high is not None else item.size), text=item.short
        )
        for at, item in chosen
    ]


def place_annotations(
    spots: Sequence[Annotation], shapes: Sequence[Shape], marks: Sequence[Patch], panel: Panel
) -> list[Shape]:
    """Values above their marks, those left out that would meet other ink or words; the table has them all."""
    taken = [shape.bounds for shape in shapes if isinstance(shape, Label)]
    colour = [point for mark in marks for point in _outline_points(mark)]
    size, left, right = panel.canvas.small_size, panel.left, panel.canvas.width
    found: list[Shape] = []
    for spot in spots:
        half = text_width(spot.text, size) / 2
        for x in (spot.x, max(spot.x, left + half + 2), min(spot.x, right - half - 2)):
            label = Label(x=x, y=spot.y - 8, text=spot.text, size=size, anchor="middle")
            if label.bounds[0] > left and label.bounds[2] < right and _is_free(label.bounds, taken, colour):
                found.append(label)
                taken.append(label.bounds)
                break
    return found


def _outline_points(shape: Patch) -> list[tuple[float, float]]:
    """Points close together on the outline of a mark."""
    found = []
    for (x0, y0), (x1, y1) in pairwise(shape.points):
        parts = max(1, int(math.hypot(x1 - x0, y1 - y0) / 5))
        found += [(x0 + (x1 - x0) * n / parts, y0 + (y1 - y0) * n / parts) for n in range(parts + 1)]
    return found


def _is_free(
    area: tuple[float, float, float, float],
    taken: Sequence[tuple[float, float, float, float]],
    colour: Sequence[tuple[float, float]],
) -> bool:
    """Whether a label would stand clear of all other words and ink."""
    left, top, right, bottom = area
    meets = any(left < r + 6 and start < right + 6 and top < b + 2 and t < bottom + 2 for start, t, r, b in taken)
    return not meets and not any(left - 2 < x < right + 2 and top - 1 < y < bottom + 1 for x, y in colour)


def wrap_series_names(plotted_series: Sequence[PlotSeries], canvas: Canvas) -> tuple[list[tuple[str, ...]], float]:
    """The columns' names in lines, and the room they take at the right; none where they go above."""
    if canvas.narrow or len(plotted_series) > _BESIDE:
        return [wrap(plotted.name, canvas.small_size, canvas.width - 30) for plotted in plotted_series], 0.0
    lines = [wrap(plotted.name, canvas.text_size, 130, bold=True) for plotted in plotted_series]
    words = [text_width(plotted.cells[-1][1].short, canvas.small_size) for plotted in plotted_series]
    return lines, max(*(block_width(one, canvas.text_size, bold=True) for one in lines), *words) + 18


def series_names_above(plotted_series: Sequence[PlotSeries], names: Sequence[tuple[str, ...]], panel: Panel) -> list[Shape]:
    """Names above the plot, each with its ink."""
    size, y = panel.canvas.small_size, panel.top
    shapes: list[Shape] = []
    for plotted, lines in zip(plotted_series, names, strict=True):
        shapes.append(line(((2, y + size * 0.66), (20, y + size * 0.66)), stroke=plotted.colour, stroke_width=3))
        shapes += text_block(lines, 28, y, size)
        y += text_height(lines, size)
    return shapes


def series_names_at_ends(plotted_series: Sequence[PlotSeries], names: Sequence[tuple[str, ...]], panel: Panel) -> list[Shape]:
    """Names with last values at the ends of their lines, moved apart."""
    canvas, x = panel.canvas, panel.right + 14
    talls = [text_height(lines, canvas.text_size) + text_height(("",), canvas.small_size) for lines in names]
    order = sorted(
        (panel.scale.position(plotted.cells[-1][1].size) - tall / 2, number)
        for number, (plotted, tall) in enumerate(zip(plotted_series, talls, strict=True))
    )
    start = max(panel.top, order[0][0])
    excess = max(0.0, sum(tall + 6 for tall in talls) - (panel.scale.start - start))
    floor = max(panel.top, order[0][0] - excess)
    shapes: list[Shape] = []
    for y, number in order:
        top = max(y - excess, floor)
        floor = top + talls[number] + 6
        shapes.append(line(((x - 7, top + 2), (x - 7, floor - 8)), stroke=plotted_series[number].colour, stroke_width=3))
        shapes += text_block(names[number], x, top, canvas.text_size, bold=True)
        shapes += text_block(
            [plotted_series[number].cells[-1][1].short],
            x,
            top + text_height(names[number], canvas.text_size),
            canvas.small_size,
        )
    return shapes

"""Heat map: a series as a grid of cells whose colour and number both tell the value."""

from __future__ import annotations

from collections.abc import Sequence

from .colour_steps import ColourSteps, colour_steps, steps_key
from .panel import plot_series
from .resolved_spec import ResolvedSpec
from .scene import Label, Scene, Shape, centred_baseline, rectangle, text_block, text_height
from .series_rows import SeriesRow, series_rows
from .text_layout import block_width, longest_word_width, text_width, wrap
from .theme import Canvas

_CELL_HEIGHT = {"wide": 38.0, "narrow": 34.0}
_LABELS = {"wide": 0.3, "narrow": 0.32}  # most of the canvas's width for the labels of the rows
_EDGE = 1.5


def heatmap(spec: ResolvedSpec, canvas: Canvas) -> Scene:
    """A row of cells for each row of the series, all columns on one scale of colours."""
    plotted, rows = plot_series(spec), series_rows(spec)
    size, small = canvas.text_size, canvas.small_size
    steps = colour_steps([item for series in plotted for _, item in series.points])
    labels = [wrap(row.label, size, canvas.width * _LABELS[canvas.name], bold=row.emphasis) for row in rows]
    left = max(block_width(lines, size, bold=True) for lines in labels) + 12
    width = (canvas.width - left) / len(plotted)
    key, top = steps_key(spec, steps, canvas)
    headings = _headings([series.name for series in plotted], width, small)
    heading_height = max(text_height(lines, small) for lines in headings)
    shapes: list[Shape] = [*key]
    for number, lines in enumerate(headings):
        y = top + heading_height - text_height(lines, small)
        shapes += text_block(lines, left + width * (number + 0.5), y, small, colour="muted", anchor="middle")
    top += heading_height + 4
    for row, lines in zip(rows, labels, strict=True):
        height = max(_CELL_HEIGHT[canvas.name], text_height(lines, size) + 4)
        middle = top + height / 2
        shapes += text_block(lines, 0, middle - text_height(lines, size) / 2, size, bold=row.emphasis)
        shapes += _cells(row, steps, (left, top, width, height), small)
        top += height
    return Scene(width=canvas.width, height=top + 2, shapes=tuple(shapes))


def _headings(names: Sequence[str], width: float, size: float) -> list[tuple[str, ...]]:
    limit = max(width - 6, *(longest_word_width(name, size) for name in names)) if names else width
    return [wrap(name, size, min(limit, width)) for name in names]


def _cells(row: SeriesRow, steps: ColourSteps, bounds: tuple[float, float, float, float], size: float) -> list[Shape]:
    left, top, width, height = bounds
    shapes: list[Shape] = []
    for number, item in enumerate(row.cells):
        x = left + width * number
        if item is None:
            shapes.append(rectangle(x + _EDGE, top + _EDGE, x + width - _EDGE, top + height - _EDGE, stroke="grid"))
            continue
        fill, ink = steps.style(item.size)
        shapes.append(
            rectangle(
                x + _EDGE,
                top + _EDGE,
                x + width - _EDGE,
                top + height - _EDGE,
                fill=fill,
                stroke="grid",
                stroke_width=0.6,
                row=row.number,
            )
        )
        if text_width(item.short, size) <= width - 2 * _EDGE:
            y = centred_baseline(top + height / 2, size)
            shapes.append(Label(x=x + width / 2, y=y, text=item.short, size=size, colour=ink, anchor="middle"))
    return shapes

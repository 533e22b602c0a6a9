"""A panel of a line or column chart: its plot area, value axis, category axis, and the series that are drawn in it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import pairwise

from .resolved_spec import Item, ResolvedSpec
from .scales import Scale, known_bounds
from .scene import LINE_HEIGHT, Label, Shape, centred_baseline, line, text_block, text_height
from .text_layout import block_width, text_width, wrap
from .theme import SERIES_COLOURS, Canvas

_MOST_NAMES_AT_ENDS = 4  # more names would push each other away from their lines
_CATEGORY_LINES = 2


@dataclass(frozen=True, slots=True, kw_only=True)
class PlotSeries:
    """A column of a series: its name, its colour, and its values with the index of their category."""

    name: str
    colour: str
    points: tuple[tuple[int, Item], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Panel:
    """The plot area of some series; `top` is the upper edge of the names above it, or of the plot where there are none."""

    top: float
    left: float
    right: float
    scale: Scale  # of values, from the lower edge of the plot to the upper
    ticks: tuple[tuple[Decimal, str], ...]  # amounts with their labels
    names: tuple[tuple[str, ...], ...]  # of the series, in lines
    names_at_ends: bool  # beside the ends of the lines, else above the plot
    canvas: Canvas


def plot_series(spec: ResolvedSpec) -> list[PlotSeries]:
    """The columns that a specification names, without empty ones."""
    series = spec.series()
    plotted = []
    for number, column in enumerate(spec.columns(series)):
        label = series.columns[column].label
        cells = [(index, spec.cell(series, column, row)) for index, row in enumerate(series.rows)]
        points = tuple((index, item) for index, item in cells if item is not None)
        colour = SERIES_COLOURS[number % len(SERIES_COLOURS)]
        plotted.append(PlotSeries(name=spec.texts.fill(label) if label else column, colour=colour, points=points))
    return [one for one in plotted if one.points]


def amounts_of(plotted: Sequence[PlotSeries]) -> list[Decimal]:
    """All known bounds of the values of the series."""
    return known_bounds(item.value for series in plotted for _, item in series.points)


def lay_out_panel(
    spec: ResolvedSpec,
    plotted: Sequence[PlotSeries],
    amounts: Sequence[Decimal],
    canvas: Canvas,
    *,
    top: float,
    height: float,
    log: bool = False,
) -> Panel:
    """A panel from `top` on whose plot is `height` pixels high and has ticks at these amounts."""
    labels = [spec.tick(amount, plotted[0].points[0][1].unit) for amount in amounts]
    names, names_width = _wrap_names(plotted, canvas)
    plot_top = top + canvas.text_size + 8
    if not names_width:
        plot_top += sum(text_height(lines, canvas.small_size) for lines in names)
    return Panel(
        top=top,
        left=max(text_width(text, canvas.small_size) for text in labels) + 8,
        right=canvas.width - max(names_width, 12.0),
        scale=Scale(low=amounts[0], high=amounts[-1], start=plot_top + height, end=plot_top, log=log),
        ticks=tuple(zip(amounts, labels, strict=True)),
        names=tuple(names),
        names_at_ends=bool(names_width),
        canvas=canvas,
    )


def _wrap_names(plotted: Sequence[PlotSeries], canvas: Canvas) -> tuple[list[tuple[str, ...]], float]:
    """The names of the series in lines, and the width they take at the right; 0 where they stand above the plot."""
    if canvas.narrow or len(plotted) > _MOST_NAMES_AT_ENDS:
        return [wrap(series.name, canvas.small_size, canvas.width - 30) for series in plotted], 0.0
    names = [wrap(series.name, canvas.text_size, 130, bold=True) for series in plotted]
    values = [text_width(series.points[-1][1].short, canvas.small_size) for series in plotted]
    return names, max(*(block_width(lines, canvas.text_size, bold=True) for lines in names), *values) + 18


def value_gridlines(panel: Panel) -> Iterator[Shape]:
    """A horizontal grid line with a label at each tick; the one at zero is the axis."""
    size = panel.canvas.small_size
    for amount, text in panel.ticks:
        y, zero = panel.scale.position(amount), amount == 0
        yield line(((panel.left, y), (panel.right, y)), stroke="muted" if zero else "grid", stroke_width=1.2 if zero else 1)
        yield Label(x=panel.left - 7, y=centred_baseline(y, size), text=text, size=size, colour="muted", anchor="end")


def category_axis(categories: Sequence[str], places: Sequence[float], y: float, canvas: Canvas) -> tuple[list[Shape], float]:
    """Ticks and labels of categories at these x positions, and the height they take.

    Where the labels would overlap, only every second, third and so on is drawn, counted from the last.
    """
    size = canvas.small_size
    gap = places[1] - places[0] if len(places) > 1 else canvas.width
    for stride in range(1, len(categories) + 1):
        limit = max(gap * stride - 8, size * 3)
        chosen = [(places[index], wrap(categories[index], size, limit)) for index in range(len(categories) - 1, -1, -stride)]
        halves = [block_width(lines, size) / 2 for _, lines in chosen]
        centres = [min(max(x, half), canvas.width - half) for (x, _), half in zip(chosen, halves, strict=True)]
        extents = [(centre - half, centre + half) for centre, half in zip(centres, halves, strict=True)]
        apart = all(end + 6 <= start for (start, _), (_, end) in pairwise(extents))
        if apart and all(len(lines) <= _CATEGORY_LINES for _, lines in chosen):
            break
    shapes: list[Shape] = []
    for (x, lines), centre in zip(chosen, centres, strict=True):
        shapes.append(line(((x, y), (x, y + 4)), stroke="muted", stroke_width=1))
        shapes += text_block(lines, centre, y + 7, size, colour="muted", anchor="middle")
    return shapes, 7 + size * LINE_HEIGHT * max(len(lines) for _, lines in chosen)

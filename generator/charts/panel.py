"""A panel of a line or column chart: its plot area, value axis, category axis, and the series that are drawn in it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal
from itertools import pairwise
from math import fsum

from ..model.units import Unit
from ..records.struct import Struct, replace
from .axes import clear_spans
from .resolved_spec import Item, ResolvedSpec
from .scales import Scale, known_bounds
from .scene import LINE_HEIGHT, Label, Shape, centred_baseline, line, text_block, text_height
from .text_layout import block_width, longest_word_width, text_width, wrap
from .theme import CONTEXT_COLOUR, SERIES_COLOURS, Canvas, status_style

_MOST_NAMES_AT_ENDS = 4  # more names would push each other away from their lines
_CATEGORY_LINES = 2
_NAME_WIDTHS = {"wide": 130.0, "narrow": 84.0}  # of names at the ends of lines
_LONGEST_WORD = 112.0  # that is not cut to fit


class PlotSeries(Struct, frozen=True, kw_only=True):
    """A column of a series: its name, its colour, and its values with the index of their category."""

    name: str
    colour: str
    points: tuple[tuple[int, Item], ...]
    emphasis: bool = False

    @property
    def unit(self) -> Unit:
        """The unit of its values."""
        return self.points[0][1].unit


class Panel(Struct, frozen=True, kw_only=True):
    """The plot area of some series; `top` is the upper edge of the names above it, or of the plot where there are none."""

    top: float
    left: float
    right: float
    scale: Scale  # of values, from the lower edge of the plot to the upper
    ticks: tuple[tuple[Decimal, str], ...]  # amounts with their labels
    names: tuple[tuple[str, ...], ...]  # of the series, in lines
    values: tuple[tuple[str, ...], ...]  # the last ones of the series, in lines below their names at the ends
    names_at_ends: bool  # beside the ends of the lines, else above the plot
    canvas: Canvas
    over_end: bool = False  # whether the name is in the plot, above the end of a single line

    @property
    def name_size(self) -> float:
        """The font size of names at the ends of the lines."""
        return self.canvas.small_size if self.canvas.narrow else self.canvas.text_size


def plot_series(spec: ResolvedSpec) -> list[PlotSeries]:
    """The columns that a specification names, without empty ones; beside highlighted columns the others are grey."""
    series, rows = spec.series(), spec.rows()
    columns, highlighted = spec.columns(series), spec.ids("highlight")
    coloured = [column for column in columns if column in highlighted] or list(columns)
    plotted = []
    for column in columns:
        cells = [(index, spec.cell(series, column, row)) for index, row in enumerate(rows)]
        points = tuple((index, item) for index, item in cells if item is not None)
        colour = SERIES_COLOURS[coloured.index(column) % len(SERIES_COLOURS)] if column in coloured else CONTEXT_COLOUR
        name = (spec.phrase("end_label") if len(columns) == 1 else "") or spec.column_label(series, column)
        plotted.append(PlotSeries(name=name, colour=colour, points=points, emphasis=column in highlighted))
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
    direct: bool = False,
    high: Decimal | None = None,
) -> Panel:
    """A panel from `top` on whose plot is `height` pixels high and has ticks at these amounts.

    With `direct`, names stand at the ends however many they are and however narrow the canvas, and the plot is as high as they
    need. The scale ends at `high`, or at the last tick.
    """
    labels = [spec.tick(amount, plotted[0].unit) for amount in amounts]
    at_ends = direct or not (canvas.narrow or len(plotted) > _MOST_NAMES_AT_ENDS)
    values = tuple(_last_value(spec, series, plotted, canvas) for series in plotted) if at_ends else ()
    over_end = canvas.narrow and at_ends and len(plotted) == 1 and bool(spec.phrase("end_label"))
    if over_end:  # beside the line it would take a quarter of the width
        plotted = [replace(plotted[0], name=spec.noted(values[0][0], plotted[0].name))]
        values = ((),)
    names, names_width = _wrap_names(plotted, values, canvas)
    if over_end:
        names, names_width = [wrap(plotted[0].name, canvas.small_size, canvas.width / 2, bold=True)], 0.0
    plot_top = top + canvas.text_size + 8
    if not at_ends:
        plot_top += fsum(text_height(lines, canvas.small_size) for lines in names)
    elif direct:
        needed = fsum(text_height(lines, canvas.text_size) + 6 for lines in names)
        height = max(height, needed + fsum(text_height(lines, canvas.small_size) for lines in values))
    return Panel(
        top=top,
        left=max(text_width(text, canvas.small_size) for text in labels) + 8,
        right=canvas.width - max(names_width, 12.0),
        scale=Scale(low=amounts[0], high=amounts[-1] if high is None else high, start=plot_top + height, end=plot_top, log=log),
        ticks=tuple(zip(amounts, labels, strict=True)),
        names=tuple(names),
        values=values,
        names_at_ends=at_ends,
        canvas=canvas,
        over_end=over_end,
    )


def _last_value(spec: ResolvedSpec, series: PlotSeries, plotted: Sequence[PlotSeries], canvas: Canvas) -> tuple[str, ...]:
    """The last value of a series in words, where few series are drawn or this one is highlighted.

    Below that of the series that the chart is about stands what it comes to beside another value, unless it is only expected.
    """
    value = (series.points[-1][1].short,) if series.emphasis or len(plotted) <= _MOST_NAMES_AT_ENDS else ()
    expected = known_end(series) is not series.points[-1]
    return value if expected else (*value, *comparison_of(spec, series, plotted, canvas, _NAME_WIDTHS[canvas.name]))


def known_end(series: PlotSeries) -> tuple[int, Item]:
    """The last point before those that are planned or expected, or the last one where all are."""
    known = [point for point in series.points if not status_style(point[1].look).hatch]
    return known[-1] if known else series.points[-1]


def comparison_of(
    spec: ResolvedSpec, series: PlotSeries, plotted: Sequence[PlotSeries], canvas: Canvas, width: float
) -> tuple[str, ...]:
    """What the last known value of the series that the chart is about comes to beside another value, in lines of a width."""
    told = spec.phrase("comparison") if series.emphasis or len(plotted) == 1 else ""
    return wrap(told, canvas.small_size, width) if told else ()


def _wrap_names(
    plotted: Sequence[PlotSeries], values: Sequence[tuple[str, ...]], canvas: Canvas
) -> tuple[list[tuple[str, ...]], float]:
    """The names of the series in lines, and the width they take at the right; 0 where they stand above the plot."""
    if not values:
        return [wrap(series.name, canvas.small_size, canvas.width - 30) for series in plotted], 0.0
    size, limit = (canvas.small_size, _NAME_WIDTHS["narrow"]) if canvas.narrow else (canvas.text_size, _NAME_WIDTHS["wide"])
    longest = max(longest_word_width(series.name, size, bold=True) for series in plotted)
    names = [wrap(series.name, size, max(limit, min(longest, _LONGEST_WORD)), bold=True) for series in plotted]
    widths = [block_width(lines, canvas.small_size, bold=True) for lines in values]
    return names, max(*(block_width(lines, size, bold=True) for lines in names), *widths) + 18


def open_panel(
    spec: ResolvedSpec, unit: Unit, amounts: Sequence[Decimal], canvas: Canvas, *, top: float, high: Decimal, height: float
) -> Panel:
    """A panel across the canvas, without names of series."""
    labels = [spec.tick(amount, unit) for amount in amounts]
    start = top + canvas.text_size + 8
    return Panel(
        top=top,
        left=max(text_width(text, canvas.small_size) for text in labels) + 8,
        right=canvas.width - 2,
        scale=Scale(low=amounts[0], high=high, start=start + height, end=start),
        ticks=tuple(zip(amounts, labels, strict=True)),
        names=(),
        values=(),
        names_at_ends=False,
        canvas=canvas,
    )


def value_gridlines(panel: Panel, labels: Sequence[Label] = ()) -> Iterator[Shape]:
    """A horizontal grid line with a label at each tick, interrupted at other labels; the one at zero is the axis."""
    size = panel.canvas.small_size
    for amount, text in panel.ticks:
        y, zero = panel.scale.position(amount), amount == 0
        for left, right in clear_spans(labels, y, panel.left, panel.right):
            yield line(((left, y), (right, y)), stroke="muted" if zero else "grid", stroke_width=1.2 if zero else 1)
        yield Label(x=panel.left - 7, y=centred_baseline(y, size), text=text, size=size, colour="muted", anchor="end")


def value_ticks(panel: Panel) -> Iterator[Shape]:
    """A vertical axis with a tick and a label at each amount, where all values are written and grid lines would be cut."""
    size, top = panel.canvas.small_size, panel.scale.position(panel.ticks[-1][0])
    yield line(((panel.left, top), (panel.left, panel.scale.start)), stroke="muted", stroke_width=1)
    yield line(((panel.left, panel.scale.start), (panel.right, panel.scale.start)), stroke="muted", stroke_width=1)
    for amount, text in panel.ticks:
        y = panel.scale.position(amount)
        yield line(((panel.left - 4, y), (panel.left, y)), stroke="muted", stroke_width=1)
        yield Label(x=panel.left - 7, y=centred_baseline(y, size), text=text, size=size, colour="muted", anchor="end")


def category_axis(categories: Sequence[str], places: Sequence[float], y: float, canvas: Canvas) -> tuple[list[Shape], float]:
    """Ticks and labels of categories at these x positions, and the height they take.

    Where the labels would overlap, only every second, third and so on is drawn, counted from the last.
    """
    size = canvas.small_size
    gap = places[1] - places[0] if len(places) > 1 else canvas.width
    for stride in range(1, len(categories) + 1):
        limit = max(gap * stride - 8, size * 3)
        if any(longest_word_width(text, size) > limit for text in categories) and stride < len(categories):
            continue  # half a year would read as another one
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

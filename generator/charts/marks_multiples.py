"""Small multiples: a small chart over time for each column, all on the same scales, so that their forms can be compared."""

from __future__ import annotations

from collections.abc import Sequence

from ..records.struct import replace
from .legend import status_legend
from .marks_line import sorted_periods
from .panel import PlotSeries, amounts_of, plot_series
from .references import reference_amounts, reference_items
from .resolved_spec import ResolvedSpec
from .scales import Scale, domain, snug_ticks
from .scene import Label, Patch, Scene, Shape, centred_baseline, line, text_block, text_height
from .series_lines import series_line, series_runs
from .text_layout import text_width, wrap
from .theme import Canvas
from .time_axis import time_places

_PER_LINE = {"wide": 3, "narrow": 2}
_HEIGHTS = {"wide": 104.0, "narrow": 86.0}
_GUTTER = {"wide": 26.0, "narrow": 16.0}
_ACROSS, _BELOW = 3.0, 22.0


def small_multiples(spec: ResolvedSpec, canvas: Canvas) -> Scene:
    """A panel for each column: its own line in colour, those of the others in grey behind it, its last value in the heading."""
    plotted, periods, references = plot_series(spec), sorted_periods(spec), reference_items(spec)
    size, per_line = canvas.small_size, min(_PER_LINE[canvas.name], len(plotted))
    amounts, high = snug_ticks(*domain([*amounts_of(plotted), *reference_amounts(references)]), 2)
    ticks = [(amount, spec.tick(amount, plotted[0].unit)) for amount in amounts]
    left = max(text_width(text, size) for _, text in ticks) + 8
    width = (canvas.width - left - _GUTTER[canvas.name] * (per_line - 1) - _ACROSS) / per_line
    first, last = spec.texts.word_period(periods[0]), spec.texts.word_period(periods[-1])
    shapes: list[Shape] = []
    top = 0.0
    for start in range(0, len(plotted), per_line):
        members = plotted[start : start + per_line]
        headings = [wrap(series.name, canvas.text_size, width, bold=True) for series in members]
        plot_top = top + max(text_height(lines, canvas.text_size) for lines in headings) + size + 6
        scale = Scale(low=amounts[0], high=high, start=plot_top + _HEIGHTS[canvas.name], end=plot_top)
        for place, (series, lines) in enumerate(zip(members, headings, strict=True)):
            x = left + place * (width + _GUTTER[canvas.name])
            places = time_places(periods, x + 4, x + width - 4)
            shapes += text_block(lines, x, top, canvas.text_size, bold=True)
            for amount, text in ticks:
                y = scale.position(amount)
                shapes.append(line(((x, y), (x + width, y)), stroke="muted" if amount == 0 else "grid", stroke_width=1))
                if place == 0:
                    at = centred_baseline(y, size)
                    shapes.append(Label(x=x - 7, y=at, text=text, size=size, colour="muted", anchor="end"))
            for item in references:
                y = scale.position(item.size)
                shapes.append(line(((x, y), (x + width, y)), stroke="ink", stroke_width=1.2, dashes=(4, 3)))
            shapes += _panel(series, plotted, scale, places)
            shapes.append(_value(series, lines, (x, x + width), top, canvas))
            shapes += _ends((first, last), places, scale.start, (x, x + width), canvas)
        top = scale.start + _BELOW + size
    if references:
        text = spec.joined([f"{item.label} {item.short}" for item in references])
        shapes.append(line(((1, top), (21, top)), stroke="ink", stroke_width=1.2, dashes=(4, 3)))
        shapes.append(Label(x=27, y=centred_baseline(top, size), text=text, size=size, colour="muted"))
        top += size * 1.6
    items = [item for series in plotted for _, item in series.points]
    legend, more = status_legend(spec, items, canvas, top, points=True)
    return Scene(width=canvas.width, height=top + (more + 2 if more else -8), shapes=(*shapes, *legend))


def _panel(series: PlotSeries, plotted: Sequence[PlotSeries], scale: Scale, places: Sequence[float]) -> list[Patch]:
    """The lines of the others in grey, then the panel's own."""
    shapes = []
    for other in plotted:
        if other is not series:
            for run in series_runs(other):
                points = [(places[index], scale.position(item.size)) for index, item in run]
                shapes.append(line(points, stroke="grid", stroke_width=1.4))
    own = replace(series, colour="c1")
    return [*shapes, *series_line(own, scale, places, gaps=True, radius=2.2, width=2.2)]


def _value(series: PlotSeries, lines: Sequence[str], ends: tuple[float, float], top: float, canvas: Canvas) -> Label:
    """The last value at the right of the panel's heading, or below it where both do not fit on one line."""
    text, size = series.points[-1][1].short, canvas.text_size
    beside = text_width(lines[-1], size, bold=True) + text_width(text, size) + 8 <= ends[1] - ends[0]
    y = top + text_height(lines, size) - size * 0.32 if beside else top + text_height(lines, size) + size
    return Label(x=ends[1], y=y, text=text, size=size, anchor="end")


def _ends(texts: tuple[str, str], places: Sequence[float], y: float, ends: tuple[float, float], canvas: Canvas) -> list[Shape]:
    """The first and the last period below the plot; on a panel too narrow for both, only the last."""
    size, (first, last) = canvas.small_size, texts
    shapes: list[Shape] = [line(((x, y), (x, y + 3)), stroke="muted", stroke_width=1) for x in (places[0], places[-1])]
    shapes.append(Label(x=ends[1], y=y + 6 + size, text=last, size=size, colour="muted", anchor="end"))
    if text_width(first, size) + text_width(last, size) + 10 < ends[1] - ends[0]:
        shapes.append(Label(x=ends[0], y=y + 6 + size, text=first, size=size, colour="muted"))
    return shapes

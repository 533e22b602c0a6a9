"""Upright columns of a series in bands of equal width."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from .panel import Panel, PlotSeries
from .scales import Scale
from .scene import Patch, rectangle, tag_row
from .series_lines import uncertainty_marks
from .theme import status_style


def column_places(panel: Panel, count: int) -> tuple[list[float], float]:
    """The x positions of the middles of so many bands, and their distance."""
    width = panel.right - panel.left
    return [panel.left + width * (index + 0.5) / count for index in range(count)], width / count


def series_columns(series: PlotSeries, scale: Scale, places: Sequence[float], width: float) -> list[Patch]:
    """Columns from zero to the lower bound, and an empty one from there to the upper bound of a range."""
    shapes: list[Patch] = []
    zero, colour = scale.position(Decimal(0)), series.colour
    for index, item in series.points:
        left, right = places[index] - width / 2, places[index] + width / 2
        style = status_style(item.look)
        low = item.value.low if item.value.low is not None else Decimal(0)
        high = item.value.high if item.value.high is not None else low
        fill = colour if style.solid else f"{colour}-soft"
        bottom, top = scale.position(low), scale.position(high)
        column = [rectangle(left, bottom, right, zero, fill=fill, stroke=colour, hatch=style.hatch, dashes=style.dashes)]
        if high != low:
            column.append(rectangle(left, top, right, bottom, fill="paper", stroke=colour, dashes=(3, 3)))
        shapes += tag_row(index, [*column, *uncertainty_marks(item, places[index], top, "ink")])
    return shapes

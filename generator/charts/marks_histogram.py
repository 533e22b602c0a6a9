"""Histogram: how many rows of a series fall into each of some steps of equal width, and their median."""

from __future__ import annotations

import math
from collections.abc import Sequence
from decimal import Decimal
from itertools import pairwise
from statistics import median

from ..records.struct import Struct
from .panel import plot_series
from .resolved_spec import ResolvedSpec
from .scales import Scale, domain, ticks
from .scene import Label, Scene, Shape, line, rectangle
from .text_layout import text_width
from .theme import Canvas

_PLOT_HEIGHTS = {"wide": 250.0, "narrow": 200.0}
_MOST_BINS, _RATE = 12, 1.5  # bins for the root of the number of rows


class Bin(Struct, frozen=True, kw_only=True):
    """A step from its lower edge up to, but without, its upper edge; the last one with it."""

    low: Decimal
    high: Decimal
    count: int
    text: str


class Distribution(Struct, frozen=True, kw_only=True):
    """The bins of a column, its median, and their words."""

    bins: tuple[Bin, ...]
    median: Decimal
    median_text: str


def distribution(spec: ResolvedSpec) -> Distribution:
    """The values of a column in about as many bins as the root of their number, with round edges."""
    series = plot_series(spec)[0]
    sizes = [item.size for _, item in series.points]
    edges = ticks(*domain(sizes, zero=False), min(max(round(_RATE * math.sqrt(len(sizes))), 4), _MOST_BINS))
    unit = series.unit
    steps = list(pairwise(edges))
    counts = [sum(low <= size < high or size == high == edges[-1] for size in sizes) for low, high in steps]
    middle = median(sizes)
    return Distribution(
        bins=tuple(
            Bin(low=low, high=high, count=count, text=spec.between(low, high, unit))
            for (low, high), count in zip(steps, counts, strict=True)
        ),
        median=middle,
        median_text=spec.tick(middle, unit),
    )


def histogram(spec: ResolvedSpec, canvas: Canvas) -> Scene:
    """Touching columns with their counts, amounts below their edges, and a line at the median."""
    found, series = distribution(spec), plot_series(spec)[0]
    size = canvas.small_size
    top = size * 3.2
    bottom = top + _PLOT_HEIGHTS[canvas.name]
    edges = [found.bins[0].low, *(one.high for one in found.bins)]
    texts = [spec.tick(edge, series.unit) for edge in edges]
    left, right = text_width(texts[0], size) / 2 + 1, canvas.width - text_width(texts[-1], size) / 2 - 1
    across = Scale(low=edges[0], high=edges[-1], start=left, end=right)
    upwards = Scale(low=Decimal(0), high=Decimal(max(one.count for one in found.bins)), start=bottom, end=top)
    x, word = across.position(found.median), f"{spec.word('median')} {found.median_text}"
    half = text_width(word, size, bold=True) / 2
    shapes: list[Shape] = [
        Label(x=min(max(x, half), canvas.width - half), y=size, text=word, size=size, bold=True, anchor="middle")
    ]
    for number, one in enumerate(found.bins):
        start, end, height = across.position(one.low), across.position(one.high), upwards.position(Decimal(one.count))
        shapes.append(rectangle(start + 0.75, height, end - 0.75, bottom, fill="c1", row=number))
        shapes.append(Label(x=(start + end) / 2, y=height - 5, text=spec.number(one.count), size=size, anchor="middle"))
    shapes.append(line(((left, bottom), (right, bottom)), stroke="muted", stroke_width=1.2))
    shapes.append(line(((x, size * 1.4), (x, top - size * 0.2 - 14)), stroke="ink", stroke_width=1.4, row=len(found.bins)))
    shapes.append(line(((x, top - size * 0.2), (x, bottom)), stroke="paper", stroke_width=1.4, dashes=(4, 3)))
    shapes += _edges(texts, [across.position(edge) for edge in edges], bottom, canvas)
    shapes.append(
        Label(x=right, y=bottom + 10 + 2.4 * size, text=series.name, size=size, colour="muted", anchor="end", bold=True)
    )
    return Scene(width=canvas.width, height=bottom + 14 + 2.4 * size, shapes=tuple(shapes))


def _edges(texts: Sequence[str], places: Sequence[float], y: float, canvas: Canvas) -> list[Shape]:
    """Ticks at the edges of the bins, and as many of their amounts as fit."""
    size = canvas.small_size
    widest = max(text_width(text, size) for text in texts) + 8
    stride = next(
        stride for stride in range(1, len(texts) + 1) if (places[1] - places[0]) * stride >= widest or stride == len(texts)
    )
    shapes: list[Shape] = [line(((x, y), (x, y + 4)), stroke="muted", stroke_width=1) for x in places]
    chosen = list(zip(places, texts, strict=True))[::stride]
    shapes += [Label(x=x, y=y + 7 + size, text=text, size=size, colour="muted", anchor="middle") for x, text in chosen]
    return shapes

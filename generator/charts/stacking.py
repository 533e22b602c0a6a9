"""Stacked values: where each part begins and ends, as amounts or as shares of the whole."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Unpack

from ..model.units import Unit
from ..model.values import Point
from .panel import PlotSeries
from .resolved_spec import Item, ResolvedSpec
from .scene import Bounds, Label, Patch, Shape, Style, centred_baseline, line, rectangle
from .text_layout import text_width
from .theme import status_style

RATIO = Unit(id="ratio", dimension={}, percent=True)
Extent = tuple[Decimal, Decimal]
_BRIGHT = frozenset(("c3", "c5"))  # fills on which dark text has more contrast than text in the colour of the background
_PERCENT_DIGITS = 2
_PADDING = 4.0
_PANEL_PADDING = 3.0


def extents(plotted: Sequence[PlotSeries], *, share: bool) -> list[Mapping[int, Extent]]:
    """For each series the lower and upper end of its part, by the index of the category; as shares, wholes are 1."""
    totals: dict[int, Decimal] = {}
    for series in plotted:
        for index, item in series.points:
            totals[index] = totals.get(index, Decimal(0)) + item.size
    ends = dict.fromkeys(totals, Decimal(0))
    found: list[Mapping[int, Extent]] = []
    for series in plotted:
        parts: dict[int, Extent] = {}
        for index, item in series.points:
            whole = totals[index] if share else Decimal(1)
            size = item.size / whole if whole else Decimal(0)
            parts[index] = (ends[index], ends[index] + size)
            ends[index] += size
        found.append(parts)
    return found


def part_text(spec: ResolvedSpec, item: Item, extent: Extent, *, share: bool) -> str:
    """The value of a part in words, or its share in per cent."""
    return percent(spec, extent[1] - extent[0]) if share else item.short


def percent(spec: ResolvedSpec, share: Decimal) -> str:
    """A share as a percentage without decimals."""
    return spec.texts.word_value(Point(number=share.quantize(Decimal(1).scaleb(-_PERCENT_DIGITS)).normalize()), RATIO, "tick")


def inside_label(text: str, centre: tuple[float, float], size: float, colour: str, status: str) -> list[Shape]:
    """A label on a filled shape; on a hatch it has a clean panel."""
    x, middle = centre
    style = status_style(status)
    if style.solid:
        return [Label(x=x, y=centred_baseline(middle, size), text=text, size=size, colour=ink_on(colour), anchor="middle")]
    label = Label(x=x, y=centred_baseline(middle, size), text=text, size=size, anchor="middle")
    return [panel_below(label, colour), label]


def clean_panel(left: float, top: float, right: float, bottom: float, colour: str) -> Patch:
    """What lies under a text on a hatched part: its colour without the hatch."""
    return rectangle(left, top, right, bottom, fill=f"{colour}-soft")


def panel_below(label: Label, colour: str) -> Patch:
    """A clean panel with a little more room than a label takes."""
    left, top, right, bottom = label.bounds
    return clean_panel(left - _PANEL_PADDING, top - _PANEL_PADDING, right + _PANEL_PADDING, bottom + _PANEL_PADDING, colour)


def joined_rectangle(bounds: Bounds, side: str, **style: Unpack[Style]) -> list[Patch]:
    """A filled rectangle with its outline; a dashed one has no edge on a side (`right` or `bottom`) that another part draws.

    Dashes of two outlines on one edge would fill each other's gaps.
    """
    dashes = style.get("dashes")
    if not dashes or not side:
        return [rectangle(*bounds, **style)]
    left, top, right, bottom = bounds
    corners = [(right, top), (left, top), (left, bottom), (right, bottom)]
    edges = corners if side == "right" else [*corners[2:0:-1], corners[0], corners[3]]
    return [rectangle(*bounds, fill=style.get("fill", "")), line(edges, stroke=style.get("stroke", ""), dashes=dashes)]


def ink_on(colour: str) -> str:
    """The colour of text on a shape filled with a colour."""
    return "dark" if colour in _BRIGHT else "paper"


def fits_inside(text: str, size: float, width: float, height: float) -> bool:
    """Whether a label fits into a part of this width and height."""
    return text_width(text, size) + 2 * _PADDING <= width and size * 1.3 <= height

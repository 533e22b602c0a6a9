"""The colours of bars, and what their parts are."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from .resolved_spec import Item, ResolvedSpec
from .rows import RowLayout
from .scales import Scale, known_bounds
from .scene import Label, Shape, centred_baseline
from .stacking import panel_below
from .text_layout import block_width
from .theme import CLAIMED, CLAIMED_COLOUR, CONTEXT_COLOUR, Canvas, status_style
from .value_marks import bar_extent, is_negative

_LEAST_PLOT = 0.75  # of the canvas width: what a plot with values before its marks has at least
_INSIDE, _BESIDE = 4.0, 12.0  # from the edges inside a bar to a label there; between the name of a row and one


def bar_colour(item: Item, items: Sequence[Item]) -> str:
    """The colour of an item: one of its own for a claim, else muted where others are emphasised."""
    if item.status == CLAIMED:
        return CLAIMED_COLOUR
    others = any(other.emphasis or other.part is not None for other in items)
    return "c1" if item.emphasis or not others else CONTEXT_COLOUR


def before_marks(
    items: Sequence[Item], widths: Sequence[float], ends: tuple[Decimal, Decimal], canvas: Canvas, *, points: bool
) -> list[bool]:
    """Whether each value stands before its mark: at bars to the left of zero, and where it has room before a narrow point.

    At the right of points these words, which are wide, would leave a narrow canvas half a plot.
    """
    low, high = ends
    if not (points and canvas.narrow):
        return [is_negative(item) for item in items]
    shares = [float((min(known_bounds([item.value])) - low) / (high - low)) for item in items]
    return [share * canvas.width * _LEAST_PLOT > width for share, width in zip(shares, widths, strict=True)]


def part_labels(spec: ResolvedSpec, items: Sequence[Item], scale: Scale, layout: RowLayout) -> list[Shape]:
    """What parts are and their values: beside the names of the rows on a narrow canvas, where they have room there.

    Else they are at their right inside the bars; the values alone where not all have room for both.
    """
    canvas, name = layout.canvas, spec.phrase("part_label")
    size = canvas.small_size
    rows = [(item.part, item, band) for item, band in zip(items, layout.bands, strict=True) if item.part is not None]
    if canvas.narrow:
        beside = [(block_width(band.lines, canvas.text_size, bold=band.bold) + _BESIDE, band, part) for part, _, band in rows]
        labels = [
            Label(x=x, y=band.top + canvas.text_size, text=f"{name} {part.short}".strip(), size=size, colour="c1")
            for x, band, part in beside
        ]
        if all(label.bounds[2] <= canvas.width for label in labels):
            return [*labels]
    for shown in dict.fromkeys((name, "")):
        labels = [
            Label(x=bar_extent(part, scale) + _INSIDE, y=centred_baseline(band.middle, size), text=text, size=size, bold=True)
            for part, _, band in rows
            if (text := f"{shown} {part.short}".strip())
        ]
        if all(label.bounds[2] <= bar_extent(item, scale) - _INSIDE for label, (_, item, _) in zip(labels, rows, strict=True)):
            hatched = [(label, item) for label, (_, item, _) in zip(labels, rows, strict=True) if status_style(item.look).hatch]
            return [*(panel_below(label, bar_colour(item, items)) for label, item in hatched), *labels]
    return []

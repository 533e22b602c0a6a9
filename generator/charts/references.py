"""Reference lines of a chart: targets or limits that its values are compared with, each with its label on the line."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from itertools import product

from .line_labels import is_free, outline_points
from .panel import Panel
from .resolved_spec import Item, ResolvedSpec
from .scene import XY, Bounds, Label, Patch, Shape, line
from .text_layout import text_width

_ABOVE, _BELOW = -5.0, 14.0  # of the baseline of a label, from its line
_STEPS = 9  # places along a line that are tried for its label


def reference_items(spec: ResolvedSpec) -> list[Item]:
    """The facts that `references` names, under the labels given there."""
    return [spec.item(str(record["fact"]), spec.text_of(record, "label")) for record in spec.records("references")]


def reference_amounts(items: Sequence[Item]) -> list[Decimal]:
    """The amounts of reference lines, which the scale has to include."""
    return [item.size for item in items]


def reference_lines(items: Sequence[Item], panel: Panel, shapes: Sequence[Shape]) -> list[Shape]:
    """A dashed horizontal line across the plot for each item; its label stands where it covers nothing, or else first."""
    drawn: list[Shape] = []
    occupied = [shape.bounds for shape in shapes if isinstance(shape, Label)]
    marks = [shape for shape in shapes if isinstance(shape, Patch) and (shape.row is not None or shape.stroke_width > 1)]
    outlines = [point for mark in marks for point in outline_points(mark)]
    for item in items:
        y = panel.scale.position(item.size)
        drawn.append(line(((panel.left, y), (panel.right, y)), stroke="ink", stroke_width=1.4, dashes=(5, 3)))
        label = _label(item, y, panel, occupied, outlines)
        occupied.append(label.bounds)
        drawn.append(label)
    return drawn


def _label(item: Item, y: float, panel: Panel, occupied: Sequence[Bounds], outlines: Sequence[XY]) -> Label:
    """The label of a line at the first place, from the left, where it touches neither a label nor a mark."""
    size, text = panel.canvas.small_size, f"{item.label} {item.short}"
    room = max(panel.right - panel.left - text_width(text, size) - 4, 0.0)
    places = product((_ABOVE, _BELOW), range(_STEPS))
    labels = [Label(x=panel.left + 2 + room * step / (_STEPS - 1), y=y + shift, text=text, size=size) for shift, step in places]
    return next((label for label in labels if is_free(label.bounds, occupied, outlines)), labels[0])

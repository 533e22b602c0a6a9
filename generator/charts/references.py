"""Reference lines of a chart: targets or limits that its values are compared with, each with its label on the line."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import product

from ..model.periods import Period
from .line_labels import is_free, outline_points
from .panel import Panel
from .resolved_spec import Item, ResolvedSpec
from .scales import known_bounds
from .scene import XY, Bounds, Label, Patch, Shape, line, rectangle
from .text_layout import text_width

_ABOVE, _BELOW = -5.0, 14.0  # of the baseline of a label, from its line
_STEPS = 9  # places along a line that are tried for its label


def reference_items(spec: ResolvedSpec) -> list[Item]:
    """The facts that `references` names, under the labels given there."""
    return [spec.item(str(record["fact"]), spec.text_of(record, "label")) for record in spec.records("references")]


@dataclass(frozen=True, slots=True, kw_only=True)
class ExpectedValue:
    """A value that is expected in a period, such as a plan."""

    item: Item
    period: Period


def expected_values(spec: ResolvedSpec) -> list[ExpectedValue]:
    """The facts that `expected` names, each with its period; one without a period is for the whole time."""
    found = []
    for record in spec.records("expected"):
        fact = spec.edition.facts[str(record["fact"])]
        periods = [fact.period] if fact.period is not None else spec.periods()
        found += [ExpectedValue(item=spec.item(fact.id, spec.text_of(record, "label")), period=one) for one in periods[-1:]]
    return found


def reference_amounts(items: Sequence[Item]) -> list[Decimal]:
    """The amounts of reference lines and both ends of bands, which the scale has to include."""
    return known_bounds(item.value for item in items)


def reference_bands(items: Sequence[Item], panel: Panel) -> list[Shape]:
    """A band across the plot for each item that is a range; to be drawn before the marks, which it would cover."""
    bands: list[Shape] = []
    for item in items:
        if (ends := _ends(item)) is not None:
            top, bottom = (panel.scale.position(end) for end in reversed(ends))
            bands.append(rectangle(panel.left, top, panel.right, bottom, fill="c6-soft"))
    return bands


def _ends(item: Item) -> tuple[Decimal, Decimal] | None:
    low, high = item.value.low, item.value.high
    return (low, high) if low is not None and high is not None and low < high else None


def reference_lines(items: Sequence[Item], panel: Panel, shapes: Sequence[Shape]) -> list[Shape]:
    """A dashed horizontal line across the plot for each item, at both ends of a range.

    Its label stands above the line, or in the band, where it covers nothing, or else first.
    """
    drawn: list[Shape] = []
    occupied = [shape.bounds for shape in shapes if isinstance(shape, Label)]
    marks = [shape for shape in shapes if isinstance(shape, Patch) and (shape.row is not None or shape.stroke_width > 1)]
    outlines = [point for mark in marks for point in outline_points(mark)]
    for item in items:
        edges = [panel.scale.position(end) for end in _ends(item) or (item.size,)]
        drawn += (line(((panel.left, y), (panel.right, y)), stroke="ink", stroke_width=1.4, dashes=(5, 3)) for y in edges)
        label = _label(item, edges[-1], panel, occupied, outlines)
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

"""Reference lines of a chart: targets or limits that its values are compared with, each with its label on the line."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal
from itertools import product

from ..model.periods import Period
from ..records.struct import Struct
from .line_labels import is_free, outline_points
from .panel import Panel
from .resolved_spec import Item, ResolvedSpec
from .scales import known_bounds
from .scene import XY, Bounds, Label, Patch, Shape, line, rectangle, text_block, text_height
from .text_layout import block_width, longest_word_width, text_width, wrap

_WIDE_COLON = "："  # has its own space
_ABOVE, _BELOW = -1.2, 1.2  # of the lower or the upper edge of a label, from its line
_FAR_BELOW = (14.0, 22.0)  # the same for a label that is longer than its line
_FROM_POINTS = 4.0  # from a label of a line that begins inside the plot, which is not to be taken for the value of a point
_BELOW_POINTS = 5.0  # the same below such a line, on which points may lie
_HALF = 0.62  # of the width of a label, in which it has two lines
_FARTHEST = 6.0  # in font sizes, from a line up to the top of a label over its middle
_STEPS = 9  # places along a line that are tried for its label


def reference_items(spec: ResolvedSpec) -> list[Item]:
    """The facts that `references` names, under the labels given there or for their rows."""
    named = {record.get("fact"): spec.text_of(record, "label") for record in spec.records("rows")}
    records = spec.records("references")
    return [spec.item(str(one["fact"]), spec.text_of(one, "label") or named.get(one["fact"], "")) for one in records]


class ExpectedValue(Struct, frozen=True, kw_only=True):
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


def reference_lines(
    items: Sequence[Item], panel: Panel, shapes: Sequence[Shape], spans: Mapping[str, tuple[float, float]] | None = None
) -> list[Shape]:
    """A dashed horizontal line for each item, at both ends of a range: over the span of its fact, or across the plot.

    Its label stands above the line, or in the band, where it covers nothing, or else first.
    """
    drawn: list[Shape] = []
    occupied = [shape.bounds for shape in shapes if isinstance(shape, Label)]
    marks = [shape for shape in shapes if isinstance(shape, Patch) and (shape.row is not None or shape.stroke_width > 1)]
    outlines = [point for mark in marks for point in outline_points(mark)]
    points = [point for mark in marks if mark.row is not None for point in outline_points(mark)]
    for item in items:
        edges = [panel.scale.position(end) for end in _ends(item) or (item.size,)]
        left, right = (spans or {}).get(item.fact or "", (panel.left, panel.right))
        drawn += (line(((left, y), (right, y)), stroke="ink", stroke_width=1.4, dashes=(5, 3)) for y in edges)
        labels = _label(item, (left, right, edges[-1]), panel, occupied, (outlines, points))
        occupied += [label.bounds for label in labels]
        drawn += labels
    return drawn


def _label(
    item: Item,
    at: tuple[float, float, float],
    panel: Panel,
    occupied: Sequence[Bounds],
    marks: tuple[Sequence[XY], Sequence[XY]],
) -> list[Label]:
    """The label of a line at the first place, from the left, where it touches neither a label nor a mark.

    `at` are the ends of the line and its height. The label is in one line, or if need be in two; it may reach beyond a short
    line. That of a line that begins inside the plot may begin before it, stands below it only where it has no room above, and
    keeps a greater distance from points where it can. `marks` are the outlines of all marks, and those of the rows alone.
    """
    (left, right, y), (outlines, points) = at, marks
    size, gap = panel.canvas.small_size, "" if item.label.endswith(_WIDE_COLON) else " "
    text = f"{item.label}{gap}{item.short}"
    whole, parts = (text,), (item.label, item.short)
    above_line, below_line, inside = list[list[Label]](), list[list[Label]](), left > panel.left + 2
    for lines in (whole, parts, wrap(text, size, max(text_width(text, size) * _HALF, longest_word_width(text, size)))):
        width = block_width(lines, size)
        last = max(
            min(max(right - width, right - width / 2 if right - left < width else 0.0), panel.right - width) - 2, left + 2
        )
        starts = [left + 2 + (last - left - 2) * step / (_STEPS - 1) for step in range(_STEPS)]
        above = y + _ABOVE - text_height(lines, size)
        moved = [max(left - width * step / _STEPS, panel.left + 2) for step in range(1, _STEPS)] if inside else []
        above_line += (text_block(lines, x, above, size) for x in (*starts, *moved))
        places = below_line if inside else above_line
        places += (text_block(lines, x, y + _BELOW, size) for x in starts)
        if inside:
            places += (text_block(lines, x, y + _BELOW_POINTS, size) for x in starts)
        if right - left <= width:
            places += (text_block(lines, x, y + below, size) for below, x in product(_FAR_BELOW, starts))
    over = (
        [block for lines in (whole, parts) for block in _over_middle(lines, (left, right, y), panel, outlines)]
        if inside
        else []
    )
    places = [*over, *above_line, *below_line]
    free = (block for block in places if all(is_free(label.bounds, occupied, outlines) for label in block))
    if not inside:
        return next(free, places[0])
    found = [*free]
    clear = (block for block in found if all(is_free(_widened(label.bounds), (), points) for label in block))
    return next(clear, next(iter(found), places[0]))


def _over_middle(
    lines: tuple[str, ...], at: tuple[float, float, float], panel: Panel, outlines: Sequence[XY]
) -> list[list[Label]]:
    """The label over the middle of a line that begins inside the plot, above the marks there, where these are near."""
    (left, right, y), size = at, panel.canvas.small_size
    centre, half = (left + right) / 2, block_width(lines, size) / 2
    highest = min((py for px, py in outlines if abs(px - centre) < half + _FROM_POINTS), default=y)
    top = min(highest, y) - _FROM_POINTS - text_height(lines, size) - 1
    near = y - top < _FARTHEST * size and centre + half < panel.right and centre - half > panel.left
    return [text_block(lines, centre, top, size, anchor="middle")] if near else []


def _widened(bounds: Bounds) -> Bounds:
    left, top, right, bottom = bounds
    return left - _FROM_POINTS, top - _FROM_POINTS, right + _FROM_POINTS, bottom + _FROM_POINTS


def reference_head(reference: Item, items: Sequence[Item]) -> tuple[str, str]:
    """The name of a reference and its value, which is left out where the row that it is says it."""
    row = next((item for item in items if item.fact == reference.fact), None)
    return reference.label, "" if row is not None and row.short == reference.short else reference.short

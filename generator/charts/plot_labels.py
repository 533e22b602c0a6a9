"""Labels inside the plot of a line chart: of expected values, of levels that dotted lines carry on, and of the whole."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from itertools import islice

from .line_labels import is_free, outline_points
from .panel import Panel
from .references import ExpectedValue
from .resolved_spec import ResolvedSpec
from .scene import XY, Bounds, Label, Patch, Shape, line, text_block, text_height
from .text_layout import text_width, wrap

BESIDE = 8.0  # from the name of an expected value to its box
_LEVEL_PLACES = (-0.5, 1.3, -0.8, -1.1, 1.7)  # of the baseline of the name of a level, below it, in font sizes


def names_of_boxes(
    expected: Sequence[ExpectedValue], boxes: Sequence[Patch], drawn: Sequence[Shape], panel: Panel
) -> list[Label] | None:
    """The names and values of expected values: in and above their boxes, or left of them; None where one would cover others."""
    outlines = [point for shape in drawn if isinstance(shape, Patch) for point in outline_points(shape)]
    taken, labels = [shape.bounds for shape in drawn if isinstance(shape, Label)], list[Label]()
    for one, box in zip(expected, boxes, strict=True):
        blocks = (_in_box(one, box, panel), _left_of_box(one, box, panel))
        free = (block for block in blocks if block and all(fits(label, taken, outlines, panel) for label in block))
        block = next(free, None)
        if block is None:
            return None
        labels += block
        taken += [label.bounds for label in block]
    return labels


def fits(label: Label, taken: Sequence[Bounds], outlines: Sequence[XY], panel: Panel) -> bool:
    """Whether a label is inside the plot and touches no other label and no outline."""
    left, top, *_ = label.bounds
    return left >= panel.left and top >= panel.top and is_free(label.bounds, taken, outlines)


def is_within(label: Label, box: Patch) -> bool:
    """Whether a label stands inside a box."""
    (left, top), (right, bottom) = box.points[0], box.points[2]
    return left < label.bounds[0] and label.bounds[2] < right and top < label.bounds[1] and label.bounds[3] < bottom


def _in_box(one: ExpectedValue, box: Patch, panel: Panel) -> list[Label]:
    """The value inside a box and the name above it; nothing where the value does not fit."""
    size, (left, top), (right, bottom) = panel.canvas.small_size, box.points[0], box.points[2]
    if (
        text_width(one.item.short, size, bold=True) + BESIDE > right - left
        or text_height((one.item.short,), size) > bottom - top
    ):
        return []
    name, middle = wrap(one.item.label, size, right - panel.left), (top + bottom - text_height((one.item.short,), size)) / 2
    value = text_block([one.item.short], (left + right) / 2, middle, size, anchor="middle", bold=True)
    return [*text_block(name, right, top - 3 - text_height(name, size), size, anchor="end"), *value]


def _left_of_box(one: ExpectedValue, box: Patch, panel: Panel) -> list[Label]:
    size, left = panel.canvas.small_size, min(x for x, _ in box.points) - BESIDE
    name, middle = wrap(one.item.label, size, max(left - panel.left, 1.0)), (box.points[0][1] + box.points[2][1]) / 2
    top = middle - text_height((*name, one.item.short), size) / 2
    value = text_block([one.item.short], left, top + text_height(name, size), size, anchor="end", bold=True)
    return [*text_block(name, left, top, size, anchor="end"), *value]


def names_of_levels(spec: ResolvedSpec, carried: Sequence[Patch], drawn: Sequence[Shape], panel: Panel) -> list[Label]:
    """What dotted lines carry on, above or below them at their right ends, where that leaves room."""
    size, words = panel.canvas.small_size, spec.phrase("carried_label")
    taken = [shape.bounds for shape in drawn if isinstance(shape, Label)]
    others = [shape for shape in drawn if isinstance(shape, Patch) and shape not in carried]
    outlines = [point for shape in others for point in outline_points(shape)]
    found = list[Label]()
    for patch in carried if words else ():
        right, y = patch.points[-1]
        places = (Label(x=right, y=y + by * size, text=words, size=size, colour="muted", anchor="end") for by in _LEVEL_PLACES)
        found += islice((one for one in places if fits(one, taken, outlines, panel)), 1)
    return found


def whole_line(spec: ResolvedSpec, panel: Panel) -> list[Shape]:
    """The line of the whole that shares are of, named below it, where the specification names it and the plot reaches it."""
    words, size = spec.phrase("whole_label"), panel.canvas.small_size
    if not words or panel.scale.high < 1:
        return []
    y, x = panel.scale.position(Decimal(1)), panel.left + BESIDE
    name = Label(x=x, y=y + 1.3 * size, text=words, size=size, colour="muted")
    return [line(((panel.left, y), (panel.right, y)), stroke="muted", stroke_width=1), name]

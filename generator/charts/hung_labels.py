"""Labels below a bar that lies: each hangs from the middle of its part by a line, or all stand in their order."""

from __future__ import annotations

from collections.abc import Sequence

from ..records.struct import Struct, replace
from .scene import Shape, line, text_block, text_height
from .text_layout import block_width, text_width

_LEADER, _STRAIGHT = 24.0, 8.0  # from a bar to the first labels; to those whose lines need not bend
_SIDE_GAP, _ROW_GAP = 18.0, 9.0  # between labels side by side, and below each other
_INDENT, _LINE_GAP = 6.0, 14.0  # from a line to its label, and between lines that had to be moved
_BELOW_BAR, _VALUE_GAP = 4.0, 5.0  # from a bar to labels without lines, and from the name in one to its value
_LEAST_GAP = 4.0  # between a line and the label or the line of another part


class HungLabel(Struct, frozen=True, kw_only=True):
    """The name of a part in lines and its value, the x of the part's middle, and whether the label stands left of its line."""

    name: tuple[str, ...]
    value: str
    x: float
    size: float
    at_left: bool = False

    @property
    def width(self) -> float:
        """The width of the label."""
        return max(block_width(self.name, self.size), block_width((self.value,), self.size, bold=True))

    @property
    def height(self) -> float:
        """The height of the label: the name, and the value below it."""
        return text_height((*self.name, self.value), self.size)

    def fits_at_right(self, width: float) -> bool:
        """Whether the label ends on a canvas of a width if it stands right of its line."""
        return self.x + _INDENT + self.width <= width


class _Place(Struct, frozen=True, kw_only=True):
    """Where a label stands: its left and right edge, its top and bottom, and the x of its line, left or right of it."""

    left: float
    right: float
    top: float
    bottom: float
    line: float


def hang_labels(labels: Sequence[HungLabel], bar_bottom: float, width: float) -> tuple[list[Shape], float]:
    """Labels below a bar on a canvas of a width, and the height where they end.

    Lines are straight, and a label stands as high as nothing is in its way, left of its line where it is to or would end
    beyond the canvas. Where that is not possible, lines bend to the left. One alone for which the right has no room is in
    the middle below its part, or ends with the canvas.
    """
    if len(labels) == 1 and (labels[0].at_left or not labels[0].fits_at_right(width)):
        return _alone(labels[0], bar_bottom, width)
    places = _straight(labels, bar_bottom + _STRAIGHT, width) or _bent(labels, bar_bottom + _LEADER, width)
    shapes: list[Shape] = []
    for label, at in zip(labels, places, strict=True):
        level = bar_bottom + _LEADER - 7
        ends = ((label.x, bar_bottom + 2), (label.x, bar_bottom + 7), (at.line, level), (at.line, at.bottom))
        shapes.append(line(ends, stroke="muted"))
        x, anchor = (at.left, "start") if at.line < at.left else (at.right, "end")
        value_top = at.top + text_height(label.name, label.size)
        shapes += text_block(label.name, x, at.top, label.size, anchor=anchor)
        shapes += text_block([label.value], x, value_top, label.size, anchor=anchor, bold=True)
    return shapes, max((at.bottom for at in places), default=bar_bottom)


def write_labels(labels: Sequence[HungLabel], bar_bottom: float, width: float) -> tuple[list[Shape], float]:
    """The labels in their order below a bar without lines to it, side by side as far as they fit, and where they end."""
    shapes, x, y, size = list[Shape](), 0.0, bar_bottom + _BELOW_BAR, labels[0].size
    for label in labels:
        name = " ".join(label.name)
        start = text_width(name, size) + _VALUE_GAP
        needed = start + text_width(label.value, size, bold=True)
        if x and x + needed > width:
            x, y = 0.0, y + text_height(("",), size)
        [named], [told] = text_block([name], x, y, size), text_block([label.value], x + start, y, size, bold=True)
        shapes += [replace(named, follows=_SIDE_GAP if x else None), replace(told, follows=_VALUE_GAP)]
        x += needed + _SIDE_GAP
    return shapes, y + text_height(("",), size)


def _alone(label: HungLabel, bar_bottom: float, width: float) -> tuple[list[Shape], float]:
    """A label in the middle below its part, or at an edge of a canvas of this width, and where it ends."""
    half, top = label.width / 2, bar_bottom + _STRAIGHT
    x, anchor = (width, "end") if label.x + half > width else (0.0, "start") if label.x < half else (label.x, "middle")
    value_top = top + text_height(label.name, label.size)
    return [
        line(((label.x, bar_bottom + 2), (label.x, top - 1)), stroke="muted"),
        *text_block(label.name, x, top, label.size, anchor=anchor),
        *text_block([label.value], x, value_top, label.size, anchor=anchor, bold=True),
    ], top + label.height


def _straight(labels: Sequence[HungLabel], top: float, width: float) -> list[_Place]:
    """Places below the middles of all parts; none where a label has none."""
    numbers = range(len(labels))
    at_left = [number for number in numbers if labels[number].at_left or not labels[number].fits_at_right(width)]
    order = [*at_left, *(number for number in reversed(numbers) if number not in at_left)]
    found: dict[int, _Place] = {}
    for number in order:
        label = labels[number]
        left = label.x - _INDENT - label.width if number in at_left else label.x + _INDENT
        levels = sorted({top, *(place.bottom + _ROW_GAP for place in found.values())})
        places = (
            _Place(left=left, right=left + label.width, top=level, bottom=level + label.height, line=label.x)
            for level in levels
        )
        place = next((one for one in places if not any(_in_the_way(one, other) for other in found.values())), None)
        if place is None or left < 0:
            return []
        found[number] = place
    return [found[number] for number in numbers]


def _in_the_way(one: _Place, other: _Place) -> bool:
    """Whether two labels or their lines would touch."""
    beside = one.right + _SIDE_GAP <= other.left or other.right + _SIDE_GAP <= one.left
    if not (beside or one.bottom + _ROW_GAP <= other.top or other.bottom + _ROW_GAP <= one.top):
        return True
    return abs(one.line - other.line) < _LEAST_GAP or _crosses(one, other) or _crosses(other, one)


def _crosses(one: _Place, other: _Place) -> bool:
    """Whether the line of one passes through the label of the other on its way down."""
    return other.left - _LEAST_GAP < one.line < other.right + _LEAST_GAP and one.bottom > other.top


def _bent(labels: Sequence[HungLabel], top: float, width: float) -> list[_Place]:
    """Places right of lines that bend to the left as far as the labels need; below a label at the right that is in the way."""
    found: list[_Place] = []
    for label in reversed(labels):
        x = min([label.x, width - label.width - _INDENT, *(other.line - _LINE_GAP for other in found[-1:])])
        reached = x + _INDENT + label.width + _SIDE_GAP
        level = max([top, *(other.bottom + _ROW_GAP for other in found if other.line < reached)])
        left = x + _INDENT
        found.append(_Place(left=left, right=left + label.width, top=level, bottom=level + label.height, line=x))
    return found[::-1]

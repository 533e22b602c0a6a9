"""Where the name of a point can stand: beside, above or below it, wherever it covers nothing."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from .scene import XY, Bounds, Label, centred_baseline

_GAP = 1.5  # between labels


def free_place(
    text: str, around: tuple[XY, float], size: float, taken: Sequence[Bounds], inside: Bounds, *, bold: bool = False
) -> Label | None:
    """The label at the first place at a distance around a point where it touches nothing that is taken; None without one."""
    places = (label for label in _places(text, *around, size, bold=bold) if _is_inside(label.bounds, inside))
    return next((label for label in places if not any(_touch(label.bounds, other) for other in taken)), None)


def _places(text: str, centre: XY, distance: float, size: float, *, bold: bool) -> Iterator[Label]:
    """Right, left, above and below; then at the corners."""
    x, y = centre
    level, up, down = centred_baseline(y, size), y - distance, y + distance + size * 0.75
    near = distance * 0.6
    for at_x, at_y, anchor in (
        (x + distance, level, "start"), (x - distance, level, "end"), (x, up, "middle"), (x, down, "middle"),
        (x + near, up, "start"), (x - near, up, "end"), (x + near, down, "start"), (x - near, down, "end"),
    ):  # fmt: skip
        yield Label(x=at_x, y=at_y, text=text, size=size, anchor=anchor, bold=bold)


def _touch(one: Bounds, other: Bounds) -> bool:
    return one[0] < other[2] + _GAP and other[0] < one[2] + _GAP and one[1] < other[3] + _GAP and other[1] < one[3] + _GAP


def _is_inside(bounds: Bounds, frame: Bounds) -> bool:
    return bounds[0] >= frame[0] and bounds[1] >= frame[1] and bounds[2] <= frame[2] and bounds[3] <= frame[3]

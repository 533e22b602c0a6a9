"""The scene graph of a chart: paths and labels at pixel positions, before they are drawn.

x grows to the right and y downwards from the top left corner; lengths and font sizes are in CSS pixels. A colour is a key
of theme.COLOURS.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from typing import TypedDict, Unpack, overload

from ..records.struct import Struct, replace
from .text_layout import text_width

XY = tuple[float, float]
Bounds = tuple[float, float, float, float]  # left, top, right, bottom
LINE_HEIGHT = 1.32  # distance of baselines, in font sizes
_TOP_MARGIN = 5.0  # above the highest text or mark
_KAPPA = 0.5523  # control length of the Bézier curve that approximates a quarter of the unit circle


class Link(Struct, frozen=True, kw_only=True):
    """A link from a shape: an address below the language's folder, and what it leads to, in words."""

    address: str
    words: str


class Style(TypedDict, total=False):
    """How a path is filled and stroked; each field as in Patch."""

    fill: str
    stroke: str
    stroke_width: float
    dashes: tuple[float, ...]
    hatch: str
    row: int | None
    link: Link | None


class Patch(Struct, frozen=True, kw_only=True):
    """A path with its fill, stroke and hatch.

    `codes` has a letter for each point: M moves, L draws a line, CCC a cubic Bézier curve, Z closes. An empty colour paints
    nothing; `hatch` is a pattern as matplotlib names it.
    """

    points: tuple[XY, ...]
    codes: str
    fill: str = ""
    stroke: str = ""
    stroke_width: float = 1.2
    dashes: tuple[float, ...] = ()
    hatch: str = ""
    row: int | None = None  # the row of the chart's table that holds the values of this mark
    link: Link | None = None  # for the pointer only: one of many, which a label leads to together


class Label(Struct, frozen=True, kw_only=True):
    """One line of text; (x, y) is on its baseline, at its start, middle or end as `anchor` says.

    One that follows the label before it, which has the same anchor, is drawn at this distance from it, whatever the width of
    both in the reader's font.
    """

    x: float
    y: float
    text: str
    size: float
    colour: str = "ink"
    anchor: str = "start"
    bold: bool = False
    link: Link | None = None
    follows: float | None = None

    @property
    def bounds(self) -> Bounds:
        """The bounding box of the glyphs."""
        width = text_width(self.text, self.size, bold=self.bold)
        left = self.x - width * {"start": 0.0, "middle": 0.5, "end": 1.0}[self.anchor]
        return left, self.y - 0.8 * self.size, left + width, self.y + 0.15 * self.size


Shape = Patch | Label


class Scene(Struct, frozen=True, kw_only=True):
    """All shapes of a chart for one canvas, in the order in which they are drawn."""

    width: float
    height: float
    shapes: tuple[Shape, ...]


@overload
def tag_row(row: int, shapes: Iterable[Patch]) -> list[Patch]: ...
@overload
def tag_row(row: int, shapes: Iterable[Shape]) -> list[Shape]: ...
def tag_row(row: int, shapes: Iterable[Shape]) -> list[Patch] | list[Shape]:
    """The shapes, with their paths marked as showing this row of the chart's table."""
    return [replace(shape, row=row) if isinstance(shape, Patch) else shape for shape in shapes]


def moved(shapes: Iterable[Shape], down: float) -> list[Shape]:
    """The shapes, moved down."""
    return [
        replace(shape, y=shape.y + down)
        if isinstance(shape, Label)
        else replace(shape, points=tuple((x, y + down) for x, y in shape.points))
        for shape in shapes
    ]


def with_top_margin(scene: Scene) -> Scene:
    """A scene in which nothing touches the upper edge."""
    tops = (shape.bounds[1] if isinstance(shape, Label) else min(y for _, y in shape.points) for shape in scene.shapes)
    missing = _TOP_MARGIN - min(tops, default=_TOP_MARGIN)
    if missing <= 0:
        return scene
    return replace(scene, height=scene.height + missing, shapes=tuple(moved(scene.shapes, missing)))


def rectangle(left: float, top: float, right: float, bottom: float, **style: Unpack[Style]) -> Patch:
    """A rectangle."""
    return polygon(((left, top), (right, top), (right, bottom), (left, bottom)), **style)


def polygon(points: Iterable[XY], **style: Unpack[Style]) -> Patch:
    """A closed outline of straight lines."""
    corners = tuple(points)
    return Patch(points=(*corners, corners[0]), codes="M" + "L" * (len(corners) - 1) + "Z", **style)


def line(points: Sequence[XY], **style: Unpack[Style]) -> Patch:
    """An open line through the points."""
    return Patch(points=tuple(points), codes="M" + "L" * (len(points) - 1), **style)


def circle(x: float, y: float, radius: float, **style: Unpack[Style]) -> Patch:
    """A circle."""
    control = _KAPPA * radius
    points = [(x + radius, y)]
    for dx, dy in ((1, 0), (0, 1), (-1, 0), (0, -1)):
        ex, ey = -dy, dx  # the next quarter's direction
        points += [
            (x + dx * radius + ex * control, y + dy * radius + ey * control),
            (x + ex * radius + dx * control, y + ey * radius + dy * control),
            (x + ex * radius, y + ey * radius),
        ]
    return Patch(points=(*points, points[0]), codes="M" + "C" * 12 + "Z", **style)


def curved_band(start: XY, end: XY, thickness: float, **style: Unpack[Style]) -> Patch:
    """A band of constant thickness that leaves and arrives horizontally; the points are its upper corners."""
    (x0, y0), (x1, y1) = start, end
    middle = (x0 + x1) / 2
    points = (
        (x0, y0), (middle, y0), (middle, y1), (x1, y1),
        (x1, y1 + thickness), (middle, y1 + thickness), (middle, y0 + thickness), (x0, y0 + thickness),
        (x0, y0),
    )  # fmt: skip
    return Patch(points=points, codes="MCCCLCCCZ", **style)


def curve(start: XY, end: XY, **style: Unpack[Style]) -> Patch:
    """A line between two points that leaves and arrives horizontally, as the edge of a curved band."""
    middle = (start[0] + end[0]) / 2
    return Patch(points=(start, (middle, start[1]), (middle, end[1]), end), codes="MCCC", **style)


def point_marker(x: float, y: float, radius: float, symbol: str, **style: Unpack[Style]) -> Patch:
    """A point marker: a circle, square or diamond of about the same area."""
    if symbol == "circle":
        return circle(x, y, radius, **style)
    bar_extent = radius * (1.25 if symbol == "diamond" else 0.9)
    turn = 0.0 if symbol == "diamond" else math.pi / 4
    bar_extent *= 1.0 if symbol == "diamond" else math.sqrt(2)
    corners = [
        (x + bar_extent * math.cos(turn + n * math.pi / 2), y + bar_extent * math.sin(turn + n * math.pi / 2)) for n in range(4)
    ]
    return polygon(corners, **style)


def label_runs(shapes: Iterable[Shape]) -> list[list[Label]]:
    """The labels, each with those that follow it in its line."""
    runs: list[list[Label]] = []
    for label in shapes:
        if isinstance(label, Label):
            if label.follows is None or not runs:
                runs.append([])
            runs[-1].append(label)
    return runs


def text_block(
    lines: Sequence[str],
    x: float,
    top: float,
    size: float,
    *,
    colour: str = "ink",
    anchor: str = "start",
    bold: bool = False,
) -> list[Label]:
    """Labels for the lines of a paragraph whose top edge is at `top`."""
    return [
        Label(x=x, y=top + size * (LINE_HEIGHT * number + 1.0), text=text, size=size, colour=colour, anchor=anchor, bold=bold)
        for number, text in enumerate(lines)
    ]


def text_height(lines: Sequence[str], size: float) -> float:
    """The height of a paragraph of these lines."""
    return size * LINE_HEIGHT * len(lines)


def centred_baseline(middle: float, size: float) -> float:
    """The y of a baseline whose line of text looks vertically centred on `middle`."""
    return middle + 0.36 * size

"""A Scene becomes strokes: the one place where matplotlib draws, by its SVG renderer for pages and as artists for dots.

No pyplot, no figure, no axes and no layout: the scene knows its places already, and words are set by the reader's browser.
So the renderer is driven directly, and hands over each path with its style instead of a file that would have to be read
again.
"""

from __future__ import annotations

import io
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Literal, Protocol, cast

import numpy as np
from matplotlib.backend_bases import GraphicsContextBase
from matplotlib.backends.backend_svg import RendererSVG
from matplotlib.colors import to_rgba
from matplotlib.font_manager import FontProperties
from matplotlib.patches import PathPatch
from matplotlib.path import Path
from matplotlib.text import Text
from matplotlib.transforms import Affine2D

from generator.charts.scene import Label, Patch, Scene
from generator.charts.theme import INKS
from generator.charts.typeset import font_file

_CODES = {"M": Path.MOVETO, "L": Path.LINETO, "C": Path.CURVE4, "Z": Path.CLOSEPOLY}
_ANCHORS: Mapping[str, Literal["left", "center", "right"]] = {"start": "left", "middle": "center", "end": "right"}
_NOTHING = dict.fromkeys(("Date", "Creator", "Format", "Type"))
_TENTH = 1  # decimals of a coordinate; a pixel is not looked at more closely


@dataclass(frozen=True, slots=True)
class Stroke:
    """A path as SVG's `d`, and its style as CSS, in sentinel colours."""

    d: str
    style: str


@dataclass(frozen=True, slots=True)
class Hatching:
    """A pattern by the name that strokes use: the ground's colour, and what is drawn on it."""

    ground: str
    stroke: Stroke


@dataclass(frozen=True, slots=True)
class Inked:
    """All strokes of a scene, in the order of its patches, and the patterns they use."""

    strokes: tuple[Stroke, ...]
    hatchings: Mapping[str, Hatching]


def paint(scene: Scene) -> Inked:
    """The paths of a scene as matplotlib's SVG renderer writes them."""
    sheet = _Sheet()
    renderer = cast("Callable[..., _Renderer]", RendererSVG)(scene.width, scene.height, io.StringIO(), metadata=_NOTHING)
    renderer.writer = sheet
    place = Affine2D().scale(1, -1).translate(0, scene.height)
    for shape in scene.shapes:
        if isinstance(shape, Patch):
            gc, face = _pen(shape.fill, shape.edge, shape.weight, shape.dashes, shape.hatch)
            renderer.draw_path(gc, _path(shape), place, face)
    strokes = tuple(sheet.strokes)
    renderer.finalize()
    patterns = zip(sheet.patterns, sheet.grounds, sheet.strokes[len(strokes) :], strict=True)
    return Inked(strokes, {name: Hatching(ground, stroke) for name, ground, stroke in patterns})


class _Renderer(Protocol):
    """As much of matplotlib's renderer as is needed; its own types are not published."""

    writer: _Sheet

    def draw_path(
        self, gc: GraphicsContextBase, path: Path, transform: Affine2D, rgb_face: tuple[float, ...] | None
    ) -> None: ...

    def finalize(self) -> None: ...


class _Sheet:
    """What the renderer writes on: it keeps paths and patterns, and forgets the rest of the document."""

    def __init__(self) -> None:
        self.strokes: list[Stroke] = []
        self.patterns: list[str] = []
        self.grounds: list[str] = []

    def element(self, tag: str, _text: str = "", _attrib: Mapping[str, str] | None = None, **given: str) -> None:
        if tag == "path":
            self.strokes.append(Stroke(given["d"], given["style"]))
        elif tag == "rect":
            self.grounds.append(given["fill"])

    def start(self, tag: str, _attrib: Mapping[str, str] | None = None, **given: str) -> None:
        if tag == "pattern":
            self.patterns.append(given["id"])

    def end(self, *_: object, **__: object) -> None:
        """Nothing is nested."""

    close = flush = end


@lru_cache(maxsize=512)
def _pen(
    fill: str, edge: str, weight: float, dashes: tuple[float, ...], hatch: str
) -> tuple[GraphicsContextBase, tuple[float, ...] | None]:
    """What matplotlib draws with: its state for outlines and hatches, and the colour of the face."""
    gc = GraphicsContextBase()
    gc.set_linewidth(weight if edge else 0)
    if edge:
        gc.set_foreground(INKS[edge].sentinel)
    if dashes:
        gc.set_dashes(0, dashes)
    if hatch:
        gc.set_hatch(hatch)
        gc.set_hatch_color(to_rgba(INKS[edge].sentinel))
    return gc, to_rgba(INKS[fill].sentinel) if fill else None


def _path(shape: Patch) -> Path:
    return Path(_rounded(shape.points), _codes(shape.codes))


def _rounded(points: Sequence[tuple[float, float]]) -> list[tuple[float, float]]:
    return [(round(x, _TENTH) + 0.0, round(y, _TENTH) + 0.0) for x, y in points]  # no negative zero


@lru_cache(maxsize=512)
def _codes(codes: str) -> np.ndarray[tuple[int, ...], np.dtype[np.uint8]]:
    return np.array([_CODES[code] for code in codes], dtype=Path.code_type)


# --- artists, for a picture in dots -------------------------------------------------------------


def artists(scene: Scene) -> Iterator[PathPatch | Text]:
    """What matplotlib draws for each shape, in sentinel colours; one unit is one pixel, from the bottom left corner."""
    place = Affine2D().scale(1, -1).translate(0, scene.height)
    for shape in scene.shapes:
        yield _patch(shape, place) if isinstance(shape, Patch) else _text(shape, place)


@cache
def _font(size: float, *, bold: bool) -> FontProperties:
    return FontProperties(fname=font_file(), size=size, weight="semibold" if bold else "normal")


def _patch(shape: Patch, place: Affine2D) -> PathPatch:
    return PathPatch(
        Path(shape.points, _codes(shape.codes)),
        transform=place,
        facecolor=INKS[shape.fill].sentinel if shape.fill else "none",
        edgecolor=INKS[shape.edge].sentinel if shape.edge else "none",
        linewidth=shape.weight if shape.edge else 0,
        linestyle=(0, tuple(part / shape.weight for part in shape.dashes)) if shape.dashes else "solid",
        hatch=shape.hatch or None,
    )


def _text(label: Label, place: Affine2D) -> Text:
    return Text(
        label.x,
        label.y,
        label.text,
        transform=place,
        color=INKS[label.ink].sentinel,
        fontproperties=_font(label.size, bold=label.bold),
        horizontalalignment=_ANCHORS[label.anchor],
        verticalalignment="baseline",
        parse_math=False,
    )

"""A Scene becomes strokes: matplotlib's SVG renderer draws them for pages, and raster has the same pens and paths for dots.

No pyplot, no figure, no axes and no layout: the scene knows its places already, and words are set by the reader's browser.
So the renderer is driven directly, and hands over each path with its style instead of a file that would have to be read
again.
"""

from __future__ import annotations

import io
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Protocol, cast

import numpy as np
from matplotlib.backend_bases import GraphicsContextBase
from matplotlib.backends.backend_svg import RendererSVG
from matplotlib.colors import to_rgba
from matplotlib.path import Path
from matplotlib.transforms import Affine2D

from .scene import Patch, Scene
from .theme import COLOURS

_CODES = {"M": Path.MOVETO, "L": Path.LINETO, "C": Path.CURVE4, "Z": Path.CLOSEPOLY}
_NOTHING = dict.fromkeys(("Date", "Creator", "Format", "Type"))
Face = tuple[float, float, float, float] | None
_TENTH = 1  # decimals of a coordinate; a pixel is not looked at more closely


@dataclass(frozen=True, slots=True)
class SvgPath:
    """A path as SVG's `d`, and its style as CSS, in sentinel colours."""

    d: str
    style: str


@dataclass(frozen=True, slots=True)
class HatchPattern:
    """A pattern by the name that strokes use: the ground's colour, and what is drawn on it."""

    ground: str
    stroke: SvgPath


@dataclass(frozen=True, slots=True)
class SvgPaths:
    """All strokes of a scene, in the order of its patches, and the patterns they use."""

    strokes: tuple[SvgPath, ...]
    hatchings: Mapping[str, HatchPattern]


def render_paths(scene: Scene) -> SvgPaths:
    """The paths of a scene as matplotlib's SVG renderer writes them."""
    sheet = _Sheet()
    renderer = cast("Callable[..., _Renderer]", RendererSVG)(scene.width, scene.height, io.StringIO(), metadata=_NOTHING)
    renderer.writer = sheet
    place = Affine2D().scale(1, -1).translate(0, scene.height)
    for shape in scene.shapes:
        if isinstance(shape, Patch):
            gc, face = graphics_context(shape)
            renderer.draw_path(gc, path_to_tenth(shape), place, face)
    strokes = tuple(sheet.strokes)
    renderer.finalize()
    patterns = zip(sheet.patterns, sheet.grounds, sheet.strokes[len(strokes) :], strict=True)
    return SvgPaths(strokes, {name: HatchPattern(ground, stroke) for name, ground, stroke in patterns})


class _Renderer(Protocol):
    """As much of matplotlib's renderer as is needed; its own types are not published."""

    writer: _Sheet

    def draw_path(self, gc: GraphicsContextBase, path: Path, transform: Affine2D, rgb_face: Face) -> None: ...

    def finalize(self) -> None: ...


class _Sheet:
    """What the renderer writes on: it keeps paths and patterns, and forgets the rest of the document."""

    def __init__(self) -> None:
        self.strokes: list[SvgPath] = []
        self.patterns: list[str] = []
        self.grounds: list[str] = []

    def element(self, tag: str, _text: str = "", _attrib: Mapping[str, str] | None = None, **given: str) -> None:
        if tag == "path":
            self.strokes.append(SvgPath(given["d"], given["style"]))
        elif tag == "rect":
            self.grounds.append(given["fill"])

    def start(self, tag: str, _attrib: Mapping[str, str] | None = None, **given: str) -> None:
        if tag == "pattern":
            self.patterns.append(given["id"])

    def end(self, *_: object, **__: object) -> None:
        """Nothing is nested."""

    close = flush = end


def graphics_context(shape: Patch, *, light: bool = False) -> tuple[GraphicsContextBase, Face]:
    """What matplotlib draws with: its state for outlines and hatches, and the colour of the face.

    In sentinel colours, or in those of the light scheme where a picture has to choose.
    """
    return _pen(shape.fill, shape.stroke, shape.stroke_width, shape.dashes, hatch=shape.hatch, light=light)


@lru_cache(maxsize=512)
def _pen(
    fill: str, stroke: str, stroke_width: float, dashes: tuple[float, ...], *, hatch: str, light: bool
) -> tuple[GraphicsContextBase, Face]:
    def colour(name: str) -> tuple[float, float, float, float]:
        return to_rgba(COLOURS[name].light if light else COLOURS[name].sentinel)

    gc = GraphicsContextBase()
    gc.set_joinstyle("miter")
    gc.set_linewidth(stroke_width if stroke else 0)
    if stroke:
        gc.set_foreground(colour(stroke), isRGBA=True)
    if dashes:
        gc.set_dashes(0, dashes)
    if hatch:
        gc.set_hatch(hatch)
        gc.set_hatch_color(colour(stroke))
    return gc, colour(fill) if fill else None


def path_to_tenth(shape: Patch) -> Path:
    """The path of a shape, to the tenth of a pixel."""
    return Path([(round(x, _TENTH) + 0.0, round(y, _TENTH) + 0.0) for x, y in shape.points], _codes(shape.codes))


@lru_cache(maxsize=512)
def _codes(codes: str) -> np.ndarray[tuple[int, ...], np.dtype[np.uint8]]:
    return np.array([_CODES[code] for code in codes], dtype=Path.code_type)

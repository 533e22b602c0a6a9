"""Paths of a scene as matplotlib's SVG renderer writes them, and graphics contexts that the PNG renderer shares.

No pyplot, figure or axes: the scene has its layout already, and labels are set by the reader's browser. So the renderer is
called directly, and hands over each path with its style instead of a document that would have to be parsed.
"""

from __future__ import annotations

import io
from collections.abc import Callable, Mapping
from functools import lru_cache
from typing import Protocol, cast

import numpy as np
from matplotlib.backend_bases import GraphicsContextBase
from matplotlib.backends.backend_svg import RendererSVG
from matplotlib.colors import to_rgba
from matplotlib.path import Path
from matplotlib.transforms import Affine2D

from ..records.struct import Struct
from .scene import Patch, Scene
from .theme import COLOURS

_CODES = {"M": Path.MOVETO, "L": Path.LINETO, "C": Path.CURVE4, "Z": Path.CLOSEPOLY}
_NO_METADATA = dict.fromkeys(("Date", "Creator", "Format", "Type"))
Face = tuple[float, float, float, float] | None
_DECIMALS = 1  # of a coordinate


class SvgPath(Struct, frozen=True):
    """A path as the `d` and `style` attributes of SVG, in sentinel colours."""

    d: str
    style: str


class HatchPattern(Struct, frozen=True):
    """A hatch pattern: the colour of its background, and the path on it."""

    background: str
    path: SvgPath


class SvgPaths(Struct, frozen=True):
    """The paths of a scene in the order of its patches, and the hatch patterns that they use, by id."""

    paths: tuple[SvgPath, ...]
    patterns: Mapping[str, HatchPattern]


def render_paths(scene: Scene) -> SvgPaths:
    """The paths of a scene as matplotlib's SVG renderer writes them."""
    writer = _PathWriter()
    renderer = cast("Callable[..., _Renderer]", RendererSVG)(scene.width, scene.height, io.StringIO(), metadata=_NO_METADATA)
    renderer.writer = writer
    transform = Affine2D().scale(1, -1).translate(0, scene.height)
    for shape in scene.shapes:
        if isinstance(shape, Patch):
            gc, face = graphics_context(shape)
            renderer.draw_path(gc, rounded_path(shape), transform, face)
    paths = tuple(writer.paths)
    renderer.finalize()  # writes the hatch patterns
    patterns = zip(writer.pattern_ids, writer.backgrounds, writer.paths[len(paths) :], strict=True)
    return SvgPaths(paths, {key: HatchPattern(background, path) for key, background, path in patterns})


class _Renderer(Protocol):
    """The members of matplotlib's RendererSVG that are used; its own types are not published."""

    writer: _PathWriter

    def draw_path(self, gc: GraphicsContextBase, path: Path, transform: Affine2D, rgb_face: Face) -> None: ...

    def finalize(self) -> None: ...


class _PathWriter:
    """Stands in for the renderer's XML writer: keeps paths and patterns, and drops the rest of the document."""

    def __init__(self) -> None:
        self.paths: list[SvgPath] = []
        self.pattern_ids: list[str] = []
        self.backgrounds: list[str] = []

    def element(self, tag: str, _text: str = "", _attrib: Mapping[str, str] | None = None, **attributes: str) -> None:
        if tag == "path":
            self.paths.append(SvgPath(attributes["d"], attributes["style"]))
        elif tag == "rect":
            self.backgrounds.append(attributes["fill"])

    def start(self, tag: str, _attrib: Mapping[str, str] | None = None, **attributes: str) -> None:
        if tag == "pattern":
            self.pattern_ids.append(attributes["id"])

    def end(self, *_: object, **__: object) -> None:
        """End tags are not needed."""

    close = flush = end


def graphics_context(shape: Patch, *, light: bool = False) -> tuple[GraphicsContextBase, Face]:
    """Matplotlib's drawing state for the stroke and hatch of a shape, and its fill colour.

    Colours are sentinels, or those of the light scheme.
    """
    return _graphics_context(shape.fill, shape.stroke, shape.stroke_width, shape.dashes, hatch=shape.hatch, light=light)


@lru_cache(maxsize=512)
def _graphics_context(
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


def rounded_path(shape: Patch) -> Path:
    """The path of a shape, with coordinates rounded to a tenth of a pixel."""
    return Path([(round(x, _DECIMALS) + 0.0, round(y, _DECIMALS) + 0.0) for x, y in shape.points], _codes(shape.codes))


@lru_cache(maxsize=512)
def _codes(codes: str) -> np.ndarray[tuple[int, ...], np.dtype[np.uint8]]:
    return np.array([_CODES[code] for code in codes], dtype=Path.code_type)

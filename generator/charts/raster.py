"""A Scene becomes a PNG where SVG is of no use: in a slide, in a preview. Always in the light scheme, always the same bytes."""

from __future__ import annotations

import io
from collections.abc import Callable
from functools import lru_cache
from typing import Protocol, cast

import numpy as np
from matplotlib.backend_bases import GraphicsContextBase
from matplotlib.backends.backend_agg import RendererAgg
from matplotlib.font_manager import FontProperties
from matplotlib.path import Path
from matplotlib.transforms import Affine2D
from PIL import Image

from .scene import Label, Patch, Scene, rectangle
from .svg_paths import Face, graphics_context, path_to_tenth
from .text_layout import advance_width, font_file, missing_glyph
from .theme import COLOURS

_DPI = 72  # one point is one pixel before scaling
_COLOURS = 128  # enough for flat inks and their soft edges, a third of the size
_BOLD = 0.018  # of a letter's size: the font has one weight, so that a bold text is set twice, this far to either side
_SHARES = {"start": 0.0, "middle": 0.5, "end": 1.0}  # of a text's width before its place
_COMPRESSION = 7  # two levels more take half as long again and save a twentieth


class MissingGlyphError(Exception):
    """The font has no picture of a character; a raster cannot leave that to the reader's browser."""


class _Renderer(Protocol):
    """As much of matplotlib's renderer as is needed; its own types are not published."""

    draw_path: Callable[[GraphicsContextBase, Path, Affine2D, Face], None]
    draw_text: Callable[[GraphicsContextBase, float, float, str, FontProperties, float], None]
    buffer_rgba: Callable[[], memoryview]


def rasterize(scene: Scene, *, scale: float = 2, margin: float = 0) -> bytes:
    """The scene as PNG, `scale` dots to a pixel, with a margin in pixels; MissingGlyphError where a character has no glyph."""
    width, height = (int((side + 2 * margin) * scale) for side in (scene.width, scene.height))
    renderer = cast("Callable[..., _Renderer]", RendererAgg)(width, height, _DPI * scale)
    place = Affine2D().translate(margin, margin).scale(scale, -scale).translate(0, height)
    ground = rectangle(-margin, -margin, scene.width + 2 * margin, scene.height + 2 * margin, fill="paper")
    for shape in (ground, *(one for one in scene.shapes if isinstance(one, Patch))):
        gc, face = graphics_context(shape, light=True)
        renderer.draw_path(gc, path_to_tenth(shape), place, face)
    for label in scene.shapes:
        if isinstance(label, Label):
            if missing := missing_glyph(label.text):
                msg = f"{missing} (U+{ord(missing):04X})"
                raise MissingGlyphError(msg)
            _set(renderer, label, scale, margin)
    return _png(np.asarray(renderer.buffer_rgba()))


def _set(renderer: _Renderer, label: Label, scale: float, margin: float) -> None:
    """A line of text with its anchor at its place."""
    x = label.x - advance_width(label.text, label.size) * _SHARES[label.anchor]
    for shift in (-_BOLD, _BOLD) if label.bold else (0.0,):
        renderer.draw_text(
            _ink(label.colour),
            (x + margin + shift * label.size) * scale,
            (label.y + margin) * scale,
            label.text,
            _font(label.size),
            0.0,
        )


@lru_cache
def _ink(name: str) -> GraphicsContextBase:
    gc = GraphicsContextBase()
    gc.set_foreground(COLOURS[name].light)
    return gc


@lru_cache
def _font(size: float) -> FontProperties:
    return FontProperties(fname=font_file(), size=size)


def _png(dots: np.ndarray[tuple[int, ...], np.dtype[np.uint8]]) -> bytes:
    picture = Image.fromarray(dots).convert("RGB")
    few = picture.quantize(_COLOURS, method=Image.Quantize.FASTOCTREE, dither=Image.Dither.NONE)
    written = io.BytesIO()
    few.save(written, "png", optimize=False, compress_level=_COMPRESSION)
    return written.getvalue()

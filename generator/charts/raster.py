"""A scene as PNG, for slides and link previews, which take no SVG: in the light scheme, always the same bytes."""

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
from .svg_paths import Face, graphics_context, rounded_path
from .text_layout import advance_width, font_file, missing_glyph
from .theme import COLOURS

_DPI = 72  # one point is one pixel before scaling
_COLOURS = 128  # in the palette: enough for flat colours and smoothed edges, at a third of the size
_BOLD = 0.018  # of the font size: the font has one weight, so bold text is drawn twice, this far to either side
_SHARES = {"start": 0.0, "middle": 0.5, "end": 1.0}  # of a text's width that is before its anchor
_COMPRESSION = 7  # two levels more take half as long again and save a twentieth


class MissingGlyphError(Exception):
    """The font has no glyph for a character; the message names it."""


class _Renderer(Protocol):
    """The methods of matplotlib's RendererAgg that are used; its own types are not published."""

    draw_path: Callable[[GraphicsContextBase, Path, Affine2D, Face], None]
    draw_text: Callable[[GraphicsContextBase, float, float, str, FontProperties, float], None]
    buffer_rgba: Callable[[], memoryview]


def rasterize(scene: Scene, *, scale: float = 2, margin: float = 0) -> bytes:
    """The scene as PNG with `scale` dots per pixel and a margin in pixels; raises MissingGlyphError."""
    width, height = (int((side + 2 * margin) * scale) for side in (scene.width, scene.height))
    renderer = cast("Callable[..., _Renderer]", RendererAgg)(width, height, _DPI * scale)
    transform = Affine2D().translate(margin, margin).scale(scale, -scale).translate(0, height)
    background = rectangle(-margin, -margin, scene.width + 2 * margin, scene.height + 2 * margin, fill="paper")
    for shape in (background, *(one for one in scene.shapes if isinstance(one, Patch))):
        gc, face = graphics_context(shape, light=True)
        renderer.draw_path(gc, rounded_path(shape), transform, face)
    for label in scene.shapes:
        if isinstance(label, Label):
            if missing := missing_glyph(label.text):
                msg = f"{missing} (U+{ord(missing):04X})"
                raise MissingGlyphError(msg)
            _draw_label(renderer, label, scale, margin)
    return _png(np.asarray(renderer.buffer_rgba()))


def _draw_label(renderer: _Renderer, label: Label, scale: float, margin: float) -> None:
    """Draw a line of text with its anchor at its position."""
    x = label.x - advance_width(label.text, label.size) * _SHARES[label.anchor]
    for shift in (-_BOLD, _BOLD) if label.bold else (0.0,):
        renderer.draw_text(
            _text_context(label.colour),
            (x + margin + shift * label.size) * scale,
            (label.y + margin) * scale,
            label.text,
            _font(label.size),
            0.0,
        )


@lru_cache
def _text_context(name: str) -> GraphicsContextBase:
    gc = GraphicsContextBase()
    gc.set_foreground(COLOURS[name].light)
    return gc


@lru_cache
def _font(size: float) -> FontProperties:
    return FontProperties(fname=font_file(), size=size)


def _png(pixels: np.ndarray[tuple[int, ...], np.dtype[np.uint8]]) -> bytes:
    image = Image.fromarray(pixels).convert("RGB")
    reduced = image.quantize(_COLOURS, method=Image.Quantize.FASTOCTREE, dither=Image.Dither.NONE)
    buffer = io.BytesIO()
    reduced.save(buffer, "png", optimize=False, compress_level=_COMPRESSION)
    return buffer.getvalue()

"""A scene as PNG, for slides and link previews, which take no SVG: in the light scheme, always the same bytes."""

from __future__ import annotations

import io
from collections.abc import Callable
from functools import cache, lru_cache
from math import fsum
from typing import Protocol, cast

import numpy as np
from matplotlib.backend_bases import GraphicsContextBase
from matplotlib.backends.backend_agg import RendererAgg
from matplotlib.font_manager import FontEntry, FontPath, FontProperties, fontManager, get_font
from matplotlib.path import Path
from matplotlib.transforms import Affine2D
from PIL import Image

from .fonts import FontFace, PictureFonts, alphabetic_face, faces, ideographic_face, missing_characters, plain_spaces
from .scene import Label, Patch, Scene, rectangle
from .svg_paths import Face, graphics_context, rounded_path
from .theme import COLOURS

_DPI = 72  # one point is one pixel before scaling
_COLOURS = 128  # in the palette: enough for flat colours and smoothed edges, at a third of the size
_BOLD = 0.018  # of the font size: the font may have one weight; then bold text is drawn twice, this far to either side
_RIGHT_TO_LEFT = "\u200f"  # before a line whose own direction its first letter may not tell
_SHARES = {"start": 0.0, "middle": 0.5, "end": 1.0}  # of a text's width that is before its anchor
_COMPRESSION = 7  # two levels more take half as long again and save a twentieth


class _Renderer(Protocol):
    """The methods of matplotlib's RendererAgg that are used; its own types are not published."""

    draw_path: Callable[[GraphicsContextBase, Path, Affine2D, Face], None]
    draw_text: Callable[[GraphicsContextBase, float, float, str, FontProperties, float], None]
    buffer_rgba: Callable[[], memoryview]


def rasterize(scene: Scene, fonts: PictureFonts, *, scale: float = 2, margin: float = 0) -> bytes:
    """The scene as PNG with `scale` dots per pixel and a margin in pixels.

    A text with a character that no font has (`missing_glyphs`) is left out: boxes would say less than nothing.
    """
    width, height = (int((side + 2 * margin) * scale) for side in (scene.width, scene.height))
    renderer = cast("Callable[..., _Renderer]", RendererAgg)(width, height, _DPI * scale)
    transform = Affine2D().translate(margin, margin).scale(scale, -scale).translate(0, height)
    background = rectangle(-margin, -margin, scene.width + 2 * margin, scene.height + 2 * margin, fill="paper")
    for shape in (background, *(one for one in scene.shapes if isinstance(one, Patch))):
        gc, face = graphics_context(shape, light=True)
        renderer.draw_path(gc, rounded_path(shape), transform, face)
    for label in scene.shapes:
        if isinstance(label, Label) and not missing_characters(label.text, fonts):
            _draw_label(renderer, label, fonts, scale, margin)
    return _png(np.asarray(renderer.buffer_rgba()))


def missing_glyphs(scene: Scene, fonts: PictureFonts) -> list[str]:
    """The characters of a scene's texts that no font has a glyph for."""
    texts = "".join(shape.text for shape in scene.shapes if isinstance(shape, Label))
    return missing_characters(texts, fonts)


def _draw_label(renderer: _Renderer, label: Label, fonts: PictureFonts, scale: float, margin: float) -> None:
    """Draw a line of text with its anchor at its position."""
    text = plain_spaces(label.text)
    used = faces(fonts, text, bold=label.bold)
    size = label.size * _relative_size(used[0])
    x = label.x - _drawn_width(text, used, size, scale) * _SHARES[label.anchor]
    emboldened = label.bold and used[0] != alphabetic_face(bold=True)
    for shift in (-_BOLD, _BOLD) if emboldened else (0.0,):
        renderer.draw_text(
            _text_context(label.colour),
            (x + margin + shift * label.size) * scale,
            (label.y + margin) * scale,
            f"{_RIGHT_TO_LEFT}{text}" if fonts.right_to_left else text,
            _font(used, size),
            0.0,
        )


@cache
def _relative_size(face: FontFace) -> float:
    """How much smaller a face is drawn so that its small letters are as high, and its lines as long, as the layout expects."""
    return min(1.0, ideographic_face().x_height / face.x_height)


def _drawn_width(text: str, used: tuple[FontFace, ...], size: float, scale: float) -> float:
    """The width of a line as it is drawn: with its letters joined, and fitted to the dots; ideographs keep their squares."""
    if used[0] == ideographic_face():
        return fsum(_advance(character, used) for character in text) * size
    font = get_font([FontPath(face.path, face.index) for face in used])
    font.set_size(size, _DPI * scale)
    font.set_text(text)
    return float(font.get_width_height()[0]) / 64 / scale


def _advance(character: str, used: tuple[FontFace, ...]) -> float:
    return next((face.advance(character) for face in used if face.has(character)), 0.0)


@lru_cache
def _text_context(name: str) -> GraphicsContextBase:
    gc = GraphicsContextBase()
    gc.set_foreground(COLOURS[name].light)
    return gc


@lru_cache
def _font(used: tuple[FontFace, ...], size: float) -> FontProperties:
    """The faces as matplotlib takes them: as families, each of one face, of which the next has what those before it lack."""
    return FontProperties(family=[_family(face) for face in used], size=size)


@cache
def _family(face: FontFace) -> str:
    name = f"{face.path}#{face.index}"
    fontManager.ttflist.append(FontEntry(fname=face.path, index=face.index, name=name))
    return name


def _png(pixels: np.ndarray[tuple[int, ...], np.dtype[np.uint8]]) -> bytes:
    image = Image.fromarray(pixels).convert("RGB")
    reduced = image.quantize(_COLOURS, method=Image.Quantize.FASTOCTREE, dither=Image.Dither.NONE)
    buffer = io.BytesIO()
    reduced.save(buffer, "png", optimize=False, compress_level=_COMPRESSION)
    return buffer.getvalue()

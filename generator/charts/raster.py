"""A scene as PNG, for slides and link previews, which take no SVG: in the light scheme, always the same bytes."""

from __future__ import annotations

import io
import re
from collections.abc import Callable, Sequence
from functools import cache, lru_cache
from itertools import chain, combinations
from math import fsum
from typing import Protocol, cast

import numpy as np
from matplotlib.backend_bases import GraphicsContextBase
from matplotlib.backends.backend_agg import RendererAgg
from matplotlib.colors import to_rgb
from matplotlib.path import Path
from matplotlib.transforms import Affine2D
from PIL import Image

from ..records.struct import replace
from .fonts import FontFace, PictureFonts, alphabetic_face, faces, ideographic_face, missing_characters, plain_spaces
from .scene import Label, Patch, Scene, label_runs
from .svg_paths import Face, graphics_context, rounded_path
from .text_lines import DPI, TextLine, text_line
from .theme import COLOURS

_COLOURS = 256  # in a palette: enough for flat colours and smoothed edges, at a third of the size
_STEPS = 8  # of a smoothed edge, at most
_APART = 8  # by how much two steps differ: where Pillow looks for the nearest colour, it does not tell more exactly
_BOLD = 0.036  # of the font size: the font may have one weight; then bold text is drawn twice, this far from each other
_RIGHT_TO_LEFT = "\u200f"  # before a line whose own direction its first letter may not tell
_SHARES = {"start": 0.0, "middle": 0.5, "end": 1.0}  # of a text's width that is before its anchor
_APOSTROPHE = re.compile("(?<=[A-Za-zÀ-ɏ])(’)(?=[A-Za-zÀ-ɏ])")  # which an ideographic font has as wide as an ideograph
_RUN_LENGTHS = 3  # zlib's Z_RLE: half the time of matches at any distance, for files that are a sixth larger

Colour = tuple[int, int, int]


class _Renderer(Protocol):
    """The methods of matplotlib's RendererAgg that are used; its own types are not published."""

    draw_path: Callable[[GraphicsContextBase, Path, Affine2D, Face], None]
    buffer_rgba: Callable[[], memoryview]


def rasterize(scene: Scene, fonts: PictureFonts, *, scale: float = 2, margin: float = 0) -> bytes:
    """The scene as PNG with `scale` dots per pixel and a margin in pixels.

    A text with a character that no font has (`missing_glyphs`) is left out: boxes would say less than nothing.
    """
    paths = tuple(shape for shape in scene.shapes if isinstance(shape, Patch))
    picture = _draw_paths(paths, scene.width, scene.height, scale, margin).copy()
    for labels in label_runs(scene.shapes):
        if not any(missing_characters(label.text, fonts) for label in labels):
            _draw_run(picture, labels, fonts, scale, margin)
    return _png(picture, _palette(_colours(scene)))


def missing_glyphs(scene: Scene, fonts: PictureFonts) -> list[str]:
    """The characters of a scene's texts that no font has a glyph for."""
    texts = "".join(shape.text for shape in scene.shapes if isinstance(shape, Label))
    return missing_characters(texts, fonts)


@lru_cache(maxsize=4)  # the cards of all pages have the same ones
def _draw_paths(paths: tuple[Patch, ...], width: float, height: float, scale: float, margin: float) -> Image.Image:
    """Paths on paper."""
    columns, rows = (int((side + 2 * margin) * scale) for side in (width, height))
    renderer = _on_paper(columns, rows, DPI * scale)
    transform = Affine2D().translate(margin, margin).scale(scale, -scale).translate(0, rows)
    for shape in paths:
        gc, face = graphics_context(shape, light=True)
        renderer.draw_path(gc, rounded_path(shape), transform, face)
    return Image.frombytes("RGB", (columns, rows), renderer.buffer_rgba(), "raw", "RGBX")


def _on_paper(width: int, height: int, dpi: float) -> _Renderer:
    """What draws paths, with nothing drawn yet."""
    renderer = _renderer(width, height, dpi)
    np.asarray(renderer.buffer_rgba()).view(np.uint32)[:] = np.array((*_colour("paper"), 255), np.uint8).view(np.uint32)
    return renderer


@lru_cache(maxsize=1)  # most charts have the size of the one before: its memory is used again
def _renderer(width: int, height: int, dpi: float) -> _Renderer:
    return cast("Callable[..., _Renderer]", RendererAgg)(width, height, dpi)


def _draw_run(picture: Image.Image, labels: Sequence[Label], fonts: PictureFonts, scale: float, margin: float) -> None:
    """Draw a label, and those that follow it at their distances: from the first on, or from the last where they end at it."""
    outwards = 1 if labels[0].anchor == "start" else -1
    ordered = labels if (outwards > 0) != fonts.right_to_left else labels[::-1]
    x, gaps = ordered[0].x, [label.follows or 0.0 for label in ordered if label.follows is not None]
    for label, gap in zip(ordered, [*gaps, 0.0], strict=True):
        width = _draw_label(picture, replace(label, x=x), fonts, scale, margin)
        x += outwards * (width + gap)


def _draw_label(picture: Image.Image, label: Label, fonts: PictureFonts, scale: float, margin: float) -> float:
    """Draw a line of text with its anchor at its position; its width in pixels."""
    text = plain_spaces(label.text)
    used = faces(fonts, text, bold=label.bold)
    emboldened = label.bold and used[0] != alphabetic_face(bold=True)
    size = label.size * _relative_size(used[0]) * scale
    parts = (
        _APOSTROPHE.split(text)
        if used[0] == ideographic_face()
        else [f"{_RIGHT_TO_LEFT}{text}" if fonts.right_to_left else text]
    )
    lines = [_apostrophe(label.size * scale) if part == "’" else text_line(part, used, size) for part in parts]
    width = fsum(line.width for line in lines)
    spread = round(_BOLD * label.size * scale) if emboldened else 0
    start = (label.x + margin) * scale - width * _SHARES[label.anchor] - spread / 2
    for line in lines:
        left, top = round(start) + line.left, round((label.y + margin) * scale) - line.top
        for shift in (0, spread) if spread else (0,):
            picture.paste(_colour(label.colour), (left + shift, top), line.mask)
        start += line.width
    return (width + spread) / scale


def _apostrophe(size: float) -> TextLine:
    """An apostrophe within a word as letters have it, with its advance."""
    face = alphabetic_face()
    drawn = size * _relative_size(face)
    return replace(text_line("’", (face,), drawn), width=face.advance("’") * drawn)


@cache
def _relative_size(face: FontFace) -> float:
    """How much smaller a face is drawn so that its small letters are as high, and its lines as long, as the layout expects."""
    return min(1.0, ideographic_face().x_height / face.x_height)


@cache
def _colour(name: str) -> Colour:
    """Red, green and blue in the light scheme."""
    red, green, blue = (round(part * 255) for part in to_rgb(COLOURS[name].light))
    return red, green, blue


def _colours(scene: Scene) -> tuple[str, ...]:
    """The names of a scene's colours, that of the paper first."""
    used = {"paper"}
    for shape in scene.shapes:
        used |= {shape.colour} if isinstance(shape, Label) else {shape.fill, shape.stroke} - {""}
    return tuple(sorted(used, key=lambda name: (name != "paper", name)))


@lru_cache
def _palette(names: tuple[str, ...]) -> Image.Image:
    """An image whose palette has some colours, and steps of edges between the first and each other, then between these."""
    paper, *others = map(_colour, names)
    entries = [paper, *others]
    for pairs in ([(paper, one) for one in others], list(combinations(others, 2))):
        room = (_COLOURS - len(entries)) // max(1, len(pairs))
        for one, other in pairs:
            steps = min(room, _STEPS, max(abs(end - start) for start, end in zip(one, other, strict=True)) // _APART - 1)
            entries += (_between(one, other, step / (steps + 1)) for step in range(1, steps + 1))
    image = Image.new("P", (1, 1))
    image.putpalette(bytes(chain.from_iterable(entries)))
    return image


def _between(one: Colour, other: Colour, share: float) -> Colour:
    red, green, blue = (round(start + (end - start) * share) for start, end in zip(one, other, strict=True))
    return red, green, blue


def _png(picture: Image.Image, palette: Image.Image) -> bytes:
    reduced = picture.quantize(palette=palette, dither=Image.Dither.NONE)
    buffer = io.BytesIO()
    reduced.save(buffer, "png", optimize=False, compress_type=_RUN_LENGTHS)
    return buffer.getvalue()

"""A Scene becomes a PNG where SVG is of no use: in a slide, in a preview. Always in the light scheme, always the same bytes."""

from __future__ import annotations

import io
import warnings

import numpy as np
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.colors import to_hex
from matplotlib.figure import Figure
from matplotlib.patches import PathPatch
from matplotlib.patheffects import withStroke
from matplotlib.text import Text
from matplotlib.transforms import Affine2D
from PIL import Image

from generator.charts.ink import artists
from generator.charts.scene import Label, Scene
from generator.charts.theme import BY_SENTINEL, INKS

_DPI = 72  # one point is one pixel before scaling
_COLOURS = 128  # enough for flat inks and their soft edges, a third of the size
_BOLD = 0.035  # of a letter's size: the font has one weight, so that a bold text is drawn with a fine outline


class MissingGlyphError(Exception):
    """The font has no picture of a character; a raster cannot leave that to the reader's browser."""


def rasterize(scene: Scene, *, scale: float = 2, margin: float = 0) -> bytes:
    """The scene as PNG, `scale` dots to a pixel, with a margin in pixels; MissingGlyphError where a character has no glyph."""
    figure = Figure(dpi=_DPI * scale, facecolor=INKS["paper"].light)
    canvas = FigureCanvasAgg(figure)
    figure.set_size_inches((scene.width + 2 * margin) / _DPI, (scene.height + 2 * margin) / _DPI)
    grown = Affine2D().translate(margin, margin).scale(scale)
    for shape, artist in zip(scene.shapes, artists(scene), strict=True):
        artist.set_transform(artist.get_transform() + grown)
        _colour(artist)
        if isinstance(shape, Label) and shape.bold:
            artist.set_path_effects([withStroke(linewidth=shape.size * _BOLD, foreground=INKS[shape.ink].light)])
        figure.add_artist(artist)
    with warnings.catch_warnings():
        warnings.filterwarnings("error", "Glyph .* missing")
        try:
            canvas.draw()  # type: ignore[no-untyped-call]
        except UserWarning as warning:
            raise MissingGlyphError(str(warning)) from warning
    return _png(np.asarray(canvas.buffer_rgba()))  # type: ignore[no-untyped-call]


def _colour(artist: PathPatch | Text) -> None:
    """The light scheme's colour in place of the sentinel."""
    if isinstance(artist, Text):
        artist.set_color(_light(to_hex(artist.get_color())))
        return
    face, edge = to_hex(artist.get_facecolor(), keep_alpha=True), to_hex(artist.get_edgecolor(), keep_alpha=True)
    artist.set_facecolor(_light(face))
    artist.set_edgecolor(_light(edge))


def _light(colour: str) -> str:
    """A sentinel's colour in the light scheme; what is no sentinel (nothing at all) stays."""
    name = BY_SENTINEL.get(colour.removesuffix("ff") if len(colour) > len("#rrggbb") else colour)
    return INKS[name].light if name else colour


def _png(dots: np.ndarray[tuple[int, ...], np.dtype[np.uint8]]) -> bytes:
    picture = Image.fromarray(dots).convert("RGB")
    few = picture.quantize(_COLOURS, method=Image.Quantize.FASTOCTREE, dither=Image.Dither.NONE)
    written = io.BytesIO()
    few.save(written, "png", optimize=False, compress_level=9)
    return written.getvalue()

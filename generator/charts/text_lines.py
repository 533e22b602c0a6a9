"""Lines of text as bitmaps: each glyph is rasterized once for a font size and a subpixel position, and then copied.

That holds for letters that stand beside each other as the two fonts of the packages have them: Latin ones, and what Japanese is
written with. Lines with any other character, or in another font, are laid out as a whole, with their letters joined.
"""

from __future__ import annotations

import io
import re
from collections import defaultdict
from collections.abc import Sequence
from functools import cache, lru_cache
from math import fsum
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
from matplotlib.font_manager import FontPath, get_font
from matplotlib.ft2font import FT2Font, LoadFlags, RenderMode
from PIL import Image

from ..records.struct import Struct, replace
from .fonts import FontFace, alphabetic_face, ideographic_face

DPI = 72  # one point is one pixel before scaling
_SUBPIXELS = 64  # FreeType's units in a pixel
_EM = 2048  # units of both fonts in an em: at this size, positions are whole units
_GLYPHS = 4096  # of a font and size that are kept
_FLAGS = LoadFlags.TARGET_LIGHT  # fitted to rows of pixels; as wide as without
_FAR = 1 << 30  # pixels
_UNTURNED = np.array([[1 << 16, 0], [0, 1 << 16]])  # in units of 1/65536
# Characters that neither join nor combine with their neighbours; a line with a ligature of two letters is laid out as a whole.
_LATIN = re.compile(r"(?:(?!f[fil])[ -~\u00a0-\u00ac\u00ae-\u024f–—‘’“”…−])*")
_JAPANESE = re.compile(
    r"[ -~\u00a0-\u00ac\u00ae-\u00bf×÷–—‘’“”…−\u3000-\u3029\u3041-\u3096\u30a0-\u30ff\u4e00-\u9fff\uff01-\uff5e]*"
)
_CHARACTERS = defaultdict[FontFace, set[str]](set)  # those that a face was asked for and has
_MEASURED = defaultdict[FontFace, dict[str, tuple[float, float]]](dict)  # what `_measure` gave, by its arguments

_Bitmap = npt.NDArray[np.uint8]


class TextLine(Struct, frozen=True, kw_only=True):
    """A line of text as it is drawn: the opacity of each pixel, and the place of the first; all lengths are in pixels."""

    mask: Image.Image
    left: int  # from the start of the text
    top: int  # above the base line
    width: float


@lru_cache(maxsize=1024)
def text_line(text: str, used: tuple[FontFace, ...], size: float) -> TextLine:
    """A line of text in the first of some faces that has each character, at a size in pixels; ideographs keep their squares."""
    face = used[0]
    ideographic = face == ideographic_face()
    copied = _copies_glyphs() and (ideographic or face in _alphabetic_faces()) and _has_all(face, text)
    if copied and (_JAPANESE if ideographic else _LATIN).fullmatch(text):
        line = _copied_line(text, _advances(text, face, size, kerned=not ideographic), face, size)
        return replace(line, width=_width(text, face) * size) if ideographic else line
    return _whole_line(text, used, size, ideographic=ideographic)


def _has_all(face: FontFace, text: str) -> bool:
    known = _CHARACTERS[face]
    unknown = set(text) - known
    if not all(map(face.has, unknown)):
        return False
    known |= unknown
    return True


@cache
def _alphabetic_faces() -> tuple[FontFace, ...]:
    return alphabetic_face(), alphabetic_face(bold=True)


def _whole_line(text: str, used: tuple[FontFace, ...], size: float, *, ideographic: bool) -> TextLine:
    """A line with its letters joined and combined as its fonts say."""
    font = _font_in_memory(used[0]) if _has_all(used[0], text) else _fonts_of_files(used)
    font.set_size(size, DPI)
    font.set_text(text, flags=_FLAGS)
    font.draw_glyphs_to_bitmap(antialiased=True)
    drawn, height = font.get_width_height()
    return TextLine(
        mask=Image.fromarray(font.get_image()).copy(),  # the font draws its next line in the same place
        left=font.get_bitmap_offset()[0] // _SUBPIXELS,
        top=(height - font.get_descent()) // _SUBPIXELS + 1,
        width=fsum(_advance(one, used) for one in text) * size if ideographic else drawn / _SUBPIXELS,
    )


def _fonts_of_files(used: tuple[FontFace, ...]) -> FT2Font:
    """All faces: matplotlib joins only those that it reads from files."""
    return get_font([FontPath(face.path, face.index) for face in used])


@cache
def _font_in_memory(face: FontFace) -> FT2Font:
    """A face whose glyphs load in half the time: from a file, matplotlib reads each through Python's calls of the system."""
    return FT2Font(io.BytesIO(Path(face.path).read_bytes()), face_index=face.index)


@cache
def _advance(character: str, used: tuple[FontFace, ...]) -> float:
    return next((face.advance(character) for face in used if face.has(character)), 0.0)


def _copied_line(text: str, advances: Sequence[int], face: FontFace, size: float) -> TextLine:
    """A line whose glyphs are copied, each so far from the one before as the advance of that says, in FreeType's units."""
    glyph_at = _glyphs(face, size).at
    placed: list[tuple[_Bitmap, int, int, int, int]] = []  # with the first column and row, and those after the last
    pen, left, right, top, bottom = 0, _FAR, -_FAR, _FAR, -_FAR
    for character, advance in zip(text, advances, strict=True):
        bitmap, start, above = glyph_at(character, pen % _SUBPIXELS)
        rows, columns = bitmap.shape
        if columns:
            x, y = pen // _SUBPIXELS + start, -above
            end, under = x + columns, y + rows
            placed.append((bitmap, x, y, end, under))
            left, right, top, bottom = min(left, x), max(right, end), min(top, y), max(bottom, under)
        pen += advance
    if not placed:
        return TextLine(mask=Image.new("L", (1, 1)), left=0, top=0, width=pen / _SUBPIXELS)
    mask = np.zeros((bottom - top, right - left), np.uint8)
    for bitmap, x, y, end, under in placed:
        mask[y - top : under - top, x - left : end - left] |= bitmap
    return TextLine(mask=Image.fromarray(mask), left=left, top=-top, width=pen / _SUBPIXELS)


@cache
def _copies_glyphs() -> bool:
    """Whether glyphs can be drawn one by one: with what matplotlib draws its own texts with, which no version has to keep."""
    try:
        _Glyphs(alphabetic_face(), _EM / _SUBPIXELS).at("a", 0)  # moved by nothing: the font stays as it was
    except Exception:  # noqa: BLE001  whatever it raises, lines are drawn as a whole then
        return False
    return True


class _Glyphs:
    """The glyphs of a face at a size that were drawn: bitmaps, with the first column and the row of the base line."""

    def __init__(self, face: FontFace, size: float) -> None:
        self._size = size
        self._font: Any = _font_in_memory(face)  # see `_copies_glyphs`: of what it is used for, no types are published
        self._drawn: dict[tuple[str, int], tuple[_Bitmap, int, int]] = {}

    def at(self, character: str, shift: int) -> tuple[_Bitmap, int, int]:
        """A character's glyph, moved to the right by so many of FreeType's units."""
        if (found := self._drawn.get((character, shift))) is not None:
            return found
        font = self._font
        font.set_size(self._size, DPI)
        font._set_transform(_UNTURNED, [shift, 0])  # noqa: SLF001
        drawn = font._render_glyph(font.get_char_index(ord(character)), _FLAGS, RenderMode.NORMAL)  # noqa: SLF001
        font._set_transform(_UNTURNED, [0, 0])  # noqa: SLF001
        if len(self._drawn) >= _GLYPHS:
            self._drawn.clear()
        found = self._drawn[character, shift] = (drawn.buffer.copy(), drawn.left, drawn.top)
        return found


@lru_cache(maxsize=64)
def _glyphs(face: FontFace, size: float) -> _Glyphs:
    return _Glyphs(face, size)


def _advances(text: str, face: FontFace, size: float, *, kerned: bool) -> list[int]:
    """How far from each character its next one stands, in FreeType's units; `kerned` as the font moves pairs closer."""
    measured, reach = _MEASURED[face], 2 if kerned else 1
    share = int(size * _SUBPIXELS) / _EM  # FreeType takes sizes in whole units
    advances = []
    for place in range(len(text)):
        key = text[place : place + reach]
        advance, kerning = measured.get(key) or _measure(face, key)
        advances.append(round(advance * share) + round(kerning * share))
    return advances


def _width(text: str, face: FontFace) -> float:
    """The width of characters that stand beside each other, in ems."""
    measured = _MEASURED[face]
    return fsum((measured.get(one) or _measure(face, one))[0] for one in text) / _EM


def _measure(face: FontFace, text: str) -> tuple[float, float]:
    """The advance of the first of one or two characters, and what kerning adds to it, in units of the font; both are kept."""
    font = _font_in_memory(face)
    font.set_size(_EM, DPI)
    font.set_text(text[0], flags=LoadFlags.NO_HINTING)
    alone, kerning = font.get_width_height()[0] / _SUBPIXELS, 0.0
    if len(text) > 1:
        kerning = float(font.set_text(text, flags=LoadFlags.NO_HINTING)[1][0]) / _SUBPIXELS - alone
    found = _MEASURED[face][text] = (alone, kerning)
    return found

"""The fonts that pictures are drawn with, and which of them has a glyph for a character.

Two fonts come with the packages: DejaVu Sans (Latin, Greek, Cyrillic, Arabic, Hebrew and signs) and IPAexGothic (kana and
ideographs as Japanese writes them). For other characters the fonts are asked that data/report.yml names for the language, and
then those that are installed. Lengths are in ems.
"""

from __future__ import annotations

import os
import unicodedata
from collections import defaultdict
from collections.abc import Iterable
from functools import cache, lru_cache
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING

from ..records.struct import Struct
from ..store.hashing import fingerprint, stream_hash
from .matplotlib_defaults import load_matplotlib

if TYPE_CHECKING:
    from matplotlib.ft2font import FT2Font

    from ..model.languages import Language

_REFERENCE_SIZE = 100
UNITS = 65536 * _REFERENCE_SIZE  # of a font in an em, as FreeType counts them at that size
_REGULAR = frozenset({"Regular", "Book", "Roman", "Normal"})
_IDEOGRAPHIC = ("CJK", "HIRAGANA", "KATAKANA")  # first words of the names of characters in Unicode
_FAMILIES = {"HANGUL": "Noto Sans KR", "CJK": "Noto Sans CJK"}  # else Noto Sans with the name of the script
_SYMBOLS = "Noto Emoji"
# Spaces that most fonts lack, drawn as one that all have; those that have no width are left out, as are variation selectors.
_SPACES = str.maketrans(
    dict.fromkeys("\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u205f\t", " ")
    | dict.fromkeys("\u202f\u00a0", "\u00a0")
    | dict.fromkeys("\u200b\u2060\ufeff\u00ad", "")
    | dict.fromkeys(map(chr, (*range(0xFE00, 0xFE10), *range(0xE0100, 0xE01F0))), "")
)


def plain_spaces(text: str) -> str:
    """A text as it is drawn: with spaces that every font has, without variation selectors."""
    return text.translate(_SPACES)


class FontFace(Struct, frozen=True, order=True):
    """A face of a font file."""

    path: str
    index: int = 0

    def has(self, character: str) -> bool:
        """Whether it has a glyph for a character."""
        return bool(open_face(self).get_char_index(ord(character)))

    def advance(self, character: str) -> float:
        """The width that a character takes in a line."""
        return self.advance_units(character) / UNITS

    def advance_units(self, character: str) -> int:
        """The same in units: sums of it are exact in any order."""
        from matplotlib.ft2font import LoadFlags  # noqa: PLC0415  costly, and needed only to draw

        return int(open_face(self).load_char(ord(character), flags=LoadFlags.NO_HINTING).linearHoriAdvance)

    @property
    def x_height(self) -> float:
        """The height of a small letter."""
        from matplotlib.ft2font import LoadFlags  # noqa: PLC0415  as above

        return float(open_face(self).load_char(ord("x"), flags=LoadFlags.NO_HINTING).bbox[3]) / 64 / _REFERENCE_SIZE


class PictureFonts(Struct, frozen=True, kw_only=True):
    """What decides the fonts of a language's pictures: some by name, and whether it has ideographs or runs from the right."""

    named: tuple[str, ...] = ()
    ideographic: bool = False
    right_to_left: bool = False


def picture_fonts(language: Language) -> PictureFonts:
    """The fonts of a language, by its own name of itself."""
    letters = [character for character in language.name if character.isalpha()]
    return PictureFonts(
        named=language.fonts,
        ideographic=any(unicodedata.name(letter, "").startswith(_IDEOGRAPHIC) for letter in letters),
        right_to_left=any(unicodedata.bidirectional(letter) in {"R", "AL"} for letter in letters),
    )


@lru_cache(maxsize=4096)
def faces(fonts: PictureFonts, text: str, *, bold: bool = False) -> tuple[FontFace, ...]:
    """The faces to ask for the characters of a text, in this order; only one that has all of them may be a bold cut."""
    heavy = alphabetic_face(bold=True)
    if bold and not fonts.named and not fonts.ideographic and not _missing(text, [heavy]):
        return (heavy,)
    own = (ideographic_face(), alphabetic_face())
    found = [face for name in fonts.named if (face := installed_face(name)) is not None]
    found += own if fonts.ideographic else reversed(own)
    found += dict.fromkeys(face for one in _missing(text, found) if (face := _face_with(one)) is not None)
    return tuple(found)


def hash_of_named(fonts: PictureFonts) -> str:
    """A hash of the font files that are asked for by name: with another version of one, or one more, letters look otherwise.

    Which fonts stand in for characters that these lack does not count.
    """
    found = [face for name in fonts.named if (face := installed_face(name)) is not None]
    return fingerprint(*(text for face in found for text in (_hash_of_file(face.path), str(face.index))))


def _hash_of_file(path: str) -> str:
    with Path(path).open("rb") as file:
        return stream_hash(file)


def missing_characters(text: str, fonts: PictureFonts) -> list[str]:
    """The characters that no font has a glyph for."""
    return list(_missing_characters(text, fonts))


@lru_cache(maxsize=4096)
def _missing_characters(text: str, fonts: PictureFonts) -> tuple[str, ...]:
    drawn = plain_spaces(text)
    return tuple(_missing(drawn, faces(fonts, drawn)))


def family_to_install(character: str) -> str:
    """The family of a font that has a character."""
    script = unicodedata.name(character, "").partition(" ")[0]
    if not unicodedata.category(character).startswith(("L", "M", "N")) or not script:
        return _SYMBOLS
    return _FAMILIES.get(script, f"Noto Sans {script.title()}")


# Whether each character that was asked for is missing in all of some faces: a report has few characters, in many texts.
_MISSING = defaultdict[tuple[FontFace, ...], dict[str, bool]](dict)


def _missing(text: str, among: Iterable[FontFace]) -> list[str]:
    known = tuple(among)
    missing = _MISSING[known]
    for one in set(text) - missing.keys():
        missing[one] = unicodedata.category(one) != "Cf" and not any(face.has(one) for face in known)
    return [one for one in dict.fromkeys(text) if missing[one]]


@cache
def ideographic_face() -> FontFace:
    """IPAexGothic, which also has the metrics that charts are laid out by."""
    spec = find_spec("matplotlib_fontja")
    if spec is None or spec.origin is None:  # pragma: no cover  it is a dependency
        msg = "matplotlib-fontja is not installed"
        raise ImportError(msg)
    return FontFace(str(Path(spec.origin).with_name("fonts") / "ipaexg.ttf"))


@cache
def alphabetic_face(*, bold: bool = False) -> FontFace:
    """DejaVu Sans as it comes with matplotlib."""
    load_matplotlib()
    import matplotlib as mpl  # noqa: PLC0415  costly, and needed only to draw

    return FontFace(str(Path(mpl.get_data_path(), "fonts", "ttf", "DejaVuSans-Bold.ttf" if bold else "DejaVuSans.ttf")))


@cache
def installed_face(family: str) -> FontFace | None:
    """An installed font by the name of its family, in its regular cut if it has one."""
    found = [face for face in _installed() if open_face(face).family_name == family]
    return min(found, key=lambda face: (not _is_regular(face), face), default=None)


@cache
def _face_with(character: str) -> FontFace | None:
    """The first installed font that has a character: one without serifs if there is one."""
    return next((face for face in _regular_faces() if face.has(character)), None)


@cache
def _regular_faces() -> tuple[FontFace, ...]:
    def order(face: FontFace) -> tuple[bool, bool, str, FontFace]:
        family = open_face(face).family_name
        return "Sans" not in family, "Mono" in family, family, face

    return tuple(sorted(filter(_is_regular, _installed()), key=order))


@cache
def _installed() -> tuple[FontFace, ...]:
    """Every face of the installed font files that consists of outlines; what cannot be read is passed over."""
    load_matplotlib()
    from matplotlib.font_manager import findSystemFonts  # noqa: PLC0415  costly, and needed only to draw

    found: list[FontFace] = []
    for path in sorted(findSystemFonts()):
        first = FontFace(path)
        try:
            count = open_face(first).num_faces
            found += (face for face in (FontFace(path, index) for index in range(count)) if open_face(face).scalable)
        except (OSError, RuntimeError):
            continue
    return tuple(found)


def _is_regular(face: FontFace) -> bool:
    return open_face(face).style_name in _REGULAR


@cache
def open_face(face: FontFace) -> FT2Font:
    """A face that was opened, at the reference size."""
    load_matplotlib()
    from matplotlib.ft2font import FT2Font  # noqa: PLC0415  costly, and needed only to draw

    font = FT2Font(face.path, face_index=face.index)
    font.set_size(_REFERENCE_SIZE, 72)
    return font


if hasattr(os, "register_at_fork"):  # an open file has one position for all processes that share it
    os.register_at_fork(after_in_child=open_face.cache_clear)

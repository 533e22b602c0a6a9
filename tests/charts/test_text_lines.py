"""Lines of text as bitmaps: of glyphs that are drawn once as of those that a font lays out together."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
import pytest
from matplotlib.ft2font import FT2Font

from generator.charts import text_lines
from generator.charts.fonts import FontFace, alphabetic_face, ideographic_face
from generator.charts.text_lines import TextLine, text_line

LATIN, JAPANESE = alphabetic_face(), ideographic_face()
SIZES = (24.0, 26.0, 21.357142857142858, 33.42857142857143)


def _pixels(line: TextLine) -> npt.NDArray[np.int_]:
    """The pixels of a line at its place in a field that is larger."""
    field = np.zeros((80, 1200), int)
    mask = np.asarray(line.mask)
    top, left = 60 - line.top, 20 + line.left
    field[top : top + mask.shape[0], left : left + mask.shape[1]] = mask
    return field


def _columns(line: TextLine) -> npt.NDArray[np.intp]:
    """The columns that have pixels."""
    return np.flatnonzero(_pixels(line).any(axis=0))


@pytest.fixture(autouse=True)
def _nothing_kept() -> None:
    text_line.cache_clear()


def _laid_out(text: str, face: FontFace, size: float, monkeypatch: pytest.MonkeyPatch) -> TextLine:
    """The line as the font lays it out as a whole."""
    with monkeypatch.context() as patched:
        patched.setattr(text_lines, "_copies_glyphs", lambda: False)
        text_line.cache_clear()
        line = text_line(text, (face,), size)
    text_line.cache_clear()
    return line


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("face", [LATIN, alphabetic_face(bold=True)], ids=["regular", "bold"])
@pytest.mark.parametrize(
    "text",
    [
        "Revenue of AV Tools, Inc. To We. “Yes”, 1,234.5 – 2026",
        "Tj. Vo, LT, r’s, 7.1%, (x), P.A.",
        "Éric Ångström, Łódź: −12 °C × 3",
    ],
)
def test_latin_letters_stand_as_their_font_kerns_them(
    text: str, face: FontFace, size: float, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Each glyph at the place that matplotlib's layout gives it; its own drawing cuts up to a pixel at the left of some."""
    copied, whole = text_line(text, (face,), size), _laid_out(text, face, size, monkeypatch)
    assert copied.width == pytest.approx(whole.width, abs=len(text) / 128)
    for line in (0, -1):
        assert abs(int(_columns(copied)[line]) - int(_columns(whole)[line])) <= 1
    assert abs(_pixels(copied).sum() - _pixels(whole).sum()) <= 0.02 * _pixels(whole).sum()


def test_latin_letters_have_the_same_pixels_as_in_a_whole_line(monkeypatch: pytest.MonkeyPatch) -> None:
    """Where the first letter stands at a whole pixel, matplotlib's drawing is exact, and so is ours."""
    for text in ("North number of places AV", "Metro surface area To. 12"):
        assert (_pixels(text_line(text, (LATIN,), 26.0)) == _pixels(_laid_out(text, LATIN, 26.0, monkeypatch))).all()


@pytest.mark.parametrize("text", ["売上高と設備投資", "（重ねて表示）", "アーク、あ。"])
def test_ideographs_stand_in_squares_with_the_pixels_that_each_has_alone(text: str) -> None:
    """At a size of whole pixels, each character has the pixels that it has alone, so many pixels further on."""
    line, size = text_line(text, (JAPANESE,), 26.0), 26
    expected = np.zeros((80, 1200), int)
    for place, character in enumerate(text):
        expected |= np.roll(_pixels(text_line(character, (JAPANESE,), 26.0)), place * size, axis=1)
    assert (_pixels(line) == expected).all()
    assert line.width == pytest.approx(size * len(text))


@pytest.mark.parametrize(
    ("text", "face"),
    [("Office", LATIN), ("flat", LATIN), ("e\u0301té", LATIN), ("Αθήνα", LATIN), ("か\u3099", JAPANESE), ("\u200fאב", LATIN)],
    ids=["ffi", "fl", "combining", "greek", "voiced", "right-to-left"],
)
def test_what_joins_or_combines_is_laid_out_as_a_whole(text: str, face: FontFace, monkeypatch: pytest.MonkeyPatch) -> None:
    """A ligature, a combining mark or another script has the pixels of the whole line."""
    assert (_pixels(text_line(text, (face,), 26.0)) == _pixels(_laid_out(text, face, 26.0, monkeypatch))).all()


def test_glyphs_that_were_let_go_are_drawn_again(monkeypatch: pytest.MonkeyPatch) -> None:
    """However few are kept, lines have the same pixels."""
    text = "Many letters of many kinds: 1234567890"
    before = _pixels(text_line(text, (LATIN,), 27.0))
    monkeypatch.setattr(text_lines, "_GLYPHS", 3)
    text_line.cache_clear()
    text_lines._glyphs.cache_clear()  # noqa: SLF001
    assert (_pixels(text_line(text, (LATIN,), 27.0)) == before).all()


@pytest.mark.parametrize("name", ["_render_glyph", "_set_transform"])
def test_where_matplotlib_draws_its_texts_otherwise_lines_are_laid_out_as_a_whole(
    name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What it draws them with is no part of its interface: a version may take other arguments, or none."""
    expected = _pixels(_laid_out("Amount", LATIN, 26.0, monkeypatch))
    monkeypatch.setattr(FT2Font, name, lambda _font: None)
    text_lines._copies_glyphs.cache_clear()  # noqa: SLF001
    text_lines._glyphs.cache_clear()  # noqa: SLF001
    try:
        assert (_pixels(text_line("Amount", (LATIN,), 26.0)) == expected).all()
    finally:
        text_lines._copies_glyphs.cache_clear()  # noqa: SLF001


def test_spaces_alone_have_a_width_and_no_pixels() -> None:
    """A line without pixels is as wide as its spaces."""
    line = text_line("  ", (LATIN,), 26.0)
    assert line.width > 0
    assert not _pixels(line).any()

"""Fonts of pictures: what each language's texts are drawn with, how wide they are, and what is told where a glyph is missing."""

from __future__ import annotations

import io
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from PIL import Image
from sample_projects import PLAIN, edit

from generator.build.pipeline import build_site
from generator.build.plan import BuildOptions
from generator.charts import fonts as picture
from generator.charts import text_lines
from generator.charts.raster import missing_glyphs, rasterize
from generator.charts.scene import Label, Scene
from generator.charts.text_layout import advance_width
from generator.model.languages import Language
from generator.records.struct import replace

# For each language, in its own name: texts that the fonts that come with the packages can draw.
TEXTS = {
    "English": ["“The company’s” plan … 72–75 kWh", "CO₂, 10⁻³ m² ≥ 5 ‰ †", "5\u202f% 1\u00a0000 a\u2009b\u200bc"],
    "Deutsch": ["„Ausgaben“, ‚Übersicht‘ ß", "1,5\u00a0Mrd. €"],
    "Français": ["« dépenses » : 5\u202f%", "1\u202f000\u00a0Md€ œuvre"],
    "polski": ["„Zażółć gęślą jaźń”"],
    "Türkçe": ["İstanbul ğüşöç ı"],
    "Română": ["„ăâîșț”"],
    "Tiếng Việt": ["Tiếng Việt ạ ế ữ"],
    "Ελληνικά": ["«Δαπάνες»"],
    "русский": ["«Расходы» № 5"],
    "日本語": ["超知能・データセンター 1,000億ドル", "CO₂ と “A” … ă „", "葛\U000e0100飾区 ☃\ufe0f", "5\u202f%\u3000全角"],
    "العربية": ["السنة المالية 2025", "\u2067Meta\u2069 تنفق"],
    "עברית": ["ההוצאות של Meta"],
}
NO_SUCH = "\U0010fffd"  # the last character of a private plane: no font has it


def _fonts(name: str, *named: str) -> picture.PictureFonts:
    return picture.picture_fonts(Language(code="xx", name=name, locale="xx", fonts=named))


def _scene(text: str, **how: object) -> Scene:
    return Scene(width=400, height=30, shapes=(Label(x=10, y=20, text=text, size=15, **how),))  # type: ignore[arg-type]


def _ink(png: bytes) -> tuple[int, int]:
    """The first and the last column of a picture that has dark dots; -1 where there are none."""
    image = Image.open(io.BytesIO(png)).convert("L").point(lambda shade: 255 if shade < 128 else 0)
    left, _, right, _ = image.getbbox() or (-1, 0, -1, 0)
    return left, right


@pytest.mark.parametrize(("name", "text"), [(name, text) for name, texts in TEXTS.items() for text in texts])
@pytest.mark.parametrize("bold", [False, True])
def test_the_fonts_of_the_packages_draw_the_texts_of_a_language(name: str, text: str, bold: bool) -> None:  # noqa: FBT001
    fonts = _fonts(name)
    own = {picture.ideographic_face(), picture.alphabetic_face(), picture.alphabetic_face(bold=True)}
    assert missing_glyphs(_scene(text), fonts) == []
    assert set(picture.faces(fonts, picture.plain_spaces(text), bold=bold)) <= own
    left, right = _ink(rasterize(_scene(text, bold=bold), fonts, scale=2))
    assert 20 <= left <= 30  # what begins at 10 pixels, twice as large
    factor = 1.15 if bold else 1.05
    assert 0.6 * advance_width(text, 30) < right - left <= factor * advance_width(text, 30) + 4


@pytest.mark.parametrize(("name", "text"), [(name, texts[0]) for name, texts in TEXTS.items()])
def test_a_text_ends_and_is_centred_where_it_should_be(name: str, text: str) -> None:
    fonts = _fonts(name)
    for anchor, place in (("end", 390.0), ("middle", 200.0)):
        label = Label(x=place, y=20, text=text, size=12, anchor=anchor)
        left, right = _ink(rasterize(Scene(width=400, height=30, shapes=(label,)), fonts, scale=2))
        assert abs((right if anchor == "end" else (left + right) / 2) - 2 * place) <= 8, anchor


@pytest.mark.parametrize(("anchor", "places"), [("start", (10.0, 300.0)), ("end", (200.0, 390.0))])
@pytest.mark.parametrize("gap", [6.0, 30.0])
def test_what_follows_a_text_is_at_its_distance_from_it_as_drawn(anchor: str, places: tuple[float, float], gap: float) -> None:
    fonts = _fonts("English")
    first, second = (
        Label(x=place, y=20, text=text, size=12, anchor=anchor) for place, text in zip(places, ("HHHH", "HHH"), strict=True)
    )
    left, right = _ink(rasterize(Scene(width=400, height=30, shapes=(first, replace(second, follows=gap))), fonts, scale=2))
    parts = [_ink(rasterize(Scene(width=400, height=30, shapes=(one,)), fonts, scale=2)) for one in (first, second)]
    apart = right - left - sum(end - start for start, end in parts)
    assert abs(apart - 2 * gap) <= 8  # with what is beside the letters
    assert (left == parts[0][0]) if anchor == "start" else (right == parts[1][1])


def test_a_language_is_drawn_in_its_own_kind_of_font() -> None:
    latin, kana = picture.alphabetic_face(), picture.ideographic_face()
    assert picture.faces(_fonts("English"), "“A”")[0] == latin
    assert picture.faces(_fonts("English"), "“A”", bold=True) == (picture.alphabetic_face(bold=True),)
    assert picture.faces(_fonts("日本語"), "“A”")[0] == kana
    assert picture.faces(_fonts("English", "DejaVu Sans Mono"), "A")[0] in {latin, picture.installed_face("DejaVu Sans Mono")}


def test_an_apostrophe_within_a_word_of_letters_is_narrow_in_a_language_with_ideographs() -> None:
    fonts = _fonts("日本語")
    (_, without), (_, with_it), (_, alone) = (_ink(rasterize(_scene(text), fonts)) for text in ("Tom s", "Tom’s", "Tom’ s"))
    assert with_it < without + 8 < alone  # else it is as wide as an ideograph


@pytest.mark.parametrize("mark", ["“", "”", "’", "„", "…"])
def test_signs_beside_letters_are_narrow(mark: str) -> None:
    assert advance_width(f"a{mark}b", 100) - advance_width("ab", 100) <= 100
    if mark != "…":
        assert advance_width(f"a{mark}b", 100) - advance_width("ab", 100) < 60


@pytest.mark.parametrize(
    ("character", "family"),
    [
        ("한", "Noto Sans KR"),
        ("漢", "Noto Sans CJK"),
        ("ह", "Noto Sans Devanagari"),
        ("ไ", "Noto Sans Thai"),
        ("🚀", "Noto Emoji"),
    ],
)
def test_a_font_to_install_is_named_by_script(character: str, family: str) -> None:
    assert picture.family_to_install(character) == family


def test_a_text_without_a_glyph_is_left_out() -> None:
    fonts = _fonts("English")
    assert missing_glyphs(_scene(f"A{NO_SUCH}"), fonts) == [NO_SUCH]
    assert rasterize(_scene(f"A{NO_SUCH}"), fonts) == rasterize(_scene(""), fonts)


@pytest.fixture
def fonts_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A folder whose files are the fonts that are installed, as a command finds them when it starts."""
    (folder := tmp_path / "fonts").mkdir()
    monkeypatch.setattr("matplotlib.font_manager.findSystemFonts", lambda: [str(path) for path in folder.iterdir()])
    _start_again()
    yield folder
    _start_again()


def _start_again() -> None:
    for module in (picture, text_lines):
        for found in vars(module).values():
            if hasattr(found, "cache_clear"):
                found.cache_clear()


def test_pictures_are_made_again_where_a_font_asked_for_by_name_is_another_one(tmp_path: Path, fonts_folder: Path) -> None:
    """First there is none of the name, then one, then another version in the same place."""
    root = shutil.copytree(PLAIN, tmp_path / "good")
    edit(root, "data/report.yml", "locale: en-US}", "locale: en-US, fonts: [DejaVu Sans Mono]}")
    edit(root, "data/report.yml", "pages:", "outputs: [pictures]\npages:")
    found: dict[str, list[bytes]] = {"en": [], "de": []}
    for version in ("", "-Oblique", ""):
        if found["en"]:
            face = Path(picture.alphabetic_face().path).with_name(f"DejaVuSansMono{version}.ttf")
            shutil.copyfile(face, fonts_folder / "mono.ttf")
        _start_again()
        build_site(BuildOptions(root=root, jobs=1), progress=lambda _: None)
        for code, cards in found.items():
            cards.append((root / f"site/cards/{code}/index.png").read_bytes())
    assert len(set(found["en"])) == 3
    assert len(set(found["de"])) == 1


def test_a_missing_glyph_is_a_warning_and_no_build_fails_for_it(tmp_path: Path) -> None:
    root = shutil.copytree(PLAIN, tmp_path / "good")
    edit(root, "data/report.yml", "title: {en: Lakes", f'title: {{en: "Lakes {NO_SUCH}"')
    for description in ("A report on lakes", "A report on all lakes"):
        told: list[str] = []
        edit(root, "data/report.yml", "A report on lakes", description)
        build_site(BuildOptions(root=root, jobs=1), progress=told.append)
        warnings = [line for line in told if line.startswith("warning")]
        assert any(f"{NO_SUCH} (U+10FFFD)" in line and "Noto" in line and "en/" in line for line in warnings)
        assert not any(" de/" in line for line in warnings)

"""Drawing of charts: SVG and PNG, their size and bytes, the text alternative and the table."""

from __future__ import annotations

import io
import re
import subprocess
import sys
from xml.etree import ElementTree as ET

import pytest
from PIL import Image
from sample_charts import CHARTS, EDITION, FACTS, ROWS, TEXTS, every_chart, every_language, every_width
from sample_reports import flagship_texts

from generator.charts.alt_text import describe
from generator.charts.drawing import draw_chart, draw_widths
from generator.charts.fonts import picture_fonts
from generator.charts.layout import lay_out
from generator.charts.raster import rasterize
from generator.charts.scene import Patch, label_runs
from generator.charts.svg_links import with_links
from generator.charts.tables import tabulate
from generator.charts.theme import CANVASES, COLOUR_BY_SENTINEL, COLOURS
from generator.model import addresses, report
from generator.records.struct import replace
from generator.wording.texts import Texts

FONTS = picture_fonts(TEXTS["ja"].language)


@every_width
@every_language
@every_chart
def test_svg_takes_its_colours_from_the_page_and_has_ids_of_its_own(chart: report.Chart, texts: Texts, width: str) -> None:
    drawing = draw_chart(chart, EDITION, texts, width=width)
    root = ET.fromstring(drawing.svg)  # noqa: S314  our own output
    prefix = f"{chart.id}-{width}-"
    ids = [element.get("id", "") for element in root.iter() if element.get("id")]
    assert ids
    assert all(element_id.startswith(prefix) for element_id in ids)
    assert len(ids) == len(set(ids))
    assert root.get("role") == "img"
    assert [root.find(name) is not None for name in ("title", "desc", "style")] == [True, True, False]
    assert "<style" not in drawing.svg
    assert not any(sentinel in drawing.svg for sentinel in COLOUR_BY_SENTINEL)
    assert not re.search(r"\.\d\d", " ".join(element.get(key, "") for element in root.iter() for key in ("d", "x", "y")))
    assert "prefers-color-scheme:dark" in drawing.standalone
    assert ET.fromstring(drawing.standalone.replace("xml:lang", "lang2")).tag.endswith("svg")  # noqa: S314


@pytest.mark.parametrize("mark", ["bars", "trend"])
def test_a_png_has_the_size_and_the_light_colours_of_the_scene(mark: str) -> None:
    scene = lay_out(CHARTS[mark], EDITION, TEXTS["ja"])
    image = Image.open(io.BytesIO(rasterize(scene, FONTS, scale=2, margin=10))).convert("RGB")
    assert image.size == (int(2 * (scene.width + 20)), int(2 * (scene.height + 20)))
    seen = [colour for count, colour in image.getcolors(1 << 20) or [] if count > 20 and isinstance(colour, tuple)]
    expected = [
        COLOURS[name].light
        for name in ("paper", "ink", *{shape.fill for shape in scene.shapes if isinstance(shape, Patch)} - {""})
    ]
    for light in expected:
        parts = [int(light[start : start + 2], 16) for start in (1, 3, 5)]
        assert min(max(abs(a - b) for a, b in zip(parts, colour, strict=True)) for colour in seen) <= 24, light
    assert rasterize(scene, FONTS, scale=2, margin=10) == rasterize(scene, FONTS, scale=2, margin=10)


@every_width
@pytest.mark.parametrize("texts", flagship_texts(), ids=lambda texts: texts.language.code)
def test_what_follows_a_label_is_in_its_text_so_that_the_font_sets_the_distance(texts: Texts, width: str) -> None:
    chart = texts.edition.charts["obligations"]
    scene = lay_out(chart, texts.edition, texts, width=width)
    runs = [run for run in label_runs(scene.shapes) if len(run) > 1]
    assert runs
    root = ET.fromstring(draw_chart(chart, texts.edition, texts, width=width).svg)  # noqa: S314  our own output
    written = [" ".join("".join(text.itertext()).split()) for text in root.iter("text")]
    assert all(" ".join(label.text for label in run) in written for run in runs)


def test_the_same_chart_has_the_same_bytes_whatever_was_drawn_before() -> None:
    first = draw_chart(CHARTS["bars"], EDITION, TEXTS["ja"])
    draw_chart(CHARTS["flows"], EDITION, TEXTS["en"], width="narrow")
    assert draw_chart(CHARTS["bars"], EDITION, TEXTS["ja"]) == first


@pytest.mark.parametrize("texts", flagship_texts(), ids=lambda texts: texts.language.code)
def test_each_counted_entry_is_a_link_and_each_cell_one_stop_of_the_keyboard(texts: Texts) -> None:
    edition = texts.edition
    chart = next(one for one in edition.charts.values() if one.mark == "counts" and one.options.get("of", "claims") == "claims")
    cells = sum(cell.numeric and cell.text != "0" for row in tabulate(chart, edition, texts).rows for cell in row[1:-1])
    for drawing in draw_widths(chart, edition, texts).values():
        root = ET.fromstring(with_links(drawing.svg, "../"))  # noqa: S314  our own output
        links = root.findall(".//a")
        squares = [link for link in links if link.get("tabindex") == "-1"]
        assert root.get("role") == "graphics-document document"
        assert sorted(link.get("href", "") for link in squares) == sorted(
            f"../{addresses.claim(key)}" for key in edition.claims
        )
        assert all(link.get("data-words") for link in squares)
        assert {link.get("tabindex") for group in root.findall("g") for link in group} == {"-1"}
        assert {group.get("aria-hidden") for group in root.findall("g")} == {"true"}
        rest = [link for link in links if link not in squares]
        assert len(rest) == cells
        for link in rest:
            text = link.find("text")
            assert text is not None
            assert (text.text or "none") in link.get("aria-label", "")
            assert link.get("href", "").startswith(f"../{addresses.claims_with()}")
        alone = ET.fromstring(drawing.standalone.replace(' xmlns="http://www.w3.org/2000/svg"', ""))  # noqa: S314  our own output
        assert alone.get("role") == "img"
        assert alone.findall(".//a") == []


def test_a_link_of_a_picture_to_its_own_page_is_a_fragment() -> None:
    svg = '<a href="language-folder:/fact-check/#claim-one"/><a href="language-folder:/facts/two/"/>'
    assert with_links(svg, "../", here="fact-check/") == '<a href="#claim-one"/><a href="../facts/two/"/>'
    assert with_links(svg, "", target="_top") == (
        '<a target="_top" href="fact-check/#claim-one"/><a target="_top" href="facts/two/"/>'
    )


@every_language
def test_ten_bars_fit_in_fifteen_kilobytes(texts: Texts) -> None:
    chart = replace(CHARTS["bars"], options={"rows": (*ROWS, *ROWS)})
    assert len(draw_chart(chart, EDITION, texts).svg.encode()) < 15_000


@every_language
def test_every_value_of_a_chart_is_in_its_table_in_words(texts: Texts) -> None:
    table = tabulate(CHARTS["bars"], EDITION, texts)
    assert [row[1].text for row in table.rows] == [texts.value(FACTS[str(row["fact"])]) for row in ROWS]
    assert [row[1].fact for row in table.rows] == [row["fact"] for row in ROWS]
    for chart in CHARTS.values():
        table = tabulate(chart, EDITION, texts)
        assert table.rows
        assert {len(row) for row in table.rows} == {len(table.columns)}


@every_language
@every_chart
def test_every_table_row_has_a_mark_that_refers_to_it(chart: report.Chart, texts: Texts) -> None:
    rows = tabulate(chart, EDITION, texts).rows
    for drawing in draw_widths(chart, EDITION, texts).values():
        drawn = {int(row) for row in re.findall(r'data-row="(\d+)"', drawing.svg)}
        assert drawn == (set() if chart.mark == "timeline" else set(range(len(rows))))


NUMBER = re.compile(r"\d(?:[\d.,]*\d)?")


def test_every_number_of_a_text_alternative_is_in_the_table_too() -> None:
    count = 0
    for texts in flagship_texts():
        for chart in texts.edition.charts.values():
            table = tabulate(chart, texts.edition, texts)
            words = " ".join(cell.text for row in table.rows for cell in row)
            told = (chart.title, *((chart.measure,) if chart.measure else ()))
            words += " ".join((*table.columns, *map(texts.fill, told)))
            numbers = set(NUMBER.findall(describe(chart, texts.edition, texts)))
            count += len(numbers)
            assert numbers <= set(NUMBER.findall(words)), chart.id
    assert count > 100


def test_drawing_all_widths_at_once_is_the_same_as_one_by_one() -> None:
    for chart in CHARTS.values():
        drawings = draw_widths(chart, EDITION, TEXTS["ja"])
        assert drawings == {width: draw_chart(chart, EDITION, TEXTS["ja"], width=width) for width in CANVASES}


@pytest.mark.parametrize(
    ("mark", "language", "expected"),
    [
        (
            "bars",
            "en",
            (
                "Some chart. Compared: Rebuilding of the large hydroelectric dam; Transmission grid; Offshore wind; "
                "Solar power, batteries included; Tidal. "
                "Largest: Rebuilding of the large hydroelectric dam (72.22 billion euros). "
                "Smallest: Tidal (up to 5 billion euros). Marked “range from low to high”: Transmission grid. "
                "Marked “round figure”: Solar power, batteries included. Marked “lower bound only”: Offshore wind. "
                "Marked “upper bound only”: Tidal. Marked “announced”: Transmission grid; Offshore wind. "
                "Marked “estimated”: Solar power, batteries included; Tidal."
            ),
        ),
        (
            "stack",
            "ja",
            (
                "何かの図。全体は送電網で660億～720億ユーロ。太陽光、蓄電池を含むは約300億ユーロ。潮力は最大50億ユーロ。"
                "「幅のある値」にあたるのは送電網。「概数」にあたるのは太陽光、蓄電池を含む。「上限だけがわかる値」にあたるのは潮力。"
                "「発表」にあたるのは送電網。「推計」にあたるのは太陽光、蓄電池を含む、潮力。"
            ),
        ),
    ],
)
def test_the_text_alternative_names_extremes_and_what_is_uncertain(mark: str, language: str, expected: str) -> None:
    assert describe(CHARTS[mark], EDITION, TEXTS[language]) == expected


def test_matplotlib_is_loaded_only_to_draw() -> None:
    code = "import sys, generator.charts.drawing, generator.charts.options; sys.exit('matplotlib' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0

"""Charts: what they show, in both languages and both formats, and that no label meets another."""

from __future__ import annotations

import io
import re
import subprocess
import sys
from dataclasses import replace
from datetime import date
from decimal import Decimal
from itertools import combinations, pairwise, permutations
from typing import Any
from xml.etree import ElementTree as ET

import pytest
from PIL import Image
from sample_reports import flagship

from generator.charts.alt_text import describe
from generator.charts.axes import clear_segments
from generator.charts.drawing import draw_chart, draw_widths
from generator.charts.layout import MARKS, lay_out
from generator.charts.options import OPTIONS
from generator.charts.raster import MissingGlyphError, rasterize
from generator.charts.resolved_spec import ResolvedSpec
from generator.charts.scales import Scale, decades, ticks
from generator.charts.scene import Label, Patch, Scene
from generator.charts.tables import tabulate
from generator.charts.text_layout import text_width, wrap, wrap_name
from generator.charts.theme import CANVASES, COLOUR_BY_SENTINEL, COLOURS, STATUS_STYLES
from generator.charts.value_marks import bar
from generator.model import periods, report, values
from generator.model.code_lists import DIRECTIONS, LEVELS
from generator.model.languages import Language, Phrase
from generator.model.series import Column, Row, Series
from generator.model.units import Unit
from generator.wording.texts import Texts

WORDS = {
    "value.about": ("約{0}", "about {0}"),
    "value.at_least": ("{0}以上", "at least {0}"),
    "value.at_most": ("最大{0}", "up to {0}"),
    "value.range": ("{0}～{1}", "{0}–{1}"),
    "value.range_shares": ("unit", "scale"),
    "value.compact_from": ("1e4", "1e6"),
    "value.unit_space": ("", " "),
    "period.quarter1": ("{0}年1～3月期", "Q1 {0}"),
    "period.quarter2": ("{0}年4～6月期", "Q2 {0}"),
    "status.observed": ("実績", "observed"),
    "status.announced": ("発表", "announced"),
    "status.estimated": ("推計", "estimated"),
    "level.medium": ("中", "medium"),
    "chart.list": ("{first}、{second}", "{first}; {second}"),
    "chart.sentences": ("{first}{second}", "{first} {second}"),
    "chart.by": ("{width} × {height}", "{width} × {height}"),
    "chart.range": ("幅のある値", "range from low to high"),
    "chart.about": ("概数", "round figure"),
    "chart.at_least": ("下限だけがわかる値", "lower bound only"),
    "chart.at_most": ("上限だけがわかる値", "upper bound only"),
    "chart.outcome": ("{when}（実績）", "{when}, actual"),
    "chart.alt.title": ("{title}。", "{title}."),
    "chart.alt.entry": ("{name}は{value}。", "{name}: {value}."),
    "chart.alt.total": ("全体は{name}で{value}。", "The whole: {name} ({value})."),
    "chart.alt.group": ("「{kind}」にあたるのは{names}。", "Marked “{kind}”: {names}."),
    "chart.alt.compares": ("{names}を比べる。", "Compared: {names}."),
    "chart.alt.largest": ("最も大きいのは{name}で{value}。", "Largest: {name} ({value})."),
    "chart.alt.smallest": ("最も小さいのは{name}で{value}。", "Smallest: {name} ({value})."),
}
LANGUAGES = {
    code: Language(code=code, name=code, locale=locale, words={key: both[place] for key, both in WORDS.items()})
    for place, (code, locale) in enumerate((("ja", "ja-JP"), ("en", "en-US")))
}


def say(ja: str, en: str) -> Phrase:
    return Phrase({"ja": ja, "en": en})


def unit(name: str, dimension: str, exponent: int = 1, *, currency: str = "") -> Unit:
    return Unit(id=name, dimension={dimension: exponent}, currency=currency)


EUR, METRES, SQUARE = unit("EUR", "euros", currency="EUR"), unit("m", "length"), unit("m2", "length", 2)


def fact(key: str, value: str, status: str, label: Phrase, of: Unit = EUR) -> report.Fact:
    return report.Fact(
        id=key, topic="energy", label=label, short=label, value=values.parse(value), unit=of, period=None, as_of=None,
        entity=None, status=status, review="durable", evidence=(),
    )  # fmt: skip


FACTS = {
    made.id: made
    for made in (
        fact("dam", "72.22e9", "observed", say("大規模な水力発電所の改修工事", "Rebuilding of the large hydroelectric dam")),
        fact("grid", "66e9..72e9", "announced", say("送電網", "Transmission grid")),
        fact("wind", ">=50e9", "announced", say("洋上風力", "Offshore wind")),
        fact("solar", "~30e9", "estimated", say("太陽光、蓄電池を含む", "Solar power, batteries included")),
        fact("tidal", "<=5e9", "estimated", say("潮力", "Tidal")),
        fact("loss", "-8e9", "observed", say("損失", "Loss")),
        fact("slump", "~-31e9", "reported", say("減った分の見積もり", "Slump in orders")),
        fact("length", "400", "observed", say("長さ", "Length"), METRES),
        fact("width", "100", "observed", say("幅", "Width"), METRES),
        fact("field", "40000", "observed", say("広さ", "Area"), SQUARE),
    )
}
SERIES = Series(
    id="quarters",
    label=say("四半期", "Quarters"),
    key="quarter",
    topic="energy",
    columns={
        "spent": Column(id="spent", label=say("支出", "Spending"), unit=EUR, status="observed"),
        "planned": Column(id="planned", label=say("計画していた支出", "Planned spending"), unit=EUR, status="announced"),
    },
    rows=tuple(
        Row(
            key=key,
            values={"spent": values.parse(spent), "planned": values.parse(planned)},
            words={},
            sources=(),
            actual=key == "2026-Q2",
        )
        for key, spent, planned in (
            ("2025-Q1", "10e9", "9e9..12e9"),
            ("2025-Q2", "12e9", "11e9..14e9"),
            ("2026-Q1", "19e9", "~15e9"),
            ("2026-Q2", "17e9", "16e9"),
        )
    ),
)
SIZES = replace(
    SERIES,
    id="sizes",
    key="pages",
    rows=tuple(
        Row(
            key=key, values={"spent": values.parse(spent), "planned": values.parse(planned)}, words={}, sources=(), actual=False
        )
        for key, spent, planned in (
            ("1000", "10", "40"),
            ("4000", "70", "~200"),
            ("16000", "1e3", "700..900"),
            ("1e5", "2e6", "1e4"),
        )
    ),
)
EVENTS = {
    f"step_{number}": report.Event(
        id=f"step_{number}",
        date=periods.parse(date),
        title=say(
            "湾岸の発電所に関する合意が関係者から報じられる", "The agreement on the power station in the bay is reported"
        ),
        text=None,
        entity=None,
        section="energy",
        evidence=(),
        after_article=number > 3,
    )
    for number, date in enumerate(
        ("2025-01-01", "2025-01-02", "2025-01-03", "2025-01", "2025-06-01", "2026-01-01", "2026-01-02")
    )
}
RISKS = {
    f"risk_{number}": report.Risk(
        id=f"risk_{number}",
        title=say("工期が延びて費用がかさむ", "Delays drive up the costs of construction"),
        text=say("", ""),
        likelihood=LEVELS[number % 3],
        impact=LEVELS[number // 5],
        direction=DIRECTIONS[number % 3],
        facts=(),
        claims=(),
        events=(),
    )
    for number in range(12)
}
NAMES = {
    key: report.Name(id=key, type="organisation", name=name, short=name)
    for key, name in (
        ("state", say("国", "State")),
        ("firm", say("建設会社", "Construction firm")),
        ("bank", say("銀行", "Bank")),
    )
}
NODE = {
    "label": say("エネルギー省の再編後の体制", "Ministry of Energy"),
    "note": say("計画と監督を担当", "plans and supervises"),
}
ROWS: tuple[dict[str, Any], ...] = (
    *({"fact": key} for key in ("dam", "grid", "wind", "solar")),
    {"fact": "tidal", "emphasis": True},
)
SPECS: dict[str, dict[str, Any]] = {
    "bars": {"rows": ROWS},
    "pairs": {
        "from_label": say("計画", "planned"),
        "to_label": say("実績", "actual"),
        "rows": (
            {"label": say("水力", "Hydropower"), "from": "grid", "to": "dam"},
            {"label": say("風", "Wind"), "from": "wind", "to": "solar"},
        ),
    },
    "ranges": {"series": "quarters", "columns": ("planned",)},
    "trend": {"series": "quarters", "columns": ("spent", "planned")},
    "loglog": {"series": "sizes", "columns": ("spent", "planned")},
    "stack": {"parts": ("solar", "tidal"), "total": "grid"},
    "areas": {
        "rows": (
            {"label": say("長方形", "Rectangle"), "width": "length", "height": "width"},
            {"label": say("正方形", "Square"), "area": "field"},
        )
    },
    "organisation": {"root": NODE, "nodes": (NODE, NODE, NODE, NODE)},
    "flows": {"links": ({"from": "state", "to": "firm", "fact": "grid"}, {"from": "bank", "to": "firm", "fact": "wind"})},
    "timeline": {"events": tuple(EVENTS)},
    "matrix": {},
    "counts": {"of": "facts", "by": "status"},
}
CHARTS = {
    mark: report.Chart(
        id=f"some_{mark}",
        topic="energy",
        mark=mark,
        title=say("何かの図", "Some chart"),
        note=None,
        options=options,
        facts=(),
        series=(),
    )
    for mark, options in SPECS.items()
}
CHARTS["log"] = replace(CHARTS["bars"], id="some_log", options={"rows": ROWS, "scale": "log"})
CHARTS["losses"] = replace(
    CHARTS["bars"], id="some_losses", options={"rows": tuple({"fact": key} for key in ("loss", "slump", "dam"))}
)
CHARTS["parts"] = replace(CHARTS["stack"], id="some_parts", options={"parts": ("wind", "solar", "tidal"), "total": "dam"})
CHARTS["columns"] = replace(CHARTS["trend"], id="some_columns", options={**SPECS["trend"], "kind": "column"})
CHARTS["split"] = replace(CHARTS["counts"], id="some_split", options={"of": "facts", "by": "status", "split": "topic"})
REPORT = report.Report(
    title=say("図", "Charts"), subtitle=say("図", "Charts"), description=say("図", "Charts"), publisher=say("図", "Charts"),
    site_url="https://example.org/", as_of=periods.parse("2026-07-01"), languages=tuple(LANGUAGES.values()),
    pages=(), sections=("energy",), places={}, judged_on=date(2026, 7, 1),
)  # fmt: skip
EDITION = report.Edition(
    report=REPORT, units={}, sources={}, names=NAMES, events=EVENTS, series={"quarters": SERIES, "sizes": SIZES}, facts=FACTS, claims={},
    charts=CHARTS, risks=RISKS, checks={},
)  # fmt: skip
TEXTS = {code: Texts(EDITION, language) for code, language in LANGUAGES.items()}

every_chart = pytest.mark.parametrize("chart", CHARTS.values(), ids=CHARTS)
every_language = pytest.mark.parametrize("texts", TEXTS.values(), ids=TEXTS)
every_width = pytest.mark.parametrize("width", CANVASES)


@every_width
@every_language
@every_chart
def test_labels_do_not_overlap_are_inside_the_canvas_and_large_enough(chart: report.Chart, texts: Texts, width: str) -> None:
    scene = lay_out(chart, EDITION, texts, width=width)
    labels = [shape for shape in scene.shapes if isinstance(shape, Label)]
    for label in labels:
        left, top, right, bottom = label.bounds
        assert left >= -1 and top >= -1 and right <= scene.width + 1 and bottom <= scene.height + 1, label.text  # noqa: PT018
        assert label.size >= CANVASES[width].small_size
    for one, other in combinations(labels, 2):
        (l0, t0, r0, b0), (l1, t1, r1, b1) = one.bounds, other.bounds
        assert min(r0, r1) - max(l0, l1) < 1 or min(b0, b1) - max(t0, t1) < 1, (one.text, other.text)


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
    image = Image.open(io.BytesIO(rasterize(scene, scale=2, margin=10))).convert("RGB")
    assert image.size == (int(2 * (scene.width + 20)), int(2 * (scene.height + 20)))
    seen = [colour for count, colour in image.getcolors(1 << 20) or [] if count > 20 and isinstance(colour, tuple)]
    expected = [
        COLOURS[name].light
        for name in ("paper", "ink", *{shape.fill for shape in scene.shapes if isinstance(shape, Patch)} - {""})
    ]
    for light in expected:
        parts = [int(light[start : start + 2], 16) for start in (1, 3, 5)]
        assert min(max(abs(a - b) for a, b in zip(parts, colour, strict=True)) for colour in seen) <= 24, light
    assert rasterize(scene, scale=2, margin=10) == rasterize(scene, scale=2, margin=10)


def test_a_png_cannot_show_a_character_without_a_glyph() -> None:
    with pytest.raises(MissingGlyphError, match="U\\+1F300"):
        rasterize(Scene(width=50, height=20, shapes=(Label(x=1, y=15, text="\U0001f300", size=12),)))


def test_the_same_chart_has_the_same_bytes_whatever_was_drawn_before() -> None:
    first = draw_chart(CHARTS["bars"], EDITION, TEXTS["ja"])
    draw_chart(CHARTS["flows"], EDITION, TEXTS["en"], width="narrow")
    assert draw_chart(CHARTS["bars"], EDITION, TEXTS["ja"]) == first


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
        assert drawn == (set() if chart.mark in ("organisation", "timeline") else set(range(len(rows))))


NUMBER = re.compile(r"\d(?:[\d.,]*\d)?")


def test_every_number_of_a_text_alternative_is_in_the_table_too() -> None:
    count = 0
    for texts in flagship():
        for chart in texts.edition.charts.values():
            table = tabulate(chart, texts.edition, texts)
            words = " ".join(cell.text for row in table.rows for cell in row)
            words += " ".join((*table.columns, texts.fill(chart.title)))
            numbers = set(NUMBER.findall(describe(chart, texts.edition, texts)))
            count += len(numbers)
            assert numbers <= set(NUMBER.findall(words)), chart.id
    assert count > 100


def test_drawing_all_widths_at_once_is_the_same_as_one_by_one() -> None:
    for chart in CHARTS.values():
        drawings = draw_widths(chart, EDITION, TEXTS["ja"])
        assert drawings == {width: draw_chart(chart, EDITION, TEXTS["ja"], width=width) for width in CANVASES}


@every_width
@every_language
@pytest.mark.parametrize("name", ["stack", "parts", "ranges", "pairs", "losses"])
def test_no_vertical_line_crosses_or_touches_a_label(name: str, texts: Texts, width: str) -> None:
    scene = lay_out(CHARTS[name], EDITION, texts, width=width)
    lines = [(patch.points[0][0], sorted(y for _, y in patch.points)) for patch in vertical_lines(scene)]
    assert lines
    for label in labels_of(scene):
        left, top, right, bottom = label.bounds
        crossing = [x for x, (high, low) in lines if left - 1 < x < right + 1 and high < bottom and top < low]
        assert not crossing, label.text


def labels_of(scene: Scene) -> list[Label]:
    return [shape for shape in scene.shapes if isinstance(shape, Label)]


def patches_of(scene: Scene) -> list[Patch]:
    return [shape for shape in scene.shapes if isinstance(shape, Patch)]


def vertical_lines(scene: Scene) -> list[Patch]:
    return [patch for patch in patches_of(scene) if patch.codes == "ML" and patch.points[0][0] == patch.points[1][0]]


@every_width
@every_language
@pytest.mark.parametrize("name", ["stack", "parts", "ranges"])
def test_a_value_is_on_one_side_of_the_reference_line(name: str, texts: Texts, width: str) -> None:
    scene = lay_out(CHARTS[name], EDITION, texts, width=width)
    dashed = [patch for patch in vertical_lines(scene) if patch.dashes]
    (x,) = {x for patch in dashed for x, _ in patch.points}
    end = max(y for patch in dashed for _, y in patch.points)
    beside = [label for label in labels_of(scene) if label.x > 0 and label.bounds[3] < end + 10]
    assert any(label.x > x for label in beside)
    assert not [label.text for label in beside if label.bounds[0] - 2 < x < label.bounds[2] + 2]


@pytest.mark.parametrize(
    ("labels", "segments"),
    [
        ([], [(0, 100)]),
        ([Label(x=20, y=50, text="beside", size=10)], [(0, 100)]),
        ([Label(x=0, y=50, text="upon it", size=10)], [(0, 39), (54.5, 100)]),
        ([Label(x=0, y=97, text="at the end", size=10)], [(0, 86)]),
        ([Label(x=0, y=30, text="one", size=10), Label(x=0, y=45, text="other", size=10)], [(0, 19), (49.5, 100)]),
    ],
)
def test_a_vertical_line_is_interrupted_at_labels(labels: list[Label], segments: list[tuple[float, float]]) -> None:
    assert list(clear_segments(labels, 5, 0, 100)) == segments


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


SCALE = Scale(low=Decimal(0), high=Decimal(100), start=0.0, end=100.0)


@pytest.mark.parametrize(
    ("value", "extents"),
    [
        ("40", [(0, 40)]),
        ("40..60", [(0, 40), (40, 60)]),
        (">=40", [(0, 40), (40, 56)]),
        ("<=60", [(0, 60), (60, 60)]),
        ("-40", [(-40, 0)]),
        ("-60..-40", [(-40, 0), (-60, -40)]),
        ("~40", [(0, 42.5)]),
    ],
)
def test_a_bar_is_filled_where_certain_and_empty_where_not(value: str, extents: list[tuple[float, float]]) -> None:
    quantity = fact("quantity", value, "observed", say("一", "one"))
    item = ResolvedSpec(CHARTS["bars"], replace(EDITION, facts={quantity.id: quantity}), TEXTS["en"]).item(quantity.id)
    patches = [(min(x for x, _ in patch.points), max(x for x, _ in patch.points)) for patch in bar(item, SCALE, 10, 20)]
    assert patches == extents


@every_width
@every_language
def test_the_value_of_a_negative_bar_is_at_its_left_end(texts: Texts, width: str) -> None:
    scene = lay_out(CHARTS["losses"], EDITION, texts, width=width)
    zero = vertical_lines(scene)[0].points[0][0]
    bounds = {label.text: label.bounds for label in labels_of(scene)}
    bars = {patch.row: min(x for x, _ in patch.points) for patch in patches_of(scene) if patch.row is not None}
    for row, key in enumerate(("loss", "slump")):
        assert bounds[texts.value(FACTS[key], "short")][2] < bars[row] < zero
    assert bounds[texts.value(FACTS["dam"], "short")][0] > zero


@every_width
@every_language
def test_the_legend_of_pairs_shows_the_markers_that_are_drawn_and_its_axis_has_ticks(texts: Texts, width: str) -> None:
    scene = lay_out(CHARTS["pairs"], EDITION, texts, width=width)
    markers = [patch for patch in patches_of(scene) if patch.stroke in ("c1", "c2")]
    symbols = {(patch.fill, patch.stroke, patch.codes) for patch in markers if patch.row is None}
    drawn = {(patch.fill, patch.stroke, patch.codes) for patch in markers if patch.row is not None}
    assert {stroke for _, stroke, _ in symbols} == {"c1", "c2"}
    assert symbols <= drawn
    spec = ResolvedSpec(CHARTS["pairs"], EDITION, texts)
    ticks_ = {spec.tick(Decimal(billions) * 10**9, EUR) for billions in (0, 20, 40, 60)}
    assert ticks_ <= {label.text for label in labels_of(scene)}


@every_width
@every_language
def test_a_node_is_as_high_as_its_bands_and_the_legend_shows_only_what_bands_can(texts: Texts, width: str) -> None:
    links = tuple(
        {"from": "state", "to": to, "fact": key} for to, key in (("firm", "grid"), ("bank", "tidal"), ("firm", "wind"))
    )
    chart = replace(CHARTS["flows"], options={"links": (*links, {"from": "bank", "to": "state", "fact": "solar"})})
    scene = lay_out(chart, EDITION, texts, width=width)
    bars = [patch for patch in patches_of(scene) if patch.fill == "muted" and not patch.stroke]
    sides: dict[float, list[float]] = {}
    for patch in bars:
        sides.setdefault(patch.points[0][0], []).append(patch.points[2][1] - patch.points[0][1])
    assert [sorted(heights) for heights in sides.values()] == [pytest.approx(sorted(next(iter(sides.values()))))] * 2
    assert sorted(sides[bars[0].points[0][0]]) == pytest.approx(
        [max(sides[bars[0].points[0][0]]) * part / 72 for part in (5, 30, 50, 72)]
    )
    words = [label.text for label in labels_of(scene)]
    assert texts.language.word("chart.about") not in words
    assert {texts.language.word(f"chart.{key}") for key in ("range", "at_least", "at_most")} <= set(words)


@pytest.mark.parametrize(
    ("name", "lines"),
    [
        ("EssilorLuxottica", ("EssilorLuxottica",)),
        ("エシロールルックスオティカ", ("エシロールルックスオティカ",)),
        ("ブルー・アウル・キャピタル", ("ブルー・", "アウル・", "キャピタル")),
        ("Blue Owl Capital", ("Blue", "Owl", "Capital")),
    ],
)
def test_a_name_breaks_only_between_its_words(name: str, lines: tuple[str, ...]) -> None:
    assert wrap_name(name, 10, 30) == lines


@every_width
@every_language
@pytest.mark.parametrize("edition", [EDITION, None], ids=["small", "flagship"])
def test_dots_and_leader_lines_of_events_do_not_overlap(edition: report.Edition | None, texts: Texts, width: str) -> None:
    texts = texts if edition else next(other for other in flagship() if other.language.code == texts.language.code)
    for chart in (drawn for drawn in texts.edition.charts.values() if drawn.mark == "timeline"):
        scene = lay_out(chart, texts.edition, texts, width=width)
        leaders = [patch.points for patch in patches_of(scene) if patch.codes == "MLLL"]
        heights = sorted(leader[0][1] for leader in leaders)
        assert all(low - high > 10 for high, low in pairwise(heights))
        for (a, b, c, d), (_, f, g, _) in permutations(leaders, 2):
            if (d[0] > a[0]) != (f[0] > a[0]):
                continue  # on the other side
            high, low = sorted((f[1], g[1]))
            assert not any(
                min(start[0], end[0]) < f[0] < max(start[0], end[0]) and high <= start[1] <= low
                for start, end in ((a, b), (c, d))
            )
            overlap = min(low, max(b[1], c[1])) - max(high, min(b[1], c[1]))
            assert overlap < 0 or abs(b[0] - f[0]) >= 2


def test_areas_are_true_to_scale() -> None:
    scene = lay_out(CHARTS["areas"], EDITION, TEXTS["en"])
    outlines = [shape.points for shape in scene.shapes if isinstance(shape, Patch)]
    sizes = [[max(coordinates) - min(coordinates) for coordinates in zip(*points, strict=True)] for points in outlines]
    (long, short), (side, same) = sizes
    assert long / short == pytest.approx(4)
    assert side == pytest.approx(same)
    assert side * same == pytest.approx(long * short)


def test_no_two_statuses_look_alike_without_colour() -> None:
    styles = [(style.solid, style.hatch, style.dashes) for style in STATUS_STYLES.values()]
    assert len(set(styles)) == len(styles)


@pytest.mark.parametrize(
    ("text", "ems", "lines"),
    [
        ("短い", 10, ("短い",)),
        ("データセンターの計画", 8, ("データ", "センターの", "計画")),
        ("大型出資を発表、創業者が移る", 9, ("大型出資を", "発表、創業者が", "移る")),
        ("用地（2025年7月）", 7, ("用地（2025年", "7月）")),
        ("Products and Applied Research", 9, ("Products and", "Applied Research")),
    ],
)
def test_lines_break_between_phrases(text: str, ems: float, lines: tuple[str, ...]) -> None:
    broken = wrap(text, 10, ems * 10)
    assert max(text_width(line, 10) for line in broken) <= ems * 10
    assert "".join(broken).replace(" ", "") == text.replace(" ", "")
    assert all(len(line) > 1 and line[0] not in "、。）" and line[-1] not in "（「" for line in broken)
    assert len(broken) <= len(lines)


@pytest.mark.parametrize(
    ("low", "high", "about", "expected"),
    [("0", "72e9", 4, ["0", "2E+10", "4E+10", "6E+10", "8E+10"]), ("60", "73", 3, ["60", "65", "70", "75"])],
)
def test_ticks_are_round_and_have_no_trailing_zeros(low: str, high: str, about: int, expected: list[str]) -> None:
    assert [Decimal(text) for text in expected] == ticks(Decimal(low), Decimal(high), about)


def test_a_log_scale_has_powers_of_ten() -> None:
    assert decades(Decimal(30), Decimal(2000)) == [Decimal(10), Decimal(100), Decimal(1000), Decimal(10000)]


def test_every_mark_has_options() -> None:
    assert set(OPTIONS) == set(MARKS)
    for mark, options in SPECS.items():
        assert set(options) <= set(OPTIONS[mark])
        assert {key for key, option in OPTIONS[mark].items() if option.required} <= set(options)


def test_matplotlib_is_loaded_only_to_draw() -> None:
    code = "import sys, generator.charts.drawing, generator.charts.options; sys.exit('matplotlib' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0

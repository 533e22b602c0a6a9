"""Every mark that draws a series, in three languages and both widths: nothing overlaps or is clipped, and every row is drawn."""

from __future__ import annotations

import re
from collections import Counter
from itertools import combinations, pairwise
from pathlib import Path

import pytest
from sample_projects import PROJECTS
from sample_reports import check_edition
from sample_scenes import labels_of

from generator.charts.alt_text import describe
from generator.charts.drawing import draw_widths
from generator.charts.layout import MARKS, lay_out
from generator.charts.needs import NEEDS
from generator.charts.options import OPTIONS
from generator.charts.resolved_spec import ResolvedSpec
from generator.charts.scene import Patch, Scene
from generator.charts.sources import chart_sources
from generator.charts.tables import tabulate
from generator.charts.theme import CANVASES
from generator.model import report
from generator.model.languages import Phrase
from generator.model.values import midpoint
from generator.records.struct import replace
from generator.wording.texts import Texts

GALLERY: Path = PROJECTS / "gallery"
EDITION = check_edition(GALLERY)
TEXTS = {language.code: Texts(EDITION, language) for language in EDITION.report.languages}
every_chart = pytest.mark.parametrize("chart", EDITION.charts.values(), ids=EDITION.charts)
every_language = pytest.mark.parametrize("texts", TEXTS.values(), ids=TEXTS)
every_width = pytest.mark.parametrize("width", CANVASES)
NUMBER = re.compile(r"\d(?:[\d.,]*\d)?")


def marks_of(scene: Scene) -> list[Patch]:
    return [shape for shape in scene.shapes if isinstance(shape, Patch) and shape.row is not None]


def test_the_gallery_has_a_chart_of_every_mark_that_draws_a_series() -> None:
    older = {"ranges", "trend", "loglog"}
    assert {chart.mark for chart in EDITION.charts.values()} == {
        mark for mark, keys in OPTIONS.items() if "series" in keys
    } - older
    assert set(NEEDS) <= set(MARKS)


@every_width
@every_language
@every_chart
def test_labels_are_apart_inside_the_canvas_and_large_enough(chart: report.Chart, texts: Texts, width: str) -> None:
    scene = lay_out(chart, EDITION, texts, width=width)
    labels = labels_of(scene)
    assert labels
    for label in labels:
        left, top, right, bottom = label.bounds
        inside = left >= -1 and top >= -1 and right <= scene.width + 1 and bottom <= scene.height + 1
        assert inside, (label.text, label.bounds, scene.width, scene.height)
        assert label.size >= 11
    for one, other in combinations(labels, 2):
        (l0, t0, r0, b0), (l1, t1, r1, b1) = one.bounds, other.bounds
        assert min(r0, r1) - max(l0, l1) < 1 or min(b0, b1) - max(t0, t1) < 1, (one.text, other.text)


@every_width
@every_language
@every_chart
def test_shapes_are_inside_the_canvas(chart: report.Chart, texts: Texts, width: str) -> None:
    scene = lay_out(chart, EDITION, texts, width=width)
    for patch in (shape for shape in scene.shapes if isinstance(shape, Patch)):
        assert all(-1 <= x <= scene.width + 1 and -1 <= y <= scene.height + 1 for x, y in patch.points), patch


@every_language
@every_chart
def test_every_row_of_the_table_is_drawn_and_every_number_of_the_text_is_in_it(chart: report.Chart, texts: Texts) -> None:
    table = tabulate(chart, EDITION, texts)
    assert {len(row) for row in table.rows} == {len(table.columns)}
    filled = {number for number, row in enumerate(table.rows) if any(NUMBER.search(cell.text) for cell in row[1:])}
    for drawing in draw_widths(chart, EDITION, texts).values():
        assert {int(row) for row in re.findall(r'data-row="(\d+)"', drawing.svg)} == filled
    words = " ".join(cell.text for row in table.rows for cell in row)
    words += " ".join((*table.columns, texts.fill(chart.title)))
    text = describe(chart, EDITION, texts)
    assert len(text) > len(texts.fill(chart.title)) + 20
    assert set(NUMBER.findall(text)) <= set(NUMBER.findall(words))


def test_a_series_with_sources_shows_them_under_its_chart() -> None:
    assert [source.id for source in chart_sources(EDITION.charts["line"], EDITION)] == ["yearbook"]


def test_unequal_steps_keep_their_distance() -> None:
    scene = lay_out(EDITION.charts["line"], EDITION, TEXTS["en"])
    wind = [patch for patch in marks_of(scene) if patch.stroke == "c1"]
    centres = {patch.row: (min(x for x, _ in patch.points) + max(x for x, _ in patch.points)) / 2 for patch in wind}
    per_year = (centres[9] - centres[0]) / 20
    assert centres[1] - centres[0] == pytest.approx(5 * per_year, abs=0.1)
    assert centres[4] - centres[3] == pytest.approx(per_year, abs=0.1)


def test_an_empty_cell_is_a_gap_in_the_line() -> None:
    scene = lay_out(EDITION.charts["line_gap"], EDITION, TEXTS["en"])
    rows = EDITION.series["prices"].rows
    lines = [
        shape
        for shape in scene.shapes
        if isinstance(shape, Patch) and shape.codes == "ML" and (shape.stroke, shape.stroke_width) == ("c1", 2.4)
    ]
    given = [row for row in rows if "wholesale" in row.values]
    assert len(lines) == len(given) - 2  # one less than points, and one more for the gap


@every_width
def test_parts_of_a_share_end_at_a_hundred_per_cent(width: str) -> None:
    scene = lay_out(EDITION.charts["share_area"], EDITION, TEXTS["en"], width=width)
    top = next(label for label in labels_of(scene) if label.text == "100%")
    bottom = next(label for label in labels_of(scene) if label.text == "0")
    heights = [y for mark in marks_of(scene) for _, y in mark.points]
    assert min(heights) == pytest.approx(top.y - 0.36 * top.size, abs=2)
    assert max(heights) < bottom.y


def extent(patch: Patch) -> tuple[float, float, float, float]:
    """Left, top, right and bottom."""
    xs, ys = zip(*patch.points, strict=True)
    return min(xs), min(ys), max(xs), max(ys)


def drawn(name: str, width: str = "wide") -> Scene:
    return lay_out(EDITION.charts[name], EDITION, TEXTS["en"], width=width)


@every_width
def test_a_waffle_has_a_square_for_each_hundredth(width: str) -> None:
    squares = Counter(patch.row for patch in marks_of(drawn("waffle", width)))
    assert [squares[row] for row in range(5)] == [41, 27, 18, 9, 5]


@every_width
def test_each_step_of_a_waterfall_begins_where_the_one_before_it_ends(width: str) -> None:
    bars = [extent(patch) for patch in marks_of(drawn("waterfall", width))]
    assert bars[0][2] == pytest.approx(bars[1][2])  # down from the first total
    assert bars[1][0] == pytest.approx(bars[2][0])  # up from there
    assert bars[2][2] == pytest.approx(bars[3][0])
    assert bars[4][2] == pytest.approx(bars[5][2])  # up to the last total
    assert bars[0][0] == pytest.approx(bars[5][0])  # totals begin at zero


@every_width
def test_the_bins_of_a_histogram_hold_every_row(width: str) -> None:
    table = tabulate(EDITION.charts["histogram"], EDITION, TEXTS["en"])
    assert sum(int(row[1].text) for row in table.rows[:-1]) == len(EDITION.series["outages"].rows)
    bars = [extent(patch) for patch in marks_of(drawn("histogram", width))][: len(table.rows) - 1]
    heights = [bottom - top for _, top, _, bottom in bars]
    counts = [int(row[1].text) for row in table.rows[:-1]]
    assert [round(height * max(counts) / max(heights)) for height in heights] == counts


@every_width
def test_the_parts_of_a_share_fill_their_bar(width: str) -> None:
    bars: dict[int | None, list[tuple[float, float, float, float]]] = {}
    for patch in marks_of(drawn("bars_share", width)):
        bars.setdefault(patch.row, []).append(extent(patch))
    assert len({(parts[0][0], parts[-1][2]) for parts in bars.values()}) == 1
    assert all(one[2] == pytest.approx(other[0]) for parts in bars.values() for one, other in pairwise(parts))


@every_width
def test_losses_are_left_of_zero_with_a_true_minus(width: str) -> None:
    scene = drawn("balance", width)
    sides = {patch.row: patch.stroke for patch in marks_of(scene)}
    assert [sides[row] for row in range(5)] == ["c1", "c1", "c2", "c2", "c2"]
    assert {"−34%", "47%"} <= {label.text for label in labels_of(scene)}
    assert max(extent(patch)[2] for patch in marks_of(scene) if patch.stroke == "c2") <= min(
        extent(patch)[0] for patch in marks_of(scene) if patch.stroke == "c1"
    )


def test_outcomes_are_told_from_their_ranges() -> None:
    table = tabulate(EDITION.charts["outcomes"], EDITION, TEXTS["en"])
    expected = ["above", "within", "above", "above", "below", "within", "within", "not known"]
    assert [row[-1].text.removesuffix(" the range").removesuffix(" yet") for row in table.rows] == expected


@every_width
def test_tiles_stand_where_the_grid_puts_them(width: str) -> None:
    places = {patch.row: extent(patch)[:2] for patch in marks_of(drawn("tiles", width))}
    rows = {row.key: number for number, row in enumerate(EDITION.series["regions"].rows)}
    assert places[rows["isles"]] == min(places.values(), key=lambda place: place[1] * 1000 + place[0])
    assert places[rows["coast"]][1] == places[rows["isles"]][1]
    assert places[rows["plain"]][0] == places[rows["coast"]][0]


def test_a_chart_tells_its_finding_measure_and_what_it_shows() -> None:
    text = describe(EDITION.charts["line"], EDITION, TEXTS["en"])
    assert text.startswith(
        "Wind has overtaken coal and nears its target. Power generated by source in TWh, 2005 to 2025. Coal fell"
    )
    svg = draw_widths(EDITION.charts["line"], EDITION, TEXTS["en"])["wide"].standalone
    assert "The last year is an estimate." in svg


@every_width
@every_language
def test_what_is_expected_is_a_box_over_its_period_and_named_beside_it(texts: Texts, width: str) -> None:
    chart, plan = EDITION.charts["line"], EDITION.facts["wind_plan"]
    scene = lay_out(chart, EDITION, texts, width=width)
    boxes = [shape for shape in scene.shapes if isinstance(shape, Patch) and shape.dashes and shape.fill]
    assert len(boxes) == 1
    assert boxes[0].row == len(tabulate(chart, EDITION, texts).rows) - 1
    rows = [x for mark in marks_of(scene) if mark not in boxes for x, _ in mark.points]
    assert min(x for x, _ in boxes[0].points) > max(rows)
    assert any(label.text in texts.short_label(plan) for label in labels_of(scene) if label.x > max(rows))
    assert texts.value(plan) in describe(chart, EDITION, texts)


def same(text: str) -> Phrase:
    return Phrase(dict.fromkeys(TEXTS, text))


def test_tiles_have_short_names_where_any_long_one_does_not_fit_and_the_emphasised_one_is_named_above() -> None:
    series = EDITION.series["regions"]
    long = {row.key: f"{row.key.capitalize()} Landschaftsverband" for row in series.rows}
    rows = tuple(replace(row, words={"region": same(long[row.key]), "code": same(row.key[:2])}) for row in series.rows)
    edition = replace(EDITION, series={**EDITION.series, "regions": replace(series, rows=rows)})
    chart = EDITION.charts["tiles"]
    chart = replace(chart, options={**chart.options, "labels": ("code",), "highlight": ("port",)})
    told = [label.text for label in labels_of(lay_out(chart, edition, TEXTS["en"], width="narrow"))]
    assert [text for text in told if len(text) == 2 and text.isalpha()] == [row.key[:2] for row in rows]
    assert [text for text in told if "Landschaft" in text] == [long["port"]]


def test_values_are_drawn_as_shares_of_another_column_and_missing_ones_left_out() -> None:
    options = {"series": "prices", "columns": ("wholesale",), "share_of": "household"}
    spec = ResolvedSpec(replace(EDITION.charts["line_gap"], options=options), EDITION, TEXTS["en"])
    rows = EDITION.series["prices"].rows
    shares = [spec.cell(spec.series(), "wholesale", row) for row in rows]
    missing = [row for row in rows if "wholesale" not in row.values or "household" not in row.values]
    assert [row for row, share in zip(rows, shares, strict=True) if share is None] == missing
    assert missing
    for row, share in zip(rows, shares, strict=True):
        if share is not None:
            assert share.size == pytest.approx(midpoint(row.values["wholesale"]) / midpoint(row.values["household"]))
            assert share.short.endswith("%")
            assert len(re.sub(r"\D", "", share.long)) <= 3
    assert lay_out(spec.chart, EDITION, TEXTS["en"]).shapes

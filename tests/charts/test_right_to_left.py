"""Charts of languages that are read from the right: rows and legends begin there; time, scales of numbers and maps stay as they are."""

from __future__ import annotations

import pytest
from sample_projects import PROJECTS
from sample_reports import check_edition

from generator.charts.drawing import draw_chart
from generator.charts.layout import lay_out
from generator.charts.resolved_spec import ResolvedSpec
from generator.charts.scene import Label, Patch, Scene
from generator.model.report import Chart
from generator.reading.default_words import default_words
from generator.records.struct import replace
from generator.wording.texts import Texts

EDITION = check_edition(PROJECTS / "gallery")
ENGLISH = EDITION.report.language("en")
ARABIC = Texts(EDITION, replace(ENGLISH, locale="ar-EG", words={**ENGLISH.words, **default_words("ar")}))
HEBREW = Texts(EDITION, replace(ENGLISH, locale="he-IL"))  # with Latin words and digits: what differs is the direction
LATIN = Texts(EDITION, ENGLISH)
ROWS = {"bar_table", "diverging_bars", "dumbbell", "heatmap", "waterfall", "grouped_bars", "stacked_bars"}
UPRIGHT = {"grouped_bars", "stacked_bars"}  # which stand side by side in time
STAY = {"area", "histogram", "line", "range_outcome", "scatter", "slope", "small_multiples", "stacked_area", "tile_map"}


def _over_time(chart: Chart) -> bool:
    return bool(ResolvedSpec(chart, EDITION, LATIN).periods())


def _labels(scene: Scene) -> list[Label]:
    return [shape for shape in scene.shapes if isinstance(shape, Label)]


def _row_edges(scene: Scene) -> tuple[float, float]:
    """The left and right end of all marks that show rows."""
    points = [x for shape in scene.shapes if isinstance(shape, Patch) and shape.row is not None for x, _ in shape.points]
    return min(points), max(points)


def _named_rows(chart: Chart, scene: Scene) -> list[Label]:
    spec = ResolvedSpec(chart, EDITION, LATIN)
    first_words = {spec.row_label(row).split()[0] for row in spec.rows()}
    return [label for label in _labels(scene) if label.text.split()[0] in first_words]


def test_every_mark_of_the_gallery_is_looked_at() -> None:
    assert {chart.mark for chart in EDITION.charts.values()} == ROWS | STAY | {"dated_bars", "waffle"}


@pytest.mark.parametrize("width", ["wide", "narrow"])
@pytest.mark.parametrize("chart", EDITION.charts.values(), ids=EDITION.charts)
def test_nothing_is_clipped(chart: Chart, width: str) -> None:
    scene = lay_out(chart, EDITION, ARABIC, width=width)
    for label in _labels(scene):
        left, _, right, _ = label.bounds
        assert left >= -1, label.text
        assert right <= scene.width + 1, label.text


@pytest.mark.parametrize("key", [key for key, one in EDITION.charts.items() if one.mark in ROWS and not _over_time(one)])
def test_rows_are_named_at_the_right_and_run_from_there(key: str) -> None:
    chart = EDITION.charts[key]
    scene, latin = lay_out(chart, EDITION, HEBREW), lay_out(chart, EDITION, LATIN)
    named = _named_rows(chart, scene)
    assert named
    assert min(label.bounds[0] for label in named) >= _row_edges(scene)[1] - 1
    assert max(label.bounds[2] for label in _named_rows(chart, latin)) <= _row_edges(latin)[0] + 1


@pytest.mark.parametrize(
    "key", [key for key, one in EDITION.charts.items() if one.mark in STAY or (one.mark in UPRIGHT and _over_time(one))]
)
def test_time_scales_of_numbers_and_maps_stay_as_they_are(key: str) -> None:
    scenes = [lay_out(EDITION.charts[key], EDITION, texts) for texts in (HEBREW, LATIN)]
    hebrew, latin = ([shape for shape in one.shapes if isinstance(shape, Patch) and shape.row is not None] for one in scenes)
    assert hebrew == latin


def test_a_legend_begins_at_the_right_also_beside_time() -> None:
    chart = next(one for one in EDITION.charts.values() if one.mark == "range_outcome")
    hebrew, latin = (
        next(label for label in _labels(lay_out(chart, EDITION, texts)) if label.text.startswith("Outlook"))
        for texts in (HEBREW, LATIN)
    )
    assert hebrew.anchor == "end"
    assert hebrew.x == pytest.approx(720 - latin.x)


def test_texts_are_laid_out_from_the_right() -> None:
    chart = next(one for one in EDITION.charts.values() if one.mark == "waterfall")
    svg = draw_chart(chart, EDITION, HEBREW).svg
    assert 'direction="rtl"' in svg.partition(">")[0]
    labels = _labels(lay_out(chart, EDITION, HEBREW))
    assert {label.anchor for label in labels} >= {"end", "start"}
    assert svg.count('text-anchor="end"') == sum(label.anchor == "start" for label in labels)
    assert 'direction="' not in draw_chart(chart, EDITION, LATIN).svg

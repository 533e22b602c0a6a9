"""Ticks, lines of reference and their names, and texts on hatches: the same in every language and on both canvases."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import combinations

import pytest
from sample_charts import CHARTS, EDITION, TEXTS, every_width
from sample_reports import flagship_texts

from generator.charts.axes import NEAR_LINE
from generator.charts.chart_texts import sentence_case
from generator.charts.layout import lay_out
from generator.charts.rows import LABEL_GAP
from generator.charts.scene import Bounds, Label, Patch, Scene
from generator.charts.theme import CANVASES
from generator.model import report
from generator.wording.texts import Texts

FLAGSHIP = {texts.language.code: texts for texts in flagship_texts()}
FLAGSHIP_CHARTS = list(FLAGSHIP["ja"].edition.charts)
every_flagship_chart = pytest.mark.parametrize("name", FLAGSHIP_CHARTS)
every_flagship_language = pytest.mark.parametrize("texts", FLAGSHIP.values(), ids=FLAGSHIP)


def drawn(name: str, texts: Texts, width: str) -> Scene:
    """A chart of this repository's report."""
    return lay_out(texts.edition.charts[name], texts.edition, texts, width=width)


def labels_of(scene: Scene) -> list[Label]:
    return [shape for shape in scene.shapes if isinstance(shape, Label)]


def vertical_lines(scene: Scene) -> list[Patch]:
    patches = [shape for shape in scene.shapes if isinstance(shape, Patch)]
    return [patch for patch in patches if patch.codes == "ML" and patch.points[0][0] == patch.points[1][0]]


def box(patch: Patch) -> Bounds:
    xs, ys = zip(*patch.points, strict=True)
    return min(xs), min(ys), max(xs), max(ys)


def meet(one: Bounds, other: Bounds) -> bool:
    return one[0] < other[2] and other[0] < one[2] and one[1] < other[3] and other[1] < one[3]


def ticks_below(scene: Scene) -> list[tuple[float, Label]]:
    """The ticks of the axis below the rows of a narrow canvas, from left to right, each with the label nearest below it."""
    ticks = [line.points for line in vertical_lines(scene) if line.stroke == "muted" and line.stroke_width == 1]
    small = [(x, end) for (x, top), (_, end) in ticks if end - top == 5]
    labels = [label for label in labels_of(scene) if label.anchor == "middle" and label.colour == "muted"]
    return [(x, min((one for one in labels if one.y > end), key=lambda one: (one.y, abs(one.x - x)))) for x, end in small]


@pytest.mark.parametrize("name", ["capex_guidance", "forecasts_outcomes"])
def test_a_narrow_axis_has_the_same_ticks_in_every_language_and_each_label_below_its_tick(name: str) -> None:
    found = {code: ticks_below(drawn(name, texts, "narrow")) for code, texts in FLAGSHIP.items()}
    assert len({len(ticks) for ticks in found.values()}) == 1
    for ticks in found.values():
        assert len(ticks) >= 3
        for x, label in ticks:
            at_edge = label.bounds[0] < 1 or label.bounds[2] > CANVASES["narrow"].width - 1
            assert abs(label.x - x) < 1 or at_edge, label.text


@every_width
@every_flagship_language
@pytest.mark.parametrize("name", ["money_flows", "growth_demanded", "built_and_planned", "capex_guidance", "hyperscaler_2026"])
def test_a_value_stands_beside_its_mark_and_lines_of_reference_leave_it_clear(name: str, texts: Texts, width: str) -> None:
    scene = drawn(name, texts, width)
    dashed = [line for line in vertical_lines(scene) if line.dashes and line.stroke_width > 1]
    assert dashed
    for label in labels_of(scene):
        assert not any(meet(label.bounds, box(line)) for line in dashed), label.text
    marks = [shape for shape in scene.shapes if isinstance(shape, Patch) and shape.row is not None]
    for row in {mark.row for mark in marks}:
        boxes = [box(mark) for mark in marks if mark.row == row]
        right, middle = max(one[2] for one in boxes), sum(boxes[0][1::2]) / 2
        beside = [one for one in labels_of(scene) if one.anchor == "start" and one.bounds[1] - 4 < middle < one.bounds[3] + 4]
        value = min((one for one in beside if one.x > right), key=lambda one: one.x)
        column = texts.edition.charts[name].options.get("values") == "column"  # behind the longest of all
        assert column or value.x - right <= LABEL_GAP + NEAR_LINE, value.text


@every_width
@every_flagship_language
@pytest.mark.parametrize("name", ["growth_demanded", "built_and_planned", "hyperscaler_2026", "accelerators"])
def test_a_line_of_reference_is_named_at_its_head(name: str, texts: Texts, width: str) -> None:
    scene = drawn(name, texts, width)
    dashed = [line for line in vertical_lines(scene) if line.dashes and line.stroke_width > 1]
    top = min(y for line in dashed for _, y in line.points)
    heads = [label for label in labels_of(scene) if label.bounds[3] <= top]
    left, right = min(label.bounds[0] for label in heads), max(label.bounds[2] for label in heads)
    assert left - 1 <= dashed[0].points[0][0] <= right + 1
    assert not any(label.bounds[3] > top for label in heads)


def covered(label: Label, scene: Scene) -> bool:
    """Whether a label stands on no hatch, or on a plain shape that was drawn over it."""
    under = [shape for shape in scene.shapes[: scene.shapes.index(label)] if isinstance(shape, Patch)]
    for number, patch in enumerate(under):
        if patch.hatch and patch.codes.endswith("Z") and meet(box(patch), label.bounds):
            left, top, right, bottom = label.bounds
            plain = [box(one) for one in under[number + 1 :] if one.fill and not one.hatch]
            if not any(one[0] <= left and one[1] <= top and one[2] >= right and one[3] >= bottom for one in plain):
                return False
    return True


def hatched_labels(scenes: Sequence[Scene]) -> list[str]:
    return [label.text for scene in scenes for label in labels_of(scene) if not covered(label, scene)]


@every_width
def test_texts_on_hatches_have_a_clean_panel(width: str) -> None:
    samples = [lay_out(chart, EDITION, texts, width=width) for chart in CHARTS.values() for texts in TEXTS.values()]
    scenes = [drawn(name, texts, width) for name in FLAGSHIP_CHARTS for texts in FLAGSHIP.values()]
    assert not hatched_labels([*samples, *scenes])


@every_width
@every_flagship_language
@every_flagship_chart
def test_labels_of_the_report_do_not_overlap_and_are_inside_the_canvas(name: str, texts: Texts, width: str) -> None:
    scene = drawn(name, texts, width)
    for label in labels_of(scene):
        left, top, right, bottom = label.bounds
        assert left >= -1 and top >= -1 and right <= scene.width + 1 and bottom <= scene.height + 1, label.text  # noqa: PT018
    for one, other in combinations(labels_of(scene), 2):
        (l0, t0, r0, b0), (l1, t1, r1, b1) = one.bounds, other.bounds
        assert min(r0, r1) - max(l0, l1) < 1 or min(b0, b1) - max(t0, t1) < 1, (one.text, other.text)


@every_width
@every_flagship_language
def test_where_outcomes_lie_is_written_beside_the_ranges_of_others(texts: Texts, width: str) -> None:
    scene = drawn("forecasts_outcomes", texts, width)
    ranges = [box(shape) for shape in scene.shapes if isinstance(shape, Patch) and shape.fill == "c6-soft"]
    words = [label for label in labels_of(scene) if label.bold]
    assert words
    assert not [label.text for label in words if any(meet(label.bounds, one) for one in ranges)]


@every_width
@every_flagship_language
def test_the_name_of_a_total_is_regular_and_its_value_bold_without_a_colon(texts: Texts, width: str) -> None:
    for name in ("nuclear_deals", "hyperion_gas"):
        first, second = labels_of(drawn(name, texts, width))[:2]
        chart: report.Chart = texts.edition.charts[name]
        fact = texts.edition.facts[str(chart.options["total"])]
        assert (first.text, first.bold, second.bold, first.y) == (
            sentence_case(texts.short_label(fact), texts),
            False,
            True,
            second.y,
        )


@every_width
@every_flagship_language
def test_the_first_value_of_a_line_stands_clear_of_the_axis(texts: Texts, width: str) -> None:
    scene = drawn("prometheus_timeline", texts, width)
    zero = next(label for label in labels_of(scene) if label.text == "0")
    axis = (zero.bounds[1] + zero.bounds[3]) / 2
    values = [label for label in labels_of(scene) if label.text.startswith("0.08")]
    assert len(values) == 1
    assert values[0].bounds[3] < axis - 2

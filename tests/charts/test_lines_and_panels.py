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
from generator.charts.resolved_spec import ResolvedSpec
from generator.charts.rows import LABEL_GAP
from generator.charts.scene import Bounds, Label, Patch, Scene
from generator.charts.theme import CANVASES
from generator.model import report
from generator.model.languages import Phrase
from generator.records.struct import replace
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


def references(scene: Scene) -> list[Patch]:
    """The upright lines of reference, dashed or solid, and those that lead to a change."""
    return [line for line in vertical_lines(scene) if line.stroke == "ink" or (line.dashes and line.stroke_width > 1)]


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
@pytest.mark.parametrize("name", ["money_flows", "growth_demanded", "built_and_planned", "hyperscaler_2026"])
def test_a_value_stands_beside_its_mark_and_lines_of_reference_leave_it_clear(name: str, texts: Texts, width: str) -> None:
    scene = drawn(name, texts, width)
    lines = references(scene)
    assert lines
    for label in labels_of(scene):
        assert not any(meet(label.bounds, box(line)) for line in lines), label.text
    marks = [shape for shape in scene.shapes if isinstance(shape, Patch) and shape.row is not None]
    for row in {mark.row for mark in marks}:
        boxes = [box(mark) for mark in marks if mark.row == row]
        right, (top, bottom) = max(one[2] for one in boxes), boxes[0][1::2]
        beside = [one for one in labels_of(scene) if one.anchor == "start" and one.bounds[1] < bottom and one.bounds[3] > top]
        value = min((one for one in beside if one.x > right), key=lambda one: one.x)
        column = texts.edition.charts[name].options.get("values") == "column"  # behind the longest of all
        assert column or value.x - right <= LABEL_GAP + NEAR_LINE, value.text


@every_width
@every_flagship_language
@pytest.mark.parametrize("name", ["growth_demanded", "built_and_planned", "hyperscaler_2026", "accelerators"])
def test_a_line_of_reference_is_named_at_its_head(name: str, texts: Texts, width: str) -> None:
    scene = drawn(name, texts, width)
    lines = references(scene)
    top = min(y for line in lines for _, y in line.points)
    heads = [label for label in labels_of(scene) if label.bounds[3] <= top]
    left, right = min(label.bounds[0] for label in heads), max(label.bounds[2] for label in heads)
    assert left - 1 <= lines[0].points[0][0] <= right + 1
    assert not any(label.bounds[3] > top for label in heads)


@every_width
@every_flagship_language
def test_a_line_of_reference_is_solid_and_whole_where_frames_of_bars_are_dashed(texts: Texts, width: str) -> None:
    framed = [references(drawn(name, texts, width)) for name in ("growth_demanded", "accelerators")]
    assert all(not line.dashes for lines in framed for line in lines)
    assert len(framed[0]) == 1
    assert all(line.dashes for name in ("money_flows", "pay_packages") for line in references(drawn(name, texts, width)))


@every_width
@every_flagship_language
def test_a_line_of_reference_that_begins_further_down_is_named_beside_it_between_groups(texts: Texts, width: str) -> None:
    scene = drawn("money_flows", texts, width)
    [line] = references(scene)
    [name] = [
        label for label in labels_of(scene) if 0 < label.x - line.points[0][0] < 6 and label.bounds[3] < line.points[1][1]
    ]
    bars = [box(patch) for patch in scene.shapes if isinstance(patch, Patch) and patch.row is not None]
    assert line.points[0][1] < name.bounds[1]
    assert not any(meet(name.bounds, bar) for bar in bars)


def test_many_rows_have_their_labels_beside_their_bars_in_every_language_with_notes_where_these_have_room() -> None:
    heights, notes = set(), {}
    for code, texts in FLAGSHIP.items():
        scene = drawn("meta_sites_power", texts, "narrow")
        heights.add(round(scene.height))
        notes[code] = [label for label in labels_of(scene) if label.colour == "muted"]
        assert all(label.anchor == "end" for label in labels_of(scene) if label.x < scene.width / 3)
    assert len(heights) == 1
    assert {code: bool(found) for code, found in notes.items()} == {"ja": False, "en": True}


def test_a_narrow_axis_of_a_change_has_its_unit_at_the_last_tick_where_it_has_no_room_at_all() -> None:
    ticks = {code: ticks_below(drawn("hyperscaler_2026", texts, "narrow")) for code, texts in FLAGSHIP.items()}
    assert {len(found) for found in ticks.values()} == {4}
    assert [label.text.endswith("ドル") for _, label in ticks["ja"]] == [False, False, False, True]


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


@every_flagship_language
def test_a_hatch_goes_on_some_way_behind_the_label_in_its_part(texts: Texts) -> None:
    scene = drawn("hyperion_jv", texts, "wide")
    panels = [box(one) for one in scene.shapes if isinstance(one, Patch) and one.fill and not one.hatch and not one.stroke]
    inside = [(one, label.bounds[2]) for one in panels for label in labels_of(scene) if meet(one, label.bounds)]
    assert len(inside) >= 4
    assert all(one[2] - right >= 4 for one, right in inside)


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


@every_width
@every_flagship_language
def test_labels_without_room_in_a_short_stack_stand_right_of_it_in_the_order_of_its_parts(texts: Texts, width: str) -> None:
    scene = drawn("obligations", texts, width)
    bars = [box(shape) for shape in scene.shapes if isinstance(shape, Patch) and shape.row in (0, 1)]
    (top, bottom), right = (bars[0][1], bars[0][3]), max(one[2] for one in bars)
    beside = [label for label in labels_of(scene) if top < label.y < bottom and label.bounds[0] > right]
    assert len(beside) == 4
    assert [beside[0].bounds[2] < beside[2].bounds[0], beside[0].x, beside[2].x] == [True, beside[1].x, beside[3].x]
    assert beside[-1].bounds[2] <= scene.width
    facts = [texts.edition.facts[key] for key in ("contractual_commitments_2025", "leases_not_commenced_2025")]
    assert [label.text for label in beside[::2]] == [sentence_case(texts.short_label(fact), texts) for fact in facts]
    leaders = [shape for shape in scene.shapes if isinstance(shape, Patch) and shape.codes == "MLLL"]
    assert [one.points[0][1] > bottom + 20 for one in leaders] == [True]


def comparisons(chart: report.Chart) -> list[Phrase]:
    """What a chart says that values come to beside others."""
    rows = chart.options.get("rows", ())
    records = [chart.options, *(row for row in (rows if isinstance(rows, tuple) else ()) if isinstance(row, dict))]
    return [told for record in records if isinstance(told := record.get("comparison"), Phrase)]


def start_of(text: str, labels: Sequence[Label]) -> int:
    """The number of the label at which a text begins that stands in lines."""
    squeezed = "".join(text.split())
    for number in range(len(labels)):
        for end in range(number + 1, len(labels) + 1):
            if "".join("".join(label.text for label in labels[number:end]).split()) == squeezed:
                return number
    raise AssertionError(text)


@every_width
@every_flagship_language
def test_what_a_value_comes_to_stands_beside_or_below_it(texts: Texts, width: str) -> None:
    found = {name: told for name in FLAGSHIP_CHARTS if (told := comparisons(texts.edition.charts[name]))}
    assert found
    for name, phrases in found.items():
        labels, size = labels_of(drawn(name, texts, width)), CANVASES[width].text_size
        for phrase in phrases:
            number = start_of(texts.fill(phrase), labels)
            before, first = labels[number - 1 : number + 1]
            below = 0 < first.y - before.y < 2 * size
            beside = abs(first.y - before.y) < 1 and 0 < first.bounds[0] - before.bounds[2] < size
            assert below or beside, (name, first.text)


@every_width
@every_flagship_language
def test_what_a_known_value_comes_to_stands_at_its_point_where_the_line_ends_with_an_expected_one(
    texts: Texts, width: str
) -> None:
    labels = labels_of(drawn("prometheus_timeline", texts, width))
    options = texts.edition.charts["prometheus_timeline"].options
    told, end = (
        labels[start_of(texts.fill(phrase), labels)]
        for key in ("comparison", "end_label")
        if isinstance(phrase := options[key], Phrase)
    )
    assert told.bounds[2] < end.bounds[0]
    value = labels[labels.index(told) - 1]
    assert value.text.startswith("0.47")
    assert (value.bold, value.anchor, value.x) == (True, "start", told.x), "bold, and flush on the side of the point"


@every_width
@every_flagship_language
def test_a_value_of_a_bar_is_worded_as_its_row_says(texts: Texts, width: str) -> None:
    rows = texts.edition.charts["pay_packages"].options["rows"]
    assert isinstance(rows, tuple)
    labels = labels_of(drawn("pay_packages", texts, width))
    for row in rows:
        start_of(texts.fill(row["value"]), labels)


@every_width
def test_what_was_expected_or_promised_is_hatched_in_every_mark(width: str) -> None:
    for name, rows in (
        ("forecasts_outcomes", range(7)),
        ("obligations", range(5)),
        ("capex_guidance", (0,)),
    ):
        patches = [shape for shape in drawn(name, FLAGSHIP["en"], width).shapes if isinstance(shape, Patch)]
        assert set(rows) <= {patch.row for patch in patches if patch.hatch}, name


@every_flagship_language
@pytest.mark.parametrize("name", ["timeline_overview", "turn_in_strategy"])
def test_each_year_of_a_timeline_stands_at_a_tick(name: str, texts: Texts) -> None:
    chart = texts.edition.charts[name]
    in_time = replace(chart, options={key: value for key, value in chart.options.items() if key != "spacing"})
    scene = lay_out(in_time, texts.edition, texts, width="wide")
    patches = [shape for shape in scene.shapes if isinstance(shape, Patch)]
    ticks = {one.points[0][1] for one in patches if one.codes == "ML" and one.points[0][1] == one.points[1][1]}
    years = [label for label in labels_of(scene) if label.anchor == "end" and not label.bold]
    assert len(years) == 2
    assert all(min(abs(tick - (label.y - 0.36 * label.size)) for tick in ticks) < 1 for label in years)


@every_width
@every_flagship_language
def test_values_of_outlooks_do_not_lie_on_the_line_of_the_outcome(texts: Texts, width: str) -> None:
    scene = drawn("capex_guidance", texts, width)
    dashed = [box(one) for one in vertical_lines(scene) if one.dashes]
    outcome = next(box(one) for one in scene.shapes if isinstance(one, Patch) and one.row == 4)
    x, _, _, bottom = min(dashed, key=lambda one: one[1])
    assert bottom >= outcome[3], "without a gap down to the outcome"
    crossed = [one.text for one in labels_of(scene) if any(meet(one.bounds, line) for line in dashed)]
    assert not crossed
    first = next(box(one) for one in scene.shapes if isinstance(one, Patch) and one.row == 0)
    lines = [one for one in labels_of(scene) if first[1] < one.y < first[3] + 8 and one.bounds[0] > first[2]]
    assert len(lines) == 1, "in one line"
    assert lines[0].bounds[0] - first[2] < 12 or (x < lines[0].x and lines[0].x - x < 12), "beside its mark or the line"


@every_flagship_language
def test_a_grid_line_beside_a_line_of_reference_is_left_out(texts: Texts) -> None:
    chart = texts.edition.charts["cash_by_quarter"]
    chart = replace(chart, options={**chart.options, "references": ("hyperion_package_reported",)})  # beside a tick
    for width in CANVASES:
        scene = lay_out(chart, texts.edition, texts, width=width)
        patches = [shape for shape in scene.shapes if isinstance(shape, Patch) and shape.codes == "ML"]
        across = [one for one in patches if one.points[0][1] == one.points[1][1]]
        reference = next(one.points[0][1] for one in across if one.dashes)
        assert [one for one in across if one.stroke == "grid"]
        assert not [one for one in across if one.stroke == "grid" and abs(one.points[0][1] - reference) < 10]


@every_width
def test_points_of_two_lines_at_one_place_are_both_seen(width: str) -> None:
    shapes = [shape for shape in drawn("cash_by_quarter", FLAGSHIP["en"], width).shapes if isinstance(shape, Patch)]
    rings = [number for number, shape in enumerate(shapes) if shape.fill == "paper" and len(shape.codes) > 9]
    assert rings
    for number in rings:
        below, ring, point = (box(shape) for shape in shapes[number - 1 : number + 2])
        assert shapes[number - 1].row == shapes[number + 1].row is not None
        assert ring[0] < point[0] < point[2] < ring[2]
        assert shapes[number + 1].fill == "c1"  # the highlighted line is above the other
        assert below[1] < ring[1] - 1  # whose point reaches beyond the ring


@every_flagship_language
def test_a_name_of_a_group_leaves_a_line_of_reference_clear(texts: Texts) -> None:
    scene = drawn("growth_demanded", texts, "narrow")
    x = references(scene)[0].points[0][0]
    bold = [one for one in labels_of(scene) if one.bold and one.anchor == "start" and one.x == 0]
    assert bold
    assert all(one.bounds[2] < x for one in bold)


@every_flagship_language
@pytest.mark.parametrize("name", ["louisiana_financing", "hyperion_jv"])
def test_labels_below_a_bar_hang_from_the_middles_of_their_parts_on_one_side_of_their_lines(name: str, texts: Texts) -> None:
    scene = drawn(name, texts, "wide")
    patches = [shape for shape in scene.shapes if isinstance(shape, Patch)]
    leaders = [one for one in patches if one.row is None and one.codes == "MLLL" and not one.fill]
    parts = [box(one) for one in patches if one.row is not None and one.codes.endswith("Z")]
    assert len(leaders) == 2
    for leader in leaders:
        x, top = leader.points[0]
        [(left, right)] = {(one[0], one[2]) for one in parts if one[0] < x < one[2] and 0 < top - one[3] < 4}
        assert abs(x - (left + right) / 2) < 1
    hung = [label for label in labels_of(scene) if any(0 < x - label.x < 8 for one in leaders for x, _ in one.points[-1:])]
    assert {label.anchor for label in hung} == {"end"}
    assert len(hung) == 2 * len(leaders)


@every_width
@every_flagship_language
def test_the_part_of_an_area_is_named_inside_it_where_it_has_room(texts: Texts, width: str) -> None:
    scene = drawn("hyperion_area", texts, width)
    part = texts.edition.facts["hyperion_site_2025"]
    [inside] = [box(shape) for shape in scene.shapes if isinstance(shape, Patch) and shape.row == 0 and shape.fill == "c1"]
    [value] = [label for label in labels_of(scene) if label.text == texts.value(part, "short")]
    left, top, right, bottom = value.bounds
    assert inside[0] < left < right < inside[2]
    assert inside[1] < top < bottom < inside[3]


@every_flagship_language
def test_lines_to_a_change_pass_through_no_name_of_a_row(texts: Texts) -> None:
    scene = drawn("hyperscaler_2026", texts, "narrow")
    guides = [one for one in vertical_lines(scene) if one.dashes == (2, 3)]
    assert len(guides) == 4  # each in one piece


@every_width
@every_flagship_language
def test_rows_that_a_chart_of_areas_highlights_have_their_values_at_their_points(texts: Texts, width: str) -> None:
    scene = drawn("capex_vs_revenue", texts, width)
    shown = {label.text for label in labels_of(scene)}
    spec = ResolvedSpec.of(texts.edition.charts["capex_vs_revenue"], texts.edition, texts)
    row = next(row for row in spec.series().rows if row.key == "2025-Q2")
    for column in ("revenue", "capex"):
        item = spec.cell(spec.series(), column, row)
        assert item is not None
        assert item.short in shown


@every_width
def test_each_value_of_an_outlook_has_its_unit(width: str) -> None:
    texts = FLAGSHIP["ja"]
    values = [one.text for one in labels_of(drawn("capex_guidance", texts, width)) if "～" in one.text]
    assert len(values) == 7
    assert all("ドル" in text for text in values)


def test_each_quarter_on_an_axis_is_named_with_its_year_in_a_line_of_its_own() -> None:
    texts = FLAGSHIP["ja"]
    shown = [label.text for label in labels_of(drawn("forecasts_outcomes", texts, "wide"))]
    assert shown.count("2025年") == 4
    assert "10～12月期" in shown


@every_width
def test_an_arrow_at_a_bar_is_short_and_what_is_only_reported_is_pale(width: str) -> None:
    scene = drawn("money_flows", FLAGSHIP["en"], width)
    marks = [shape for shape in scene.shapes if isinstance(shape, Patch) and shape.row is not None]
    arrows = [box(one) for one in marks if one.fill == "paper"]
    assert arrows
    assert all(right - left <= 5 for left, _, right, _ in arrows)
    last = [one for one in marks if one.row == max(mark.row or 0 for mark in marks)]
    assert [(one.fill, one.hatch) for one in last] == [("c6-soft", "")]

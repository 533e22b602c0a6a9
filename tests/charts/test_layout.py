"""Layout of charts: labels do not overlap anything, and marks show values, ranges and statuses."""

from __future__ import annotations

from collections import Counter
from decimal import Decimal
from itertools import combinations, pairwise, permutations

import pytest
from sample_charts import (
    CHARTS,
    EDITION,
    EUR,
    EVENTS,
    FACTS,
    LANGUAGES,
    SERIES,
    SPECS,
    TEXTS,
    every_chart,
    every_language,
    every_width,
    fact,
    say,
)
from sample_reports import flagship_texts
from sample_scenes import labels_of, patches_of

from generator.charts.alt_text import describe
from generator.charts.axes import clear_segments
from generator.charts.drawn_values import to_multiple
from generator.charts.layout import MARKS, lay_out
from generator.charts.options import OPTIONS
from generator.charts.resolved_spec import ResolvedSpec
from generator.charts.scales import Scale
from generator.charts.scene import Label, Patch, Scene
from generator.charts.tables import tabulate
from generator.charts.theme import CANVASES, STATUS_STYLES, status_style
from generator.charts.value_marks import bar
from generator.model import periods, report, values
from generator.model.units import ScaleStep, Unit
from generator.records.struct import replace
from generator.wording.texts import Texts

WATTS = Unit(
    id="W",
    dimension={"power": 1},
    compact=False,
    ladder=tuple(
        ScaleStep(factor=Decimal(factor), icu=name)
        for factor, name in (("1", "watt"), ("1e3", "kilowatt"), ("1e6", "megawatt"), ("1e9", "gigawatt"))
    ),
)


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
@pytest.mark.parametrize("name", ["ranges", "losses"])
def test_no_vertical_line_crosses_or_touches_a_label(name: str, texts: Texts, width: str) -> None:
    scene = lay_out(CHARTS[name], EDITION, texts, width=width)
    lines = [(patch.points[0][0], sorted(y for _, y in patch.points)) for patch in vertical_lines(scene)]
    assert lines
    for label in labels_of(scene):
        left, top, right, bottom = label.bounds
        crossing = [x for x, (high, low) in lines if left - 1 < x < right + 1 and high < bottom and top < low]
        assert not crossing, label.text


def vertical_lines(scene: Scene) -> list[Patch]:
    return [patch for patch in patches_of(scene) if patch.codes == "ML" and patch.points[0][0] == patch.points[1][0]]


@pytest.mark.parametrize(
    ("labels", "segments"),
    [
        ([], [(0, 100)]),
        ([Label(x=20, y=50, text="beside", size=10)], [(0, 100)]),
        ([Label(x=0, y=50, text="upon it", size=10)], [(0, 37), (56.5, 100)]),
        ([Label(x=0, y=97, text="at the end", size=10)], [(0, 84)]),
        ([Label(x=0, y=30, text="one", size=10), Label(x=0, y=45, text="other", size=10)], [(0, 17), (51.5, 100)]),
    ],
)
def test_a_vertical_line_is_interrupted_at_labels(labels: list[Label], segments: list[tuple[float, float]]) -> None:
    assert list(clear_segments(labels, 5, 0, 100)) == segments


SCALE = Scale(low=Decimal(0), high=Decimal(100), start=0.0, end=100.0)


@pytest.mark.parametrize(
    ("value", "extents"),
    [
        ("40", [(0, 40)]),
        ("40..60", [(0, 40), (40, 60)]),
        (">=40", [(0, 40), (30, 36)]),  # the head of an arrow inside its end
        ("<=60", [(0, 60), (60, 60)]),
        ("-40", [(-40, 0)]),
        ("-60..-40", [(-40, 0), (-60, -40)]),
        ("~40", [(0, 40)]),
    ],
)
def test_a_bar_is_filled_where_certain_and_empty_where_not(value: str, extents: list[tuple[float, float]]) -> None:
    quantity = fact("quantity", value, "observed", say("一", "one"))
    item = ResolvedSpec(CHARTS["bars"], replace(EDITION, facts={quantity.id: quantity}), TEXTS["en"]).item(quantity.id)
    patches = [(min(x for x, _ in patch.points), max(x for x, _ in patch.points)) for patch in bar(item, SCALE, 10, 20)]
    assert patches == extents


@every_width
@every_language
def test_the_value_of_a_negative_bar_is_at_its_left_end_or_on_a_narrow_canvas_across_from_it(texts: Texts, width: str) -> None:
    scene, spec = lay_out(CHARTS["losses"], EDITION, texts, width=width), ResolvedSpec(CHARTS["losses"], EDITION, texts)
    zero = vertical_lines(scene)[0].points[0][0]
    bounds = {label.text: label.bounds for label in labels_of(scene)}
    bars = {patch.row: min(x for x, _ in patch.points) for patch in patches_of(scene) if patch.row is not None}
    for row, key in enumerate(("loss", "slump")):
        left, _, right, _ = bounds[spec.item(key).short]
        assert bars[row] < zero
        assert right < bars[row] if width == "wide" else 0 < left - zero < 12
        assert spec.item(key).short.count("\u2212") == 1  # a true minus sign
    left, _, right, _ = bounds[f"+{spec.item('dam').short}"]
    assert left > zero if width == "wide" else 0 < zero - right < 12


@every_width
@every_language
def test_pairs_name_both_facts_above_the_first_row_and_their_axis_has_ticks(texts: Texts, width: str) -> None:
    scene = lay_out(CHARTS["pairs"], EDITION, texts, width=width)
    first = min(y for patch in patches_of(scene) if patch.row == 0 for _, y in patch.points)
    words = {texts.fill(SPECS["pairs"][key]).capitalize() for key in ("from_label", "to_label")}
    assert words <= {label.text for label in labels_of(scene) if label.y < first}
    assert {patch.stroke for patch in patches_of(scene) if patch.row is not None} == {"c6", "c1", "muted"}
    spec = ResolvedSpec(CHARTS["pairs"], EDITION, texts)
    ticks_ = {spec.tick(Decimal(billions) * 10**9, EUR) for billions in (0, 20, 40, 60)}
    assert ticks_ <= {label.text for label in labels_of(scene)}


@every_width
@every_language
def test_a_bar_lies_on_the_bar_of_its_plan(texts: Texts, width: str) -> None:
    scene = lay_out(CHARTS["plans"], EDITION, texts, width=width)
    ends = [max(x for x, _ in patch.points) for patch in patches_of(scene) if patch.row == 0]
    starts = {min(x for x, _ in patch.points) for patch in patches_of(scene) if patch.row == 0}
    assert len(starts) == 1
    assert (ends[0] - min(starts)) / (ends[1] - min(starts)) == pytest.approx(72.22 / 30)


@every_language
def test_who_is_paid_and_pays_on_stands_once_in_the_middle(texts: Texts) -> None:
    scene = lay_out(CHARTS["layers"], EDITION, texts, width="wide")
    names = [texts.name(key).split()[0] for key in ("state", "bank", "firm")]
    places = [next(label.bounds for label in labels_of(scene) if label.text.startswith(name)) for name in names]
    assert all(one[2] < other[0] + 40 for one, other in pairwise(places))
    assert Counter(label.text for label in labels_of(scene))[names[1]] == 1


@every_width
@every_language
def test_two_series_of_ranges_follow_each_other_under_their_headings(texts: Texts, width: str) -> None:
    scene = lay_out(CHARTS["two_ranges"], EDITION, texts, width=width)
    spec = ResolvedSpec(CHARTS["two_ranges"], EDITION, texts)
    headings = [spec.phrase(key) for key in ("from_label", "to_label")]
    heights = [next(label.y for label in labels_of(scene) if label.text == heading) for heading in headings]
    rows = {patch.row: patch.points[0][1] for patch in patches_of(scene) if patch.row is not None}
    assert sorted(rows) == list(range(8))
    assert heights[0] < rows[0]
    assert rows[3] < heights[1] < rows[4]


@every_width
@every_language
def test_a_node_is_as_high_as_its_bands_and_bounds_are_said_by_labels_alone(texts: Texts, width: str) -> None:
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
    assert not {texts.language.word(f"chart.{key}") for key in ("about", "range", "at_least", "at_most")} & set(words)


@every_width
@every_language
@pytest.mark.parametrize("edition", [EDITION, None], ids=["small", "flagship"])
def test_dots_and_leader_lines_of_events_do_not_overlap(edition: report.Edition | None, texts: Texts, width: str) -> None:
    texts = texts if edition else next(other for other in flagship_texts() if other.language.code == texts.language.code)
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


@every_language
def test_events_of_a_theme_stand_below_its_name_at_heights_in_proportion_to_time(texts: Texts) -> None:
    scene = lay_out(CHARTS["lanes"], EDITION, texts)
    names = [label for label in labels_of(scene) if label.y < texts_top(scene)]
    lanes = [texts.fill(lane["label"]) for lane in CHARTS["lanes"].options["lanes"]]  # type: ignore[attr-defined]
    assert [label.text for label in names] == lanes
    dots = [middle(patch) for patch in patches_of(scene) if patch.stroke in {"c1", "c6"}]
    ends = {round(patch.points[0][0], 3): max(y for _, y in patch.points) for patch in vertical_lines(scene)}
    assert all(max(y for at, y in dots if at == x) == pytest.approx(end) for x, end in ends.items()), "lines end at the last"
    columns = [sorted(y for at, y in dots if at == x) for x in sorted({x for x, _ in dots})]
    assert [len(column) for column in columns] == [4, 3]
    (first, _, later, last), _ = columns
    days = [EVENTS[f"step_{number}"].date.first.toordinal() for number in (0, 4, 6)]
    assert (later - first) / (last - first) == pytest.approx((days[1] - days[0]) / (days[2] - days[0]), abs=0.02)


def test_a_theme_stands_beside_the_dates_of_its_events_on_a_narrow_canvas() -> None:
    labels = [label.text for label in labels_of(lay_out(CHARTS["lanes"], EDITION, TEXTS["en"], width="narrow"))]
    assert labels.count("Contracts") == 4
    assert labels.count("Courts and referendums") == 3


def texts_top(scene: Scene) -> float:
    """The upper end of the axes of a timeline by theme."""
    return min(y for patch in vertical_lines(scene) for _, y in patch.points)


def middle(patch: Patch) -> tuple[float, float]:
    xs, ys = zip(*patch.points, strict=True)
    return round((min(xs) + max(xs)) / 2, 3), (min(ys) + max(ys)) / 2


@every_width
@every_language
def test_columns_of_one_series_have_no_name_and_the_highlighted_one_its_value(texts: Texts, width: str) -> None:
    scene = lay_out(CHARTS["one_column"], EDITION, texts, width=width)
    spec = ResolvedSpec(CHARTS["one_column"], EDITION, texts)
    written = {label.text for label in labels_of(scene) if label.bold}
    highlighted = spec.cell(SERIES, "spent", SERIES.rows[0])
    assert highlighted is not None
    assert written == {highlighted.short}
    assert texts.fill(say("支出", "Spending")) not in {label.text for label in labels_of(scene)}
    assert {patch.row: patch.fill for patch in patches_of(scene) if patch.row is not None} == {
        0: "c1",
        1: "c6",
        2: "c6",
        3: "c6",
    }


@every_width
@every_language
def test_a_part_lies_in_its_bar_from_zero_on_and_says_its_value(texts: Texts, width: str) -> None:
    scene = lay_out(CHARTS["parts_of_rows"], EDITION, texts, width=width)
    for row in (0, 1):
        whole = next(patch for patch in patches_of(scene) if patch.row == row and patch.stroke == "c6")
        part = next(patch for patch in patches_of(scene) if patch.row == row and patch.stroke == "c1")
        ends = [[min(x for x, _ in patch.points), max(x for x, _ in patch.points)] for patch in (whole, part)]
        assert ends[0][0] == pytest.approx(ends[1][0])
        assert ends[1][1] < ends[0][1]
    spec = ResolvedSpec(CHARTS["parts_of_rows"], EDITION, texts)
    assert any(label.text.endswith(spec.item("solar").short) for label in labels_of(scene))
    table = tabulate(CHARTS["parts_of_rows"], EDITION, texts)
    assert table.columns[2] == spec.phrase("part_label")
    assert [row[2].text for row in table.rows] == [spec.item("solar").long, spec.item("tidal").long, ""]


@every_width
@every_language
def test_what_a_point_is_stands_below_its_value_where_that_differs_from_row_to_row(texts: Texts, width: str) -> None:
    labels = labels_of(lay_out(CHARTS["named_pairs"], EDITION, texts, width=width))
    spec = ResolvedSpec(CHARTS["named_pairs"], EDITION, texts)
    below = [label for label in labels if label.text == texts.fill(say("二期工事", "Second phase"))]
    above = [next(label for label in labels if label.text == spec.item(key).short) for key in ("dam", "solar")]
    for name, value in zip(below, above, strict=True):
        assert name.y > value.y
        assert (name.x, name.anchor) == (value.x, value.anchor)


def test_areas_are_true_to_scale() -> None:
    scene = lay_out(CHARTS["areas"], EDITION, TEXTS["en"])
    outlines = [shape.points for shape in scene.shapes if isinstance(shape, Patch)]
    sizes = [[max(coordinates) - min(coordinates) for coordinates in zip(*points, strict=True)] for points in outlines]
    (long, short), (side, same) = sizes
    assert long / short == pytest.approx(4)
    assert side == pytest.approx(same)
    assert side * same == pytest.approx(long * short)


def test_what_happened_is_planned_estimated_or_in_dispute_looks_different_without_colour() -> None:
    groups = [("observed", "reported"), ("announced", "forecast"), ("estimated",), ("disputed",), ("claimed",)]
    looks = [{(style.solid, style.hatch, style.dashes) for style in map(status_style, group)} for group in groups]
    assert [len(look) for look in looks] == [1] * len(groups)
    assert len(set.union(*looks)) == len(groups)
    assert {status for group in groups for status in group} == set(STATUS_STYLES)


def test_what_was_announced_of_a_time_that_is_over_is_drawn_as_what_happened() -> None:
    given = fact("given", "8e9", "announced", say("一", "one"))
    dated = replace(given, id="dated", period=periods.parse("2026-05"))
    to_come = replace(given, id="to_come", period=periods.parse("2027"))
    spec = ResolvedSpec(CHARTS["bars"], replace(EDITION, facts={one.id: one for one in (given, dated, to_come)}), TEXTS["en"])
    assert [spec.item(key).look for key in ("given", "dated", "to_come")] == ["announced", "observed", "announced"]


@every_width
@every_language
@pytest.mark.parametrize("name", ["stack", "parts"])
def test_parts_of_a_whole_follow_each_other_in_one_bar(name: str, texts: Texts, width: str) -> None:
    scene = lay_out(CHARTS[name], EDITION, texts, width=width)
    bars = [patch for patch in patches_of(scene) if patch.row and patch.codes.endswith("Z") and patch.stroke != "paper"]
    boxes = {patch.row or 0: [sorted({round(point[side]) for point in patch.points}) for side in (0, 1)] for patch in bars}
    along = 0 if len({tuple(box[1]) for box in boxes.values()}) == 1 else 1  # lying or upright
    assert all(one[along][-1] == other[along][0] for one, other in pairwise(boxes[row] for row in sorted(boxes)))


@every_width
@pytest.mark.parametrize(("name", "known"), [("stack", 30 / 72), ("parts", 80 / 85)])
def test_the_bracket_of_a_total_runs_along_its_bar_and_is_dashed_where_no_part_is_certain(
    name: str, known: float, width: str
) -> None:
    patches = patches_of(lay_out(CHARTS[name], EDITION, TEXTS["en"], width=width))
    along = 1 if width == "narrow" else 0
    solid, dashed = (
        [patch for patch in patches if patch.row == 0 and bool(patch.dashes) is dashed] for dashed in (False, True)
    )
    lengths = [abs(one.points[-1][along] - one.points[0][along]) for one in (*solid, *dashed)]
    assert len(solid) == len(dashed) == 1
    assert lengths[0] / sum(lengths) == pytest.approx(known)
    assert all(
        max(depth) - min(depth) == 6 for one in (*solid, *dashed) if (depth := [point[1 - along] for point in one.points])
    )


def test_the_legend_is_left_out_where_the_title_says_what_all_marks_are() -> None:
    chart = replace(CHARTS["bars"], options={"rows": ({"fact": "solar"},)})
    word = TEXTS["en"].language.word("status.estimated").capitalize()
    assert word in [label.text for label in labels_of(lay_out(chart, EDITION, TEXTS["en"]))]
    said = replace(chart, measure=say("推計", "Euros, estimated"))
    assert word not in [label.text for label in labels_of(lay_out(said, EDITION, TEXTS["en"]))]


def test_every_mark_has_options() -> None:
    assert set(OPTIONS) == set(MARKS)
    for mark, options in SPECS.items():
        assert set(options) <= set(OPTIONS[mark])
        assert {key for key, option in OPTIONS[mark].items() if option.required} <= set(options)


@pytest.mark.parametrize(
    ("keys", "labels"),
    [
        (("100", "1000", "1e5"), ["100", "1,000", "100,000"]),
        (("1990", "2000", "2010"), ["1990", "2000", "2010"]),
        (("2024", "2025", "all"), ["2024", "2025", "all"]),
    ],
)
def test_rows_that_are_named_by_numbers_are_no_years(keys: tuple[str, ...], labels: list[str]) -> None:
    series = replace(EDITION.series["sizes"], rows=tuple(replace(EDITION.series["sizes"].rows[0], key=key) for key in keys))
    spec = ResolvedSpec(CHARTS["loglog"], replace(EDITION, series={**EDITION.series, "sizes": series}), TEXTS["en"])
    assert [spec.row_label(row) for row in spec.series().rows] == labels


@pytest.mark.parametrize(
    ("stated", "unit", "multiple", "shown"),
    [
        ("1.121e9", WATTS, "1e8", "1.1 GW"),
        ("433e6", WATTS, "1e8", "0.4 GW"),
        ("0.96e9", WATTS, "1e8", "1.0 GW"),
        ("843e6", WATTS, "1e7", "0.84 GW"),
        ("0.7e9", WATTS, "1e7", "0.70 GW"),
        ("943", WATTS, "1", "0.943 kW"),
        ("<=1.24e9", WATTS, "1e8", "up to 1.2 GW"),  # an announced maximum is rounded as other numbers
        ("<1.2e9", WATTS, "1e8", "less than 1.2 GW"),
        (">=1.29e9", WATTS, "1e8", "at least 1.2 GW"),
        (">1.21e9", WATTS, "1e8", "more than 1.2 GW"),
        ("1.21e9..1.24e9", WATTS, "1e8", "about 1.2 GW"),
        ("~12.31e9", EUR, "1e9", "about €12B"),
        ("2.5e9", EUR, "1e9", "€3B"),
        ("66.4e9..72.5e9", EUR, "1e9", "€66B–€73B"),
    ],
)
def test_values_are_rounded_to_a_multiple_at_one_scale(stated: str, unit: Unit, multiple: str, shown: str) -> None:
    rounded = to_multiple(values.parse(stated), unit, Decimal(multiple))
    assert TEXTS["en"].word_value(*rounded, "short") == shown


@every_width
@every_language
def test_several_stacks_share_a_scale_and_have_each_label_in_its_part_or_beside_its_line_or_bar(
    texts: Texts, width: str
) -> None:
    chart = CHARTS["several"]
    scene = lay_out(chart, EDITION, texts, width=width)
    rows = tabulate(chart, EDITION, texts).rows
    assert {patch.row for patch in patches_of(scene) if patch.row is not None} == set(range(len(rows)))
    wide = {patch.row: max(x for x, _ in patch.points) - min(x for x, _ in patch.points) for patch in patches_of(scene)}
    assert wide[3] == pytest.approx(wide[4])  # the same fact in both
    names = [texts.fill(say(*both)) for both in (("計画", "Planned"), ("実績", "Built"))]
    assert [row[0].text for row in rows] == [names[0]] * 4 + [names[1]] * 2
    leaders = [patch for patch in patches_of(scene) if patch.stroke == "muted" and patch.codes == "MLLL"]
    parts = {patch.row: patch for patch in patches_of(scene) if patch.row is not None}
    names_of = {row: rows[row][0].text for row in parts}
    inside = [
        row
        for row, patch in parts.items()
        for label in labels_of(scene)
        if _holds(patch, label.bounds) and label.text == rows[row][1].text
    ]
    whole = {
        row: max(x for other in parts if names_of[other] == name for x, _ in parts[other].points)
        for row, name in names_of.items()
    }
    beside = [
        row
        for row, patch in parts.items()
        for label in labels_of(scene)
        if label.bounds[0] > whole[row]
        and label.text == rows[row][1].text
        and patch.points[0][1] < label.y < patch.points[2][1]
    ]
    hung = {patch.points[0][1] - 2 for patch in leaders}
    below = [row for row, patch in parts.items() if width == "narrow" and not {max(y for _, y in patch.points)} & hung]
    below = [row for row in below if row not in {*inside, *beside}]
    for row in below:
        bottom = max(y for _, y in parts[row].points)
        assert any(label.text == rows[row][1].text and bottom < label.y < bottom + 60 for label in labels_of(scene))
    assert len(leaders) + len(inside) + len(beside) + len(below) == len(rows)
    assert inside or width == "narrow"
    grounds = [
        patch for patch in patches_of(scene) if patch.row is None and patch.codes == "MLLLZ" and patch.fill.endswith("-soft")
    ]
    for row in inside:
        left, right = (end(x for x, _ in parts[row].points) for end in (min, max))
        [ground] = [[x for x, _ in one.points] for one in grounds if left < one.points[0][0] < right] or [[left, left]]
        assert max(ground) - min(ground) < 0.8 * (right - left), "a part with little hatch would look filled"
    for label in labels_of(scene):
        left, top, right, bottom = label.bounds
        through = [
            one
            for one in leaders
            if left < one.points[-1][0] < right and one.points[-1][1] > top and one.points[-2][1] < bottom
        ]
        assert not through, label.text


def _holds(patch: Patch, bounds: tuple[float, float, float, float]) -> bool:
    left, top, right, bottom = bounds
    xs, ys = [x for x, _ in patch.points], [y for _, y in patch.points]
    return min(xs) <= left and right <= max(xs) and min(ys) <= top and bottom <= max(ys)


@every_width
@every_language
def test_the_total_of_one_of_several_stacks_stands_beside_its_label_and_in_its_row_of_the_table(
    texts: Texts, width: str
) -> None:
    names = (say("全体", "All"), say("一つ", "One"))
    rows = ({"label": names[0], "parts": ("solar", "tidal"), "total": "wind"}, {"label": names[1], "parts": ("solar",)})
    chart = replace(CHARTS["several"], options={"rows": rows})
    told = {label.text: label for label in labels_of(lay_out(chart, EDITION, texts, width=width))}
    for name, key in zip(names, ("wind", "solar"), strict=True):
        value = told[texts.value(FACTS[key], "short")]
        assert value.bold
        assert value.y == told[texts.fill(name)].y
    whole = f"{texts.fill(names[0])} {texts.value(FACTS['wind'], 'short')}"
    assert [row[0].text for row in tabulate(chart, EDITION, texts).rows] == [whole, whole, texts.fill(names[1])]


@every_width
@every_language
def test_bars_have_notes_beside_their_names_and_stand_in_groups(texts: Texts, width: str) -> None:
    groups = (say("払った", "Paid"), say("約束した", "Promised"))
    rows: tuple[dict[str, object], ...] = (
        {"fact": "dam", "label": say("ダム", "Dam"), "group": groups[0], "note": say("国", "state"), "planned": False},
        {"fact": "grid", "group": groups[0]},
        {"fact": "wind", "group": groups[1], "planned": True, "emphasis": True},
    )
    chart = replace(CHARTS["bars"], options={"rows": rows, "references": ("grid",)})
    scene = lay_out(chart, EDITION, texts, width=width)
    told = {label.text: label for label in labels_of(scene)}
    first, second = (told[texts.fill(group)] for group in groups)
    names = [told[texts.fill(say("ダム", "Dam"))], *(told[texts.short_label(FACTS[key])] for key in ("grid", "wind"))]
    assert [first.y < names[0].y < names[1].y < second.y < names[2].y] == [True]
    note = told[texts.fill(say("国", "state"))]
    assert (note.colour, note.y < names[1].y) == ("muted", True)
    drawn = [patch for patch in patches_of(scene) if patch.row is not None]
    assert {patch.row for patch in drawn if patch.hatch} == {2}
    across = [y for patch in patches_of(scene) if patch.stroke == "ink" for _, y in patch.points]
    tops = [min(y for patch in drawn if patch.row == row for _, y in patch.points) for row in range(3)]
    assert tops[1] - 2 <= min(across) < tops[2] < max(across)  # from the row that it is to the one that the chart is about
    table = tabulate(chart, EDITION, texts)
    assert [row[0].text for row in table.rows] == [texts.fill(group) for group in (groups[0], *groups)]
    assert texts.fill(say("国", "state")) in table.rows[0][1].text
    described = describe(chart, EDITION, texts)
    assert all(texts.fill(group) in described for group in groups)


@every_width
@every_language
def test_an_expected_value_is_named_beside_its_box_or_at_the_right_where_lines_are_in_the_way(texts: Texts, width: str) -> None:
    plan = replace(FACTS["grid"], period=periods.parse("2026-Q3"))
    for value, beside in (("66e9..72e9", True), ("17e9..18e9", False)):
        edition = replace(EDITION, facts={**FACTS, "grid": replace(plan, value=values.parse(value))})
        options = {"series": "quarters", "columns": ("spent",), "expected": ("grid",)}
        chart = replace(CHARTS["trend"], mark="line", options=options)
        scene = lay_out(chart, edition, Texts(edition, texts.language), width=width)
        [box] = [patch for patch in patches_of(scene) if patch.dashes == (4, 3) and patch.row is not None]
        named = [label for label in labels_of(scene) if label.anchor in ("end", "middle") and label.bold]
        assert bool(named) is beside, value
        (left, top), (right, bottom) = box.points[0], box.points[2]
        for one in (label.bounds for label in named):
            assert one[2] < left or (left < one[0] and one[2] < right and top < one[1] and one[3] < bottom)


@every_width
def test_the_axis_of_shares_reaches_from_nothing_to_all(width: str) -> None:
    share = fact("rate", "0.4", "estimated", say("割合", "Rate"), Unit(id="ratio", dimension={}, percent=True))
    edition = replace(EDITION, facts={**FACTS, "rate": share})
    chart = replace(CHARTS["bars"], options={"rows": ({"fact": "rate"},), "axis": True, "references": ("rate",)})
    texts = Texts(edition, LANGUAGES["en"])
    scene = lay_out(chart, edition, texts, width=width)
    ticks = [label for label in labels_of(scene) if label.anchor == "middle"]
    assert [(ticks[0].text, ticks[-1].text)] == [("0", "100%")]
    [bar] = [patch for patch in patches_of(scene) if patch.row == 0]
    assert (bar.points[1][0] - bar.points[0][0]) / (ticks[-1].x - bar.points[0][0]) == pytest.approx(0.4, abs=0.03)


@every_width
def test_an_area_that_is_claimed_has_the_accent_and_tells_its_width_too(width: str) -> None:
    scene = lay_out(CHARTS["claimed"], EDITION, TEXTS["en"], width=width)
    assert {patch.stroke for patch in patches_of(scene) if patch.row == 0} == {"c1"}
    told = " ".join(label.text for label in labels_of(scene))
    assert TEXTS["en"].value(FACTS["field"], "short") in told
    assert TEXTS["en"].value(FACTS["length"], "short") in told


@every_width
@every_language
def test_what_has_become_of_a_unit_stands_beside_it_or_below_it_behind_an_arrow(texts: Texts, width: str) -> None:
    scene = lay_out(CHARTS["changes"], EDITION, texts, width=width)
    boxes = [patch for patch in patches_of(scene) if patch.row is not None and patch.codes == "MLLLZ"]
    assert [(box.row, box.fill) for box in boxes] == [(0, "paper"), (1, "paper"), (2, "c1-soft"), (3, "paper")]
    assert sum(patch.codes == "MLLZ" for patch in patches_of(scene)) == (2 if width == "narrow" else 0)
    told = " ".join(label.text for label in labels_of(scene))
    assert all(texts.fill(say(*words)) in told for words in (("はじめ", "At first"), ("その後", "Since then")))
    cells = [[cell.text for cell in row] for row in tabulate(CHARTS["changes"], EDITION, texts).rows]
    assert [bool(row[2]) for row in cells] == [False, True, True, False]


@every_width
@every_language
def test_what_came_later_has_a_column_of_its_own_or_arrows_before_it(texts: Texts, width: str) -> None:
    chart = replace(CHARTS["changes"], options={**CHARTS["changes"].options, "then_label": say("のちに", "Later")})
    scene, word = lay_out(chart, EDITION, texts, width=width), texts.fill(say("のちに", "Later"))
    found = [label for label in labels_of(scene) if label.text == word]
    root, nodes = chart.options["root"], chart.options["nodes"]
    assert isinstance(root, dict)
    assert isinstance(nodes, tuple)
    told = [node for node in (root, *nodes) if "then" in node]
    assert len(found) == 1
    arrows = [patch for patch in patches_of(scene) if patch.codes == "MLLZ"]
    assert len(arrows) == (1 + len(told) if width == "narrow" else 0), "one in the head, one for each"
    table = tabulate(chart, EDITION, texts)
    assert table.columns[-1] == word
    assert [bool(row[3].text) for row in table.rows].count(True) == len(told)


@every_width
def test_what_is_promised_is_hatched_and_what_is_paid_is_filled(width: str) -> None:
    scene = lay_out(CHARTS["promised"], EDITION, TEXTS["en"], width=width)
    bands = {
        row: [patch for patch in patches_of(scene) if patch.row == row and patch.fill != "paper" and patch.codes == "MCCCLCCCZ"]
        for row in (0, 1)
    }
    assert [(bool(one.hatch), one.fill) for one in bands[0]] == [(False, "c1")]
    assert [(bool(one.hatch), one.fill) for one in bands[1]] == [(True, "c1-soft")]
    table = tabulate(CHARTS["promised"], EDITION, TEXTS["en"])
    assert [row[-1].text for row in table.rows] == ["announced", "announced"]  # as it is known


def test_the_flows_of_two_layers_stand_below_each_other_on_a_narrow_canvas() -> None:
    scene = lay_out(CHARTS["layers"], EDITION, TEXTS["en"], width="narrow")
    first, second = ([y for patch in patches_of(scene) if patch.row == row for _, y in patch.points] for row in (0, 1))
    assert max(first) < min(second)

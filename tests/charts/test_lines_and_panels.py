"""Ticks, lines of reference and their names, and texts on hatches: the same in every language and on both canvases."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import combinations
from math import fsum, hypot

import pytest
from sample_charts import CHARTS, EDITION, TEXTS, every_width
from sample_reports import flagship_texts
from sample_scenes import box, labels_of

from generator.charts.axes import NEAR_LINE
from generator.charts.chart_texts import sentence_case
from generator.charts.layout import lay_out
from generator.charts.resolved_spec import ResolvedSpec
from generator.charts.rows import LABEL_GAP
from generator.charts.scales import known_bounds
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


def with_options(name: str, texts: Texts, width: str, **options: object) -> Scene:
    """A chart of this repository's report with other options, or without those that are None."""
    chart = texts.edition.charts[name]
    told = {key: value for key, value in {**chart.options, **options}.items() if value is not None}
    return lay_out(replace(chart, options=told), texts.edition, texts, width=width)


def with_change(texts: Texts, width: str) -> Scene:
    """Estimates of one total over time as ranges, with the change between the first and the last."""
    chart, edition = texts.edition.charts["hyperscaler_2026"], texts.edition
    options = {"series": "hyperscaler_total_2026", "change": "hyperscaler_total_rise", "legend": False}
    return lay_out(replace(chart, mark="ranges", options=options), edition, texts, width=width)


def with_reference_below(texts: Texts, width: str) -> Scene:
    """Bars in groups with a line of reference that begins at the last row of the first group."""
    names = [Phrase(texts={"ja": "資金", "en": "From"}), Phrase(texts={"ja": "支払い", "en": "To"})]
    facts = [*("hyperion_bonds_blackrock", "hyperion_jv_cash", "hyperion_bonds_pimco", "bond_sales_total")]
    facts += ["amd_deal_value", "coreweave_total", "nebius_firm_total"]
    rows = tuple(
        {"fact": fact, "group": names[number > 3], "emphasis": fact == "amd_deal_value", "planned": number > 3}
        for number, fact in enumerate(facts)
    )
    references = ({"fact": "bond_sales_total", "label": Phrase(texts={"ja": "社債", "en": "Bonds"})},)
    return with_options("money_flows", texts, width, rows=rows, references=references)


DRAWN = {"ranges with a change": with_change, "bars with a reference below": with_reference_below}


def vertical_lines(scene: Scene) -> list[Patch]:
    patches = [shape for shape in scene.shapes if isinstance(shape, Patch)]
    return [patch for patch in patches if patch.codes == "ML" and patch.points[0][0] == patch.points[1][0]]


def references(scene: Scene) -> list[Patch]:
    """The upright lines of reference, dashed or solid, and those that lead to a change."""
    return [line for line in vertical_lines(scene) if line.stroke == "ink" or (line.dashes and line.stroke_width > 1)]


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
@pytest.mark.parametrize("name", [*DRAWN, "growth_demanded", "built_and_planned"])
def test_a_value_stands_beside_its_mark_and_lines_of_reference_leave_it_clear(name: str, texts: Texts, width: str) -> None:
    scene = DRAWN[name](texts, width) if name in DRAWN else drawn(name, texts, width)
    lines = references(scene)
    assert lines
    past = max(box(one)[2] for one in lines) + LABEL_GAP  # where a value would lie on the line
    for label in labels_of(scene):
        assert not any(meet(label.bounds, box(line)) for line in lines), label.text
    marks = [shape for shape in scene.shapes if isinstance(shape, Patch) and shape.row is not None]
    for row in {mark.row for mark in marks}:
        boxes = [box(mark) for mark in marks if mark.row == row]
        right, (top, bottom) = max(one[2] for one in boxes), boxes[0][1::2]
        beside = [one for one in labels_of(scene) if one.anchor == "start" and one.bounds[1] < bottom and one.bounds[3] > top]
        value = min((one for one in beside if one.x > right), key=lambda one: one.x)
        told = {} if name in DRAWN else texts.edition.charts[name].options
        column = told.get("values") == "column"  # behind the longest of all
        assert column or value.x - right <= LABEL_GAP + NEAR_LINE or value.x == pytest.approx(past), value.text


@every_width
@every_flagship_language
@pytest.mark.parametrize("name", ["growth_demanded", "built_and_planned", "ranges with a change", "accelerators"])
def test_a_line_of_reference_is_named_at_its_head(name: str, texts: Texts, width: str) -> None:
    if (name, width) == ("accelerators", "narrow"):
        words = [one.text for one in labels_of(drawn(name, texts, width))]
        assert not any(texts.fill(one["label"]) in words for one in texts.edition.charts[name].options["references"])  # type: ignore[attr-defined]
        return  # the row that it is says it
    scene = DRAWN[name](texts, width) if name in DRAWN else drawn(name, texts, width)
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
    plain = [with_reference_below(texts, width), drawn("pay_packages", texts, width)]
    assert all(line.dashes for scene in plain for line in references(scene))


@every_width
@every_flagship_language
def test_neither_a_line_of_reference_nor_the_dashed_end_of_a_bar_hides_the_other(texts: Texts, width: str) -> None:
    scene = drawn("growth_demanded", texts, width)
    [line] = references(scene)
    frames = [one for one in scene.shapes if isinstance(one, Patch) and one.row is not None and one.dashes]
    met = [one for one in frames if box(one)[0] < line.points[0][0] < box(one)[2]]
    below, above = ([one for one in met if (one.fill == "paper") is filled] for filled in (True, False))
    assert below
    assert [one.points for one in above] == [one.points for one in below]
    order = [*below, line, *above]
    assert sorted(order, key=scene.shapes.index) == order


@every_width
@every_flagship_language
def test_a_line_of_reference_that_begins_further_down_is_named_beside_it_between_groups(texts: Texts, width: str) -> None:
    scene = with_reference_below(texts, width)
    [line] = references(scene)
    [name] = [
        label for label in labels_of(scene) if 0 < label.x - line.points[0][0] < 6 and label.bounds[3] < line.points[1][1]
    ]
    bars = [box(patch) for patch in scene.shapes if isinstance(patch, Patch) and patch.row is not None]
    assert line.points[0][1] < name.bounds[1]
    assert not any(meet(name.bounds, bar) for bar in bars)


def test_many_rows_have_their_labels_beside_their_bars_in_every_language_with_notes_beside_or_below() -> None:
    for code, texts in FLAGSHIP.items():
        scene = drawn("meta_sites_power", texts, "narrow")
        assert all(label.anchor == "end" for label in labels_of(scene) if label.x < scene.width / 3)
        notes = [label for label in labels_of(scene) if label.colour == "muted"]
        names = [label for label in labels_of(scene) if label.anchor == "end" and label.colour != "muted"]
        assert len(notes) == len(names) > 8
        for name, note in zip(names, notes, strict=True):
            below = note.bounds[1] > name.bounds[3] - 4
            assert below if code == "ja" else note.bounds[0] > name.bounds[2]


@every_width
@every_flagship_language
def test_what_a_value_comes_to_stands_below_it_or_in_its_bar(texts: Texts, width: str) -> None:
    scene = drawn("meta_sites_power", texts, width)
    chart = texts.edition.charts["meta_sites_power"]
    told = ResolvedSpec.of(chart, texts.edition, texts).phrase("comparison")
    [more] = [label for label in labels_of(scene) if label.text == told]
    [value] = [label for label in labels_of(scene) if label.bold and label.anchor == "start"]
    if width == "narrow":  # in the bar, which is longer then
        [bar] = [box(one) for one in scene.shapes if isinstance(one, Patch) and one.row == 0]
        assert bar[0] < more.bounds[0] < more.bounds[2] < bar[2] < value.bounds[0]
        assert bar[1] < more.bounds[1] < more.bounds[3] < bar[3]
        return
    assert more.x == value.x
    assert value.bounds[3] <= more.bounds[1] + 4
    assert more.bounds[2] <= scene.width


@every_width
@every_flagship_language
def test_an_axis_of_points_need_not_begin_at_zero_and_says_so(texts: Texts, width: str) -> None:
    scene = drawn("hyperscaler_2026", texts, width)
    assert any(label.text == texts.language.word("chart.not_zero") for label in labels_of(scene))
    whole = with_options("hyperscaler_2026", texts, width, zero=None)
    starts = [
        min(box(one)[0] for one in each.shapes if isinstance(one, Patch) and one.row is not None) for each in (scene, whole)
    ]
    assert starts[0] < starts[1]
    bars = with_options("hyperscaler_2026", texts, width, points=None)  # whose lengths mean nothing without zero
    assert not any(label.text == texts.language.word("chart.not_zero") for label in labels_of(bars))


def test_a_narrow_axis_of_a_change_has_its_unit_at_the_last_tick_where_it_has_no_room_at_all() -> None:
    ticks = {code: ticks_below(with_change(texts, "narrow")) for code, texts in FLAGSHIP.items()}
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
    parts = texts.edition.charts["hyperion_jv"].options["parts"]
    scene = with_options("hyperion_jv", texts, "wide", planned=parts, pale=())
    panels = [box(one) for one in scene.shapes if isinstance(one, Patch) and one.fill and not one.hatch and not one.stroke]
    inside = [(one, label.bounds[2]) for one in panels for label in labels_of(scene) if meet(one, label.bounds)]
    assert len(inside) >= 2
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
    first, second = labels_of(drawn("hyperion_gas", texts, width))[:2]
    chart: report.Chart = texts.edition.charts["hyperion_gas"]
    fact = texts.edition.facts[str(chart.options["total"])]
    named = sentence_case(texts.short_label(fact), texts)
    assert (first.text, first.bold, second.bold, first.y) == (named, False, True, second.y)


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
def test_parts_of_a_short_stack_are_named_in_it_or_below_it_at_lines_of_their_own(texts: Texts, width: str) -> None:
    scene = drawn("obligations", texts, width)
    parts = [box(shape) for shape in scene.shapes if isinstance(shape, Patch) and shape.row in (0, 1) and shape.fill]
    facts = [texts.edition.facts[key] for key in ("contractual_commitments_2025", "leases_not_commenced_2025")]
    leaders = [shape for shape in scene.shapes if isinstance(shape, Patch) and shape.codes == "MLLL" and shape.row is None]
    for part, fact in zip(parts, facts, strict=True):
        label = next(one for one in labels_of(scene) if one.text == sentence_case(texts.short_label(fact), texts))
        inside = part[0] < label.bounds[0] < label.bounds[2] < part[2] and part[1] < label.y < part[3]
        lines = [one for one in leaders if part[0] < one.points[0][0] < part[2] and abs(one.points[0][1] - part[3]) < 4]
        if width == "narrow":
            assert not lines, "in words below the bar, in its order"
            assert 0 < label.y - part[3] < 40
            continue
        assert inside or len(lines) == 1, fact.id
        assert inside or 0 < label.bounds[0] - lines[0].points[-1][0] < 10, fact.id


@every_width
def test_dots_of_events_before_a_divider_or_of_a_lane_of_context_are_grey(width: str) -> None:
    before, after, tick = ("c6", "c6"), ("c1", "c1"), ("c6", "")
    for name, looks in (
        ("timeline_overview", [before] * 4 + [after] * 10),
        ("turn_in_strategy", [before, tick, after, tick, after, before, after, before]),
    ):
        texts = FLAGSHIP["en"]
        options = texts.edition.charts[name].options
        dots = [one for one in drawn(name, texts, width).shapes if isinstance(one, Patch) and one.stroke_width == 2]
        found = sorted((fsum(y for _, y in one.points) / len(one.points), one.stroke, one.fill) for one in dots)
        assert [(stroke, fill) for _, stroke, fill in found] == looks, (name, options)


@every_width
def test_what_is_agreed_but_not_owed_is_pale_in_a_dashed_outline(width: str) -> None:
    patches = [shape for shape in drawn("obligations", FLAGSHIP["en"], width).shapes if isinstance(shape, Patch)]
    fills = {one.row: (one.fill, bool(one.hatch)) for one in patches if one.row is not None and one.fill}
    assert [fills[row] for row in range(5)] == [("c6-soft", False)] * 2 + [("c1-soft", False)] * 3
    edges = [one for row in range(5) for one in patches if one.row == row and one.stroke]
    assert all(one.dashes for one in edges)
    assert [one.codes for one in edges] == ["MLLL", "MLLLZ", "MLLL", "MLLL", "MLLLZ"]  # an edge of two parts is drawn once


@every_width
@every_flagship_language
def test_the_parts_of_a_single_line_are_named_at_them_and_its_start_with_its_date(texts: Texts, width: str) -> None:
    scene = drawn("prometheus_timeline", texts, width)
    options, labels = texts.edition.charts["prometheus_timeline"].options, labels_of(scene)
    lines = [one for one in scene.shapes if isinstance(one, Patch) and one.codes == "ML" and one.stroke == "c1"]
    for key, dotted in (("known_label", False), ("expected_label", True)):
        phrase = options[key]
        assert isinstance(phrase, Phrase)
        [name] = [one for one in labels if one.text == texts.fill(phrase)]
        assert name.colour == "c1"
        middles: dict[bool, list[tuple[float, float]]] = {False: [], True: []}
        for one in lines:
            middles[bool(one.dashes)].append((fsum(x for x, _ in one.points) / 2, fsum(y for _, y in one.points) / 2))
        left, top, right, bottom = name.bounds
        x, y = (left + right) / 2, (top + bottom) / 2
        nearest = {part: min(hypot(x - at, y - high) for at, high in found) for part, found in middles.items()}
        assert nearest[dotted] < nearest[not dotted]
    started = options["start_label"]
    assert isinstance(started, Phrase)
    assert any(texts.fill(started) in one.text and one.text.startswith("0.08") for one in labels)
    assert not any(one.stroke_width == 3 for one in lines), "a single line needs no key beside its name"


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
        scene, stacked, size = drawn(name, texts, width), texts.edition.charts[name].mark == "stack", CANVASES[width].text_size
        labels, bars = labels_of(scene), [box(one) for one in scene.shapes if isinstance(one, Patch) and one.row is not None]
        for phrase in phrases:
            words = texts.fill(phrase)
            number = start_of(texts.language.word("chart.noted").format(name="", note=words) if stacked else words, labels)
            before, first = labels[number - 1 : number + 1]
            if any(meet(first.bounds, bar) for bar in bars):
                continue  # in its bar, where a narrow canvas has room there
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
    comparison, last = options["comparison"], options["end_label"]
    assert isinstance(comparison, Phrase)
    assert isinstance(last, Phrase)
    told = labels[start_of(texts.fill(comparison), labels)]
    [end] = [label for label in labels if texts.fill(last) in label.text]
    assert told.bounds[2] < end.bounds[0] or (width == "narrow" and end.bounds[3] < told.bounds[1])
    if width == "narrow":  # with its value above the last point, whose line has the width of the canvas
        assert (end.anchor, end.x) == ("end", 339)
        assert end.text.startswith("1.02")
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
    assert bottom >= (outcome[1] + outcome[3]) / 2, "without a gap down to the outcome"
    assert not any(line[3] > outcome[3] for line in dashed), "it ends there: what follows is of another year"
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
def test_labels_below_a_bar_hang_from_the_middles_of_their_parts_on_one_side_of_their_lines(texts: Texts) -> None:
    scene = drawn("hyperion_jv", texts, "wide")
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


@every_flagship_language
def test_a_line_inside_a_bar_is_named_above_that_bar_on_a_narrow_canvas(texts: Texts) -> None:
    scene = drawn("built_and_planned", texts, "narrow")
    line = min(references(scene), key=lambda one: one.points[0][1])
    spec = ResolvedSpec.of(texts.edition.charts["built_and_planned"], texts.edition, texts)
    [name] = [
        label for label in labels_of(scene) for one in spec.records("references") if label.text == spec.text_of(one, "label")
    ]
    left, _, right, bottom = name.bounds
    assert left < line.points[0][0] < right
    assert 0 <= line.points[0][1] - bottom < 6


@every_flagship_language
def test_values_are_above_all_bars_or_beside_all_on_a_narrow_canvas(texts: Texts) -> None:
    scene = drawn("pay_packages", texts, "narrow")
    bars = [box(patch) for patch in scene.shapes if isinstance(patch, Patch) and patch.row is not None]
    words = [item.short for item in ResolvedSpec.of(texts.edition.charts["pay_packages"], texts.edition, texts).items()]
    values = [label.bounds for label in labels_of(scene) if label.text in words]
    assert len(values) == len(bars) == 3
    assert len({value[3] <= bar[1] for value, bar in zip(values, bars, strict=True)}) == 1


@every_flagship_language
def test_themes_that_are_set_off_from_others_have_the_accent_in_a_list(texts: Texts) -> None:
    scene = drawn("turn_in_strategy", texts, "narrow")
    spec = ResolvedSpec.of(texts.edition.charts["turn_in_strategy"], texts.edition, texts)
    names = [spec.text_of(lane, "label") for lane in spec.records("lanes")]
    colours = [{label.colour for label in labels_of(scene) if label.text == name} for name in names]
    assert colours == [{"c1"}, {"muted"}]


@every_width
@every_flagship_language
def test_a_label_alone_below_a_bar_is_in_the_middle_of_its_part_or_ends_with_the_canvas(texts: Texts, width: str) -> None:
    scene = drawn("louisiana_financing", texts, width)
    equity = [label for label in labels_of(scene) if label.text.casefold() in {"equity", "出資"}]
    assert len(equity) == 2
    for label, row in zip(equity, (1, 3), strict=True):
        [left, *_, right] = sorted(
            x for patch in scene.shapes if isinstance(patch, Patch) and patch.row == row for x, _ in patch.points
        )
        [value] = [one for one in labels_of(scene) if one.bold and one.x == label.x and 0 < one.y - label.y < 2 * one.size]
        middle = (left + right) / 2
        assert label.anchor == value.anchor
        if label.anchor == "end":  # in the middle, it would reach past the canvas
            assert label.x == scene.width
            assert middle + (value.bounds[2] - value.bounds[0]) / 2 > scene.width
        else:
            assert abs(label.x - middle) < 1


@every_width
@every_flagship_language
def test_the_part_of_an_area_is_named_inside_it_where_it_has_room(texts: Texts, width: str) -> None:
    scene = drawn("hyperion_area", texts, width)
    part = texts.edition.facts["hyperion_site_2025"]
    [inside] = [box(shape) for shape in scene.shapes if isinstance(shape, Patch) and shape.row == 0 and shape.fill == "c6"]
    [value] = [label for label in labels_of(scene) if label.text == texts.value(part, "short")]
    left, top, right, bottom = value.bounds
    assert inside[0] < left < right < inside[2]
    assert inside[1] < top < bottom < inside[3]


@every_flagship_language
def test_lines_to_a_change_pass_through_no_name_of_a_row(texts: Texts) -> None:
    scene = with_change(texts, "narrow")
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
        assert (item.short in shown) is (width == "wide")
    share = texts.value(texts.edition.facts["capex_to_revenue_q2_2025"])
    assert any(share in text for text in shown)


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
def test_an_open_bar_ends_at_its_bound_and_what_is_only_reported_is_pale(width: str) -> None:
    texts = FLAGSHIP["en"]
    scene, items = (
        drawn("money_flows", texts, width),
        ResolvedSpec.of(texts.edition.charts["money_flows"], texts.edition, texts).items(),
    )
    amounts = [float(known_bounds([item.value])[0]) for item in items]
    marks = [shape for shape in scene.shapes if isinstance(shape, Patch) and shape.row is not None]
    ends = [[box(one) for one in marks if one.row == row] for row in range(len(amounts))]
    lengths = [max(one[2] for one in boxes) - min(one[0] for one in boxes) for boxes in ends]
    assert lengths == pytest.approx([amount * lengths[0] / amounts[0] for amount in amounts])
    heads = {one.row or 0: one for one in marks if one.codes == "MLL"}
    unbounded = [row for row, item in enumerate(items) if item.value.high is None]
    assert [row for row in unbounded if lengths[row] > 15] == sorted(heads), "one fills no bar that is shorter"
    assert all(box(heads[row])[0] > min(one[0] for one in ends[row]) for row in heads)
    pale = {one.row for one in marks if one.fill.endswith("-soft") and one.stroke and not one.hatch}
    assert {items[row].fact for row in pale if row is not None} == {"essilor_investment"}

"""Groups of rows, notes and provisional values; the divider of a timeline; what became of units; words in place of legends."""

from __future__ import annotations

import re
from collections import Counter
from typing import Any

import pytest
from sample_charts import CHARTS, EDITION, EVENTS, TEXTS, every_language, every_width, say
from sample_reports import flagship_texts
from sample_scenes import labels_of, of_flagship, patches_of

from generator.charts.alt_text import describe
from generator.charts.chart_texts import sentence_case
from generator.charts.layout import lay_out
from generator.charts.resolved_spec import ResolvedSpec
from generator.charts.scene import Patch, Scene
from generator.charts.sources import chart_sources
from generator.charts.tables import tabulate
from generator.model.languages import Phrase
from generator.model.periods import Period, parse
from generator.model.report import Chart
from generator.records.struct import replace
from generator.wording.texts import Texts


def records_of(chart: Chart) -> list[dict[str, Any]]:
    """The rows of a chart as its data has them."""
    rows = chart.options["rows"]
    assert isinstance(rows, tuple)
    return [row for row in rows if isinstance(row, dict)]


def box_of(patch: Patch) -> tuple[float, float, float, float]:
    xs, ys = zip(*patch.points, strict=True)
    return min(xs), min(ys), max(xs), max(ys)


def dashed_across(scene: Scene) -> list[Patch]:
    """The dashed horizontal lines."""
    return [one for one in patches_of(scene) if one.dashes and one.points[0][1] == one.points[-1][1] and len(one.points) == 2]


@every_width
@every_language
def test_rows_of_a_group_stand_together_under_one_heading(texts: Texts, width: str) -> None:
    chart = CHARTS["grouped_rows"]
    rows = chart.options["rows"]
    new, old = (texts.fill(rows[number]["group"]) for number in (0, 1))  # type: ignore[index]
    labels = labels_of(lay_out(chart, EDITION, texts, width=width))
    tops = {label.text: label.y for label in labels}
    assert Counter(label.text for label in labels)[new] == 1
    names = {key: texts.short_label(EDITION.facts[key]) for key in ("solar", "wind", "dam")}
    solar, wind, dam = (next(y for text, y in tops.items() if name.startswith(text)) for name in names.values())
    assert tops[new] < min(wind, solar) < max(wind, solar) < tops[old] < dam
    note = tops[texts.fill(rows[0]["note"])]  # type: ignore[index]
    assert solar <= note < solar + 30  # in its line, or below it
    assert [row[0].text for row in tabulate(chart, EDITION, texts).rows] == [new, new, old]
    assert describe(chart, EDITION, texts).count(new) == 1


@every_width
def test_a_provisional_value_is_pale(width: str) -> None:
    scene = lay_out(CHARTS["grouped_rows"], EDITION, TEXTS["en"], width=width)
    fills = {patch.row: patch.fill for patch in patches_of(scene) if patch.row is not None and patch.fill.startswith("c")}
    assert fills[2] == "c6-soft"


@every_width
@every_language
def test_a_divider_parts_the_events_before_it_from_those_after(texts: Texts, width: str) -> None:
    chart = CHARTS["divided"]
    scene = lay_out(chart, EDITION, texts, width=width)
    word = texts.fill(chart.options["divider"]["label"])  # type: ignore[index]
    (name,) = [label for label in labels_of(scene) if label.text == word]
    y = dashed_across(scene)[0].points[0][1]
    assert abs(name.y - y) < name.size
    days = [event.date.first for event in EVENTS.values()]
    dates = [texts.word_period(event.date) for event in sorted(EVENTS.values(), key=lambda one: one.date.first)]
    before = sum(day <= days[4] for day in days)
    seen = [label for label in labels_of(scene) if label.text in dates]
    assert sum(label.y < y for label in seen) == before
    assert sum(label.y > y for label in seen) == len(days) - before
    assert {patch.fill for patch in patches_of(scene) if patch.stroke == "c1"} == {"c1"}  # all of it has happened


@every_width
def test_what_became_of_a_unit_is_one_word_in_a_tag_and_mere_words_have_none(width: str) -> None:
    texts = TEXTS["en"]
    scene = lay_out(CHARTS["outcomes"], EDITION, texts, width=width)
    bold = {label.text.lower() for label in labels_of(scene) if label.bold}
    assert {"closed", "kept"} <= bold
    assert "its head stays" not in bold
    boxes = [patch for patch in patches_of(scene) if patch.codes.endswith("Z")]
    assert [patch.fill for patch in boxes if patch.row is not None] == ["paper", "c1-soft", "paper"]
    tags = [patch for patch in boxes if patch.row is None and len(patch.points) == 5]
    assert [patch.fill for patch in tags] == ["c1", "c6-soft"]
    assert len({patch.points[0][0] for patch in tags}) == 1
    assert [row[2].text.lower() for row in tabulate(CHARTS["outcomes"], EDITION, texts).rows] == [
        "its head stays",
        "closed (into two offices)",
        "kept",
    ]


@every_width
@every_language
def test_steps_of_a_timeline_follow_each_other_on_both_sides_of_its_divider(texts: Texts, width: str) -> None:
    scene = lay_out(CHARTS["steps"], EDITION, texts, width=width)
    y = dashed_across(scene)[0].points[0][1]
    dates = [
        texts.word_period(event.date) for event in sorted(EVENTS.values(), key=lambda one: (one.date.first, one.date.last))
    ]
    seen = sorted((label for label in labels_of(scene) if label.text in dates), key=lambda label: label.y)
    assert [label.text for label in seen] == dates
    assert [label.y < y for label in seen] == [True] * 5 + [False] * 2
    found = [(patch.points[0][1], patch.stroke, patch.fill) for patch in patches_of(scene) if patch.stroke in {"c1", "c6"}]
    assert all(colour == fill == ("c1" if dot > y else "c6") for dot, colour, fill in found)  # grey before, all filled
    dots = [dot for dot, _, _ in found]
    assert all(abs(label.y - dot) < label.size for label, dot in zip(seen, sorted(dots), strict=True))  # no leaders


@every_width
def test_rows_with_gaps_end_below_each_other_and_say_the_gap_without_its_unit(width: str) -> None:
    scene = lay_out(CHARTS["gaps"], EDITION, TEXTS["en"], width=width)
    ends = [max(x for x, _ in patch.points) for patch in patches_of(scene) if patch.codes == "ML"]
    assert len(ends) == 2
    assert max(ends) - min(ends) < 1
    assert [label.text for label in labels_of(scene) if label.bold and label.colour == "ink"] == ["5 billion"] * 2
    table = tabulate(CHARTS["gaps"], EDITION, TEXTS["en"])
    assert [row[3].fact for row in table.rows] == ["tidal"] * 2


@every_width
@every_language
def test_a_rule_parts_a_row_with_a_gap_from_one_it_cannot_be_compared_with(texts: Texts, width: str) -> None:
    first, second = records_of(CHARTS["gaps"])
    apart = replace(CHARTS["gaps"], options={**CHARTS["gaps"].options, "rows": (first, {**second, "apart": True})})
    scenes = [lay_out(chart, EDITION, texts, width=width) for chart in (CHARTS["gaps"], apart)]
    rules = [[patch for patch in patches_of(scene) if patch.stroke == "grid"] for scene in scenes]
    assert [len(one) for one in rules] == [0, 1]
    y = rules[1][0].points[0][1]
    rows = [[one[1] for patch in patches_of(scenes[1]) if patch.row == row for one in patch.points] for row in (0, 1)]
    assert max(rows[0]) < y < min(rows[1])
    assert scenes[1].height > scenes[0].height


@every_width
@every_language
def test_gaps_have_words_of_their_own_and_their_rows_stand_under_the_names_of_groups(texts: Texts, width: str) -> None:
    words, group = say("差{tidal}", "{tidal} behind"), say("第一", "First")
    rows = tuple({**row, "gap_text": words, "group": group} for row in records_of(CHARTS["gaps"]))
    chart = replace(CHARTS["gaps"], options={**CHARTS["gaps"].options, "rows": rows})
    labels = labels_of(lay_out(chart, EDITION, texts, width=width))
    told = {texts.fill(words)}
    if width == "narrow":  # or in fewer words, where these do not fit between the points
        told |= {ResolvedSpec.of(chart, EDITION, texts).item("tidal").short}
    assert sum(label.text in told for label in labels) == len(rows)
    [name] = [label for label in labels if label.text == texts.fill(group)]
    assert name.bounds[0] == 0
    assert name.y < min(label.y for label in labels if label.text in told)
    assert all(texts.fill(group) in row[0].text for row in tabulate(chart, EDITION, texts).rows)
    assert describe(chart, EDITION, texts).count(texts.fill(group)) >= len(rows)


def test_what_the_points_of_gaps_are_stands_below_them_on_a_narrow_canvas() -> None:
    for texts in flagship_texts():
        chart = texts.edition.charts["muse_spark_scores"]
        scene = lay_out(chart, texts.edition, texts, width="narrow")
        lines = [patch for patch in patches_of(scene) if patch.codes == "ML" and patch.stroke == "muted"]
        lines = [patch for patch in lines if patch.stroke_width == 1.6]
        assert max(abs(patch.points[1][0] - patch.points[0][0]) for patch in lines) > scene.width / 3
        labels = labels_of(scene)
        for row, across in zip(records_of(chart), lines, strict=True):
            y, ends = across.points[0][1], [x for x, _ in across.points]
            for key, x in zip(("from_label", "to_label"), ends, strict=True):
                phrase = row[key]
                assert isinstance(phrase, Phrase)
                lower = [one for one in labels if y + 8 < one.y < y + 45 and one.text in texts.fill(phrase)]
                assert lower, texts.fill(phrase)
                anchor = "end" if x == min(ends) else "start"
                [value] = [
                    one for one in labels if abs(one.y - y) < 8 and one.anchor == anchor and not one.text.startswith("差")
                ]
                assert {(one.x, one.anchor) for one in lower} == {(value.x, anchor)}, "flush with the value above"
                assert all(one.bounds[0] >= 0 and one.bounds[2] <= scene.width for one in lower)


@every_width
def test_the_leader_is_smaller_and_grey_and_a_key_says_so(width: str) -> None:
    for texts in flagship_texts():
        chart = texts.edition.charts["muse_spark_scores"]
        scene = lay_out(chart, texts.edition, texts, width=width)
        dots = [patch for patch in patches_of(scene) if patch.codes == "M" + "C" * 12 + "Z"]
        key, rows = [one for one in dots if one.row is None], [one for one in dots if one.row is not None]
        assert [one.fill for one in key] == ["c1", "c6"]
        assert [one.fill for one in rows] == ["c6", "c1"] * len(records_of(chart))
        wide = [box_of(one)[2] - box_of(one)[0] for one in rows]
        assert all(first < second for first, second in zip(wide[::2], wide[1::2], strict=True))


@every_width
def test_a_change_lies_between_the_near_ends_and_the_far_ends_of_two_values(width: str) -> None:
    texts = flagship_texts()[0]
    options = {"series": "hyperscaler_total_2026", "change": "hyperscaler_total_rise", "legend": False}
    chart = replace(texts.edition.charts["hyperscaler_2026"], mark="ranges", options=options)
    scene = lay_out(chart, texts.edition, texts, width=width)
    bars = {patch.row: patch for patch in patches_of(scene) if patch.row is not None and patch.codes.endswith("Z")}
    (low, near), (far, high) = (
        (min(x for x, _ in bars[row].points), max(x for x, _ in bars[row].points)) for row in (0, max(bars))
    )
    widths = [max(x for x, _ in patch.points) - min(x for x, _ in patch.points) for _, patch in sorted(bars.items())]
    assert widths[1] < min(widths[0], widths[2])  # a single value between two ranges
    thin, thick = [patch for patch in patches_of(scene) if patch.stroke == "c1" and patch.codes == "ML"]
    assert [x for x, _ in thin.points] == [low, high]
    assert [x for x, _ in thick.points] == [near, far]


@every_width
def test_values_in_a_column_begin_below_each_other_behind_bars_and_lines(width: str) -> None:
    for texts in flagship_texts():
        given = texts.edition.charts["growth_demanded"]
        chart = replace(given, options={**given.options, "values": "column"})
        spec, scene = ResolvedSpec.of(chart, texts.edition, texts), lay_out(chart, texts.edition, texts, width=width)
        values = {item.short for item in spec.items()}
        (start,) = {label.x for label in labels_of(scene) if label.text in values}
        assert start > max(x for patch in patches_of(scene) for x, _ in patch.points)


@every_width
def test_points_on_an_axis_stand_where_their_values_do_and_have_no_bar_from_zero(width: str) -> None:
    texts = flagship_texts()[0]
    bars = texts.edition.charts["household_equivalents"]
    chart = replace(bars, options={**bars.options, "points": True, "axis": True})
    scene = lay_out(chart, texts.edition, texts, width=width)
    marks = [[x for x, _ in patch.points] for patch in patches_of(scene) if patch.row is not None]
    assert len(marks) == 2
    single, spread = marks
    assert max(spread) < min(single)  # what the title says
    assert min(spread) > scene.width * 0.4
    assert max(single) - min(single) < (max(spread) - min(spread)) / 2  # a single value is no range


def test_labels_stand_beside_zero_across_from_bars_on_both_of_its_sides() -> None:
    for texts in flagship_texts():
        chart = texts.edition.charts["share_price_reactions"]
        spec, scene = ResolvedSpec.of(chart, texts.edition, texts), lay_out(chart, texts.edition, texts, width="wide")
        bars = {one.row: [x for x, _ in one.points] for one in patches_of(scene) if one.row is not None}
        zero = {round(min(xs) if item.size > 0 else max(xs), 3) for item, xs in zip(spec.items(), bars.values(), strict=True)}
        assert len(zero) == 1
        for item, xs in zip(spec.items(), bars.values(), strict=True):
            notes = [label for label in labels_of(scene) if label.text == item.note]
            assert len(notes) == 1
            left, _, right, _ = notes[0].bounds
            assert 0 < (min(xs) - right if item.size > 0 else left - max(xs)) < 12
        assert max(map(max, bars.values())) - min(map(min, bars.values())) > scene.width * 0.6


@every_width
def test_a_part_takes_its_share_of_an_area(width: str) -> None:
    texts = flagship_texts()[0]
    edition = texts.edition
    scene = lay_out(edition.charts["hyperion_area"], edition, texts, width=width)
    whole, part = [patch for patch in patches_of(scene) if patch.row == 0]
    widths = [max(x for x, _ in patch.points) - min(x for x, _ in patch.points) for patch in (whole, part)]
    areas = [edition.facts[key].value for key in ("hyperion_claimed_area", "hyperion_site_2025")]
    claimed, site = (float(area.low) for area in areas if not isinstance(area, Period) and area.low is not None)
    assert abs(widths[0] / widths[1] - claimed / site) < 0.01


@every_width
def test_an_area_with_a_height_alone_is_a_strip_as_high_as_the_area_that_it_compares_with(width: str) -> None:
    texts = flagship_texts()[0]
    scene = lay_out(texts.edition.charts["hyperion_area"], texts.edition, texts, width=width)
    sides = {
        patch.row: [max(place) - min(place) for place in zip(*patch.points, strict=True)]
        for patch in patches_of(scene)
        if patch.row == 1 or patch.fill == "c1-soft"
    }
    assert sides[0][1] == pytest.approx(sides[1][1])
    ratio = texts.edition.facts["hyperion_land"].value, texts.edition.facts["hyperion_claimed_area"].value
    land, claimed = (float(area.low) for area in ratio if not isinstance(area, Period) and area.low is not None)
    assert sides[1][0] / sides[0][0] == pytest.approx(land / claimed, abs=0.01)
    [strip] = [patch for patch in patches_of(scene) if patch.row == 1]
    assert (strip.fill, strip.dashes) == ("c6", ())  # land that is there, beside what was claimed of it


def test_the_sources_of_a_chart_are_those_of_its_events_and_of_what_its_words_name() -> None:
    edition = flagship_texts()[0].edition
    for name, events in (("timeline_overview", ("hyperion_jv", "ag_settlement")), ("msl_organisation", ("msl_layoffs_600",))):
        named = {source.id for source in chart_sources(edition.charts[name], edition)}
        assert {one.source.id for event in events for one in edition.events[event].evidence} <= named
    parting = {one.source.id for one in edition.events["article"].evidence}
    assert not parting & {source.id for source in chart_sources(edition.charts["turn_in_strategy"], edition)}


@every_width
def test_where_outcomes_lie_is_said_once_each_where_there_is_no_legend(width: str) -> None:
    for texts in flagship_texts():
        chart = texts.edition.charts["forecasts_outcomes"]
        lines = [label for label in labels_of(lay_out(chart, texts.edition, texts, width=width)) if label.bold]
        shown = " ".join(label.text for label in lines)
        for result in ("above", "within"):
            assert shown.count(sentence_case(texts.language.word(f"chart.{result}"), texts)) == 1
        scene = lay_out(chart, texts.edition, texts, width=width)
        points = [one for one in patches_of(scene) if "C" in one.codes]
        assert {one.fill for one in points} == {"c1", "c6"}  # filled, as they have happened
        assert {one.stroke for one in points} == {"paper"}
        legend = replace(chart, options={key: value for key, value in chart.options.items() if key != "legend"})
        words = Counter(label.text for label in labels_of(lay_out(legend, texts.edition, texts, width=width)))
        assert texts.language.word("chart.above") not in words


@every_width
@every_language
def test_the_gravest_cell_of_a_matrix_and_its_rows_say_that_they_are_empty(texts: Texts, width: str) -> None:
    scene = lay_out(CHARTS["matrix"], replace(EDITION, risks={}), texts, width=width)
    none = [label for label in labels_of(scene) if label.text.lower() == texts.language.word("chart.none")]
    assert [label.bold for label in none] == [True, False, False]
    boxes = [box_of(patch) for patch in patches_of(scene) if patch.codes.endswith("Z") and patch.fill]
    low = [box[2] - box[0] for box in boxes if round(box[3] - box[1]) == 24]
    assert len(low) == 5, "low rows, of one cell where nothing is in them"
    assert round(max(low)) == round(3 * min(low))
    [frame] = [box_of(patch) for patch in patches_of(scene) if patch.codes.endswith("Z") and patch.stroke == "ink"]
    assert frame == min(boxes, key=lambda box: (box[1], -box[0])), "around the gravest cell"


@every_width
def test_the_levels_of_a_matrix_stand_above_its_narrow_rows_and_below_its_wide_ones(width: str) -> None:
    for texts in flagship_texts():
        scene = lay_out(texts.edition.charts["risk_matrix"], texts.edition, texts, width=width)
        cells = [box_of(patch) for patch in patches_of(scene) if patch.codes == "MLLLZ" and patch.stroke == "c6"]
        spec = ResolvedSpec.of(texts.edition.charts["risk_matrix"], texts.edition, texts)
        axes = [
            label.y
            for label in labels_of(scene)
            if label.text.lower().startswith(texts.language.word("chart.likelihood").lower())
        ]
        named = sorted({box[1] for box in cells if _named(scene, box)})
        if width == "narrow":
            assert all(0 < top - axis < 40 for axis, top in zip(axes, named, strict=True)), "above each row of cells"
        else:
            assert len(axes) == 1
            assert axes[0] > max(box[3] for box in cells)
        shown = " ".join(label.text for label in labels_of(scene) if label.y < named[0])
        for direction, count in Counter(risk.direction for risk in texts.edition.risks.values()).items():
            word = sentence_case(texts.language.word(f"direction.{direction}"), texts)
            assert spec.noted(word, str(count)) in shown
        tops = [box[1] for box in cells]
        firsts = [
            min(one.y for one in labels_of(scene) if _in_box(one.bounds, box)) - box[1] for box in cells if _named(scene, box)
        ]
        assert tops
        assert max(firsts) - min(firsts) < 1, "names begin at one height in all cells of a row"


def _in_box(bounds: tuple[float, float, float, float], cell: tuple[float, float, float, float]) -> bool:
    return cell[0] <= bounds[0] and bounds[2] <= cell[2] and cell[1] <= bounds[1] and bounds[3] <= cell[3]


def _named(scene: Scene, cell: tuple[float, float, float, float]) -> bool:
    """Whether names of risks stand in a cell, each behind its sign."""
    return any(_in_box(box_of(patch), cell) for patch in patches_of(scene) if patch.row is not None)


@every_width
def test_each_entry_has_a_square_and_each_column_its_total(width: str) -> None:
    for texts in flagship_texts():
        chart = texts.edition.charts["claims_by_verdict"]
        scene = lay_out(chart, texts.edition, texts, width=width)
        squares = [patch for patch in patches_of(scene) if patch.link is not None]
        assert len(squares) == len(texts.edition.claims)
        shown = re.findall(r"\d+", " ".join(label.text for label in labels_of(scene)))
        totals = Counter(claim.section for claim in texts.edition.claims.values())
        assert all(str(count) in shown for count in totals.values())


@pytest.mark.parametrize(("name", "rules"), [("timeline_overview", 1), ("turn_in_strategy", 0)])
def test_a_year_begins_below_a_rule_unless_the_divider_is_just_above_it(name: str, rules: int) -> None:
    for texts in flagship_texts():
        scene, _ = of_flagship(name, texts, "wide")
        found = [patch for patch in patches_of(scene) if patch.codes == "ML" and patch.stroke == "grid"]
        assert len(found) == rules
        later = [label for label in labels_of(scene) if label.text == texts.word_period(parse("2026"))]
        assert all(label.y > rule.points[0][1] for rule in found for label in later)


def test_the_last_tick_has_its_currency_and_is_at_the_end_of_the_scale() -> None:
    for texts, ticks in zip(flagship_texts(), (("6000億", "7500億ドル"), ("$600B", "$750B")), strict=True):
        scene, _ = of_flagship("hyperscaler_2026", texts, "narrow")
        assert {label.text for label in labels_of(scene)} >= set(ticks)
        assert not [label.text for label in labels_of(scene) if re.fullmatch(r"\d+B", label.text)]


def test_a_kind_without_entries_has_a_zero_in_a_table_of_counts() -> None:
    texts = flagship_texts()[0]
    scene, _ = of_flagship("claims_by_verdict", texts, "wide")
    assert [label for label in labels_of(scene) if label.text == "0" and label.colour == "muted"]


def test_values_stand_before_narrow_points_in_the_right_half_of_a_scale_which_has_the_whole_width() -> None:
    for texts in flagship_texts():
        scene, _ = of_flagship("hyperscaler_2026", texts, "narrow")
        marks = [box_of(patch) for patch in patches_of(scene) if patch.row is not None]
        values = [label for label in labels_of(scene) if any(abs(label.y - (top + end) / 2) < 9 for _, top, _, end in marks)]
        assert [value.anchor for value in values] == ["start", "end", "end", "end"]
        assert all(value.bounds[0] >= 0 for value in values)
        assert not any(
            value.bounds[0] < right and left < value.bounds[2]
            for value in values
            for left, top, right, end in marks
            if top < value.y < end
        )
        (axis,) = [patch for patch in patches_of(scene) if patch.stroke == "muted" and patch.points[0][1] == patch.points[1][1]]
        assert axis.points[1][0] - axis.points[0][0] > scene.width * 0.8


@every_width
def test_a_timeline_has_the_events_that_it_is_about_in_bold_and_dates_its_divider(width: str) -> None:
    for language in flagship_texts():
        scene, texts = of_flagship("timeline_overview", language, width)
        spec = ResolvedSpec.of(texts.edition.charts["timeline_overview"], texts.edition, texts)
        about = [texts.fill(texts.edition.events[key].title) for key in spec.ids("highlight")]
        bold = "".join(label.text for label in labels_of(scene) if label.bold).replace(" ", "")
        assert about
        assert all(title.replace(" ", "") in bold for title in about)
        assert texts.fill(texts.edition.events["q2_results"].title).replace(" ", "") not in bold
        (date,) = [label for label in labels_of(scene) if label.text == texts.word_period(texts.edition.events["article"].date)]
        assert date.bold
        dashed = [patch for patch in patches_of(scene) if patch.dashes and patch.stroke == "ink"]
        assert {patch.points[0][1] for patch in dashed} == {dashed[0].points[0][1]}
        assert not any(patch.points[0][0] < date.bounds[2] and date.bounds[0] < patch.points[1][0] for patch in dashed)

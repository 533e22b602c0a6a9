"""Panels of ranges with scales of their own, lines of reference over their period, and names at the ends of lines."""

from __future__ import annotations

from sample_charts import CHARTS, EDITION, every_language, every_width, say
from sample_scenes import labels_of, of_flagship, patches_of

from generator.charts.layout import lay_out
from generator.charts.scene import Label, Patch, Scene
from generator.records.struct import replace
from generator.wording.formatting import SHORT
from generator.wording.texts import Texts


def points(scene: Scene) -> list[Patch]:
    """The marks of rows, from left to right."""
    marks = [patch for patch in patches_of(scene) if patch.row is not None]
    return sorted(marks, key=lambda mark: max(x for x, _ in mark.points))


def label(scene: Scene, text: str) -> Label:
    return next(one for one in labels_of(scene) if text in one.text)


@every_width
@every_language
def test_two_series_of_ranges_have_a_scale_each_and_a_note_below_the_outcome(texts: Texts, width: str) -> None:
    two = CHARTS["two_ranges"]
    chart = replace(two, options={**two.options, "outcome_note": say("上限を超過", "above")})
    scene = lay_out(chart, EDITION, texts, width=width)
    notes = [one.y for one in labels_of(scene) if one.text == texts.language.word("chart.not_zero")]
    later = min(mark.points[0][1] for mark in points(scene) if mark.row == 4)
    assert len(notes) == 2
    assert notes[0] < later < notes[1]
    dot = next(mark for mark in points(scene) if mark.row == 3)
    note = label(scene, say("上限を超過", "above")[texts.language.code])
    assert note.bounds[0] > max(x for x, _ in dot.points)
    assert note.bold


@every_width
@every_language
def test_a_reference_to_a_year_is_drawn_over_that_year(texts: Texts, width: str) -> None:
    scene, texts = of_flagship("capex_share", texts, width)
    (line,) = [patch for patch in patches_of(scene) if patch.dashes and patch.stroke == "ink"]
    middles = {mark.row: sum(x for x, _ in mark.points) / len(mark.points) for mark in points(scene)}
    ends = [x for x, _ in line.points]
    assert [row for row, x in sorted(middles.items()) if min(ends) < x < max(ends)] == [4, 5, 6, 7]  # the quarters of the year
    name = label(scene, texts.value(texts.edition.facts["capex_share_of_cash_flow_2025"], SHORT)).bounds
    gaps = [
        max(name[0] - x, x - name[2], name[1] - y, y - name[3]) for mark in points(scene) for x, y in mark.points
    ]  # from each point to the label
    assert min(gaps) > 3
    assert 0 < line.points[0][1] - name[3] < 45  # above its line, over the points there
    grid = [patch for patch in patches_of(scene) if patch.stroke == "grid" and name[1] < patch.points[0][1] < name[3]]
    assert all(max(one.points)[0] <= name[0] or min(one.points)[0] >= name[2] for one in grid)
    assert abs(sum(ends) / 2 - (name[0] + name[2]) / 2) < 1
    drawn = patches_of(scene)
    assert drawn.index(line) < min(drawn.index(mark) for mark in points(scene))  # below the points


@every_width
@every_language
def test_lines_that_end_before_their_axis_are_named_at_their_ends(texts: Texts, width: str) -> None:
    scene, texts = of_flagship("cash_by_quarter", texts, width)
    box = next(patch for patch in patches_of(scene) if patch.dashes and patch.row is not None)
    assert label(scene, texts.value(texts.edition.facts["capex_per_quarter_h2_2026"], SHORT))  # to its digits, the others finer
    last = max(x for mark in points(scene) if mark is not box for x, _ in mark.points if mark.row != box.row)
    below = max(y for _, y in box.points)
    names = [one for one in labels_of(scene) if one.anchor == "start" and one.x > last and one.bounds[1] > below]
    assert len(names) >= 4  # two names, each with its value
    assert max(one.bounds[0] for one in names) - last < 14


@every_width
@every_language
def test_a_part_is_rounded_as_the_chart_says_where_its_own_digits_are_finer(texts: Texts, width: str) -> None:
    scene, texts = of_flagship("hyperion_jv", texts, width)
    leases = texts.edition.facts["hyperion_lease_commitment"]
    shown = {one.text for one in labels_of(scene)}
    assert texts.value(leases, SHORT) not in shown
    assert {"ja": "約123億ドル", "en": "about $12.3 billion"}[texts.language.code] in shown

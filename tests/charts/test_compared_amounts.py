"""Amounts that a reader compares: on one axis, with a level that goes on, in lines of squares, and with notes at their points."""

from __future__ import annotations

from collections import defaultdict

from sample_charts import every_language, every_width
from sample_reports import flagship_texts
from sample_scenes import box, labels_of, of_flagship, patches_of

from generator.charts.scene import Patch
from generator.charts.sources import chart_sources, publisher_names
from generator.wording.texts import Texts


@every_width
@every_language
def test_two_series_of_ranges_may_share_an_axis(texts: Texts, width: str) -> None:
    scene, texts = of_flagship("capex_guidance", texts, width)
    notes = [one for one in labels_of(scene) if one.text == texts.language.word("chart.not_zero")]
    ends = {patch.row: box(patch) for patch in patches_of(scene) if patch.row is not None and patch.fill}
    per_dollar = (ends[1][2] - ends[1][0]) / 8  # 64 to 72
    assert len(notes) == 1
    assert (ends[5][2] - ends[5][0]) / 20 - per_dollar < 0.01 * per_dollar  # 115 to 135
    assert ends[5][0] - ends[1][2] > 40 * per_dollar  # to 115 from 72
    assert ends[6][2] == ends[7][2] <= 720  # values beside the marks of a narrow plot stand left of them
    thick = {patch.row: box(patch) for patch in patches_of(scene) if patch.row is not None and not patch.fill}
    assert {row: one[0] for row, one in thick.items()} == {row: ends[row][0] for row in (0, 1, 2, 3, 5, 6, 7)}  # the low ends
    assert not any(patch.stroke == "grid" for patch in patches_of(scene))  # as all values are written


@every_width
@every_language
def test_who_quoted_a_range_stands_at_its_value(texts: Texts, width: str) -> None:
    scene, texts = of_flagship("capex_guidance", texts, width)
    note = {"ja": "引用", "en": "quoted"}[texts.language.code]
    assert not any(patch.stroke == "c2" for patch in patches_of(scene))  # as its words say it
    (quoted,) = [patch for patch in patches_of(scene) if patch.row == 2 and patch.fill]
    (told,) = [one for one in labels_of(scene) if note in one.text]
    assert told.bounds[0] > box(quoted)[2]
    assert box(quoted)[1] - 12 < told.y < box(quoted)[3] + 24


@every_width
@every_language
def test_a_level_goes_on_to_the_end_of_the_axis_above_the_names_of_lines(texts: Texts, width: str) -> None:
    scene, _ = of_flagship("cash_by_quarter", texts, width)
    (level,) = [patch for patch in patches_of(scene) if patch.dashes and patch.row is None and len(patch.points) == 2]
    grid = [patch for patch in patches_of(scene) if patch.stroke == "grid"]
    (start, y), (end, other) = level.points
    names = [one.bounds for one in labels_of(scene) if one.anchor == "start" and one.x > start]
    assert y == other
    assert end == max(box(one)[2] for one in grid)
    assert y < min(top for _, top, _, _ in names)
    expected = next(patch for patch in patches_of(scene) if patch.dashes and patch.row is not None)
    assert box(expected)[3] < y  # what is expected lies above the level, and below a grid line
    assert min(one.points[0][1] for one in grid) < box(expected)[1]


@every_width
@every_language
def test_what_a_highlighted_value_comes_to_stands_below_it(texts: Texts, width: str) -> None:
    scene, texts = of_flagship("capex_vs_revenue", texts, width)
    share = texts.value(texts.edition.facts["capex_to_revenue_q2_2025"])
    (told,) = [one for one in labels_of(scene) if share in one.text]
    above = [one for one in labels_of(scene) if 0 < told.y - one.y < 2 * told.size and one.x == told.x]
    assert [one.bold for one in above] == ([False] if width == "wide" else [])  # a narrow plot has room for one of them
    assert told.bold
    quarter = {"ja": "4～6月期", "en": "Q2"}[texts.language.code]  # the year stands below
    assert [one.text for one in labels_of(scene)].count(quarter) == 2
    grounds = [patch.fill for patch in patches_of(scene) if patch.fill.endswith("-soft") and len(patch.points) > 5]
    assert grounds == ["c1-soft"]  # only the column that the chart is about has a ground


@every_width
@every_language
def test_lengths_of_counts_can_be_compared_and_marked_rows_have_the_accent(texts: Texts, width: str) -> None:
    scene, texts = of_flagship("claims_by_verdict", texts, width)
    squares = [patch for patch in patches_of(scene) if patch.row is not None]
    cells = defaultdict[tuple[int | None, float], list[Patch]](list)
    for square in squares:
        cells[square.row, box(square)[1]].append(square)
    widths = {round(box(square)[2] - box(square)[0], 3) for square in squares}
    assert len(squares) == len(texts.edition.claims)
    assert len(widths) == 1
    fills = {row: {square.fill for key, cell in cells.items() if key[0] == row for square in cell} for row in range(7)}
    assert all(fills[row] == ({"c1"} if row in {1, 2, 3, 4} else {"c6"}) for row in range(7))
    sums = [one for one in labels_of(scene) if one.link is None and one.text.isdecimal() and one.text != "0"]
    total = str(len(texts.edition.claims))
    bold = [int(one.text) for one in sums if one.bold and one.colour == "ink"]
    assert sum(bold) == sum(len(cell) for (row, _), cell in cells.items() if row in {1, 2, 3, 4})
    assert any(total in one.text for one in labels_of(scene))
    of_marked = [int(one.text) for one in sums if one.bold and one.colour == "c1"]  # of all columns, then of each
    assert sum(of_marked[1:]) == of_marked[0] == sum(bold)
    sections = {claim.section for claim in texts.edition.claims.values()}
    assert len(of_marked) == 1 + len(sections)
    heads = [one.text for one in labels_of(scene) if one.bold and one.colour == "c1" and not one.text.isdecimal()]
    about = texts.language.word("topic.infrastructure")
    assert [head.startswith(about) for head in heads].count(True) == 1


@every_width
@every_language
def test_a_bar_that_cannot_be_compared_stands_below_a_rule_and_seams_are_inside_bars(texts: Texts, width: str) -> None:
    scene, _ = of_flagship("financing_since", texts, width)
    (rule,) = [patch for patch in patches_of(scene) if patch.stroke == "grid"]
    bars = {patch.row: box(patch) for patch in patches_of(scene) if patch.row is not None}
    assert bars[3][3] < rule.points[0][1] < bars[4][1]
    seams = [box(patch) for patch in patches_of(scene) if patch.stroke == "paper"]
    assert [one[0] for one in seams] == [bars[1][0], bars[3][0]]
    assert bars[0][0] == bars[2][0] == bars[4][0]


@every_language
def test_publishers_whose_sources_nobody_read_are_not_named(texts: Texts) -> None:
    texts = next(other for other in flagship_texts() if other.language.code == texts.language.code)
    chart = texts.edition.charts["accelerators"]
    unread = {source.publisher for source in chart_sources(chart, texts.edition) if source.read == "unverified"}
    assert unread
    assert not unread & set(publisher_names(chart, texts))


@every_width
@every_language
def test_the_column_before_the_one_that_a_chart_is_about_has_its_value(texts: Texts, width: str) -> None:
    scene, texts = of_flagship("free_cash_flow", texts, width)
    words = {one.text for one in labels_of(scene)}
    before, last = {"ja": ("124億ドル", "7.84億ドル"), "en": ("$12.4 billion", "$784 million")}[texts.language.code]
    assert (before in words, last in words) == (width == "wide", True)  # a narrow one would be read as that of the last
    assert {"ja": "4～6月期", "en": "Q2"}[texts.language.code] in words  # below the column


@every_language
def test_where_an_outcome_lies_is_said_in_its_own_row(texts: Texts) -> None:
    scene, texts = of_flagship("forecasts_outcomes", texts, "narrow")
    names = [one for one in labels_of(scene) if one.x == 0 and "202" in one.text]
    for key in ("above", "within"):
        word = texts.language.word(f"chart.{key}").casefold()
        (told,) = [one for one in labels_of(scene) if one.text.casefold() == word]
        assert any(abs(told.y - one.y) < 1 and told.x > one.bounds[2] for one in names)

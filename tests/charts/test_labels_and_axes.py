"""Labels that hang from parts, notes about scales, and the edges of charts."""

from __future__ import annotations

from itertools import pairwise

import pytest
from sample_charts import CHARTS, EDITION, TEXTS, every_chart, every_language, every_width
from sample_reports import flagship_texts

from generator.charts.chart_texts import sentence_case
from generator.charts.hung_labels import HungLabel, hang_labels
from generator.charts.layout import lay_out
from generator.charts.resolved_spec import ResolvedSpec
from generator.charts.scales import Scale
from generator.charts.scene import Label, Patch, Shape
from generator.charts.sources import chart_sources, publisher_names
from generator.charts.value_marks import bar
from generator.model import report
from generator.model.languages import Language
from generator.reading.default_words import default_words
from generator.records.struct import replace
from generator.wording.texts import Texts

GALLERY = {texts.language.code: texts for texts in flagship_texts()}


def labels_of(shapes: tuple[Shape, ...]) -> list[Label]:
    return [shape for shape in shapes if isinstance(shape, Label)]


def drawn(chart_id: str, language: str, width: str) -> tuple[Shape, ...]:
    """The shapes of a chart of this repository's report."""
    texts = GALLERY[language]
    return lay_out(texts.edition.charts[chart_id], texts.edition, texts, width=width).shapes


@pytest.mark.parametrize(
    ("starts", "levels", "anchors"),
    [
        ((0, 200, 400), (1, 1, 1), ("start", "start", "start")),
        ((0, 20, 40), (3, 2, 1), ("start", "start", "start")),  # a label hangs below the one at its right
        ((0, 300, 650), (1, 1, 1), ("start", "start", "end")),  # no room at the right of the last line
        ((0, 500, 660), (1, 2, 1), ("start", "start", "end")),  # a line does not cross the label beside it
    ],
)
def test_labels_hang_straight_below_their_parts_as_high_as_they_can(
    starts: tuple[float, ...], levels: tuple[int, ...], anchors: tuple[str, ...]
) -> None:
    hung = [HungLabel(name=("Equity paid in",), value="about 3 billion", x=x, size=14) for x in starts]
    shapes, end = hang_labels(hung, 50, 720)
    leaders = [shape.points for shape in shapes if isinstance(shape, Patch)]
    assert all({x for x, _ in points} == {start} for points, start in zip(leaders, starts, strict=True))
    names = [shape for shape in shapes if isinstance(shape, Label) and not shape.bold]
    tops = sorted({label.y for label in names})
    assert [tops.index(label.y) + 1 for label in names] == list(levels)
    assert [label.anchor for label in names] == list(anchors)
    assert end == max(points[-1][1] for points in leaders)


def test_lines_bend_where_labels_have_no_room_below_their_parts() -> None:
    hung = [HungLabel(name=("Equity paid in",), value="about 3 billion", x=x, size=14) for x in (100, 102)]
    shapes, _ = hang_labels(hung, 50, 180)
    ends = [shape.points[-1][0] for shape in shapes if isinstance(shape, Patch)]
    assert all(after - before >= 14 for before, after in pairwise(ends))


@every_width
@every_language
def test_an_axis_says_where_it_does_not_start_at_zero(texts: Texts, width: str) -> None:
    code = texts.language.code
    told = ResolvedSpec.of(GALLERY[code].edition.charts["forecasts_outcomes"], GALLERY[code].edition, GALLERY[code])
    for chart, missing in (("forecasts_outcomes", True), ("capex_guidance", True), ("cash_by_quarter", False)):
        found = [label.text for label in labels_of(drawn(chart, code, width))]
        assert (told.word("not_zero") in found) is missing
        assert "0" in found or missing


@every_width
def test_a_key_says_on_which_side_of_their_range_outcomes_lie(width: str) -> None:
    texts = next(texts for texts in flagship_texts() if texts.language.code == "en")
    chart = texts.edition.charts["forecasts_outcomes"]
    keyed = replace(chart, options={**chart.options, "legend": True})
    found = [label.text for label in labels_of(lay_out(keyed, texts.edition, texts, width=width).shapes)]
    assert "Outcome above the range" in found
    assert not any("outside" in text or "below" in text for text in found)


@every_width
def test_a_range_without_an_outcome_has_its_value_at_its_band(width: str) -> None:
    shapes = drawn("forecasts_outcomes", "en", width)
    label = next(label for label in labels_of(shapes) if label.text == "$61\u201364 billion")
    band = next(shape for shape in shapes if isinstance(shape, Patch) and shape.dashes)
    left, bottom = min(x for x, _ in band.points), max(y for _, y in band.points)
    gap = left - label.bounds[2] if width == "narrow" else label.bounds[1] - bottom  # the band is the last at the right
    assert 4 <= gap <= 10


def test_the_value_of_an_outcome_stands_at_the_right_of_a_lying_range_and_outcomes_beyond_it_stand_clear() -> None:
    texts = GALLERY["en"]
    scene = lay_out(texts.edition.charts["forecasts_outcomes"], texts.edition, texts, width="narrow")
    shapes = [shape for shape in scene.shapes if isinstance(shape, Patch) and shape.row is not None]
    bands = {shape.row: shape for shape in shapes if shape.fill == "c6-soft"}
    values = {label.text: label for label in scene.shapes if isinstance(label, Label)}
    for row, outcome in enumerate(texts.edition.series["revenue_guidance_vs_actual"].rows):
        if "outcome" in outcome.values:
            spec = ResolvedSpec.of(texts.edition.charts["forecasts_outcomes"], texts.edition, texts)
            item = spec.cell(spec.series(), "outcome", outcome)
            assert item is not None
            assert values[item.short].bounds[0] > max(x for one in shapes if one.row == row for x, _ in one.points)
            assert values[item.short].bounds[2] <= scene.width
    beyond = [shape for shape in shapes if shape.fill == "c1"]
    assert len(beyond) == 4
    for point in beyond:
        assert min(x for x, _ in point.points) > max(x for x, _ in bands[point.row].points) + 1


@every_chart
@every_language
@every_width
def test_nothing_touches_the_upper_edge(chart: report.Chart, texts: Texts, width: str) -> None:
    shapes = lay_out(chart, EDITION, texts, width=width).shapes
    tops = [shape.bounds[1] if isinstance(shape, Label) else min(y for _, y in shape.points) for shape in shapes]
    assert min(tops) > 4


def test_what_is_not_certain_of_a_bar_has_a_dashed_outline() -> None:
    item = ResolvedSpec.of(CHARTS["bars"], EDITION, TEXTS["en"]).item("grid")
    firm, rest = bar(item, Scale(low=item.size * 0, high=item.size * 2, start=0, end=400), 10, 10)
    assert (bool(firm.dashes), bool(rest.dashes)) == (False, True)


@pytest.mark.parametrize(
    ("text", "language", "shown"),
    [
        ("from OpenAI", "en", "From OpenAI"),
        ("xAI and others", "en", "xAI and others"),
        ("e.g. gas", "en", "e.g. gas"),
        ("gpt-oss", "en", "gpt-oss"),
        ("2 parts", "en", "2 parts"),
        ("認可済み", "ja", "認可済み"),
    ],
)
def test_labels_that_stand_alone_begin_with_a_capital_letter(text: str, language: str, shown: str) -> None:
    assert sentence_case(text, GALLERY[language]) == shown


def test_i_has_the_capital_letter_of_its_language() -> None:
    tags = ("tr", "en")
    edition = replace(EDITION, names={})
    turkish, english = (Texts(edition, Language(code=tag, name=tag, locale=tag, words=default_words(tag))) for tag in tags)
    assert (sentence_case("inşa edilen", turkish), sentence_case("in use", english)) == ("İnşa edilen", "In use")


@pytest.mark.parametrize("language", ["ja", "en"])
def test_a_few_publishers_are_named_the_most_used_one_first(language: str) -> None:
    texts = GALLERY[language]
    for chart in texts.edition.charts.values():
        names = publisher_names(chart, texts)
        read = [source for source in chart_sources(chart, texts.edition) if source.read != "unverified"]
        every = list(dict.fromkeys(source.publisher for source in read))
        assert len(names) <= 4
        assert list(names[:-1]) == every[: len(names) - 1]
        assert (len(every) > 4) is (names[-1:] != tuple(every[-1:]))
    cash = publisher_names(texts.edition.charts["cash_by_quarter"], texts)
    assert cash[0] == "Meta Platforms"


def test_sources_cited_first_are_named_first_and_those_nobody_has_read_last() -> None:
    texts = GALLERY["en"]
    chart = texts.edition.charts["cash_by_quarter"]
    given = chart_sources(chart, texts.edition)
    last, before = given[-1].id, given[-2].id
    chosen = chart_sources(replace(chart, cited_first=(last, before)), texts.edition)
    assert [source.id for source in chosen[:2]] == [last, before]
    assert [source.id for source in chosen[2:]] == [source.id for source in given[:-2]]
    for one in texts.edition.charts.values():
        read = [source.read != "unverified" for source in chart_sources(one, texts.edition) if source.id not in one.cited_first]
        assert read == sorted(read, reverse=True)


@every_width
@every_language
def test_the_value_of_a_small_last_column_stands_directly_above_it(texts: Texts, width: str) -> None:
    shapes = drawn("free_cash_flow", texts.language.code, width)
    column = next(shape for shape in shapes if isinstance(shape, Patch) and shape.stroke == "c1")
    value = next(label for label in labels_of(shapes) if label.bold)
    assert 0 < min(y for _, y in column.points) - value.y < 10
    assert value.bounds[0] < min(x for x, _ in column.points) + 4


@every_language
def test_squares_that_need_lines_stand_in_tens(texts: Texts) -> None:
    texts = GALLERY[texts.language.code]
    twice = {f"{key}{copy}": replace(claim, id=f"{key}{copy}") for key, claim in texts.edition.claims.items() for copy in "ab"}
    edition = replace(texts.edition, claims=twice)
    scene = lay_out(edition.charts["claims_by_verdict"], edition, replace(texts, edition=edition), width="narrow")
    squares = [shape.points[0] for shape in scene.shapes if isinstance(shape, Patch)]
    assert len(squares) == len(twice)
    assert len({x for x, _ in squares}) == 10

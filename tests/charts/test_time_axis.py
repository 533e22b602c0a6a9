"""The axis of time: which years are labelled, and in which form."""

from __future__ import annotations

import pytest
from sample_charts import CHARTS, EDITION, TEXTS, every_width
from sample_reports import flagship_texts

from generator.charts.layout import lay_out
from generator.charts.resolved_spec import ResolvedSpec
from generator.charts.scene import Label
from generator.charts.theme import CANVASES
from generator.charts.time_axis import time_axis
from generator.model.periods import parse


def years(first: str, last: str, places: tuple[float, float], language: str) -> list[str]:
    """The labels below an axis from one period to another, in the order of their places."""
    spec = ResolvedSpec.of(CHARTS["trend"], EDITION, TEXTS[language])
    shapes, _ = time_axis(spec, [parse(first), parse(last)], places, 0, CANVASES["narrow"])
    return [shape.text for shape in shapes if isinstance(shape, Label)]


@pytest.mark.parametrize(
    ("first", "last", "places", "language", "labels"),
    [
        pytest.param("2024-Q1", "2026-Q2", (80, 320), "ja", ["2024年", "2025年", "2026年"], id="room for words"),
        pytest.param("2024-Q1", "2026-Q2", (86, 192), "ja", ["2024", "2025", "2026"], id="room for digits"),
        pytest.param("2024-Q1", "2026-Q2", (86, 160), "ja", ["’24", "’25", "’26"], id="room for two digits"),
        pytest.param("2024-Q1", "2026-Q2", (86, 160), "en", ["’24", "’25", "’26"], id="two digits in English"),
        pytest.param("2025-10", "2028-07", (70, 260), "en", ["2025", "2026", "2027", "2028"], id="a short first year"),
        pytest.param("2024-12-31", "2026-06-30", (70, 260), "en", ["2025", "2026"], id="a first year of a day"),
        pytest.param("2000-Q1", "2020-Q4", (80, 330), "en", ["2000", "2005", "2010", "2015", "2020"], id="many years"),
        pytest.param("2019", "2021", (80, 112), "en", ["’19", "’21"], id="rows that are years"),
        pytest.param("2021", "2022", (100, 142), "ja", ["2021", "2022"], id="rows that are years, in Japanese"),
    ],
)
def test_labels_of_years(first: str, last: str, places: tuple[float, float], language: str, labels: list[str]) -> None:
    assert years(first, last, places, language) == labels


@every_width
def test_no_year_of_the_report_is_missing_below_its_lines(width: str) -> None:
    for texts in flagship_texts():
        charts = [chart for chart in texts.edition.charts.values() if chart.mark in {"line", "trend"}]
        assert charts
        for chart in charts:
            spec = ResolvedSpec.of(chart, texts.edition, texts)
            periods = spec.periods()
            shown = range(periods[0].first.year + (periods[0].first.month == 12), periods[-1].last.year + 1)
            texts_drawn = {
                shape.text for shape in lay_out(chart, texts.edition, texts, width=width).shapes if isinstance(shape, Label)
            }
            forms = [{texts.word_period(parse(str(year))), str(year), f"’{year % 100}"} for year in shown]
            assert all(form & texts_drawn for form in forms), (chart.id, texts.language.code, width)


def test_periods_that_are_named_stand_above_the_years_where_they_have_room() -> None:
    spec = ResolvedSpec.of(CHARTS["trend"], EDITION, TEXTS["en"])
    periods = [parse("2024-Q1"), parse("2026-Q2")]
    named = [(300.0, periods[1]), (290.0, parse("2026-Q1")), (200.0, parse("2025-Q2"))]
    shapes, height = time_axis(spec, periods, (80, 300), 0, CANVASES["narrow"], named=named)
    labels = [shape for shape in shapes if isinstance(shape, Label)]
    assert [label.text for label in labels] == ["2024", "2025", "2026", "Q2", "Q2"]  # not Q1 2026, which would touch the first
    assert labels[3].y == labels[4].y < labels[0].y == labels[2].y < height
    half = parse("2026-H2")  # of which more than a word would be left
    shapes, _ = time_axis(spec, periods, (80, 300), 0, CANVASES["wide"], named=[(300.0, half)])
    assert TEXTS["en"].word_period(half) in [shape.text for shape in shapes if isinstance(shape, Label)]
    yearly = [parse("2024"), parse("2026")]
    shapes, _ = time_axis(spec, yearly, (80, 300), 0, CANVASES["narrow"], named=[(300.0, yearly[1])])
    assert [shape.text for shape in shapes if isinstance(shape, Label)].count("2026") == 1  # years name themselves

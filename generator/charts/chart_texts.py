"""All texts that a chart shows, in whatever language."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING

from ..model.languages import Phrase

if TYPE_CHECKING:
    from ..model.report import Chart, Edition


def phrases_of(chart: Chart, edition: Edition) -> Iterator[Phrase]:
    """The texts of a chart: its own, and the labels of its facts and of its series."""
    yield from _phrases_in((chart.title, chart.measure, chart.note, chart.options))
    for key in chart.facts:
        yield from _phrases_in((edition.facts[key].label, edition.facts[key].short))
    for key in chart.series:
        series = edition.series[key]
        yield from _phrases_in((series.label, [column.label for column in series.columns.values()]))
        yield from _phrases_in([row.words for row in series.rows])


def _phrases_in(value: object) -> Iterator[Phrase]:
    if isinstance(value, Phrase):
        yield value
    elif isinstance(value, Mapping):
        for one in value.values():
            yield from _phrases_in(one)
    elif isinstance(value, list | tuple):
        for one in value:
            yield from _phrases_in(one)

"""The sources of a chart: those of its facts, of the series that it draws, and of their rows."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from ..model.report import Chart, Edition
    from ..model.sources import Source


def chart_sources(chart: Chart, edition: Edition) -> tuple[Source, ...]:
    """The sources of a chart's numbers, each once, in the order of the chart."""
    cited = [evidence.source for key in chart.facts for evidence in edition.facts[key].evidence]
    for series in (edition.series[key] for key in chart.series):
        cited += [*series.sources, *(source for row in series.rows for source in row.sources)]
    return tuple({source.id: source for source in cited}.values())

"""The sources of a chart: those of its facts, of the series that it draws, and of their rows; most used publishers first."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from ..model.report import Chart, Edition
    from ..model.sources import Source
    from ..wording.texts import Texts

_MOST_NAMED = 3  # publishers where more than one is left over


def chart_sources(chart: Chart, edition: Edition) -> tuple[Source, ...]:
    """The sources of a chart, each once: those of publishers that more numbers come from first, else in the chart's order."""
    cited = [evidence.source for key in chart.facts for evidence in edition.facts[key].evidence]
    for series in (edition.series[key] for key in chart.series):
        cited += [*series.sources, *(source for row in series.rows for source in row.sources)]
    uses = Counter(source.publisher for source in cited)
    return tuple({source.id: source for source in sorted(cited, key=lambda source: -uses[source.publisher])}.values())


def publisher_names(chart: Chart, texts: Texts) -> tuple[str, ...]:
    """The publishers of a chart's sources in words: a few names, the last with how many there are besides."""
    names = tuple(dict.fromkeys(source.publisher for source in chart_sources(chart, texts.edition)))
    if len(names) <= _MOST_NAMED + 1:
        return names
    *named, last = names[:_MOST_NAMED]
    rest = texts.formatter.integer(len(names) - _MOST_NAMED)
    more = texts.language.word("part_sources_more").replace("{0}", last).replace("{1}", rest)
    return (*named, more)

"""The sources of a chart: of its facts, series and events, and of those that its words name; most used publishers first."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING

from ..model.languages import placeholders
from .chart_texts import phrases_in

if TYPE_CHECKING:
    from ..model.report import Chart, Edition
    from ..model.sources import Source
    from ..wording.texts import Texts

_MOST_NAMED = 3  # publishers where more than one is left over


def chart_sources(chart: Chart, edition: Edition) -> tuple[Source, ...]:
    """The sources of a chart, each once: those that it cites first, then those of publishers that more of it comes from.

    Sources that nobody has read come last, and else those of one publisher in the chart's order.
    """
    named = list(dict.fromkeys(_named(chart)))
    facts = dict.fromkeys((*chart.facts, *(key for kind, key in named if kind == "fact")))
    cited = [evidence.source for key in facts for evidence in edition.facts[key].evidence]
    for series in (edition.series[key] for key in chart.series):
        cited += [*series.sources, *(source for row in series.rows for source in row.sources)]
    cited += [evidence.source for kind, key in named if kind == "event" for evidence in edition.events[key].evidence]
    uses = Counter(source.publisher for source in cited)
    ranks = {key: rank for rank, key in enumerate(chart.cited_first, -len(chart.cited_first))}

    def order(source: Source) -> tuple[int, bool, int]:
        return ranks.get(source.id, 0), source.read == "unverified", -uses[source.publisher]

    return tuple({source.id: source for source in sorted(cited, key=order)}.values())


def _named(chart: Chart) -> Iterator[tuple[str, str]]:
    """The kind and the id of each event that a chart draws, and of each event and fact in its words but title and note.

    An event that only divides the others is none of them.
    """
    divider = chart.options.get("divider", {})
    parting = ("event", divider.get("event", "") if isinstance(divider, Mapping) else "")
    lanes = chart.options.get("lanes", ())
    for record in (chart.options, *(lanes if isinstance(lanes, tuple) else ())):
        yield from (("event", key) for key in record.get("events", ()))
    for phrase in phrases_in(chart.measure, chart.options):
        for text in phrase.texts.values():
            named = ((one.kind, one.target) for one in placeholders(text) if one.kind in ("event", "fact"))
            yield from (one for one in named if one != parting)


def publisher_names(chart: Chart, texts: Texts) -> tuple[str, ...]:
    """The publishers of a chart's sources in words: a few names, the last with how many there are besides.

    Those of sources that nobody has read are not named.
    """
    found = chart_sources(chart, texts.edition)
    names = tuple(dict.fromkeys(source.publisher for source in found if source.read != "unverified"))
    if len(names) <= _MOST_NAMED + 1:
        return names
    *named, last = names[:_MOST_NAMED]
    rest = texts.formatter.integer(len(names) - _MOST_NAMED)
    more = texts.language.word("part_sources_more").replace("{0}", last).replace("{1}", rest)
    return (*named, more)

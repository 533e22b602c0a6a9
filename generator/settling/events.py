"""Settles events: dates and titles read, entities and sources looked up."""

from __future__ import annotations

from collections.abc import Mapping

from ..model import report
from ..model.sources import Evidence, Source
from ..reading.located_values import bool_of, text_of
from .resolver import Resolver


def settle_events(
    resolver: Resolver, sources: Mapping[str, Source], names: Mapping[str, report.Name]
) -> dict[str, report.Event]:
    """Every event that has a date and a title, in the order of dates; mistakes are reported."""
    events: dict[str, report.Event] = {}
    for key, entry in resolver.draft.events.items():
        title, date = resolver.phrase(entry, "title"), resolver.period(entry, "date", text_of(entry, "entity"))
        text = resolver.phrase(entry, "text")
        entity = names.get(resolver.reference("names", entry["entity"]))
        cited = [sources[key] for key in resolver.references("sources", entry["sources"]) if key in sources]
        resolver.section(entry, "sections")
        if title is None or date is None:
            continue
        events[key] = report.Event(
            id=key,
            date=date,
            title=title,
            text=text,
            entity=entity,
            section=text_of(entry, "section"),
            evidence=tuple(Evidence(source=source, at=None) for source in cited),
            after_article=bool_of(entry, "after_article", default=False),
            span=entry.span,
        )
    # an event that is dated by month comes before those of its days
    return dict(sorted(events.items(), key=lambda pair: (pair[1].date.first, -pair[1].date.last.toordinal())))

"""Evidence of facts and claims: sources, and places in them."""

from __future__ import annotations

from collections.abc import Mapping

from ..model.sources import Evidence, Source
from ..reading.located_values import Entry, Located, members_of, text_of
from .resolver import Resolver


def evidence_of(resolver: Resolver, sources: Mapping[str, Source], located: Located | None) -> tuple[Evidence, ...]:
    """The pieces of evidence whose sources exist; other sources are reported."""
    found = []
    for piece in members_of(located):
        if not isinstance(piece, Entry):
            continue
        source = resolver.reference("sources", piece["source"])
        at = resolver.located_phrase(piece["at"], piece)
        if source in sources:
            quote, plausible = text_of(piece, "quote"), text_of(piece, "plausible")
            found.append(Evidence(source=sources[source], at=at, quote=quote, plausible=plausible))
    return tuple(found)

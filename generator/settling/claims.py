"""Settles claims: what others assert, with its verdict and the facts that decide it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from ..model import report
from ..model.sources import Source
from ..model.units import Unit
from ..reading.located_values import Entry, members_of, text_of
from .evidence import evidence_of
from .quantities import quantity_of
from .resolver import Resolver


def settle_claims(
    resolver: Resolver,
    units: Mapping[str, Unit],
    sources: Mapping[str, Source],
    names: Mapping[str, report.Name],
    facts: Mapping[str, report.Fact],
) -> dict[str, report.Claim]:
    """Every claim that has a text, a reason and a source; mistakes are reported."""
    claims: dict[str, report.Claim] = {}
    for key, entry in resolver.draft.claims.items():
        text, reason = resolver.phrase(entry, "text", "claims"), resolver.phrase(entry, "reason", "claims")
        source = resolver.reference("sources", entry["source"])
        settled_by = resolver.references("facts", entry["settled_by"])
        since = resolver.references("events", entry["since"])
        entity = names.get(resolver.reference("names", entry["entity"]))
        unit = units.get(resolver.reference("units", entry["unit"]))
        evidence = evidence_of(resolver, sources, entry["evidence"])
        verdict = text_of(entry, "verdict", "unverified")
        if verdict not in ("opinion", "unverified") and not _has_items(entry, "evidence"):
            resolver.report("missing-evidence", entry.span, id=key)
        claimed = entry["claimed"]
        if claimed is not None and unit is None and "unit" not in entry.keys:
            resolver.report("missing-key", entry.span, id=key, key="unit", hint="unit: USD")
        value = quantity_of(resolver, claimed, unit)
        _check_units(resolver, entry, unit, settled_by, facts)
        if text is None or reason is None or source not in sources:
            continue
        claims[key] = report.Claim(
            id=key,
            section=resolver.draft.topic(entry),
            text=text,
            source=sources[source],
            at=text_of(entry, "at"),
            also_at=tuple(str(place.value) for place in members_of(entry["also_at"])),
            as_written=text_of(entry, "as_written"),
            entity=entity,
            stance=text_of(entry, "stance", "claimed"),
            claimed=value,
            unit=unit,
            period=resolver.period(entry, "period", text_of(entry, "entity")),
            verdict=verdict,
            basis=text_of(entry, "basis"),
            settled_by=settled_by,
            reason=reason,
            since=since,
            evidence=evidence,
            span=entry.span,
        )
    return claims


def _has_items(entry: Entry, key: str) -> bool:
    """Whether a list is written and not empty; an item that is not valid has its own finding."""
    located = entry[key]
    return key in entry.keys and (located is None or bool(members_of(located)))


def _check_units(
    resolver: Resolver,
    entry: Entry,
    unit: Unit | None,
    settled_by: Sequence[str],
    facts: Mapping[str, report.Fact],
) -> None:
    known = [facts[key] for key in settled_by if key in facts]
    if (
        unit is not None
        and known
        and len(known) == len(members_of(entry["settled_by"]))
        and all(fact.unit.dimension != unit.dimension for fact in known)
    ):
        resolver.report("unit-mismatch", entry.span_of("unit"), "claim", unit=unit.id, other=known[0].unit.id)

"""Settles the entries of the risk register."""

from __future__ import annotations

from ..model import report
from ..reading.located_values import text_of
from .resolver import Resolver


def settle_risks(resolver: Resolver) -> dict[str, report.Risk]:
    """Every risk that has a title and a text."""
    risks: dict[str, report.Risk] = {}
    for key, entry in resolver.draft.risks.items():
        title, text = resolver.phrase(entry, "title"), resolver.phrase(entry, "text")
        facts, claims = resolver.references("facts", entry["facts"]), resolver.references("claims", entry["claims"])
        events = resolver.references("events", entry["events"])
        if title is None or text is None:
            continue
        risks[key] = report.Risk(
            id=key,
            title=title,
            text=text,
            likelihood=text_of(entry, "likelihood", "medium"),
            impact=text_of(entry, "impact", "medium"),
            direction=text_of(entry, "direction", "steady"),
            facts=facts,
            claims=claims,
            events=events,
        )
    return risks

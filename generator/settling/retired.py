"""Settles the entries that were published and are no more, whose addresses say so."""

from __future__ import annotations

from collections.abc import Collection

from ..model import report
from ..model.spelling import suggest
from ..reading.located_values import members_of, text_of
from .resolver import Resolver


def settle_retired(resolver: Resolver) -> dict[str, report.Retired]:
    """Every retired entry with a label and a reason. One whose id is still in use is reported: an address says one thing."""
    retired: dict[str, report.Retired] = {}
    for key, entry in resolver.draft.retired.items():
        kind, instead = text_of(entry, "kind", "facts"), text_of(entry, "instead")
        label, reason = resolver.phrase(entry, "label"), resolver.phrase(entry, "reason")
        known = _known(resolver, kind)
        if key in known:
            resolver.report("duplicate-id", entry.span, id=key)
        if instead and instead not in known:
            resolver.report("unknown-id", entry.span_of("instead"), id=instead, kind=kind, suggestion=suggest(instead, known))
            instead = ""
        if label is not None and reason is not None:
            retired[key] = report.Retired(id=key, kind=kind, label=label, reason=reason, instead=instead)
    return retired


def _known(resolver: Resolver, kind: str) -> Collection[str]:
    """The ids of a kind; of pages, their names."""
    if kind == "pages":
        written = resolver.draft.report
        return [] if written is None else [str(page.value) for page in members_of(written["pages"])]
    return resolver.entries(kind)

"""How much a file, a text and a report may hold: what is larger is a finding, so that reading takes bounded time and memory."""

from __future__ import annotations

from decimal import Decimal

from ..records.struct import Struct, field_names
from .located_values import Entry

MOST = 1_000_000_000  # no report may ask for more


class Limits(Struct, frozen=True, kw_only=True):
    """The largest sizes, as `limits` in data/report.yml may set them."""

    bytes: int = 4_000_000  # of one file
    nodes: int = 400_000  # texts, lists and mappings of one YAML file
    characters: int = 50_000  # of one text or cell
    evidence: int = 500_000  # pieces that derived values take over from what they are worked out of, in all


DEFAULT_LIMITS = Limits()
LIMIT_KEYS = field_names(Limits)


def limits_of(report: Entry | None) -> Limits:
    """The limits that a report sets, and the usual ones for the rest."""
    located = None if report is None else report["limits"]
    if not isinstance(located, Entry):
        return DEFAULT_LIMITS
    given = {key: int(one.value) for key, one in located.fields.items() if isinstance(one.value, Decimal)}
    return Limits(**given)

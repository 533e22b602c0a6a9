"""Series: tables of values, most often over time."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from .languages import Phrase
from .sources import Source
from .units import Unit
from .values import Value


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """One measure of a series; None as unit for a column of texts or flags."""

    id: str
    label: Phrase | None
    unit: Unit | None
    status: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One line of a series: its key as written, values by column, words by column (per language), sources."""

    key: str
    values: Mapping[str, Value]
    words: Mapping[str, Phrase]
    sources: tuple[Source, ...]
    plain: Mapping[str, str] = field(default_factory=dict)  # ids and dates, as written
    actual: bool = False
    status: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Series:
    """A table of values, most often over time."""

    id: str
    label: Phrase
    key: str
    topic: str
    columns: Mapping[str, Column]
    rows: tuple[Row, ...]
    note: Phrase | None = None

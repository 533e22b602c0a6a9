"""Series: tables of values, most often over time."""

from __future__ import annotations

from collections.abc import Mapping

from ..records.struct import Struct, field
from .languages import Phrase
from .periods import Period
from .sources import Source
from .units import Unit
from .values import Value


class Column(Struct, frozen=True, kw_only=True):
    """One column of a series; its unit is None if it holds texts or flags."""

    id: str
    label: Phrase | None
    unit: Unit | None
    status: str
    estimate_of: str = ""  # another column, whose first or last published values these are
    estimate: str = ""  # first or last


class Row(Struct, frozen=True, kw_only=True):
    """One row of a series: its key as written, its values and texts by column, and its sources."""

    key: str
    values: Mapping[str, Value]
    words: Mapping[str, Phrase]
    sources: tuple[Source, ...]
    plain: Mapping[str, str] = field(default_factory=dict)  # ids and dates, as written
    actual: bool = False
    status: str = ""
    flags: Mapping[str, tuple[str, ...]] = field(
        default_factory=dict
    )  # by column: OBSERVATIONS that a publisher adds to a value
    missing: Mapping[str, str] = field(default_factory=dict)  # by column: what a publisher writes where there is no value
    note: str = ""  # as its publisher wrote it
    vintage: str = ""  # when these values were published, as written
    period: Period | None = None  # what the key is, with its true days, where it is one


class Series(Struct, frozen=True, kw_only=True):
    """A table of values, usually one row per period."""

    id: str
    label: Phrase
    key: str
    topic: str
    columns: Mapping[str, Column]
    rows: tuple[Row, ...]
    note: Phrase | None = None
    vintages: tuple[Row, ...] = ()  # every published row where a table keeps revisions; `rows` are the last values of each
    sources: tuple[Source, ...] = ()  # of the whole table; rows may have their own

"""The description of a table: how its publisher wrote it, in the terms of the Data Package standard where it has them."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal

from ..diagnostics.finding import Span
from ..records.struct import Struct, field

FORMS = ("plain", "long", "wide")  # a column per measure; a row per value; periods in the header
DELIMITERS = (",", ":", "|", ";", "\t")
DECIMAL_CHARS = (".", ",", "\u066b")
GROUP_CHARS = (",", ".", " ", "'", ", ", ". ", "\u066c")  # of two characters, either
TYPES = ("period", "number", "string")


class ColumnDescription(Struct, frozen=True, kw_only=True):
    """Where a column of a series comes from: the heading of a column of the file, or the entity that its rows are about."""

    heading: str = ""
    entity: str = ""
    scale: Decimal | None = None  # what a number of the file is multiplied by
    type: str = ""  # one of TYPES; numbers where the series gives the column a unit


class TableDescription(Struct, frozen=True, kw_only=True):
    """How a table is written. Rows are told by their line in the file, from 1."""

    encoding: str = ""
    delimiter: str = ","
    header_rows: tuple[int, ...] = ()
    header_join: str = " "
    comment_rows: tuple[int, ...] = ()
    decimal_char: str = "."
    group_char: str = ""  # each of its characters groups digits
    missing_values: tuple[str, ...] = ()
    flags: Mapping[str, str] = field(default_factory=dict)  # what stands behind a value -> statuses of an observation
    periods: Mapping[str, str] = field(default_factory=dict)  # what the file writes -> the period that it means
    skip: tuple[str, ...] = ()  # headings of a wide table that are no periods
    form: str = "plain"
    period: str = ""  # headings of a long table, of which a wide one has only that of the entity
    entity: str = ""
    value: str = ""
    status: str = ""
    where: Mapping[str, str] = field(default_factory=dict)  # heading -> what the rows that are read have there
    columns: Mapping[str, ColumnDescription] = field(default_factory=dict)
    places: Mapping[str, Span] = field(default_factory=dict)  # where each text and line is written, for findings

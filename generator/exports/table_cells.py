"""The tabular form of an edition: tables, their columns with types of Table Schema, and cells.

A value is its two ends, with all digits that there are, and how they are meant; a text has one column per language.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Any

from ..model.languages import Phrase
from ..model.machine_values import BOUNDS, bounds, decimal_text
from ..model.periods import Period
from ..model.report import Claim, Fact
from ..model.values import Value
from ..records.struct import Struct
from ..wording.texts import Texts

Cells = dict[str, str]  # name of a column -> text of the cell; a column that is left out is a missing value


class Field(Struct, frozen=True, kw_only=True):
    """A column, described as in Table Schema (https://datapackage.org/standard/table-schema/)."""

    name: str
    type: str = "string"
    unit: str = ""  # id of the unit of all values
    title: str = ""  # of a column of a series; other columns are described by words of the report
    enum: tuple[str, ...] = ()  # all values that are allowed
    key: bool = False  # part of the primary key
    target: str = ""  # the table whose ids the column holds ("units")


class Table(Struct, frozen=True, kw_only=True):
    """A table with its columns and rows."""

    name: str
    fields: tuple[Field, ...]
    rows: tuple[Cells, ...]
    title: str = ""  # of a series
    series: bool = False

    @property
    def csv(self) -> str:
        """The table as CSV (RFC 4180) with line feeds; an empty cell is a missing value."""
        return csv_lines([[field.name for field in self.fields]]) + self.csv_rows

    @property
    def csv_rows(self) -> str:
        """The same without its first line, which names the columns."""
        names = [field.name for field in self.fields]
        return csv_lines([row.get(name, "") for name in names] for row in self.rows)


class Listing(Struct, frozen=True):
    """A table that lists entries of a kind: how it is made of some of them, and how many rows one of them has."""

    name: str
    kind: str  # of the edition's entries
    build: Callable[[Sequence[Texts], Iterable[Any]], Table]  # with texts in these languages
    count: Callable[[Any], int] = lambda _entry: 1


def csv_lines(rows: Iterable[Iterable[str]]) -> str:
    """Rows of cells as CSV."""
    out = io.StringIO()
    csv.writer(out, lineterminator="\n").writerows(map(as_text_cell, row) for row in rows)
    return out.getvalue()


# How a cell begins that a spreadsheet takes for a formula, full-width signs too; and numbers that begin so, with or without
# a currency before and a unit behind.
_FORMULA = re.compile(r"[\s\ufeff]*[=+\-@＝＋－＠\t\r]")
_NUMBER = re.compile(r"[+-][^\w\s=@+(|!'\"-]?\d[\w.,%°\s\u00b2\u00b3]*")


def as_text_cell(cell: str) -> str:
    """A cell of a CSV file, with an apostrophe before what a spreadsheet would run as a formula; numbers stay numbers.

    Source: https://owasp.org/www-community/attacks/CSV_Injection
    """
    return f"'{cell}" if _FORMULA.match(cell) and not _NUMBER.fullmatch(cell) else cell


ID = Field(name="id", key=True)
VALUE = (
    Field(name="low", type="number"),
    Field(name="high", type="number"),
    Field(name="bounds", enum=BOUNDS),
    Field(name="about", type="boolean"),
    Field(name="first_day", type="date"),
    Field(name="last_day", type="date"),
)


def value_cells(value: Value | Period | None) -> Cells:
    """The cells of the columns VALUE: those of a number, or the first and last day of a period."""
    if value is None:
        return {}
    if isinstance(value, Period):
        return {"first_day": value.first.isoformat(), "last_day": value.last.isoformat()}
    return {**range_cells(value, ""), "about": flag(value.about)}


def range_cells(value: Value, prefix: str) -> Cells:
    """Both ends of a number, and whether they are exact, included or open; `prefix` begins the columns' names."""
    return {
        f"{prefix}low": decimal_text(value.low) or "",
        f"{prefix}high": decimal_text(value.high) or "",
        f"{prefix}bounds": bounds(value),
    }


def flag(value: bool) -> str:  # noqa: FBT001  a cell's content
    """A boolean as Table Schema writes it."""
    return "true" if value else "false"


def text_fields(name: str, languages: Sequence[Texts]) -> Iterator[Field]:
    """The columns of a text, one per language."""
    for texts in languages:
        yield Field(name=f"{name}_{texts.language.code}")


def text_cells(name: str, languages: Sequence[Texts], text: Callable[[Texts], str]) -> Cells:
    """The cells of a text, one per language."""
    return {f"{name}_{texts.language.code}": text(texts) for texts in languages}


def phrase_cells(name: str, phrase: Phrase | None, languages: Sequence[Texts], owner: Fact | Claim | None = None) -> Cells:
    """The cells of a text of the data with its placeholders filled; `owner` is the entry it belongs to."""
    return text_cells(name, languages, lambda texts: texts.fill(phrase, owner)) if phrase else {}

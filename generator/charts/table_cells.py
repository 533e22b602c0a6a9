"""The table of a chart: cells of worded values with the values behind them."""

from __future__ import annotations

import html
from typing import TYPE_CHECKING

from ..records.struct import Struct

if TYPE_CHECKING:
    from ..model.periods import Period
    from ..model.values import Value

VALUE_PARTS = ("low", "high", "unit", "status")  # of a value, in columns of their own where a table is taken away


class Cell(Struct, frozen=True):
    """A cell of plain text; a numeric one is aligned as a number; `fact` is the id of the fact that it shows.

    A cell that shows a quantity or a date also has it as a value, with the id of its unit and its status.
    """

    text: str
    numeric: bool = False
    fact: str = ""
    value: Value | Period | None = None
    unit: str = ""
    status: str = ""

    @property
    def html(self) -> str:
        """The text with HTML's special characters escaped."""
        return html.escape(self.text, quote=False)


class Table(Struct, frozen=True):
    """Column headings, and rows of as many cells; `parts` are patterns of headings for the parts of a value (VALUE_PARTS)."""

    columns: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]
    parts: tuple[str, ...] = ()
    language: str = ""  # the code of the language that it is in, where that is not the one asked for

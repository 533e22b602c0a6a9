"""Delimited text as a grid of cells with places."""

from __future__ import annotations

import csv
from collections.abc import Callable, Iterator

from ..diagnostics.finding import Arg, Clause, Span
from ..records.struct import Struct

Report = Callable[..., None]  # takes a rule, a span, a variant and what fills the rule's message


class Cell(Struct, frozen=True):
    """One cell of a table: its text without outer space, and where it stands.

    Of a table that is read by a description, `text` is in the notation of this project, `flags` are the statuses that the
    publisher put behind the value, and `missing` is what the table has instead of a value.
    """

    text: str
    span: Span
    flags: tuple[str, ...] = ()
    missing: str = ""


class GridLimits(Struct, frozen=True, kw_only=True):
    """The most characters of one cell and bytes of one file."""

    characters: int
    bytes: int


def read_grid(file: str, text: str, limits: GridLimits, report: Report, delimiter: str = ",") -> Iterator[list[Cell]]:
    """The rows of a text that are not empty lines; a quoted cell may go on in the next line. Wrong quotes are reported."""
    lines = text.split("\n")
    csv.field_size_limit(max(csv.field_size_limit(), limits.bytes))  # of what is longer the length is reported
    reader = csv.reader((f"{line}\n" for line in lines), strict=True, delimiter=delimiter)
    while True:
        first = reader.line_num
        try:
            texts = next(reader)
        except StopIteration:
            return
        except csv.Error:
            report("bad-row", Span(file, first + 1), "quotes")
            continue
        if any(len(one) > limits.characters for one in texts):
            args: dict[str, Arg] = {"what": Clause("characters"), "most": str(limits.characters), "key": "characters"}
            report("too-large", Span(file, first + 1), **args)
        elif any(one.strip() for one in texts) or len(texts) > 1:
            yield list(_cells(file, "\n".join(lines[first : reader.line_num]), first + 1, texts))


def _cells(file: str, written: str, line: int, texts: list[str]) -> Iterator[Cell]:
    """The cells of one row, `written` from `line` on."""
    start, begin = 0, -1  # of the cell, and of its line: the line end before it
    for text in texts:
        quoted = written[start : start + 1] == '"'
        length = len(text) + text.count('"') + 1 if quoted else len(text)
        start += quoted
        yield Cell(text.strip(), Span(file, line, start - begin, max(1, len(text.partition("\n")[0]))))
        if (ends := written.count("\n", start, start + length)) > 0:
            line, begin = line + ends, written.rfind("\n", start, start + length)
        start += length + 1

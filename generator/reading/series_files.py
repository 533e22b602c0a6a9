"""Reads data/series/*.csv (RFC 4180, a header line first) as rows of cells with places."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from ..diagnostics.finding import Clause, Diagnostic, Span
from ..tables import encodings
from .characters import report_control_characters
from .files import not_utf8, read_bytes, too_large, unreadable
from .validators import ReadContext


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell of a series file: its text without outer space, and where it stands."""

    text: str
    span: Span


def read_rows(root: Path, file: str, described: Span, context: ReadContext) -> Iterator[dict[str, Cell]]:
    """Each row's cells by column. `described` is the place of the entry that the file belongs to.

    Reported and left out: a file that cannot be read, a column named twice, a row with a wrong quote or number of cells.
    """
    text = _read_text(root, file, described, context)
    if text is None:
        return
    header: list[Cell] = []
    for cells in _records(file, text.split("\n"), context):
        for cell in cells:
            report_control_characters(cell.text, cell.span, context.sink)
        if not header:
            header = cells
            _report_repeated(header, context)
        elif len(cells) == len(header):
            row: dict[str, Cell] = {}
            for column, cell in zip(header, cells, strict=True):
                row.setdefault(column.text, cell)  # of a column named twice the first is read
            yield row
        else:
            counts = {"cells": str(len(cells)), "columns": str(len(header))}
            context.report("bad-row", Span(file, cells[0].span.line), header=",".join(cell.text for cell in header), **counts)


def _read_text(root: Path, file: str, described: Span, context: ReadContext) -> str | None:
    """The text of a table in any encoding that is certain, else None after reporting how to convert it."""
    try:
        content = read_bytes(root, file, context.sink, context.limits)
    except OSError as error:
        context.sink.append(unreadable(file, error, described))
        return None
    if content is None:
        return None
    found = encodings.decode(content)
    if isinstance(found, encodings.Undecoded):
        context.sink.append(not_utf8(file, found.byte, found.likely, "table"))
        return None
    return found.text


def _records(file: str, lines: list[str], context: ReadContext) -> Iterator[list[Cell]]:
    """The header and each row, without empty lines; a quoted cell may go on in the next line."""
    most = context.limits.characters
    csv.field_size_limit(max(csv.field_size_limit(), context.limits.bytes))  # of what is longer the length is reported
    reader = csv.reader((f"{line}\n" for line in lines), strict=True)
    while True:
        first = reader.line_num
        try:
            texts = next(reader)
        except StopIteration:
            return
        except csv.Error:
            context.report("bad-row", Span(file, first + 1), "quotes")
            continue
        if any(len(text) > most for text in texts):
            context.sink.append(too_large(Span(file, first + 1), Clause("characters"), most, "characters"))
        elif any(text.strip() for text in texts) or len(texts) > 1:
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


def _report_repeated(header: list[Cell], context: ReadContext) -> None:
    first: dict[str, Span] = {}
    for cell in header:
        if cell.text in first:
            finding = Diagnostic(rule="duplicate-key", span=cell.span, second=first[cell.text], args={"key": cell.text})
            context.sink.append(finding)
        first.setdefault(cell.text, cell.span)

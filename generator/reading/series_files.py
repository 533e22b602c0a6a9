"""Reads data/series/*.csv as rows of cells with places: RFC 4180 with a header line, or as `table` in series.yml says."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from ..diagnostics.finding import Diagnostic, Span
from ..tables import encodings
from ..tables.description import TableDescription
from ..tables.grid import Cell, GridLimits, read_grid
from ..tables.layout import Measures, TableReader
from .characters import report_control_characters
from .files import not_utf8, read_bytes, unreadable
from .validators import ReadContext


def read_rows(root: Path, file: str, described: Span, context: ReadContext) -> Iterator[dict[str, Cell]]:
    """Each row's cells by column. `described` is the place of the entry that the file belongs to.

    Reported and left out: a file that cannot be read, a column named twice, a row with a wrong quote or number of cells.
    """
    header: list[Cell] = []
    for cells in _grid(root, file, described, context, TableDescription()):
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


def read_published(  # noqa: PLR0917  none of the six belongs to another
    root: Path, file: str, place: Span, context: ReadContext, table: TableDescription, measures: Measures
) -> list[dict[str, Cell]]:
    """The rows of a table that its publisher wrote, read by its description, which stands at `place`."""
    grid = _grid(root, file, place, context, table)
    return TableReader(table, measures, place, context.report).rows(grid)


def _grid(root: Path, file: str, place: Span, context: ReadContext, table: TableDescription) -> Iterator[list[Cell]]:
    text = _read_text(root, file, place, context, table.encoding)
    if text is None:
        return
    limits = GridLimits(characters=context.limits.characters, bytes=context.limits.bytes)
    for cells in read_grid(file, text, limits, context.report, table.delimiter):
        for cell in cells:
            report_control_characters(cell.text, cell.span, context.sink)
        yield cells


def _read_text(root: Path, file: str, place: Span, context: ReadContext, encoding: str) -> str | None:
    """The text of a table in its declared encoding or one that is certain, else None after reporting how to convert it."""
    try:
        content = read_bytes(root, file, context.sink, context.limits)
    except OSError as error:
        context.sink.append(unreadable(file, error, place))
        return None
    if content is None:
        return None
    found = encodings.decode(content, encoding)
    if isinstance(found, encodings.Decoded):
        return found.text
    if encoding:
        context.report("not-utf8", place, "declared", byte=str(found.byte), encoding=encoding)
    else:
        context.sink.append(not_utf8(file, found.byte, found.likely, "table"))
    return None


def _report_repeated(header: list[Cell], context: ReadContext) -> None:
    first: dict[str, Span] = {}
    for cell in header:
        if cell.text in first:
            finding = Diagnostic(rule="duplicate-key", span=cell.span, second=first[cell.text], args={"key": cell.text})
            context.sink.append(finding)
        first.setdefault(cell.text, cell.span)

"""Reads data/series/*.csv (RFC 4180, a header line first) as rows of cells with places."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from ..diagnostics.finding import Diagnostic, Span
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
    try:
        text = (root / file).read_text(encoding="utf-8-sig")
    except OSError as error:
        context.report("file-missing", described, file=file, why=error.strerror or str(error))
        return
    except UnicodeDecodeError as error:
        context.report("not-utf8", Span(file), byte=str(error.start))
        return
    header: list[Cell] = []
    for cells in _records(file, text.split("\n"), context):
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


def _records(file: str, lines: list[str], context: ReadContext) -> Iterator[list[Cell]]:
    """The header and each row, without empty lines; a quoted cell may go on in the next line."""
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
        if any(text.strip() for text in texts) or len(texts) > 1:
            yield list(_cells(file, "\n".join(lines[first : reader.line_num]), first + 1, texts))


def _cells(file: str, written: str, line: int, texts: list[str]) -> Iterator[Cell]:
    """The cells of one row, `written` from `line` on."""
    offset = 0
    for text in texts:
        start = max(written.find(text, offset), offset)  # a quoted cell begins after its quote
        above, in_line = written.count("\n", 0, start), start - written.rfind("\n", 0, start)
        yield Cell(text.strip(), Span(file, line + above, in_line, max(1, len(text.partition("\n")[0]))))
        offset = written.find(",", start + len(text)) + 1


def _report_repeated(header: list[Cell], context: ReadContext) -> None:
    first: dict[str, Span] = {}
    for cell in header:
        if cell.text in first:
            finding = Diagnostic(rule="duplicate-key", span=cell.span, second=first[cell.text], args={"key": cell.text})
            context.sink.append(finding)
        first.setdefault(cell.text, cell.span)

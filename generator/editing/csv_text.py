"""The cells of a CSV file (RFC 4180) with their offsets, and cells as they are written into one."""

from __future__ import annotations

from collections.abc import Iterator

from ..records.struct import Struct


class WrittenCell(Struct, frozen=True):
    """A cell: its text without quotes and outer space, and the offsets of what is written, quotes included."""

    text: str
    start: int
    end: int


def read_cells(text: str) -> list[list[WrittenCell]]:
    """The records of a file, the header first, without empty lines."""
    records: list[list[WrittenCell]] = []
    record: list[WrittenCell] = []
    at = 0
    while at < len(text):
        cell = cell_at(text, at)
        record.append(cell)
        at = cell.end
        if text[at : at + 1] == ",":
            at += 1
            if at < len(text):
                continue
            record.append(WrittenCell("", at, at))
        at += 2 if text[at : at + 2] == "\r\n" else 1
        if len(record) > 1 or record[0].text:
            records.append(record)
        record = []
    return records


def cell_at(text: str, start: int, delimiter: str = ",") -> WrittenCell:
    """The cell that begins at an offset."""
    if text[start : start + 1] == '"':
        end = start + 1
        while end < len(text):
            if text[end] != '"':
                end += 1
            elif text[end : end + 2] == '""':
                end += 2
            else:
                break
        return WrittenCell(text[start + 1 : end].replace('""', '"').strip(), start, min(end + 1, len(text)))
    end = min((found for sign in f"{delimiter}\r\n" if (found := text.find(sign, start)) >= 0), default=len(text))
    return WrittenCell(text[start:end].strip(), start, end)


def find_cells(text: str, key: str, row: str) -> Iterator[tuple[str, WrittenCell]]:
    """The cells of the row whose cell in the column `key` holds `row`, each with its column; none where there is none."""
    header, *rows = read_cells(text) or [[]]
    columns = [cell.text for cell in header]
    at = columns.index(key) if key in columns else len(columns)
    for cells in rows:
        if len(cells) == len(columns) and at < len(cells) and cells[at].text == row:
            yield from zip(columns, cells, strict=True)
            return


def as_cell(text: str, delimiter: str = ",") -> str:
    """A text as a cell."""
    return '"' + text.replace('"', '""') + '"' if set(text) & {delimiter, *'"\r\n'} else text

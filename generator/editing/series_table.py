"""The file of a series as edits find it: cells with their offsets and values, whether or not a publisher wrote it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from functools import cached_property

from ..model import values
from ..reading.draft import described_rows
from ..reading.table_record import described
from ..reading.validators import ReadContext
from ..tables import encodings
from ..tables.description import ColumnDescription, TableDescription
from ..tables.grid import Cell, GridLimits, read_grid
from ..tables.layout import column_headings
from ..tables.written_numbers import write_number
from .csv_text import WrittenCell, as_cell, cell_at, find_cells, read_cells
from .project import EditedProject, EditError
from .splices import Splice

_LINE_END = re.compile(r"\r\n|\r|\n")


class SeriesTable:
    """The table of one series. Of a described one, the text of a cell is in the notation of data/, not in the publisher's."""

    def __init__(self, project: EditedProject, series: str) -> None:
        """Read its file; UnreadableFileError or EditError where that cannot be."""
        self.project, self.series = project, series
        self.file = f"data/series/{series}.csv"
        draft = project.draft
        codes = tuple(language.code for language in draft.languages)
        self._context = ReadContext([], codes, draft.limits, in_progress=frozenset(codes))
        self.described = described(draft.series[series], self._context)
        self.encoding, self.text = self._decoded()

    def _decoded(self) -> tuple[str, str]:
        """The encoding of the file, and its text with its line ends."""
        content = self.project.files.content(self.file) or b""
        found = encodings.decode(content, self.described.encoding if self.described else "")
        if isinstance(found, encodings.Decoded):
            if found.encoding != "utf-8":
                text = content.decode(encodings.ENCODINGS.get(found.encoding, found.encoding))
                return found.encoding, text.removeprefix("\ufeff")
        elif self.described and self.described.encoding:
            raise self._other_encoding(self.described.encoding)
        return "utf-8", self.project.files.text(self.file)

    def _other_encoding(self, encoding: str) -> EditError:
        command = encodings.conversion(self.file, encoding)
        return EditError(message="edit-series-encoding", file=self.file, encoding=encoding, command=command)

    @property
    def table(self) -> TableDescription:
        """How the file is written."""
        return self.described or TableDescription()

    @property
    def _key(self) -> str:
        return self.project.edition.series[self.series].key

    @cached_property
    def _grid(self) -> list[list[Cell]]:
        limits = GridLimits(characters=self._context.limits.characters, bytes=self._context.limits.bytes)
        text = _LINE_END.sub("\n", self.text)
        return list(read_grid(self.file, text, limits, self._context.report, self.table.delimiter))

    @cached_property
    def _rows(self) -> Sequence[Mapping[str, WrittenCell]]:
        """The rows of a described table."""
        rows = described_rows(self.project.draft, self.project.draft.series[self.series], self._grid, self._context)
        starts = [0, *(match.end() for match in _LINE_END.finditer(self.text))]
        return [{column: self._written(cell, starts) for column, cell in row.items()} for row in rows]

    def _written(self, cell: Cell, starts: Sequence[int]) -> WrittenCell:
        start = starts[cell.span.line - 1] + cell.span.column - 1
        if start and self.text[start - 1] == '"':  # where the text of a quoted cell begins
            start -= 1
        return WrittenCell(cell.text, start, cell_at(self.text, start, self.table.delimiter).end)

    def row(self, key: str) -> Mapping[str, WrittenCell]:
        """The cells of the row with this key, by column; none where there is no such row."""
        if self.described is None:
            return dict(find_cells(self.text, self._key, key))
        return next((row for row in self._rows if self._key in row and row[self._key].text == key), {})

    def cells(self, columns: Sequence[str]) -> Iterator[WrittenCell]:
        """All cells of some columns."""
        if self.described is not None:
            yield from (row[name] for row in self._rows for name in columns if name in row)
            return
        header, *rows = read_cells(self.text) or [[]]
        at = [place for place, cell in enumerate(header) if cell.text in columns]
        yield from (row[place] for row in rows for place in at if place < len(row))

    def splice(self, start: int, end: int, text: str) -> Splice:
        """Other characters in the file; EditError where it is not in UTF-8, as edits are written."""
        if self.encoding != "utf-8":
            raise self._other_encoding(self.encoding)
        return Splice(self.file, start, end, text)

    def with_text(self, cell: WrittenCell, text: str) -> Splice:
        """Another text in a cell."""
        return self.splice(cell.start, cell.end, as_cell(text, self.table.delimiter))

    def with_value(self, cell: WrittenCell, column: str, notation: str) -> Splice:
        """Another value in a cell, given in the notation of data/; EditError where a published table cannot say it."""
        old = cell_at(self.text, cell.start, self.table.delimiter).text
        return self.with_text(cell, self.written_value(column, notation, old))

    def written_value(self, column: str, notation: str, old: str = "") -> str:
        """What is written in a column for a value in the notation of data/, in the place of an old text."""
        if self.described is None or not notation:
            return notation
        known = self.project.edition.series[self.series].columns.get(column)
        unit = known.unit if known is not None else None
        own = self.described.columns.get(column, ColumnDescription())
        if (own.type or ("number" if unit is not None else "string")) != "number":
            return notation
        try:
            written = write_number(
                values.parse(notation), self.described, own.scale, percent=unit.percent if unit else None, old=old
            )
        except ValueError:
            written = ""
        if not written:
            raise EditError(message="edit-published-value", found=notation, file=self.file, column=column)
        return written

    @property
    def columns(self) -> tuple[str, ...]:
        """The columns that a new row may fill; EditError where rows of the file are no rows of the series."""
        if self.described is None:
            return tuple(cell.text for cell in (read_cells(self.text) or [[]])[0])
        if self.described.form != "plain":
            raise EditError(message="edit-published-row", file=self.file, id=self.series)
        return tuple(self.described.columns)

    def new_row(self, cells: Mapping[str, str]) -> Splice:
        """A new last row, its cells by column, values in the notation of data/."""
        written = {name: self.written_value(name, text) for name, text in cells.items()}
        header = self.columns
        if self.described is not None:
            lines = self.described.header_rows or tuple(row[0].span.line for row in self._grid[:1])
            rows = [row for row in self._grid if row[0].span.line in lines]
            header = tuple(cell.text for cell in column_headings(rows, self.described.header_join)) if rows else ()
            headings = {name: own.heading or name for name, own in self.described.columns.items()}
            written = {" ".join(headings[name].split()): text for name, text in written.items()}
        end = len(self.text.rstrip("\r\n"))
        row = self.table.delimiter.join(as_cell(written.get(column, ""), self.table.delimiter) for column in header)
        return self.splice(end, len(self.text), f"\n{row}\n")

"""Looks at a table that nobody has described yet, and proposes how it is written."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from .grid import Cell
from .layout import column_headings, split_heading
from .likely_columns import LikelyColumns, Proposal, Seen
from .likely_notation import Hints, ProposalError, is_number, marks

_NO_TABLE, _NO_LINE = ("import-no-table",), ("import-no-line",)
Rows = Sequence[Sequence[Cell]]


def propose(grid: Rows, hints: Hints) -> Proposal:
    """How a table is written, as far as that is certain; ProposalError for what somebody has to say."""
    return _HeaderSearch(list(grid), hints).proposal()


class _HeaderSearch:
    """Looks for the header of a grid."""

    def __init__(self, grid: list[Sequence[Cell]], hints: Hints) -> None:
        if unknown := hints.leave_out - {row[0].span.line for row in grid}:
            raise ProposalError(*_NO_LINE, line=str(min(unknown)))
        self.grid, self.hints = [row for row in grid if row[0].span.line not in hints.leave_out], hints
        self.first = grid[0][0].span.line if grid else 1
        self.seen = Seen(grid=grid, hints=hints, missing=(*marks()["missing"], *hints.missing))

    def proposal(self) -> Proposal:
        width = Counter(_width(row) for row in self.grid if _width(row) > 1)
        if not width:
            raise ProposalError(*_NO_TABLE)
        header_at, wide = self._header()
        header = self._header_rows(header_at)
        headings = column_headings(header, " ")
        split = split_heading(headings[0].text)
        body = [row for row in self.grid[header_at + 1 :] if any(cell.text for cell in row)]
        names = [*split, *(one.text for one in headings[1:])] if split else [one.text for one in headings]
        table = self._rows(body, len(headings), len(split))
        if not table:
            raise ProposalError(*_NO_TABLE)
        lines = tuple(row[0].span.line for row in header)
        base = {
            "encoding": self.hints.encoding,
            "delimiter": self.hints.delimiter,
            "header_rows": lines if lines != (self.first,) else (),
        }
        found = LikelyColumns(self.seen, names, table, base)
        found.refuse_unknown()
        if wide:
            return found.wide()
        return found.long() if found.is_long() else found.plain()

    def _header(self) -> tuple[int, bool]:
        """The index of the last header row, and whether it holds periods behind other headings."""
        for at, row in enumerate(self.grid[:-1]):
            texts = [cell.text for cell in row if cell.text]
            if not texts or self.seen.is_period(texts[0]) or self._has_header_above(at):
                continue
            dated = [text for text in texts[1:] if self.seen.is_period(text)]
            joined = self._periods_of_two_rows(at)
            if joined > max(1, len(dated)):
                return at + 1, True
            if len(dated) > 1 and len(set(dated)) == len(dated):
                return at, True
        for dated_rows in (True, False):
            for at, row in enumerate(self.grid[1:], 1):
                if self._is_data(row, dated=dated_rows) and (header := self._above_values(at - 1)) is not None:
                    return header, False
        raise ProposalError(*_NO_TABLE)

    def _above_values(self, at: int) -> int | None:
        """A row, or one above it that holds no period and no number, as rows do whose values are missing."""
        for header in range(at, -1, -1):
            texts = [cell.text for cell in self.grid[header] if cell.text]
            if len(texts) > 1 and not any(self.seen.is_period(text) or is_number(text, ()) for text in texts):
                return header
        return None

    def _has_header_above(self, at: int) -> bool:
        """Whether a row above is as wide and has headings only: then years in this one are values."""
        wide = _width(self.grid[at])
        above = [[cell.text for cell in row if cell.text] for row in self.grid[:at] if _width(row) == wide]
        return any(len(texts) == wide and not any(map(self.seen.is_number, texts)) for texts in above)

    def _periods_of_two_rows(self, at: int) -> int:
        """How many periods the headings of a row and the next one give together, where the first spans several columns."""
        row, below = self.grid[at], self.grid[at + 1]
        if below[0].text or at + 2 >= len(self.grid):
            return 0
        headings = column_headings([row, below], " ")
        return sum(self.seen.is_period(one.text) for one in headings[1:] if one.text not in {cell.text for cell in row})

    def _is_data(self, row: Sequence[Cell], *, dated: bool) -> bool:
        """Whether a row has a number beside another cell, which is a period where `dated` asks for one."""
        filled = [cell.text for cell in row if cell.text]
        names = [at for at, text in enumerate(filled) if not dated or self.seen.is_period(text)][:1]
        return len(filled) > 1 and any(self.seen.is_number(text) for at, text in enumerate(filled) if at not in names and names)

    def _header_rows(self, at: int) -> list[Sequence[Cell]]:
        """The header row, and the one above it where that spans several of its columns."""
        header = self.grid[at]
        if at and _width(self.grid[at - 1]) > 1:
            above, texts = self.grid[at - 1], [cell.text for cell in header if cell.text]
            gaps = sum(not cell.text for cell in header[: _width(above)])
            if len(above) == len(header) and (gaps or len(set(texts)) < len(texts)):
                return [above, header]
        return [header]

    def _rows(self, body: Rows, width: int, split: int) -> list[list[Cell]]:
        """The cells of each row under the headings; shorter rows are notes."""
        rows = []
        for row in body:
            if len(row) >= width and not any(cell.text for cell in row[width:]):
                first = row[0].text.split(",")
                if split and len(first) != split:
                    continue
                own = [Cell(part.strip(), row[0].span) for part in first] if split else [row[0]]
                rows.append([*own, *row[1:width]])
        return rows


def _width(row: Sequence[Cell]) -> int:
    return max((at for at, cell in enumerate(row, 1) if cell.text), default=0)

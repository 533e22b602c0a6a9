"""Series files are CSV as RFC 4180 has it, and every cell has its place."""

from __future__ import annotations

from pathlib import Path

import pytest

from generator.diagnostics.finding import Span
from generator.reading.series_files import read_rows
from generator.reading.validators import ReadContext

CELLS = [
    # a file; of each row its cells, each with line, column and length
    ("a,b\n1,20\n", [[("1", 2, 1, 1), ("20", 2, 3, 2)]]),
    ("\ufeffa,b\r\n1,20\r\n", [[("1", 2, 1, 1), ("20", 2, 3, 2)]]),
    ("a, b\n 1 , 20", [[("1", 2, 1, 3), ("20", 2, 5, 3)]]),
    ("\na,b\n\n1,\n  \n,2\n", [[("1", 4, 1, 1), ("", 4, 3, 1)], [("", 6, 1, 1), ("2", 6, 2, 1)]]),
    ('a,b\n"x, y",2\n', [[("x, y", 2, 2, 4), ("2", 2, 8, 1)]]),
    ('a,b\n"x ""y""",2\n', [[('x "y"', 2, 1, 5), ("2", 2, 11, 1)]]),
    ('a,b\n"x\ny",2\n3,4\n', [[("x\ny", 2, 2, 1), ("2", 3, 4, 1)], [("3", 4, 1, 1), ("4", 4, 3, 1)]]),
    ("a,b\nx\u2028y,2\n3,4\n", [[("x\u2028y", 2, 1, 3), ("2", 2, 5, 1)], [("3", 3, 1, 1), ("4", 3, 3, 1)]]),
    ('a,b\n5",2\n', [[('5"', 2, 1, 2), ("2", 2, 4, 1)]]),
    ("a,b\n", []),
    ("", []),
]


@pytest.mark.parametrize(("text", "expected"), CELLS)
def test_cells_and_their_places(text: str, expected: list[list[tuple[str, int, int, int]]], tmp_path: Path) -> None:
    (tmp_path / "s.csv").write_bytes(text.encode())
    context = ReadContext([])
    rows = list(read_rows(tmp_path, "s.csv", Span("data/series.yml"), context))
    assert context.sink == []
    assert [
        [(cell.text, cell.span.line, cell.span.column, cell.span.length) for cell in row.values()] for row in rows
    ] == expected
    assert all(list(row) == ["a", "b"] for row in rows)

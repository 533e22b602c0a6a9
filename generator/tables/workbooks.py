"""Sheets of Excel and OpenDocument files, and JSON, as grids of cells; bounded, so that no file can take all memory."""

from __future__ import annotations

import csv
import io
import json
import sys
import zipfile
from collections.abc import Sequence
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from datetime import date, datetime
from functools import partial
from importlib import import_module
from importlib.util import find_spec
from multiprocessing import get_context

from python_calamine import CalamineError, CalamineWorkbook, PasswordError

from ..records.struct import Struct
from .unread_cells import unread_cells

SPREADSHEETS = (".xlsx", ".xlsm", ".xlsb", ".xls", ".ods")
_INFLATED = 20  # times the largest file: what a packed file may hold
_MEMORY = 2 * 1024**3  # bytes that reading may take
_MOST_FILES, _MOST_COLUMNS = 2000, 500


class WorkbookError(Exception):
    """A file that is not read: the key of a message of the tool, and what fills it."""

    def __init__(self, message: str, **args: str) -> None:
        """Carry both."""
        super().__init__(message)
        self.message, self.args_of_message = message, args

    def __reduce__(self) -> tuple[object, ...]:
        """How it comes out of another process."""
        return partial(WorkbookError, self.message, **self.args_of_message), ()


class Sheet(Struct, frozen=True, kw_only=True):
    """The texts of a sheet, row by row from the first line, and the names of the others."""

    rows: tuple[tuple[str, ...], ...]
    name: str
    others: tuple[str, ...] = ()

    def as_csv(self) -> str:
        """The same as comma-separated values."""
        out = io.StringIO()
        csv.writer(out, lineterminator="\n").writerows(self.rows)
        return out.getvalue()


def read_spreadsheet(content: bytes, most_bytes: int, sheet: str = "") -> Sheet:
    """A sheet by name, else the first one; WorkbookError for what is too large, locked, merged or not calculated.

    It is read in a process of its own with little memory: a few bytes may say that a sheet has a billion cells.
    """
    _refuse_bombs(content, most_bytes)
    with ProcessPoolExecutor(1, mp_context=get_context("spawn")) as pool:
        try:
            return pool.submit(_read_spreadsheet, content, most_bytes, sheet).result()
        except BrokenProcessPool:
            raise WorkbookError(*_TOO_LARGE, most=str(most_bytes)) from None


def is_spreadsheet(content: bytes) -> bool:
    """Whether a file begins as spreadsheets do (zip or OLE); some offices give that name to delimited text."""
    return content.startswith((b"PK", b"\xd0\xcf\x11\xe0"))


def _limit_memory() -> None:
    if find_spec("resource") is not None:  # there is none on Windows
        resource = import_module("resource")
        resource.setrlimit(resource.RLIMIT_AS, (_MEMORY, _MEMORY))
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def _read_spreadsheet(content: bytes, most_bytes: int, sheet: str) -> Sheet:
    _limit_memory()
    sys.stderr = None  # of this process, which may break down
    try:
        with CalamineWorkbook.from_filelike(io.BytesIO(content)) as book:
            names = book.sheet_names
            name = sheet or next(iter(names), "")
            if name not in names:
                raise WorkbookError(*_NO_SHEET, name=name, known=", ".join(names))
            found = book.get_sheet_by_name(name)
            if found.total_width > _MOST_COLUMNS or found.total_width * found.total_height * 2 > most_bytes:
                raise WorkbookError(*_TOO_LARGE, most=str(most_bytes))
            rows, merged = found.to_python(skip_empty_area=False), found.merged_cell_ranges or []
    except PasswordError:
        raise WorkbookError(*_LOCKED) from None
    except (CalamineError, OSError, ValueError, zipfile.BadZipFile) as error:
        raise WorkbookError(*_UNREADABLE, why=str(error)[:200]) from None
    texts = [[_text(cell) for cell in row] for row in rows]
    for (first, left), (last, _) in merged:
        if first != last:  # over several rows: which of them has the value cannot be told
            raise WorkbookError(*_MERGED, row=str(first + 1), column=str(left + 1))
    for row, column, found_there in unread_cells(content, name):
        if row < len(texts) and column < len(texts[row]):
            texts[row][column] = found_there
    return Sheet(rows=tuple(tuple(row) for row in texts), name=name, others=tuple(one for one in names if one != name))


def read_json(text: str) -> Sheet:
    """A list of objects, or of lists, as a table; numbers keep the digits that are written."""
    try:
        found = json.loads(text, parse_float=str, parse_int=str, parse_constant=str)
    except (ValueError, RecursionError) as error:
        raise WorkbookError(*_UNREADABLE, why=str(error)[:200]) from None
    if isinstance(found, list) and found and all(isinstance(row, dict) for row in found):
        keys = list(dict.fromkeys(key for row in found for key in row))
        listed: list[Sequence[object]] = [keys, *([row.get(key) for key in keys] for row in found)]
    elif isinstance(found, list) and found and all(isinstance(row, list) for row in found):
        listed = found
    else:
        raise WorkbookError(*_JSON_SHAPE)
    if any(isinstance(cell, dict | list) for row in listed for cell in row):
        raise WorkbookError(*_JSON_SHAPE)
    return Sheet(rows=tuple(tuple(_text(cell) for cell in row) for row in listed), name="")


_NO_SHEET, _TOO_LARGE, _LOCKED = ("import-no-sheet",), ("import-too-large",), ("import-locked",)
_UNREADABLE, _MERGED, _JSON_SHAPE = ("import-unreadable",), ("import-merged",), ("import-json-shape",)


def _refuse_bombs(content: bytes, most_bytes: int) -> None:
    """Refuse packed files that grow beyond measure."""
    if not content.startswith(b"PK"):
        return
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as packed:
            files = packed.infolist()
    except zipfile.BadZipFile as error:
        raise WorkbookError(*_UNREADABLE, why=str(error)) from None
    if len(files) > _MOST_FILES or sum(one.file_size for one in files) > _INFLATED * most_bytes:
        raise WorkbookError(*_TOO_LARGE, most=str(_INFLATED * most_bytes))


def _text(cell: object) -> str:
    """A cell as text; a number with the fifteen digits that spreadsheets keep."""
    if isinstance(cell, bool):
        return str(cell).lower()
    if isinstance(cell, float):
        return f"{cell:.15g}"
    if isinstance(cell, datetime):
        return cell.date().isoformat() if cell.time() == datetime.min.time() else cell.isoformat(sep=" ")
    return cell.isoformat() if isinstance(cell, date) else "" if cell is None else str(cell)

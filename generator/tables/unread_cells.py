"""What spreadsheets hold in cells that come out empty, or as zero, when they are read: errors, and formulas without a value."""

from __future__ import annotations

import html
import io
import re
import zipfile
from collections.abc import Iterator, Mapping
from xml.parsers import expat

from .numbers import ERROR

_CELL = rb'<(?:\w+:)?c\b(?=[^>]{0,300}?\br="([A-Z]{1,3})([0-9]{1,7})")'
_FORMULA = rb"(?:<(?:\w+:)?f\b[^>]{0,300}(?:/>|>([^<]{0,8192})</(?:\w+:)?f>))"
_FORMULA_WITHOUT_VALUE = re.compile(
    _CELL + rb"[^>]{0,300}>\s*" + _FORMULA + rb"\s*(?:<(?:\w+:)?v\s*/>|<(?:\w+:)?v></(?:\w+:)?v>)?\s*</(?:\w+:)?c>"
)
_ERROR_CELL = re.compile(
    _CELL + rb'(?=[^>]{0,300}?\bt="e")[^>]{0,300}>\s*' + _FORMULA + rb"?\s*<(?:\w+:)?v[^>]{0,100}>([^<]{0,100})</"
)
_TAG = re.compile(r"<(?:\w+:)?(?:sheet|Relationship)\b([^>]*)>")
_ATTRIBUTE = re.compile(r'([\w:]+)="([^"]*)"')
Found = Iterator[tuple[int, int, str]]  # row and column from 0, and what the cell holds


def unread_cells(content: bytes, sheet: str) -> Found:
    """Errors as they are shown (#N/A), and formulas that no program has calculated, of one sheet of a zipped workbook."""
    if not content.startswith(b"PK"):
        return
    with zipfile.ZipFile(io.BytesIO(content)) as packed:
        names = packed.namelist()
        if "content.xml" in names:
            yield from _OpenDocumentErrors(sheet).read(packed.read("content.xml"))
        elif (part := _part_of(packed, sheet)) in names:
            text = packed.read(part)
            for match in _FORMULA_WITHOUT_VALUE.finditer(text):
                yield *_place(match), f"={(match[3] or b'').decode(errors='replace')}"
            for match in _ERROR_CELL.finditer(text):
                yield *_place(match), html.unescape(match[4].decode(errors="replace")).strip()


def _place(match: re.Match[bytes]) -> tuple[int, int]:
    column = 0
    for letter in match[1].decode():
        column = column * 26 + ord(letter) - ord("A") + 1
    return int(match[2]) - 1, column - 1


def _part_of(packed: zipfile.ZipFile, sheet: str) -> str:
    """The file of a sheet of an Excel workbook, which its relationships name."""
    own = "xl/workbook.xml", "xl/_rels/workbook.xml.rels"
    if not set(own) <= set(packed.namelist()):
        return ""
    sheets, targets = (
        [_attributes(match[1]) for match in _TAG.finditer(packed.read(one).decode(errors="replace"))] for one in own
    )
    key = next((found.get("id", "") for found in sheets if found.get("name") == sheet), "")
    target = next((found.get("Target", "") for found in targets if key and found.get("Id") == key), "")
    return target[1:] if target.startswith("/") else f"xl/{target}"


def _attributes(tag: str) -> dict[str, str]:
    """The attributes of a tag by their names without a prefix."""
    return {name.rpartition(":")[2]: html.unescape(text) for name, text in _ATTRIBUTE.findall(tag)}


def _count(text: str) -> int:
    return int(text) if re.fullmatch("[0-9]{1,9}", text) else 1


class _OpenDocumentErrors:
    """Finds the cells of a sheet that show an error; a row or cell that is repeated counts as often."""

    def __init__(self, sheet: str) -> None:
        self.sheet, self.is_inside = sheet, False
        self.row, self.column, self.next_row, self.next_column = 0, 0, 0, 0
        self.is_error, self.is_comment, self.shown = False, False, ""
        self.found: list[tuple[int, int, str]] = []
        self.parser = expat.ParserCreate(namespace_separator=" ")
        self.parser.StartElementHandler, self.parser.EndElementHandler = self._start, self._end
        self.parser.CharacterDataHandler = self._text

    def read(self, text: bytes) -> Found:
        try:
            self.parser.Parse(text, True)  # noqa: FBT003  the parameter of expat that has no name
        except expat.ExpatError:
            return  # the reader of the values says so
        yield from self.found

    def _start(self, tag: str, attributes: Mapping[str, str]) -> None:
        name = tag.rpartition(" ")[2]
        local = {key.rpartition(" ")[2]: text for key, text in attributes.items()}
        if name == "table":
            self.is_inside, self.next_row = local.get("name") == self.sheet, 0
        elif name == "table-row":
            self.row, self.next_column = self.next_row, 0
            self.next_row += _count(local.get("number-rows-repeated", ""))
        elif name == "annotation":
            self.is_comment = True
        elif name in ("table-cell", "covered-table-cell"):
            self.column, self.shown = self.next_column, ""
            self.next_column += _count(local.get("number-columns-repeated", ""))
            self.is_error = "formula" in local or "error" in attributes.values()

    def _text(self, text: str) -> None:
        if not self.is_comment:
            self.shown += text

    def _end(self, tag: str) -> None:
        if tag.endswith("annotation"):
            self.is_comment = False
        elif tag.endswith("table-cell") and self.is_inside and self.is_error and ERROR.fullmatch(self.shown.strip()):
            self.found.append((self.row, self.column, self.shown.strip()))

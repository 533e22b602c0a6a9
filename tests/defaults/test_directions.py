"""Style sheets name start and end, not left and right: pages of some languages run from the right."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from generator.defaults.files import FOLDER

SHEETS = (FOLDER / "assets/factloom.css", FOLDER.parent / "exports/sheets/print.css")
PHYSICAL = re.compile(r"(?:margin|padding|border)-(?:left|right)\b|text-align: (?:left|right)\b|float: (?:left|right)\b")
FOUR_SIDES = re.compile(r"(?:margin|padding): [^\s;]+ ([^\s;]+) [^\s;]+ ([^\s;]+);")


@pytest.mark.parametrize("sheet", SHEETS, ids=lambda path: path.name)
def test_no_side_is_named_that_the_direction_decides(sheet: Path) -> None:
    text = sheet.read_text(encoding="utf-8")
    assert PHYSICAL.findall(text) == []
    assert [found[0] for found in FOUR_SIDES.finditer(text) if found[1] != found[2]] == []

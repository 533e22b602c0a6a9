"""Files joined from parts: as if they were written as a whole."""

from __future__ import annotations

import io
import random
import zipfile

import pytest

from generator.exports.zip_parts import archive, part, separated, uncompressed
from generator.markup.json_text import json_around, json_rows, json_text


def texts(number: int) -> list[str]:
    chance = random.Random(number)  # noqa: S311  no secret
    return ["".join(chance.choices("ab ,湖水ü\n", k=chance.choice([0, 1, 70, 40_000]))) for _ in range(number)]


@pytest.mark.parametrize("number", [0, 1, 2, 9])
def test_an_archive_of_parts_holds_what_they_were_made_of(number: int) -> None:
    written = texts(number)
    parts = [part(text) for text in written]
    members = {"a/first.txt": parts, "a/湖.txt": parts[:1], "a/empty": []}
    with zipfile.ZipFile(io.BytesIO(archive(members))) as opened:
        assert opened.testzip() is None
        assert opened.namelist() == list(members)
        assert opened.read("a/first.txt").decode() == "".join(written)
        assert opened.read("a/湖.txt").decode() == "".join(written[:1])
        assert opened.read("a/empty") == b""
        assert {one.external_attr >> 16 for one in opened.infolist()} == {0o644}
    assert archive(members) == archive(members)
    assert uncompressed(parts).decode() == "".join(written)
    assert uncompressed(separated(parts, ", ")).decode() == ", ".join(written)


ROWS: list[object] = [{"a": 1, "b": ["x\n]", {"c": []}]}, "]\n ]", [], {}, 3, [[1], ["\\"]]]


@pytest.mark.parametrize("cut", range(1, len(ROWS)))
def test_rows_of_json_stand_as_in_the_whole(cut: int) -> None:
    before, after = json_around({"title": "Lakes\n", "none": None}, "rows")
    whole = json_text({"title": "Lakes\n", "none": None, "rows": ROWS})
    assert before + json_rows(ROWS[:cut]) + ",\n" + json_rows(ROWS[cut:]) + after == whole
    assert json_rows([]) == ""

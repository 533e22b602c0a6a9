"""What a finding quotes can neither command a terminal nor a CI, in any format."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from generator.diagnostics.escaping import escape_characters, escape_text
from generator.diagnostics.finding import Diagnostic, Span
from generator.diagnostics.renderers import FORMATS, render

HOSTILE = [
    ("\x1b[31mred", r"\x1b[31mred"),
    ("a\nb\rc\td", r"a\nb\rc\td"),
    ("\x9b2J", r"\x9b2J"),
    ("\x07\x08\x00", r"\x07\x08\x00"),
    ("\u202egpj.exe", r"\u202egpj.exe"),
    ("\u2066a\u2069", r"\u2066a\u2069"),
    ("a\u2028b", r"a\u2028b"),
    ("\udcff", r"\udcff"),
    ("::add-mask::x", r"\x3a:add-mask::x"),
    ("::error file=a,line=1::x", r"\x3a:error file=a,line=1::x"),
    ("a ##[add-mask]x", r"a \x23#[add-mask]x"),
    ("std::string, a :: b, #[a], é 日本 \N{WOMAN}\N{ZERO WIDTH JOINER}\N{PERSONAL COMPUTER}", None),
    ("x" * 600, "x" * 500 + "…"),
]


@pytest.mark.parametrize(("text", "shown"), HOSTILE)
def test_unsafe_characters_are_written_out(text: str, shown: str | None) -> None:
    assert escape_text(text) == (text if shown is None else shown)


def test_a_line_of_a_file_keeps_its_characters_apart() -> None:
    assert escape_characters("a\t\x1bb ::x::") == ["a", "\t", r"\x1b", "b", " ", r"\x3a", ":", "x", ":", ":"]


@pytest.mark.parametrize("form", FORMATS)
@pytest.mark.parametrize(
    "hostile", ["\x1b[31m", "\u202e", "\x00", "\x9b", "\n::add-mask::x", "\r::stop-commands::x", "\udc80", "##[group]"]
)
def test_no_format_passes_them_on(form: str, hostile: str, tmp_path: Path) -> None:
    file = f"data/{hostile.strip()}.yml" if "\0" not in hostile else "data/x.yml"
    (tmp_path / "data").mkdir()
    (tmp_path / "data/x.yml").write_bytes(f"a: {hostile}b\n".encode(errors="surrogateescape"))
    found = [
        Diagnostic(rule="bad-value", span=Span(where, 1, 4, 3), args={"found": f"x{hostile}y", "why": hostile})
        for where in ("data/x.yml", file)
    ]
    text = render(found, output_format=form, root=tmp_path, language="en")
    text.encode()
    assert not re.search(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]|(?m:^\s*::(?!error )\w)|##\[", text)
    assert "Traceback" not in text
    if form == "json":
        assert len(json.loads(text)) == len(found)


def test_marks_stand_below_what_is_written_out(tmp_path: Path) -> None:
    (tmp_path / "x.yml").write_text("a\x1b: bad\n", encoding="utf-8")
    text = render(
        [Diagnostic(rule="bad-value", span=Span("x.yml", 1, 5, 3), args={"found": "bad"})],
        output_format="full",
        root=tmp_path,
        language="en",
    )
    lines = text.splitlines()
    assert lines[3] == r"1 | a\x1b: bad"
    assert lines[4] == "  |        ^^^"

"""Files of entries after an edit: what is read of them by entry is what reading the whole file gives."""

from __future__ import annotations

from pathlib import Path

import pytest

from generator.reading import records
from generator.reading.entry_files import FileResult, read_file
from generator.reading.limits import DEFAULT_LIMITS
from generator.reading.validators import ReadContext

FILE = "data/facts/water.yml"
FACT = """\
area:
  label: {en: Area, de: Area}
  value: 3
  unit: km2
  status: observed
  review: durable
  evidence:
    - {source: survey, at: table 1}
"""
NEXT = FACT.replace("area", "# a comment\n\ndepth").replace("value: 3", "value: 4")


def read(text: str, last: FileResult | None = None, languages: tuple[str, ...] = ("en", "de")) -> FileResult:
    context = ReadContext([], languages=languages, limits=DEFAULT_LIMITS)
    return read_file(text.encode(), FILE, records.FOLDERS["facts"], context, last)


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (FACT + NEXT, (FACT + NEXT).replace("value: 3", "value: 5")),
        (FACT + NEXT, FACT.replace("  unit", "  note: {en: More\n\n      lines, de: Mehr}\n  unit") + NEXT),
        (FACT + NEXT, NEXT + FACT),
        (FACT + NEXT, NEXT),
        (FACT, FACT + NEXT),
        (FACT + NEXT, FACT.replace("en: Area", 'en: "Area') + NEXT),
        (FACT + NEXT, FACT.replace("en: Area", 'en: "Area\nwidth: 3"') + NEXT),
        (FACT.replace("en: Area", 'en: "Area\nwidth: 3"') + NEXT, FACT + NEXT),
        (FACT + NEXT, FACT.replace("{en: Area, de: Area}", "\n    en: |\n      Area\n    de: Area") + NEXT),
        (FACT + NEXT, FACT.replace("area", "Area") + NEXT),
        (FACT + NEXT, FACT + FACT),
        (FACT + NEXT, FACT.replace("value", "values") + NEXT),
        (FACT + NEXT, FACT + "---\n" + NEXT),
        (FACT + NEXT, FACT + "...\n" + NEXT),
        (FACT + NEXT, FACT.replace("unit: km2", "unit: *a") + NEXT),
        (FACT + NEXT, FACT.replace("unit: km2\n", "unit: km2\n? width\n: {}\n") + NEXT),
        (FACT + NEXT, FACT.replace("\n", "\r\n") + NEXT),
        (FACT + NEXT, ""),
    ],
)
def test_an_edited_file_is_read_as_if_it_was_new(before: str, after: str) -> None:
    assert read(after, read(before)) == read(after)


def test_only_the_entry_that_was_edited_is_read_again() -> None:
    last = read(FACT + NEXT)
    now = read(FACT + NEXT.replace("value: 4", "value: 5"), last)
    assert last.findings == ()
    assert now.entries[0][1] is last.entries[0][1]
    assert now.entries[1][1] != last.entries[1][1]


def test_every_file_of_this_report_can_be_read_by_entry() -> None:
    root = Path(__file__).parents[2]
    files = sorted((root / "data/facts").glob("*.yml"))
    assert files
    for path in files:
        content = path.read_text(encoding="utf-8")
        last = read(content, languages=("ja", "en"))
        edited = content.replace("label:", "label: ", 1)
        assert len(last.texts) == len(last.entries)
        assert read(edited, last, ("ja", "en")) == read(edited, languages=("ja", "en"))

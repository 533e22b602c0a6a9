"""Series with rows that are missing, mixed, out of order or in other units are warned of; and changes that nobody is told of."""

from __future__ import annotations

from pathlib import Path

import pytest

from generator.checks.project_check import check_project
from generator.model import values
from generator.records.struct import replace
from generator.rules import CheckOptions

RULES = ("no-rows", "nameless-row", "mixed-periods", "rows-out-of-order", "missing-rows", "unlike-scale", "untold-change")
SERIES = """
flow:
  label: {en: Flow, de: Abfluss}
  file: flow.csv
  key: period
  columns:
    amount: {unit: USD, label: {en: Amount, de: Betrag}}
    "ratio:1": {unit: ratio, label: {en: Ratio, de: Anteil}}
"""


def _project(project: Path, rows: str) -> Path:
    path = project / "data/series.yml"
    known = path.read_text(encoding="utf-8")
    entry = SERIES if "file:" in known else SERIES.replace("  file: flow.csv\n", "")
    path.write_text(known + entry, encoding="utf-8")
    (project / "data/series/flow.csv").write_text(rows, encoding="utf-8")
    return project


def _rows(*names_and_amounts: str) -> str:
    return "period,amount,ratio:1\n" + "".join(f"{row},0.5\n" for row in names_and_amounts)


@pytest.mark.parametrize(
    ("rows", "expected"),
    [
        (("2021,1e9", "2022,2e9", "2023,3e9"), []),
        ((), ["no-rows"]),
        ((",1e9",), ["nameless-row"]),
        (("2021,1e9", "2023,3e9", "2022,2e9"), ["rows-out-of-order"]),
        (("2023,1e9", "2022,2e9", "2021,3e9"), ["rows-out-of-order"]),
        (("2020,1e9", "2021,1e9", "2022,2e9", "2024,3e9"), ["missing-rows"]),
        (("2010,1e9", "2015,1e9", "2020,2e9"), []),  # every five years
        (("2024-Q1,1e9", "2024-Q2,1e9", "2024-Q4,2e9", "2025-Q1,1e9"), ["missing-rows"]),
        (("2024-Q1,1e9", "2024-Q2,1e9", "2025,4e9", "2024-Q3,1e9"), ["mixed-periods"]),
        (("2024-11,1e9", "2024-12,1e9", "2025-01,2e9"), []),
        (("2024-01-05,1e9", "2024-03-05,1e9", "2025-01-01,2e9"), []),  # days have no rhythm
        (("north,1e9", "south,1e9", "east,2e9"), []),
        (("2021,60.1e9", "2022,61.2", "2023,63.0e9"), ["unlike-scale"]),
        (("2021,60.1", "2022,61.2e9", "2023,63.0"), ["unlike-scale.large"]),
        (("2021,60.1e9", "2022,61.2e6", "2023,63.0e9"), ["unlike-scale"]),
        (("2021,60.1e9", "2022,612e4", "2023,63.0e9"), ["unlike-scale"]),  # a myriad too small
        (("2021,1e3", "2022,1e6", "2023,1e9"), []),  # values of all sizes
        (("2021,60.1e9", "2022,30e9", "2023,100e9"), []),
        (("2021,60.1e9", "2022,0", "2023,63.0e9"), []),
    ],
)
def test_rows(project: Path, rows: tuple[str, ...], expected: list[str]) -> None:
    findings = check_project(_project(project, _rows(*rows))).findings
    assert [f"{one.rule}.{one.variant}".rstrip(".") for one in findings if one.rule in RULES] == expected
    assert not [one for one in findings if one.rule == "missing-language"]  # ratio:1 is a column, not a language


def test_the_factor_and_what_to_write_are_told(project: Path) -> None:
    (finding,) = (
        one
        for one in check_project(_project(project, _rows("2021,60.1e9", "2022,61.2", "2023,63.0e9"))).findings
        if one.rule == "unlike-scale"
    )
    assert finding.sentence("en") == "61.2 is about 1e9 times smaller than the other values of its column"
    assert "61.2e9" in str(finding.args["likely"])
    assert (finding.span.file, finding.span.line) == ("data/series/flow.csv", 3)


def test_a_changed_cell_without_a_fact_is_told(project: Path) -> None:
    edition = check_project(project).edition
    assert edition is not None
    levels = edition.series["levels"]
    changed = tuple(replace(row, values={"area": values.parse("1e6")}) for row in levels.rows)
    base = replace(edition, series={"levels": replace(levels, rows=changed)})
    findings = [one for one in check_project(project, CheckOptions(base=base)).findings if one.rule == "untold-change"]
    # of the other row there is a fact
    assert [one.sentence("en") for one in findings] == ["2025 of levels changed from 1e6 to 25e6, but no fact is made of it"]

"""What is said of a table that is imported is done, or refused with what there is: never ignored."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from click.testing import CliRunner
from sample_projects import PLAIN

from generator.checks.project_check import check_project
from generator.commands.main import main

PLAIN_TABLE = "year,area\n2020,5\n2021,6\n2022,11\n"
TITLED = "Areas of lakes\nyear,area\n2020,5\n2021,6\n2022,11\n"
LONG = "time,geo,unit,value\n2023,AT,ha,1\n2023,AT,km,2\n2023,BE,ha,3\n2023,BE,km,4\n"
WIDE = "geo,unit,2022,2023\nAT,ha,1,2\nAT,km,3,4\n"

LEFT_OUT = [
    (PLAIN_TABLE, ("4",), ["2020 5", "2021 6"]),
    (PLAIN_TABLE, ("2",), ["2021 6", "2022 11"]),
    (PLAIN_TABLE, ("2", "3"), ["2022 11"]),
    (TITLED, ("1",), ["2020 5", "2021 6", "2022 11"]),
    (TITLED, ("1", "4"), ["2020 5", "2022 11"]),
    ("year,place\n2020,5\nyear,area\n2021,6\n2022,7\n", ("1", "2"), ["2021 6", "2022 7"]),
    (LONG + "2024,AT,km,9\n", ("2", "4"), ["2023 2 4", "2024 9 "]),
    (WIDE, ("2",), ["2022 3", "2023 4"]),
]
REFUSED = [
    (PLAIN_TABLE, ("--leave-out", "99"), "line 99"),
    (PLAIN_TABLE, ("--leave-out", "1"), "no header"),
    (PLAIN_TABLE, ("--where", "year=2020"), "--where year chooses nothing here"),
    (PLAIN_TABLE, ("--where", "nosuch=5"), "no heading nosuch"),
    (LONG, ("--where", "nosuch=5"), "there are: time, geo, unit, value"),
    (WIDE, ("--where", "nosuch=5"), "there are: geo, unit, 2022, 2023"),
    (LONG, ("--where", "unit=acre"), "no row has acre under unit"),
    (LONG, ("--where", "unit=km", "--where", "unit=ha"), "--where unit is said twice"),
    (PLAIN_TABLE, ("--sheet", "foo"), "--sheet says nothing of lo.csv"),
    (PLAIN_TABLE, ("--id", "a", "--id", "b"), "--id is said twice"),
    (PLAIN_TABLE, ("--decimal", ",", "--decimal", "."), "--decimal is said twice"),
    (PLAIN_TABLE, ("--unit", "nocol=m2"), "there is no column nocol"),
    (PLAIN_TABLE, ("--unit", "area=USD"), "--unit area is said twice"),
]


def run(tmp_path: Path, content: str, *options: str) -> tuple[Path, int, str]:
    root = shutil.copytree(PLAIN, tmp_path / "project")
    table = tmp_path / "lo.csv"
    table.write_text(content, encoding="utf-8")
    unit = options if "--where" in options else ("--unit", "area=m2", *options) if "area" in content.lower() else options
    done = CliRunner().invoke(main, ["import", str(table), "--root", str(root), "--language", "en", "--yes", *unit])
    return root, done.exit_code, done.output


@pytest.mark.parametrize(("content", "lines", "rows"), LEFT_OUT)
def test_lines_are_left_out(tmp_path: Path, content: str, lines: tuple[str, ...], rows: list[str]) -> None:
    options = [part for line in lines for part in ("--leave-out", line)]
    root, code, output = run(tmp_path, content, *options)
    assert code == 0, output
    checked = check_project(root)
    assert checked.findings == ()
    assert [" ".join(cell.text for cell in row.values()) for row in checked.draft.cells["lo"]] == rows


@pytest.mark.parametrize(("content", "options", "said"), REFUSED)
def test_what_would_be_ignored_is_refused(tmp_path: Path, content: str, options: tuple[str, ...], said: str) -> None:
    root, code, output = run(tmp_path, content, *options)
    assert (code, said in output) == (2, True), output
    assert not (root / "data/series/lo.csv").exists()

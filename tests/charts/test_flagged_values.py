"""What a publisher says of single values stands in words beside them in the tables of charts."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from sample_projects import PLAIN

from generator.charts.tables import tabulate
from generator.checks.project_check import check_project
from generator.wording.texts import Texts

TABLE = """\
rates:
  label: {en: Rates, de: Quoten}
  key: year
  columns: {rate: {label: {en: Rate, de: Quote}, unit: m2}}
  sources: [survey]
  table:
    flags: {p: provisional, b: break, e: estimated}
    columns: {year: {heading: year, type: period}, rate: {heading: rate}}
"""
CHART = """\
rates_chart:
  mark: line
  series: rates
  columns: [rate]
  title: {en: Rates, de: Quoten}
"""


@pytest.mark.parametrize(
    ("code", "texts"),
    [
        ("en", ["5 square meters", "6 square meters (break in series, provisional)", "7 square meters (estimated)"]),
        ("de", ["5 Quadratmeter", "6 Quadratmeter (Zeitreihenbruch, vorläufig)", "7 Quadratmeter (geschätzt)"]),
    ],
)
def test_flags_are_words_in_the_table_of_a_chart(code: str, texts: list[str], tmp_path: Path) -> None:
    root = shutil.copytree(PLAIN, tmp_path / "project")
    (root / "data/series/rates.csv").write_text("year,rate\n2022,5\n2023,6 bp\n2024,7e\n", encoding="utf-8")
    (root / "data/charts").mkdir(exist_ok=True)
    for file, more in (("series.yml", TABLE), ("charts/rates.yml", CHART)):
        with (root / "data" / file).open("a", encoding="utf-8") as written:
            written.write(more)
    checked = check_project(root)
    assert [finding for finding in checked.findings if finding.severity == "error"] == []
    assert checked.edition is not None
    language = next(one for one in checked.edition.report.languages if one.code == code)
    table = tabulate(checked.edition.charts["rates_chart"], checked.edition, Texts(checked.edition, language))
    assert [row[1].text for row in table.rows] == texts

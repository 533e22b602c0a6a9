"""Fiscal years that do not begin in January have their true days everywhere, and are worded as what they are."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from sample_projects import PLAIN, edit

from generator.checks.project_check import check_project
from generator.exports.series_tables import series_table
from generator.wording.texts import Texts


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """The good project with a report whose years begin in April, and a lake whose years end in September."""
    root = shutil.copytree(PLAIN, tmp_path / "project")
    edit(root, "data/report.yml", "as_of: 2025-06-30\n", "as_of: 2025-06-30\nfiscal_year: {begins: 4, named_by: start}\n")
    with (root / "data/names.yml").open("a", encoding="utf-8") as file:
        file.write("sea:\n  type: place\n  name: {en: Sea, de: Meer}\n  fiscal_year: {begins: 10, named_by: end}\n")
    with (root / "data/series.yml").open("a", encoding="utf-8") as file:
        for key, more in (("ours", ""), ("theirs", "  entity: sea\n")):
            (root / f"data/series/{key}.csv").write_text(
                "year,area,source\nFY2023,1,survey\nFY2024-Q1,2,survey\n", encoding="utf-8"
            )
            file.write(
                f"{key}:\n  label: {{en: S, de: S}}\n  key: year\n{more}"
                "  columns:\n    area: {label: {en: Area, de: Fläche}, unit: m2}\n"
            )
    return root


DAYS = {
    "ours": ["FY2023 2023-04-01 2024-03-31", "FY2024-Q1 2024-04-01 2024-06-30"],
    "theirs": ["FY2023 2022-10-01 2023-09-30", "FY2024-Q1 2023-10-01 2023-12-31"],
}


@pytest.mark.parametrize("series", DAYS)
def test_rows_have_their_true_days(series: str, root: Path) -> None:
    edition = check_project(root).edition
    assert edition is not None
    rows = edition.series[series].rows
    assert [f"{row.key} {row.period.first} {row.period.last}" for row in rows if row.period] == DAYS[series]
    languages = [Texts(edition, language) for language in edition.report.languages]
    exported = series_table(edition.series[series], languages).rows
    assert [f"{row['year']} {row['year_first']} {row['year_last']}" for row in exported] == DAYS[series]


def test_facts_have_their_true_days_and_words(root: Path) -> None:
    edit(root, "data/facts/water.yml", "  period: 2024\n", "  period: FY2024\n")
    edition = check_project(root).edition
    assert edition is not None
    period = next(fact.period for fact in edition.facts.values() if fact.period and fact.period.text == "FY2024")
    assert (str(period.first), str(period.last)) == ("2024-04-01", "2025-03-31")
    assert [Texts(edition, language).word_period(period) for language in edition.report.languages] == [
        "fiscal 2024",
        "Geschäftsjahr 2024",
    ]

"""Money of one currency in another: by a rate that is a fact, whose source the result has, too."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from sample_projects import PLAIN, edit
from sample_reports import check_edition

from generator.model import values
from generator.wording.texts import Texts

UNITS = """
EUR: {dimension: {euros: 1}, currency: EUR}
dollars_per_euro:
  dimension: {dollars: 1, euros: -1}
  ladder:
    - {from: 1, pattern: {en: {other: "{0} dollars to the euro"}, de: {other: "{0} Dollar je Euro"}}}
"""
SOURCE = """
bank:
  publisher: Central Bank
  title: Exchange rates
  date: 2025-06-02
  url: https://bank.example/rates
  language: en
  read: full
"""
FACTS = """
euro_rate:
  label: {en: The euro in dollars, de: Der Euro in Dollar}
  value: 1.20
  unit: dollars_per_euro
  as_of: 2025-06-02
  status: observed
  review: durable
  evidence:
    - {source: bank, at: table 1}
bridge_cost:
  label: {en: Cost of the bridge, de: Kosten der Brücke}
  value: 3e9
  unit: EUR
  status: announced
  review: durable
  evidence:
    - {source: survey, at: table 5}
converted:
  label: {en: Converted, de: Umgerechnet}
  formula: "FORMULA"
  unit: UNIT
  status: announced
  review: durable
"""


def project(folder: Path, formula: str, unit: str) -> Path:
    root = shutil.copytree(PLAIN, folder / "lakes")
    for file, text in (("units", UNITS), ("sources", SOURCE), ("facts/water", FACTS)):
        path = root / f"data/{file}.yml"
        added = text.replace("FORMULA", formula).replace("UNIT", unit)
        path.write_text(path.read_text(encoding="utf-8") + added, encoding="utf-8")
    edit(root, "templates/pages/index.en.md.j2", "needs care.", 'needs care. {{ fact("converted") }}')
    edit(root, "templates/pages/index.de.md.j2", "braucht Pflege.", 'braucht Pflege. {{ fact("converted") }}')
    return root


@pytest.mark.parametrize(
    ("formula", "unit", "value", "words"),
    [
        ("dam_cost / euro_rate", "EUR", "55e9..60e9", "55–60 billion euros"),
        ("bridge_cost * euro_rate", "USD", "3.60e9", "3.6 billion US dollars"),
        ("dam_cost + bridge_cost * euro_rate", "USD", "69.60e9..75.60e9", "69.6–75.6 billion US dollars"),
        ("convert(dam_cost / euro_rate, EUR)", "EUR", "55e9..60e9", "55–60 billion euros"),
    ],
)
def test_a_rate_is_a_fact_whose_source_the_result_has(tmp_path: Path, formula: str, unit: str, value: str, words: str) -> None:
    edition = check_edition(project(tmp_path, formula, unit))
    converted = edition.facts["converted"]
    expected = values.parse(value)
    assert (converted.value.low, converted.value.high) == (expected.low, expected.high)  # type: ignore[union-attr]
    assert "euro_rate" in converted.inputs
    assert {"survey", "bank"} == {one.source.id for one in converted.evidence}
    assert Texts(edition, edition.report.default).value(converted) == words

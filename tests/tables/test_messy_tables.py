"""Two hundred messy tables: each is read right, or refused with what to type; none is wrong in silence."""

from __future__ import annotations

import re
from decimal import Decimal
from pathlib import Path

import pytest
from messy_tables import MessyTable, messy_tables
from sample_projects import PLAIN

from generator.diagnostics.finding import languages, tool_message
from generator.editing.import_options import ImportOptions
from generator.editing.project import EditError
from generator.editing.table_import import ImportPlan, plan_import
from generator.model import values
from generator.reading.draft import read_draft

SEEDS = range(200)
TABLES = messy_tables(SEEDS)
DRAFT = read_draft(PLAIN)[0]
READ: set[int] = set()


def outcome(table: MessyTable, folder: Path) -> ImportPlan | None:
    """What is read of a table; None where it is refused, by findings or a message that say what to do."""
    path = folder / table.name
    path.write_bytes(table.content)
    try:
        plan = plan_import(path, DRAFT, None, ImportOptions(id="messy"))
    except EditError as error:
        messages = [tool_message(error.message, language, **error.arguments) for language in languages()]
        return None if all(messages) else pytest.fail(error.message)
    for finding in plan.findings:
        assert all(finding.sentence(language) and finding.help(language) for language in languages())
    return None if plan.findings else plan


@pytest.mark.parametrize("seed", SEEDS)
def test_a_messy_table_is_read_right_or_refused(seed: int, tmp_path: Path) -> None:
    table = TABLES[seed]
    plan = outcome(table, tmp_path)
    if plan is None:
        return
    READ.add(seed)
    assert not table.spoilt
    names = {column: _name(plan, column) for column in plan.columns[1:]}
    said = {(row[plan.columns[0]].text, name): row[column] for row in plan.read for column, name in names.items()}
    empty = {place for place in table.truth.keys() - said.keys() if place[1] not in names.values()}  # a column without a value
    assert {place: _number(cell.text) for place, cell in said.items()} | dict.fromkeys(empty) == table.truth
    assert {place: cell.flags[0] for place, cell in said.items() if cell.flags} == table.flags


def _name(plan: ImportPlan, column: str) -> str:
    """The name of the measure that a column was made of."""
    found = re.search(rf"^ +{column}: .*(Area [A-Z])", plan.entry, re.MULTILINE)
    return found[1] if found else "Area A"  # of a long table about one thing only


def _number(text: str) -> Decimal | None:
    return values.midpoint(values.parse(text)) if text else None


def test_most_tables_that_can_be_read_are() -> None:
    good = {seed for seed in SEEDS if not TABLES[seed].spoilt}
    assert len(READ) > len(good) * 0.8

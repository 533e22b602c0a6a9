"""The changelog lists each change by the day it was made."""

from __future__ import annotations

from pathlib import Path

import pytest
from sample_projects import edit
from sample_reports import check_edition

from generator.model.changelog import changelog

FACTS = "data/facts/water.yml"


@pytest.mark.parametrize(
    ("kind", "until", "day"),
    [
        ("correction", ", until: 2025-06-20", "2025-06-20"),  # the day it was corrected
        ("correction", "", "2025-05"),  # when the right value was known
        ("update", ", until: 2025-06-20", "2025-05"),
    ],
)
def test_a_correction_is_listed_by_the_day_it_was_made(project: Path, kind: str, until: str, day: str) -> None:
    history = f"  history:\n    - {{value: 24e6, as_of: 2025-01-31{until}, kind: {kind}, reason: {{en: Rain, de: Regen}}}}\n"
    edit(project, FACTS, "area_growth:", f"{history}area_growth:")
    entries = [one for one in changelog(check_edition(project)) if one.fact is not None and one.fact.id == "area_2025"]
    assert [(one.kind, one.when.text) for one in entries] == [(kind, day), ("new", "2025-01-31")]

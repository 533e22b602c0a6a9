"""Verdicts on claims agree with the numbers of claims and facts."""

from __future__ import annotations

from pathlib import Path

import pytest

from generator.checks.project_check import check_project

# The fact area_2025 of the good project is 25e6 m2, area_2024 something else; both settle the claim below.


def verdict_findings(project: Path, claimed: str, verdict: str, settled_by: str) -> list[str]:
    path = project / "data/claims/water.yml"
    text = path.read_text(encoding="utf-8")
    text = text.replace("claimed: 25e6", f"claimed: {claimed}").replace("verdict: confirmed", f"verdict: {verdict}")
    path.write_text(text.replace("[area_2025]", settled_by), encoding="utf-8")
    words = project / "data/words.yml"
    words.write_text(words.read_text(encoding="utf-8") + f"verdict.{verdict}: {{en: x, de: y}}\n", encoding="utf-8")
    return [f"{one.rule}.{one.variant}".rstrip(".") for one in check_project(project).findings if one.rule == "verdict-denied"]


@pytest.mark.parametrize(
    ("claimed", "verdict", "settled_by", "found"),
    [
        ("25e6", "confirmed", "[area_2025]", []),
        ("3e7", "confirmed", "[area_2025]", []),  # rounds to it
        ("24e6", "confirmed", "[area_2025]", ["verdict-denied"]),
        ("25e6", "confirmed", "[area_2024, area_2025]", ["verdict-denied"]),  # the first one decides
        ("25e6", "confirmed", "[area_growth, area_2025]", []),  # a fact of another kind is none to compare with
        ("25e6", "corrected", "[area_2025]", ["verdict-denied.equal"]),
        ("25e6", "contradicted", "[area_2025]", ["verdict-denied.equal"]),
        ("25e6", "corrected", "[area_2025, area_2024]", []),
        ("{about: 25e6}", "corrected", "[area_2025]", []),  # said less surely than it was
        ("25e6", "misleading", "[area_2025]", []),
        ("99e6", "outdated", "[area_2025]", []),
        ("99e6", "unverified", "[area_2025]", []),
        ("99e6", "opinion", "[area_2025]", []),
    ],
)
def test_a_verdict_agrees_with_the_numbers(
    project: Path, claimed: str, verdict: str, settled_by: str, found: list[str]
) -> None:
    assert verdict_findings(project, claimed, verdict, settled_by) == found


def test_a_finding_says_what_was_compared(project: Path) -> None:
    path = project / "data/claims/water.yml"
    path.write_text(path.read_text(encoding="utf-8").replace("claimed: 25e6", "claimed: 26e6"), encoding="utf-8")
    (found,) = check_project(project).findings
    assert found.sentence("en") == "grew is confirmed, but the claimed 26e6 m2 exceeds area_2025, 25e6 m2"
    assert found.second is not None
    assert found.second.file == "data/facts/water.yml"

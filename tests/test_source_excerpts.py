"""The report against its sources: `factloom verify` finds what facts cite in short quotations from stored copies.

Most of the quotations stand in the data, where readers see them.
"""

from __future__ import annotations

import re
import tomllib
from typing import Any

import pytest
from sample_reports import FLAGSHIP

from generator.checks.project_check import check_project
from generator.model import report
from generator.wording.quotations import QuotationReader, quotations
from generator.wording.verification import FAILED, Outcome, verify_source

EXCERPTS: dict[str, dict[str, Any]] = tomllib.loads((FLAGSHIP / "tests" / "source_excerpts.toml").read_text("utf-8"))
MOST_WORDS = 25  # of a quotation
NUMBER = re.compile(r"\d[\d,.]*\d|\d")


@pytest.fixture(scope="module")
def edition() -> report.Edition:
    """The report as its data files are."""
    found = check_project(FLAGSHIP).edition
    assert found is not None
    return found


def text_of(edition: report.Edition, source: str) -> str:
    """The quotations, one to a line; the numbers of rows in millions with the word that the heading of their table gives."""
    excerpt = EXCERPTS[source]
    in_data = {one.text.replace("[", "").replace("]", ""): None for one in quotations(edition) if one.source.id == source}
    rows = [NUMBER.sub(r"\g<0> million", row) for row in excerpt.get("millions", [])]
    return "\n".join([*in_data, *excerpt.get("quotes", []), *rows])


@pytest.mark.parametrize("source", EXCERPTS)
def test_quotations_are_short(source: str) -> None:
    for quote in [*EXCERPTS[source].get("quotes", []), *EXCERPTS[source].get("millions", [])]:
        assert len(quote.split()) <= MOST_WORDS, quote


@pytest.mark.parametrize("source", EXCERPTS)
def test_what_facts_cite_is_found_in_the_source(edition: report.Edition, source: str) -> None:
    results = verify_source(edition, source, text_of(edition, source))
    assert results
    missing = {result.id for result in results if result.outcome in FAILED}
    reasons = set(EXCERPTS[source].get("elsewhere", {}))
    assert missing == reasons, "what is not found has a reason, and what has a reason is not found"


def test_quotations_hold_their_numbers(edition: report.Edition) -> None:
    results = list(QuotationReader(edition).results())
    assert {one.outcome for one in results} <= {Outcome.QUOTED, Outcome.QUOTED_MEANT}
    meant = [one for one in results if one.outcome is Outcome.QUOTED_MEANT]
    assert len(meant) < len(results) / 4, "most quotations prove a number"


def test_most_of_what_is_cited_is_found_as_a_number(edition: report.Edition) -> None:
    results = [one for key in EXCERPTS for one in verify_source(edition, key, text_of(edition, key))]
    found = [one for one in results if one.outcome not in FAILED]
    assert len(found) > 0.75 * len(results)  # three of four


def test_another_number_is_noticed(edition: report.Edition) -> None:
    text = text_of(edition, "meta_q2_2026_release").replace("60,801", "60,810")
    missing = {one.id for one in verify_source(edition, "meta_q2_2026_release", text) if one.outcome in FAILED}
    assert "revenue_q2_2026" in missing

"""Which entries of an edition were read, and fingerprints that change only with them."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from sample_projects import GOOD
from sample_reports import check_edition

from generator.model.dependencies import ABSENT, Accesses, Fingerprints, accessed_names, column, track_accesses
from generator.model.report import Edition
from generator.model.values import parse
from generator.records.struct import replace


@pytest.fixture(scope="module")
def edition() -> Edition:
    """That of the good project."""
    return check_edition(GOOD)


@pytest.mark.parametrize(
    ("read", "names"),
    [
        (lambda edition: edition.facts["area_2025"], ("facts/area_2025",)),
        (lambda edition: "gone" in edition.facts, ("facts/gone",)),
        (lambda edition: edition.facts.get("gone"), ("facts/gone",)),
        (lambda edition: list(edition.claims), ("keys/claims",)),
        (lambda edition: bool(edition.claims), ("keys/claims",)),
        (lambda edition: (list(edition.facts.values()), edition.facts["area_2025"]), ("facts/*",)),
        (lambda edition: column(edition.facts, "topic"), ("column/facts/topic",)),
        (lambda edition: edition.report.title, ()),
    ],
)
def test_what_is_read_of_an_edition_is_recorded(
    edition: Edition, read: Callable[[Edition], object], names: tuple[str, ...]
) -> None:
    accesses = Accesses()
    read(track_accesses(edition, accesses))
    assert accessed_names(accesses.names) == names


def test_a_fingerprint_changes_with_its_entry_only(edition: Edition) -> None:
    fact = edition.facts["area_2025"]
    changed = replace(edition, facts={**edition.facts, fact.id: replace(fact, value=parse("26e6"))})
    before, after = Fingerprints(edition, {"templates": "1"}), Fingerprints(changed, {"templates": "1"})
    names = ("facts/area_2024", "claims/*", "templates", "facts/gone")
    assert [before.of(name) == after.of(name) for name in ("facts/area_2025", "facts/*", *names)] == [False, False, *[True] * 4]
    assert before.of("facts/gone") == ABSENT
    assert before.combined(names) == after.combined(names) != before.combined(names[:-1])


def test_a_column_changes_with_that_field_only(edition: Edition) -> None:
    fact = edition.facts["area_2025"]
    assert column(edition.facts, "topic")["area_2025"] == fact.topic
    before = Fingerprints(edition, {}).of("column/facts/topic")
    for other, same in ((replace(fact, value=parse("26e6")), True), (replace(fact, topic="elsewhere"), False)):
        changed = replace(edition, facts={**edition.facts, fact.id: other})
        assert (Fingerprints(changed, {}).of("column/facts/topic") == before) == same
    keys = Fingerprints(edition, {}).of("keys/facts")
    assert Fingerprints(changed, {}).of("keys/facts") == keys
    fewer = replace(edition, facts={key: entry for key, entry in edition.facts.items() if entry != fact})
    assert Fingerprints(fewer, {}).of("column/facts/topic") != before
    assert Fingerprints(fewer, {}).of("keys/facts") != keys


def test_places_in_files_do_not_count(edition: Edition) -> None:
    fact = edition.facts["area_2025"]
    moved = replace(edition, facts={**edition.facts, fact.id: replace(fact, span=replace(fact.span, line=99))})
    assert Fingerprints(edition, {}).of("facts/area_2025") == Fingerprints(moved, {}).of("facts/area_2025")


def test_a_shared_part_counts_wherever_it_is_used(edition: Edition) -> None:
    fact = edition.facts["area_2025"]
    renamed = replace(fact.unit, compact=not fact.unit.compact)
    changed = replace(edition, facts={**edition.facts, fact.id: replace(fact, unit=renamed)})
    assert Fingerprints(edition, {}).of("facts/area_2025") != Fingerprints(changed, {}).of("facts/area_2025")

"""Two editions are compared entry by entry and sentence by sentence."""

from __future__ import annotations

from pathlib import Path

from sample_projects import edit
from sample_reports import check_edition

from generator.checks.changes import Kind, SentenceDifference, compare_editions, compare_sentences, page_sentences, sentences

FACTS, CLAIMS = "data/facts/water.yml", "data/claims/water.yml"
UPDATED = "  history:\n    - {value: 25e6, as_of: 2025-01-31, kind: update, reason: {en: Rain, de: Regen}}\n"


def test_differences_of_two_editions(project: Path) -> None:
    before = check_edition(project)
    edit(project, FACTS, "value: 25e6", "value: 27e6")
    edit(project, FACTS, "area_growth:", UPDATED.replace("update", "correction") + "area_growth:")
    edit(project, CLAIMS, "claimed: 25e6", "claimed: 27e6")
    edit(
        project,
        FACTS,
        "opened:",
        "closed:\n  label: {en: Last day, de: Letzter Tag}\n  value: 2025-05-01\n"
        "  unit: date\n  status: observed\n  review: durable\n  evidence: [{source: survey, at: page 1}]\nopened:",
    )
    edit(project, "data/events.yml", "The dam opens", "The dam is opened")
    after = check_edition(project)
    found = {(one.noun, one.id): one for one in compare_editions(before, after)}
    assert {key: (one.kind, one.fields) for key, one in found.items()} == {
        ("facts", "area_2025"): (Kind.CHANGED, ("value", "history")),
        ("facts", "area_growth"): (Kind.CHANGED, ("value",)),
        ("facts", "closed"): (Kind.ADDED, ()),
        ("claims", "grew"): (Kind.CHANGED, ("claimed",)),
        ("events", "opening"): (Kind.CHANGED, ("title",)),
    }
    assert found["facts", "area_2025"].corrects
    assert not found["facts", "area_growth"].corrects
    assert [(one.id, one.kind) for one in compare_editions(after, before) if one.kind is Kind.REMOVED] == [
        ("closed", Kind.REMOVED)
    ]
    assert compare_editions(after, after) == ()


def test_sentences_change_with_the_values_in_them(project: Path) -> None:
    before = check_edition(project)
    edit(project, FACTS, "value: 25e6", "value: 27e6")
    edit(project, CLAIMS, "claimed: 25e6", "claimed: 27e6")
    found = compare_sentences(sentences(before), sentences(check_edition(project)))
    assert (
        SentenceDifference(
            place="claims/grew/reason",
            language="en",
            kind=Kind.CHANGED,
            before="The survey gives 25 square kilometers",
            after="The survey gives 27 square kilometers",
        )
        in found
    )
    assert {(one.place, one.language) for one in found} == {
        (f"claims/grew/{field}", code) for field in ("text", "reason") for code in ("en", "de")
    }


def test_sentences_of_pages_are_added_removed_and_changed() -> None:
    before = page_sentences("index", "en", "# Lakes\n\nIt grew. <a>It</a> is deep! It is cold.\n")
    after = page_sentences("index", "en", "# Lakes\n\nIt grew. It is very deep!\n\nIt is new.\n\nIt is blue.\n")
    assert [(one.kind, one.before, one.after) for one in compare_sentences(before, after)] == [
        (Kind.CHANGED, "It is deep!", "It is very deep!"),
        (Kind.CHANGED, "It is cold.", "It is new."),
        (Kind.ADDED, "", "It is blue."),
    ]

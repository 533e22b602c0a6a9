"""Two editions are compared entry by entry and sentence by sentence."""

from __future__ import annotations

from pathlib import Path

from generator.checks.changes import Kind, SentenceDifference, compare_editions, compare_sentences, page_sentences, sentences
from generator.checks.project_check import check_project
from generator.model.report import Edition

FACTS, CLAIMS = "data/facts/water.yml", "data/claims/water.yml"
UPDATED = "  history:\n    - {value: 25e6, as_of: 2025-01-31, kind: update, reason: {en: Rain, de: Regen}}\n"


def _replace(root: Path, file: str, old: str, new: str) -> None:
    text = (root / file).read_text(encoding="utf-8")
    assert text.count(old) >= 1, old
    (root / file).write_text(text.replace(old, new, 1), encoding="utf-8")


def _edition(root: Path) -> Edition:
    checked = check_project(root)
    assert checked.edition is not None
    assert not checked.errors, [one.sentence() for one in checked.errors]
    return checked.edition


def test_differences_of_two_editions(project: Path) -> None:
    before = _edition(project)
    _replace(project, FACTS, "value: 25e6", "value: 27e6")
    _replace(project, FACTS, "area_growth:", UPDATED.replace("update", "correction") + "area_growth:")
    _replace(project, CLAIMS, "claimed: 25e6", "claimed: 27e6")
    _replace(
        project,
        FACTS,
        "opened:",
        "closed:\n  label: {en: Last day, de: Letzter Tag}\n  value: 2025-05-01\n"
        "  unit: date\n  status: observed\n  review: durable\n  evidence: [{source: survey, at: page 1}]\nopened:",
    )
    _replace(project, "data/events.yml", "The dam opens", "The dam is opened")
    after = _edition(project)
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
    before = _edition(project)
    _replace(project, FACTS, "value: 25e6", "value: 27e6")
    _replace(project, CLAIMS, "claimed: 25e6", "claimed: 27e6")
    found = compare_sentences(sentences(before), sentences(_edition(project)))
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

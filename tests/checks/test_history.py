"""A published number does not change in silence: editions compared with earlier ones, corrections on the pages they touch."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import pytest
from click.testing import CliRunner

from generator.checks.changes import Kind, SentenceDifference, compare_editions, compare_sentences, page_sentences, sentences
from generator.checks.project_check import check_project
from generator.checks.revisions import RevisionError, edition_at
from generator.commands.cli import main
from generator.diagnostics.finding import Diagnostic
from generator.model.report import Edition
from generator.pages.renderer import PageRenderer
from generator.pages.templates import Templates
from generator.rules import CheckOptions
from generator.wording.texts import Texts

PARTS = Path(__file__).parents[2] / "templates/parts"
FACTS, CLAIMS, LEVELS = "data/facts/water.yml", "data/claims/water.yml", "data/series/levels.csv"
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


def _git(root: Path, *arguments: str) -> None:
    git = shutil.which("git")
    assert git is not None
    identity = ["-c", "user.name=Editor", "-c", "user.email=editor@lakes.example", "-c", "commit.gpgsign=false"]
    subprocess.run([git, *identity, "-C", str(root), *arguments], check=True, capture_output=True)


@pytest.fixture
def committed(project: Path) -> Path:
    """The good project, below the root of a repository whose first commit holds it as it is."""
    _git(project.parent, "init", "-q")
    _git(project.parent, "add", ".")
    _git(project.parent, "commit", "-q", "-m", "Lakes")
    return project


def _compared(root: Path) -> list[Diagnostic]:
    return list(check_project(root, CheckOptions(base=edition_at(root, "HEAD"))).findings)


def _told(root: Path) -> list[str]:
    return [f"{one.span.file}:{one.span.line}:{one.span.column} {one.rule} {one.sentence('en')}" for one in _compared(root)]


def test_nothing_changed(committed: Path) -> None:
    assert _told(committed) == []


def test_a_changed_value_needs_a_history_entry(committed: Path) -> None:
    _replace(committed, FACTS, "value: 25e6", "value: 27e6")
    _replace(committed, CLAIMS, "claimed: 25e6", "claimed: 27e6")
    assert _told(committed) == [
        f"{FACTS}:12:10 missing-history area_2025 was 25e6 m2 and is now 27e6 m2, but its history does not say so"
    ]
    _replace(committed, FACTS, "area_growth:", UPDATED + "area_growth:")
    assert _told(committed) == []


def test_a_value_of_a_series_is_pointed_at_in_its_cell(committed: Path) -> None:
    lines = (committed / LEVELS).read_text(encoding="utf-8").splitlines()
    row = next(number for number, line in enumerate(lines, start=1) if line.startswith("2024"))
    cells = lines[row - 1].split(",")
    column = lines[0].split(",").index("area")
    lines[row - 1] = ",".join(["21e6" if number == column else cell for number, cell in enumerate(cells)])
    (committed / LEVELS).write_text("\n".join(lines) + "\n", encoding="utf-8")
    (found,) = _compared(committed)  # and nothing about area_growth, which only follows
    assert (found.rule, found.span.file, found.span.line) == ("missing-history", LEVELS, row)


def test_the_entry_holds_the_value_that_was(committed: Path) -> None:
    _replace(committed, FACTS, "value: 25e6", "value: 27e6")
    _replace(committed, CLAIMS, "claimed: 25e6", "claimed: 27e6")
    _replace(committed, FACTS, "area_growth:", UPDATED.replace("25e6", "26e6") + "area_growth:")
    (found,) = _compared(committed)
    assert (found.rule, found.variant) == ("missing-history", "other")


def test_the_same_value_written_otherwise_is_no_change(committed: Path) -> None:
    _replace(committed, FACTS, "value: 25e6", "value: 25_000_000")
    assert _told(committed) == []


def test_another_formula_is_a_change(committed: Path) -> None:
    _replace(committed, FACTS, "growth(area_2025, area_2024)", "growth(area_2024, area_2025)")
    (found,) = _compared(committed)
    assert (found.rule, found.span.line) == ("missing-history", 21)


def test_a_published_entry_stays(committed: Path) -> None:
    _replace(committed, FACTS, "area_growth:", UPDATED + "area_growth:")
    _git(committed, "commit", "-q", "-a", "-m", "History")
    _replace(committed, FACTS, "reason: {en: Rain, de: Regen}", "reason: {en: Snow, de: Schnee}")
    (found,) = _compared(committed)
    assert (found.rule, found.severity) == ("changed-history", "warning")
    _replace(committed, FACTS, UPDATED.replace("Rain", "Snow").replace("Regen", "Schnee"), "")
    (found,) = _compared(committed)
    assert found.rule == "changed-history"


def test_the_command_compares_with_a_revision(committed: Path) -> None:
    _replace(committed, FACTS, "value: 25e6", "value: 27e6")
    _replace(committed, CLAIMS, "claimed: 25e6", "claimed: 27e6")
    run = CliRunner().invoke(
        main, ["check", "--root", str(committed), "--base", "HEAD", "--format", "concise", "--language", "en"]
    )
    assert run.exit_code == 1
    assert "missing-history" in run.output
    for wrong in ("no-such-revision", "--output=x"):
        assert CliRunner().invoke(main, ["check", "--root", str(committed), f"--base={wrong}"]).exit_code == 2


def test_a_folder_without_a_repository_has_no_base(project: Path) -> None:
    with pytest.raises(RevisionError):
        edition_at(project, "HEAD")


# --- typed changes -------------------------------------------------------------------------------


def test_two_editions_become_typed_changes(project: Path) -> None:
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


def test_sentences_of_pages_come_go_and_change() -> None:
    before = page_sentences("index", "en", "# Lakes\n\nIt grew. <a>It</a> is deep! It is cold.\n")
    after = page_sentences("index", "en", "# Lakes\n\nIt grew. It is very deep!\n\nIt is new.\n\nIt is blue.\n")
    assert [(one.kind, one.before, one.after) for one in compare_sentences(before, after)] == [
        (Kind.CHANGED, "It is deep!", "It is very deep!"),
        (Kind.CHANGED, "It is cold.", "It is new."),
        (Kind.ADDED, "", "It is blue."),
    ]


# --- corrections ---------------------------------------------------------------------------------

CORRECTED = (
    "  history:\n    - {value: 24e6, as_of: 2025-01-31, kind: correction, until: 2025-03-02,"
    " reason: {en: A digit was misread., de: Eine Ziffer war verlesen.}}\n"
)


@pytest.fixture
def corrected(project: Path) -> Path:
    """The good project with pages of two more kinds: one uses what is worked out from a corrected fact, one does not use it."""
    (project / "templates/parts").mkdir(exist_ok=True)
    shutil.copy(PARTS / "corrections.html.j2", project / "templates/parts")
    _replace(project, "data/report.yml", "pages: [index]", "pages: [index, growth, money]")
    for code in ("en", "de"):
        for page, fact in (("growth", "area_growth"), ("money", "dam_cost")):
            text = f'---\ntitle: X\ndescription: Y\n---\n# X\n\nLead.\n\n## More {{ #more }}\n\n{{{{ fact("{fact}") }}}}\n'
            (project / f"templates/pages/{page}.{code}.md.j2").write_text(text, encoding="utf-8")
    with (project / "data/words.yml").open("a", encoding="utf-8") as words:
        words.write(
            "part_correction: {en: Correction, de: Berichtigung}\npart_corrections: {en: Corrections, de: Berichtigungen}\n"
        )
    _replace(project, FACTS, "area_growth:", CORRECTED + "area_growth:")
    return project


def _pages(root: Path) -> dict[tuple[str, str], str]:
    edition = _edition(root)
    found: dict[tuple[str, str], str] = {}
    for language in edition.report.languages:
        pages = PageRenderer(Templates(root), Texts(edition, language), lambda _chart, _texts: None)
        found |= {(page, language.code): pages.render(page).markdown for page in edition.report.pages}
    return found


def test_a_correction_stands_on_the_pages_that_use_the_fact(corrected: Path) -> None:
    pages = _pages(corrected)
    assert {key for key, text in pages.items() if "fl-corrections" in text} == {
        (page, code) for page in ("index", "growth") for code in ("en", "de")
    }
    english, german = pages["growth", "en"], pages["growth", "de"]
    assert "March 2, 2025" in english
    assert "<del>24 km²</del> → <ins>25 km²</ins>" in english
    assert "A digit was misread." in english
    assert "2. März 2025" in german
    assert "Eine Ziffer war verlesen." in german


def test_a_correction_stands_below_the_lead(corrected: Path) -> None:
    text = _pages(corrected)["growth", "en"]
    assert text.index("Lead.") < text.index("<aside") < text.index("## More")


def test_an_update_is_no_correction(corrected: Path) -> None:
    _replace(corrected, FACTS, "kind: correction", "kind: update")
    assert not any("fl-corrections" in text for text in _pages(corrected).values())


def test_a_correction_without_its_day_is_dated_by_what_followed(corrected: Path) -> None:
    _replace(corrected, FACTS, " until: 2025-03-02,", "")
    _replace(corrected, FACTS, "  period: 2025\n", "  period: 2025\n  as_of: 2025-04-05\n")
    assert "April 5, 2025" in _pages(corrected)["index", "en"]

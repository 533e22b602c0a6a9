"""`rename`, `retire` and `reviewed`: every place is written, addresses stay, and the site says the same."""

from __future__ import annotations

import random
import shutil
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from sample_projects import PLAIN

from generator.checks.project_check import check_project
from generator.commands.main import main
from generator.editing.effects import effects
from generator.editing.project import open_project
from generator.editing.rename import Renaming, plan_rename
from generator.store.parse_cache import ParseCache

ROOT = Path(__file__).parents[2]
REASON = ("--reason.en", "It has another name", "--reason.de", "Es heißt anders")


def copy(tmp_path: Path) -> Path:
    return shutil.copytree(PLAIN, tmp_path / "project")


def run(root: Path, *arguments: str) -> Result:
    return CliRunner().invoke(main, [*arguments, "--root", str(root), "--language", "en"])


def text_of(root: Path) -> str:
    paths = sorted(path for folder in ("data", "templates") for path in (root / folder).rglob("*") if path.is_file())
    return "".join(path.read_text(encoding="utf-8") for path in paths)


RENAMED = {
    "area_2025": "facts",
    "survey": "sources",
    "levels": "series",
    "lake_4": "names",
    "dam": "terms",
    "opening": "events",
    "grew": "claims",
    "larger": "checks",
    "m2": "units",
}


@pytest.mark.parametrize("old", RENAMED)
def test_every_place_is_renamed_and_check_stays_clean(tmp_path: Path, old: str) -> None:
    root = copy(tmp_path)
    before = text_of(root)
    answer = run(root, "rename", old, "other_id", "--yes", *REASON)
    assert answer.exit_code == 0, answer.output
    checked = check_project(root)
    assert checked.findings == check_project(PLAIN).findings == ()
    assert checked.edition is not None
    assert "other_id" in getattr(checked.edition, RENAMED[old])
    after = text_of(root)
    for line in ("aliases: [area_2025]", "\n"):
        after = after.replace(f"  {line}\n" if line.strip() else "", "")
    if RENAMED[old] in ("facts", "names", "units"):
        assert after.replace("other_id", old) == before


def test_a_fact_keeps_its_address(tmp_path: Path) -> None:
    root = copy(tmp_path)
    assert run(root, "rename", "area_2025", "area_now", "--yes").exit_code == 0
    assert run(root, "show", "area_2025").output.startswith("fact area_now")
    assert run(root, "rename", "area_now", "area_2025", "--yes").exit_code == 0  # and back
    assert "aliases: [area_now]" in text_of(root)


def test_what_has_no_aliases_says_at_its_address_where_it_is(tmp_path: Path) -> None:
    root = copy(tmp_path)
    assert run(root, "rename", "opening", "opened_dam", "--yes").exit_code == 2
    assert run(root, "rename", "opening", "opened_dam", "--yes", *REASON).exit_code == 0
    written = (root / "data/retired.yml").read_text(encoding="utf-8")
    assert written == (
        "# yaml-language-server: $schema=../schema/retired.json\n"
        "opening:\n"
        "  kind: events\n"
        "  label: {en: The dam opens, de: Der Damm öffnet}\n"
        "  reason: {en: It has another name, de: Es heißt anders}\n"
        "  instead: opened_dam\n"
    )


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (("area_2025", "area_2024"), "already"),
        (("area_2025", "Area"), "no id"),
        (("nothing", "other"), "no entry"),
    ],
)
def test_what_cannot_be_renamed(tmp_path: Path, arguments: tuple[str, str], told: str) -> None:
    root = copy(tmp_path)
    answer = run(root, "rename", *arguments, "--yes")
    assert (answer.exit_code, told in answer.output) == (2, True), answer.output
    assert text_of(root) == text_of(PLAIN)


def test_links_to_a_renamed_entry_follow_it(tmp_path: Path) -> None:
    root = copy(tmp_path)
    page = root / "templates/pages/index.en.md.j2"
    page.write_bytes(
        page.read_bytes() + b"\r\nSee [it](facts/area_2025/), [this](fact-check.md#claim-grew) and facts/area_2025x/.\r\n"
    )
    project = open_project(root, check_project(root))
    assert project is not None
    for kind, old, new in (("facts", "area_2025", "area_now"), ("claims", "grew", "grows")):
        edit = plan_rename(project, Renaming(kind=kind, old=old, new=new, published=False))
        page.write_bytes(edit.after()["templates/pages/index.en.md.j2"] or b"")
        project = open_project(root, check_project(root))
        assert project is not None
    assert b"See [it](facts/area_now/), [this](fact-check.md#claim-grows) and facts/area_2025x/.\r\n" in page.read_bytes()


def test_confirmed_texts_stay_confirmed(tmp_path: Path) -> None:
    root = copy(tmp_path)
    assert run(root, "confirm").exit_code == 0
    assert run(root, "rename", "area_2025", "area_now", "--yes").exit_code == 0
    answer = run(root, "check", "--strict-languages")
    assert (answer.exit_code, "stale" in answer.output) == (0, False), answer.output


def test_thirty_ids_of_the_report_can_be_renamed_and_readers_see_nothing(tmp_path: Path) -> None:
    checked = check_project(ROOT)
    project = open_project(ROOT, checked)
    assert project is not None
    chance = random.Random(7)  # noqa: S311  not for secrets
    kinds = ("facts", "claims", "events", "sources", "names", "charts", "terms", "judgments", "series", "units")
    drawn = {kind: chance.sample(sorted(project.entries(kind)), 3) for kind in kinds}
    chosen = [(kind, key) for kind, keys in drawn.items() for key in keys]
    root = tmp_path / "project"
    for folder in ("data", "templates", "docs"):
        shutil.copytree(ROOT / folder, root / folder)
    shutil.copy(ROOT / "mkdocs.yml", root)
    cache = ParseCache()
    for batch in range(3):  # one of each kind at once, for each reads the whole report
        current = open_project(root, check_project(root, parse_cache=cache))
        assert current is not None
        edits = [
            plan_rename(current, Renaming(kind=kind, old=keys[batch], new=f"{keys[batch]}_x", published=False))
            for kind, keys in drawn.items()
        ]
        renamed = {old: new for edit in edits for old, new in edit.renamed.items()}
        for file, content in current.files.edit((splice for edit in edits for splice in edit.splices), renamed).after().items():
            if content is None:
                (root / file).unlink()
            else:
                (root / file).write_bytes(content)
    after = check_project(root)
    assert [one.sentence() for one in after.errors] == []
    moved = [one for one in effects(ROOT, checked, root, after) if not one.id.removesuffix("_x").endswith("_x")]
    assert [one for one in moved if (one.kind, one.id.removesuffix("_x")) not in chosen] == []


def test_what_is_still_named_cannot_be_retired(tmp_path: Path) -> None:
    root = copy(tmp_path)
    answer = run(root, "retire", "dam_cost", "--yes", *REASON)
    assert answer.exit_code == 2
    assert "templates/pages/index.en.md.j2:11" in answer.output
    assert text_of(root) == text_of(PLAIN)


def test_a_retired_fact_is_taken_out_and_its_address_says_why(tmp_path: Path) -> None:
    root = copy(tmp_path)
    facts = root / "data/facts/water.yml"
    old = facts.read_text(encoding="utf-8")
    entry = """\
# How much went in.

# Counted by hand.
inflow:
  label: {en: "Inflow in {period}", de: "Zufluss {period}"}
  value: 3
  unit: m2
  period: 2025
  status: observed
  review: durable
  evidence:
    - {source: survey, at: table 3}

"""
    facts.write_text(old.replace("dam_cost:", f"{entry}dam_cost:"), encoding="utf-8")
    answer = run(root, "retire", "inflow", "--yes", "--instead", "area_2025", *REASON)
    assert answer.exit_code == 0, answer.output
    assert facts.read_text(encoding="utf-8") == old.replace("dam_cost:", "# How much went in.\n\ndam_cost:")
    assert (root / "data/retired.yml").read_text(encoding="utf-8").split("\n", 1)[1] == (
        "inflow:\n"
        '  label: {en: "Inflow in {period:2025}", de: "Zufluss {period:2025}"}\n'
        "  reason: {en: It has another name, de: Es heißt anders}\n"
        "  instead: area_2025\n"
    )


def test_a_sign_off_lapses_when_the_value_changes(tmp_path: Path) -> None:
    root = copy(tmp_path)
    answer = run(root, "reviewed", "area_2024", "dam_cost", "--by", "Ada: L", "--on", "2025-06-20", "--yes")
    assert answer.exit_code == 0, answer.output
    written = (root / "data/facts/water.yml").read_text(encoding="utf-8")
    assert '  review: durable\n  reviewed: {on: 2025-06-20, by: "Ada: L", value: [66e9, 72e9]}\n' in written
    edition = check_project(root).edition
    assert edition is not None
    assert edition.facts["area_2024"].reviewed is not None
    assert edition.facts["dam_cost"].reviewed is not None
    change = ("--kind", "revision", *REASON, "--yes")
    assert run(root, "set", "dam_cost", "70e9", *change).exit_code == 0
    edition = check_project(root).edition
    assert edition is not None
    assert edition.facts["dam_cost"].reviewed is None
    assert "changed since" in run(root, "show", "dam_cost").output
    assert run(root, "reviewed", "dam_cost", "--by", "Bo", "--on", "2025-06-21", "--yes").exit_code == 0
    assert "  reviewed: {on: 2025-06-21, by: Bo, value: 70e9}\n" in (root / "data/facts/water.yml").read_text(encoding="utf-8")


def test_a_sign_off_needs_a_name_and_a_stated_value(tmp_path: Path) -> None:
    root = copy(tmp_path)
    assert run(root, "reviewed", "dam_cost", "--yes").exit_code == 2
    assert run(root, "reviewed", "area_growth", "--by", "Bo", "--yes").exit_code == 2
    assert text_of(root) == text_of(PLAIN)


def test_what_is_retired_is_not_retired_or_renamed_again(tmp_path: Path) -> None:
    root = copy(tmp_path)
    reason = ("--reason.en", "Renamed", "--reason.de", "Umbenannt")
    assert run(root, "rename", "survey", "poll", *reason, "--yes").exit_code == 0
    before = (root / "data/retired.yml").read_bytes()
    for command in (("retire", "survey", *reason), ("rename", "survey", "census", *reason)):
        done = run(root, *command, "--yes")
        assert (done.exit_code, "retired already" in done.output) == (2, True)
    assert (root / "data/retired.yml").read_bytes() == before


def test_a_series_is_not_renamed_over_a_file(tmp_path: Path) -> None:
    root = copy(tmp_path)
    (root / "data/series/usage.csv").write_text("precious,1\n")
    answer = run(root, "rename", "levels", "usage", "--unpublished", "--yes")
    assert answer.exit_code == 2
    assert "there is a file data/series/usage.csv already" in answer.output
    assert (root / "data/series/usage.csv").read_text() == "precious,1\n"
    assert (root / "data/series/levels.csv").exists()


@pytest.mark.parametrize("indent", ["", "  "])
def test_comments_stay_with_their_entry(tmp_path: Path, indent: str) -> None:
    root = copy(tmp_path)
    terms = """aa:
  term: {en: aa, de: aa}
  definition: {en: A, de: A}
  # inside aa

  # at the end of aa
# about bb
bb:
  term: {en: bb, de: bb}
  definition: {en: B, de: B}  # of bb
  # at the end of bb
# about cc
cc:
  term: {en: cc, de: cc}
  definition: {en: C, de: C}
"""
    terms = "".join(f"{indent}{line}" if line.strip() else line for line in terms.splitlines(keepends=True))
    before = (root / "data/terms.yml").read_text(encoding="utf-8") if not indent else "# terms\n"
    (root / "data/terms.yml").write_text(before + terms, encoding="utf-8")
    answer = run(root, "retire", "bb", "--of", "terms", "--yes", *REASON)
    assert answer.exit_code == 0, answer.output
    start, end = terms.index(f"{indent}# about bb"), terms.index(f"{indent}# about cc")
    assert (root / "data/terms.yml").read_text(encoding="utf-8") == before + terms[:start] + terms[end:]


def test_an_entry_of_a_file_in_braces_is_not_retired(tmp_path: Path) -> None:
    root = copy(tmp_path)
    (root / "data/terms.yml").write_text("{bb: {term: {en: bb, de: bb}, definition: {en: B, de: B}}}\n", encoding="utf-8")
    answer = run(root, "retire", "bb", "--of", "terms", "--yes", *REASON)
    assert (answer.exit_code, "without braces" in answer.output) == (2, True)

"""`set`: the files that a new value leaves, byte for byte; and what keeps it from being written."""

from __future__ import annotations

import shutil
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from sample_projects import PLAIN

from generator.checks.project_check import check_project
from generator.commands.main import main
from generator.editing.new_value import notation, read_value
from generator.editing.project import EditedProject, open_project
from generator.editing.set_value import Place, ValueChange, plan_set
from generator.editing.splices import Edit, ProjectFiles
from generator.model.periods import Period
from generator.model.values import Interval, Value
from generator.records.struct import replace

FACTS, SERIES, PAGE = "data/facts/water.yml", "data/series/levels.csv", "templates/pages/index.en.md.j2"
REASON = ("--reason.en", "It was wrong", "--reason.de", "Es war falsch")
CORRECTION = ("--kind", "correction", *REASON, "--on", "2025-06-01", "--yes")
HISTORY = """\
  history:
    - value: {old}
      as_of: {as_of}
      until: 2025-06-01
      kind: correction
      reason: {{en: It was wrong, de: Es war falsch}}
"""


def copy(tmp_path: Path) -> Path:
    return shutil.copytree(PLAIN, tmp_path / "project")


def run(root: Path, *arguments: str) -> Result:
    return CliRunner().invoke(main, [*arguments, "--root", str(root), "--language", "en"])


def edited(root: Path, file: str, old: str, new: str) -> None:
    path = root / file
    text = path.read_bytes().decode()
    assert old in text
    path.write_bytes(text.replace(old, new, 1).encode())


@dataclass(frozen=True, slots=True, kw_only=True)
class Written:
    """A value as it stands in a fact, what is typed, and what stands there then."""

    before: str
    typed: str
    after: str
    old: str = ""


ENTRY = """\
# How large the other lake is.
other:
  label: {{en: Other lake, de: Anderer See}}
{value}
  unit: m2
  status: observed
  review: durable
  evidence:
    - {{source: survey, at: table 3}}  # as printed
"""
TABLE = {
    "plain": Written(before="  value: 25e6", typed="24.0e6", after="  value: 24.0e6"),
    "comment": Written(before="  value:  25e6   # read twice", typed="24e6", after="  value:  24e6   # read twice"),
    "double quotes": Written(before='  value: "25e6"', typed="24e6", after='  value: "24e6"'),
    "single quotes": Written(before="  value: '25e6'", typed=">=24e6", after="  value: '>=24e6'"),
    "next line": Written(before="  value:\n    25e6", typed="24e6", after="  value:\n    24e6", old="25e6"),
    "list": Written(before="  value: [ 24e6,  26e6 ]  # ends", typed="23e6..26e6", after="  value: [ 23e6,  26e6 ]  # ends"),
    "list to number": Written(before="  value: [24e6, 26e6]", typed="25e6", after="  value: 25e6"),
    "typed list": Written(before="  value: 25e6", typed="[24e6, 26e6]", after="  value: 24e6..26e6"),
    "flow mapping": Written(
        before="  value: {high: 26e6, low: 24e6}", typed="20e6..21e6", after="  value: {high: 21e6, low: 20e6}"
    ),
    "bound": Written(before="  value: {at_least: 25e6}", typed=">=24e6", after="  value: {at_least: 24e6}"),
    "bound to number": Written(before="  value: {at_least: 25e6}", typed="24e6", after="  value: 24e6"),
    "block mapping": Written(
        before="  value:\n    low: 24e6  # a\n    high: 26e6  # b",
        typed="{low: 23e6, high: 25e6}",
        after="  value:\n    low: 23e6  # a\n    high: 25e6  # b",
        old="{low: 24e6, high: 26e6}",
    ),
    "block list": Written(before="  value:\n  - 24e6\n  - 26e6", typed="25e6", after="  value: 25e6", old="[24e6, 26e6]"),
    "sign": Written(before="  value: 25e6", typed="~24e6", after="  value: ~24e6"),
    "sign that needs quotes": Written(before="  value: 25e6", typed=">=24e6", after='  value: ">=24e6"'),
    "words": Written(before="  value: 25e6", typed="24 square kilometers", after="  value: 24e6"),
    "words as the report has them": Written(
        before="  value: 25e6", typed="24–26 square kilometers", after="  value: 24e6..26e6"
    ),
    "words of another language": Written(before="  value: 25e6", typed="24,5 Millionen", after="  value: 24.5e6"),
    "folded text": Written(before="  value: >-\n    25e6\n", typed="24e6", after="  value: 24e6\n", old="25e6"),
}


@pytest.mark.parametrize("line_end", ["\n", "\r\n"])
@pytest.mark.parametrize("name", TABLE)
def test_a_value_is_written_in_the_style_of_the_old_one(tmp_path: Path, name: str, line_end: str) -> None:
    root, case = copy(tmp_path), TABLE[name]
    start, end = (root / FACTS).read_text(encoding="utf-8"), "\n# the end\n"
    (root / FACTS).write_bytes((start + ENTRY.format(value=case.before) + end).replace("\n", line_end).encode())
    answer = run(root, "set", "other", case.typed, *CORRECTION)
    assert answer.exit_code == 0, answer.output
    history = HISTORY.format(old=case.old or case.before.split("value:")[1].split("#")[0].strip(), as_of="2025-05")
    expected = start + ENTRY.format(value=case.after) + history + end
    assert (root / FACTS).read_bytes().decode() == expected.replace("\n", line_end)


def test_a_cell_of_a_series_is_written_where_a_fact_quotes_it(tmp_path: Path) -> None:
    root = copy(tmp_path)
    edited(root, SERIES, "2024,20e6,survey\n", '2024,"20e6",survey\r\n')
    answer = run(root, "set", "area_2024", "21e6", "--source", "survey", *CORRECTION)
    assert answer.exit_code == 0, answer.output
    assert (root / SERIES).read_bytes() == b"year,area,source\n2024,21e6,survey\r\n2025,25e6,survey\n"
    assert "    - value: 20e6\n      as_of: 2025-05\n" in (root / FACTS).read_text(encoding="utf-8")


NEWS = ("--kind", "update", *REASON, "--yes")


def test_news_replace_day_and_evidence(tmp_path: Path) -> None:
    root = copy(tmp_path)
    edited(
        root,
        FACTS,
        "    - {source: survey, at: table 4}\n",
        "    # first read\n    - {source: survey, at: table 4}\n    - {source: survey}\n",
    )
    edited(root, "data/sources.yml", "survey:", "other:\n  {publisher: P, title: T, read: full, date: 2025-06}\nsurvey:")
    answer = run(
        root, "set", "dam_cost", "70e9", "--as-of", "2025-06-01", "--source", "other", "--at.en", "p", "--at.de", "S", *NEWS
    )
    assert answer.exit_code == 0, answer.output
    assert """\
  value: 70e9
  unit: USD
  as_of: 2025-06-01
  status: announced
  review: durable
  evidence:
    # first read
    - {source: other, at: {en: p, de: S}}
  history:
    - value: [66e9, 72e9]
      as_of: 2025-05
      kind: update
      source: survey
      reason: {en: It was wrong, de: Es war falsch}
opened:
""" in (root / FACTS).read_text(encoding="utf-8")


def test_a_second_change_stands_behind_the_first(tmp_path: Path) -> None:
    root = copy(tmp_path)
    for value in ("70e9", "71e9"):
        assert run(root, "set", "dam_cost", value, *CORRECTION).exit_code == 0
    text = (root / FACTS).read_text(encoding="utf-8")
    assert text.index("    - value: [66e9, 72e9]") < text.index("    - value: 70e9")
    assert text.count("history:") == 1


REFUSED = {
    "no fact": (("nothing", "1"), "there is no fact nothing"),
    "near miss": (("dam_cots", "1"), "dam_cost"),
    "derived": (("area_growth", "0.3", *CORRECTION), "growth(area_2025, area_2024)"),
    "same": (("dam_cost", "66e9..72e9", *CORRECTION), "has the value"),
    "no kind": (("dam_cost", "70e9", *REASON), "--kind"),
    "no reason in one language": (("dam_cost", "70e9", "--kind", "revision", "--reason.en", "x"), "--reason.de"),
    "news without a source": (("dam_cost", "70e9", "--kind", "update", *REASON, "--as-of", "2025-06"), "--source"),
    "no such source": (("dam_cost", "70e9", "--source", "surwey", *CORRECTION), "survey"),
    "unknown scale": (("dam_cost", "70B", *CORRECTION), "70B"),
    "another currency": (("dam_cost", "¥70", *CORRECTION), "¥70"),
    "another unit": (("dam_cost", "70 apples", *CORRECTION), "70 apples"),
    "no date": (("opened", "1 March", *CORRECTION), "2025-08-30"),
    "a range that ends before it begins": (("dam_cost", "72e9..66e9", *CORRECTION), "72e9..66e9"),
}


@pytest.mark.parametrize("name", REFUSED)
def test_what_cannot_be_written_is_told_and_nothing_is(tmp_path: Path, name: str) -> None:
    root = copy(tmp_path)
    before = files(root)
    arguments, told = REFUSED[name]
    answer = run(root, "set", *arguments)
    assert answer.exit_code == 2, answer.output
    assert told in answer.output
    assert files(root) == before


def files(root: Path) -> dict[str, bytes]:
    """Everything below data/ and templates/."""
    paths = [path for folder in ("data", "templates") for path in (root / folder).rglob("*") if path.is_file()]
    return {path.relative_to(root).as_posix(): path.read_bytes() for path in paths}


def test_errors_of_the_edited_project_keep_it_from_being_written(tmp_path: Path) -> None:
    root = copy(tmp_path)
    before = files(root)
    answer = run(root, "set", "area_2025", "19e6", *CORRECTION)
    assert answer.exit_code == 1
    assert "nothing was written" in answer.output
    assert "data/" in answer.output
    assert files(root) == before


def test_a_dry_run_prints_the_lines_and_writes_nothing(tmp_path: Path) -> None:
    root = copy(tmp_path)
    before = files(root)
    answer = run(root, "set", "dam_cost", "70e9", *CORRECTION[:-1], "--dry-run")
    assert answer.exit_code == 0, answer.output
    assert "-  value: [66e9, 72e9]\n+  value: 70e9\n" in answer.stdout
    assert "fact dam_cost" in answer.stderr
    assert files(root) == before


def test_nobody_at_a_terminal_means_that_nothing_is_written(tmp_path: Path) -> None:
    root = copy(tmp_path)
    before = files(root)
    answer = run(root, "set", "dam_cost", "70e9", *CORRECTION[:-1])
    assert (answer.exit_code, "--yes" in answer.output) == (1, True)
    assert files(root) == before


def test_what_moves_is_told_in_every_language(tmp_path: Path) -> None:
    answer = run(copy(tmp_path), "set", "dam_cost", "70e9", *CORRECTION)
    for part in ("66–72 billion US dollars", "70 billion US dollars", "66 bis 72", "templates/pages/index.de.md.j2:11"):
        assert part in answer.output


def test_confirmed_texts_stay_confirmed(tmp_path: Path) -> None:
    root = copy(tmp_path)
    assert run(root, "confirm").exit_code == 0
    assert run(root, "set", "dam_cost", "70e9", *CORRECTION).exit_code == 0
    answer = run(root, "check", "--strict-languages")
    assert (answer.exit_code, "stale" in answer.output) == (0, False), answer.output


def test_every_value_of_the_report_can_be_set_and_set_back() -> None:
    root = Path(__file__).parents[2]
    project = open_project(root, check_project(root))
    assert project is not None
    stated = [fact for fact in project.edition.facts.values() if not fact.formula]
    assert len(stated) > 100
    old = {fact.id: Place.of(project, fact).old_notation().strip("\"'") for fact in stated}
    edited_files = set_in_memory(project, {fact.id: OTHER[form(fact.value)] for fact in stated})
    back = set_in_memory(edited_files.project, old)
    assert {**edited_files.edit.after(), **back.edit.after()} == edited_files.edit.before


OTHER = {
    "date": "1999-12-31",
    "point": "7.25",
    "about": "~7.25",
    "range": "7.25..9",
    ">=": ">=7",
    ">": ">7",
    "<=": "<=7",
    "<": "<7",
}


def form(value: Value | Period) -> str:
    """Which of the notations a value has."""
    if isinstance(value, Period):
        return "date"
    if value.low is None or value.high is None:
        return notation(value).rstrip("0123456789.e-+_")[:2]
    return "range" if isinstance(value, Interval) else "about" if value.about else "point"


@dataclass(frozen=True, slots=True)
class InMemory:
    """An edit, and the project with it."""

    edit: Edit
    project: EditedProject


def set_in_memory(project: EditedProject, typed: Mapping[str, str]) -> InMemory:
    """New values of facts by their ids, all planned from one reading of the files."""
    edits, facts = list[Edit](), dict(project.edition.facts)
    for key, value in typed.items():
        edits.append(plan_set(project, ValueChange(id=key, value=value, today=date(2026, 1, 1), keeps_history=False)))
        assert edits[-1], key
        facts[key] = replace(facts[key], value=read_value(project, facts[key], value).value)
    edit = project.files.edit(splice for one in edits for splice in one.splices)
    files = ProjectFiles(project.root)
    files._content.update(edit.after())  # noqa: SLF001  as if they were written
    return InMemory(edit, replace(project, edition=replace(project.edition, facts=facts), files=files))


def test_two_writers_both_write(tmp_path: Path) -> None:
    root = copy(tmp_path)
    commands = [("set", "dam_cost", "70e9", *CORRECTION), ("set", "area_2024", "21e6", *CORRECTION)]
    running = [
        subprocess.Popen([sys.executable, "-m", "generator", *command, "--root", str(root)], cwd=Path(__file__).parents[2])
        for command in commands
    ]
    assert [process.wait() for process in running] == [0, 0]
    text = (root / FACTS).read_text(encoding="utf-8")
    assert text.count("history:") == 2
    assert "  value: 70e9\n" in text
    assert "2024,21e6,survey" in (root / SERIES).read_text(encoding="utf-8")


def test_a_draft_keeps_nothing_else_from_being_written(tmp_path: Path) -> None:
    root = copy(tmp_path)
    edited(root, FACTS, "{en: Growth of the area, de: Wachstum der Fläche}", "{en: Growth of the area}\n  draft: true")
    done = run(root, "set", "dam_cost", "78e9", *CORRECTION)
    assert done.exit_code == 0, done.output
    assert "value: 78e9" in (root / FACTS).read_text(encoding="utf-8")
    assert run(root, "check").exit_code == 1


def test_an_unfinished_paragraph_keeps_nothing_else_from_being_written(tmp_path: Path) -> None:
    root, page = copy(tmp_path), "templates/pages/index.de.md.j2"
    (root / page).write_text(
        (root / page).read_text(encoding="utf-8") + '\n{{ fact("area_2024") }} waren es.\n', encoding="utf-8"
    )
    assert run(root, "check").exit_code == 1
    done = run(root, "set", "dam_cost", "78e9", *CORRECTION)
    assert done.exit_code == 0, done.output
    assert "parity" not in done.output


@pytest.mark.parametrize(("file", "old", "new"), [(FACTS, "value: 25e6", "value: [25e6"), (PAGE, "{{ fact(", "{{ fact((")])
def test_what_cannot_be_read_keeps_everything_from_being_written(tmp_path: Path, file: str, old: str, new: str) -> None:
    root = copy(tmp_path)
    edited(root, file, old, new)
    before = (root / FACTS).read_bytes()
    assert run(root, "set", "dam_cost", "78e9", *CORRECTION).exit_code != 0
    assert (root / FACTS).read_bytes() == before


def test_a_relation_that_an_edit_breaks_names_the_fact_that_was_edited(tmp_path: Path) -> None:
    root = copy(tmp_path)
    history = HISTORY.format(old="24e6", as_of="2025-05")
    edited(root, FACTS, "    - {source: survey, at: table 3}\n", f"    - {{source: survey, at: table 3}}\n{history}")
    done = run(root, "set", "area_2024", "27e6", *CORRECTION)
    assert done.exit_code == 1
    assert "relation-fails" in done.output
    assert "area_2024 went from 20" in done.output, done.output


@pytest.mark.parametrize("file", [FACTS, SERIES])
def test_a_second_byte_order_mark_is_told_before_an_edit(tmp_path: Path, file: str) -> None:
    root = copy(tmp_path)
    (root / file).write_bytes(b"\xef\xbb\xbf" + (root / file).read_bytes())
    assert run(root, "check").exit_code == 0
    (root / file).write_bytes(b"\xef\xbb\xbf" + (root / file).read_bytes())
    answer = run(root, "set", "area_2024", "21e6", *CORRECTION)
    assert answer.exit_code != 0
    assert "U+FEFF" in (answer.output if file == SERIES else run(root, "check").output)

"""Writing an edit: all files or none, what changed meanwhile, and what a killed run left."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from click.testing import CliRunner
from sample_projects import PLAIN

from generator.commands.main import main
from generator.editing import journal
from generator.editing.applying import EditConflictError, apply_edit, edited_copy
from generator.editing.errors import EditError
from generator.editing.journal import JOURNAL, finish_edit
from generator.editing.splices import Edit, ProjectFiles, Splice

FACTS, NAMES, NEW = "data/facts/water.yml", "data/names.yml", "data/facts/new.yml"


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return shutil.copytree(PLAIN, tmp_path / "project")


def an_edit(root: Path) -> Edit:
    return ProjectFiles(root).edit([Splice(FACTS, 0, 0, "# a\n"), Splice(NAMES, 0, 0, "# b\n"), Splice(NEW, 0, 0, "# c\n")])


def contents(root: Path) -> list[bytes]:
    return [(root / file).read_bytes() if (root / file).exists() else b"" for file in (FACTS, NAMES, NEW)]


def test_all_files_are_written(root: Path) -> None:
    edit = an_edit(root)
    assert apply_edit(root, edit) == (FACTS, NAMES, NEW)
    assert contents(root) == list(edit.after().values())
    assert not (root / JOURNAL).exists()


def test_a_file_that_changed_meanwhile_is_not_overwritten(root: Path) -> None:
    edit = an_edit(root)
    (root / NAMES).write_bytes(b"# mine\n")
    before = contents(root)
    with pytest.raises(EditConflictError) as raised:
        apply_edit(root, edit)
    assert raised.value.file == NAMES
    assert contents(root) == before


def test_a_file_that_was_made_meanwhile_is_not_overwritten(root: Path) -> None:
    edit = an_edit(root)
    (root / NEW).write_bytes(b"# mine\n")
    with pytest.raises(EditConflictError):
        apply_edit(root, edit)
    assert (root / NEW).read_bytes() == b"# mine\n"


@pytest.mark.parametrize("file", ["mkdocs.yml", "data/../mkdocs.yml", "docs/index.md", "data/.edit", "data/a\0.yml"])
def test_nothing_is_written_outside_of_data_and_templates(root: Path, file: str) -> None:
    edit = Edit(splices=(Splice(file, 0, 0, "x"),), before={file: None})
    with pytest.raises(EditError, match="edit-bad-path"):
        apply_edit(root, edit)
    with pytest.raises(EditError, match="edit-bad-path"), edited_copy(root, edit):
        pass
    with pytest.raises(EditError, match="edit-bad-path"):
        ProjectFiles(root).edit(edit.splices)


@pytest.mark.parametrize("written", range(4))
def test_what_a_killed_run_left_is_finished(root: Path, monkeypatch: pytest.MonkeyPatch, written: int) -> None:
    edit, write = an_edit(root), journal.write_file
    left = written  # files behind the journal

    def write_some(path: Path, content: bytes) -> None:
        nonlocal left
        if not left:
            raise KeyboardInterrupt
        left -= 1
        write(path, content)

    monkeypatch.setattr(journal, "write_file", write_some)
    if written < len(edit.before):
        with pytest.raises(KeyboardInterrupt):
            apply_edit(root, edit)
    monkeypatch.undo()
    assert (root / JOURNAL).exists() is (written < len(edit.before))
    finish_edit(root)
    if written < len(edit.before):
        assert contents(root) == list(edit.after().values())
    assert not (root / JOURNAL).exists()


def test_a_file_that_was_edited_after_a_kill_is_left_alone(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    edit, write = an_edit(root), journal.write_file
    monkeypatch.setattr(journal, "finish", lambda _: ())
    apply_edit(root, edit)  # only the journal was written
    monkeypatch.undo()
    write(root / NAMES, b"# mine\n")
    finish_edit(root)
    assert contents(root) == [edit.after()[FACTS], b"# mine\n", edit.after()[NEW]]


def test_a_journal_of_somebody_else_is_not_followed(root: Path) -> None:
    before = contents(root)
    (root / JOURNAL).write_bytes(b'{"data/names.yml": {"before": "", "after": ""}}' + b"0" * 32)
    finish_edit(root)
    assert contents(root) == before
    assert not (root / JOURNAL).exists()


def test_a_byte_order_mark_and_line_ends_stay(root: Path) -> None:
    (root / NAMES).write_bytes(b"\xef\xbb\xbfa: 1\r\nb: 2\r\n")
    edit = ProjectFiles(root).edit([Splice(NAMES, 3, 4, "7\nc: 8")])
    assert edit.after() == {NAMES: b"\xef\xbb\xbfa: 7\r\nc: 8\r\nb: 2\r\n"}


def test_two_changes_of_the_same_characters_are_refused(root: Path) -> None:
    edit = ProjectFiles(root).edit([Splice(NAMES, 0, 4, "7"), Splice(NAMES, 2, 5, "8")])
    with pytest.raises(ValueError, match="two changes"):
        edit.after()


@pytest.mark.parametrize("is_there", [False, True], ids=["nothing", "outside"])
@pytest.mark.parametrize("place", ["data/series", "data/series/depths.csv"])
def test_nothing_is_written_through_a_link_that_leads_out_of_the_project(root: Path, place: str, *, is_there: bool) -> None:
    outside, splice = root.parent / "outside", Splice("data/series/depths.csv", 0, 0, "a\n")
    if place == "data/series":
        shutil.move(root / place, outside)
        if not is_there:
            shutil.rmtree(outside)
    elif is_there:
        outside.write_text("year\n")
    (root / place).symlink_to(outside)
    with pytest.raises(EditError, match="edit-link"):
        ProjectFiles(root).edit([splice])
    with pytest.raises(EditError, match="edit-link"):
        apply_edit(root, Edit(splices=(splice,), before={splice.file: None}))
    assert (root / splice.file).exists() is (is_there and place != "data/series")


def test_a_renamed_file_takes_no_other_one_s_place(root: Path) -> None:
    (root / "data/series/usage.csv").write_text("precious,1\n")
    with pytest.raises(EditError, match="edit-file-exists"):
        ProjectFiles(root).edit([], {"data/series/levels.csv": "data/series/usage.csv"})


@pytest.mark.parametrize("is_there", [False, True], ids=["nothing", "a file"])
def test_a_journal_that_is_a_link_is_not_followed(root: Path, *, is_there: bool) -> None:
    outside = root.parent / "outside.txt"
    if is_there:
        outside.write_text("mine")
    (root / JOURNAL).symlink_to(outside)
    edit = an_edit(root)
    apply_edit(root, edit)
    assert contents(root) == list(edit.after().values())
    assert not (root / JOURNAL).is_symlink()
    assert (outside.read_text() if outside.exists() else "") == "mine" * is_there


@pytest.mark.parametrize("failing", [FACTS, NAMES, NEW])
def test_an_edit_that_fails_is_taken_back(root: Path, monkeypatch: pytest.MonkeyPatch, failing: str) -> None:
    edit, before, write = an_edit(root), contents(root), journal.write_file

    def write_others(path: Path, content: bytes) -> None:
        if path == root / failing:
            raise PermissionError
        write(path, content)

    monkeypatch.setattr(journal, "write_file", write_others)
    with pytest.raises(PermissionError):
        apply_edit(root, edit)
    monkeypatch.undo()
    assert contents(root) == before
    assert not (root / NEW).exists()
    assert finish_edit(root) == ()
    assert contents(root) == before


def test_whoever_finishes_an_edit_says_so(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    edit = an_edit(root)
    monkeypatch.setattr(journal, "finish", lambda _: ())
    apply_edit(root, edit)  # only the journal was written
    monkeypatch.undo()
    for told in (f"an edit that was interrupted is finished: {FACTS}, {NAMES}, {NEW}\n", ""):
        answer = CliRunner().invoke(main, ["check", "--root", str(root), "--language", "en"])
        assert answer.stderr.startswith(told)
        assert ("interrupted" in answer.stderr) is bool(told)
    assert contents(root) == list(edit.after().values())


def test_a_journal_writes_through_no_link(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    edit = an_edit(root)
    monkeypatch.setattr(journal, "finish", lambda _: ())
    apply_edit(root, edit)
    monkeypatch.undo()
    (root / NEW).symlink_to(root.parent / "outside.yml")
    assert finish_edit(root) == (FACTS, NAMES)
    assert not (root.parent / "outside.yml").exists()

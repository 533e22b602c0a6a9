"""`factloom words`: lists, and a file to be filled in that nothing is lost from."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from sample_projects import PLAIN, edit

from generator.commands.main import main
from generator.reading.default_words import meaning, reference, required_keys
from generator.reading.draft import read_draft


@pytest.fixture
def project(tmp_path: Path) -> Path:
    return shutil.copytree(PLAIN, tmp_path / "project")


def run(root: Path, *arguments: str) -> Result:
    return CliRunner().invoke(main, ["words", *arguments, "--root", str(root), "--language", "en"])


def test_the_languages_are_listed(project: Path) -> None:
    lines = run(project).output.splitlines()
    assert lines[1].startswith("de  Deutsch: ")
    assert lines[1].endswith("0 missing")
    assert "zh-Hant" in lines[2]


def test_the_words_of_a_language_are_listed_with_what_they_are_for(project: Path) -> None:
    result = run(project, "de")
    assert result.exit_code == 0
    assert f"col_due: Fällig\n  en  Due\n  {meaning('col_due')}\n" in result.output


def test_what_a_language_lacks_is_written_and_filled_in(project: Path) -> None:
    edit(project, "data/report.yml", "  de: {name: Deutsch, locale: de-DE}", "  et: {name: eesti, locale: et-EE}")
    assert run(project, "et").exit_code == 1
    assert "data/words/et.yml" in run(project, "et", "--write").output
    file = project / "data/words/et.yml"
    text = file.read_text(encoding="utf-8")
    assert f"# {meaning('col_fact')}\n# Fact\ncol_fact:\n" in text
    assert "\n# Water\ntopic.water:\n" in text
    file.write_text(text.replace("col_fact:\n", "col_fact: Fakt  # by hand\n"), encoding="utf-8")
    filled = file.read_bytes()
    assert "lacks no word" in run(project, "et", "--write").output
    assert file.read_bytes() == filled
    draft, findings = read_draft(project)
    assert draft.languages[1].word("col_fact") == "Fakt"
    missing = [finding for finding in findings if finding.rule == "missing-words"]
    assert [finding.args["count"] for finding in missing] == [str(len(required_keys()) - 1)]


def test_only_what_is_not_there_is_added(project: Path) -> None:
    (project / "data/words").mkdir()
    file = project / "data/words/et.yml"
    file.write_text("col_fact: Fakt", encoding="utf-8")
    run(project, "et", "--write")
    text = file.read_text(encoding="utf-8")
    assert text.startswith("col_fact: Fakt\n\n# ")
    assert text.count("col_fact:") == 1


def test_a_file_that_cannot_be_read_is_left_as_it_is(project: Path) -> None:
    (project / "data/words").mkdir()
    file = project / "data/words/et.yml"
    file.write_text("col_fact: [", encoding="utf-8")
    assert run(project, "et", "--write").exit_code == 2
    assert file.read_text(encoding="utf-8") == "col_fact: ["


@pytest.mark.parametrize("text", ["col_fact: Fakt\n...\n", "{col_fact: Fakt}\n", "  col_fact: Fakt\n"])
def test_a_file_to_whose_end_nothing_can_be_added_is_left_as_it_is(project: Path, text: str) -> None:
    (project / "data/words").mkdir()
    file = project / "data/words/et.yml"
    file.write_text(text, encoding="utf-8")
    answer = run(project, "et", "--write")
    assert (answer.exit_code, "data/words/et.yml" in answer.output) == (2, True)
    assert file.read_text(encoding="utf-8") == text


def test_a_file_keeps_its_manner(project: Path) -> None:
    (project / "data/words").mkdir()
    file = project / "data/words/et.yml"
    file.write_bytes(b"\xef\xbb\xbfcol_fact: Fakt\r\n")
    file.chmod(0o664)
    assert run(project, "et", "--write").exit_code == 0
    content = file.read_bytes()
    assert content.startswith(b"\xef\xbb\xbfcol_fact: Fakt\r\n\r\n# ")
    assert content.count(b"\n") == content.count(b"\r\n")
    assert file.stat().st_mode & 0o777 == 0o664


@pytest.mark.parametrize("code", ["../et", "", "no such"])
def test_a_code_that_is_none_is_refused(project: Path, code: str) -> None:
    assert run(project, code, "--write").exit_code == 2


@pytest.mark.parametrize("key", list(reference()))
def test_every_word_has_a_meaning(key: str) -> None:
    assert meaning(key)

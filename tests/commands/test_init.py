"""`factloom init`: a report that is whole at once, in each language of the package, and nothing overwritten."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest
import yaml
from click.testing import CliRunner, Result

from generator import __version__
from generator.checks.project_check import check_project
from generator.commands.main import main
from generator.defaults.files import STARTER
from generator.reading.default_words import default_languages, reference
from generator.reading.front_matter import read_front_matter

ROOT = Path(__file__).parent.parent.parent
MARKS = 3  # charts of the starter


def init(*arguments: object) -> Result:
    return CliRunner().invoke(main, ["init", *map(str, arguments), "--language", "en"])


def findings(root: Path) -> list[str]:
    return [f"{one.rule} {one.span.file}:{one.span.line} {one.sentence('en')}" for one in check_project(root).findings]


def contents(root: Path) -> dict[str, bytes]:
    return {path.relative_to(root).as_posix(): path.read_bytes() for path in root.rglob("*") if path.is_file()}


@pytest.mark.parametrize("code", default_languages())
def test_the_report_of_each_language_has_no_findings(tmp_path: Path, code: str) -> None:
    assert init(tmp_path, "--languages", code).exit_code == 0
    assert findings(tmp_path) == []


@pytest.mark.parametrize("codes", [("de", "fr-FR"), ("ar", "en"), ("ja", "zh-Hans", "zh-Hant"), tuple(default_languages())])
def test_combinations_have_no_findings(tmp_path: Path, codes: tuple[str, ...]) -> None:
    assert init(tmp_path, "--languages", ",".join(codes)).exit_code == 0
    assert findings(tmp_path) == []


@pytest.mark.parametrize("code", default_languages())
def test_the_texts_of_each_language_are_its_own(code: str) -> None:
    def texts(one: str) -> dict[str, str]:
        found: dict[str, str] = yaml.safe_load((STARTER / "texts" / f"{one}.yml").read_text(encoding="utf-8"))
        return found

    first, other = texts("en"), texts(code)
    assert list(other) == list(first)
    assert code == "en" or [key for key in first if other[key] == first[key] and key != "topic"] == []
    for key, text in first.items():  # the same calls, placeholders and commands in every language
        wanted, found = (sorted(re.findall(r"\{+[^}]*\}+|`[^`]*`", one)) for one in (text, other[key]))
        assert found == wanted


@pytest.mark.parametrize("codes", ["de,fr-FR", "ar,en", "ko"])
def test_the_report_builds(tmp_path: Path, codes: str) -> None:
    assert init(tmp_path, "--languages", codes).exit_code == 0
    command = [sys.executable, "-m", "generator", "build", "--root", str(tmp_path), "--jobs", "1"]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    for code in codes.split(","):
        page = (tmp_path / "site" / code / "index.html").read_text(encoding="utf-8")
        assert page.count('class="fl-svg fl-svg--wide"') == MARKS
        assert [key for key in reference() if "." in key and re.search(rf">\s*{re.escape(key)}\s*<", page)] == []
        assert ("hreflang" in page.partition("<body")[2]) == ("," in codes)  # a single language has nothing to switch to


def test_the_title_is_that_which_was_given(tmp_path: Path) -> None:
    init(tmp_path, "--languages", "de,en", "--title", 'Wasser: "gut" & teuer')
    assert findings(tmp_path) == []
    for code in ("de", "en"):
        page = (tmp_path / f"templates/pages/index.{code}.md.j2").read_text(encoding="utf-8")
        assert read_front_matter("", page, []).text("title") == 'Wasser: "gut" & teuer'


def test_it_notes_the_version_that_made_it(tmp_path: Path) -> None:
    init(tmp_path, "--languages", "en")
    assert f"factloom {__version__}" in (tmp_path / "data/report.yml").read_text(encoding="utf-8")
    assert (tmp_path / "requirements.txt").read_text(encoding="utf-8") == f"factloom=={__version__}\n"


def test_nothing_is_overwritten(tmp_path: Path) -> None:
    init(tmp_path, "--languages", "de")
    (tmp_path / "templates/pages/method.de.md.j2").unlink()
    (tmp_path / "templates/pages/index.de.md.j2").write_text("mine", encoding="utf-8")
    (tmp_path / "requirements.txt").unlink()
    before = contents(tmp_path)
    said = init(tmp_path, "--languages", "fr")  # the report says in which languages it is
    assert said.exit_code == 0
    after = contents(tmp_path)
    assert {path: after[path] for path in before} == before
    assert set(after) - set(before) == {"requirements.txt", "templates/pages/method.de.md.j2"}
    assert "nothing is missing" in init(tmp_path).output


def test_nothing_is_written_through_links(tmp_path: Path) -> None:
    outside, root = tmp_path / "outside", tmp_path / "report"
    outside.mkdir()
    root.mkdir()
    (root / "templates").symlink_to(outside)
    (root / "mkdocs.yml").symlink_to(outside / "mkdocs.yml")
    init(root, "--languages", "de")
    assert list(outside.rglob("*")) == []


FACTS = """
rainfall:
  label: {sv: "Regn, {period}", en: "Rain, {period}"}
  value: 1200
  unit: mm
  period: 2025
  status: observed
  review: durable
  evidence:
    - source: office
      at: {sv: tabellen, en: the table}
"""


def test_a_folder_with_data_gets_what_is_missing(tmp_path: Path) -> None:
    """The example is not mixed with data that somebody has: the first page shows that data."""
    data = tmp_path / "data"
    (data / "facts").mkdir(parents=True)
    (data / "facts/rain.yml").write_text(FACTS, encoding="utf-8")
    (data / "units.yml").write_text("mm:\n  dimension: {length: 1}\n  ladder:\n    - {from: 1, icu: millimeter}\n", "utf-8")
    source = "office:\n  publisher: Met Office\n  title: Yearbook\n  date: 2026\n  url: https://met.example/\n  read: full\n"
    (data / "sources.yml").write_text(source, encoding="utf-8")
    before = contents(tmp_path)
    assert init(tmp_path, "--languages", "sv,en", "--title", "Rain").exit_code == 0
    after = contents(tmp_path)
    assert {path: after[path] for path in before} == before
    assert {path for path in after if path.startswith("data/")} == {*before, "data/report.yml", "data/words.yml"}
    assert findings(tmp_path) == []


@pytest.mark.parametrize("codes", ["xx-YY", "de-", "deutsch", "de,xx", "DE"])
def test_an_unknown_language_is_refused(tmp_path: Path, codes: str) -> None:
    assert init(tmp_path, "--languages", codes).exit_code == 2
    assert list(tmp_path.iterdir()) == []


def test_a_language_without_words_is_told(tmp_path: Path) -> None:
    said = init(tmp_path, "--languages", "cs")
    assert "factloom words cs --write" in said.output
    assert {one.split()[0] for one in findings(tmp_path)} == {"missing-words"}

"""`new` and `completion`: entries in the form of their record, rows, pages, and what a shell completes."""

from __future__ import annotations

import shutil
import tempfile
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from sample_projects import PLAIN

from generator.checks.project_check import check_project
from generator.commands.main import main
from generator.editing.yaml_text import as_text, as_value, child, quoted
from generator.reading.yaml_nodes import ScalarNode, parse_yaml

LABEL = ("--label.en", "Depth", "--label.de", "Tiefe")
FACT = (*LABEL, "--unit", "m2", "--status", "observed", "--review", "durable")
ENTRIES = {
    "source": (
        (
            "other",
            "--publisher",
            "Lake: Press",
            "--title",
            "Water",
            "--date",
            "2025-06",
            "--read",
            "full",
            "--its-language",
            "de",
        ),
        "data/sources.yml",
        'other:\n  publisher: "Lake: Press"\n  title: Water\n  date: 2025-06\n  language: de\n  read: full\n',
    ),
    "fact": (
        ("depth", *FACT, "--value", "3e6", "--source", "survey", "--at.en", "page 2", "--at.de", "Seite 2"),
        "data/facts/water.yml",
        "depth:\n  label: {en: Depth, de: Tiefe}\n  value: 3e6\n  unit: m2\n  status: observed\n  review: durable\n"
        "  evidence: [{source: survey, at: {en: page 2, de: Seite 2}}]\n",
    ),
    "fact of a cell": (
        ("depth", *FACT, "--series", "levels", "--column", "area", "--row", "2025"),
        "data/facts/water.yml",
        "depth:\n  label: {en: Depth, de: Tiefe}\n  from: {series: levels, column: area, at: 2025}\n  unit: m2\n"
        "  status: observed\n  review: durable\n",
    ),
    "claim": (
        (
            *("shrank", "--text.en", "It shrank", "--text.de", "Er schrumpfte", "--source", "survey", "--at", "1.2"),
            *("--stance", "claimed", "--verdict", "confirmed", "--basis", "official", "--settled-by", "area_2024, area_2025"),
            *("--reason.en", "r", "--reason.de", "g", "--evidence", "[{source: survey, at: table 3}]"),
        ),
        "data/claims/water.yml",
        'shrank:\n  text: {en: It shrank, de: Er schrumpfte}\n  source: survey\n  at: "1.2"\n  stance: claimed\n  verdict: confirmed\n'
        "  basis: official\n  settled_by: [area_2024, area_2025]\n  reason: {en: r, de: g}\n"
        "  evidence: [{source: survey, at: table 3}]\n",
    ),
    "event": (
        (
            "closing",
            "--date",
            "2025-04",
            "--title.en",
            "The dam closes",
            "--title.de",
            "Der Damm schließt",
            "--section",
            "water",
        ),
        "data/events.yml",
        "closing:\n  date: 2025-04\n  title: {en: The dam closes, de: Der Damm schließt}\n  section: water\n",
    ),
    "term": (
        (
            "weir",
            "--term.en",
            "weir",
            "--term.de",
            "Wehr",
            "--definition.en",
            "A low wall",
            "--definition.de",
            "Eine niedrige Mauer",
        ),
        "data/terms.yml",
        "weir:\n  term: {en: weir, de: Wehr}\n  definition: {en: A low wall, de: Eine niedrige Mauer}\n",
    ),
    "name": (
        ("lake_5", "--type", "place", "--name.en", "Lake 5", "--name.de", "See 5"),
        "data/names.yml",
        "lake_5:\n  type: place\n  name: {en: Lake 5, de: See 5}\n",
    ),
    "series": (
        ("depths", *LABEL, "--key", "year", "--columns", "depth:m2", "--row", "2025,3,survey"),
        "data/series.yml",
        "depths:\n  label: {en: Depth, de: Tiefe}\n  key: year\n  columns: {depth: {unit: m2}}\n",
    ),
}


def run(root: Path, *arguments: str) -> Result:
    return CliRunner().invoke(main, [*arguments, "--root", str(root), "--language", "en"])


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return shutil.copytree(PLAIN, tmp_path / "project")


@pytest.mark.parametrize("name", ENTRIES)
def test_an_entry_stands_at_the_end_of_its_file(root: Path, name: str) -> None:
    typed, file, expected = ENTRIES[name]
    before = (root / file).read_bytes()
    answer = run(root, "new", name.split(maxsplit=1)[0], *typed, "--yes")
    assert answer.exit_code == 0, answer.output
    assert (root / file).read_bytes() == before + expected.encode()
    assert check_project(root).errors == ()


def test_a_chart_goes_to_a_file_of_its_topic(root: Path) -> None:
    typed = (
        "--topic",
        "water",
        "--mark",
        "bars",
        "--title.en",
        "Two lakes",
        "--title.de",
        "Zwei Seen",
        "--rows",
        "area_2024 area_2025",
    )
    answer = run(root, "new", "chart", "areas", *typed, "--dry-run")
    assert "+++ b/data/charts/water.yml" in answer.output
    assert "+  rows: [area_2024, area_2025]\n" in answer.output


def test_a_series_has_a_table(root: Path) -> None:
    typed, _, _ = ENTRIES["series"]
    assert run(root, "new", "series", *typed, "--yes").exit_code == 0
    assert (root / "data/series/depths.csv").read_text(encoding="utf-8") == "year,depth,source\n2025,3,survey\n"


def test_a_row_stands_behind_the_others(root: Path) -> None:
    (root / "data/series/levels.csv").write_bytes(b"year,area,source\r\n2024,20e6,survey\r\n2025,25e6,survey")
    answer = run(root, "new", "row", "levels:2026", "--area", "26e6", "--source", "survey", "--yes")
    assert answer.exit_code == 0, answer.output
    written = (root / "data/series/levels.csv").read_bytes()
    assert written == b"year,area,source\r\n2024,20e6,survey\r\n2025,25e6,survey\n2026,26e6,survey\n".replace(
        b"\n", b"\r\n"
    ).replace(b"\r\r", b"\r")


def test_a_page_has_a_template_in_every_language(root: Path) -> None:
    typed = ("--title.en", "Water", "--title.de", "Wasser", "--description.en", "All of it", "--description.de", "Alles")
    answer = run(root, "new", "page", "water", *typed, "--yes")
    assert answer.exit_code == 0, answer.output
    assert "pages: [index, water]\n" in (root / "data/report.yml").read_text(encoding="utf-8")
    page = (root / "templates/pages/water.de.md.j2").read_text(encoding="utf-8")
    assert page == "---\ntitle: Wasser\ndescription: Alles\n---\n\n# Wasser\n"
    assert check_project(root).errors == ()


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        (("fact", "depth", *LABEL), "--unit"),
        (("fact", "depth", "--label.en", "Depth"), "--label.de"),
        (("fact", "area_2025", *FACT, "--value", "1"), "already"),
        (("fact", "Depth", *FACT, "--value", "1"), "no id"),
        (("fact", "depth", *FACT, "--valeu", "1"), "valeu"),
        (("fact", "depth", *FACT, "value", "1"), "alone"),
        (("row", "levels:2026", "--aera", "1"), "aera"),
        (("page", "index"), "--title.en"),
    ],
)
def test_what_cannot_be_made(root: Path, typed: tuple[str, ...], told: str) -> None:
    answer = run(root, "new", *typed, "--yes")
    assert answer.exit_code == 2, answer.output
    assert told in answer.output


def test_an_entry_with_errors_is_not_written(root: Path) -> None:
    before = (root / "data/facts/water.yml").read_bytes()
    answer = run(root, "new", "fact", "depth", *FACT, "--value", "1", "--source", "nobody", "--yes")
    assert answer.exit_code == 1
    assert "unknown-id" in answer.output
    assert (root / "data/facts/water.yml").read_bytes() == before


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_a_shell_is_told_how_to_complete(shell: str) -> None:
    answer = CliRunner().invoke(main, ["completion", shell])
    assert answer.exit_code == 0
    assert "_FACTLOOM_COMPLETE" in answer.output


@pytest.mark.parametrize(
    ("words", "expected"),
    [("factloom se", {"serve", "set"}), (f"factloom show --root {PLAIN} area_", {"area_2024", "area_2025", "area_growth"})],
)
def test_commands_and_ids_are_completed(words: str, expected: set[str]) -> None:
    complete = {"COMP_WORDS": words, "COMP_CWORD": str(len(words.split()) - 1), "_FACTLOOM_COMPLETE": "bash_complete"}
    answer = CliRunner().invoke(main, [], prog_name="factloom", env=complete)
    assert {line.partition(",")[2] for line in answer.output.split()} == expected


@pytest.mark.parametrize("topic", ["../../../victim", "../victim", "sub/deep", "/victim", ".hidden", "a\0b", "a.yml"])
@pytest.mark.parametrize("option", ["--dry-run", "--yes"])
def test_a_topic_is_a_name_and_no_path(root: Path, topic: str, option: str) -> None:
    victims = [root.parent / "victim.yml", root / "victim.yml", Path(tempfile.gettempdir(), "victim.yml")]
    assert not any(path.exists() for path in victims)
    answer = run(root, "new", *("fact", "depth", *FACT, "--value", "3e6", "--source", "survey", "--topic", topic), option)
    assert answer.exit_code == 2
    assert "is no name of a file" in answer.output
    assert not any(path.exists() for path in victims)
    assert check_project(root).draft.facts.keys() == check_project(PLAIN).draft.facts.keys()


def test_what_is_left_of_another_page_or_series_is_not_written_over(root: Path) -> None:
    leftovers = (root / "templates/pages/about.de.md.j2", root / "data/series/depths.csv")
    for path in leftovers:
        path.write_text("mine\n")
    words = [f"--{key}.{code}" for key in ("title", "description") for code in ("en", "de")]
    page = run(root, "new", "page", "about", *(part for name in words for part in (name, "About")), "--yes")
    series = run(root, "new", "series", *ENTRIES["series"][0], "--yes")
    for answer, path in zip((page, series), leftovers, strict=True):
        assert answer.exit_code == 2
        assert f"there is a file {path.relative_to(root)} already" in answer.output
        assert path.read_text() == "mine\n"


@pytest.mark.parametrize("text", ["First.\n\nSecond", "a\r\nb", "a\u2028b", "a\x85b", "a\tb", 'say "x": \\n', "\ufeffx"])
@pytest.mark.parametrize("flow", [False, True])
def test_a_text_stands_in_one_line(text: str, *, flow: bool) -> None:
    for written in (as_text(text, flow=flow), as_value(text, flow=flow), quoted(text)):
        assert len(f"{written}|".splitlines()) == 1
        tree = parse_yaml(f"key: {{text: {written}, more: 1}}\n" if flow else f"text: {written}\nmore: 1\n", "", [])
        node = child(child(tree, "key") if flow else tree, "text")
        assert isinstance(node, ScalarNode)
        assert node.text == text


def test_a_text_of_several_lines_is_written_in_one(root: Path) -> None:
    typed, file, _ = ENTRIES["term"]
    answer = run(root, "new", "term", *(part.replace("A low wall", "A low.\n\nWall") for part in typed), "--yes")
    assert answer.exit_code == 0, answer.output
    assert '{en: "A low.\\n\\nWall", de: Eine niedrige Mauer}' in (root / file).read_text(encoding="utf-8")


@pytest.mark.parametrize("end", ["...\n", "... # end\n"])
def test_an_entry_goes_before_the_end_of_the_document(root: Path, end: str) -> None:
    typed, file, expected = ENTRIES["name"]
    before = (root / file).read_text(encoding="utf-8")
    (root / file).write_text(before + end, encoding="utf-8")
    assert run(root, "new", "name", *typed, "--yes").exit_code == 0
    assert (root / file).read_text(encoding="utf-8") == before + expected + end


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("{}\n", ""),
        ("# none\n{}  # yet\n", ""),
        ("{a: {term: {en: a, de: a}, definition: {en: A, de: A}}}\n", "without braces"),
    ],
)
def test_an_entry_goes_to_a_file_in_braces_only_where_that_is_empty(root: Path, text: str, told: str) -> None:
    typed, file, expected = ENTRIES["term"]
    (root / file).write_text(text, encoding="utf-8")
    before = len(check_project(root).errors)
    answer = run(root, "new", "term", *typed, "--yes")
    assert (answer.exit_code, told in answer.output) == (2 if told else 0, True), answer.output
    assert (root / file).read_text(encoding="utf-8") == (text if told else text.replace("{}", expected.rstrip("\n")))
    assert len(check_project(root).errors) == before

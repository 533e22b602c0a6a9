"""What is typed behind editing commands is written as typed, or refused with what to type instead: nothing is lost."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from sample_projects import PLAIN

from generator.commands.main import main

FACTS, SERIES = "data/facts/water.yml", "data/series/levels.csv"
REASON = ("--reason.en", "It was wrong", "--reason.de", "Es war falsch")
SET = ("set", "dam_cost", "70e9", "--kind", "correction", "--yes")
CORRECTION = (*SET, *REASON)
FACT = (
    *("new", "fact", "depth", "--label.en", "Depth", "--label.de", "Tiefe", "--unit", "m2", "--status", "observed"),
    *("--review", "durable", "--yes"),
)
TERM = ("new", "term", "weir", "--definition.en", "A dam", "--definition.de", "Ein Damm", "--term.de", "Wehr", "--yes")
PAGE = ("--title.en", "A", "--title.de", "A", "--description.en", "B", "--description.de", "B", "--yes")


def run(root: Path, *arguments: str) -> Result:
    return CliRunner().invoke(main, [*arguments, "--root", str(root), "--language", "en"])


def files(root: Path) -> dict[str, bytes]:
    paths = [path for folder in ("data", "templates") for path in (root / folder).rglob("*") if path.is_file()]
    return {path.relative_to(root).as_posix(): path.read_bytes() for path in paths}


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """The good project with a second source."""
    root = shutil.copytree(PLAIN, tmp_path / "project")
    sources = root / "data/sources.yml"
    written = sources.read_text(encoding="utf-8")
    sources.write_text(
        f"{written}\nother:\n  {{publisher: P, title: T, read: full, date: 2025-06, url: https://p.example/}}\n",
        encoding="utf-8",
    )
    return root


REFUSED = {
    "reason twice": ((*CORRECTION, "--reason.en", "c"), "--reason.en is said twice"),
    "reason twice for all": ((*SET, "--reason", "a", "--reason", "b"), "--reason is said twice"),
    "reason of another language": ((*CORRECTION, "--reason.fr", "c"), "--reason.fr: the report has no such language; it has en, de"),
    "quote twice": ((*CORRECTION, "--quote", "a", "--quote", "b", "--source", "survey"), "--quote is said twice"),
    "kind twice": ((*CORRECTION, "--kind", "update"), "--kind is said twice"),
    "place for all and for one": (
        (*CORRECTION, "--source", "survey", "--at", "p. 3", "--at.de", "S. 3"),
        "--at is given once for all languages and once for one",
    ),
    "place without a source": ((*CORRECTION, "--at", "p. 3"), "say also --source"),
    "quote without a source": ((*CORRECTION, "--quote", "70 billion"), "say also --source"),
    "place of a row": (
        ("set", "area_2024", "21e6", "--kind", "correction", *REASON, "--source", "survey", "--at", "p. 3"),
        "there is no room for --at and --quote",
    ),
    "reason without a history": (("set", "dam_cost", "70e9", "--no-history", *REASON), "--reason would be written in the history"),
    "kind without a history": (("set", "dam_cost", "70e9", "--no-history", "--kind", "update"), "--kind would be written"),
    "new: text twice": ((*TERM, "--term.en", "a", "--term.en", "b"), "--term.en is said twice"),
    "new: key twice": ((*FACT, "--value", "3", "--value", "4", "--source", "survey"), "--value is said twice"),
    "new: place for all and for one": (
        (*FACT, "--value", "3", "--source", "survey", "--at", "p. 3", "--at.de", "S. 3"),
        "--at is given once for all languages and once for one",
    ),
    "new: another language": ((*TERM, "--term.en", "weir", "--term.fr", "c"), "--term.fr: the report has no such language"),
    "new: topic of what has one file": ((*TERM, "--term.en", "weir", "--topic", "foo"), "take --topic out"),
    "new: topic of a page": (("new", "page", "lakes", *PAGE, "--topic", "foo"), "take --topic out"),
    "new: page in another language": (("new", "page", "lakes", *PAGE, "--title.fr", "A"), "--title.fr: the report has no such"),
    "new: keys that are missing": (
        ("new", "judgment", "jj", "--confidence", "high"),
        "--changes-if.en, --changes-if.de",
    ),
    "new: series without a key": (("new", "series", "zz", "--draft", "true", "--yes"), "say also --key"),
    "new: long name": (("new", "page", "a" * 260, *PAGE), "at most 100"),
    "new: long folder": (("new", "page", f"{'a' * 260}/b", *PAGE), "at most 100"),
    "new: no text": ((*TERM, "--term.en", "a\udcff"), "a? holds bytes that are no text"),
    "set: no text": ((*SET, "--reason.en", "a\udcff", "--reason.de", "b"), "that are no text"),
    "reviewed: no text": (("reviewed", "dam_cost", "--by", "a\udcff"), "that are no text"),
    "reviewed: two names": (("reviewed", "dam_cost", "--by", "a", "--by", "b"), "--by is said twice"),
    "retire: another language": (("retire", "opened", *REASON, "--reason.fr", "x"), "--reason.fr: the report has no such"),
    "rename: another language": (("rename", "dam_cost", "cost", "--reason.fr", "x"), "--reason.fr: the report has no such"),
}  # fmt: skip


@pytest.mark.parametrize("name", REFUSED)
def test_what_would_be_lost_is_refused(root: Path, name: str) -> None:
    before = files(root)
    arguments, told = REFUSED[name]
    answer = run(root, *arguments)
    said = " ".join(answer.output.split())
    assert (answer.exit_code, told in said) == (2, True), answer.output
    assert files(root) == before


WRITTEN = {
    "two sources": (
        (*FACT, "--value", "3", "--source", "survey", "--source", "other", "--at", "p. 3"),
        "  evidence: [{source: survey, at: p. 3}, {source: other, at: p. 3}]\n",
    ),
    "a negative number": ((*FACT, "--value", "-5e6", "--source", "survey"), "  value: -5e6\n"),
    "a key with underscores": ((*FACT, "--value", "5", "--as_of", "2025-05", "--source", "survey"), "  as_of: 2025-05\n"),
    "a negative number of set": (("set", "dam_cost", "-5e9", *CORRECTION[3:]), "  value: -5e9\n"),
    "in words": (("set", "dam_cost", "-5 billion US dollars", *CORRECTION[3:]), "  value: -5e9\n"),
    "with a sign of money": (("set", "dam_cost", "-$5 million", *CORRECTION[3:]), "  value: -5e6\n"),
    "behind other options": ((*CORRECTION[:2], *CORRECTION[3:], "-5e9"), "  value: -5e9\n"),
    "as the text of an option": ((*CORRECTION[:-1], "- nein"), 'reason: {en: It was wrong, de: "- nein"}'),
}


@pytest.mark.parametrize("name", WRITTEN)
def test_what_is_typed_is_written(root: Path, name: str) -> None:
    arguments, written = WRITTEN[name]
    answer = run(root, *arguments)
    assert answer.exit_code == 0, answer.output
    assert written in (root / FACTS).read_text(encoding="utf-8")


def test_a_sign_for_arguments_stays_one(root: Path) -> None:
    where = ("--root", str(root), "--language", "en")
    answer = CliRunner().invoke(main, ["set", "dam_cost", *CORRECTION[3:], *where, "--", "-5e9"])
    assert answer.exit_code == 0, answer.output
    assert "  value: -5e9\n" in (root / FACTS).read_text(encoding="utf-8")


def test_a_negative_text_is_no_flag(root: Path) -> None:
    """The letters of "-5 years" are no options such as -y."""
    arguments = [argument for argument in FACT if argument != "--yes"]
    answer = run(root, *arguments, "--value", "-5y", "--source", "survey")
    assert answer.exit_code != 0
    assert "-5y" in answer.output
    assert "depth" not in (root / FACTS).read_text(encoding="utf-8")


def test_keys_of_texts_may_have_underscores_or_hyphens(root: Path) -> None:
    for number, key in enumerate(("changes_if", "changes-if")):
        answer = run(root, "new", "judgment", f"j{number}", f"--{key}.en", "x", f"--{key}.de", "y", "--dry-run")
        missing = answer.output.partition("say also")[2]
        assert (bool(missing), "changes" in missing) == (True, False), answer.output


def test_a_source_is_written_in_the_fact_where_its_row_has_no_place_for_it(root: Path) -> None:
    (root / SERIES).write_text("year,area\n2024,20e6\n2025,25e6\n", encoding="utf-8")
    answer = run(
        root, "set", "area_2024", "21e6", "--kind", "correction", *REASON, "--source", "survey", "--at", "p. 3", "--yes"
    )
    assert answer.exit_code == 0, answer.output
    assert "{source: survey, at: p. 3}" in (root / FACTS).read_text(encoding="utf-8")


@pytest.mark.parametrize("query", ["http://[x", "https://[::1/facts/a", "//[", "\udcff"])
def test_addresses_that_are_none_are_not_found(root: Path, query: str) -> None:
    answer = run(root, "find", query)
    assert (answer.exit_code, "nothing found" in answer.output) == (1, True), answer.output


def test_a_page_is_added_to_an_empty_list(root: Path) -> None:
    report = root / "data/report.yml"
    report.write_text(report.read_text(encoding="utf-8").replace("pages: [index]", "pages: []"), encoding="utf-8")
    assert "+pages: [lakes]\n" in run(root, "new", "page", "lakes", *PAGE, "--dry-run").output

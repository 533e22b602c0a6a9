"""Every mistake that an author can make: one finding, at its place, in a sentence that says what to do.

The cases stand in broken/*.txt. Each edits the good project in one place and says what `factloom check` reports:

    == what is wrong
    data/facts/water.yml             the file; "saved as ENCODING" or "removed" may follow
    -  unit: m2                      lines that go
    +  unit: m3                      lines that come in their place, or at the end of the file
    > data/facts/water.yml:6:9: …    the report, as `--format concise` prints it
"""

from __future__ import annotations

import os
import re
import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from sample_projects import GOOD

from generator.checks import read_ahead
from generator.checks.project_check import check_project
from generator.checks.read_ahead import ReadAhead, read_shard
from generator.commands.cached_check import check_with_cache
from generator.diagnostics.finding import Diagnostic, languages, messages, source_lines
from generator.diagnostics.renderers import render
from generator.reading import draft
from generator.rules import chart_specs, fact_files
from generator.store import parse_cache
from generator.store.inputs import hash_inputs
from generator.store.lazy_mapping import LazyMapping
from generator.store.parse_cache import ParseCache

BROKEN = Path(__file__).parent.parent / "broken"
_FILE = re.compile(r"(\w[\w./ -]*?)(?: (removed)| saved as ([\w-]+))?")
# What is found with more than the sources: by a build, on a day that was asked for, beside an earlier edition.
LATER = {
    "bad-confirmation",
    "bad-source-date",
    "broken-extension",
    "cannot-write",
    "changed-history",
    "changed-since",
    "cluster-failed",
    "earlier-horizon",
    "engine-failed",
    "inputs-changing",
    "missing-extra",
    "missing-glyph",
    "missing-history",
    "missing-words",
    "no-browser",
    "parity-quantities",
    "pdf-failed",
    "project-locked",
    "review-due",
    "stale-translation",
    "template-error",
    "untold-change",
    "unsafe-file",
    "vanished",
    "wrong-language",
}
_OF_IMPORT = "import"  # the variant that `factloom import` says, and no check
# Rules that always say more exactly what is wrong.
VAGUE = {"bad-chart", "bad-formula", "implausible-date", "implausible-value", "one-value", "unit-mismatch", "unlike-growth"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Edit:
    """What happens to one file."""

    file: str
    removed: bool
    encoding: str
    old: str
    new: str

    def apply(self, root: Path) -> None:
        """Do it."""
        path = root / self.file
        if self.removed:
            path.unlink()
            return
        text = path.read_text(encoding="utf-8") if path.exists() else ""
        if self.old:
            assert text.count(self.old) == 1, f"these lines must stand once in {self.file}:\n{self.old}"
            text = text.replace(self.old, self.new)
        else:
            text += self.new
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding=self.encoding)


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """One case of a file of cases."""

    path: Path
    title: str
    edits: tuple[Edit, ...]
    report: str


def read_cases(path: Path) -> Iterator[Case]:
    """The cases of one file."""
    for block in path.read_text(encoding="utf-8").split("\n== ")[1:]:
        title, *lines = block.splitlines()
        edits: list[Edit] = []
        report = ""
        for line in lines:
            if line.startswith("> "):
                report += line[2:] + "\n"
            elif match := _FILE.fullmatch(line):
                edits.append(Edit(file=match[1], removed=bool(match[2]), encoding=match[3] or "utf-8", old="", new=""))
            elif line:
                mark, rest = line[0], line[1:] + "\n"
                assert mark in "-+", f"{path.name}: {line}"
                last = edits.pop()
                old, new = last.old + rest * (mark == "-"), last.new + rest * (mark == "+")
                edits.append(Edit(file=last.file, removed=last.removed, encoding=last.encoding, old=old, new=new))
        yield Case(path=path, title=title, edits=tuple(edits), report=report)


def sentences() -> Iterator[tuple[str, str]]:
    """Every sentence that a check can say."""
    for rule, entry in messages("en").items():
        if rule in LATER:
            continue
        if rule not in VAGUE:
            yield rule, entry["message"]
        variants = ((name, one) for name, one in entry.items() if isinstance(one, dict) and name != _OF_IMPORT)
        yield from ((f"{rule}.{name}", one["message"]) for name, one in variants)


CASES = [case for path in sorted(BROKEN.glob("*.txt")) for case in read_cases(path)]


def test_the_good_project_is_good(project: Path) -> None:
    assert check_project(project).findings == ()


@pytest.fixture(scope="module")
def checked(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of the good project that was checked."""
    root = shutil.copytree(GOOD, tmp_path_factory.mktemp("checked") / "project")
    assert check_with_cache(root).findings == ()
    return root


@pytest.mark.parametrize("case", [pytest.param(case, id=f"{case.path.stem}: {case.title}") for case in CASES])
def test_one_mistake_is_one_finding_from_nothing_and_after_the_edit(
    case: Case, checked: Path, tmp_path: Path, pytestconfig: pytest.Config
) -> None:
    project = shutil.copytree(checked, tmp_path / "project")
    for edit in case.edits:
        edit.apply(project)
    found = check_project(project).findings
    report = render(found, output_format="concise", root=project, language="en")
    if pytestconfig.getoption("rewrite"):
        _rewrite(case, report)
    else:
        assert report == case.report
    assert len(found) == 1, report
    for language in languages():
        assert found[0].sentence(language)
        assert found[0].help(language)
    _points_at_the_word(found[0], project)
    assert check_with_cache(project).findings == found
    for edit in case.edits:
        (project / edit.file).unlink(missing_ok=True)
        if (GOOD / edit.file).is_file():
            shutil.copy2(GOOD / edit.file, project / edit.file)
    assert check_with_cache(project).findings == ()


@pytest.fixture
def _small_is_large(monkeypatch: pytest.MonkeyPatch) -> None:
    """As if every report were so large that processes read shards of it, and facts are held for a few files at a time."""
    monkeypatch.setattr(draft, "MOST_FILES", 0)
    monkeypatch.setattr(parse_cache, "_MOST_BULKY", 1)
    monkeypatch.setattr(parse_cache, "_FEW_BULKY", 1)
    monkeypatch.setattr(read_ahead, "_ENOUGH_FILES", 1)
    monkeypatch.setattr(fact_files, "_ENOUGH_FILES", 1)
    monkeypatch.setattr(chart_specs, "_ENOUGH_CHARTS", 1)


@pytest.mark.usefixtures("_small_is_large")
@pytest.mark.parametrize("case", [pytest.param(case, id=f"{case.path.stem}: {case.title}") for case in CASES[::6]])
def test_a_check_of_shares_finds_what_one_of_all_files_does(case: Case, project: Path, tmp_path: Path) -> None:
    for edit in case.edits:
        edit.apply(project)
    expected = check_project(project).findings
    ahead = ReadAhead()
    for shard in range(2):
        ahead.add(read_shard(project, ParseCache(tmp_path / "read", "code"), None, shard, 2))
    ahead.keep(shared := ParseCache(tmp_path / "read", "code"))
    files = hash_inputs(project)

    def over_shards(find: Callable[[int, int], object]) -> list[object]:
        return [find(shard, 2) for shard in range(2)]

    assert check_project(project, parse_cache=shared, files=files, ahead=ahead, over_shards=over_shards).findings == expected


@pytest.mark.usefixtures("_small_is_large")
def test_processes_read_shares_and_only_some_facts_are_held(project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "cpu_count", lambda: 2)
    checked = check_with_cache(project)
    assert checked.findings == ()
    assert isinstance(checked.draft.facts, LazyMapping)
    assert checked.draft.facts.max_files
    assert len(checked.draft.facts) == len(list(checked.draft.facts.values()))


def _points_at_the_word(one: Diagnostic, root: Path) -> None:
    """A finding about a word has its place where the word begins, inside its quotes or before them."""
    word = {"typed-number": "found", "unknown-call": "name", "unknown-id": "id", "unknown-key": "key", "unknown-word": "found"}
    written = one.args.get(word.get(one.rule, ""))
    if isinstance(written, str):
        line = source_lines(root / one.span.file)[one.span.line - 1]
        assert line[one.span.column - 1 :].lstrip("'\"").startswith(written)


def _rewrite(case: Case, report: str) -> None:
    head, *blocks = case.path.read_text(encoding="utf-8").split("\n== ")
    for at, block in enumerate(blocks):
        if block.partition("\n")[0] == case.title:
            kept = [line for line in block.rstrip("\n").splitlines() if not line.startswith("> ")]
            blocks[at] = "\n".join([*kept, *(f"> {line}" for line in report.splitlines())]) + "\n"
    case.path.write_text("\n== ".join([head, *blocks]), encoding="utf-8")


@pytest.mark.parametrize(("name", "sentence"), [pytest.param(*one, id=one[0]) for one in sentences()])
def test_every_sentence_has_a_case(name: str, sentence: str) -> None:
    rule = name.partition(".")[0]
    pattern = re.compile(rf".*:\d+:\d+: {rule} " + re.sub(r"\\{\w+\\}", ".+", re.escape(sentence)))
    assert any(pattern.fullmatch(line) for case in CASES for line in case.report.splitlines())


def test_titles_differ() -> None:
    titles = [(case.path, case.title) for case in CASES]
    assert len(titles) == len(set(titles))

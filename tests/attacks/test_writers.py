"""Builds at the same time, and edits in the middle of builds: a site is made of one state of the project, and says of which."""

from __future__ import annotations

import shutil
import subprocess
import sys
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path

import pytest
from attack import TESTS, lay_out

from generator.build import pipeline, plan
from generator.build.errors import BuildError
from generator.build.plan import BuildOptions
from generator.build.steps import Build
from generator.checks import project_check
from generator.commands.cached_check import check_with_cache
from generator.store.project_lock import project_lock

FACTS = "data/facts/water.yml"
PAGE = "templates/pages/index.en.md.j2"
STYLE = "docs/assets/more.css"
OVERRIDE = "templates/overrides/main.html"
NEW = "data/series/levels.csv"
Files = dict[str, bytes]


@pytest.fixture(scope="module")
def fresh(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return lay_out(tmp_path_factory.mktemp("fresh"), {STYLE: ".a{}\n"}, whole=True)


@pytest.fixture(scope="module")
def built(fresh: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = shutil.copytree(fresh, tmp_path_factory.mktemp("built") / "project")
    assert build(root) == []
    return root


@pytest.fixture
def project(fresh: Path, tmp_path: Path) -> Path:
    return shutil.copytree(fresh, tmp_path / "project")


def build(root: Path) -> list[str]:
    """Build as the command does; gives the lines that tell of repetitions."""
    said: list[str] = []
    options = BuildOptions(root=root, jobs=1)
    snapshot = plan.take_snapshot(options)
    if not plan.up_to_date(options, snapshot):
        pipeline.build_site(options, snapshot, progress=said.append)
    return [line for line in said if line.startswith(("changed", "damaged"))]


def site(root: Path) -> Files:
    folder = root / "site"
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in folder.rglob("*")
        if path.is_file() and path.name != ".factloom"
    }


def edit(root: Path, path: str) -> Callable[[], None]:
    """Change what readers see of a file; what is returned undoes it."""
    file = root / path
    before = file.read_bytes()
    match path:
        case p if p == FACTS:
            file.write_bytes(before.replace(b"Cost of the dam", b"Cost of a dyke"))
        case p if p == STYLE:
            file.write_bytes(before.replace(b".a", b".b"))
        case p if p == OVERRIDE:
            file.write_bytes(before + b"{% block announce %}Look here{% endblock %}")
        case _:
            file.write_bytes(before + b"\n\nOne more sentence.\n")
    assert file.read_bytes() != before
    return partial(write, file, before)


def write(file: Path, content: bytes) -> None:
    file.write_bytes(content)


def between(monkeypatch: pytest.MonkeyPatch, step: str, *hooks: Callable[[], object]) -> None:
    """Call the first function before a step of the first attempt, and the second one after it."""
    original, calls = getattr(Build, step), iter([hooks])

    def replaced(*arguments: object, **named: object) -> object:
        before, *after = next(calls, ()) or (lambda: None,)
        before()
        try:
            return original(*arguments, **named)
        finally:
            for hook in after:
                hook()

    monkeypatch.setattr(Build, step, replaced)


# During which step what is edited. Longer tables found nothing more.
EDITS = (
    ("read_and_settle", FACTS),
    ("open_context", PAGE),
    ("render_pages", PAGE),
    ("render_pages", STYLE),
    ("add_charts_and_fact_pages", FACTS),
    ("start_outputs", STYLE),
    ("run_engine", OVERRIDE),
    ("stage_site", STYLE),
)


@pytest.mark.parametrize(("step", "path"), EDITS)
def test_an_edit_during_a_build_is_in_the_site_or_starts_it_again(
    project: Path, step: str, path: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    between(monkeypatch, step, partial(edit, project, path))
    assert len(build(project)) == 1
    clean = shutil.copytree(project, tmp_path / "clean", ignore=shutil.ignore_patterns("build", "site"))
    build(clean)
    assert site(project) == site(clean)
    assert build(project) == []


@pytest.mark.parametrize(("step", "path"), EDITS)
def test_an_edit_that_is_undone_during_a_build_leaves_no_trace(
    project: Path, built: Path, step: str, path: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    undo: list[Callable[[], None]] = []
    between(monkeypatch, step, lambda: undo.append(edit(project, path)), lambda: [one() for one in undo])
    assert len(build(project)) == 1
    assert site(project) == site(built)
    edit(project, path)
    build(project)
    assert site(project) != site(built)


@pytest.mark.parametrize("step", ["read_and_settle", "render_pages"])
def test_a_mistake_that_is_undone_during_a_build_is_not_reported(
    project: Path, built: Path, step: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = project / PAGE
    text = page.read_bytes()
    between(monkeypatch, step, partial(write, page, text + b"{% if %}"), partial(write, page, text))
    assert len(build(project)) == 1
    assert site(project) == site(built)


def test_a_project_that_never_rests_is_not_published(project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    original = Build.run_engine

    def restless(self: Build) -> None:
        original(self)
        (project / PAGE).touch()

    monkeypatch.setattr(Build, "run_engine", restless)
    with pytest.raises(BuildError) as caught:
        build(project)
    assert [finding.rule for finding in caught.value.findings] == ["inputs-changing"]
    assert not (project / "site").exists()


def test_a_file_that_comes_and_goes_during_a_build_is_not_read_into_the_site(
    project: Path, built: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    more = project / "data/facts/zz.yml"

    def add() -> None:
        more.write_text((project / FACTS).read_text(encoding="utf-8").replace("\nlake", "\nsea"), encoding="utf-8")

    between(monkeypatch, "read_and_settle", add, more.unlink)
    assert len(build(project)) == 1
    assert site(project) == site(built)


def test_a_check_keeps_nothing_of_files_that_changed_while_it_read(
    project: Path, built: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    original = project_check.check_project

    def check(*arguments: object, **named: object) -> object:
        undo = edit(project, FACTS)
        try:
            return original(*arguments, **named)  # type: ignore[arg-type]
        finally:
            undo()

    monkeypatch.setattr("generator.commands.cached_check.check_project", check)
    check_with_cache(project)
    assert build(project) == []
    assert site(project) == site(built)


def start(root: Path, *options: str) -> subprocess.Popen[str]:
    command = [sys.executable, "-m", "generator", "build", "--root", str(root), "--jobs", "2", "--language", "en", *options]
    return subprocess.Popen(
        command, cwd=TESTS.parent, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, start_new_session=True
    )


def ends(processes: Sequence[subprocess.Popen[str]]) -> list[tuple[int, str]]:
    return [(process.wait(120), (process.communicate()[0] or "") + "") for process in processes]


@pytest.mark.parametrize("writers", [2, 3])
def test_builds_at_once_wait_for_each_other(project: Path, built: Path, writers: int) -> None:
    assert [status for status, _ in ends([start(project) for _ in range(writers)])] == [0] * writers
    assert site(project) == site(built)
    undo = edit(project, FACTS)
    first = start(project)
    undo()
    assert [status for status, _ in ends([first, *(start(project) for _ in range(writers - 1))])] == [0] * writers
    assert site(project) == site(built)
    assert build(project) == []


def test_a_build_that_may_not_wait_says_so(project: Path) -> None:
    with project_lock(project, seconds=0, on_wait=lambda: None):
        process = start(project, "--wait", "0.1")
        out, err = process.communicate(timeout=60)
    assert process.returncode == 1
    assert "project-locked" in out
    assert "another process" in out
    assert "Traceback" not in out + err
    assert not (project / "site").exists()

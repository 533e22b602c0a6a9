"""Places that lead elsewhere, never end, are full or must not be written: a finding in bounded time, and the site stays."""

from __future__ import annotations

import ctypes
import os
import resource
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from attack import MEGABYTES, SECONDS, TESTS, check, lay_out, run

FACTS, PAGE, SERIES = "data/facts/water.yml", "templates/pages/index.en.md.j2", "data/series/levels.csv"
ELSEWHERE = "the content of another folder"
Files = dict[str, bytes]


@pytest.fixture(scope="module")
def fresh(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return lay_out(tmp_path_factory.mktemp("fresh"), {}, whole=True)


@pytest.fixture
def project(fresh: Path, tmp_path: Path) -> Path:
    (tmp_path / "outside").mkdir()
    (tmp_path / "outside/secret.txt").write_text(ELSEWHERE, encoding="utf-8")
    return shutil.copytree(fresh, tmp_path / "project")


def site(root: Path) -> Files:
    folder = root / "site"
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def replace(root: Path, path: str, make: Callable[[Path], None]) -> None:
    place = root / path
    place.parent.mkdir(parents=True, exist_ok=True)
    place.unlink(missing_ok=True)
    make(place)


@pytest.mark.parametrize(
    "path",
    [
        FACTS,
        SERIES,
        PAGE,
        "templates/parts/x.html.j2",
        "templates/overrides/main.html",
        "docs/assets/x.svg",
        "mkdocs.yml",
        "data/report.yml",
        "data/translations.lock",
    ],
)
@pytest.mark.parametrize("what", ["outside", "environment", "pipe", "parent"])
def test_it_is_a_finding_and_nothing_of_it_is_shown(project: Path, path: str, what: str) -> None:
    targets = {"outside": str(project.parent / "outside/secret.txt"), "environment": "/proc/self/environ", "parent": ".."}
    replace(project, path, os.mkfifo if what == "pipe" else lambda place: place.symlink_to(targets[what]))
    answer = check(project)
    assert not answer.crashed, answer.stderr
    assert answer.status == 1
    assert "unsafe-file" in answer.rules
    assert ELSEWHERE not in answer.stdout + answer.stderr


@pytest.mark.parametrize("path", ["docs/assets/x.svg", "templates/overrides/main.html", SERIES, "mkdocs.yml"])
@pytest.mark.parametrize("what", ["outside", "pipe"])
def test_nothing_is_published(project: Path, path: str, what: str) -> None:
    secret = project.parent / "outside/secret.txt"
    replace(project, path, os.mkfifo if what == "pipe" else lambda place: place.symlink_to(secret))
    answer = run(project, "build", "--jobs", "1", "--format", "json")
    assert not answer.crashed, answer.stderr
    assert (answer.status, answer.rules) == (1, {"unsafe-file"})
    assert not (project / "site").exists()


@pytest.mark.parametrize(
    "path",
    [
        "build",
        "site",
        "build/site.new",
        "build/cache",
        "build/docs/en/assets",
        "build/docs/en/deep/er/still",
        "build/out/en/assets/images",
    ],
)
def test_nothing_is_written_through_links_among_generated_folders(project: Path, path: str) -> None:
    outside = project.parent / "outside"
    (project / path).parent.mkdir(parents=True, exist_ok=True)
    (project / path).symlink_to(outside)
    (project / "docs/deep/er/still").mkdir(parents=True)
    (project / "docs/deep/er/still/a.txt").touch()
    assert run(project, "build", "--jobs", "1").status == 0
    assert [one.name for one in outside.iterdir()] == ["secret.txt"]
    assert (outside / "secret.txt").read_text(encoding="utf-8") == ELSEWHERE
    assert (project / "site/en/index.html").is_file()


@pytest.mark.parametrize(
    "path",
    [
        "build",
        "site",
        "build/cache",
        "build/docs",
        "build/out",
        "build/site.new",
        "build/cache/trees",
        "build/cache/html/en",
    ],
)
def test_a_file_in_the_place_of_a_folder(project: Path, path: str) -> None:
    (project / path).parent.mkdir(parents=True, exist_ok=True)
    (project / path).write_text("somebody's", encoding="utf-8")
    found = check(project)
    assert (found.status, found.crashed) == (0, False), found.stderr
    answer = run(project, "build", "--jobs", "1", "--format", "json")
    assert not answer.crashed, answer.stderr
    if answer.status:
        assert answer.rules <= {"cannot-write", "engine-failed"}
        (project / path).unlink()
        assert run(project, "build", "--jobs", "1").status == 0


@pytest.fixture(scope="module")
def built_once(fresh: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A project that was built by a user who may not write where the mode of a folder forbids it."""
    root = shutil.copytree(fresh, tmp_path_factory.mktemp("built") / "project")
    assert confined(root, "build", "--jobs", "1").returncode == 0
    return root


@pytest.fixture
def built(built_once: Path, tmp_path: Path) -> Path:
    """A copy of it."""
    return shutil.copytree(built_once, tmp_path / "project", symlinks=True)


def drop_rights() -> None:
    """Take from root, as whom tests may run, the right to pass over modes of files (CAP_DAC_OVERRIDE)."""
    drop, dac_override = 24, 1
    ctypes.CDLL(None).prctl(drop, dac_override, 0, 0, 0)


def confined(root: Path, *command: str, most: int = resource.RLIM_INFINITY) -> subprocess.CompletedProcess[str]:
    """Run a command that can pass over no mode, and whose files can have so many bytes at most."""

    def limit() -> None:
        drop_rights()
        resource.setrlimit(resource.RLIMIT_FSIZE, (most, most))

    return subprocess.run(
        [sys.executable, "-m", "generator", *command, "--language", "en", "--root", str(root)],
        cwd=TESTS.parent,
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
        preexec_fn=limit,
    )


def edit(root: Path) -> None:
    path = root / FACTS
    path.write_text(path.read_text(encoding="utf-8").replace("Cost of the dam", "Cost of a dyke"), encoding="utf-8")


@pytest.mark.parametrize("path", ["", "build", "build/cache", "build/docs/en", "build/out/en"])
def test_a_place_that_is_read_only(built: Path, path: str) -> None:
    before = site(built)
    edit(built)
    mode = (built / path).stat().st_mode
    (built / path).chmod(0o555)
    checked = confined(built, "check")
    assert (checked.returncode, checked.stderr) == (0, "no findings\n")
    done = confined(built, "build", "--jobs", "1")
    assert "Traceback" not in done.stdout + done.stderr
    if done.returncode:
        assert done.returncode == 1
        assert "cannot-write" in done.stdout or "engine-failed" in done.stdout
        assert site(built) == before
    (built / path).chmod(mode)
    assert confined(built, "build", "--jobs", "1").returncode == 0
    assert site(built) != before


@pytest.mark.parametrize("most", [0, 200, 3_000, 20_000, 60_000])
def test_a_disk_that_is_full(built: Path, most: int) -> None:
    before = site(built)
    edit(built)
    shutil.rmtree(built / "build/cache")
    checked = confined(built, "check", most=most)
    assert (checked.returncode, checked.stderr) == (0, "no findings\n")
    done = confined(built, "build", "--jobs", "1", most=most)
    assert done.returncode == 1
    assert "Traceback" not in done.stdout
    assert site(built) == before
    assert confined(built, "build", "--jobs", "1").returncode == 0
    assert site(built) != before


def test_the_engine_is_killed(project: Path) -> None:
    command = [sys.executable, "-m", "generator", "build", "--root", str(project), "--jobs", "2", "--language", "en"]
    with subprocess.Popen(command, cwd=TESTS.parent, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as running:
        ends = time.monotonic() + 60
        while running.poll() is None and time.monotonic() < ends:
            for process in children(running.pid, "worker"):
                os.kill(process, signal.SIGKILL)
            time.sleep(0.01)
        out, err = running.communicate()
    assert running.returncode == 1, err
    assert "engine-failed" in out
    assert "Traceback" not in out + err
    assert run(project, "build").status == 0


def children(parent: int, named: str) -> list[int]:
    found = []
    for status in Path("/proc").glob("[0-9]*/stat"):
        try:
            fields = status.read_text(encoding="utf-8").rpartition(")")[2].split()
            command = status.with_name("cmdline").read_bytes().decode()
        except OSError:
            continue
        if int(fields[1]) == parent and named in command:
            found.append(int(status.parent.name))
    return found


def test_the_engine_ends_with_a_build_that_is_killed(project: Path) -> None:
    command = [sys.executable, "-m", "generator", "build", "--root", str(project), "--jobs", "2"]
    with subprocess.Popen(command, cwd=TESTS.parent, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as running:
        ends, workers = time.monotonic() + 60, list[int]()
        while not workers and time.monotonic() < ends:
            workers = children(running.pid, "worker")
        running.kill()
    assert workers
    ends = time.monotonic() + 10
    while any(Path(f"/proc/{worker}").exists() for worker in workers):
        assert time.monotonic() < ends
        time.sleep(0.05)


NAMES = (
    "con",
    "nul.txt",
    "COM1.svg",
    "a:b.txt",
    "a\\b.txt",
    "a?.txt",
    "x.",
    "x ",
    "a\x1b[2Jb",
    "a\nb",
    "\u202egpj.exe",
    "a\u200bb",
    "index.html",
)


@pytest.mark.parametrize("name", NAMES)
def test_a_name_that_not_every_system_has_is_a_finding(project: Path, name: str) -> None:
    (project / "docs" / name).touch()
    answer = check(project)
    assert (answer.status, answer.rules, answer.crashed) == (1, {"unsafe-file"}, False), answer.stderr
    assert "\x1b" not in answer.stdout


@pytest.mark.parametrize(("one", "other"), [("a.txt", "A.txt"), ("stra\u00dfe", "STRASSE"), ("\u00e9", "e\u0301")])
def test_names_that_are_one_on_other_systems_are_a_finding(project: Path, one: str, other: str) -> None:
    (project / "docs" / one).touch()
    assert check(project).status == 0
    (project / "docs" / other).touch()
    assert check(project).rules == {"unsafe-file"}


@pytest.mark.parametrize(
    "path", [FACTS, PAGE, "mkdocs.yml", "docs/x.bin", "templates/overrides/main.html", "data/translations.lock"]
)
@pytest.mark.parametrize("size", [150_000_000, 30_000_000_000])
def test_a_file_of_which_most_is_nothing_is_not_read(project: Path, path: str, size: int) -> None:
    (project / path).parent.mkdir(exist_ok=True)
    with (project / path).open("ab") as file:
        file.truncate(size)
    answer = check(project)
    assert (answer.status, answer.rules, answer.crashed) == (1, {"unsafe-file"}, False), answer.stderr
    assert answer.megabytes < MEGABYTES
    assert answer.seconds < SECONDS * 3


def test_many_files_of_which_most_is_nothing_are_not_read(project: Path) -> None:
    for number in range(200):
        with (project / f"docs/{number}.bin").open("ab") as file:
            file.truncate(90_000_000)
    answer = check(project)
    assert (answer.status, answer.rules, answer.crashed) == (1, {"unsafe-file"}, False), answer.stderr
    assert answer.megabytes < MEGABYTES
    assert answer.seconds < SECONDS * 3

"""A function in a forked child process has the same result as in this one, whatever happens to the child."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path

import pytest

from generator.build.background import CAN_FORK, BackgroundTask
from generator.build.executors import ProcessExecutor, map_chunks
from generator.build.publish import SiteFile, stage
from generator.build.site_trees import TreeLists
from generator.diagnostics.finding import Diagnostic, DiagnosticError, Span

forks = pytest.mark.skipif(not CAN_FORK, reason="this system cannot fork")
BOTH = [False, pytest.param(True, marks=forks)]


@pytest.mark.parametrize("fork", BOTH)
def test_the_result_is_there_when_it_is_asked_for(*, fork: bool) -> None:
    task = BackgroundTask(partial(divmod, 17, 5), fork=fork)
    assert task.started is fork
    assert task.result() == (3, 2)
    assert task.result() == (3, 2)


@forks
def test_it_runs_in_another_process() -> None:
    assert BackgroundTask(os.getpid).result() != os.getpid()
    assert BackgroundTask(os.getpid, fork=False).result() == os.getpid()


@pytest.mark.parametrize("fork", BOTH)
def test_an_exception_is_raised_where_the_result_is_asked_for(*, fork: bool) -> None:
    def mistaken() -> None:
        raise DiagnosticError(Diagnostic(rule="bad-date", span=Span("a.yml", 3)))

    task = BackgroundTask(mistaken, fork=fork)
    for _ in range(2):
        with pytest.raises(DiagnosticError) as caught:
            task.result()
        assert (caught.value.diagnostic.rule, caught.value.diagnostic.span.line) == ("bad-date", 3)


@forks
@pytest.mark.parametrize("end", [lambda: os.kill(os.getpid(), signal.SIGKILL), lambda: os._exit(0), lambda: os._exit(3)])
def test_a_function_whose_child_was_killed_is_called_here(end: Callable[[], None]) -> None:
    here = os.getpid()

    def work() -> str:
        if os.getpid() != here:
            end()
        return "done"

    assert BackgroundTask(work).result() == "done"


@forks
@pytest.mark.skipif(sys.platform != "linux", reason="it looks into /proc")
def test_a_function_whose_child_was_killed_in_the_middle_of_its_answer_is_called_here(tmp_path: Path) -> None:
    here, who = os.getpid(), tmp_path / "who"

    def work() -> bytes:
        if os.getpid() != here:
            who.write_text(str(os.getpid()), encoding="ascii")
        return bytes(1 << 24)  # far more than a pipe holds

    before = descriptors()
    task = BackgroundTask(work)
    while task.running:
        time.sleep(0.01)
    os.kill(int(who.read_text(encoding="ascii")), signal.SIGKILL)
    assert task.result() == bytes(1 << 24)
    assert gone_for_good(int(who.read_text(encoding="ascii")))
    assert descriptors() == before


def descriptors() -> set[str]:
    """The open files of this process."""
    return {path.name for path in Path("/proc/self/fd").iterdir() if path.exists()}


def gone_for_good(process: int) -> bool:
    """Whether a process has ended and was waited for."""
    return not Path(f"/proc/{process}").exists()


@forks
def test_it_is_running_until_there_is_a_result(tmp_path: Path) -> None:
    gate = tmp_path / "gate"
    os.mkfifo(gate)
    task = BackgroundTask(partial(gate.read_text, encoding="ascii"))
    assert task.running
    gate.write_text("open", encoding="ascii")
    for _ in range(500):
        if not task.running:
            break
        time.sleep(0.01)
    assert (task.running, task.result(), task.running) == (False, "open", False)


@forks
def test_a_result_that_cannot_be_pickled_is_made_here() -> None:
    assert BackgroundTask(lambda: lambda: 5).result()() == 5


def asleep(told: Path) -> None:
    """Say who sleeps, and sleep."""
    told.with_suffix(".new").write_text(str(os.getpid()), encoding="ascii")
    told.with_suffix(".new").rename(told)
    time.sleep(600)


def told_by(path: Path) -> int:
    for _ in range(1000):
        if path.exists():
            return int(path.read_text(encoding="ascii"))
        time.sleep(0.01)
    pytest.fail("nobody came")


def gone(process: int) -> bool:
    """Whether a process has ended, waited for or not."""
    try:
        return Path(f"/proc/{process}/stat").read_text(encoding="ascii").rpartition(")")[2].split()[0] == "Z"
    except OSError:
        return True


@forks
@pytest.mark.skipif(sys.platform != "linux", reason="it looks into /proc")
def test_a_cancelled_child_is_gone(tmp_path: Path) -> None:
    task = BackgroundTask(partial(asleep, tmp_path / "who"))
    process = told_by(tmp_path / "who")
    task.cancel()
    task.cancel()
    assert gone(process)
    assert not task.started


@forks
@pytest.mark.skipif(sys.platform != "linux", reason="it looks into /proc")
def test_a_child_does_not_outlive_its_parent(tmp_path: Path) -> None:
    code = (
        "import sys, time; from pathlib import Path; from functools import partial\n"
        "from generator.build.background import BackgroundTask; from tests.build.test_background import asleep\n"
        "task = BackgroundTask(partial(asleep, Path(sys.argv[1]))); time.sleep(600)"
    )
    parent = subprocess.Popen([sys.executable, "-c", code, str(tmp_path / "who")], cwd=Path(__file__).parents[2])
    process = told_by(tmp_path / "who")
    assert not gone(process)
    parent.kill()
    parent.wait()
    for _ in range(500):
        if gone(process):
            break
        time.sleep(0.01)
    assert gone(process)


@pytest.mark.parametrize("jobs", [1, 2, 5])
def test_all_chunks_are_done(tmp_path: Path, jobs: int) -> None:
    def write(paths: Sequence[Path]) -> list[int]:
        return [path.write_text(path.name, encoding="ascii") for path in paths]

    pool = ProcessExecutor(jobs)
    sizes = map_chunks(pool, write, [tmp_path / str(number) for number in range(200)])
    pool.cancel_all()
    assert sorted(sizes) == sorted(len(str(number)) for number in range(200))
    assert {path.name: path.read_text(encoding="ascii") for path in tmp_path.iterdir()} == {str(n): str(n) for n in range(200)}


@pytest.mark.parametrize("jobs", [1, 3])
def test_a_file_that_reads_the_others_is_made_last(tmp_path: Path, jobs: int) -> None:
    folder = tmp_path / "build/site.new"

    def count() -> str:
        return str(sum(1 for path in folder.iterdir() if path.suffix == ".txt"))

    wanted = {
        "count": SiteFile("c", count, after_others=True),
        **{f"{n}.txt": SiteFile(str(n), lambda: "x") for n in range(150)},
    }
    pool = ProcessExecutor(jobs)
    staged = stage(tmp_path, TreeLists(tmp_path).trees, wanted, partial(map_chunks, pool))
    pool.cancel_all()
    assert staged.read("count") == "150"

"""What is done beside: in a copy of the process, with the same result as in this one, whatever happens to the copy."""

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

from generator.build.artifacts import ProcessExecutor, map_batches
from generator.build.background import CAN_FORK, BackgroundTask
from generator.build.publish import SiteFile, read_trees, stage
from generator.diagnostics.finding import Diagnostic, DiagnosticError, Span

copies = pytest.mark.skipif(not CAN_FORK, reason="this system cannot copy a process")
BOTH = [False, pytest.param(True, marks=copies)]


@pytest.mark.parametrize("copy", BOTH)
def test_what_is_done_beside_is_there_when_it_is_asked_for(*, copy: bool) -> None:
    begun = BackgroundTask(partial(divmod, 17, 5), copy=copy)
    assert begun.begun is copy
    assert begun.result() == (3, 2)
    assert begun.result() == (3, 2)


@copies
def test_it_is_done_in_another_process() -> None:
    assert BackgroundTask(os.getpid).result() != os.getpid()
    assert BackgroundTask(os.getpid, copy=False).result() == os.getpid()


@pytest.mark.parametrize("copy", BOTH)
def test_what_it_raises_is_raised_where_it_is_asked_for(*, copy: bool) -> None:
    def mistaken() -> None:
        raise DiagnosticError(Diagnostic(rule="bad-date", span=Span("a.yml", 3)))

    begun = BackgroundTask(mistaken, copy=copy)
    for _ in range(2):
        with pytest.raises(DiagnosticError) as caught:
            begun.result()
        assert (caught.value.diagnostic.rule, caught.value.diagnostic.span.line) == ("bad-date", 3)


@copies
@pytest.mark.parametrize("end", [lambda: os.kill(os.getpid(), signal.SIGKILL), lambda: os._exit(0), lambda: os._exit(3)])
def test_work_whose_copy_was_ended_is_done_here(end: Callable[[], None]) -> None:
    here = os.getpid()

    def work() -> str:
        if os.getpid() != here:
            end()
        return "done"

    assert BackgroundTask(work).result() == "done"


@copies
def test_it_is_busy_until_there_is_an_answer(tmp_path: Path) -> None:
    gate = tmp_path / "gate"
    os.mkfifo(gate)
    begun = BackgroundTask(partial(gate.read_text, encoding="ascii"))
    assert begun.busy
    gate.write_text("open", encoding="ascii")
    for _ in range(500):
        if not begun.busy:
            break
        time.sleep(0.01)
    assert (begun.busy, begun.result(), begun.busy) == (False, "open", False)


@copies
def test_what_cannot_be_sent_is_made_here() -> None:
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


@copies
@pytest.mark.skipif(sys.platform != "linux", reason="it looks into /proc")
def test_a_copy_that_is_left_is_gone(tmp_path: Path) -> None:
    begun = BackgroundTask(partial(asleep, tmp_path / "who"))
    process = told_by(tmp_path / "who")
    begun.leave()
    begun.leave()
    assert gone(process)
    assert not begun.begun


@copies
@pytest.mark.skipif(sys.platform != "linux", reason="only Linux ends a process with the one it works for")
def test_a_copy_does_not_outlive_the_one_it_works_for(tmp_path: Path) -> None:
    code = (
        "import sys, time; from pathlib import Path; from functools import partial\n"
        "from generator.beside import Beside; from tests.test_beside import asleep\n"
        "begun = Beside(partial(asleep, Path(sys.argv[1]))); time.sleep(600)"
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
def test_many_things_are_all_done(tmp_path: Path, jobs: int) -> None:
    def write(paths: Sequence[Path]) -> list[int]:
        return [path.write_text(path.name, encoding="ascii") for path in paths]

    pool = ProcessExecutor(jobs)
    sizes = map_batches(pool, write, [tmp_path / str(number) for number in range(200)])
    pool.leave()
    assert sorted(sizes) == sorted(len(str(number)) for number in range(200))
    assert {path.name: path.read_text(encoding="ascii") for path in tmp_path.iterdir()} == {str(n): str(n) for n in range(200)}


@pytest.mark.parametrize("jobs", [1, 3])
def test_what_looks_at_the_others_is_made_last(tmp_path: Path, jobs: int) -> None:
    folder = tmp_path / "build/site.new"

    def count() -> str:
        return str(sum(1 for path in folder.iterdir() if path.suffix == ".txt"))

    wanted = {"count": SiteFile("c", count, late=True), **{f"{n}.txt": SiteFile(str(n), lambda: "x") for n in range(150)}}
    pool = ProcessExecutor(jobs)
    staged = stage(tmp_path, read_trees(tmp_path), wanted, partial(map_batches, pool))
    pool.leave()
    assert staged.read("count") == "150"

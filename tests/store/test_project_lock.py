"""One process at a time works in a project, whatever becomes of it and of build/."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from generator.store.project_lock import ProjectLock, ProjectLockedError, descriptors, project_lock

ROOT = Path(__file__).parents[2]
HOLD = """
import subprocess, sys, time
from pathlib import Path
from generator.store.project_lock import ProjectLock, descriptors
lock = ProjectLock(Path(sys.argv[1]))
with lock.held(seconds=0, on_wait=lambda: None):
    if sys.argv[2:]:
        subprocess.Popen([sys.executable, "-c", f"import time; time.sleep({sys.argv[2]})"], pass_fds=descriptors())
    print("held", flush=True)
    sys.stdin.readline()
"""


@contextmanager
def holder(root: Path, *arguments: str) -> Iterator[subprocess.Popen[str]]:
    """Another process that holds the lock until it reads a line."""
    command = [sys.executable, "-c", HOLD, str(root), *arguments]
    with subprocess.Popen(command, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout
        assert process.stdout.readline() == "held\n"
        try:
            yield process
        finally:
            process.kill()


def is_free(root: Path, seconds: float = 0) -> bool:
    try:
        with project_lock(root, seconds=seconds, on_wait=lambda: None):
            return True
    except ProjectLockedError:
        return False


def test_it_is_held_by_one_process_by_any_path_and_without_build(tmp_path: Path) -> None:
    root = tmp_path / "project"
    (root / "build").mkdir(parents=True)
    (tmp_path / "link").symlink_to(root)
    with holder(root):
        assert not is_free(root)
        shutil.rmtree(root / "build")
        assert not is_free(tmp_path / "link")
        assert is_free(tmp_path)
    assert is_free(root)


@pytest.mark.parametrize("ending", [signal.SIGKILL, signal.SIGTERM])
def test_it_ends_with_its_process(tmp_path: Path, ending: int) -> None:
    with holder(tmp_path) as process:
        process.send_signal(ending)
        process.wait()
        assert is_free(tmp_path)


def test_a_process_that_the_holder_started_keeps_it(tmp_path: Path) -> None:
    with holder(tmp_path, "1.5") as process:
        process.kill()
        process.wait()
        assert not is_free(tmp_path)
        assert is_free(tmp_path, seconds=30)


def test_whoever_waits_is_told_once_and_gets_it(tmp_path: Path) -> None:
    told: list[str] = []
    with holder(tmp_path) as process:
        with pytest.raises(ProjectLockedError), project_lock(tmp_path, seconds=0.2, on_wait=lambda: told.append("waits")):
            pass
        assert told == ["waits"]
        subprocess.Popen(["/bin/sh", "-c", f"sleep 0.3; kill -9 {process.pid}"]).wait()
        with project_lock(tmp_path, seconds=30, on_wait=lambda: None):
            pass


def test_it_is_that_of_a_folder_that_was_put_in_the_place_of_another(tmp_path: Path) -> None:
    root = tmp_path / "project"
    root.mkdir()
    lock = ProjectLock(root)
    for name in ("first", "second"):
        root.rename(tmp_path / name)
        root.mkdir()
        with lock.held(seconds=0, on_wait=lambda: None):
            assert not is_free(root)
            assert is_free(tmp_path / name)
        assert is_free(root)
    lock.close()


def test_whoever_waits_gets_that_of_a_folder_put_there_meanwhile(tmp_path: Path) -> None:
    root = tmp_path / "project"
    root.mkdir()
    lock = ProjectLock(root)

    def replace_folder() -> None:
        root.rename(tmp_path / "away")
        root.mkdir()

    with holder(root), lock.held(seconds=30, on_wait=replace_folder):
        assert not is_free(root)
        assert not is_free(tmp_path / "away")
    lock.close()


def test_it_may_be_held_again_and_leaves_no_descriptor(tmp_path: Path) -> None:
    lock = ProjectLock(tmp_path)
    for _ in range(3):
        with lock.held(seconds=0, on_wait=lambda: None):
            (descriptor,) = descriptors()
    lock.close()
    lock.close()
    assert descriptors() == ()
    with pytest.raises(OSError, match="Bad file descriptor"):
        os.fstat(descriptor)
    assert list(tmp_path.iterdir()) == []

"""A lock on a project: of all processes that write to its generated folders, one works at a time.

It is an advisory lock (flock(2)) on the project's folder itself, so it needs no file, holds although build/ is deleted, and is
the same by every path that leads there. The system releases it when the last process that has the descriptor ends: processes
that a build started have it, too (forked ones by themselves, others by `descriptors`), and none of them can write into the work
of the next build. Where the system or the file system has no such locks, nothing is locked.
"""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

try:
    import fcntl
except ImportError:  # not on Windows
    fcntl = None  # type: ignore[assignment]

_PAUSE = 0.05  # seconds between two attempts
_OPEN: dict[int, ProjectLock] = {}  # by descriptor


class ProjectLockedError(Exception):
    """Another process has been at work in the project for longer than this one may wait."""


class ProjectLock:
    """The lock of one project; it may be held, and released, any number of times until it is closed.

    Each time it is that of the folder that is there by then: somebody may have put another one in its place.
    """

    def __init__(self, root: Path) -> None:
        """Open the project's folder."""
        self.root, self._descriptor = root, -1
        self._open()

    def _open(self) -> None:
        """Open the project's folder where that is not the one which is open."""
        if fcntl and not self._is_of_folder():
            self.close()
            self._descriptor = os.open(self.root, os.O_RDONLY)
            _OPEN[self._descriptor] = self

    def _is_of_folder(self) -> bool:
        """Whether what is open is the folder that is there now; OSError where there is none."""
        return self._descriptor >= 0 and os.path.samestat(os.fstat(self._descriptor), self.root.stat())

    @contextmanager
    def held(self, *, seconds: float, on_wait: Callable[[], None]) -> Iterator[None]:
        """Hold it. `on_wait` is called once where another process has it; ProjectLockedError if it has it for so long."""
        self._acquire(seconds, on_wait)
        try:
            yield
        finally:
            if fcntl and self._descriptor >= 0:
                fcntl.flock(self._descriptor, fcntl.LOCK_UN)

    def _acquire(self, seconds: float, on_wait: Callable[[], None]) -> None:
        if not fcntl:
            return
        ends, waits = time.monotonic() + seconds, False
        while True:
            self._open()
            try:
                fcntl.flock(self._descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                if time.monotonic() >= ends:
                    raise ProjectLockedError from None
                if not waits:
                    on_wait()
                    waits = True
                time.sleep(_PAUSE)
            except OSError:  # a network file system without such locks
                return
            else:
                if self._is_of_folder():
                    return

    def close(self) -> None:
        """Close the folder; a lock that is held is released when the processes started meanwhile have ended."""
        if _OPEN.pop(self._descriptor, None):
            os.close(self._descriptor)
            self._descriptor = -1


def descriptors() -> tuple[int, ...]:
    """The descriptors of all locks that this process has opened, for processes that it starts to have as well."""
    return tuple(_OPEN)


@contextmanager
def project_lock(root: Path, *, seconds: float, on_wait: Callable[[], None]) -> Iterator[None]:
    """Hold the lock of a project; see `ProjectLock.held`."""
    lock = ProjectLock(root)
    try:
        with lock.held(seconds=seconds, on_wait=on_wait):
            yield
    finally:
        lock.close()

"""Runs a program and says what it cost; runs a server and says how long a saved edit takes to stand in the page."""

from __future__ import annotations

import contextlib
import hashlib
import http.client
import os
import signal
import socket
import subprocess
import tempfile
import threading
import time
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

_POLL = 0.01  # seconds between two looks at a served page
_START = 600.0  # what a server may take until its first page stands


class FailedError(Exception):
    """A program that ended badly, or never."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Cost:
    """Seconds on the clock, seconds of the processors, and the bytes of the largest of the processes."""

    wall: float
    cpu: float
    peak: int


def run(command: Sequence[str], cwd: Path, *, limit: float, env: Mapping[str, str] | None = None) -> Cost:
    """Run a program to its end; FailedError with its last words if that is a bad one."""
    with tempfile.TemporaryFile() as log:
        began = time.perf_counter()
        process = subprocess.Popen(
            command, cwd=cwd, env=_environment(env), stdout=log, stderr=subprocess.STDOUT, start_new_session=True
        )
        watch = threading.Timer(limit, _end, [process.pid])
        watch.start()
        # The kernel adds up the processors' time of all processes below, and keeps the largest one's size.
        _, status, used = os.wait4(process.pid, 0)
        wall = time.perf_counter() - began
        watch.cancel()
        process.returncode = os.waitstatus_to_exitcode(status)
        if process.returncode:
            log.seek(max(0, log.tell() - 4000))
            words = " ".join(log.read().decode(errors="replace").split())
            stopped = process.returncode < 0 and wall >= limit
            msg = f"no end within {limit:.0f} s" if stopped else f"{process.returncode} after {wall:.0f} s: …{words[-200:]}"
            raise FailedError(msg)
    return Cost(wall=wall, cpu=used.ru_utime + used.ru_stime, peak=used.ru_maxrss * 1024)


def fingerprint(folder: Path) -> str:
    """SHA-256 of all files of a folder and their names, as hexadecimal digits."""
    whole = hashlib.sha256()
    for path in sorted(folder.rglob("*")):
        if path.is_file():
            content = hashlib.sha256(path.read_bytes()).hexdigest()
            whole.update(f"{path.relative_to(folder).as_posix()}\0{content}\n".encode())
    return whole.hexdigest()


@contextlib.contextmanager
def serving(command: Sequence[str], cwd: Path, env: Mapping[str, str] | None = None) -> Iterator[Callable[[], bool]]:
    """A server that runs while the block does; what is given says whether it still runs."""
    with tempfile.TemporaryFile() as log:
        process = subprocess.Popen(
            command, cwd=cwd, env=_environment(env), stdout=log, stderr=subprocess.STDOUT, start_new_session=True
        )
        try:
            yield lambda: process.poll() is None
        finally:
            _end(process.pid)
            process.wait()


@dataclass(frozen=True, slots=True, kw_only=True)
class Window:
    """A page that a server shows: what a reader of it sees, without a browser."""

    port: int
    path: str
    runs: Callable[[], bool]

    def until(self, words: str, *, limit: float = _START) -> None:
        """Look until these words stand in the page; FailedError where they never do."""
        began = time.perf_counter()
        while time.perf_counter() - began < limit:
            if words in self._look():
                return
            if not self.runs():
                msg = "the server ended"
                raise FailedError(msg)
            time.sleep(_POLL)
        msg = f"no {words} at {self.path} within {limit:.0f} s"
        raise FailedError(msg)

    def content(self, *, limit: float = _START) -> str:
        """What stands there, once there is something; FailedError where there never is."""
        self.until_other("", limit=limit)
        return self._look()

    def until_other(self, before: str, *, limit: float = 120) -> None:
        """Look until something else than before stands there; FailedError where it never does."""
        began = time.perf_counter()
        while (now := self._look()) in ("", before):
            if time.perf_counter() - began > limit or not self.runs():
                msg = f"nothing new at {self.path} within {limit:.0f} s" if now else f"nothing at {self.path}"
                raise FailedError(msg)
            time.sleep(_POLL)

    def edits(self, edits: Iterable[tuple[Callable[[], None], str]], *, limit: float = 120) -> list[float]:
        """For each edit the seconds from saving it until the page shows its words."""
        found = []
        for save, words in edits:
            time.sleep(1.0)  # the server is at rest again
            began = time.perf_counter()
            save()
            self.until(words, limit=limit)
            found.append(time.perf_counter() - began)
        return found

    def _look(self) -> str:
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=30)
        try:
            connection.request("GET", self.path)
            answer = connection.getresponse()
            return answer.read().decode(errors="replace") if answer.status == http.HTTPStatus.OK else ""
        except (OSError, http.client.HTTPException):
            return ""
        finally:
            connection.close()


def free_port() -> int:
    """A port that nobody listens at."""
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        port: int = one.getsockname()[1]
        return port


def _environment(more: Mapping[str, str] | None) -> dict[str, str]:
    """Variables of every tool; like installed packages, the generator's modules are compiled once, not by each process."""
    own = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    return {**own, "NO_MKDOCS_2_WARNING": "1", "NO_COLOR": "1", "PYTHONUTF8": "1", **(more or {})}


def _end(process: int) -> None:
    with contextlib.suppress(ProcessLookupError):
        os.killpg(process, signal.SIGKILL)

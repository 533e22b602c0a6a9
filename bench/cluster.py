"""A Dask cluster on this machine: a scheduler and workers of one thread each, as processes."""

from __future__ import annotations

import contextlib
import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from bench.measure import Cost, FailedError
from bench.project import HOME

_START = 60.0  # seconds until the scheduler says where it listens


@dataclass(slots=True)
class Cluster:
    """Where its scheduler listens; once it has ended, what each of its processes cost (without seconds on the clock)."""

    address: str
    costs: list[Cost] = field(default_factory=list)


@contextlib.contextmanager
def cluster(workers: int) -> Iterator[Cluster]:
    """A scheduler with so many workers while the block runs; FailedError where it does not begin."""
    with contextlib.ExitStack() as stack, tempfile.TemporaryDirectory() as folder:
        said = Path(folder) / "scheduler.json"
        local = ("--host", "127.0.0.1", "--no-dashboard")
        costs: list[Cost] = []
        _start(stack, costs, "scheduler", "--port", "0", "--scheduler-file", str(said), *local)
        address = _address(said)
        for _ in range(workers):
            _start(stack, costs, "worker", "--scheduler-file", str(said), "--nthreads", "1", "--no-nanny", *local)
        yield Cluster(address, costs)


def _address(said: Path) -> str:
    """What the scheduler writes of itself when it has begun."""
    ends = time.monotonic() + _START
    while time.monotonic() < ends:
        with contextlib.suppress(FileNotFoundError, json.JSONDecodeError):
            return str(json.loads(said.read_text(encoding="utf-8"))["address"])
        time.sleep(0.1)
    msg = "the scheduler of Dask did not begin"
    raise FailedError(msg)


def _start(stack: contextlib.ExitStack, costs: list[Cost], *words: str) -> None:
    process = subprocess.Popen(
        [sys.executable, "-m", "dask", *words], cwd=HOME, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )

    def end() -> None:
        process.terminate()
        _, status, used = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
        costs.append(Cost(wall=0, cpu=used.ru_utime + used.ru_stime, peak=used.ru_maxrss * 1024))

    stack.callback(end)

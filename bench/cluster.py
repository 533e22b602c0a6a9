"""A Dask cluster on this machine: a scheduler and workers of one thread each, as processes."""

from __future__ import annotations

import contextlib
import json
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

from bench.measure import FailedError
from bench.project import HOME

_START = 60.0  # seconds until the scheduler says where it listens


@contextlib.contextmanager
def cluster(workers: int) -> Iterator[str]:
    """The address of a scheduler with so many workers; FailedError where it does not begin."""
    with contextlib.ExitStack() as stack, tempfile.TemporaryDirectory() as folder:
        said = Path(folder) / "scheduler.json"
        local = ("--host", "127.0.0.1", "--no-dashboard")
        _start(stack, "scheduler", "--port", "0", "--scheduler-file", str(said), *local)
        address = _address(said)
        for _ in range(workers):
            _start(stack, "worker", "--scheduler-file", str(said), "--nthreads", "1", "--no-nanny", *local)
        yield address


def _address(said: Path) -> str:
    """What the scheduler writes of itself when it has begun."""
    ends = time.monotonic() + _START
    while time.monotonic() < ends:
        with contextlib.suppress(FileNotFoundError, json.JSONDecodeError):
            return str(json.loads(said.read_text(encoding="utf-8"))["address"])
        time.sleep(0.1)
    msg = "the scheduler of Dask did not begin"
    raise FailedError(msg)


def _start(stack: contextlib.ExitStack, *words: str) -> None:
    process = subprocess.Popen(
        [sys.executable, "-m", "dask", *words], cwd=HOME, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    stack.callback(process.wait)
    stack.callback(process.terminate)

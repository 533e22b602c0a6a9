"""A process that has loaded what `check` needs and forks for each command, which so has a process of its own without loading.

It reads a request per line, {"arguments", "environment", "folder", "seconds"}, and answers with a line, {"status", "kilobytes"}.
It has loaded modules and called nothing of them: a command finds what it would find in a new process.
"""

from __future__ import annotations

import atexit
import gc
import json
import os
import re
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterable
from contextlib import suppress
from functools import cache
from importlib import import_module
from pathlib import Path
from typing import NoReturn

ROOT = Path(__file__).parents[2]
sys.path[:0] = [] if __name__ != "__main__" else [str(ROOT), str(ROOT / "tests")]

from sample_projects import GOOD  # noqa: E402  the line above is for the script

_READY = "ready\n"


class CommandServer:
    """The server, as tests ask it."""

    def __init__(self) -> None:
        """Start it; it is ready when it has loaded what a check of the good project loads."""
        with tempfile.TemporaryDirectory() as folder:
            self._process = subprocess.Popen(
                [sys.executable, str(Path(__file__)), str(shutil.copytree(GOOD, Path(folder) / "project"))],
                cwd=ROOT,
                env={**os.environ, "PYTHONHASHSEED": "0"},
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                text=True,
            )
            assert self._process.stdin is not None
            assert self._process.stdout is not None
            self._requests, self._answers = self._process.stdin, self._process.stdout
            assert self._answers.readline() == _READY

    def run(self, arguments: Iterable[str], folder: Path, seconds: float) -> tuple[int, int]:
        """Exit status and peak memory in kilobytes of a command that writes to the files stdout and stderr of a folder.

        It is killed after so many seconds.
        """
        request = {
            "arguments": list(arguments),
            "environment": dict(os.environ),
            "folder": str(folder),
            "seconds": seconds,
        }
        self._requests.write(json.dumps(request) + "\n")
        self._requests.flush()
        answer = json.loads(self._answers.readline())
        return answer["status"], answer["kilobytes"]

    def close(self) -> None:
        """End it."""
        self._requests.close()
        self._process.wait()
        self._answers.close()


@cache
def command_server() -> CommandServer:
    """The server of this process, which ends with it."""
    server = CommandServer()
    atexit.register(server.close)
    return server


def wait_for(process: int, seconds: float) -> tuple[int, int, int]:
    """The exit status of a child that ended or was killed, and its peak memory in kilobytes: as the system tells it, and as seen.

    Only what was seen counts the child's own children as well.
    """
    ends, seen = time.monotonic() + seconds, 0
    while time.monotonic() < ends:
        seen = max(seen, _kilobytes(Path(f"/proc/{process}")))
        ended, state, usage = os.wait4(process, os.WNOHANG)
        if ended:
            return os.waitstatus_to_exitcode(state), usage.ru_maxrss, seen
        time.sleep(0.01)
    os.killpg(process, signal.SIGKILL)
    _, state, usage = os.wait4(process, 0)
    return os.waitstatus_to_exitcode(state), usage.ru_maxrss, seen


def _kilobytes(process: Path) -> int:
    """The most that a process or one of its children had until now; 0 where the system does not tell, or it has ended."""
    peak = 0
    with suppress(OSError):
        if found := re.search(r"VmHWM:\s+(\d+)", (process / "status").read_text(encoding="utf-8")):
            peak = int(found[1])
        children = (process / "task" / process.name / "children").read_text(encoding="utf-8").split()
        peak = max(peak, *(_kilobytes(process.parent / child) for child in children)) if children else peak
    return peak


def serve(project: str) -> None:
    """Answer requests until there are no more."""
    for name in _modules_of_a_check(project):
        with suppress(ImportError):  # some libraries have modules that only they can load
            import_module(name)
    gc.freeze()  # a command looks only through what is its own, and shares the rest with this process
    _answer(_READY)
    for line in sys.stdin:
        request = json.loads(line)
        if not (process := os.fork()):
            os.environ.clear()
            os.environ.update(request["environment"])
            _run(request["arguments"], Path(request["folder"]))
        status, at_end, seen = wait_for(process, request["seconds"])
        _answer(json.dumps({"status": status, "kilobytes": max(at_end, seen)}) + "\n")


def _answer(line: str) -> None:
    sys.stdout.write(line)
    sys.stdout.flush()


def _modules_of_a_check(project: str) -> list[str]:
    """The names of the modules that a check has loaded in the end, as a child says them."""
    receiver, sender = os.pipe()
    if not (process := os.fork()):
        from generator.commands.main import main  # noqa: PLC0415  only children call it

        _redirect(os.devnull, os.devnull)
        with suppress(SystemExit):
            main(["check", "--root", project])
        with os.fdopen(sender, "w") as stream:
            stream.write(" ".join(sys.modules))
        os._exit(0)
    os.close(sender)
    with os.fdopen(receiver) as stream:
        names = stream.read().split()
    os.waitpid(process, 0)
    return names


def _run(arguments: list[str], folder: Path) -> NoReturn:
    """Be the command, in a child."""
    os.setsid()
    _redirect(folder / "stdout", folder / "stderr")
    sys.argv[:] = ["generator", *arguments]
    try:
        from generator.commands import run  # noqa: PLC0415  as above

        run()
    except BaseException:  # noqa: BLE001  Python says what it was, and ends
        sys.excepthook(*sys.exc_info())
    sys.stderr.flush()
    os._exit(1)


def _redirect(stdout: Path | str, stderr: Path | str) -> None:
    """Read nothing, and write to these files, which exist."""
    for number, path in enumerate((os.devnull, stdout, stderr)):
        opened = os.open(path, os.O_WRONLY if number else os.O_RDONLY)
        os.dup2(opened, number)
        os.close(opened)


if __name__ == "__main__":
    serve(sys.argv[1])

"""Hostile projects: a copy of the good project, some files of it replaced, and what a command must make of it.

Each command runs in a process of its own, so that a crash, a hang or a memory leak is the command's and not the test's.
"""

from __future__ import annotations

import json
import os
import re
import resource
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

from sample_projects import GOOD

TESTS = Path(__file__).parent.parent
WHOLE = TESTS / "attacks/whole"  # what `build` needs besides what `check` needs
SECONDS, MEGABYTES = 5.0, 500  # what one command may take of a small hostile input
_SLOWER = float(os.environ.get("FACTLOOM_SLOWER", "3"))  # how much slower than an idle machine this one may be
Content = str | bytes | Callable[[str], str]  # a file, or what becomes of the file that stands there


@dataclass(frozen=True, slots=True, kw_only=True)
class Attack:
    """A hostile input: its class, the files it replaces, and the rule of the finding that it must meet ("" for none)."""

    name: str
    kind: str
    files: Mapping[str, Content]
    rule: str = ""
    at: str = ""  # the file that the finding has to name, if not the only one replaced


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What a command did: exit status, seconds, peak memory in megabytes, what it printed, and its findings."""

    status: int
    seconds: float
    megabytes: float
    stdout: str
    stderr: str
    findings: tuple[Mapping[str, object], ...] = field(default_factory=tuple)

    @property
    def crashed(self) -> bool:
        """Whether it ended by a traceback or a signal."""
        return self.status < 0 or self.status > 2 or "Traceback (most recent call last)" in self.stderr + self.stdout

    @property
    def rules(self) -> set[str]:
        """The rules that were broken."""
        return {str(one["rule"]) for one in self.findings}


def lay_out(folder: Path, files: Mapping[str, Content], *, whole: bool = False) -> Path:
    """A copy of the good project with some files replaced; `whole` adds what a build needs."""
    root = shutil.copytree(GOOD, folder / "project")
    if whole:
        shutil.copytree(WHOLE, root, dirs_exist_ok=True)
    for path, content in files.items():
        file = root / path
        file.parent.mkdir(parents=True, exist_ok=True)
        if callable(content):
            content = content(file.read_text(encoding="utf-8"))  # noqa: PLW2901  what the function makes of it
        file.write_bytes(content if isinstance(content, bytes) else content.encode())
    return root


def run(root: Path, *command: str, seconds: float = 60.0, env: Mapping[str, str] | None = None) -> Answer:
    """Run a command of Factloom on a project, measured from outside; it is killed after so many seconds."""
    with (root.parent / "stdout").open("w+b") as out, (root.parent / "stderr").open("w+b") as err:
        began, own = time.monotonic(), resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
        process = subprocess.Popen(
            [sys.executable, "-m", "generator", *command, "--root", str(root)],
            cwd=TESTS.parent,
            stdout=out,
            stderr=err,
            stdin=subprocess.DEVNULL,
            env={**os.environ, "PYTHONHASHSEED": "0", **(env or {})},
            start_new_session=True,
        )
        status, usage, peak = _wait(process, seconds)
        if usage.ru_maxrss > own:  # else it says what this process had when it began the other, not what that took
            peak = usage.ru_maxrss
        took = time.monotonic() - began
        out.seek(0)
        err.seek(0)
        stdout, stderr = (stream.read().decode(errors="replace") for stream in (out, err))
    try:
        found = tuple(json.loads(stdout)) if "json" in command else ()
    except ValueError:
        found = ()
    return Answer(status=status, seconds=took, megabytes=peak / 1024, stdout=stdout, stderr=stderr, findings=found)


def _wait(process: subprocess.Popen[bytes], seconds: float) -> tuple[int, resource.struct_rusage, int]:
    """The status of a process that ended or was killed, what it took, and the most kilobytes that it was seen to have."""
    ends, peak = time.monotonic() + seconds, 0
    while time.monotonic() < ends:
        peak = max(peak, _kilobytes(Path(f"/proc/{process.pid}")))
        pid, state, usage = os.wait4(process.pid, os.WNOHANG)
        if pid:
            process.returncode = os.waitstatus_to_exitcode(state)
            return process.returncode, usage, peak
        time.sleep(0.01)
    os.killpg(process.pid, signal.SIGKILL)
    _, state, usage = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(state)
    return process.returncode, usage, peak


def _kilobytes(process: Path) -> int:
    """The most that a process or one of its children had until now; 0 where the system does not tell, or it has ended."""
    peak = 0
    with suppress(OSError):
        if found := re.search(r"VmHWM:\s+(\d+)", (process / "status").read_text(encoding="utf-8")):
            peak = int(found[1])
        children = (process / "task" / process.name / "children").read_text(encoding="utf-8").split()
        peak = max(peak, *(_kilobytes(process.parent / child) for child in children)) if children else peak
    return peak


def check(root: Path) -> Answer:
    """What `factloom check` says of a project."""
    return run(root, "check", "--format", "json", "--language", "en")


def held(attack: Attack, answer: Answer) -> None:
    """The attack ended as it must: no crash, bounded time and memory, the expected finding in the expected file."""
    assert not answer.crashed, answer.stderr[-2000:] or answer.status
    assert answer.seconds < SECONDS * _SLOWER, answer.seconds
    assert answer.megabytes < MEGABYTES, answer.megabytes
    if not attack.rule:
        assert answer.rules == set()
        return
    assert attack.rule in answer.rules, answer.rules
    place = attack.at or next(iter(attack.files))
    assert place in {
        re.sub(r":.*", "", str(one.get("file") or one.get("path"))) for one in answer.findings if one["rule"] == attack.rule
    }

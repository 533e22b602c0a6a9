"""Hostile projects: a copy of the good project, some files of it replaced, and what a command must make of it.

Each command runs in a process of its own, so that a crash, a hang or a memory leak is the command's and not the test's.
"""

from __future__ import annotations

import json
import os
import re
import resource
import shutil
import subprocess
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from command_server import command_server, wait_for
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
    """Run a command of Factloom on a project, measured from outside; it is killed after so many seconds.

    A check without variables of its own is a child of a server that has loaded the modules; other commands load theirs.
    """
    stdout, stderr = root.parent / "stdout", root.parent / "stderr"
    for path in (stdout, stderr):
        path.write_bytes(b"")
    began = time.monotonic()
    if command[0] == "check" and env is None:
        status, peak = command_server().run([*command, "--root", str(root)], root.parent, seconds)
    else:
        status, peak = _run_alone([*command, "--root", str(root)], root.parent, seconds, env or {})
    took = time.monotonic() - began
    printed = stdout.read_bytes().decode(errors="replace")
    try:
        found = tuple(json.loads(printed)) if "json" in command else ()
    except ValueError:
        found = ()
    told = stderr.read_bytes().decode(errors="replace")
    return Answer(status=status, seconds=took, megabytes=peak / 1024, stdout=printed, stderr=told, findings=found)


def _run_alone(arguments: Sequence[str], folder: Path, seconds: float, env: Mapping[str, str]) -> tuple[int, int]:
    """Exit status and peak memory in kilobytes of a command as a new process, which writes to files of a folder."""
    with (folder / "stdout").open("wb") as out, (folder / "stderr").open("wb") as err:
        own = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
        process = subprocess.Popen(
            [sys.executable, "-m", "generator", *arguments],
            cwd=TESTS.parent,
            stdout=out,
            stderr=err,
            stdin=subprocess.DEVNULL,
            env={**os.environ, "PYTHONHASHSEED": "0", **env},
            start_new_session=True,
        )
        process.returncode, at_end, seen = wait_for(process.pid, seconds)
    # At the end the system may tell what this process had when it began the other, not what that took.
    return process.returncode, at_end if at_end > own else seen


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

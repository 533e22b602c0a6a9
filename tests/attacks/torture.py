"""Ends commands at random moments, and counts what that left: `python tests/attacks/torture.py [--kills N]`.

Each round edits a project, starts builds of it (one, two or three at a time), a `confirm` or an edit, and kills them after a random time.
The clock may jump between rounds. The published site must then be that of the old or of the new state, byte for byte; and the next
build must end in the new one.
"""

from __future__ import annotations

import argparse
import contextlib
import http.client
import os
import random
import re
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections import Counter
from pathlib import Path
from threading import Thread
from urllib.parse import urlencode

sys.path[:0] = [str(Path(__file__).parent), str(Path(__file__).parent.parent), str(Path(__file__).parents[2])]

from attack import TESTS, lay_out  # noqa: E402
from sample_servers import run_server, wait_until  # noqa: E402

EDITS = (
    (
        "set",
        "area_2024",
        "21e6",
        "--kind",
        "revision",
        "--reason.en",
        "Counted",
        "--reason.de",
        "Gezählt",
        "--on",
        "2025-06-01",
        "--yes",
    ),
    ("rename", "area_2025", "area_now", "--yes"),
    ("rename", "survey", "census", "--reason.en", "Renamed", "--reason.de", "Umbenannt", "--yes"),
)
FACTS, LOCK = "data/facts/water.yml", "data/translations.lock"
LABELS = ("Cost of the dam", "Cost of a dyke")
LONGEST = 2.5  # seconds until a kill
CLOCKS = ("", "", "", "-2 days", "+400 days", "2001-01-01 00:00:00", "2037-12-31 23:59:59")
Files = dict[str, bytes]


def site(root: Path) -> Files:
    """Every file of the published site by path, but the marker of its list."""
    folder = root / "site"
    paths = (path for path in folder.rglob("*") if path.is_file() and path.name != ".factloom")
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in paths}


def sources(root: Path) -> Files:
    """Every file that an editor keeps, but unfinished ones, by path."""
    paths = (path for name in ("data", "templates") for path in (root / name).rglob("*") if path.is_file())
    return {path.relative_to(root).as_posix(): path.read_bytes() for path in paths if not path.name.startswith(".")}


def restore(root: Path, files: Files) -> None:
    """Put a project's files back."""
    for path in sources(root).keys() - files.keys():
        (root / path).unlink()
    for path, content in files.items():
        (root / path).write_bytes(content)


def start(root: Path, *command: str, clock: str = "") -> subprocess.Popen[bytes]:
    """Start a command in a process group of its own, at another time of day where libfaketime is installed."""
    shifted = [faketime, clock] if clock and (faketime := shutil.which("faketime")) else []
    return subprocess.Popen(
        [*shifted, sys.executable, "-m", "generator", *command, "--root", str(root)],
        cwd=TESTS.parent,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )


def write_label(root: Path, number: int) -> None:
    """Bring the project into one of two states."""
    path = root / FACTS
    text = path.read_text(encoding="utf-8").replace(LABELS[1 - number], LABELS[number])
    path.write_text(text, encoding="utf-8")


def send_save(message: str) -> None:
    """Save a change of two entries' files in the editor whose address, with its token, a server has printed; it may end meanwhile."""
    found = re.search(r"http://([^/]+)(/\S*)\?token=(\S+)", message)
    assert found is not None
    host, path, token = found[1], f"{found[2]}sources/survey/rename", found[3]
    headers = {"Origin": f"http://{host}", "Cookie": f"factloom-edit-{host.rpartition(':')[2]}={token}"}
    with contextlib.suppress(OSError, http.client.HTTPException):
        connection = http.client.HTTPConnection(host, timeout=60)
        connection.request("GET", path, headers=headers)
        fingerprint = re.search(r'name="fingerprint" value="([^"]+)"', connection.getresponse().read().decode())
        assert fingerprint is not None
        typed = {
            "id": "census",
            "reason/en": "Renamed",
            "reason/de": "Umbenannt",
            "fingerprint": fingerprint[1],
            "action": "save",
        }
        headers["Content-Type"] = "application/x-www-form-urlencoded"
        connection.request("POST", path, urlencode(typed).encode(), headers)
        connection.getresponse().read()
        connection.close()


class Torture:
    """Two states of a project, the site of each, and a tally."""

    def __init__(self, folder: Path, seed: int) -> None:
        self.root, self.chance, self.tally = lay_out(folder, {}, whole=True), random.Random(seed), Counter[str]()  # noqa: S311
        self.locks: list[bytes] = []
        self.edited: dict[tuple[int, tuple[str, ...]], Files] = {}  # by state and command
        for number in (0, 1):
            write_label(self.root, number)
            assert start(self.root, "confirm").wait() == 0
            self.locks.append((self.root / LOCK).read_bytes())
        (self.root / LOCK).unlink()
        self.state = 1
        self.sites = [self._clean(folder / f"clean{number}", number) for number in (0, 1)]
        write_label(self.root, 1)
        assert start(self.root, "build").wait() == 0

    def _clean(self, folder: Path, number: int) -> Files:
        write_label(self.root, number)
        copy = shutil.copytree(self.root, folder / "project", ignore=shutil.ignore_patterns("build", "site"))
        assert start(copy, "build").wait() == 0
        return site(copy)

    def kill_builds(self, count: int) -> None:
        """One round with so many builds at a time."""
        old, self.state = self.state, 1 - self.state
        write_label(self.root, self.state)
        clock = self.chance.choice(CLOCKS)
        self.tally["with another clock"] += bool(clock and shutil.which("faketime"))
        running = [start(self.root, "build", "--jobs", self.chance.choice("12"), clock=clock) for _ in range(count)]
        for process in running:
            time.sleep(self.chance.random() * LONGEST / count)
            self.kill(process)
        found = site(self.root)
        known = [number for number in (0, 1) if found == self.sites[number]]
        self.tally["neither old nor new" if not known else "old" if known == [old] else "new"] += 1
        if self.chance.random() < 0.3:  # else the next kill meets what this one left
            recovered = start(self.root, "build").wait() == 0 and site(self.root) == self.sites[self.state]
            self.tally["recovered" if recovered else "not recovered"] += 1

    def kill_confirm(self) -> None:
        """One round with a `confirm`: the file holds nothing, the old or the new texts."""
        path = self.root / LOCK
        before = self.chance.choice([None, *self.locks])
        path.unlink(missing_ok=True) if before is None else path.write_bytes(before)
        process = start(self.root, "confirm")
        time.sleep(self.chance.random() * LONGEST / 4)
        self.kill(process)
        found = path.read_bytes() if path.exists() else None
        self.tally["confirm whole" if found in (before, *self.locks) else "confirm torn"] += 1
        path.unlink(missing_ok=True)

    def kill_edit(self, seconds: float = LONGEST / 2) -> None:
        """One round with a command that edits several files: they are all as before, or all as after it."""
        command = self.chance.choice(EDITS)
        before, key = sources(self.root), (self.state, command)
        if key not in self.edited:
            assert start(self.root, *command).wait() == 0
            self.edited[key] = sources(self.root)
            restore(self.root, before)
        process = start(self.root, *command)
        time.sleep(self.chance.random() * seconds)
        self.kill(process)
        assert start(self.root, "show", "dam_cost").wait() == 0  # whoever comes next finishes what was begun
        found = sources(self.root)
        state = "old" if found == before else "new" if found == self.edited[key] else ""
        self.tally[f"edit {state}" if state else "edit torn"] += 1
        restore(self.root, before)

    def kill_save(self, seconds: float | None = 0.8) -> None:
        """One round with the editor of `serve` (None: it is not killed): its files are all as before, or all as after a save."""
        before, key = sources(self.root), (self.state, ("serve",))
        if seconds is not None and key not in self.edited:
            self.kill_save(None)
            self.edited[key] = sources(self.root)
            assert self.edited[key] != before
            restore(self.root, before)
        with run_server(self.root, ends=False) as server:
            try:
                wait_until(lambda: any("?token=" in line for line in server.messages))
                save = Thread(
                    target=send_save, args=(next(line for line in server.messages if "?token=" in line),), daemon=True
                )
                save.start()
                if seconds is None:
                    save.join()
                else:
                    time.sleep(self.chance.random() * seconds)
            finally:
                os.kill(server.process.pid, signal.SIGKILL)
        if seconds is None:
            return
        assert start(self.root, "show", "dam_cost").wait() == 0  # whoever comes next finishes what was begun
        found = sources(self.root)
        state = "old" if found == before else "new" if found == self.edited[key] else ""
        self.tally[f"save {state}" if state else "save torn"] += 1
        restore(self.root, before)

    def kill(self, process: subprocess.Popen[bytes]) -> None:
        """Kill a command and the children in its group; its engine has to notice by itself."""
        self.tally["ended before" if process.poll() is not None else "killed"] += 1
        with contextlib.suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)
        process.wait()

    def run(self, kills: int) -> None:
        """Go on until so many processes were killed."""
        while self.tally["killed"] < kills:
            if (chance := self.chance.random()) < 0.1:
                self.kill_confirm()
            elif chance < 0.15:
                self.kill_save()
            elif chance < 0.3:
                self.kill_edit()
            else:
                self.kill_builds(self.chance.choice((1, 1, 2, 3)))
        recovered = start(self.root, "build").wait() == 0 and site(self.root) == self.sites[self.state]
        self.tally["recovered" if recovered else "not recovered"] += 1


BAD = ("neither old nor new", "not recovered", "confirm torn", "edit torn", "save torn")


def main() -> None:
    """Run, print the tally, and exit with 1 where anything was lost."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--kills", type=int, default=200)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        torture = Torture(Path(folder), options.seed)
        torture.run(options.kills)
    for what, count in sorted(torture.tally.items()):
        print(f"{count:>6} {what}")  # noqa: T201  a script
    sys.exit(any(torture.tally[what] for what in BAD))


if __name__ == "__main__":
    main()

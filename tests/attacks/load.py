"""Load on `serve`: 200 readers and 20 edits a second, on a copy of the good project.

Usage: python tests/attacks/load.py [SECONDS]

Half of the readers ask for pages and files over and over, as browsers do (with the ETag of what they have); the other half keep
a stream of changes open and load their page whenever the stream says so. An edit counts up a number in a fact. At the end, when
no edit is left, every page must show the last number within a few seconds, by itself or by what its stream says: a page that
does not is stale. Prints what it saw as JSON; exits with 1 on errors, on stale pages, or where memory grew.
"""

from __future__ import annotations

import asyncio
import json
import re
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlsplit

sys.path[:0] = [str(Path(__file__).parent), str(Path(__file__).parent.parent)]
from attack import TESTS, lay_out  # noqa: E402  the line above is for the script

FACTS, EDITED, FIRST = "data/facts/water.yml", re.compile(r"value: \[66e9, \d+e9\]"), 70
READERS, EDITS = 200, 20  # at a time; a second
STEP = 0.5  # seconds between two requests of a reader, as for a person who looks from page to page
PATHS = ("", "en/", "de/", "en/facts.json", "de/print/", "en/nowhere/", "sitemap.xml", "robots.txt")
SHOWS = ("en/", "de/", "en/print/")  # pages with the number
SETTLED = 20.0  # seconds that the last edit has to be seen in
GROWTH = 1.15  # how much bigger than at a third of the time memory may be at the end
LONG = 60  # seconds from which on memory is judged
ANSWER = re.compile(rb"HTTP/1\.[01] (\d{3})")


@dataclass(slots=True, kw_only=True)
class Figures:
    """What was seen: counts of requests by status, errors by what they were, and memory in megabytes at moments in time."""

    seconds: float
    readers: int
    requests: int = 0
    statuses: Counter[int] = field(default_factory=Counter)
    errors: Counter[str] = field(default_factory=Counter)
    edits: int = 0
    events: int = 0  # reloads that streams asked for
    slowest: float = 0.0  # seconds for an answer
    settled: float = 0.0  # seconds from the last edit until every page showed it
    stale: list[str] = field(default_factory=list)
    megabytes: list[int] = field(default_factory=list)  # of the server's process: at the start, at each tenth, at the end
    open_files: list[int] = field(default_factory=list)

    def look_at(self, process: int) -> None:
        """Note the memory and the open files of a process; only Linux tells them."""
        folder = Path(f"/proc/{process}")
        if folder.exists() and (found := re.search(r"VmRSS:\s+(\d+)", (folder / "status").read_text(encoding="ascii"))):
            self.megabytes.append(int(found[1]) // 1024)
            self.open_files.append(len(list((folder / "fd").iterdir())))

    @property
    def problems(self) -> list[str]:
        """What is not as it must be."""
        found = [f"{count} x {what}" for what, count in self.errors.items()]
        found += [f"{path} is stale" for path in self.stale]
        third = self.megabytes[len(self.megabytes) // 3 :]
        if self.seconds >= LONG and third[-1] > third[0] * GROWTH:  # before, caches are still filled
            found.append(f"memory grew from {third[0]} to {third[-1]} MB")
        return found


class Load:
    """Readers and an editor of one served project."""

    def __init__(self, root: Path, address: str, process: int, figures: Figures) -> None:
        self.root, self.process, self.figures = root, process, figures
        parts = urlsplit(address)
        self.host, self.port, self.base = str(parts.hostname), int(parts.port or 0), parts.path
        self.ends = time.monotonic() + figures.seconds
        self.number = FIRST

    async def get(self, path: str, tag: str = "") -> tuple[int, str, bytes]:
        """Status, ETag and content of a file of the site."""
        began = time.monotonic()
        reader, writer = await asyncio.open_connection(self.host, self.port)
        try:
            known = f"If-None-Match: {tag}\r\n" if tag else ""
            head = f"GET {self.base}{path} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n{known}\r\n"
            writer.write(head.encode())
            answer = await asyncio.wait_for(reader.read(), 60)
        finally:
            writer.close()
        head_bytes, _, content = answer.partition(b"\r\n\r\n")
        found, etag = ANSWER.match(head_bytes), re.search(rb"(?i)\netag: (\S+)", head_bytes)
        status = int(found[1]) if found else 0
        self.figures.requests += 1
        self.figures.statuses[status] += 1
        self.figures.slowest = max(self.figures.slowest, time.monotonic() - began)
        return status, etag[1].decode() if etag else "", content

    async def read(self, number: int) -> None:
        """A reader who goes from page to page."""
        tags: dict[str, str] = {}
        await asyncio.sleep(STEP * number / self.figures.readers)
        while time.monotonic() < self.ends:
            path = PATHS[number % len(PATHS)]
            number += 1
            try:
                status, tag, _ = await self.get(path, tags.get(path, ""))
                tags[path] = tag or tags.get(path, "")
            except (OSError, TimeoutError) as error:
                self.figures.errors[type(error).__name__] += 1
            else:
                if status not in (200, 302, 304) and not (status == 404 and "nowhere" in path):
                    self.figures.errors[f"{status} for {path}"] += 1
            await asyncio.sleep(STEP)

    async def watch(self, number: int) -> None:
        """A reader who has one page open: it is loaded whenever its stream says so; the stream is cut now and then."""
        path = SHOWS[number % len(SHOWS)]
        await asyncio.sleep(STEP * number / self.figures.readers)
        while time.monotonic() < self.ends:
            try:
                _, tag, _ = await self.get(path)
                await self.stream(path, tag.strip('"'), seconds=2 + number % 7)
            except (OSError, TimeoutError) as error:
                self.figures.errors[f"stream: {type(error).__name__}"] += 1

    async def stream(self, path: str, version: str, *, seconds: float) -> None:
        """Listen until the page has to be loaded again, or for some seconds."""
        reader, writer = await asyncio.open_connection(self.host, self.port)
        try:
            query = f"page={path}index.html&version={version}"
            writer.write(f"GET {self.base}.factloom/events?{query} HTTP/1.1\r\nHost: localhost\r\n\r\n".encode())
            until = time.monotonic() + seconds
            while (left := min(until, self.ends) - time.monotonic()) > 0:
                line = await asyncio.wait_for(reader.readline(), left)
                if not line:
                    self.figures.errors["stream: cut off"] += 1
                    return
                if b"event: reload" in line:
                    self.figures.events += 1
                    return
        except TimeoutError:
            return
        finally:
            writer.close()

    async def edit(self) -> None:
        """An editor who counts a number up and down."""
        file = self.root / FACTS
        text = file.read_text(encoding="utf-8")
        while time.monotonic() < self.ends:
            self.figures.edits += 1
            self.number = FIRST + self.figures.edits % 9
            file.write_text(EDITED.sub(f"value: [66e9, {self.number}e9]", text), encoding="utf-8")
            await asyncio.sleep(1 / EDITS)

    async def measure(self) -> None:
        """Look at the server's memory and open files eleven times."""
        began = time.monotonic()
        for tenth in range(11):
            await asyncio.sleep(max(0, began + self.figures.seconds * tenth / 10 - time.monotonic()))
            self.figures.look_at(self.process)

    async def settle(self) -> None:
        """Wait until every page shows the last edit."""
        began, wanted = time.monotonic(), re.compile(rf"\b{self.number}\W{{1,6}}(billion|Mill)")
        while True:
            pages = {path: (await self.get(path))[2].decode() for path in SHOWS}
            self.figures.stale = [path for path, text in pages.items() if not wanted.search(text)]
            self.figures.settled = time.monotonic() - began
            if not self.figures.stale or self.figures.settled > SETTLED:
                return
            await asyncio.sleep(0.2)

    async def run(self) -> None:
        """Readers and editor at the same time, and the last look."""
        watching = self.figures.readers // 2
        readers = [self.read(number) for number in range(self.figures.readers - watching)]
        await asyncio.gather(*readers, *(self.watch(number) for number in range(watching)), self.edit(), self.measure())
        await self.settle()


@contextmanager
def served(root: Path) -> Iterator[tuple[str, subprocess.Popen[str]]]:
    """The address where a project is served, and the process."""
    command = [
        sys.executable,
        "-m",
        "generator",
        "serve",
        "--root",
        str(root),
        "--port",
        "0",
        "--jobs",
        "1",
        "--language",
        "en",
    ]
    log = (root.parent / "serve.log").open("w+", encoding="utf-8")
    with log, subprocess.Popen(command, cwd=TESTS.parent, stderr=log, text=True) as process:
        try:
            found, ends = None, time.monotonic() + 60
            while found is None and time.monotonic() < ends and process.poll() is None:
                time.sleep(0.05)
                found = re.search(r"http://\S+", Path(log.name).read_text(encoding="utf-8"))
            assert found, Path(log.name).read_text(encoding="utf-8")
            yield found[0], process
        finally:
            process.terminate()


def measure(seconds: float, *, readers: int = READERS) -> Figures:
    """Put a server under load for so long."""
    figures = Figures(seconds=seconds, readers=readers)
    with tempfile.TemporaryDirectory() as folder:
        root = lay_out(Path(folder), {}, whole=True)
        with served(root) as (address, process):
            asyncio.run(Load(root, address, process.pid, figures).run())
            if process.poll() is not None:
                figures.errors["the server ended"] += 1
        log = (root.parent / "serve.log").read_text(encoding="utf-8")
        for failed in log.split("Traceback (most recent call last)")[1:]:
            figures.errors[failed[:4000]] += 1
        figures.errors += Counter()  # leaves out what did not happen
    return figures


def main() -> None:
    """Measure and print."""
    seconds = float(sys.argv[1]) if len(sys.argv) > 1 else 300.0
    figures = measure(seconds)
    print(json.dumps({name: getattr(figures, name) for name in (*Figures.__slots__, "problems")}, indent=2))  # noqa: T201
    sys.exit(bool(figures.problems))


if __name__ == "__main__":
    main()

"""Projects that are being served: real servers in processes of their own."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from urllib.error import HTTPError
from urllib.request import Request, urlopen

from sample_projects import GOOD

ROOT = Path(__file__).parents[1]
MKDOCS = """
site_name: plain
strict: true
theme: {name: material, language: en, font: false}
plugins: {search: {}}
markdown_extensions: {attr_list: {}, md_in_html: {}, toc: {permalink: true}}
"""
WORDS = """
theme.language: {en: en, de: de}
theme.search: {en: en, de: de}
"""
TALL = "\n" + "<br>" * 200 + "\n"
FACTS = "data/facts/water.yml"
SUBPATH = "/reports/lakes/"
TIMEOUT = 60_000


@dataclass
class RunningServer:
    """A project that is being served."""

    root: Path
    process: subprocess.Popen[str]
    address: str = ""
    messages: list[str] = field(default_factory=list)

    def url(self, path: str = "") -> str:
        return self.address + path

    def get(self, url: str) -> tuple[int, bytes, str]:
        """Status, content and type of an address; redirections are followed."""
        try:
            with urlopen(Request(url), timeout=60) as answer:  # noqa: S310  our own server
                return answer.status, answer.read(), answer.headers["Content-Type"]
        except HTTPError as error:
            with error:
                return error.code, error.read(), error.headers["Content-Type"]

    @contextmanager
    def edited(self, file: str, old: str, new: str) -> Iterator[None]:
        """A file with another text for a while."""
        path = self.root / file
        before = path.read_text(encoding="utf-8")
        assert old in before
        path.write_text(before.replace(old, new), encoding="utf-8")
        try:
            yield
        finally:
            path.write_text(before, encoding="utf-8")


def copy_project(folder: Path) -> Path:
    """The good project with what the engine needs, below a path, and with pages long enough to scroll."""
    root = shutil.copytree(GOOD, folder / "project")
    (root / "mkdocs.yml").write_text(MKDOCS, encoding="utf-8")
    (root / "templates/overrides").mkdir()
    report = root / "data/report.yml"
    report.write_text(report.read_text(encoding="utf-8").replace("lakes.example/", f"lakes.example{SUBPATH}"), encoding="utf-8")
    with (root / "data/words.yml").open("a", encoding="utf-8") as words:
        words.write(WORDS)
    (root / "docs/assets").mkdir(parents=True)
    (root / "docs/assets/favicon.svg").write_text('<svg xmlns="http://www.w3.org/2000/svg"/>', encoding="utf-8")
    for page in (root / "templates/pages").iterdir():
        text = page.read_text(encoding="utf-8").replace('event("opening")', 'period("2025")')  # there is no timeline to link to
        page.write_text(text + TALL, encoding="utf-8")
    return root


@contextmanager
def run_server(root: Path, *, ends: bool = True) -> Iterator[RunningServer]:
    """A server of a project, at any free port."""
    command = [sys.executable, "-m", "generator", "serve", "--root", str(root), "--port", "0", "--jobs", "1"]
    with subprocess.Popen(command, cwd=ROOT, stderr=subprocess.PIPE, text=True, encoding="utf-8") as process:
        server = RunningServer(root, process)
        ready = threading.Event()

        def listen() -> None:
            assert process.stderr is not None
            with suppress(ValueError):  # it is closed once the process has ended
                for line in process.stderr:
                    server.messages.append(line)
                    if (found := re.search(r"http://\S+", line)) and not server.address:
                        server.address = found[0]
                        ready.set()
            ready.set()

        threading.Thread(target=listen, daemon=True).start()
        ready.wait(TIMEOUT / 1000)
        try:
            assert server.address, "".join(server.messages)
            yield server
        except BaseException:
            process.kill()  # else it would be waited for without end
            raise
        finally:
            if ends:
                process.terminate()


def wait_until(what: Callable[[], bool]) -> None:
    """Wait for something outside a page, or in one whose policy forbids it to evaluate what is waited for again and again."""
    end = time.monotonic() + TIMEOUT / 1000
    while not what():
        assert time.monotonic() < end
        time.sleep(0.05)

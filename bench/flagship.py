"""This repository's own report, with everything it has: built from nothing, after the change of one fact, and served.

Another fact is changed in each round, drawn with a fixed seed from those whose change breaks no relation, because facts differ
in how many pages show them.
"""

from __future__ import annotations

import os
import random
import re
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

from bench.measure import Cost, FailedError, Window, free_port, run, serving
from bench.project import HOME
from bench.report_peer import ReportMacros
from bench.rounds import COLD, EDIT, SAME, Table
from bench.tools import Bare, Factloom, engine_builds
from bench.workload import LANGUAGES, Size, make_workload
from generator.checks.project_check import check_project

SIZE = "report"
PAGE, FILES = "serve, the page", "serve, all files of the fact"
NONE = make_workload(Size(0, 0))  # this report has pages of its own
_COPIED = ("data", "docs", "templates", "mkdocs.yml")
_FACT = re.compile(r"^(?P<id>[a-z]\w*):\n(?:  .*\n)*?  value: (?P<whole>\d+)(?P<rest>[.\d]*(?:e\d+)?)\n", re.MULTILINE)
_GENERATOR = {"PYTHONPATH": str(HOME)}


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """Another value of one fact: the file that holds it, and its text before and after."""

    fact: str
    path: Path
    before: str
    after: str

    def make(self) -> None:
        """Save the file with the other value."""
        self.path.write_text(self.after, encoding="utf-8")

    def undo(self) -> None:
        """Save it as it was."""
        self.path.write_text(self.before, encoding="utf-8")


def copy_report(folder: Path) -> Path:
    """The report in a folder of its own, without what was built."""
    for name in _COPIED:
        source = HOME / name
        if source.is_dir():
            shutil.copytree(source, folder / name, dirs_exist_ok=True)
        else:
            shutil.copyfile(source, folder / name)
    return folder


def changes(root: Path, count: int, *, seed: int = 1) -> Iterator[Change]:
    """So many changes of one fact each, after which the report has no error."""
    found = [
        Change(
            fact=one["id"],
            path=path,
            before=text,
            after=f"{text[: one.start('whole')]}{int(one['whole']) + 1}{text[one.end('whole') :]}",
        )
        for path in sorted((root / "data/facts").glob("*.yml"))
        for text in [path.read_text(encoding="utf-8")]
        for one in _FACT.finditer(text)
    ]
    random.Random(seed).shuffle(found)  # noqa: S311  no secret
    for change in found:
        if not count:
            return
        change.make()
        errors = check_project(root).errors
        change.undo()
        if not errors:
            count -= 1
            yield change


def measure(table: Table, work: Path, home: Path, *, runs: int, limit: float, alone: bool) -> None:
    """All rows of the report; the other tool's and those of `serve` unless `alone`. `home` is where that tool was installed."""
    root = copy_report(work / SIZE / "factloom")
    own = Factloom(root, NONE)
    drawn = list(changes(root, runs))
    peer = ReportMacros(work / SIZE / "macros", NONE, home=home, built=root)
    for number, change in enumerate(drawn):
        own.clean()
        table.add(SIZE, own.name, COLD, run(own.command(), root, limit=limit, env=_GENERATOR))
        _measure_engine(table, root, limit=limit)
        table.add(SIZE, own.name, SAME, run(own.command(), root, limit=limit, env=_GENERATOR))
        change.make()
        table.add(SIZE, own.name, EDIT, run(own.command(), root, limit=limit, env=_GENERATOR))
        change.undo()
        if not alone and peer.installed():
            _measure_peer(table, peer, change.fact, number, limit=limit)
    if not alone:
        _serve(table, own, drawn)


def _measure_peer(table: Table, peer: ReportMacros, fact: str, number: int, *, limit: float) -> None:
    """Another tool's round; FailedError becomes its trouble."""
    try:
        if number:
            peer.clean()
        else:
            peer.write()
        for work in (COLD, SAME):
            table.add(SIZE, peer.name, work, run(peer.command(), peer.root, limit=limit))
        before = peer.fact_page(fact)
        peer.change(fact)
        table.add(SIZE, peer.name, EDIT, run(peer.command(), peer.root, limit=limit))
        if peer.fact_page(fact) == before:
            table.fail(SIZE, peer.name, EDIT, f"the page of {fact} is as before")
    except (FailedError, OSError) as error:
        table.fail(SIZE, peer.name, COLD, str(error))


def _measure_engine(table: Table, root: Path, *, limit: float) -> None:
    """The engine alone on the Markdown that the build left, in a copy: what it writes is no part of the report."""
    copy = root.parent / "bare"
    shutil.rmtree(copy, ignore_errors=True)
    shutil.copytree(root, copy, ignore=shutil.ignore_patterns("site", "cache", "out"))
    subprocess.run(
        [sys.executable, "-m", "generator", "build", "--render-only"],
        cwd=copy,
        env={**os.environ, **_GENERATOR},
        check=True,
        capture_output=True,
    )
    table.add(SIZE, Bare.name, COLD, run(engine_builds(), copy, limit=limit))


def _folder(root: Path) -> str:
    """The path of the report's own address, below which it is served."""
    found = re.search(r"^site_url: *(\S+)", (root / "data/report.yml").read_text(encoding="utf-8"), re.MULTILINE)
    return urlsplit(found[1]).path if found else "/"


def _serve(table: Table, own: Factloom, drawn: list[Change]) -> None:
    """From saving a fact until its page is another, and until its page and all files that hold its value are."""
    port = free_port()
    home = f"{_folder(own.root)}{LANGUAGES[0]}"
    try:
        with serving(own.serve(port), own.root, own.environment()) as runs_on:
            for change in drawn:
                page = f"{home}/facts/{change.fact}/"
                files = (page, f"{_folder(own.root)}api/facts/{change.fact}.json", f"{home}/facts/", f"{home}/print/")
                windows = [Window(port=port, path=path, runs=runs_on) for path in files]
                before = [window.content() for window in windows]
                time.sleep(1.0)  # the server is at rest again
                began = time.perf_counter()
                change.make()
                for number, (window, old) in enumerate(zip(windows, before, strict=True)):
                    window.until_other(old)
                    if number in (0, len(files) - 1):
                        seconds = time.perf_counter() - began
                        table.add(SIZE, own.name, FILES if number else PAGE, Cost(wall=seconds, cpu=0, peak=0))
                changed = windows[-1].content()
                change.undo()
                windows[-1].until_other(changed)
    except FailedError as error:
        table.fail(SIZE, own.name, PAGE, str(error))

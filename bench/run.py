"""Measures Factloom beside other tools on one report in three sizes: python -m bench.run --help."""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from bench import flagship, install, results
from bench.cluster import cluster
from bench.measure import FailedError, fingerprint, run
from bench.rounds import Limits, Table, build_in_turn, edit, project_folder, serve_edits
from bench.tools import PEERS, Bare, Factloom, Plain, Tool
from bench.workload import SIZES, Workload, make_workload

_FEW = ("L", "XL")  # sizes at which a build from nothing takes minutes
_PLAIN = ("XL",)  # sizes at which only plain pages are measured, without other tools
_WORKERS = 4


def main(arguments: Sequence[str] | None = None) -> None:
    """Measure, and write what was measured."""
    asked = read_arguments(arguments)
    with tempfile.TemporaryDirectory(prefix="bench-") as folder:
        work = Path(asked.work or folder).resolve()
        home = Path(asked.tools or work / "tools").resolve()
        if not asked.alone:
            install.install(home)
        measured = measure(work, home, asked)
    if asked.write:
        results.write(measured)
    else:
        print(results.text(measured))


def read_arguments(arguments: Sequence[str] | None) -> argparse.Namespace:
    """What is asked for."""
    parser = argparse.ArgumentParser(prog="python -m bench.run", description=__doc__)
    parser.add_argument(
        "--sizes", default="report S M L", help="which sizes, in quotes, of report, S, M, L and XL (default: all but XL)"
    )
    parser.add_argument("--runs", type=int, default=5, help="runs of which the median counts")
    parser.add_argument("--cold-large", type=int, default=2, help="runs from an empty cache at the largest sizes")
    parser.add_argument("--limit", type=float, default=900, help="seconds after which a build counts as not finishing")
    parser.add_argument("--limit-others", type=float, help="the same for the other tools (default: that of --limit)")
    parser.add_argument("--alone", action="store_true", help="only Factloom and the bare engine; nothing is installed")
    parser.add_argument("--plain", action="store_true", help="only plain pages, not everything that Factloom makes")
    parser.add_argument(
        "--tools", default=os.environ.get("BENCH_TOOLS"), help="where the other tools are, or will be installed"
    )
    parser.add_argument(
        "--work", default=os.environ.get("BENCH_WORK"), help="where the projects are made (default: for the run)"
    )
    parser.add_argument("--write", action="store_true", help="write bench/RESULTS.md and bench/cost.svg")
    return parser.parse_args(arguments)


def measure(work: Path, home: Path, asked: argparse.Namespace) -> results.Measured:
    """All rows of one run."""
    table = Table(lambda line: print(line, file=sys.stderr, flush=True))
    measured = results.begin(table, home=None if asked.alone else home, runs=asked.runs, cold_large=asked.cold_large)
    for size in asked.sizes.split():  # in the order asked for, so that what needs quiet can wait for it
        if size == flagship.SIZE:
            flagship.measure(table, work, home, runs=asked.runs, limit=asked.limit, alone=asked.alone)
        else:
            _measure_size(table, work, home, size, asked)
    if smallest := next((size for size in SIZES if size in asked.sizes.split()), None):
        measured.chart = _chart(project_folder(work, smallest, Plain.name))
    return results.end(measured)


def _measure_size(table: Table, work: Path, home: Path, size: str, asked: argparse.Namespace) -> None:
    """Everything first, then plain pages, the bare engine and the other tools."""
    workload = make_workload(SIZES[size])
    plain = Plain(project_folder(work, size, Plain.name), workload)
    tools: list[Tool] = [plain]
    if size not in _PLAIN:
        whole = [] if asked.plain else [Factloom(project_folder(work, size, Factloom.name), workload)]
        tools = [*whole, plain, Bare(project_folder(work, size, Bare.name), workload)]
        if not asked.alone:
            tools += _peers(work, home, size, workload)
    colds = min(asked.runs, asked.cold_large) if size in _FEW else asked.runs
    runs = colds if size in _PLAIN else asked.runs
    limits = Limits(own=asked.limit, others=asked.limit_others or asked.limit)
    build_in_turn(table, size, tools, runs=runs, colds=colds, limits=limits)
    _check(table, size, plain, asked)
    if size == "M":
        _jobs(table, size, plain, asked)
    if size in _PLAIN:
        _dask(table, size, plain, asked)
        return
    for tool in tools:
        if tool.serve(0) and not asked.alone:
            serve_edits(table, size, tool, runs=asked.runs)


def _peers(work: Path, home: Path, size: str, workload: Workload) -> list[Tool]:
    found = [peer(project_folder(work, size, peer.name), workload, home) for peer in PEERS]
    return [one for one in found if one.installed()]


def _check(table: Table, size: str, plain: Plain, asked: argparse.Namespace) -> None:
    """After an edit, and with nothing changed since; at the sizes where that takes long, with nothing kept before, too."""
    if size in _FEW:
        plain.clean()
        cost = run(plain.check(), plain.root, limit=asked.limit, env=plain.environment())
        table.add(size, plain.name, results.FIRST_CHECK, cost)
    for number in range(asked.runs):
        edit(plain, asked.runs + number)  # a value that no round before has left
        for work in (results.CHECK_EDIT, results.CHECK):
            table.add(size, plain.name, work, run(plain.check(), plain.root, limit=asked.limit, env=plain.environment()))


def _jobs(table: Table, size: str, plain: Plain, asked: argparse.Namespace) -> None:
    """One process against two, from an empty cache."""
    for _ in range(min(asked.runs, 3)):
        for jobs in (1, 2):
            tool = Plain(plain.root, plain.workload, jobs=jobs)
            tool.clean()
            cost = run(tool.command(), tool.root, limit=asked.limit, env=tool.environment())
            table.add(size, plain.name, results.jobs(jobs), cost)


def _dask(table: Table, size: str, plain: Plain, asked: argparse.Namespace) -> None:
    """From nothing, on a Dask cluster of this machine: the same bytes as the build after an edit before it."""
    try:
        edit(plain, 0)
        run(plain.command(), plain.root, limit=asked.limit, env=plain.environment())
        before = fingerprint(plain.root / "site")
        plain.clean()
        with cluster(_WORKERS) as found:
            command = (*plain.command(), "--dask", found.address)
            cost = run(command, plain.root, limit=asked.limit, env=plain.environment())
        if fingerprint(plain.root / "site") == before:
            costs = (cost, *found.costs)
            cpu, peak = sum(one.cpu for one in costs), max(one.peak for one in costs)
            table.add(size, plain.name, results.DASK, replace(cost, cpu=cpu, peak=peak))
        else:
            table.fail(size, plain.name, results.DASK, "other bytes than a build without Dask")
    except FailedError as error:  # what was measured before stays
        table.fail(size, plain.name, results.DASK, str(error))


def _chart(project: Path) -> dict[str, float]:
    """Milliseconds and bytes of one chart, in a process of its own."""
    ran = subprocess.run(
        [sys.executable, "-m", "bench.charts", project], capture_output=True, check=True, encoding="utf-8", cwd=results.HOME
    )
    found: dict[str, float] = json.loads(ran.stdout)
    return found


if __name__ == "__main__":
    main()

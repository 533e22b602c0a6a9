"""Measures Factloom beside other tools on one report in three sizes: python -m bench.run --help."""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

from bench import install, results
from bench.measure import run
from bench.rounds import Table, build_in_turn, project_folder, serve_edits
from bench.tools import PEERS, Bare, Factloom, Tool, Whole
from bench.workload import SIZES, Workload, make_workload

_LARGE = "L"


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
    parser.add_argument("--sizes", default="S M L", help="which sizes, in quotes (default: all)")
    parser.add_argument("--runs", type=int, default=5, help="runs of which the median counts")
    parser.add_argument("--cold-large", type=int, default=2, help="runs from an empty cache at the largest size")
    parser.add_argument("--limit", type=float, default=900, help="seconds after which a build counts as not finishing")
    parser.add_argument("--alone", action="store_true", help="only Factloom and the bare engine; nothing is installed")
    parser.add_argument("--full", default="S M", help="the sizes at which everything that Factloom adds is measured too")
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
    for size in asked.sizes.split():
        workload = make_workload(SIZES[size])
        own = Factloom(project_folder(work, size, "factloom"), workload)
        tools: list[Tool] = [own, Bare(project_folder(work, size, "bare"), workload)]
        if size in asked.full.split():
            tools.append(Whole(project_folder(work, size, "whole"), workload))
        if not asked.alone:
            tools += _peers(work, home, size, workload)
        colds = min(asked.runs, asked.cold_large) if size == _LARGE else asked.runs
        build_in_turn(table, size, tools, runs=asked.runs, colds=colds, limit=asked.limit)
        _check(table, size, own, asked)
        _jobs(table, size, own, asked)
        for tool in tools:
            if tool.serve(0) and not asked.alone:
                serve_edits(table, size, tool, runs=asked.runs)
    measured.chart = _chart(project_folder(work, asked.sizes.split()[0], "factloom"))
    return results.end(measured)


def _peers(work: Path, home: Path, size: str, workload: Workload) -> list[Tool]:
    found = [peer(project_folder(work, size, peer.name), workload, home) for peer in PEERS]
    return [one for one in found if one.installed()]


def _check(table: Table, size: str, own: Factloom, asked: argparse.Namespace) -> None:
    for _ in range(asked.runs):
        table.add(size, own.name, results.CHECK, run(own.check(), own.root, limit=asked.limit, env=own.environment()))


def _jobs(table: Table, size: str, own: Factloom, asked: argparse.Namespace) -> None:
    """One process against two, from an empty cache."""
    if size != "M":
        return
    for _ in range(min(asked.runs, 3)):
        for jobs in (1, 2):
            tool = Factloom(own.root, own.workload, jobs=jobs)
            tool.clean()
            table.add(
                size, own.name, results.jobs(jobs), run(tool.command(), tool.root, limit=asked.limit, env=tool.environment())
            )


def _chart(project: Path) -> dict[str, float]:
    """Milliseconds and bytes of one chart, in a process of its own."""
    ran = subprocess.run(
        [sys.executable, "-m", "bench.charts", project], capture_output=True, check=True, encoding="utf-8", cwd=results.HOME
    )
    found: dict[str, float] = json.loads(ran.stdout)
    return found


if __name__ == "__main__":
    main()

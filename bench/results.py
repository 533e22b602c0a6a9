"""What was measured, as bench/RESULTS.md: the machine, every row, the goals and whether they are met, and a graph."""

from __future__ import annotations

import os
import platform
import statistics
import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path

from bench import flagship, graph
from bench.measure import Cost
from bench.peers import NODE_PACKAGES, PYTHON_PACKAGES
from bench.rounds import COLD, EDIT, SAME, SERVE, Row, Table
from bench.tools import Bare, Factloom, Hugo, Macros, Plain
from bench.workload import SIZES

HOME = Path(__file__).resolve().parent.parent
CHECK, CHECK_EDIT, FIRST_CHECK = "check", "check, one fact changed", "check, nothing kept"
DASK = "cold, on Dask with 4 workers"
_OWN = ("mkdocs", "mkdocs-material", "matplotlib", "jinja2", "icu4py", "pyyaml")
_MB, _GIB = 1e6, 2**30


def jobs(count: int) -> str:
    """The name of the row of a cold build by so many processes."""
    return f"cold, --jobs {count}"


@dataclass(slots=True, kw_only=True)
class Measured:
    """All rows of one run, and what it ran on."""

    table: Table
    runs: int
    cold_large: int
    machine: str
    versions: str
    began: str
    load: str
    chart: dict[str, float] = field(default_factory=dict)

    def median(self, size: str, tool: str, work: str, what: Callable[[Cost], float] = lambda cost: cost.wall) -> float | None:
        """The median of a row; None where it was not measured or ended badly."""
        row = self.table.rows.get((size, tool, work))
        return statistics.median(what(one) for one in row.costs) if row and row.costs and not row.trouble else None


def begin(table: Table, *, home: Path | None, runs: int, cold_large: int) -> Measured:
    """Note the machine, the versions and the hour."""
    return Measured(
        table=table,
        runs=runs,
        cold_large=cold_large,
        machine=_machine(),
        versions=", ".join(_versions(home)),
        began=f"{datetime.now(UTC):%Y-%m-%d %H:%M} UTC",
        load=f"{os.getloadavg()[0]:.1f}",
    )


def end(measured: Measured) -> Measured:
    """Note how busy the machine was."""
    measured.load += f" before, {os.getloadavg()[0]:.1f} after"
    return measured


def _machine() -> str:
    names = [line.partition(":")[2].strip() for line in _read("/proc/cpuinfo") if line.startswith("model name")]
    parse_cache = next((int(line.split()[1]) / 2**20 for line in _read("/proc/meminfo") if line.startswith("MemTotal")), 0)
    return f"{names[0] if names else platform.machine()}, {os.cpu_count()} cores, {parse_cache:.0f} GiB, {platform.system()}"


def _read(path: str) -> list[str]:
    file = Path(path)
    return file.read_text(encoding="utf-8").splitlines() if file.is_file() else []


def _versions(home: Path | None) -> Iterator[str]:
    yield f"Python {platform.python_version()}"
    yield from (f"{name} {version(name)}" for name in _OWN)
    if home is None:
        return
    yield from (f"{name}: {' '.join(packages)}" for name, packages in PYTHON_PACKAGES.items())
    try:
        node = subprocess.run(["node", "--version"], capture_output=True, check=True, encoding="utf-8")  # noqa: S607  as on PATH
    except OSError:
        return
    yield from (f"{name}: {' '.join(packages)} on Node {node.stdout.strip()}" for name, packages in NODE_PACKAGES.items())


# --- rows -------------------------------------------------------------------------------------


def _row(measured: Measured, row: Row) -> str:
    if row.trouble or not row.costs:
        return f"| {row.size} | {row.work} | {row.tool} | {row.trouble.replace('|', '/')} | | | | | |"
    walls = sorted(one.wall for one in row.costs)
    wall = statistics.median(walls)
    base = Factloom.name if row.size == flagship.SIZE else Plain.name
    plain = measured.median(row.size, base, row.work)
    ratio = f"{wall / plain:.2f}×" if plain else ""
    cpu, peak = (statistics.median(found) for found in ([one.cpu for one in row.costs], [one.peak for one in row.costs]))
    return (
        f"| {row.size} | {row.work} | {row.tool} | {wall:.2f} | {walls[0]:.2f}–{walls[-1]:.2f} | {ratio} |"
        f" {f'{cpu:.2f}' if cpu else ''} | {f'{peak / _MB:.0f}' if peak else ''} | {len(walls)} |"
    )


# --- goals ------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class Goal:
    """A figure, the most or the least it may be, and what was measured."""

    name: str
    found: float | None
    limit: float
    unit: str = "s"
    least: bool = False

    @property
    def met(self) -> bool | None:
        """Whether it is met; None where nothing was measured."""
        if self.found is None:
            return None
        return self.found >= self.limit if self.least else self.found <= self.limit

    def line(self) -> str:
        """A row of the table of goals."""
        bound = f"{'at least' if self.least else 'at most'} {self.limit:g} {self.unit}"
        if self.found is None:
            return f"| {self.name} | {bound} | not measured | |"
        off = "" if self.met else f" ({self.found / self.limit:.2f} of it)"
        return f"| {self.name} | {bound} | {self.found:.3g} {self.unit} | {'met' if self.met else 'missed'}{off} |"


def goals(measured: Measured) -> Iterator[Goal]:
    """What was promised: everything on first, then plain pages."""
    yield from _report_goals(measured)
    yield from _whole_goals(measured)
    yield from _plain_goals(measured)
    yield from _largest_goals(measured)
    yield Goal(name="one chart of ten bars", found=measured.chart.get("ms"), limit=40, unit="ms")
    weight = measured.chart.get("bytes")
    yield Goal(name="one chart of ten bars", found=weight and weight / 1000, limit=15, unit="kB")


def _ratio(first: float | None, second: float | None) -> float | None:
    return first / second if first and second else None


def _cpu(cost: Cost) -> float:
    return cost.cpu


def _peak(cost: Cost) -> float:
    return cost.peak


def _report_goals(measured: Measured) -> Iterator[Goal]:
    """This repository's report."""
    size, own = flagship.SIZE, Factloom.name
    cold, edit = (measured.median(size, own, work) for work in (COLD, EDIT))
    yield Goal(name=f"report, {EDIT}", found=edit, limit=1)
    yield Goal(name=f"report, {EDIT}, of its cold build", found=_ratio(edit, cold), limit=0.1, unit="×")
    yield Goal(name=f"report, {flagship.PAGE}", found=measured.median(size, own, flagship.PAGE), limit=0.2)
    yield Goal(name=f"report, {flagship.FILES}", found=measured.median(size, own, flagship.FILES), limit=1.5)
    bare = measured.median(size, Bare.name, COLD)
    yield Goal(name="report, cold, of the bare engine", found=_ratio(cold, bare), limit=2.5, unit="×")


def _whole_goals(measured: Measured) -> Iterator[Goal]:
    """The workload with everything on."""
    whole, plain = Factloom.name, Plain.name
    for work, limit in ((COLD, 2.0), (EDIT, 1.2)):
        found = _ratio(measured.median("M", whole, work, _cpu), measured.median("M", plain, work, _cpu))
        yield Goal(name=f"M, {work}, processors, of plain pages", found=found, limit=limit, unit="×")
    yield Goal(name=f"L, {EDIT}", found=measured.median("L", whole, EDIT), limit=2)
    peak = measured.median("L", whole, COLD, _peak)
    yield Goal(name="L, cold, largest process", found=peak and peak / _GIB, limit=1, unit="GiB")
    for small, large in (("S", "M"), ("M", "L")):
        found = _ratio(*(measured.median(size, whole, EDIT, _cpu) for size in (large, small)))
        yield Goal(name=f"{EDIT}, processors, {large} of {small}", found=found, limit=2, unit="×")


def _plain_goals(measured: Measured) -> Iterator[Goal]:
    """What the other tools make too."""
    plain = Plain.name
    cold = {size: measured.median(size, plain, COLD) for size in SIZES}
    bare = measured.median("M", Bare.name, COLD)
    yield Goal(name="plain, cold M, of the bare engine", found=_ratio(cold["M"], bare), limit=1.6, unit="×")
    macros = _ratio(measured.median("M", Macros.name, COLD), cold["M"])
    yield Goal(name=f"plain, cold M, faster than {Macros.name}", found=macros, limit=3, unit="×", least=True)
    large, middle = (cold[size] and cold[size] / SIZES[size].pages for size in ("L", "M"))  # type: ignore[operator]  # None is falsy
    yield Goal(name="plain, cold L, seconds a page, of those of M", found=_ratio(large, middle), limit=1.5, unit="×")
    for work, limits in ((SAME, (0.3, 0.5, 2.0)), (EDIT, (1.0, 1.2, 2.0)), (SERVE, (0.25, 0.4, 1.0))):
        for size, limit in zip(SIZES, limits, strict=False):  # none for XL
            yield Goal(name=f"plain, {work}, {size}", found=measured.median(size, plain, work), limit=limit)
    faster = _ratio(measured.median("L", Hugo.name, EDIT), measured.median("L", plain, EDIT))
    yield Goal(name=f"plain, {EDIT}, L, faster than {Hugo.name}", found=faster, limit=1.4, unit="×", least=True)
    yield Goal(name="check, L", found=measured.median("L", plain, CHECK), limit=3)
    two = _ratio(measured.median("M", plain, jobs(1)), measured.median("M", plain, jobs(2)))
    yield Goal(name="plain, cold M, two jobs against one", found=two, limit=1.7, unit="×", least=True)


def _largest_goals(measured: Measured) -> Iterator[Goal]:
    """A hundred thousand facts."""
    plain = Plain.name
    yield Goal(name="XL, check, nothing kept", found=measured.median("XL", plain, FIRST_CHECK), limit=30)
    yield Goal(name="XL, check, processors", found=measured.median("XL", plain, CHECK, _cpu), limit=2.5)
    peak = measured.median("XL", plain, FIRST_CHECK, _peak)
    yield Goal(name="XL, check, largest process", found=peak and peak / _MB, limit=800, unit="MB")
    yield Goal(name=f"XL, plain, {EDIT}", found=measured.median("XL", plain, EDIT), limit=4)
    peak = measured.median("XL", plain, DASK, _peak)
    yield Goal(name="XL, plain, on Dask, largest process", found=peak and peak / _GIB, limit=2, unit="GiB")


# --- the page ---------------------------------------------------------------------------------


def text(measured: Measured) -> str:
    """All of it in Markdown."""
    sizes = "; ".join(f"{name} = {one.facts:,} facts, {one.pages:,} pages, {one.pages:,} charts" for name, one in SIZES.items())
    lines = [
        "# What it costs",
        "",
        f"Written by `make bench`, {measured.began}, in one run. {measured.machine}; load {measured.load}.",
        f"{measured.versions}.",
        "",
        f"{sizes}; each in Japanese and English, about 450 words a page with ten facts in the text, a table and a bar chart.",
        f"Medians of {measured.runs} runs in turn ({measured.cold_large} for {COLD} at L and XL), seconds on the clock.",
        "Every output was checked: each fact in text and table, every label of the chart, the changed value after an edit.",
        "",
        "![Seconds over pages, both on scales of powers](cost.svg)",
        "",
        "## Goals",
        "",
        "| figure | goal | measured | |",
        "|---|---|---|---|",
        *(goal.line() for goal in goals(measured)),
        "",
        "## All rows",
        "",
        "| size | work | tool | s | from–to | of plain | s of processors | MB, largest process | runs |",
        "|---|---|---|---|---|---|---|---|---|",
        *(_row(measured, row) for row in _sorted(measured)),
        "",
        _NOTES,
    ]
    return "\n".join(lines)


def _sorted(measured: Measured) -> list[Row]:
    """By size, work and, first of each, everything."""
    sizes = [flagship.SIZE, *SIZES]
    works = [COLD, DASK, jobs(1), jobs(2), SAME, EDIT, FIRST_CHECK, CHECK_EDIT, CHECK, SERVE, flagship.PAGE, flagship.FILES]
    return sorted(measured.table.rows.values(), key=lambda row: (sizes.index(row.size), works.index(row.work)))


_NOTES = """\
## Read with care

- "Factloom" makes all that it makes by default: besides pages with text, table and chart, navigation and search, a page and a
  card per fact, lists of facts and sources, feeds, citations, data files, workbooks, pages as Markdown, pictures and the print
  edition. "Factloom, plain pages" makes what the others make (`outputs: []`). The column "of plain" is relative to it.
- "report" is the report of this repository, with everything; another fact is changed in each round, and its ratios are to its
  own builds. `serve` counts until the page of the fact is another, and until its JSON, all facts and the print edition are.
- Beside the report stands MkDocs with Material, macros, static-i18n, rss and print-site: the same pages in both languages with
  each number a call of a macro, a page and a JSON file per fact, feeds, a print page, and bars of the rows of each chart as SVG
  and PNG. It leaves out cards at numbers, workings and histories, citations, tables and workbooks, pages as Markdown, frames,
  search by kinds, cards for networks (their plugin fetches fonts while it builds), and all proof.
- The bare engine is `mkdocs build` on the Markdown that Factloom made, both languages side by side.
- Hugo and Eleventy have a small layout without scripts or search; the others carry their whole theme. Part of each ratio is
  the theme.
- Hugo reads its facts as JSON at L, because it refuses one YAML file of so many. Eleventy reads them in its configuration.
- Zensical needs a step that puts facts into its Markdown, which is part of each of its times; its server serves one language.
- "MB, largest process" is never less than the bench itself had when it began the process, as a child begins with its pages.
- `serve` of the workload counts from saving the file until the served page of the first language shows the new number,
  looked at every 10 ms.
"""


def _lines(measured: Measured) -> dict[str, dict[int, float]]:
    """What the graph shows: seconds over pages."""
    whole, plain = Factloom.name, Plain.name
    shown = ((whole, COLD), (plain, COLD), (Bare.name, COLD), (whole, EDIT), (plain, EDIT), (Hugo.name, EDIT))
    return {
        f"{tool}, {work}": {
            one.pages: seconds for size, one in SIZES.items() if (seconds := measured.median(size, tool, work)) is not None
        }
        for tool, work in shown
    }


def write(measured: Measured) -> None:
    """Write bench/RESULTS.md and the graph that it shows."""
    (HOME / "bench/cost.svg").write_text(graph.draw(_lines(measured)), encoding="utf-8")
    (HOME / "bench/RESULTS.md").write_text(text(measured), encoding="utf-8")
    print(f"written: {HOME / 'bench/RESULTS.md'}", file=sys.stderr)

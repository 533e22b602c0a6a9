"""Every tool does the same work in turn, round after round, so that a busy moment of the machine falls on all of them alike."""

from __future__ import annotations

import subprocess
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from bench.gate import problems
from bench.measure import Cost, FailedError, Window, free_port, run, serving
from bench.tools import Bare, Factloom, Tool
from bench.workload import LANGUAGES, Workload

COLD, SAME, EDIT, SERVE = "cold", "nothing changed", "one fact changed", "serve"
_FACT = 3  # of the first page: the one that is edited


@dataclass(slots=True, kw_only=True)
class Row:
    """What one tool cost at one size for one kind of work, run by run; and why there is no more, if so."""

    size: str
    tool: str
    work: str
    costs: list[Cost] = field(default_factory=list)
    trouble: str = ""


Say = Callable[[str], None]


class Table:
    """All rows, found or begun by their keys."""

    def __init__(self, say: Say) -> None:
        self.rows: dict[tuple[str, str, str], Row] = {}
        self.say = say

    def row(self, size: str, tool: str, work: str) -> Row:
        """The row of a tool's work at a size."""
        return self.rows.setdefault((size, tool, work), Row(size=size, tool=tool, work=work))

    def add(self, size: str, tool: str, work: str, cost: Cost) -> None:
        """One more run."""
        self.row(size, tool, work).costs.append(cost)
        self.say(f"{size} {tool}, {work}: {cost.wall:.2f} s, {cost.cpu:.2f} s of processors, {cost.peak / 1e6:.0f} MB")

    def fail(self, size: str, tool: str, work: str, why: str) -> None:
        """A run that is no row."""
        self.row(size, tool, work).trouble = why
        self.say(f"{size} {tool}, {work}: {why}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """Seconds after which a build counts as not finishing: ours, with the bare engine, and that of another tool."""

    own: float
    others: float


def build_in_turn(table: Table, size: str, tools: Sequence[Tool], *, runs: int, colds: int, limits: Limits) -> None:
    """Build with every tool: from nothing (in the first `colds` rounds), with nothing changed, with one fact changed."""
    live = []
    for tool in tools:
        try:
            tool.write()
            live.append(tool)
        except (OSError, subprocess.CalledProcessError) as error:
            table.fail(size, tool.name, COLD, f"could not be prepared: {error}")
    for number in range(runs):
        for tool in list(live):
            try:
                limit = limits.own if isinstance(tool, Factloom | Bare) else limits.others
                _round(table, size, tool, number, cold=number < colds, limit=limit)
            except FailedError as error:
                live.remove(tool)
                table.fail(size, tool.name, COLD if number < colds else EDIT, str(error))


def edit(tool: Tool, number: int) -> tuple[Workload, str]:
    """Save the value of a round for the fact that is edited: the workload with it, and the fact's id."""
    fact = tool.workload.pages[0].facts[_FACT].id
    edited = tool.workload.edited(fact, edited_value(tool.workload, fact, number))
    tool.save(edited, fact)
    return edited, fact


def _round(table: Table, size: str, tool: Tool, number: int, *, cold: bool, limit: float) -> None:
    workload, fact = tool.workload, tool.workload.pages[0].facts[_FACT].id

    def build() -> Cost:
        return run(tool.command(), tool.root, limit=limit, env=tool.environment())

    if cold:
        tool.save(workload, fact)
        tool.clean()
        table.add(size, tool.name, COLD, build())
        if not number:
            _pass(tool, workload)
    if isinstance(tool, Bare):
        return  # it knows no facts
    table.add(size, tool.name, SAME, build())
    edited, _ = edit(tool, number)
    table.add(size, tool.name, EDIT, build())
    _pass(tool, edited, fact)


def edited_value(workload: Workload, fact: str, number: int) -> str:
    """Another value for every round, of the same form."""
    whole, point, rest = workload.facts[fact].value.partition(".")
    return f"{int(whole) + 1111 * (number + 1)}{point}{rest}"


def _pass(tool: Tool, workload: Workload, fact: str = "") -> None:
    """FailedError where a page lacks something; only the pages of a fact, if one is named."""
    pages = [page for page in workload.pages if not fact or any(one.id == fact for one in page.facts)]
    found = list(problems(pages, tool.page))
    if found:
        msg = f"{len(found)} things are missing: {'; '.join(found[:2])}"
        raise FailedError(msg)


def serve_edits(table: Table, size: str, tool: Tool, *, runs: int) -> None:
    """From saving a changed fact to the served page that shows it."""
    port, workload = free_port(), tool.workload
    page, fact, language = workload.pages[0], workload.pages[0].facts[_FACT], LANGUAGES[0]
    tool.write()
    first = workload.edited(fact.id, edited_value(workload, fact.id, runs))  # not what an earlier run left behind
    tool.save(first, fact.id)
    try:
        _prepare(tool)
        with serving(tool.serve(port), tool.root, tool.environment()) as runs_on:
            window = Window(port=port, path=tool.address(page, language), runs=runs_on)
            window.until(first.facts[fact.id].shown(language))
            taken = window.edits(_edits(tool, fact.id, runs))
    except FailedError as error:
        table.fail(size, tool.name, SERVE, str(error))
        return
    for wall in taken:
        table.add(size, tool.name, SERVE, Cost(wall=wall, cpu=0, peak=0))


def _edits(tool: Tool, fact: str, runs: int) -> Iterator[tuple[Callable[[], None], str]]:
    for number in range(runs):
        edited = tool.workload.edited(fact, edited_value(tool.workload, fact, number))

        def save(edited: Workload = edited) -> None:
            tool.save(edited, fact)
            _prepare(tool)

        yield save, edited.facts[fact].shown(LANGUAGES[0])


def _prepare(tool: Tool) -> None:
    """What some tools need before they see an edit: a step that puts facts into their Markdown."""
    if step := tool.step():
        subprocess.run(step, cwd=tool.root, check=True)


def project_folder(work: Path, size: str, tool: str) -> Path:
    """Where a tool's project of a size stands."""
    return work / size / "".join(char if char.isalnum() else "-" for char in tool.lower())

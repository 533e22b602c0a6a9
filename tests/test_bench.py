"""The bench measures what it says: its reports build, its gates hold back what is incomplete, its numbers become a page."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path

import pytest

from bench import flagship, results, run
from bench.gate import problems
from bench.graph import draw, told
from bench.measure import Cost, FailedError
from bench.measure import run as run_program
from bench.project import write_project
from bench.rounds import COLD, EDIT, SAME, Row, Table
from bench.tools import Bare, Factloom, Plain
from bench.workload import SIZES, Size, Workload, letters, make_workload
from generator.charts.layout import lay_out
from generator.charts.scene import Patch
from generator.checks.project_check import check_project
from generator.wording.texts import Texts

TINY = Size(20, 2)


def quiet(_: str) -> None:
    """Say nothing."""


@pytest.mark.parametrize("size", ["S", "M"])
def test_every_row_of_the_smaller_sizes_passes_its_gate(size: str, tmp_path: Path) -> None:
    """No limit in seconds: a busy machine is no fault of the code."""
    options = run.read_arguments(["--alone", "--runs", "1", "--sizes", size, *(["--plain"] if size == "M" else [])])
    measured = run.measure(tmp_path, tmp_path, options)
    assert [row.trouble for row in measured.table.rows.values() if row.trouble] == []
    assert {(row.tool, row.work) for row in measured.table.rows.values()} >= {
        *((Factloom.name, work) for work in (COLD, SAME, EDIT) if size == "S"),
        *((Plain.name, work) for work in (COLD, SAME, EDIT)),
        (Bare.name, COLD),
    }


def test_the_report_of_a_size_has_no_finding_lean_and_full(tmp_path: Path) -> None:
    for full in (False, True):
        write_project(tmp_path / str(full), make_workload(TINY), full=full)
        assert check_project(tmp_path / str(full)).findings == ()


def test_the_same_report_every_time_and_no_name_with_a_digit() -> None:
    assert make_workload(SIZES["M"]).facts == make_workload(SIZES["M"]).facts
    assert len({fact.label["en"] for fact in make_workload(SIZES["L"]).facts.values()}) == SIZES["L"].facts
    assert [letters(one) for one in (0, 19, 20, 400)] == ["B", "Z", "CB", "CBB"]


def a_page(workload: Workload, *, without: str = "") -> str:
    page = workload.pages[0]
    labels = "".join(f"<text>{fact.label['ja']}{fact.label['en']}</text>" for fact in page.facts)
    values = "".join(f"<td>{fact.shown(code)}</td> " for fact in page.facts for code in ("ja", "en"))
    html = f"<p>{values}</p><table>{values}</table><svg><title>x</title>{labels}</svg>"
    return html.replace(without, "", 1) if without else html


@pytest.mark.parametrize(
    ("without", "expected"),
    [
        ("", 0),
        ("<table>", 2),
        ("<svg>", 20),
        ("<td>{}</td>", 1),
        ("<text>{}", 1),
    ],
)
def test_the_gate_sees_what_a_page_lacks(without: str, expected: int, tmp_path: Path) -> None:
    workload = make_workload(TINY)
    fact = workload.pages[0].facts[2]
    named = without.format(fact.shown("en") if "td" in without else fact.label["ja"])
    file = tmp_path / "page.html"
    file.write_text(a_page(workload, without=named), encoding="utf-8")
    assert len(list(problems(workload.pages[:1], lambda *_: file))) == expected


def test_the_gate_sees_a_stale_value_and_a_missing_page(tmp_path: Path) -> None:
    workload = make_workload(TINY)
    file = tmp_path / "page.html"
    file.write_text(a_page(workload), encoding="utf-8")
    fact = workload.pages[0].facts[2]
    edited = workload.edited(fact.id, "7")
    assert [one.partition(":")[0] for one in problems(edited.pages[:1], lambda *_: file)] == [
        "s001/p0001 in ja",
        "s001/p0001 in en",
    ]
    assert len(list(problems(workload.pages, lambda page, code: tmp_path / page.slug / code))) == 4


def test_a_program_costs_something_and_a_bad_end_is_told_with_its_last_words(tmp_path: Path) -> None:
    cost = run_program(["sh", "-c", "sleep 0.1"], tmp_path, limit=20)
    assert cost.wall > 0.1
    assert cost.peak > 0
    with pytest.raises(FailedError, match=r"3 after .*no such luck"):
        run_program(["sh", "-c", "echo no such luck; exit 3"], tmp_path, limit=20)
    with pytest.raises(FailedError, match="no end within"):
        run_program(["sleep", "60"], tmp_path, limit=0.2)


def a_measurement(**walls: float) -> results.Measured:
    table = Table(quiet)
    for size, wall in walls.items():
        for tool in (Factloom.name, Plain.name, Bare.name):
            row = Row(size=size, tool=tool, work=COLD, costs=[Cost(wall=wall, cpu=wall, peak=10**8)] * 3)
            table.rows[size, tool, COLD] = row
    return results.Measured(
        table=table,
        runs=3,
        cold_large=1,
        machine="a machine",
        versions="some",
        began="today",
        load="0",
        chart={"ms": 50, "bytes": 9e3},
    )


def test_goals_are_met_missed_or_not_measured() -> None:
    lines = {goal.name: goal.line().split("|")[4].strip() for goal in results.goals(a_measurement(M=8, L=160))}
    assert lines["plain, cold M, of the bare engine"] == "met"
    assert lines["plain, cold L, seconds a page, of those of M"] == "missed (1.33 of it)"
    assert lines["plain, one fact changed, S"] == ""


def test_everything_is_measured_against_plain_pages_and_the_report_against_itself() -> None:
    measured = a_measurement(M=8)
    measured.table.rows["M", Factloom.name, COLD].costs[:] = [Cost(wall=20, cpu=20, peak=10**8)] * 3
    report = Row(size=flagship.SIZE, tool=Factloom.name, work=COLD, costs=[Cost(wall=5, cpu=6, peak=10**8)])
    measured.table.rows[flagship.SIZE, Factloom.name, COLD] = report
    lines = {goal.name: goal.line().split("|")[4].strip() for goal in results.goals(measured)}
    assert lines["M, cold, processors, of plain pages"] == "missed (1.25 of it)"
    assert "| report | cold | Factloom | 5.00 | 5.00–5.00 | 1.00× |" in results.text(measured)


def test_a_fact_of_the_report_is_changed_and_put_back(tmp_path: Path) -> None:
    root = flagship.copy_report(tmp_path)
    (change,) = flagship.changes(root, 1)
    change.make()
    assert change.path.read_text(encoding="utf-8") == change.after
    change.undo()
    assert change.path.read_bytes() == (results.HOME / change.path.relative_to(root)).read_bytes()


def test_a_row_that_ended_badly_says_so_in_the_page() -> None:
    measured = a_measurement(S=1, M=2)
    key = ("M", Bare.name, COLD)
    measured.table.rows[key] = replace(measured.table.rows[key], trouble="1 after 3 s: a | b")
    page = results.text(measured)
    assert "| S | cold | Factloom | 1.00 | 1.00–1.00 | 1.00× | 1.00 | 100 | 3 |" in page
    assert "| M | cold | bare engine | 1 after 3 s: a / b |" in page


def test_the_graph_has_a_line_per_tool_with_its_name() -> None:
    svg = draw({"one tool": {10: 0.1, 100: 1, 1000: 10}, "another": {10: 2, 1000: 3}})
    assert "One tool" in svg  # begun with a capital letter, as labels are
    assert "Another" in svg
    assert "10s" in svg.replace(" ", "")


def test_a_power_is_a_straight_line() -> None:
    edition = told({"square": {1: 0.1, 10: 10, 1000: 100_000}})
    scene = lay_out(edition.charts["cost"], edition, Texts(edition, edition.report.default), width="wide")
    (start, middle), (again, end) = (one.points for one in scene.shapes if isinstance(one, Patch) and one.stroke_width == 2.4)
    assert again == middle
    assert (end[0] - middle[0]) / (middle[0] - start[0]) == pytest.approx(2)
    assert (end[1] - middle[1]) / (middle[1] - start[1]) == pytest.approx(2)


@pytest.mark.parametrize(("name", "form"), [("README.md", "{} times as fast"), ("README.ja.md", "{}倍")])
def test_the_readme_has_the_figures_of_the_last_run(name: str, form: str) -> None:
    measured = (results.HOME / "bench/RESULTS.md").read_text(encoding="utf-8")
    readme = (results.HOME / name).read_text(encoding="utf-8").replace("\n", " ")
    for work, digits in (("cold", 1), ("one fact changed", 0)):
        found = re.search(rf"^\| report \| {work} \| MkDocs [^|]*\|[^|]*\|[^|]*\| ([\d.]+)× ", measured, re.MULTILINE)
        assert found
        assert form.format(f"{float(found[1]):.{digits}f}") in readme

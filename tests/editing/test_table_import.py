"""`factloom import`: what it proposes is read back as a build reads it, and is written after a yes only, never over anything."""

from __future__ import annotations

import io
import json
import shutil
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from sample_projects import PLAIN

from generator.checks.project_check import check_project
from generator.commands.main import main
from generator.editing import journal
from generator.editing.applying import apply_edit
from generator.editing.splices import Edit
from generator.tables.workbooks import WorkbookError, read_json, read_spreadsheet

E_STAT = (
    '"調査：","土地のしらべ"\r\n"表：","7"\r\n""\r\n"時間軸コード","時間軸（年）","面積　総数【ｋｍ２】","注記"\r\n'
    '"2021000000","2021年","2,345.6",""\r\n"2022000000","2022年","***","秘匿"\r\n"2023000000","2023年","-","該当なし"\r\n'
)
EUROSTAT = "freq,unit,geo\\TIME_PERIOD\t2021 \t2022 \nA,KM2,AT\t83.8 \t83.9 p\nA,KM2,BE\t30.6 b\t: \n"
WIDE = '\ufeff"Source","Areas",\r\n\r\n"Updated","2025-04-15",\r\n\r\n"Country","Code","2021","2022",\r\n"Austria","AUT","83879","..",\r\n'
FILING = '決算期,売上高（百万円）,増減率\n2024年3月期,"2,345,678",△3.2％\n2025年3月期,▲1，000,－\n'
SHEET = 'year,"area\n(sq km)",link\n2023,~500,https://x.example/?a=1\n2024,$1.2M,n/a\n2025,TBD,\nTotal,=SUM(B2:B4),\n'

READ = [
    # a file as it is published, its bytes, and lines of what is shown
    ("land.csv", E_STAT.encode("cp932"), ['encoding: "cp932"', "headerRows: [4]", "2021 | 2,345.6", "2022 | ***", "2023 | -"]),
    ("area.tsv", EUROSTAT.encode(), ["83.8 | 30.6 (break)", "83.9 (provisional) | :", 'flags: {b: "break", p: "provisional"}']),
    ("bank.csv", WIDE.encode(), ["2021 | 83,879", "2022 | .."]),
    ("filing.csv", FILING.encode(), ["April 2023 to March 2024 | 2,345,678,000,000 | -3.2%", "| -1,000,000,000 | －"]),
    ("rows.json", b'[{"year": 2023, "area": 1.50}, {"year": 2024, "area": null}]', ["2023 | 1.50", "2024 | \u2013"]),
]


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """The good project."""
    return shutil.copytree(PLAIN, tmp_path / "project")


def run(root: Path, name: str, content: bytes, *options: str) -> Result:
    """The command, on a file beside the project."""
    path = root.parent / name
    path.write_bytes(content)
    return CliRunner().invoke(main, ["import", str(path), "--root", str(root), "--language", "en", *options])


@pytest.mark.parametrize(("name", "content", "shown"), READ, ids=[name for name, _, _ in READ])
def test_a_published_table_comes_in(name: str, content: bytes, shown: list[str], root: Path) -> None:
    result = run(root, name, content, "--yes")
    assert [line for line in shown if line not in result.output] == []
    assert result.exit_code == 0
    assert check_project(root).findings == ()
    written = (root / f"data/series/{name.partition('.')[0]}.csv").read_bytes()
    assert written == content or name.endswith(".json")


def test_a_sheet_as_newsrooms_keep_it_is_refused_with_a_finding_for_each_cell(root: Path) -> None:
    result = run(root, "sheet.csv", SHEET.encode(), "--yes")
    assert result.exit_code == 1
    for found in ("4:6", "$1.2M is not a number", "TBD is not a number", "=SUM(B2:B4) is a formula"):
        assert found in result.output
    assert "2023 | about 500" in result.output
    assert not (root / "data/series/sheet.csv").exists()


def test_what_was_refused_can_be_explained(root: Path) -> None:
    text = "year,area\n2023,500\n2024,TBD\nTotal,500\n"
    result = run(root, "sheet.csv", text.encode(), "--yes", "--missing", "TBD", "--leave-out", "4", "--unit", "area=m2")
    assert result.exit_code == 0
    assert "left out: line 4: Total, 500" in result.output
    draft = check_project(root).draft
    assert [row["area"].text for row in draft.cells["sheet"]] == ["500", ""]


def test_nothing_is_written_without_a_yes_or_over_anything(root: Path) -> None:
    def files() -> dict[Path, bytes]:
        return {path: path.read_bytes() for path in root.rglob("*") if path.is_file() and "build" not in path.parts}

    before = files()
    assert run(root, "filing.csv", FILING.encode(), "--dry-run").exit_code == 0
    assert run(root, "filing.csv", FILING.encode()).exit_code == 1  # no answer
    assert run(root, "levels.csv", FILING.encode(), "--yes").exit_code == 2
    (root / "data/series/filing.csv").write_text("mine")
    assert run(root, "filing.csv", FILING.encode(), "--yes").exit_code == 2
    (root / "data/series/filing.csv").unlink()
    assert files() == before


REFUSED = [
    ("a.csv", b"hello\nworld\n", "no table was found"),
    ("a.csv", b'year,area\n2023,"1,234"\n2024,"5,678"\n', "--decimal"),
    ("a.csv", "Jahr,Fläche\n2023,5\n".encode("cp1252"), "--encoding windows-1252"),
    ("a.csv", b"time,geo,unit,value\n2023,AT,ha,1\n2023,AT,km,2\n2023,BE,ha,1\n2023,BE,km,2\n", "--where"),
    ("a.json", b'{"a": {"b": 1}}', "no list of objects"),
    ("a.json", b"[" * 100_000, "cannot be read"),
    ("a.xlsx", b"PK\x03\x04 nothing", "cannot be read"),
    ("a.csv", b'year,area\n2023,"5\n', "a quote of this row does not close"),
    ("a.csv", b"year,Source\n2023,5\n2024,6\n", "a column of numbers is called Source"),
]


@pytest.mark.parametrize(("name", "content", "said"), REFUSED)
def test_what_is_not_certain_is_refused_with_what_to_type(name: str, content: bytes, said: str, root: Path) -> None:
    result = run(root, name, content, "--yes")
    assert result.exit_code in (1, 2)
    assert said in result.output
    assert not (root / "data/series/a.csv").exists()


def test_rows_are_chosen(root: Path) -> None:
    text = b"time,geo,unit,value\n2023,AT,ha,1\n2023,AT,km,2\n2023,BE,ha,3\n2023,BE,km,4\n"
    result = run(root, "a.csv", text, "--yes", "--where", "unit=km", "--unit", "m2")
    assert result.exit_code == 0
    assert [{key: cell.text for key, cell in row.items()} for row in check_project(root).draft.cells["a"]] == [
        {"period": "2023", "at": "2", "be": "4"}
    ]


OECD = (
    "REF_AREA,UNIT_MULT,TIME_PERIOD,OBS_VALUE,OBS_STATUS\nJPN,6,2023-Q1,140.5,A\nJPN,6,2023-Q2,141.25,P\n"
    "DEU,6,2023-Q1,100.5,E\nDEU,6,2023-Q2,101,A\n"
)
CANADA = (
    '"REF_DATE","GEO","SCALAR_FACTOR","SCALAR_ID","VALUE","STATUS"\n"2023-01","Canada","thousands ","3","12.5",""\n'
    '"2023-02","Canada","thousands ","3","13.1","E"\n"2023-03","Canada","thousands ","3","",".."\n'
)


def test_statuses_and_powers_of_ten_in_columns_of_their_own(root: Path) -> None:
    assert run(root, "oecd.csv", OECD.encode(), "--yes").exit_code == 0
    refused = run(root, "canada.csv", CANADA.encode(), "--yes")
    assert (refused.exit_code, "a flag that is not described: E" in refused.output) == (1, True)
    assert run(root, "canada.csv", CANADA.encode(), "--yes", "--flag", "E=unreliable").exit_code == 0
    cells = check_project(root).draft.cells
    assert [(row["jpn"].text, row["deu"].flags) for row in cells["oecd"]] == [("140.5e6", ("estimated",)), ("141.25e6", ())]
    assert [(row["value"].text, row["value"].flags, row["value"].missing) for row in cells["canada"]] == [
        ("12.5e3", (), ""),
        ("13.1e3", ("unreliable",), ""),
        ("", (), ".."),
    ]


def workbook(cells: str, strings: str = "") -> bytes:
    """An Excel file with one sheet of rows in its XML."""
    out = io.BytesIO()
    spreadsheet = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    package = "http://schemas.openxmlformats.org/package/2006/relationships"
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr(
            "[Content_Types].xml", '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"></Types>'
        )
        packed.writestr(
            "_rels/.rels",
            f'<Relationships xmlns="{package}"><Relationship Id="r1" Type="{office}/officeDocument" Target="xl/workbook.xml"/>'
            "</Relationships>",
        )
        packed.writestr(
            "xl/workbook.xml",
            f'<workbook xmlns="{spreadsheet}" xmlns:r="{office}"><sheets><sheet name="S" sheetId="1" r:id="r1"/></sheets></workbook>',
        )
        packed.writestr(
            "xl/_rels/workbook.xml.rels",
            f'<Relationships xmlns="{package}"><Relationship Id="r1" Type="{office}/worksheet" Target="worksheets/sheet1.xml"/>'
            "</Relationships>",
        )
        packed.writestr(
            "xl/worksheets/sheet1.xml", f'<worksheet xmlns="{spreadsheet}"><sheetData>{cells}</sheetData>{strings}</worksheet>'
        )
    return out.getvalue()


ROWS = (
    '<row r="1"><c r="A1" t="inlineStr"><is><t>year</t></is></c><c r="B1" t="inlineStr"><is><t>area</t></is></c></row>'
    '<row r="2"><c r="A2"><v>2023</v></c><c r="B2"><v>0.1</v></c></row>'
)
NOT_CALCULATED = ROWS + '<row r="3"><c r="A3"><v>2024</v></c><c r="B3"><f>B2*2</f></c></row>'


def test_a_spreadsheet_comes_in(root: Path) -> None:
    result = run(
        root,
        "a.xlsx",
        workbook(ROWS + '<row r="3"><c r="A3"><v>2024</v></c><c r="B3"><f>B2*2</f><v>0.2</v></c></row>'),
        "--yes",
    )
    assert result.exit_code == 0, result.output
    assert (root / "data/series/a.csv").read_text() == "year,area\n2023,0.1\n2024,0.2\n"


def test_a_formula_without_a_value_is_refused(root: Path) -> None:
    result = run(root, "a.xlsx", workbook(NOT_CALCULATED), "--yes")
    assert result.exit_code == 1
    assert "=B2*2 is a formula" in result.output


ERRORS = {
    "calculated": '<c r="B3" t="e"><f>NA()</f><v>#N/A</v></c>',
    "typed": '<c r="B3" s="1" t="e"><v>#N/A</v></c>',
    "type first": '<c t="e" r="B3"><f t="shared" si="0"/><v>#N/A</v></c>',
}


@pytest.mark.parametrize("name", ERRORS)
def test_an_error_in_a_cell_is_no_missing_value(root: Path, name: str) -> None:
    content = workbook(ROWS + f'<row r="3"><c r="A3"><v>2024</v></c>{ERRORS[name]}</row>')
    result = run(root, "a.xlsx", content, "--yes", "--unit", "m2")
    assert (result.exit_code, "#N/A is" in result.output) == (1, True), result.output


def test_cells_merged_over_rows_and_bombs_are_refused() -> None:
    merged = '<mergeCells count="1"><mergeCell ref="A2:A3"/></mergeCells>'
    with pytest.raises(WorkbookError, match="import-merged"):
        read_spreadsheet(workbook(NOT_CALCULATED, merged), 1_000_000)
    with pytest.raises(WorkbookError, match="import-too-large"):
        read_spreadsheet(workbook(ROWS + f"<!--{' ' * 2_000_000}-->"), 50_000)
    far = '<row r="1048576"><c r="XFD1048576"><v>1</v></c></row>'
    with pytest.raises(WorkbookError, match="import-too-large"):
        read_spreadsheet(workbook(ROWS + far), 1_000_000)


def test_json_keeps_the_digits_that_are_written() -> None:
    assert read_json(json.dumps([["a"], [1.5]]).replace("1.5", "1.50")).rows == (("a",), ("1.50",))


SMALL = b"year,amount\n2020,5\n2021,6\n"
SERIES = "data/series.yml"


def _indented(text: str) -> str:
    return "".join(f"  {line}" if line.strip() else line for line in text.splitlines(keepends=True))


@pytest.mark.parametrize(
    "form",
    [
        _indented,
        lambda text: f"{text}...\n",
        lambda text: text.rstrip(),
        lambda text: f"\ufeff{text}",
        lambda _: "",
        lambda _: "# none\n",
    ],
    ids=["indented", "with an end", "without a line end", "with a mark", "empty", "comment"],
)
def test_the_entry_goes_to_the_end_of_the_file_as_it_is_written(root: Path, form: Callable[[str], str]) -> None:
    before = form((root / SERIES).read_text(encoding="utf-8"))
    (root / SERIES).write_text(before, encoding="utf-8")
    known = check_project(root)
    result = run(root, "small.csv", SMALL, "--yes", "--unit", "m2")
    assert result.exit_code == (0 if known.is_whole else 1), result.output
    if known.is_whole:
        assert check_project(root).findings == ()
        assert "small" in check_project(root).draft.series
        assert (root / SERIES).read_text(encoding="utf-8").startswith(before.removesuffix("...\n"))


@pytest.mark.parametrize(
    ("text", "options", "code", "told"),
    [
        (None, ("--unit", "nosuch"), 1, "nosuch"),
        ("levels: {label: {en: a, de: b}, key: year, columns: {}}", (), 1, ""),
        ("{levels: {label: {en: a, de: b}, key: year, columns: {area: {unit: m2}}}}\n", (), 2, "without braces"),
        ('levels:\n  label: "open\n', (), 1, "yaml-syntax"),
    ],
    ids=["unit", "error", "braces", "quote"],
)
def test_what_would_break_the_project_is_not_written(
    root: Path, text: str | None, options: tuple[str, ...], code: int, told: str
) -> None:
    if text is not None:
        (root / SERIES).write_text(text)
    before = (root / SERIES).read_bytes()
    result = run(root, "small.csv", SMALL, "--yes", *options)
    assert result.exit_code == code, result.output
    assert told in result.output
    assert (root / SERIES).read_bytes() == before
    assert not (root / "data/series/small.csv").exists()


def test_the_file_of_series_keeps_its_manner(root: Path) -> None:
    (root / SERIES).write_bytes((root / SERIES).read_bytes().replace(b"\n", b"\r\n"))
    (root / SERIES).chmod(0o664)
    assert run(root, "small.csv", SMALL, "--yes", "--unit", "m2").exit_code == 0
    content = (root / SERIES).read_bytes()
    assert content.count(b"\n") == content.count(b"\r\n")
    assert (root / SERIES).stat().st_mode & 0o777 == 0o664
    assert (root / "data/series/small.csv").read_bytes() == SMALL


def test_what_others_write_meanwhile_stays(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    others = iter([b"others:\n  label: {en: Others, de: Andere}\n  key: year\n  columns: {area: {unit: m2}}\n"])

    def write_after_others(place: Path, edit: Edit, *, on_wait: Callable[[], None]) -> tuple[str, ...]:
        for entry in others:
            (root / SERIES).write_bytes((root / SERIES).read_bytes() + entry)
            (root / "data/series/others.csv").write_bytes(b"year,area\n2025,3\n")
        return apply_edit(place, edit, on_wait=on_wait)

    monkeypatch.setattr("generator.commands.import_.apply_edit", write_after_others)
    assert run(root, "small.csv", SMALL, "--yes", "--unit", "m2").exit_code == 0
    assert {"levels", "others", "small"} <= check_project(root).draft.series.keys()


def test_a_table_without_its_entry_is_not_left(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    before, write = (root / SERIES).read_bytes(), journal.write_file

    def write_tables(path: Path, content: bytes) -> None:
        if path.name == "series.yml":
            raise PermissionError
        write(path, content)

    monkeypatch.setattr(journal, "write_file", write_tables)
    assert run(root, "small.csv", SMALL, "--yes", "--unit", "m2").exit_code == 1
    assert (root / SERIES).read_bytes() == before
    assert not (root / "data/series/small.csv").exists()

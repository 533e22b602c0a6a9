"""Tables as offices and filings publish them are read exactly by their description, or refused with what to type."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from sample_projects import PLAIN

from generator.diagnostics.finding import Diagnostic
from generator.reading.draft import read_draft
from generator.tables.grid import Cell

COLUMNS = "{area: {label: {en: Area, de: Fläche}, unit: m2}}"

# how the table is written, with which codec, its description, and its rows; behind a value its flags, or what stands for it
PUBLISHED = {
    "titles, time codes and notes in CP932": (
        '"調査名：","土地に関する調べ"\r\n"表番号：","7"\r\n""\r\n"時間軸コード","時間軸（年）","面積　総数【ｋｍ２】","注記"\r\n'
        '"2021000000","2021年","2,345.60",""\r\n"2022000000","2022年","***","秘匿"\r\n"2023000000","2023年","-","該当なし"\r\n'
        '"注１）　概数である。"\r\n',
        "cp932",
        """
        encoding: cp932
        headerRows: [4]
        commentRows: [8]
        groupChar: ","
        missingValues: ["***", "-"]
        columns:
          year: {heading: "時間軸（年）", type: period}
          area: {heading: "面積　総数【ｋｍ２】", scale: 1e6}
          note: {heading: 注記}
        """,
        ["2021 2345.60e6", "2022 *** 秘匿", "2023 - 該当なし"],
    ),
    "dimensions in the first column, tabs, flags behind values": (
        "freq,unit,geo\\TIME_PERIOD\t2021 \t2022 \t2023 \nA,KM2,AT\t83.8 \t83.9 p\t: \nA,KM2,BE\t30.6 b\t30.7 be\t1230.5 p\n"
        "A,HA,BE\t3060 \t3070 \t: \n",
        "utf-8",
        """
        delimiter: "\\t"
        form: wide
        entity: geo
        where: {unit: KM2}
        missingValues: [":"]
        flags: {p: provisional, b: break, e: estimated}
        columns: {area: {entity: BE}}
        """,
        ["2021 30.6 (break)", "2022 30.7 (break estimated)", "2023 1230.5 (provisional)"],
    ),
    "titles, an empty column at the end, newest last": (
        '\ufeff"Source","Indicators",\r\n\r\n"Country","Code","Indicator","2023","2022",\r\n"Austria","AUT","Area","..","83879",\r\n',
        "utf-8",
        """
        headerRows: [3]
        form: wide
        entity: Code
        missingValues: [".."]
        columns: {area: {entity: AUT, scale: 1e6}}
        """,
        ["2022 83879e6", "2023 .."],
    ),
    "business years, triangles, full-width digits": (
        '決算期,面積（百万）\n2023年3月期,"1,234,567"\n2024年3月期,△12 345\n2025年３月期,▲１，０００\n2026年3月期,－\n',
        "utf-8",
        """
        groupChar: ", "
        missingValues: ["-"]
        columns: {year: {heading: 決算期, type: period}, area: {heading: 面積（百万）, scale: 1e6}}
        """,
        ["2022-04/2023-03 1234567e6", "2023-04/2024-03 -12345e6", "2024-04/2025-03 -1000e6", "2025-04/2026-03 －"],
    ),
    "a row per value, with its status": (
        "time;geo;measure;value;flag\n2023-Q1;X;AREA;1.234,5;p\n2023-Q2;X;AREA;1.300,0;\n2023-Q1;Y;AREA;7;\n2023-Q1;X;LOSS;9;\n",
        "utf-8",
        """
        delimiter: ";"
        decimalChar: ","
        groupChar: "."
        form: long
        period: time
        entity: geo
        value: value
        status: flag
        where: {measure: AREA}
        flags: {p: provisional}
        columns: {area: {entity: X}}
        """,
        ["2023-Q1 1234.5 (provisional)", "2023-Q2 1300.0"],
    ),
    "two header rows": (
        "entity,2023,,2024,\n,Q1,Q2,Q1,Q2\nlake,1,2,3,4\n",
        "utf-8",
        "\n        headerRows: [1, 2]\n        form: wide\n        entity: entity\n        columns: {area: {entity: lake}}\n",
        ["2023-Q1 1", "2023-Q2 2", "2024-Q1 3", "2024-Q2 4"],
    ),
    "eras": (
        "年度,面積\n平成30年度,(5)\n令和元年度,\u22126\n令和６年度,7\n",
        "utf-16",
        "\n        columns: {year: {heading: 年度, type: period}, area: {heading: 面積}}\n",
        ["FY2018 -5", "FY2019 -6", "FY2024 7"],
    ),
    "a heading with a line break, and periods that only the description knows": (
        'year,"area\n(sq km)"\n2023/24,~500\n2024/25,≥600\n',
        "utf-8",
        """
        periods: {"2023/24": FY2023, "2024/25": FY2024}
        columns: {year: {heading: year, type: period}, area: {heading: area (sq km), scale: 1e6}}
        """,
        ["FY2023 ~500e6", "FY2024 >=600e6"],
    ),
}


def read(root: Path, content: bytes, description: str) -> tuple[list[dict[str, Cell]], list[Diagnostic]]:
    """The rows of a table that is added to the good project, and all findings about form."""
    project = shutil.copytree(PLAIN, root / "project")
    (project / "data/series/published.csv").write_bytes(content)
    with (project / "data/report.yml").open("a", encoding="utf-8") as file:
        file.write("fiscal_year: {begins: 4, named_by: start}\n")
    with (project / "data/series.yml").open("a", encoding="utf-8") as file:
        file.write(f"published:\n  label: {{en: P, de: P}}\n  key: year\n  columns: {COLUMNS}\n  table:\n{description}\n")
    draft, findings = read_draft(project)
    return draft.cells["published"], findings


def shown(row: dict[str, Cell]) -> str:
    """A row in short."""
    area = row["area"]
    flags = f" ({' '.join(area.flags)})" if area.flags else ""
    return f"{row['year'].text} {area.text or area.missing}{flags} {row['note'].text if 'note' in row else ''}".strip()


@pytest.mark.parametrize(("text", "codec", "description", "rows"), PUBLISHED.values(), ids=PUBLISHED)
def test_a_published_table_is_read_by_its_description(
    text: str, codec: str, description: str, rows: list[str], tmp_path: Path
) -> None:
    found, findings = read(tmp_path, text.encode(codec), description)
    assert findings == []
    assert [shown(row) for row in found] == rows


PLACED = [
    # a row of a table with header, its description, and what is found at which place
    ("2023年,$1.2M", "", [("bad-cell", "", 2, 7)]),
    ("2023年,TBD", "", [("bad-cell", "", 2, 7)]),
    ("2023年,=SUM(B2:B4)", "", [("bad-cell", "formula", 2, 7)]),
    ("2023年,#DIV/0!", "", [("bad-cell", "error", 2, 7)]),
    ('2023年,"1,234"', "", [("bad-cell", "sign", 2, 8)]),
    ('2023年,"1,23"', 'groupChar: ","', [("bad-cell", "groups", 2, 8)]),
    ("2023年,5 p", "", [("bad-cell", "flag", 2, 7)]),
    ("2023年,1234¹", "", [("bad-cell", "flag", 2, 7)]),
    ("2023年,5%", "", [("bad-cell", "percent", 2, 7)]),
    ("2023年,\u301c5", "", [("bad-cell", "wave", 2, 7)]),
    ("2023年,\uff5e5", "", [("bad-cell", "wave", 2, 7)]),
    ("2023年,  \u301c 1234", "", [("bad-cell", "wave", 2, 7)]),
    ("2023/24,5", "", [("bad-period-cell", "", 2, 1)]),
    ("Total,5", "", [("bad-period-cell", "", 2, 1)]),
    ("2023年,5,6", "", [("bad-row", "published", 2, 1)]),
    ("2023年", "", [("bad-row", "published", 2, 1)]),
]


@pytest.mark.parametrize(("row", "description", "expected"), PLACED)
def test_what_is_not_certain_is_refused_at_its_place(
    row: str, description: str, expected: list[tuple[str, str, int, int]], tmp_path: Path
) -> None:
    lines = f"    columns: {{year: {{heading: 年, type: period}}, area: {{heading: 面積}}}}\n    {description}"
    _, findings = read(tmp_path, f"年,面積\n{row}\n".encode(), lines)
    assert [(one.rule, one.variant, one.span.line, one.span.column) for one in findings] == expected
    for language in ("en", "ja"):
        assert all(one.sentence(language) and one.help(language) for one in findings)

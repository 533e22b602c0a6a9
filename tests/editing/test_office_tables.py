"""Tables in the shapes of more offices and newsrooms: each is read right, or refused with what to type."""

from __future__ import annotations

import io
import shutil
import zipfile
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from sample_projects import PLAIN

from generator.commands.main import main

BLS = """\
CPI for All Urban Consumers (CPI-U)
Original Data Value

Series Id:,CUUR0000SA0
Not Seasonally Adjusted
Years:,2022 to 2024

Year,Jan,Feb,Mar,Apr
2022,281.148,283.716,287.504,289.109
2023,299.170,300.840,301.836,303.363
2024,308.417,310.326,312.332,313.548
"""
STATCAN = """\
"REF_DATE","GEO","DGUID","Estimates","UOM","UOM_ID","SCALAR_FACTOR","SCALAR_ID","VECTOR","COORDINATE","VALUE","STATUS","SYMBOL","TERMINATED","DECIMALS"
"2023-01","Canada","2016A000011124","Exports","Dollars","81","millions","6","v1","1.1","60123.4","","","","1"
"2023-02","Canada","2016A000011124","Exports","Dollars","81","millions","6","v1","1.1","59876.1","p","","","1"
"2023-03","Canada","2016A000011124","Exports","Dollars","81","millions","6","v1","1.1","","..","","","1"
"2023-04","Canada","2016A000011124","Exports","Dollars","81","millions","6","v1","1.1","61000.0","r","","","1"
"""
ONS = """\
"Title","GDP quarterly growth","UK population"
"CDID","IHYQ","EBAQ"
"Source dataset ID","PN2","UKPOP"
"PreUnit","",""
"Unit","%","Thousands"
"Release date","15-11-2024","15-11-2024"
"Important notes","",""
"2023 Q1","0.1","67900"
"2023 Q2","0.0","68000"
"2023 Q3","-0.1","68100"
"""
GENESIS = """\
Verbraucherpreisindex: Deutschland, Jahre
Verbraucherpreisindex für Deutschland
Deutschland
;Verbraucherpreisindex;Veränderung zum Vorjahr
;2020=100;in (%)
2021;103,1;3,1
2022;110,2;6,9
2023;116,7;5,9
2024;119,3;...
__________
© Statistisches Bundesamt (Destatis), 2025 | Stand: 01.02.2025
"""
INSEE = """\
"Libellé";"idBank";"Dernière mise à jour";"Période";"";"2023-T1";"2023-T2";"2023-T3"
"Taux de chômage";"001688526";"2024/02/13";"";"";"7,1";"7,2 (r)";"7,4"
"Codes";"";"";"";"";"A";"A";"P"
"""
SEC = """\
adsh,tag,version,ddate,qtrs,uom,value,footnote
0000320193-24-000123,Revenues,us-gaap/2024,20240930,4,USD,391035000000.0000,
0000320193-24-000123,NetIncomeLoss,us-gaap/2024,20240930,4,USD,93736000000.0000,
0000320193-24-000123,Revenues,us-gaap/2024,20230930,4,USD,383285000000.0000,
0000320193-24-000123,NetIncomeLoss,us-gaap/2024,20230930,4,USD,96995000000.0000,
"""
OECD = """\
STRUCTURE,STRUCTURE_ID,ACTION,REF_AREA,Reference area,FREQ,MEASURE,UNIT_MEASURE,Unit of measure,TIME_PERIOD,OBS_VALUE,OBS_STATUS,Observation status,UNIT_MULT,Unit multiplier,DECIMALS
DATAFLOW,OECD.SDD:QNA(1.0),I,JPN,Japan,Q,GDP,USD,US dollar,2023-Q1,1000.5,A,Normal value,6,Millions,1
DATAFLOW,OECD.SDD:QNA(1.0),I,JPN,Japan,Q,GDP,USD,US dollar,2023-Q2,1010.5,P,Provisional value,6,Millions,1
DATAFLOW,OECD.SDD:QNA(1.0),I,DEU,Germany,Q,GDP,USD,US dollar,2023-Q1,2000.5,E,Estimated value,6,Millions,1
DATAFLOW,OECD.SDD:QNA(1.0),I,DEU,Germany,Q,GDP,USD,US dollar,2023-Q2,2010.5,A,Normal value,6,Millions,1
"""
MOF = """\
法人企業統計調査,,
（単位：億円）,,
年度,ｳﾘｱｹﾞ（売上高）,経常利益
令和元年度,"14,816,000","714,000"
令和2年度,"13,624,000","628,538"
令和３年度,"14,478,878","839,247"
令和4年度,"15,782,059","△952,800"
（注）速報値を含む。,,
"""
NEWSROOM = """\
Month,Arrests (n),"Budget, US$m",Source,Notes
Jan 2024,"1,204",$1.2,Police FOI,
Feb 2024,987,$0.9,Police FOI,partial
Mar 2024,TBC,$1.4,,
April 2024,~1100,$1.1,Police FOI,est.
Total,3291,$4.6,,
"""
WEO = """\
WEO Country Code	ISO	Subject Descriptor	Units	Scale	Country/Series-specific Notes	2021	2022	2023	Estimates Start After
158	JPN	Gross domestic product, current prices	U.S. dollars	Billions	See notes	5,034.62	4,256.41	n/a	2022
111	USA	Gross domestic product, current prices	U.S. dollars	Billions	See notes	23,681.18	26,006.90	--	2023
"""
CENSUS = """\
"GEO_ID","NAME","S0101_C01_001E","S0101_C01_001M"
"Geography","Geographic Area Name","Estimate!!Total!!Total population","Margin of Error!!Total!!Total population"
"0400000US01","Alabama","5074296","*****"
"0400000US02","Alaska","733583","*****"
"0400000US04","Arizona","7359197","±120"
"""

READ = [
    # a file as it is published, its bytes, what is typed, and what is shown
    ("bls.csv", BLS.encode(), ("--decimal", "."), ["2022 | 281.148 | 283.716 | 287.504 | 289.109", "2024 | 308.417"]),
    (
        "statcan.csv",
        STATCAN.encode("utf-8-sig"),
        (),
        [
            "January 2023 | 60,123,400,000",
            "59,876,100,000 (provisional)",
            "March 2023 | ..",
            "(revised)",
            "columns that are not read: GEO",
        ],
    ),
    (
        "ons.csv",
        ONS.encode(),
        (),
        ["Q1 2023 | 0.1% | 67,900,000", "Q3 2023 | -0.1% | 68,100,000", "left out: line 7: Important notes"],
    ),
    ("sec.csv", SEC.encode(), (), ["September 30, 2024 | 391,035,000,000.0000 | 93,736,000,000.0000"]),
    (
        "oecd.csv",
        OECD.encode(),
        (),
        ["Q1 2023 | 1,000,500,000 | 2,000,500,000 (estimated)", "Q2 2023 | 1,010,500,000 (provisional) | 2,010,500,000"],
    ),
    ("census.csv", CENSUS.encode(), (), ["0400000US01 | 5,074,296", "Margin of Error!!Total!!Total population"]),
    (
        "genesis.csv",
        GENESIS.replace(";Verbraucherpreisindex", "Jahr;Verbraucherpreisindex", 1).encode("cp1252"),
        ("--encoding", "windows-1252"),
        ["2021 | 103.1 | 3.1%", "2024 | 119.3 | ..."],
    ),
]
REFUSED = [
    ("bls.csv", BLS.encode(), (), "--decimal . or --decimal ,"),
    ("genesis.csv", GENESIS.encode("cp1252"), (), "--encoding windows-1252"),
    ("genesis.csv", GENESIS.encode("cp1252"), ("--encoding", "windows-1252"), "column 1 (with 2021) has no heading"),
    ("insee.csv", INSEE.encode(), (), 'table: {missingValues: ["A"]}'),
    ("mof.csv", MOF.encode("cp932"), ("--encoding", "cp932"), "fiscal_year: {begins: 4, named_by: start}"),
    ("newsroom.csv", NEWSROOM.encode(), ("--decimal", ".", "--missing", "TBC"), "$1.2 is not a number"),
    ("weo.xls", WEO.encode("utf-16"), ("--decimal", "."), "Estimates Start After stands over numbers among periods"),
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


@pytest.mark.parametrize(("name", "content", "options", "shown"), READ, ids=[name for name, *_ in READ])
def test_a_table_of_an_office_is_read(
    name: str, content: bytes, options: tuple[str, ...], shown: list[str], root: Path
) -> None:
    result = run(root, name, content, "--dry-run", *options)
    assert [line for line in shown if line not in result.output] == [], result.output
    assert result.exit_code == 0


@pytest.mark.parametrize(
    ("name", "content", "options", "told"), REFUSED, ids=[f"{name}-{told[:20]}" for name, *_, told in REFUSED]
)
def test_what_is_not_certain_is_refused(name: str, content: bytes, options: tuple[str, ...], told: str, root: Path) -> None:
    result = run(root, name, content, "--yes", *options)
    assert told in " ".join(result.output.split()), result.output
    assert result.exit_code != 0
    assert not (root / "data/series" / name).exists()


def test_fiscal_years_and_half_width_kana_come_in_where_the_report_says_when_years_begin(root: Path) -> None:
    with (root / "data/report.yml").open("a", encoding="utf-8") as file:
        file.write("fiscal_year: {begins: 4, named_by: start}\n")
    result = run(root, "mof.csv", MOF.encode("cp932"), "--dry-run", "--encoding", "cp932")
    assert "1,481,600,000,000,000 | 71,400,000,000,000" in result.output
    assert "-95,280,000,000,000" in result.output
    assert result.exit_code == 0


def test_a_heading_in_millions_of_a_currency_says_so(root: Path) -> None:
    text = 'Month,"Budget, US$m",Debt (£bn)\nJan 2024,1.2,0.5\nFeb 2024,0.9,0.6\n'
    result = run(root, "budget.csv", text.encode(), "--dry-run")
    assert "January 2024 | 1,200,000 | 500,000,000" in result.output


NAMESPACES = " ".join(
    f'xmlns:{short}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"'
    for short, name in (("office", "office"), ("table", "table"), ("text", "text"))
)


def ods(*rows: str) -> bytes:
    """A small OpenDocument spreadsheet with rows of cells as XML."""
    lines = "".join(f"<table:table-row>{row}</table:table-row>" for row in rows)
    body = (
        f'<office:body><office:spreadsheet><table:table table:name="A">{lines}</table:table></office:spreadsheet></office:body>'
    )
    kind = "application/vnd.oasis.opendocument.spreadsheet"
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as packed:
        packed.writestr("mimetype", kind)
        packed.writestr(
            "content.xml", f'<?xml version="1.0"?><office:document-content {NAMESPACES}>{body}</office:document-content>'
        )
        packed.writestr(
            "META-INF/manifest.xml",
            '<manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0">'
            f'<manifest:file-entry manifest:full-path="/" manifest:media-type="{kind}"/></manifest:manifest>',
        )
    return out.getvalue()


def text(words: str) -> str:
    """A cell with text."""
    return f'<table:table-cell office:value-type="string"><text:p>{words}</text:p></table:table-cell>'


def number(value: str, shown: str, kind: str = "float") -> str:
    """A cell with a number, and how it is shown."""
    return f'<table:table-cell office:value-type="{kind}" office:value="{value}"><text:p>{shown}</text:p></table:table-cell>'


def test_an_opendocument_spreadsheet_is_read(root: Path) -> None:
    rows = [
        text("year") + text("area") + text("note"),
        number("2023", "2023") + number("1234.5", "1.234,5") + text("survey"),
        number("2024", "2024") + text("..") + text(""),
    ]
    result = run(root, "area.ods", ods(*rows), "--yes")
    assert "2023 | 1,234.5" in result.output
    assert "2024 | .." in result.output
    assert (root / "data/series/area.csv").read_text(encoding="utf-8") == "year,area,note\n2023,1234.5,survey\n2024,..,\n"


def test_a_cell_that_is_shown_in_percent_is_not_taken_for_a_hundredth_of_it(root: Path) -> None:
    share = number("0.053", "5,3 %", "percentage")
    result = run(root, "share.ods", ods(text("year") + text("share (%)"), number("2023", "2023") + share), "--yes")
    assert result.exit_code != 0
    assert "share (%)" in result.output
    assert not (root / "data/series/share.csv").exists()
    asked = run(
        root, "rate.ods", ods(text("year") + text("rate"), number("2023", "2023") + share), "--yes", "--unit", "rate=ratio"
    )
    assert asked.exit_code != 0
    assert "scale: 1" in asked.output


SHOWN = "<text:p>{}</text:p></table:table-cell>"
EMPTY_ROWS = (
    '</table:table-row><table:table-row table:number-rows-repeated="2"><table:table-cell/></table:table-row><table:table-row>'
)
OPEN_DOCUMENT_ERRORS = {
    # a cell as programs save it that shows an error, and what it shows
    "text": ('<table:table-cell table:formula="of:=NA()" office:value-type="string" office:string-value="">', "#N/A"),
    "zero": ('<table:table-cell table:formula="of:=1/0" office:value-type="float" office:value="0">', "#DIV/0!"),
    "no type": ('<table:table-cell table:formula="of:=FOO()">', "Err:508"),
    "comment": (
        '<table:table-cell table:formula="of:=NA()"><office:annotation><text:p>why</text:p></office:annotation>',
        "#N/A",
    ),
}


@pytest.mark.parametrize("name", OPEN_DOCUMENT_ERRORS)
def test_an_error_in_an_opendocument_cell_is_no_missing_value(root: Path, name: str) -> None:
    begin, shown = OPEN_DOCUMENT_ERRORS[name]
    error = begin + SHOWN.format(shown)
    rows = (text("year") + text("area"), number("2023", "2023") + number("5", "5"), EMPTY_ROWS, number("2024", "2024") + error)
    result = run(root, "errors.ods", ods(*rows), "--yes", "--unit", "m2")
    assert (result.exit_code, f"{shown} is" in result.output) == (1, True), result.output
    assert "errors.ods:7:6" in result.output

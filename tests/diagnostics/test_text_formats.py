"""The formats of diagnostics, each exactly: text with the line and a caret for people, and what machines read."""

from __future__ import annotations

import json
import string
from pathlib import Path

import pytest

from generator.diagnostics.finding import Clause, Diagnostic, Span, languages, messages
from generator.diagnostics.renderers import FORMATS, render

FACTS = """\
dam_cost:
  label: {en: Cost, de: Kosten}
  unit: USDD
\tstatus: announced
"""
NAMES = """\
lake:
  name: {ja: 琵琶湖は670平方キロ, en: "Biwa—the → lake"}
"""
UNKNOWN = Diagnostic(
    rule="unknown-id",
    span=Span("facts.yml", 3, 9, 4),
    args={"id": "USDD", "kind": "units", "suggestion": Clause("did-you-mean", {"guess": "USD"}, fix="USD")},
)
TWICE = Diagnostic(
    rule="duplicate-id", span=Span("facts.yml", 1, 1, 8), second=Span("names.yml", 1, 1, 4), args={"id": "dam_cost"}
)
UNUSED = Diagnostic(rule="unused-fact", severity="warning", span=Span("facts.yml", 1, 1, 8), args={"id": "dam_cost"})


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """A folder with two files."""
    (tmp_path / "facts.yml").write_text(FACTS, encoding="utf-8")
    (tmp_path / "names.yml").write_text(NAMES, encoding="utf-8")
    return tmp_path


def test_nothing_found(root: Path) -> None:
    assert {form: render([], output_format=form, root=root) for form in ("full", "concise", "github")} == {
        "full": "",
        "concise": "",
        "github": "",
    }
    assert json.loads(render([], output_format="json", root=root)) == []
    assert json.loads(render([], output_format="sarif", root=root))["runs"][0]["results"] == []


def test_full(root: Path) -> None:
    assert render([UNKNOWN, UNUSED], output_format="full", root=root, language="en") == (
        """\
warning[unused-fact]: dam_cost is used nowhere
 --> facts.yml:1:1
  |
1 | dam_cost:
  | ^^^^^^^^
  = help: use it on a page, in a chart, a claim or a formula, or remove it

error[unknown-id]: there is no USDD among the units
 --> facts.yml:3:9
  |
3 |   unit: USDD
  |         ^^^^
  = help: did you mean USD?
"""
    )


def test_full_with_a_second_place(root: Path) -> None:
    assert render([TWICE], output_format="full", root=root, language="en") == (
        """\
error[duplicate-id]: the id dam_cost is defined twice
 --> facts.yml:1:1
  |
1 | dam_cost:
  | ^^^^^^^^
 --> names.yml:1:1
  |
1 | lake:
  | ----
  = help: rename one of the two, or merge them
"""
    )


@pytest.mark.parametrize(
    ("span", "source", "under"),
    [
        (Span("names.yml", 2, 14, 3), "琵琶湖", "             ^^^^^^"),
        (Span("names.yml", 2, 18, 3), "670", "             　　　　^^^"),
        (Span("names.yml", 2, 41, 1), "→", "             　　　　   　　　　" + " " * 16 + "^"),
        (Span("facts.yml", 4, 10, 9), "announced", "\t        ^^^^^^^^^"),
        (Span("facts.yml", 3, 9, 400), "USDD", "        ^^^^"),
        (Span("facts.yml", 3, 13, 1), "", "            ^"),
    ],
)
def test_the_caret_stands_under_its_word(root: Path, span: Span, source: str, under: str) -> None:
    line = (root / span.file).read_text(encoding="utf-8").splitlines()[span.line - 1]
    assert line[span.column - 1 :].startswith(source)
    told = render([Diagnostic(rule="unused-fact", span=span, args={"id": "x"})], output_format="full", root=root).splitlines()
    assert told[3:5] == [f"{span.line} | {line}", f"  | {under}"]


def test_the_margin_is_as_wide_as_the_line_number(tmp_path: Path) -> None:
    (tmp_path / "facts.yml").write_text("\n" * 99 + "dam_cost:\n", encoding="utf-8")
    one = Diagnostic(rule="unused-fact", span=Span("facts.yml", 100, 1, 8), args={"id": "dam_cost"})
    assert render([one], output_format="full", root=tmp_path, language="en").splitlines()[1:] == [
        "   --> facts.yml:100:1",
        "    |",
        "100 | dam_cost:",
        "    | ^^^^^^^^",
        "    = help: use it on a page, in a chart, a claim or a formula, or remove it",
    ]


@pytest.mark.parametrize("span", [Span("gone.yml"), Span("facts.yml", 99), Span("facts.yml", 5)])
def test_a_place_without_a_line_is_named_alone(root: Path, span: Span) -> None:
    told = render([Diagnostic(rule="unused-fact", span=span, args={"id": "x"})], output_format="full", root=root, language="en")
    assert "\n".join(told.splitlines()[1:2]).strip() == f"--> {span.file}:{span.line}:{span.column}"
    assert "^" not in told


def test_concise(root: Path) -> None:
    assert render([UNKNOWN, UNUSED], output_format="concise", root=root, language="en") == (
        "facts.yml:1:1: unused-fact dam_cost is used nowhere\nfacts.yml:3:9: unknown-id there is no USDD among the units\n"
    )


def test_github(root: Path) -> None:
    odd = Diagnostic(rule="yaml-syntax", span=Span("a,b:c.yml", 2, 3), args={"why": "100%: no\nmore"})
    assert render([UNKNOWN, UNUSED, odd], output_format="github", root=root, language="en") == (
        "::error file=a%2Cb%3Ac.yml,line=2,endLine=2,col=3,endColumn=4,title=yaml-syntax::"
        "this is not YAML: 100%25: no\\nmore check quotes, colons and indentation at this place\n"
        "::warning file=facts.yml,line=1,endLine=1,col=1,endColumn=9,title=unused-fact::"
        "dam_cost is used nowhere use it on a page, in a chart, a claim or a formula, or remove it\n"
        "::error file=facts.yml,line=3,endLine=3,col=9,endColumn=13,title=unknown-id::"
        "there is no USDD among the units did you mean USD?\n"
    )


def test_github_names_files_from_where_the_command_was_started() -> None:
    told = render([UNUSED], output_format="github", root=Path("reports/lakes"), language="en")
    assert told.startswith("::warning file=reports/lakes/facts.yml,line=1,")


def test_json(root: Path) -> None:
    assert json.loads(render([UNKNOWN, TWICE], output_format="json", root=root, language="en")) == [
        {
            "rule": "duplicate-id",
            "severity": "error",
            "message": "the id dam_cost is defined twice",
            "help": "rename one of the two, or merge them",
            "file": "facts.yml",
            "line": 1,
            "column": 1,
            "length": 8,
            "second": {"file": "names.yml", "line": 1, "column": 1, "length": 4},
            "fix": None,
            "url": "https://factloom.github.io/factloom/guide/en/reference/findings/#duplicate-id",
        },
        {
            "rule": "unknown-id",
            "severity": "error",
            "message": "there is no USDD among the units",
            "help": "did you mean USD?",
            "file": "facts.yml",
            "line": 3,
            "column": 9,
            "length": 4,
            "second": None,
            "fix": "USD",
            "url": "https://factloom.github.io/factloom/guide/en/reference/findings/#unknown-id",
        },
    ]


def test_sarif(root: Path) -> None:
    run = json.loads(render([TWICE, UNUSED], output_format="sarif", root=root, language="en"))["runs"][0]
    assert [one["id"] for one in run["tool"]["driver"]["rules"]] == ["duplicate-id", "unused-fact"]
    assert run["tool"]["driver"]["rules"][0]["helpUri"].endswith("/en/reference/findings/#duplicate-id")
    assert run["results"][0] == {
        "ruleId": "duplicate-id",
        "ruleIndex": 0,
        "level": "error",
        "message": {"text": "the id dam_cost is defined twice\nrename one of the two, or merge them"},
        "locations": [
            {
                "physicalLocation": {
                    "artifactLocation": {"uri": "facts.yml", "uriBaseId": "%SRCROOT%"},
                    "region": {"startLine": 1, "startColumn": 1, "endColumn": 9},
                }
            }
        ],
        "relatedLocations": [
            {
                "physicalLocation": {
                    "artifactLocation": {"uri": "names.yml", "uriBaseId": "%SRCROOT%"},
                    "region": {"startLine": 1, "startColumn": 1, "endColumn": 5},
                }
            }
        ],
    }
    assert run["results"][1]["level"] == "warning"


@pytest.mark.parametrize("form", FORMATS)
def test_findings_come_in_reading_order(root: Path, form: str) -> None:
    assert render([UNKNOWN, TWICE, UNUSED], output_format=form, root=root) == render(
        [UNUSED, TWICE, UNKNOWN], output_format=form, root=root
    )


@pytest.mark.parametrize("language", languages())
@pytest.mark.parametrize(
    ("rule", "variant"),
    [(rule, "") for rule in messages()]
    + [(rule, key) for rule, entry in messages().items() for key, one in entry.items() if isinstance(one, dict)],
)
def test_every_sentence_can_be_filled(rule: str, variant: str, language: str) -> None:
    entry = messages(language)[rule]
    told = {**entry, **entry.get(variant, {})}
    holes = {name for part in ("message", "help") for _, name, _, _ in string.Formatter().parse(told.get(part, "")) if name}
    one = Diagnostic(rule=rule, variant=variant, span=Span("a.yml"), args=dict.fromkeys(holes, "§"))
    assert one.sentence(language)
    assert one.sentence(language).count("§") + one.help(language).count("§") >= len(holes)


@pytest.mark.parametrize(
    ("source", "word", "shown", "under"),
    [
        ("a " * 70 + "wrong" + " b" * 70, "wrong", "…" + "a " * 20 + "wrong" + " b" * 37 + " …", " " * 41 + "^^^^^"),
        ("湖 " * 50 + "誤り" + " 湖" * 50, "誤り", "… " + "湖 " * 13 + "誤り" + " 湖" * 25 + " …", "  " + "　 " * 13 + "^^^^"),
        ("wrong" + " b" * 70, "wrong", "wrong" + " b" * 57 + " …", "^^^^^"),
        ("a " * 70 + "wrong", "wrong", "…" + "a " * 20 + "wrong", " " * 41 + "^^^^^"),
        ("a " * 57 + "wrong!", "wrong", "a " * 57 + "wrong!", " " * 114 + "^^^^^"),
    ],
)
def test_a_long_line_is_cut_around_the_place(tmp_path: Path, source: str, word: str, shown: str, under: str) -> None:
    (tmp_path / "page.md").write_text(f"{source}\n", encoding="utf-8")
    span = Span("page.md", 1, source.index(word) + 1, len(word))
    told = render(
        [Diagnostic(rule="unused-fact", span=span, args={"id": "x"})], output_format="full", root=tmp_path, language="en"
    )
    assert told.splitlines()[3:5] == [f"1 | {shown}", f"  | {under}"]

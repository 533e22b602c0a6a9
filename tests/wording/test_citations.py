"""Citations: each format is read back by a library that knows it, and the original sources are named in all of them."""

from __future__ import annotations

import json
import subprocess
import sys
from html.parser import HTMLParser
from pathlib import Path

import bibtexparser
import pytest
import rispy
from citeproc import Citation, CitationItem, CitationStylesBibliography, CitationStylesStyle, formatter
from citeproc.source.json import CiteProcJSON
from click.testing import CliRunner
from sample_reports import FLAGSHIP, flagship_texts, sample_context

from generator.commands.main import main
from generator.records.struct import replace
from generator.wording import citations
from generator.wording.citation_formats import FORMATS, bibtex, csl, ris
from generator.wording.references import Reference, fact_reference, plain, report_reference, with_originals
from generator.wording.texts import Texts

EN, DE = sample_context().texts
FACTS = EN.edition.facts


def bib_fields(text: str) -> dict[str, dict[str, str]]:
    library = bibtexparser.parse_string(text)  # type: ignore[attr-defined]
    assert library.failed_blocks == []
    return {
        entry.key: {"type": entry.entry_type, **{key: field.value for key, field in entry.fields_dict.items()}}
        for entry in library.entries
    }


@pytest.mark.parametrize(
    ("texts", "fact", "expected"),
    [
        (EN, "", "Lake Watch, “Lakes”, as of June 30, 2025. https://lakes.example/en/"),
        (DE, "", "Seenwacht, „Seen“, Stand 30. Juni 2025. https://lakes.example/de/"),
        (
            EN,
            "area_2025",
            "“Area in 2025: 25 km²”, Lake Watch, “Lakes”, as of June 30, 2025. https://lakes.example/en/facts/area_2025/"
            " Originally from: Lake Survey, “Annual survey”, May 2025",
        ),
        (
            EN,
            "area_growth",
            "“Growth of the area: 25%”, calculated by Lake Watch, “Lakes”, as of June 30, 2025."
            " https://lakes.example/en/facts/area_growth/ Based on: Lake Survey, “Annual survey”, May 2025",
        ),
    ],
)
def test_plain_text(texts: Texts, fact: str, expected: str) -> None:
    assert plain(texts, fact_reference(texts, FACTS[fact]) if fact else report_reference(texts)) == expected


def test_bibtex_of_the_report() -> None:
    (entry,) = bib_fields(bibtex([report_reference(EN)])).values()
    assert entry["type"] == "techreport"
    assert (entry["title"], entry["institution"], entry["year"], entry["month"]) == ("{Lakes}", "{Lake Watch}", "2025", "6")
    assert entry["url"] == "https://lakes.example/en/"


@pytest.mark.parametrize(
    ("tag", "name"),
    [
        ("en-US", "american"), ("en", "english"), ("en-ZA", "english"), ("de-DE", "ngerman"), ("de-AT", "naustrian"), ("ja-JP", "japanese"),
        ("ja", "japanese"), ("fr-CH", "french"), ("pt-BR", "brazilian"), ("pt-PT", "portuguese"), ("zh-Hant-TW", "chinese"), ("xx", None),
    ],
)  # fmt: skip
def test_bibtex_names_the_language_as_latex_knows_it(tag: str, name: str | None) -> None:
    (entry,) = bib_fields(bibtex([replace(report_reference(EN), language=tag)])).values()
    assert entry.get("langid") == name


def test_bibtex_of_a_fact_brings_its_sources() -> None:
    found = bib_fields(bibtex(with_originals(EN, fact_reference(EN, FACTS["area_2025"]))))
    assert list(found) == ["lakes_area_2025", "survey"]
    assert found["lakes_area_2025"]["note"] == "Lake Survey, “Annual survey”, May 2025"
    assert found["survey"]["author"] == "{Lake Survey}"


@pytest.mark.parametrize("text", ["100% of R&D_costs #1 {x} $5 ~ ^ \\", "日本語の題"])
def test_bibtex_takes_any_character(text: str) -> None:
    odd = replace(report_reference(EN), title=text)
    (entry,) = bib_fields(bibtex([odd])).values()
    assert entry["title"].count("{") == entry["title"].count("}")
    for sign in "%&_#$":
        assert f"\\{sign}" in entry["title"] or sign not in text


def test_ris() -> None:
    report, fact, source = rispy.loads(ris([report_reference(EN), *with_originals(EN, fact_reference(EN, FACTS["dam_cost"]))]))
    assert (report["type_of_reference"], report["title"], report["year"], report["date"]) == (
        "RPRT",
        "Lakes",
        "2025",
        "2025/06/30/",
    )
    assert fact["type_of_reference"] == "DATA"
    assert fact["secondary_title"] == "Lakes"
    assert "Lake Survey" in fact["notes"][0]
    assert (source["type_of_reference"], source["publisher"], source["date"]) == ("ELEC", "Lake Survey", "2025/05//")


def test_every_line_of_ris_ends_in_cr_and_lf() -> None:
    text = ris(with_originals(EN, fact_reference(EN, FACTS["dam_cost"])))
    assert text.count("\n") == text.count("\r\n") > 10
    first, blank, second = text.partition("ER  - \r\n\r\nTY  - ")
    assert first
    assert blank
    assert second.endswith("ER  - \r\n")


@pytest.mark.parametrize("broken", ["Two\nlines", "Two\r\nlines\n", "Two\u2028lines"])
def test_a_line_break_in_a_text_ends_no_field(broken: str) -> None:
    reference = replace(report_reference(EN), title=broken, abstract=broken)
    (record,) = rispy.loads(ris([reference]))
    (entry,) = bib_fields(bibtex([reference])).values()
    assert (record["title"], record["abstract"]) == ("Two lines", "Two lines")
    assert (entry["title"], entry["abstract"]) == ("{Two lines}", "Two lines")


def test_csl_is_rendered_by_a_processor() -> None:
    items = json.loads(csl(with_originals(EN, fact_reference(EN, FACTS["area_2025"]))))
    fact, source = items
    assert (fact["type"], fact["container-title"], fact["original-publisher"]) == ("entry", "Lakes", "Lake Survey")
    assert fact["issued"] == {"date-parts": [[2025, 6, 30]]}
    assert fact["original-date"] == source["issued"] == {"date-parts": [[2025, 5]]}
    style = CitationStylesStyle("harvard-cite-them-right", validate=False)
    bibliography = CitationStylesBibliography(style, CiteProcJSON(items), formatter.plain)
    for item in items:
        bibliography.register(Citation([CitationItem(item["id"])]))
    entries = [str(entry) for entry in bibliography.bibliography()]
    assert len(entries) == 2
    assert "Lake Watch" in entries[0]
    assert "Lake Survey" in entries[1]


def test_every_fact_of_this_report_can_be_cited() -> None:
    for texts in flagship_texts():
        files, facts = dict(citations.files(texts)), texts.edition.facts
        for fact in facts.values():
            fact_files = dict(citations.fact_files(texts, fact))
            assert set(fact_files) == {f"cite/facts/{fact.id}.{extension}" for extension in FORMATS}
            assert len(json.loads(fact_files[f"cite/facts/{fact.id}.json"])) == 1 + len(
                {one.source.id for one in fact.evidence}
            )
        found = bib_fields(files["cite/facts.bib"])
        assert {f"factloom_{key}" for key in facts} <= set(found)
        assert len(rispy.loads(files["cite/facts.ris"])) == len(found) == len(json.loads(files["cite/facts.json"]))
        for line, fact in zip(files["cite/facts.txt"].splitlines(), facts.values(), strict=True):
            assert all(one.source.publisher in line for one in fact.evidence)


def test_keys_are_permanent() -> None:
    assert [fact_reference(texts, FACTS["opened"]).key for texts in (EN, DE)] == ["lakes_opened", "lakes_opened"]


@pytest.mark.parametrize("source_id", ["lakes", "lakes_opened"])
def test_no_source_has_the_key_of_the_report_or_of_a_fact(source_id: str) -> None:
    fact = FACTS["opened"]
    evidence = tuple(replace(one, source=replace(one.source, id=source_id)) for one in fact.evidence)
    same = replace(fact, evidence=evidence)
    edition = replace(EN.edition, facts={fact.id: same})
    files = dict(citations.files(replace(EN, edition=edition)))
    assert list(bib_fields(files["cite/facts.bib"])) == ["lakes", "lakes_opened", f"source-{source_id}"]


def test_a_reference_without_a_date() -> None:
    undated = replace(report_reference(EN), issued=None)
    assert "year" not in bib_fields(bibtex([undated]))["lakes"]
    assert "issued" not in json.loads(csl([undated]))[0]
    assert "year" not in rispy.loads(ris([undated]))[0]


class Meta(HTMLParser):
    """Collects a head's meta tags."""

    def __init__(self) -> None:
        super().__init__()
        self.found: dict[str, str] = {}

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        attributes = dict(attrs)
        assert tag == "meta"
        self.found[str(attributes["name"])] = str(attributes["content"])


def test_meta_tags() -> None:
    first, part = Meta(), Meta()
    first.feed(citations.meta(EN, page="index", title="Lakes"))
    part.feed(citations.meta(DE, page="costs", title='Geld & "Gut"'))
    assert first.found["citation_title"] == "Lakes"
    assert first.found["citation_publication_date"] == "2025/06/30"
    assert first.found["citation_technical_report_institution"] == "Lake Watch"
    assert "citation_inbook_title" not in first.found
    assert part.found["citation_title"] == 'Geld & "Gut"'
    assert part.found["citation_inbook_title"] == "Seen"
    assert part.found["citation_fulltext_html_url"] == "https://lakes.example/de/costs/"


def test_citation_file_is_valid_and_current(tmp_path: Path) -> None:
    file = FLAGSHIP / "CITATION.cff"
    assert file.read_text(encoding="utf-8") == citations.cff(flagship_texts()[0]), "factloom cite --as cff > CITATION.cff"
    spoiled = tmp_path / "CITATION.cff"
    spoiled.write_text(file.read_text(encoding="utf-8").replace("title:", "titel:"), encoding="utf-8")
    command = [sys.executable, "-m", "check_jsonschema", "--builtin-schema", "vendor.citation-file-format"]
    ran = [subprocess.run([*command, str(one)], capture_output=True, check=False).returncode for one in (file, spoiled)]
    assert ran == [0, 1]


@pytest.mark.parametrize(
    ("flags", "begins"),
    [
        ([], "Lake Watch, “Lakes”"),
        (["--in", "de"], "Seenwacht"),
        (["--fact", "dam_cost"], "“Cost of the dam"),
        (["--as", "bib"], "@techreport{lakes,"),
        (["--as", "ris", "--fact", "dam_cost"], "TY  - DATA"),
        (["--as", "cff"], 'cff-version: "1.2.0"'),
    ],
)
def test_the_command(project: Path, flags: list[str], begins: str) -> None:
    ran = CliRunner().invoke(main, ["cite", "--root", str(project), *flags])
    assert ran.exit_code == 0
    assert ran.stdout.startswith(begins)


@pytest.mark.parametrize("flags", [["--fact", "gone"], ["--in", "fr"]])
def test_the_command_used_wrong(project: Path, flags: list[str]) -> None:
    assert CliRunner().invoke(main, ["cite", "--root", str(project), *flags]).exit_code == 2


def test_references_are_values() -> None:
    assert isinstance(report_reference(EN), Reference)
    assert report_reference(EN) == report_reference(EN)

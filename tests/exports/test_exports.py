"""Exports: the Data Package is validated by frictionless, JSON files by their schema, the zip by its bytes."""

from __future__ import annotations

import csv
import io
import json
import zipfile
from collections.abc import Mapping, Sequence
from decimal import Decimal
from pathlib import Path
from posixpath import normpath
from typing import Any

import pytest
from frictionless import Package
from jsonschema import Draft202012Validator
from sample_reports import flagship_texts, sample_context, sample_outputs

from generator.build import outputs
from generator.exports import api, data_package, zip_parts
from generator.exports.tables import tables
from generator.model import periods, values
from generator.model.machine_values import decimal_text, exact_value
from generator.records.struct import replace
from generator.wording.texts import Texts


def written(files: Mapping[str, str | bytes], folder: Path) -> Path:
    for name, content in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content.encode() if isinstance(content, str) else content)
    return folder / "data"


def mistakes(package: Path) -> list[str]:
    """What Frictionless finds wrong in a package."""
    report = Package(str(package / "datapackage.json")).validate()
    found = [message for (message,) in report.flatten(["message"])]
    assert report.valid is not bool(found)
    return found


def rows(name: str, languages: Sequence[Texts]) -> dict[str, dict[str, str]]:
    (found,) = (one for one in tables(languages) if one.name == name)
    return {next(iter(row.values())): row for row in csv.DictReader(io.StringIO(found.csv))}


def test_package_is_valid(tmp_path: Path) -> None:
    assert mistakes(written(dict(data_package.files(sample_context().texts)), tmp_path)) == []


def test_package_of_this_report_is_valid(tmp_path: Path) -> None:
    assert mistakes(written(dict(data_package.files(flagship_texts())), tmp_path)) == []


@pytest.mark.parametrize(
    ("file", "old", "new"),
    [
        ("facts.csv", "25000000,25000000,exact", "much,25000000,exact"),
        ("facts.csv", ",m2,", ",acres,"),
        ("facts.csv", "exact", "precise"),
        ("evidence.csv", "survey", "rumour"),
        ("claims.csv", "confirmed", "plausible"),
    ],
    ids=["type", "foreign key", "bounds", "source", "verdict"],
)
def test_a_wrong_cell_is_found(tmp_path: Path, file: str, old: str, new: str) -> None:
    package = written(dict(data_package.files(sample_context().texts)), tmp_path)
    text = (package / file).read_text(encoding="utf-8")
    assert old in text
    (package / file).write_text(text.replace(old, new, 1), encoding="utf-8")
    assert mistakes(package) != []


def test_the_package_names_its_publisher_sources_and_licence() -> None:
    descriptor = json.loads(dict(data_package.files(sample_context().texts))["data/datapackage.json"])
    assert (descriptor["name"], descriptor["version"], descriptor["created"]) == ("lakes", "2025-06-30", "2025-06-30T00:00:00Z")
    assert descriptor["contributors"][0]["title"] == "Lake Watch"
    assert descriptor["sources"] == [{"title": "Lake Survey: Annual survey", "path": "https://survey.example/2025"}]
    resources = {one["name"]: one for one in descriptor["resources"]}
    area = resources["series-levels"]["schema"]["fields"][1]
    assert area == {"name": "area", "type": "number", "title": "Area", "unit": "m2"}
    assert resources["facts"]["schema"]["missingValues"] == [""]
    licensed = json.loads(dict(data_package.files(flagship_texts()))["data/datapackage.json"])["licenses"]
    assert [one["name"] for one in licensed] == ["MIT"]


def test_the_readme_is_in_every_language() -> None:
    readme = dict(data_package.files(sample_context().texts))["data/README.md"]
    for text in (
        "# Lakes",
        "# Seen",
        "`facts.csv`",
        "`series/levels.csv` Area by year",
        "Fläche nach Jahr",
        "Lake Watch",
        "Seenwacht",
    ):
        assert text in readme


@pytest.mark.parametrize(
    ("fact", "cells"),
    [
        ("area_2025", {"low": "25000000", "high": "25000000", "bounds": "exact", "unit": "m2", "label_de": "Fläche 2025"}),
        ("dam_cost", {"low": "66000000000", "high": "72000000000", "bounds": "range", "about": "false"}),
        ("area_growth", {"low": "0.25", "formula": "growth(area_2025, area_2024)"}),
        ("opened", {"low": "", "bounds": "", "first_day": "2025-03-01", "last_day": "2025-03-01"}),
    ],
)
def test_facts_as_cells(fact: str, cells: dict[str, str]) -> None:
    found = rows("facts", sample_context().texts)[fact]
    assert {key: found[key] for key in cells} == cells


def test_series_are_plain_where_every_value_is_exact() -> None:
    found = {one.name: [field.name for field in one.fields] for one in tables(sample_context().texts)}
    assert found["levels"] == ["year", "area", "status", "sources"]
    edition = sample_context().edition
    levels = edition.series["levels"]
    vague = replace(levels, rows=(*levels.rows[:-1], replace(levels.rows[-1], values={"area": values.parse(">=24e6")})))
    languages = [replace(texts, edition=replace(edition, series={"levels": vague})) for texts in sample_context().texts]
    (table,) = (one for one in tables(languages) if one.series)
    assert table.csv.splitlines()[-1] == "2025,24000000,,at_least,false,,survey"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("72.22e9", {"low": "72220000000", "high": "72220000000", "bounds": "exact", "about": False}),
        ("0.10", {"low": "0.10", "high": "0.10", "bounds": "exact", "about": False}),
        ("66e9..72e9", {"low": "66000000000", "high": "72000000000", "bounds": "range", "about": False}),
        (">=50", {"low": "50", "high": None, "bounds": "at_least", "about": False}),
        (">10e9", {"low": "10000000000", "high": None, "bounds": "more_than", "about": False}),
        ("<=5e9", {"low": None, "high": "5000000000", "bounds": "at_most", "about": False}),
        ("<1", {"low": None, "high": "1", "bounds": "less_than", "about": False}),
        ("~5e5", {"low": "500000", "high": "500000", "bounds": "exact", "about": True}),
    ],
)
def test_exact_values(text: str, expected: dict[str, object]) -> None:
    assert exact_value(values.parse(text)) == expected


def test_exact_dates_and_small_numbers() -> None:
    assert exact_value(periods.parse("2025-08")) == {"date": "2025-08", "first": "2025-08-01", "last": "2025-08-31"}
    assert decimal_text(Decimal("1e-7")) == "0.0000001"


def test_every_fact_of_this_report_fits_its_schema() -> None:
    every = flagship_texts()
    facts = every[0].edition.facts.values()
    files = dict(api.fact_file(fact, every, api.FactMentions()) for fact in facts)
    schema = json.loads(api.schema_file(every)[1])
    Draft202012Validator.check_schema(schema)
    validator = Draft202012Validator(schema)
    index = json.loads(zip_parts.uncompressed(api.index(every, [zip_parts.part(api.index_rows(every, facts))])))
    assert {f"api/{one['href']}" for one in index["facts"]} == set(files)
    for name, text in files.items():
        found = [error.message for error in validator.iter_errors(json.loads(text))]
        assert found == [], name


def test_the_file_of_a_fact_has_value_words_evidence_claims_and_pages() -> None:
    fact = json.loads(sample_outputs()["api/facts/area_2025.json"])
    assert fact["value"] == {"low": "25000000", "high": "25000000", "bounds": "exact", "about": False}
    assert fact["words"]["en"]["value"] == "25 square kilometers"
    assert fact["words"]["de"]["label"] == "Fläche 2025"
    assert fact["evidence"][0]["publisher"] == "Lake Survey"
    assert fact["evidence"][0]["at"] == {"en": "table 3", "de": "table 3"}
    assert fact["claims"] == [{"id": "grew", "verdict": "confirmed"}]
    assert fact["pages"] == ["index"]


def links(content: object) -> list[str]:
    """Every relative address in a JSON file."""
    if isinstance(content, dict):
        return [link for one in content.values() for link in links(one)]
    if isinstance(content, list):
        return [link for one in content for link in links(one)]
    return [content] if isinstance(content, str) and content.startswith(("../", "./")) else []


def test_links_of_facts_lead_to_files() -> None:
    files = sample_outputs()
    for name in ("api/facts/area_growth.json", "api/index.json"):
        content: Any = json.loads(files[name])
        found = [normpath(f"{name}/../{link}") for link in links(content)]
        assert [
            link for link in found if not link.startswith(("en/facts/", "de/facts/", "en/#", "de/#")) and link not in files
        ] == []
        assert any(link.endswith((".bib", "datapackage.json")) for link in found)


def test_judgments_are_told_with_the_facts_they_rest_on() -> None:
    files = sample_outputs()
    links = {"en": "../../en/#judgment-grows", "de": "../../de/#judgment-grows"}
    found = {
        name.removeprefix("api/facts/"): json.loads(content)["judgments"]
        for name, content in files.items()
        if name.startswith("api/facts/")
    }
    resting = {"area_growth", "area_2024", "area_2025", "dam_cost"}  # listed, in the text, in the conditions
    assert found == {
        f"{key}.json": [{"id": "grows", "links": links}] if key in resting else [] for key in sample_context().edition.facts
    }
    (row,) = rows("judgments", sample_context().texts).values()
    assert row == {
        "id": "grows",
        "page": "index",
        "text_en": "the lake keeps growing, from 20 square kilometers",
        "text_de": "der See wächst weiter, seit 20 Quadratkilometer",
        "rests_on": "area_growth area_2024 area_2025 dam_cost",
        "holds_while": "(area_2025 > area_2024) and (dam_cost < 80e9)",
        "changes_if_en": "A dry year",
        "changes_if_de": "Ein trockenes Jahr",
        "as_of": "2025-06-30",
    }


def test_all_facts_of_a_language() -> None:
    facts_file = json.loads(sample_outputs()["de/facts.json"])
    assert (facts_file["language"], facts_file["title"], facts_file["as_of"]) == ("de", "Seen", "2025-06-30")
    assert [one["id"] for one in facts_file["facts"]] == list(sample_context().edition.facts)
    assert facts_file["facts"][1]["words"]["value"] == "25 Quadratkilometer"


def test_zip_holds_the_package_and_is_the_same_every_time() -> None:
    first, second = (outputs.output_files(sample_context())["data.zip"].make() for _ in range(2))
    assert isinstance(first, bytes)
    assert first == second
    with zipfile.ZipFile(io.BytesIO(first)) as packed:
        names = packed.namelist()
        assert names == sorted(names)
        assert {info.date_time for info in packed.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        assert "lakes/datapackage.json" in names
        assert packed.read("lakes/series/levels.csv").decode().startswith("year,area,")


def test_no_word_is_missing_in_any_file() -> None:
    keys = tuple(f'"{start}' for start in ("cite.", "feed.", "change.", "package.", "text."))
    for name, content in sample_outputs().items():
        if isinstance(content, str):
            assert not any(key in content for key in keys), name

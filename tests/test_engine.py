"""The engine as a reader of a tiny project in two languages meets it: real MkDocs, real processes."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from generator.engine import Tongue, configuration, run_engine, write_configurations

URL = "https://example.org/report/"
TONGUES = (
    Tongue(code="ja", name="日本語", title="報告", description="試しの報告", theme="ja", search="ja", as_of="七月時点"),
    Tongue(
        code="de", name="Deutsch", title="Bericht", description="Ein Versuch", theme="de", search="de", words={"dark": "Dunkel"}
    ),
)
MKDOCS = """
site_name: plain
strict: true
theme: {name: material, language: ja, font: false}
plugins: {search: {}}
markdown_extensions: {attr_list: {}, toc: {permalink: true}}
nav: [index.md, costs.md]
validation: {links: {anchors: warn}}
"""


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """A report of two pages in two languages."""
    (tmp_path / "mkdocs.yml").write_text(MKDOCS, encoding="utf-8")
    (tmp_path / "templates/overrides").mkdir(parents=True)
    for tongue in TONGUES:
        docs = tmp_path / "build/docs" / tongue.code
        docs.mkdir(parents=True)
        (docs / "index.md").write_text(f"# {tongue.title}\n\n[costs](costs.md#bill)\n", encoding="utf-8")
        (docs / "costs.md").write_text("# Costs\n\n## Bill { #bill }\n", encoding="utf-8")
    return tmp_path


def test_configuration_says_what_differs_per_language() -> None:
    settings = json.loads(configuration(TONGUES[1], TONGUES, site_url=URL))
    assert settings["INHERIT"] == "../mkdocs.yml"
    assert settings["site_name"] == "Bericht"
    assert settings["site_url"] == "https://example.org/report/de/"
    assert (settings["docs_dir"], settings["site_dir"]) == ("docs/de", "out/de")
    assert settings["theme"]["language"] == "de"
    assert settings["plugins"]["search"]["lang"] == ["de"]
    assert settings["extra"]["words"] == {"dark": "Dunkel"}
    assert [one["link"] for one in settings["extra"]["alternate"]] == ["../ja/", "../de/"]


def test_unchanged_configuration_is_not_written_again(project: Path) -> None:
    first = [path.stat().st_mtime_ns for path in write_configurations(project, TONGUES, site_url=URL)]
    assert [path.stat().st_mtime_ns for path in write_configurations(project, TONGUES, site_url=URL)] == first


def test_every_language_is_built_in_its_own_folder(project: Path) -> None:
    write_configurations(project, TONGUES, site_url=URL)
    outcomes = run_engine(project, ["ja", "de"])
    assert [(one.code, one.ok, one.warnings) for one in outcomes] == [("ja", True, ()), ("de", True, ())]
    for code, title in (("ja", "報告"), ("de", "Bericht")):
        html = (project / f"build/out/{code}/index.html").read_text(encoding="utf-8")
        assert re.search(rf'<html lang="{code}"', html)
        assert f"<title>{title}</title>" in html


@pytest.mark.parametrize(
    ("link", "said"),
    [("[gone](gone.md)", "gone.md"), ("[gone](costs.md#gone)", "#gone")],
    ids=["page", "anchor"],
)
def test_broken_link_fails_only_its_language(project: Path, link: str, said: str) -> None:
    (project / "build/docs/de/index.md").write_text(f"# Bericht\n\n{link}\n", encoding="utf-8")
    write_configurations(project, TONGUES, site_url=URL)
    ja, de = run_engine(project, ["ja", "de"])
    assert ja.ok
    assert not de.ok
    assert said in de.warnings[0]
    assert said in de.output

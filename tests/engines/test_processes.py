"""The engine as a reader of a tiny project in two languages meets it: real MkDocs, real processes."""

from __future__ import annotations

import json
import re
import shutil
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from generator.engines.configuration import (
    LanguageConfig,
    configuration,
    configuration_path,
    navigation,
    write_configurations,
)
from generator.engines.processes import EnginePool, EngineRequest, EngineResult
from generator.engines.registry import DEFAULT, ENGINES

URL = "https://example.org/report/"
CONFIGS = (
    LanguageConfig(
        code="ja",
        name="日本語",
        title="報告",
        description="試しの報告",
        theme="ja",
        search="ja",
        as_of="七月時点",
        pages={"index": "報告", "costs": "費用"},
    ),
    LanguageConfig(
        code="de",
        name="Deutsch",
        title="Bericht",
        description="Ein Versuch",
        theme="de",
        search="de",
        words={"dark": "Dunkel"},
        pages={"index": "Bericht", "costs": "Kosten"},
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
    (tmp_path / "build/theme").mkdir(parents=True)
    for language_config in CONFIGS:
        docs = tmp_path / "build/docs" / language_config.code
        docs.mkdir(parents=True)
        (docs / "index.md").write_text(f"# {language_config.title}\n\n[costs](costs.md#bill)\n", encoding="utf-8")
        (docs / "costs.md").write_text("# Costs\n\n## Bill { #bill }\n", encoding="utf-8")
    return tmp_path


def test_configuration_says_what_differs_per_language() -> None:
    settings = json.loads(configuration(CONFIGS[1], CONFIGS, site_url=URL, engine=ENGINES[DEFAULT], settings={}))
    assert "INHERIT" not in settings
    assert settings["site_name"] == "Bericht"
    assert settings["site_url"] == "https://example.org/report/de/"
    assert (settings["docs_dir"], settings["site_dir"]) == ("docs/de", "out/de")
    assert settings["theme"]["language"] == "de"
    assert settings["plugins"]["search"]["lang"] == ["de"]
    assert settings["extra"]["words"] == {"dark": "Dunkel"}
    assert [one["link"] for one in settings["extra"]["alternate"]] == ["../ja/", "../de/"]


def test_unchanged_configuration_is_not_written_again(project: Path) -> None:
    paths = [configuration_path(project, config.code) for config in CONFIGS]
    write_configurations(project, CONFIGS, site_url=URL, engine=ENGINES[DEFAULT])
    first = [path.stat().st_mtime_ns for path in paths]
    write_configurations(project, CONFIGS, site_url=URL, engine=ENGINES[DEFAULT])
    assert [path.stat().st_mtime_ns for path in paths] == first


def built(project: Path, *requests: EngineRequest, parallel: bool = True) -> list[EngineResult]:
    write_configurations(project, CONFIGS, site_url=URL, engine=ENGINES[DEFAULT])
    with EnginePool(project) as engine_pool:
        engine_pool.submit(requests, parallel=parallel)
        return list(engine_pool.results())


def test_pages_of_a_folder_stand_together() -> None:
    pages = {"index": "Home", "a/one": "One", "b": "B", "a/deep/two": "Two"}
    language_config = of_navigation(pages=pages, folders={"a": "Part"})
    assert navigation(language_config) == [
        {"Home": "index.md"},
        {"Part": [{"One": "a/one.md"}, {"deep": [{"Two": "a/deep/two.md"}]}]},
        {"B": "b.md"},
    ]


def of_navigation(**settings: Any) -> LanguageConfig:  # noqa: ANN401  whatever a configuration has
    return LanguageConfig(code="x", name="", title="", description="", theme="", search="", **settings)


@pytest.mark.parametrize(
    ("pages", "expected"),
    [
        (["index", "facts", "sources"], ["index", "facts", "sources"]),
        (["index", "facts", "risks", "sources", "method"], ["index", ["facts", "sources", "method"], "risks"]),
    ],
    ids=["too few", "where the first of them stands"],
)
def test_pages_about_the_report_stand_in_a_menu(pages: list[str], expected: list[object]) -> None:
    config = of_navigation(
        pages={name: name for name in pages},
        words={"apparatus": "Data"},
    )
    assert navigation(config) == [
        {"Data": [{name: f"{name}.md"} for name in one]} if isinstance(one, list) else {one: f"{one}.md"} for one in expected
    ]


def test_many_entries_stand_in_groups_of_about_the_same_size_and_pages_that_are_alone_beside_them() -> None:
    sections = {f"s{number:02d}": f"S{number:02d}" for number in range(50)}
    pages = {"index": "Home", **{f"{name}/p": "P" for name in sections}, "facts": "F", "sources": "S", "method": "M"}
    config = of_navigation(
        pages=pages,
        folders=sections,
        span="{0}～{1}",
        words={"apparatus": "Data"},
    )
    home, *groups, menu = navigation(config)
    assert (home, list(menu)) == ({"Home": "index.md"}, ["Data"])
    assert [next(iter(one)) for one in groups] == [
        *(f"S{first:02d}～S{first + 7:02d}" for first in range(0, 48, 8)),
        "S48～S49",
    ]
    assert groups[0]["S00～S07"][1] == {"S01": [{"P": "s01/p.md"}]}


def test_no_list_of_the_navigation_has_more_entries_than_a_reader_looks_through() -> None:
    pages = {"index": "Home", **{f"p{number}": f"P{number}" for number in range(9000)}}
    config = of_navigation(pages=pages)

    def sizes(entries: list[dict[str, Any]]) -> Iterator[int]:
        yield len(entries)
        for entry in entries:
            for below in entry.values():
                if not isinstance(below, str):
                    yield from sizes(below)

    assert 2 < max(sizes(navigation(config))) < 25


@pytest.mark.parametrize(("own_title", "expected"), [("Water", "Home"), ("Overview", "Overview")])
def test_a_home_page_titled_as_the_site_is_called_home_among_the_sections(own_title: str, expected: str) -> None:
    pages = {"index": own_title, "costs": "Costs"}
    config = LanguageConfig(
        code="x", name="", title="Water", description="", theme="", search="", pages=pages, words={"front": "Home"}
    )
    assert navigation(config) == [{expected: "index.md"}, {"Costs": "costs.md"}]


def test_every_language_is_built_in_its_own_folder(project: Path) -> None:
    outcomes = built(project, EngineRequest(code="ja"), EngineRequest(code="de"))
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
    ja, de = built(project, EngineRequest(code="ja"), EngineRequest(code="de"))
    assert ja.ok
    assert not de.ok
    assert said in de.warnings[0]
    assert said in de.output


@pytest.mark.parametrize("parallel", [True, False])
def test_some_pages_are_what_the_whole_build_made_of_them(project: Path, *, parallel: bool) -> None:
    first = built(project, EngineRequest(code="ja"), EngineRequest(code="de"))
    page = project / "build/out/de/costs/index.html"
    whole = page.read_bytes()
    page.unlink()
    ja, de = built(
        project, EngineRequest(code="ja", pages=()), EngineRequest(code="de", pages=("costs.md",)), parallel=parallel
    )
    assert (ja.ok, de.ok, ja.search["pages"]) == (True, True, {})
    assert page.read_bytes() == whole
    assert de.search["pages"] == {"costs/": first[1].search["pages"]["costs/"]}


def test_shares_of_a_language_make_the_same_as_one_process(project: Path) -> None:
    def made() -> dict[str, bytes]:
        folder = project / "build/out/de"
        found = {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}
        return {name: content for name, content in found.items() if not name.startswith(("sitemap", "search/"))}

    built(project, EngineRequest(code="de"))
    whole = made()
    shutil.rmtree(project / "build/out/de")
    batches = (
        EngineRequest(code="de", pages=("index.md",), static=True, shard=0),
        EngineRequest(code="de", pages=("costs.md",), shard=1),
    )
    assert [one.ok for one in built(project, *batches)] == [True, True]
    assert made() == whole


def test_what_pages_need_is_loaded_before_there_are_any(project: Path) -> None:
    made: dict[bool, dict[str, bytes]] = {}
    for early in (True, False):
        with EnginePool(project) as engine_pool:
            if early:
                engine_pool.warm_up()
                until((project / "build/cache/theme-sandbox").is_dir)
            write_configurations(project, CONFIGS, site_url=URL, engine=ENGINES[DEFAULT])
            engine_pool.submit([EngineRequest(code="ja")])
            assert [one.ok for one in engine_pool.results()] == [True]
        pages = (project / "build/out/ja").rglob("*.html")
        made[early] = {str(path): path.read_bytes() for path in pages}
        shutil.rmtree(project / "build/out")
        shutil.rmtree(project / "build/cache")
    assert made[True] == made[False] != {}


def until(holds: Callable[[], bool]) -> None:
    for _ in range(1000):
        if holds():
            return
        time.sleep(0.01)
    pytest.fail("nothing came of it")


def test_a_process_that_dies_is_an_outcome(project: Path) -> None:
    write_configurations(project, CONFIGS, site_url=URL, engine=ENGINES[DEFAULT])
    with EnginePool(project) as engine_pool:
        engine_pool.start(1)
        engine_pool.submit([EngineRequest(code="ja")])
        engine_pool.kill()
        (outcome,) = engine_pool.results()
        assert (outcome.ok, outcome.warnings) == (False, ("the engine's process ended",))
        engine_pool.submit([EngineRequest(code="ja")])
        assert [one.ok for one in engine_pool.results()] == [True]


def test_a_process_that_ended_answers_none_of_its_requests(tmp_path: Path) -> None:
    with EnginePool(tmp_path) as pool:
        pool.start(1)
        pool.kill()
        pool.submit([EngineRequest(code="en"), EngineRequest(code="de")], parallel=False)
        assert [result.ok for result in pool.results()] == [False, False]

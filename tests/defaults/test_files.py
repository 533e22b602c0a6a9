"""What comes with the package, and what a project has in its place."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest
from sample_reports import check_edition

from generator.build.engine_theme import write_theme
from generator.checks.active_markup import unsafe_overrides
from generator.defaults.files import FOLDER, default_files, own_or_default
from generator.engines.configuration import LanguageConfig, configuration, plain_configuration
from generator.engines.registry import DEFAULT, ENGINES
from generator.pages.renderer import PageRenderer
from generator.pages.templates import Templates
from generator.reading.site_settings import default_settings, unsafe_settings
from generator.store.inputs import hash_inputs
from generator.wording.texts import Texts

ROOT = Path(__file__).parents[2]
CONFIG = LanguageConfig(code="de", name="Deutsch", title="Bericht", description="", theme="de", search="de")


def test_every_file_stands_in_for_one_of_a_project() -> None:
    found = {path.relative_to(FOLDER).parts[0] for path in default_files().values()}
    assert found == {"parts", "overrides", "assets"}
    assert {
        "templates/parts/figure.html.j2",
        "templates/overrides/main.html",
        "docs/assets/factloom.css",
    } <= default_files().keys()


def test_a_projects_own_file_wins(tmp_path: Path) -> None:
    path = "templates/parts/card.html.j2"
    assert own_or_default(tmp_path, path) == FOLDER / "parts/card.html.j2"
    (tmp_path / path).parent.mkdir(parents=True)
    (tmp_path / path).write_text("own", encoding="utf-8")
    assert own_or_default(tmp_path, path) == tmp_path / path
    assert own_or_default(tmp_path, "templates/parts/none.html.j2") == tmp_path / "templates/parts/none.html.j2"


def rendered(project: Path, call: str) -> str:
    for page in (project / "templates/pages").glob("index.*"):
        page.write_text(page.read_text(encoding="utf-8") + f"\n{call}\n", encoding="utf-8")
    edition = check_edition(project)
    renderer = PageRenderer(Templates(project), Texts(edition, edition.report.default), charts=lambda *_: None)
    return renderer.render("index").markdown


@pytest.mark.parametrize(
    ("own", "expected"),
    [
        (None, '<dl class="fl-keys" data-search-exclude>'),
        ("{% macro key_figures(facts) -%}<p>{{ facts[0].label }}</p>{%- endmacro %}", "<p>Cost of the dam</p>"),
        (
            '{% from "defaults/parts/key_figures.html.j2" import key_figures as listed with context %}'
            "{% macro key_figures(facts) -%}<div>{{ listed(facts) }}</div>{%- endmacro %}",
            '<div><dl class="fl-keys" data-search-exclude>',
        ),
    ],
    ids=["the package's", "the project's", "the package's in the project's"],
)
def test_a_part_is_the_projects_own_or_the_packages(project: Path, own: str | None, expected: str) -> None:
    if own is not None:
        (project / "templates/parts").mkdir(exist_ok=True)
        (project / "templates/parts/key_figures.html.j2").write_text(own, encoding="utf-8")
    assert expected in rendered(project, '{{ key_figures(["dam_cost"]) }}')


def test_parts_of_the_package_use_a_projects_own_shared_pieces(project: Path) -> None:
    (project / "templates/parts").mkdir(exist_ok=True)
    (project / "templates/parts/_shared.html.j2").write_text(
        "{# {% macro when() %} #}{% macro tag(kind, key, text) -%}<mark>{{ text }}</mark>{%- endmacro %}",
        encoding="utf-8",
    )
    html = rendered(project, '{{ fact_table(["dam_cost"]) }}')
    assert "<mark>announced</mark>" in html
    assert 'class="fl-inline"' in html


def test_a_number_a_date_and_a_verdict_are_no_links_where_the_report_lacks_the_page(project: Path) -> None:
    html = rendered(project, '{{ claims_table(["grew"]) }}')
    assert '<a class="fl-n" href="facts/dam_cost/" data-fact="dam_cost">' in html
    assert '<a class="fl-date">' in html
    assert 'href=""' not in html
    assert 'href="fact-check' not in html
    assert 'href="timeline' not in html


def theme(root: Path) -> dict[str, str]:
    write_theme(root, hash_inputs(root))
    folder = root / "build/theme"
    return {path.relative_to(folder).as_posix(): path.read_text("utf-8") for path in folder.rglob("*") if path.is_file()}


def test_the_theme_is_the_packages_with_the_projects_own_files(tmp_path: Path) -> None:
    own = tmp_path / "templates/overrides/main.html"
    package = theme(tmp_path)
    assert package.keys() == {path.removeprefix("templates/overrides/") for path in default_files() if "/overrides/" in path}
    own.parent.mkdir(parents=True)
    own.write_text("own", encoding="utf-8")
    (own.parent / "more.html").write_text("more", encoding="utf-8")
    assert theme(tmp_path) == {**package, "main.html": "own", "more.html": "more"}
    own.unlink()
    (own.parent / "more.html").unlink()
    assert theme(tmp_path) == package


def test_nothing_is_written_through_links_where_the_theme_stands(tmp_path: Path) -> None:
    outside, package = tmp_path / "outside", theme(tmp_path / "project")
    outside.mkdir()
    (outside / "main.html").write_text("outside", encoding="utf-8")
    folder = tmp_path / "project/build/theme"
    (folder / "main.html").unlink()
    (folder / "main.html").symlink_to(outside / "main.html")
    (folder / "linked").symlink_to(outside)
    assert theme(tmp_path / "project") == package
    (folder / "partials").rename(tmp_path / "partials")
    (folder / "partials").symlink_to(outside)
    assert theme(tmp_path / "project") == package
    (folder).rename(tmp_path / "gone")
    folder.symlink_to(outside)
    assert theme(tmp_path / "project") == package
    assert [path.name for path in outside.iterdir()] == ["main.html"]
    assert (outside / "main.html").read_text(encoding="utf-8") == "outside"


def test_the_packages_theme_is_as_harmless_as_a_projects_has_to_be(tmp_path: Path) -> None:
    theme(tmp_path)
    (tmp_path / "build/theme").rename(tmp_path / "build/overrides")
    (tmp_path / "build").rename(tmp_path / "templates")
    assert list(unsafe_overrides(tmp_path)) == []


def settings(own: dict[str, object]) -> dict[str, object]:
    text = configuration(CONFIG, [CONFIG], site_url="https://lakes.example/", engine=ENGINES[DEFAULT], settings=own)
    made: dict[str, object] = json.loads(text)
    assert unsafe_settings(made, "mkdocs.de.yml") == []
    return made


@pytest.mark.parametrize(
    ("own", "path", "expected"),
    [
        ({}, "strict", True),
        ({}, "extra_css", ["assets/factloom.css"]),
        ({"extra_css": ["assets/own.css"]}, "extra_css", ["assets/factloom.css", "assets/own.css"]),
        ({"extra_css": "assets/own.css"}, "extra_css", ["assets/factloom.css", "assets/own.css"]),
        (
            {"extra_css": ["assets/own.css", "assets/factloom.css"]},
            "extra_css",
            ["assets/own.css", "assets/factloom.css"],
        ),
        ({"extra_javascript": ["assets/factloom.js"]}, "extra_javascript", ["assets/factloom.js"]),
        ({"theme": {"name": "material"}}, "theme.custom_dir", "theme"),
        ({"theme": {"custom_dir": "templates/overrides"}}, "theme.custom_dir", "theme"),
        ({"theme": {"features": ["toc.follow"]}}, "theme.features", ["toc.follow"]),
        ({"markdown_extensions": ["abbr"]}, "markdown_extensions.abbr", {}),
        ({"markdown_extensions": ["abbr"]}, "markdown_extensions.md_in_html", {}),
        ({"markdown_extensions": [{"toc": {"toc_depth": 2}}]}, "markdown_extensions.toc.toc_depth", 2),
        ({"plugins": ["search"]}, "plugins.search.lang", ["de"]),
        ({"validation": {"links": {"anchors": "ignore"}}}, "validation.links.not_found", "warn"),
        ({"site_name": "x"}, "site_name", "Bericht"),
    ],
)
def test_settings_are_the_packages_with_the_projects_on_top(own: dict[str, object], path: str, expected: object) -> None:
    found: object = settings(own)
    for name in path.split("."):
        assert isinstance(found, dict)
        found = found[name]
    assert found == expected


def test_every_default_setting_may_be_set() -> None:
    assert unsafe_settings(dict(default_settings()), "mkdocs.yml") == []


def test_mkdocs_by_itself_inherits_paths_from_the_project() -> None:
    made = json.loads(plain_configuration(CONFIG, site_url="https://lakes.example/", settings={}))
    assert (made["docs_dir"], made["theme"]["custom_dir"]) == ("build/docs/de", "build/theme")
    assert "alternate" not in made["extra"]


def test_an_installed_package_has_every_file(tmp_path: Path) -> None:
    command = "import setuptools; setuptools.setup()"
    folders = ["egg_info", "--egg-base", str(tmp_path), "build", "--build-base", str(tmp_path), "--build-lib", str(tmp_path)]
    done = subprocess.run(
        [sys.executable, "-c", command, "-q", *folders], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    packed = {
        path.relative_to(tmp_path / "factloom").as_posix() for path in (tmp_path / "factloom").rglob("*") if path.is_file()
    }
    here = {path.relative_to(ROOT / "generator").as_posix() for path in (ROOT / "generator").rglob("*") if path.is_file()}
    assert packed == {path for path in here if "__pycache__" not in path}

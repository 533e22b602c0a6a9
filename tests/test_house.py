"""How the house is built.

Modules import only from floors below them, each outside library has one home, and the generator knows no language and no
topic.
"""

from __future__ import annotations

import ast
import re
import sys
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

from generator.reading import read_draft

ROOT = Path(__file__).parent.parent
GENERATOR = ROOT / "generator"

# From the cellar to the roof. A folder of generator/ is one entry.
FLOORS: tuple[frozenset[str], ...] = tuple(
    frozenset(names.split())
    for names in (
        "plain",
        # numbers, dates, texts, findings, and nouns that stand alone
        "values periods languages diagnostics addresses furniture cache inputs typed markup browser engines replies beside gathered",
        # the settled nouns
        "model spelling figures renderers fixing memory packs watching",
        # what is written, read with its places; the questions that settled nouns answer by themselves
        "traces nodes shapes records reading formulas outline comparison chronicle freshness api_schema",
        # a Draft becomes an Edition
        "desk settling settling_series settling_facts settling_claims translations schemas",
        # words
        "wording notices revisions",
        "texts numerals",
        # what one language says, thing by thing
        "parsing verifying citations changes feeds spreadsheets search",
        "views taking pages charts standing",
        # the promises; and what is made of pages, charts and texts
        "rules parity pictures social linked dossiers api",
        "checking packages embeds press zensing engine publishing links making finishing",
        # who makes what, and what the engine has to do
        "site ordering confirming printing cluster",
        "setting outputs painting",
        "assembling",
        "build",
        "preview",
        "reception",
        "serving",
        "cli",
        "__main__",
    )
)
# Neighbours that belong to one noun may know each other.
FAMILIES = (
    {"nodes", "shapes", "records", "reading"},
    {"desk", "settling", "settling_series", "settling_facts", "settling_claims"},
    {"views", "taking", "pages"},
)
HOMES = {
    "yaml": {"nodes"},
    "jinja2": {"pages", "press"},  # the theme's templates are Jinja's too
    "markupsafe": {"pages", "views"},
    "icu4py": {"wording"},
    "matplotlib": {"charts"},
    "matplotlib_fontja": {"charts"},
    "numpy": {"charts"},
    "PIL": {"charts"},
    "click": {"cli"},
    "mkdocs": {"press"},
    "markdown": {"printing"},
    "zensical": {"zensing"},
    "distributed": {"cluster"},
    "deepmerge": {"zensing"},  # what Zensical merges with
    "watchfiles": {"watching"},
}
TOPIC = re.compile(r"openai|zuckerberg|llama|hyperion|prometheus|superintelligence|超知能", re.IGNORECASE)


def noun(path: Path) -> str:
    """What a file belongs to: its module, or its folder."""
    return path.relative_to(GENERATOR).parts[0].removesuffix(".py")


MODULES = sorted(path for path in GENERATOR.rglob("*.py") if path != GENERATOR / "__init__.py")
NOUNS = sorted({noun(path) for path in MODULES})


@cache
def tree(path: Path) -> ast.Module:
    """A module's syntax."""
    return ast.parse(path.read_text(encoding="utf-8"))


def imported(path: Path) -> Iterator[str]:
    """The full names of what a module imports."""
    for node in ast.walk(tree(path)):
        if isinstance(node, ast.Import):
            yield from (one.name for one in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert not node.level, f"{path}: imports are written in full"
            yield from (f"{node.module}.{one.name}" for one in node.names)


def neighbours(name: str) -> Iterator[str]:
    """The nouns of the generator that a noun imports."""
    for path in MODULES:
        if noun(path) == name:
            parts = (one.split(".") for one in imported(path))
            yield from (one[1] for one in parts if one[0] == "generator" and one[1] in NOUNS)


def test_every_module_stands_on_one_floor() -> None:
    placed = [name for floor in FLOORS for name in floor]
    assert sorted(placed) == NOUNS


@pytest.mark.parametrize("name", NOUNS)
def test_a_module_imports_only_from_floors_below(name: str) -> None:
    at = next(number for number, floor in enumerate(FLOORS) if name in floor)
    known = set().union({name}, *FLOORS[:at], *(family for family in FAMILIES if name in family))
    assert set(neighbours(name)) <= known


@pytest.mark.parametrize("path", MODULES, ids=lambda path: path.relative_to(GENERATOR).as_posix())
def test_each_library_has_one_home(path: Path) -> None:
    libraries = {one.partition(".")[0] for one in imported(path)} - sys.stdlib_module_names - {"generator"}
    assert {one for one in libraries if noun(path) not in HOMES.get(one, set())} == set()


@cache
def known_languages() -> frozenset[str]:
    """The codes and names of the languages of every report here."""
    languages = [one for root in (ROOT, ROOT / "tests/projects/good") for one in read_draft(root)[0].languages]
    return frozenset(word for one in languages for word in (one.code, one.name, one.locale))


@pytest.mark.parametrize("path", MODULES, ids=lambda path: path.relative_to(GENERATOR).as_posix())
def test_the_generator_knows_no_language(path: Path) -> None:
    texts = [node.value for node in ast.walk(tree(path)) if isinstance(node, ast.Constant) and isinstance(node.value, str)]
    assert not known_languages().intersection(texts)
    names = [word for word in known_languages() if len(word) > len("zh-Hant")]
    assert not [word for word in (*names, "English", "Deutsch", "日本語") for text in texts if word in text]


@pytest.mark.parametrize(
    "path",
    [path for path in sorted(GENERATOR.rglob("*")) if path.suffix in {".py", ".toml", ".css", ".js"}],
    ids=lambda path: path.relative_to(GENERATOR).as_posix(),
)
def test_the_generator_knows_no_topic(path: Path) -> None:
    assert TOPIC.findall(path.read_text(encoding="utf-8")) == []

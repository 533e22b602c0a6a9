"""How the house is built.

Rooms (the folders of generator/) import only from rooms below them, and only their public modules; each outside library has one
home, and the generator knows no language and no topic.
"""

from __future__ import annotations

import ast
import re
import sys
import tomllib
from collections.abc import Iterator
from functools import cache
from importlib.metadata import version
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.version import Version

from generator.reading.draft import read_draft

ROOT = Path(__file__).parent.parent
GENERATOR = ROOT / "generator"
CONTRIBUTING = (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8")

# From the ground up: a room imports only from rooms further up in this list.
ORDER = (
    "records",
    "defaults",
    "diagnostics",
    "extensions",
    "markup",
    "store",
    "model",
    "wording",
    "tables",
    "reading",
    "charts",
    "settling",
    "pages",
    "rules",
    "engines",
    "exports",
    "checks",
    "editing",
    "comparing",
    "build",
    "serve",
    "commands",
    "api",
)
# The room that knows an outside library.
HOMES = {
    "platformdirs": "store",
    "selectolax": "markup",
    "yaml": "reading",
    "icu4py": "wording",
    "babel": "wording",
    "python_calamine": "tables",
    "matplotlib": "charts",
    "matplotlib_fontja": "charts",
    "numpy": "charts",
    "PIL": "charts",
    "jinja2": "pages engines serve",  # the theme's templates are Jinja's, too, and so are the editor's pages
    "markupsafe": "pages",
    "mkdocs": "engines",
    "properdocs": "engines",
    "zensical": "engines",
    "deepmerge": "engines",  # what Zensical merges with
    "markdown": "exports",
    "xlsxwriter": "exports",
    "certifi": "checks",
    "msgspec": "records markup",
    "urllib3": "checks",
    "distributed": "build",
    "regex": "wording",
    "watchfiles": "serve",
    "starlette": "serve",
    "uvicorn": "serve",
    "click": "commands",
}
TOPIC = re.compile(r"openai|zuckerberg|llama|hyperion|prometheus|superintelligence|超知能", re.IGNORECASE)


ROOMS = sorted(path.parent.name for path in GENERATOR.glob("*/__init__.py"))
MODULES = sorted(path for path in GENERATOR.rglob("*.py") if path.parent != GENERATOR)


def room(path: Path) -> str:
    """The folder that a module stands in."""
    return path.relative_to(GENERATOR).parts[0]


@cache
def tree(path: Path) -> ast.Module:
    """A module's syntax."""
    return ast.parse(path.read_text(encoding="utf-8"))


@cache
def nodes(path: Path) -> tuple[ast.AST, ...]:
    """All nodes of a module's syntax."""
    return tuple(ast.walk(tree(path)))


@cache
def imported(path: Path) -> tuple[tuple[str, str, str], ...]:
    """What a module imports: the room or library, the module in it, and the name; the last two may be empty."""
    return tuple(_imported(path))


def _imported(path: Path) -> Iterator[tuple[str, str, str]]:
    for node in nodes(path):
        if isinstance(node, ast.Import):
            yield from ((one.name.partition(".")[0], "", "") for one in node.names)
        elif isinstance(node, ast.ImportFrom):
            head, _, rest = (node.module or "").partition(".")
            if node.level != len("..") or not head:  # a neighbour in the same room, the package itself, or a library
                yield from ((head, rest, one.name) for one in node.names if not node.level)
                continue
            yield from ((head, rest or one.name, one.name if rest else "") for one in node.names)


def public_modules(name: str) -> frozenset[str]:
    """The modules of a room that other rooms may use: those that its `__all__` names."""
    for node in tree(GENERATOR / name / "__init__.py").body:
        if isinstance(node, ast.Assign) and [one.id for one in node.targets if isinstance(one, ast.Name)] == ["__all__"]:
            return frozenset(ast.literal_eval(node.value))
    return frozenset()


def test_no_room_imports_a_whole_room() -> None:
    at_top = [
        (path.name, one.name)
        for path in MODULES
        for node in nodes(path)
        if isinstance(node, ast.ImportFrom) and node.level > 1 and not node.module
        for one in node.names
    ]
    assert {name for _, name in at_top} == {"__version__"}


def test_only_rooms_stand_at_the_top() -> None:
    found = {path.name for path in GENERATOR.iterdir() if path.name != "__pycache__"}
    assert found == {*ORDER, "__init__.py", "__main__.py", "py.typed"}


def test_every_room_is_packaged() -> None:
    packages = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["tool"]["setuptools"]["packages"]
    assert packages == ["factloom", *(f"factloom.{name}" for name in ROOMS)]


@pytest.mark.parametrize("name", ["jinja2", "mkdocs", "mkdocs-material", "uvicorn"])
def test_a_package_whose_own_business_we_call_is_bounded(name: str) -> None:
    lines = (ROOT / "requirements.in").read_text(encoding="utf-8").splitlines()
    requirements = {one.name: one.specifier for one in (Requirement(line) for line in lines if not line.startswith("#"))}
    installed = Version(version(name))
    assert installed in requirements[name]
    assert Version(f"{installed.major}.{installed.minor + 1}") not in requirements[name]


@pytest.mark.parametrize("name", ORDER)
def test_a_room_imports_only_from_rooms_below(name: str) -> None:
    used = {one for path in MODULES if room(path) == name for one, _, _ in imported(path) if one in ROOMS}
    assert used <= set(ORDER[: ORDER.index(name)])


@pytest.mark.parametrize("name", ORDER)
def test_a_room_is_used_through_its_public_modules(name: str) -> None:
    used = {(module, own) for path in MODULES if room(path) != name for one, module, own in imported(path) if one == name}
    used |= {(module, own) for one, module, own in imported_at_top() if one == name}
    assert {module for module, _ in used} == public_modules(name)
    assert [own for _, own in used if own.startswith("_")] == []


def imported_at_top() -> Iterator[tuple[str, str, str]]:
    """What the command `python -m generator` imports."""
    for node in ast.walk(tree(GENERATOR / "__main__.py")):
        if isinstance(node, ast.ImportFrom) and node.level == 1:
            head, _, rest = (node.module or "").partition(".")
            yield from ((head, rest or one.name, one.name if rest else "") for one in node.names)


@pytest.mark.parametrize("name", ORDER)
def test_a_room_says_what_it_is_for(name: str) -> None:
    told = ast.get_docstring(tree(GENERATOR / name / "__init__.py")) or ""
    assert told.splitlines()[0].endswith(".")
    assert [module for module in public_modules(name) if f"{module}: " not in told] == []


@pytest.mark.parametrize("path", MODULES, ids=lambda path: path.relative_to(GENERATOR).as_posix())
def test_each_library_has_one_home(path: Path) -> None:
    libraries = {one for one, _, _ in imported(path)} - sys.stdlib_module_names - set(ROOMS)
    assert {one for one in libraries if room(path) not in HOMES.get(one, "").split()} == set()


# Services whose fields are not all given when they are made, or that do not count when they are compared.
NO_RECORDS = {"extensions/registry.py", "pages/templates.py", "serve/editor_session.py", "wording/author_patterns.py"}


def test_records_are_structs() -> None:
    with_data_classes = {path for path in MODULES if "dataclasses" in {one for one, _, _ in imported(path)}}
    assert {path.relative_to(GENERATOR).as_posix() for path in with_data_classes} == NO_RECORDS


def test_a_module_holds_one_subject() -> None:
    lines = {path.relative_to(GENERATOR).as_posix(): path.read_text(encoding="utf-8").count("\n") for path in MODULES}
    assert {name: count for name, count in lines.items() if count > 300} == {}


# What may restore Python objects from bytes, which can run code, and whose bytes these are.
RESTORES = {
    "store/objects.py": "files whose signature was verified",
    "build/background.py": "a copy of this process",
}


@pytest.mark.parametrize("path", MODULES, ids=lambda path: path.relative_to(GENERATOR).as_posix())
def test_nothing_else_restores_objects_from_bytes(path: Path) -> None:
    restoring = {"pickle", "marshal", "shelve", "cloudpickle", "dill", "joblib"} & {one for one, _, _ in imported(path)}
    assert not restoring or path.relative_to(GENERATOR).as_posix() in RESTORES


@pytest.mark.parametrize("named", sorted(set(re.findall(r"`([a-z]+/[\w/]+\.py)`", CONTRIBUTING))))
def test_contributing_names_modules_that_exist(named: str) -> None:
    assert (GENERATOR / named).is_file() or (ROOT / named).is_file()


def test_contributing_shows_every_room() -> None:
    assert [name for name in reversed(ORDER) if not re.search(rf"^{name} ", CONTRIBUTING, re.MULTILINE)] == []


@cache
def known_languages() -> frozenset[str]:
    """The codes and names of the languages of every report here."""
    languages = [one for root in (ROOT, ROOT / "tests/projects/good") for one in read_draft(root)[0].languages]
    return frozenset(word for one in languages for word in (one.code, one.name, one.locale))


@pytest.mark.parametrize("path", MODULES, ids=lambda path: path.relative_to(GENERATOR).as_posix())
def test_the_generator_knows_no_language(path: Path) -> None:
    texts = [node.value for node in nodes(path) if isinstance(node, ast.Constant) and isinstance(node.value, str)]
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


# Sums of whole numbers and Decimals, which no look at the call alone tells. Python 3.12 adds floats with a compensation for what
# is lost and 3.11 does not, so of floats there is only `math.fsum`, which loses nothing on any of them. Floats are in charts.
EXACT_SUMS = {
    "sum((self.counts.get((row, column), 0) for column in self.columns))",
    "sum(positions[node])",
    "sum((part.squares for part in parts))",
    "sum(sizes)",
    "sum(floors)",
    "sum(signs)",
    "sum(counts)",
    "sum(units)",
}


def sums(path: Path) -> Iterator[ast.Call]:
    """The calls of `sum` in a module that may add floats."""
    for node in nodes(path):
        if not (isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "sum"):
            continue
        added = node.args[0].elt if isinstance(node.args[0], ast.GeneratorExp) else node.args[0]
        is_count = isinstance(added, ast.Compare | ast.BoolOp) or (
            isinstance(added, ast.UnaryOp) and isinstance(added.op, ast.Not)
        )
        is_whole = isinstance(added, ast.Constant) and isinstance(added.value, int)
        is_size = isinstance(added, ast.Call) and ast.unparse(added.func) == "len"
        if not (is_count or is_whole or is_size or [ast.unparse(one) for one in node.args[1:]] == ["Decimal(0)"]):
            yield node


def test_floats_are_added_alike_by_every_python() -> None:
    found = {ast.unparse(node): path.name for path in MODULES if room(path) == "charts" for node in sums(path)}
    assert {call: name for call, name in found.items() if call not in EXACT_SUMS} == {}
    assert found.keys() >= EXACT_SUMS

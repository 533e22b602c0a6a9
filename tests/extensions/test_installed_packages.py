"""Marks, outputs and rules of installed packages, with tiny packages in an environment of their own."""

from __future__ import annotations

import os
import subprocess
import sysconfig
import venv
from collections.abc import Callable, Iterator
from pathlib import Path
from shutil import copytree

import pytest
from sample_projects import GOOD, edit

ROOT = Path(__file__).parents[2]
CODE = """
from factloom.api.marks import Cell, Label, Mark, Option, Scene, Table, circle, line
from factloom.api.outputs import Edition
from factloom.api.rules import Finding


def draw(spec, canvas):
    shapes = []
    for at, item in enumerate(spec.items()):
        y = 20 + 30 * at
        shapes += [line([(0, y), (200, y)], stroke="c1"), circle(200, y, 5, fill="c1", row=at)]
        shapes.append(Label(x=210, y=y + 5, text=item.short, size=canvas.text_size))
    return Scene(width=canvas.width, height=30 * len(spec.items()) + 20, shapes=tuple(shapes))


ROWS = Option(kind="rows", required=True, members={"fact": Option(kind="fact", required=True)})
LOLLIPOP = Mark(
    options={"rows": ROWS},
    draw=draw,
    describe=lambda spec: [f"{item.label}: {item.long}" for item in spec.items()],
    tabulate=lambda spec: Table((spec.word("item"), spec.word("value")), tuple((Cell(one.label), Cell(one.long)) for one in spec.items())),
)


def plain_list(edition, texts):
    for code, words in texts.items():
        yield f"{code}.txt", "".join(f"{words.label(fact)}: {words.value(fact)}\\n" for fact in edition.facts.values()) + VERSION


def short_labels(edition: Edition):
    for fact in edition.facts.values():
        if fact.label.texts["en"].startswith("Growth"):
            yield Finding(message={"en": f"{fact.id} has a long label", "ja": "長い"}, span=fact.span, help="shorten it")
"""
ENTRY_POINTS = {
    "marks": ["lollipop = tiny_extension:LOLLIPOP"],
    "outputs": ["plain_list = tiny_extension:plain_list"],
    "rules": ["short-labels = tiny_extension:short_labels"],
}


def _put(folder: Path, package: str, entry_points: dict[str, list[str]], *, version: str = "1.0", code: str = CODE) -> None:
    """Lay a package with entry points into a folder, as pip does."""
    module = package.replace("-", "_")
    for old in folder.glob(f"{module}-*.dist-info/*"):
        old.unlink()
    for old in folder.glob(f"{module}-*.dist-info"):
        old.rmdir()
    (folder / f"{module}.py").write_text(f'VERSION = "{version}"\n{code}', encoding="utf-8")
    information = folder / f"{module}-{version}.dist-info"
    information.mkdir(parents=True)
    (information / "METADATA").write_text(f"Metadata-Version: 2.1\nName: {package}\nVersion: {version}\n", encoding="utf-8")
    text = "".join(f"[factloom.{group}]\n" + "\n".join(lines) + "\n" for group, lines in entry_points.items())
    (information / "entry_points.txt").write_text(text, encoding="utf-8")


@pytest.fixture(scope="module")
def environment(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A virtual environment with the generator under its name, and with all that this one has; its folder of packages."""
    folder = tmp_path_factory.mktemp("environment")
    venv.create(folder, with_pip=False, symlinks=True)
    packages = next(folder.glob("lib/python*/site-packages"))
    (packages / "factloom").symlink_to(ROOT / "generator")
    (packages / "others.pth").write_text(f"{sysconfig.get_path('purelib')}\n", encoding="utf-8")
    return packages


@pytest.fixture
def packages(environment: Path) -> Iterator[Path]:
    """The same folder with the tiny package in it, and without any extension afterwards."""
    _put(environment, "tiny-extension", ENTRY_POINTS)
    yield environment
    for path in environment.glob("*-*.dist-info"):
        for file in path.iterdir():
            file.unlink()
        path.rmdir()


@pytest.fixture
def report(tmp_path: Path) -> Path:
    """The good project with a chart of the installed mark, and with the installed output in its list."""
    root = copytree(GOOD, tmp_path / "project")
    (root / "data/charts").mkdir()
    chart = "areas:\n  mark: lollipop\n  title: {en: Areas, de: Flächen}\n  rows: [area_2024, area_2025]\n"
    (root / "data/charts/water.yml").write_text(chart, encoding="utf-8")
    for code in ("en", "de"):
        with (root / f"templates/pages/index.{code}.md.j2").open("a", encoding="utf-8") as page:
            page.write('\n{{ figure("areas") }}\n')
    edit(root, "data/report.yml", "sections: [water]", "sections: [water]\noutputs: [plain_list]")
    return root


Factloom = Callable[..., subprocess.CompletedProcess[str]]


@pytest.fixture
def factloom(packages: Path, report: Path) -> Factloom:
    """Run a command on the report in the environment, from the report's folder."""
    python = next(packages.parents[2].glob("bin/python"))
    environment = {
        key: value for key, value in os.environ.items() if not key.startswith(("PYTHON", "VIRTUAL_ENV", "LC_", "LANG"))
    }

    def run(*arguments: str) -> subprocess.CompletedProcess[str]:
        command = [str(python), "-m", "factloom", *arguments, "--format", "concise"]
        return subprocess.run(command, cwd=report, env=environment, capture_output=True, text=True, check=False)

    return run


def test_installed_marks_outputs_and_rules_are_used(factloom: Factloom, report: Path, packages: Path) -> None:
    checked = factloom("check")
    assert checked.stdout.splitlines() == ["data/facts/water.yml:19:1: short-labels area_growth has a long label"]
    built = factloom("build")
    assert built.returncode == 0, built.stdout + built.stderr
    page = (report / "site/en/index.html").read_text(encoding="utf-8")
    assert "Area in 2025: 25 square kilometers" in page.replace("\N{NO-BREAK SPACE}", " ")
    assert page.count('class="fl-svg fl-svg--wide"') == 1
    listed = report / "site/extra/plain_list/de.txt"
    assert listed.read_text(encoding="utf-8").endswith("1.0")
    _put(packages, "tiny-extension", ENTRY_POINTS, version="1.1")
    assert factloom("build").returncode == 0
    assert listed.read_text(encoding="utf-8").endswith("1.1")


BROKEN = {  # what another package declares, and what is said of it
    "no module": (
        "marks",
        "gone = not_there:X",
        "gone of other-extension 2.0 cannot be loaded: ModuleNotFoundError: No module",
    ),
    "no mark": ("marks", "worded = tiny_extension:VERSION", "it is no Mark of factloom.api.marks but str"),
    "no function": ("rules", "no-function = tiny_extension:VERSION", "it is no function but str"),
    "a name of its own": ("marks", "bars = tiny_extension:LOLLIPOP", "adds bars, which is a name of factloom itself"),
    "no name of a rule": ("rules", "labels = tiny_extension:short_labels", "adds labels, which is no name for it"),
    "a rule that fails": (
        "rules",
        "bad-rule = tiny_extension:draw",
        "bad-rule of other-extension 2.0 failed: TypeError: draw()",
    ),
    "a name that is taken": ("outputs", "plain_list = tiny_extension:plain_list", "adds plain_list, as other-extension"),
}


def test_an_extension_that_cannot_be_used_is_an_error(factloom: Factloom, packages: Path) -> None:
    groups: dict[str, list[str]] = {}
    for group, line, _ in BROKEN.values():
        groups.setdefault(group, []).append(line)
    _put(packages, "other-extension", groups, version="2.0")
    done = factloom("check")
    told = [line for line in done.stdout.splitlines() if " broken-extension " in line]
    for _, line, said in BROKEN.values():
        (found,) = [one for one in told if said in one]
        assert ".dist-info/entry_points.txt:" in found, line
    assert len(told) == len(BROKEN)
    assert done.returncode == 1


def test_nothing_in_a_project_is_an_extension(factloom: Factloom, report: Path) -> None:
    ran = report / "ran"
    _put(report, "evil-extension", {"rules": ["evil-rule = evil_extension:x"]}, code=f"open({str(ran)!r}, 'w')\n")
    (report / "tiny_extension.py").write_text(f"open({str(ran)!r}, 'w')\n", encoding="utf-8")
    assert "evil" not in factloom("check").stdout
    assert not ran.exists()

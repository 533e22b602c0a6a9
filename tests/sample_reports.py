"""What outputs are made of, for tests: the good project rendered whole, and this repository's own report as data and words."""

from __future__ import annotations

import atexit
import shutil
import subprocess
import sys
import tempfile
from datetime import date
from functools import cache
from pathlib import Path

from generator.build.artifacts import ArtifactStore, SerialExecutor
from generator.build.outputs import OutputContext, collect, making
from generator.build.pipeline import open_context
from generator.build.site import render_all
from generator.checks.project_check import check_project
from generator.model import report
from generator.pages.page import Page, Uses
from generator.store.inputs import hash_inputs
from generator.wording.texts import Texts

TESTS = Path(__file__).parent
GOOD, FLAGSHIP = TESTS / "projects/good", TESTS.parent
NEEDED = ("data", "docs", "generator", "templates", "mkdocs.yml")


def copy_flagship(target: Path) -> Path:
    """All that a build of this repository's report needs."""
    for name in NEEDED:
        source = FLAGSHIP / name
        if source.is_dir():
            shutil.copytree(source, target / name, ignore=shutil.ignore_patterns("__pycache__"))
        else:
            shutil.copy(source, target / name)
    return target


def build(root: Path, *more: str) -> subprocess.CompletedProcess[str]:
    """What `factloom build` says of a project."""
    command = [sys.executable, "-m", "generator", "build", "--format", "concise", *more]
    return subprocess.run(command, cwd=root, capture_output=True, text=True, check=False)


def edition_of(root: Path) -> report.Edition:
    checked = check_project(root)
    assert checked.edition is not None
    assert checked.errors == ()
    return checked.edition


@cache
def good() -> OutputContext:
    folder = Path(tempfile.mkdtemp())
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    shop = open_context(GOOD, edition_of(GOOD), (), hash_inputs(GOOD), ArtifactStore(folder, "tests"), SerialExecutor())
    rendered, mistakes = render_all(shop)
    assert mistakes == []
    return making(shop, rendered)


@cache
def contents() -> dict[str, str | bytes]:
    """Every output of the good project."""
    return {path: product.make() for path, product in collect(good()).items()}


@cache
def flagship_edition() -> report.Edition:
    return edition_of(FLAGSHIP)


@cache
def flagship() -> tuple[Texts, ...]:
    edition = flagship_edition()
    return tuple(Texts(edition, language) for language in edition.report.languages)


def a_page(name: str, texts: Texts, *, title: str = "", facts: tuple[str, ...] = ()) -> Page:
    return Page(
        name=name,
        language=texts.language.code,
        title=title or name,
        description=f"About {name}",
        markdown="",
        uses=Uses(facts=list(facts)),
        changed=date(2025, 6, 1),
    )

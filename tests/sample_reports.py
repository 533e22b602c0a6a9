"""Sample reports for tests: the good project built in memory, and this repository's own report (the flagship) as data and texts."""

from __future__ import annotations

import atexit
import shutil
import subprocess
import sys
import tempfile
from datetime import date
from functools import cache
from pathlib import Path

from sample_projects import GOOD

from generator.build.artifacts import ArtifactStore, BuildContext
from generator.build.context import create_context
from generator.build.executors import SerialExecutor
from generator.build.output_context import OutputContext, create_output_context
from generator.build.outputs import output_files
from generator.build.site import RenderedLanguage, add_fact_pages, render_pages, start_charts
from generator.checks.project_check import check_project
from generator.model import report
from generator.pages.page import Page, Uses
from generator.store.inputs import hash_inputs
from generator.wording.texts import Texts

TESTS = Path(__file__).parent
FLAGSHIP = TESTS.parent
BUILD_INPUTS = ("data", "docs", "generator", "templates", "mkdocs.yml")


def copy_flagship(target: Path) -> Path:
    """Copy everything that a build of this repository's report needs to a folder."""
    target.mkdir(parents=True, exist_ok=True)
    for name in BUILD_INPUTS:
        source = FLAGSHIP / name
        if source.is_dir():
            shutil.copytree(source, target / name, ignore=shutil.ignore_patterns("__pycache__", "guide"))
        else:
            shutil.copy(source, target / name)
    return target


def run_build(root: Path, *more: str) -> subprocess.CompletedProcess[str]:
    """Run `factloom build` on a project as a program of its own."""
    command = [sys.executable, "-m", "generator", "build", "--format", "concise", *more]
    return subprocess.run(command, cwd=root, capture_output=True, text=True, check=False)


def check_edition(root: Path) -> report.Edition:
    """The edition of a project that must have no errors."""
    checked = check_project(root)
    assert checked.edition is not None
    assert checked.errors == ()
    return checked.edition


@cache
def sample_context() -> OutputContext:
    """The good project with its pages rendered, ready for its outputs to be made."""
    folder = Path(tempfile.mkdtemp())
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    store, executor = ArtifactStore(folder, "tests"), SerialExecutor()
    files, edition = hash_inputs(GOOD), check_edition(GOOD)
    context = create_context(GOOD, edition, stale=(), files=files, store=store, executor=executor)
    return create_output_context(context, render_report(context))


def render_report(context: BuildContext) -> list[RenderedLanguage]:
    """Every page, chart and page of a fact in every language of a report without mistakes."""
    add_charts = start_charts(context)
    rendered, mistakes = render_pages(context)
    rendered, chart_mistakes = add_charts(rendered)
    rendered, fact_mistakes = add_fact_pages(context, rendered)
    assert [*mistakes, *chart_mistakes, *fact_mistakes] == []
    return rendered


@cache
def sample_outputs() -> dict[str, str | bytes]:
    """Every output of the good project."""
    return {path: file.make() for path, file in output_files(sample_context()).items()}


@cache
def flagship_edition() -> report.Edition:
    """The edition of this repository's report."""
    return check_edition(FLAGSHIP)


@cache
def flagship_texts() -> tuple[Texts, ...]:
    """The texts of this repository's report in each of its languages."""
    edition = flagship_edition()
    return tuple(Texts(edition, language) for language in edition.report.languages)


def make_page(name: str, texts: Texts, *, title: str = "", facts: tuple[str, ...] = ()) -> Page:
    """A page without content that uses some facts."""
    return Page(
        name=name,
        language=texts.language.code,
        title=title or name,
        description=f"About {name}",
        markdown="",
        uses=Uses(facts=list(facts)),
        changed=date(2025, 6, 1),
    )

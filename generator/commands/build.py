"""`factloom build`: publishes the site. The pipeline is loaded only where there is something to do."""

from __future__ import annotations

import gc
import sys
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from typing import NoReturn

import click

from ..build.plan import BuildOptions, InputSnapshot, closing_line, take_snapshot, up_to_date
from ..diagnostics.finding import Diagnostic, DiagnosticError, Span, tool_message
from ..engines.registry import DEFAULT, ENGINES
from ..store.project_lock import ProjectLockedError, project_lock
from .findings import cannot_write, print_findings, summarize
from .options import format_option, jobs_option, judged_on_option, language_option, root_option


@click.command("build")
@root_option
@format_option
@language_option
@jobs_option
@click.option("--render-only", is_flag=True, help="Stop after build/docs: what a plain `mkdocs build` reads.")
@judged_on_option
@click.option("--pdf", is_flag=True, help="Make each language's PDF too, with a Chromium (on the PATH, or named in CHROMIUM).")
@click.option(
    "--engine",
    type=click.Choice(list(ENGINES)),
    default=DEFAULT,
    show_default=True,
    help="What makes the site of the pages.",
)
@click.option(
    "--dask",
    metavar="ADDRESS",
    help="Draw and render on a Dask cluster (tcp://host:port); its workers need this package and the same project folder.",
)
@click.option(
    "--wait",
    type=click.FloatRange(min=0),
    metavar="SECONDS",
    default=600.0,
    show_default=True,
    help="How long to wait while another process works in the project.",
)
def command(  # one flag each
    root: Path,
    form: str,
    language: str,
    jobs: int | None,
    *,
    render_only: bool,
    as_of: datetime | None,
    pdf: bool,
    engine: str,
    dask: str | None,
    wait: float,
) -> None:
    """Check, render, draw and publish the site in every language."""
    options = BuildOptions(
        root=root.resolve(),
        jobs=jobs or 0,
        render_only=render_only,
        as_of=as_of.date() if as_of else None,
        pdf=pdf,
        engine=ENGINES[engine],
        dask=dask or "",
    )
    try:
        with project_lock(options.root, seconds=wait, on_wait=lambda: _progress(tool_message("waiting", language))):
            click.echo(_build_if_needed(options, form, language))
    except DiagnosticError as error:
        _fail([error.diagnostic], options.root, form, language)
    except OSError as error:
        _fail([cannot_write(error, options.root)], options.root, form, language)
    except ProjectLockedError:
        _fail(
            [Diagnostic(rule="project-locked", span=Span("build"), args={"seconds": f"{wait:g}"})], options.root, form, language
        )


def _build_if_needed(options: BuildOptions, form: str, language: str) -> str:
    snapshot = take_snapshot(options)
    if up_to_date(options, snapshot):
        _progress("unchanged nothing to do")
        return closing_line(options.root)
    return _build(options, snapshot, form, language)


def _build(options: BuildOptions, snapshot: InputSnapshot, form: str, language: str) -> str:
    """Build the site; the engine loads, and the trees are verified, while this process loads the pipeline."""
    from ..engines.processes import EnginePool  # noqa: PLC0415

    gc.disable()  # all that is made is needed to the end
    keep_alive: list[object] = []
    with EnginePool(options.root, options.engine) as engine_pool:
        if snapshot.starts_engine_early:
            engine_pool.start(1)
        if not options.serial:
            snapshot.lists.verify_in_background()
        from ..build.errors import BuildError  # noqa: PLC0415
        from ..build.pipeline import build_site  # noqa: PLC0415

        try:
            return build_site(options, snapshot, progress=_progress, engine_pool=engine_pool, keep_alive=keep_alive)
        except BuildError as error:
            _fail(error.findings, options.root, form, language)


def _fail(findings: Sequence[Diagnostic], root: Path, form: str, language: str) -> NoReturn:
    """Say why nothing was published."""
    print_findings(findings, form, root, language)
    click.echo(f"{summarize(findings, language)}; {tool_message('kept', language)}", err=True)
    sys.exit(1)


def _progress(text: str) -> None:
    click.echo(text, err=True)

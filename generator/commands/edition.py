"""`factloom edition`: freezes the report as it is as a dated edition."""

from __future__ import annotations

import sys
from datetime import date, datetime
from functools import partial
from pathlib import Path

import click

from ..build.plan import BuildOptions
from ..diagnostics.finding import Diagnostic, DiagnosticError, Span, tool_message
from ..reading.edition_archives import EditionArchiveError
from ..store.project_lock import ProjectLockedError, project_lock
from .findings import cannot_write, print_findings, summarize
from .options import DAY, format_option, jobs_option, language_option, root_option


@click.command("edition")
@click.option("--date", "on", type=DAY, help="The day that names it (default: today).")
@click.option("--replace", is_flag=True, help="Make the edition of that day anew, as long as nobody has cited it.")
@root_option
@format_option
@language_option
@jobs_option
def command(*, on: datetime | None, replace: bool, root: Path, form: str, language: str, jobs: int | None) -> None:
    """Freeze the report as editions/DATE.tar.xz; each later build publishes it at v/DATE/, and citations lead there."""
    day = on.date() if on is not None else date.today()  # noqa: DTZ011  the publisher's own day
    options = BuildOptions(root=root.resolve(), jobs=jobs or 0)
    findings: list[Diagnostic] = []
    try:
        with project_lock(options.root, seconds=600, on_wait=partial(click.echo, tool_message("waiting", language), err=True)):
            findings = _freeze(options, day, language, replace=replace)
    except DiagnosticError as error:
        findings = [error.diagnostic]
    except OSError as error:
        findings = [cannot_write(error, options.root)]
    except ProjectLockedError:
        findings = [Diagnostic(rule="project-locked", span=Span("build"), args={"seconds": "600"})]
    if findings:
        print_findings(findings, form, options.root, language)
        click.echo(summarize(findings, language), err=True)
        sys.exit(1)


def _freeze(options: BuildOptions, day: date, language: str, *, replace: bool) -> list[Diagnostic]:
    """Make the edition where it would be a new one; gives what keeps it from being made."""
    from ..build.errors import BuildError  # noqa: PLC0415
    from ..build.freezing import freeze, inputs_of, newest_edition  # noqa: PLC0415

    try:
        newest = newest_edition(options.root)
    except EditionArchiveError as error:
        return [Diagnostic(rule="bad-edition", span=Span("editions"), args={"why": str(error)})]
    if newest is not None and newest.inputs == inputs_of(options.root):
        click.echo(tool_message("edition-same", language, date=newest.date))
        return []
    if newest is not None and (day.isoformat() < newest.date or (day.isoformat() == newest.date and not replace)):
        raise click.UsageError(tool_message("edition-there", language, date=newest.date))
    try:
        file, size = freeze(options, day, progress=partial(click.echo, err=True))
    except BuildError as error:
        return list(error.findings)
    click.echo(tool_message("edition-done", language, file=file, size=f"{size / 1e6:.1f}", date=day.isoformat()))
    return []

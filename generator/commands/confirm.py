"""`factloom confirm`: remembers that texts say the same in every language."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from ..checks.project_check import UnreadableProjectError
from ..diagnostics.finding import tool_message
from ..editing.confirmations import UnknownNameError, confirm_texts
from .editing_session import written_or_told
from .findings import print_findings
from .options import language_option, root_option


@click.command("confirm")
@click.argument("names", metavar="[PAGE]...", nargs=-1)
@root_option
@language_option
def command(names: tuple[str, ...], root: Path, language: str) -> None:
    """Remember that the texts say the same in every language: of pages, of `facts`, of `claims/ID`, or all."""
    try:
        with written_or_told(root, language):
            count = confirm_texts(root, names, on_wait=lambda: click.echo(tool_message("waiting", language), err=True))
    except UnreadableProjectError as error:
        print_findings(error.findings, "full", root, language)
        sys.exit(1)
    except UnknownNameError as error:
        raise click.UsageError(tool_message("no-text", language, name=str(error))) from error
    click.echo(tool_message("confirmed", language, count=str(count)))

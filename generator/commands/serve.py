"""`factloom serve`: shows the report while it is edited."""

from __future__ import annotations

import os
from datetime import datetime
from pathlib import Path

import click

from ..build.plan import BuildOptions, source_date
from ..diagnostics.finding import DiagnosticError, languages, preferred_language, tool_message
from ..serve.server import CannotListenError, ServeOptions, serve
from .options import jobs_option, judged_on_option, root_option


@click.command("serve")
@root_option
@click.option(
    "--language",
    type=click.Choice(languages()),
    default=None,
    show_default="what LANG asks for; in a page, what the browser asks for",
    help="The language that findings are told in.",
)
@click.option(
    "--host",
    default="127.0.0.1",
    show_default=True,
    help="The address to listen at; others than this machine's show it to all.",
)
@click.option(
    "--port", type=click.IntRange(0, 65535), default=8000, show_default=True, help="The port; 0 for any that is free."
)
@click.option(
    "--allow-host",
    "allowed_hosts",
    metavar="NAME",
    multiple=True,
    help="A name besides this machine's own that browsers may reach it by; may be given several times.",
)
@jobs_option
@judged_on_option
def command(
    root: Path,
    language: str | None,
    host: str,
    port: int,
    allowed_hosts: tuple[str, ...],
    *,
    jobs: int | None,
    as_of: datetime | None,
) -> None:
    """Show the report while it is edited: open pages follow each change. site/ stays as it is."""
    options = BuildOptions(root=root.resolve(), jobs=jobs or 0, as_of=as_of.date() if as_of else None)
    terminal_language = language or preferred_language(os.environ)
    serve_options = ServeOptions(
        host=host, port=port, language=terminal_language, page_language=language or "", allowed_hosts=allowed_hosts
    )
    try:
        source_date()  # else drawing would fail at it
        serve(options, serve_options, progress=lambda text: click.echo(text, err=True))
    except DiagnosticError as error:
        raise click.UsageError(error.diagnostic.sentence(terminal_language)) from error
    except CannotListenError as error:
        message = tool_message("port-taken", terminal_language, host=host, port=str(port), why=str(error))
        raise click.UsageError(message) from error

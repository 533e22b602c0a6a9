"""`factloom schema`: keeps the JSON Schemas of data/ current."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from ..diagnostics.finding import tool_message
from ..reading.schemas import stale_files, write_files
from .editing_session import writes
from .options import language_option, root_option


@click.command("schema")
@root_option
@language_option
@click.option(
    "--write", is_flag=True, help="Write what is not current: schema/<kind>.json, and the line in data/ that points there."
)
def command(root: Path, language: str, *, write: bool) -> None:
    """Check that the schemas by which editors complete, explain and check data/ are current."""
    if write:
        with writes(root, language):
            written = write_files(root)
        click.echo(tool_message("schema-written", language, count=str(len(written))))
        return
    stale = stale_files(root)
    for file in stale:
        click.echo(tool_message("schema-stale", language, file=file))
    if stale:
        sys.exit(1)
    click.echo(tool_message("schema-current", language))

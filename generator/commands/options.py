"""Command-line options that several commands have."""

from __future__ import annotations

import os
from collections.abc import Callable, Collection, Sequence
from pathlib import Path

import click

from ..diagnostics.finding import languages, preferred_language, tool_message
from ..diagnostics.renderers import FORMATS
from ..editing.journal import finish_edit

DAY = click.DateTime(formats=["%Y-%m-%d"])

jobs_option = click.option(
    "--jobs",
    type=click.IntRange(min=1),
    default=None,
    help="Over how many processes the work is spread (default: one per core); 1: one thing after the other.",
)


def _finish_edit(context: click.Context, _option: click.Parameter, root: Path) -> Path:
    """The folder, after what an edit of several files left undone there when it was killed (a callback of click)."""
    language = context.params.get("language") or preferred_language(os.environ)
    try:
        if files := finish_edit(root):
            click.echo(tool_message("edit-finished", language, files=", ".join(files)), err=True)
    except OSError as error:  # what is there can be read all the same
        click.echo(tool_message("edit-unfinished", language, why=error.strerror or str(error)), err=True)
    return root


root_option = click.option(
    "--root",
    callback=_finish_edit,
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    default=Path(),
    show_default="the current folder",
    help="The folder that holds data/ and templates/.",
)
format_option = click.option(
    "--format",
    "form",
    type=click.Choice(sorted(FORMATS)),
    default="full",
    show_default=True,
    help="How findings are printed.",
)
language_option = click.option(
    "--language",
    type=click.Choice(languages()),
    default=lambda: preferred_language(os.environ),
    show_default="what LANG asks for",
    help="The language that findings are told in.",
)
judged_on_option = click.option("--as-of", type=DAY, help="Judge ages on this day instead of the report's horizon.")


def with_endings(known: Collection[str]) -> Callable[[click.Context, click.Parameter, Sequence[Path]], Sequence[Path]]:
    """A callback of click: the files to be written; one with an ending that names no form is wrong use."""

    def callback(_context: click.Context, _option: click.Parameter, given: Sequence[Path]) -> Sequence[Path]:
        for path in given:
            if path.suffix not in known:
                msg = f"{path.name}: {', '.join(known)}"
                raise click.BadParameter(msg)
        return given

    return callback

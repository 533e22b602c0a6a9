"""`factloom eject`: copies a file of the package into the project, to be changed there."""

from __future__ import annotations

from pathlib import Path

import click

from ..defaults.copies import noted_copy
from ..defaults.files import default_files
from ..diagnostics.finding import tool_message
from ..model.spelling import suggest
from .options import language_option, root_option


@click.command("eject")
@root_option
@language_option
@click.argument("path", required=False)
def command(root: Path, language: str, path: str | None) -> None:
    """Copy a file of the package (a part, theme template, style or script) to PATH in the project; without PATH, list all."""
    if path is None:
        click.echo("\n".join(default_files()))
        return
    if path not in default_files():
        raise click.UsageError(tool_message("eject-unknown", language, path=path, suggestion=_nearest(path)))
    target = root / path
    if any((root / parent).is_symlink() for parent in Path(path).parents):
        raise click.UsageError(tool_message("eject-there", language, path=path))
    target.parent.mkdir(parents=True, exist_ok=True)
    try:
        with target.open("xb") as file:
            file.write(noted_copy(path))
    except FileExistsError as error:
        raise click.UsageError(tool_message("eject-there", language, path=path)) from error
    click.echo(tool_message("ejected", language, path=path))


def _nearest(path: str) -> str:
    """The path that ends alike, or that may be meant."""
    ending = [known for known in default_files() if Path(known).name.split(".")[0] == Path(path).name.split(".")[0]]
    found = suggest(path, default_files())
    return ending[0] if ending else found if isinstance(found, str) else "factloom eject"

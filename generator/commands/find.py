"""`factloom find`: looks for entries and sentences by words, by a number or by an address of the site."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from ..diagnostics.finding import tool_message
from ..editing.lookup import Found, find
from ..editing.sentences import PageTexts
from .editing_session import kind_word, open_for_reading, place
from .options import language_option, root_option


@click.command("find")
@click.argument("words", nargs=-1, required=True)
@root_option
@language_option
def command(words: tuple[str, ...], root: Path, language: str) -> None:
    """Look for some words, a number (722億, "72.2 billion", 72.2e9) or an address of the site; say where it is written."""
    project = open_for_reading(root, language)
    found = find(project, " ".join(words))
    texts = PageTexts(root, project.edition)
    for one in found:
        click.echo(_line(one, language))
        if one.kind != "facts":
            continue
        for outline in project.checked.outlines:
            for said in texts.naming(outline, {(one.kind, one.id)}):
                click.echo(f"    {place(said.span)}: {' '.join(said.sentences) or said.block}")
    if not found:
        click.echo(tool_message("found-nothing", language), err=True)
    sys.exit(0 if found else 1)


def _line(one: Found, language: str) -> str:
    code = f" ({one.language})" if one.language else ""
    return f"{place(one.span)}: {kind_word(one.kind, language)} {one.id}{code}{': ' if one.text else ''}{one.text}"

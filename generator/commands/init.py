"""`factloom init`: a small complete report to begin with."""

from __future__ import annotations

import locale
import sys
from pathlib import Path

import click

from ..diagnostics.finding import tool_message
from ..editing.starter import Starter, languages_of_report, write_starter
from ..model.languages import is_language_code
from ..reading.default_words import lookup, reference_language
from ..wording.language_names import is_locale
from .options import language_option


def _codes(_context: click.Context, _option: click.Parameter, given: str) -> tuple[str, ...]:
    """The codes in a text such as `de, fr-FR` (a callback of click)."""
    codes = tuple(dict.fromkeys(code.strip() for code in given.split(",") if code.strip()))
    if wrong := [code for code in codes if not (is_language_code(code) and is_locale(code))]:
        raise click.BadParameter(", ".join(wrong))
    return codes


@click.command("init")
@click.argument("folder", metavar="[DIR]", type=click.Path(file_okay=False, path_type=Path), default=Path())
@click.option("--title", default="", help="The title of the report (default: that of the example).")
@click.option(
    "--languages",
    "codes",
    default="",
    callback=_codes,
    metavar="CODE,...",
    help="Its languages, as in de,fr-FR.",
)
@click.option("--yes", is_flag=True, help="Ask nothing.")
@language_option
@click.pass_context
def command(context: click.Context, folder: Path, title: str, codes: tuple[str, ...], language: str, *, yes: bool) -> None:
    """Make a small complete report in DIR, to be changed into one of your own. Nothing that is there is overwritten."""
    own = languages_of_report(folder)
    ask = sys.stdin.isatty() and not yes and not own
    if ask and not title:
        title = click.prompt(tool_message("init-title", language), default="", show_default=False, err=True)
    if not (own or codes):
        usual = _language_of_environment()
        asked = click.prompt(tool_message("init-languages", language), default=usual, err=True) if ask else usual
        codes = _codes(context, context.command.params[2], asked)
    starter = Starter(languages=own or codes, title=title.strip())
    try:
        written = write_starter(folder, starter)
    except OSError as error:
        message = f"{error.filename or folder}: {error.strerror}"
        raise click.UsageError(message) from error
    for path in written:
        click.echo(path)
    click.echo(tool_message("init-done" if written else "init-complete", language, count=str(len(written)), folder=str(folder)))
    for code in starter.languages:
        if not lookup(code):
            click.echo(tool_message("init-no-words", language, code=code))


def _language_of_environment() -> str:
    """The language that LANG asks for, if the package has words in it; else that which all others are translated from."""
    tag = (locale.getlocale()[0] or "").replace("_", "-")
    found = lookup(tag)
    return found if found and tag[:1].islower() else reference_language()

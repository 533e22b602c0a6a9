"""`factloom diff`: what a change of data/ and templates/ changes for readers."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from contextlib import ExitStack
from functools import partial
from pathlib import Path

import click

from ..comparing.as_html import as_html
from ..comparing.as_json import as_json
from ..comparing.as_markdown import as_markdown
from ..comparing.as_text import as_text
from ..comparing.changes import ReportChanges
from ..comparing.charts import Picture, draw
from ..comparing.comparison import compare_states
from ..comparing.sections import headline, sections
from ..comparing.states import RevisionError, State, UnreadableStateError, open_folder, read_state
from ..diagnostics.finding import tool_message
from .findings import cannot_write, print_findings
from .options import language_option, root_option, with_endings

_FORMATS = ("html", "json", "markdown", "text")
_ENDINGS = {".html": "html", ".json": "json", ".md": "markdown", ".txt": "text"}


@click.command("diff")
@click.argument("base", default="HEAD")
@click.argument("head", default="")
@root_option
@language_option
@click.option("--format", "form", type=click.Choice(_FORMATS), default="text", show_default=True, help="What is printed.")
@click.option(
    "--output",
    multiple=True,
    type=click.Path(dir_okay=False, path_type=Path),
    callback=with_endings(_ENDINGS),
    help="A file to write instead of printing, in the form of its ending (.md, .html, .json, .txt); may be repeated.",
)
def command(base: str, head: str, root: Path, language: str, *, form: str, output: Sequence[Path]) -> None:
    """Say what changes for readers between BASE and HEAD: git revisions, or folders with data/ in them.

    Without HEAD it is the files as they are now; without BASE the last commit.
    """
    with ExitStack() as opened:
        try:
            folders = [opened.enter_context(open_folder(root, name)) for name in (base, head)]
            before = read_state(base, folders[0])
            after = read_state(head, folders[1], before)
            changes = compare_states(before, after)
        except RevisionError as error:
            raise click.UsageError(str(error)) from error
        except UnreadableStateError as error:
            name = error.name or tool_message("diff-working-tree", language)
            print_findings(error.checked.errors, "full", error.folder, language, err=True)
            click.echo(tool_message("diff-unreadable", language, name=name), err=True)
            sys.exit(1)
        for path in output:
            text = _rendered((before, after), changes, _ENDINGS[path.suffix], language)
            _write(path, text, language)
        if not output:
            click.echo(_rendered((before, after), changes, form, language), nl=False)


def _write(path: Path, text: str, language: str) -> None:
    """Write a file; where that is not possible, say why and exit with 1."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    except OSError as error:
        finding = cannot_write(error, path.parent)
        print_findings([finding], "full", path.parent, language, err=True)
        sys.exit(1)


def _rendered(states: tuple[State, State], changes: ReportChanges, form: str, language: str) -> str:
    before, after = states
    if form == "json":
        return as_json(changes, language)
    locales = {one.code: one.locale for one in after.edition.report.languages}
    head, found = headline(changes, language), sections(changes, locales, language)
    if form == "markdown":
        return as_markdown(head, found, language)
    if form == "html":
        return as_html(head, found, locales, language, partial(_pictures, before, after))
    return as_text(head, found)


def _pictures(before: State, after: State, chart: str, code: str) -> tuple[Picture, Picture]:
    """A chart before and after in one language."""
    return draw(before.edition, chart, code), draw(after.edition, chart, code)

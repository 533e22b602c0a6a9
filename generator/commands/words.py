"""`factloom words`: lists the words of a language with what they are for, and writes a file of those that it lacks."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from ..checks.word_lists import missing_words, words_of
from ..diagnostics.finding import tool_message
from ..editing.applying import apply_edit
from ..editing.word_file import plan_missing_words
from ..model.languages import is_language_code
from ..reading.default_words import default_languages, reference_language
from ..reading.draft import Draft, read_draft
from .editing_session import written_or_told
from .options import language_option, root_option


@click.command("words")
@click.argument("code", metavar="[CODE]", required=False)
@root_option
@language_option
@click.option("--write", is_flag=True, help="Add the words that the language lacks to data/words/CODE.yml, to be filled in.")
def command(code: str | None, root: Path, language: str, *, write: bool) -> None:
    """List the words of a language with what each is for; without CODE, the languages of the report and of the package."""
    draft, _ = read_draft(root)
    if code is None:
        _list_languages(draft, language)
        return
    if not is_language_code(code):
        raise click.BadParameter(code, param_hint="CODE")
    if write:
        with written_or_told(root, language):
            path, count, edit = plan_missing_words(root, draft, code)
            apply_edit(root, edit, on_wait=lambda: click.echo(tool_message("waiting", language), err=True))
        message = "words-written" if count else "words-complete"
        click.echo(tool_message(message, language, file=path, count=str(count), code=code))
        return
    for word in words_of(draft, code):
        click.echo(f"{word.key}: {word.text}\n  {reference_language()}  {word.reference}\n  {word.meaning}".rstrip())
    if missing := missing_words(draft, code):
        click.echo(tool_message("words-missing", language, count=str(len(missing)), code=code), err=True)
        sys.exit(1)


def _list_languages(draft: Draft, language: str) -> None:
    for one in draft.languages:
        own = sum(1 for entry in draft.words.values() if entry[one.code] is not None)
        counts = {"own": str(own), "missing": str(len(missing_words(draft, one.code)))}
        click.echo(tool_message("words-of", language, code=one.code, name=one.name, **counts))
    click.echo(tool_message("words-known", language, codes=", ".join(default_languages())))

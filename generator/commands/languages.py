"""`factloom languages`: says how much of the report is translated, and lists what a language lacks."""

from __future__ import annotations

from pathlib import Path

import click

from ..diagnostics.finding import Span, tool_message
from ..model.spelling import suggest
from ..reading.draft import Draft, read_draft
from ..reading.progress import progress_of
from .options import language_option, root_option


@click.command("languages")
@click.argument("code", metavar="[CODE]", required=False)
@root_option
@language_option
def command(code: str | None, root: Path, language: str) -> None:
    """Say how many pages and texts each language of the report has; with CODE, list what that language lacks."""
    draft, _ = read_draft(root)
    codes = [one.code for one in draft.languages]
    if code is None:
        for one in codes:
            _tell(draft, one, language)
        return
    if code not in codes:
        message = tool_message("languages-unknown", language, code=code, suggestion=suggest(code, codes) or ", ".join(codes))
        raise click.UsageError(message)
    found = progress_of(draft, code)
    for page in found.missing_pages:
        click.echo(tool_message("languages-page", language, file=f"templates/pages/{page}.{code}.md.j2"))
    for name, span in found.missing_texts:
        click.echo(tool_message("languages-text", language, place=_place(span), name=name))
    _tell(draft, code, language)


def _tell(draft: Draft, code: str, language: str) -> None:
    found, one = progress_of(draft, code), next(one for one in draft.languages if one.code == code)
    pages, texts = len(found.pages) - len(found.missing_pages), found.texts - len(found.missing_texts)
    every = len(found.pages) + found.texts
    counts = {
        "share": str(100 * (pages + texts) // every if every else 100),
        "pages": str(pages),
        "all_pages": str(len(found.pages)),
        "texts": str(texts),
        "all_texts": str(found.texts),
    }
    message = "languages-progress" if one.in_progress else "languages-complete"
    click.echo(tool_message(message, language, code=code, name=one.name, **counts))


def _place(span: Span) -> str:
    return f"{span.file}:{span.line}"

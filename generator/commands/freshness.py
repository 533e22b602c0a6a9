"""`factloom freshness`: what is due for review, and what sources answer; the one command that asks servers for anything."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from functools import partial
from pathlib import Path

import click

from ..checks.polite_http import PoliteClient
from ..checks.source_answers import SourceAnswer, ask_sources, is_offline, quotes_of, read_answers, write_answers
from ..comparing.as_markdown import as_markdown
from ..comparing.as_text import as_text
from ..comparing.freshness import freshness_json, freshness_sections
from ..diagnostics.finding import tool_message
from ..model.report import Edition
from .cached_check import require_edition
from .options import DAY, language_option, root_option, with_endings

_FORMATS = ("json", "markdown", "text")
_ENDINGS = {".json": "json", ".md": "markdown", ".txt": "text"}
_KEPT = Path("build/freshness.json")


@click.command("freshness")
@root_option
@language_option
@click.option("--ask-sources", is_flag=True, help="Ask the address of each source; without it, only earlier answers are told.")
@click.option(
    "--delay", type=click.FloatRange(min=0.5), default=2.0, show_default=True, help="Seconds between two requests to a host."
)
@click.option("--as-of", type=DAY, help="The day on which reviews are due (default: today).")
@click.option(
    "--kept",
    type=click.Path(dir_okay=False, path_type=Path),
    help="The file with earlier answers (default: build/freshness.json).",
)
@click.option("--format", "form", type=click.Choice(_FORMATS), default="text", show_default=True, help="What is printed.")
@click.option(
    "--output",
    multiple=True,
    type=click.Path(dir_okay=False, path_type=Path),
    callback=with_endings(_ENDINGS),
    help="A file to write instead of printing, in the form of its ending (.md, .json, .txt); may be repeated.",
)
def command(  # one flag each
    root: Path,
    language: str,
    *,
    ask_sources: bool,
    delay: float,
    as_of: datetime | None,
    kept: Path | None,
    form: str,
    output: Sequence[Path],
) -> None:
    """Say what is due: facts to be reviewed, forecasts without outcome, sources that moved, are gone or lack their quote."""
    day = as_of.date() if as_of is not None else date.today()  # noqa: DTZ011  the editor's own day
    edition = require_edition(root, language)
    answers = _answers(edition, kept or root / _KEPT, day, language, delay=delay if ask_sources else None)
    for path in output:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(_rendered(edition, answers, day, _ENDINGS[path.suffix], language), encoding="utf-8")
    if not output:
        click.echo(_rendered(edition, answers, day, form, language), nl=False)


def _answers(edition: Edition, kept: Path, day: date, language: str, *, delay: float | None) -> dict[str, SourceAnswer]:
    """The answers of sources: those kept where `delay` is None, else those of today, which are kept then."""
    known, sources = read_answers(kept), list(edition.sources.values())
    if delay is None:
        return {source.id: known[source.url] for source in sources if source.url in known}
    answers = ask_sources(
        sources, PoliteClient(delay=delay), known, day, quotes=quotes_of(edition), progress=partial(click.echo, err=True)
    )
    if is_offline(answers, day):
        raise click.ClickException(tool_message("freshness-offline", language))
    write_answers(kept, sources, answers)
    return answers


def _rendered(edition: Edition, answers: dict[str, SourceAnswer], day: date, form: str, language: str) -> str:
    if form == "json":
        return freshness_json(edition, answers, day)
    head, sections = freshness_sections(edition, answers, day, language)
    return as_markdown(head, sections, language) if form == "markdown" else as_text(head, sections)

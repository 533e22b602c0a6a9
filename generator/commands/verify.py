"""`factloom verify`: looks up in a source's text what is cited from it."""

from __future__ import annotations

import sys
from collections import Counter
from pathlib import Path

import click

from ..diagnostics.finding import Diagnostic, Span, tool_message
from ..wording.author_patterns import PatternTimeoutError
from ..wording.verification import FAILED, Outcome, verify_source
from .cached_check import require_edition
from .findings import print_findings
from .options import language_option, root_option

_MOST_BYTES = 4_000_000  # of a source's text: as many as of a file of data


@click.command("verify")
@click.argument("source")
@click.option(
    "--text", "file", required=True, type=click.Path(exists=True, dir_okay=False, path_type=Path), help="The source's own text."
)
@click.option("--locale", help="The locale of the text, for example de-DE (default: the source's language).")
@root_option
@language_option
def command(source: str, file: Path, locale: str | None, root: Path, language: str) -> None:
    """Look up in a source's text whether it says what facts and claims cite from it."""
    edition = require_edition(root, language)
    if source not in edition.sources:
        raise click.UsageError(tool_message("no-source", language, source=source))
    with file.open("rb") as stream:
        content = stream.read(_MOST_BYTES + 1)
    if len(content) > _MOST_BYTES:
        raise click.BadParameter(tool_message("verify-too-large", language, most=f"{_MOST_BYTES:,}"), param_hint="--text")
    try:
        text = content.decode()
    except UnicodeDecodeError as error:
        raise click.BadParameter(
            tool_message("verify-not-utf8", language, byte=str(error.start)), param_hint="--text"
        ) from error
    try:
        results = verify_source(edition, source, text, locale or "")
    except PatternTimeoutError as error:
        slow = Diagnostic(rule="slow-pattern", span=Span("data/words.yml"), args={"key": "lock.half"})
        print_findings((slow,), "full", root, language)
        raise SystemExit(1) from error
    for result in results:
        found = tool_message("verified-there", language, there=result.found) if result.found else ""
        outcome = tool_message(result.outcome, language)
        click.echo(f"{outcome}: {result.kind} {result.id} ({result.place}): {result.expected}{found}")
    counts = Counter(result.outcome for result in results)
    summary = ", ".join(f"{counts[outcome]} {tool_message(outcome, language)}" for outcome in Outcome if counts[outcome])
    click.echo(summary or tool_message("verified-none", language, source=source), err=True)
    sys.exit(1 if any(result.outcome in FAILED for result in results) else 0)

"""`factloom verify`: looks up in quotations, and in a source's text, what is cited from it."""

from __future__ import annotations

import sys
from collections import Counter
from pathlib import Path

import click

from ..diagnostics.finding import Diagnostic, Span, tool_message
from ..wording.author_patterns import PatternTimeoutError
from ..wording.quotations import QuotationReader
from ..wording.verification import FAILED, Outcome, VerificationResult, verify_source
from .cached_check import require_edition
from .completion import complete_id
from .findings import print_findings
from .options import language_option, root_option

_OF_QUOTATIONS = (Outcome.QUOTED, Outcome.QUOTED_MEANT, Outcome.QUOTED_WITHOUT, Outcome.NOT_QUOTED)
_MOST_BYTES = 4_000_000  # of a source's text: as many as of a file of data


@click.command("verify")
@click.argument("source", default="", shell_complete=complete_id)
@click.option("--text", "file", type=click.Path(exists=True, dir_okay=False, path_type=Path), help="The source's own text.")
@click.option("--locale", help="The locale of the text, for example de-DE (default: the source's language).")
@root_option
@language_option
def command(source: str, file: Path | None, locale: str | None, root: Path, language: str) -> None:
    """Look up what facts and claims cite: in the quotations of the data, and with --text in the source's own text.

    Without a source, the quotations of all sources are looked at.
    """
    edition = require_edition(root, language)
    if source not in edition.sources and (source or file):
        raise click.UsageError(tool_message("no-source" if source else "verify-which", language, source=source))
    text = _text_of(file, language) if file else None
    try:
        results = list(QuotationReader(edition).results(source, text, locale or ""))
        if text is not None:
            quoted = {(one.kind, one.id) for one in results}
            cited = verify_source(edition, source, text, locale or "")
            results += [one for one in cited if (one.kind, one.id) not in quoted]
    except PatternTimeoutError as error:
        slow = Diagnostic(rule="slow-pattern", span=Span("data/words.yml"), args={"key": "lock.half"})
        print_findings((slow,), "full", root, language)
        raise SystemExit(1) from error
    for result in results:
        click.echo(_line(result, language))
    counts = Counter(result.outcome for result in results)
    summary = ", ".join(f"{counts[outcome]} {tool_message(outcome, language)}" for outcome in Outcome if counts[outcome])
    click.echo(summary or tool_message("verified-none" if source else "verified-no-quotes", language, source=source), err=True)
    sys.exit(1 if any(result.outcome in FAILED for result in results) else 0)


def _line(result: VerificationResult, language: str) -> str:
    """A result in a line: what was found of which quantity, and the words that hold it."""
    key, found = ("verified-quote", "quote") if result.outcome in _OF_QUOTATIONS else ("verified-there", "there")
    words = tool_message(key, language, **{found: result.found}) if result.found else ""
    outcome = tool_message(result.outcome, language)
    return f"{outcome}: {result.kind} {result.id} ({result.place}): {result.expected}{words}"


def _text_of(file: Path, language: str) -> str:
    with file.open("rb") as stream:
        content = stream.read(_MOST_BYTES + 1)
    if len(content) > _MOST_BYTES:
        raise click.BadParameter(tool_message("verify-too-large", language, most=f"{_MOST_BYTES:,}"), param_hint="--text")
    try:
        return content.decode()
    except UnicodeDecodeError as error:
        raise click.BadParameter(
            tool_message("verify-not-utf8", language, byte=str(error.start)), param_hint="--text"
        ) from error

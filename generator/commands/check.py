"""`factloom check`: says what is wrong in data/ and templates/."""

from __future__ import annotations

import gc
import sys
from collections import Counter
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from ..defaults.copies import own_versions
from ..diagnostics.finding import tool_message
from ..records.struct import replace
from ..rules import CheckOptions
from .cached_check import check_with_cache, findings_with_cache
from .findings import print_findings, summarize
from .options import DAY, format_option, language_option, root_option

if TYPE_CHECKING:
    from ..checks.revisions import EarlierState


@click.command("check")
@root_option
@format_option
@language_option
@click.option("--fix", is_flag=True, help="First repair what is safe to repair: forms of dates, slips in ids, keys and words.")
@click.option("--statistics", is_flag=True, help="Print how many findings each rule has instead of the findings.")
@click.option("--verbose", is_flag=True, help="Also list the files that the project has in place of the package's.")
@click.option("--strict", is_flag=True, help="A forecast whose date has passed needs its resolution.")
@click.option("--strict-languages", is_flag=True, help="No text may be older than its twin in another language.")
@click.option("--as-of", type=DAY, help="Judge ages on this day, and list what is due for review.")
@click.option("--base", metavar="REV", help="Compare with a git revision, and say whatever changed of what was published.")
def command(  # one flag each
    root: Path,
    form: str,
    language: str,
    *,
    fix: bool,
    statistics: bool,
    verbose: bool,
    strict: bool,
    strict_languages: bool,
    as_of: datetime | None,
    base: str | None,
) -> None:
    """Check data/ and templates/ and say what is wrong, all in one run."""
    gc.disable()  # a short run that keeps all it makes
    if fix:
        _fix(root, language)
    earlier = _state_at(root, base) if base else None
    day = as_of.date() if as_of else None
    options = CheckOptions(as_of=day, strict=strict, strict_languages=strict_languages)
    if earlier is not None:
        options = replace(options, base=earlier.edition, base_anchors=earlier.anchors)
    findings = findings_with_cache(root, options)
    if statistics:
        for rule, count in Counter(finding.rule for finding in findings).most_common():
            click.echo(f"{count:>6} {rule}")
    else:
        print_findings(findings, form, root, language)
    if verbose:
        _list_own_versions(root, language)
    if form in ("full", "concise"):
        click.echo(summarize(findings, language), err=True)
    sys.exit(1 if any(finding.severity == "error" for finding in findings) else 0)


def _list_own_versions(root: Path, language: str) -> None:
    """Say which files the project has in place of the package's, and whether these are others than when they were copied."""
    for own in own_versions(root):
        known = ("own-moved" if own.moved else "own-same") if own.version else "own-unknown"
        click.echo(tool_message(known, language, path=own.path, version=own.version), err=True)


def _state_at(root: Path, revision: str) -> EarlierState:
    """The report as it was at a git revision."""
    from ..checks.revisions import RevisionError, state_at  # noqa: PLC0415  most checks need no git

    try:
        return state_at(root, revision)
    except RevisionError as error:
        raise click.UsageError(str(error)) from error


def _fix(root: Path, language: str) -> None:
    """Repair what is safe to repair, and say what that was."""
    from ..diagnostics.fixes import fix_all  # noqa: PLC0415  most checks repair nothing
    from .editing_session import writes  # noqa: PLC0415

    with writes(root, language):
        repairs = fix_all(root, lambda: check_with_cache(root).findings)
    for repair in repairs:
        place = f"{repair.span.file}:{repair.span.line}:{repair.span.column}"
        click.echo(tool_message("repaired", language, place=place, before=repair.before, after=repair.after), err=True)
    click.echo(tool_message("repairs", language, count=str(len(repairs))), err=True)

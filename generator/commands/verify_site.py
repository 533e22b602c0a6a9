"""`factloom verify-site`: compares a published site with its manifest."""

from __future__ import annotations

import sys

import click

from ..checks.site_manifest import NAME, ManifestError, verify_site
from ..diagnostics.finding import tool_message
from .options import language_option


@click.command("verify-site")
@click.argument("place", metavar="FOLDER|URL")
@language_option
def command(place: str, language: str) -> None:
    """Check every file of a site by the digests in its build.json; exit with 1 where one differs, lacks or is not listed."""
    try:
        found = verify_site(place)
    except ManifestError as error:
        raise click.UsageError(str(error)) from error
    for key, paths in (("file-changed", found.changed), ("file-lacks", found.missing), ("file-added", found.added)):
        for path in paths:
            click.echo(tool_message(key, language, path=path))
    click.echo(tool_message("files-verified", language, count=str(found.count)), err=True)
    click.echo(f"sha256:{found.digest}  {NAME}")
    sys.exit(0 if found.none else 1)

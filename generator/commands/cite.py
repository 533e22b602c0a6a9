"""`factloom cite`: says how to cite the report or a fact."""

from __future__ import annotations

from pathlib import Path

import click

from ..model.code_lists import CITATIONS
from ..wording import citations
from ..wording.texts import Texts
from .cached_check import require_edition
from .options import language_option, root_option


@click.command("cite")
@root_option
@language_option
@click.option("--as", "kind", type=click.Choice(CITATIONS), default="txt", show_default=True, help="The form to write.")
@click.option("--fact", metavar="ID", help="Cite one fact instead of the report.")
@click.option("--in", "code", help="The report's language to cite in (default: its first).")
def command(root: Path, language: str, kind: str, fact: str | None, code: str | None) -> None:
    """Say how to cite the report or a fact of it; `--as cff` is what CITATION.cff at the root should hold."""
    edition = require_edition(root, language)
    by_code = {one.code: one for one in edition.report.languages}
    if (code or edition.report.default.code) not in by_code:
        raise click.BadParameter(", ".join(by_code), param_hint="--in")
    if fact and fact not in edition.facts:
        raise click.BadParameter(fact, param_hint="--fact")
    texts = Texts(edition, by_code[code or edition.report.default.code])
    click.echo(citations.cite(texts, edition.facts[fact] if fact else None, kind), nl=False)

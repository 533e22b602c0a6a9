"""`factloom retire`: takes an entry out, and says at its address why."""

from __future__ import annotations

from pathlib import Path

import click

from ..editing.project import EditedProject
from ..editing.retire import plan_retire
from ..editing.trial import Planned
from ..reading.references import ENTRY_KINDS
from .completion import complete_id
from .editing_session import Session, carry_out, dry_run_option
from .options import language_option, root_option
from .typed_arguments import CommandWithLanguages, texts_by_language


@click.command("retire", cls=CommandWithLanguages)
@click.argument("id", metavar="ID", shell_complete=complete_id)
@click.option(
    "--of", "kind", default="", type=click.Choice(["", *ENTRY_KINDS]), help="The kind of entry, where several have the id."
)
@click.option(
    "--reason",
    multiple=True,
    callback=texts_by_language,
    metavar="TEXT",
    help="--reason.CODE: why it is no more, in each language.",
)
@click.option("--instead", default="", metavar="ID", help="What to read in its place.")
@dry_run_option
@root_option
@language_option
def command(
    id: str,  # noqa: A002  the argument's name
    *,
    kind: str,
    reason: dict[str, str],
    instead: str,
    dry_run: bool,
    yes: bool,
    root: Path,
    language: str,
) -> None:
    """Take an entry that nothing names any more out of data/; data/retired.yml says at its address why."""

    def plan(project: EditedProject) -> Planned:
        of_kind = project.kind_of(id, kind)
        edit = plan_retire(project, of_kind, id, reason, instead=instead)
        return Planned(edit=edit, written=tuple(f"retired/{id}/{name}" for name in ("label", "reason")))

    carry_out(Session(root=root, language=language, dry_run=dry_run, yes=yes), plan)

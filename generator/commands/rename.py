"""`factloom rename`: gives an entry another id, everywhere."""

from __future__ import annotations

from pathlib import Path

import click

from ..editing.project import EditedProject
from ..editing.rename import Renaming, plan_rename
from ..editing.trial import Planned
from ..reading.references import ENTRY_KINDS
from .completion import complete_id
from .editing_session import Session, carry_out, dry_run_option
from .options import language_option, root_option
from .typed_arguments import CommandWithLanguages, texts_by_language


@click.command("rename", cls=CommandWithLanguages)
@click.argument("old", shell_complete=complete_id)
@click.argument("new")
@click.option(
    "--of", "kind", default="", type=click.Choice(["", *ENTRY_KINDS]), help="The kind of entry, where several have the id."
)
@click.option(
    "--reason",
    multiple=True,
    callback=texts_by_language,
    metavar="TEXT",
    help="--reason.CODE: what the old address of anything but a fact says.",
)
@click.option("--unpublished", is_flag=True, help="Keep no address: it was never published.")
@dry_run_option
@root_option
@language_option
def command(
    old: str,
    new: str,
    *,
    kind: str,
    reason: dict[str, str],
    unpublished: bool,
    dry_run: bool,
    yes: bool,
    root: Path,
    language: str,
) -> None:
    """Give an entry another id in data/, in series and in templates; the address that was published leads to the new one."""

    def plan(project: EditedProject) -> Planned:
        renaming = Renaming(kind=project.kind_of(old, kind), old=old, new=new, reason=reason, published=not unpublished)
        return Planned(edit=plan_rename(project, renaming), written=None, former=renaming.former, moves=False)

    carry_out(Session(root=root, language=language, dry_run=dry_run, yes=yes), plan)

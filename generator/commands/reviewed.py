"""`factloom reviewed`: notes that somebody looked at facts and found their values right."""

from __future__ import annotations

from datetime import date, datetime
from pathlib import Path

import click

from ..editing.project import EditedProject
from ..editing.review import plan_reviewed
from ..editing.trial import Planned
from .completion import complete_id
from .editing_session import Session, ask_for, carry_out, dry_run_option
from .options import DAY, language_option, root_option
from .typed_arguments import EditingCommand


@click.command("reviewed", cls=EditingCommand)
@click.argument("ids", metavar="ID...", nargs=-1, required=True, shell_complete=complete_id)
@click.option("--by", default="", envvar="FACTLOOM_REVIEWER", show_envvar=True, metavar="NAME", help="Who looked at them.")
@click.option("--on", type=DAY, help="The day on which they were looked at (default: today).")
@dry_run_option
@root_option
@language_option
def command(ids: tuple[str, ...], *, by: str, on: datetime | None, dry_run: bool, yes: bool, root: Path, language: str) -> None:
    """Note that the values of facts were looked at and are right; the note lapses when a value changes."""
    day = on.date() if on is not None else date.today()  # noqa: DTZ011  the reviewer's own day
    name = by or ask_for("by")

    def plan(project: EditedProject) -> Planned:
        return Planned(edit=plan_reviewed(project, ids, by=name, on=day))

    carry_out(Session(root=root, language=language, dry_run=dry_run, yes=yes), plan)

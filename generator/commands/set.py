"""`factloom set`: gives a fact a new value, with its history, day and source."""

from __future__ import annotations

from datetime import date, datetime
from pathlib import Path

import click

from ..diagnostics.finding import tool_message
from ..editing.project import EditedProject
from ..editing.set_value import ValueChange, missing_parts, plan_set
from ..editing.trial import Planned
from ..model.code_lists import CHANGES
from ..records.struct import replace
from .completion import complete_id
from .editing_session import Session, ask_for, carry_out, dry_run_option, open_for_reading
from .options import DAY, language_option, root_option
from .typed_arguments import CommandWithLanguages, texts_by_language


@click.command("set", cls=CommandWithLanguages)
@click.argument("id", metavar="ID", shell_complete=complete_id)
@click.argument("value")
@click.option("--as-of", default="", metavar="DATE", help="The day on which the new value was known.")
@click.option(
    "--source", "sources", multiple=True, metavar="ID", help="The source of the new value; may be given several times."
)
@click.option(
    "--at",
    multiple=True,
    callback=texts_by_language,
    metavar="TEXT",
    help="The place in the source; --at.CODE for one language.",
)
@click.option("--quote", default="", metavar="TEXT", help="The source's own words there, at most 25, with the number.")
@click.option(
    "--kind", default="", type=click.Choice(["", *CHANGES]), help="Why it changed: news, a revision, or a correction."
)
@click.option(
    "--reason",
    multiple=True,
    callback=texts_by_language,
    metavar="TEXT",
    help="--reason.CODE: why it changed, in each language.",
)
@click.option("--on", type=DAY, help="The day on which a value is revised or corrected (default: today).")
@click.option("--keep-evidence", is_flag=True, help="Put the new source before those that are named, not in their place.")
@click.option("--no-history", is_flag=True, help="Write no entry for the old value: it was never published.")
@dry_run_option
@root_option
@language_option
def command(
    id: str,  # noqa: A002  the argument's name
    value: str,
    *,
    as_of: str,
    sources: tuple[str, ...],
    at: dict[str, str],
    quote: str,
    kind: str,
    reason: dict[str, str],
    on: datetime | None,
    keep_evidence: bool,
    no_history: bool,
    dry_run: bool,
    yes: bool,
    root: Path,
    language: str,
) -> None:
    """Give a fact a new value: in the fact, or in the cell of the series that it quotes, with history, day and evidence."""
    if no_history and (reason or kind):
        lost = ", ".join(name for name, text in (("--kind", kind), ("--reason", reason)) if text)
        raise click.UsageError(tool_message("edit-no-history", language, options=lost))
    session = Session(root=root, language=language, dry_run=dry_run, yes=yes)
    change = ValueChange(
        id=id,
        value=value,
        as_of=as_of,
        sources=sources,
        at=at,
        quote=quote,
        kind=kind,
        reason=reason,
        today=on.date() if on is not None else date.today(),  # noqa: DTZ011  the editor's own day
        keeps_evidence=keep_evidence,
        keeps_history=not no_history,
    )
    project = open_for_reading(root, language)
    change = _completed(project, change)

    def plan(current: EditedProject) -> Planned:
        fact = current.fact(id)
        return Planned(edit=plan_set(current, change), written=(f"facts/{fact.id}/at", f"facts/{fact.id}/reason"))

    carry_out(session, plan, project)


def _completed(project: EditedProject, change: ValueChange) -> ValueChange:
    """The change with what it lacks, as far as somebody at a terminal says it."""
    if not change.kind and "kind" in missing_parts(project, change):
        change = replace(change, kind=ask_for("kind", choices=CHANGES))
    for name in missing_parts(project, change):
        part, _, code = name.partition(".")
        if not (typed := ask_for(name)):
            return change
        if part == "source":
            change = replace(change, sources=tuple(typed.split()))
        elif part == "reason":
            change = replace(change, reason={**change.reason, code: typed})
        else:
            change = replace(change, as_of=typed)
    return change

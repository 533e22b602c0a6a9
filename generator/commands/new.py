"""`factloom new`: makes an entry, a row of a series or a page."""

from __future__ import annotations

from pathlib import Path

import click

from ..diagnostics.finding import tool_message
from ..editing.new_entry import NewEntry, missing_keys, plan_new, plan_page, plan_row, typed_pairs
from ..editing.project import EditedProject, EditError
from ..editing.trial import Planned
from ..records.struct import replace
from .editing_session import (
    Session,
    ask_for,
    carry_out,
    dry_run_option,
    open_for_reading,
    usage_error,
)
from .options import language_option, root_option
from .typed_arguments import LANGUAGE_SEPARATOR, CommandWithPairs

_KINDS = {
    **{name: f"{name}s" for name in ("source", "fact", "claim", "event", "term", "name", "chart", "judgment", "risk", "check")},
    "series": "series",
}


@click.command("new", cls=CommandWithPairs)
@click.argument("kind", type=click.Choice([*_KINDS, "row", "page"]))
@click.argument("id", metavar="ID")
@click.argument("said", metavar="[--KEY[.CODE] TEXT]...", nargs=-1, type=click.UNPROCESSED)
@click.option("--topic", default="", metavar="NAME", help="The file of facts, claims or charts that it goes to.")
@dry_run_option
@root_option
@language_option
def command(
    kind: str,
    id: str,  # noqa: A002  the argument's name
    said: tuple[str, ...],
    *,
    topic: str,
    dry_run: bool,
    yes: bool,
    root: Path,
    language: str,
) -> None:
    """Make an entry: its keys are options (--unit USD, --label.en "…"). For a row, ID is SERIES:KEY, and columns are options.

    A fact takes --source and --at, or --series, --column and --row; a series takes --columns "sales:USD" and --row.
    A key that is an option of this command is typed with its-: --its-language de.
    """
    session = Session(root=root, language=language, dry_run=dry_run, yes=yes)
    try:
        given = typed_pairs(said, LANGUAGE_SEPARATOR, several=("source",) if kind == "fact" else ())
    except EditError as error:
        raise usage_error(error, language) from error
    if topic and kind in ("row", "page"):
        raise click.UsageError(tool_message("edit-no-topic", language, kind=kind))
    project = open_for_reading(root, language)
    entry = NewEntry(kind=_KINDS.get(kind, kind), id=id, given=given, topic=topic)
    if kind in _KINDS:
        entry = _completed(project, entry)

    def plan(current: EditedProject) -> Planned:
        if kind == "page":
            return Planned(edit=plan_page(current, id, given), written=None)
        if kind == "row":
            series, _, key = id.partition(":")
            cells = {f"{name}:{code}" if code else name: text for name, texts in given.items() for code, text in texts.items()}
            return Planned(edit=plan_row(current, series, key, cells))
        keys = tuple(f"{entry.kind}/{id}/{name}" for name in (*entry.given, "at", "label", "reason"))
        return Planned(edit=plan_new(current, entry), written=keys)

    carry_out(session, plan, project)


def _completed(project: EditedProject, entry: NewEntry) -> NewEntry:
    """The entry with what its record requires, as far as somebody at a terminal says it."""
    for name in missing_keys(project, entry):
        key, _, code = name.partition(".")
        if not (typed := ask_for(name)):
            break
        entry = replace(entry, given={**entry.given, key: {**entry.given.get(key, {}), code: typed}})
    return entry

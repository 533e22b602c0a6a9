"""`factloom import`: looks at a published table, proposes how it is written, and writes it as a series after a yes."""

from __future__ import annotations

import sys
from functools import partial
from pathlib import Path

import click

from ..diagnostics.finding import tool_message
from ..editing.applying import EditConflictError, apply_edit
from ..editing.import_options import ImportOptions
from ..editing.project import EditedProject
from ..editing.table_import import ImportPlan, import_edit, plan_import
from ..editing.trial import Planned
from ..model.code_lists import OBSERVATIONS
from ..tables.encodings import ENCODINGS
from .editing_session import ATTEMPTS, Session, checked_and_shown, open_for_reading, planned, written_or_told
from .findings import print_findings
from .options import language_option, root_option
from .typed_arguments import EditingCommand


def _pairs(_context: click.Context, parameter: click.Parameter, given: tuple[str, ...]) -> tuple[tuple[str, str], ...]:
    """Each `a=b` as a pair; of units, what has no sign is meant for all columns."""
    pairs = [text.rpartition("=") for text in given]
    if parameter.name in ("where", "flag") and not all(sign for _, sign, _ in pairs):
        raise click.BadParameter(parameter.metavar or "")
    known = ("normal", *OBSERVATIONS)
    if parameter.name == "flag" and any(status.strip() not in known for _, _, status in pairs):
        raise click.BadParameter(", ".join(known))
    return tuple((name.strip(), text.strip()) for name, _, text in pairs)


@click.command("import", cls=EditingCommand)
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--id", "key", default="", help="The id of the series (default: made of the file's name).")
@click.option("--sheet", default="", help="The sheet of a spreadsheet, by name.")
@click.option("--encoding", type=click.Choice(tuple(ENCODINGS)), help="The encoding, where it is not certain.")
@click.option("--decimal", type=click.Choice((".", ",")), help="The decimal sign.")
@click.option("--missing", multiple=True, help="What stands where a value is missing; may be given several times.")
@click.option("--where", multiple=True, callback=_pairs, metavar="HEADING=TEXT", help="Which rows are read.")
@click.option("--flag", multiple=True, callback=_pairs, metavar="FLAG=STATUS", help="What a flag behind values says.")
@click.option("--leave-out", type=click.IntRange(min=1), multiple=True, metavar="LINE", help="A line that is no row.")
@click.option("--unit", multiple=True, callback=_pairs, metavar="[COLUMN=]UNIT", help="The unit of a column, or of all.")
@click.option("--yes", is_flag=True, help="Write without asking.")
@click.option("--dry-run", is_flag=True, help="Show what would be written, and write nothing.")
@root_option
@language_option
def command(  # noqa: PLR0917  the options of the command
    file: Path,
    key: str,
    sheet: str,
    encoding: str | None,
    decimal: str | None,
    missing: tuple[str, ...],
    where: tuple[tuple[str, str], ...],
    flag: tuple[tuple[str, str], ...],
    leave_out: tuple[int, ...],
    unit: tuple[tuple[str, str], ...],
    *,
    yes: bool,
    dry_run: bool,
    root: Path,
    language: str,
) -> None:
    """Look at a published table (csv, tsv, xlsx, ods, json), show how it is read, and write it as a series after a yes."""
    options = ImportOptions(
        id=key,
        sheet=sheet,
        encoding=encoding or "",
        decimal_char=decimal or "",
        missing=missing,
        where=where,
        flags=flag,
        leave_out=leave_out,
        units=unit,
    )
    session = Session(root=root, language=language, dry_run=dry_run, yes=yes)
    for attempt in range(ATTEMPTS):
        project = open_for_reading(root, language)
        proposed = planned(session, partial(_plan, session, file, options, shows=not attempt), project)
        edit = checked_and_shown(session, project, proposed)
        key = Path(next(iter(edit.created))).stem
        if dry_run or not (yes or click.confirm(tool_message("import-ask", language, id=key), err=True)):
            session.say("import-not-written")
            return
        with written_or_told(root, language):
            try:
                apply_edit(root, edit, on_wait=lambda: session.say("waiting"))
            except EditConflictError:
                if yes and attempt + 1 < ATTEMPTS:
                    continue
                raise
        session.say("import-written", id=key)
        return


def _plan(session: Session, file: Path, options: ImportOptions, project: EditedProject, *, shows: bool) -> Planned:
    """The table and its entry as an edit, after showing them; exits with 1 where cells cannot be read."""
    plan = plan_import(file, project.draft, project.edition, options)
    if shows:
        _show(plan, tuple(project.draft.units), session.language)
    if plan.findings:
        print_findings(plan.findings, "full", file.parent, session.language)
        session.say("import-found")
        sys.exit(1)
    return Planned(edit=import_edit(project.files, plan), moves=False)


def _show(plan: ImportPlan, units: tuple[str, ...], language: str) -> None:
    """The entry, the first rows in each language of the report, and what is left out."""
    if not plan.entry:
        return
    click.echo(plan.entry)
    click.echo(tool_message("import-read", language, count=str(len(plan.read))))
    for code, rows in plan.rows.items():
        click.echo(f"  {code}  {' | '.join(plan.columns)}")
        for row in rows:
            click.echo(f"      {' | '.join(row)}")
    for line, text in plan.left_out:
        click.echo(tool_message("import-left-out", language, line=str(line), text=text))
    if plan.unread:
        click.echo(tool_message("import-unread", language, headings=", ".join(plan.unread)))
    if plan.unitless:
        click.echo(tool_message("import-unitless", language, columns=", ".join(plan.unitless), units=", ".join(units)))

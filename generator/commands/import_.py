"""`factloom import`: looks at a published table, proposes how it is written, and writes it as a series after a yes."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from ..diagnostics.finding import tool_message
from ..editing.import_options import ImportOptions
from ..editing.project import EditError
from ..editing.table_import import ImportPlan, plan_import, write_import
from ..model.code_lists import OBSERVATIONS
from ..tables.encodings import ENCODINGS
from .cached_check import check_with_cache
from .editing_session import usage_error
from .findings import cannot_write, print_findings
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
    checked = check_with_cache(root)
    try:
        plan = plan_import(file, checked.draft, checked.edition, options)
        _show(plan, tuple(checked.draft.units), language)
        if plan.findings:
            print_findings(plan.findings, "full", file.parent, language)
            click.echo(tool_message("import-found", language), err=True)
            sys.exit(1)
        if dry_run or not (yes or click.confirm(tool_message("import-ask", language, id=plan.id), err=True)):
            click.echo(tool_message("import-not-written", language), err=True)
            return
        write_import(root, plan)
    except EditError as error:
        raise usage_error(error, language) from None
    except OSError as error:
        print_findings([cannot_write(error, root)], "full", root, language)
        sys.exit(1)
    click.echo(tool_message("import-written", language, id=plan.id), err=True)


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

"""What commands that look at or edit entries share: the project as it is, the check of an edit, and the question before it."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from functools import partial
from pathlib import Path

import click

from ..build.folders import CACHE
from ..diagnostics.finding import Span, tool_message
from ..editing.applying import EditConflictError, apply_edit
from ..editing.effects import Moved
from ..editing.project import EditedProject, EditError, open_project
from ..editing.splices import Edit, UnreadableFileError
from ..editing.trial import Planned, tried_edit
from ..records.struct import Struct
from ..store.code_fingerprint import code_fingerprint
from ..store.parse_cache import ParseCache
from ..store.project_lock import ProjectLockedError, project_lock
from .cached_check import check_with_cache
from .findings import cannot_write, print_findings

ATTEMPTS = 5  # to plan an edit again that another process came before
_SECONDS = 600.0  # that another process may be at work in the project


Plan = Callable[[EditedProject], Planned]


class Session(Struct, frozen=True, kw_only=True):
    """How a command edits: where, in which language it speaks, and whether it asks, or only shows what it would write."""

    root: Path
    language: str
    dry_run: bool = False
    yes: bool = False

    def say(self, key: str, *, err: bool = True, **args: str) -> None:
        """Print a message of the tool."""
        click.echo(tool_message(key, self.language, **args), err=err)


def dry_run_option(command: Callable[..., None]) -> Callable[..., None]:
    """The options of every command that writes."""
    command = click.option("--dry-run", is_flag=True, help="Print the edit as a unified diff and write nothing.")(command)
    return click.option("-y", "--yes", is_flag=True, help="Write without asking.")(command)


def open_for_reading(root: Path, language: str) -> EditedProject:
    """The project; where data/report.yml cannot be read, the findings are printed and the command exits with 1."""
    checked = check_with_cache(root)
    project = open_project(root, checked)
    if project is None:
        print_findings(checked.errors, "full", root, language)
        sys.exit(1)
    return project


def place(span: Span) -> str:
    """A place as text editors open it: file, line and column."""
    return f"{span.file}:{span.line}:{span.column}"


def kind_word(kind: str, language: str) -> str:
    """A kind of entries in words."""
    return tool_message(f"kind-{kind}", language)


def usage_error(error: EditError, language: str) -> click.UsageError:
    """What cannot be planned, as wrong use of the command."""
    return click.UsageError(tool_message(error.message, language, **error.arguments))


@contextmanager
def written_or_told(root: Path, language: str) -> Iterator[None]:
    """What writes an edit; where that cannot be, the command says why and exits with 1, or with 2 for wrong use."""
    try:
        yield
    except EditError as error:
        raise usage_error(error, language) from error
    except EditConflictError as conflict:
        click.echo(tool_message("edit-conflict", language, file=conflict.file), err=True)
    except ProjectLockedError:
        click.echo(tool_message("edit-locked", language), err=True)
    except OSError as error:
        print_findings([cannot_write(error, root)], "full", root, language)
    else:
        return
    sys.exit(1)


@contextmanager
def writes(root: Path, language: str) -> Iterator[None]:
    """What writes files of a project without an edit, under the project's lock; where that cannot be, see `written_or_told`."""
    on_wait = partial(click.echo, tool_message("waiting", language), err=True)
    with written_or_told(root, language), project_lock(root, seconds=_SECONDS, on_wait=on_wait):
        yield


def carry_out(session: Session, plan: Plan, project: EditedProject | None = None) -> None:
    """Plan an edit, check the project with it, say what moves, ask, and write it; exit with 1 where nothing can be written."""
    for attempt in range(ATTEMPTS):
        project = project if project is not None and not attempt else open_for_reading(session.root, session.language)
        edit = checked_and_shown(session, project, planned(session, plan, project))
        if session.dry_run:
            click.echo(edit.diff(), nl=False)
            return
        if not session.yes and not _asked(session, edit):
            session.say("edit-not-written")
            sys.exit(1)
        with written_or_told(session.root, session.language):
            try:
                written = apply_edit(session.root, edit, on_wait=lambda: session.say("waiting"))
            except EditConflictError:
                if session.yes and attempt + 1 < ATTEMPTS:
                    continue
                raise
        session.say("edit-written", count=str(len(edit.splices)), files=", ".join(written))
        return


def planned(session: Session, plan: Plan, project: EditedProject) -> Planned:
    """The edit; where it cannot be planned, or changes nothing, the command says so and exits."""
    try:
        found = plan(project)
    except EditError as error:
        raise usage_error(error, session.language) from error
    except UnreadableFileError as error:
        print_findings(error.findings, "full", session.root, session.language)
        sys.exit(1)
    if not found.edit:
        session.say("edit-nothing")
        sys.exit(0)
    return found


def checked_and_shown(session: Session, project: EditedProject, plan: Planned) -> Edit:
    """The edit to write, after printing what it moves; where the rules find errors with it, print those and exit with 1."""
    cache = ParseCache(session.root / CACHE / "read", code_fingerprint())
    with tried_edit(project, plan, cache) as trial:
        if trial.errors or trial.checked.edition is None:
            print_findings(trial.errors, "full", trial.copy, session.language)
            session.say("edit-refused")
            sys.exit(1)
        for moved in trial.moved:
            click.echo("\n".join(_lines(moved, session.language)), err=session.dry_run)
        print_findings(trial.new, "full", trial.copy, session.language, err=session.dry_run)
    return trial.edit


def _lines(moved: Moved, language: str) -> Iterable[str]:
    if moved.kind == "sentences":
        yield f"{moved.id}  {place(moved.span) if moved.span else ''}".rstrip()
    else:
        yield f"{kind_word(moved.kind, language)} {moved.id}"
    for code, changes in moved.changes.items():
        for was, now in changes:
            if moved.kind == "facts":
                yield f"  {code}  {was} -> {now}"
            else:
                yield from (f"  {code} {sign} {text}" for sign, text in (("-", was), ("+", now)) if text)


def _asked(session: Session, edit: Edit) -> bool:
    """Whether somebody at a terminal says yes; elsewhere nobody can be asked."""
    if not sys.stdin.isatty():
        session.say("edit-not-asked")
        return False
    files = ", ".join(edit.after())
    return click.confirm(tool_message("edit-question", session.language, count=str(len(edit.splices)), files=files), err=True)


def ask_for(name: str, *, choices: Sequence[str] = ()) -> str:
    """A part of an entry that somebody at a terminal types; an empty text elsewhere."""
    if not sys.stdin.isatty():
        return ""
    found: str = click.prompt(name, type=click.Choice(choices) if choices else str, err=True)
    return found

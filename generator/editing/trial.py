"""Tries an edit on a copy of the project: the findings that it brings, and what it moves for readers."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from ..checks.project_check import CheckResult
from ..checks.shown_edition import is_of_draft, shown_edition
from ..diagnostics.finding import Diagnostic, DiagnosticError
from ..model.report import Edition
from ..reading.translations import LOCK_FILE
from ..records.struct import Struct, replace
from ..store.parse_cache import ParseCache
from .applying import check_copy, edited_copy
from .confirmations import with_confirmations
from .effects import Moved, effects
from .project import EditedProject
from .splices import Edit

# What wording an edition raises in which something is missing.
_OF_ERRORS = (DiagnosticError, ArithmeticError, AttributeError, LookupError, TypeError, ValueError)


class Planned(Struct, frozen=True, kw_only=True):
    """An edit, and what it says to confirmed translations; see `with_confirmations`."""

    edit: Edit
    written: tuple[str, ...] | None = ()
    former: Callable[[str], str] = str
    moves: bool = True  # whether readers may see something else


class Trial(Struct, frozen=True, kw_only=True):
    """A project with an edit: the edit to write (confirmations included), the copy, its findings, the new ones, what moves."""

    edit: Edit
    copy: Path
    checked: CheckResult
    edition: Edition | None  # as a preview shows it, with what can be said although there are errors
    new: tuple[Diagnostic, ...]
    moved: tuple[Moved, ...] = ()
    was_whole: bool  # whether the project could be read before the edit

    @property
    def errors(self) -> tuple[Diagnostic, ...]:
        """What keeps the edit from being written: the errors that it brings, but none of drafts.

        Where something could not be read before, something else may be hidden there: then every error does.
        """
        found = [one for one in self.new if one.severity == "error"] if self.was_whole else self.checked.errors
        return tuple(one for one in found if not is_of_draft(self.checked, one))


@contextmanager
def tried_edit(project: EditedProject, planned: Planned, cache: ParseCache) -> Iterator[Trial]:
    """Check a copy of the project with an edit; the copy goes when the context ends."""
    with edited_copy(project.root, planned.edit) as copy:
        after, edit = check_copy(copy, cache, project.edition), planned.edit
        is_read = all(one.rule == "draft-entry" for one in after.errors)  # else confirmed texts may be among what is not
        if is_read:
            edit = with_confirmations(
                project.files, edit, project.checked, after, written=planned.written, former=planned.former
            )
        if LOCK_FILE in edit.before:
            (copy / LOCK_FILE).write_bytes(edit.after()[LOCK_FILE] or b"")
            after = check_copy(copy, cache, project.edition)
        shown = shown_edition(copy, after, cache, last=project.edition) if planned.moves else None
        before = replace(project.checked, edition=project.edition)
        moved: list[Moved] = []
        with suppress(*(_OF_ERRORS if after.errors else ())):
            moved = effects(project.root, before, copy, replace(after, edition=shown))
        new = tuple(one for one in _new(project.checked, after) if is_read or one.rule != "stale-translation")
        yield Trial(
            edit=edit, copy=copy, checked=after, edition=shown, new=new, moved=tuple(moved), was_whole=project.checked.is_whole
        )


def _new(before: CheckResult, after: CheckResult) -> Iterator[Diagnostic]:
    """The findings that an edit brings; their places may have moved."""
    known = {_said(one) for one in before.findings}
    yield from (one for one in after.findings if _said(one) not in known)


def _said(finding: Diagnostic) -> tuple[str, str, str, str]:
    return finding.rule, finding.variant, finding.span.file, finding.sentence()

"""Tries an edit on a copy of the project: the findings that it brings, and what it moves for readers."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from ..checks.project_check import CheckResult
from ..diagnostics.finding import Diagnostic
from ..reading.translations import LOCK_FILE
from ..store.parse_cache import ParseCache
from .applying import check_copy, edited_copy
from .confirmations import with_confirmations
from .effects import Moved, effects
from .project import EditedProject
from .splices import Edit


@dataclass(frozen=True, slots=True, kw_only=True)
class Planned:
    """An edit, and what it says to confirmed translations; see `with_confirmations`."""

    edit: Edit
    written: tuple[str, ...] | None = ()
    former: Callable[[str], str] = str
    moves: bool = True  # whether readers may see something else


@dataclass(frozen=True, slots=True, kw_only=True)
class Trial:
    """A project with an edit: the edit to write (confirmations included), the copy, its findings, the new ones, what moves."""

    edit: Edit
    copy: Path
    checked: CheckResult
    new: tuple[Diagnostic, ...]
    moved: tuple[Moved, ...] = ()  # nothing, where there are errors

    @property
    def errors(self) -> tuple[Diagnostic, ...]:
        """What keeps the project with the edit from being published."""
        return self.checked.errors


@contextmanager
def tried_edit(project: EditedProject, planned: Planned, cache: ParseCache) -> Iterator[Trial]:
    """Check a copy of the project with an edit; the copy goes when the context ends."""
    with edited_copy(project.root, planned.edit) as copy:
        after = check_copy(copy, cache)
        edit = with_confirmations(
            project.files, planned.edit, project.checked, after, written=planned.written, former=planned.former
        )
        if LOCK_FILE in edit.before:
            (copy / LOCK_FILE).write_bytes(edit.after()[LOCK_FILE] or b"")
            after = check_copy(copy, cache)
        works = planned.moves and not after.errors
        moved = effects(project.root, project.checked, copy, after) if works else ()
        yield Trial(edit=edit, copy=copy, checked=after, new=tuple(_new(project.checked, after)), moved=tuple(moved))


def _new(before: CheckResult, after: CheckResult) -> Iterator[Diagnostic]:
    """The findings that an edit brings; their places may have moved."""
    known = {_said(one) for one in before.findings}
    yield from (one for one in after.findings if _said(one) not in known)


def _said(finding: Diagnostic) -> tuple[str, str, str, str]:
    return finding.rule, finding.variant, finding.span.file, finding.sentence()

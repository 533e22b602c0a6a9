"""What the editor does with the project: open entries, try changes, write them and undo them. One thread does it all."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from ..build.folders import CACHE
from ..checks.project_check import UnreadableProjectError, check_project
from ..checks.shown_edition import is_of_draft, shown_edition
from ..diagnostics.finding import Diagnostic
from ..editing.applying import apply_edit, restore_files
from ..editing.effects import Moved
from ..editing.project import EditedProject, EditError, open_project
from ..editing.splices import UnreadableFileError
from ..editing.trial import tried_edit
from ..records.struct import Struct
from ..store.code_fingerprint import code_fingerprint
from ..store.inputs import Inputs, read_inputs
from ..store.parse_cache import ParseCache
from .editor_forms import RENAME, RETIRE, OpenedForm, entry_after, open_form, plan_form
from .editor_preview import DrawnChart, FoundField, drawn_charts, found_fields

_STEPS = 100  # changes that can be undone


class Step(Struct, frozen=True, kw_only=True):
    """A change that was written: its number, what it changed, its form's path and kind, and its files before and after."""

    number: int
    name: str
    address: str
    kind: str
    before: Mapping[str, bytes | None]
    after: Mapping[str, bytes | None]


class Reviewed(Struct, frozen=True, kw_only=True):
    """A change before it is written: the lines, what moves, and the findings that it brings."""

    diff: str
    moved: tuple[Moved, ...]
    findings: tuple[FoundField, ...]
    errors: tuple[Diagnostic, ...]  # those that keep it from being written
    charts: tuple[DrawnChart, ...] = ()  # as they will be


@dataclass(slots=True)
class EditorSession:
    """The editor of one project, from the start of the server to its end."""

    root: Path
    today: Callable[[], date] = date.today
    steps: list[Step] = field(default_factory=list)
    _cache: ParseCache = field(init=False)
    _opened: tuple[Inputs, EditedProject] | None = None
    _count: int = 0

    def __post_init__(self) -> None:
        """Read what earlier checks have parsed."""
        self._cache = ParseCache(self.root / CACHE / "read", code_fingerprint())

    def project(self) -> EditedProject:
        """The project as its files are now; UnreadableProjectError where not even data/report.yml can be read."""
        inputs = read_inputs(self.root)
        if self._opened is None or self._opened[0] != inputs:
            checked = check_project(self.root, parse_cache=self._cache)
            last = self._opened[1].edition if self._opened is not None else None
            shown = shown_edition(self.root, checked, self._cache, last=last)
            if (project := open_project(self.root, checked, shown)) is None:
                raise UnreadableProjectError(checked.errors)
            self._opened = inputs, project
        fresh = open_project(self.root, self._opened[1].checked, self._opened[1].edition)  # reads files anew
        assert fresh is not None  # noqa: S101  it was opened
        return fresh

    def open(self, path: str) -> OpenedForm:
        """The form at a path below the editor's; errors as of `open_form`."""
        return open_form(self.project(), path)

    def review(self, form: OpenedForm, typed: Mapping[str, str], *, write: bool = False, draws: bool = True) -> Reviewed:
        """Try what was typed on a copy of the project; with `write`, write it where it brings no error.

        EditError where it cannot be planned, EditConflictError where a file changed meanwhile.
        """
        planned = plan_form(form, typed, self.today())
        if not planned.edit:
            raise EditError(message="edit-nothing")
        with tried_edit(form.project, planned, self._cache) as trial:
            errors = tuple(one for one in trial.new if one.severity == "error" and not is_of_draft(trial.checked, one))
            if form.task in (RENAME, RETIRE):  # which have to know all that names an entry
                errors = trial.errors
            if write and not errors:
                apply_edit(self.root, trial.edit)
                self._count += 1
                edited = trial.edit.after()
                before = {file: trial.edit.before[file] for file in edited}
                step = Step(
                    number=self._count, name=form.name, address=form.address, kind=form.kind, before=before, after=edited
                )
                self.steps = [*self.steps, step][-_STEPS:]
            return Reviewed(
                diff=trial.edit.diff(),
                moved=trial.moved,
                findings=tuple(found_fields(trial, *entry_after(form, typed))),
                errors=errors,
                charts=tuple(drawn_charts(trial, form.kind, form.id)) if draws and not write else (),
            )

    def has(self, path: str) -> bool:
        """Whether there is a form at a path below the editor's."""
        try:
            self.open(path)
        except (EditError, UnreadableFileError, UnreadableProjectError):
            return False
        return True

    def undo(self, number: int) -> Step | None:
        """Take the last change back; None where that is another one. EditConflictError where its files changed since."""
        if not self.steps or self.steps[-1].number != number:
            return None
        step = self.steps[-1]
        restore_files(self.root, before=step.after, after=step.before)
        self.steps.pop()
        return step

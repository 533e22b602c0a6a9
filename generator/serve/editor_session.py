"""What the editor does with the project: open entries, try changes, write them and undo them. One thread does it all."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from ..build.plan import CACHE
from ..checks.project_check import check_project
from ..checks.shown_edition import is_of_draft, shown_edition
from ..diagnostics.finding import Diagnostic
from ..editing.applying import apply_edit, restore_files
from ..editing.effects import Moved
from ..editing.entry_change import changed_fields, normalized, plan_change
from ..editing.entry_fields import FormField, entry_node, form_fields
from ..editing.project import EditedProject, EditError, open_project
from ..editing.set_value import UPDATE, ValueChange, missing_parts
from ..editing.trial import tried_edit
from ..store.hashing import content_hash
from ..store.inputs import Inputs, code_fingerprint, read_inputs
from ..store.parse_cache import ParseCache

_STEPS = 100  # changes that can be undone
UNPUBLISHED = "unpublished"  # a new value in the place of one that was never published: no history


class UnreadableProjectError(Exception):
    """A project of which not even data/report.yml can be read; the findings say why."""

    def __init__(self, findings: tuple[Diagnostic, ...]) -> None:
        """Carry them."""
        super().__init__()
        self.findings = findings


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """A change that was written: its number, what it changed, and all of its files before and after."""

    number: int
    name: str
    before: Mapping[str, bytes | None]
    after: Mapping[str, bytes | None]


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenedEntry:
    """An entry with its fields, and the fingerprint of the files that they were read from."""

    project: EditedProject
    kind: str
    id: str
    fields: list[FormField]
    fingerprint: str
    findings: tuple[Diagnostic, ...] = ()  # of the file that the entry stands in


@dataclass(frozen=True, slots=True, kw_only=True)
class Reviewed:
    """A change before it is written: the lines, what moves, and the findings that it brings."""

    diff: str
    moved: tuple[Moved, ...]
    findings: tuple[Diagnostic, ...]
    errors: tuple[Diagnostic, ...]  # those that keep it from being written


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
        """The project as its files are now; UnreadableProjectError where that cannot be said."""
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

    def open(self, kind: str, key: str) -> OpenedEntry:
        """An entry to be edited; EditError where there is none, or where its file is not as it was checked."""
        project = self.project()
        fields = form_fields(project, kind, key)
        file, _ = entry_node(project, kind, key)
        files = [file, *_series_file(project, kind, key)]
        hashes = [content_hash(project.files.content(one) or b"") for one in files]
        found = tuple(one for one in project.checked.findings if one.span.file in files)
        return OpenedEntry(project=project, kind=kind, id=key, fields=fields, fingerprint="-".join(hashes), findings=found)

    def review(self, entry: OpenedEntry, typed: Mapping[str, str], *, write: bool = False) -> Reviewed:
        """Try a change on a copy of the project; with `write`, write it where it brings no error.

        EditError where it cannot be planned, EditConflictError where a file changed meanwhile.
        """
        project = entry.project
        planned = plan_change(project, entry.kind, entry.id, typed, self._value_change(entry, typed))
        if not planned.edit:
            raise EditError(message="edit-nothing")
        with tried_edit(project, planned, self._cache) as trial:
            errors = tuple(one for one in trial.new if one.severity == "error" and not is_of_draft(trial.checked, one))
            reviewed = Reviewed(diff=trial.edit.diff(), moved=trial.moved, findings=trial.new, errors=errors)
            if write and not reviewed.errors:
                apply_edit(self.root, trial.edit)
                self._count += 1
                after = trial.edit.after()
                before = {file: trial.edit.before[file] for file in after}
                name = f"{entry.kind}/{entry.id}"
                self.steps = [*self.steps, Step(number=self._count, name=name, before=before, after=after)][-_STEPS:]
        return reviewed

    def undo(self, number: int) -> Step | None:
        """Take the last change back; None where that is another one. EditConflictError where its files changed since."""
        if not self.steps or self.steps[-1].number != number:
            return None
        step = self.steps[-1]
        restore_files(self.root, before=step.after, after=step.before)
        self.steps.pop()
        return step

    def _value_change(self, entry: OpenedEntry, typed: Mapping[str, str]) -> ValueChange | None:
        """What goes with a new value of a fact; EditError that names what is missing."""
        if entry.kind != "facts" or not any(one.path == ("value",) for one, _ in changed_fields(entry.fields, typed)):
            return None
        given = {name: normalized(text) for name, text in typed.items()}
        kind, source = given.get("new/kind", ""), given.get("new/source", "")
        codes = [one.code for one in entry.project.languages]
        at = {code: text for code in codes if (text := given.get(f"new/at/{code}", ""))}
        plain = {"": next(iter(at.values()))} if len(set(at.values())) == 1 and len(at) == len(codes) else at
        is_new = kind == UPDATE or source != _source_of(entry)
        change = ValueChange(
            id=entry.id,
            value=given["value"],
            as_of=given.get("as_of", ""),
            sources=(source,) if source and is_new else (),
            at=plain,
            quote=given.get("new/quote", ""),
            kind="" if kind == UNPUBLISHED else kind,
            reason={code: given.get(f"new/reason/{code}", "") for code in codes},
            today=self.today(),
            keeps_evidence=given.get("new/keep", "") == "yes",
            keeps_history=kind != UNPUBLISHED,
        )
        if missing := missing_parts(entry.project, change):
            names = ", ".join(_field_of(name) for name in missing)
            raise EditError(message="edit-required", names=names)
        return change


def _field_of(missing: str) -> str:
    """The name of the field for a part of a change that is missing."""
    return "as_of" if missing == "as_of" else f"new/{missing.replace('.', '/')}"


def _source_of(entry: OpenedEntry) -> str:
    fact = entry.project.edition.facts.get(entry.id)
    return fact.evidence[0].source.id if fact is not None and fact.evidence else ""


def _series_file(project: EditedProject, kind: str, key: str) -> list[str]:
    fact = project.edition.facts.get(key) if kind == "facts" else None
    return [f"data/series/{fact.series[0]}.csv"] if fact is not None and fact.series else []

"""The forms of the editor and what each plans: an entry as it is, a new one, a row, another id, an end, a sign-off."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date

from ..diagnostics.finding import Diagnostic
from ..editing.entry_change import changed_fields, normalized, plan_change
from ..editing.entry_fields import FormField, entry_node, form_fields
from ..editing.new_fields import LINES, PAGES, ROW, new_entry_fields, new_row_fields, plan_new_entry, plan_new_row
from ..editing.project import EditedProject, EditError
from ..editing.rename import Renaming, plan_rename
from ..editing.retire import plan_retire
from ..editing.review import plan_reviewed
from ..editing.set_value import UPDATE, ValueChange, missing_parts
from ..editing.trial import Planned
from ..model.code_lists import RETIRED_KINDS
from ..records.struct import Struct
from ..store.hashing import content_hash

NEW, CHANGE, RENAME, RETIRE, REVIEWED = "new", "change", "rename", "retire", "reviewed"
TASKS = (RENAME, RETIRE, REVIEWED)  # what can be done to an entry besides changing its fields
UNPUBLISHED = "unpublished"  # a new value in the place of one that was never published: no history


class OpenedForm(Struct, frozen=True, kw_only=True):
    """A form with its fields, and the fingerprint of the files that they were read from."""

    project: EditedProject
    task: str
    kind: str
    id: str = ""  # of the entry as it is; of the series of a new row
    fields: list[FormField]
    fingerprint: str = ""
    findings: tuple[Diagnostic, ...] = ()  # of the file that the entry stands in

    @property
    def address(self) -> str:
        """Its path below the editor's."""
        if self.task in (NEW, ROW):
            return "/".join(filter(None, (NEW, self.kind, self.id)))
        return self.entry if self.task == CHANGE else f"{self.entry}/{self.task}"

    @property
    def entry(self) -> str:
        """The path of the form of the entry itself, below the editor's."""
        return f"{self.kind}/{self.id}"

    @property
    def name(self) -> str:
        """What an editor calls it."""
        return self.entry if self.id else self.kind


def open_form(project: EditedProject, path: str) -> OpenedForm:
    """The form at a path below the editor's; EditError where there is none, or where its file is not as it was checked."""
    kind, _, rest = path.rstrip("/").partition("/")
    if kind == NEW:
        kind, _, series = rest.partition("/")
        if kind == "series" and series:
            return OpenedForm(project=project, task=ROW, kind=kind, id=series, fields=new_row_fields(project, series))
        return OpenedForm(project=project, task=NEW, kind=rest, fields=new_entry_fields(project, rest))
    key, _, task = rest.rpartition("/")
    if task not in TASKS or (task == REVIEWED and kind != "facts"):
        key, task = rest, CHANGE
    fields = form_fields(project, kind, key) if task == CHANGE else list(_task_fields(project, task, kind, key))
    file, _ = entry_node(project, kind, key)
    files = [file, *_series_file(project, kind, key)]
    fingerprint = "-".join(content_hash(project.files.content(one) or b"") for one in files)
    found = tuple(one for one in project.checked.findings if one.span.file in files)
    return OpenedForm(project=project, task=task, kind=kind, id=key, fields=fields, fingerprint=fingerprint, findings=found)


def _series_file(project: EditedProject, kind: str, key: str) -> list[str]:
    fact = project.edition.facts.get(key) if kind == "facts" else None
    return [f"data/series/{fact.series[0]}.csv"] if fact is not None and fact.series else []


def _task_fields(project: EditedProject, task: str, kind: str, key: str) -> Iterator[FormField]:
    if key not in project.entries(kind):
        raise EditError(message="edit-no-entry", id=key, suggestion="")

    def one(name: str, kind: str = "text", *, required: bool = False, language: str = "", refers_to: str = "") -> FormField:
        return FormField(
            path=tuple(name.split("/")),
            text="",
            type=kind,
            what=f"editor-{task}",
            required=required,
            language=language,
            choices=("yes",) if kind == "choice" else (),
            refers_to=refers_to,
        )

    told = task == RETIRE or kind != "facts"  # an old address of a fact leads to the new one and says nothing
    if task == REVIEWED:
        yield one("by", required=True)
        yield one("on", "date")
        return
    if task == RENAME:
        yield one("id", required=True)
    if told and kind in RETIRED_KINDS:
        for language in project.languages:
            yield one(f"reason/{language.code}", required=task == RETIRE, language=language.code)
    if task == RETIRE:
        yield one("instead", "id", refers_to=kind)
    elif kind in RETIRED_KINDS:
        yield one(UNPUBLISHED, "choice")


def plan_form(form: OpenedForm, typed: Mapping[str, str], today: date) -> Planned:
    """What was typed as an edit; EditError where it cannot be one. Fields that are missing are named as the form names them."""
    lines = {one.name for one in form.fields if one.type == LINES}
    given = {name: text.strip() if name in lines else normalized(text) for name, text in typed.items()}
    try:
        return _plan(form, typed, given, today)
    except EditError as error:
        if error.message != "edit-missing":
            raise
        names = str(error.arguments["options"]).replace("--", "").replace(".", "/")
        raise EditError(message="edit-required", names=names) from error


def _plan(form: OpenedForm, typed: Mapping[str, str], given: Mapping[str, str], today: date) -> Planned:
    project, kind, key = form.project, form.kind, form.id
    if missing := [one.name for one in form.fields if one.required and form.task in TASKS and not given.get(one.name)]:
        raise EditError(message="edit-required", names=", ".join(missing))
    reason = {one.code: text for one in project.languages if (text := given.get(f"reason/{one.code}", ""))}
    match form.task:
        case "new":
            return plan_new_entry(project, kind, given)
        case "row":
            return plan_new_row(project, key, given)
        case "rename":
            is_published = given.get(UNPUBLISHED) != "yes"
            renaming = Renaming(kind=kind, old=key, new=given["id"], reason=reason, published=is_published)
            return Planned(edit=plan_rename(project, renaming), written=None, former=renaming.former, moves=False)
        case "retire":
            edit = plan_retire(project, kind, key, reason, instead=given.get("instead", ""))
            return Planned(edit=edit, written=tuple(f"retired/{key}/{name}" for name in ("label", "reason")))
        case "reviewed":
            return Planned(edit=plan_reviewed(project, [key], by=given["by"], on=_day(given.get("on", ""), today)))
    return plan_change(project, kind, key, typed, _value_change(form, given, typed, today))


def _day(text: str, today: date) -> date:
    try:
        return date.fromisoformat(text) if text else today
    except ValueError:
        raise EditError(message="edit-bad-date", found=text, unit="") from None


def entry_after(form: OpenedForm, typed: Mapping[str, str]) -> tuple[str, str]:
    """The kind and id of the entry that there is when a form was written; an empty id where there is none."""
    key = normalized(typed.get("id", "")) if form.task in (NEW, RENAME) else form.id
    return form.kind, "" if form.task == RETIRE or form.kind == PAGES else key


def _value_change(form: OpenedForm, given: Mapping[str, str], typed: Mapping[str, str], today: date) -> ValueChange | None:
    """What goes with a new value of a fact; EditError that names what is missing."""
    if form.kind != "facts" or not any(one.path == ("value",) for one, _ in changed_fields(form.fields, typed)):
        return None
    kind, source = given.get("new/kind", ""), given.get("new/source", "")
    codes = [one.code for one in form.project.languages]
    at = {code: text for code in codes if (text := given.get(f"new/at/{code}", ""))}
    plain = {"": next(iter(at.values()))} if len(set(at.values())) == 1 and len(at) == len(codes) else at
    is_new = kind == UPDATE or source != _source_of(form) or bool(at or given.get("new/quote"))
    change = ValueChange(
        id=form.id,
        value=given["value"],
        as_of=given.get("as_of", ""),
        sources=(source,) if source and is_new else (),
        at=plain,
        quote=given.get("new/quote", ""),
        kind="" if kind == UNPUBLISHED else kind,
        reason={code: given.get(f"new/reason/{code}", "") for code in codes},
        today=today,
        keeps_evidence=given.get("new/keep", "") == "yes",
        keeps_history=kind != UNPUBLISHED,
    )
    if missing := missing_parts(form.project, change):
        names = ", ".join("as_of" if name == "as_of" else f"new/{name.replace('.', '/')}" for name in missing)
        raise EditError(message="edit-required", names=names)
    return change


def _source_of(form: OpenedForm) -> str:
    fact = form.project.edition.facts.get(form.id)
    return fact.evidence[0].source.id if fact is not None and fact.evidence else ""

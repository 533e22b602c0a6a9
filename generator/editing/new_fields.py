"""The fields of forms that make something: an entry that is not there yet, a row of a series, or a page."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from ..reading.localized_validators import LocalizedText
from ..reading.record_validators import Either, ListOf, Record
from ..reading.records import FOLDERS
from ..reading.validators import Choice, Reference, Text, Validator
from .entry_fields import RECORDS, FormField, scalar_type
from .new_entry import Given, NewEntry, plan_new, plan_page, plan_row
from .project import EditedProject, EditError
from .series_table import SeriesTable
from .trial import Planned

ROW, PAGES = "row", "pages"
CREATED = ("sources", "facts", "claims", "events", "terms", "names", "charts", "series", "judgments", "risks", "checks", PAGES)
_CELL = (("series", "series"), ("column", ""), ("row", ""))  # of a fact that quotes a cell
_MADE = "editor-make"  # names the help of what no record has
LINES = "lines"  # the type of a text in which line ends matter


def new_entry_fields(project: EditedProject, kind: str) -> list[FormField]:
    """The fields of a new entry in the order of its record; EditError for a kind that none is made of."""
    if kind not in CREATED:
        raise EditError(message="edit-no-entry", id=kind, suggestion="")
    if kind == PAGES:
        return [_plain("id"), *_texts(project, "title", _MADE), *_texts(project, "description", _MADE)]
    record = RECORDS[kind]
    fields = [_plain("id"), *_topic(project, kind)]
    known: dict[str, tuple[Validator, bool]] = {key: (one.validator, one.required) for key, one in record.fields.items()}
    known |= {key: (one, False) for key, one in record.more.items()}
    for key, (validator, required) in known.items():
        fields += _fields(project, record, key, validator, required=required)
    if kind == "series":
        fields.append(FormField(path=("row",), text="", type=LINES, what=_MADE))
    return fields


def new_row_fields(project: EditedProject, series: str) -> list[FormField]:
    """The fields of a new row: a text for each column of the file."""
    if series not in project.edition.series:
        raise EditError(message="edit-no-entry", id=series, suggestion="")
    key = project.edition.series[series].key
    header = SeriesTable(project, series).columns
    return [
        FormField(
            path=("cell", column),
            text="",
            type="text",
            what="column",
            required=column == key,
            refers_to="sources" if column in ("source", "sources") else "",
        )
        for column in (key, *(one for one in header if one != key))
    ]


def plan_new_row(project: EditedProject, series: str, typed: Mapping[str, str]) -> Planned:
    """The row that was typed."""
    cells = {one.path[1]: typed.get(one.name, "") for one in new_row_fields(project, series)}
    key = project.edition.series[series].key
    return Planned(edit=plan_row(project, series, cells.pop(key), cells), written=None)


def plan_new_entry(project: EditedProject, kind: str, typed: Mapping[str, str]) -> Planned:
    """The entry or page that was typed, its texts by language where they have one."""
    given: dict[str, dict[str, str]] = {}
    for one in new_entry_fields(project, kind):
        if (text := typed.get(one.name, "")) and one.path[0] not in ("id", "topic"):
            given.setdefault(one.path[0], {})[one.language] = text
    key = typed.get("id", "")
    if kind == PAGES:
        return Planned(edit=plan_page(project, key, given), written=None)
    keys = tuple(f"{kind}/{key}/{name}" for name in (*given, "at", "label", "reason"))
    topic = typed.get("topic", "") if kind in FOLDERS else ""
    return Planned(edit=plan_new(project, NewEntry(kind=kind, id=key, given=_one_place(given), topic=topic)), written=keys)


def _one_place(given: Mapping[str, Mapping[str, str]]) -> Given:
    """The same with a place in a source that is the same in all languages as one text."""
    at = given.get("at", {})
    return {**given, "at": {"": next(iter(at.values()))}} if len(set(at.values())) == 1 and len(at) > 1 else given


def _plain(name: str) -> FormField:
    return FormField(path=(name,), text="", type="text", what=_MADE, required=True)


def _topic(project: EditedProject, kind: str) -> Iterator[FormField]:
    """The file that an entry goes to, where its kind has several."""
    topics = {one.span.file.rpartition("/")[2].removesuffix(".yml") for one in project.entries(kind).values()}
    if kind in FOLDERS and len(topics) != 1:
        yield FormField(
            path=("topic",),
            text="",
            type="choice" if topics else "text",
            what=_MADE,
            required=True,
            choices=tuple(sorted(topics)),
        )


def _texts(project: EditedProject, key: str, what: str, *, required: bool = True) -> Iterator[FormField]:
    for one in project.languages:
        yield FormField(path=(key, one.code), text="", type="text", what=what, required=required, language=one.code)


def _fields(project: EditedProject, record: Record, key: str, validator: Validator, *, required: bool) -> Iterator[FormField]:
    if record.what == "fact" and key == "evidence":
        yield FormField(path=("source",), text="", type="id", what="piece-of-evidence", refers_to="sources")
        yield from _texts(project, "at", "piece-of-evidence", required=False)
        yield FormField(path=("quote",), text="", type="text", what="piece-of-evidence")
    elif record.what == "fact" and key == "from":
        for name, refers_to in _CELL:
            yield FormField(path=(name,), text="", type="text", what="place-in-a-series", refers_to=refers_to)
    elif record.what == "series" and key == "columns":
        yield FormField(path=(key,), text="", type="text", what=_MADE, required=True)
    elif isinstance(validator, LocalizedText):
        yield from _texts(project, key, record.what, required=required)
    elif (kind := _type(validator)) is not None:
        item = validator.validator if isinstance(validator, ListOf) else validator
        item = item.scalar if isinstance(item, Either) else item
        choices = validator.choices if isinstance(validator, Choice) else ("true", "false") if kind == "boolean" else ()
        yield FormField(
            path=(key,),
            text="",
            type=kind,
            what=record.what,
            required=required,
            choices=choices,
            refers_to=item.kind if isinstance(item, Reference) else "",
        )


def _type(validator: Validator) -> str | None:
    """The type of a field of one line; None for what no such field can hold."""
    if isinstance(validator, ListOf):
        item = validator.validator.scalar if isinstance(validator.validator, Either) else validator.validator
        return "list" if isinstance(item, Text) else None
    return scalar_type(validator)

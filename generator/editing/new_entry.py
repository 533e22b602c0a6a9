"""Plans new entries, rows of series and pages: written at the end of their file, in the order and form of their record."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

from ..diagnostics.finding import Span
from ..reading.files import FILE_NAME
from ..reading.localized_validators import LocalizedText
from ..reading.record_validators import Either, ListOf, Record
from ..reading.records import FOLDERS
from ..reading.references import record_of
from ..reading.validators import Text, Validator
from ..reading.yaml_nodes import ScalarNode, SequenceNode, parse_yaml
from ..records.struct import Struct, field
from . import yaml_text
from .project import EditedProject, EditError
from .series_table import SeriesTable
from .splices import Edit, Splice

Given = Mapping[str, Mapping[str, str]]  # by key: what is typed, by language ("" for what has none)
_PAGE = r"[a-z][a-z0-9_-]{0,99}(/[a-z][a-z0-9_-]{0,99}){0,9}"  # folders and files of the site
_LIST = re.compile(r"[,\s]+")


class NewEntry(Struct, frozen=True, kw_only=True):
    """A kind, an id and what is said of the new entry; `topic` is the file of kinds that have several."""

    kind: str
    id: str
    given: Given = field(default_factory=dict)
    topic: str = ""


def missing_keys(project: EditedProject, entry: NewEntry) -> list[str]:
    """What the record requires and nobody has said, as options are named: `unit`, `label.ja`."""
    record = _record(entry.kind)
    missing = []
    for key, known in record.fields.items():
        said = entry.given.get(key, {})
        if not known.required or (entry.kind == "series" and key == "columns" and "columns" in entry.given):
            continue
        if isinstance(known.validator, LocalizedText):
            missing += [f"{key}.{code}" for code in project.complete if code not in said]
        elif not said:
            missing.append(key)
    return missing


def plan_new(project: EditedProject, entry: NewEntry) -> Edit:
    """The splices of a new entry; EditError where its id or what is said of it cannot be so."""
    record = _record(entry.kind)
    if not re.fullmatch(record.ids, entry.id):
        raise EditError(message="edit-bad-id", id=entry.id)
    if entry.id in project.entries(entry.kind):
        raise EditError(message="edit-id-taken", id=entry.id)
    if entry.topic and entry.kind not in FOLDERS:
        raise EditError(message="edit-no-topic", kind=entry.kind)
    for key, texts in entry.given.items():
        project.require_languages(key, texts)
    is_draft = entry.given.get("draft", {}).get("") == "true"
    missing = missing_keys(project, entry)
    if is_draft:  # of a series, its table has to have a header
        missing = [name for name in missing if (entry.kind, name) == ("series", "key")]
    if missing:
        raise EditError(message="edit-missing", options=", ".join(f"--{name.replace('_', '-')}" for name in missing))
    file = _file(project, entry)
    fields = dict(_fields(entry, record))
    lines = f"{entry.id}:\n  {yaml_text.entry_lines(fields.items(), 2)}\n"
    splices = [yaml_text.append_entry(file, project.files.text(file), project.files.tree(file), lines)]
    if entry.kind == "series":
        splices.append(_table(project, entry))
    return project.files.edit(splices)


def _record(kind: str) -> Record:
    record = record_of(kind)
    assert isinstance(record, Record)  # noqa: S101  of every kind of entries
    return record


def _file(project: EditedProject, entry: NewEntry) -> str:
    if entry.kind not in FOLDERS:
        return f"data/{entry.kind}.yml"
    if entry.topic and not FILE_NAME.fullmatch(entry.topic):
        raise EditError(message="edit-bad-topic", topic=entry.topic.encode(errors="backslashreplace").decode())
    topics = sorted({span.file.rpartition("/")[2].removesuffix(".yml") for span in _spans(project, entry.kind)})
    if entry.topic or len(topics) == 1:
        return f"data/{entry.kind}/{entry.topic or topics[0]}.yml"
    raise EditError(message="edit-missing", options=f"--topic ({', '.join(topics)})")


def _spans(project: EditedProject, kind: str) -> Iterator[Span]:
    return (one.span for one in project.entries(kind).values())


def _fields(entry: NewEntry, record: Record) -> Iterator[tuple[str, str | Mapping[str, str]]]:
    """The keys of the entry in the order of the record."""
    given = dict(entry.given)
    if entry.kind == "facts":
        combined = _combined(given)
        given.update(combined)
    if entry.kind == "series":
        given["columns"] = {"": _columns(given.get("columns", {}).get("", ""))}
        given.pop("row", None)
    known: dict[str, Validator] = {key: one.validator for key, one in record.fields.items()} | dict(record.more)
    for key in given:
        if key not in known:
            raise EditError(message="edit-unknown-key", name=key, known=", ".join(known))
    for key, validator in known.items():
        if key in given:
            yield key, _written(key, validator, given[key])


def _combined(given: dict[str, Mapping[str, str]]) -> Given:
    """The keys of a fact that hold several things: evidence (--source, --at, --quote), a cell (--series, --column, --row)."""
    found: dict[str, Mapping[str, str]] = {}
    if source := given.pop("source", {}).get(""):
        at = given.pop("at", {})
        place = f", at: {yaml_text.as_text(at[''], flow=True) if '' in at else yaml_text.as_phrase(at)}" if at else ""
        quote = f", quote: {yaml_text.as_text(said, flow=True)}" if (said := given.pop("quote", {}).get("")) else ""
        pieces = (f"{{source: {one}{place}{'' if number else quote}}}" for number, one in enumerate(source.split()))
        found["evidence"] = {"": f"[{', '.join(pieces)}]"}
    if "series" in given:
        cell = {"series": given.pop("series"), "column": given.pop("column", {}), "at": given.pop("row", {})}
        pairs = (f"{key}: {yaml_text.as_value(said.get('', ''), flow=True)}" for key, said in cell.items())
        found["from"] = {"": f"{{{', '.join(pairs)}}}"}
    return found


def _written(key: str, validator: Validator, said: Mapping[str, str]) -> str | Mapping[str, str]:
    if isinstance(validator, LocalizedText) and "" not in said:
        return said
    text = said.get("", "")
    if text[:1] in ("[", "{") and parse_yaml(text, "", []) is not None and not isinstance(validator, Text | LocalizedText):
        return text
    match validator:
        case Either():
            return _written(key, validator.scalar, said)
        case ListOf():
            return f"[{', '.join(yaml_text.as_value(part, flow=True) for part in _LIST.split(text) if part)}]"
        case Text() | LocalizedText():
            return yaml_text.as_text(text)
    return yaml_text.as_value(text)


def _columns(text: str) -> str:
    """Columns with their units, typed as `revenue:USD staff:people`, as a mapping."""
    parts = (part.partition(":") for part in text.split())
    return "{" + ", ".join(f"{name}: {{unit: {unit}}}" if unit else f"{name}: {{}}" for name, _, unit in parts) + "}"


def _table(project: EditedProject, entry: NewEntry) -> Splice:
    """The file of a series, with the row that was typed."""
    columns = [part.partition(":")[0] for part in entry.given.get("columns", {}).get("", "").split()]
    header = ",".join((entry.given["key"][""], *columns, "source"))
    rows = "".join(f"{row}\n" for row in entry.given.get("row", {}).get("", "").splitlines())
    return project.files.created(f"data/series/{entry.id}.csv", f"{header}\n{rows}")


def plan_row(project: EditedProject, series: str, key: str, given: Mapping[str, str]) -> Edit:
    """The splice of a new last row of a series, its cells by column."""
    if series not in project.edition.series:
        raise EditError(message="edit-no-entry", id=series, suggestion="")
    table = SeriesTable(project, series)
    cells = {project.edition.series[series].key: key, **given}
    for column in cells:
        if column not in table.columns:
            raise EditError(message="edit-unknown-key", name=column, known=", ".join(table.columns))
    return project.files.edit([table.new_row(cells)])


def plan_page(project: EditedProject, name: str, given: Given) -> Edit:
    """A template in each language, with its head and first heading, and the page's name in data/report.yml.

    A language in progress may do without.
    """
    for key, texts in given.items():
        project.require_languages(key, texts)
    given_in = [
        one.code for one in project.languages if all(one.code in given.get(key, {}) for key in ("title", "description"))
    ]
    codes = list(dict.fromkeys((*project.complete, *given_in)))
    if missing := [f"--{key}.{code}" for key in ("title", "description") for code in codes if code not in given.get(key, {})]:
        raise EditError(message="edit-missing", options=", ".join(missing))
    if name in project.edition.report.pages or not re.fullmatch(_PAGE, name):
        raise EditError(message="edit-id-taken" if name in project.edition.report.pages else "edit-bad-id", id=name)
    splices = [_page_name(project, name)]
    for code in codes:
        head = "".join(f"{key}: {yaml_text.as_text(given[key][code])}\n" for key in ("title", "description"))
        text = f"---\n{head}---\n\n# {given['title'][code]}\n"
        splices.append(project.files.created(f"templates/pages/{name}.{code}.md.j2", text))
    return project.files.edit(splices)


def _page_name(project: EditedProject, name: str) -> Splice:
    file = "data/report.yml"
    text, pages = project.files.text(file), yaml_text.child(project.files.tree(file), "pages")
    if isinstance(pages, SequenceNode) and not pages.items:
        return Splice(file, *pages.extent, f"[{name}]")
    if not isinstance(pages, SequenceNode) or not isinstance(pages.items[-1], ScalarNode):
        raise EditError(message="edit-no-entry", id="pages", suggestion="")
    end = yaml_text.end_of(text, pages.items[-1])
    if pages.flow:
        return Splice(file, end, end, f", {name}")
    at = yaml_text.line_end(text, end)
    return Splice(file, at, at, f"\n{' ' * yaml_text.column(text, pages.extent[0])}- {name}")


def typed_pairs(arguments: Sequence[str], separator: str, *, several: Sequence[str] = ()) -> dict[str, dict[str, str]]:
    """What was typed as `--key text` or `--key=text`, by key and language; EditError for anything else.

    The texts of the keys that may be given `several` times stand behind each other.
    """
    found: dict[str, dict[str, str]] = {}
    rest = iter(arguments)
    for argument in rest:
        name, equals, text = argument.partition("=")
        if not name.startswith("--"):
            raise EditError(message="edit-unknown-argument", found=argument)
        code, dotted, said = (text if equals else next(rest, "")).partition(separator)
        key = name.removeprefix("--").removeprefix("its-").replace("-", "_")
        code, said = (code, said) if dotted else ("", code)
        texts = found.setdefault(key, {})
        if code in texts and key not in several:
            raise EditError(message="edit-said-twice", option=f"{name}.{code}".rstrip("."))
        texts[code] = f"{texts[code]} {said}" if code in texts else said
        if "" in texts and len(texts) > 1:
            raise EditError(message="edit-mixed-languages", option=name)
    return found

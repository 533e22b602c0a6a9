"""The tables of a report: the Data Package with its zip, and a workbook for each language.

Rows are kept by groups of entries, by series and by chart, compressed as both files hold them; an edit makes only those of what
it changed, and of the workbook nothing else where no sheet got longer or wider.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import partial, reduce

from ..exports import data_package
from ..exports.chart_tables import chart_csv
from ..exports.series_tables import series_table
from ..exports.table_cells import Listing, Table, csv_lines
from ..exports.tables import LISTINGS
from ..exports.tables import tables as all_tables
from ..exports.workbook_rows import Sheet, chart_rows, joined, sheet_of_table, table_rows
from ..exports.zip_parts import Part, part
from ..model import addresses
from ..model.report import Edition
from ..records.struct import replace
from ..store.hashing import fingerprint
from ..store.objects import value_hash
from ..wording.texts import Texts
from .entry_groups import entries_of, group_entries
from .fact_lists import FactRows, text_of
from .output_context import OutputContext, texts_of
from .publish import SiteFile
from .site_tasks import resolve_key
from .tasks import Artifact, Task, TaskFunctions, TaskInputs, TaskResult

PACKAGE, WORKBOOK = "package", "workbook"
_TABLE, _FIRST, _SHEETS = "table", "first", "sheets"
_SERIES, _CHARTS = "series", "charts"
_CSV = "csv"  # the first part of the names of tables as CSV; that of sheets is the language's code
Piece = tuple[Part, Sheet | None]  # rows as CSV; or as XML, and their sheet


def _table(task_inputs: TaskInputs, key: str) -> TaskResult:
    """The payload is rows of tables by their names ("csv/facts", "ja/facts"), the summary the hash and the sheet of each."""
    edition = task_inputs.edition
    every = texts_of(edition)
    task_inputs.record("report", *(f"language/{texts.language.code}" for texts in every))
    kind, _, name = key.partition("/")
    if kind == _CHARTS:
        pieces = dict(_chart_pieces(edition, every, name))
    elif kind == _SERIES:
        of = partial(series_table, edition.series[name])
        pieces = dict(_pieces(edition, every, of(every), {texts.language.code: of([texts]) for texts in every}, first=1))
    else:
        pieces = dict(_listed_pieces(task_inputs, every, key))
    summary = {place: (value_hash(rows), sheet) for place, (rows, sheet) in pieces.items()}
    return TaskResult(summary=summary, payload={place: rows for place, (rows, _) in pieces.items()})


_TASK_FUNCTIONS: TaskFunctions = {_TABLE: _table}


def _listed_pieces(task_inputs: TaskInputs, every: Sequence[Texts], group: str) -> Iterator[tuple[str, Piece]]:
    """The rows of a group of entries in every table that lists them."""
    edition, kind = task_inputs.edition, group.partition("/")[0]
    entries = [getattr(edition, kind)[entry] for entry in entries_of(task_inputs, group)]
    task_inputs.record(f"{_FIRST}/{group}")
    for listing in _listings(kind):
        table = listing.build(every, entries)
        narrow = {texts.language.code: replace(listing.build([texts], ()), rows=table.rows) for texts in every}
        first = task_inputs.parameters[_FIRST][group][listing.name]
        yield from _pieces(edition, every, table, narrow, first=first)


def _listings(kind: str) -> list[Listing]:
    return [listing for listing in LISTINGS if listing.kind == kind]


def _pieces(
    edition: Edition, every: Sequence[Texts], table: Table, narrow: Mapping[str, Table], *, first: int
) -> Iterator[tuple[str, Piece]]:
    """The rows of a table; `narrow` is the same in one language each."""
    if PACKAGE in edition.report.outputs:
        yield f"{_CSV}/{table.name}", (part(table.csv_rows), None)
    for texts in every if WORKBOOK in edition.report.outputs else ():
        code = texts.language.code
        rows = table_rows(narrow[code], edition.units, first=first)
        yield f"{code}/{table.name}", (rows.xml, sheet_of_table(narrow[code], texts, rows))


def _chart_pieces(edition: Edition, every: Sequence[Texts], key: str) -> Iterator[tuple[str, Piece]]:
    """The table of a chart in every language."""
    from ..charts.tables import tabulate  # noqa: PLC0415  most edits change no chart

    for texts in every:
        code, chart = texts.language.code, edition.charts[key]
        table = tabulate(chart, edition, texts)
        if PACKAGE in edition.report.outputs:
            yield f"{_CSV}/{code}", (part(chart_csv(table)), None)
        if WORKBOOK in edition.report.outputs:
            headings, rows = chart_rows(table, edition.units)
            yield f"{code}/{key}", (rows.xml, Sheet.of(f"fig-{key}", texts.fill(chart.title), headings, rows))


class Tables:
    """The rows of all tables of a report."""

    def __init__(self, output_context: OutputContext) -> None:
        self.output_context, self.context, self.edition = output_context, output_context.context, output_context.edition
        kinds = dict.fromkeys(listing.kind for listing in LISTINGS)
        self.groups = {kind: group_entries(self.context, kind) for kind in kinds}
        self._number_rows()
        groups = [group for each in self.groups.values() for group in each]
        keys = [
            *groups,
            *(f"{_SERIES}/{key}" for key in self.edition.series),
            *(f"{_CHARTS}/{key}" for key in self.edition.charts),
        ]
        tasks = {key: Task(_TABLE, key) for key in keys}
        artifacts, _ = self.context.make(_TASK_FUNCTIONS, list(tasks.values()))
        self.artifacts = {key: artifacts[task] for key, task in tasks.items()}

    def _number_rows(self) -> None:
        """Say how many rows stand above those of each group in each table."""
        firsts: dict[str, dict[str, int]] = {}
        for kind, groups in self.groups.items():
            above = {listing.name: 1 for listing in _listings(kind)}
            entries = getattr(self.edition, kind)
            for group in groups:
                firsts[group] = dict(above)
                for listing in _listings(kind):
                    above[listing.name] += sum(
                        listing.count(entries[one]) for one in entries_of(self.context.task_inputs, group)
                    )
        self.context.task_inputs.parameters[_FIRST] = firsts
        self.context.fingerprints.known.update({f"{_FIRST}/{group}": fingerprint(repr(one)) for group, one in firsts.items()})

    def listed(self) -> Iterator[tuple[Table, list[Artifact]]]:
        """Every table but those of charts, without rows where it lists entries, and what has its rows."""
        for table in all_tables(self.output_context.texts, with_rows=False):
            kind = next((listing.kind for listing in LISTINGS if listing.name == table.name and not table.series), "")
            keys = self.groups[kind] if kind else [f"{_SERIES}/{table.name}"]
            yield table, [self.artifacts[key] for key in keys]

    def charts(self) -> Iterator[tuple[str, list[Artifact]]]:
        """What has the table of each chart, by the chart's id."""
        for key in self.edition.charts:
            yield key, [self.artifacts[f"{_CHARTS}/{key}"]]

    def rows(self, artifacts: Sequence[Artifact], place: str) -> list[Part]:
        """The rows of a table."""
        return [self.context.load(_TASK_FUNCTIONS, artifact)[place] for artifact in artifacts]

    def fingerprint(self, *parts: str) -> str:
        """A fingerprint of these and of what every table depends on."""
        codes = (f"language/{texts.language.code}" for texts in self.output_context.texts)
        shared = self.context.fingerprints.combined(("report", *codes))
        return fingerprint(self.context.store.code_fingerprint, shared, *parts)


def _hashes(artifacts: Sequence[Artifact], place: str) -> list[str]:
    return [artifact.summary[place][0] for artifact in artifacts]


def package_files(
    output_context: OutputContext, tables: Tables, fact_rows: FactRows, frame: Mapping[str, SiteFile]
) -> Iterator[tuple[str, SiteFile]]:
    """All files of the package besides the `frame`, and the zip of all of them with the tables of charts."""
    members: dict[str, tuple[str, Callable[[], list[Part]]]] = {}  # path -> fingerprint, and how to make its parts
    for path, file in frame.items():
        members[path] = file.fingerprint, partial(_whole, file)
    for table, artifacts in tables.listed():
        place = f"{_CSV}/{table.name}"
        head = csv_lines([[field.name for field in table.fields]])
        made_of = tables.fingerprint(head, *_hashes(artifacts, place))
        members[data_package.table_path(table)] = made_of, partial(_with_head, tables, head, artifacts, place)
    for texts in output_context.texts:
        members[data_package.facts_path(texts)] = fact_rows.made_of, partial(fact_rows.of_language, texts)
    for path, (made_of, parts) in members.items():
        if path not in frame:
            yield path, SiteFile(made_of, partial(_text, parts))
    for key, artifacts in tables.charts():
        for texts in output_context.texts:
            place = f"{_CSV}/{texts.language.code}"
            path = f"{data_package.FOLDER}/charts/{texts.language.code}/{key}.csv"
            members[path] = tables.fingerprint(*_hashes(artifacts, place)), partial(tables.rows, artifacts, place)
    made_of = fingerprint(*(text for path, (one, _) in members.items() for text in (path, one)))
    yield (
        data_package.ZIP,
        SiteFile(made_of, partial(_zip, output_context.edition, {path: one for path, (_, one) in members.items()})),
    )


def _whole(file: SiteFile) -> list[Part]:
    return [part(file.make())]


def _with_head(tables: Tables, head: str, artifacts: Sequence[Artifact], place: str) -> list[Part]:
    return [part(head), *tables.rows(artifacts, place)]


def _text(parts: Callable[[], list[Part]]) -> str:
    return text_of(parts())


def _zip(edition: Edition, members: Mapping[str, Callable[[], list[Part]]]) -> bytes:
    content = {path.removeprefix(f"{data_package.FOLDER}/"): parts() for path, parts in members.items()}
    return data_package.pack(content, addresses.slug(edition.report.site_url))


def _frame(task_inputs: TaskInputs, code: str) -> TaskResult:
    """The payload is the workbook of a language without the rows of its tables and their widths."""
    from ..exports.workbook import frame  # noqa: PLC0415  it takes long to load, and most builds need no new one

    texts, _ = resolve_key(task_inputs, code)
    task_inputs.record(f"{_SHEETS}/{code}")
    return TaskResult(summary=None, payload=frame(texts, task_inputs.parameters[_SHEETS][code]))


_FRAME_FUNCTIONS: TaskFunctions = {WORKBOOK: _frame}


def workbook_files(output_context: OutputContext, tables: Tables) -> Iterator[tuple[str, SiteFile]]:
    """The workbook of each language."""
    context, codes = output_context.context, [texts.language.code for texts in output_context.texts]
    named = [*((table.name, artifacts) for table, artifacts in tables.listed()), *tables.charts()]
    sheets = {
        code: [reduce(Sheet.with_more, (one.summary[f"{code}/{name}"][1] for one in artifacts)) for name, artifacts in named]
        for code in codes
    }
    context.task_inputs.parameters[_SHEETS] = {code: [replace(one, widths=()) for one in sheets[code]] for code in codes}
    context.fingerprints.known.update(
        {f"{_SHEETS}/{code}": value_hash(one) for code, one in context.task_inputs.parameters[_SHEETS].items()}
    )
    frames, _ = context.make(_FRAME_FUNCTIONS, [Task(WORKBOOK, code) for code in codes])
    for code in codes:
        frame = frames[Task(WORKBOOK, code)]
        hashes = (one for name, artifacts in named for one in _hashes(artifacts, f"{code}/{name}"))
        made_of = tables.fingerprint(frame.fingerprint, value_hash(sheets[code]), *hashes)
        yield (
            addresses.workbook(code),
            SiteFile(made_of, partial(_workbook, tables, frame, sheets[code], _rows_of(code, named))),
        )


def _rows_of(code: str, named: Sequence[tuple[str, list[Artifact]]]) -> list[tuple[str, list[Artifact]]]:
    return [(f"{code}/{name}", artifacts) for name, artifacts in named]


def _workbook(tables: Tables, frame: Artifact, sheets: Sequence[Sheet], rows: Sequence[tuple[str, list[Artifact]]]) -> bytes:
    parts: Mapping[str, tuple[Part, ...]] = tables.context.load(_FRAME_FUNCTIONS, frame)
    return joined(parts, sheets, [tables.rows(artifacts, place) for place, artifacts in rows])

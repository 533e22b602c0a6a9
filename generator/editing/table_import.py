"""A published table becomes a series: what it says is proposed as an entry, shown as it is read, and written as a whole."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from pathlib import Path

from ..diagnostics.finding import Diagnostic
from ..model import periods, values
from ..model.languages import Language
from ..model.report import Edition
from ..model.units import Unit
from ..reading.default_units import PERCENT
from ..reading.draft import Draft, described_rows
from ..reading.files import not_utf8, read_bytes, unreadable
from ..reading.records import SERIES
from ..reading.references import SOURCE_COLUMNS
from ..reading.table_record import TABLE_KEYS
from ..reading.validators import ReadContext
from ..reading.yaml_nodes import parse_yaml
from ..records.struct import Struct
from ..tables import encodings
from ..tables.dates import is_period
from ..tables.description import ColumnDescription, TableDescription
from ..tables.grid import Cell, GridLimits, read_grid
from ..tables.likely_columns import Proposal
from ..tables.likely_notation import Hints, ProposalError, is_number, likely_delimiter, marks
from ..tables.proposal import propose
from ..tables.workbooks import SPREADSHEETS, WorkbookError, is_spreadsheet, read_json, read_spreadsheet
from ..wording.formatting import ValueFormatter
from . import yaml_text
from .errors import EditError
from .import_options import ImportOptions
from .splices import Edit, ProjectFiles

SERIES_FILE, FOLDER = "data/series.yml", "data/series"
SHOWN_ROWS = 5
_WORDS_OF_YAML = ("y", "n", "yes", "no", "on", "off", "true", "false", "null")
_PUBLISHED = "as published"
_PLAIN = re.compile(r"[A-Za-z_][A-Za-z0-9_]*")


class ImportPlan(Struct, frozen=True, kw_only=True):
    """What would be written, what is shown before, and the findings that keep it from being written."""

    id: str
    content: bytes
    entry: str
    unitless: tuple[str, ...]  # measures whose unit somebody has to name
    columns: tuple[str, ...]
    rows: Mapping[str, tuple[tuple[str, ...], ...]]  # by language: the first rows as they are read, the key first
    read: tuple[Mapping[str, Cell], ...]  # all rows, in the notation of the project
    left_out: tuple[tuple[int, str], ...]  # lines of the file
    findings: tuple[Diagnostic, ...]
    unread: tuple[str, ...] = ()  # headings of columns that are not read


def plan_import(path: Path, draft: Draft, edition: Edition | None, options: ImportOptions) -> ImportPlan:
    """Look at a table. EditError for what somebody has to decide or correct before anything can be proposed."""
    key = options.id or re.sub(r"[^a-z0-9]+", "_", path.stem.lower()).strip("_")
    if not re.fullmatch(SERIES.ids, key):
        raise EditError(message="import-id", id=key)
    if key in draft.series or os.path.lexists(draft.root / FOLDER / f"{key}.csv"):
        raise EditError(message="import-exists", id=key)
    options.refuse_repeated()
    context = _read_context(draft)
    content, text, encoding = _content(path, options, context)
    if text is None:
        return _refused(key, context.sink)
    is_sheet = path.suffix.lower() in SPREADSHEETS and content != path.read_bytes()  # text that has the name of a sheet stays
    delimiter = "," if is_sheet or path.suffix.lower() == ".json" else likely_delimiter(text)
    limits = GridLimits(characters=context.limits.characters, bytes=context.limits.bytes)
    grid = list(read_grid(path.name, text, limits, context.report, delimiter))
    if context.sink:
        return _refused(key, context.sink)
    hints = Hints(
        locales=tuple(language.locale for language in draft.languages),
        encoding="" if encoding == "utf-8" else encoding,
        delimiter=delimiter,
        decimal_char=options.decimal_char,
        missing=options.missing,
        where=dict(options.where),
        flags=dict(options.flags),
        leave_out=frozenset(options.leave_out),
        spreadsheet=is_sheet,
    )
    try:
        proposal = propose(grid, hints)
    except ProposalError as error:
        raise EditError(message=error.message, **error.args_of_message) from None
    options.refuse_other_columns(tuple(proposal.labels))
    for name in SOURCE_COLUMNS:
        if heading := proposal.labels.get(name):
            raise EditError(message="import-source-column", heading=heading)
    entry = series_entry(key, proposal, draft, options)
    rows = _read_back(entry, grid, draft, context)
    _report_lost(proposal, hints, context)
    own = edition.units if edition is not None else {}
    named = {name: _unit(name, proposal, draft, options) for name in proposal.labels}
    units = {name: own.get(unit) or draft.default_units.get(unit) for name, unit in named.items()}
    return ImportPlan(
        id=key,
        content=content,
        entry=entry,
        unitless=tuple(name for name in proposal.labels if not named[name]),
        columns=(proposal.key, *proposal.labels),
        rows={language.code: tuple(_worded(rows, proposal, language, units)) for language in draft.languages},
        read=tuple(rows),
        left_out=tuple((row[0].span.line, ", ".join(cell.text for cell in row if cell.text)) for row in proposal.left_out),
        findings=tuple(context.sink),
        unread=proposal.unread,
    )


def _read_context(draft: Draft) -> ReadContext:
    in_progress = frozenset(language.code for language in draft.languages if language.in_progress)
    return ReadContext([], tuple(language.code for language in draft.languages), draft.limits, in_progress=in_progress)


def import_edit(files: ProjectFiles, plan: ImportPlan) -> Edit:
    """The table, to the byte, and its entry. EditError where one of them cannot be written; nothing is written over."""
    entry = yaml_text.append_entry(SERIES_FILE, files.text(SERIES_FILE), files.tree(SERIES_FILE), plan.entry)
    return files.edit([entry], created={f"{FOLDER}/{plan.id}.csv": plan.content})


def _report_lost(proposal: Proposal, hints: Hints, context: ReadContext) -> None:
    """Report rows that would be left out as notes, but hold numbers, unless somebody said that they may."""
    for row in proposal.left_out:
        line, filled = row[0].span.line, [cell for cell in row if cell.text]
        if line in hints.leave_out:
            continue
        for cell in filled:
            if cell.text.startswith("="):
                context.report("bad-cell", cell.span, "formula", found=cell.text)
                break
        else:
            if _holds_values([cell.text for cell in filled], hints):
                context.report("bad-period-cell", row[0].span, "import", found=row[0].text, line=str(line))


def _holds_values(texts: Sequence[str], hints: Hints) -> bool:
    """Whether a row has a period, or behind its first cell numbers or marks for missing ones."""
    missing = (*marks()["missing"], *hints.missing)
    return any(is_period(text, hints.locales) for text in texts) or any(is_number(text, missing) for text in texts[1:])


def _refused(key: str, findings: Sequence[Diagnostic]) -> ImportPlan:
    return ImportPlan(
        id=key, content=b"", entry="", unitless=(), columns=(), rows={}, read=(), left_out=(), findings=tuple(findings)
    )


def _content(path: Path, options: ImportOptions, context: ReadContext) -> tuple[bytes, str | None, str]:
    """What is written as the table, its text (None with a finding), and its encoding."""
    try:
        content = read_bytes(path.parent, path.name, context.sink, context.limits)
    except OSError as error:
        context.sink.append(unreadable(path.name, error))
        return b"", None, ""
    if content is None:
        return b"", None, ""
    suffix = path.suffix.lower()
    is_sheet = suffix in SPREADSHEETS and is_spreadsheet(content)
    options.refuse_unused(path.name, is_sheet=is_sheet)
    try:
        if is_sheet:
            text = read_spreadsheet(content, context.limits.bytes, options.sheet).as_csv()
            return text.encode(), text, "utf-8"
        found = encodings.decode(content, options.encoding)
        if isinstance(found, encodings.Undecoded):
            context.sink.append(not_utf8(path.name, found.byte, found.likely, "import"))
            return b"", None, ""
        if suffix == ".json":
            text = read_json(found.text).as_csv()
            return text.encode(), text, "utf-8"
    except WorkbookError as error:
        raise EditError(message=error.message, **error.args_of_message) from None
    return content, found.text, found.encoding


def _read_back(entry: str, grid: Sequence[Sequence[Cell]], draft: Draft, context: ReadContext) -> list[dict[str, Cell]]:
    """The rows that the proposed entry gives, read as a build reads them."""
    tree = parse_yaml(entry, SERIES_FILE, context.sink, context.limits)
    read = None if tree is None else SERIES.read(tree.entries[0][1], context) if hasattr(tree, "entries") else None
    return [] if read is None else described_rows(draft, read, grid, context)


def _worded(
    rows: Sequence[Mapping[str, Cell]], proposal: Proposal, language: Language, units: Mapping[str, Unit | None]
) -> Iterator[tuple[str, ...]]:
    """The first rows as the report would word them."""
    formatter = ValueFormatter(language)
    for row in rows[:SHOWN_ROWS]:
        yield tuple(
            _word(row[name], formatter, units.get(name), key=name == proposal.key) for name in (proposal.key, *proposal.labels)
        )


def _word(cell: Cell, formatter: ValueFormatter, unit: Unit | None, *, key: bool) -> str:
    flags = f" ({', '.join(cell.flags)})" if cell.flags else ""
    if not cell.text:
        return cell.missing or "\u2013"
    try:
        if key:
            return formatter.period(periods.parse(cell.text))
        return formatter.value(values.parse(cell.text), unit or Unit(id="", dimension={}, compact=False)) + flags
    except (ValueError, KeyError):
        return cell.text + flags


def _unit(name: str, proposal: Proposal, draft: Draft, options: ImportOptions) -> str:
    """The unit that was asked for, or of a percentage the first in percent; "" where somebody has to name it."""
    asked = dict(options.units)
    if name in asked or "" in asked:
        return asked.get(name, asked.get("", ""))
    if name in proposal.percent:
        return next((key for key, entry in draft.units.items() if entry.get("percent") is True), PERCENT)
    return ""


def series_entry(key: str, proposal: Proposal, draft: Draft, options: ImportOptions) -> str:
    """The entry of data/series.yml as YAML."""
    codes = [language.code for language in draft.languages]
    title = re.sub(r"[\W\d_]+", " ", key).strip()
    lines = [f"{key}:", f"  label: {_all(codes, title)}", f"  key: {proposal.key}", "  columns:"]
    for name, heading in proposal.labels.items():
        unit = _unit(name, proposal, draft, options)
        lines.append(f"    {name}: {{label: {_all(codes, heading)}{f', unit: {unit}' if unit else ''}}}")
    return "\n".join([*lines, "  table:", *(f"    {line}" for line in _table_lines(proposal.table))]) + "\n"


def _all(codes: Sequence[str], text: str) -> str:
    """A text of the publisher for every language; digits in it are no quantities of the report."""
    text = re.sub(r"[{}|]", " ", text)
    text = re.sub(r"[0-9\uff10-\uff19]+(?:[.,][0-9]+)*", lambda match: f"{{literal:{match[0]}|{_PUBLISHED}}}", text)
    return f"{{{', '.join(f'{code}: {yaml_text.quoted(text)}' for code in codes)}}}"


def _table_lines(table: TableDescription) -> Iterator[str]:
    """The keys that differ from what is usual."""
    usual = TableDescription()
    for attribute, key in TABLE_KEYS.items():
        found = getattr(table, attribute)
        if attribute == "columns":
            yield "columns:"
            yield from (f"  {name}: {_flow(_column(column))}" for name, column in table.columns.items())
        elif found != getattr(usual, attribute):
            yield f"{key}: {_flow(found)}"


def _column(column: ColumnDescription) -> dict[str, object]:
    found = {"heading": column.heading, "entity": column.entity, "scale": column.scale, "type": column.type}
    return {name: one for name, one in found.items() if one}


def _flow(found: object) -> str:
    """A value as YAML in one line."""
    if isinstance(found, Mapping):
        return f"{{{', '.join(f'{_key(str(name))}: {_flow(one)}' for name, one in found.items())}}}"
    if isinstance(found, tuple):
        return f"[{', '.join(_flow(one) for one in found)}]"
    if isinstance(found, Decimal):
        return f"{found.normalize():f}"
    return str(found) if isinstance(found, int) else yaml_text.quoted(str(found))


def _key(name: str) -> str:
    return name if _PLAIN.fullmatch(name) and name.lower() not in _WORDS_OF_YAML else yaml_text.quoted(name)

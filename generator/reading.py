"""data/ becomes a Draft: everything that was written, with its places, nothing decided yet."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from generator import records
from generator.diagnostics import Diagnostic, Span
from generator.languages import Language
from generator.nodes import Entries, Node, read_tree
from generator.shapes import Context, Entry, Placed, Record, read_entries


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell of a series file."""

    text: str
    span: Span


@dataclass(slots=True, kw_only=True)
class Draft:
    """What was written, by kind and id."""

    root: Path
    report: Entry | None = None
    languages: tuple[Language, ...] = ()
    units: dict[str, Entry] = field(default_factory=dict)
    sources: dict[str, Entry] = field(default_factory=dict)
    names: dict[str, Entry] = field(default_factory=dict)
    events: dict[str, Entry] = field(default_factory=dict)
    series: dict[str, Entry] = field(default_factory=dict)
    cells: dict[str, list[dict[str, Cell]]] = field(default_factory=dict)
    facts: dict[str, Entry] = field(default_factory=dict)
    claims: dict[str, Entry] = field(default_factory=dict)
    charts: dict[str, Entry] = field(default_factory=dict)
    risks: dict[str, Entry] = field(default_factory=dict)
    checks: dict[str, Entry] = field(default_factory=dict)
    words: dict[str, Entry] = field(default_factory=dict)

    def topic(self, entry: Entry) -> str:
        """The topic of an entry is the name of its file."""
        return Path(entry.span.file).stem


def read_draft(root: Path) -> tuple[Draft, list[Diagnostic]]:
    """Read all of data/; the findings are those of form alone."""
    sink: list[Diagnostic] = []
    draft = Draft(root=root)
    context = Context(sink)
    tree = read_tree(root, "data/report.yml", sink)
    context.languages = _codes(tree)
    if not context.languages:
        if tree is not None:
            context.report("missing-key", tree.span, id="report", key="languages", hint="languages: {en: {name: English, locale: en-US}}")
        return draft, sink
    report = records.REPORT.read(tree, context) if tree is not None else None
    if isinstance(report, Entry):
        draft.report = report
        for key, hint in records.REPORT.missing(report):
            context.report("missing-key", report.span, id="report", key=key, hint=hint)
    draft.words = _read_file(root, "data/words.yml", records.words(context.languages), context)
    draft.languages = _languages(report, draft.words, context.languages)
    for kind, record in records.SINGLE.items():
        file = f"data/{kind}.yml"
        if (root / file).exists() or kind in records.NEEDED:
            setattr(draft, kind, _read_file(root, file, record, context))
    for kind, record in records.FOLDERS.items():
        setattr(draft, kind, _read_folder(root, kind, record, context))
    for series_id, entry in draft.series.items():
        draft.cells[series_id] = list(_read_cells(root, series_id, entry, context))
    return draft, sink


def _codes(tree: Node | None) -> tuple[str, ...]:
    if isinstance(tree, Entries):
        for key, node in tree.entries:
            if key.text == "languages" and isinstance(node, Entries):
                return tuple(code.text for code, _ in node.entries)
    return ()


def _languages(report: object, words: dict[str, Entry], codes: tuple[str, ...]) -> tuple[Language, ...]:
    described: dict[str, Entry] = {}
    if isinstance(report, Entry) and isinstance(languages := report.get("languages"), dict):
        described = {code: one for code, one in languages.items() if isinstance(one, Entry)}
    found = []
    for code in codes:
        own = described.get(code)
        spoken = {}
        for key, entry in words.items():
            if (placed := entry[code]) is not None:
                spoken[key] = str(placed.value)
        found.append(
            Language(
                code=code,
                name=str(own.get("name", code)) if own else code,
                locale=str(own.get("locale", code)) if own else code,
                words=spoken,
            )
        )
    return tuple(found)


def _read_file(root: Path, file: str, record: Record, context: Context) -> dict[str, Entry]:
    return read_entries(read_tree(root, file, context.sink), record, context)


def _read_folder(root: Path, kind: str, record: Record, context: Context) -> dict[str, Entry]:
    found: dict[str, Entry] = {}
    for path in sorted((root / "data" / kind).glob("*.yml")):
        for key, entry in _read_file(root, path.relative_to(root).as_posix(), record, context).items():
            if key in found:
                context.sink.append(
                    Diagnostic(rule="duplicate-id", span=entry.span, second=found[key].span, args={"id": key})
                )
            else:
                found[key] = entry
    return found


def _read_cells(root: Path, series_id: str, entry: Entry, context: Context) -> Iterator[dict[str, Cell]]:
    file = f"data/series/{series_id}.csv"
    try:
        lines = (root / file).read_text(encoding="utf-8").splitlines()
    except OSError as error:
        context.report("file-missing", entry.span, file=file, why=error.strerror or str(error))
        return
    except UnicodeDecodeError as error:
        context.report("not-utf8", Span(file), byte=str(error.start))
        return
    header: list[str] = []
    for number, line in enumerate(lines, start=1):
        if not line.strip():
            continue
        cells = next(csv.reader([line]))
        if not header:
            header = cells
            continue
        if len(cells) != len(header):
            context.report(
                "bad-row", Span(file, number), cells=str(len(cells)), columns=str(len(header)), header=",".join(header)
            )
            continue
        row: dict[str, Cell] = {}
        column = 1
        for name, text in zip(header, cells, strict=True):
            row[name] = Cell(text.strip(), Span(file, number, column, max(1, len(text))))
            column += len(text) + 1
        yield row


def bare(placed: Placed | None) -> object:
    """The value of a placed one, or None."""
    return None if placed is None else placed.value



"""Reads data/ as a Draft: every entry that is written, with its places, before references are followed."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from functools import partial
from pathlib import Path

from ..diagnostics.finding import Clause, Diagnostic, Span
from ..model.languages import Language
from ..model.publication import DatedEdition
from ..records.struct import Struct, field, replace
from ..store.hashing import content_hash
from ..store.lazy_mapping import LazyMapping
from ..store.parse_cache import ParseCache
from ..tables.grid import Cell
from ..tables.layout import Measures, TableReader
from . import records
from .default_units import DefaultUnits
from .edition_archives import read_editions
from .entry_files import FileResult, read_file, read_with
from .facts_in_turn import HEADS, MOST_FILES, FactReader
from .files import data_files, read_bytes, unreadable
from .limits import DEFAULT_LIMITS, Limits, limits_of
from .located_values import Entry, bool_of, text_of
from .record_validators import Record
from .report_languages import read_languages
from .report_record import REPORT
from .series_files import read_published, read_rows
from .table_record import described
from .validators import ReadContext
from .words import add_words, languages_of, word_files
from .yaml_nodes import read_yaml

FACTS_FOLDER = "data/facts/"
KnownIds = Mapping[str, Sequence[str]] | None  # of each file


class Draft(Struct, kw_only=True):
    """Everything written in data/: entries by kind and id, and the cells of series."""

    root: Path
    report: Entry | None = None
    languages: tuple[Language, ...] = ()
    units: dict[str, Entry] = field(default_factory=dict)
    default_units: DefaultUnits = field(default_factory=partial(DefaultUnits, ()))  # which `units` go before
    sources: dict[str, Entry] = field(default_factory=dict)
    names: dict[str, Entry] = field(default_factory=dict)
    events: dict[str, Entry] = field(default_factory=dict)
    series: dict[str, Entry] = field(default_factory=dict)
    cells: dict[str, list[dict[str, Cell]]] = field(default_factory=dict)
    facts: Mapping[str, Entry] = field(default_factory=dict)
    claims: dict[str, Entry] = field(default_factory=dict)
    charts: dict[str, Entry] = field(default_factory=dict)
    risks: dict[str, Entry] = field(default_factory=dict)
    checks: dict[str, Entry] = field(default_factory=dict)
    terms: dict[str, Entry] = field(default_factory=dict)
    judgments: dict[str, Entry] = field(default_factory=dict)
    retired: dict[str, Entry] = field(default_factory=dict)
    words: dict[str, Entry] = field(default_factory=dict)
    editions: tuple[DatedEdition, ...] = ()
    content_hashes: dict[str, str] = field(default_factory=dict)  # file -> hash of everything that reading it depends on
    limits: Limits = DEFAULT_LIMITS
    unreadable: set[str] = field(default_factory=set)  # kinds, and series files, of which something could not be read
    derived: frozenset[str] | None = None  # facts with a formula, where `facts` does not hold all entries
    _by_file: dict[str, Mapping[str, Sequence[Entry]]] = field(default_factory=dict)

    @property
    def files_read(self) -> frozenset[str]:
        """The files below data/ that this was read from; data/report.yml always is one."""
        series = (f"data/series/{key}.csv" for key in self.cells)
        read = (file for file, digest in self.content_hashes.items() if digest)
        return frozenset((*read, *series)) - self.unreadable

    def may_have(self, kind: str, key: str) -> bool:
        """Whether an id is written, or could be in a file that cannot be read (which has its own finding)."""
        return key in getattr(self, kind) or kind in self.unreadable

    def entries_of(self, file: str) -> tuple[str, Collection[Entry]]:
        """The kind of entries that a file of `content_hashes` holds, and its entries."""
        kind = kind_of(file)
        entries: Mapping[str, Entry] = getattr(self, kind)
        if isinstance(entries, LazyMapping):
            return kind, entries.entries_of_file(file).values()
        if kind not in self._by_file:
            self._by_file[kind] = by_file = defaultdict[str, list[Entry]](list)
            for entry in entries.values():
                by_file[entry.span.file].append(entry)
        return kind, self._by_file[kind].get(file, ())

    def hash_without_facts(self) -> str:
        """A hash of all that this was read from but files of facts and cells of series."""
        read = (f"{file} {digest}" for file, digest in self.content_hashes.items() if not file.startswith(FACTS_FOLDER))
        return content_hash("\n".join((*read, repr(self.report))).encode())

    def topic(self, entry: Entry) -> str:
        """The topic of an entry."""
        return topic_of(entry.span.file)


def topic_of(file: str) -> str:
    """The topic of the entries of a file: its name without folder and suffix."""
    return file.rpartition("/")[2].rpartition(".")[0]


def kind_of(file: str) -> str:
    """The kind of entries that a file of data/ holds."""
    return file.split("/")[1].removesuffix(".yml")


def open_draft(root: Path, context: ReadContext, parse_cache: ParseCache) -> Draft:
    """A draft with the report itself, its languages and words, of which `context` learns; languages where there are any."""
    draft, sink = Draft(root=root), context.sink
    tree = read_yaml(root, "data/report.yml", sink)
    read_languages(tree, context)
    if not context.languages:
        if not sink:
            span = Span("data/report.yml") if tree is None else tree.span
            hint = {"key": "languages", "hint": "languages: {…: {name: …, locale: …}}"}
            context.report("missing-key", span, id=Clause("the", {"what": Clause("report")}), **hint)
        return draft
    draft.report = None if tree is None else REPORT.read(tree, context)
    draft.editions = read_editions(root, sink, parse_cache)
    draft.limits = context.limits = limits_of(draft.report)
    for file in word_files(root, context.languages):
        record = records.interface_word(context.languages)
        add_words(draft.words, read_files(draft, "words", [file], record, context, parse_cache), context.sink)
    draft.languages = languages_of(draft.report, draft.words, context)
    draft.default_units = DefaultUnits(draft.languages)
    return draft


def read_draft(
    root: Path, cache: ParseCache | None = None, *, known: KnownIds = None, lends_texts: bool = False, in_turn: bool = False
) -> tuple[Draft, list[Diagnostic]]:
    """The draft, and findings about its form: YAML, keys, and types of values.

    A file that did not change since `cache` was written is not read again. `known` gives the ids in fact files that were read
    before without a finding: such a file is read when one of its entries is looked up. With `lends_texts`, as for a preview,
    a text that is missing in a language is that of another one; the findings are the same. `in_turn` holds only some facts.
    """
    sink: list[Diagnostic] = []
    context = ReadContext(sink, lends_texts=lends_texts)
    parse_cache = cache or ParseCache()
    draft = open_draft(root, context, parse_cache)
    if not context.languages:
        return draft, sink
    read_single_files(draft, context, parse_cache)
    for kind, record in records.FOLDERS.items():
        files = data_files(root, kind, sink)
        if kind == "facts" and known:
            draft.facts = _read_facts_lazily(draft, files, known, context, parse_cache)
            continue
        if kind == "facts" and (in_turn or len(files) > MOST_FILES) and parse_cache.folder is not None and not lends_texts:
            _read_facts_in_turn(draft, files, context, parse_cache)
            continue
        setattr(draft, kind, read_files(draft, kind, files, record, context, parse_cache))
    read_cells(draft, context)
    return draft, sink


def read_single_files(draft: Draft, context: ReadContext, parse_cache: ParseCache) -> None:
    """Read the entries of the kinds that have one file."""
    for kind, record in records.SINGLE_FILES.items():
        file = f"data/{kind}.yml"
        if (draft.root / file).exists() or kind in records.REQUIRED_FILES:
            setattr(draft, kind, read_files(draft, kind, [file], record, context, parse_cache))


def read_cells(draft: Draft, context: ReadContext) -> None:
    """Read the files of series."""
    for series_id, entry in draft.series.items():
        draft.cells[series_id] = _read_series(draft, f"data/series/{series_id}.csv", entry, context)


def _read_facts_lazily(
    draft: Draft, files: Sequence[str], known: Mapping[str, Sequence[str]], context: ReadContext, parse_cache: ParseCache
) -> Mapping[str, Entry]:
    """All facts; those of known files are read when they are looked up."""

    def read(file: str) -> dict[str, Entry]:
        return read_files(draft, "facts", [file], records.FOLDERS["facts"], context, parse_cache)

    parse_cache.retain(HEADS)
    ids: dict[str, Sequence[str]] = {}
    fresh: dict[str, dict[str, Entry]] = {}
    for file in files:
        if file in known:
            content, _ = _content(draft.root, file, context)
            draft.content_hashes[file], ids[file] = _content_hash(content, context), known[file]
            parse_cache.retain(file)
        else:
            ids[file] = tuple(fresh.setdefault(file, read(file)))
    return LazyMapping(ids, lambda file: fresh[file] if file in fresh else read(file))


def _read_facts_in_turn(draft: Draft, files: Sequence[str], context: ReadContext, parse_cache: ParseCache) -> None:
    """Read all facts of a large report."""

    def hash_of(file: str) -> str:
        return _content_hash(_content(draft.root, file, context)[0], context)

    def read(file: str, sink: list[Diagnostic]) -> dict[str, Entry]:
        return read_files(draft, "facts", [file], records.FOLDERS["facts"], replace(context, sink=sink), parse_cache)

    draft.facts, draft.derived = FactReader(draft.content_hashes, hash_of, read, parse_cache).read_all(files, context.sink)


def read_files(  # noqa: PLR0917  none of the six belongs to another
    draft: Draft, kind: str, files: Iterable[str], record: Record, context: ReadContext, parse_cache: ParseCache
) -> dict[str, Entry]:
    """The entries of some files by id, as far as they can be read."""
    found: dict[str, Entry] = {}
    for file in files:
        content, mistakes = _content(draft.root, file, context)
        draft.content_hashes[file] = digest = _content_hash(content, context)
        if content is None:
            result = FileResult((), tuple(mistakes), unreadable=True)
        else:
            strict = replace(context, lends_texts=False)
            read = partial(read_file, content, file, record, strict, parse_cache.last(file, kind))
            result = parse_cache.get_or_parse(file, kind, digest, read, bulky=kind in records.FOLDERS)
            if context.lends_texts and result.findings:
                result = read_file(content, file, record, context)
        context.sink.extend(result.findings)
        if result.unreadable:
            draft.unreadable.add(kind)
        for key, entry in result.entries:
            if entry is None:
                draft.unreadable.add(kind)
            elif key in found:
                context.sink.append(Diagnostic(rule="duplicate-id", span=entry.span, second=found[key].span, args={"id": key}))
            else:
                found[key] = entry
    return found


def _content(root: Path, file: str, context: ReadContext) -> tuple[bytes | None, list[Diagnostic]]:
    """The content of a file, or None with the finding that says why it cannot be read."""
    found: list[Diagnostic] = []
    try:
        return read_bytes(root, file, found, context.limits), found
    except OSError as error:
        return None, [unreadable(file, error)]


def _content_hash(content: bytes | None, context: ReadContext) -> str:
    """Hash of a file, of the language codes and of what limits its size; an empty text for what cannot be read."""
    return "" if content is None else content_hash(read_with(context).encode() + content)


def _read_series(draft: Draft, file: str, entry: Entry, context: ReadContext) -> list[dict[str, Cell]]:
    before = len(context.sink)
    table = described(entry, context)
    if table is not None:
        rows = read_published(draft.root, file, entry.span_of("table"), context, table, _measures(draft, entry))
    elif entry["table"] is None:
        rows = list(read_rows(draft.root, file, entry.span, context))
    else:
        rows = []  # its description has a finding
    if len(context.sink) > before:
        draft.unreadable.add(file)
    return rows


def described_rows(draft: Draft, entry: Entry, grid: Iterable[Sequence[Cell]], context: ReadContext) -> list[dict[str, Cell]]:
    """The rows that an entry of series.yml with a description gives of a table."""
    table = described(entry, context)
    place = entry.span_of("table")
    return [] if table is None else TableReader(table, _measures(draft, entry), place, context.report).rows(grid)


def _measures(draft: Draft, entry: Entry) -> Measures:
    """What a series says of its columns that reading its table depends on."""
    columns = entry["columns"]
    units = {
        name: text_of(column, "unit")
        for name, column in (columns.fields.items() if isinstance(columns, Entry) else ())
        if isinstance(column, Entry) and column["unit"] is not None
    }
    percent = {name: _is_percent(draft, name) for name in units.values()}
    return Measures(
        key=text_of(entry, "key"),
        numbers={name: percent[unit] for name, unit in units.items()},
        locales=tuple(language.locale for language in draft.languages),
        fiscal=any(
            owner is not None and owner["fiscal_year"] is not None
            for owner in (draft.report, draft.names.get(text_of(entry, "entity")))
        ),
    )


def _is_percent(draft: Draft, unit: str) -> bool:
    """Whether a unit of the report, or else of the package, is worded as a percentage."""
    if unit in draft.units:
        return bool_of(draft.units[unit], "percent", default=False)
    found = draft.default_units.get(unit)
    return found is not None and found.percent

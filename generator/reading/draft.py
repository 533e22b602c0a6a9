"""data/ becomes a Draft: everything that was written, with its places, nothing decided yet."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path

from ..diagnostics.finding import Clause, Diagnostic, Span
from ..model.languages import Language
from ..store.hashing import content_hash
from ..store.lazy_mapping import LazyMapping
from ..store.parse_cache import ParseCache
from . import records
from .nodes import MappingNode, Node, read_yaml
from .series_files import Cell, read_rows
from .validators import Entry, ReadContext, Record, read_entries


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
    facts: Mapping[str, Entry] = field(default_factory=dict)
    claims: dict[str, Entry] = field(default_factory=dict)
    charts: dict[str, Entry] = field(default_factory=dict)
    risks: dict[str, Entry] = field(default_factory=dict)
    checks: dict[str, Entry] = field(default_factory=dict)
    terms: dict[str, Entry] = field(default_factory=dict)
    words: dict[str, Entry] = field(default_factory=dict)
    contents: dict[str, str] = field(default_factory=dict)  # file -> the hash of all that reading it depends on
    unread: set[str] = field(default_factory=set)  # kinds, and series, of which something could not be read
    _by_file: dict[str, Mapping[str, Sequence[Entry]]] = field(default_factory=dict)

    def knows(self, kind: str, key: str) -> bool:
        """Whether an id is written, or may be: what could not be read has its own finding."""
        return key in getattr(self, kind) or kind in self.unread

    def of_file(self, file: str) -> tuple[str, Collection[Entry]]:
        """The kind of what a file of `contents` holds, and its entries."""
        kind = file.split("/")[1].removesuffix(".yml")
        entries: Mapping[str, Entry] = getattr(self, kind)
        if isinstance(entries, LazyMapping):
            return kind, entries.entries_of_file(file).values()
        if kind not in self._by_file:
            self._by_file[kind] = by_file = defaultdict[str, list[Entry]](list)
            for entry in entries.values():
                by_file[entry.span.file].append(entry)
        return kind, self._by_file[kind].get(file, ())

    def topic(self, entry: Entry) -> str:
        """The topic of an entry is the name of its file."""
        return entry.span.file.rpartition("/")[2].rpartition(".")[0]


def read_draft(
    root: Path, parse_cache: ParseCache | None = None, *, known: Mapping[str, Sequence[str]] | None = None
) -> tuple[Draft, list[Diagnostic]]:
    """Read all of data/, or remember what was read of files that are as they were; the findings are those of form alone.

    `known` has the ids of files of facts that were read before without a finding: they are read again where one is asked for.
    """
    sink: list[Diagnostic] = []
    draft = Draft(root=root)
    context = ReadContext(sink)
    parse_cache = parse_cache or ParseCache()
    tree = read_yaml(root, "data/report.yml", sink)
    context.languages = language_codes(tree)
    if not context.languages:
        if not sink:
            span = Span("data/report.yml") if tree is None else tree.span
            hint = {"key": "languages", "hint": "languages: {…: {name: …, locale: …}}"}
            context.report("missing-key", span, id=Clause("the", {"what": Clause("report")}), **hint)
        return draft, sink
    draft.report = None if tree is None else records.REPORT.read(tree, context)
    draft.words = _read_files(draft, "words", ["data/words.yml"], records.words(context.languages), context, parse_cache)
    draft.languages = _languages(draft.report, draft.words, context.languages)
    for kind, record in records.SINGLE.items():
        file = f"data/{kind}.yml"
        if (root / file).exists() or kind in records.NEEDED:
            setattr(draft, kind, _read_files(draft, kind, [file], record, context, parse_cache))
    for kind, record in records.FOLDERS.items():
        files = sorted(path.relative_to(root).as_posix() for path in (root / "data" / kind).glob("*.yml"))
        if kind == "facts" and known:
            draft.facts = _gather(draft, files, known, context, parse_cache)
            continue
        setattr(draft, kind, _read_files(draft, kind, files, record, context, parse_cache))
    for series_id, entry in draft.series.items():
        draft.cells[series_id] = _read_series(draft, f"data/series/{series_id}.csv", entry, context)
    return draft, sink


def language_codes(tree: Node | None) -> tuple[str, ...]:
    """The codes of the languages that data/report.yml lists."""
    if isinstance(tree, MappingNode):
        for key, node in tree.entries:
            if key.text == "languages" and isinstance(node, MappingNode):
                return tuple(code.text for code, _ in node.entries)
    return ()


def _languages(report: Entry | None, words: dict[str, Entry], codes: tuple[str, ...]) -> tuple[Language, ...]:
    described: dict[str, Entry] = {}
    if report is not None and isinstance(languages := report.get("languages"), dict):
        described = {code: one for code, one in languages.items() if isinstance(one, Entry)}
    found = []
    for code in codes:
        own = described.get(code)
        spoken = {}
        for key, entry in words.items():
            if (located := entry[code]) is not None:
                spoken[key] = str(located.value)
        found.append(
            Language(
                code=code,
                name=str(own.get("name", code)) if own else code,
                locale=str(own.get("locale", code)) if own else code,
                words=spoken,
            )
        )
    return tuple(found)


def _gather(
    draft: Draft, files: Sequence[str], known: Mapping[str, Sequence[str]], context: ReadContext, parse_cache: ParseCache
) -> Mapping[str, Entry]:
    """Facts of which only those of unknown files are read now."""

    def read(file: str) -> dict[str, Entry]:
        return _read_files(draft, "facts", [file], records.FOLDERS["facts"], context, parse_cache)

    ids: dict[str, Sequence[str]] = {}
    anew: dict[str, dict[str, Entry]] = {}
    for file in files:
        if file in known:
            draft.contents[file], ids[file] = _content(draft.root / file, context), known[file]
            parse_cache.retain_group(file)
        else:
            anew[file] = read(file)
            ids[file] = tuple(anew[file])
    return LazyMapping(ids, lambda file: anew[file] if file in anew else read(file))


def _read_files(  # noqa: PLR0917  each is a thing of its own
    draft: Draft, kind: str, files: Iterable[str], record: Record, context: ReadContext, parse_cache: ParseCache
) -> dict[str, Entry]:
    found: dict[str, Entry] = {}
    for file in files:
        draft.contents[file] = content = _content(draft.root / file, context)
        read = parse_cache.get_or_parse(file, kind, content, partial(_read_file, draft.root, file, record, context))
        context.sink.extend(read.found)
        if read.unread:
            draft.unread.add(kind)
        for key, entry in read.entries:
            if entry is None:
                draft.unread.add(kind)
            elif key in found:
                context.sink.append(Diagnostic(rule="duplicate-id", span=entry.span, second=found[key].span, args={"id": key}))
            else:
                found[key] = entry
    return found


@dataclass(frozen=True, slots=True)
class _Read:
    """What one file gave: its entries, what was wrong with their form, and whether it could not be read at all."""

    entries: tuple[tuple[str, Entry | None], ...]
    found: tuple[Diagnostic, ...]
    unread: bool


def _content(path: Path, context: ReadContext) -> str:
    """The hash of all that reading a file depends on."""
    try:
        return content_hash("\n".join((*context.languages, "")).encode() + path.read_bytes())
    except OSError as error:
        return str(error)


def _read_file(root: Path, file: str, record: Record, context: ReadContext) -> _Read:
    own = ReadContext([], context.languages)
    tree = read_yaml(root, file, own.sink)
    unread = tree is None and bool(own.sink)
    entries = tuple(read_entries(tree, record, own)) if tree is not None else ()
    return _Read(entries, tuple(own.sink), unread)


def _read_series(draft: Draft, file: str, entry: Entry, context: ReadContext) -> list[dict[str, Cell]]:
    before = len(context.sink)
    rows = list(read_rows(draft.root, file, entry.span, context))
    if len(context.sink) > before:
        draft.unread.add(file)
    return rows

"""The facts of a large report, of which only those of a few files are held in memory."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from ..diagnostics.finding import Diagnostic
from ..records.struct import Struct
from ..store.inputs import InputsChangedError
from ..store.lazy_mapping import LazyMapping
from ..store.parse_cache import ParseCache
from .located_values import Entry

HEADS = "ids of facts"  # the group of the parse cache that has a FactIds of each file
MOST_FILES = 100  # whose entries are all held
_HELD_FILES = 8  # where there are more


class FactIds(Struct, frozen=True):
    """The ids in a file of facts."""

    all: tuple[str, ...]
    derived: frozenset[str]  # those of facts with a formula


def ids_of(entries: Mapping[str, Entry]) -> FactIds:
    """The ids of the facts of a file."""
    return FactIds(tuple(entries), frozenset(key for key, entry in entries.items() if entry["formula"] is not None))


class FactReader(Struct, frozen=True):
    """Reads files of facts one after the other."""

    hashes: dict[str, str]  # of the content of each file
    hash_of: Callable[[str], str]  # of the present content
    read: Callable[[str, list[Diagnostic]], Mapping[str, Entry]]  # the entries of a file by id, and what is wrong with them
    parse_cache: ParseCache

    def read_all(self, files: Sequence[str], sink: list[Diagnostic]) -> tuple[LazyMapping[Entry], frozenset[str]]:
        """All facts, of which entries are loaded when they are asked for, and the ids of those with a formula."""
        file_of: dict[str, str] = {}
        derived = set[str]()

        def load(file: str) -> dict[str, Entry]:
            if self.hash_of(file) != self.hashes[file]:
                raise InputsChangedError(file)
            return {key: entry for key, entry in self.read(file, []).items() if file_of[key] == file}

        facts: LazyMapping[Entry] = LazyMapping({}, load, max_files=_HELD_FILES)
        for file in files:
            ids = self._ids(file, sink)
            for key in ids.all:
                if key in file_of:
                    span, second = self.read(file, [])[key].span, facts.entries_of_file(file_of[key])[key].span
                    sink.append(Diagnostic(rule="duplicate-id", span=span, second=second, args={"id": key}))
                    continue
                file_of[key] = file
                if key in ids.derived:
                    derived.add(key)
        facts.file_of = file_of
        return facts, frozenset(derived)

    def _ids(self, file: str, sink: list[Diagnostic]) -> FactIds:
        """The ids of a file, whose entries are read if these are not known."""
        self.hashes[file] = digest = self.hash_of(file)
        self.parse_cache.retain(file, "facts")
        found: list[Diagnostic] = []
        ids: FactIds = self.parse_cache.last(HEADS, file, digest) or ids_of(self.read(file, found))
        sink += found
        return ids if found else self.parse_cache.get_or_parse(HEADS, file, digest, lambda: ids)

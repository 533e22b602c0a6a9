"""What rules find in each file of facts, kept until the file, or anything that its facts are made of, is another one.

After an edit, the facts of all other files need not be looked at again, and so not even be loaded.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import cached_property, partial
from typing import TYPE_CHECKING, Any, TypeVar, cast

from ..model.report import Edition, Fact
from ..reading.draft import Draft
from ..reading.located_values import Entry
from ..records.struct import Struct
from ..store.hashing import fingerprint
from ..store.lazy_mapping import LazyMapping
from ..store.objects import Pickled, value_hash
from ..store.parse_cache import ParseCache

if TYPE_CHECKING:
    from .context import RuleContext

Found = TypeVar("Found")
_ENOUGH_FILES = 8  # to be worth processes of their own
OverShards = Callable[[Callable[[int, int], Any]], list[Any]]  # calls a function for each of several shards, with their count
FoundInFile = Mapping[str, Pickled]  # the name of each function that found something -> a tuple of it, so held in less memory


class IsolatedFindings(Struct, frozen=True):
    """What was found in a file of facts that reads no other one, before those were known."""

    reads: tuple[str, ...]  # as of `_reads`
    found: FoundInFile


class FactFiles:
    """The files of facts of a report; with `keeps`, what was found in them is kept in the parse cache."""

    def __init__(
        self,
        draft: Draft,
        edition: Edition,
        parse_cache: ParseCache,
        find: Callable[[str], FoundInFile],
        *,
        keeps: bool,
        known: Mapping[str, IsolatedFindings],
    ) -> None:
        """`find` gives all that is looked for in a file, unless it is `known`.

        Nothing may be kept of a report with mistakes: which facts there are then depends on others in ways unknown.
        """
        self.draft, self.edition, self.parse_cache, self.keeps = draft, edition, parse_cache, keeps
        self._find, self._known = find, known
        self._found: dict[str, FoundInFile] = {}

    @cached_property
    def ids(self) -> Mapping[str, Sequence[str]]:
        """The ids of the entries of each file, in order."""
        facts, found = self.draft.facts, defaultdict[str, list[str]](list)
        if isinstance(facts, LazyMapping):
            for key, file in facts.file_of.items():
                found[file].append(key)
        else:
            for key, entry in facts.items():
                found[entry.span.file].append(key)
        return found

    def entries(self, file: str) -> Mapping[str, Entry]:
        """The entries of a file by id."""
        return {key: self.draft.facts[key] for key in self.ids[file]}

    def facts(self, file: str) -> Sequence[Fact]:
        """The facts that were settled from them."""
        return [fact for key in self.ids[file] if (fact := self.edition.facts.get(key)) is not None]

    def each(self, name: str) -> Iterator[object]:
        """What the function of a name finds in each file."""
        for file in self.ids:
            if file not in self._found:
                self._found[file] = self._find_all(file)
            if (found := self._found[file].get(name)) is not None:
                yield from cast("tuple[object, ...]", found.restore())

    def find_ahead(self, over_shards: OverShards) -> None:
        """Look in all files, each process in some of them."""
        files, made_of = [file for file in self.ids if file not in self._known], self._made_of if self.keeps else {}
        if len(files) < _ENOUGH_FILES:
            return  # each is looked in when it is asked for

        def find(shard: int, count: int) -> dict[str, FoundInFile]:
            return {file: self._find_all(file) for file in files[shard::count]}

        for found in over_shards(find):
            self._found.update(found)
        for file in files if self.keeps else ():
            self.parse_cache.get_or_parse(_group(file), "found", made_of[file], partial(self._found.__getitem__, file))

    def _find_all(self, file: str) -> FoundInFile:
        """What all functions find in a file, so that its facts are loaded once."""
        if self.keeps:
            return self.parse_cache.get_or_parse(_group(file), "found", self._made_of[file], partial(self._look_in, file))
        self.parse_cache.retain(_group(file))
        return self._look_in(file)

    def _look_in(self, file: str) -> FoundInFile:
        return self._known[file].found if file in self._known else self._find(file)

    def of(self, group: str, name: str, facts: Iterable[str], find: Callable[[], Iterable[Found]]) -> tuple[Found, ...]:
        """What a function finds of some facts, whose ids are given, and of other data."""
        if not self.keeps:
            self.parse_cache.retain(_group(group))
            return tuple(find())
        files = {self._file_of[key] for key in facts if key in self._file_of}
        made_of = fingerprint(self._shared, *sorted(self._made_of[file] for file in files))
        return self.parse_cache.get_or_parse(_group(group), name, made_of, lambda: tuple(find()))

    @cached_property
    def _shared(self) -> str:
        """A fingerprint of all data but facts, and of the day of the report."""
        day, units = str(self.edition.report.evaluation_date), " ".join(self.edition.units)
        return fingerprint(self.draft.hash_without_facts(), value_hash(self.draft.cells), day, units)

    @cached_property
    def _file_of(self) -> Mapping[str, str]:
        return {key: file for file, keys in self.ids.items() for key in keys}

    @cached_property
    def _made_of(self) -> Mapping[str, str]:
        """A fingerprint of all that the facts of each file are made of: files, all other data, and the day of the report."""
        hashes = self.draft.content_hashes
        shared = self._shared
        file_of = self._file_of
        reads = {
            file: {file_of[key] for key in self._reads(file, hashes[file] + shared) if key in file_of} for file in self.ids
        }
        return {file: fingerprint(shared, *(hashes[one] for one in sorted(_closure(file, reads)))) for file in self.ids}

    def _reads(self, file: str, made_of: str) -> tuple[str, ...]:
        return self.parse_cache.get_or_parse(_group(file), "reads", made_of, lambda: tuple(self._facts_read_by(file)))

    def _facts_read_by(self, file: str) -> Iterable[str]:
        return self._known[file].reads if file in self._known else self.read_by(file)

    def read_by(self, file: str) -> Iterator[str]:
        """The facts that those of a file are derived from, or compared with."""
        for fact in self.facts(file):
            yield from fact.inputs
            if fact.forecast is not None:
                yield fact.forecast.outcome


def find_in_isolated_file(context: RuleContext, file: str) -> IsolatedFindings:
    """What is found in a file of facts, given a context with no other facts."""
    return IsolatedFindings(tuple(context.fact_files.read_by(file)), context.find_in_file(file))


def _closure(file: str, reads: Mapping[str, set[str]]) -> set[str]:
    """A file and those that it reads, directly or not."""
    found, added = {file}, {file}
    while added:
        added = set[str]().union(*(reads[one] for one in added)) - found
        found |= added
    return found


def _group(file: str) -> str:
    return f"rules of {file}"

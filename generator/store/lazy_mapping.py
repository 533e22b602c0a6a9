"""A mapping of entries by id that are loaded file by file, each file when the first of its entries is asked for."""

from __future__ import annotations

from collections.abc import Callable, ItemsView, Iterator, Mapping, Sequence, ValuesView
from functools import cached_property, lru_cache
from typing import TypeVar

from .inputs import InputsChangedError

Entry = TypeVar("Entry")


class LazyMapping(Mapping[str, Entry]):
    """Entries by id, in the order of their files; until a file is loaded, only the ids of its entries are known."""

    def __init__(
        self, ids: Mapping[str, Sequence[str]], load: Callable[[str], Mapping[str, Entry]], *, max_files: int | None = None
    ) -> None:
        """The ids of each file by its path, and a function that gives the entries of one file by id.

        With `max_files`, only those of so many files are held, and those of others loaded again when they are asked for.
        """
        self.max_files = max_files
        self.file_of = {key: file for file, keys in ids.items() for key in keys}
        self.entries_of_file = lru_cache(max_files)(load)

    def __getitem__(self, key: str) -> Entry:
        """The entry of an id; InputsChangedError where its file, which is read only now, does not have it any more."""
        file = self.file_of[key]
        entries = self.entries_of_file(file)
        if key not in entries:
            raise InputsChangedError(file)
        return entries[key]

    def __contains__(self, key: object) -> bool:
        """Whether there is such an entry."""
        return key in self.file_of

    def __iter__(self) -> Iterator[str]:
        """All ids in order."""
        return iter(self.file_of)

    def __len__(self) -> int:
        """How many there are."""
        return len(self.file_of)

    def values(self) -> ValuesView[Entry]:
        """All entries."""
        return self.loaded.values() if self.max_files is None else super().values()

    def items(self) -> ItemsView[str, Entry]:
        """All entries with their ids."""
        return self.loaded.items() if self.max_files is None else super().items()

    @cached_property
    def loaded(self) -> dict[str, Entry]:
        """All entries, loaded."""
        return {key: self[key] for key in self.file_of}

    def __reduce__(self) -> tuple[type[dict[str, Entry]], tuple[dict[str, Entry]]]:
        """Pickled as a plain dictionary, because files may not be there in another process."""
        return dict, (self.loaded,)

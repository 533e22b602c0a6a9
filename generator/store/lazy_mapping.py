"""Entries of many files, each of which is loaded when the first of its entries is asked for: until then, only ids are known."""

from __future__ import annotations

from collections.abc import Callable, ItemsView, Iterator, Mapping, Sequence, ValuesView
from functools import cache, cached_property
from typing import TypeVar

Thing = TypeVar("Thing")


class LazyMapping(Mapping[str, Thing]):
    """Entries by id, in the order of their files."""

    def __init__(self, ids: Mapping[str, Sequence[str]], load: Callable[[str], Mapping[str, Thing]]) -> None:
        """`ids` are those of each file, `load` gives the entries of one."""
        self.file_of = {key: file for file, own in ids.items() for key in own}
        self.entries_of_file = cache(load)

    def __getitem__(self, key: str) -> Thing:
        """An entry."""
        return self.entries_of_file(self.file_of[key])[key]

    def __contains__(self, key: object) -> bool:
        """Whether there is such an entry."""
        return key in self.file_of

    def __iter__(self) -> Iterator[str]:
        """All ids in order."""
        return iter(self.file_of)

    def __len__(self) -> int:
        """How many there are."""
        return len(self.file_of)

    def values(self) -> ValuesView[Thing]:
        """All entries."""
        return self.loaded.values()

    def items(self) -> ItemsView[str, Thing]:
        """All entries with their ids."""
        return self.loaded.items()

    @cached_property
    def loaded(self) -> dict[str, Thing]:
        """All of them, loaded."""
        return {key: self[key] for key in self.file_of}

    def __reduce__(self) -> tuple[type[dict[str, Thing]], tuple[dict[str, Thing]]]:
        """To another process they go loaded."""
        return dict, (self.loaded,)

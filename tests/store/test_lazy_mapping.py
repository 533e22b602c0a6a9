"""A mapping whose entries are loaded file by file."""

from __future__ import annotations

import pickle

import pytest

from generator.store.inputs import InputsChangedError
from generator.store.lazy_mapping import LazyMapping

FILES = {"a.yml": {"one": 1, "two": 2}, "b.yml": {"three": 3}}


def lazy(loaded: list[str]) -> LazyMapping[int]:
    """The entries of FILES; the name of each file is added to a list when it is loaded."""

    def load(file: str) -> dict[str, int]:
        loaded.append(file)
        return FILES[file]

    return LazyMapping({file: tuple(entries) for file, entries in FILES.items()}, load)


def test_ids_are_known_without_loading() -> None:
    loaded: list[str] = []
    entries = lazy(loaded)
    assert (list(entries), len(entries), "three" in entries, "four" in entries) == (["one", "two", "three"], 3, True, False)
    assert loaded == []


def test_a_file_is_loaded_once_when_an_entry_is_asked_for() -> None:
    loaded: list[str] = []
    entries = lazy(loaded)
    assert (entries["two"], entries["one"]) == (2, 1)
    assert loaded == ["a.yml"]
    assert dict(entries.items()) == {"one": 1, "two": 2, "three": 3}
    assert loaded == ["a.yml", "b.yml"]


def test_it_is_pickled_as_a_dictionary() -> None:
    entries = lazy([])
    assert pickle.loads(pickle.dumps(entries)) == dict(entries)  # noqa: S301  our own


def test_an_entry_that_is_gone_by_the_time_its_file_is_read_says_that_the_file_changed() -> None:
    entries = LazyMapping({"a.yml": ["one", "two"]}, lambda _: {"one": 1})
    assert entries["one"] == 1
    with pytest.raises(InputsChangedError):
        entries["two"]
    with pytest.raises(KeyError):
        entries["three"]

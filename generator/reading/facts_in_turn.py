"""The facts of a large report, of which only those of a few files are held in memory."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from ..diagnostics.finding import Diagnostic
from ..store.lazy_mapping import LazyMapping
from .located_values import Entry

MOST_FILES = 100  # whose entries are all held
_HELD_FILES = 8  # where there are more


def read_in_turn(
    files: Sequence[str],
    read: Callable[[str], Mapping[str, Entry]],
    read_again: Callable[[str], Mapping[str, Entry]],
    sink: list[Diagnostic],
) -> tuple[LazyMapping[Entry], frozenset[str]]:
    """All facts, and the ids of those with a formula.

    `read` gives the entries of a file and reports what is wrong with them, `read_again` gives them from the parse cache.
    """
    file_of: dict[str, str] = {}
    derived = set[str]()

    def load(file: str) -> dict[str, Entry]:
        return {key: entry for key, entry in read_again(file).items() if file_of[key] == file}

    facts: LazyMapping[Entry] = LazyMapping({}, load, most=_HELD_FILES)
    for file in files:
        for key, entry in read(file).items():
            if key in file_of:
                second = facts.entries_of_file(file_of[key])[key].span
                sink.append(Diagnostic(rule="duplicate-id", span=entry.span, second=second, args={"id": key}))
                continue
            file_of[key] = file
            if entry["formula"] is not None:
                derived.add(key)
    facts.file_of = file_of
    return facts, frozenset(derived)

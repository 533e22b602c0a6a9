"""What tells that the entries of a folder are still those that were read: to look at its state takes less than to read it.

Whoever adds, removes, renames or replaces an entry changes the time of the folder's last change, which cannot be set. As two
changes within one tick of the file system's clock have the same time, a folder is known only if it was read in a later tick
than that of its last change: whatever is changed afterwards gives another time.
"""

from __future__ import annotations

import os
from array import array
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

from ..records.struct import Struct, field, replace

State = tuple[int, int]  # inode number; time of the last change in nanoseconds
_UNKNOWN = (0, 0)  # of a folder that has to be read
_STATES_TELL = os.name == "posix"  # elsewhere the system gives another time in its place


class FolderStates(Struct, frozen=True):
    """The states of the folders of a tree when their entries were what its list says; packed, as an edit changes few."""

    paths: str = ""  # joined by null characters
    numbers: bytes = b""
    later: Mapping[str, State] = field(default_factory=dict)  # those that were read since

    def by_path(self) -> dict[str, State]:
        """The state of each folder; one that has to be read, as the first always has, has none that any folder can have."""
        numbers = array("Q")
        numbers.frombytes(self.numbers)
        packed = zip(self.paths.split("\0"), zip(numbers[::2], numbers[1::2], strict=True), strict=bool(numbers))
        return {**dict(packed), **self.later}

    def with_later(self, states: Mapping[str, State]) -> FolderStates:
        """The same with folders that were read since."""
        return replace(self, later={**self.later, **states})

    def after_writing(self, tree: Path, paths: Iterable[str]) -> FolderStates:
        """The states when some files of the tree were written, linked or removed: their folders have to be read."""
        states = self.by_path()
        for folder in _folders_around(paths):
            if os.path.isdir(f"{tree}/{folder}"):  # noqa: PTH112  thousands of folders: no Path for each
                states[folder] = _UNKNOWN
            else:
                states.pop(folder, None)
        numbers = array("Q", [number for state in states.values() for number in state])
        return FolderStates("\0".join(states), numbers.tobytes())


def read_changed(tree: Path, states: Mapping[str, State], now: int) -> tuple[set[str], dict[str, State]]:
    """The files in the first folder of a tree and in those whose state is another one, and the states of these folders.

    `now` is a time of the file system's clock, in nanoseconds, before which a folder must have changed to be known.
    """
    files: set[str] = set()
    read: dict[str, State] = {}
    start = f"{tree}/"
    waiting = [folder for folder, state in states.items() if state == _UNKNOWN or _state(start + folder) != state]
    waiting += () if "" in states else ("",)
    while waiting:
        folder = waiting.pop()
        state = _state(start + folder)  # before its entries are read: what is changed meanwhile makes it another one
        read[folder] = state if _STATES_TELL and folder and state and state[1] < now else _UNKNOWN
        for path, is_folder in _entries(tree, folder) if state else ():  # else it is gone
            if not is_folder:
                files.add(path)
            elif path not in states:
                waiting.append(path)
    return files, read


def _entries(tree: Path, folder: str) -> Iterator[tuple[str, bool]]:
    start = f"{folder}/" if folder else ""
    with os.scandir(f"{tree}/{folder}") as entries:
        for entry in entries:
            yield start + entry.name, entry.is_dir(follow_symlinks=False)


def _folders_around(paths: Iterable[str]) -> set[str]:
    found: set[str] = set()
    for path in paths:
        folder = path.rpartition("/")[0]
        while folder and folder not in found:
            found.add(folder)
            folder = folder.rpartition("/")[0]
    return found


def _state(folder: str) -> State | None:
    try:
        found = os.lstat(folder)
    except OSError:
        return None
    return found.st_ino, found.st_ctime_ns

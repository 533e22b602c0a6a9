"""The inputs of a build: every file that an editor keeps, as hashes of their content."""

from __future__ import annotations

import hashlib
import os
import stat
import time
from bisect import bisect
from collections.abc import Mapping
from pathlib import Path

from ..defaults.files import default_files, own_or_default
from ..records.struct import Struct, field
from .hashing import content_hash, stream_hash
from .input_paths import FILES, FOLDERS, MOST_BYTES, MOST_IN_ALL, own_inputs


class InputsChangedError(Exception):
    """Something was written to the project's files while they were read."""


FileState = tuple[int, int, int, int]  # inode, size in bytes, and times of the last changes of content and of anything in ns


# Changes within one tick of a file system's clock (up to two seconds) cannot be told apart by times.
_TICK = 2_000_000_000  # ns


class Inputs(Struct, frozen=True, eq=False):
    """The inputs at one moment: equal to those of another moment only if nothing was written in between, not even undone."""

    hashes: Mapping[str, str] = field(default_factory=dict)  # path -> hash of the content
    states: Mapping[str, FileState] = field(default_factory=dict)  # path -> what every change of the file changes
    read_at: int = 0  # when reading them began, in ns

    __hash__ = None  # type: ignore[assignment]  # as of all mappings

    def __eq__(self, other: object) -> bool:
        """Whether nothing was written between two moments."""
        return isinstance(other, Inputs) and self.hashes == other.hashes and self.states == other.states

    def __ne__(self, other: object) -> bool:
        """Whether anything was; records do not derive it from `__eq__`."""
        return not self == other

    def is_unchanged(self, path: str, state: FileState) -> bool:
        """Whether a file in this state has the content that was hashed; False also if it was written too recently to tell."""
        return self.states.get(path) == state and state[-1] < self.read_at - _TICK

    def changed_since(self, before: Inputs) -> list[str]:
        """The files that were written to, added or removed between two moments."""
        return sorted(
            {path for path, _ in self.states.items() ^ before.states.items() | self.hashes.items() ^ before.hashes.items()}
        )


def hash_inputs(root: Path) -> dict[str, str]:
    """The hashes of `read_inputs`."""
    return dict(read_inputs(root).hashes)


def read_inputs(root: Path, before: Inputs | None = None) -> Inputs:
    """The hash and state of each file below `FOLDERS`, and of mkdocs.yml, by path from the root, in order.

    Folders of `UNPUBLISHED` and hidden files are left out, and so is what must not be read (see `input_paths`). Files that come
    with the package stand where the project's own would, as far as it has none. What has the state that it had in the inputs
    of a moment `before` is not read again.
    """
    began, before = time.time_ns(), before or Inputs()
    hashes, states, total = dict[str, str](), dict[str, FileState](), 0
    for path, place in _places(root):
        try:
            digest, status = _digest(path, place, before, total)
        except OSError:  # gone meanwhile, or not readable: whatever needs it reports that
            continue
        total += status.st_size
        if digest:
            hashes[path], states[path] = digest, _state(status)
    return Inputs(hashes, states, began)


def _digest(path: str, place: str, before: Inputs, total: int) -> tuple[str, os.stat_result]:
    """The hash of a file, which is empty for one that must not be read, as it is too large with the `total` before it."""
    if path in before.states:
        status = os.stat(place)  # noqa: PTH116  thousands of files: no Path for each
        if _may_be_read(status, total) and before.is_unchanged(path, _state(status)):
            return before.hashes[path], status
    with open(place, "rb", opener=_open_at_once) as file:
        status = os.fstat(file.fileno())  # before the content: what is written meanwhile makes it another state
        return stream_hash(file) if _may_be_read(status, total) else "", status


def _may_be_read(status: os.stat_result, total: int) -> bool:
    size = status.st_size
    return stat.S_ISREG(status.st_mode) and size <= MOST_BYTES and total + size <= MOST_IN_ALL


def _state(status: os.stat_result) -> FileState:
    return status.st_ino, status.st_size, status.st_mtime_ns, status.st_ctime_ns


def _open_at_once(path: str, flags: int) -> int:
    """Open a file; what is a pipe by now is not waited for."""
    return os.open(path, flags | getattr(os, "O_NONBLOCK", 0))


def read_input(root: Path, path: str, expected: str) -> bytes:
    """The content of a file whose hash is known; InputsChangedError where it has another one by now."""
    try:
        content = own_or_default(root, path).read_bytes()
    except OSError as error:
        raise InputsChangedError(path) from error
    if content_hash(content) != expected:
        raise InputsChangedError(path)
    return content


def _places(root: Path) -> list[tuple[str, str]]:
    """Each input by its path from the root and where it stands: in the project, or in the package."""
    found = [(path, f"{root}/{path}") for path in own_inputs(root)]
    own, tops = {path for path, _ in found}, {name: number for number, name in enumerate((*FOLDERS, *FILES))}

    def order(item: tuple[str, str]) -> tuple[int, list[str]]:
        names = item[0].split("/")
        return tops[names[0]], names

    for path, place in default_files().items():
        if path not in own:
            item = path, str(place)
            found.insert(bisect(found, order(item), key=order), item)
    return found


def hash_subset(files: Mapping[str, str], *prefixes: str) -> str:
    """One hash for all inputs whose path begins with one of the prefixes; `files` maps paths to hashes."""
    digest = hashlib.blake2b(digest_size=12)
    for path, file_hash in files.items():
        if path.startswith(prefixes):
            digest.update(f"{path}\0{file_hash}\n".encode())
    return digest.hexdigest()

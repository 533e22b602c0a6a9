"""The inputs of a build: every file that an editor keeps, and the code that builds, as hashes of their content."""

from __future__ import annotations

import hashlib
import os
import stat
import sysconfig
import time
from bisect import bisect
from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from operator import attrgetter
from pathlib import Path

from ..defaults.files import default_files, own_or_default
from ..records.struct import Struct, field
from .file_names import refused_names
from .hashing import content_hash, stream_hash

FOLDERS = ("data", "templates", "docs", "editions")
FILES = ("mkdocs.yml",)
UNPUBLISHED = frozenset(
    {"docs/decisions", "docs/guide", "docs/hosting"}
)  # for whoever works on the project: no part of its site


# A file of which most is nothing takes no room in a repository, and all of a machine's memory and time when it is read.
_MOST_BYTES = 100_000_000  # of one file: as much as the usual hosts of repositories take
_MOST_IN_ALL = 1_000_000_000  # as much as the usual hosts of sites take


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

    Folders of `UNPUBLISHED` and hidden files are left out, and so is what must not be read (see `refusal`). Files that come
    with the package stand where the project's own would, as far as it has none. What has the state that it had in the inputs
    of a moment `before` is not read again.
    """
    began, before = time.time_ns(), before or Inputs()
    hashes, states, total = dict[str, str](), dict[str, FileState](), 0
    for path, place in _places(str(root)):
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
    return stat.S_ISREG(status.st_mode) and size <= _MOST_BYTES and total + size <= _MOST_IN_ALL


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


def _places(root: str) -> list[tuple[str, str]]:
    """Each input by its path from the root and where it stands: in the project, or in the package."""
    found = [(path, f"{root}/{path}") for path in _paths(root)]
    own, tops = {path for path, _ in found}, {name: number for number, name in enumerate((*FOLDERS, *FILES))}

    def order(item: tuple[str, str]) -> tuple[int, list[str]]:
        names = item[0].split("/")
        return tops[names[0]], names

    for path, place in default_files().items():
        if path not in own:
            item = path, str(place)
            found.insert(bisect(found, order(item), key=order), item)
    return found


def own_inputs(root: Path) -> Iterator[str]:
    """The path of each input that stands in the project, without those that must not be read."""
    return _paths(str(root))


def _paths(root: str) -> Iterator[str]:
    for folder in FOLDERS:
        if refusal(root, folder) is None:
            yield from _below(root, folder)
    for name in FILES:
        if os.path.isfile(f"{root}/{name}") and refusal(root, name) is None:  # noqa: PTH113  as elsewhere here
            yield name


def _below(root: str, folder: str) -> Iterator[str]:
    for path, entry in _entries_below(root, folder):
        if entry.name.startswith("."):  # temporary files of text editors
            continue
        if entry.is_file(follow_symlinks=False) or refusal(root, path) is None:
            yield path


def _entries_below(root: str, folder: str) -> Iterator[tuple[str, os.DirEntry[str]]]:
    """Everything below a folder but the folders themselves, in order, with its path; what is never published is left out."""
    try:
        with os.scandir(f"{root}/{folder}") as entries:
            ordered = sorted(entries, key=attrgetter("name"))
    except OSError:
        return
    for entry in ordered:
        path = f"{folder}/{entry.name}"
        if not entry.is_dir(follow_symlinks=False):
            yield path, entry
        elif path not in UNPUBLISHED:
            yield from _entries_below(root, path)


# --- what is no input although it stands there ------------------------------------------------

_GENERATED = ("build", "site")
_KINDS = ((stat.S_ISFIFO, "pipe"), (stat.S_ISSOCK, "socket"), (stat.S_ISCHR, "device"), (stat.S_ISBLK, "device"))


def refused_inputs(root: Path) -> list[tuple[str, str]]:
    """Every entry among the inputs that must not be read, by its path, and why (see `refusal`)."""
    found = []
    for path in (*FOLDERS, *FILES):
        if (why := refusal(str(root), path)) is not None:
            found.append((path, why))
        elif (root / path).is_dir():
            found += _refused_below(str(root), path)
    if found:
        return found
    paths = list(_paths(str(root)))
    return [*refused_names(paths), *_too_large(str(root), paths)]


def _too_large(root: str, paths: Iterable[str]) -> Iterator[tuple[str, str]]:
    total = 0
    for path in paths:
        try:
            size = os.stat(f"{root}/{path}").st_size  # noqa: PTH116  thousands of files: no Path for each
        except OSError:
            continue
        if size > _MOST_BYTES:
            yield path, "large-file"
            continue
        total += size
        if total > _MOST_IN_ALL:
            yield path, "large-project"
            return


def _refused_below(root: str, folder: str) -> Iterator[tuple[str, str]]:
    for path, entry in _entries_below(root, folder):
        if not entry.is_file(follow_symlinks=False) and (why := refusal(root, path)) is not None:
            yield path, why


def refusal(root: str, path: str) -> str | None:
    """Why an entry must not be read: "link-outside", "pipe" and so on (see the clauses of messages); None where it may be.

    Files and folders may. So may links to files of the project: from docs/ to one in docs/, because what stands there is
    published; from elsewhere to one that is neither hidden nor generated. A hidden link that leads nowhere is what some text
    editors lock a file with.
    """
    place = f"{root}/{path}"
    try:
        mode = os.lstat(place).st_mode
    except OSError:
        return None  # there is nothing
    if stat.S_ISLNK(mode):
        return _refused_link(root, path)
    return None if stat.S_ISREG(mode) or stat.S_ISDIR(mode) else _kind(mode)


def _refused_link(root: str, path: str) -> str | None:
    place = Path(root, path)
    try:
        mode = place.stat().st_mode
    except OSError:
        return None if place.name.startswith(".") else "link-to-nothing"
    target = Path(os.path.relpath(place.resolve(), Path(root).resolve())).parts
    if stat.S_ISDIR(mode):
        why: str | None = "link-to-folder"
    elif target[0] == os.pardir:
        why = "link-outside"
    elif path.startswith("docs/") and target[0] != "docs":
        why = "link-outside-docs"
    elif target[0] in _GENERATED or "/".join(target[:2]) in UNPUBLISHED or any(part.startswith(".") for part in target):
        why = "link-hidden"
    else:
        why = None if stat.S_ISREG(mode) else _kind(mode)
    return why


def _kind(mode: int) -> str:
    return next((kind for is_kind, kind in _KINDS if is_kind(mode)), "no-file")


def hash_subset(files: Mapping[str, str], *prefixes: str) -> str:
    """One hash for all inputs whose path begins with one of the prefixes; `files` maps paths to hashes."""
    digest = hashlib.blake2b(digest_size=12)
    for path, file_hash in files.items():
        if path.startswith(prefixes):
            digest.update(f"{path}\0{file_hash}\n".encode())
    return digest.hexdigest()


@cache
def code_fingerprint() -> str:
    """The fingerprint of the code that builds: the generator's own files, and the versions of all installed packages.

    Files that stand in for a project's own are inputs, not code.
    """
    digest = hashlib.blake2b(digest_size=12)
    inputs = frozenset(map(str, default_files().values()))
    for folder, folders, names in os.walk(
        Path(__file__).parent.parent
    ):  # every run looks at all of it: without an object a file
        folders[:] = sorted(name for name in folders if name != "__pycache__")
        for name in sorted(names):
            if name.endswith((".py", ".toml", ".css", ".yml")) and (path := f"{folder}{os.sep}{name}") not in inputs:
                with open(path, "rb") as file:  # noqa: PTH123  as above
                    digest.update(name.encode() + b"\0" + file.read() + b"\0")
    for folder in dict.fromkeys(sysconfig.get_path(kind) for kind in ("purelib", "platlib")):
        names = sorted(entry.name for entry in os.scandir(folder) if entry.name.endswith((".dist-info", ".egg-info")))
        digest.update("\n".join(names).encode())
    digest.update(sysconfig.get_python_version().encode())
    return digest.hexdigest()

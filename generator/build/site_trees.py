"""The two trees of a site on disk, the published and the next one: what each file was made of, and whether it is still so."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterator, Mapping
from functools import cached_property
from pathlib import Path

from ..model.addresses import MARKER
from ..records.struct import Struct, field, replace
from ..store.cache import Cache
from ..store.objects import value_hash
from .background import BackgroundTask
from .folder_states import FolderStates, State, read_changed
from .folder_swap import recover
from .folders import NEW, SITE, TREES

_FORMAT = "lists of trees, 4"
_DIFFERENT = 1 / 8  # of its files: a list that differs in more of them from its base becomes a base itself
FileStat = tuple[int, int, int]  # size in bytes; times of the last change of content, and of anything, in nanoseconds


class Tree(Struct, frozen=True):
    """A whole site on disk: per file the fingerprint of what it was made of, and its size and time when it was written."""

    folder: Path
    fingerprints: Mapping[str, str] = field(default_factory=dict)
    stats: Mapping[str, FileStat] = field(default_factory=dict)
    made_of: str = ""  # the fingerprint of everything the whole site was made of
    digests: Mapping[str, str] = field(default_factory=dict)  # the SHA-256 digest of each file as it was written
    identity: str = ""  # what its marker says
    base: str = ""  # the key of a list from which its own differs little: of thousands of files, only few are written each time
    differing: frozenset[str] = frozenset()  # the files that are not the same there
    folders: FolderStates = field(default_factory=FolderStates)


class SiteTrees(Struct, frozen=True):
    """The published tree, and the one that becomes the next."""

    live: Tree
    new: Tree

    def missing(self, wanted: Mapping[str, str]) -> set[str]:
        """The wanted files (path -> fingerprint) that neither tree has."""
        trees = (self.live.fingerprints, self.new.fingerprints)
        return {path for path, made_of in wanted.items() if all(tree.get(path) != made_of for tree in trees)}


def read_tree(root: Path, folder: Path) -> Tree:
    """A tree, empty where any of its files is not as it was written."""
    tree = _read_list(root, folder, {})
    return _trusted(tree, _verify(tree))


class TreeLists:
    """The lists of both trees, and whether these are as they were written, which takes longer to find out."""

    def __init__(self, root: Path) -> None:
        """Read the lists."""
        recover(root)
        bases: dict[str, _Base] = {}
        self.live, self.new = _read_list(root, SITE, bases), _read_list(root, NEW, bases)
        self._verification = BackgroundTask(self._verify_both, fork=False)

    def verify_in_background(self) -> None:
        """Begin to verify the trees, in a child process."""
        self._verification = BackgroundTask(self._verify_both)

    def stop_verifying(self) -> None:
        """End that child: where anybody asks for the trees after all, this process verifies them."""
        self._verification.cancel()

    @cached_property
    def trees(self) -> SiteTrees:
        """Both trees as they are now, each empty where it cannot be trusted."""
        live, new = self._verification.result()
        return SiteTrees(_trusted(self.live, live), _trusted(self.new, new))

    def _verify_both(self) -> tuple[_Verified, _Verified]:
        live = _verify(self.live)
        return live, _verify(self.new, {} if live is None else self.live.stats)


_Verified = dict[str, State] | None  # the states of the folders that were read; None where a file is not as it was written


def with_folder_states(tree: Tree) -> Tree:
    """A tree that was just written, with the states of its folders; as it is where it is not as it was written."""
    verified = _verify(tree)
    return tree if verified is None else _trusted(tree, verified)


def _trusted(tree: Tree, verified: _Verified) -> Tree:
    """The tree, empty where any of its files is not as it was written."""
    return Tree(tree.folder) if verified is None else replace(tree, folders=tree.folders.with_later(verified))


_Row = tuple[str, str, FileStat]  # fingerprint, digest, size and times of a file
_Base = tuple[dict[str, str], dict[str, str], dict[str, FileStat]]  # the same by path


def _read_list(root: Path, folder: Path, bases: dict[str, _Base]) -> Tree:
    """A tree as its list says; an empty one where there is none. `bases` are the lists that were read already, by key."""
    empty = Tree(root / folder)
    try:
        identity = (root / folder / MARKER).read_text(encoding="ascii")
        found = Cache(root / TREES).load(list_name(root / folder, identity), _FORMAT)
    except (OSError, ValueError):  # no list
        return empty
    if not isinstance(found, tuple):
        return empty
    made_of, base, rows, folders = found
    if base not in bases:
        listed = Cache(root / TREES).load(base, _FORMAT)
        if not isinstance(listed, tuple):
            return empty
        paths, *columns = listed
        fingerprints, digests, stats = (dict(zip(paths, column, strict=True)) for column in columns)
        bases[base] = fingerprints, digests, stats
    fingerprints, digests, stats = bases[base][0].copy(), bases[base][1].copy(), bases[base][2].copy()
    for path, row in rows.items():
        if row is not None:
            fingerprints[path], digests[path], stats[path] = row
        elif path in fingerprints:
            del fingerprints[path], digests[path], stats[path]
    return Tree(root / folder, fingerprints, stats, made_of, digests, identity, base, frozenset(rows), folders)


def with_base(root: Path, tree: Tree) -> Tree:
    """A tree that differs little enough from its base, which is that of its own list where it would not."""
    if tree.base and len(tree.differing) <= _DIFFERENT * len(tree.fingerprints):
        return tree
    paths = tuple(tree.fingerprints)
    columns = tuple(tuple(map(column.__getitem__, paths)) for column in (tree.fingerprints, tree.digests, tree.stats))
    base = value_hash((paths, columns))
    Cache(root / TREES).save(base, _FORMAT, (paths, *columns))
    return replace(tree, base=base, differing=frozenset())


def write_list(root: Path, tree: Tree) -> str:
    """Keep the list of a tree that has a base for `read_tree`; its key."""
    name = list_name(tree.folder, tree.identity)
    Cache(root / TREES).save(name, _FORMAT, (tree.made_of, tree.base, _rows(tree), tree.folders))
    return name


def _rows(tree: Tree) -> dict[str, _Row | None]:
    """What a list says of the files that are not as in its base; None for those that are not there."""
    return {
        path: (tree.fingerprints[path], tree.digests[path], tree.stats[path]) if path in tree.fingerprints else None
        for path in tree.differing
    }


def _verify(tree: Tree, other: Mapping[str, FileStat] | None = None) -> _Verified:
    """See whether every file is as it was written: content can be changed without its size and time, but not unnoticed.

    Where anything else of a file changed, as the number of its hard links does, its content tells. `other` are the files of the
    other tree where these are as they were written. A file with the same size and times there is a link to it, as no two builds
    write within a tick of the clock; it need not be looked at as long as its folder has the same entries.
    """
    if not tree.identity:  # there is no list
        return None
    marker = os.lstat(tree.folder / MARKER)
    found, read = read_changed(tree.folder, tree.folders.by_path(), marker.st_ctime_ns)
    found.discard(MARKER)
    if not found <= tree.stats.keys():  # somebody added one
        return None
    start = f"{tree.folder}/"
    for path, known in tree.stats.items():
        if other and other.get(path) == known and path.rpartition("/")[0] not in read:
            continue
        if not _is_as_written(start + path, known, tree.digests.get(path, "")):
            return None
    return read


def _is_as_written(path: str, known: FileStat, digest: str) -> bool:
    try:
        found = os.lstat(path)
    except OSError:
        return False
    size, changed, touched = known
    if found.st_size != size or found.st_mtime_ns != changed:
        return False
    return found.st_ctime_ns == touched or sha256(Path(path).read_bytes()) == digest


def sha256(content: bytes) -> str:
    """The SHA-256 digest of some bytes, hexadecimal."""
    return hashlib.sha256(content).hexdigest()


def list_name(folder: Path, identity: str) -> str:
    """The key of a tree's list of files. A folder keeps its inode number when it is renamed."""
    return f"{folder.stat().st_ino}-{identity}"


def listed(root: Path, folder: Path) -> Iterator[str]:
    """The key of the list of a tree, if there is one."""
    try:
        yield list_name(root / folder, (root / folder / MARKER).read_text(encoding="ascii"))
    except OSError:
        return


def files_below(folder: Path) -> Iterator[tuple[str, FileStat]]:
    """Every file below a folder but the marker, by its path from there."""
    for path, entry in _entries_below(folder):
        yield path, _as_tuple(entry.stat(follow_symlinks=False))


def _entries_below(folder: Path) -> Iterator[tuple[str, os.DirEntry[str]]]:
    waiting = [("", str(folder))]
    while waiting:
        start, current = waiting.pop()
        with os.scandir(current) as entries:
            for entry in entries:
                if entry.is_dir(follow_symlinks=False):
                    waiting.append((f"{start}{entry.name}/", entry.path))
                elif start or entry.name != MARKER:
                    yield start + entry.name, entry


def file_stat(path: str) -> FileStat:
    """The size and times of a file."""
    return _as_tuple(os.lstat(path))


def _as_tuple(stat: os.stat_result) -> FileStat:
    return stat.st_size, stat.st_mtime_ns, stat.st_ctime_ns

"""Stages a finished site next to the published one and swaps the two folders: neither a reader nor a crash meets half a site.

The two folders take turns. While site/ is published, build/site.new is brought up to date: it still holds the build before the
last, so only what changed in the last two builds is written, or linked from the other folder. Then they change places: on Linux
in one step of the kernel; elsewhere by two renames, and `recover` repairs what a crash between them leaves. A folder is trusted
only as long as every file in it is as it was written.
"""

from __future__ import annotations

import ctypes
import hashlib
import json
import os
import shutil
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field, replace
from functools import partial
from pathlib import Path
from typing import Protocol, TypeVar

from ..store.cache import Cache
from ..store.hashing import fingerprint

DOCS = Path("build/docs")
OUT = Path("build/out")
NEW = Path("build/site.new")
OLD = Path("build/site.old")
SITE = Path("site")
TREES = Path("build/cache/trees")
MARKER = ".factloom"  # in each tree: which list of files it was made by

Item = TypeVar("Item")
Result = TypeVar("Result")
Content = str | bytes
Inspector = Callable[[str, Content], object]  # gets the path and content of a file that was written; what it returns is kept
FileStat = tuple[int, int, int]  # size in bytes; times of the last change of content, and of anything, in nanoseconds


@dataclass(frozen=True, slots=True)
class SiteFile:
    """A file of the site: a fingerprint of all it is made of, and how to make it."""

    fingerprint: str
    make: Callable[[], str | bytes]
    after_others: bool = False  # it is made when all others are written, because it reads them


class MapChunks(Protocol):
    """Calls a function with many items in chunks, several at a time; all are done when it returns."""

    def __call__(self, function: Callable[[Sequence[Item]], list[Result]], items: Sequence[Item], /) -> list[Result]:
        """The results of all chunks in any order."""


def map_serially(function: Callable[[Sequence[Item]], list[Result]], items: Sequence[Item], /) -> list[Result]:
    """All items in one chunk, in this process."""
    return function(items)


def constant_file(content: str | bytes) -> SiteFile:
    """A file whose content is known already."""
    return SiteFile(fingerprint(content) if isinstance(content, str) else fingerprint(content.hex()), lambda: content)


@dataclass(frozen=True, slots=True)
class Tree:
    """A whole site on disk: per file the fingerprint of what it was made of, and its size and time when it was written."""

    folder: Path
    fingerprints: Mapping[str, str] = field(default_factory=dict)
    stats: Mapping[str, FileStat] = field(default_factory=dict)
    made_of: str = ""  # the fingerprint of everything the whole site was made of
    digests: Mapping[str, str] = field(default_factory=dict)  # the SHA-256 digest of each file as it was written


@dataclass(frozen=True, slots=True, kw_only=True)
class StagedSite:
    """The site that will be published, and how its files differ from those of the published one."""

    folder: Path
    changed: frozenset[str]
    removed: frozenset[str]
    files: Mapping[str, str]  # path -> fingerprint
    before: Mapping[str, str]  # the same of the published site
    digests: Mapping[str, str] = field(default_factory=dict)  # path -> SHA-256 digest
    inspected: Mapping[str, object] = field(default_factory=dict)  # what the inspector returned for files written just now

    def read(self, path: str) -> str:
        """The text of a file."""
        return (self.folder / path).read_text(encoding="utf-8")


@dataclass(frozen=True, slots=True)
class SiteTrees:
    """The published tree, and the one that becomes the next."""

    live: Tree
    new: Tree

    def missing(self, wanted: Mapping[str, str]) -> set[str]:
        """The wanted files (path -> fingerprint) that neither tree has."""
        trees = (self.live.fingerprints, self.new.fingerprints)
        return {path for path, made_of in wanted.items() if all(tree.get(path) != made_of for tree in trees)}


def read_trees(root: Path) -> SiteTrees:
    """Both trees as they are now, each empty where it cannot be trusted."""
    return SiteTrees(published(root), read_tree(root, NEW))


def published(root: Path) -> Tree:
    """The site as it is published now, an empty one where it cannot be trusted."""
    recover(root)
    return read_tree(root, SITE)


def read_tree(root: Path, folder: Path) -> Tree:
    """A tree, empty where any of its files is not as it was written."""
    empty = Tree(root / folder)
    try:
        identity = (root / folder / MARKER).read_text(encoding="ascii")
        content = Cache(root / TREES).get(_list_name(root / folder, identity))
        listed = json.loads(content or b"{}")
        stats = {path: (size, changed, touched) for path, (size, changed, touched) in listed["stats"].items()}
        tree = Tree(root / folder, listed["fingerprints"], stats, listed["made_of"], listed["digests"])
    except (OSError, ValueError, KeyError):  # no list, or one of an earlier version
        return empty
    return tree if _is_as_written(tree) else empty


def _is_as_written(tree: Tree) -> bool:
    """Whether every file is as it was written: content can be changed without its size and time, but not unnoticed.

    Where anything else of a file changed, as the number of its hard links does, its content tells.
    """
    found = dict(files_below(tree.folder))
    if found.keys() != tree.stats.keys():
        return False
    for path, stat in found.items():
        if stat == tree.stats[path]:
            continue
        if stat[:2] != tree.stats[path][:2] or _digest((tree.folder / path).read_bytes()) != tree.digests.get(path):
            return False
    return True


def _digest(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


def stage(
    root: Path,
    trees: SiteTrees,
    wanted: Mapping[str, SiteFile],
    map_chunks: MapChunks = map_serially,
    *,
    inspect: Inspector | None = None,
) -> StagedSite:
    """Make build/site.new hold just the wanted files, making only those that neither tree has; `inspect` gets each of these."""
    live, folder = trees.live, root / NEW
    _remove_unwanted(root, trees.new, wanted)
    missing = [
        path
        for path, file in wanted.items()
        if trees.new.fingerprints.get(path) != file.fingerprint and not _reuse(folder / path, path, file, live)
    ]
    write = partial(_write, folder, wanted, inspect)
    written = map_chunks(write, [path for path in missing if not wanted[path].after_others])
    written += map_serially(write, [path for path in missing if wanted[path].after_others])
    digests = {path: tree.digests[path] for tree in (live, trees.new) for path in _of_wanted(tree, wanted)}
    digests.update({path: digest for path, digest, _ in written})
    files = {path: file.fingerprint for path, file in wanted.items()}
    return StagedSite(
        folder=folder,
        changed=frozenset(path for path, made_of in files.items() if live.fingerprints.get(path) != made_of),
        removed=frozenset(live.fingerprints.keys() - files.keys()),
        files=files,
        before=live.fingerprints,
        digests=digests,
        inspected={path: found for path, _, found in written if inspect is not None},
    )


def _remove_unwanted(root: Path, new: Tree, wanted: Collection[str]) -> None:
    """Leave only wanted files in build/site.new; from here on, and until it is published, it is no trusted tree."""
    folder = root / NEW
    if not new.fingerprints:
        shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True, exist_ok=True)
    (folder / MARKER).unlink(missing_ok=True)
    for path in new.fingerprints.keys() - wanted:
        (folder / path).unlink(missing_ok=True)
        _remove_empty(folder, (folder / path).parent)


def _of_wanted(tree: Tree, wanted: Mapping[str, SiteFile]) -> set[str]:
    """The files of a tree that are wanted as they are."""
    return {path for path, made_of in tree.fingerprints.items() if path in wanted and wanted[path].fingerprint == made_of}


def _reuse(target: Path, path: str, file: SiteFile, live: Tree) -> bool:
    """Link a file from where it is already; False where there is no such file."""
    target.unlink(missing_ok=True)  # it may be a hard link to the published one
    target.parent.mkdir(parents=True, exist_ok=True)
    return live.fingerprints.get(path) == file.fingerprint and _link(live.folder / path, target)


def _write(
    folder: Path, wanted: Mapping[str, SiteFile], inspect: Inspector | None, paths: Sequence[str]
) -> list[tuple[str, str, object]]:
    """Write some files; gives the path, the digest, and what the inspector returned of each."""
    written: list[tuple[str, str, object]] = []
    for path in paths:
        content = wanted[path].make()
        encoded = content.encode() if isinstance(content, str) else content
        (folder / path).write_bytes(encoded)
        written.append((path, _digest(encoded), None if inspect is None else inspect(path, content)))
    return written


def add_file(staged: StagedSite, path: str, content: str) -> StagedSite:
    """The staged site with a file that could be made only when all others were."""
    made_of, digest = fingerprint(content), _digest(content.encode())
    (staged.folder / path).unlink(missing_ok=True)  # it may be a hard link to the published one
    (staged.folder / path).write_bytes(content.encode())
    return replace(
        staged,
        files={**staged.files, path: made_of},
        digests={**staged.digests, path: digest},
        changed=staged.changed | {path} if staged.before.get(path) != made_of else staged.changed,
        removed=staged.removed - {path},
    )


def publish(root: Path, staged: StagedSite, *, made_of: str = "") -> None:
    """Let the staged site become the published one; `made_of` is the fingerprint of everything it was made of."""
    identity = fingerprint(made_of, *(part for item in sorted(staged.files.items()) for part in item))
    (staged.folder / MARKER).write_text(identity, encoding="ascii")
    listed = {"fingerprints": dict(staged.files), "stats": dict(files_below(staged.folder))}
    listed |= {"made_of": made_of, "digests": dict(staged.digests)}
    lists = Cache(root / TREES)
    name = _list_name(staged.folder, identity)
    lists.put(name, json.dumps(listed).encode())
    swap(root)
    with suppress(OSError):  # it is published; lists of trees that are gone do no harm
        lists.retain([name, *_listed(root, NEW)])


def _list_name(folder: Path, identity: str) -> str:
    """The key of a tree's list of files. A folder keeps its inode number when it is renamed."""
    return f"{folder.stat().st_ino}-{identity}"


def _listed(root: Path, folder: Path) -> Iterator[str]:
    try:
        yield _list_name(root / folder, (root / folder / MARKER).read_text(encoding="ascii"))
    except OSError:
        return


def files_below(folder: Path) -> Iterator[tuple[str, FileStat]]:
    """Every file below a folder but the marker, by its path from there."""
    waiting = [("", str(folder))]
    while waiting:
        start, current = waiting.pop()
        with os.scandir(current) as entries:
            for entry in entries:
                if entry.is_dir(follow_symlinks=False):
                    waiting.append((f"{start}{entry.name}/", entry.path))
                elif start or entry.name != MARKER:
                    stat = entry.stat(follow_symlinks=False)
                    yield start + entry.name, (stat.st_size, stat.st_mtime_ns, stat.st_ctime_ns)


def _link(source: Path, target: Path) -> bool:
    """Hard-link a file, or copy it where the file system has no hard links; False where the source is gone."""
    try:
        os.link(source, target)
    except OSError:
        try:
            shutil.copy2(source, target)
        except OSError:
            return False
    return True


def _remove_empty(folder: Path, start: Path) -> None:
    """Remove a folder that is empty now, and those above it up to `folder`."""
    while start != folder:
        try:
            start.rmdir()
        except OSError:
            return
        start = start.parent


def swap(root: Path, *, at_once: bool = True) -> None:
    """Let build/site.new and site/ change places.

    `at_once` does it in one step where the system can; without it there are two renames.
    """
    recover(root)
    site, new, old = root / SITE, root / NEW, root / OLD
    shutil.rmtree(old, ignore_errors=True)
    if not site.exists():
        new.rename(site)
    elif not (at_once and _exchange(new, site)):
        site.rename(old)
        new.rename(site)
        old.rename(new)


def recover(root: Path) -> bool:
    """Bring the old site back where a crash between two renames left none; True if it had to."""
    site, old = root / SITE, root / OLD
    if site.exists() or not old.exists():
        return False
    old.rename(site)
    return True


def _exchange(one: Path, other: Path) -> bool:
    """Swap two folders in one step (renameat2(2) with RENAME_EXCHANGE); False where the system cannot."""
    at_cwd, exchange = -100, 2
    try:
        renameat2 = ctypes.CDLL(None, use_errno=True).renameat2
    except (AttributeError, OSError, TypeError):  # not Linux, or an old C library
        return False
    return bool(renameat2(at_cwd, os.fsencode(one), at_cwd, os.fsencode(other), exchange) == 0)

"""Stages a finished site next to the published one and swaps the two folders: neither a reader nor a crash meets half a site.

The two folders take turns. While site/ is published, build/site.new is brought up to date: it still holds the build before the
last, so only what changed in the last two builds is written, or linked from the other folder. Then they change places: on Linux
in one step of the kernel; elsewhere by two renames, and `recover` repairs what a crash between them leaves. A folder is trusted
only as long as every file in it is as it was written.
"""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Callable, Collection, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field, replace
from functools import partial
from pathlib import Path
from typing import Protocol, TypeVar

from ..store.cache import Cache
from ..store.hashing import fingerprint
from .folder_swap import swap
from .folders import MARKER, NEW, TREES
from .site_trees import SiteTrees, Tree, files_below, list_name, listed, sha256

Item = TypeVar("Item")
Result = TypeVar("Result")
Content = str | bytes
Inspector = Callable[[str, Content], object]  # gets the path and content of a file that was written; what it returns is kept


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


def stage(
    root: Path,
    trees: SiteTrees,
    wanted: Mapping[str, SiteFile],
    map_chunks: MapChunks = map_serially,
    *,
    inspect: Inspector | None = None,
    later: Collection[str] = (),
) -> StagedSite:
    """Make build/site.new hold just the wanted files, making only those that neither tree has; `inspect` gets each of these.

    `later` are the paths for `add_file`.
    """
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
        removed=frozenset(live.fingerprints.keys() - files.keys() - set(later)),
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
        written.append((path, sha256(encoded), None if inspect is None else inspect(path, content)))
    return written


def add_file(staged: StagedSite, path: str, content: str) -> StagedSite:
    """The staged site with a file that could be made only when all others were."""
    made_of, digest = fingerprint(content), sha256(content.encode())
    (staged.folder / path).unlink(missing_ok=True)  # it may be a hard link to the published one
    (staged.folder / path).write_bytes(content.encode())
    return replace(
        staged,
        files={**staged.files, path: made_of},
        digests={**staged.digests, path: digest},
        changed=staged.changed | {path} if staged.before.get(path) != made_of else staged.changed,
    )


def publish(root: Path, staged: StagedSite, *, made_of: str = "") -> None:
    """Let the staged site become the published one; `made_of` is the fingerprint of everything it was made of."""
    identity = fingerprint(made_of, *(part for item in sorted(staged.files.items()) for part in item))
    (staged.folder / MARKER).write_text(identity, encoding="ascii")
    content = {"fingerprints": dict(staged.files), "stats": dict(files_below(staged.folder))}
    content |= {"made_of": made_of, "digests": dict(staged.digests)}
    lists = Cache(root / TREES)
    name = list_name(staged.folder, identity)
    lists.put(name, json.dumps(content).encode())
    swap(root)
    with suppress(OSError):  # it is published; lists of trees that are gone do no harm
        lists.retain([name, *listed(root, NEW)])


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

"""Stages a finished site next to the published one and swaps the two folders: neither a reader nor a crash meets half a site.

The two folders take turns. While site/ is published, build/site.new is brought up to date: it still holds the build before the
last, so only what changed in the last two builds is written, or linked from the other folder. Then they change places: on Linux
in one step of the kernel; elsewhere by two renames, and `recover` repairs what a crash between them leaves. A folder is trusted
only as long as every file in it is as it was written.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Collection, Mapping, Sequence
from contextlib import suppress
from functools import partial
from pathlib import Path
from typing import Protocol, TypeVar

from ..model.addresses import MARKER
from ..records.struct import Struct, field, replace
from ..store.cache import Cache
from ..store.hashing import fingerprint
from .folder_swap import swap
from .folders import NEW, SITE, TREES
from .site_trees import FileStat, SiteTrees, Tree, file_stat, listed, sha256, with_base, with_folder_states, write_list

Item = TypeVar("Item")
Result = TypeVar("Result")
Content = str | bytes
Inspector = Callable[[str, Content], object]  # gets the path and content of a file that was written; what it returns is kept


class SiteFile(Struct, frozen=True):
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


class StagedSite(Struct, frozen=True, kw_only=True):
    """The site that will be published, and how its files differ from those of the published one."""

    folder: Path
    changed: frozenset[str]
    removed: frozenset[str]
    files: Mapping[str, str]  # path -> fingerprint
    before: Mapping[str, str]  # the same of the published site
    digests: Mapping[str, str] = field(default_factory=dict)  # path -> SHA-256 digest
    inspected: Mapping[str, object] = field(default_factory=dict)  # what the inspector returned for files written just now
    stats: Mapping[str, FileStat] = field(default_factory=dict)  # of files that were there already, as they were found
    live: Tree | None = None  # the published site
    new: Tree | None = None  # the folder as it was before
    differing: Collection[str] = ()  # the files of either that are not as they were
    linked: Collection[str] = ()  # the files that are those of the published site

    def read(self, path: str) -> str:
        """The text of a file."""
        return (self.folder / path).read_text(encoding="utf-8")


def stage(
    root: Path,
    trees: SiteTrees,
    wanted: Mapping[str, SiteFile],
    map_chunks: MapChunks,
    *,
    inspect: Inspector | None = None,
    later: Collection[str] = (),
) -> StagedSite:
    """Make build/site.new hold just the wanted files, making only those that neither tree has; `inspect` gets each of these.

    `later` are the paths for `add_file`.
    """
    live, new, folder = trees.live, trees.new, root / NEW
    _remove_unwanted(root, new, wanted)
    files = {path: file.fingerprint for path, file in wanted.items()}
    outdated, changed = _differing(files, new.fingerprints), _differing(files, live.fingerprints)
    _make_room(folder, list(outdated), whole=not new.fingerprints)
    linked = {path for path in outdated if path not in changed and _link(live, path, folder)}
    missing = [path for path in outdated if path not in linked]
    write = partial(_write, folder, wanted, inspect)
    written = map_chunks(write, [path for path in missing if not wanted[path].after_others])
    written += map_serially(write, [path for path in missing if wanted[path].after_others])
    gone = new.fingerprints.keys() - files.keys()
    digests = {**new.digests, **{path: live.digests[path] for path in linked}}
    stats = dict(new.stats)
    for path in gone:
        digests.pop(path, None)
    for path in (*gone, *outdated):
        stats.pop(path, None)
    digests.update({path: digest for path, digest, _ in written})
    return StagedSite(
        folder=folder,
        changed=frozenset(changed),
        removed=frozenset(live.fingerprints.keys() - files.keys() - set(later)),
        files=files,
        before=live.fingerprints,
        digests=digests,
        inspected={path: found for path, _, found in written if inspect is not None},
        stats=stats,
        live=live,
        new=new,
        differing=outdated.keys() | gone,
        linked=linked,
    )


def _differing(files: Mapping[str, str], tree: Mapping[str, str]) -> dict[str, None]:
    """The files that a tree lacks or has otherwise, in order; both are path -> fingerprint."""
    return {path: None for path, made_of in files.items() if tree.get(path) != made_of}


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


def _make_room(folder: Path, paths: Sequence[str], *, whole: bool) -> None:
    """Leave nothing where some files will be written, and make their folders; there is nothing in a `whole` tree."""
    for parent in dict.fromkeys(path.rpartition("/")[0] for path in paths):
        (folder / parent).mkdir(parents=True, exist_ok=True)
    for path in paths if not whole else ():
        (folder / path).unlink(missing_ok=True)  # it may be a hard link to the published one


def _write(
    folder: Path, wanted: Mapping[str, SiteFile], inspect: Inspector | None, paths: Sequence[str]
) -> list[tuple[str, str, object]]:
    """Write some files; gives the path, the digest, and what the inspector returned of each."""
    written: list[tuple[str, str, object]] = []
    for path in paths:
        content = wanted[path].make()
        encoded = content.encode() if isinstance(content, str) else content
        with open(f"{folder}/{path}", "wb") as file:  # noqa: PTH123  faster for thousands of them
            file.write(encoded)
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
        differing={*staged.differing, path},
        changed=staged.changed | {path} if staged.before.get(path) != made_of else staged.changed,
    )


def publish(root: Path, staged: StagedSite, *, made_of: str = "") -> Tree | None:
    """Let the staged site become the published one; `made_of` is the fingerprint of everything it was made of.

    Gives the published tree if there is no other one, as after a first build: `make_next` makes it.
    """
    written = [path for path in staged.files if path not in staged.stats]
    stats = {**staged.stats, **{path: file_stat(f"{staged.folder}/{path}") for path in written}}
    tree = Tree(staged.folder, staged.files, stats, made_of, staged.digests, fingerprint(made_of))
    if staged.new:
        folders = staged.new.folders.after_writing(staged.folder, staged.differing)
        tree = replace(tree, base=staged.new.base, differing=staged.new.differing.union(staged.differing), folders=folders)
    tree = with_base(root, tree)
    (staged.folder / MARKER).write_text(tree.identity, encoding="ascii")
    lists = [write_list(root, tree), tree.base, staged.live.base if staged.live else ""]
    if staged.live and staged.linked:  # which changed the number of links of these files, and so the last time
        live = _with_links(staged.live, tree, staged.linked)
        lists.append(live.base)
        write_list(root, live)
    swap(root)
    with suppress(OSError):  # it is published; lists of trees that are gone do no harm
        Cache(root / TREES).retain([*lists, *listed(root, NEW)])
    return None if (root / NEW).exists() else replace(tree, folder=root / SITE)


def _with_links(live: Tree, new: Tree, linked: Collection[str]) -> Tree:
    """The published tree with the times of files that were linked; based on the new one where that is a base itself."""
    touched = {path: new.stats[path] for path in linked if new.stats[path][:2] == live.stats[path][:2]}
    stats = {**live.stats, **touched}
    if new.differing:
        return replace(live, stats=stats, differing=live.differing.union(touched))
    columns = (live.fingerprints, new.fingerprints), (live.digests, new.digests), (stats, new.stats)
    differing = {path for here, there in columns for path in here.keys() | there.keys() if here.get(path) != there.get(path)}
    return replace(live, stats=stats, base=new.base, differing=frozenset(differing))


def make_next(root: Path, live: Tree) -> None:
    """Make the next tree of the files of the published one, so that the first edit need not.

    Nothing is made where the file system has no hard links. Until it is whole, it is no trusted tree.
    """
    folder = root / NEW
    try:
        _make_room(folder, list(live.fingerprints), whole=True)
        for path in live.fingerprints:
            os.link(f"{live.folder}/{path}", f"{folder}/{path}")
        stats = {path: file_stat(f"{folder}/{path}") for path in live.fingerprints}  # the number of links is another one
        live = with_base(root, replace(live, stats=stats, base=""))
        (folder / MARKER).write_text(live.identity, encoding="ascii")
        for tree in (live, replace(live, folder=folder)):
            write_list(root, with_folder_states(tree))
    except OSError:
        shutil.rmtree(folder, ignore_errors=True)


def _link(live: Tree, path: str, folder: Path) -> bool:
    """Hard-link a published file, or copy it where the file system has no hard links; False where the file is gone."""
    source, target = f"{live.folder}/{path}", f"{folder}/{path}"
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

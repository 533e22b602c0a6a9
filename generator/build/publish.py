"""Puts a finished site together beside the published one and swaps them: a reader, or a crash, never meets half a site.

Two trees take turns. While site/ is read, build/site.new becomes what site/ is to be: it still holds the build before, so only
what changed in the last two builds is written, or linked from the other tree. Then they change places: on Linux in one step of
the kernel; elsewhere by two renames, and `recover` mends what a crash between them leaves. A tree is trusted only as long as
every file of it is as it was left.
"""

from __future__ import annotations

import ctypes
import json
import os
import shutil
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
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

Thing = TypeVar("Thing")
Found = TypeVar("Found")
Content = str | bytes
Look = Callable[[str, Content], object]  # what somebody wants to know of a file: its path and what is in it
Stamp = tuple[int, int]  # size and time of the last change, in nanoseconds


@dataclass(frozen=True, slots=True)
class SiteFile:
    """A file of the site: the print of all it is made of, and how to make it."""

    fingerprint: str
    make: Callable[[], str | bytes]
    late: bool = False  # made when all others are there, because it looks at them
    same: Path | None = None  # a file in build/ that holds just this, and is never written in place: both can be one


class ShareOut(Protocol):
    """Whoever has things done that do not depend on each other: all of them are, when it comes back."""

    def __call__(self, do: Callable[[Sequence[Thing]], list[Found]], things: Sequence[Thing], /) -> list[Found]:
        """Do it with all of them, some at a time; all that came of it, in any order."""


def in_turn(do: Callable[[Sequence[Thing]], list[Found]], things: Sequence[Thing], /) -> list[Found]:
    """One after the other."""
    return do(things)


def fixed(content: str | bytes) -> SiteFile:
    """A file that is made already."""
    return SiteFile(fingerprint(content) if isinstance(content, str) else fingerprint(content.hex()), lambda: content)


@dataclass(frozen=True, slots=True)
class Tree:
    """A whole site on disk: its folder, and what each of its files was made of and looked like when it was left."""

    folder: Path
    fingerprints: Mapping[str, str] = field(default_factory=dict)
    stamps: Mapping[str, Stamp] = field(default_factory=dict)
    note: str = ""  # what the builder wants to know of it next time


@dataclass(frozen=True, slots=True, kw_only=True)
class Staged:
    """The site that will be published, and how its files differ from those of the published one."""

    folder: Path
    changed: frozenset[str]
    removed: frozenset[str]
    files: Mapping[str, str]
    before: Mapping[str, str]  # the files of the published one
    seen: Mapping[str, object] = field(default_factory=dict)  # what was looked at in files that were written just now

    def read(self, path: str) -> str:
        """A page of it."""
        return (self.folder / path).read_text(encoding="utf-8")


@dataclass(frozen=True, slots=True)
class SiteTrees:
    """The published tree, and the one that becomes the next."""

    live: Tree
    new: Tree

    def missing(self, prints: Mapping[str, str]) -> set[str]:
        """The files, of some that are wanted, that neither tree has."""
        both = (self.live.fingerprints, self.new.fingerprints)
        return {path for path, own in prints.items() if all(prints.get(path) != own for prints in both)}


def read_trees(root: Path) -> SiteTrees:
    """Both trees as they are now, each empty where it cannot be trusted."""
    return SiteTrees(published(root), read_tree(root, NEW))


def published(root: Path) -> Tree:
    """The site as it is published now, an empty one where it cannot be trusted."""
    recover(root)
    return read_tree(root, SITE)


def read_tree(root: Path, folder: Path) -> Tree:
    """A tree, empty where any of its files is not as it was left."""
    empty = Tree(root / folder)
    try:
        identity = (root / folder / MARKER).read_text(encoding="ascii")
        listed = Cache(root / TREES).get(_name(root / folder, identity))
    except (OSError, ValueError):
        return empty
    if listed is None:
        return empty
    told = json.loads(listed)
    stamps = {path: (stamp[0], stamp[1]) for path, stamp in told["stamps"].items()}
    if dict(files_below(root / folder)) != stamps:
        return empty
    return Tree(root / folder, told["prints"], stamps, told["note"])


def stage(
    root: Path, trees: SiteTrees, wanted: Mapping[str, SiteFile], map_batches: ShareOut = in_turn, *, look: Look | None = None
) -> Staged:
    """Make build/site.new hold just the wanted files, making only those that neither tree has; `look` is shown these."""
    live, new = trees.live, trees.new
    if not new.fingerprints:
        shutil.rmtree(root / NEW, ignore_errors=True)
    folder = root / NEW
    folder.mkdir(parents=True, exist_ok=True)
    (folder / MARKER).unlink(missing_ok=True)  # from here on it is no known tree
    for path in new.fingerprints.keys() - wanted.keys():
        (folder / path).unlink(missing_ok=True)
        _prune(folder, (folder / path).parent)
    missing: list[str] = []
    for path, product in wanted.items():
        if new.fingerprints.get(path) == product.fingerprint:
            continue
        target = folder / path
        target.unlink(missing_ok=True)  # it may be one file with the published one
        target.parent.mkdir(parents=True, exist_ok=True)
        known = live.folder / path if live.fingerprints.get(path) == product.fingerprint else product.same
        if known is None or not _link(known, target):
            missing.append(path)
    write = partial(_write, folder, wanted, look)
    seen = map_batches(write, [path for path in missing if not wanted[path].late])
    seen += in_turn(write, [path for path in missing if wanted[path].late])
    prints = {path: product.fingerprint for path, product in wanted.items()}
    return Staged(
        folder=folder,
        changed=frozenset(path for path, own in prints.items() if live.fingerprints.get(path) != own),
        removed=frozenset(live.fingerprints.keys() - prints.keys()),
        files=prints,
        before=live.fingerprints,
        seen=dict(seen),
    )


def _write(folder: Path, wanted: Mapping[str, SiteFile], look: Look | None, missing: Sequence[str]) -> list[tuple[str, object]]:
    seen: list[tuple[str, object]] = []
    for path in missing:
        content = wanted[path].make()
        (folder / path).write_bytes(content.encode() if isinstance(content, str) else content)
        if look is not None:
            seen.append((path, look(path, content)))
    return seen


def publish(root: Path, staged: Staged, *, note: str = "") -> None:
    """Let the staged site become the published one; `note` is kept with it."""
    identity = fingerprint(note, *(part for path, own in sorted(staged.files.items()) for part in (path, own)))
    (staged.folder / MARKER).write_text(identity, encoding="ascii")
    told = {"prints": dict(staged.files), "stamps": dict(files_below(staged.folder)), "note": note}
    kept = Cache(root / TREES)
    name = _name(staged.folder, identity)
    kept.put(name, json.dumps(told).encode())
    swap(root)
    kept.retain([name, *(path.name for path in _lists(root, NEW))])


def _name(folder: Path, identity: str) -> str:
    """What a tree's list is kept under. A folder keeps its number when it is renamed."""
    return f"{folder.stat().st_ino}-{identity}"


def _lists(root: Path, folder: Path) -> Iterator[Path]:
    try:
        identity = (root / folder / MARKER).read_text(encoding="ascii")
        yield root / TREES / _name(root / folder, identity)
    except OSError:
        return


def files_below(folder: Path) -> Iterator[tuple[str, Stamp]]:
    """Every file below a folder but the marker, as it is now."""
    waiting = [("", str(folder))]
    while waiting:
        start, place = waiting.pop()
        with os.scandir(place) as entries:
            for entry in entries:
                if entry.is_dir(follow_symlinks=False):
                    waiting.append((f"{start}{entry.name}/", entry.path))
                elif start or entry.name != MARKER:
                    found = entry.stat(follow_symlinks=False)
                    yield start + entry.name, (found.st_size, found.st_mtime_ns)


def _link(source: Path, target: Path) -> bool:
    """One file for both trees, or a copy where the system has no such links; False where the source is gone."""
    try:
        os.link(source, target)
    except OSError:
        try:
            shutil.copy2(source, target)
        except OSError:
            return False
    return True


def _prune(folder: Path, start: Path) -> None:
    """Remove a folder that is empty now, and those above it."""
    while start != folder:
        try:
            start.rmdir()
        except OSError:
            return
        start = start.parent


def swap(root: Path, *, at_once: bool = True) -> None:
    """Publish build/site.new as site/. The old site stays until the new one stands in its place; then it waits for its turn.

    `at_once` asks for the one-step swap where the system has it; without it there are two renames.
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
    """Let two folders change places in one step (renameat2 with RENAME_EXCHANGE); False where the system cannot."""
    at_cwd, exchange = -100, 2
    try:
        renameat2 = ctypes.CDLL(None, use_errno=True).renameat2
    except (AttributeError, OSError, TypeError):  # not Linux, or an old C library
        return False
    return bool(renameat2(at_cwd, os.fsencode(one), at_cwd, os.fsencode(other), exchange) == 0)

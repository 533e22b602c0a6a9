"""Which entries of a project are inputs of a build, and which ones must not be read although they stand among them."""

from __future__ import annotations

import os
import stat
from collections.abc import Iterable, Iterator
from operator import attrgetter
from pathlib import Path

from .file_names import refused_names
from .generated_folders import GENERATED

FOLDERS = ("data", "templates", "docs", "editions")
FILES = ("mkdocs.yml",)
# For whoever works on the project: no part of its site.
UNPUBLISHED = frozenset({"docs/decisions", "docs/guide", "docs/hosting"})
# A file of which most is nothing takes no room in a repository, and all of a machine's memory and time when it is read.
MOST_BYTES = 100_000_000  # of one file: as much as the usual hosts of repositories take
MOST_IN_ALL = 1_000_000_000  # as much as the usual hosts of sites take
_KINDS = ((stat.S_ISFIFO, "pipe"), (stat.S_ISSOCK, "socket"), (stat.S_ISCHR, "device"), (stat.S_ISBLK, "device"))


def own_inputs(root: Path) -> Iterator[str]:
    """The path of each input that stands in the project, in order, without those that must not be read."""
    place = str(root)  # there are thousands of files: no Path for each
    for folder in FOLDERS:
        if refusal(place, folder) is None:
            yield from _below(place, folder)
    for name in FILES:
        if (root / name).is_file() and refusal(place, name) is None:
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
    paths = list(own_inputs(root))
    return [*refused_names(paths), *_too_large(str(root), paths)]


def _too_large(root: str, paths: Iterable[str]) -> Iterator[tuple[str, str]]:
    total = 0
    for path in paths:
        try:
            size = os.stat(f"{root}/{path}").st_size  # noqa: PTH116  as above
        except OSError:
            continue
        if size > MOST_BYTES:
            yield path, "large-file"
            continue
        total += size
        if total > MOST_IN_ALL:
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
    elif target[0] in GENERATED or "/".join(target[:2]) in UNPUBLISHED or any(part.startswith(".") for part in target):
        why = "link-hidden"
    else:
        why = None if stat.S_ISREG(mode) else _kind(mode)
    return why


def _kind(mode: int) -> str:
    return next((kind for is_kind, kind in _KINDS if is_kind(mode)), "no-file")

"""Links and special files among the generated folders, which a checkout of somebody else's branch can bring.

Whoever writes to a folder, or clears it, would change files elsewhere on the disk if it were a symbolic link; whoever reads a
pipe waits for ever. Nothing generated is either, so both are removed (never what a link leads to) before anything is read or
written there.
"""

from __future__ import annotations

import errno
import os
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path

GENERATED = ("build", "site")
_WORKED_IN = ("", "build", "build/cache", "build/cache/html", "build/docs", "build/out")
_TREES = ("build/site.new", "build/site.old", "site")  # whoever reads these compares every entry with a list
_LEVELS = 3


def remove_links(root: Path) -> None:
    """Remove all links and special files among build/ and site/ of a project.

    Raises OSError where one cannot be removed, and where one of the two is a file: nothing may be written there.
    """
    for name in GENERATED:
        path = root / name
        if path.is_symlink():
            path.unlink()
        elif path.exists() and not path.is_dir():
            raise NotADirectoryError(errno.ENOTDIR, os.strerror(errno.ENOTDIR), str(path))
        _remove_below(str(root), name, _LEVELS)


def remove_blocking_file(root: Path, path: Path) -> bool:
    """Remove the file below build/ that stands where a folder on the way to a path belongs; whether there was one."""
    blocking = [parent for parent in path.parents if (root / "build") in parent.parents and parent.is_file()]
    for parent in blocking:
        parent.unlink()
    return bool(blocking)


def folder_numbers(root: Path) -> Mapping[Path, int]:
    """The project's folder and those in which a site is made, as far as they are there, each with its inode number.

    A folder that was deleted and made again has another number.
    """
    numbers = {}
    for path in (root / name for name in _WORKED_IN):
        with suppress(OSError):
            numbers[path] = path.stat().st_ino
    return numbers


def _remove_below(root: str, folder: str, levels: int) -> None:
    try:
        entries = os.scandir(f"{root}/{folder}")
    except OSError:
        return  # there is none, or whoever reads it will say why not
    with entries:
        for entry in entries:
            path = f"{folder}/{entry.name}"
            if entry.is_dir(follow_symlinks=False):
                if levels > 1 or not folder.startswith(_TREES):
                    _remove_below(root, path, levels - 1)
            elif not entry.is_file(follow_symlinks=False):
                os.unlink(entry.path)  # noqa: PTH108  thousands of entries: no Path for each

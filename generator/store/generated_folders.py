"""Symbolic links among the generated folders, which a checkout of somebody else's branch can bring.

Whoever writes to such a folder, or clears it, would change files elsewhere on the disk. Nothing generated is a link, so links
are removed (never what they lead to) before anything is read or written there.
"""

from __future__ import annotations

import os
from contextlib import suppress
from pathlib import Path

_GENERATED = ("build", "site")
_LEVELS = 3  # below these, folders are cleared entry by entry, and a link is just an entry


def remove_links(root: Path) -> None:
    """Remove all links among the upper levels of build/ and site/ of a project."""
    for name in _GENERATED:
        if (root / name).is_symlink():
            (root / name).unlink()
        _remove_below(str(root / name), _LEVELS)


def _remove_below(folder: str, levels: int) -> None:
    with suppress(OSError), os.scandir(folder) as entries:
        for entry in entries:
            if entry.is_symlink():
                os.unlink(entry.path)  # noqa: PTH108  thousands of entries: no Path for each
            elif levels > 1 and entry.is_dir():
                _remove_below(entry.path, levels - 1)

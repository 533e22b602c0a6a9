"""The folder of theme templates that engines are given: those of the package, and the project's own in their place."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator, Mapping
from pathlib import Path

from ..reading.site_settings import OVERRIDES, THEME
from ..store.cache import write_atomically
from ..store.inputs import read_input


def write_theme(root: Path, files: Mapping[str, str]) -> None:
    """Write build/theme; what is there already is not touched. `files` are the hashes of inputs by path."""
    folder, start = root / THEME, f"{OVERRIDES}/"
    wanted = {folder / path.removeprefix(start): path for path in files if path.startswith(start)}
    for path in _entries(folder):
        if path.is_symlink() or (path not in wanted and not path.is_dir()):
            path.unlink()
        elif path in wanted and path.is_dir():
            shutil.rmtree(path)
    folder.mkdir(parents=True, exist_ok=True)
    for path, name in wanted.items():
        content = read_input(root, name, files[name])
        if not path.is_file() or path.read_bytes() != content:
            write_atomically(path, content, temporary_folder=folder.parent)


def _entries(folder: Path) -> Iterator[Path]:
    """Everything below a folder, without following links."""
    if folder.is_symlink() or not folder.is_dir():
        if folder.is_symlink() or folder.exists():
            yield folder
        return
    for above, folders, names in os.walk(folder):
        yield from (Path(above, name) for name in (*folders, *names))

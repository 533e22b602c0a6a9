"""Watches a project's files for changes. The home of watchfiles."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from threading import Event

from watchfiles import watch

from ..store.inputs import FILES, FOLDERS

_STEP = 20  # milliseconds without another change: the editor has finished writing
_LONGEST = 200  # milliseconds for which changes are collected
_RECHECK = 1000  # milliseconds between two looks whether the folders are still the same ones


def watch_inputs(root: Path, changed: Callable[[], None], stop: Event) -> None:
    """Call `changed` when watching begins and whenever something may have changed, until `stop` is set."""
    while not stop.is_set():
        paths = _watched_paths(root)
        if not paths:
            stop.wait(_RECHECK / 1000)
            continue
        changed()  # something may have while nobody watched
        for changes in watch(
            *paths,
            watch_filter=None,
            debounce=_LONGEST,
            step=_STEP,
            stop_event=stop,
            rust_timeout=_RECHECK,
            yield_on_timeout=True,
            raise_interrupt=False,
        ):
            if changes:
                changed()
            if _watched_paths(root) != paths:
                break  # a folder was added or removed, or mkdocs.yml is another file now


def _watched_paths(root: Path) -> dict[Path, int]:
    """What there is to watch, each with its inode number: one that was replaced is watched no longer."""
    paths = {}
    for name in (*FOLDERS, *FILES):
        try:
            paths[root / name] = (root / name).stat().st_ino
        except OSError:
            continue
    return paths

"""Watches a project's files for changes. The home of watchfiles."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from threading import Event

from watchfiles import watch

from ..store.generated_folders import folder_numbers
from ..store.input_paths import FILES, FOLDERS

_STEP = 20  # milliseconds without another change: the editor has finished writing
_LONGEST = 200  # milliseconds for which changes are collected
_RECHECK = 1000  # milliseconds between two looks whether the folders are still the same ones


def watch_inputs(root: Path, changed: Callable[[], None], stop: Event) -> None:
    """Call `changed` when watching begins and whenever something may have changed, until `stop` is set.

    Generated folders count, too: whoever works in them has to know when they were deleted.
    """
    while not stop.is_set():
        try:
            _watch_while_same(root, changed, stop)
        except (OSError, RuntimeError):  # what the library raises where it cannot watch, as links in a circle
            changed()
            stop.wait(_RECHECK / 1000)


def _watch_while_same(root: Path, changed: Callable[[], None], stop: Event) -> None:
    """Watch until a folder was added or removed, or mkdocs.yml is another file."""
    paths, generated = _watched_paths(root), folder_numbers(root)
    changed()  # something may have while nobody watched
    if not paths:
        stop.wait(_RECHECK / 1000)
        return
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
        now = folder_numbers(root)
        if changes or now != generated:
            generated = now
            changed()
        if _watched_paths(root) != paths:
            break


def _watched_paths(root: Path) -> dict[Path, int]:
    """What there is to watch, each with its inode number: one that was replaced is watched no longer."""
    paths = {}
    for name in (*FOLDERS, *FILES):
        try:
            paths[root / name] = (root / name).stat().st_ino
        except OSError:
            continue
    return paths

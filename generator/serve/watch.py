"""Says when a project's files may have changed. The home of watchfiles."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from threading import Event

from watchfiles import watch

from ..store.inputs import FILES, FOLDERS

_STEP = 20  # milliseconds without another change: the editor has finished writing
_LONGEST = 200  # milliseconds that changes are gathered for
_LOOK = 1000  # milliseconds until somebody looks whether the folders are still the same ones


def watch_inputs(root: Path, told: Callable[[], None], stop: Event) -> None:
    """Call `told` when watching begins and whenever something may have changed, until it is to stop."""
    while not stop.is_set():
        places = _places(root)
        if not places:
            stop.wait(_LOOK / 1000)
            continue
        told()  # what changed while nobody watched
        for changes in watch(
            *places,
            watch_filter=None,
            debounce=_LONGEST,
            step=_STEP,
            stop_event=stop,
            rust_timeout=_LOOK,
            yield_on_timeout=True,
            raise_interrupt=False,
        ):
            if changes:
                told()
            if _places(root) != places:
                break  # a folder came or went, or mkdocs.yml is another file now


def _places(root: Path) -> dict[Path, int]:
    """What there is to watch, each with its number: one that was replaced is watched no longer."""
    found = {}
    for name in (*FOLDERS, *FILES):
        try:
            found[root / name] = (root / name).stat().st_ino
        except OSError:
            continue
    return found

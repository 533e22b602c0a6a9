"""The inputs as an earlier run read them, of which only what was written to since is read again."""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path

from .cache import Cache
from .inputs import Inputs, read_inputs

_KEY = "inputs"


def read_changed_inputs(root: Path, folder: Path, code_fingerprint: str) -> Inputs:
    """The inputs of a project, which are kept in a folder of the cache for the next run."""
    found = Cache(folder).load(_KEY, code_fingerprint)
    known = found if isinstance(found, Inputs) else Inputs()
    inputs = read_inputs(root, known)
    if inputs != known or not all(known.is_unchanged(path, state) for path, state in known.states.items()):
        with suppress(OSError):  # the disk is full, or nothing may be written: all is read again the next time
            Cache(folder).save(_KEY, code_fingerprint, inputs)
    return inputs

"""Writes several files as one: a journal holds what they become until all are written.

The journal is one signed, hidden file below data/. Whoever comes after a run that was killed finishes what that has left.
"""

from __future__ import annotations

import json
import os
import shutil
from base64 import b64decode, b64encode
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path

from ..store.hashing import content_hash
from ..store.project_lock import project_lock
from ..store.signing import sign, verify
from .edited_paths import is_editable

JOURNAL = "data/.edit"  # hidden: it is no input
_SECONDS = 600.0  # that another process may be at work in the project
_WRITES = os.O_WRONLY | os.O_CREAT | os.O_EXCL


def write_files(root: Path, before: Mapping[str, bytes | None], after: Mapping[str, bytes | None]) -> None:
    """Write the files `after`, which are as they were `before`; whoever calls this holds the lock of the project."""
    entries = {
        file: {"before": _hash(before[file]), "after": None if content is None else b64encode(content).decode()}
        for file, content in after.items()
    }
    write_file(root / JOURNAL, sign(json.dumps(entries).encode(), JOURNAL))
    finish(root)


def finish_edit(root: Path) -> None:
    """Finish the edit of a run that was killed while it wrote; does nothing where there is none, or another run is at it."""
    if not (root / JOURNAL).exists():
        return
    with suppress(OSError), project_lock(root, seconds=_SECONDS, on_wait=lambda: None):
        finish(root)


def finish(root: Path) -> None:
    """Write what the journal holds to the files that are as they were before; then delete it."""
    journal = root / JOURNAL
    signed = read(journal)
    if signed is None:
        return
    for file, entry in _entries(signed).items():
        if _hash(read(root / file)) != entry["before"]:
            continue
        if (content := entry["after"]) is None:
            (root / file).unlink(missing_ok=True)
        else:
            (root / file).parent.mkdir(parents=True, exist_ok=True)
            write_file(root / file, b64decode(content))
    journal.unlink(missing_ok=True)


def _entries(content: bytes) -> Mapping[str, Mapping[str, str | None]]:
    """What this user's own run wrote to the journal; nothing where somebody else did, as a stranger's pull request could."""
    signed = verify(content, JOURNAL)
    entries: Mapping[str, Mapping[str, str | None]] = {} if signed is None else json.loads(signed)
    return {file: entry for file, entry in entries.items() if is_editable(file)}


def write_file(path: Path, content: bytes) -> None:
    """Put a content in the place of a file at once, with the file's permissions; a link stays one to the file written."""
    path = path.resolve()
    unfinished = path.with_name(f".{path.name}.{os.getpid()}")
    unfinished.unlink(missing_ok=True)
    try:
        with os.fdopen(os.open(unfinished, _WRITES, 0o666), "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        with suppress(FileNotFoundError):
            shutil.copymode(path, unfinished)
        unfinished.replace(path)
    finally:
        unfinished.unlink(missing_ok=True)


def read(path: Path) -> bytes | None:
    """The content of a file; None where there is none."""
    try:
        return path.read_bytes()
    except FileNotFoundError:
        return None


def _hash(content: bytes | None) -> str:
    return "" if content is None else content_hash(content)

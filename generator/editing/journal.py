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
from .edited_paths import check_paths
from .errors import EditError

JOURNAL = "data/.edit"  # hidden: it is no input
_SECONDS = 600.0  # that another process may be at work in the project
_WRITES = os.O_WRONLY | os.O_CREAT | os.O_EXCL


def write_files(root: Path, before: Mapping[str, bytes | None], after: Mapping[str, bytes | None]) -> None:
    """Write the files `after`, which are as they were `before`; whoever calls this holds the lock of the project.

    OSError where one cannot be written: those that were are taken back, and no journal stays. One that stays where even that
    cannot be done, or after a kill, is finished by whoever comes next.
    """
    entries = {
        file: {"before": _hash(before[file]), "after": None if content is None else b64encode(content).decode()}
        for file, content in after.items()
    }
    _replace(root / JOURNAL, sign(json.dumps(entries).encode(), JOURNAL))
    try:
        finish(root)
    except OSError:
        for file, content in after.items():
            if content != before[file] and read(root / file) == content:
                _put(root / file, before[file])
        (root / JOURNAL).unlink(missing_ok=True)
        raise


def finish_edit(root: Path) -> tuple[str, ...]:
    """Finish the edit of a run that was killed while it wrote: the files written; does nothing where another run is at it.

    OSError where one cannot be written.
    """
    if not os.path.lexists(root / JOURNAL):
        return ()
    with project_lock(root, seconds=_SECONDS, on_wait=lambda: None):
        return finish(root)


def finish(root: Path) -> tuple[str, ...]:
    """Write what the journal holds to the files that are as they were before, then delete it: the files written."""
    journal = root / JOURNAL
    if journal.is_symlink():  # no run writes one
        journal.unlink()
    signed = read(journal)
    if signed is None:
        return ()
    written = []
    for file, entry in _entries(signed).items():
        if not _may_be_written(root, file) or _hash(read(root / file)) != entry["before"]:
            continue
        content = entry["after"]
        _put(root / file, None if content is None else b64decode(content))
        written.append(file)
    journal.unlink(missing_ok=True)
    return tuple(written)


def _may_be_written(root: Path, file: str) -> bool:
    with suppress(EditError):
        check_paths(root, [file])
        return True
    return False


def _entries(content: bytes) -> Mapping[str, Mapping[str, str | None]]:
    """What this user's own run wrote to the journal; nothing where somebody else did, as a stranger's pull request could."""
    signed = verify(content, JOURNAL)
    entries: Mapping[str, Mapping[str, str | None]] = {} if signed is None else json.loads(signed)
    return entries


def _put(path: Path, content: bytes | None) -> None:
    """Give a file a content; None takes it away."""
    if content is None:
        path.unlink(missing_ok=True)
    else:
        path.parent.mkdir(parents=True, exist_ok=True)
        write_file(path, content)


def write_file(path: Path, content: bytes) -> None:
    """Put a content in the place of a file at once, with the file's permissions; a link stays one to the file written."""
    _replace(path.resolve(), content)


def _replace(path: Path, content: bytes) -> None:
    """Put a content in the place of a file, or of a link."""
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

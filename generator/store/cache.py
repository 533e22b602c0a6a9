"""A folder of files by key: what was made before, found by the hash of all it was made from.

Deleting it is safe. What is damaged, or was written by somebody else, is not read (see `signing`).
"""

from __future__ import annotations

import os
import re
import shutil
from collections.abc import Collection, Iterable
from pathlib import Path

from ..records.struct import Struct
from .objects import dump_object, load_object
from .signing import sign, signature, verify

# Keys of files that are deleted when they are no longer wanted: hashes (after a number), and unfinished files of such keys.
# Nothing else is deleted: the folder may be a link that somebody else put there, to files that have nothing to do with this.
_KEY = re.compile(r"\.?(?:[0-9]+-)?[0-9a-f]{16,}(?:\.[0-9]+\.part)?")


class Cache(Struct, frozen=True):
    """Bytes and objects by key, each in a signed file of its own."""

    folder: Path

    def get(self, key: str) -> bytes | None:
        """The bytes that are kept under a key; None where there are none that this user's own runs wrote."""
        return verify(self._read(key), self._place(key))

    def put(self, key: str, content: bytes) -> None:
        """Keep some bytes; a reader never finds half of them."""
        self._write(key, sign(content, self._place(key)))

    def put_file(self, key: str, path: Path) -> None:
        """Keep the content of a file, which is moved here: nobody may need it where it is."""
        content = path.read_bytes()
        with path.open("ab") as file:
            file.write(signature(content, self._place(key)))
        self.folder.mkdir(parents=True, exist_ok=True)
        path.replace(self.folder / key)

    def load(self, key: str, code_fingerprint: str) -> object | None:
        """An object that was kept by `save`; None where there is none, or one that other code or another user made."""
        return load_object(self._read(key), code_fingerprint, self._place(key))

    def save(self, key: str, code_fingerprint: str, value: object) -> None:
        """Keep an object for `load`; the fingerprint is that of the code that made it."""
        self._write(key, dump_object(value, code_fingerprint, self._place(key)))

    def has(self, key: str) -> bool:
        """Whether there is a file under a key."""
        return (self.folder / key).is_file()

    def names(self) -> frozenset[str]:
        """All keys."""
        try:
            return frozenset(path.name for path in self.folder.iterdir())
        except OSError:
            return frozenset()

    def drop(self, keys: Iterable[str]) -> None:
        """Delete some files."""
        for key in keys:
            (self.folder / key).unlink(missing_ok=True)

    def retain(self, keys: Iterable[str]) -> None:
        """Delete all files whose keys are hashes but those of some keys."""
        delete_others(self.folder, frozenset(keys))

    def _place(self, key: str) -> str:
        return f"{self.folder.name}/{key}"

    def _read(self, key: str) -> bytes:
        try:
            return (self.folder / key).read_bytes()
        except OSError:
            return b""

    def _write(self, key: str, content: bytes) -> None:
        if self.folder.is_file():  # left by a version that kept things otherwise
            self.folder.unlink()
        write_atomically(self.folder / key, content)


def delete_others(folder: Path, names: Collection[str]) -> None:
    """Delete all files of a folder that are named by hashes, as everything in a cache is, except some."""
    for path in folder.glob("*"):
        if path.name not in names and _KEY.fullmatch(path.name):
            path.unlink(missing_ok=True)


def write_atomically(path: Path, content: bytes, *, temporary_folder: Path | None = None, keeps_mode: bool = False) -> None:
    """Replace a file as a whole: a reader, or a crash, finds the old content or the new one.

    It is written as a hidden file first, which is no input of a build. That stands in the temporary folder where another
    process may be looking through the file's own. With `keeps_mode` the permissions of the old file are those of the new one.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    unfinished = (temporary_folder or path.parent) / f".{path.name}.{os.getpid()}.part"  # several processes may write the same
    unfinished.unlink(missing_ok=True)
    try:
        with unfinished.open("xb") as file:  # a new file: through a link that stands there, another one would be written
            file.write(content)
        if keeps_mode and path.exists():
            shutil.copymode(path, unfinished)
        unfinished.replace(path)
    except OSError:
        unfinished.unlink(missing_ok=True)
        raise

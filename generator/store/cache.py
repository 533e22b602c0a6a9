"""What was made before, found by the hash of all it was made from. Deleting it is safe; what is damaged is not read."""

from __future__ import annotations

import hashlib
import os
import pickle
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

_MARK = b"factloom"
_SIZE = 32


@dataclass(frozen=True, slots=True)
class Cache:
    """A folder of kept bytes; it may be deleted at any time."""

    folder: Path

    def get(self, key: str) -> bytes | None:
        """What was kept under a key; None as well where the file is not what was written."""
        try:
            kept = (self.folder / key).read_bytes()
        except OSError:
            return None
        return unsealed(kept)

    def put(self, key: str, content: bytes) -> None:
        """Keep something; a reader never finds half of it."""
        if self.folder.is_file():  # left by a version that kept things otherwise
            self.folder.unlink()
        write_atomically(self.folder / key, sealed(content))

    def put_file(self, key: str, path: Path) -> None:
        """Keep a file that somebody else has written and does not need there any more."""
        content = path.read_bytes()
        with path.open("ab") as file:
            file.write(_seal(content))
        self.folder.mkdir(parents=True, exist_ok=True)
        path.replace(self.folder / key)

    def has(self, key: str) -> bool:
        """Whether something is kept under a key."""
        return (self.folder / key).is_file()

    def names(self) -> frozenset[str]:
        """All keys under which something is kept."""
        try:
            return frozenset(path.name for path in self.folder.iterdir())
        except OSError:
            return frozenset()

    def drop(self, keys: Iterable[str]) -> None:
        """Forget some."""
        for key in keys:
            (self.folder / key).unlink(missing_ok=True)

    def retain(self, keys: Iterable[str]) -> None:
        """Forget what the last build did not ask for."""
        kept = set(keys)
        for path in self.folder.glob("*"):
            if path.name not in kept:
                path.unlink(missing_ok=True)

    def load(self, key: str, code_fingerprint: str) -> object | None:
        """An object kept by `save` with the same ground; None where there is none, or one of other code or another machine."""
        content = self.get(key)
        if content is None or not content.startswith(code_fingerprint.encode() + b"\n"):
            return None
        try:
            # What the seal admits was written here, by this very code.
            found: object = pickle.loads(content[len(code_fingerprint.encode()) + 1 :])  # noqa: S301
        except Exception:  # noqa: BLE001  whatever is wrong with it, it can be made again
            return None
        return found

    def save(self, key: str, code_fingerprint: str, value: object) -> None:
        """Keep an object for `load`; `ground` is the print of the code that made it."""
        self.put(key, code_fingerprint.encode() + b"\n" + pickle.dumps(value, protocol=pickle.HIGHEST_PROTOCOL))


def sealed(content: bytes) -> bytes:
    """Bytes with a seal behind them that tells whether they are whole."""
    return content + _seal(content)


def unsealed(kept: bytes) -> bytes | None:
    """The bytes before a seal; None where they are not those that were sealed."""
    content = kept[: -len(_MARK) - _SIZE]
    return content if kept[len(content) :] == _seal(content) else None


def _seal(content: bytes) -> bytes:
    return _MARK + hashlib.sha256(content).digest()


def write_atomically(path: Path, content: bytes, *, temporary_folder: Path | None = None) -> None:
    """Write a file at once: a reader, or a crash, finds the old one or the new one.

    It is written in a folder `aside` first, where somebody may just be looking through its own.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    half = (temporary_folder or path.parent) / f"{path.name}.{os.getpid()}.part"  # several processes may write the same
    half.write_bytes(content)
    half.replace(path)

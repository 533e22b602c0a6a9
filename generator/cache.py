"""Bytes made before, found again by the hash of all they were made from: the same inputs are not drawn twice."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path


def key_of(*inputs: str) -> str:
    """The name under which something made of these texts is kept; their borders count."""
    made = hashlib.sha256()
    for text in inputs:
        encoded = text.encode()
        made.update(f"{len(encoded)}:".encode())
        made.update(encoded)
    return made.hexdigest()


@dataclass(frozen=True, slots=True)
class Cache:
    """A folder of kept bytes; it may be deleted at any time."""

    folder: Path

    def get(self, key: str) -> bytes | None:
        """What was kept under a key."""
        try:
            return (self.folder / key).read_bytes()
        except OSError:
            return None

    def put(self, key: str, content: bytes) -> None:
        """Keep something; a reader never finds half of it."""
        self.folder.mkdir(parents=True, exist_ok=True)
        half = self.folder / f"{key}.part"
        half.write_bytes(content)
        half.replace(self.folder / key)

    def keep_only(self, keys: Iterable[str]) -> None:
        """Forget what the last build did not ask for."""
        kept = set(keys)
        for path in self.folder.glob("*"):
            if path.name not in kept:
                path.unlink(missing_ok=True)

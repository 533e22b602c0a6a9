"""Many small things kept in few files: a file for each would cost more than to make the thing again on some systems.

A pack only grows at its end, while one process writes it, and each thing in it has its own seal. Where a thing stands is for
whoever put it there to remember; packs in which nobody remembers anything are swept away.
"""

from __future__ import annotations

import os
import pickle
import time
from collections import Counter
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from .cache import sealed, unsealed
from .fast_pickle import FastPickle

_SPARE = 1 << 20  # bytes that nobody needs any more: not worth moving the others
_MANY = 64  # packs


@dataclass(frozen=True, slots=True)
class BlobRef(FastPickle):
    """Where a thing stands: the name of the pack, and which of its bytes are the thing with its seal."""

    pack: str
    start: int
    length: int


@dataclass(slots=True)
class BlobStore:
    """A folder of packs; it may be deleted at any time. `ground` is the print of the code that made what is in them."""

    folder: Path
    code_fingerprint: str
    _own: str = ""  # the pack that this process writes
    _writer: int = 0  # which process that is: a copy of it writes another one
    _moved: dict[BlobRef, BlobRef] = field(default_factory=dict)

    def put(self, value: object) -> BlobRef:
        """Keep an object."""
        content = self.code_fingerprint.encode() + b"\n" + pickle.dumps(value, protocol=pickle.HIGHEST_PROTOCOL)
        return self._append(sealed(content))

    def _append(self, content: bytes) -> BlobRef:
        if not self._own or self._writer != os.getpid():
            self._own, self._writer = f"{os.getpid()}-{time.time_ns():x}", os.getpid()
            self.folder.mkdir(parents=True, exist_ok=True)
        with (self.folder / self._own).open("ab") as file:
            place = BlobRef(self._own, file.tell(), len(content))
            file.write(content)
        return place

    def get(self, place: BlobRef) -> object | None:
        """What was kept; None where it is not what was written, or of other code."""
        content = unsealed(self._read(place) or b"")
        start = self.code_fingerprint.encode() + b"\n"
        if content is None or not content.startswith(start):
            return None
        try:
            found: object = pickle.loads(content[len(start) :])  # noqa: S301  what the seal admits was written by this very code
        except Exception:  # noqa: BLE001  whatever is wrong with it, it can be made again
            return None
        return found

    def _read(self, place: BlobRef) -> bytes | None:
        place = self._moved.get(place, place)
        try:
            with (self.folder / place.pack).open("rb") as file:
                file.seek(place.start)
                return file.read(place.length)
        except OSError:
            return None

    def compact(self, places: Collection[BlobRef]) -> Mapping[BlobRef, BlobRef]:
        """Put these together in a new pack, where too much stands between them that nobody needs: from where to where."""
        live = Counter[str]()
        for place in places:
            live[place.pack] += place.length
        if self._all(live) < 2 * live.total() + _SPARE and len(live) < _MANY:
            return {}
        self._own = ""
        moved = {place: self._append(content) for place in places if (content := self._read(place)) is not None}
        self._moved.update(moved)
        return moved

    def _all(self, packs: Collection[str]) -> int:
        """How many bytes some packs have."""
        return sum((self.folder / name).stat().st_size for name in packs if (self.folder / name).is_file())

    def remove_unreferenced(self, places: Collection[BlobRef]) -> None:
        """Remove the packs that none of these is in."""
        wanted = {place.pack for place in places}
        for path in self.folder.glob("*"):
            if path.name not in wanted:
                path.unlink(missing_ok=True)
        if self._own not in wanted:
            self._own = ""

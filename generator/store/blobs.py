"""Many small objects in few files, called packs: on some systems, a file for each costs more than to make the object again.

A pack only grows at its end, and only the process that began it writes to it. Each object in it is signed (see `signing`).
Whoever puts an object in keeps the reference to it; packs to which no reference is left are deleted.
"""

from __future__ import annotations

import os
import time
from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from itertools import accumulate
from pathlib import Path

from ..records.struct import Struct, field
from .cache import delete_others
from .objects import dump_object, load_object

_TOLERATED_GARBAGE = 1 << 20  # bytes: below this, moving what is still referred to is not worth it
_TOO_MANY_PACKS = 64


class BlobRef(Struct, frozen=True):
    """Where an object is kept: the name of the pack, and the offset and number of its bytes there, signature included."""

    pack: str
    start: int
    length: int

    def of(self, packs: Mapping[str, bytes]) -> bytes:
        """The object's bytes in the content of its pack; none where that is gone or too short."""
        return packs[self.pack][self.start : self.start + self.length]


class BlobStore(Struct):
    """A folder of packs; it may be deleted at any time. The fingerprint is that of the code that made the objects."""

    folder: Path
    code_fingerprint: str
    _pack: str = ""  # the one that this process appends to
    _process_id: int = 0  # a forked copy of this process begins a pack of its own
    _moved: dict[BlobRef, BlobRef] = field(default_factory=dict)

    def put(self, value: object) -> BlobRef:
        """Keep an object."""
        return self.put_all([value])[0]

    def put_all(self, values: Sequence[object]) -> list[BlobRef]:
        """Keep several objects."""
        return self._append([dump_object(value, self.code_fingerprint, self.folder.name) for value in values])

    def get(self, ref: BlobRef) -> object | None:
        """An object that was kept; None where it is gone or damaged, or was made by other code or another user."""
        return load_object(self._read(ref), self.code_fingerprint, self.folder.name)

    def compact(self, refs: Collection[BlobRef]) -> Mapping[BlobRef, BlobRef]:
        """Copy these objects into one new pack if packs are many or mostly garbage: from the old references to the new ones."""
        bytes_used = Counter[str]()
        for ref in refs:
            bytes_used[ref.pack] += ref.length
        is_lean = self._size(bytes_used) < 2 * bytes_used.total() + _TOLERATED_GARBAGE
        if is_lean and len(bytes_used) < _TOO_MANY_PACKS:
            return {}
        self._pack = ""
        packs = {name: self._content(name) for name in {self._moved.get(ref, ref).pack for ref in refs}}
        found = {ref: content for ref in refs if (content := self._moved.get(ref, ref).of(packs))}
        moved = dict(zip(found, self._append(list(found.values())), strict=True))
        went = {self._moved.get(ref, ref): new for ref, new in moved.items()}
        # older references follow to the new place; where they lead to nothing that was moved, nobody needs them any more
        self._moved = {old: went[place] for old, place in self._moved.items() if place in went} | went
        return moved

    def remove_unreferenced(self, refs: Collection[BlobRef]) -> None:
        """Delete the packs that none of these references leads to."""
        wanted = {ref.pack for ref in refs}
        delete_others(self.folder, wanted)
        if self._pack not in wanted:
            self._pack = ""

    def _append(self, contents: Sequence[bytes]) -> list[BlobRef]:
        if not self._pack or self._process_id != os.getpid():
            self._pack, self._process_id = f"{os.getpid()}-{time.time_ns():016x}", os.getpid()
            self.folder.mkdir(parents=True, exist_ok=True)
        with (self.folder / self._pack).open("ab") as file:
            starts = accumulate((len(content) for content in contents), initial=file.tell())
            file.write(b"".join(contents))
        return [BlobRef(self._pack, start, len(content)) for start, content in zip(starts, contents, strict=False)]

    def _read(self, ref: BlobRef) -> bytes:
        ref = self._moved.get(ref, ref)
        try:
            with (self.folder / ref.pack).open("rb") as file:
                file.seek(ref.start)
                return file.read(ref.length)
        except OSError:
            return b""

    def _content(self, pack: str) -> bytes:
        try:
            return (self.folder / pack).read_bytes()
        except OSError:
            return b""

    def _size(self, packs: Collection[str]) -> int:
        """The number of bytes of some packs."""
        return sum((self.folder / name).stat().st_size for name in packs if (self.folder / name).is_file())

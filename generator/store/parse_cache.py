"""What was read of a file, remembered by the hash of its content: the same bytes are not taken apart twice."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, TypeVar

from .cache import Cache
from .hashing import content_hash

Found = TypeVar("Found")


@dataclass(slots=True)
class ParseCache:
    """Keeps what readers made of files, by what they made (kind) and in groups that are loaded and written together.

    Without a folder nothing is kept from one run to the next.
    """

    folder: Path | None = None
    code_fingerprint: str = ""
    _groups: dict[str, dict[str, tuple[str, Any]]] = field(default_factory=dict)
    _asked: dict[str, set[str]] = field(default_factory=dict)
    _changed: set[str] = field(default_factory=set)
    _spared: set[str] = field(default_factory=set)

    def get_or_parse(self, group: str, name: str, content: str, make: Callable[[], Found]) -> Found:
        """What was made of something with this name and this content, made now where it is not remembered."""
        kept = self._group(group)
        self._asked.setdefault(group, set()).add(name)
        if (known := kept.get(name)) is not None and known[0] == content:
            found: Found = known[1]
            return found
        found = make()
        kept[name] = (content, found)
        self._changed.add(group)
        return found

    def retain_group(self, group: str) -> None:
        """Keep what is remembered of a group, although nobody may ask for it this time."""
        self._spared.add(group)

    def _group(self, group: str) -> dict[str, tuple[str, Any]]:
        if group not in self._groups:
            found = Cache(self.folder).load(content_hash(group.encode()), self.code_fingerprint) if self.folder else None
            self._groups[group] = found if isinstance(found, dict) else {}
        return self._groups[group]

    def save(self) -> None:
        """Write what changed, and forget what was not asked for."""
        if self.folder is None:
            return
        cache = Cache(self.folder)
        for group, kept in self._groups.items():
            gone = kept.keys() - self._asked.get(group, set())
            for name in gone:
                del kept[name]
            if gone or group in self._changed:
                cache.save(content_hash(group.encode()), self.code_fingerprint, kept)
        self._changed.clear()
        self._asked.clear()
        cache.retain([content_hash(group.encode()) for group in {*self._groups, *self._spared}])

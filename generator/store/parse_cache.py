"""What was parsed of files, by the hash of their content: the same bytes are not parsed twice."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar

from ..records.struct import Struct, field
from .cache import Cache
from .hashing import content_hash

Parsed = TypeVar("Parsed")


class ParseCache(Struct):
    """Keeps what parsers made of files, in groups that are loaded and written together.

    Without a folder nothing is kept from one run to the next.
    """

    folder: Path | None = None
    code_fingerprint: str = ""
    _groups: dict[str, dict[str, tuple[str, Any]]] = field(default_factory=dict)  # group -> name -> hash, and what was parsed
    _used: dict[str, set[str]] = field(default_factory=dict)  # group -> names asked for since the last `save`
    _changed: set[str] = field(default_factory=set)
    _retained: set[str] = field(default_factory=set)

    def get_or_parse(self, group: str, name: str, content: str, parse: Callable[[], Parsed]) -> Parsed:
        """What was parsed of something with this name whose content has this hash; parsed now where that is not known."""
        entries = self._group(group)
        self._used.setdefault(group, set()).add(name)
        if (known := entries.get(name)) is not None and known[0] == content:
            found: Parsed = known[1]
            return found
        found = parse()
        entries[name] = (content, found)
        self._changed.add(group)
        return found

    def last(self, group: str, name: str) -> Any | None:  # noqa: ANN401  whatever the parser makes
        """What was parsed last of something with this name, whatever its content is now; None for nothing."""
        known = self._group(group).get(name)
        return None if known is None else known[1]

    def retain_group(self, group: str) -> None:
        """Keep a group on disk, although nobody may ask for it in this run."""
        self._retained.add(group)

    def _group(self, group: str) -> dict[str, tuple[str, Any]]:
        if group not in self._groups:
            found = Cache(self.folder).load(_key(group), self.code_fingerprint) if self.folder else None
            self._groups[group] = found if isinstance(found, dict) else {}
        return self._groups[group]

    def save(self) -> None:
        """Write the groups that changed, without what was not asked for since the last time."""
        if self.folder is None:
            return
        cache = Cache(self.folder)
        for group, entries in self._groups.items():
            unused = entries.keys() - self._used.get(group, set())
            for name in unused:
                del entries[name]
            if unused or group in self._changed:
                cache.save(_key(group), self.code_fingerprint, entries)
        self._changed.clear()
        self._used.clear()
        cache.retain([_key(group) for group in {*self._groups, *self._retained}])


def _key(group: str) -> str:
    return content_hash(group.encode())

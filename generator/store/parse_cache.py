"""What was parsed of files, by the hash of their content: the same bytes are not parsed twice."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar

from ..records.struct import Struct, field
from .cache import Cache
from .hashing import content_hash

Parsed = TypeVar("Parsed")
_MOST_BULKY, _FEW_BULKY = 128, 16  # groups in memory; once there are more, only a few are


class ParseCache(Struct):
    """Keeps what parsers made of files, in groups that are loaded and written together.

    Without a folder nothing is kept from one run to the next. With one, of the bulky groups only those that were asked for last
    are in memory: others are written before the run ends, and loaded again where that is needed.
    """

    folder: Path | None = None
    code_fingerprint: str = ""
    _groups: dict[str, dict[str, tuple[str, Any]]] = field(default_factory=dict)  # group -> name -> hash, and what was parsed
    _used: dict[str, set[str]] = field(default_factory=dict)  # group -> names asked for since the last `save`
    _changed: set[str] = field(default_factory=set)
    _retained: set[str] = field(default_factory=set)
    _has_many: bool = False
    _bulky: dict[str, None] = field(default_factory=dict)  # groups in memory, in the order in which they were asked for

    def get_or_parse(self, group: str, name: str, content: str, parse: Callable[[], Parsed], *, bulky: bool = False) -> Parsed:
        """What was parsed of something with this name whose content has this hash; parsed now where that is not known."""
        self._used.setdefault(group, set()).add(name)
        if bulky:
            self._limit(group)
        if (known := self._group(group).get(name)) is not None and known[0] == content:
            found: Parsed = known[1]
            return found
        found = parse()
        self.put(group, name, content, found)  # after parsing, which may have asked for other groups
        return found

    def put(self, group: str, name: str, content: str, parsed: object) -> None:
        """Keep what was parsed of something with this name whose content has this hash."""
        self._used.setdefault(group, set()).add(name)
        self._group(group)[name] = (content, parsed)
        self._changed.add(group)

    def last(self, group: str, name: str, content: str = "") -> Any | None:  # noqa: ANN401  whatever the parser makes
        """What was parsed last of something with this name, whatever its content is now, or only of `content`; else None."""
        known = self._group(group).get(name)
        return None if known is None or (content and known[0] != content) else known[1]

    def retain(self, group: str, name: str = "") -> None:
        """Keep a group on disk, and what it has of a name, although nobody may ask for it in this run."""
        self._retained.add(group)
        if name:
            self._used.setdefault(group, set()).add(name)

    def _group(self, group: str) -> dict[str, tuple[str, Any]]:
        if group not in self._groups:
            found = Cache(self.folder).load(_key(group), self.code_fingerprint) if self.folder else None
            self._groups[group] = found if isinstance(found, dict) else {}
        return self._groups[group]

    def _limit(self, group: str) -> None:
        """Note that a bulky group is asked for; those that nobody asked for lately are written and forgotten."""
        self._bulky.pop(group, None)
        self._bulky[group] = None
        if self.folder is None or len(self._bulky) <= (_FEW_BULKY if self._has_many else _MOST_BULKY):
            return
        self._has_many = True
        for oldest in list(self._bulky)[:-_FEW_BULKY]:
            if oldest in self._changed:
                try:
                    Cache(self.folder).save(_key(oldest), self.code_fingerprint, self._groups[oldest])
                except OSError:  # the disk is full, or nothing may be written there: everything stays in memory
                    return
                self._changed.discard(oldest)
            self._retained.add(oldest)
            self._groups.pop(oldest, None)
            del self._bulky[oldest]

    def write(self) -> None:
        """Write the groups that changed, beside what other processes keep in the folder."""
        if self.folder is None:
            return
        for group in self._changed:
            Cache(self.folder).save(_key(group), self.code_fingerprint, self._groups[group])
        self._changed.clear()

    def save(self) -> None:
        """Write the groups that changed, without what was not asked for since the last time; no other stays in the folder."""
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

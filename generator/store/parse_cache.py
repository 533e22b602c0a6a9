"""What was parsed of files, by the hash of their content: the same bytes are not parsed twice."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar

from ..records.struct import Struct, field
from .cache import Cache
from .hashing import content_hash

Parsed = TypeVar("Parsed")
_MOST_GROUPS = 100  # in memory: of large reports, those that were asked for last


class ParseCache(Struct):
    """Keeps what parsers made of files, in groups that are loaded and written together.

    Without a folder nothing is kept from one run to the next. With one, groups that were not asked for lately are written
    before the run ends, and loaded again where that is needed: of a large report, not everything is held in memory.
    """

    folder: Path | None = None
    code_fingerprint: str = ""
    _groups: dict[str, dict[str, tuple[str, Any]]] = field(default_factory=dict)  # group -> name -> hash, and what was parsed
    _used: dict[str, set[str]] = field(default_factory=dict)  # group -> names asked for since the last `save`
    _changed: set[str] = field(default_factory=set)
    _retained: set[str] = field(default_factory=set)

    def get_or_parse(self, group: str, name: str, content: str, parse: Callable[[], Parsed]) -> Parsed:
        """What was parsed of something with this name whose content has this hash; parsed now where that is not known."""
        self._used.setdefault(group, set()).add(name)
        if (known := self._group(group).get(name)) is not None and known[0] == content:
            found: Parsed = known[1]
            return found
        found = parse()
        self._group(group)[name] = (content, found)  # after parsing, which may have asked for other groups
        self._changed.add(group)
        return found

    def last(self, group: str, name: str) -> Any | None:  # noqa: ANN401  whatever the parser makes
        """What was parsed last of something with this name, whatever its content is now; None for nothing."""
        known = self._group(group).get(name)
        return None if known is None else known[1]

    def retain(self, group: str, name: str = "") -> None:
        """Keep a group on disk, and what it has of a name, although nobody may ask for it in this run."""
        self._retained.add(group)
        if name:
            self._used.setdefault(group, set()).add(name)

    def _group(self, group: str) -> dict[str, tuple[str, Any]]:
        """The entries of a group, which becomes the last that was asked for."""
        entries = self._groups.pop(group, None)
        if entries is None:
            found = Cache(self.folder).load(_key(group), self.code_fingerprint) if self.folder else None
            entries = found if isinstance(found, dict) else {}
            self._let_go()
        self._groups[group] = entries
        return entries

    def _let_go(self) -> None:
        """Write the group that nobody asked for the longest time, and forget it."""
        if self.folder is None or len(self._groups) < _MOST_GROUPS:
            return
        group = next(iter(self._groups))
        if group in self._changed:
            try:
                Cache(self.folder).save(_key(group), self.code_fingerprint, self._groups[group])
            except OSError:  # the disk is full, or nothing may be written there
                return
            self._changed.discard(group)
        self._retained.add(group)
        del self._groups[group]

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

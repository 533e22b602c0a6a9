"""Large mappings of which little changes from run to run: a file with all of one, and a small one with what changed since.

Only the small file is written as long as few entries changed.
"""

from __future__ import annotations

import time
from collections.abc import Collection
from pathlib import Path
from typing import Any

from .cache import Cache

_MOST = 1 / 8  # of the entries may be in the small file


class ChangedMappings:
    """Mappings by key, kept in a folder for the code that made them."""

    def __init__(self, folder: Path, code_fingerprint: str) -> None:
        self._cache, self._code_fingerprint = Cache(folder), code_fingerprint
        self._marks: dict[str, str] = {}  # tells for which file with all of a mapping the small one is
        self._changed: dict[str, set[str]] = {}  # what is in the small file

    def load(self, key: str) -> dict[str, Any]:
        """A mapping; an empty one where none is kept."""
        whole = self._cache.load(key, self._code_fingerprint)
        if not isinstance(whole, tuple):
            return {}
        mark, found = whole
        later = self._cache.load(_small(key), self._code_fingerprint)
        changed = later[1] if isinstance(later, tuple) and later[0] == mark else {}
        for name, entry in changed.items():
            if entry is None:
                found.pop(name, None)
            else:
                found[name] = entry
        self._marks[key], self._changed[key] = mark, set(changed)
        return dict(found)

    def save(self, key: str, mapping: dict[str, Any], changed: Collection[str]) -> None:
        """Keep a mapping; `changed` are the names of its entries that are not as they were loaded or saved, or are gone."""
        names = self._changed.get(key, set()).union(changed)
        if key not in self._marks or len(names) > _MOST * len(mapping):
            self._marks[key], names = str(time.time_ns()), set()
            self._cache.save(key, self._code_fingerprint, (self._marks[key], mapping))
            self._cache.drop([_small(key)])
        else:
            entries = {name: mapping.get(name) for name in names}
            self._cache.save(_small(key), self._code_fingerprint, (self._marks[key], entries))
        self._changed[key] = names


def _small(key: str) -> str:
    return f"{key}.changes"

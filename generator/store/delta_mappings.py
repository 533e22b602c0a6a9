"""Large mappings, each stored as a base file and a delta file: while few entries change, only the delta is written."""

from __future__ import annotations

import time
from collections.abc import Collection
from pathlib import Path
from typing import Any

from .cache import Cache

_MOST = 1 / 8  # of the entries may be in the delta file


class DeltaMappings:
    """Mappings by key, kept in a folder for the code that made them."""

    def __init__(self, folder: Path, code_fingerprint: str) -> None:
        self._cache, self._code_fingerprint = Cache(folder), code_fingerprint
        self._base_ids: dict[str, str] = {}  # by key: the identity of the base file that the delta is of
        self._changed: dict[str, set[str]] = {}  # by key: the names of the entries in the delta file

    def load(self, key: str) -> dict[str, Any]:
        """A mapping; an empty one where none is kept."""
        base = self._cache.load(key, self._code_fingerprint)
        if not isinstance(base, tuple):
            return {}
        base_id, found = base
        delta = self._cache.load(_delta_key(key), self._code_fingerprint)
        changed = delta[1] if isinstance(delta, tuple) and delta[0] == base_id else {}
        for name, entry in changed.items():
            if entry is None:
                found.pop(name, None)
            else:
                found[name] = entry
        self._base_ids[key], self._changed[key] = base_id, set(changed)
        return dict(found)

    def save(self, key: str, mapping: dict[str, Any], changed: Collection[str]) -> None:
        """Keep a mapping; `changed` are the names of its entries that are not as they were loaded or saved, or are gone."""
        names = self._changed.get(key, set()).union(changed)
        if key not in self._base_ids or len(names) > _MOST * len(mapping):
            self._base_ids[key], names = str(time.time_ns()), set()
            self._cache.save(key, self._code_fingerprint, (self._base_ids[key], mapping))
            self._cache.drop([_delta_key(key)])
        else:
            entries = {name: mapping.get(name) for name in names}
            self._cache.save(_delta_key(key), self._code_fingerprint, (self._base_ids[key], entries))
        self._changed[key] = names


def _delta_key(key: str) -> str:
    return f"{key}.changes"

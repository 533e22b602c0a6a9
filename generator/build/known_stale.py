"""Which texts are older than their translation, as the last build's check found it, where no text changed since."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cached_property
from pathlib import Path

from ..reading.draft import FACTS_FOLDER, Draft
from ..reading.translations import StalePassage, texts_digest
from ..records.struct import Struct
from ..store.cache import Cache
from ..store.hashing import fingerprint
from ..store.inputs import hash_subset

_CACHE_KEY = "stale"


class _FactFile(Struct, frozen=True):
    """A file of facts: the hash of its content, and that of the texts in it."""

    digest: str
    texts: str


class _Known(Struct, frozen=True, kw_only=True):
    """What the last check found, and what it read."""

    others: str  # a hash of all other files that texts are read from, of what was confirmed, and of the ids of facts
    files: Mapping[str, _FactFile]  # by path
    stale: tuple[StalePassage, ...]


class KnownStale:
    """The texts that the last check found older than their translation, kept with hashes of all that this depends on.

    So a build after an edit that changes values, but no text, need not wait for its own check.
    """

    def __init__(self, folder: Path, code_fingerprint: str, files: Mapping[str, str]) -> None:
        """`files` are the hashes of the project's files by path."""
        self.cache, self.code_fingerprint, self.files = Cache(folder), code_fingerprint, files

    @cached_property
    def _before(self) -> _Known | None:
        found = self.cache.load(_CACHE_KEY, self.code_fingerprint)
        return found if isinstance(found, _Known) else None

    def find(self, draft: Draft) -> tuple[StalePassage, ...] | None:
        """The texts that are older than their translation; None where only the check can tell."""
        before = self._before
        if before is None or before.others != self._others(draft):
            return None
        same = {path: file.texts for path, file in before.files.items()} == self._texts(draft)
        return before.stale if same else None

    def save(self, draft: Draft, stale: tuple[StalePassage, ...]) -> None:
        """Keep what was found, for the same texts."""
        files = {path: _FactFile(self.files[path], texts) for path, texts in self._texts(draft).items()}
        known = _Known(others=self._others(draft), files=files, stale=stale)
        if known != self._before:
            self.cache.save(_CACHE_KEY, self.code_fingerprint, known)

    def _texts(self, draft: Draft) -> dict[str, str]:
        """The hash of the texts of each file of facts, read from the draft where the file changed."""
        known = self._before.files if self._before else {}
        return {
            path: known[path].texts if path in known and known[path].digest == digest else texts_digest(path, draft)
            for path, digest in self.files.items()
            if path.startswith(FACTS_FOLDER) and path in draft.content_hashes
        }

    def _others(self, draft: Draft) -> str:
        others = {path: digest for path, digest in self.files.items() if not path.startswith(FACTS_FOLDER)}
        return fingerprint(hash_subset(others, "data/", "templates/"), *draft.facts)

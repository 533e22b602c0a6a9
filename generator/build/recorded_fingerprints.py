"""The fingerprints of all dependencies as they were when artifacts were saved.

Most are the same in the next build, and an artifact is up to date if all of its own are: to find that out takes a tenth of the
time that putting them together to one fingerprint does, and there are tens of thousands of artifacts.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from pathlib import Path

from ..model.dependencies import Fingerprints
from ..records.struct import Struct, field
from ..store.delta_mappings import DeltaMappings

_FILE = "recorded"
_KINDS = ""  # the name in the file under which the kinds of artifacts stand


class RecordedFingerprints(Struct, frozen=True):
    """The kinds of which every artifact that is kept is made of what had these fingerprints, by the dependency's name."""

    kinds: frozenset[str] = frozenset()
    fingerprints: Mapping[str, str] = field(default_factory=dict)


class FingerprintRecorder:
    """Keeps the fingerprints from one build to the next."""

    def __init__(self, folder: Path, code_fingerprint: str) -> None:
        self._files = DeltaMappings(folder, code_fingerprint)
        self._known: dict[str, str] | None = None

    def load(self) -> RecordedFingerprints:
        """What was recorded; nothing where that is gone, or of other artifacts."""
        self._known = self._files.load(_FILE)
        kinds = self._known.get(_KINDS, "")
        return RecordedFingerprints(frozenset(kinds.split("\0")), self._known) if kinds else RecordedFingerprints()

    def forget(self) -> None:
        """Say that what was recorded is no longer of the artifacts that are kept."""
        if self._known is None:
            self.load()
        if self._known and self._known.get(_KINDS):
            self._known = {**self._known, _KINDS: ""}
            self._files.save(_FILE, self._known, [_KINDS])

    def save(self, kinds: Iterable[str], fingerprints: Mapping[str, str]) -> None:
        """Record the fingerprints that everything of some kinds is made of."""
        before, now = self._known or {}, {**fingerprints, _KINDS: "\0".join(sorted(kinds))}
        changed = {name for name, found in now.items() if before.get(name) != found} | (before.keys() - now.keys())
        self._files.save(_FILE, now, changed)
        self._known = now


class UnchangedDependencies:
    """The dependencies whose fingerprint is the recorded one, which is found out when they are first asked for.

    The fingerprint of each name has to stay the same from then on.
    """

    def __init__(self, fingerprints: Fingerprints, recorded: RecordedFingerprints) -> None:
        self._fingerprints, self._recorded = fingerprints, recorded
        self._names: set[str] = set()

    def are_all_of(self, kind: str, names: Collection[str]) -> bool:
        """Whether the names are all among them, for an artifact of some kind."""
        if kind not in self._recorded.kinds:
            return False
        return self._names.issuperset(names) or all(name in self._names or self._is_unchanged(name) for name in names)

    def recorded_if_same(self, name: str, found: str, names: Collection[str]) -> dict[str, str] | None:
        """The recorded fingerprints of `names`, which are all determined by `name`.

        None unless the recorded fingerprint of `name` is still `found`, and theirs are recorded as well.
        """
        recorded = self._recorded.fingerprints
        if recorded.get(name) != found or not all(map(recorded.__contains__, names)):
            return None
        return {one: recorded[one] for one in names}

    def _is_unchanged(self, name: str) -> bool:
        unchanged = self._recorded.fingerprints.get(name) == self._fingerprints.of(name)
        if unchanged:
            self._names.add(name)
        return unchanged

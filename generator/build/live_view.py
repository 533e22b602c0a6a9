"""A live site as it would be published, for the check of whole sites."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field

from .site_state import SiteState


@dataclass(frozen=True, slots=True, kw_only=True)
class LiveView:
    """A site of which files are made when they are read; see `SiteView`."""

    files: Mapping[str, str]
    changed: Collection[str]
    removed: Collection[str]
    before: Mapping[str, str]
    inspected: Mapping[str, object] = field(default_factory=dict)
    state: SiteState

    @classmethod
    def of(cls, state: SiteState, before: Mapping[str, str]) -> LiveView:
        """The site of a state; `before` are the files of the one that was checked last (path -> fingerprint)."""
        files = state.fingerprints()
        changed = {path for path, made_of in files.items() if before.get(path) != made_of}
        return cls(files=files, changed=changed, removed=before.keys() - files.keys(), before=before, state=state)

    def read(self, path: str) -> str:
        """The HTML of a page."""
        file = self.state.file(path)
        content = file.make() if file else ""
        return content if isinstance(content, str) else content.decode()

"""A live site as it would be published, for the check of whole sites."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from pathlib import Path

from ..records.struct import Struct, field
from .errors import BuildError
from .folders import SITE
from .site_check import SiteCheck
from .site_contents import SiteContents
from .site_state import SiteState
from .site_trees import read_tree

_PAGES_AT_ONCE = 16  # that are read between two looks at what else is asked for


class LiveView(Struct, frozen=True, kw_only=True):
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


class LiveChecker(Struct):
    """Checks finished pages as a build does, those that are different from what was checked last."""

    root: Path
    _checked: Mapping[str, str] | None = None  # the files of the site that was checked last; none yet: the published ones

    def check(self, contents: SiteContents, state: SiteState) -> Iterator[None]:
        """BuildError where a site could not be published. Yields between pages: to read all takes seconds in a large report."""
        before = self._checked if self._checked is not None else read_tree(self.root, SITE).fingerprints
        check = SiteCheck(contents, LiveView.of(state, before))
        for number, _ in enumerate(check.read_pages(), 1):
            if not number % _PAGES_AT_ONCE:
                yield
        if findings := check.findings():
            raise BuildError(findings)
        self._checked = state.fingerprints()

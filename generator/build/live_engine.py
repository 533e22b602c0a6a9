"""Has the engine build pages of a report while somebody edits it: single ones where that is enough, else whole languages."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from pathlib import Path

from .errors import raise_engine_errors
from .live_revision import Revision
from .live_sources import LiveSources
from .plan import Progress
from .publish import SiteFile


class LiveEngine:
    """The engine, and what was written for it; its warnings go to `progress`."""

    def __init__(self, root: Path, progress: Progress) -> None:
        self.sources, self.progress = LiveSources(root), progress

    def is_ready(self, revision: Revision) -> bool:
        """Whether single pages of a state of the project can be built at once."""
        return self._has_languages(revision) and revision.linkable_files == self.sources.linkable_files

    def get_ready(self, revision: Revision) -> None:
        """Write what single pages need, or build whole languages where single pages are not enough."""
        single = self._has_languages(revision)
        if not single or revision.linkable_files != self.sources.linkable_files:
            self.sources.write_all(revision)
        if not single:
            revision.engine_cache.start(list(revision.rendered.values()))
            raise_engine_errors([report.result for report in revision.engine_cache.finish()], self.progress)

    def make_pages(self, revision: Revision, paths: Sequence[str]) -> dict[str, SiteFile]:
        """Make the pages among some paths."""
        revision.render(paths)
        charts: dict[str, list[str]] = {}
        for path in paths:
            if missing := revision.missing_charts(path):
                charts.setdefault(missing[0], []).extend(missing[1])
        revision.draw(charts)
        self.build_pages(revision, [page for path in paths for page in revision.engine_pages(path)])
        return dict(revision.page_files(paths))

    def build_pages(self, revision: Revision, pages: Collection[tuple[str, str]]) -> None:
        """Build those pages (language and name) that are not built yet."""
        wanted: dict[str, list[str]] = {}
        for code, name in dict.fromkeys(pages):
            if not revision.engine_cache[code].has(name):
                wanted.setdefault(code, []).append(name)
        if wanted:
            self.sources.write_pages(revision)
            raise_engine_errors(revision.engine_cache.build_pages(wanted), self.progress)

    def _has_languages(self, revision: Revision) -> bool:
        return revision.engine_cache.plan_pages(list(revision.rendered.values()), revision.context.task_inputs.edition.charts)

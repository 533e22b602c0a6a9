"""What the engine reads of a report while somebody edits it: written as far as the next page needs it."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from ..model.addresses import SHELL_PAGE
from ..pages.fact_pages import blank_page_markdown
from ..store.cache import write_atomically
from .engine_source import EngineSource, published_assets
from .folders import DOCS
from .live_revision import Revision
from .site_trees import files_below


class LiveSources:
    """The files below build/docs that were written for the engine."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.linkable_files: tuple[str, ...] | None = None  # files that pages may link to
        self._written: dict[tuple[str, str], str] = {}  # (language, page) -> fingerprint
        self._files: Sequence[Path] = ()

    def are_there(self) -> bool:
        """Whether nobody deleted any of them."""
        return all(path.is_file() for path in self._files)

    def write_pages(self, revision: Revision) -> None:
        """Write the pages that changed for the engine."""
        for code, language in revision.rendered.items():
            folder = self.root / DOCS / code
            for name, summary in language.summaries.items():
                if self._written.get((code, name)) != summary.fingerprint:
                    write_atomically(folder / f"{name}.md", language.markdown[name]().encode())
                    self._written[code, name] = summary.fingerprint
            if language.has_fact_pages and (code, SHELL_PAGE) not in self._written:
                write_atomically(folder / f"{SHELL_PAGE}.md", blank_page_markdown().encode())
                self._written[code, SHELL_PAGE] = ""

    def write_all(self, revision: Revision) -> None:
        """Write everything that the engine reads."""
        charts = tuple(revision.context.task_inputs.edition.charts)
        revision.draw(dict.fromkeys(revision.rendered, charts), complete=True)
        for code, language in revision.rendered.items():
            source = EngineSource(revision.context, code)
            source.write_pages(language, published_assets(revision.files))
            source.write_charts(language)
            self._written.update({(code, name): summary.fingerprint for name, summary in language.summaries.items()})
        self.linkable_files = revision.linkable_files
        folders = [self.root / DOCS / code for code in revision.rendered]
        self._files = [folder / path for folder in folders for path, _ in files_below(folder)]

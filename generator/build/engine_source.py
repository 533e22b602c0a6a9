"""The folder that the engine reads of one language: pages, charts and the project's own files below build/docs/<language>/."""

from __future__ import annotations

import json
import os
from collections.abc import Callable, Iterable, Mapping
from functools import partial
from pathlib import Path

from ..model import addresses
from ..pages.fact_pages import blank_page_markdown
from ..store.cache import write_atomically
from ..store.hashing import fingerprint
from ..store.inputs import read_input
from ..store.signing import sign, verify
from .artifacts import BuildContext
from .folders import DOCS
from .site import CARDS, RenderedLanguage, cards_script, chart_svg, chart_table
from .site_trees import files_below

WantedFiles = Mapping[str, tuple[str, Callable[[], str | bytes]]]  # path -> fingerprint, and how to make the content
FileState = list[str | int]  # what a file was made of, its size and the times of its last changes


def published_assets(files: Mapping[str, str]) -> dict[str, str]:
    """The project's own files below docs/, by path below it, of all its files by path from the root."""
    return {path.removeprefix("docs/"): digest for path, digest in files.items() if path.startswith("docs/")}


class EngineSource:
    """Writes one language's source folder: files that stay the same are not touched, left-over ones are removed."""

    def __init__(self, context: BuildContext, code: str) -> None:
        self.context = context
        self.folder = context.task_inputs.root / DOCS / code
        self._state_file = self.folder / ".stamps"
        self._states_before = _read_states(self._state_file)
        self._states: dict[str, FileState] = {}
        self._present: dict[str, tuple[int, int, int]] = {}  # size and times of the last changes, before anything was written
        self.written = 0  # how many files

    def write_pages(self, rendered: RenderedLanguage, assets: Mapping[str, str]) -> None:
        """Write the pages and `assets` (path below docs/ -> content hash), and an empty file for each chart and the cards.

        That is enough for the engine to begin: of charts and cards it only looks whether they are there.
        """
        root, charts = self.context.task_inputs.root, self.context.task_inputs.edition.charts
        wanted: dict[str, tuple[str, Callable[[], str | bytes]]] = {
            f"{name}.md": (summary.fingerprint, rendered.markdown[name]) for name, summary in rendered.summaries.items()
        }
        if rendered.has_fact_pages:
            wanted[f"{addresses.SHELL_PAGE}.md"] = ("shell", blank_page_markdown)
        for path, digest in assets.items():
            wanted[path] = (digest, partial(read_input, root, f"docs/{path}", digest))
        later = {addresses.chart(name, kind) for name in charts for kind in ("svg", "csv")}
        if rendered.has_fact_pages:
            later.add(CARDS)
        self._state_file.unlink(missing_ok=True)
        self._present = dict(files_below(self.folder)) if self.folder.is_dir() else {}
        for path in self._present.keys() - wanted.keys() - later:
            (self.folder / path).unlink(missing_ok=True)
        self._write_all(wanted)
        self._reserve(later - self._present.keys())

    def write_charts(self, rendered: RenderedLanguage) -> None:
        """Write charts and cards, and remember the state of every file."""
        wanted: dict[str, tuple[str, Callable[[], str | bytes]]] = {}
        if rendered.facts:
            made_of = fingerprint(*sorted(artifact.fingerprint for artifact in rendered.facts.values()))
            wanted[CARDS] = (made_of, partial(cards_script, rendered))
        for name, artifact in rendered.charts.items():
            wanted[addresses.chart(name, "svg")] = (artifact.fingerprint, partial(chart_svg, self.context, artifact))
            wanted[addresses.chart(name, "csv")] = (artifact.fingerprint, partial(chart_table, self.context, artifact))
        self._write_all(wanted)
        states = sign(json.dumps(self._states).encode(), _purpose(self._state_file))
        write_atomically(self._state_file, states, temporary_folder=self.folder.parent)

    def _write_all(self, wanted: WantedFiles) -> None:
        for path, (made_of, make) in wanted.items():
            current, known = fingerprint(self.context.store.code_fingerprint, made_of), self._states_before.get(path)
            if known is None or known[0] != current or known[1:] != list(self._present.get(path, ())):
                self.written += self._write(self.folder / path, make())
                found = (self.folder / path).stat()
                known = [current, found.st_size, found.st_mtime_ns, found.st_ctime_ns]
            self._states[path] = known

    def _write(self, path: Path, content: str | bytes) -> bool:
        """Write a file if its content changed, at once: the engine may be reading the folder."""
        if isinstance(content, str):
            content = content.encode()
        if path.is_file() and path.read_bytes() == content:
            return False
        write_atomically(path, content, temporary_folder=self.folder.parent)
        return True

    def _reserve(self, paths: Iterable[str]) -> None:
        """Create empty files. All are hard links to one file: for hundreds of charts that is much faster."""
        empty = self.folder.with_name(f"{self.folder.name}.empty")
        empty.write_bytes(b"")
        for path in (self.folder / one for one in sorted(paths)):
            path.parent.mkdir(parents=True, exist_ok=True)
            try:
                os.link(empty, path)
            except OSError:  # the file system has no hard links, or not so many
                path.touch()


def _purpose(path: Path) -> str:
    return f"{path.parent.name}/{path.name}"


def _read_states(path: Path) -> dict[str, FileState]:
    try:
        content = verify(path.read_bytes(), _purpose(path))
    except OSError:
        return {}
    return {} if content is None else dict(json.loads(content))

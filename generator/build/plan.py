"""What is to be built, and whether there is anything to do: known before anything heavy is loaded."""

from __future__ import annotations

import os
import re
import time
from collections.abc import Callable, Mapping
from datetime import UTC, date, datetime
from functools import cached_property
from pathlib import Path

from ..checks.commit import current_commit
from ..diagnostics.finding import Diagnostic, DiagnosticError, Span
from ..engines import registry
from ..records.struct import Struct
from ..store.cache import write_atomically
from ..store.code_fingerprint import code_fingerprint
from ..store.generated_folders import remove_links
from ..store.hashing import content_hash
from ..store.inputs import Inputs, hash_subset
from ..store.known_inputs import read_changed_inputs
from .folders import CACHE
from .site_trees import SiteTrees, TreeLists

LAST_BUILD = "build/last-build"  # another file after every build: `serve` sees by it that something else wrote to build/
_SOURCE_DATE = "SOURCE_DATE_EPOCH"  # libraries that draw and build pages read it, too
_SECONDS = re.compile(r"[0-9]{1,11}")  # since 1970, up to the year 5138
_SHOWN = 40  # characters of a wrong one
ENGINE_INPUTS = "build/engine-inputs"
Progress = Callable[[str], None]  # is told each step as a line for the terminal


class BuildOptions(Struct, frozen=True, kw_only=True):
    """What is to be built and how: `as_of` judges ages on another day than the report's horizon, `pdf` adds PDFs."""

    root: Path
    jobs: int = 0  # processes at a time; 0: as many as there are processors
    render_only: bool = False
    as_of: date | None = None
    pdf: bool = False
    engine: registry.Engine = registry.ENGINES[registry.DEFAULT]
    dask: str = ""  # the address of a cluster that runs the tasks; the result is the same

    @property
    def at_once(self) -> int:
        """How many processes may work at a time."""
        return self.jobs or os.cpu_count() or 1

    @property
    def serial(self) -> bool:
        """Whether one thing is done after the other."""
        return self.at_once == 1


def source_date() -> str:
    """The time that SOURCE_DATE_EPOCH gives, in UTC; empty where it is not set, DiagnosticError where it is no such time.

    https://reproducible-builds.org/specs/source-date-epoch/
    """
    written = os.environ.get(_SOURCE_DATE)
    if written is None:
        return ""
    if not _SECONDS.fullmatch(written):
        raise DiagnosticError(Diagnostic(rule="bad-source-date", span=Span("mkdocs.yml"), args={"found": written[:_SHOWN]}))
    return datetime.fromtimestamp(int(written), tz=UTC).isoformat()


def build_fingerprint(options: BuildOptions, files: Mapping[str, str]) -> str:
    """A hash of everything a site is made of: the project's files, the code, the engine, and the day it is judged on."""
    day = options.as_of.isoformat() if options.as_of else ""
    told = (current_commit(options.root), source_date())  # by the site's manifest
    made_of = (code_fingerprint(), hash_subset(files, ""), day, str(options.pdf), options.engine.name, *told)
    return content_hash("\n".join(made_of).encode())


class InputSnapshot(Struct, frozen=True, dict=True):  # which keeps the computed property
    """What a build starts from: what is to be built, the project's files, and the site as it is on disk."""

    options: BuildOptions
    inputs: Inputs
    lists: TreeLists

    @property
    def trees(self) -> SiteTrees:
        """The trees of the site, each empty where it cannot be trusted."""
        return self.lists.trees

    @property
    def files(self) -> Mapping[str, str]:
        """The hash of each of the project's files by path."""
        return self.inputs.hashes

    @cached_property
    def starts_engine_early(self) -> bool:
        """Whether the engine is loaded while this process still loads its own modules and reads the project.

        Where nothing but data changed it is rarely needed: its pages hold no finished HTML (see markup/fragments).
        """
        options = self.options
        if options.render_only or options.serial or not options.engine.installed:
            return False
        return _read(options.root / ENGINE_INPUTS) != _engine_inputs(options, self.files)


def take_snapshot(options: BuildOptions) -> InputSnapshot:
    """Read the state of the project and of its site."""
    remove_links(options.root)
    inputs = read_changed_inputs(options.root, options.root / CACHE, code_fingerprint())
    return InputSnapshot(options, inputs, TreeLists(options.root))


def note_engine_inputs(options: BuildOptions, files: Mapping[str, str]) -> None:
    """Leave for the next `InputSnapshot.starts_engine_early` what the engine's pages were made of besides data."""
    write_atomically(options.root / ENGINE_INPUTS, _engine_inputs(options, files).encode())


def _engine_inputs(options: BuildOptions, files: Mapping[str, str]) -> str:
    made_of = (code_fingerprint(), options.engine.name, hash_subset(files, "mkdocs.yml", "templates/", "docs/"))
    return content_hash("\n".join(made_of).encode())


def note_build(root: Path) -> None:
    """Leave a sign that a build wrote to the generated folders."""
    write_atomically(root / LAST_BUILD, f"{os.getpid()} {time.time_ns()}".encode())


def last_build(root: Path) -> str:
    """The sign of the last build."""
    return _read(root / LAST_BUILD)


def _read(file: Path) -> str:
    try:
        return file.read_text(encoding="ascii")
    except (OSError, UnicodeDecodeError):
        return ""


def up_to_date(options: BuildOptions, snapshot: InputSnapshot) -> bool:
    """Whether the published site is whole and made of what there is now."""
    if options.render_only:
        return False
    made_of = build_fingerprint(options, snapshot.files)
    return snapshot.lists.live.made_of == made_of and snapshot.trees.live.made_of == made_of


def closing_line(root: Path) -> str:
    """Where the site is and how to open it."""
    return f"site: {root / 'site/index.html'} - open it with  python3 -m http.server -d site  and http://localhost:8000/"

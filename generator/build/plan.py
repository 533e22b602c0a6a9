"""What is to be built, and whether there is anything to do: asked before anything heavy is loaded."""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from ..engines import registry
from ..store import inputs
from ..store.hashing import content_hash
from . import publish

Progress = Callable[[str], None]


@dataclass(frozen=True, slots=True, kw_only=True)
class BuildOptions:
    """What is to be built and how: `as_of` judges ages on another day than the report's horizon, `pdf` adds PDFs."""

    root: Path
    jobs: int = 0  # 0: as many as there are processors
    render_only: bool = False
    as_of: date | None = None
    pdf: bool = False
    engine: registry.Engine = registry.ENGINES[registry.DEFAULT]
    dask: str = ""  # the address of a cluster that does the work; the result is the same

    @property
    def at_once(self) -> int:
        """How many things may be made at a time."""
        return self.jobs or os.cpu_count() or 1

    @property
    def early(self) -> bool:
        """Whether the engine is to be loaded while this process still loads its own modules and reads the project."""
        return not self.render_only and self.at_once > 1 and self.engine.installed


def build_fingerprint(options: BuildOptions, files: Mapping[str, str]) -> str:
    """The print of everything a site is made of: the project's files, the code, the engine, and the day it is judged on."""
    day = options.as_of.isoformat() if options.as_of else ""
    return content_hash(
        "\n".join(
            (inputs.code_fingerprint(), inputs.hash_subset(files, ""), day, str(options.pdf), options.engine.name)
        ).encode()
    )


@dataclass(frozen=True, slots=True)
class InputSnapshot:
    """What there is: the hash of each of the project's files, and the trees of the site."""

    files: Mapping[str, str]
    trees: publish.SiteTrees


def take_snapshot(options: BuildOptions) -> InputSnapshot:
    """Look at what there is."""
    return InputSnapshot(inputs.hash_inputs(options.root), publish.read_trees(options.root))


def up_to_date(options: BuildOptions, seen: InputSnapshot) -> bool:
    """Whether the published site is whole and made of what there is now."""
    return not options.render_only and seen.trees.live.note == build_fingerprint(options, seen.files)


def closing_line(root: Path) -> str:
    """Where the site is and how to open it."""
    return f"site: {root / 'site/index.html'} - open it with  python3 -m http.server -d site  and http://localhost:8000/"

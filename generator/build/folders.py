"""The folders of a project that a build writes, from its root."""

from __future__ import annotations

from pathlib import Path

DOCS = Path("build/docs")  # what the engine reads
OUT = Path("build/out")  # what the engine writes
NEW = Path("build/site.new")  # what the site is to be
OLD = Path("build/site.old")  # the site before, while the two change places
SITE = Path("site")
CACHE = Path("build/cache")  # what a build leaves for the next one
TREES = CACHE / "trees"  # lists of the files of both

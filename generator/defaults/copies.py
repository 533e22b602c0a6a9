"""A project's own versions of files of the package: copied with a note of what they were made from."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator
from pathlib import Path

from .. import __version__
from ..records.struct import Struct
from .files import default_files

_MARKS = {
    ".j2": ("{#- ", " -#}"),
    ".html": ("{#- ", " -#}"),
    ".css": ("/* ", " */"),
    ".js": ("/* ", " */"),
    ".svg": ("<!-- ", " -->"),
}
_NOTE = re.compile(rb"from factloom (\S{1,40}) sha256:([0-9a-f]{64})")


class OwnVersion(Struct, frozen=True):
    """A project's file in place of one of the package's; `version` of the package it was copied from is empty where unknown."""

    path: str
    version: str = ""
    moved: bool = False  # whether the package's file is another one by now


def own_versions(root: Path) -> Iterator[OwnVersion]:
    """Every file of a project that is used in place of one of the package's, in order."""
    for path, package in default_files().items():
        if (root / path).is_file():
            with (root / path).open("rb") as file:
                note = _NOTE.search(file.readline(200))
            if note is None:
                yield OwnVersion(path)
            else:
                yield OwnVersion(path, note[1].decode(errors="replace"), moved=note[2].decode() != _digest(package))


def noted_copy(path: str) -> bytes:
    """The package's file for a path of a project, below a line that says what it was copied from."""
    package = default_files()[path]
    before, after = _MARKS[package.suffix]
    note = f"{before}from factloom {__version__} sha256:{_digest(package)}{after}\n"
    return note.encode() + package.read_bytes()


def _digest(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()

"""The inputs of a build: every file that an editor keeps, and the code that builds, as hashes of their content."""

from __future__ import annotations

import hashlib
import os
import sysconfig
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

from .hashing import content_hash

FOLDERS = ("data", "templates", "docs")
FILES = ("mkdocs.yml",)
UNPUBLISHED = frozenset({"docs/decisions", "docs/guide"})  # for whoever works on the project: no part of its site


class InputsChangedError(Exception):
    """Something was written to the project's files while they were read."""


FileState = tuple[int, int, int, int]  # inode, size in bytes, and times of the last changes of content and of anything in ns


@dataclass(frozen=True, slots=True)
class Inputs:
    """The inputs at one moment: equal to those of another moment only if nothing was written in between, not even undone."""

    hashes: Mapping[str, str] = field(default_factory=dict)  # path -> hash of the content
    states: Mapping[str, FileState] = field(default_factory=dict)  # path -> what every change of the file changes


def hash_inputs(root: Path) -> dict[str, str]:
    """The hashes of `read_inputs`."""
    return dict(read_inputs(root).hashes)


def read_inputs(root: Path) -> Inputs:
    """The hash and state of each file below data/, templates/ and docs/, and of mkdocs.yml, by path from the root, in order.

    Folders of `UNPUBLISHED` and hidden files are left out. So are links to folders, which may lead in a circle, and links below
    docs/ that lead out of it: what stands there is published as it is, and a link could publish any file of this machine.
    """
    hashes, states = dict[str, str](), dict[str, FileState]()
    for path in _paths(root):
        try:
            with open(os.path.join(root, path), "rb") as file:  # noqa: PTH118, PTH123  thousands of files: making a Path of each takes noticeable time
                status = os.fstat(file.fileno())  # before the content: what is written meanwhile makes it another state
                hashes[path] = content_hash(file.read())
        except OSError:  # gone meanwhile, or not readable: whatever needs it reports that
            continue
        states[path] = (status.st_ino, status.st_size, status.st_mtime_ns, status.st_ctime_ns)
    return Inputs(hashes, states)


def read_input(root: Path, path: str, expected: str) -> bytes:
    """The content of a file whose hash is known; InputsChangedError where it has another one by now."""
    try:
        content = (root / path).read_bytes()
    except OSError as error:
        raise InputsChangedError(path) from error
    if content_hash(content) != expected:
        raise InputsChangedError(path)
    return content


def _paths(root: Path) -> Iterator[str]:
    for folder in FOLDERS:
        yield from _below(str(root), folder)
    for name in FILES:
        if (root / name).is_file():
            yield name


def _below(root: str, folder: str) -> Iterator[str]:
    try:
        with os.scandir(f"{root}/{folder}") as entries:
            ordered = sorted(entries, key=lambda entry: entry.name)
    except OSError:
        return
    for entry in ordered:
        path = f"{folder}/{entry.name}"
        if entry.is_dir(follow_symlinks=False):
            if path not in UNPUBLISHED:
                yield from _below(root, path)
        elif entry.is_symlink() and (entry.is_dir() or not _may_lead_to(root, path)):
            continue
        elif not entry.name.startswith("."):  # temporary files of text editors
            yield path


def _may_lead_to(root: str, path: str) -> bool:
    """Whether a link may be read: not if it leads out of docs/."""
    docs = os.path.realpath(f"{root}/docs")
    return not path.startswith("docs/") or os.path.realpath(f"{root}/{path}").startswith(f"{docs}{os.sep}")


def hash_subset(files: Mapping[str, str], *prefixes: str) -> str:
    """One hash for all inputs whose path begins with one of the prefixes; `files` maps paths to hashes."""
    digest = hashlib.blake2b(digest_size=12)
    for path, file_hash in files.items():
        if path.startswith(prefixes):
            digest.update(f"{path}\0{file_hash}\n".encode())
    return digest.hexdigest()


@cache
def code_fingerprint() -> str:
    """The fingerprint of the code that builds: the generator's own files, and the versions of all installed packages."""
    digest = hashlib.blake2b(digest_size=12)
    for path in sorted(Path(__file__).parent.parent.rglob("*")):
        if path.suffix in (".py", ".toml", ".css"):
            digest.update(path.name.encode() + b"\0" + path.read_bytes() + b"\0")
    for folder in dict.fromkeys(sysconfig.get_path(kind) for kind in ("purelib", "platlib")):
        names = sorted(entry.name for entry in os.scandir(folder) if entry.name.endswith((".dist-info", ".egg-info")))
        digest.update("\n".join(names).encode())
    digest.update(sysconfig.get_python_version().encode())
    return digest.hexdigest()

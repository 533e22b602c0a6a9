"""The files of a project at a git revision. The only module that runs git."""

from __future__ import annotations

import os
import posixpath
import shutil
import subprocess
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path, PurePosixPath

from ..records.struct import Struct

_FOLDERS = ("data", "templates")
_WHOLE = (*_FOLDERS, "docs", "mkdocs.yml")  # with what the site of the report has of its own
_LINK = "120000"  # https://git-scm.com/docs/git-fast-import: the mode of a symbolic link
# Objects are read as they are stored: no filter, hook or transport that a repository names is run, and nothing is fetched.
_ENVIRONMENT = {"GIT_NO_LAZY_FETCH": "1", "GIT_ALLOW_PROTOCOL": "none", "GIT_TERMINAL_PROMPT": "0", "GIT_OPTIONAL_LOCKS": "0"}


class RevisionError(Exception):
    """A revision that cannot be read; the text says why."""


class _Entry(Struct, frozen=True):
    """A file of a revision: its mode as git writes it, and the name of its object."""

    mode: str
    name: str


@contextmanager
def folder_at(root: Path, revision: str, *, whole: bool = False) -> Iterator[Path]:
    """A temporary folder with data/ and templates/ of a revision; with `whole` also docs/ and the site's settings.

    `root` may be any folder of a repository.
    """
    if revision.startswith("-") or not revision.isprintable():
        msg = f"{revision!r} is no revision"
        raise RevisionError(msg)
    entries = dict(_entries(root, revision, _WHOLE if whole else _FOLDERS))
    if not any(path.startswith("data/") for path in entries):
        msg = f"{revision} holds no data/ here"
        raise RevisionError(msg)
    contents = _contents(root, [entry.name for entry in entries.values()])
    with tempfile.TemporaryDirectory() as place:
        try:
            _write_files(Path(place), entries, contents)
        except OSError as error:  # names that no file can have here
            raise RevisionError(str(error)) from error
        yield Path(place)


def _write_files(folder: Path, entries: Mapping[str, _Entry], contents: Mapping[str, bytes]) -> None:
    """Write the files; a link to another of them becomes a copy, and one to anything else is left out."""
    for path, entry in entries.items():
        content = contents.get(entry.name)
        if entry.mode == _LINK and content is not None:
            target = posixpath.normpath(posixpath.join(posixpath.dirname(path), os.fsdecode(content)))
            content = contents.get(entries[target].name) if target in entries else None
        if content is not None:
            (folder / path).parent.mkdir(parents=True, exist_ok=True)
            (folder / path).write_bytes(content)


def _entries(root: Path, revision: str, folders: Sequence[str]) -> Iterator[tuple[str, _Entry]]:
    """The files of a revision below some folders, by their path; none that would lie elsewhere."""
    for line in _git(root, "ls-tree", "-r", "-z", revision, "--", *folders).split(b"\0"):
        described, _, name = line.partition(b"\t")
        path = PurePosixPath(os.fsdecode(name))
        if name and path.parts[0] in folders and ".." not in path.parts:
            mode, _, object_name = described.decode().split(" ")
            yield path.as_posix(), _Entry(mode, object_name)


def _contents(root: Path, names: list[str]) -> Mapping[str, bytes]:
    """The contents of some objects by their name; without those that are no files."""
    output = _git(root, "cat-file", "--batch", given="".join(f"{name}\n" for name in dict.fromkeys(names)))
    found, at = dict[str, bytes](), 0
    while at < len(output):  # https://git-scm.com/docs/git-cat-file: BATCH OUTPUT
        ends = output.index(b"\n", at)
        name, kind, *size = output[at:ends].decode().split(" ")
        at = ends + 1
        if size:
            content = output[at : at + int(size[0])]
            at += len(content) + 1
            if kind == "blob":
                found[name] = content
    return found


def _git(root: Path, *arguments: str, given: str = "") -> bytes:
    git = shutil.which("git")
    if git is None:
        msg = "git is not installed"
        raise RevisionError(msg)
    try:
        process = subprocess.run(  # noqa: S603  no shell
            [git, "-C", str(root), *arguments],
            input=given.encode(),
            capture_output=True,
            check=True,
            env={**os.environ, **_ENVIRONMENT},
        )
    except subprocess.CalledProcessError as error:
        raise RevisionError(error.stderr.decode(errors="replace").strip() or "git failed") from error
    return process.stdout

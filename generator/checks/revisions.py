"""An earlier state of the project, taken from git: its data/ and templates/ in a folder of their own. The only home of git."""

from __future__ import annotations

import io
import shutil
import subprocess
import tarfile
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from ..model.report import Edition
from ..reading.draft import read_draft
from ..settling.edition import settle

_KEPT = ("data", "templates")


class RevisionError(Exception):
    """The revision cannot be had; the text says why."""


def edition_at(root: Path, revision: str) -> Edition:
    """The edition of a git revision, as far as it can be settled; RevisionError where there is none."""
    with folder_at(root, revision) as folder:
        edition = settle(read_draft(folder)[0]).edition
    if edition is None:
        msg = f"{revision} holds no report that can be read"
        raise RevisionError(msg)
    return edition


@contextmanager
def folder_at(root: Path, revision: str) -> Iterator[Path]:
    """A temporary folder with data/ and templates/ as they were; `root` may lie anywhere in its repository."""
    if revision.startswith("-"):
        msg = f"{revision} is no revision"
        raise RevisionError(msg)
    kept = [name for name in _git(root, "ls-tree", "--name-only", revision, "--").decode().split("\n") if name in _KEPT]
    if not kept:
        msg = f"{revision} holds no data/ here"
        raise RevisionError(msg)
    packed = _git(root, "archive", "--format=tar", revision, "--", *kept)
    with tempfile.TemporaryDirectory() as place, tarfile.open(fileobj=io.BytesIO(packed)) as archive:
        archive.extractall(place, filter="data")
        yield Path(place)


def _git(root: Path, *arguments: str) -> bytes:
    git = shutil.which("git")
    if git is None:
        msg = "git is not installed"
        raise RevisionError(msg)
    try:
        told = subprocess.run([git, "-C", str(root), *arguments], capture_output=True, check=True)  # noqa: S603  no shell
    except subprocess.CalledProcessError as error:
        raise RevisionError(error.stderr.decode(errors="replace").strip() or "git failed") from error
    return told.stdout

"""Reads an earlier state of the project from git. The only module that runs git."""

from __future__ import annotations

import io
import shutil
import subprocess
import tarfile
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from ..model.report import Edition
from ..pages.templates import Templates
from ..reading.draft import read_draft
from ..reading.outline import anchors_of
from ..settling.edition import settle
from ..store.parse_cache import ParseCache
from .template_outlines import page_outlines

_FOLDERS = ("data", "templates")


class RevisionError(Exception):
    """A revision that cannot be read; the text says why."""


@dataclass(frozen=True, slots=True)
class EarlierState:
    """The report of a git revision: its edition, and the anchors of its pages by page and language."""

    edition: Edition
    anchors: Mapping[tuple[str, str], frozenset[str]]


def edition_at(root: Path, revision: str) -> Edition:
    """The edition of a git revision; RevisionError where it has none."""
    return state_at(root, revision).edition


def state_at(root: Path, revision: str) -> EarlierState:
    """The report of a git revision; RevisionError where it has none."""
    with folder_at(root, revision) as folder:
        draft = read_draft(folder)[0]
        edition = settle(draft).edition
        if edition is None:
            msg = f"{revision} holds no report that can be read"
            raise RevisionError(msg)
        outlines, _ = page_outlines(draft, Templates(folder), edition, ParseCache())
        anchors = {(outline.page, outline.language): anchors_of(outline) for outline in outlines}
    return EarlierState(edition, anchors)


@contextmanager
def folder_at(root: Path, revision: str) -> Iterator[Path]:
    """A temporary folder with data/ and templates/ of a revision. `root` may be any folder of a repository."""
    if revision.startswith("-"):
        msg = f"{revision} is no revision"
        raise RevisionError(msg)
    folders = [name for name in _git(root, "ls-tree", "--name-only", revision, "--").decode().split("\n") if name in _FOLDERS]
    if not folders:
        msg = f"{revision} holds no data/ here"
        raise RevisionError(msg)
    archive_bytes = _git(root, "archive", "--format=tar", revision, "--", *folders)
    with tempfile.TemporaryDirectory() as place, tarfile.open(fileobj=io.BytesIO(archive_bytes)) as archive:
        archive.extractall(place, filter="data")
        yield Path(place)


def _git(root: Path, *arguments: str) -> bytes:
    git = shutil.which("git")
    if git is None:
        msg = "git is not installed"
        raise RevisionError(msg)
    try:
        process = subprocess.run([git, "-C", str(root), *arguments], capture_output=True, check=True)  # noqa: S603  no shell
    except subprocess.CalledProcessError as error:
        raise RevisionError(error.stderr.decode(errors="replace").strip() or "git failed") from error
    return process.stdout

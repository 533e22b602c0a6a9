"""Checks a project with an edit applied, before anything is written; and writes an edit to all of its files or to none."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from ..checks.project_check import CheckResult, check_project
from ..model.report import Edition
from ..rules import CheckOptions
from ..store.input_paths import FILES, FOLDERS
from ..store.parse_cache import ParseCache
from ..store.project_lock import project_lock
from .edited_paths import check_paths
from .journal import finish, read, write_files
from .splices import Edit

_SECONDS = 600.0  # that another process may be at work in the project


class EditConflictError(Exception):
    """A file that is not as it was when the edit was planned; nothing was written."""

    def __init__(self, file: str) -> None:
        """Name the file."""
        super().__init__(file)
        self.file = file


@contextmanager
def edited_copy(root: Path, edit: Edit) -> Iterator[Path]:
    """A copy of all that a check of the project reads, with the edit applied. It goes when the context ends.

    EditError for a file that no edit may write: nothing is written outside of the copy, either.
    """
    check_paths(root, edit.after())
    with tempfile.TemporaryDirectory(prefix="factloom-edit-") as folder:
        copy = Path(folder)
        for name in FOLDERS:
            if (root / name).is_dir():
                shutil.copytree(root / name, copy / name, symlinks=True, ignore_dangling_symlinks=True)
        for name in FILES:
            if (root / name).is_file():
                shutil.copy(root / name, copy / name, follow_symlinks=False)
        for file, content in edit.after().items():
            path = copy / file
            path.parent.mkdir(parents=True, exist_ok=True)
            path.unlink(missing_ok=True)
            if content is not None:
                path.write_bytes(content)
        yield copy


def check_copy(copy: Path, parse_cache: ParseCache | None = None, unedited: Edition | None = None) -> CheckResult:
    """What the rules say of an edited copy; unchanged files may come from a parse cache, which is not written.

    `unedited` is the edition before the edit.
    """
    return check_project(copy, CheckOptions(unedited=unedited), parse_cache=parse_cache)


def apply_edit(root: Path, edit: Edit, *, on_wait: Callable[[], None] = lambda: None) -> tuple[str, ...]:
    """Write an edit; the files written. EditConflictError where a file changed since it was planned, and nothing is written.

    EditError for a file that no edit may write. OSError where something cannot be written: then all files are as they were, or,
    where even that cannot be, will be written by `finish_edit`.
    """
    after = edit.after()
    restore_files(root, before=edit.before, after=after, on_wait=on_wait)
    return tuple(after)


def restore_files(
    root: Path,
    *,
    before: Mapping[str, bytes | None],
    after: Mapping[str, bytes | None],
    on_wait: Callable[[], None] = lambda: None,
) -> None:
    """Write the files `after`, each of which has to be as it was `before`; errors as of `apply_edit`."""
    check_paths(root, after)
    with project_lock(root, seconds=_SECONDS, on_wait=on_wait):
        finish(root)
        for file in after:
            if read(root / file) != before[file]:
                raise EditConflictError(file)
        write_files(root, before, after)

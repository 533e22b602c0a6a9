"""A state of a report to compare: a folder, or a git revision, whose files lie in a temporary folder meanwhile."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from ..checks.project_check import CheckResult, check_project
from ..checks.revisions import RevisionError, folder_at
from ..model.report import Edition
from ..reading.outline import anchors_of
from ..records.struct import Struct
from ..rules import CheckOptions

__all__ = ["RevisionError", "State", "UnreadableStateError", "open_folder", "read_state"]


class UnreadableStateError(Exception):
    """A state whose data has errors, so that its values are not all known; `checked` has the findings."""

    def __init__(self, name: str, folder: Path, checked: CheckResult) -> None:
        """Carry the findings."""
        super().__init__(name)
        self.name, self.folder, self.checked = name, folder, checked


class State(Struct, frozen=True, kw_only=True):
    """A state of a report: what it is called, its folder, and what a check of it gave."""

    name: str
    root: Path
    checked: CheckResult
    edition: Edition


@contextmanager
def open_folder(root: Path, name: str) -> Iterator[Path]:
    """The files of a state: those of `root` for an empty name, of a folder that holds data/, or of a git revision of `root`."""
    if not name or (Path(name) / "data").is_dir():
        yield Path(name) if name else root
        return
    with folder_at(root, name, whole=True) as folder:
        yield folder


def read_state(name: str, folder: Path, base: State | None = None) -> State:
    """Check the files of a state, with the rules about what was published, if there is a base."""
    options = CheckOptions()
    if base is not None:
        anchors = {(outline.page, outline.language): anchors_of(outline) for outline in base.checked.outlines}
        options = CheckOptions(base=base.edition, base_anchors=anchors)
    checked = check_project(folder, options)
    if checked.edition is None or (checked.errors and not checked.settled_cleanly):
        raise UnreadableStateError(name, folder, checked)
    return State(name=name, root=folder, checked=checked, edition=checked.edition)

"""Which files an edit may write: those that stand in data/ and templates/ themselves, and none that a link leads elsewhere."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import accumulate
from pathlib import Path

from ..diagnostics.finding import Clause
from ..store.input_paths import refusal
from .errors import EditError

_EDITABLE = ("data/", "templates/")
_PART_OF_NONE = ("\0", "\\")


def is_editable(file: str) -> bool:
    """Whether a path is one that an edit may write: below data/ or templates/, and not hidden."""
    if not file.startswith(_EDITABLE) or any(sign in file for sign in _PART_OF_NONE):
        return False
    return all(part and not part.startswith(".") for part in file.split("/"))  # neither ".." nor what no build reads


def check_paths(root: Path, files: Iterable[str]) -> None:
    """EditError for a path that no edit may write, and for a link, or what is in a linked folder, that leads elsewhere."""
    for file in files:
        if not is_editable(file):
            raise EditError(message="edit-bad-path", file=file.encode(errors="backslashreplace").decode())
        for place in accumulate(file.split("/"), "{}/{}".format):
            if (why := refusal(str(root), place)) is not None:
                raise EditError(message="edit-link", file=place, what=Clause(why))

"""Records that texts were read and say the same in every language, as `factloom confirm` does."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from ..reading.translations import LOCK_FILE, confirm, matches_name
from ..store.cache import write_atomically
from .project_check import UnreadableProjectError, check_project


class UnknownNameError(Exception):
    """A name that selects no text."""


def confirm_texts(root: Path, names: Sequence[str]) -> int:
    """Confirm the named texts (a page, `facts`, `claims/grew`; without names all) as they are; how many keys that changes."""
    checked = check_project(root)
    # what cannot be read of the file itself is written anew where all texts are confirmed, and would be lost else
    errors = [error for error in checked.errors if error.span.file != LOCK_FILE or names]
    if checked.edition is None or errors:  # of what cannot be read, nothing would stay confirmed
        raise UnreadableProjectError(errors)
    texts = checked.passages
    keys = {text.key for text in texts}
    for name in names:
        if not any(matches_name(key, name) for key in keys):
            raise UnknownNameError(name)
    text, changed = confirm(texts, checked.confirmed, names)
    write_atomically((root / LOCK_FILE).resolve(), text.encode())
    return changed

"""Records that texts were read and say the same in every language, as `factloom confirm` does."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from ..reading.translations import LOCK_FILE, confirm, matches_name
from .project_check import check_project


class UnknownNameError(Exception):
    """A name that selects no text."""


def confirm_texts(root: Path, names: Sequence[str]) -> int:
    """Confirm the named texts (a page, `facts`, `claims/grew`; without names all) as they are; how many keys that changes."""
    checked = check_project(root)
    texts = checked.passages
    keys = {text.key for text in texts}
    for name in names:
        if not any(matches_name(key, name) for key in keys):
            raise UnknownNameError(name)
    text, changed = confirm(texts, checked.confirmed, names)
    (root / LOCK_FILE).write_text(text, encoding="utf-8")
    return changed

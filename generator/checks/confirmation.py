"""`factloom confirm`: somebody has read the texts, and they say the same in every language."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from ..reading.translations import FILE, confirm, matches_name
from .project_check import check_project


class UnknownNameError(Exception):
    """A name that no text belongs to."""


def confirm_texts(root: Path, names: Sequence[str]) -> int:
    """Remember the named texts (a page, `facts`, `claims/grew`; all without names) as they are now; how many that changes."""
    checked = check_project(root)
    texts = checked.passages
    keys = {one.key for one in texts}
    for name in names:
        if not any(matches_name(key, name) for key in keys):
            raise UnknownNameError(name)
    text, changed = confirm(texts, checked.confirmed, names)
    (root / FILE).write_text(text, encoding="utf-8")
    return changed

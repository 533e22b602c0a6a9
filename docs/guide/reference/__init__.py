"""The reference pages of the guide, made from the package itself: its records, calls, marks, commands and findings.

They are written into templates/pages/, where git ignores them, so that the guide is a report like any other.
"""

from __future__ import annotations

import tomllib
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from .calls import calls_page
from .commands import commands_page
from .findings import findings_page
from .keys import PAGES, key_pages
from .marks import GROUPS, marks_page
from .writing import Writing

GUIDE = Path(__file__).parent.parent
LANGUAGES = ("ja", "en")
EXAMPLES: Mapping[str, Any] = tomllib.loads((Path(__file__).parent / "examples.toml").read_text(encoding="utf-8"))
_SINGLE: Mapping[str, Callable[[Writing], str]] = {
    "calls": lambda writing: calls_page(writing, EXAMPLES),
    "commands": commands_page,
    "findings": findings_page,
}


def written_pages() -> dict[str, str]:
    """The text of each reference page in each language, by its path below docs/guide/."""
    found = {}
    for code in LANGUAGES:
        writing = Writing(code)
        bodies = {f"reference/{page}": text for page, text in key_pages(writing, GUIDE, EXAMPLES["keys"]).items()}
        bodies.update({f"reference/{page}": make(writing) for page, make in _SINGLE.items()})
        bodies.update({f"marks/{group}": marks_page(writing, GUIDE, marks) for group, marks in GROUPS.items()})
        for page, body in bodies.items():
            found[f"templates/pages/{page}.{code}.md.j2"] = writing.page(page, body)
    return found


def write_pages(guide: Path) -> None:
    """Write the reference pages into a folder with the rest of the guide."""
    for path, text in written_pages().items():
        (guide / path).parent.mkdir(parents=True, exist_ok=True)
        (guide / path).write_text(text, encoding="utf-8")


__all__ = ["EXAMPLES", "GROUPS", "GUIDE", "LANGUAGES", "PAGES", "write_pages", "written_pages"]

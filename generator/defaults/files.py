"""The files that come with the package, by the path from its root at which a project would have its own."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from pathlib import Path

FOLDER = Path(__file__).parent
SETTINGS = FOLDER / "mkdocs.yml"  # what mkdocs.yml need not say
STARTER = FOLDER / "init"  # the report that a new one begins as, and its texts by language
_PLACES = {"templates/parts": "parts", "templates/overrides": "overrides", "docs/assets": "assets"}


@cache
def default_files() -> Mapping[str, Path]:
    """Every file that a project can have its own version of, by the path of that version."""
    return {
        f"{place}/{path.relative_to(FOLDER / folder).as_posix()}": path
        for place, folder in _PLACES.items()
        for path in sorted((FOLDER / folder).rglob("*"))
        if path.is_file() and path.suffix != ".pyc"
    }


def own_or_default(root: Path, path: str) -> Path:
    """A project's own file, or the package's where the project has none; the project's where neither is there."""
    own = root / path
    return own if own.is_file() else default_files().get(path, own)
